package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// What an import remembered is somebody's word, and said to be theirs; its undo takes the word back.
func TestWhatIsRememberedIsSomebodysWordUntilItIsUndone(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.wear(s.owner, s.marta, 0)
	owner := s.as(s.marta)
	grid := []byte("Activity,Desk,Boss,Vendor\nLog,R,A,I\nSort,R,A,V\nSolve,R,A,C\n")
	bring := func(by reader) answer {
		return by.get(by.uploadWith("/import/raci", "table.csv", grid, map[string]string{"process": itoa(s.process)}).to)
	}
	up := lead.uploadWith("/import/raci", "table.csv", grid, map[string]string{"process": itoa(s.process)})
	answers := url.Values{"do": {"plan"}, named(lead.get(up.to).body, "letter")[0]: {"C"}}
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	bring(lead).shows(t, http.StatusOK, "Read and answered as you said the last time one like it came in")
	bring(owner).shows(t, http.StatusOK, "Read and answered as Ingrid Solberg said the last time one like it came in")

	lead.post("/events/"+itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))+"/undo", url.Values{})
	if again := bring(lead); strings.Contains(again.text(), "the last time") || !strings.Contains(again.text(), "What does “V” mean?") {
		t.Errorf("an import that was undone is remembered: %s", again.text())
	}
}
