package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// importer writes a plan.
type importer struct {
	*tx
	plan  itsm.PeopleImport
	heard Progress
	count int
	of    int
}

// slice is how many rows a statement takes, so that progress can be heard.
const slice = 2000

func (w *importer) step(n int) {
	w.count += n
	w.heard(min(w.count, w.of), w.of)
}

func (w *importer) write(ctx context.Context) error {
	w.step(0)
	if err := w.regions(ctx); err != nil {
		return err
	}
	if err := w.companies(ctx); err != nil {
		return err
	}
	if err := w.number(ctx); err != nil {
		return err
	}
	if err := w.insert(ctx); err != nil {
		return err
	}
	if err := w.end(ctx); err != nil {
		return err
	}
	if err := w.update(ctx); err != nil {
		return err
	}
	return w.report(ctx)
}

// regions makes those that the plan puts people in and are not there yet.
func (w *importer) regions(ctx context.Context) error {
	made := map[int64]int64{}
	for i := range w.plan.Lines {
		at := &w.plan.Lines[i].Person.RegionID
		if *at >= 0 {
			continue
		}
		if made[*at] == 0 { // a hundred at most
			id, err := w.tx.number(ctx, `INSERT INTO region (name) VALUES (@name) RETURNING id`, pgx.StrictNamedArgs{"name": w.plan.NewRegions[-1-*at]})
			if err != nil {
				return err
			}
			made[*at] = id
		}
		*at = made[*at]
	}
	if len(made) > 0 {
		w.said += fmt.Sprintf("; regions made: %d", len(made))
	}
	return nil
}

// companies makes those that the plan puts people in and are not there yet.
func (w *importer) companies(ctx context.Context) error {
	made := map[int64]int64{}
	for i := range w.plan.Lines {
		at := &w.plan.Lines[i].Person.CompanyID
		if *at >= 0 {
			continue
		}
		if made[*at] == 0 { // some at most
			id, err := w.tx.number(ctx, `INSERT INTO company (name, kind) VALUES (@name, @kind) RETURNING id`, pgx.StrictNamedArgs{"name": w.plan.NewCompanies[-1-*at], "kind": itsm.CompanyKinds[0]})
			if err != nil {
				return err
			}
			made[*at] = id
		}
		*at = made[*at]
	}
	if len(made) > 0 {
		w.said += fmt.Sprintf("; companies made: %d", len(made))
	}
	return nil
}

// number gives the new people their ids, so that reporting lines can name them.
func (w *importer) number(ctx context.Context) error {
	ids, err := w.serial(ctx, "person", w.plan.New)
	if err != nil {
		return err
	}
	for i := range w.plan.Lines {
		if l := &w.plan.Lines[i]; l.Outcome == itsm.NewLine {
			l.Person.ID, ids = ids[0], ids[1:]
		}
	}
	return nil
}

var importColumns = []string{
	"id", "external_id", "name", "sort_name", "title", "email", "phone", "department", "location", "region_id", "company_id", "employed",
}

func (w *importer) insert(ctx context.Context) error {
	for _, part := range chunks(w.plan.Lines, itsm.NewLine) {
		rows := pgx.CopyFromSlice(len(part), func(i int) ([]any, error) {
			p := part[i].Person
			return []any{
				p.ID, orNull(p.ExternalID), p.Name, p.SortName, p.Title, p.Email, p.Phone, p.Department, p.Location,
				orNull(p.RegionID), orNull(p.CompanyID), dateRange(p.EmployedFrom, p.EmployedTo),
			}, nil
		})
		if _, err := w.CopyFrom(ctx, pgx.Identifier{"person"}, importColumns, rows); err != nil {
			return err
		}
		w.step(len(part))
	}
	return nil
}

// end cuts what would outlast a last day that the list sets or brings forward; one ahead is not announced by it.
func (w *importer) end(ctx context.Context) error {
	people, left := leavers(w.plan)
	if len(people) == 0 {
		return nil
	}
	_, err := w.cut(ctx, people, left, false)
	return err
}

func (w *importer) update(ctx context.Context) error {
	for _, part := range chunks(w.plan.Lines, itsm.ChangedLine) {
		n := len(part)
		id, region, company := make([]int64, n), make([]int64, n), make([]int64, n)
		texts := make([][]string, 8)
		for i := range texts {
			texts[i] = make([]string, n)
		}
		from, to := make([]*time.Time, n), make([]*time.Time, n)
		for i, l := range part {
			p := l.Person
			id[i], region[i], company[i], from[i], to[i] = p.ID, p.RegionID, p.CompanyID, p.EmployedFrom, p.EmployedTo
			for at, text := range []string{p.ExternalID, p.Name, p.SortName, p.Title, p.Email, p.Phone, p.Department, p.Location} {
				texts[at][i] = text
			}
		}
		if err := w.keepContact(ctx, id, texts[4], texts[5]); err != nil {
			return err
		}
		_, err := w.Exec(ctx, `
			UPDATE person p SET external_id = NULLIF(l.external_id, ''), name = l.name, sort_name = l.sort_name, title = l.title, email = l.email,
			       phone = l.phone, department = l.department, location = l.location, region_id = NULLIF(l.region, 0),
			       company_id = NULLIF(l.company, 0), employed = daterange(l.first, l.gone), counter = p.counter + 1
			FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
			            $10::bigint[], $11::bigint[], $12::date[], $13::date[])
			     AS l (id, external_id, name, sort_name, title, email, phone, department, location, region, company, first, gone)
			WHERE p.id = l.id`,
			id, texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], texts[7], region, company, from, to)
		if err != nil {
			return err
		}
		w.step(n)
	}
	return nil
}

// contactLife is how long addresses and numbers that an import replaced are kept for its undoing.
const contactLife = 30 * 24 * time.Hour

// keepContact keeps what the trail does not: the addresses and numbers that are about to be replaced.
func (w *importer) keepContact(ctx context.Context, people []int64, emails, phones []string) error {
	return w.run(ctx, `
		INSERT INTO contact_before (event_id, person_id, email, phone, kept_at)
		SELECT @event, p.id, p.email, p.phone, @at FROM person p JOIN unnest(@people::bigint[], @emails::text[], @phones::text[]) AS l (id, email, phone) ON l.id = p.id
		WHERE (p.email, p.phone) IS DISTINCT FROM (l.email, l.phone)`,
		pgx.StrictNamedArgs{"event": w.event, "people": people, "emails": emails, "phones": phones, "at": w.at})
}

// report makes each manager of the list the primary line, in place of the one before.
func (w *importer) report(ctx context.Context) error {
	ids := make(map[int]int64, len(w.plan.Lines))
	for _, l := range w.plan.Lines {
		ids[l.Line] = l.Person.ID
	}
	var people, managers []int64
	for _, l := range w.plan.Lines {
		manager := l.Manager
		if l.ManagerLine != 0 {
			manager = ids[l.ManagerLine]
		}
		if manager != 0 && manager != l.Person.ID {
			people, managers = append(people, l.Person.ID), append(managers, manager)
		}
	}
	if _, err := w.Exec(ctx, `DELETE FROM reporting_line WHERE is_primary AND person_id = ANY ($1)`, people); err != nil {
		return err
	}
	for at := 0; at < len(people); at += slice {
		end := min(at+slice, len(people))
		_, err := w.Exec(ctx, `
			INSERT INTO reporting_line (person_id, manager_id, is_primary) SELECT person, manager, true FROM unnest($1::bigint[], $2::bigint[]) AS l (person, manager)
			ON CONFLICT (person_id, manager_id) DO UPDATE SET is_primary = true`, people[at:end], managers[at:end])
		if err != nil {
			return err
		}
		w.step(end - at)
	}
	return nil
}

// chunks are the lines of an outcome, slice by slice.
func chunks(lines []itsm.ImportLine, of itsm.Outcome) (parts [][]itsm.ImportLine) {
	for _, l := range lines {
		if l.Outcome != of {
			continue
		}
		if last := len(parts) - 1; last < 0 || len(parts[last]) == slice {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], l)
	}
	return parts
}
