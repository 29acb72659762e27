package store

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"hatrack/internal/itsm"
)

// Progress hears now and then how many rows of a long piece of work are done.
type Progress func(done, of int)

// sender runs a batch: the read pool, or the transaction of a write.
type sender interface {
	SendBatch(context.Context, *pgx.Batch) pgx.BatchResults
}

// meant are the people whom a list may mean, as its own or as their managers: by number, e-mail address or name. They are
// found first: joined with what is read of them, a list of thousands is compared with everybody one by one.
const meant = `
	WITH meant AS MATERIALIZED (
		SELECT k.id FROM person k JOIN unnest(@numbers::text[]) n ON k.external_id = n
		UNION SELECT k.id FROM person k JOIN unnest(@emails::text[]) e ON lower(k.email) = lower(e) WHERE k.email <> ''
		UNION SELECT k.id FROM person k JOIN unnest(@names::text[]) n ON lower(k.name) = lower(n)) `

// listedKeys are the numbers, addresses and names in a list, each once.
func listedKeys(list []itsm.ListedPerson) pgx.StrictNamedArgs {
	var numbers, emails, names []string
	seen := map[string]bool{}
	add := func(kind string, into *[]string, key string) {
		if key != "" && !seen[kind+key] {
			seen[kind+key] = true
			*into = append(*into, key)
		}
	}
	for _, l := range list {
		add("#", &numbers, l.ExternalID)
		add("#", &numbers, l.ManagerID)
		add("@", &emails, l.Email)
		add("@", &emails, l.ManagerEmail)
		add("", &names, strings.Join(strings.Fields(l.Name), " "))
		add("", &names, strings.Join(strings.Fields(l.ManagerName), " "))
	}
	return pgx.StrictNamedArgs{"numbers": numbers, "emails": emails, "names": names}
}

// missingShown is how many people whom a part of a list does not name are read.
const missingShown = 50

// planPeople compares a list with the people whom it may mean, and counts whom it does not name.
func planPeople(ctx context.Context, from sender, list []itsm.ListedPerson, choices itsm.PeopleChoices, today time.Time) (itsm.PeopleImport, error) {
	k, err := known(ctx, from, list)
	if err != nil {
		return itsm.PeopleImport{}, translate(err)
	}
	k.PeopleChoices = choices
	m := itsm.MatchPeople(k, list, today)
	asks := m.Missing()
	if !asks.Any() {
		return m.Plan(nil, 0), nil
	}
	// EXCEPT is hashed whatever the planner expects of the list.
	const others = `
		WITH missing AS MATERIALIZED (
			SELECT id FROM person
			WHERE company_id IS NULL AND (upper_inf(employed) OR upper(employed) > @today::date) AND (NOT @numbered::bool OR external_id IS NOT NULL)
			EXCEPT SELECT unnest(@named::bigint[])) `
	args := pgx.StrictNamedArgs{"today": today, "numbered": asks.Numbered, "named": asks.Named}
	var missing []itsm.Person
	var count int
	b := &pgx.Batch{}
	value(b, &count, "people", others+`SELECT count(*) FROM missing`, args)
	// As many as it names: more than these make it a part of a list, of which the first are enough.
	all(b, &missing, others+`SELECT `+personColumns+` FROM `+personFrom+` JOIN missing ON missing.id = p.id ORDER BY lower(p.sort_name), p.id LIMIT @most`,
		with(maps.Clone(args), pgx.StrictNamedArgs{"most": max(len(asks.Named), missingShown)}))
	if err := from.SendBatch(ctx, b).Close(); err != nil {
		return itsm.PeopleImport{}, translate(err)
	}
	return m.Plan(missing, count), nil
}

// known reads what a list is compared with, in one trip.
func known(ctx context.Context, from sender, list []itsm.ListedPerson) (k itsm.KnownPeople, err error) {
	b := &pgx.Batch{}
	keys := listedKeys(list)
	all(b, &k.People, meant+`SELECT `+personColumns+` FROM `+personFrom+` JOIN meant ON meant.id = p.id`, keys)
	all(b, &k.Regions, regionNames, nil)
	all(b, &k.Companies, `SELECT id, name FROM company WHERE archived_at IS NULL`, nil)
	value(b, &k.Organisation, "organisation", `SELECT name::text FROM organisation`, nil)
	k.Managers = map[int64]int64{}
	b.Queue(meant+`SELECT l.person_id, l.manager_id FROM reporting_line l JOIN meant ON meant.id = l.person_id WHERE l.is_primary`, keys).Query(func(rows pgx.Rows) error {
		var person, manager int64
		_, err := pgx.ForEachRow(rows, []any{&person, &manager}, func() error {
			k.Managers[person] = manager
			return nil
		})
		return err
	})
	return k, from.SendBatch(ctx, b).Close()
}

// PlanPeople says what importing a list would do, with what was decided about it; nothing is changed. For who may import people.
func (s *Store) PlanPeople(ctx context.Context, by itsm.Actor, list []itsm.ListedPerson, choices itsm.PeopleChoices) (itsm.PeopleImport, error) {
	if !by.Can(itsm.ImportPeople, itsm.Scope{}) {
		return itsm.PeopleImport{}, itsm.Forbidden{Why: forbidden(itsm.ImportPeople)}
	}
	today, err := s.Today(ctx)
	if err != nil {
		return itsm.PeopleImport{}, err
	}
	return planPeople(ctx, s.read, list, choices, today)
}

// ImportPeople writes a list in one transaction under one event, whole or not at all, and says what it did. A last day in
// it cuts hats as Leave does. choices is what was decided about regions that only the list names, and about people whom it
// does not. file names where the list came from; up, where not nil, is used up with it. For who may import people.
func (s *Store) ImportPeople(ctx context.Context, by itsm.Actor, file string, list []itsm.ListedPerson, choices itsm.PeopleChoices, up *Upload[itsm.PeopleImport], heard Progress) (done itsm.PeopleImport, err error) {
	if heard == nil {
		heard = func(int, int) {}
	}
	err = s.door(ctx, by, itsm.ImportPeople, theOrganisation, func(ctx context.Context, t *tx) error {
		// Nobody is added or edited between the comparison and the writing.
		if _, err := t.Exec(ctx, `LOCK TABLE person, reporting_line IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		if done, err = planPeople(ctx, t, list, choices, t.today); err != nil {
			return err
		}
		t.say("imported people from %s: %d new, %d changed, %d unchanged, %d left", unlinked(file), done.New, done.Changed, done.Unchanged, done.Left)
		if n := done.EndsMissing(); n > 0 {
			t.said += fmt.Sprintf("; %d of the changed end because the list does not name them", n)
		}
		w := importer{tx: t, plan: done, heard: heard, of: done.New + done.Changed}
		for _, l := range done.Lines {
			if l.Manager != 0 || l.ManagerLine != 0 {
				w.of++
			}
		}
		if err := w.write(ctx); err != nil {
			return err
		}
		if err := t.run(ctx, `DELETE FROM contact_before WHERE kept_at < @since`, pgx.StrictNamedArgs{"since": t.at.Add(-contactLife)}); err != nil {
			return err
		}
		return useUp(ctx, t, up, done)
	})
	return done, err
}

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

// number gives the new people their ids, so that reporting lines can name them.
func (w *importer) number(ctx context.Context) error {
	rows, err := w.Query(ctx, `SELECT nextval(pg_get_serial_sequence('person', 'id')) FROM generate_series(1, $1)`, w.plan.New)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
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

// end cuts what would outlast a last day that the list sets or brings forward.
func (w *importer) end(ctx context.Context) error {
	var people []int64
	var left []time.Time
	for _, l := range w.plan.Lines {
		if l.Ends {
			people, left = append(people, l.Person.ID), append(left, *l.Person.EmployedTo)
		}
	}
	if len(people) == 0 {
		return nil
	}
	return w.cut(ctx, people, left)
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

// orNull is nil for a zero value.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

func dateRange(from, to *time.Time) pgtype.Range[pgtype.Date] {
	r := pgtype.Range[pgtype.Date]{LowerType: pgtype.Unbounded, UpperType: pgtype.Unbounded, Valid: true}
	if from != nil {
		r.Lower, r.LowerType = pgtype.Date{Time: *from, Valid: true}, pgtype.Inclusive
	}
	if to != nil {
		r.Upper, r.UpperType = pgtype.Date{Time: *to, Valid: true}, pgtype.Exclusive
	}
	return r
}
