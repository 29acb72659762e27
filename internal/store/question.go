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
	roles []itsm.Role
	held  []itsm.Holding
	lay   []itsm.Lay // of the processes that are subjects, or have one
}

type askedRow struct {
	Kind itsm.SearchKind
	ID   int64
	Told bool // always; the statements after this one know the subjects by a setting of the transaction
}

// subjectsMost is how many things a question is taken to be about.
const subjectsMost = 3

// whatIsAsked finds what a question is about by the names of things, and leaves the numbers of processes and roles for the
// statements that follow in the same snapshot. Whoever owns or manages something wears a role of it.
func whatIsAsked(seen string) string {
	return `
	WITH ` + asked + `, near AS MATERIALIZED (
		SELECT e.kind, e.id, CASE WHEN e.said = (SELECT plain FROM asked) THEN 1 ELSE 0 END + ` + wordRank(`{0, 0.1, 0.3, 1}`) + ` AS score
		FROM search_entry e
		WHERE e.kind = ANY(@kinds) AND e.kind <> 'person' AND e.words @@ (SELECT query FROM asked) AND ` + seen + `
		LIMIT @most
	), slip AS MATERIALIZED (
		SELECT search_slips(words) AS query FROM asked WHERE NOT EXISTS (SELECT FROM near)
	), meant AS MATERIALIZED (
		SELECT * FROM near
		UNION ALL
		-- Names alone: a slip of the pen is forgiven where it is plain what was meant.
		(SELECT e.kind, e.id, 1 + ts_rank('{0, 0, 0, 1}', e.words, (SELECT query FROM slip)) AS score
		 FROM search_entry e
		 WHERE e.kind = ANY(@kinds) AND e.kind <> 'person' AND e.words @@ (SELECT query FROM slip) AND ts_rank('{0, 0, 0, 1}', e.words, (SELECT query FROM slip)) > 0 AND ` + seen + `
		 LIMIT @most)
	), top AS MATERIALIZED (
		SELECT kind, id, score FROM (SELECT *, max(score) OVER () AS best FROM meant) AS n
		WHERE score > 0.1 AND score >= best * 0.6 ORDER BY score DESC, id LIMIT @subjects
	), about AS MATERIALIZED (
		SELECT (SELECT array_agg(id)::text FROM top WHERE kind = 'activity') AS activities,
		       (SELECT array_agg(a.process_id)::text FROM top JOIN activity a ON top.kind = 'activity' AND a.id = top.id) AS processes,
		       (SELECT array_agg(id)::text FROM top WHERE kind = 'process') AS subjects,
		       (SELECT array_agg(r.id)::text FROM role r WHERE r.archived_at IS NULL AND (
		            r.id IN (SELECT id FROM top WHERE kind = 'role')
		            OR r.kind = @hat AND (r.practice_id IN (SELECT id FROM top WHERE kind = 'practice') OR r.process_id IN (SELECT id FROM top WHERE kind = 'process')
		                                  OR r.service_id IN (SELECT id FROM top WHERE kind = 'service'))
		            -- A process without an Owner or Manager of its own has those of the practice that it lay in on the day;
		            -- where that is archived since, its hats are those of the one that took it in.
		            OR r.kind = @hat AND (@all::bool OR r.practice_id = ANY(@sees)) AND r.practice_id IN (
		                 SELECT COALESCE(t.id, p.practice_id) FROM top JOIN process p ON top.kind = 'process' AND p.id = top.id
		                 LEFT JOIN ` + leftFirst + ` was ON true LEFT JOIN practice t ON t.id = was.practice_id AND t.archived_at IS NULL
		                 WHERE NOT EXISTS (SELECT FROM role own WHERE own.process_id = p.id AND own.kind = @hat AND own.archived_at IS NULL)))) AS roles
	)
	SELECT top.kind, top.id, (set_config('hatrack.processes', COALESCE(about.processes, ''), true) || set_config('hatrack.roles', COALESCE(about.roles, ''), true)
	       || set_config('hatrack.subjects', COALESCE(about.subjects, ''), true) || set_config('hatrack.activities', COALESCE(about.activities, ''), true)) IS NOT NULL AS told
	FROM top CROSS JOIN about ORDER BY score DESC, id`
}

var (
	askedProcesses = `(@id::bigint = 0 AND p.id = ANY(` + noted("processes") + `))`
	laidProcesses  = `(` + askedProcesses + ` OR p.id = ANY(` + noted("subjects") + `))`
	askedRoles     = `SELECT unnest(` + noted("roles") + `)`
	// letteredRoles are those with the letter that a question is about, in the rows that it is about, and the Owners who answer
	// there: their matrices have many more.
	letteredRoles = `SELECT role_id FROM raci_cell WHERE version_id = ` + theseVersions + ` AND activity_id = ANY(` + noted("activities") + `) AND strpos(letters, @letter) > 0
		UNION ALL SELECT unnest(` + noted("owners") + `)`
)

func (r *questionRows) queue(b *pgx.Batch, by itsm.Actor, q itsm.Question, also []string, day time.Time) {
	kinds, hat := []itsm.SearchKind{itsm.FoundActivity}, itsm.Owner
	switch q.About {
	case itsm.WhoAnswers:
		kinds = append(kinds, itsm.FoundPractice, itsm.FoundProcess, itsm.FoundService)
	case itsm.WhoManages:
		kinds, hat = []itsm.SearchKind{itsm.FoundPractice, itsm.FoundProcess, itsm.FoundService}, itsm.Manager
	case itsm.WhoHolds:
		kinds = []itsm.SearchKind{itsm.FoundRole}
	}
	args := seeing(by, pgx.StrictNamedArgs{
		"words": q.Words, "also": also, "question": true, "beginning": false, "day": day, "kinds": kinds, "hat": string(hat),
		"most": itsm.SearchMost, "subjects": subjectsMost,
	})
	all(b, &r.subjects, whatIsAsked(searchSeen(by, day, args)), args)
	r.queueWith(b, by, day, askedProcesses, 0, letteredRoles, pgx.StrictNamedArgs{"letter": q.Letter().String()})
	all(b, &r.roles, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.id IN (`+askedRoles+`) ORDER BY `+roleOrder, nil)
	holders(b, &r.held, day, askedRoles, nil)
	if day.Before(by.Today) {
		lays(b, by, day, laidProcesses, 0, func(l itsm.Lay) { r.lay = append(r.lay, l) })
	}
}

// replies are what is known of the subjects: activities by the matrix's own resolution, roles by who holds them.
func (r *questionRows) replies(by itsm.Actor, q itsm.Question, day time.Time) (out []itsm.Reply) {
	if len(r.subjects) == 0 {
		return nil
	}
	named := itsm.NamedRegions(q.Words, r.regions)
	matrices := r.assemble(by, day)
	for _, m := range matrices {
		m.Lay = r.layOf(func(l itsm.Lay) bool { return l.ProcessID == m.ProcessID })
	}
	for _, s := range r.subjects {
		if s.Kind != itsm.FoundActivity {
			continue
		}
		for _, m := range matrices {
			if reply, ok := m.ReplyTo(q, s.ID, named); ok {
				out = append(out, reply)
			}
		}
	}
	for _, role := range r.roles {
		reply := itsm.HeldReply(q.About, role, r.held, named)
		if q.About != itsm.WhoHolds {
			reply.Lay = r.layOf(func(l itsm.Lay) bool {
				return l.PracticeID == role.PracticeID && r.asks(itsm.FoundProcess, l.ProcessID)
			})
		}
		out = append(out, reply)
	}
	for i := range out {
		out[i].On = q.On
	}
	if first := r.subjects[0]; first.Kind != itsm.FoundActivity { // what the words name best comes first
		slices.SortStableFunc(out, func(a, b itsm.Reply) int { return order(a) - order(b) })
	}
	return out
}

// layOf is the first of those that something is true of.
func (r *questionRows) layOf(is func(itsm.Lay) bool) *itsm.Lay {
	if at := slices.IndexFunc(r.lay, is); at >= 0 {
		return &r.lay[at]
	}
	return nil
}

// asks says that the question is taken to be about something.
func (r *questionRows) asks(kind itsm.SearchKind, id int64) bool {
	return slices.ContainsFunc(r.subjects, func(s askedRow) bool { return s.Kind == kind && s.ID == id })
}

func order(r itsm.Reply) int {
	if r.Kind == itsm.FoundRole {
		return 0
	}
	return 1
}
