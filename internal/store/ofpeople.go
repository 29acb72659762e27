package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// peopleMost bounds the people whose hats are told to whom they report to, the nearest first.
const peopleMost = 5000

// queueOfPeople asks for the hats offered to those who report to the reader, directly or not: proposed or not answered,
// objected to, or begun in the last days. What is withdrawn or over is not among them.
func queueOfPeople(b *pgx.Batch, by itsm.Actor, into *[]itsm.Assignment) {
	all(b, into, `
		SELECT `+assignmentColumns+` FROM `+assignmentFrom+`
		WHERE a.id = ANY(ARRAY( -- the few that are shown: among this many joins the planner would look for them last
			SELECT x.id FROM assignment x
			WHERE x.person_id = ANY(ARRAY(SELECT person_id FROM `+peopleOf+` LIMIT @people)) AND x.state <> 'withdrawn'
			  AND CASE WHEN x.state = 'appointed' AND x.acceptance = 'accepted' -- settled: if it began in the last days
			           THEN x.during @> @day::date AND NOT x.during @> (@day::date - @days::int)
			           ELSE upper_inf(x.during) OR upper(x.during) > @day::date END
			ORDER BY x.state = 'appointed' AND x.acceptance = 'accepted', lower(x.during) DESC, x.id DESC LIMIT @most))
		ORDER BY (a.state = 'appointed' AND a.acceptance = 'accepted'), lower(a.during) DESC, a.id DESC`,
		pgx.StrictNamedArgs{"manager": by.PersonID, "day": by.Today, "days": itsm.NewlyBegun, "people": peopleMost, "most": itsm.OfPeopleMost + 1})
}

// ofPeople are those hats as the reader may know them: the line upwards has a say wherever the hat hangs, but an external
// reads of their practices alone.
func ofPeople(by itsm.Actor, found []itsm.Assignment) []itsm.Assignment {
	var list []itsm.Assignment
	for _, a := range found {
		if a.Chair.PracticeID != 0 && !by.MaySee(a.Chair.PracticeID) {
			continue
		}
		if a.MayAppoint(by) && (a.State == itsm.Proposed || a.Acceptance == itsm.Objected) {
			continue // waits for the reader as appointer already
		}
		a.Managers = []int64{by.PersonID}
		list = append(list, a.For(by))
	}
	return list
}

// HasReports says whether somebody who is here reports to the actor.
func (s *Store) HasReports(ctx context.Context, by itsm.Actor) (has bool, err error) {
	b := &pgx.Batch{}
	value(b, &has, "person", `
		SELECT EXISTS (SELECT FROM reporting_line l JOIN person p ON p.id = l.person_id WHERE l.manager_id = @id AND p.employed @> @day::date)`,
		pgx.StrictNamedArgs{"id": by.PersonID, "day": by.Today})
	return has, s.ask(ctx, b)
}
