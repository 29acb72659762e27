package server_test

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// personChanges are writes of kinds that a matrix does not show, but a person's page may.
func (s scene) personChanges() []change {
	ctx, op := s.t.Context(), storetest.Operator
	ok := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	hat := func(role, person int64) int64 {
		return storetest.Value[int64](s.t, s.DB, `SELECT max(id) FROM assignment WHERE role_id = $1 AND person_id = $2 AND state <> 'withdrawn'`, role, person)
	}
	edit := func(person int64, how func(*itsm.Person)) {
		p, err := s.Person(ctx, person)
		ok(err)
		how(&p)
		ok(s.EditPerson(ctx, op, p))
	}
	about := func() itsm.Subject {
		return itsm.Subject{PracticeID: s.practice, RoleID: s.manager, PersonID: s.ana, AssignmentID: hat(s.manager, s.ana)}
	}
	soon := itsm.Until(storetest.Today.AddDate(0, 0, 20))
	return []change{
		{what: "a phone number", change: func() { edit(s.ana, func(p *itsm.Person) { p.Phone = "+49 30 1" }) }},
		{what: "a title of somebody above", change: func() {
			ok(s.AddReportingLine(ctx, op, s.ana, s.marta, true))
			edit(s.marta, func(p *itsm.Person) { p.Title = "Head of service" })
		}},
		{what: "a line further up", change: func() { ok(s.AddReportingLine(ctx, op, s.marta, s.reader, true)) }},
		{what: "somebody who reports", change: func() { ok(s.AddReportingLine(ctx, op, s.jonas, s.ana, false)) }},
		{what: "a member of a team that wears a hat of theirs", change: func() { ok(s.AddMembership(ctx, op, s.desk, s.reader, itsm.Period{From: storetest.Today})) }},
		{what: "a membership of one's own", change: func() { ok(s.AddMembership(ctx, op, s.desk, s.jonas, itsm.Period{From: storetest.Today})) }},
		{what: "a company's name", change: func() {
			c, err := s.Company(ctx, op, s.acme, storetest.Today, 1)
			ok(err)
			c.Company.Name = "Corvid"
			ok(s.EditCompany(ctx, op, c.Company))
		}},
		{what: "a deputy beside", change: func() {
			must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, Capacity: itsm.Deputy, From: storetest.Today, Announced: true}))
		}},
		{what: "an end that comes sooner", change: func() {
			ok(s.EndAssignment(ctx, op, hat(s.manager, s.ana), storetest.Today.AddDate(0, 0, 30), true, "moves on"))
		}},
		{what: "an action for a gap of one hat", change: func() {
			must[int64](s.t)(s.PlanAction(ctx, op, itsm.ActionInput{Code: "ends-soon", Subject: about(), What: "Find a successor", PersonID: s.marta, DueOn: soon}))
		}},
		{what: "a gap of one hat that is accepted", change: func() {
			ok(s.AcceptGap(ctx, op, itsm.AcceptGap{Code: "ends-soon", Subject: about(), Reason: "It is known.", LastDay: soon}))
		}},
		{what: "a proposal", change: func() {
			must[[]int64](s.t)(s.Propose(ctx, itsm.Actor{AccountID: s.account(s.marta), PersonID: s.marta, Today: storetest.Today},
				itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.reader}, From: storetest.Today.AddDate(0, 0, 7)}))
		}},
		{what: "an appointment that is not announced", change: func() {
			must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, RegionID: s.apac, From: storetest.Today.AddDate(0, 1, 0)}))
		}},
		{what: "its announcement", change: func() { ok(s.Announce(ctx, op, hat(s.manager, s.jonas))) }},
		{what: "a process with its own Owner", change: func() {
			must[int64](s.t)(s.GiveProcessItsOwnRole(ctx, op, s.process, s.owner))
		}},
		{what: "an activity taken out", change: func() {
			ok(s.RemoveActivity(ctx, op, s.sort, storetest.Value[int64](s.t, s.DB, `SELECT counter FROM step WHERE activity_id = $1`, s.sort)))
		}},
		{what: "what was undone", change: func() {
			ok(s.Undo(ctx, op, storetest.Value[int64](s.t, s.DB, `SELECT max(event_id) FROM change WHERE table_name = 'step'`)))
		}},
		{what: "a process archived", change: func() {
			p, err := s.Process(ctx, op, s.process, storetest.Today)
			ok(err)
			_, err = s.ArchiveProcess(ctx, op, s.process, p.Process.Counter)
			ok(err)
		}},
		{what: "a last day", change: func() {
			p, err := s.Person(ctx, s.ana)
			ok(err)
			ok(s.Leave(ctx, op, s.ana, p.Counter, storetest.Today.AddDate(0, 0, 40), true))
		}},
	}
}

// Whatever is changed through one server is right at once on the other, on the page of each person and for each reader:
// the same, to the byte, as what a server shows that keeps nothing.
func TestKeptPersonIsRightAtOnceOnAnotherServer(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	kept, fresh := s.beside(0, atNow), s.beside(-1, atNow)
	changes := append(s.changes(), s.personChanges()...)
	readers := map[string]reader{"lead": s.as(s.lead), "owner": s.as(s.marta), "manager": s.as(s.ana), "holder": s.as(s.jonas), "reader": s.as(s.reader)}
	people := []int64{s.lead, s.marta, s.jonas, s.ana, s.reader}
	look := func(what string) {
		for name, by := range readers {
			for _, person := range people {
				at := "/people/" + itoa(person)
				first, second, anew := by.on(kept).get(at), by.on(kept).get(at), by.on(fresh).get(at)
				if first.status != http.StatusOK || first.body != anew.body || second.body != anew.body {
					t.Fatalf("%s: %s by the %s: status %d, the kept page is not the new one:\n%s\nnew:\n%s", what, at, name, first.status, first.text(), anew.text())
				}
			}
		}
	}
	look("before")
	for _, c := range changes {
		c.change()
		look(c.what)
	}
}

// What does not stand on a page leaves it kept: it costs the reader one round trip.
func TestPersonStaysKept(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	s.wear(s.analyst, s.jonas, 0)
	s.wear(s.owner, s.marta, 0)
	elsewhere := id(s.AddPractice(ctx, op, itsm.Practice{Name: "Problem management", Category: "service", State: "in use"}))
	process := id(s.AddProcess(ctx, op, itsm.Process{PracticeID: elsewhere, Name: "Find causes", Kind: itsm.Daily}))
	step := id(s.AddActivity(ctx, op, process, itsm.Step{Name: "Look"}, 1, store.Latest))
	manager := storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'manager'`, elsewhere)
	var trips atomic.Int64
	other := s.counting(&trips)
	lead, plain := s.as(s.lead).on(other), s.as(s.reader).on(other)
	at := "/people/" + itoa(s.jonas)
	cost := func(by reader) int64 {
		before := trips.Load()
		by.get(at).shows(t, http.StatusOK, "Practitioner", "Log")
		return trips.Load() - before
	}
	for _, by := range []reader{lead, plain} {
		if first, second := cost(by), cost(by); first != 2 || second != 1 {
			t.Fatalf("the first look takes %d round trips and the second %d", first, second)
		}
	}
	if n := cost(s.as(s.ana).on(other)); n != 1 {
		t.Errorf("another reader with the same rights takes %d round trips", n)
	}
	for _, c := range []struct {
		what   string
		change func()
	}{
		{"an appointment elsewhere", func() { s.wear(manager, s.ana, 0) }},
		{"letters elsewhere", func() {
			if err := s.SetCell(ctx, op, store.CellEdit{ProcessID: process, ActivityID: step, RoleID: manager, Counter: store.Latest, Cell: itsm.Cell{Letters: itsm.LetterA}}); err != nil {
				t.Fatal(err)
			}
		}},
		{"a new person", func() { s.person("Tomas Rivera") }},
		{"an absence of somebody else", func() {
			if err := s.AddAbsence(ctx, op, s.ana, itsm.Period{From: storetest.Today, To: itsm.Until(storetest.Today)}); err != nil {
				t.Fatal(err)
			}
		}},
		{"a member of another team", func() {
			team := id(s.AddTeam(ctx, op, itsm.Team{Name: "Network"}))
			cost(lead) // a new team makes pages old
			if err := s.AddMembership(ctx, op, team, s.ana, itsm.Period{From: storetest.Today}); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		c.change()
		if n := cost(lead); n != 1 {
			t.Errorf("after %s the page takes %d round trips", c.what, n)
		}
	}
	s.wear(manager, s.jonas, 0)
	if n := cost(lead); n != 2 {
		t.Errorf("after an appointment of theirs the page takes %d round trips", n)
	}
}

// counting is beside with what counts its round trips.
func (s site) counting(trips *atomic.Int64) site {
	s.t.Helper()
	db, err := store.Open(s.t.Context(), s.URL, store.Options{Now: atNow, MaxConns: 4, Trip: func() { trips.Add(1) }})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(db.Close)
	return s.over(db, server.Config{})
}

// What one reader may see of a person never shows to another; a right that is given or ends shows at once.
func TestKeptPersonIsOfItsReader(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	other := s.beside(0, atNow)
	next := storetest.Today.AddDate(0, 1, 0)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, From: next}))
	at := "/people/" + itoa(s.jonas)
	sees := func(person int64) bool {
		body := s.as(person).on(other).get(at).body
		return strings.Contains(body, itsm.ShowDay(next))
	}
	for range 2 {
		for person, may := range map[int64]bool{s.lead: true, s.jonas: true, s.marta: false, s.reader: false, s.ana: false} {
			if sees(person) != may {
				t.Errorf("person %d sees the plan: %v", person, !may)
			}
		}
	}
	if err := s.AddReportingLine(t.Context(), storetest.Operator, s.jonas, s.ana, true); err != nil {
		t.Fatal(err)
	}
	hat := s.wear(s.owner, s.marta, 0)
	if !sees(s.ana) || !sees(s.marta) || sees(s.reader) {
		t.Error("the line manager and the Owner have to wait for what they may see, or others see it")
	}
	if err := s.Withdraw(t.Context(), storetest.Operator, hat, "a mistake"); err != nil {
		t.Fatal(err)
	}
	if sees(s.marta) {
		t.Error("who is Owner no more sees the plan")
	}
}

// At midnight of the organisation the page is that of the new day, though nothing was written.
func TestKeptPersonIsRightAtMidnight(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	var now atomic.Pointer[time.Time]
	late := time.Date(2026, 11, 23, 23, 59, 0, 0, time.UTC)
	now.Store(&late)
	other := s.beside(0, func() time.Time { return *now.Load() })
	hat := s.wear(s.manager, s.jonas, 0)
	if err := s.EndAssignment(t.Context(), storetest.Operator, hat, storetest.Today.AddDate(0, 0, 1), true, "moves on"); err != nil {
		t.Fatal(err)
	}
	at, reader := "/people/"+itoa(s.jonas), s.as(s.reader).on(other)
	for range 2 {
		reader.get(at).shows(t, http.StatusOK, "1 hat", "Manager")
	}
	early := late.Add(2 * time.Minute)
	now.Store(&early)
	reader.get(at).shows(t, http.StatusOK, "Wears no hat today")
}

// Many readers and writers at once: after each write of theirs, nobody is shown what stood before.
func TestKeptPersonUnderWrites(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	other := s.beside(0, atNow)
	reader, at := s.as(s.reader).on(other), "/people/"+itoa(s.jonas)
	stop := make(chan struct{})
	done := make(chan struct{})
	for range 4 {
		go func() {
			defer func() { done <- struct{}{} }()
			for {
				select {
				case <-stop:
					return
				default:
					reader.get(at)
				}
			}
		}()
	}
	for i := range 30 {
		p, err := s.Person(t.Context(), s.jonas)
		if err != nil {
			t.Fatal(err)
		}
		p.Title = "Title number " + itoa(int64(i))
		if err := s.EditPerson(t.Context(), storetest.Operator, p); err != nil {
			t.Fatal(err)
		}
		if body := reader.get(at).body; !strings.Contains(body, p.Title) {
			t.Errorf("after the title became %q the page does not say so", p.Title)
		}
	}
	close(stop)
	for range 4 {
		<-done
	}
}

// The columns of a person that only the own page shows are those that the database leaves out when it looks at others.
func TestPersonColumnsOnOtherPages(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	columns := storetest.Value[[]string](t, db, `SELECT array_agg(column_name::text ORDER BY column_name) FROM information_schema.columns WHERE table_name = 'person' AND table_schema = 'public'`)
	want := []string{"company_id", "counter", "department", "email", "employed", "external_id", "id", "location", "name", "phone", "region_id", "sort_name", "title"}
	if !slices.Equal(columns, want) {
		t.Errorf("person has the columns %v: say in person_touched whether other people's pages show the new one", columns)
	}
}
