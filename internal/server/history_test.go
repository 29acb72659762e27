package server_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func TestTheHistoryOfACellAfterAnEdit(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx := t.Context()
	edit := func(cell itsm.Letters, role int64, move bool) {
		t.Helper()
		if err := s.SetCell(ctx, storetest.Operator, store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: role, Counter: store.Latest, Cell: itsm.Cell{Letters: cell}, Move: move}); err != nil {
			t.Fatal(err)
		}
	}
	edit(itsm.LetterA, s.owner, true)
	service := must[int64](t)(s.AddService(ctx, storetest.Operator, itsm.Service{Name: "Payroll"}))
	p := must[store.Practice](t)(s.Practice(ctx, storetest.Operator, s.practice, storetest.Today))
	p.Purpose = "To restore the service."
	if err := s.EditPractice(ctx, storetest.Operator, p.Practice); err != nil {
		t.Fatal(err)
	}
	process := "/processes/" + itoa(s.process)
	reader, lead := s.as(s.reader), s.as(s.lead)
	moved := "moved the A of Log of Handle an incident from Practice Manager to Practice Owner"
	a := reader.get(process + "/history")
	a.shows(t, http.StatusOK, "History of Handle an incident", "The operator "+moved)
	if strings.Contains(a.body, "before and after") || strings.Contains(a.body, "/trail") {
		t.Error("a plain reader is shown rows, or the trail")
	}
	lead.get(process+"/history").shows(t, http.StatusOK, moved, "before and after", "In the audit trail")
	reader.get(process+"/history?kind=letters").shows(t, http.StatusOK, moved)
	if text := reader.get(process + "/history?kind=texts").text(); strings.Contains(text, moved) {
		t.Error("letters count as texts")
	}
	reader.get(process+"/history?to=2020-01-01").shows(t, http.StatusOK, "Nothing matches")
	reader.get(process+"/history?from=yesterday").shows(t, http.StatusUnprocessableEntity)
	reader.get("/practices/"+itoa(s.practice)+"/history?kind=texts").shows(t, http.StatusOK, "edited the practice Incident management : purpose")
	reader.get("/practices/"+itoa(s.practice)+"/history").shows(t, http.StatusOK, moved)
	reader.get("/services/"+itoa(service)+"/history").shows(t, http.StatusOK, "added the service")
	reader.get("/roles/"+itoa(s.owner)+"/history").shows(t, http.StatusOK, moved)
	reader.get("/teams/"+itoa(s.desk)+"/history").shows(t, http.StatusOK, "added Service desk")
	reader.get("/people/"+itoa(s.marta)+"/history").shows(t, http.StatusOK, "added Marta Nowak")
	reader.get("/people/999999/history").shows(t, http.StatusNotFound)
	// Every page of what has a history leads to it.
	policy := must[int64](t)(s.AddPolicy(ctx, storetest.Operator, itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All are logged.", Driver: itsm.Internal}, nil))
	for _, page := range []string{
		process, process + "/raci", process + "/policies", "/practices/" + itoa(s.practice), "/services/" + itoa(service), "/roles/" + itoa(s.owner),
		"/teams/" + itoa(s.desk), "/people/" + itoa(s.marta), "/companies/" + itoa(s.acme), "/policies/" + itoa(policy),
	} {
		if a := reader.get(page); a.status != http.StatusOK || !regexp.MustCompile(`href="/\w+/[\w-]+/history"[^>]*>\s*History\s*<`).MatchString(a.body) {
			t.Errorf("%s: %d, and no way to its history", page, a.status)
		}
	}
}

func TestUndoFromTheHistory(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.post(s.raci()+"/cell", s.cellForm(s.fix, s.analyst, "R", "1")).shows(t, http.StatusOK)
	page := "/processes/" + itoa(s.process) + "/history"
	a := lead.get(page)
	a.shows(t, http.StatusOK, "Ingrid Solberg gave Practitioner R in Restore", "Undo")
	undo := regexp.MustCompile(`/events/\d+/undo`).FindString(a.body)
	if strings.Contains(s.as(s.reader).get(page).body, undo) {
		t.Error("a plain reader is offered to undo")
	}
	lead.get(undo).shows(t, http.StatusOK, "Practices Practitioner Undo this change?", "is taken out")
	lead.post(undo, nil).shows(t, http.StatusSeeOther)
	lead.get(page).shows(t, http.StatusOK, "undid: gave Practitioner R in Restore")
	lead.post(undo, nil).shows(t, http.StatusConflict, "undone already")

	// What is asked names things and days as people do: an activity is one row, and a moment is no string of digits.
	asked := func(page string) string {
		return lead.get(regexp.MustCompile(`/events/\d+/undo`).FindString(lead.get(page).body)).text()
	}
	lead.post("/activities", url.Values{"process": {itoa(s.process)}, "name": {"Thank the team"}}).shows(t, http.StatusSeeOther)
	if text := asked(page); !strings.Contains(text, "Activity: Thank the team is taken out") || strings.Contains(text, "Activity: Handle an incident") {
		t.Errorf("undoing a new activity asks: %s", text)
	}
	archive := "/processes/" + itoa(s.process) + "/archive"
	lead.post(archive, url.Values{"counter": {lead.get(archive).counter(t)}}).shows(t, http.StatusSeeOther)
	if text := asked(page); !regexp.MustCompile(`Archived: 23 Nov 2026, \d\d:\d\d UTC → nothing`).MatchString(text) {
		t.Errorf("undoing that a process is archived asks: %s", text)
	}
}

// A row that names a role says of what: each practice has a Manager, and the trail tells of all of them.
func TestRowsSayWhatARoleHangsOn(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.wear(s.manager, s.marta, 0)
	hats := lead.get("/trail?kind=hats").text()
	if !strings.Contains(hats, "Hat: Marta Nowak, Practice Manager of Incident management") {
		t.Errorf("a hat's row: %.1500s", hats)
	}
	lead.get("/practices/"+itoa(s.practice)+"/history").shows(t, http.StatusOK, "Role: Practice Manager of Incident management added")
	edit := "/roles/" + itoa(s.manager)
	lead.post(edit, url.Values{"name": {"Manager"}, "purpose": {"Runs it."}, "counter": {lead.get(edit + "/edit").counter(t)}}).shows(t, http.StatusSeeOther)
	row := "Role: Practice Manager of Incident management changed:"
	lead.get("/trail").shows(t, http.StatusOK, row)
	if csv := lead.get("/trail.csv"); !strings.Contains(csv.body, row) {
		t.Error("the file does not say of what the role is")
	}
	event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event WHERE act = 'edit a role'`)
	lead.get("/events/"+itoa(event)+"/undo").shows(t, http.StatusOK, "Practice Manager of Incident management")
	service := must[int64](t)(s.AddService(t.Context(), storetest.Operator, itsm.Service{Name: "Payroll"}))
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE service_id = $1`, service), s.ana, 0)
	lead.get("/trail").shows(t, http.StatusOK, "as Service Owner of Payroll", "Hat: Ana Souza, Service Owner of Payroll")
}

// Where a sentence names two roles of one name, it says of each what it hangs on, on the pages of either, too.
func TestTwoRolesOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	_, manager, _ := s.practiceOf("Problem management")
	if err := s.AddColumn(t.Context(), storetest.Operator, s.process, manager, store.Latest); err != nil {
		t.Fatal(err)
	}
	lead, address := s.as(s.lead), s.raci()+"/"+itoa(s.fix)
	lead.post(address, url.Values{"counter": {lead.get(address).counter(t)}, "a": {itoa(s.manager)}, "c": {itoa(manager)}}).shows(t, http.StatusSeeOther)
	for _, page := range []string{"/activities/" + itoa(s.fix), "/roles/" + itoa(s.manager) + "/history"} {
		lead.get(page).shows(t, http.StatusOK, "Practice Manager of Incident management answers; Practice Manager of Problem management gives input")
	}
}

func TestAHistoryTellsNoPlanAndNoSecret(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	begin := storetest.Today.AddDate(0, 1, 0)
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, From: begin, Reason: "a quiet plan"}))
	p := must[itsm.Person](t)(s.Person(ctx, s.marta))
	p.Email, p.Phone = "secret@tallgrass.example", "0123 secret"
	if err := s.EditPerson(ctx, op, p); err != nil {
		t.Fatal(err)
	}
	facts(t, s.DB, `UPDATE account SET password_hash = 'secret hash' WHERE person_id = `+itoa(s.lead))
	reader, lead := s.as(s.reader), s.as(s.lead)
	for _, page := range []string{"/people/" + itoa(s.jonas), "/roles/" + itoa(s.manager), "/practices/" + itoa(s.practice), "/processes/" + itoa(s.process)} {
		if text := reader.get(page + "/history").text(); strings.Contains(text, itsm.ShowDay(begin)) || strings.Contains(text, "quiet plan") {
			t.Errorf("%s tells a plain reader what is planned: %.900s", page, text)
		}
	}
	lead.get("/roles/"+itoa(s.manager)+"/history").shows(t, http.StatusOK, itsm.ShowDay(begin))
	lead.get("/people/"+itoa(s.marta)+"/history").shows(t, http.StatusOK, "e-mail and phone", "what stood there is not kept")
	for _, page := range []string{"/people/" + itoa(s.marta) + "/history", "/trail", "/trail.csv"} {
		if body := lead.get(page).body; strings.Contains(body, "0123 secret") || strings.Contains(body, "secret@") || strings.Contains(body, "secret hash") {
			t.Errorf("%s holds contact details or a secret", page)
		}
	}
	if text := reader.get("/people/" + itoa(s.lead) + "/history").text(); strings.Contains(text, "account") && strings.Contains(text, "made an account") {
		t.Error("a plain reader is told of accounts")
	}
}

func TestHistoriesSayWhatPassesAndWhereTo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for _, h := range []itsm.HandOff{
		{ActivityID: s.log, Direction: itsm.Out, What: "the [[role:1]] record", ToActivityID: s.sort},
		{ActivityID: s.log, Direction: itsm.In, What: "a call", Party: "users"},
	} {
		if err := s.AddHandOff(t.Context(), storetest.Operator, h, store.Latest); err != nil {
			t.Fatal(err)
		}
	}
	taken := storetest.Value[int64](t, s.DB, `SELECT id FROM hand_off WHERE what = 'a call'`)
	if err := s.RemoveHandOff(t.Context(), storetest.Operator, s.log, taken); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveHandOff(t.Context(), storetest.Operator, s.log, taken); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("taken back twice: %v", err)
	}
	if err := s.MoveColumn(t.Context(), storetest.Operator, s.process, s.manager, 1, store.Latest); err != nil {
		t.Fatal(err)
	}
	page := lead.get("/processes/" + itoa(s.process) + "/history")
	page.shows(t, http.StatusOK, "to place 1")
	for _, words := range []string{"passes “the [\u2060[role:1]] record” on to Categorise", "gets “a call” from users", "took back that Log gets “a call” from users"} {
		if text := strings.Join(strings.Fields(page.text()), " "); !strings.Contains(text, words) {
			t.Errorf("the history does not say %q: %.1500s", words, text)
		}
	}
	s.as(s.reader).get("/companies/"+itoa(s.acme)+"/history").shows(t, http.StatusOK, "History of Corvid Networks", "added Corvid Networks")
}

func TestTheWayBackFromAnUndonePracticeLeadsSomewhere(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	adopted := lead.post("/library/knowledge-management", url.Values{})
	adopted.shows(t, http.StatusSeeOther)
	event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event WHERE summary LIKE 'adopted %'`)
	undone := lead.post("/events/"+itoa(event)+"/undo", url.Values{"back": {adopted.to}})
	undone.shows(t, http.StatusSeeOther)
	if undone.to != "/practices" {
		t.Errorf("it goes to %s", undone.to)
	}
	lead.get(undone.to).shows(t, http.StatusOK, "Incident management")
	lead.get(adopted.to).shows(t, http.StatusNotFound)
}

// The views of a process count what is to be done in them, on the page of its history as on the others.
func TestTheTabOfAHistoryCountsAsTheOthers(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	tabs := regexp.MustCompile(`(?s)<nav class="tabs".*?</nav>`)
	counted := regexp.MustCompile(`(?s)>\s*(\d+)\s*<span class="vh">[^<]*</span>`)
	read := func(page string) string {
		m := counted.FindStringSubmatch(tabs.FindString(lead.get(page).body))
		if m == nil {
			return ""
		}
		return m[1]
	}
	process := "/processes/" + itoa(s.process)
	if want, got := read(process), read(process+"/history"); want == "" || got != want {
		t.Errorf("the history counts %q rows to fix, the overview %q", got, want)
	}
}

// What was taken out keeps its name in the sentences about it: in the histories, the trail and its file.
func TestWhatIsGoneKeepsItsName(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	counter := func() int64 {
		return storetest.Value[int64](t, s.DB, `SELECT counter FROM step WHERE activity_id = $1`, s.fix)
	}
	step := itsm.Step{ActivityID: s.fix, Name: "Restore the service", Text: "Bring it back.", Counter: counter()}
	if err := s.EditActivity(ctx, op, step); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveActivity(ctx, op, s.fix, counter()); err != nil {
		t.Fatal(err)
	}
	japan := must[int64](t)(s.AddRegion(ctx, op, itsm.Region{Name: "Japan"}))
	if err := s.DeleteRegion(ctx, op, japan); err != nil {
		t.Fatal(err)
	}
	lead := s.as(s.lead)
	for _, path := range []string{"/trail", "/trail.csv", "/processes/" + itoa(s.process) + "/history"} {
		a := lead.get(path)
		a.shows(t, http.StatusOK, "Restore the service")
		if strings.Contains(a.text(), "no longer there") {
			t.Errorf("%s does not know what is gone: %.1500s", path, a.text())
		}
		if strings.Contains(a.body, ">Restore the service</a>") {
			t.Errorf("%s leads to what is gone", path)
		}
	}
}
