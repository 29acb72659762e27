package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// companyFrom joins what companyColumns names, with the contacts of the day.
func companyFrom(past bool) string {
	return `company m LEFT JOIN person o ON o.id = ` + namedOn(past, `company`, `m`, `our_contact_id`) + ` LEFT JOIN person h ON h.id = ` + namedOn(past, `company`, `m`, `their_contact_id`)
}

// companyColumns reads an itsm.Company from companyFrom; @day is the day it is read for, @known what the reader knows of it.
func companyColumns(day, known time.Time) string {
	return `
	m.id, m.name, m.kind, m.note, COALESCE(o.id, 0) AS our_contact_id, COALESCE(o.name, '') AS our_contact,
	COALESCE(upper(o.employed) <= @known::date, false) AS our_left, COALESCE(h.id, 0) AS their_contact_id, COALESCE(h.name, '') AS their_contact,
	(SELECT count(*) FROM person p WHERE p.company_id = m.id AND (upper_inf(p.employed) OR upper(p.employed) > @known::date)) AS people,
	(SELECT count(*) FROM (
		SELECT a.role_id FROM assignment a WHERE a.company_id = m.id AND a.state = 'appointed' AND ` + wornKnownOn(day, known) + `
		UNION
		SELECT a.role_id FROM person p JOIN assignment a ON a.person_id = p.id
		WHERE p.company_id = m.id AND a.state = 'appointed' AND ` + wornKnownOn(day, known) + `
	) AS worn) AS hats,
	m.archived_at IS NOT NULL AS archived, m.counter`
}

// Companies are a page of the suppliers and customers, by name, and how many there are; archived ones apart.
func (s *Store) Companies(ctx context.Context, by itsm.Actor, day time.Time, archived bool, page int) (list []itsm.Company, total int, err error) {
	var q question
	known := by.Knows(day, itsm.Scope{})
	valueOf(&q, &total, "page", `SELECT count(*) FROM company m WHERE (m.archived_at IS NOT NULL) = @archived`, pgx.StrictNamedArgs{"archived": archived})
	allOf(&q, &list, `SELECT `+companyColumns(day, known)+` FROM `+companyFrom(day.Before(by.Today))+` WHERE (m.archived_at IS NOT NULL) = @archived ORDER BY lower(m.name), m.id LIMIT @most OFFSET @skip`,
		pgx.StrictNamedArgs{"day": day, "known": known, "archived": archived, "most": itsm.CompanyPage, "skip": (max(page, 1) - 1) * itsm.CompanyPage})
	type companies struct {
		list  []itsm.Company
		total int
	}
	found, err := recall(ctx, s, by, &q, func() companies { return companies{list, total} })
	return found.list, found.total, err
}

// CompanyPage is a company with everything its page shows.
type CompanyPage struct {
	Company itsm.Company
	People  []itsm.PersonLine // here on the day, at most PeoplePage
	Teams   []itsm.TeamRef
	Hats    []itsm.WornHat // held by the company or its people: a page of them
	Worn    int            // times that one of their hats is worn, on all pages
	Around  itsm.Around
}

// Company is one company with its people, teams and a page of their hats on a day; page 0 has all hats. NotFound where there
// is none. It may be shared between requests: nobody may change it.
func (s *Store) Company(ctx context.Context, by itsm.Actor, id int64, day time.Time, page int) (p CompanyPage, err error) {
	var q question
	q.ofPage(fmt.Sprint("company, page ", page), id, by, day, func(b *pgx.Batch) { s.company(b, &p, by, id, day, page) })
	return recall(ctx, s, by, &q, func() CompanyPage {
		asKnown(by, p.Hats, false)
		return p
	})
}

func (s *Store) company(b *pgx.Batch, p *CompanyPage, by itsm.Actor, id int64, day time.Time, page int) {
	known, only := by.Knows(day, itsm.Scope{}), pgx.StrictNamedArgs{"id": id}
	one(b, &p.Company, "company", `SELECT `+companyColumns(day, known)+` FROM `+companyFrom(day.Before(by.Today))+` WHERE m.id = @id`, pgx.StrictNamedArgs{"id": id, "day": day, "known": known})
	all(b, &p.People, `SELECT `+personLine(day, known)+` FROM `+personFrom+`
		WHERE p.company_id = @id AND (upper_inf(p.employed) OR upper(p.employed) > @known::date)
		ORDER BY lower(p.sort_name), p.id LIMIT @most`, pgx.StrictNamedArgs{"id": id, "day": day, "known": known, "most": itsm.PeoplePage})
	all(b, &p.Teams, `SELECT id, name FROM team WHERE company_id = @id AND archived_at IS NULL ORDER BY lower(name)`, only)
	const theirs = `a.company_id = @id OR a.person_id = ANY(ARRAY(SELECT id FROM person WHERE company_id = @id))`
	s.around(b, &p.Around, by, "company", id, theirs)
	wornHats(b, &p.Hats, &p.Worn, day, known, theirs, only, page)
}

// AddCompany adds a supplier or a customer. For who may edit companies.
func (s *Store) AddCompany(ctx context.Context, by itsm.Actor, m itsm.Company) (id int64, err error) {
	if err := m.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditCompany, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := t.contacts(ctx, m, itsm.Company{}); err != nil {
			return err
		}
		id, err = t.number(ctx, `
			INSERT INTO company (name, kind, note, our_contact_id, their_contact_id)
			VALUES (@name, @kind, @note, NULLIF(@our::bigint, 0), NULLIF(@their::bigint, 0)) RETURNING id`, companyArgs(m))
		t.say("added [[company:%d]]", id)
		return err
	})
	return id, err
}

// EditCompany changes a company. For who may edit companies. Conflict, where it was changed since m.Counter.
func (s *Store) EditCompany(ctx context.Context, by itsm.Actor, m itsm.Company) error {
	if err := m.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditCompany, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("edited [[company:%d]]", m.ID)
		var before itsm.Company
		err := t.QueryRow(ctx, `SELECT COALESCE(our_contact_id, 0), COALESCE(their_contact_id, 0) FROM company WHERE id = $1 FOR UPDATE`, m.ID).
			Scan(&before.OurContactID, &before.TheirContactID)
		if err != nil {
			return notFound(err, "company")
		}
		if err := t.contacts(ctx, m, before); err != nil {
			return err
		}
		return t.edit(ctx, "company", `
			UPDATE company SET name = @name, kind = @kind, note = @note, our_contact_id = NULLIF(@our::bigint, 0),
			       their_contact_id = NULLIF(@their::bigint, 0), counter = counter + 1
			WHERE id = @id AND counter = @counter`, with(companyArgs(m), pgx.StrictNamedArgs{"id": m.ID, "counter": m.Counter}))
	})
}

// contacts refuses newly chosen contacts who have left.
func (t *tx) contacts(ctx context.Context, m, before itsm.Company) error {
	if m.OurContactID != 0 && m.OurContactID != before.OurContactID {
		if err := t.here(ctx, m.OurContactID, "our_contact"); err != nil {
			return err
		}
	}
	if m.TheirContactID != 0 && m.TheirContactID != before.TheirContactID {
		return t.here(ctx, m.TheirContactID, "their_contact")
	}
	return nil
}

func companyArgs(m itsm.Company) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"name": m.Name, "kind": m.Kind, "note": m.Note, "our": m.OurContactID, "their": m.TheirContactID}
}

// ArchiveCompany takes a company out of the lists, or brings it back. One that holds hats is not archived: Conflict. For
// who may edit companies.
func (s *Store) ArchiveCompany(ctx context.Context, by itsm.Actor, id int64, archive bool) error {
	return s.door(ctx, by, itsm.EditCompany, theOrganisation, func(ctx context.Context, t *tx) error {
		if !archive {
			t.say("brought [[company:%d]] back", id)
			return t.change(ctx, "There is no such company.", `UPDATE company SET archived_at = NULL, counter = counter + 1 WHERE id = @id`, pgx.StrictNamedArgs{"id": id})
		}
		t.say("archived [[company:%d]]", id)
		if err := t.change(ctx, "There is no such company.", `UPDATE company SET archived_at = @at, counter = counter + 1 WHERE id = @id`,
			pgx.StrictNamedArgs{"id": id, "at": t.at}); err != nil {
			return err
		}
		return t.holdsNothing(ctx, "This company", "company_id", id)
	})
}
