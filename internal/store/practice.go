package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

const practiceColumns = `
	p.id, p.name, p.category, p.purpose, p.state, p.organisation_people, p.information_technology, p.partners_suppliers,
	p.value_streams, p.archived_at IS NOT NULL AS archived, archived_day(p.archived_at) AS archived_on, p.counter`

// seeing filters by practice for external actors; @all and @sees come from seeing.
func seeing(by itsm.Actor, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	sees := by.Sees
	if sees == nil {
		sees = []int64{}
	}
	args["all"], args["sees"] = !by.External, sees
	return args
}

// answering are the columns of itsm.Staffing out of ownerToday("o", …).
const answering = `COALESCE(o.name, '') AS owner, COALESCE(o.id, 0) AS owner_id, COALESCE(o.acting, false) AS acting`

// ownerToday joins under a name the person who answers for a scope on @day; whoever acts comes before an absent holder.
func ownerToday(as, scope string) string {
	return `
	LEFT JOIN LATERAL (
		SELECT w.id, w.name, a.capacity = 'acting' AS acting
		FROM role r JOIN assignment a ON a.role_id = r.id JOIN person w ON w.id = a.person_id
		WHERE ` + scope + ` AND r.kind = 'owner' AND r.archived_at IS NULL AND a.capacity <> 'deputy' AND ` + countedKnown + `
		ORDER BY a.capacity = 'acting' DESC
		LIMIT 1
	) ` + as + ` ON true`
}

// PracticeFilter narrows the library.
type PracticeFilter struct {
	Text     string
	Category itsm.Category
	State    itsm.PracticeState
	Archived bool // the archived ones instead
}

// Practices are the practices of the library that the actor may see, by category and name.
func (s *Store) Practices(ctx context.Context, by itsm.Actor, f PracticeFilter) (found []itsm.PracticeLine, err error) {
	var q question
	allOf(&q, &found, `
		WITH `+staffedHats+`
		SELECT `+practiceColumns+`, `+answering+`, COALESCE(h.vacant, 0) AS vacant,
		       (SELECT count(*) FROM process c WHERE c.practice_id = p.id AND c.archived_at IS NULL) AS processes
		FROM practice p `+ownerToday("o", `r.practice_id = p.id`)+` LEFT JOIN staffed h ON h.practice_id = p.id
		WHERE (@all::bool OR p.id = ANY(@sees)) AND (p.archived_at IS NOT NULL) = @archived
		  AND (@text = '' OR strpos(lower(p.name), lower(@text)) > 0 OR strpos(lower(p.purpose), lower(@text)) > 0)
		  AND (@category = '' OR p.category = @category) AND (@state = '' OR p.state = @state)
		ORDER BY array_position(ARRAY['general', 'service', 'technical'], p.category), lower(p.name)`, seeing(by, pgx.StrictNamedArgs{
		"day": by.Day(), "known": by.Knows(by.Day(), itsm.Scope{}), "text": f.Text, "category": string(f.Category), "state": string(f.State), "archived": f.Archived,
	}))
	return recall(ctx, s, by, &q, func() []itsm.PracticeLine { return found })
}

// Practice is one practice with everything its page shows, on a day.
type Practice struct {
	itsm.Practice
	PracticeHats
	Roles     []itsm.Role
	Processes []itsm.ProcessLine
	Related   []itsm.Relation
	Services  []itsm.Service
	Choices   []itsm.PracticeLine // what may be related to it; only for who may edit it
	Policies  []itsm.GoverningPolicy
	Around    itsm.Around
	Wandered  []itsm.Wandered // on a day before today
	Recent    []itsm.Moment
	// MergedInto is the practice that this one was made one with; its ID is 0 where it was not.
	MergedInto itsm.Practice
}

// PracticeHats is who wears the hats of a practice, and what is missing in it and in its processes. It may be shared between
// requests: nobody may change it.
type PracticeHats struct {
	Holdings []itsm.Holding
	Asked    []itsm.Holding // who does not count before they accept
	Regions  []itsm.RegionRef
	Gaps     []itsm.Gap
	Checks   map[int64]itsm.RowChecks // by process
	err      error
}

// Practice reads a practice on a day; NotFound where there is none that the actor may see.
func (s *Store) Practice(ctx context.Context, by itsm.Actor, id int64, day time.Time) (p Practice, err error) {
	if !by.MaySee(id) {
		return p, itsm.NotFound{What: "practice"}
	}
	var q question
	b := &q.b
	args := pgx.StrictNamedArgs{"id": id}
	one(b, &p.Practice, "practice", `SELECT `+practiceColumns+` FROM practice p WHERE p.id = @id`, args)
	if day.Before(by.Today) {
		all(b, &p.Roles, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.id IN (SELECT r.id FROM `+hatsThen(`@id`)+`) ORDER BY `+roleOrder, pgx.StrictNamedArgs{"id": id, "day": day})
		wandered(b, &p.Wandered, by, id, day)
	} else {
		all(b, &p.Roles, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.practice_id = @id AND r.archived_at IS NULL ORDER BY `+roleOrder, args)
	}
	var merged []itsm.Practice
	all(b, &merged, `SELECT `+practiceColumns+` FROM practice p WHERE p.id = (SELECT merged_into_id FROM practice WHERE id = @id)`, args)
	var gaps practiceGaps
	q.ofPage("practice", id, by, day, func(b *pgx.Batch) { gaps.queue(b, by, id, day) })
	all(b, &p.Processes, `SELECT `+processLineColumns+` FROM `+processLineFrom+` WHERE c.practice_id = @id AND c.archived_at IS NULL ORDER BY c.kind DESC, c.position, c.id`,
		pgx.StrictNamedArgs{"id": id, "day": day})
	all(b, &p.Related, `
		SELECT x.id, o.id AS practice_id, o.name, x.note
		FROM practice_relation x JOIN practice o ON o.id = CASE WHEN x.practice_id = @id THEN x.related_id ELSE x.practice_id END
		WHERE @id IN (x.practice_id, x.related_id) AND o.archived_at IS NULL AND (@all::bool OR o.id = ANY(@sees))
		ORDER BY lower(o.name)`, seeing(by, pgx.StrictNamedArgs{"id": id}))
	all(b, &p.Services, `
		SELECT `+serviceColumns+` FROM service v JOIN service_support u ON u.service_id = v.id
		WHERE u.practice_id = @id AND v.archived_at IS NULL ORDER BY lower(v.name)`, args)
	if by.Can(itsm.EditPractice, itsm.Scope{PracticeID: id}) {
		all(b, &p.Choices, `
			SELECT `+practiceColumns+`, '' AS owner, 0::bigint AS owner_id, false AS acting, 0 AS vacant, 0 AS processes
			FROM practice p WHERE p.id <> @id AND p.archived_at IS NULL ORDER BY lower(p.name)`, args)
	}
	governingPolicies(b, &p.Policies, day, ofPracticeOnly, ofPracticeOnly, id)
	s.around(b, &p.Around, by, "practice", id, `a.role_id IN (SELECT id FROM role WHERE practice_id = @id)`)
	moments := s.recent(b, "practice", id)
	p.PracticeHats, err = recall(ctx, s, by, &q, func() PracticeHats { return gaps.practiceHats(by, id, day) })
	if err = cmp.Or(err, p.PracticeHats.err); err != nil {
		return p, err
	}
	p.Processes = slices.DeleteFunc(p.Processes, func(l itsm.ProcessLine) bool {
		return slices.ContainsFunc(p.Wandered, func(w itsm.Wandered) bool { return w.Came && w.ProcessID == l.ID })
	})
	p.Policies, p.Recent = begun(by, p.Scope(), p.Policies), moments(by, p.Scope())
	if len(merged) > 0 && by.MaySee(merged[0].ID) {
		p.MergedInto = merged[0]
	}
	return p, nil
}

// practiceHats computes who wears what, and what is missing, out of what was read for it.
func (g *practiceGaps) practiceHats(by itsm.Actor, practice int64, day time.Time) (p PracticeHats) {
	matrices, gaps, err := g.assemble(by, practice, day)
	if err != nil {
		return PracticeHats{err: err}
	}
	at := itsm.Scope{PracticeID: practice}
	p.Regions, p.Checks = g.regions, map[int64]itsm.RowChecks{}
	if by.Foresees(day, at) {
		p.Gaps = gaps
	}
	for _, held := range visible(by, at, day, g.held) {
		p.Holdings = append(p.Holdings, held...)
	}
	p.Asked = g.facts.Asked
	for _, m := range matrices {
		for _, row := range m.Rows {
			c := p.Checks[m.ProcessID]
			switch itsm.Worst(m.Problems(row, 0, 0)) {
			case itsm.Red:
				c.Fix++
			case itsm.Amber:
				c.Watch++
			}
			p.Checks[m.ProcessID] = c
		}
	}
	return p
}

// AddPractice adds a practice, born with an Owner, a Manager and one Practitioner role. For the SMO.
func (s *Store) AddPractice(ctx context.Context, by itsm.Actor, p itsm.Practice) (id int64, err error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.AddPractice, theOrganisation, func(ctx context.Context, t *tx) (err error) {
		id, err = t.addPractice(ctx, p)
		t.say("added the practice [[practice:%d]] with its first roles", id)
		return err
	})
	return id, err
}

func (t *tx) addPractice(ctx context.Context, p itsm.Practice) (int64, error) {
	id, err := t.number(ctx, `
		INSERT INTO practice (name, category, purpose, state, organisation_people, information_technology, partners_suppliers, value_streams)
		VALUES (@name, @category, @purpose, @state, @people, @technology, @partners, @streams) RETURNING id`, practiceArgs(p))
	if err != nil {
		return 0, err
	}
	for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager, itsm.Practitioner} {
		r := itsm.NewRole(kind)
		r.PracticeID = id
		if _, err := t.addRole(ctx, r); err != nil {
			return 0, err
		}
	}
	return id, nil
}

func practiceArgs(p itsm.Practice) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"name": p.Name, "category": string(p.Category), "purpose": p.Purpose, "state": string(p.State), "people": p.OrganisationPeople,
		"technology": p.InformationTechnology, "partners": p.PartnersSuppliers, "streams": p.ValueStreams,
	}
}

// EditPractice changes a practice's own fields, if its counter is still p.Counter; otherwise Conflict.
func (s *Store) EditPractice(ctx context.Context, by itsm.Actor, p itsm.Practice) error {
	if err := p.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditPractice, ofPractice(p.ID), func(ctx context.Context, t *tx) error {
		t.say("edited the practice [[practice:%d]]", p.ID)
		args := practiceArgs(p)
		args["id"], args["counter"] = p.ID, p.Counter
		return t.edit(ctx, "practice", `
			UPDATE practice SET name = @name, category = @category, purpose = @purpose, state = @state, organisation_people = @people,
			       information_technology = @technology, partners_suppliers = @partners, value_streams = @streams, counter = counter + 1
			WHERE id = @id AND counter = @counter AND archived_at IS NULL`, args)
	})
}

// dimensionColumns are the columns of a practice's dimensions, by field.
var dimensionColumns = map[string]string{
	"organisation_people": "organisation_people", "information_technology": "information_technology", "partners_suppliers": "partners_suppliers", "value_streams": "value_streams",
}

// FillDimension answers what a practice's page asks: it writes one of the four dimensions, where nothing stands yet. What
// somebody else wrote meanwhile is a Conflict.
func (s *Store) FillDimension(ctx context.Context, by itsm.Actor, id int64, field, text string) error {
	var c itsm.Checks
	c.Prose(&text, field, itsm.ProseMax)
	c.Require(text != "", field, "Write down what it needs.")
	column, known := dimensionColumns[field]
	c.Require(known, "", "The form could not be read. Load the page again and repeat.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditPractice, ofPractice(id), func(ctx context.Context, t *tx) error {
		t.say("said what [[practice:%d]] needs", id)
		return t.change(ctx, "Somebody wrote this down meanwhile. Look at it, and edit the practice to say more.",
			`UPDATE practice SET `+column+` = @text, counter = counter + 1 WHERE id = @id AND archived_at IS NULL AND `+column+` = ''`,
			pgx.StrictNamedArgs{"id": id, "text": text})
	})
}

// RelatePractices says that two practices have to do with each other.
func (s *Store) RelatePractices(ctx context.Context, by itsm.Actor, id, other int64, note string) error {
	var c itsm.Checks
	c.Line(&note, "note", 500)
	c.Require(other > 0, "related", "Choose a practice.")
	c.Require(other != id, "related", "Choose another practice: this is the one the page is about.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditPractice, ofPractice(id), func(ctx context.Context, t *tx) error {
		t.say("related [[practice:%d]] and [[practice:%d]]", id, other)
		if err := t.unarchived(ctx, "practice", id); err != nil {
			return err
		}
		return t.run(ctx, `INSERT INTO practice_relation (practice_id, related_id, note) VALUES (LEAST(@id::bigint, @other::bigint), GREATEST(@id::bigint, @other::bigint), @note)`,
			pgx.StrictNamedArgs{"id": id, "other": other, "note": note})
	})
}

// UnrelatePractices takes a relation of a practice back.
func (s *Store) UnrelatePractices(ctx context.Context, by itsm.Actor, id, other int64) error {
	return s.door(ctx, by, itsm.EditPractice, ofPractice(id), func(ctx context.Context, t *tx) error {
		t.say("no longer relates [[practice:%d]] and [[practice:%d]]", id, other)
		return t.change(ctx, "This relation was taken back meanwhile.",
			`DELETE FROM practice_relation WHERE practice_id = LEAST(@id::bigint, @other::bigint) AND related_id = GREATEST(@id::bigint, @other::bigint)`,
			pgx.StrictNamedArgs{"id": id, "other": other})
	})
}

// practiceUsed says that something hangs on practice $1, or did: archived, it stays.
const practiceUsed = `EXISTS (SELECT FROM process WHERE practice_id = $1)
	OR EXISTS (SELECT FROM role r WHERE r.practice_id = $1 AND ` + roleUsed + `)
	OR EXISTS (SELECT FROM service_support WHERE practice_id = $1)
	OR EXISTS (SELECT FROM practice_relation WHERE $1 IN (practice_id, related_id))
	OR EXISTS (SELECT FROM policy_attachment WHERE practice_id = $1)
	OR EXISTS (SELECT FROM accepted_gap WHERE practice_id = $1) OR EXISTS (SELECT FROM action WHERE practice_id = $1)
	OR EXISTS (SELECT FROM account_grant WHERE practice_id = $1)
	OR EXISTS (SELECT FROM practice WHERE merged_into_id = $1)`

// ArchivePractice takes a practice out of the library. Where nothing hangs on it yet (no process, nobody ever in its
// roles, no service) it is deleted instead, and deleted is true. Processes must be archived before it.
func (s *Store) ArchivePractice(ctx context.Context, by itsm.Actor, id, counter int64) (deleted bool, err error) {
	err = s.door(ctx, by, itsm.ArchivePractice, ofPractice(id), func(ctx context.Context, t *tx) error {
		var use struct{ running, any bool }
		err := t.QueryRow(ctx, `
			SELECT EXISTS (SELECT FROM process WHERE practice_id = $1 AND archived_at IS NULL),
			       `+practiceUsed, id).Scan(&use.running, &use.any)
		if err != nil {
			return err
		}
		if use.running {
			return itsm.Conflict{Text: "The practice still has processes. Archive them first, or move on with the practice as retired."}
		}
		args := pgx.StrictNamedArgs{"id": id, "counter": counter}
		if deleted = !use.any; deleted {
			t.say("deleted the practice “%s”, which nothing hung on", t.name(ctx, "practice", id))
			if err := t.run(ctx, `DELETE FROM role WHERE practice_id = @id`, pgx.StrictNamedArgs{"id": id}); err != nil {
				return err
			}
			return t.edit(ctx, "practice", `DELETE FROM practice WHERE id = @id AND counter = @counter`, args)
		}
		t.say("archived the practice [[practice:%d]]", id)
		if err := t.endHatsOf(ctx, "practice", id); err != nil {
			return err
		}
		args["at"] = t.at
		return t.edit(ctx, "practice", `UPDATE practice SET archived_at = @at, counter = counter + 1 WHERE id = @id AND counter = @counter AND archived_at IS NULL`, args)
	})
	return deleted, err
}

// RestorePractice brings an archived practice back.
func (s *Store) RestorePractice(ctx context.Context, by itsm.Actor, id int64) error {
	return s.door(ctx, by, itsm.ArchivePractice, ofPractice(id), func(ctx context.Context, t *tx) error {
		t.say("brought the practice [[practice:%d]] back", id)
		return t.change(ctx, "The practice is in use already, or it was made one with another one: undo that instead.",
			`UPDATE practice SET archived_at = NULL, counter = counter + 1 WHERE id = @id AND archived_at IS NOT NULL AND merged_into_id IS NULL`, pgx.StrictNamedArgs{"id": id})
	})
}

// name is what a row is called now, made safe to stand in an event's sentence as plain text.
func (t *tx) name(ctx context.Context, table string, id int64) string {
	var name string
	if err := t.QueryRow(ctx, fmt.Sprintf(`SELECT name FROM %s WHERE id = $1`, pgx.Identifier{table}.Sanitize()), id).Scan(&name); err != nil {
		return table
	}
	return plain(name)
}
