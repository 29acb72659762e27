package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// leads is the SMO lead as the store knows her.
func (s scene) leads() itsm.Actor {
	return itsm.Actor{AccountID: 1, PersonID: s.lead, Name: "Ingrid Solberg", Today: storetest.Today, Hats: []itsm.Hat{{Kind: itsm.Manager, Capacity: itsm.Holder}}}
}

// Whoever may do the opposite takes it back, where it happened: an Owner a plan of theirs, a regional Manager what is in their
// region; nobody appoints themselves, nor has a say in the review of their own hat.
func TestWhoTakesAChangeBack(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	facts(t, s.DB, `UPDATE role SET review_months = 12, review_due = '2026-12-01' WHERE id = `+itoa(s.owner))
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	owner, manager, lead := s.as(s.marta), s.as(s.jonas), s.as(s.lead)
	done := func(by reader, path string, form url.Values) string {
		t.Helper()
		by.post(path, form).shows(t, http.StatusSeeOther)
		return undoOf(s.lastEvent())
	}
	offers := func(by reader, undo string) bool {
		return strings.Contains(by.get("/practices/"+itoa(s.practice)+"/history").body, `"`+undo+`"`)
	}
	plan := done(owner, "/assignments", appointment(s.manager, s.ana, "from", "2027-03-01", "announced", "", "region", itoa(s.apac)))
	if !offers(owner, plan) || offers(manager, plan) {
		t.Error("a plan is not the Owner's alone to take back")
	}
	manager.post(plan, url.Values{}).shows(t, http.StatusNotFound) // nor do they know of it
	owner.post(plan, url.Values{}).shows(t, http.StatusSeeOther)

	here := done(lead, "/assignments", appointment(s.analyst, s.ana, "region", itoa(s.germany)))
	there := done(lead, "/assignments", appointment(s.analyst, s.ana, "region", itoa(s.apac)))
	if !offers(manager, here) || offers(manager, there) {
		t.Error("a Manager is not offered what is in the own region, or what is not")
	}
	manager.post(there, url.Values{}).shows(t, http.StatusForbidden)
	manager.post(here, url.Values{}).shows(t, http.StatusSeeOther)

	s.wear(s.analyst, s.marta, 0)
	ended := done(lead, "/assignments/"+itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM assignment`))+"/end", url.Values{"last_day": {"2026-11-30"}, "announced": {"on"}})
	if offers(owner, ended) {
		t.Error("somebody is offered to appoint themselves")
	}
	owner.post(ended, url.Values{}).shows(t, http.StatusForbidden, "Nobody appoints themselves")
	lead.post(ended, url.Values{}).shows(t, http.StatusSeeOther)

	review := done(lead, "/roles/"+itoa(s.owner)+"/review", url.Values{"sentence": {"Looked at it."}})
	if offers(owner, review) || !offers(lead, review) {
		t.Error("a review is taken back by whoever wears the hat, or not by who made it")
	}
	owner.post(review, url.Values{}).shows(t, http.StatusForbidden, "Nobody reviews a hat that they wear themselves")
}

// What the holder said, and how far a set-up came, is not taken back; of contact details nothing is kept.
func TestWhatIsNeverUndone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	hat := s.wear(s.manager, s.jonas, 0)
	lead, jonas := s.as(s.lead), s.as(s.jonas)
	never := func(at, says string) {
		t.Helper()
		event := undoOf(s.lastEvent())
		page := lead.get(at)
		page.shows(t, http.StatusOK, says)
		if strings.Contains(page.body, `"`+event+`"`) {
			t.Errorf("%s offers to undo it", at)
		}
		lead.get(event).shows(t, http.StatusNotFound)
		lead.post(event, url.Values{}).shows(t, http.StatusNotFound)
	}
	page := "/assignments/" + itoa(hat)
	jonas.post(page+"/accept", url.Values{}).shows(t, http.StatusSeeOther)
	never(page, "accepted the hat")
	jonas.post(page+"/object", url.Values{"reason": {"Too much."}}).shows(t, http.StatusSeeOther)
	never(page, "objected to the hat")
	lead.post(page+"/settle", url.Values{"answer": {"From January."}}).shows(t, http.StatusSeeOther)
	never(page, "answered the objection")
	marta := "/people/" + itoa(s.marta)
	lead.post(marta+"/edit", url.Values{"name": {"Marta Nowak"}, "sort_name": {"Nowak, Marta"}, "phone": {"0123"}, "title": {"Head"}, "counter": {lead.get(marta + "/edit").counter(t)}}).shows(t, http.StatusSeeOther)
	never(marta+"/history", "no Undo: addresses and phone numbers are never kept in a history")
	if strings.Contains(s.as(s.reader).get(marta+"/history").text(), "no Undo") {
		t.Error("a reader is told of an undo that is not theirs")
	}
}
