package server_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func appointment(role, person int64, more ...string) url.Values {
	form := url.Values{"role": {itoa(role)}, "person": {itoa(person)}, "from": {itsm.ISODay(storetest.Today)}, "capacity": {"holder"}, "announced": {"on"}, "do": {"appoint"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestASecondOwnerIsRefusedByNameAndHandedOver(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	first := lead.post("/assignments", appointment(s.owner, s.marta))
	first.shows(t, http.StatusSeeOther)
	second := lead.post("/assignments", appointment(s.owner, s.jonas, "reference", "Minutes 7"))
	second.shows(t, http.StatusConflict, "Marta Nowak owns Incident management since 23 Nov 2026", "Hand over from Marta Nowak", "Jonas Weber")
	if !strings.Contains(second.body, `value="Minutes 7"`) {
		t.Error("what was typed did not come back")
	}
	hat := strings.TrimPrefix(first.to, "/assignments/")
	address := "/people/" + itoa(s.marta) + "/hand-over?day=2026-11-23&hat=" + hat + "&person=" + itoa(s.jonas)
	if !strings.Contains(second.body, strings.ReplaceAll(address, "&", "&amp;")) {
		t.Errorf("no link to hand over with everything filled in")
	}
	form := lead.get(address)
	form.shows(t, http.StatusOK, "Jonas Weber", "Incident management")
	if strings.Count(form.body, " checked") < 2 {
		t.Error("the hat and the successor are not filled in")
	}
	for _, path := range []string{"/people/" + itoa(s.marta) + "/hand-over", "/assignments"} { // several, and nobody yet
		lead.post(path, url.Values{"find": {"more"}, "role": {itoa(s.owner)}}).shows(t, http.StatusUnprocessableEntity, "Choose the first one here; then add the others.")
		lead.post(path, url.Values{"find": {"more"}, "role": {itoa(s.owner)}, "person_q": {"Jonas"}}).shows(t, http.StatusOK, "choose one", "Jonas Weber")
		added := lead.post(path, url.Values{"find": {"more"}, "role": {itoa(s.owner)}, "person_q": {"jonas"}, "person": {itoa(s.jonas)}})
		if added.shows(t, http.StatusOK, "Jonas Weber"); strings.Contains(added.body, `value="jonas"`) {
			t.Errorf("%s still looks for who was chosen", path)
		}
	}
	done := lead.post("/people/"+itoa(s.marta)+"/hand-over", url.Values{"hat": {hat}, "person": {itoa(s.jonas)}, "day": {"2026-12-01"}, "announced": {"on"}})
	if done.shows(t, http.StatusSeeOther); !strings.Contains(done.toast(), "1 hat is handed over from 1 Dec 2026 on.") {
		t.Errorf("it says %s", done.toast())
	}
	list := must[[]itsm.Assignment](t)(s.RoleTimeline(t.Context(), storetest.Operator, s.owner))
	if len(list) != 2 || list[0].PersonID != s.jonas || itsm.ISODay(*list[1].LastDay()) != "2026-11-30" {
		t.Errorf("after the hand-over: %+v", list)
	}
}

func TestWhoMayAppoint(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.marta, s.emea)
	manager, plain, lead := s.as(s.marta), s.as(s.reader), s.as(s.lead)
	for name, c := range map[string]struct {
		by     reader
		form   url.Values
		status int
		words  string
	}{
		"a reader":                     {plain, appointment(s.analyst, s.jonas), http.StatusForbidden, "You may not appoint"},
		"a reader proposes":            {plain, appointment(s.analyst, s.jonas, "do", "propose", "region", itoa(s.apac)), http.StatusSeeOther, ""},
		"a manager outside her region": {manager, appointment(s.analyst, s.jonas, "region", itoa(s.apac)), http.StatusForbidden, ""},
		"a manager without a region":   {manager, appointment(s.analyst, s.jonas), http.StatusForbidden, "within your regions"},
		"a manager in her region":      {manager, appointment(s.analyst, s.jonas, "region", itoa(s.germany)), http.StatusSeeOther, ""},
		"a manager another manager":    {manager, appointment(s.manager, s.jonas, "region", itoa(s.emea)), http.StatusForbidden, ""},
		"oneself":                      {lead, appointment(s.owner, s.lead), http.StatusUnprocessableEntity, "Nobody appoints themselves"},
		"nobody":                       {lead, appointment(s.owner, 0), http.StatusUnprocessableEntity, "Choose who gets the hat"},
		"an unknown role":              {lead, appointment(9999, s.jonas), http.StatusNotFound, ""},
		"an unknown person":            {lead, appointment(s.owner, 9999), http.StatusUnprocessableEntity, "not there any more"},
		"no day":                       {lead, appointment(s.owner, s.ana, "from", "31 Feb 2026"), http.StatusUnprocessableEntity, "This is not a day"},
		"acting without an end":        {lead, appointment(s.owner, s.ana, "capacity", "acting"), http.StatusUnprocessableEntity, "Acting always ends"},
		"the past without a reason":    {lead, appointment(s.owner, s.ana, "from", "2026-01-01"), http.StatusUnprocessableEntity, "say why it is recorded only now"},
		"a company as manager":         {lead, appointment(s.manager, 0, "company", itoa(s.acme)), http.StatusUnprocessableEntity, "A Manager is a person"},
		"NUL":                          {lead, appointment(s.owner, s.ana, "reason", "a\x00b"), http.StatusUnprocessableEntity, "cannot be stored"},
	} {
		got := c.by.post("/assignments", c.form)
		if got.status != c.status || !strings.Contains(got.text(), c.words) {
			t.Errorf("%s: %d %.400s", name, got.status, got.text())
		}
		if c.status == http.StatusForbidden && !strings.Contains(got.body, `value="`+c.form.Get("from")+`"`) {
			t.Errorf("%s: what was typed is gone: %.400s", name, got.text())
		}
	}
}

// Who wears a hat finds from My hats where to give it up; a proposal is not said to be decided.
func TestTheWayFromAHatToItsGivingUp(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	worn := s.wear(s.analyst, s.jonas, 0)
	jonas, address := s.as(s.jonas), "/assignments/"+itoa(worn)
	if a := jonas.get("/hats"); !strings.Contains(a.body, `href="`+address+`"`) {
		t.Errorf("My hats does not lead to %s", address)
	}
	jonas.get(address).shows(t, http.StatusOK, "Give up", "Decided")
	proposed := must[[]int64](t)(s.Propose(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.ana}, From: storetest.Today}))
	s.as(s.lead).get("/roles/"+itoa(s.analyst)).shows(t, http.StatusOK, "Ana Souza is proposed")
	if got := s.as(s.reader).get("/roles/" + itoa(s.analyst)).text(); strings.Contains(got, "is proposed") {
		t.Error("a reader is told of a proposal")
	}
	a := s.as(s.lead).get("/assignments/" + itoa(proposed[0]))
	if strings.Contains(a.body, ">Withdraw<") || !strings.Contains(a.body, ">Decline<") {
		t.Error("who decides is offered to withdraw, or not to decline")
	}
	a.shows(t, http.StatusOK, "Proposed, not decided")
	if strings.Contains(a.body, "<dt>Decided</dt>") {
		t.Error("a proposal is said to be decided")
	}
}

func TestFindsWithoutScript(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	found := lead.post("/assignments", url.Values{"find": {"person"}, "person_q": {"jonas"}, "role": {itoa(s.owner)}, "from": {"2027-01-01"}})
	found.shows(t, http.StatusOK, "Jonas Weber")
	if !strings.Contains(found.body, `type="radio" name="person" value="`+itoa(s.jonas)+`"`) || !strings.Contains(found.body, `value="2027-01-01"`) {
		t.Error("no radio button for who was found, or what was typed is gone")
	}
	lead.post("/assignments", url.Values{"find": {"role"}, "person_q": {"jonas"}, "role": {itoa(s.owner)}}).shows(t, http.StatusOK, "Jonas Weber", "choose one")
	lead.post("/assignments", url.Values{"find": {"role"}, "role_q": {"incident manag own"}}).shows(t, http.StatusOK, "Incident management")
	lead.post("/assignments", url.Values{"find": {"person"}, "person_q": {"nobody of this name"}}).shows(t, http.StatusOK, "Nobody found")
}

func TestPlansAreHiddenUntilAnnounced(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	form := appointment(s.owner, s.marta, "from", "2027-03-01")
	form.Del("announced")
	address := lead.post("/assignments", form).to
	reader.get(address).shows(t, http.StatusNotFound)
	s.as(s.marta).get(address).shows(t, http.StatusOK, "Begins 1 Mar 2027")
	lead.post(address+"/announce", url.Values{}).shows(t, http.StatusSeeOther)
	reader.get(address).shows(t, http.StatusOK, "Begins 1 Mar 2027")
	reader.post(address+"/withdraw", url.Values{"reason": {"no"}}).shows(t, http.StatusForbidden)
	lead.post(address+"/withdraw", url.Values{}).shows(t, http.StatusSeeOther)
	reader.get(address).shows(t, http.StatusNotFound)
}

func TestAReportReachesWhoAnswersAndComesBack(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	reader, owner := s.as(s.reader), s.as(s.marta)
	form := url.Values{"process": {itoa(s.process)}, "activity": {itoa(s.log)}, "about": {"Log"}, "text": {""}}
	reader.post("/mistakes", form).shows(t, http.StatusUnprocessableEntity, "Say what is wrong")
	form.Set("text", "We log in the other tool.")
	reader.post("/mistakes", form).shows(t, http.StatusSeeOther)
	owner.get("/hats").shows(t, http.StatusOK, "Reported: Handle an incident: Log", "We log in the other tool.")
	process := "/processes/" + itoa(s.process)
	owner.get(process).shows(t, http.StatusOK, "Reported mistakes", "We log in the other tool.")
	if strings.Contains(reader.get(process).text(), "other tool") {
		t.Error("a reader sees the report")
	}
	id := storetest.Value[int64](t, s.DB, `SELECT id FROM mistake`)
	reader.post("/mistakes/"+itoa(id)+"/close", url.Values{"answer": {"Never mind."}}).shows(t, http.StatusForbidden)
	owner.post("/mistakes/"+itoa(id)+"/close", url.Values{"answer": {"Put right."}}).shows(t, http.StatusSeeOther)
	owner.post("/mistakes/"+itoa(id)+"/close", url.Values{"answer": {"Again."}}).shows(t, http.StatusConflict, "meanwhile")
	reader.get("/hats").shows(t, http.StatusOK, "You reported", "Put right.", "You wear no hat yet")
}

// A name that was typed and not chosen is looked for, and chosen among what is found.
func TestWhoIsTypedAndNotChosenIsLookedFor(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	form := appointment(s.analyst, 0, "person_q", "jonas", "reason", "kept")
	form.Del("person")
	got := lead.post("/assignments", form)
	got.shows(t, http.StatusUnprocessableEntity, "Choose who is meant by “jonas”.", "kept")
	if !strings.Contains(got.body, `name="person" value="`+itoa(s.jonas)+`"`) {
		t.Error("who is meant is not among what can be chosen")
	}
	form.Set("person_q", "nobody of this name")
	lead.post("/assignments", form).shows(t, http.StatusUnprocessableEntity, "Nobody found")
}

// An Owner appoints their deputy, and only proposes another Owner: the form says which.
func TestAnOwnerAppointsTheirDeputy(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	marta := s.as(s.marta)
	page := marta.get("/assignments/new?role=" + itoa(s.owner))
	page.shows(t, http.StatusOK, "You may appoint a deputy here.", "Only propose")
	if !strings.Contains(page.body, `value="appoint"`) {
		t.Error("the form appoints nobody")
	}
	marta.post("/assignments", appointment(s.owner, s.jonas, "capacity", "deputy", "do", "appoint")).shows(t, http.StatusSeeOther)
	marta.post("/assignments", appointment(s.owner, s.ana, "capacity", "acting", "until", "2027-01-31", "do", "appoint")).shows(t, http.StatusForbidden, "You may not appoint an owner here")
	marta.get("/assignments/new?role="+itoa(s.analyst)).shows(t, http.StatusOK, "Only propose")
	s.as(s.reader).get("/assignments/new?role="+itoa(s.owner)).shows(t, http.StatusOK, "You may propose here")
}

// A last day before the first one withdraws the hat, and what is said then is that.
func TestALastDayBeforeTheFirstIsSaidToWithdraw(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	// The withdrawn one first: beside one that counts, nobody wears the same hat there again.
	for _, c := range [][2]string{{"2026-11-22", "Withdrawn: it counts on no day."}, {"2026-11-30", "Ends after 30 Nov 2026."}} {
		last, want := c[0], c[1]
		a := lead.post("/assignments/"+itoa(s.wear(s.manager, s.jonas, 0))+"/end", url.Values{"last_day": {last}, "announced": {"on"}, "reason": {"A mistake."}})
		if text := a.toast(); !strings.Contains(text, want) {
			t.Errorf("%s: %d, %q", last, a.status, text)
		}
	}
}

// The fields of a form that has a script send nothing for what was not chosen.
func TestWhoIsTypedAndNotChosenIsFound(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	blank := url.Values{"role": {itoa(s.analyst), ""}, "person": {""}, "team": {""}, "company": {""}, "do": {"appoint"}, "from": {"2026-12-01"}}
	with := func(typed string) url.Values {
		form := maps.Clone(blank)
		form.Set("person_q", typed)
		return form
	}
	lead.post("/assignments", with("jonas")).shows(t, http.StatusUnprocessableEntity, "Choose who is meant by “jonas”.", "Jonas Weber")
	if made := lead.post("/assignments", with("jonas weber")); made.status != http.StatusSeeOther {
		t.Errorf("the whole name: %d %s", made.status, made.text())
	}
	lead.post("/assignments", blank).shows(t, http.StatusUnprocessableEntity, "Choose who gets the hat.")

	hat := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM assignment WHERE person_id = $1`, s.jonas)
	over := "/people/" + itoa(s.jonas) + "/hand-over"
	lead.post(over, url.Values{"hat": {itoa(hat)}, "person": {""}, "day": {"2026-12-20"}}).shows(t, http.StatusUnprocessableEntity, "Choose who gets the hats.")
	lead.post(over, url.Values{"hat": {itoa(hat)}, "person": {""}, "person_q": {"marta"}, "day": {"2026-12-20"}}).
		shows(t, http.StatusUnprocessableEntity, "Choose who is meant by “marta”.", "Marta Nowak")
	if made := lead.post(over, url.Values{"hat": {itoa(hat)}, "person": {""}, "person_q": {"Marta Nowak"}, "day": {"2026-12-20"}}); made.status != http.StatusSeeOther {
		t.Errorf("the whole name: %d %s", made.status, made.text())
	}
	lead.post(over, url.Values{"person": {""}, "day": {"2026-12-20"}}).shows(t, http.StatusUnprocessableEntity, "Choose at least one hat to hand over.")
}

func TestHatsAreFoundByWhatTheyAreCalled(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	practice := storetest.Value[string](t, s.DB, `SELECT name FROM practice WHERE id = $1`, s.practice)
	for _, typed := range []string{"practice owner", "Practice Owner, " + practice, "owner " + practice} {
		lead.get("/assignments/pick-role?q="+url.QueryEscape(typed)).shows(t, http.StatusOK, "Practice Owner, "+practice)
	}
}

// The form of a regional Manager opens on a region of theirs, and marks those in which they only propose.
func TestARegionalManagerAppointsInTheirRegion(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.jonas, s.emea)
	jonas := s.as(s.jonas)
	form := jonas.get("/assignments/new?role=" + itoa(s.analyst))
	form.shows(t, http.StatusOK, "Everywhere (propose only)", "APAC (propose only)")
	if !strings.Contains(form.body, `<option value="`+itoa(s.emea)+`" selected>EMEA<`) {
		t.Error("the form does not open on the own region")
	}
	for _, region := range []string{"", itoa(s.apac)} {
		jonas.post("/assignments", appointment(s.analyst, s.ana, "region", region)).shows(t, http.StatusForbidden, "within your regions. Choose one of them, or propose.")
	}
	jonas.post("/assignments", appointment(s.analyst, s.ana, "region", itoa(s.germany))).shows(t, http.StatusSeeOther)
	if got := s.as(s.lead).get("/assignments/new?role=" + itoa(s.analyst)).text(); strings.Contains(got, "propose only") {
		t.Error("the SMO lead is told to propose")
	}
}

// Before a role is archived its page says who wears it, and where it has letters; a button comes where it may be pressed.
func TestWhatHindersARoleFromBeingArchived(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.analyst, s.jonas, 0)
	lead := s.as(s.lead)
	at := "/roles/" + itoa(s.analyst) + "/archive"
	asked := lead.get(at)
	asked.shows(t, http.StatusOK, "It is worn, or will be, by Jonas Weber: end or hand over these hats first")
	if strings.Contains(asked.body, "Archive it") {
		t.Error("a button leads to a refusal")
	}
	facts(t, s.DB, `DELETE FROM assignment WHERE role_id = `+itoa(s.analyst))
	process := storetest.Value[string](t, s.DB, `SELECT name FROM process WHERE id = $1`, s.process)
	if err := s.SetCell(t.Context(), storetest.Operator, store.CellEdit{ProcessID: s.process, ActivityID: s.fix, RoleID: s.analyst, Counter: store.Latest, Cell: itsm.Cell{Letters: itsm.LetterR}}); err != nil {
		t.Fatal(err)
	}
	lead.get(at).shows(t, http.StatusOK, "It has letters in the matrix of "+process+": take its column out there first")
}
