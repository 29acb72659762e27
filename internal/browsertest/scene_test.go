package browsertest

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// Who is in the scene, with a login each. Ingrid leads the service management office.
const (
	ingrid = "ingrid.solberg@example.org"
	joe    = "joe.okafor@example.org"
	marta  = "marta.nowak@example.org"
	carlos = "carlos.mendes@example.org"
	jonas  = "jonas.weber@example.org"
)

// scene is a small organisation in which nobody wears a hat yet but the SMO lead: six practices as they are born, of
// which Incident management has a process of three activities.
var scene = storetest.Filled{Name: "hatrack_scene", Fill: fillScene}

func fillScene(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url, store.Options{Now: now, MaxConns: 2})
	if err != nil {
		return err
	}
	defer db.Close()
	op := storetest.Operator
	id := func(n int64, e error) int64 {
		if err == nil {
			err = e
		}
		return n
	}
	emea := id(db.AddRegion(ctx, op, itsm.Region{Name: "EMEA"}))
	id(db.AddRegion(ctx, op, itsm.Region{Name: "Germany", ParentID: emea}))
	for _, name := range []string{"Americas", "APAC"} {
		id(db.AddRegion(ctx, op, itsm.Region{Name: name}))
	}
	corvid := id(db.AddCompany(ctx, op, itsm.Company{Name: "Corvid Networks", Kind: "supplier"}))
	retail := id(db.AddCompany(ctx, op, itsm.Company{Name: "Lindqvist Retail", Kind: "customer"}))
	people := map[string]int64{}
	for _, p := range []itsm.Person{
		{Name: "Ingrid Solberg", Title: "Head of Service Management"}, {Name: "Joe Okafor", Title: "Director of Service Operations"},
		{Name: "Elena Rossi", Title: "Service Transition Manager"}, {Name: "Marta Nowak", Title: "Operations Manager"},
		{Name: "Carlos Mendes", Title: "Operations Manager"}, {Name: "Hiroshi Sato", Title: "Operations Manager"},
		{Name: "Grace Wanjiru", Title: "Head of Service Desk"}, {Name: "Jonas Weber", Title: "Service Desk Analyst"},
		{Name: "Dana Petrov", Title: "Support Engineer", CompanyID: corvid}, {Name: "Sofie Lindqvist", Title: "Super-user", CompanyID: retail},
	} {
		p.Email = strings.ReplaceAll(strings.ToLower(p.Name), " ", ".") + "@example.org"
		people[p.Name] = id(db.AddPerson(ctx, op, p))
		if p.CompanyID == 0 {
			id(db.AddAccount(ctx, op, itsm.NewAccount{PersonID: people[p.Name], Email: p.Email}))
		}
	}
	team := id(db.AddTeam(ctx, op, itsm.Team{Name: "Service desk", LeadID: people["Grace Wanjiru"]}))
	id(0, db.AddMembership(ctx, op, team, people["Jonas Weber"], itsm.Period{From: storetest.Today}))
	id(0, db.AppointFirstLead(ctx, op, people["Ingrid Solberg"]))
	var first int64
	for i, name := range []string{"Incident management", "Request fulfilment", "Release management", "Deployment management", "Change enablement", "Configuration management"} {
		practice := id(db.AddPractice(ctx, op, itsm.Practice{Name: name, Category: itsm.ServiceManagement, State: itsm.InUse}))
		if i == 0 {
			first = practice
		}
	}
	process := id(db.AddProcess(ctx, op, itsm.Process{PracticeID: first, Name: "Handle an incident", Kind: itsm.Daily}))
	for i, name := range []string{"Log", "Categorise", "Diagnose"} {
		id(db.AddActivity(ctx, op, process, itsm.Step{Name: name}, i+1, store.Latest))
	}
	id(0, db.SetUpStep(ctx, op, itsm.SetUpSteps))
	return err
}

// serveScene starts a server over a copy of the scene.
func serveScene(t *testing.T) *site {
	t.Helper()
	return serve(t, scene.New(t), false)
}

// id finds what has a name in a table.
func (s *site) id(table, name string) string {
	s.t.Helper()
	return strconv.FormatInt(storetest.Value[int64](s.t, s.db, `SELECT id FROM `+table+` WHERE name = $1`, name), 10)
}

// activity finds an activity by its words.
func (s *site) activity(name string) string {
	s.t.Helper()
	return strconv.FormatInt(storetest.Value[int64](s.t, s.db, `SELECT activity_id FROM step WHERE name = $1`, name), 10)
}

// role finds a role of a practice.
func (s *site) role(practice, name string) string {
	s.t.Helper()
	return strconv.FormatInt(storetest.Value[int64](s.t, s.db, `SELECT r.id FROM role r JOIN practice p ON p.id = r.practice_id WHERE p.name = $1 AND r.name = $2`, practice, name), 10)
}

// appointing opens the form for a hat and who gets it.
func (s *site) appointing(p *tab, practice, role, person string) {
	s.t.Helper()
	p.open("/assignments/new?role=" + s.role(practice, role) + "&person=" + s.id("person", person))
	p.sees(role, person)
}

// appoint gives a hat to somebody from today on.
func (s *site) appoint(p *tab, practice, role, person string) {
	s.t.Helper()
	s.appointing(p, practice, role, person)
	p.press("Appoint")
	p.misses("There is a problem")
}

// gives writes a hat past the browser, for what a journey begins with.
func (s *site) gives(practice, role, person, region string) {
	s.t.Helper()
	number := func(text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			s.t.Fatal(err)
		}
		return n
	}
	in := itsm.NewAssignment{RoleIDs: []int64{number(s.role(practice, role))}, PersonIDs: []int64{number(s.id("person", person))}, From: storetest.Today, Announced: true}
	if region != "" {
		in.RegionID = number(s.id("region", region))
	}
	if _, err := s.db.Appoint(s.t.Context(), storetest.Operator, in); err != nil {
		s.t.Fatal(err)
	}
}

// personPage opens somebody's page.
func (s *site) personPage(p *tab, name string) {
	s.t.Helper()
	p.open("/people/" + s.id("person", name))
}

// keeps loads the page again and waits for words on it: what a journey wrote.
func (p *tab) keeps(words ...string) {
	p.t.Helper()
	p.reload()
	p.sees(words...)
}

// reports lets one report to another.
func (s *site) reports(person, manager string) {
	s.t.Helper()
	id := func(name string) int64 {
		return storetest.Value[int64](s.t, s.db, `SELECT id FROM person WHERE name = $1`, name)
	}
	if err := s.db.AddReportingLine(s.t.Context(), storetest.Operator, id(person), id(manager), true); err != nil {
		s.t.Fatal(err)
	}
}
