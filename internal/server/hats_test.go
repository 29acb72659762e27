package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// practiceOf adds a practice in use and returns its Owner, Manager and Practitioner roles.
func (s scene) practiceOf(name string) (owner, manager, practitioner int64) {
	s.t.Helper()
	id := must[int64](s.t)(s.AddPractice(s.t.Context(), storetest.Operator, itsm.Practice{Name: name, Category: "service", State: "in use"}))
	role := func(kind string) int64 {
		return storetest.Value[int64](s.t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = $2`, id, kind)
	}
	return role("owner"), role("manager"), role("practitioner")
}

func TestTwoOwnerHatsStandOnOnePage(t *testing.T) { // T1
	t.Parallel()
	s := setScene(t)
	request, _, _ := s.practiceOf("Request fulfilment")
	lead := s.as(s.lead)
	lead.post("/assignments", url.Values{"role": {itoa(s.owner), itoa(request)}, "person": {itoa(s.jonas)}, "from": {"2026-11-23"}, "do": {"appoint"}, "announced": {"on"}}).shows(t, http.StatusSeeOther)
	s.as(s.jonas).get("/hats").shows(t, http.StatusOK, "You wear 2 hats", "Incident management", "Request fulfilment", "Restore", "You answer for it")
	lead.get("/people/"+itoa(s.jonas)).shows(t, http.StatusOK, "Incident management", "Request fulfilment")
}

// The gaps of My hats are those of the process's page: a hat that is handed over does not end with nobody after.
func TestMyGapsAreThoseOfTheProcess(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	hat := s.wear(s.manager, s.jonas, s.emea)
	lead, owner, process := s.as(s.lead), s.as(s.marta), "/processes/"+itoa(s.process)
	over := url.Values{"hat": {itoa(hat)}, "person": {itoa(s.ana)}, "day": {"2026-12-01"}, "announced": {"on"}}
	lead.post("/people/"+itoa(s.jonas)+"/hand-over", over).shows(t, http.StatusSeeOther)
	for _, path := range []string{process, "/hats"} {
		if text := owner.get(path).text(); strings.Contains(text, "nobody is appointed to take it over") {
			t.Errorf("%s: a hat that is handed over ends with nobody after: %.3000s", path, text)
		}
	}
}

func TestATitleIsNotAHat(t *testing.T) { // T2
	t.Parallel()
	s := setScene(t)
	elena := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Elena Rossi", Title: "Service Transition Manager"}))
	release, _, _ := s.practiceOf("Release management")
	deployment, _, _ := s.practiceOf("Deployment management")
	_, _, change := s.practiceOf("Change enablement")
	_, _, configuration := s.practiceOf("Service configuration management")
	for _, role := range []int64{release, deployment, change, configuration} {
		s.wear(role, elena, 0)
	}
	s.as(elena).get("/hats").shows(t, http.StatusOK, "Service Transition Manager", "You wear 4 hats", "Release management", "Deployment management", "Change enablement", "Service configuration management")
	text := s.as(s.reader).get("/people/" + itoa(elena)).text()
	if !strings.Contains(text, "Service Transition Manager") || strings.Count(text, "Service Transition Manager") != strings.Count(strings.SplitN(text, "Hats", 2)[0]+" ", "Service Transition Manager") {
		t.Errorf("the title must stand beside the hats, not among them: %.600s", text)
	}
}

// A hat is a role: in two regions, or in person and through a team, it is worn once, and every page counts it so.
func TestAHatInTwoRegionsIsOne(t *testing.T) { // T9
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.manager, s.jonas, s.apac)
	s.as(s.jonas).get("/hats").shows(t, http.StatusOK, "You wear 1 hat", "mine, EMEA", "mine, APAC")
	lead := s.as(s.lead)
	lead.get("/people/"+itoa(s.jonas)).shows(t, http.StatusOK, "Hats 1 hat", "EMEA", "APAC")
	lead.get("/people/"+itoa(s.jonas)+"/leaving?last_day=2026-12-31").shows(t, http.StatusOK, "Hats that end 1 hat")
}

func TestEachRegionHasItsManager(t *testing.T) { // T3
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.manager, s.ana, s.apac)
	zofia := s.person("Zofia Wojcik")
	s.wear(s.analyst, zofia, s.germany)
	// She works in Germany: the Manager for EMEA answers for Log; where no A is set, the Owner does.
	s.as(zofia).get("/hats").shows(t, http.StatusOK, "Log Jonas Weber answers for it", "Categorise Marta Nowak answers for it", "Manager, Incident management, EMEA")
	ravi := s.person("Ravi Menon")
	s.wear(s.analyst, ravi, s.apac)
	s.as(ravi).get("/hats").shows(t, http.StatusOK, "Log Ana Souza answers for it")
	s.as(s.lead).post("/assignments", appointment(s.owner, s.jonas)).shows(t, http.StatusConflict, "Marta Nowak owns Incident management")
}

func TestOwnerAndManagerInOneIsShownAsCombined(t *testing.T) { // T4
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	hat := s.as(s.lead).post("/assignments", appointment(s.manager, s.marta))
	hat.shows(t, http.StatusSeeOther)
	s.as(s.reader).get(hat.to).shows(t, http.StatusOK, "Marta Nowak wears the Owner hat here too: combined")
	// Two Managers of one region without a service between them: allowed and shown.
	second := s.as(s.lead).post("/assignments", appointment(s.manager, s.jonas))
	s.as(s.reader).get(second.to).shows(t, http.StatusOK, "Marta Nowak wears the same hat in the same place")
}

func TestSuppliersAndCustomersWearPractitionerHats(t *testing.T) { // T6
	t.Parallel()
	s := setScene(t)
	customer := must[int64](t)(s.AddCompany(t.Context(), storetest.Operator, itsm.Company{Name: "Harbour Foods", Kind: "customer"}))
	engineer := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Dana Petrov", CompanyID: s.acme}))
	user := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Kofi Mensah", CompanyID: customer}))
	s.wear(s.owner, s.marta, 0)
	lead := s.as(s.lead)
	for _, person := range []int64{engineer, user} {
		address := lead.post("/assignments", appointment(s.analyst, person)).to
		lead.get(address).shows(t, http.StatusOK, "Of company")
	}
	party := lead.post("/assignments", appointment(s.analyst, 0, "company", itoa(s.acme)))
	party.shows(t, http.StatusSeeOther)
	lead.get(party.to).shows(t, http.StatusOK, "Corvid Networks", "Answers Marta Nowak")
	// Outsiders see their hats with those to ask, and nothing of the directory or of appointing.
	dana := s.as(engineer)
	dana.get("/hats").shows(t, http.StatusOK, "You wear 1 hat", "Log", "Marta Nowak")
	for _, path := range []string{"/assignments/new", "/people/" + itoa(s.marta) + "/hand-over"} {
		dana.get(path).shows(t, http.StatusForbidden)
	}
	other, _, _ := s.practiceOf("Problem management")
	dana.get("/assignments/"+itoa(s.wear(other, s.jonas, 0))).shows(t, http.StatusNotFound)
}

func TestATeamDoesTheWorkAndItsLeadAnswersForIt(t *testing.T) { // T7
	t.Parallel()
	s := setScene(t)
	if err := s.AddMembership(t.Context(), storetest.Operator, s.desk, s.jonas, itsm.Period{From: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	hat := s.as(s.lead).post("/assignments", appointment(s.analyst, 0, "team", itoa(s.desk)))
	hat.shows(t, http.StatusSeeOther)
	jonas, ana := s.as(s.jonas), s.as(s.ana)
	jonas.get("/hats").shows(t, http.StatusOK, "through Service desk", "Log", "Categorise", "my team lead")
	jonas.post(hat.to+"/accept", url.Values{}).shows(t, http.StatusForbidden)
	ana.get("/hats").shows(t, http.StatusOK, "Hat offered", "For Service desk")
	ana.post(hat.to+"/accept", url.Values{}).shows(t, http.StatusSeeOther)
}

func TestAManagerLeavesAndAColleagueActs(t *testing.T) { // T9
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	hiroshi := s.person("Hiroshi Sato")
	s.wear(s.manager, hiroshi, s.apac)
	counter := storetest.Value[int64](t, s.DB, `SELECT counter FROM person WHERE id = $1`, hiroshi)
	if err := s.Leave(t.Context(), storetest.Operator, hiroshi, counter, storetest.Today, true); err != nil {
		t.Fatal(err)
	}
	lead := s.as(s.lead)
	late := appointment(s.manager, hiroshi, "region", itoa(s.emea))
	lead.post("/assignments", late).shows(t, http.StatusUnprocessableEntity, "Hiroshi Sato leaves")
	acting := appointment(s.manager, s.jonas, "region", itoa(s.apac), "capacity", "acting", "from", "2026-11-24", "last_day", "2027-06-30")
	lead.post("/assignments", acting).shows(t, http.StatusSeeOther)
	tomorrow := itsm.Day(2026, 11, 24)
	m, gaps, err := s.ProcessGaps(t.Context(), storetest.Operator, s.process, tomorrow)
	if err != nil {
		t.Fatal(err)
	}
	row, _ := m.Row(s.log)
	if _, name := m.Answers(row, s.apac, 0).Person(); name != "Jonas Weber" {
		t.Errorf("%q answers in APAC, want Jonas Weber", name)
	}
	covered := false
	for _, g := range gaps {
		covered = covered || g.Code == "covered" && g.RegionID == s.apac
		if g.Severity == itsm.Red && g.RoleID == s.manager {
			t.Errorf("a covered hat is red: %s", g.Sentence)
		}
	}
	if !covered {
		t.Errorf("nothing says that APAC is covered, not filled: %+v", gaps)
	}
	list := must[store.PersonPage](t)(s.PersonPage(t.Context(), s.actor(s.reader), s.jonas, tomorrow)).Timeline
	if len(list) != 2 || list[0].Capacity != itsm.Acting || list[0].Phase(tomorrow) != itsm.Running {
		t.Errorf("the timeline of who acts: %+v", list)
	}
}

func TestADeputySignsWhileTheHolderIsAway(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.jonas, s.emea)
	lead := s.as(s.lead)
	lead.post("/assignments", appointment(s.manager, s.ana, "region", itoa(s.emea), "capacity", "deputy")).shows(t, http.StatusSeeOther)
	ana := s.as(s.ana)
	ana.get("/hats").shows(t, http.StatusOK, "deputy, stands by")
	form := appointment(s.analyst, s.reader, "region", itoa(s.emea))
	ana.post("/assignments", form).shows(t, http.StatusForbidden)
	if err := s.AddAbsence(t.Context(), storetest.Operator, s.jonas, itsm.Period{From: storetest.Today, To: itsm.Until(storetest.Today)}); err != nil {
		t.Fatal(err)
	}
	ana.get("/hats").shows(t, http.StatusOK, "deputy, stands in today")
	ana.post("/assignments", form).shows(t, http.StatusSeeOther)
	zofia := s.person("Zofia Wojcik")
	s.wear(s.analyst, zofia, s.germany)
	s.as(zofia).get("/hats").shows(t, http.StatusOK, "Ana Souza signs for them")
}

func TestNoHatTeaches(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.as(s.reader).get("/hats").shows(t, http.StatusOK, "You wear no hat yet", "Nothing waits for you", "Propose yourself")
}

// actor is a plain reader, past the handlers.
func (s scene) actor(person int64) itsm.Actor {
	return itsm.Actor{AccountID: 1, PersonID: person, Today: storetest.Today}
}

// What Owners and Managers are called is a setting, and the pages that name a hat keep to it.
func TestOwnersAndManagersAreCalledAsTheSettingSays(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, 0)
	lead := s.as(s.lead)
	pages := map[string]string{
		"/practices/" + itoa(s.practice): "Owner", "/processes/" + itoa(s.process): "Manager", "/activities/" + itoa(s.log): "Manager", "/roles/" + itoa(s.owner): "Owner",
		"/people/" + itoa(s.marta): "Owner", "/people/" + itoa(s.jonas): "Manager", "/processes/" + itoa(s.process) + "/columns": "Owner", "/search?q=manager": "Manager",
	}
	for _, label := range []string{"practice", "process"} {
		facts(t, s.DB, `UPDATE organisation SET owner_label = '`+label+`'`)
		for path, kind := range pages {
			lead.get(path).shows(t, http.StatusOK, strings.ToUpper(label[:1])+label[1:]+" "+kind)
		}
		s.as(s.marta).get("/hats").shows(t, http.StatusOK, strings.ToUpper(label[:1])+label[1:]+" Owner")
	}
}

// Hats of one name are told apart by where they hang, for who hears the page too.
func TestHatsOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	other, _, _ := s.practiceOf("Change enablement")
	s.wear(s.owner, s.marta, 0)
	s.wear(other, s.marta, 0)
	a := s.as(s.marta).get("/hats")
	for _, role := range []int64{s.owner, other} {
		a.shows(t, http.StatusOK, "Practice Owner")
		if id := itoa(role); !strings.Contains(a.body, `aria-labelledby="hat-`+id+` hat-of-`+id+`"`) || !strings.Contains(a.body, `id="hat-of-`+id+`"`) {
			t.Errorf("the hat %s is named by its role alone", id)
		}
	}
}

// What is missing of a hat that a matrix uses from elsewhere is mended there: whoever owns the matrix proposes, and is offered
// nothing that would be refused.
func TestGapsOfAHatFromElsewhere(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	_, _, authority := s.practiceOf("Change enablement")
	s.wear(s.owner, s.marta, 0)
	facts(t, s.DB, `INSERT INTO raci_column (version_id, role_id, position) SELECT id, `+itoa(authority)+`, 90 FROM process_version WHERE process_id = `+itoa(s.process)+`;
		INSERT INTO raci_cell (version_id, activity_id, role_id, letters) SELECT v.id, `+itoa(s.fix)+`, `+itoa(authority)+`, 'R' FROM process_version v WHERE v.process_id = `+itoa(s.process))
	for _, path := range []string{"/practices/" + itoa(s.practice), "/gaps?mine=1"} {
		for who, c := range map[string]struct {
			by     reader
			offers bool
		}{"the owner of the matrix": {s.as(s.marta), false}, "the office": {s.as(s.lead), true}} {
			body := c.by.get(path).body
			if !strings.Contains(body, "/assignments/new?role="+itoa(authority)) {
				t.Errorf("%s, %s: no way to give the hat", path, who)
			}
			if plan := strings.Contains(body, "/actions/new?code=role-vacant&amp;role="+itoa(authority)); plan != c.offers {
				t.Errorf("%s, %s: a plan is offered: %v", path, who, plan)
			}
		}
	}
}

// Many hats have a way to each, and the matrix by one role opens on the reader's own.
func TestTheWayToOnesOwnHats(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	request, _, _ := s.practiceOf("Request fulfilment")
	s.wear(s.analyst, s.jonas, 0)
	jonas := s.as(s.jonas)
	own := `<option value="` + itoa(s.analyst) + `" selected>`
	byRole := "/processes/" + itoa(s.process) + "/raci?view=column"
	if !strings.Contains(jonas.get(byRole).body, own) || strings.Contains(s.as(s.marta).get(byRole).body, own) {
		t.Error("the matrix by one role opens on another one")
	}
	if strings.Contains(jonas.get("/hats").body, `href="#hat-`) {
		t.Error("a way to the only hat")
	}
	s.wear(s.manager, s.jonas, s.apac)
	s.wear(request, s.jonas, 0)
	if page := jonas.get("/hats").body; !strings.Contains(page, `href="#hat-`+itoa(request)+`"`) || !strings.Contains(page, `id="hat-`+itoa(request)+`"`) {
		t.Error("no way to each of several hats")
	}
}
