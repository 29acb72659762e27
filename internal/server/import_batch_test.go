package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

const smallGrid = "Activity,Manager,Desk lead,Second line\nLog,A,R,\nEscalate,,R,C\nClose,A,A,R\nTell,A,X,R\n"

// named are the names of fields of a page that begin like this, each once, in order: their keys are of the page's making.
func named(body, prefix string) (names []string) {
	for _, m := range regexp.MustCompile(`name="(`+regexp.QuoteMeta(prefix)+`\[[^"]+\])"`).FindAllStringSubmatch(body, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// grids are the addresses of the grids of a batch, in order.
func grids(body string) (addresses []string) {
	for _, m := range regexp.MustCompile(`<th scope="row">\s*<a href="(/import/raci/\d+/grids/[^"]+)"`).FindAllStringSubmatch(body, -1) {
		if !slices.Contains(addresses, m[1]) {
			addresses = append(addresses, m[1])
		}
	}
	return addresses
}

// importing confirms what a batch will change, as it was shown.
func importing(t *testing.T, by reader, batch string) answer {
	t.Helper()
	return by.post(batch+"/import", url.Values{"seen": {seenPlan(t, by, batch)}})
}

// seenPlan is the print of what a batch will change, as the page shows it.
func seenPlan(t *testing.T, by reader, batch string) string {
	t.Helper()
	plan := by.get(batch + "/plan")
	plan.shows(t, http.StatusOK, "What will change")
	seen := regexp.MustCompile(`name="seen" value="([^"]+)"`).FindStringSubmatch(plan.body)
	if seen == nil {
		t.Fatalf("the plan says not what was seen: %s", plan.text())
	}
	return seen[1]
}

func TestAGridIsPreviewedAskedAboutAndImportedOnce(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	lead := s.as(s.lead)
	staged := lead.uploadWith("/import/raci", "grid.csv", []byte(smallGrid), map[string]string{"process": itoa(s.process)})
	staged.shows(t, http.StatusSeeOther)
	shown := lead.get(staged.to)
	shown.shows(t, http.StatusOK, "Into Handle an incident of Incident management", "1 row has no A: who answers?", "1 row has several A", "What does “X” mean?", "2 are new")
	lead.post(staged.to, url.Values{"do": {"plan"}}).shows(t, http.StatusUnprocessableEntity, "Your answers are kept: one thing to put right", "3 questions have no answer yet")
	for _, path := range []string{staged.to, staged.to + "/plan", grids(shown.body)[0]} {
		s.as(s.reader).get(path).shows(t, http.StatusNotFound)
		s.as(s.marta).get(path).shows(t, http.StatusNotFound)
	}
	lead.post(staged.to, url.Values{"do": {"plan"}, "no_a": {"owner"}, "some_a": {"first"}, named(shown.body, "letter")[0]: {"I"}}).shows(t, http.StatusSeeOther)
	lead.get(staged.to+"/plan").shows(t, http.StatusOK, "Into Handle an incident", "3 added, 1 changed", "Desk lead", "Second line")
	lead.post(staged.to+"/import", url.Values{"seen": {"something else"}}).shows(t, http.StatusConflict, "Something changed since you looked")
	importing(t, lead, staged.to).shows(t, http.StatusSeeOther)
	lead.post(staged.to+"/import", url.Values{"seen": {"again"}}).shows(t, http.StatusSeeOther)
	lead.get(staged.to).shows(t, http.StatusOK, "The grids are in", "Undo all of it")
	m := must[*itsm.Matrix](t)(s.Matrix(t.Context(), itsm.Actor{Operator: true}, s.process, storetest.Today))
	if len(m.Rows) != 6 || len(m.Columns) != 5 {
		t.Errorf("%d rows and %d columns after two confirmations", len(m.Rows), len(m.Columns))
	}
}

// What many headings, rows and signs ask is asked once for all of them, and one that was answered alone keeps its answer.
func TestManyQuestionsOfAKindAreOne(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "ugly.csv", []byte("Activity,Marta Nowak,Priya Raman,Desk lead\n"+
		"Log,A,R,V\n,A,R,D\n,R,A,C\n"+strings.Repeat("check everything ", 20)+",A,R,I\n"), map[string]string{"practice": itoa(s.practice)})
	up.shows(t, http.StatusSeeOther)
	shown := lead.get(up.to)
	shown.shows(t, http.StatusOK, "2 headings hold names of people", "2 rows have letters and no name", "What do these 2 signs mean?", "All that are not chosen above", "3 open")
	who, letters := named(shown.body, "who"), named(shown.body, "letter")
	if len(who) != 2 || len(letters) != 2 {
		t.Fatalf("asked about %v and %v", who, letters)
	}
	role := named(shown.body, "role")
	answers := url.Values{"do": {"look"}, "who_all": {"yes"}, "nameless": {"line"}, "letter_all": {"note"}, letters[0]: {"C"}, letters[1]: {""}, who[0]: {""}, who[1]: {"nobody"}}
	for _, r := range role {
		answers.Set(r, "")
	}
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	again := lead.get(up.to)
	again.shows(t, http.StatusOK, "all answered", "Worn by Marta Nowak", "C, gives input", "Keep it as a note")
	if strings.Contains(again.text(), "Worn by Priya Raman") {
		t.Error("what was said of one alone did not win")
	}
	answers.Set("who_all", "nobody")
	answers.Set(who[0], regexp.MustCompile(`value="(\d+)" selected[^>]*>Yes, Marta Nowak`).FindStringSubmatch(again.body)[1])
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	if strings.Contains(lead.get(up.to).text(), "Worn by Marta") {
		t.Error("no to all of them left one")
	}
	lead.get(grids(shown.body)[0]).shows(t, http.StatusOK, "Line 3", "Name shortened", "Rows 3 and 4 have letters and no name")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM step WHERE name LIKE 'check everything%…' AND length(text) > 300`); n != 1 {
		t.Errorf("%d activities keep the whole of a long name", n)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM step WHERE name IN ('Line 3', 'Line 4')`); n != 2 {
		t.Errorf("%d rows came in by their line", n)
	}
}

// What the file itself says of an abbreviation is what the new role is called, and how a role that there is is found.
func TestAbbreviationsOfAFileNameTheRoles(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	grid := "## Roles\n\n* **DIR:** IT Director\n* **MG:** Manager\n\n## RACI\n\n| Step | DIR | MG | TL |\n|---|---|---|---|\n| Plan | A | R | I |\n| Ship | A | C | R |\n| Tell | I | A | R |\n"
	up := lead.uploadWith("/import/raci", "abbr.md", []byte(grid), map[string]string{"practice": itoa(s.practice)})
	up.shows(t, http.StatusSeeOther)
	lead.get(up.to).shows(t, http.StatusOK, "2 are new", "A new role: IT Director", "A new role: TL", "Manager (same name)")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	if names := storetest.Value[string](t, s.DB, `SELECT string_agg(r.name, ', ' ORDER BY c.position) FROM raci_column c JOIN role r ON r.id = c.role_id
		JOIN process_version v ON v.id = c.version_id JOIN process p ON p.id = v.process_id WHERE p.name = 'Abbr'`); names != "Owner, Manager, IT Director, TL" {
		t.Error(names)
	}
}

// Several files are decided once, come in as one change, and go out as one.
func TestABatchIsDecidedOnceAndUndoneAsAWhole(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	before := storetest.Value[string](t, s.DB, counts)
	events := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`)
	up := lead.uploadWith("/import/raci", "first.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nCheck,I,R\n"), nil)
	up.shows(t, http.StatusSeeOther)
	lead.uploadWith(up.to+"/files", "second.md", []byte("| Step | Planner | Ops lead |\n|---|---|---|\n| Ship | R | V |\n| Tell | R | A |\n"), nil).shows(t, http.StatusSeeOther)
	lead.uploadWith(up.to+"/files", "decoy.csv", []byte("Name,City\nAnn,Rome\nBo,Oslo\n"), nil).shows(t, http.StatusSeeOther)
	shown := lead.get(up.to)
	shown.shows(t, http.StatusOK, "2 grids come in together", "One stays out", "2 rows have no A", "What does “V” mean?", "2 are new")
	lead.post(up.to, url.Values{"do": {"plan"}, "no_a": {"open"}, named(shown.body, "letter")[0]: {"C"}, "practice": {""}, "practice_name": {""}}).
		shows(t, http.StatusUnprocessableEntity, "Choose the practice of the new processes")
	wrong := lead.post(up.to, url.Values{"do": {"plan"}, "practice": {""}, "practice_name": {"Logistics"}, "approved_by": {"The board"}, "approved_on": {"2999-01-01"}})
	wrong.shows(t, http.StatusUnprocessableEntity, "it cannot lie ahead")
	if !strings.Contains(wrong.body, `value="The board"`) || !strings.Contains(wrong.body, `value="Logistics"`) {
		t.Error("what was typed did not come back")
	}
	answers := url.Values{"do": {"plan"}, "practice": {""}, "practice_name": {"Logistics"}, "approved_by": {"The board"}, "approved_on": {"2026-01-05"}, "approved_in": {"Minutes 12"}}
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "of the new practice Logistics", "As approved by The board on 5 Jan 2026 (Minutes 12), before Hatrack", "Ops lead", "decoy.csv", "Logistics is planned: it has next steps and no gaps")
	answers.Set("practice_state", "in use")
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "Logistics is in use from now on")
	answers.Set("practice_state", "planned")
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`); n != events+1 {
		t.Errorf("%d events for one import", n-events)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM role WHERE name IN ('Ops lead', 'Planner')`); n != 2 {
		t.Errorf("%d roles for two names", n)
	}
	if state := storetest.Value[string](t, s.DB, `SELECT state FROM practice WHERE name = 'Logistics'`); state != "planned" {
		t.Errorf("the new practice is %s", state)
	}
	said := storetest.Value[string](t, s.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`)
	if !strings.Contains(said, "4 activities added") || !strings.Contains(said, "as approved by “The board” on 5 Jan 2026, “Minutes 12”") {
		t.Error(said)
	}
	made := itoa(storetest.Value[int64](t, s.DB, `SELECT process_id FROM process_version WHERE approved_reference = 'Minutes 12' LIMIT 1`))
	for _, at := range []string{"", "/raci"} {
		lead.get("/processes/"+made+at).shows(t, http.StatusOK, "As approved by The board on 5 Jan 2026 (Minutes 12), before Hatrack")
	}
	for day, says := range map[string]string{"2026-01-04": "approved on 5 Jan 2026 only: on 4 Jan 2026 it was not in force", "2026-01-06": "By then it was approved, since 5 Jan 2026"} {
		lead.get("/processes/"+made+"?on="+day).shows(t, http.StatusOK, says)
		lead.get("/processes/"+made+"/raci?on="+day).shows(t, http.StatusOK, says)
	}
	event := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))
	lead.get("/events/"+event+"/undo").shows(t, http.StatusOK, "Undo this change?")
	lead.post("/events/"+event+"/undo", nil).shows(t, http.StatusSeeOther)
	if after := storetest.Value[string](t, s.DB, counts); after != before {
		t.Errorf("after undoing: %s, before: %s", after, before)
	}
	lead.get(up.to).shows(t, http.StatusOK, "It was undone", "Bring it again")
}

// counts is how much of everything there is that an import makes.
const counts = `SELECT concat_ws(' ', (SELECT count(*) FROM practice), (SELECT count(*) FROM process), (SELECT count(*) FROM role), (SELECT count(*) FROM activity),
	(SELECT count(*) FROM step), (SELECT count(*) FROM raci_column), (SELECT count(*) FROM raci_cell), (SELECT count(*) FROM assignment))`

// A role that another practice has is not taken silently, a row without an A may be left open, and what was repaired is
// shown in its place.
func TestAGridAsksAboutRolesOfElsewhere(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	id := must[int64](t)(s.AddRole(t.Context(), storetest.Operator, itsm.Role{Kind: itsm.Practitioner, Name: "Desk lead", PracticeID: s.practice}))
	up := lead.uploadWith("/import/raci", "grid.csv", []byte("Activity,Desk lead,Second line\nAssess,r/c,\nTell,R,C\n"), nil)
	shown := lead.get(up.to)
	shown.shows(t, http.StatusOK, "“Desk lead” is a role of Incident management. Is that one meant?", "Yes, the same hat with the same holders", "Not decided yet", "Leave open")
	grid := lead.get(grids(shown.body)[0])
	grid.shows(t, http.StatusOK, "A tinted cell was repaired")
	if !strings.Contains(grid.body, "written as </span>r/c</s>") {
		t.Error("the repaired cell is not marked")
	}
	answers := url.Values{"do": {"plan"}, "no_a": {"open"}, "practice": {""}, "practice_name": {"Change enablement"}}
	lead.post(up.to, answers).shows(t, http.StatusUnprocessableEntity, "“Desk lead” is a role of Incident management")
	for _, name := range named(shown.body, "role") {
		answers.Set(name, "")
	}
	answers.Set(named(shown.body, "elsewhere")[0], "role:"+itoa(id))
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM role WHERE name = 'Desk lead'`); n != 1 {
		t.Errorf("%d roles are called Desk lead", n)
	}
	if said := storetest.Value[string](t, s.DB, `SELECT summary FROM event WHERE summary LIKE 'imported the grid%'`); !strings.HasSuffix(said, "left open who answers in 2") {
		t.Error(said)
	}
	must[int64](t)(s.AddRole(t.Context(), storetest.Operator, itsm.Role{Kind: itsm.Practitioner, Name: "Service manager", PracticeID: s.practice}))
	short := lead.uploadWith("/import/raci", "short.csv", []byte("Activity,Svc Mgr,Third line\nAssess,A,R\nTell,A,R\n"), nil)
	lead.get(short.to).shows(t, http.StatusOK, "“Service manager” is a role of Incident management. Is that “Svc Mgr”?")
}

func TestAFileThatIsNoGridIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	to := map[string]string{"process": itoa(s.process)}
	for name, c := range map[string]struct{ content, says string }{"x.csv": {"Name,City\nAnn,Rome\nBo,Oslo\n", "No RACI grid was found here"}, "x.pdf": {"%PDF-1.7", "This is a PDF"}} {
		up := lead.uploadWith("/import/raci", name, []byte(c.content), to)
		up.shows(t, http.StatusSeeOther)
		lead.get(up.to).shows(t, http.StatusOK, c.says, "Nothing is changed yet")
		lead.post(up.to, url.Values{"do": {"plan"}}).shows(t, http.StatusUnprocessableEntity, "No grid comes in")
	}
	lead.uploadWith("/import/raci", "empty.csv", nil, to).shows(t, http.StatusUnprocessableEntity, "Choose a file that holds something")
	lead.uploadWith("/import/raci", "grid.csv", make([]byte, 21<<20), to).shows(t, http.StatusRequestEntityTooLarge, "more than 20 MiB")
	s.as(s.reader).uploadWith("/import/raci", "grid.csv", []byte(smallGrid), to).shows(t, http.StatusForbidden)
}

// Who is named in a heading is asked about, and becomes the holder as found in the file; each group may be a process.
func TestPeopleInHeadingsBecomeHoldersAndGroupsProcesses(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	facts(t, s.DB, `UPDATE person SET employed = daterange(lower(employed), '2027-01-01') WHERE id = `+itoa(s.marta)) // she leaves, and wears it until then
	const text = "Phase,Task,Coordinator (Marta Nowak),Desk lead\nPlan,Draft it,A,R\n,Check it,A,R\nBuild,Make it,A,R\n,Test it,A,R\n"
	up := lead.uploadWith("/import/raci", "phases.csv", []byte(text), map[string]string{"practice": itoa(s.practice)})
	shown := lead.get(up.to)
	shown.shows(t, http.StatusOK, "holds the name of somebody in the directory", "Yes, Marta Nowak")
	lead.post(up.to, url.Values{"do": {"plan"}}).shows(t, http.StatusUnprocessableEntity, "One question has no answer yet")
	lead.post(grids(shown.body)[0], url.Values{"split": {"true"}, "do": {"look"}}).shows(t, http.StatusSeeOther)
	answers := url.Values{"do": {"plan"}, named(shown.body, "who")[0]: {itoa(s.marta)}}
	for _, name := range named(shown.body, "role") {
		answers.Set(name, "")
	}
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "New process Plan of Incident management", "New process Build of Incident management", "Marta Nowak as Coordinator", "Import 1 grid")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	if said := storetest.Value[string](t, s.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`); !strings.HasPrefix(said, "imported the grid of “phases.csv” into ") {
		t.Error(said)
	}
	got := storetest.Value[string](t, s.DB, `SELECT r.name || ' ' || p.name || ' ' || a.reference || ' ' || a.capacity || ' until ' || upper(a.during) || ', said ' || COALESCE(upper(a.announced_during)::text, 'never') FROM assignment a JOIN role r ON r.id = a.role_id JOIN person p ON p.id = a.person_id ORDER BY a.id DESC LIMIT 1`)
	if got != "Coordinator Marta Nowak as found in phases.csv holder until 2027-01-01, said never" {
		t.Errorf("the holder is %q", got)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM process WHERE name IN ('Plan', 'Build')`); n != 2 {
		t.Errorf("%d processes", n)
	}
}

// "Marta Nowak (Manager)" is Marta as the Manager that a new practice has anyway: a second one cannot be made.
func TestAPersonInAHeadingWearsTheHatThatANewPracticeHas(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "facilities.csv", []byte("Task,Desk lead,Marta Nowak (Manager)\nTake it,R,A\nSolve it,R,A\nClose it,R,A\n"), nil)
	shown := lead.get(up.to)
	answers := url.Values{"do": {"plan"}, "practice": {"0"}, "practice_name": {"Facilities"}, named(shown.body, "who")[0]: {itoa(s.marta)}}
	for _, name := range named(shown.body, "role") {
		answers.Set(name, "")
	}
	lead.post(up.to, answers).shows(t, http.StatusSeeOther)
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	got := storetest.Value[string](t, s.DB, `SELECT r.kind || ' of ' || t.name FROM assignment a JOIN role r ON r.id = a.role_id JOIN practice t ON t.id = r.practice_id ORDER BY a.id DESC LIMIT 1`)
	if got != "manager of Facilities" {
		t.Errorf("she is %q", got)
	}
}

// A role that one grid has in two spellings is in one grid.
func TestARoleInTwoSpellingsIsInOneGrid(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "desk.csv", []byte("Task,Boss,Night Crew,Night-Crew\nTake it,A,R,\nSolve it,A,,R\nClose it,A,R,\n"), nil)
	if body := lead.get(up.to).text(); !strings.Contains(body, "Night Crew") || strings.Contains(body, "in 2 grids") {
		t.Error(body)
	}
}

// What an import into a process says of its approval goes with it.
func TestAnApprovalFromBeforeIsUndoneWithItsImport(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "grid.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nCheck,A,R\n"), map[string]string{"process": itoa(s.process)})
	up.shows(t, http.StatusSeeOther)
	lead.post(up.to, url.Values{"approved_in": {"Minutes 12"}}).shows(t, http.StatusUnprocessableEntity, "Say who approved them")
	lead.post(up.to, url.Values{"do": {"plan"}, "approved_by": {"The board"}}).shows(t, http.StatusSeeOther)
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	at := "/processes/" + itoa(s.process)
	lead.get(at).shows(t, http.StatusOK, "As approved by The board, before Hatrack")
	lead.post("/events/"+itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))+"/undo", nil).shows(t, http.StatusSeeOther)
	if strings.Contains(lead.get(at).body, "before Hatrack") {
		t.Error("an approval outlived its import")
	}
}

// A role that is called as somebody is there already when its matrix comes back: who wears it is not asked again.
func TestARoleThatIsCalledAsSomebodyIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	bring := func() string {
		return lead.uploadWith("/import/raci", "take-calls.csv", []byte("Activity,Jonas Weber,Boss\nLog,R,A\nSort,R,A\nSolve,R,A\n"), map[string]string{"practice": itoa(s.practice)}).to
	}
	first := bring()
	asked := lead.get(first)
	asked.shows(t, http.StatusOK, "holds the name of somebody in the directory")
	lead.post(first, url.Values{"do": {"plan"}, named(asked.body, "who")[0]: {itoa(s.jonas)}, named(asked.body, "role")[0]: {""}}).shows(t, http.StatusSeeOther)
	importing(t, lead, first).shows(t, http.StatusSeeOther)
	if again := lead.get(bring()); strings.Contains(again.text(), "holds the name of somebody") {
		t.Errorf("it is asked again: %s", again.text())
	}
	lead.post("/events/"+itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))+"/undo", url.Values{})
	lead.get(bring()).shows(t, http.StatusOK, "holds the name of somebody in the directory")
}
