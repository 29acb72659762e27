package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// cutsShown is how many of the hats that a list ends are read.
const cutsShown = 50

// cutsOf says which hats the last days of a list end, before they are cut: all of them in figures, the first of them by name,
// Owner and Manager hats first. It asks nothing where the list ends nobody.
func cutsOf(ctx context.Context, from sender, plan itsm.PeopleImport, today time.Time) (c itsm.PeopleCuts, err error) {
	people, left := leavers(plan)
	if len(people) == 0 {
		return c, nil
	}
	args := pgx.StrictNamedArgs{"people": people, "left": left}
	// Found once for all: beside the roles, a list of thousands would be compared with every hat.
	const ending = `
		WITH leavers AS MATERIALIZED (SELECT * FROM unnest(@people::bigint[], @left::date[]) AS l (person_id, day)),
		     ending AS MATERIALIZED (
			SELECT a.id, a.person_id, l.day
			FROM leavers l JOIN assignment a ON a.person_id = l.person_id
			WHERE a.state <> 'withdrawn' AND (upper_inf(a.during) OR upper(a.during) > l.day)) `
	b := &pgx.Batch{}
	b.Queue(ending+`SELECT count(*), count(DISTINCT person_id) FROM ending`, args).QueryRow(func(row pgx.Row) error { return row.Scan(&c.Hats, &c.People) })
	var first []cutRow
	all(b, &first, ending+`
		SELECT leaving.person_id, p.name AS person, leaving.day, `+departureColumns(staysOn)+`
		FROM (SELECT e.* FROM ending e JOIN assignment a ON a.id = e.id JOIN person p ON p.id = e.person_id
		      ORDER BY a.role_kind <> 'owner', a.role_kind <> 'manager', lower(p.sort_name), e.person_id, lower(a.during), e.id LIMIT @most) leaving
		JOIN person p ON p.id = leaving.person_id
		JOIN assignment a ON a.id = leaving.id `+departureFrom+`
		ORDER BY a.role_kind <> 'owner', a.role_kind <> 'manager', lower(p.sort_name), p.id, lower(a.during), a.id`,
		with(pgx.StrictNamedArgs{"today": today, "most": cutsShown}, args))
	if err := from.SendBatch(ctx, b).Close(); err != nil {
		return c, translate(err)
	}
	for _, h := range first {
		c.First = append(c.First, itsm.CutHat{Person: itsm.PersonRef{ID: h.PersonID, Name: h.Person}, LastDay: h.Day.AddDate(0, 0, -1), DepartureHat: h.hat()})
	}
	return c, nil
}

// staysOn says that the list does not end who wears h, on whatever day: their days would be compared one by one for each of
// thousands of holders.
const staysOn = `COALESCE(h.person_id, 0) NOT IN (SELECT person_id FROM leavers)`

type cutRow struct {
	PersonID int64
	Person   string
	Day      time.Time
	departureRow
}

// leavers are the people whose last day a list sets or brings forward, with the first day without each.
func leavers(plan itsm.PeopleImport) (people []int64, left []time.Time) {
	for _, l := range plan.Lines {
		if l.Ends {
			people, left = append(people, l.Person.ID), append(left, *l.Person.EmployedTo)
		}
	}
	return people, left
}
