package server_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// The steering page and the list of gaps say the same number, services and the organisation counted in.
func TestSteeringCountsTheGapsThatTheListHas(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	must[int64](t)(s.AddService(t.Context(), storetest.Operator, itsm.Service{Name: "Payroll"}))
	lead := s.as(s.lead)
	number := func(path, pattern string) string {
		t.Helper()
		page := lead.get(path)
		page.shows(t, http.StatusOK)
		found := regexp.MustCompile(pattern).FindStringSubmatch(page.text())
		if found == nil {
			t.Fatalf("%s does not say how many: %s", path, page.text())
		}
		return found[1]
	}
	inList, onPage := number("/gaps", `(\d+) to fix`), number("/steering", `(\d+) gaps to fix`)
	if inList != onPage || inList == "0" {
		t.Errorf("the list has %s gaps to fix, the steering page %s", inList, onPage)
	}
	// A hat of a service or of the organisation that nobody wears is vacant in both.
	var vacant int
	for line := range strings.Lines(lead.get("/gaps.csv").body) {
		for _, kind := range []string{",Owner vacant,", ",Hat vacant,", ",Hat vacant in a region,"} {
			if strings.Contains(line, kind) {
				vacant++
			}
		}
	}
	if said := number("/steering", `(\d+) vacant`); said != strconv.Itoa(vacant) {
		t.Errorf("the list has %d vacant hats, the steering page %s", vacant, said)
	}
	if rows := number("/gaps?severity=red", `(\d+) gaps`); rows != inList {
		t.Errorf("%s gaps are listed of %s", rows, inList)
	}
}

// Where practices stand together a sentence says whose hat it is; on the page of one it need not.
func TestSentencesSayWhoseHatItIs(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	other, _, _ := s.practiceOf("Change enablement")
	s.wear(s.owner, s.marta, 0)
	s.wear(other, s.jonas, 0)
	lead := s.as(s.lead)
	for _, path := range []string{"/steering", "/trail"} {
		lead.get(path).shows(t, http.StatusOK, "Marta Nowak as Practice Owner of Incident management from", "Jonas Weber as Practice Owner of Change enablement from")
	}
	lead.get("/people/"+itoa(s.jonas)+"/history").shows(t, http.StatusOK, "Jonas Weber as Practice Owner of Change enablement from")
	if a := lead.get("/practices/" + itoa(s.practice) + "/history"); a.status != http.StatusOK || !strings.Contains(a.text(), "Marta Nowak as Practice Owner from") {
		t.Errorf("the practice's own history: %d %.900s", a.status, a.text())
	}
}

// On a phone each figure has the word of its column before it, the Owner's the one that the organisation chose.
func TestTheOwnersColumnHasItsLabelOnAPhoneToo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for _, path := range []string{"/steering", "/practices"} {
		if a := lead.get(path); strings.Contains(a.body, `data-l="Owner"`) || !strings.Contains(a.body, `data-l="Practice Owner"`) {
			t.Errorf("%s calls the Owner otherwise below its heading", path)
		}
	}
}

// That a process came to another practice, and that two practices became one, are changes that the steering group reads of.
func TestSteeringTellsOfMovesAndMerges(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op := storetest.Operator
	other := must[int64](t)(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Access control", Category: "service", State: "in use"}))
	if err := s.MoveProcesses(t.Context(), op, []store.ProcessMove{{ProcessID: s.process, To: other, Counter: store.Latest}}); err != nil {
		t.Fatal(err)
	}
	counter := func(practice int64) int64 {
		return storetest.Value[int64](t, s.DB, `SELECT counter FROM practice WHERE id = $1`, practice)
	}
	if err := s.MergePractices(t.Context(), op, other, s.practice, s.practice, counter(other), counter(s.practice)); err != nil {
		t.Fatal(err)
	}
	s.as(s.lead).get("/steering").shows(t, http.StatusOK, "moved Handle an incident from Incident management to Access control", "made Incident management one with Access control")
}
