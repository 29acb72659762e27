package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// directory is everything that an import of people writes, as text, without what only goes up.
const directory = `
	SELECT COALESCE(string_agg(row, E'\n' ORDER BY row), '') FROM (
		SELECT 'p ' || (to_jsonb(p) - 'counter')::text FROM person p UNION ALL SELECT 'l ' || (to_jsonb(l) - 'id')::text FROM reporting_line l
		UNION ALL SELECT 'a ' || to_jsonb(a)::text FROM assignment a UNION ALL SELECT 'm ' || to_jsonb(m)::text FROM membership m
		UNION ALL SELECT 'r ' || (to_jsonb(r) - 'counter')::text FROM region r UNION ALL SELECT 'c ' || (to_jsonb(c) - 'counter')::text FROM company c) AS all_rows (row)`

// broughtPeople is a directory, and an import that adds, changes, moves and ends people of it, with its event.
func broughtPeople(t *testing.T, db *storetest.DB) (before string, event int64) {
	t.Helper()
	var list []itsm.ListedPerson
	for i := range 5 {
		l := listedPerson(i+2, fmt.Sprintf("n%d", i), fmt.Sprintf("Person Number%d", i))
		l.Email, l.Phone = fmt.Sprintf("p%d@old.example", i), "1"
		if i > 0 {
			l.ManagerLine = 2
		}
		list = append(list, l)
	}
	importPeople(t, db, list, itsm.PeopleChoices{})
	ann := storetest.Value[int64](t, db, `SELECT id FROM person WHERE external_id = 'n1'`)
	insertAssignments(t, db, ann)
	facts(t, db, `UPDATE assignment SET state = 'withdrawn' WHERE lower(during) = '2027-02-01';
		INSERT INTO team (name) VALUES ('Crew'); INSERT INTO membership (team_id, person_id, during) SELECT t.id, p.id, '[2027-03-01,)' FROM team t, person p WHERE p.external_id = 'n1'`)
	before = storetest.Value[string](t, db, directory)
	left := itsm.Day(2026, 12, 1)
	list[1].EmployedTo, list[1].Email = &left, "ann@new.example"
	list[2].Region, list[2].Title, list[2].ManagerLine = "Nordics", "Engineer", 3
	list = append(list, listedPerson(9, "n9", "Nina Newcomer"))
	list[5].Email, list[5].Region, list[5].ManagerLine = "nina@new.example", "Nordics", 3
	list[5].Company, list[3].Company = "Acme", "acme"
	return before, importPeople(t, db, list, itsm.PeopleChoices{MakeRegions: true, MakeCompanies: true})
}

func importPeople(t *testing.T, db *storetest.DB, list []itsm.ListedPerson, choices itsm.PeopleChoices) (event int64) {
	t.Helper()
	if _, err := db.ImportPeople(t.Context(), storetest.Operator, "people.csv", list, choices, nil, nil); err != nil {
		t.Fatal(err)
	}
	return storetest.Value[int64](t, db, `SELECT max(id) FROM event WHERE act = 'import people'`)
}

func TestAnImportOfPeopleIsUndoneAsAWhole(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	before, event := broughtPeople(t, db)
	if storetest.Value[string](t, db, directory) == before {
		t.Fatal("the import changed nothing")
	}
	events := storetest.Value[int](t, db, `SELECT count(*) FROM event`)
	if err := db.Undo(t.Context(), storetest.Operator, event); err != nil {
		t.Fatal(err)
	}
	if after := storetest.Value[string](t, db, directory); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM event`); n != events+1 {
		t.Errorf("%d events", n-events)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM contact_before`); n != 0 {
		t.Errorf("%d addresses are still kept", n)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM change WHERE before::text || after::text LIKE '%.example%'`); n != 0 {
		t.Error("an address stands in the trail")
	}
	if err := db.Undo(t.Context(), storetest.Operator, event); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("twice: %v", err)
	}
}

func TestAnImportOfPeopleIsNotUndoneOverWhatCameAfter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ since, says string }{
		"a row changed":        {`UPDATE person SET title = 'Boss' WHERE external_id = 'n2'`, "Person Number2"},
		"an address changed":   {`UPDATE person SET email = 'x@y.example' WHERE external_id = 'n1'`, "Person Number1"},
		"somebody got a login": {`INSERT INTO account (person_id, email) SELECT id, 'nina@new.example' FROM person WHERE external_id = 'n9'`, "Nina Newcomer"},
		"somebody got a hat": {`INSERT INTO assignment (role_id, role_kind, person_id, during, state, recorded_on, decided_on)
			SELECT r.id, r.kind, p.id, '[2026-12-01,)', 'appointed', '2026-11-01', '2026-11-01' FROM role r, person p WHERE r.kind = 'practitioner' AND p.external_id = 'n9' LIMIT 1`, "Nina Newcomer"},
		"somebody moved to a new region":  {`UPDATE person SET region_id = (SELECT id FROM region WHERE name = 'Nordics') WHERE external_id = 'n4'`, "Nordics"},
		"somebody moved to a new company": {`UPDATE person SET company_id = (SELECT id FROM company WHERE name = 'acme') WHERE external_id = 'n4'`, "acme"},
		"the hat was ended elsewhere":     {`UPDATE assignment SET during = daterange(lower(during), '2026-11-25') WHERE lower(during) = '2026-01-01'`, "Person Number1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := storetest.New(t)
			_, event := broughtPeople(t, db)
			facts(t, db, c.since)
			stands := storetest.Value[string](t, db, directory)
			var conflict itsm.Conflict
			if err := db.Undo(t.Context(), storetest.Operator, event); !errors.As(err, &conflict) || !strings.Contains(conflict.Text, c.says) {
				t.Errorf("got %v, want a conflict that names %s", err, c.says)
			}
			if storetest.Value[string](t, db, directory) != stands {
				t.Error("something was undone")
			}
		})
	}
}

// What is not kept any more is not guessed.
func TestAnImportOfPeopleIsNotUndoneWithoutWhatItReplaced(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	_, event := broughtPeople(t, db)
	if err := db.Exec(t, `DELETE FROM contact_before`); err != nil {
		t.Fatal(err)
	}
	var conflict itsm.Conflict
	if err := db.Undo(t.Context(), storetest.Operator, event); !errors.As(err, &conflict) || !strings.Contains(conflict.Text, "kept for 30 days, and it replaced those of Person Number1") {
		t.Errorf("got %v", err)
	}
}

// What is withdrawn stays so; the same hat is there again after the undo, and counts as before.
func TestAHatThatAnImportWithdrewComesBackWithItsUndo(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	insertAssignments(t, db, addPerson(t, db, itsm.Person{ExternalID: "n1", Name: "Ann Leaver"}))
	left := itsm.Day(2026, 12, 1)
	l := listedPerson(2, "n1", "Ann Leaver")
	l.EmployedTo = &left
	const counts = `SELECT string_agg((to_jsonb(a) - 'id')::text, E'\n' ORDER BY (to_jsonb(a) - 'id')::text) FROM assignment a WHERE state <> 'withdrawn'`
	before := storetest.Value[string](t, db, counts)
	event := importPeople(t, db, []itsm.ListedPerson{l}, itsm.PeopleChoices{})
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM assignment WHERE state = 'withdrawn'`); n == 0 {
		t.Fatal("no hat was withdrawn")
	}
	if err := db.Undo(t.Context(), storetest.Operator, event); err != nil {
		t.Fatal(err)
	}
	if after := storetest.Value[string](t, db, counts); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM assignment WHERE state = 'withdrawn'`); n == 0 {
		t.Error("what was withdrawn is not in the records any more")
	}
}
