package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func vacancy(role int64, more ...string) url.Values {
	form := url.Values{"code": {"owner-vacant"}, "role": {itoa(role)}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// in so many days, as forms send it.
func in(days int) string { return itsm.ISODay(storetest.Today.AddDate(0, 0, days)) }

func TestAcceptingAGap(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.marta, 0)
	lead, manager, plain := s.as(s.lead), s.as(s.marta), s.as(s.reader)
	address := "/gaps/accept?" + vacancy(s.owner).Encode()
	lead.get(address).shows(t, http.StatusOK, "Owner vacant", "Incident management", "Until")
	manager.get(address).shows(t, http.StatusForbidden)
	plain.post("/gaps/accept", vacancy(s.owner, "reason", "Hush", "last_day", in(30))).shows(t, http.StatusForbidden)
	wrong := lead.post("/gaps/accept", vacancy(s.owner, "reason", "The board decides in spring", "last_day", "soon"))
	wrong.shows(t, http.StatusUnprocessableEntity, "This is not a day")
	if !strings.Contains(wrong.body, "The board decides in spring") || !strings.Contains(wrong.body, `value="soon"`) {
		t.Error("what was typed did not come back")
	}
	lead.post("/gaps/accept", vacancy(s.owner, "reason", "The board decides in spring", "last_day", in(30))).shows(t, http.StatusSeeOther)
	lead.post("/gaps/accept", vacancy(s.owner, "reason", "Again", "last_day", in(30))).shows(t, http.StatusConflict, "meanwhile")
	for name, path := range map[string]string{"the practice": "/practices/" + itoa(s.practice), "the process": "/processes/" + itoa(s.process)} {
		lead.get(path).shows(t, http.StatusOK, "1 accepted gap", "Accepted by Ingrid Solberg", "The board decides in spring", "Take it back")
		body := plain.get(path)
		body.shows(t, http.StatusOK, "1 accepted gap", "Accepted by Ingrid Solberg")
		if strings.Contains(body.body, "The board decides") || strings.Contains(body.body, "Take it back") {
			t.Errorf("%s tells a reader the reason, or offers what is not theirs", name)
		}
	}
	list := plain.get("/gaps?state=accepted")
	list.shows(t, http.StatusOK, "Owner vacant", "Accepted by Ingrid Solberg")
	if strings.Contains(list.body, "The board decides") {
		t.Error("the list tells a reader the reason")
	}
	if open := lead.get("/gaps?kind=owner-vacant&practice=" + itoa(s.practice)); strings.Contains(open.body, "Owner vacant</bdi>") {
		t.Error("an accepted gap stands among the open ones")
	}
	lead.post("/gaps/accepted/1/reopen", url.Values{}).shows(t, http.StatusSeeOther)
	lead.get("/gaps?kind=owner-vacant&practice="+itoa(s.practice)).shows(t, http.StatusOK, "Owner vacant")
}

func TestPlanningAGap(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.marta, 0)
	manager, plain, jonas := s.as(s.marta), s.as(s.reader), s.as(s.jonas)
	plain.get("/actions/new?"+vacancy(s.owner).Encode()).shows(t, http.StatusForbidden)
	manager.get("/actions/new?"+vacancy(s.owner).Encode()).shows(t, http.StatusOK, "Plan an action", "Owner vacant")
	for name, path := range map[string]string{"a gap of no kind": "code=nothing&role=" + itoa(s.owner), "about nothing": "code=owner-vacant", "a role that is not there": "code=owner-vacant&role=99999", "no number": "code=owner-vacant&role=x"} {
		if got := manager.get("/actions/new?" + path); got.status != http.StatusNotFound && got.status != http.StatusForbidden && got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	// Without script the person is found by a button, and everything typed stays.
	found := manager.post("/actions", vacancy(s.owner, "what", "Find an Owner", "person_q", "Jonas", "due", in(14), "find", "person"))
	found.shows(t, http.StatusUnprocessableEntity, "Jonas Weber")
	if !strings.Contains(found.body, `value="Find an Owner"`) {
		t.Error("what was typed did not come back")
	}
	manager.post("/actions", vacancy(s.owner, "person_q", "jonas")).
		shows(t, http.StatusUnprocessableEntity, "3 things to put right Give what is to be done. Choose one of these people. Give the day by which it is done.", "Jonas Weber")
	done := manager.post("/actions", vacancy(s.owner, "what", "Find an Owner", "person", itoa(s.jonas), "due", in(14), "back", "/practices/"+itoa(s.practice)))
	done.shows(t, http.StatusSeeOther)
	if done.to != "/practices/"+itoa(s.practice) {
		t.Errorf("goes to %s", done.to)
	}
	plain.get(done.to).shows(t, http.StatusOK, "Planned: Jonas Weber, by ")
	plain.get("/gaps").shows(t, http.StatusOK, "Planned: Jonas Weber, by ")
	plain.get("/actions").shows(t, http.StatusOK, "Find an Owner", "Jonas Weber")
	if _, rows := plain.file("/actions.csv"); len(rows) != 1 || rows[0]["What"] != "Find an Owner" || rows[0]["Done on"]+rows[0]["Done by"] != "" {
		t.Errorf("the file of open actions says %v", rows)
	}
	jonas.get("/hats").shows(t, http.StatusOK, "Find an Owner")
	counter := storetest.Value[int64](t, s.DB, `SELECT counter FROM action WHERE id = 1`)
	manager.post("/actions/1/edit", url.Values{"what": {"Find an Owner"}, "person": {""}, "person_q": {"Jonas Weber"}, "due": {in(15)}, "counter": {itoa(counter)}}).shows(t, http.StatusSeeOther)
	plain.post("/actions/1/done", url.Values{"outcome": {"x"}}).shows(t, http.StatusForbidden)
	jonas.post("/actions/1/done", url.Values{"outcome": {""}}).shows(t, http.StatusUnprocessableEntity, "Say in a sentence")
	jonas.post("/actions/1/done", url.Values{"outcome": {"Marta's brother agreed"}}).shows(t, http.StatusSeeOther)
	plain.get("/actions/1").shows(t, http.StatusOK, "Done", "Marta's brother agreed", "Jonas Weber closed")
	plain.get("/actions?state=done").shows(t, http.StatusOK, "Find an Owner")
	if _, rows := plain.file("/actions.csv?state=done"); len(rows) != 1 || rows[0]["What"] != "Find an Owner" || rows[0]["Who"] != "Jonas Weber" || rows[0]["Done how"] != "Marta's brother agreed" {
		t.Errorf("the file says %v", rows)
	}
	if _, rows := plain.file("/actions.csv"); len(rows) != 0 {
		t.Errorf("the file of open actions says %v", rows)
	}
}

// What is not announced stays unknown on every page of this part.
func TestGapsKeepSecrets(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	secret := must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{
		RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.ana}, From: storetest.Today.AddDate(0, 2, 0)}))[0]
	s.wear(s.manager, s.marta, 0)
	lead, manager, plain, auditor := s.as(s.lead), s.as(s.marta), s.as(s.reader), s.as(s.jonas)
	lead.post("/actions", url.Values{"assignment": {itoa(secret)}, "what": {"Tell the board about Ana"}, "person": {itoa(s.lead)}, "due": {in(10)}}).shows(t, http.StatusSeeOther)
	facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, during) SELECT id, 'auditor', daterange(date '2026-11-01', date '2027-11-01') FROM account WHERE person_id = `+itoa(s.jonas))
	for _, path := range []string{"/actions", "/actions.csv", "/actions/1", "/gaps", "/practices/" + itoa(s.practice), "/roles/" + itoa(s.owner)} {
		if got := plain.get(path); strings.Contains(got.text(), "Tell the board") || strings.Contains(got.text(), "Ana Souza") {
			t.Errorf("%s tells a reader what is not announced", path)
		}
	}
	plain.get("/actions/1").shows(t, http.StatusNotFound)
	plain.post("/actions/1/done", url.Values{"outcome": {"x"}}).shows(t, http.StatusNotFound)
	manager.get("/actions").shows(t, http.StatusOK, "Tell the board about Ana")
	// The steering page is for the office and for auditors of everything, and each sees there what they may.
	plain.get("/steering").shows(t, http.StatusForbidden)
	manager.get("/steering").shows(t, http.StatusForbidden)
	sheet := lead.get("/steering")
	sheet.shows(t, http.StatusOK, "Incident management", "Vacant", "What changed since", "One change is not public and left out here.")
	if strings.Contains(sheet.text(), "Ana Souza") {
		t.Error("the sheet for the steering group says what is not announced")
	}
	lead.post("/steering", url.Values{"text": {"Give the owner a deputy"}}).shows(t, http.StatusSeeOther)
	lead.post("/steering", url.Values{"text": {"Give the owner a deputy"}}).shows(t, http.StatusConflict, "stands there already")
	auditor.get("/steering").shows(t, http.StatusOK, "Give the owner a deputy")
	auditor.post("/steering", url.Values{"text": {"Mine"}}).shows(t, http.StatusForbidden)
	lead.post("/steering/1", url.Values{"text": {"Give the Owner a deputy now"}, "counter": {"1"}}).shows(t, http.StatusSeeOther)
	late := lead.post("/steering/1", url.Values{"text": {"Another wording"}, "counter": {"1"}})
	late.shows(t, http.StatusConflict, "You changed this elsewhere")
	if !strings.Contains(late.body, `value="Another wording"`) {
		t.Error("what was typed did not come back")
	}
	lead.post("/steering/1/drop", url.Values{"counter": {"2"}}).shows(t, http.StatusSeeOther)
	if got := lead.get("/steering"); strings.Contains(got.body, "deputy now") {
		t.Error("the line is still there")
	}
}

func TestTheGapsOfADayAndAsAFile(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.marta, 0)
	lead, plain := s.as(s.lead), s.as(s.reader)
	lead.post("/gaps/accept", vacancy(s.owner, "reason", "=cmd|'/c calc'!A1", "last_day", in(30))).shows(t, http.StatusSeeOther)
	_, rows := plain.file("/gaps.csv?practice=" + itoa(s.practice))
	if kinds := column(rows, "Kind"); !slices.Contains(kinds, "Practice or process that no policy governs") || slices.Contains(kinds, "Owner vacant") {
		t.Errorf("open gaps in the file: %v", kinds)
	}
	_, accepted := plain.file("/gaps.csv?state=accepted")
	if len(accepted) != 1 || accepted[0]["Accepted by"] != "Ingrid Solberg" || accepted[0]["Why accepted"] != "" {
		t.Errorf("accepted gaps in a reader's file: %v", accepted)
	}
	if _, accepted = lead.file("/gaps.csv?state=accepted"); accepted[0]["Why accepted"] != "'=cmd|'/c calc'!A1" {
		t.Errorf("accepted gaps in the lead's file: %v", accepted)
	}
	// On a day before, and on one ahead, which is for who plans.
	before, ahead := itsm.ISODay(storetest.Today.AddDate(0, -1, 0)), itsm.ISODay(storetest.Today.AddDate(0, 1, 0))
	plain.get("/gaps?on="+before).shows(t, http.StatusOK, "What was missing on 23 Oct 2026", "What was put on record here only later says so.", "Manager vacant", "On record here only since 23 Nov 2026.")
	if _, late := plain.file("/gaps.csv?practice=" + itoa(s.practice) + "&on=" + before); len(late) == 0 || late[0]["On record only since"] != "2026-11-23" {
		t.Errorf("the file of a day before: %v", late)
	}
	if now := plain.get("/gaps"); strings.Contains(now.text(), "Manager vacant") || strings.Contains(now.text(), "On record here only since") {
		t.Error("worn today, and vacant")
	}
	plain.get("/gaps?on="+ahead).shows(t, http.StatusOK, "is for those who plan everywhere")
	lead.get("/gaps?on="+ahead).shows(t, http.StatusOK, "What will be missing on 23 Dec 2026")
	// Who may not read the directory chooses no team.
	dana := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, dana, 0)
	plain.get("/gaps?team="+itoa(s.desk)).shows(t, http.StatusOK, "Hats of team")
	outside := s.as(dana).get("/gaps?team=" + itoa(s.desk))
	// What one may do about a gap is said to those who may.
	if text := outside.text() + s.as(dana).get("/actions").text(); strings.Contains(text, "plan who does") || strings.Contains(text, "Plan an action") {
		t.Error("a supplier is told to plan what they may not")
	}
	lead.get("/gaps").shows(t, http.StatusOK, "fix it, plan who does, or accept it for a while")
	lead.get("/actions").shows(t, http.StatusOK, "“Plan an action” too")
	if outside.status != http.StatusOK || strings.Contains(outside.text(), "Hats of team") || strings.Contains(outside.text(), "Service desk") {
		t.Errorf("a supplier is offered teams: %.400s", outside.text())
	}
}

// What an action is about, and what is due for review, has the name that the screen gives it everywhere.
func TestActionsAndReviewsCallHatsByTheirLabel(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.post("/actions", vacancy(s.manager, "code", "role-vacant", "what", "Find one", "person", itoa(s.marta), "due", in(30))).shows(t, http.StatusSeeOther)
	facts(t, s.DB, `UPDATE role SET review_months = 12, review_due = '2026-10-01' WHERE id = `+itoa(s.manager))
	for _, path := range []string{"/actions", "/actions.csv", "/reviews", "/reviews.csv"} {
		lead.get(path).shows(t, http.StatusOK, "Practice Manager")
	}
}

// Nobody works by a retired practice: its pages ask for nothing, as the list of gaps does not.
func TestARetiredPracticeLacksNothing(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	last := itsm.ISODay(storetest.Today.AddDate(0, 0, 20))
	lead.post("/assignments/"+itoa(s.wear(s.manager, s.marta, s.emea))+"/end", url.Values{"last_day": {last}, "announced": {"on"}}).shows(t, http.StatusSeeOther)
	for _, state := range []string{"in use", "retired"} {
		facts(t, s.DB, `UPDATE practice SET state = '`+state+`', counter = counter + 1 WHERE id = `+itoa(s.practice))
		for _, path := range []string{"/practices/" + itoa(s.practice), "/processes/" + itoa(s.process), "/people/" + itoa(s.marta)} {
			if got := strings.Contains(lead.get(path).body, "/gaps/accept?"); got != (state == "in use") {
				t.Errorf("%s, %s: a gap is there to accept: %v", path, state, got)
			}
		}
		if got := strings.Contains(lead.get("/gaps?practice="+itoa(s.practice)).body, "/gaps/accept?"); got != (state == "in use") {
			t.Errorf("%s: the list has a gap to accept: %v", state, got)
		}
	}
}

// A vacancy says whom somebody proposed, to those who decide, on the page of the practice and in the list.
func TestAVacancySaysWhoIsProposed(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	if _, err := s.Propose(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.ana}, From: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/gaps", "/practices/" + itoa(s.practice), "/processes/" + itoa(s.process)} {
		for name, knows := range map[string]reader{"the SMO lead": s.as(s.lead), "the Owner": s.as(s.marta)} {
			if got := knows.get(path); !strings.Contains(got.text(), "Ana Souza is proposed") {
				t.Errorf("%s is not told on %s: %s", name, path, got.text())
			}
		}
		if text := s.as(s.reader).get(path).text(); strings.Contains(text, "proposed") {
			t.Errorf("a reader is told on %s: %s", path, text)
		}
	}
}
