package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// personColumns reads an itsm.Person from personFrom.
const (
	personColumns = `
	p.id, COALESCE(p.external_id, '') AS external_id, p.name, p.sort_name, p.title, p.email, p.phone, p.department, p.location,
	COALESCE(p.region_id, 0) AS region_id, COALESCE(g.name, '') AS region, COALESCE(p.company_id, 0) AS company_id, COALESCE(c.name, '') AS company,
	lower(p.employed) AS employed_from, upper(p.employed) AS employed_to, p.counter`
	personFrom = `person p LEFT JOIN region g ON g.id = p.region_id LEFT JOIN company c ON c.id = p.company_id`
)

// personDetail tells people of one name apart where they are only mentioned.
const personDetail = `concat_ws(', ', NULLIF(p.title, ''), NULLIF(p.department, ''))`

// AddPerson adds somebody to the directory. For who may edit people.
func (s *Store) AddPerson(ctx context.Context, by itsm.Actor, p itsm.Person) (id int64, err error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditPeople, theOrganisation, func(ctx context.Context, t *tx) error {
		args := with(personArgs(p), pgx.StrictNamedArgs{"from": p.EmployedFrom, "to": p.EmployedTo})
		if id, err = t.number(ctx, `
			INSERT INTO person (external_id, name, sort_name, title, email, phone, department, location, region_id, company_id, employed)
			VALUES (NULLIF(@external_id, ''), @name, @sort_name, @title, @email, @phone, @department, @location,
			        NULLIF(@region::bigint, 0), NULLIF(@company::bigint, 0), daterange(@from, @to))
			RETURNING id`, args); err != nil {
			return err
		}
		t.say("added [[person:%d]]", id)
		return t.once(ctx, "person "+p.Name, p.Name+" is in the directory already, with exactly these details. Add what tells them apart: an e-mail address, a title or a number.", `
			SELECT count(*) FROM person
			WHERE (name, title, email, phone, department, location) = (@name, @title, @email, @phone, @department, @location)
			  AND (region_id, company_id, employed) IS NOT DISTINCT FROM (NULLIF(@region::bigint, 0), NULLIF(@company::bigint, 0), daterange(@from, @to))
			  AND COALESCE(external_id, '') = @external_id AND lower(sort_name) = lower(@sort_name)`, args)
	})
	return id, err
}

// EditPerson changes what stands about somebody, but not the last day: that has verbs of its own (leaving.go). For who
// may edit people. Conflict, where the person was changed since p.Counter.
func (s *Store) EditPerson(ctx context.Context, by itsm.Actor, p itsm.Person) error {
	if err := p.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditPeople, ofPerson(p.ID), func(ctx context.Context, t *tx) error {
		t.say("edited [[person:%d]]", p.ID)
		return t.edit(ctx, "person", `
			UPDATE person SET external_id = NULLIF(@external_id, ''), name = @name, sort_name = @sort_name, title = @title, email = @email, phone = @phone,
			       department = @department, location = @location, region_id = NULLIF(@region::bigint, 0), company_id = NULLIF(@company::bigint, 0),
			       employed = daterange(@from, upper(employed)), counter = counter + 1
			WHERE id = @id AND counter = @counter`,
			with(personArgs(p), pgx.StrictNamedArgs{"from": p.EmployedFrom, "id": p.ID, "counter": p.Counter}))
	})
}

func personArgs(p itsm.Person) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"external_id": p.ExternalID, "name": p.Name, "sort_name": p.SortName, "title": p.Title, "email": p.Email, "phone": p.Phone,
		"department": p.Department, "location": p.Location, "region": p.RegionID, "company": p.CompanyID,
	}
}

// with adds arguments to others.
func with(args, more pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	for k, v := range more {
		args[k] = v
	}
	return args
}

// Person is one person. NotFound where there is none.
func (s *Store) Person(ctx context.Context, id int64) (p itsm.Person, err error) {
	b := &pgx.Batch{}
	one(b, &p, "person", `SELECT `+personColumns+` FROM `+personFrom+` WHERE p.id = @id`, pgx.StrictNamedArgs{"id": id})
	return p, s.ask(ctx, b)
}

// AddReportingLine lets a person report to a manager; where primary, another primary line stays as a further one. For
// who may edit people.
func (s *Store) AddReportingLine(ctx context.Context, by itsm.Actor, person, manager int64, primary bool) error {
	return s.door(ctx, by, itsm.EditPeople, ofPerson(person), func(ctx context.Context, t *tx) error {
		t.say("let [[person:%d]] report to [[person:%d]]", person, manager)
		if err := t.here(ctx, manager, "manager"); err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{"person": person, "manager": manager, "primary": primary}
		if primary {
			if err := t.run(ctx, `UPDATE reporting_line SET is_primary = false WHERE person_id = @person AND is_primary AND manager_id <> @manager`,
				pgx.StrictNamedArgs{"person": person, "manager": manager}); err != nil {
				return err
			}
		}
		return t.run(ctx, `
			INSERT INTO reporting_line (person_id, manager_id, is_primary) VALUES (@person, @manager, @primary)
			ON CONFLICT (person_id, manager_id) DO UPDATE SET is_primary = EXCLUDED.is_primary`, args)
	})
}

// RemoveReportingLine ends a reporting line. For who may edit people.
func (s *Store) RemoveReportingLine(ctx context.Context, by itsm.Actor, person, manager int64) error {
	return s.door(ctx, by, itsm.EditPeople, ofPerson(person), func(ctx context.Context, t *tx) error {
		t.say("took out that [[person:%d]] reports to [[person:%d]]", person, manager)
		return t.change(ctx, "This reporting line was removed meanwhile.", `DELETE FROM reporting_line WHERE person_id = @person AND manager_id = @manager`,
			pgx.StrictNamedArgs{"person": person, "manager": manager})
	})
}

// here refuses to pick somebody who is not with the organisation today: NotFound in a form's words, by field.
func (t *tx) here(ctx context.Context, person int64, field string) error {
	var name string
	var gone bool
	where, args := `p.id = @id`, pgx.StrictNamedArgs{"id": person, "today": t.today}
	if t.by.External {
		where, args = where+` AND `+knownToExternal, with(args, externalKnows(t.by))
	}
	err := t.QueryRow(ctx, `SELECT p.name, COALESCE(upper(p.employed) <= @today::date, false) FROM person p WHERE `+where+` FOR SHARE OF p`, args).Scan(&name, &gone)
	if errors.Is(err, pgx.ErrNoRows) {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: field, Text: "Choose a person from the list."}}}
	}
	if err == nil && gone {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: field, Text: name + " has left. Choose somebody who is here."}}}
	}
	return err
}

// AddAbsence enters that a person is away. For the person, their line managers and who runs the office.
func (s *Store) AddAbsence(ctx context.Context, by itsm.Actor, person int64, during itsm.Period) error {
	if during.To == nil {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "until", Text: "Give the last day away."}}}
	}
	return s.door(ctx, by, itsm.EditAbsence, ofPerson(person), func(ctx context.Context, t *tx) error {
		var left time.Time
		if err := t.QueryRow(ctx, `SELECT upper(employed) FROM person WHERE id = @person AND upper(employed) <= @today::date`,
			pgx.StrictNamedArgs{"person": person, "today": t.today}).Scan(&left); err == nil {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "from", Text: "They left on " + itsm.ShowDay(left.AddDate(0, 0, -1)) + ": nobody waits for them any more."}}}
		} else if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		t.say("entered that [[person:%d]] is away from %s to %s", person, itsm.ShowDay(during.From), itsm.ShowDay(*during.LastDay()))
		return t.run(ctx, `INSERT INTO absence (person_id, during) VALUES (@person, daterange(@from, @to))`,
			pgx.StrictNamedArgs{"person": person, "from": during.From, "to": *during.To})
	})
}

// EndAbsence says that somebody is back from today on; an absence that has not begun is taken out. For the person,
// their line managers and who runs the office.
func (s *Store) EndAbsence(ctx context.Context, by itsm.Actor, person, absence int64) error {
	return s.door(ctx, by, itsm.EditAbsence, ofPerson(person), func(ctx context.Context, t *tx) error {
		t.say("entered that [[person:%d]] is back", person)
		var from, to time.Time
		err := t.QueryRow(ctx, `SELECT lower(during), upper(during) FROM absence WHERE id = $1 AND person_id = $2 FOR UPDATE`, absence, person).Scan(&from, &to)
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.NotFound{What: "absence"}
		}
		if err != nil {
			return err
		}
		if !to.After(t.today) {
			return itsm.Conflict{Text: "This absence is over already."}
		}
		if !from.Before(t.today) {
			t.say("took out that [[person:%d]] is away from %s", person, itsm.ShowDay(from))
			return t.run(ctx, `DELETE FROM absence WHERE id = @id`, pgx.StrictNamedArgs{"id": absence})
		}
		return t.run(ctx, `UPDATE absence SET during = daterange(lower(during), @today) WHERE id = @id`, pgx.StrictNamedArgs{"id": absence, "today": t.today})
	})
}
