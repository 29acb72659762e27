package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// follow posts a form that must be done, and answers with the page it leads to.
func (r reader) follow(path string, form url.Values) answer {
	r.t.Helper()
	a := r.post(path, form)
	if a.status != http.StatusSeeOther {
		r.t.Fatalf("%s: status %d: %.500s", path, a.status, a.text())
	}
	return r.get(a.to)
}

func practiceForm(name, counter string) url.Values {
	return url.Values{"name": {name}, "category": {"service"}, "state": {"in use"}, "purpose": {"Find causes."}, "counter": {counter}}
}

func TestAPracticeIsAddedOnce(t *testing.T) {
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	lead.follow("/practices", practiceForm("Problem management", "")).shows(t, 200, "Problem management", "Find causes.", "Practice Owner", "Vacant")
	lead.post("/practices", practiceForm("Problem management", "")).shows(t, 422, "already", "Find causes.")
	lead.post("/practices", practiceForm(" \u200b ", "")).shows(t, 422, "a name", "Find causes.")
	reader.get("/practices").shows(t, 200, "Problem management", "Incident management")
	reader.get("/practices/new").shows(t, 403)
	reader.post("/practices", practiceForm("Mine", "")).shows(t, 403)
	reader.get("/practices/999").shows(t, 404)
	if page := reader.get("/practices/" + itoa(s.practice)); strings.Contains(page.body, "/edit") || strings.Contains(page.body, "/archive") {
		t.Error("a reader sees buttons that are not theirs")
	}
}

func TestTheLaterEditSeesMineAndTheirs(t *testing.T) {
	s := setScene(t)
	lead, at := s.as(s.lead), "/practices/"+itoa(s.practice)
	lead.follow(at, url.Values{"name": {"Incident management"}, "category": {"service"}, "state": {"in use"}, "purpose": {"Theirs."}, "counter": {"1"}}).shows(t, 200, "Theirs.")
	mine := url.Values{"name": {"Incident management"}, "category": {"service"}, "state": {"in use"}, "purpose": {"Mine."}, "counter": {"1"}}
	again := lead.post(at, mine)
	again.shows(t, 409, "Theirs.", "Mine.", "Stands now")
	if !strings.Contains(again.body, `name="counter" value="2"`) {
		t.Error("the form does not compare with what it showed")
	}
	mine.Set("counter", "2")
	lead.follow(at, mine).shows(t, 200, "Mine.")

	activity := "/activities/" + itoa(s.log)
	counter := itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM step WHERE activity_id = $1`, s.log))
	lead.follow(activity, url.Values{"name": {"Log it"}, "counter": {counter}})
	lead.post(activity, url.Values{"name": {"Write it down"}, "counter": {counter}}).shows(t, 409, "Log it", "Write it down")
}

func TestAProcessWithItsActivities(t *testing.T) {
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	form := url.Values{"name": {"Review incidents"}, "kind": {"care"}, "triggers": {"A month ends\n\nSomebody asks"}}
	page := lead.follow("/practices/"+itoa(s.practice)+"/processes", form)
	page.shows(t, 200, "Review incidents", "A month ends", "Somebody asks", "No activity yet")
	lead.post("/practices/"+itoa(s.practice)+"/processes", form).shows(t, 422, "already", "Somebody asks")
	process := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM process`)

	in := url.Values{"process": {itoa(process)}, "name": {"Read <b>everything</b>"}, "at": {"0"}, "procedure": {"javascript:alert(1)"}}
	page = lead.follow("/activities", in)
	page.shows(t, 200, "Read <b>everything</b>", "javascript:alert(1)")
	if strings.Contains(page.body, `href="javascript:`) || strings.Contains(page.body, "<b>everything") {
		t.Error("what was typed is executed")
	}
	in.Set("name", "")
	lead.post("/activities", in).shows(t, 422, "Give")
	reader.post("/activities", in).shows(t, 403)
	reader.get("/processes/"+itoa(process)+"?names=1").shows(t, 200, "Review incidents", "No R")
	reader.get("/processes/"+itoa(process)+"?on=yesterday").shows(t, 422)
	reader.get("/processes/"+itoa(process)+"/edit").shows(t, 403)
}

func TestHandOffsAndOrderThroughPages(t *testing.T) {
	s := setScene(t)
	lead, at := s.as(s.lead), "/activities/"+itoa(s.log)
	counter := itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM step WHERE activity_id = $1`, s.log))
	hand := url.Values{"direction": {"out"}, "what": {"the record"}, "other": {"a" + itoa(s.fix)}, "party": {"Police"}, "counter": {counter}}
	lead.post(at+"/hand-offs", hand).shows(t, 422, "Name one other side", "Write down a hand-off")
	hand.Set("party", "")
	lead.get(at+"/hand-offs?q=rest").shows(t, 200, "Restore", "activity of this process")
	lead.post(at+"/hand-offs", url.Values{"direction": {"out"}, "what": {"the record"}, "other_q": {"rest"}, "counter": {counter}}).shows(t, 200, "choose one Restore activity of this process", "Choose one of these")
	lead.follow(at+"/hand-offs", hand).shows(t, 200, "the record to Restore")
	lead.get("/activities/"+itoa(s.fix)).shows(t, 200, "the record from Log")

	order := "/processes/" + itoa(s.process) + "/order"
	version := itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM process_version WHERE process_id = $1`, s.process))
	move := url.Values{"activity": {itoa(s.fix)}, "to": {"1"}, "counter": {version}}
	lead.follow(order, move).shows(t, 200, "1 Restore", "2 Log")
	lead.post(order, move).shows(t, 409, "This is how it stands now", "1 Restore")
}

// A role that an import made for practitioners, since it did not know better, goes up in the Manager's of its practice.
func TestAPractitionersRoleMergesIntoItsManagers(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	role := func(name string, practice int64) int64 {
		lead.follow("/roles", url.Values{"kind": {"practitioner"}, "name": {name}, "practice": {itoa(practice)}}).shows(t, 200, name)
		return storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE name = $1`, name)
	}
	imported := role("Incident Manager", s.practice)
	lead.follow("/processes/"+itoa(s.process)+"/columns", url.Values{"role": {itoa(imported)}, "counter": {itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM process_version WHERE process_id = $1`, s.process))}})
	s.cell(s.log, imported, itsm.LetterI)
	at, into := "/roles/"+itoa(imported), url.Values{"into": {itoa(s.manager)}}
	lead.get(at+"/merge").shows(t, 200, "Practice Manager", "into a Manager’s of its own practice")
	lead.get(at+"/merge?into="+itoa(s.manager)).shows(t, 200, "nobody becomes a Manager by it", "Merge them")
	worn := must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{imported}, TeamIDs: []int64{s.desk}, From: storetest.Today, Announced: true}))[0]
	if a := lead.get(at + "/merge?into=" + itoa(s.manager)); !strings.Contains(a.text(), "A Manager is a person, and Service desk would become one") || strings.Contains(a.text(), "Merge them") {
		t.Errorf("a team's hat: %.600s", a.text())
	}
	lead.post(at+"/merge", into).shows(t, 422, "A Manager is a person, and Service desk would become one")
	if err := s.Withdraw(t.Context(), storetest.Operator, worn, "a slip"); err != nil {
		t.Fatal(err)
	}
	mine := s.wear(imported, s.lead, 0)
	lead.post(at+"/merge", into).shows(t, 422, "by your own hand")
	if err := s.Withdraw(t.Context(), storetest.Operator, mine, "a slip"); err != nil {
		t.Fatal(err)
	}
	s.wear(imported, s.ana, 0)
	lead.get(at+"/merge?into="+itoa(s.manager)).shows(t, 200, "becomes a Manager, with a Manager’s rights", "Ana Souza")
	lead.follow(at+"/merge", into).shows(t, 200, "Ana Souza", "merged the role")
	if kind := storetest.Value[string](t, s.DB, `SELECT string_agg(role_kind, ',') FROM assignment WHERE role_id = $1 AND person_id = $2`, s.manager, s.ana); kind != "manager" {
		t.Errorf("she is %q", kind)
	}
	undo := "/events/" + itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event WHERE act = 'merge two roles'`)) + "/undo"
	lead.get(undo).shows(t, 200, "Undo it")
	lead.follow(undo, url.Values{"back": {at}}).shows(t, 200, "Ana Souza")
	if kind := storetest.Value[string](t, s.DB, `SELECT string_agg(role_kind, ',') FROM assignment WHERE role_id = $1 AND person_id = $2`, imported, s.ana); kind != "practitioner" {
		t.Errorf("undone, she is %q", kind)
	}
	other := must[int64](t)(s.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: "Change enablement", Category: "service", State: "in use"}))
	lead.post("/roles/"+itoa(role("Change Manager", other))+"/merge", into).shows(t, 422, "of its own practice")
}

func TestMergeIsSaidBeforeAndUndoneAfter(t *testing.T) {
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	lead.follow("/roles", url.Values{"kind": {"practitioner"}, "name": {"First line"}, "practice": {itoa(s.practice)}}).shows(t, 200, "First line", "Nobody today")
	first := storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE name = 'First line'`)
	lead.follow("/processes/"+itoa(s.process)+"/columns", url.Values{"role": {itoa(first)}, "counter": {itoa(storetest.Value[int64](t, s.DB, `SELECT counter FROM process_version WHERE process_id = $1`, s.process))}})
	s.cell(s.log, first, itsm.LetterI)
	s.wear(first, s.ana, 0)

	at := "/roles/" + itoa(first)
	reader.get(at).shows(t, 200, "First line", "Ana Souza")
	reader.get(at+"/merge").shows(t, 403)
	lead.get(at+"/merge").shows(t, 200, "Merge it into", "Practitioner")
	lead.get(at+"/merge?into="+itoa(s.analyst)).shows(t, 200, "is made one with", "1 letter in 1 process move", "that is 1 activity", "1 holder of today")
	lead.post(at+"/merge", url.Values{"into": {itoa(s.owner)}}).shows(t, 422, "Only roles of one kind")
	lead.follow(at+"/merge", url.Values{"into": {itoa(s.analyst)}}).shows(t, 200, "Ana Souza", "merged the role")
	lead.get(at).shows(t, 200, "This role was merged")

	event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event WHERE act = 'merge two roles'`)
	undo := "/events/" + itoa(event) + "/undo"
	reader.get(undo).shows(t, 403)
	lead.get(undo).shows(t, 200, "merged the role", "Undo it")
	lead.follow(undo, url.Values{"back": {at}}).shows(t, 200, "Ana Souza")
	lead.post(undo, url.Values{"back": {at}}).shows(t, 409, "undone already")
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM raci_cell WHERE role_id = $1 AND letters = 'I'`, first); n != 1 {
		t.Errorf("%d letters came back", n)
	}
}

func TestServicesThroughPages(t *testing.T) {
	s := setScene(t)
	lead, reader := s.as(s.lead), s.as(s.reader)
	reader.get("/services").shows(t, 200, "No service yet")
	lead.follow("/services", url.Values{"name": {"Payroll"}, "purpose": {"Pay."}}).shows(t, 200, "Payroll", "Service Owner", "Vacant")
	at := "/services/" + itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM service`))
	lead.follow(at+"/support", url.Values{"support": {"p" + itoa(s.practice)}}).shows(t, 200, "Incident management practice")
	lead.post(at+"/support", url.Values{"support": {"p" + itoa(s.practice)}}).shows(t, 422, "already")
	lead.post(at+"/support", url.Values{"support": {"x9"}}).shows(t, 422, "Choose one")
	lead.get(at+"/support?q=desk").shows(t, 200, "Service desk", "team")
	lead.get(at+"/support?q=incident+manag").shows(t, 200, "Nothing found") // it supports the service already
	lead.post(at+"/support", url.Values{"support_q": {"desk"}, "find": {"support"}}).shows(t, 200, "choose one Service desk team", "Choose one of these")
	lead.post(at+"/support", url.Values{"support_q": {"no such team"}}).shows(t, 200, "Nothing found")
	reader.post(at+"/support", url.Values{"support": {"t" + itoa(s.desk)}}).shows(t, 403)
	lead.post(at, url.Values{"name": {""}, "purpose": {"Kept."}, "counter": {"1"}}).shows(t, 422, "Kept.")
	lead.follow(at+"/archive", url.Values{"counter": {"1"}}).shows(t, 200, "No service yet")
	reader.get(at).shows(t, 200, "This service is archived")
	lead.follow(at+"/restore", url.Values{}).shows(t, 200, "Payroll", "Edit service")
}

// A practice that was made one with another one says where its processes are, and asks for none.
func TestAMergedPracticeSaysWhereItsContentWent(t *testing.T) {
	s := setScene(t)
	op, id := storetest.Operator, must[int64](t)
	keep := id(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Support", Category: "service", State: "in use"}))
	counter := func(practice int64) int64 {
		return storetest.Value[int64](t, s.DB, `SELECT counter FROM practice WHERE id = $1`, practice)
	}
	if err := s.MergePractices(t.Context(), op, keep, s.practice, s.practice, counter(keep), counter(s.practice)); err != nil {
		t.Fatal(err)
	}
	a := s.as(s.reader).get("/practices/" + itoa(s.practice))
	a.shows(t, 200, "All of it went to Support", "Open Support")
	for _, empty := range []string{"No process yet", "0 holders", "No manager", "No policy governs it"} {
		if strings.Contains(a.text(), empty) {
			t.Errorf("it is said of it: %s", empty)
		}
	}
}

// Whoever archives reads before which hats end with it, and what comes first.
func TestArchivingSaysWhichHatsEnd(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	at := "/practices/" + itoa(s.practice) + "/archive"
	const end = "that somebody wears or will wear end"
	first := s.as(s.lead).get(at)
	first.shows(t, http.StatusOK, "It still has 1 process: archive each of them first")
	if strings.Contains(first.text(), "Archive it") {
		t.Error("it is offered to archive what cannot be archived yet")
	}
	process := "/processes/" + itoa(s.process) + "/archive"
	s.as(s.lead).post(process, url.Values{"counter": {s.as(s.lead).get(process).counter(t)}}).shows(t, http.StatusSeeOther)
	if text := s.as(s.lead).get(at).text(); strings.Contains(text, end) {
		t.Errorf("nobody wears one: %s", text)
	}
	s.wear(s.manager, s.jonas, s.emea)
	s.as(s.lead).get(at).shows(t, http.StatusOK, "1 hat of it that somebody wears or will wear ends today")
}

// What is archived offers nobody to appoint to its hats.
func TestNobodyIsOfferedTheHatsOfWhatIsArchived(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.post("/services", url.Values{"name": {"Payroll"}})
	service := storetest.Value[int64](t, s.DB, `SELECT id FROM service WHERE name = 'Payroll'`)
	owner := storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE service_id = $1`, service)
	s.wear(owner, s.jonas, 0)
	at, hat := "/services/"+itoa(service), "/roles/"+itoa(owner)
	lead.post(at+"/archive", url.Values{"counter": {"1"}}).shows(t, http.StatusSeeOther)
	offer := `"/assignments/new?role=` + itoa(owner)
	for _, path := range []string{at, hat} {
		if strings.Contains(lead.get(path).body, offer) {
			t.Errorf("%s offers a hat of an archived service", path)
		}
	}
	lead.get(hat).shows(t, http.StatusOK, "What it hangs on is archived: nobody is appointed to it.")
	lead.post(at+"/restore", url.Values{}).shows(t, http.StatusSeeOther)
	for _, path := range []string{at, hat} {
		if !strings.Contains(lead.get(path).body, offer) {
			t.Errorf("%s does not offer it once it is back", path)
		}
	}
}

// What nothing ever hung on is deleted, and the page that asks says so; of all else it speaks of archiving alone.
func TestWhatNothingHangsOnIsDeletedByThatName(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, op, id := s.as(s.lead), storetest.Operator, must[int64](t)
	practice := id(s.AddPractice(t.Context(), op, itsm.Practice{Name: "Change enablement", Category: "service", State: "planned"}))
	process := id(s.AddProcess(t.Context(), op, itsm.Process{PracticeID: s.practice, Name: "Improve", Kind: itsm.Care}))
	service := id(s.AddService(t.Context(), op, itsm.Service{Name: "Payroll"}))
	at := map[string]string{"Change enablement": "/practices/" + itoa(practice), "Improve": "/processes/" + itoa(process), "Payroll": "/services/" + itoa(service)}
	for name, url := range at {
		asked := lead.get(url + "/archive")
		asked.shows(t, 200, "Delete "+name+"?", "Delete it", "it is deleted and not archived")
		if strings.Contains(asked.text(), "Archive it") || strings.Contains(asked.text(), "must be archived first") {
			t.Errorf("%s: %.500s", name, asked.text())
		}
	}
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'owner'`, practice), s.marta, 0)
	s.wear(storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE service_id = $1 AND kind = 'owner'`, service), s.marta, 0)
	id(s.AddActivity(t.Context(), op, process, itsm.Step{Name: "Look back"}, 1, store.Latest))
	for name, url := range at {
		asked := lead.get(url + "/archive")
		asked.shows(t, 200, "Archive "+name+"?", "Archive it", "it can be brought back")
		if strings.Contains(asked.text(), "delete") {
			t.Errorf("%s: %.500s", name, asked.text())
		}
	}
	lead.get("/practices/"+itoa(s.practice)+"/archive").shows(t, 200, "It still has 2 processes")
}
