package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func TestPersonIsAddedEditedAndLeaves(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	made := lead.post("/people", url.Values{"name": {"Tom O'Hara"}, "title": {"Service Transition Manager"}, "email": {"tom@tallgrass.example"}, "region": {itoa(s.germany)}, "company": {""}})
	if made.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", made.status, made.text())
	}
	reader.get(made.to).shows(t, 200, "Tom O'Hara", "Service Transition Manager", "Germany", "Wears no hat today")
	reader.get("/people?q=transition&region="+itoa(s.emea)).shows(t, 200, "Tom O'Hara", "1 person")

	edit := url.Values{"name": {"Tom O'Hara"}, "title": {"Head of transition"}, "counter": {"1"}}
	if a := lead.post(made.to+"/edit", edit); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	edit.Set("title", "Head of change")
	stale := lead.post(made.to+"/edit", edit)
	stale.shows(t, 409, "You changed this elsewhere on", "What stands now", "Head of transition")
	if !strings.Contains(stale.body, `value="Head of change"`) || !strings.Contains(stale.body, `name="counter" value="2"`) {
		t.Error("the form lost what was typed, or would be stale again")
	}
	lead.post("/people", url.Values{"name": {" \u200b "}, "email": {"no address"}, "employed_from": {"2026-02-31"}, "title": {"Kept"}}).
		shows(t, 422, "This is not a day", "Give a name", "This is not an e-mail address") // all at once
	wrong := lead.post("/people", url.Values{"name": {" \u200b "}, "email": {"no address"}, "title": {"Kept"}})
	wrong.shows(t, 422, "Give a name", "This is not an e-mail address")
	if !strings.Contains(wrong.body, `value="Kept"`) {
		t.Error("the form lost what was typed")
	}
}

func TestLeavingIsShownBeforeItIsDone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.owner, s.jonas, 0)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, From: storetest.Today.AddDate(0, -1, 0), Announced: true, Reason: "Agreed in October."}))
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.ana}, Capacity: itsm.Deputy, From: storetest.Today, Announced: true}))
	if err := s.AddMembership(t.Context(), storetest.Operator, s.desk, s.jonas, itsm.Period{From: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	at := "/people/" + itoa(s.jonas) + "/leaving"
	lead.get(at+"?last_day=2026-12-31").shows(t, 200, "Hats that end", "falls vacant", "the agreed deputy, acts from 1 Jan 2027 until 30 Jan 2027", "Leaves the team Service desk", "Set 31 Dec 2026 as the last day", "leaves, and that these hats end")
	lead.get(at+"?last_day=31.2.2026").shows(t, 422, "This is not a day")
	s.as(s.reader).post(at, url.Values{"last_day": {"2026-12-31"}, "counter": {"1"}}).shows(t, 403)
	if a := lead.post(at, url.Values{"last_day": {"2026-12-31"}, "counter": {"1"}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	lead.get("/people/"+itoa(s.jonas)).shows(t, 200, "leaves, last day 31 Dec 2026")
	if text := s.as(s.reader).get("/people/" + itoa(s.jonas)).text(); strings.Contains(text, "leaves, last day") {
		t.Error("a plain reader sees that somebody is going to leave")
	}
	lead.post(at, url.Values{"last_day": {"2026-11-30"}, "counter": {"1"}}).shows(t, 409, "Somebody changed this after you opened it.")
	const cut = "stay ended, and are given anew"
	lead.get(at+"?last_day=2027-01-31").shows(t, 200, "Until now the last day is 31 Dec 2026", cut)
	lead.get(at+"?last_day="+itsm.ISODay(storetest.Today)).shows(t, 200, "Leave it unticked while it is a plan")
	if text := lead.get(at + "?last_day=" + itsm.ISODay(storetest.Today.AddDate(0, 0, -1))).text(); !strings.Contains(text, "Hats that end") || strings.Contains(text, "Announced") {
		t.Error("of a last day that is over it is asked whether to announce it")
	}
	if text := lead.get(at + "?last_day=2026-12-20").text(); strings.Contains(text, cut) {
		t.Error("an earlier last day speaks of what stays ended")
	}
}

func TestPickerWithoutScript(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	found := lead.post("/teams", url.Values{"name": {"Networks"}, "lead_q": {"marta"}, "find": {"lead"}, "region": {""}})
	found.shows(t, 422, "Choose one of these people", "Marta Nowak")
	if !strings.Contains(found.body, `type="radio" name="lead" value="`+itoa(s.marta)+`"`) {
		t.Error("no radio button for Marta")
	}
	lead.post("/teams", url.Values{"name": {"Networks"}, "lead_q": {"marta"}}).shows(t, 422, "Choose one of these people")
	if a := lead.post("/teams", url.Values{"name": {"Networks"}, "lead": {itoa(s.marta)}, "lead_q": {"marta"}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	lead.post("/teams", url.Values{"name": {"networks"}}).shows(t, 422, "There is a team of this name already")
	lead.post("/teams", url.Values{"name": {"Others"}, "lead": {"99999999"}}).shows(t, 422, "This person is not there")
	if err := s.Leave(t.Context(), storetest.Operator, s.marta, 1, storetest.Today.AddDate(0, 0, -1), true); err != nil {
		t.Fatal(err)
	}
	if text := lead.get("/people/pick?q=marta&for=lead").text(); strings.Contains(text, "Marta") {
		t.Error("who left is offered")
	}
}

func TestMembersComeAndGo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, team := s.as(s.lead), "/teams/"+itoa(s.desk)
	member := url.Values{"person": {itoa(s.ana)}, "from": {"2026-11-01"}}
	if a := lead.post(team+"/members", member); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	lead.post(team+"/members", member).shows(t, 422, "is in the team on some of these days already")
	s.as(s.reader).get(team).shows(t, 200, "Ana Souza", "since 1 Nov 2026", "lead")
	id := storetest.Value[int64](t, s.DB, `SELECT id FROM membership WHERE person_id = $1`, s.ana)
	lead.post(team+"/members/"+itoa(id), url.Values{"last_day": {""}}).shows(t, 422, "Give the last day")
	if a := lead.post(team+"/members/"+itoa(id), url.Values{"last_day": {"2026-11-20"}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	lead.get(team).shows(t, 200, "Members before", "1 Nov 2026 to 20 Nov 2026", "Nobody is in this team", "Change before: 21 Nov 2026")

	// Who comes to a team later wears its hats through it, from that day.
	hat := itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, From: storetest.Today}
	if _, err := s.Appoint(t.Context(), storetest.Operator, hat); err != nil {
		t.Fatal(err)
	}
	if a := lead.post(team+"/members", url.Values{"person": {itoa(s.ana)}, "from": {"2026-12-05"}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	lead.get("/people/"+itoa(s.ana)).shows(t, 200, "Later", "through Service desk , from 5 Dec 2026", "Next change: 5 Dec 2026")

	// That somebody leaves is a plan: who may not read it is shown no day on which it changes anything.
	if err := s.Leave(t.Context(), storetest.Operator, s.ana, 1, storetest.Today.AddDate(0, 2, 0), false); err != nil {
		t.Fatal(err)
	}
	after := "/people/" + itoa(s.ana) + "?on=2026-12-10"
	lead.get(after).shows(t, 200, "Next change: 24 Jan 2027")
	if text := s.as(s.reader).get(after).text(); strings.Contains(text, "Next change") {
		t.Errorf("a plain reader is shown when somebody leaves: %s", text)
	}
}

func TestRegionsAndCompaniesAreEdited(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.post("/regions/"+itoa(s.emea)+"/edit", url.Values{"name": {"EMEA"}, "parent": {itoa(s.germany)}, "counter": {"1"}}).
		shows(t, 422, "A region cannot lie within itself")
	lead.post("/regions", url.Values{"name": {"apac"}}).shows(t, 422, "There is a region of this name already")
	lead.post("/regions/"+itoa(s.emea)+"/delete", url.Values{}).shows(t, 409, "This region is in use")
	lead.get("/companies/"+itoa(s.acme)).shows(t, 200, "Corvid Networks", "On our side Marta Nowak", "As of today")
	lead.post("/companies", url.Values{"name": {"Other"}, "kind": {"friend"}}).shows(t, 422, "Say whether it is a supplier or a customer")
}

func TestAbsenceAndLines(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, self := s.as(s.lead), s.as(s.jonas)
	away := url.Values{"from": {"2026-11-20"}, "until": {"2026-11-30"}}
	if a := self.post("/people/"+itoa(s.jonas)+"/absences", away); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	s.as(s.reader).get("/people/"+itoa(s.jonas)).shows(t, 200, "away until 30 Nov 2026")
	s.as(s.reader).post("/people/"+itoa(s.jonas)+"/absences", away).shows(t, 403)
	facts(t, s.DB, `UPDATE person SET employed = daterange(lower(employed), '2026-11-01') WHERE id = `+itoa(s.ana))
	s.as(s.lead).post("/people/"+itoa(s.ana)+"/absences", away).shows(t, http.StatusUnprocessableEntity, "They left on 31 Oct 2026")
	if a := lead.post("/people/"+itoa(s.jonas)+"/lines", url.Values{"manager": {itoa(s.marta)}, "primary": {"on"}}); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	self.get("/people/"+itoa(s.jonas)).shows(t, 200, "Marta Nowak", "line manager")
	lead.post("/people/"+itoa(s.jonas)+"/lines", url.Values{"manager": {itoa(s.jonas)}}).shows(t, 422, "Nobody reports to themselves")
}

// Where Owner and Manager hats count only once they are accepted, the list of people counts as the map does, and a chair that
// nobody fills says who was asked.
func TestAHatThatWaitsForItsHolderIsAskedForAndNotCounted(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	o := must[itsm.Organisation](t)(s.Organisation(t.Context()))
	o.CountAccepted = true
	if err := s.ChangeSettings(t.Context(), storetest.Operator, o); err != nil {
		t.Fatal(err)
	}
	s.wear(s.owner, s.ana, 0)
	managing := s.wear(s.manager, s.ana, s.emea)
	counts := func(some bool) {
		t.Helper()
		for path, want := range map[string]bool{"/people?q=Ana&hats=some": some, "/people?q=Ana&hats=none": !some, "/map?q=Ana": some} {
			if got := strings.Contains(reader.get(path).body, `<bdi>Ana Souza</bdi>`); got != want {
				t.Errorf("%s lists who was asked: %v", path, got)
			}
		}
	}
	counts(false)
	for _, path := range []string{"/practices/" + itoa(s.practice), "/processes/" + itoa(s.process), "/roles/" + itoa(s.owner), "/roles/" + itoa(s.manager)} {
		lead.get(path).shows(t, http.StatusOK, "asked: Ana Souza", "since "+itsm.ShowDay(storetest.Today))
	}
	for _, path := range []string{"/practices/" + itoa(s.practice), "/processes/" + itoa(s.process), "/gaps", "/gaps?kind=owner-vacant", "/gaps.csv"} {
		lead.get(path).shows(t, http.StatusOK, "; Ana Souza was asked on "+itsm.ShowDay(storetest.Today))
	}
	if err := s.Accept(t.Context(), itsm.Actor{AccountID: s.account(s.ana), PersonID: s.ana, Today: storetest.Today}, managing); err != nil {
		t.Fatal(err)
	}
	counts(true)
	if text := lead.get("/roles/" + itoa(s.manager)).text(); strings.Contains(text, "asked: ") {
		t.Error("who has accepted is still asked")
	}
	s.as(s.ana).get("/hats").shows(t, http.StatusOK, "; Ana Souza was asked on "+itsm.ShowDay(storetest.Today))
	if text := lead.get("/gaps").text(); strings.Count(text, "Ana Souza was asked") != 1 {
		t.Error("not the Owner hat alone waits for Ana: " + text)
	}
}

// What a list is narrowed to stands in its lede, which is all that paper has of it.
func TestAListSaysWhatItIsNarrowedTo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for path, lede := range map[string]string{
		"/people?q=nowak&hats=none&region=" + itoa(s.emea): "of suppliers and customers. Narrowed to Name, e-mail or title: “nowak”; Region: EMEA; Hats: Wears none.",
		"/people?sort=title": "Everybody who can wear a hat: our own people, and those of suppliers and customers. Import",
		"/gaps?practice=" + itoa(s.practice) + "&severity=amber":                            "Narrowed to How bad: To watch; Practice: Incident management.",
		"/actions?state=done&practice=" + itoa(s.practice):                                  "what else somebody promised. Narrowed to State: Done; Practice: Incident management.",
		"/policies?q=log&overdue=1":                                                         "Narrowed to Number or words: “log”; Overdue: yes.",
		"/practices?q=log&state=planned":                                                    "Narrowed to Name or purpose: “log”; State: ",
		"/reviews?mine=1":                                                                   "Narrowed to For me to review: yes.",
		"/services?q=mail":                                                                  "Narrowed to Name: “mail”.",
		"/map?q=ann&kind=owner&practice=" + itoa(s.practice):                                "Narrowed to Name, e-mail or title: “ann”; Practice: Incident management; Hat: Owners.",
		"/processes/" + itoa(s.process) + "/history?kind=letters":                           "Narrowed to Kind: Letters.",
		"/gaps?state=accepted&mine=1":                                                       "Narrowed to Decided: Accepted; For me to act on: yes.",
		"/trail?about=role:" + itoa(s.manager) + "&kind=letters&from=2026-01-01&who=ingrid": "What was written, by whom and how, with what stood there before. It stays as it is: an undo adds a line. Narrowed to About: ",
		"/trail": "Everything that was written, by whom",
	} {
		lead.get(path).shows(t, http.StatusOK, lede)
	}
	lead.get("/trail?kind=letters&from=2026-01-01&who=ingrid").shows(t, http.StatusOK, "Narrowed to Kind: Letters; Who: “ingrid”; From: 1 Jan 2026.")
	for n := range 7 {
		must[int64](t)(s.AddService(t.Context(), storetest.Operator, itsm.Service{Name: "Payroll " + itoa(int64(n))}))
	}
	lead.get("/gaps").shows(t, http.StatusOK, "The first 5 of 9; all of them: /gaps?kind=owner-vacant&severity=red")
}
