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

// Owners and Managers change by more than appointments: by lists that are brought, last days and deputies.
func TestSteeringTellsWhoeverOwnsAndManagesNow(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, 0)
	s.wear(s.analyst, s.ana, 0)
	for person, told := range map[int64]string{s.jonas: "Jonas Weber", s.ana: "Ana Souza"} {
		counter := storetest.Value[int64](t, s.DB, `SELECT counter FROM person WHERE id = $1`, person)
		if err := s.Leave(ctx, op, person, counter, storetest.Today.AddDate(0, 1, 0), true); err != nil {
			t.Fatal(told, err)
		}
	}
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.person("Vera Beside")}, Capacity: itsm.Deputy, From: storetest.Today, Announced: true}))
	for file, list := range map[string]itsm.ListedHat{"managers.csv": {Holder: "Ingrid Solberg", Role: "Manager"}, "analysts.csv": {Holder: "Priya Raman", Role: "Practitioner"}} {
		list.Practice, list.Line = "Incident management", 2
		if _, _, err := s.ImportHats(ctx, op, file, []itsm.ListedHat{list}, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	a := s.as(s.lead).get("/steering")
	if strings.Contains(a.text(), "analysts.csv") {
		t.Error("a list of practitioners is among those")
	}
	a.shows(t, http.StatusOK, "managers.csv", "set the last day of Jonas Weber", "Vera Beside as deputy", "Nothing this time.")
	if strings.Contains(a.text(), "set the last day of Ana Souza") {
		t.Error("whoever is neither Owner nor Manager is among those")
	}
	if !strings.Contains(a.body, `<div class="no-print"><div class="empty`) {
		t.Error("paper tells the reader to write a line")
	}
	for n := range 9 {
		must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.person("Another Manager " + itoa(int64(n)))}, From: storetest.Today, Announced: true}))
	}
	if a = s.as(s.lead).get("/steering"); !strings.Contains(a.body, "/trail?from=2026-08-23&amp;kind=hats&amp;to=2026-11-23") {
		t.Error("the others have no address")
	}
}

// What hangs on the organisation is missing before there is any practice, on the page as in the list.
func TestSteeringCountsWithoutAnyPractice(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	must[bool](t)(s.ArchiveProcess(t.Context(), storetest.Operator, s.process, storetest.Value[int64](t, s.DB, `SELECT counter FROM process WHERE id = $1`, s.process)))
	if _, err := s.ArchivePractice(t.Context(), storetest.Operator, s.practice, storetest.Value[int64](t, s.DB, `SELECT counter FROM practice WHERE id = $1`, s.practice)); err != nil {
		t.Fatal(err)
	}
	lead := s.as(s.lead)
	lead.get("/steering").shows(t, http.StatusOK, "0 practices in use", "1 gaps to fix", "No practice yet")
	lead.get("/gaps").shows(t, http.StatusOK, "1 to fix")
}
