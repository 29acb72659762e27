package server_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/server"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// beside is another server on the same database, with a store and a clock of its own, as on another machine; pages bounds
// what it keeps.
func (s site) beside(pages int, now func() time.Time) site {
	s.t.Helper()
	db, err := store.Open(s.t.Context(), s.URL, store.Options{Now: now, MaxConns: 4})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(db.Close)
	return s.over(db, server.Config{PageBytes: pages})
}

// over is another server over a store.
func (s site) over(db *store.Store, c server.Config) site {
	s.t.Helper()
	c.Store, c.Log, c.BaseURL = db, slog.New(slog.DiscardHandler), "http://localhost"
	srv, err := server.New(c)
	if err != nil {
		s.t.Fatal(err)
	}
	h := httptest.NewServer(srv.Handler())
	s.t.Cleanup(h.Close)
	other := s
	other.url = h.URL
	return other
}

func atNow() time.Time { return storetest.Now }

// on is the same reader at another server.
func (r reader) on(other site) reader {
	r.site = other
	return r
}

// change is a write, with what a matrix comes to say by it in one of its views.
type change struct {
	what, view, sees string
	change           func()
}

// changes are writes of every kind that a kept page may show; they build on each other.
func (s scene) changes() []change {
	ctx, op, id := s.t.Context(), storetest.Operator, must[int64](s.t)
	ok := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	s.wear(s.owner, s.marta, 0)
	managing := s.wear(s.manager, s.jonas, 0)
	must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, From: storetest.Today, Announced: true}))
	elsewhere := id(s.AddPractice(ctx, op, itsm.Practice{Name: "Problem management", Category: "service", State: "in use"}))
	invited := storetest.Value[int64](s.t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'manager'`, elsewhere)
	ok(s.AddColumn(ctx, op, s.process, invited, store.Latest))
	var payroll int64
	return []change{
		{"a rename of a person", "", "Jonas Falk", func() {
			p, err := s.Person(ctx, s.jonas)
			ok(err)
			p.Name = "Jonas Falk"
			ok(s.EditPerson(ctx, op, p))
		}},
		{"an appointment", "?view=people", "Ana Souza", func() { s.wear(s.analyst, s.ana, 0) }},
		{"a withdrawal", "", "A vacant", func() { ok(s.Withdraw(ctx, op, managing, "a mistake")) }},
		{"another appointment", "", "A: Ana Souza", func() {
			managing = s.wear(s.manager, s.ana, 0)
			ok(s.EndAssignment(ctx, op, managing, storetest.Today.AddDate(0, 0, 90), true, "for a while"))
		}},
		{"a deputy", "", "", func() {
			must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.marta}, Capacity: itsm.Deputy, From: storetest.Today, Announced: true}))
		}},
		{"an absence", "", "Marta Nowak, signs for Ana Souza", func() {
			ok(s.AddAbsence(ctx, op, s.ana, itsm.Period{From: storetest.Today, To: itsm.Until(storetest.Today)}))
		}},
		{"a rename of a team", "?view=people", "Help point", func() {
			team, err := s.Team(ctx, storetest.Operator, s.desk, storetest.Today)
			ok(err)
			team.Team.Name = "Help point"
			ok(s.EditTeam(ctx, op, team.Team))
		}},
		{"a rename of a region", "", "Western Europe", func() {
			ok(s.EditRegion(ctx, op, itsm.Region{ID: s.emea, Name: "Western Europe", Counter: 1}))
		}},
		{"a hat for a service", "", "Any service Payroll", func() {
			payroll = id(s.AddService(ctx, op, itsm.Service{Name: "Payroll"}))
			must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.lead}, ServiceID: payroll, From: storetest.Today, Announced: true}))
		}},
		{"a rename of a service", "", "Any service Wages", func() {
			ok(s.EditService(ctx, op, itsm.Service{ID: payroll, Name: "Wages", Counter: 1}))
		}},
		{"a rename of the practice", "", "Incident practice", func() {
			p, err := s.Practice(ctx, op, s.practice, storetest.Today)
			ok(err)
			p.Practice.Name = "Incident practice"
			ok(s.EditPractice(ctx, op, p.Practice))
		}},
		{"a rename of a practice that lends a role", "", "from Root causes", func() {
			ok(s.EditPractice(ctx, op, itsm.Practice{ID: elsewhere, Name: "Root causes", Category: "service", State: "in use", Counter: 1}))
			must[[]int64](s.t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{invited}, PersonIDs: []int64{s.lead}, From: storetest.Today, Announced: true}))
		}},
		{"a rename of a role", "", "First line", func() {
			r, err := s.Role(ctx, op, s.analyst)
			ok(err)
			r.Role.Name = "First line"
			ok(s.EditRole(ctx, op, r.Role))
		}},
		{"a rename of an activity", "", "Write down", func() {
			ok(s.EditActivity(ctx, op, itsm.Step{ActivityID: s.log, Name: "Write down", Counter: store.Latest}))
		}},
		{"letters", "", "Restore A R", func() { s.cell(s.fix, s.manager, itsm.LetterA); s.cell(s.fix, s.analyst, itsm.LetterR) }},
		{"a letter of support", "", "Supports", func() {
			o, err := s.Organisation(ctx)
			ok(err)
			o.SupportLetter = true
			ok(s.ChangeSettings(ctx, op, o))
		}},
		{"hats that count once accepted", "", "A vacant", func() {
			o, err := s.Organisation(ctx)
			ok(err)
			o.CountAccepted = true
			ok(s.ChangeSettings(ctx, op, o))
		}},
		{"an acceptance", "", "A: Ana Souza", func() {
			ok(s.Accept(ctx, itsm.Actor{AccountID: s.account(s.ana), PersonID: s.ana, Today: storetest.Today}, managing))
		}},
	}
}

// Whatever is changed through one server is right at once on the other, which has shown the page before.
func TestKeptMatrixIsRightAtOnceOnAnotherServer(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	other := s.beside(0, atNow)
	plain, lead, changes := s.as(s.reader).on(other), s.as(s.lead).on(other), s.changes()
	practice := "/practices/" + itoa(s.practice)
	for _, c := range changes {
		before := plain.get(s.raci() + c.view)
		plain.get(s.raci() + c.view)
		plain.get(practice)
		lead.get(practice)
		c.change()
		after, anew := plain.get(s.raci()+c.view), s.beside(-1, atNow)
		if c.sees != "" && (strings.Contains(before.text(), c.sees) || !strings.Contains(after.text(), c.sees)) {
			t.Errorf("%s: %q should come onto the page: %.1500s", c.what, c.sees, after.text())
		}
		if fresh := plain.on(anew).get(s.raci() + c.view); fresh.body != after.body {
			t.Errorf("%s: the kept page and a new one differ", c.what)
		}
		for name, r := range map[string]reader{"a reader": plain, "the lead": lead} {
			if kept, fresh := r.get(practice), r.on(anew).get(practice); kept.status != http.StatusOK || kept.body != fresh.body {
				t.Errorf("%s: what is kept of the practice for %s and a new page differ (%d)", c.what, name, kept.status)
			}
		}
	}
}

// account is the account of somebody, made where it is missing.
func (s scene) account(person int64) int64 {
	s.as(person)
	return storetest.Value[int64](s.t, s.DB, `SELECT id FROM account WHERE person_id = $1`, person)
}

// At midnight of the organisation the page is that of the new day, though nothing was written.
func TestKeptMatrixIsRightAtMidnight(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	var now atomic.Pointer[time.Time]
	late := time.Date(2026, 11, 23, 23, 59, 0, 0, time.UTC)
	now.Store(&late)
	other := s.beside(0, func() time.Time { return *now.Load() })
	hat := s.wear(s.manager, s.marta, 0)
	if err := s.EndAssignment(t.Context(), storetest.Operator, hat, storetest.Today.AddDate(0, 0, 1), true, "moves on"); err != nil {
		t.Fatal(err)
	}
	reader := s.as(s.reader).on(other)
	reader.get(s.raci()).shows(t, http.StatusOK, "Marta Nowak")
	reader.get(s.raci()).shows(t, http.StatusOK, "Marta Nowak")
	early := late.Add(2 * time.Minute)
	now.Store(&early)
	if after := reader.get(s.raci()); after.status != http.StatusOK || strings.Contains(after.text(), "Marta Nowak") || !strings.Contains(after.text(), "vacant") {
		t.Errorf("on the next day: %d %.600s", after.status, after.text())
	}
}

// What one reader may do or see never shows to another, and a right that is given or ends shows at once.
func TestKeptMatrixIsOfItsReader(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	other := s.beside(0, atNow)
	lead, plain := s.as(s.lead).on(other), s.as(s.reader).on(other)
	editable := func(a answer) bool {
		return strings.Contains(a.body, "data-save") && strings.Contains(a.body, "/columns")
	}
	if !editable(lead.get(s.raci())) || !editable(lead.get(s.raci())) {
		t.Error("the lead may not edit")
	}
	if editable(plain.get(s.raci())) || editable(plain.get(s.raci())) {
		t.Error("a plain reader got the page of one who may edit")
	}
	s.wear(s.manager, s.reader, 0)
	if !editable(plain.get(s.raci())) {
		t.Error("a new Manager has to wait for the right")
	}

	// Who begins next month is not announced.
	next := storetest.Today.AddDate(0, 1, 0)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.ana}, From: next}))
	then := s.raci() + "?on=" + itsm.ISODay(next)
	jonas := s.as(s.jonas).on(other)
	for range 2 {
		lead.get(then).shows(t, http.StatusOK, "Ana Souza")
		if strings.Contains(jonas.get(then).text(), "Ana Souza") {
			t.Fatal("a plan shows to a plain reader")
		}
	}

	// An external sees no practice in which their company holds nothing, kept or not.
	facts(t, s.DB, `UPDATE person SET company_id = `+itoa(s.acme)+` WHERE id = `+itoa(s.jonas))
	facts(t, s.DB, `UPDATE account SET ends_on = '2027-12-31' WHERE person_id = `+itoa(s.jonas))
	plain.get(s.raci()).shows(t, http.StatusOK)
	jonas.get(s.raci()).shows(t, http.StatusNotFound)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, CompanyIDs: []int64{s.acme}, From: storetest.Today, Announced: true}))
	jonas.get(s.raci()).shows(t, http.StatusOK, "Corvid Networks")
	if body := jonas.get(s.raci() + "?view=people").body; strings.Contains(body, `href="/people/`) {
		t.Error("an external is led into the directory")
	}
}

// A kept page is the same as one that is rendered anew, to the byte, in every view and for every kind of reader.
func TestKeptMatrixIsTheSameToTheByte(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	kept, fresh := s.beside(0, atNow), s.beside(-1, atNow)
	for name, by := range map[string]reader{"lead": s.as(s.lead), "owner": s.as(s.marta), "reader": s.as(s.reader)} {
		for _, view := range []string{
			"", "?view=people", "?view=list", "?view=column", "?gaps=1", "?region=" + itoa(s.germany), "?on=2026-12-24&region=" + itoa(s.apac) + "&view=list",
		} {
			first, second, anew := by.on(kept).get(s.raci()+view), by.on(kept).get(s.raci()+view), by.on(fresh).get(s.raci()+view)
			if first.status != http.StatusOK || first.body != second.body || second.body != anew.body {
				t.Errorf("%s, %q: status %d; first and second the same: %v, second and anew: %v", name, view, first.status, first.body == second.body, second.body == anew.body)
			}
		}
	}
}

// A little room for pages is kept to, and what does not fit is rendered.
func TestPagesMakeRoom(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	by := s.as(s.reader).on(s.beside(40_000, atNow))
	for range 2 {
		for _, view := range []string{"", "?view=people", "?view=list", "?view=column", "?gaps=1", "?region=" + itoa(s.germany), "?region=" + itoa(s.apac)} {
			by.get(s.raci()+view).shows(t, http.StatusOK, "Handle an incident")
		}
	}
}
