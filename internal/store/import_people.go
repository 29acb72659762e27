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

// orNobody is a progress that can be told, where nobody listens too.
func (p Progress) orNobody() Progress {
	if p == nil {
		return func(int, int) {}
	}
	return p
}

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
		UNION SELECT k.id FROM person k JOIN unnest(@padded::text[]) n ON ltrim(k.external_id, '0') = n WHERE k.external_id LIKE '0%'
		UNION SELECT k.id FROM person k JOIN unnest(@names::text[]) n ON lower(k.name) = lower(n)
		UNION SELECT e.id FROM search_entry e JOIN unnest(@plain::text[]) n ON e.said = search_plain(n) WHERE e.kind = 'person') `

// listedKeys are the numbers, addresses and names in a list, each once.
func listedKeys(list []itsm.ListedPerson) pgx.StrictNamedArgs {
	var numbers, padded, emails, names, plain []string
	seen := map[string]bool{}
	add := func(kind string, into *[]string, key string) {
		if key != "" && !seen[kind+key] {
			seen[kind+key] = true
			*into = append(*into, key)
		}
	}
	for _, l := range list {
		for _, number := range []string{l.ExternalID, l.ManagerID} {
			forms := itsm.NumberForms(number)
			add("#", &numbers, number)
			add("#", &numbers, forms[len(forms)-1])
			add("0", &padded, forms[len(forms)-1])
		}
		add("@", &emails, l.Email)
		add("@", &emails, l.ManagerEmail)
		add("", &names, strings.Join(strings.Fields(l.Name), " "))
		add("", &names, strings.Join(strings.Fields(l.ManagerName), " "))
		if l.ExternalID+l.Email == "" { // found by its name alone, however that is written
			add("~", &plain, itsm.SpokenName(l.Name))
		}
		if l.ManagerID+l.ManagerEmail == "" {
			add("~", &plain, itsm.SpokenName(l.ManagerName))
		}
	}
	return pgx.StrictNamedArgs{"numbers": numbers, "padded": padded, "emails": emails, "names": names, "plain": plain}
}

// missingShown is how many people whom a part of a list does not name are read.
const missingShown = 50

// planPeople says what a list would do, the hats included that its last days end.
func planPeople(ctx context.Context, from sender, list []itsm.ListedPerson, choices itsm.PeopleChoices, today time.Time) (itsm.PeopleImport, error) {
	plan, err := comparePeople(ctx, from, list, choices, today)
	if err == nil {
		plan.Cuts, err = cutsOf(ctx, from, plan, today)
	}
	return plan, err
}

// comparePeople compares a list with the people whom it may mean, and counts whom it does not name.
func comparePeople(ctx context.Context, from sender, list []itsm.ListedPerson, choices itsm.PeopleChoices, today time.Time) (itsm.PeopleImport, error) {
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
	err = s.door(ctx, by, itsm.ImportPeople, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := t.importing(ctx, up.of()); err != nil {
			return err
		}
		// Nobody is added or edited between the comparison and the writing.
		if _, err := t.Exec(ctx, `LOCK TABLE person, reporting_line IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		if done, err = planPeople(ctx, t, list, choices, t.today); err != nil {
			return err
		}
		t.say("imported people from %s: %d new, %d changed, %d unchanged, %d left", unlinked(file), done.New, done.Changed, done.Unchanged, done.Left)
		if c := done.Cuts; c.Hats > 0 {
			t.said += fmt.Sprintf("; hats that end: %d", c.Hats)
		}
		if n := done.EndsMissing(); n > 0 {
			t.said += fmt.Sprintf("; %d of the changed end because the list does not name them", n)
		}
		w := importer{tx: t, plan: done, heard: heard.orNobody(), of: done.New + done.Changed}
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
