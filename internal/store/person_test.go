package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func addPerson(t *testing.T, db *storetest.DB, p itsm.Person) int64 {
	t.Helper()
	id, err := db.AddPerson(t.Context(), storetest.Operator, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func person(t *testing.T, db *storetest.DB, id int64) itsm.Person {
	t.Helper()
	p, err := db.Person(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func names(people []itsm.PersonLine) (out []string) {
	for _, p := range people {
		out = append(out, p.Name)
	}
	return out
}

func TestPersonIsKeptAsTyped(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	first := itsm.Day(2020, 3, 1)
	id := addPerson(t, db, itsm.Person{Name: "  Marta van der Berg ", Title: "Service Transition Manager", Email: "marta@example.org", Department: "IT", EmployedFrom: &first})
	p := person(t, db, id)
	if p.Name != "Marta van der Berg" || p.SortName != "van der Berg, Marta" || p.Title != "Service Transition Manager" || !p.EmployedFrom.Equal(first) || p.EmployedTo != nil {
		t.Errorf("got %+v", p)
	}
	p.Title = "Head of change"
	if err := db.EditPerson(t.Context(), storetest.Operator, p); err != nil {
		t.Fatal(err)
	}
	var conflict itsm.Conflict
	if err := db.EditPerson(t.Context(), storetest.Operator, p); !errors.As(err, &conflict) {
		t.Errorf("an older state was saved over a newer one: %v", err)
	}
	if got := person(t, db, id); got.Title != "Head of change" || got.Counter != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestOnlyTheOfficeEditsPeople(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	id := addPerson(t, db, itsm.Person{Name: "Ann Reader"})
	reader := itsm.Actor{AccountID: 1, PersonID: id, Name: "Ann Reader"}
	var forbidden itsm.Forbidden
	ctx := t.Context()
	for what, err := range map[string]error{
		"add":    second(db.AddPerson(ctx, reader, itsm.Person{Name: "X"})),
		"edit":   db.EditPerson(ctx, reader, person(t, db, id)),
		"leave":  db.Leave(ctx, reader, id, 1, storetest.Today, true),
		"team":   second(db.AddTeam(ctx, reader, itsm.Team{Name: "X"})),
		"firm":   second(db.AddCompany(ctx, reader, itsm.Company{Name: "X", Kind: "supplier"})),
		"region": second(db.AddRegion(ctx, reader, itsm.Region{Name: "X"})),
	} {
		if !errors.As(err, &forbidden) {
			t.Errorf("%s: got %v, want Forbidden", what, err)
		}
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM person`); n != 1 {
		t.Errorf("%d people, want 1", n)
	}
}

func second(_ int64, err error) error { return err }

func TestAbsenceIsForOneselfAndOnesLine(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ann, boss, top, other := addPerson(t, db, itsm.Person{Name: "Ann"}), addPerson(t, db, itsm.Person{Name: "Boss"}),
		addPerson(t, db, itsm.Person{Name: "Top"}), addPerson(t, db, itsm.Person{Name: "Other"})
	ctx := t.Context()
	for _, line := range [][2]int64{{ann, boss}, {boss, top}, {top, boss}} { // a circle of managers hangs nothing
		if err := db.AddReportingLine(ctx, storetest.Operator, line[0], line[1], true); err != nil {
			t.Fatal(err)
		}
	}
	for i, try := range []struct {
		who int64
		ok  bool
	}{{ann, true}, {boss, true}, {top, true}, {other, false}} {
		from := storetest.Today.AddDate(0, 0, 10*i)
		err := db.AddAbsence(ctx, itsm.Actor{AccountID: 1, PersonID: try.who}, ann, itsm.Period{From: from, To: itsm.Until(from)})
		if (err == nil) != try.ok {
			t.Errorf("person %d: %v", try.who, err)
		}
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM absence`); n != 3 {
		t.Errorf("%d absences, want 3", n)
	}
}

func TestReportingLinesAreManyAndOneIsPrimary(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	ann, one, two := addPerson(t, db, itsm.Person{Name: "Ann"}), addPerson(t, db, itsm.Person{Name: "One"}), addPerson(t, db, itsm.Person{Name: "Two"})
	for _, manager := range []int64{one, two} {
		if err := db.AddReportingLine(ctx, storetest.Operator, ann, manager, true); err != nil {
			t.Fatal(err)
		}
	}
	page, err := db.PersonPage(ctx, storetest.Operator, ann, storetest.Today)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Managers) != 2 || page.Managers[0].Person.Name != "Two" || !page.Managers[0].Primary || page.Managers[1].Primary {
		t.Errorf("got %+v", page.Managers)
	}
	var invalid itsm.Invalid
	if err := db.AddReportingLine(ctx, storetest.Operator, ann, ann, false); !errors.As(err, &invalid) {
		t.Errorf("somebody reports to themselves: %v", err)
	}
}

// TestLeavingCuts tells the whole of a departure: what lasts longer ends on the day, what comes later is withdrawn,
// what is over stays, and nobody who left is picked.
func TestLeavingCuts(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	ann := addPerson(t, db, itsm.Person{Name: "Ann Leaver"})
	team, err := db.AddTeam(ctx, storetest.Operator, itsm.Team{Name: "Service desk", LeadID: ann})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AddMembership(ctx, storetest.Operator, team, ann, itsm.Period{From: itsm.Day(2026, 1, 1)}); err != nil {
		t.Fatal(err)
	}
	insertAssignments(t, db, ann)
	last := itsm.Day(2026, 12, 31)
	d, err := db.Departure(ctx, ann, last, storetest.Today)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Cut) != 1 || !d.Cut[0].Vacant || len(d.Withdrawn) != 1 || len(d.Memberships) != 1 || len(d.Leads) != 1 {
		t.Fatalf("departure: %+v", d)
	}
	if err := db.Leave(ctx, storetest.Operator, ann, 1, last, true); err != nil {
		t.Fatal(err)
	}
	states := storetest.Value[[]string](t, db, `SELECT array_agg(state || ' ' || during ORDER BY id) FROM assignment`)
	want := []string{"appointed [2025-01-01,2025-06-01)", "appointed [2026-01-01,2027-01-01)", "withdrawn [2027-02-01,)"}
	if !slices.Equal(states, want) {
		t.Errorf("got %v, want %v", states, want)
	}
	if until := storetest.Value[time.Time](t, db, `SELECT upper(during) FROM membership`); !until.Equal(itsm.Day(2027, 1, 1)) {
		t.Errorf("membership until %v", until)
	}
	if people, _, _ := db.PickPeople(ctx, itsm.Actor{Operator: true, Today: last}, "leaver", false); len(people) != 1 {
		t.Errorf("on the last day %d are picked, want 1", len(people))
	}
	if people, _, _ := db.PickPeople(ctx, itsm.Actor{Operator: true, Today: itsm.Day(2027, 1, 1)}, "leaver", false); len(people) != 0 {
		t.Errorf("who left is picked")
	}
	if err := db.WithdrawLeaving(ctx, storetest.Operator, ann, 2); err != nil {
		t.Fatal(err)
	}
	if p := person(t, db, ann); p.EmployedTo != nil {
		t.Errorf("the last day stands: %v", p.EmployedTo)
	}
	var conflict itsm.Conflict
	if err := db.Leave(ctx, storetest.Operator, ann, 1, last, true); !errors.As(err, &conflict) {
		t.Errorf("an older page cut hats: %v", err)
	}
}

// insertAssignments gives a person three hats: one that is over, one without end, one of next year.
func insertAssignments(t *testing.T, db *storetest.DB, person int64) {
	t.Helper()
	err := db.Exec(t, fmt.Sprintf(`
		WITH begun AS (INSERT INTO event (at, actor, act, summary) VALUES ('2026-11-23', 'system', 'test', 'test') RETURNING id)
		SELECT set_config('hatrack.event', id::text, true) FROM begun;
		INSERT INTO assignment (role_id, role_kind, person_id, during, state, recorded_on, decided_on, reason)
		SELECT id, kind, %d, d::daterange, 'appointed', '2024-01-01', '2024-01-01', 'test'
		FROM role, unnest(ARRAY['[2025-01-01,2025-06-01)', '[2026-01-01,)', '[2027-02-01,)']) AS d
		WHERE name = 'SMO lead' ORDER BY d;`, person))
	if err == nil {
		return
	}
	t.Fatal(err)
}

func TestDirectoryFilters(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	region := func(name string, parent int64) int64 {
		id, err := db.AddRegion(ctx, storetest.Operator, itsm.Region{Name: name, ParentID: parent})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	europe := region("Europe", 0)
	nordics := region("Nordics", europe)
	firm, err := db.AddCompany(ctx, storetest.Operator, itsm.Company{Name: "Cables Ltd", Kind: "supplier"})
	if err != nil {
		t.Fatal(err)
	}
	addPerson(t, db, itsm.Person{Name: "Ann Alpha", Email: "ann@example.org", RegionID: nordics, Department: "IT"})
	addPerson(t, db, itsm.Person{Name: "Bob 100% Beta", Title: "Engineer", CompanyID: firm})
	gone := itsm.Day(2020, 1, 1)
	addPerson(t, db, itsm.Person{Name: "Carl Gone", EmployedTo: &gone})
	for name, try := range map[string]struct {
		f    itsm.PeopleFilter
		want []string
	}{
		"all":        {itsm.PeopleFilter{}, []string{"Ann Alpha", "Bob 100% Beta"}},
		"words":      {itsm.PeopleFilter{Text: "alpha ANN"}, []string{"Ann Alpha"}},
		"e-mail":     {itsm.PeopleFilter{Text: "example.org"}, []string{"Ann Alpha"}},
		"title":      {itsm.PeopleFilter{Text: "engin"}, []string{"Bob 100% Beta"}},
		"per cent":   {itsm.PeopleFilter{Text: "0%"}, []string{"Bob 100% Beta"}},
		"underscore": {itsm.PeopleFilter{Text: "_"}, nil},
		"region":     {itsm.PeopleFilter{RegionID: europe}, []string{"Ann Alpha"}},
		"external":   {itsm.PeopleFilter{Kind: "external"}, []string{"Bob 100% Beta"}},
		"staff":      {itsm.PeopleFilter{Kind: "staff"}, []string{"Ann Alpha"}},
		"company":    {itsm.PeopleFilter{CompanyID: firm}, []string{"Bob 100% Beta"}},
		"department": {itsm.PeopleFilter{Department: "IT"}, []string{"Ann Alpha"}},
		"no hat":     {itsm.PeopleFilter{Hats: "none"}, []string{"Ann Alpha", "Bob 100% Beta"}},
		"hat":        {itsm.PeopleFilter{Hats: "some"}, nil},
		"left":       {itsm.PeopleFilter{Left: true}, []string{"Carl Gone"}},
		"descending": {itsm.PeopleFilter{Sort: "name", Descending: true}, []string{"Bob 100% Beta", "Ann Alpha"}},
		"by region":  {itsm.PeopleFilter{Sort: "region"}, []string{"Ann Alpha", "Bob 100% Beta"}},
		"page 2":     {itsm.PeopleFilter{Page: 2}, nil},
	} {
		d, err := db.People(ctx, storetest.Operator, try.f, storetest.Today)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.Equal(names(d.People), try.want) {
			t.Errorf("%s: got %v, want %v", name, names(d.People), try.want)
		}
	}
}

func TestRegionsKeepTheirTree(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	europe, err := db.AddRegion(ctx, storetest.Operator, itsm.Region{Name: "Europe"})
	if err != nil {
		t.Fatal(err)
	}
	nordics, err := db.AddRegion(ctx, storetest.Operator, itsm.Region{Name: "Nordics", ParentID: europe})
	if err != nil {
		t.Fatal(err)
	}
	var invalid itsm.Invalid
	if err := db.EditRegion(ctx, storetest.Operator, itsm.Region{ID: europe, Name: "Europe", ParentID: nordics, Counter: 1}); !errors.As(err, &invalid) || invalid.Problems[0].Field != "parent" {
		t.Errorf("a circle of regions: %v", err)
	}
	var conflict itsm.Conflict
	if err := db.DeleteRegion(ctx, storetest.Operator, europe); !errors.As(err, &conflict) {
		t.Errorf("a region with another within it was deleted: %v", err)
	}
	if err := db.DeleteRegion(ctx, storetest.Operator, nordics); err != nil {
		t.Error(err)
	}
	tree, err := db.Regions(ctx, storetest.Operator, storetest.Today)
	if err != nil || len(tree) != 1 || tree[0].Path != "Europe" || tree[0].Used {
		t.Errorf("got %+v, %v", tree, err)
	}
}

func TestTeamsAndCompanies(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx := t.Context()
	gone := itsm.Day(2020, 1, 1)
	ann, left := addPerson(t, db, itsm.Person{Name: "Ann"}), addPerson(t, db, itsm.Person{Name: "Left", EmployedTo: &gone})
	var invalid itsm.Invalid
	if _, err := db.AddTeam(ctx, storetest.Operator, itsm.Team{Name: "Desk", LeadID: left}); !errors.As(err, &invalid) || invalid.Problems[0].Field != "lead" {
		t.Errorf("who left leads a team: %v", err)
	}
	if _, err := db.AddCompany(ctx, storetest.Operator, itsm.Company{Name: "Cables", Kind: "supplier", OurContactID: left}); !errors.As(err, &invalid) {
		t.Errorf("who left is a contact: %v", err)
	}
	team, err := db.AddTeam(ctx, storetest.Operator, itsm.Team{Name: "Desk", LeadID: ann})
	if err != nil {
		t.Fatal(err)
	}
	during := itsm.Period{From: itsm.Day(2026, 1, 1)}
	if err := db.AddMembership(ctx, storetest.Operator, team, ann, during); err != nil {
		t.Fatal(err)
	}
	if err := db.AddMembership(ctx, storetest.Operator, team, ann, during); !errors.As(err, &invalid) {
		t.Errorf("a second press of the button: %v", err)
	}
	page, err := db.Team(ctx, storetest.Operator, team, storetest.Today)
	if err != nil || len(page.Members) != 1 || !page.Members[0].Lead || page.Team.Members != 1 {
		t.Fatalf("got %+v, %v", page, err)
	}
	if err := db.EndMembership(ctx, storetest.Operator, team, page.Members[0].ID, itsm.Day(2026, 6, 30)); err != nil {
		t.Fatal(err)
	}
	if page, _ = db.Team(ctx, storetest.Operator, team, storetest.Today); len(page.Members) != 0 || len(page.Former) != 1 {
		t.Errorf("got %+v", page)
	}
	if err := db.ArchiveTeam(ctx, storetest.Operator, team, true); err != nil {
		t.Fatal(err)
	}
	if teams, _, _ := db.Teams(ctx, storetest.Operator, storetest.Today, "", false, 1); len(teams) != 0 {
		t.Errorf("an archived team is listed: %+v", teams)
	}
	firm, err := db.AddCompany(ctx, storetest.Operator, itsm.Company{Name: "Cables", Kind: "supplier", OurContactID: ann})
	if err != nil {
		t.Fatal(err)
	}
	if m, err := db.Company(ctx, storetest.Operator, firm, storetest.Today, 1); err != nil || m.Company.OurContact != "Ann" {
		t.Errorf("got %+v, %v", m, err)
	}
}
