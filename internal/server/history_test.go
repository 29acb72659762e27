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

// TestTheTrailIsForWhoMayReadIt: the office and auditors, an auditor of a practice its own part; nobody else any of it.
func TestTheTrailIsForWhoMayReadIt(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	other := id(s.AddPractice(ctx, op, itsm.Practice{Name: "Problem management", Category: "service", State: "in use"}))
	facts(t, s.DB, `UPDATE practice SET purpose = 'hidden from the scoped' WHERE id = `+itoa(other))
	auditor, scoped := s.person("Aiko Tanaka"), s.person("Bo Scoped")
	dana := id(s.AddPerson(ctx, op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, dana, 0)
	for _, p := range []int64{auditor, scoped} {
		s.as(p)
		practice := "NULL"
		if p == scoped {
			practice = itoa(s.practice)
		}
		facts(t, s.DB, `INSERT INTO account_grant (account_id, kind, practice_id, during) SELECT id, 'auditor', `+practice+`, '[2026-01-01,2027-06-01)' FROM account WHERE person_id = `+itoa(p))
	}
	for who, person := range map[string]int64{"the lead": s.lead, "an auditor": auditor} {
		a := s.as(person).get("/trail")
		a.shows(t, http.StatusOK, "Problem management", "Incident management", "at the command line", "before and after")
		s.as(person).get("/trail?act=edit+a+process&kind=letters").shows(t, http.StatusOK, "gave Practitioner of Incident management R in Log")
		if text := s.as(person).get("/trail?who=Nobody+Known").text(); !strings.Contains(text, "Nothing matches") {
			t.Errorf("%s: a name that nobody has finds something", who)
		}
		s.as(person).get("/trail?about=practice:"+itoa(other)).shows(t, http.StatusOK, "about Problem management", "added the practice Problem management")
		csv := s.as(person).get("/trail.csv")
		if csv.status != http.StatusOK || !strings.Contains(csv.body, "added the practice Problem management") || !strings.Contains(csv.body, "operator") {
			t.Errorf("%s: the file lacks events: %.300s", who, csv.body)
		}
	}
	// All that one event changed is a file of its own, for those alone who read the trail of all that it speaks of.
	rows := "/trail/" + itoa(storetest.Value[int64](t, s.DB, `SELECT max(event_id) FROM change WHERE table_name = 'practice' AND row_id = $1 AND before IS NOT NULL`, other)) + "/rows.csv"
	for _, person := range []int64{s.lead, auditor} {
		if csv := s.as(person).get(rows); csv.status != http.StatusOK || !strings.Contains(csv.body, "Practice: Problem management,changed,Purpose,,hidden from the scoped") {
			t.Errorf("the rows of an event: %d %.300s", csv.status, csv.body)
		}
	}
	for _, person := range []int64{scoped, s.reader, dana} {
		if a := s.as(person).get(rows); a.status != http.StatusNotFound {
			t.Errorf("%d reads the rows of an event that is not for them: %d", person, a.status)
		}
	}
	before := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`)
	part := s.as(scoped)
	for _, page := range []string{"/trail", "/trail.csv"} {
		a := part.get(page)
		if a.status != http.StatusOK || !strings.Contains(a.body, "Log") || strings.Contains(a.body, "Problem management") || strings.Contains(a.body, "hidden from the scoped") || strings.Contains(a.body, "added Marta") {
			t.Errorf("%s: an auditor of one practice sees something else: %d %.900s", page, a.status, a.text())
		}
	}
	if after := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event`); after != before {
		t.Error("auditing wrote something")
	}
	part.get("/trail?about=practice:"+itoa(other)).shows(t, http.StatusOK, "Nothing matches")
	part.get("/processes/"+itoa(s.process)+"/history").shows(t, http.StatusOK, "before and after")
	if strings.Contains(part.get("/practices/"+itoa(other)+"/history").body, "before and after") {
		t.Error("an auditor of one practice reads the rows of another")
	}
	for who, person := range map[string]int64{"a reader": s.reader, "a supplier": dana} {
		for _, page := range []string{"/trail", "/trail.csv", "/trail?about=practice:" + itoa(s.practice)} {
			if a := s.as(person).get(page); a.status != http.StatusForbidden {
				t.Errorf("%s reads %s: %d", who, page, a.status)
			}
		}
	}
	s.as(dana).get("/practices/"+itoa(other)+"/history").shows(t, http.StatusNotFound)
	s.as(dana).get("/people/"+itoa(s.marta)+"/history").shows(t, http.StatusNotFound)
	s.as(dana).get("/people/"+itoa(dana)+"/history").shows(t, http.StatusOK, "appointed Dana Petrov")
	s.as(dana).get("/teams/"+itoa(s.desk)+"/history").shows(t, http.StatusNotFound)
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

func TestTheTrailComesPageByPage(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx := t.Context()
	for i := range 2*itsm.HistoryPage + 7 {
		letters := itsm.LetterC
		if i%2 == 0 {
			letters = itsm.LetterI
		}
		if err := s.SetCell(ctx, storetest.Operator, store.CellEdit{ProcessID: s.process, ActivityID: s.fix, RoleID: s.owner, Counter: store.Latest, Cell: itsm.Cell{Letters: letters}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, list := range []string{"trail", "history", "frequent"} {
		if list == "frequent" { // of a kind with many changes the trail is read from its end, and not by them: those that changed nothing do not count
			facts(t, s.DB, `INSERT INTO change (event_id, table_name, row_id, before, after)
				SELECT (SELECT min(id) FROM event), 'raci_cell', 1, '{"letters": "C", "counter": 1}', '{"letters": "C", "counter": 2}' FROM generate_series(1, 5001)`)
		}
		seen, before := map[int64]bool{}, int64(0)
		for range 9 {
			var records []itsm.Record
			var older int64
			var err error
			f := itsm.HistoryFilter{Kind: "letters", Before: before}
			if list != "history" {
				var trail itsm.Trail
				trail, err = s.Trail(ctx, storetest.Operator, f)
				records, older = trail.Records, trail.Older
			} else {
				var h itsm.History
				h, err = s.History(ctx, storetest.Operator, "process", s.process, f)
				records, older = h.Records, h.Older
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				if seen[r.EventID] || before != 0 && r.EventID >= before {
					t.Fatalf("%s: event %d comes twice, or out of order", list, r.EventID)
				}
				seen[r.EventID] = true
			}
			if before = older; older == 0 {
				break
			}
		}
		if n := storetest.Value[int64](t, s.DB, `
			SELECT count(DISTINCT event_id) FROM change WHERE table_name = 'raci_cell' AND before - 'counter' IS DISTINCT FROM after - 'counter'`); int64(len(seen)) != n {
			t.Errorf("%s: %d of %d events", list, len(seen), n)
		}
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

func TestTheTrailShowsAFewRowsOfMany(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	auditor := s.as(s.lead)
	for _, of := range []struct {
		rows, shown int
		more        bool
	}{{10, 10, false}, {11, 3, true}} {
		facts(t, s.DB, `INSERT INTO change (event_id, table_name, row_id, after)
			SELECT currval('event_id_seq'), 'raci_cell', n, '{"letters": "C"}' FROM generate_series(1, `+itoa(int64(of.rows))+`) n`)
		event := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))
		_, latest, _ := strings.Cut(auditor.get("/trail").body, "event "+event+"<")
		latest, _, _ = strings.Cut(latest, "</details>")
		if n := strings.Count(latest, "<b><bdi>"); n != of.shown {
			t.Errorf("%d of %d rows are shown, want %d", n, of.rows, of.shown)
		}
		if more := strings.Contains(latest, `href="/trail/`+event+`/rows.csv"`); more != of.more {
			t.Errorf("of %d rows, all as a file: %t, want %t", of.rows, more, of.more)
		}
	}
}
