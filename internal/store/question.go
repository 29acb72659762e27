package store

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// questionRows are what a question is answered from: the things its words name most of all, the matrices of those that
// are activities, and the holders of those that are roles.
type questionRows struct {
	subjects []askedRow
	matrixRows
	roles   []askedRole
	holders []itsm.Holding
	then    rolesThen
	lay     []itsm.Lay // of the processes that are subjects, or have one
}

type askedRow struct {
	Kind  itsm.SearchKind
	ID    int64
	Name  string  // of a policy, of a process whose whole name was said, of a practice that was made one with another one
	Roles []int64 // it is asked about by, where it is no activity
	// Recorded is the day on which an activity was put on record, where that is after the day asked about.
	Recorded *time.Time
	Told     bool // always; the statements after this one know the subjects by a setting of the transaction
}

// askedRole is a role with the practice that its process lies in.
type askedRole struct {
	itsm.Role
	UnderID  int64
	Recorded *time.Time // as an askedRow's
}

// subjectsMost is how many things a question is taken to be about.
const subjectsMost = 3

// whatIsAsked finds what a question is about by the names of things, and leaves the numbers of processes and roles for the
// statements that follow in the same snapshot. Whoever owns or manages something wears a role of it.
func whatIsAsked(seen string) string {
	return `
	WITH ` + asked + `, near AS MATERIALIZED (
		SELECT e.kind, e.id, e.said = (SELECT plain FROM asked) AS whole, CASE WHEN e.said = (SELECT plain FROM asked) THEN 1 ELSE 0 END + ` + wordRank(`{0, 0.1, 0.3, 1}`) + ` AS score
		FROM search_entry e
		WHERE e.kind = ANY(@kinds) AND e.kind <> 'person' AND e.words @@ (SELECT query FROM asked) AND ` + inUse + ` AND ` + seen + `
		LIMIT @most
	), slip AS MATERIALIZED (
		SELECT search_slips(words) AS query FROM asked WHERE NOT EXISTS (SELECT FROM near)
	), deciding AS MATERIALIZED ( -- who decides on changes decides in a practice or a process that is called so
		SELECT d.kind, d.id, false AS whole, 2 + max(ts_rank('{0, 0, 0, 1}', n.words, (SELECT query FROM asked))) + CASE WHEN p.kind = 'daily' THEN 0.5 ELSE 0 END AS score
		FROM near JOIN search_entry n ON n.kind = near.kind AND n.id = near.id
		JOIN process p ON p.archived_at IS NULL AND CASE near.kind WHEN 'practice' THEN p.practice_id = near.id WHEN 'process' THEN p.id = near.id END
		JOIN activity a ON a.process_id = p.id JOIN search_entry d ON d.kind = 'activity' AND d.id = a.id AND d.words @@ ` + decision + `
		WHERE @decides AND near.kind IN ('practice', 'process') AND ts_rank('{0, 0, 0, 1}', n.words, (SELECT query FROM asked)) > 0
		GROUP BY d.kind, d.id, p.kind
	), meant AS MATERIALIZED (
		SELECT kind, id, bool_or(whole) AS whole, max(score) AS score FROM (SELECT * FROM near UNION ALL SELECT * FROM deciding) AS e GROUP BY kind, id
		UNION ALL
		-- Names alone: a slip of the pen is forgiven where it is plain what was meant.
		(SELECT e.kind, e.id, false, 1 + ts_rank('{0, 0, 0, 1}', e.words, (SELECT query FROM slip)) AS score
		 FROM search_entry e
		 WHERE e.kind = ANY(@kinds) AND e.kind <> 'person' AND e.words @@ (SELECT query FROM slip) AND ts_rank('{0, 0, 0, 1}', e.words, (SELECT query FROM slip)) > 0 AND ` + inUse + ` AND ` + seen + `
		 LIMIT @most)
	), top AS MATERIALIZED (
		SELECT kind, id, whole, score FROM (SELECT *, max(score) OVER () AS best FROM meant) AS n
		WHERE score > 0.1 AND score >= best * 0.6 AND (kind <> 'policy' OR NOT EXISTS (SELECT FROM meant WHERE kind <> 'policy')) -- the rule about a thing is seldom meant
		ORDER BY score DESC, id LIMIT @subjects
	), through AS MATERIALIZED ( -- by which roles a subject is asked about that is no activity
		SELECT top.kind, top.id, r.id AS role_id FROM top CROSS JOIN ` + hatsThen(`top.id`) + ` WHERE top.kind = 'practice' AND r.kind = @hat AND (@all::bool OR r.practice_id = ANY(@sees))
		UNION ALL
		SELECT top.kind, top.id, r.id
		FROM top CROSS JOIN LATERAL (
			SELECT ` + wornAs + ` AS id FROM role r WHERE top.kind = 'process' AND r.process_id = top.id AND r.kind = @hat AND ` + thenInUse(`r`) + `
			UNION ALL
			SELECT ` + wornAs + ` FROM role r WHERE top.kind = 'service' AND r.service_id = top.id AND r.kind = @hat AND ` + thenInUse(`r`) + `
			UNION ALL
			SELECT ` + wornAs + ` FROM role r WHERE top.kind = 'role' AND r.id = top.id
			UNION ALL
			SELECT r.id FROM policy y JOIN role r ON ` + seenOwner + ` WHERE top.kind = 'policy' AND y.id = top.id AND ` + thenInUse(`r`) + `
		) r
		UNION ALL
		-- A process without an Owner or Manager of its own has those of the practice that it lay in on the day.
		SELECT top.kind, top.id, r.id
		FROM top JOIN process p ON top.kind = 'process' AND p.id = top.id
		LEFT JOIN ` + leftFirst + ` was ON true
		CROSS JOIN ` + hatsThen(`COALESCE(was.practice_id, p.practice_id)`) + `
		WHERE r.kind = @hat AND (@all::bool OR r.practice_id = ANY(@sees)) AND NOT EXISTS (SELECT FROM role own WHERE own.process_id = p.id AND own.kind = @hat AND ` + thenInUse(`own`) + `)
	), about AS MATERIALIZED (
		SELECT (SELECT array_agg(id)::text FROM top WHERE kind = 'activity') AS activities,
		       (SELECT array_agg(a.process_id)::text FROM top JOIN activity a ON top.kind = 'activity' AND a.id = top.id) AS processes,
		       (SELECT array_agg(id)::text FROM top WHERE kind = 'process') AS subjects,
		       (SELECT array_agg(id)::text FROM (
		           SELECT role_id AS id FROM through
		           UNION -- and the Owner, who answers where a hat is worn in other regions alone
		           SELECT o.id FROM through x JOIN role r ON r.id = x.role_id AND r.kind <> 'owner' LEFT JOIN process p ON p.id = r.process_id
		           JOIN role o ON o.kind = 'owner' AND ` + thenInUse(`o`) + ` AND (o.process_id = r.process_id OR o.practice_id = COALESCE(r.practice_id, p.practice_id) OR o.service_id = r.service_id)
		       ) AS hats) AS roles
	)
	SELECT top.kind, top.id, COALESCE(CASE top.kind
	           WHEN 'process' THEN (SELECT name FROM process WHERE id = top.id AND top.whole)
	           WHEN 'practice' THEN (SELECT name FROM practice WHERE id = top.id AND merged_into_id IS NOT NULL)
	           WHEN 'policy' THEN (SELECT title FROM policy_version WHERE policy_id = top.id ORDER BY state IN ('draft', 'submitted'), number DESC LIMIT 1)
	       END, '') AS name, CASE top.kind WHEN 'activity' THEN ` + recordedAfter(`'activity'`, `top.id`) + ` END AS recorded, ARRAY(SELECT role_id FROM through x WHERE x.kind = top.kind AND x.id = top.id) AS roles,
	       (set_config('hatrack.processes', COALESCE(about.processes, ''), true) || set_config('hatrack.roles', COALESCE(about.roles, ''), true)
	       || set_config('hatrack.subjects', COALESCE(about.subjects, ''), true) || set_config('hatrack.activities', COALESCE(about.activities, ''), true)) IS NOT NULL AS told
	FROM top CROSS JOIN about ORDER BY score DESC, id`
}

// inUse says of entry e that it was in use on the day asked about.
const inUse = `(e.until IS NULL OR e.until > @day::date)`

// decision is what activities are called in which something is decided.
const decision = `(to_tsquery('english', 'decide:A | decision:A | approve:A | approval:A | authorise:A | authorize:A | authorisation:A | authorization:A | sign:A <-> off:A')
	|| to_tsquery('simple', 'sign:A <-> off:A'))`

var (
	askedProcesses = `(@id::bigint = 0 AND p.id = ANY(` + noted("processes") + `))`
	laidProcesses  = `(` + askedProcesses + ` OR p.id = ANY(` + noted("subjects") + `))`
	askedRoles     = `SELECT unnest(` + noted("roles") + `)`
	// wornRoles are these, and those with which they were made one, which have their holders since.
	wornRoles = askedRoles + ` UNION SELECT merged_into_id FROM role WHERE merged_into_id IS NOT NULL AND id IN (` + askedRoles + `)`
	// letteredRoles are those with the letter that a question is about, in the rows that it is about, and the Owners who answer
	// there: their matrices have many more.
	letteredRoles = `SELECT role_id FROM raci_cell WHERE version_id = ` + theseVersions + ` AND activity_id = ANY(` + noted("activities") + `) AND strpos(letters, @letter) > 0
		UNION ALL SELECT unnest(` + noted("owners") + `)`
)

func (r *questionRows) queue(b *pgx.Batch, by itsm.Actor, q itsm.Question, also []string, day time.Time) {
	kinds, hat := []itsm.SearchKind{itsm.FoundActivity}, itsm.Owner
	switch q.About {
	case itsm.WhoAnswers:
		kinds = append(kinds, itsm.FoundPractice, itsm.FoundProcess, itsm.FoundService, itsm.FoundPolicy)
	case itsm.WhoManages:
		kinds, hat = []itsm.SearchKind{itsm.FoundPractice, itsm.FoundProcess, itsm.FoundService}, itsm.Manager
	case itsm.WhoHolds:
		kinds = []itsm.SearchKind{itsm.FoundRole}
	}
	args := seeing(by, pgx.StrictNamedArgs{
		"words": q.Words, "also": also, "question": true, "beginning": false, "day": day, "kinds": kinds, "hat": string(hat),
		"most": itsm.SearchMost, "subjects": subjectsMost, "decides": q.Decides,
	})
	all(b, &r.subjects, whatIsAsked(searchSeen(by, day, args)), args)
	r.queueWith(b, by, day, askedProcesses, 0, letteredRoles, pgx.StrictNamedArgs{"letter": q.Letter().String()})
	all(b, &r.roles, `
		SELECT `+roleColumns+`, COALESCE((SELECT c.practice_id FROM process c WHERE c.id = r.process_id), 0) AS under_id, `+recordedAfter(`'role'`, `r.id`)+` AS recorded
		FROM `+roleFrom+` WHERE r.id IN (`+askedRoles+`) ORDER BY `+roleOrder, pgx.StrictNamedArgs{"day": day})
	holdersFor(b, &r.holders, by, day, wornRoles, nil)
	if day.Before(by.Today) {
		r.then.queue(b, day, wornRoles, nil)
		lays(b, by, day, laidProcesses, 0, func(l itsm.Lay) { r.lay = append(r.lay, l) })
	}
}

// replies are what is known of the subjects: activities by the matrix's own resolution, roles by who holds them.
func (r *questionRows) replies(by itsm.Actor, q itsm.Question, day time.Time) (out []itsm.Reply) {
	if len(r.subjects) == 0 {
		return nil
	}
	r.then.put(r.holders)
	named := itsm.NamedRegions(q.Words, r.regions)
	matrices := r.assemble(by, day)
	for _, m := range matrices {
		m.Lay = r.layOf(func(l itsm.Lay) bool { return l.ProcessID == m.ProcessID })
	}
	said := map[int64]bool{} // each role once, of what the words name best: that comes first
	for _, s := range r.subjects {
		if s.Kind == itsm.FoundActivity {
			for _, m := range matrices {
				if reply, ok := m.ReplyTo(q, s.ID, named); ok {
					reply.Recorded = s.Recorded
					out = append(out, reply)
				}
			}
		}
		for _, role := range r.roles {
			if slices.Contains(s.Roles, role.ID) && !said[role.ID] {
				said[role.ID] = true
				out = append(out, r.held(s, q, role, knownTo(by, role.Scope(role.UnderID), day, r.holders), named))
			}
		}
	}
	for i := range out {
		out[i].On, out[i].Ahead = q.On, day.After(by.Today)
		if !day.Before(by.Today) { // whatever a clock was set to when it was written: what is found today is on record
			out[i].Recorded = nil
		}
	}
	return out
}

// held is who wears a role that a subject is asked about by. A policy is spoken of, and a process by its name and a practice that was
// made one with another one, though the role hangs on something else.
func (r *questionRows) held(s askedRow, q itsm.Question, role askedRole, holders []itsm.Holding, named []itsm.RegionRef) itsm.Reply {
	reply := itsm.HeldReply(q.About, role.Role, r.ownerOf(role), holders, named, r.regions)
	reply.Recorded = role.Recorded
	if hung := map[itsm.SearchKind]int64{itsm.FoundProcess: role.ProcessID, itsm.FoundPractice: role.PracticeID}; s.Name != "" && hung[s.Kind] != s.ID {
		reply.For = &itsm.Found{Kind: s.Kind, ID: s.ID, Name: s.Name}
	}
	reply.Lay = r.layOf(func(l itsm.Lay) bool {
		return l.PracticeID == role.PracticeID && slices.ContainsFunc(r.subjects, func(s askedRow) bool { return s.Kind == itsm.FoundProcess && s.ID == l.ProcessID })
	})
	return reply
}

// ownerOf is the role of the Owner who answers where a role is not worn: of its process, else of its practice, or of its service.
func (r *questionRows) ownerOf(role askedRole) (above *itsm.Role) {
	at := role.Scope(role.UnderID)
	for i := range r.roles {
		switch o := &r.roles[i].Role; {
		case o.Kind != itsm.Owner || o.ID == role.ID:
		case at.ProcessID != 0 && o.ProcessID == at.ProcessID, at.ServiceID != 0 && o.ServiceID == at.ServiceID:
			return o
		case at.PracticeID != 0 && o.PracticeID == at.PracticeID:
			above = o
		}
	}
	return above
}

// layOf is the first of those that something is true of.
func (r *questionRows) layOf(is func(itsm.Lay) bool) *itsm.Lay {
	if at := slices.IndexFunc(r.lay, is); at >= 0 {
		return &r.lay[at]
	}
	return nil
}
