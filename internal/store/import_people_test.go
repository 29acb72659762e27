package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func listedPerson(line int, number, name string) itsm.ListedPerson {
	return itsm.ListedPerson{Line: line, Person: itsm.Person{ExternalID: number, Name: name, SortName: itsm.SortName(name)}}
}

func TestImportWritesOnceUnderOneEvent(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	var list []itsm.ListedPerson
	for i := range 2500 { // more than one slice
		l := listedPerson(i+2, fmt.Sprintf("n%d", i), fmt.Sprintf("Person Number%d", i))
		if i > 0 {
			l.ManagerLine = 2
		}
		list = append(list, l)
	}
	before := storetest.Value[int](t, db, `SELECT count(*) FROM event`)
	var last, of int
	done, err := db.ImportPeople(ctx, storetest.Operator, "people [[person:1]].csv", list, itsm.PeopleChoices{}, nil, func(d, o int) { last, of = d, o })
	if err != nil {
		t.Fatal(err)
	}
	if done.New != 2500 || last != of || of != 2500+2499 {
		t.Errorf("new %d, progress %d of %d", done.New, last, of)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM event`); n != before+1 {
		t.Errorf("%d events, want one", n-before)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM event_about WHERE kind = 'person'`); n != 0 {
		t.Errorf("a file's name became a mention")
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM reporting_line l JOIN person p ON p.id = l.manager_id WHERE l.is_primary AND p.external_id = 'n0'`); n != 2499 {
		t.Errorf("%d reporting lines", n)
	}
	list[3].Title, list[4].ManagerLine = "Engineer", 3
	done, err = db.ImportPeople(ctx, storetest.Operator, "people.csv", list, itsm.PeopleChoices{}, nil, nil)
	if err != nil || done.New != 0 || done.Changed != 2 || done.Unchanged != 2498 {
		t.Fatalf("got %d new, %d changed, %v", done.New, done.Changed, err)
	}
	if got := storetest.Value[string](t, db, `SELECT m.external_id FROM reporting_line l JOIN person p ON p.id = l.person_id JOIN person m ON m.id = l.manager_id WHERE p.external_id = 'n4' AND l.is_primary`); got != "n1" {
		t.Errorf("the new manager is %s", got)
	}
}

func TestImportOfALastDayCutsHats(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ann := addPerson(t, db, itsm.Person{ExternalID: "n1", Name: "Ann Leaver"})
	insertAssignments(t, db, ann)
	left := itsm.Day(2026, 12, 1)
	l := listedPerson(2, "n1", "Ann Leaver")
	l.EmployedTo = &left
	plan, err := db.PlanPeople(t.Context(), storetest.Operator, []itsm.ListedPerson{l}, itsm.PeopleChoices{})
	if err != nil || plan.Changed != 1 {
		t.Fatalf("got %+v, %v", plan, err)
	}
	if c := plan.Cuts; c.Hats != 2 || c.People != 1 || len(c.First) != 2 || c.First[0].Person.ID != ann || !c.First[0].LastDay.Equal(itsm.Day(2026, 11, 30)) || !c.First[1].Since.After(c.First[1].LastDay) {
		t.Errorf("it says that it cuts %+v", c)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM assignment WHERE upper(during) = '2026-12-01'`); n != 0 {
		t.Fatal("a plan changed something")
	}
	if done, err := db.ImportPeople(t.Context(), storetest.Operator, "x.csv", []itsm.ListedPerson{l}, itsm.PeopleChoices{}, nil, nil); err != nil || done.Cuts.Hats != 2 {
		t.Fatalf("it cut %+v, %v", done.Cuts, err)
	}
	until := storetest.Value[time.Time](t, db, `SELECT upper(during) FROM assignment WHERE lower(during) = '2026-01-01'`)
	later := storetest.Value[string](t, db, `SELECT state FROM assignment WHERE lower(during) = '2027-02-01'`)
	if !until.Equal(left) || later != "withdrawn" {
		t.Errorf("until %v, the later one is %s", until, later)
	}
}

func TestImportMakesRegionsThatOnlyTheListNames(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	emea, err := db.AddRegion(ctx, storetest.Operator, itsm.Region{Name: "EMEA"})
	if err != nil {
		t.Fatal(err)
	}
	list := []itsm.ListedPerson{listedPerson(2, "n1", "Ann One"), listedPerson(3, "n2", "Bert Two"), listedPerson(4, "n3", "Cleo Three")}
	list[0].Region, list[1].Region, list[2].Region = "Nordics", "emea", "nordics "
	plan, err := db.PlanPeople(ctx, storetest.Operator, list, itsm.PeopleChoices{})
	if err != nil || len(plan.NewRegions) != 1 || plan.NewRegions[0] != "Nordics" {
		t.Fatalf("new regions %q, %v", plan.NewRegions, err)
	}
	if _, err := db.ImportPeople(ctx, storetest.Operator, "people.csv", list, itsm.PeopleChoices{}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM region`); n != 1 {
		t.Errorf("unasked, there are %d regions", n)
	}
	before := storetest.Value[int](t, db, `SELECT count(*) FROM event`)
	done, err := db.ImportPeople(ctx, storetest.Operator, "people.csv", list, itsm.PeopleChoices{MakeRegions: true}, nil, nil)
	if err != nil || done.Changed != 2 || done.Unchanged != 1 {
		t.Fatalf("%d changed, %d unchanged, %v", done.Changed, done.Unchanged, err)
	}
	where := storetest.Value[string](t, db, `SELECT string_agg(p.name || ' in ' || r.name, ', ' ORDER BY p.external_id) FROM person p JOIN region r ON r.id = p.region_id`)
	if where != "Ann One in Nordics, Bert Two in EMEA, Cleo Three in Nordics" {
		t.Error(where)
	}
	if said := storetest.Value[string](t, db, `SELECT (count(*) - $1)::text || ' ' || max(summary) FILTER (WHERE summary LIKE '%regions made: 1') FROM event`, before); said != "1 imported people from people.csv: 0 new, 2 changed, 1 unchanged, 0 left; regions made: 1" {
		t.Error(said)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM region WHERE id <> $1 AND parent_id IS NULL`, emea); n != 1 {
		t.Errorf("%d regions were made", n)
	}
}

func TestImportMakesCompaniesThatOnlyTheListNames(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	list := []itsm.ListedPerson{listedPerson(2, "n1", "Ann One"), listedPerson(3, "n2", "Bert Two"), listedPerson(4, "n3", "Cleo Three")}
	list[0].Company, list[1].Company = "Acme", "acme "
	plan, err := db.PlanPeople(ctx, storetest.Operator, list, itsm.PeopleChoices{})
	if err != nil || plan.OwnThere != 2 || len(plan.NewCompanies) != 1 || plan.NewCompanies[0] != "Acme" {
		t.Fatalf("new companies %q, %d are our own, %v", plan.NewCompanies, plan.OwnThere, err)
	}
	if why := plan.Results(nil)[0].Why; why != "Ann One comes in as one of your own people: the company Acme is not known here." {
		t.Error(why)
	}
	plan, err = db.ImportPeople(ctx, storetest.Operator, "people.csv", list, itsm.PeopleChoices{MakeCompanies: true}, nil, nil)
	if err != nil || plan.OwnThere != 0 || len(plan.Remarks) > 0 {
		t.Fatalf("%d are our own, %v, %v", plan.OwnThere, plan.Remarks, err)
	}
	of := storetest.Value[string](t, db, `SELECT string_agg(p.name || ' of ' || c.name || ', ' || c.kind, ', ' ORDER BY p.external_id) FROM person p JOIN company c ON c.id = p.company_id`)
	if of != "Ann One of Acme, supplier, Bert Two of Acme, supplier" {
		t.Error(of)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM event WHERE summary LIKE '%: 3 new, 0 changed, 0 unchanged, 0 left; companies made: 1'`); n != 1 {
		t.Errorf("%d events", n)
	}
}

func TestImportIsForTheOffice(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	reader := itsm.Actor{AccountID: 1, PersonID: addPerson(t, db, itsm.Person{Name: "Reader"})}
	var forbidden itsm.Forbidden
	if _, err := db.ImportPeople(t.Context(), reader, "x.csv", []itsm.ListedPerson{listedPerson(2, "", "X Y")}, itsm.PeopleChoices{}, nil, nil); !errors.As(err, &forbidden) {
		t.Errorf("got %v", err)
	}
	if _, err := db.PlanPeople(t.Context(), reader, nil, itsm.PeopleChoices{}); !errors.As(err, &forbidden) {
		t.Errorf("got %v", err)
	}
}

// Thousands who wear one role leave at once: what their days end is counted and named without comparing each with each.
func TestThousandsWhoLeaveAreCountedInTime(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	role := roleOf(t, db, addPractice(t, db, "Incident management"), itsm.Practitioner)
	left := itsm.Day(2026, 12, 1)
	var list []itsm.ListedPerson
	for i := range 8000 {
		l := listedPerson(i+2, fmt.Sprintf("n%d", i), fmt.Sprintf("Person Number%d", i))
		l.EmployedTo = &left
		list = append(list, l)
	}
	facts(t, db, fmt.Sprintf(`INSERT INTO person (name, sort_name, external_id) SELECT 'Person Number' || n, 'Number' || n || ', Person', 'n' || n FROM generate_series(0, 7999) n;
		INSERT INTO assignment (role_id, role_kind, person_id, during, state, recorded_on, decided_on)
		SELECT %d, 'practitioner', id, '[2026-11-23,)', 'appointed', '2026-11-23', '2026-11-23' FROM person WHERE external_id LIKE 'n%%'`, role))
	plan, err := db.PlanPeople(t.Context(), storetest.Operator, list, itsm.PeopleChoices{})
	if err != nil || plan.Cuts.Hats != 8000 || plan.Cuts.People != 8000 || len(plan.Cuts.First) != 50 || !plan.Cuts.First[0].Vacant {
		t.Errorf("%d hats of %d people, %d by name, %v", plan.Cuts.Hats, plan.Cuts.People, len(plan.Cuts.First), err)
	}
}
