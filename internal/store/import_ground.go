package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// batchGround is what several grids are compared with.
type batchGround struct {
	headings  []string
	matrices  map[int64]*matrixRows
	practices []itsm.RoleRef
	roles     []batchRole
	people    []itsm.PersonRef
	named     []itsm.PersonRef
	processes []itsm.ProcessRef
}

type batchRole struct {
	candidateRow
	PracticeID, ProcessID int64
}

func (g *batchGround) queue(b *pgx.Batch, by itsm.Actor, parts []BatchPart, q BatchQuestion, day time.Time) {
	var processes, practices, chosen []int64
	var names, lower []string
	for _, p := range parts {
		if id := p.Target.ProcessID; id != 0 && g.matrices[id] == nil {
			g.matrices[id] = &matrixRows{}
			g.matrices[id].queue(b, by, day, oneProcess, id)
			processes = append(processes, id)
		}
		practices = append(practices, p.Target.PracticeID)
		for _, h := range p.Listed.Roles {
			if !slices.Contains(g.headings, h) {
				g.headings = append(g.headings, h)
				lower = append(lower, strings.ToLower(strings.TrimSpace(h)), itsm.SpelledOut(h))
				if means := p.Listed.Means[h]; means != "" {
					lower = append(lower, strings.ToLower(means))
				}
				names = append(names, itsm.NamesIn(h)...)
			}
			var id int64
			if _, err := fmt.Sscanf(p.Answers.Roles[h], "role:%d", &id); err == nil {
				chosen = append(chosen, id)
			}
		}
	}
	seen := func(args pgx.StrictNamedArgs) pgx.StrictNamedArgs { return seeing(by, args) }
	all(b, &g.practices, `
		SELECT p.id, ''::text AS kind, p.name FROM practice p WHERE p.archived_at IS NULL AND (@all::bool OR p.id = ANY(@sees)) ORDER BY lower(p.name), p.id`,
		seen(pgx.StrictNamedArgs{}))
	// Elsewhere the same name decides, and an Owner or Manager of elsewhere is nobody's but theirs.
	all(b, &g.roles, `
		SELECT r.id, r.kind, r.name, COALESCE(t.name, p.name, '')::text AS scope, COALESCE(r.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id
		FROM role r LEFT JOIN process p ON p.id = r.process_id LEFT JOIN practice t ON t.id = r.practice_id
		WHERE r.archived_at IS NULL AND COALESCE(p.archived_at, t.archived_at) IS NULL AND r.service_id IS NULL AND (@all::bool OR COALESCE(r.practice_id, p.practice_id) IS NULL OR COALESCE(r.practice_id, p.practice_id) = ANY(@sees))
		  AND (r.process_id = ANY(@processes::bigint[]) OR r.practice_id = ANY(@practices::bigint[]) OR r.id = ANY(@chosen::bigint[])
		    OR r.practice_id IN (SELECT practice_id FROM process WHERE id = ANY(@processes::bigint[]))
		    OR r.id IN (SELECT c.role_id FROM raci_column c JOIN process_version v ON v.id = c.version_id AND v.state = 'draft' WHERE v.process_id = ANY(@processes::bigint[]))
		    OR r.kind = 'whoever' AND r.practice_id IS NULL
		    OR lower(r.name) = ANY(@headings::text[]) AND (r.kind IN ('practitioner', 'whoever') OR r.practice_id IS NULL AND r.process_id IS NULL))
		ORDER BY r.id = ANY(@chosen::bigint[]) OR r.process_id = ANY(@processes::bigint[]) OR r.practice_id = ANY(@practices::bigint[]) DESC,
		         r.process_id IS NULL, r.practice_id IS NULL, `+roleOrder+` LIMIT 500`,
		seen(pgx.StrictNamedArgs{"processes": processes, "practices": practices, "chosen": chosen, "headings": lower}))
	if by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		all(b, &g.people, `
			SELECT p.id, p.name, `+personDetail+` AS detail FROM person p
			WHERE p.id IN (SELECT e.id FROM unnest(@names::text[]) n JOIN search_entry e ON e.kind = 'person' AND e.said = search_plain(n))
			  AND lower(p.name) = ANY(@names::text[]) AND p.employed @> @day::date ORDER BY lower(p.sort_name), p.id LIMIT 200`,
			pgx.StrictNamedArgs{"names": names, "day": day})
		all(b, &g.named, `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = ANY(@ids::bigint[])`, pgx.StrictNamedArgs{"ids": q.PersonIDs})
	}
	if q.Processes {
		all(b, &g.processes, `
			SELECT c.id, c.name, c.practice_id, t.name AS practice FROM process c JOIN practice t ON t.id = c.practice_id
			WHERE c.archived_at IS NULL AND (@all::bool OR c.practice_id = ANY(@sees)) ORDER BY lower(t.name), t.id, c.position, c.id`, seen(pgx.StrictNamedArgs{}))
	}
}

// ground is where a part goes, and why it cannot.
func (g *batchGround) ground(by itsm.Actor, p BatchPart, day time.Time) PlannedPart {
	out := PlannedPart{BatchPart: p, Practice: p.Target.Practice}
	scope := itsm.Scope{PracticeID: p.Target.PracticeID}
	refuse := func(kind error, text string) {
		if out.refusal == nil {
			out.Problem, out.refusal = text, kind
		}
	}
	switch {
	case p.Target.ProcessID != 0:
		if found := g.matrices[p.Target.ProcessID].assemble(by, day); len(found) > 0 {
			out.Matrix, scope, out.Practice = found[0], found[0].Scope(), found[0].Practice
		} else {
			refuse(itsm.NotFound{What: "process"}, "The process it should go into is not there any more.")
		}
	case p.Target.PracticeID != 0:
		at := slices.IndexFunc(g.practices, func(r itsm.RoleRef) bool { return r.ID == p.Target.PracticeID })
		if at < 0 {
			refuse(itsm.NotFound{What: "practice"}, "The practice it should go into is not there any more.")
		} else {
			out.Practice = g.practices[at].Name
		}
	case p.Target.Practice == "":
		refuse(incomplete(NoPractice), NoPractice)
	}
	if p.Target.ProcessID == 0 && p.Target.Process == "" {
		refuse(incomplete("Give its process a name."), "Give its process a name.")
	}
	if act := p.Target.action(); !by.Can(act, scope) {
		refuse(itsm.Forbidden{Why: forbidden(act)}, forbidden(act))
	}
	if out.Matrix != nil && !out.Matrix.Editable {
		text := "This process is archived or in force as it stands: it cannot be changed."
		refuse(itsm.Conflict{Text: text}, text)
	}
	out.Candidates = g.candidates(p.Target, out.Matrix)
	return out
}

func incomplete(text string) error { return itsm.Invalid{Problems: []itsm.Problem{{Text: text}}} }

// candidates are the roles that a heading may mean in one target, those of the target first.
func (g *batchGround) candidates(t GridTarget, m *itsm.Matrix) []itsm.Candidate {
	practice := t.PracticeID
	if m != nil {
		practice = m.PracticeID
	}
	var near, far []candidateRow
	for _, r := range g.roles {
		switch {
		case r.ProcessID != 0 && r.ProcessID == t.ProcessID, r.PracticeID != 0 && r.PracticeID == practice, m != nil && m.Column(r.ID) >= 0:
			near = append(near, r.candidateRow)
		case r.ProcessID == 0 || r.Kind == itsm.Practitioner:
			far = append(far, r.candidateRow)
		}
	}
	return t.candidates(near, far)
}
