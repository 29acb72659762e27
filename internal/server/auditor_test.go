package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// TestAuditorsWriteNothing: who audits is shown nothing that writes and can do nothing that does, their own hats included.
func TestAuditorsWriteNothing(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	hat := s.wear(s.analyst, s.jonas, 0)
	holder := s.as(s.jonas)
	give := url.Values{"role": {itoa(s.analyst)}, "person": {itoa(s.reader)}, "from": {"2026-12-01"}}
	process, assignment := "/processes/"+itoa(s.process), "/assignments/"+itoa(hat)
	holder.get(process).shows(t, http.StatusOK, "Report a mistake")
	holder.get("/assignments/new").shows(t, http.StatusOK)

	facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, during) SELECT id, 'auditor', daterange(date '2026-11-01', date '2027-11-01') FROM account WHERE person_id = `+itoa(s.jonas))
	before := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`)
	for _, page := range []string{"/hats", "/map", "/gaps", process, process + "/raci", assignment, "/roles/" + itoa(s.analyst), "/people/" + itoa(s.jonas)} {
		a := holder.get(page)
		a.shows(t, http.StatusOK)
		for _, button := range []string{"Report a mistake", "Propose", "Give up", "Accept the hat", "Edit process", "Give a hat"} {
			if strings.Contains(a.text(), button) {
				t.Errorf("%s offers an auditor: %s", page, button)
			}
		}
	}
	holder.get("/assignments/new").shows(t, http.StatusForbidden, "an auditor reads everything and writes nothing")
	holder.post("/assignments", give).shows(t, http.StatusForbidden)
	holder.post(assignment+"/accept", nil).shows(t, http.StatusForbidden, "an auditor reads everything and writes nothing")
	holder.post("/mistakes", url.Values{"process": {itoa(s.process)}, "text": {"wrong"}}).shows(t, http.StatusForbidden)
	if after := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`); after != before {
		t.Errorf("an auditor wrote %d events", after-before)
	}
	holder.get("/account").shows(t, http.StatusOK, "Write nothing")
}
