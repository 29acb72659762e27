package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
	"hatrack/web/page"
)

// matrixText is the matrix of a process by its name: "section: activity role=letters".
const matrixText = `
	SELECT string_agg(line, '; ' ORDER BY position) FROM (
		SELECT s.position, concat_ws(': ', NULLIF(s.section, ''), s.name) || ' ' || string_agg(r.name || '=' || c.letters, ' ' ORDER BY k.position) AS line
		FROM process p JOIN process_version v ON v.process_id = p.id JOIN step s ON s.version_id = v.id
		JOIN raci_cell c ON c.version_id = v.id AND c.activity_id = s.activity_id JOIN role r ON r.id = c.role_id JOIN raci_column k ON k.version_id = v.id AND k.role_id = c.role_id
		WHERE p.name = $1 GROUP BY s.position, s.section, s.name) AS rows`

// Two grids go into one new process: one plan, one change, undone as a whole.
func TestGridsGoIntoOneProcessTogether(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	before := storetest.Value[string](t, s.DB, counts)
	events := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`)
	up := lead.uploadWith("/import/raci", "day.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nCheck,A,R\n"), map[string]string{"practice": itoa(s.practice)})
	lead.uploadWith(up.to+"/files", "night.csv", []byte("Activity,Planner,Watch\nCheck,C,A\nWake,R,A\n"), nil)
	lead.post(up.to, url.Values{"together": {"Operate"}})
	lead.get(up.to).shows(t, http.StatusOK, "New process Operate of Incident management, together with 1 other grid", "1 row has several A", "1 row stands in two grids with different letters", "2 open")
	lead.post(up.to, url.Values{"do": {"plan"}, "some_a": {"first"}, "differ": {"both"}, "together": {"Operate"}}).shows(t, http.StatusSeeOther)
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "Import 2 grids", "3 added", "From day.csv, night.csv", "in 2 grids")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	lead.get(up.to).shows(t, http.StatusOK, "Operate", "day.csv, night.csv")
	if got, want := storetest.Value[string](t, s.DB, matrixText, "Operate"), "Plan Ops lead=A Planner=R; Check Ops lead=A Planner=RC Watch=R; Night: Wake Planner=R Watch=A"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`); n != events+1 {
		t.Errorf("%d events", n-events)
	}
	event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	if said := storetest.Value[string](t, s.DB, `SELECT summary FROM event WHERE id = $1`, event); !strings.HasPrefix(said, "imported 2 grids of “day.csv” and “night.csv” into ") {
		t.Error(said)
	}
	lead.post("/events/"+itoa(event)+"/undo", nil).shows(t, http.StatusSeeOther)
	if after := storetest.Value[string](t, s.DB, counts); after != before {
		t.Errorf("after undoing: %s, before: %s", after, before)
	}
}

// That they go together is shown, and what that asks, before anybody says into which practice.
func TestGridsGoTogetherBeforeTheirPracticeIsSaid(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "day.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nCheck,A,R\n"), nil)
	lead.uploadWith(up.to+"/files", "night.csv", []byte("Activity,Planner,Watch\nCheck,C,A\nWake,R,A\n"), nil)
	lead.post(up.to, url.Values{"together": {"Operate"}})
	lead.get(up.to).shows(t, http.StatusOK, "New process Operate, together with 1 other grid", "1 row stands in two grids with different letters", "1 new process")
}

// Two grids go into a process that there is; a grid may say on its own page that it goes where another one goes.
func TestGridsGoTogetherIntoAProcessThatThereIs(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "day.csv", []byte("Activity,Ops lead,Planner\nPlan,A,R\nLog,A,R\n"), map[string]string{"practice": itoa(s.practice)})
	lead.uploadWith(up.to+"/files", "night.csv", []byte("Activity,Planner,Watch\nlog,R,I\nWake,R,A\n"), nil)
	grids := grids(lead.get(up.to).body)
	if len(grids) != 2 {
		t.Fatalf("grids %v", grids)
	}
	process := named(lead.get(grids[1]).body, "process")[0]
	with := "with:" + grids[0][strings.LastIndex(grids[0], "/")+1:]
	lead.post(grids[1], url.Values{process: {with}}).shows(t, http.StatusSeeOther)
	lead.get(grids[1]).shows(t, http.StatusOK, "New process Day of Incident management, together with 1 other grid", "Together with Day, day.csv")
	lead.post(grids[0], url.Values{process: {itoa(s.process)}}).shows(t, http.StatusSeeOther)
	lead.get(up.to).shows(t, http.StatusOK, "Into Handle an incident of Incident management, together with 1 other grid")
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "2 added, 1 changed, 0 unchanged", "Import 2 grids")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	got := storetest.Value[string](t, s.DB, matrixText, "Handle an incident")
	if !strings.Contains(got, "Ops lead=A Planner=R Watch=I; Categorise") || !strings.Contains(got, "; Plan Ops lead=A Planner=R; Night: Wake Planner=R Watch=A") {
		t.Error(got)
	}
	s.as(s.reader).get(up.to).shows(t, http.StatusNotFound)
}

// Names of new roles that look alike are asked about once, over all files, and never put together unasked.
func TestNewRolesOfSeveralFilesThatLookAlike(t *testing.T) {
	t.Parallel()
	for answer, roles := range map[string]string{"same": "Floor Manager, Planner", "no": "Floor Manager, Floor Mgr, Planner"} {
		s := setScene(t)
		lead := s.as(s.lead)
		up := lead.uploadWith("/import/raci", "day.csv", []byte("Activity,Floor Manager,Planner\nPlan,A,R\nLog,A,R\n"), map[string]string{"practice": itoa(s.practice)})
		lead.uploadWith(up.to+"/files", "night.csv", []byte("Activity,Planner,Floor Mgr\nRing,R,A\nWake,R,A\n"), nil)
		lead.post(up.to, url.Values{"do": {"plan"}}).shows(t, http.StatusUnprocessableEntity, "Are “Floor Mgr” and “Floor Manager” one role?", "One question has no answer yet")
		same := named(lead.get(up.to).body, "same")
		if len(same) != 1 {
			t.Fatalf("asked %v", same)
		}
		lead.post(up.to, url.Values{"do": {"plan"}, same[0]: {answer}}).shows(t, http.StatusSeeOther)
		lead.get(up.to).shows(t, http.StatusOK, "all answered")
		importing(t, lead, up.to).shows(t, http.StatusSeeOther)
		if got := storetest.Value[string](t, s.DB, `SELECT string_agg(name, ', ' ORDER BY name) FROM role WHERE name LIKE 'Floor%' OR name = 'Planner'`); got != roles {
			t.Errorf("%s: roles %s, want %s", answer, got, roles)
		}
	}
}

// A matrix that goes out and comes back changes nothing, and says so; an activity that is taken out is shown before, and
// called by its name where the undoing is asked about.
func TestWhatChangesInAProcessIsShownBeforeAndAfter(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	bring := func(text string) string {
		up := lead.uploadWith("/import/raci", "matrix.csv", []byte(text), map[string]string{"process": itoa(s.process)})
		up.shows(t, http.StatusSeeOther)
		return up.to
	}
	first := bring("Activity,Manager,Desk lead\nLog,A,R\nShip,A,R\n")
	lead.post(first, url.Values{"do": {"plan"}}).shows(t, http.StatusSeeOther)
	importing(t, lead, first).shows(t, http.StatusSeeOther)
	out := lead.get("/processes/" + itoa(s.process) + "/raci.csv").body
	same := bring(out)
	lead.post(same, url.Values{"do": {"plan"}, "no_a": {"owner"}}).shows(t, http.StatusSeeOther)
	plan := lead.get(same + "/plan")
	plan.shows(t, http.StatusOK, "Nothing would change")
	if strings.Contains(plan.body, "Import 1 grid") {
		t.Error("nothing would change, and it can be imported")
	}
	less := bring("Activity,Manager,Newcomer\nLog,A,R\nCategorise,A,C\n")
	shown := lead.get(less)
	at := grids(shown.body)[0]
	lead.post(at, url.Values{"do": {"look"}, "take_out": {"1"}, named(lead.get(at).body, "process")[0]: {itoa(s.process)}}).shows(t, http.StatusSeeOther)
	lead.post(less, url.Values{"do": {"plan"}}).shows(t, http.StatusSeeOther)
	lead.get(less+"/plan").shows(t, http.StatusOK, "New columns", "Newcomer", "Taken out, with what they say and their hand-offs", "Ship")
	importing(t, lead, less).shows(t, http.StatusSeeOther)
	event := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))
	ask := lead.get("/events/" + event + "/undo")
	ask.shows(t, http.StatusOK, "1 role added", "Activity: Ship")
	if strings.Contains(ask.text(), "0 activities") || strings.Contains(ask.text(), "(activity no longer there)") {
		t.Errorf("it reads: %s", ask.text())
	}
}

// Activities of a grid that was turned round stand in one line of the file, and are answered for one by one.
func TestRowsOfATurnedGridAreAnsweredForOneByOne(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "turned.csv", []byte("Role,Review the change,Assess the risk,Plan the rollout\nChange manager,A,A,A\nOperations team,A,A,r\nQuality lead,C,I,C\n"), map[string]string{"practice": itoa(s.practice)})
	up.shows(t, http.StatusSeeOther)
	at := grids(lead.get(up.to).body)[0]
	lead.post(at+"/reading", url.Values{"orientation": {"role-activity"}}).shows(t, http.StatusSeeOther)
	grid := lead.get(at)
	grid.shows(t, http.StatusOK, "Row 1, Review the change : who answers?", "Row 2, Assess the risk : who answers?")
	if fields := named(grid.body, "several"); len(fields) != 2 {
		t.Fatalf("two rows are asked about by %v", fields)
	}
	if marks := strings.Count(grid.body, `<td class="fix">`); marks != 1 || !strings.Contains(grid.body, `<s><span class="vh"> written as </span>r</s>`) {
		t.Errorf("%d cells are marked as repaired; one was", marks)
	}
	lead.post(at, url.Values{"do": {"look"}, "several[1]": {page.FieldKey("Operations team")}}).shows(t, http.StatusSeeOther)
	lead.get(at).shows(t, http.StatusOK, "1 open")
}

// What is remembered of a role that went with an undone import is asked again, and not answered by what is gone.
func TestARememberedRoleThatIsGoneIsAskedAgain(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	bring := func() (string, answer) {
		up := lead.uploadWith("/import/raci", "change.csv", []byte("Activity,Change Manager,Change Mgr,Board\nPlan,A,R,C\nShip,A,R,I\n"), map[string]string{"practice": itoa(s.practice)})
		up.shows(t, http.StatusSeeOther)
		return up.to, lead.get(up.to)
	}
	batch, shown := bring()
	shown.shows(t, http.StatusOK, "looks like another one")
	fields := named(shown.body, "same")
	lead.post(batch, url.Values{"do": {"plan"}, fields[0]: {itsm.NotSame}}).shows(t, http.StatusSeeOther)
	importing(t, lead, batch).shows(t, http.StatusSeeOther)
	known, again := bring()
	if strings.Contains(again.text(), "looks like another one") {
		t.Error("what is remembered is asked again")
	}
	lead.post(known+"/discard", nil).shows(t, http.StatusSeeOther)
	event := itoa(storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`))
	lead.post("/events/"+event+"/undo", nil).shows(t, http.StatusSeeOther)
	_, again = bring()
	again.shows(t, http.StatusOK, "looks like another one", "2 are new")
}

// A practice that there is already is not made a second time by its name.
func TestAPracticeOfThisNameIsTaken(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "change.csv", []byte("Activity,Planner,Board\nPlan,R,A\nShip,A,R\n"), nil)
	lead.post(up.to, url.Values{"do": {"plan"}, "practice": {""}, "practice_name": {"incident Management"}}).shows(t, http.StatusSeeOther)
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "New process Change of Incident management")
}
