package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func TestTheHolderAnswersOnMyHats(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	hat := s.wear(s.manager, s.jonas, s.emea)
	jonas, marta := s.as(s.jonas), s.as(s.marta)
	page := jonas.get("/hats")
	page.shows(t, http.StatusOK, "Hat offered", "Handle an incident", "Log", "You answer for it", "EMEA")
	accept := "/assignments/" + itoa(hat) + "/accept"
	marta.post(accept, url.Values{}).shows(t, http.StatusForbidden)
	if got := jonas.post(accept, url.Values{"back": {"/hats"}}); got.to != "/hats" {
		t.Errorf("sent to %q", got.to)
	}
	jonas.post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {""}}).shows(t, http.StatusUnprocessableEntity, "Say why")
	jonas.post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {"<b>Too much</b>"}}).shows(t, http.StatusSeeOther)
	s.as(s.lead).get("/hats").shows(t, http.StatusOK, "Objection: Jonas Weber", "<b>Too much</b>")
	settle := "/assignments/" + itoa(hat) + "/settle"
	jonas.post(settle, url.Values{"answer": {"Fine."}}).shows(t, http.StatusForbidden)
	s.as(s.lead).post(settle, url.Values{"answer": {"From January."}}).shows(t, http.StatusSeeOther)
	s.as(s.lead).post(settle, url.Values{"answer": {"From January."}}).shows(t, http.StatusConflict)
	s.as(s.lead).get("/assignments/"+itoa(hat)).shows(t, http.StatusOK, "Not yet accepted", "Asked anew "+itsm.ShowDay(storetest.Today))
	jonas.get("/hats").shows(t, http.StatusOK, "Hat offered")
	if got := marta.get("/assignments/" + itoa(hat)).text(); strings.Contains(got, "Too much") {
		t.Error("a reader sees the objection")
	}
	jonas.post("/assignments/"+itoa(hat)+"/give-up", url.Values{"last_day": {"2026-11-30"}, "announced": {"on"}}).shows(t, http.StatusSeeOther)
	marta.get("/assignments/"+itoa(hat)).shows(t, http.StatusOK, "Last day 30 Nov 2026", "Jonas Weber gave up the hat")
	if got := jonas.get("/hats").text(); strings.Contains(got, "Hat offered") {
		t.Error("who gave up the hat is still asked to accept it")
	}
}

// Who proposed a hat reads what became of it, and why not, and nothing of an appointment that is not announced.
func TestWhatBecameOfAProposal(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.analyst, s.reader, 0) // whoever wears a hat may propose
	lead, reader := s.as(s.lead), s.as(s.reader)
	propose := func(person int64, from string) string {
		got := reader.post("/assignments", appointment(s.manager, person, "from", from, "do", "propose"))
		got.shows(t, http.StatusSeeOther)
		return got.to
	}
	declined, begun, quiet := propose(s.jonas, "2026-11-23"), propose(s.marta, "2026-11-23"), propose(s.ana, "2027-02-01")
	reader.get("/hats").shows(t, http.StatusOK, "You proposed", "Jonas Weber: Practice Manager", "Nobody has decided yet.")
	lead.get(declined).shows(t, http.StatusOK, "Where you decline, Priya Raman, who proposed it, reads it under My hats.")
	lead.post(declined+"/decide", url.Values{"do": {"decline"}, "reason": {"On leave from May."}}).shows(t, http.StatusSeeOther)
	lead.post(begun+"/decide", url.Values{"do": {"appoint"}, "announced": {"on"}}).shows(t, http.StatusSeeOther)
	lead.post(quiet+"/decide", url.Values{"do": {"appoint"}}).shows(t, http.StatusSeeOther)
	page := reader.get("/hats")
	page.shows(t, http.StatusOK, "Declined by Ingrid Solberg on 23 Nov 2026: On leave from May.", "Appointed by Ingrid Solberg on 23 Nov 2026.")
	if strings.Contains(page.text(), "Ana Souza") {
		t.Error("who proposed it reads of an appointment that is not announced")
	}
	reader.get(declined).shows(t, http.StatusOK, "On leave from May.")
	s.as(s.jonas).get("/hats").shows(t, http.StatusOK)
	if got := lead.get("/hats").text(); strings.Contains(got, "You proposed") {
		t.Error("who decided reads it as their own proposal")
	}
	mine := propose(s.ana, "2027-03-01") // what is not announced stands in nobody's way
	reader.post("/assignments", appointment(s.manager, s.ana, "from", "2027-04-01", "do", "propose")).shows(t, http.StatusConflict, "You proposed Ana Souza for Practice Manager there already.")
	lead.post(mine+"/decide", url.Values{"do": {"appoint"}}).shows(t, http.StatusConflict, "Ana Souza wears Practice Manager there already, from 1 Feb 2027. Decline this proposal, or end that first.")
	reader.post(mine+"/withdraw", url.Values{"reason": {"Asked too early."}}).shows(t, http.StatusSeeOther)
	if got := reader.get("/hats").text(); strings.Contains(got, "Asked too early.") {
		t.Error("what the reader took back is told to them")
	}
}

// An objection is for whoever appoints, and never for who objected, though they may appoint there.
func TestWhoObjectedDoesNotAnswer(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.jonas, 0)
	hat := "/assignments/" + itoa(s.wear(s.analyst, s.jonas, 0))
	jonas := s.as(s.jonas)
	jonas.post(hat+"/object", url.Values{"reason": {"Too much"}}).shows(t, http.StatusSeeOther)
	if got := jonas.get(hat).text(); strings.Contains(got, "Answer the objection") {
		t.Error("who objected is asked for the answer")
	}
	jonas.post(hat+"/settle", url.Values{"answer": {"Fine."}}).shows(t, http.StatusForbidden, "You object yourself")
	s.as(s.lead).get(hat).shows(t, http.StatusOK, "Answer the objection")
	s.as(s.lead).post(hat+"/settle", url.Values{"answer": {"From January."}}).shows(t, http.StatusSeeOther)
}

// What a line manager objects stays until whoever appointed has answered it, or it is taken back: nobody else's answer hides it.
func TestAnObjectionIsNotAcceptedAway(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	if err := s.AddReportingLine(t.Context(), storetest.Operator, s.jonas, s.ana, true); err != nil {
		t.Fatal(err)
	}
	s.wear(s.owner, s.jonas, 0)
	hat := "/assignments/" + itoa(s.wear(s.analyst, s.jonas, 0))
	jonas, ana, lead := s.as(s.jonas), s.as(s.ana), s.as(s.lead)
	ana.post(hat+"/object", url.Values{"reason": {"Needed elsewhere."}}).shows(t, http.StatusSeeOther)
	for _, answer := range []string{"accept", "object"} {
		jonas.post(hat+"/"+answer, url.Values{"reason": {"Too much."}}).shows(t, http.StatusConflict, "Ana Souza objects. Whoever appointed answers that first")
	}
	jonas.post(hat+"/take-back", url.Values{}).shows(t, http.StatusConflict, "You do not object to this any more.")
	jonas.post(hat+"/settle", url.Values{"answer": {"Fine."}}).shows(t, http.StatusForbidden, "This is your own hat")
	page := jonas.get("/hats")
	page.shows(t, http.StatusOK, "objection not answered yet")
	if strings.Contains(page.text(), "Answer it") {
		t.Error("the holder is asked to answer the objection to their own hat")
	}
	lead.get("/hats").shows(t, http.StatusOK, "Objection: Jonas Weber", "Ana Souza: “Needed elsewhere.”")
	ana.get("/hats").shows(t, http.StatusOK, "you object, and whoever decides answers", "Take it back")
	ana.get(hat).shows(t, http.StatusOK, "Take back your objection", "Ana Souza objected to")
	ana.post(hat+"/take-back", url.Values{}).shows(t, http.StatusSeeOther)
	jonas.post(hat+"/accept", url.Values{}).shows(t, http.StatusSeeOther)
}
