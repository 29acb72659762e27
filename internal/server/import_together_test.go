package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
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
