package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Whoever takes over a hat that ends already does so from the day after, which the form proposes; and nobody reads of two
// Owners, where the end of the first is not announced.
func TestAHatThatEndsIsHandedOverFromTheDayAfter(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	hat := s.wear(s.owner, s.marta, 0)
	lead, reader := s.as(s.lead), s.as(s.reader)
	leaving, over := "/people/"+itoa(s.marta)+"/leaving", "/people/"+itoa(s.marta)+"/hand-over"
	lead.post(leaving, url.Values{"last_day": {"2026-12-31"}, "counter": {"1"}}).shows(t, http.StatusSeeOther)
	seen := "/roles/" + itoa(s.owner) + "?on=2027-01-15"
	lead.post("/assignments", appointment(s.owner, s.jonas, "from", "2027-01-01")).
		shows(t, http.StatusUnprocessableEntity, "That Marta Nowak is Practice Owner until 31 Dec 2026 is not announced: others would read of two. Untick Announced, or announce that end first.")
	if form := formWith(t, lead.get(over+"?hat="+itoa(hat)).body, "day"); form.values().Get("day") != "2027-01-01" {
		t.Errorf("proposes %s", form.values().Get("day"))
	}
	lead.post(over, url.Values{"hat": {itoa(hat)}, "person": {itoa(s.jonas)}, "day": {"2027-01-02"}, "announced": {"on"}}).shows(t, http.StatusConflict, "only until 31 Dec 2026")
	lead.post(over, url.Values{"hat": {itoa(hat)}, "person": {itoa(s.jonas)}, "day": {"2027-01-01"}, "announced": {"on"}}).shows(t, http.StatusSeeOther)
	if got := reader.get(seen).text(); !strings.Contains(got, "Jonas Weber") || strings.Contains(got, "Marta Nowak wears") {
		t.Errorf("others read of both: %s", got)
	}
}

// The last administrator does not leave, and what hangs on who leaves is said before.
func TestLeavingNamesTheAccountAndWhatIsOpen(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.as(s.marta)
	facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, during) VALUES (`+itoa(s.account(s.marta))+`, 'administrator', daterange('2026-01-01', NULL))`)
	must[int64](t)(s.PlanAction(t.Context(), storetest.Operator, itsm.ActionInput{Subject: itsm.Subject{RoleID: s.owner}, What: "Ask around", PersonID: s.marta, DueOn: itsm.Until(storetest.Today)}))
	at := "/people/" + itoa(s.marta) + "/leaving"
	page := lead.get(at + "?last_day=2026-12-31")
	page.shows(t, http.StatusOK, "Ask around is theirs to do by", "Signs in as", "Marta Nowak is the last administrator")
	if strings.Contains(page.text(), "Set 31 Dec 2026 as the last day") {
		t.Error("a button that is refused")
	}
	leave := url.Values{"last_day": {"2026-12-31"}, "counter": {"1"}}
	lead.post(at, leave).shows(t, http.StatusConflict, "Marta Nowak is the last administrator. Make somebody else administrator first, who stays longer.")
	s.as(s.jonas)
	facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, during) VALUES (`+itoa(s.account(s.jonas))+`, 'administrator', daterange('2026-01-01', NULL))`)
	lead.post(at, leave).shows(t, http.StatusSeeOther)
	lead.post("/people/"+itoa(s.jonas)+"/leaving", url.Values{"last_day": {"2027-06-30"}, "counter": {"1"}}).shows(t, http.StatusConflict, "Jonas Weber is the last administrator")
}

// What somebody who has left was to do stands as such where actions are listed.
func TestAnActionOfWhoHasLeftSaysSo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	action := must[int64](t)(s.PlanAction(t.Context(), storetest.Operator, itsm.ActionInput{Subject: itsm.Subject{RoleID: s.owner}, What: "Ask around", PersonID: s.marta, DueOn: itsm.Until(storetest.Today)}))
	lead.post("/people/"+itoa(s.marta)+"/leaving", url.Values{"last_day": {"2026-11-23"}, "counter": {"1"}}).shows(t, http.StatusSeeOther)
	pages := []string{"/actions", "/actions/" + itoa(action)}
	for _, at := range pages {
		if strings.Contains(lead.get(at).text(), "left on") {
			t.Errorf("%s says so on the last day", at)
		}
	}
	facts(t, s.DB, `UPDATE person SET employed = daterange(lower(employed), '2026-11-23') WHERE id = `+itoa(s.marta))
	for _, at := range pages {
		lead.get(at).shows(t, http.StatusOK, "Marta Nowak left on 22 Nov 2026")
	}
}

// Of a hat that somebody wears only later, the preview says until when it is vacant.
func TestLeavingSaysWhoComesLater(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	hat := s.wear(s.owner, s.marta, 0)
	lead := s.as(s.lead)
	lead.post("/assignments/"+itoa(hat)+"/end", url.Values{"last_day": {"2026-12-31"}, "announced": {"on"}}).shows(t, http.StatusSeeOther)
	lead.post("/assignments", appointment(s.owner, s.jonas, "from", "2027-01-01")).shows(t, http.StatusSeeOther)
	lead.get("/people/"+itoa(s.marta)+"/leaving?last_day=2026-12-10").shows(t, http.StatusOK, "vacant until 31 Dec 2026, then Jonas Weber")
}
