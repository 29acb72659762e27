package store

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// recentRead is how many events a page's history reads; recentShown how many it shows at most, once those that are not
// for this reader are taken out.
const (
	recentRead  = 40
	recentShown = 10
)

// plain makes typed text safe to stand in an event's sentence: nothing in it reads as a mention.
func plain(text string) string {
	for strings.Contains(text, "[[") { // of three brackets in a row the last two are left
		text = strings.ReplaceAll(text, "[[", "[\u2060[")
	}
	return text
}

// subjects are what else a page's history is about, beside its own subject: what lies within it.
var subjects = map[string]string{
	"practice": `
		UNION ALL SELECT 'process', c.id FROM process c WHERE c.practice_id = @id
		UNION ALL SELECT 'role', r.id FROM role r WHERE r.practice_id = @id`,
	"process": `
		UNION ALL SELECT 'activity', a.id FROM activity a WHERE a.process_id = @id
		UNION ALL SELECT 'role', r.id FROM role r WHERE r.process_id = @id`,
	"role":    `UNION ALL SELECT 'role', r.id FROM role r WHERE r.merged_into_id = @id`,
	"service": `UNION ALL SELECT 'role', r.id FROM role r WHERE r.service_id = @id`,
	"organisation": `
		UNION ALL SELECT 'role', r.id FROM role r WHERE num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0 AND r.kind <> 'whoever'`,
}

// momentRow is an event as recent reads it. Names are those of what it mentions.
type momentRow struct {
	ID      int64
	At      time.Time
	Actor   string
	WhoID   int64
	Who     string
	Act     string
	Summary string
	Private bool
	Regions []int64 // of the hats that a private event is about; 0 is everywhere
	Undone  bool
	Edited  []string // the fields that an edit changed, as table.column
	Names   mentionNames
	Places  []placeRow
	Touched []itsm.Touched // of an act that is placed by its rows
	Unkept  bool           // it changed contact details
	Final   bool           // it changed what never goes back
	Stale   bool           // what it wrote was changed since: taking it back is refused
}

// placeRow is something with a scope that an event mentions.
type placeRow struct {
	Kind string
	ID   int64
	Of   string // what a role hangs on; "" is the organisation
	itsm.Scope
	RoleID   int64 // of a policy, its owner role
	RoleKind itsm.RoleKind
}

// momentColumns reads a momentRow from momentFrom, which nobody is offered to take back; offeredColumns looks for what was changed since.
var (
	momentColumns  = momentFacts + `, false AS stale`
	offeredColumns = momentFacts + `, ` + changedSince + ` AS stale`
)

var momentFacts = `
	e.id, e.at, e.actor, COALESCE(e.person_id, 0) AS who_id, COALESCE(p.name, '') AS who, e.act, e.summary, e.private,
	CASE WHEN e.private THEN ARRAY(SELECT DISTINCT COALESCE((COALESCE(c.after, c.before) ->> 'region_id')::bigint, 0) FROM change c
		WHERE c.event_id = e.id AND c.table_name = 'assignment') ELSE '{}' END AS regions,
	e.undoes IS NOT NULL OR EXISTS (SELECT FROM event u WHERE u.undoes = e.id) AS undone,
	CASE WHEN e.summary LIKE 'edited %' THEN ARRAY(
		SELECT DISTINCT c.table_name || '.' || f.k FROM change c, LATERAL (
			SELECT k FROM jsonb_object_keys(c.before) k WHERE c.before -> k IS DISTINCT FROM c.after -> k AND c.after IS NOT NULL
			UNION SELECT unnest(c.hidden)
			UNION SELECT COALESCE(c.before, c.after) ->> 'kind' WHERE c.table_name = 'process_item') f
		WHERE c.event_id = e.id AND f.k NOT IN ('counter', 'id', 'position', 'sort_name', 'text' || CASE WHEN c.table_name = 'process_item' THEN '' ELSE ' ' END)
		ORDER BY 1) ELSE '{}' END AS edited,
	(SELECT COALESCE(jsonb_object_agg(m.kind || ':' || m.id, ` + orGone(mentionName) + `), '{}') FROM event_about m WHERE m.event_id = e.id) AS names,
	(SELECT COALESCE(jsonb_agg(jsonb_build_object('Kind', m.kind, 'ID', m.id,
		'Of', CASE m.kind WHEN 'role' THEN COALESCE(c.name, (SELECT t.name FROM practice t WHERE t.id = r.practice_id), (SELECT v.name FROM service v WHERE v.id = r.service_id), '') ELSE '' END,
		'PracticeID', COALESCE(CASE m.kind WHEN 'practice' THEN m.id END, r.practice_id, c.practice_id, 0), 'ProcessID', COALESCE(c.id, 0),
		'ServiceID', COALESCE(CASE m.kind WHEN 'service' THEN m.id END, r.service_id, 0), 'RoleID', COALESCE(r.id, 0), 'RoleKind', COALESCE(r.kind, ''))), '[]')
	 FROM event_about m
	 LEFT JOIN activity a ON m.kind = 'activity' AND a.id = m.id
	 LEFT JOIN policy y ON m.kind = 'policy' AND y.id = m.id
	 LEFT JOIN role r ON r.id = CASE m.kind WHEN 'role' THEN m.id WHEN 'policy' THEN y.owner_role_id END
	 LEFT JOIN process c ON c.id = CASE m.kind WHEN 'process' THEN m.id WHEN 'activity' THEN a.process_id WHEN 'role' THEN r.process_id WHEN 'policy' THEN r.process_id END
	 WHERE m.event_id = e.id AND m.kind IN ('practice', 'process', 'activity', 'role', 'service', 'policy')) AS places,` + undoColumns

const momentFrom = `event e LEFT JOIN person p ON p.id = e.person_id`

// recent queues the latest events about a subject and what lies within it. What it returns makes moments of them once the
// batch was asked, without those that this reader may not see.
func (s *Store) recent(b *pgx.Batch, kind string, id int64) func(itsm.Actor, itsm.Scope) []itsm.Moment {
	var rows []momentRow
	all(b, &rows, `
		WITH subject (kind, id) AS (
			SELECT @kind::text, @id::bigint `+subjects[kind]+`
		), found AS (
			SELECT DISTINCT a.event_id FROM subject s JOIN event_about a ON a.kind = s.kind AND a.id = s.id ORDER BY a.event_id DESC LIMIT @most
		)
		SELECT `+offeredColumns+` FROM `+momentFrom+` JOIN found ON found.event_id = e.id
		ORDER BY e.at DESC, e.id DESC`, pgx.StrictNamedArgs{"kind": kind, "id": id, "most": recentRead})
	return latest(&rows)
}

// recentActs is recent for the events of one action, wherever they happened: what is gone has no subject any more.
func recentActs(b *pgx.Batch, act itsm.Action) func(itsm.Actor, itsm.Scope) []itsm.Moment {
	return recentWhere(b, `e.act = @act`, pgx.StrictNamedArgs{"act": string(act)})
}

// recentRows is recent for the events that wrote one row of a table.
func recentRows(b *pgx.Batch, table string, row int64) func(itsm.Actor, itsm.Scope) []itsm.Moment {
	return recentWhere(b, `e.id IN (SELECT event_id FROM change WHERE table_name = @table AND row_id = @row)`, pgx.StrictNamedArgs{"table": table, "row": row})
}

// recentWhere is recent for the events e that a condition finds.
func recentWhere(b *pgx.Batch, which string, args pgx.StrictNamedArgs) func(itsm.Actor, itsm.Scope) []itsm.Moment {
	var rows []momentRow
	all(b, &rows, `SELECT `+offeredColumns+` FROM `+momentFrom+` WHERE `+which+` ORDER BY e.at DESC, e.id DESC LIMIT @most`, with(args, pgx.StrictNamedArgs{"most": recentRead}))
	return latest(&rows)
}

// latest makes moments of rows once they are read.
func latest(rows *[]momentRow) func(itsm.Actor, itsm.Scope) []itsm.Moment {
	return func(by itsm.Actor, at itsm.Scope) []itsm.Moment {
		moments := []itsm.Moment{}
		for _, r := range *rows {
			if r.shownTo(by, at) && len(moments) < recentShown {
				moments = append(moments, r.placed(by, at))
			}
		}
		return moments
	}
}

// mentionName is today's name of what event_about row m mentions.
const mentionName = `
	CASE m.kind
		WHEN 'practice' THEN (SELECT name FROM practice WHERE id = m.id)
		WHEN 'process' THEN (SELECT name FROM process WHERE id = m.id)
		WHEN 'activity' THEN (SELECT name FROM step WHERE activity_id = m.id ORDER BY version_id DESC LIMIT 1)
		WHEN 'role' THEN (SELECT ` + roleCalled + ` FROM role r WHERE r.id = m.id)
		WHEN 'service' THEN (SELECT name FROM service WHERE id = m.id)
		WHEN 'policy' THEN (SELECT title FROM policy_version WHERE policy_id = m.id ORDER BY number DESC LIMIT 1)
		WHEN 'person' THEN (SELECT name FROM person WHERE id = m.id)
		WHEN 'team' THEN (SELECT name FROM team WHERE id = m.id)
		WHEN 'company' THEN (SELECT name FROM company WHERE id = m.id)
		WHEN 'region' THEN (SELECT name FROM region WHERE id = m.id)
		WHEN 'action' THEN (SELECT what FROM action WHERE id = m.id)
	END`

// goneName is the last name of what m mentions and is gone, out of the rows that the trail keeps: an activity was called by its
// step, which came into the world with it.
const goneName = `
	CASE WHEN m.kind = 'activity' THEN (
		SELECT COALESCE(g.after, g.before) ->> 'name' FROM change g WHERE g.table_name = 'step' AND g.row_id = (
			SELECT s.row_id FROM change k JOIN change s ON s.event_id = k.event_id AND s.table_name = 'step' AND s.after ->> 'activity_id' = m.id::text
			WHERE k.table_name = 'activity' AND k.row_id = m.id AND k.before IS NULL LIMIT 1)
		ORDER BY g.id DESC LIMIT 1)
	WHEN m.kind IN ('practice', 'process', 'role', 'service', 'region') THEN (
		SELECT g.before ->> 'name' FROM change g WHERE g.table_name = m.kind AND g.row_id = m.id AND g.after IS NULL ORDER BY g.id DESC LIMIT 1)
	END`

// orGone is a name as mentionNames reads it: today's, or in a list of one what it was called last.
func orGone(name string) string {
	return `COALESCE(to_jsonb((` + name + `)::text), jsonb_build_array(` + goneName + `))`
}

// mentionNames are names by what they are of, "role:12": today's, and of what is gone the last.
type mentionNames struct{ now, gone map[string]*string }

// UnmarshalJSON reads an object of what orGone makes.
func (m *mentionNames) UnmarshalJSON(data []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	m.now, m.gone = map[string]*string{}, map[string]*string{}
	for of, name := range all {
		var now *string
		var gone []*string
		if json.Unmarshal(name, &gone) == nil && len(gone) == 1 {
			m.gone[of] = gone[0]
		} else if err := json.Unmarshal(name, &now); err != nil {
			return err
		}
		m.now[of] = now
	}
	return nil
}

// called are today's names, and the last ones of what is gone.
func (m mentionNames) called() map[string]*string {
	all := maps.Clone(m.now)
	for of, name := range m.gone {
		if all[of] == nil {
			all[of] = name
		}
	}
	return all
}

// inside are the actions on accounts and settings: their events are for who keeps these, and who reads the trail.
var inside = []itsm.Action{itsm.ManageAccounts, itsm.EditSettings, itsm.ChangePassword}

// shownTo says whether a reader may see an event on a page at a scope: an external account, if it may see all that the
// event speaks of; what is private, whoever reads plans everywhere it speaks of, and who did it.
func (r momentRow) shownTo(by itsm.Actor, at itsm.Scope) bool {
	private := r.Private && (r.WhoID == 0 || r.WhoID != by.PersonID)
	if private && !r.plannedFor(by, at) {
		return false
	}
	if slices.Contains(inside, itsm.Action(r.Act)) && !by.ReadsTrail(nil) && !by.Can(itsm.ManageAccounts, itsm.Scope{}) {
		return false
	}
	if r.speaksOfParties() && !by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		return false
	}
	for _, p := range r.Places {
		if p.PracticeID != 0 && !by.Operator && !by.MaySee(p.PracticeID) || private && !r.plannedFor(by, p.Scope) {
			return false
		}
	}
	return true
}

// plannedFor says whether a reader knows what is planned at a scope in each region of the event.
func (r momentRow) plannedFor(by itsm.Actor, at itsm.Scope) bool {
	if len(r.Regions) == 0 {
		return by.Can(itsm.ReadPlans, at)
	}
	return !slices.ContainsFunc(r.Regions, func(region int64) bool { return !plansAt(by, at, region) })
}

// speaksOfParties says that an event mentions a team or a company for something else than a hat: that it supports a service.
func (r momentRow) speaksOfParties() bool {
	hat := slices.ContainsFunc(r.Places, func(p placeRow) bool { return p.Kind == "role" })
	return !hat && slices.ContainsFunc(mention.FindAllStringSubmatch(r.Summary, -1), func(m []string) bool { return m[1] == "team" || m[1] == "company" })
}

func (r momentRow) moment(by itsm.Actor) itsm.Moment {
	m := itsm.Moment{EventID: r.ID, At: r.At, WhoID: r.WhoID, Who: r.Who}
	switch r.Actor {
	case "operator":
		m.Who = "The operator"
	case "migration", "system":
		m.Who = "Hatrack"
	}
	names := r.Names
	if by.External { // what is gone lies nowhere any more: nothing says that it was theirs to see
		names.gone = nil
	}
	m.Parts = parts(r.Summary, names)
	if words := editedWords(r.Edited); words != "" {
		m.Parts = append(m.Parts, itsm.Part{Text: ": " + words})
	}
	may := r.offered(by)
	m.Undoes, m.Unkept = may && !r.Unkept && !r.Stale, may && r.Unkept
	return m
}

// placed is the moment as it reads on a page at a scope, the zero one where everything stands together: what its roles
// hang on is said once, where neither the sentence nor the page itself names it, and each time where two are called the same. An
// external may not know every service.
func (r momentRow) placed(by itsm.Actor, at itsm.Scope) itsm.Moment {
	m := r.moment(by)
	said := map[itsm.Part]bool{{Kind: "practice", ID: at.PracticeID}: true, {Kind: "process", ID: at.ProcessID}: true, {Kind: "service", ID: at.ServiceID}: true}
	for _, p := range m.Parts {
		if p.Kind == "practice" || p.Kind == "process" || p.Kind == "service" {
			said[itsm.Part{Kind: p.Kind, ID: p.ID}] = true
		}
	}
	var parts []itsm.Part
	for _, p := range m.Parts {
		parts = append(parts, p)
		i := slices.IndexFunc(r.Places, func(x placeRow) bool { return x.Kind == "role" && p.Kind == "role" && x.ID == p.ID && x.Of != "" })
		if i < 0 {
			continue
		}
		of := r.Places[i].hangsOn()
		twin := slices.ContainsFunc(m.Parts, func(o itsm.Part) bool { return o.Kind == "role" && o.Text == p.Text && o.ID != p.ID })
		if (twin || !said[of]) && (of.Kind != "service" || !by.External) {
			said[of] = true
			parts = append(parts, itsm.Part{Text: " of "}, itsm.Part{Text: r.Places[i].Of, Kind: of.Kind, ID: of.ID})
		}
	}
	m.Parts = parts
	return m
}

// hangsOn is what a role hangs on, as a mention without its name.
func (p placeRow) hangsOn() itsm.Part {
	switch {
	case p.ProcessID != 0:
		return itsm.Part{Kind: "process", ID: p.ProcessID}
	case p.PracticeID != 0:
		return itsm.Part{Kind: "practice", ID: p.PracticeID}
	}
	return itsm.Part{Kind: "service", ID: p.ServiceID}
}

// parts cuts a sentence at its mentions. What is gone has the name that it had last, and no link.
func parts(sentence string, names mentionNames) (cut []itsm.Part) {
	last := 0
	for _, at := range mention.FindAllStringSubmatchIndex(sentence, -1) {
		if at[0] > last {
			cut = append(cut, itsm.Part{Text: sentence[last:at[0]]})
		}
		last = at[1]
		kind, digits := sentence[at[2]:at[3]], sentence[at[4]:at[5]]
		id, err := strconv.ParseInt(digits, 10, 64)
		if name := names.now[kind+":"+digits]; err == nil && name != nil {
			cut = append(cut, itsm.Part{Text: *name, Kind: kind, ID: id})
		} else if was := names.gone[kind+":"+digits]; was != nil {
			cut = append(cut, itsm.Part{Text: *was})
		} else {
			cut = append(cut, itsm.Part{Text: "(" + kind + " no longer there)"})
		}
	}
	if last < len(sentence) {
		cut = append(cut, itsm.Part{Text: sentence[last:]})
	}
	return cut
}
