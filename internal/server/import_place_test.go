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

// A file that is brought again goes into the process that it became: a practice has one of each name.
func TestAGridOfAProcessThatIsThereGoesIntoIt(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	bring := func(text string) string {
		return lead.uploadWith("/import/raci", "take-calls.csv", []byte(text), map[string]string{"practice": itoa(s.practice)}).to
	}
	grid := "Activity,Desk,Boss\nLog,R,A\nSort,R,A\nSolve,R,A\n"
	first := bring(grid)
	lead.get(first).shows(t, http.StatusOK, "New process Take calls")
	importing(t, lead, first).shows(t, http.StatusSeeOther)
	again := bring(strings.Replace(grid, "Solve,R,A", "Solve,A,R", 1))
	lead.get(again).shows(t, http.StatusOK, "Into Take calls of Incident management", "no new process")
	importing(t, lead, again).shows(t, http.StatusSeeOther)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM process WHERE name = 'Take calls'`); n != 1 {
		t.Errorf("%d processes", n)
	}
}

// What the file itself says of a letter stands beside the question what it means.
func TestTheLegendStandsBesideTheQuestion(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/raci", "steps.csv", []byte("Step,Head,Desk,Board\nDraft,A,R,V\nAssess,A,R,C\nBuild,A,R,I\n\nV = Verifies the result\nR = Responsible\n"))
	lead.get(up.to).shows(t, http.StatusOK, "What does “V” mean?", "The file says: Verifies the result")
}

// What a file remarks beside a row is what a new activity says of itself; of one that is there nothing is overwritten.
func TestRemarksBecomeWhatAnActivitySays(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	grid := "Activity,Desk,Boss,Remarks\nSort,R,A,By hand and not by night\nSolve,R,A,\nClose,R,A,Ask first\n"
	up := lead.uploadWith("/import/raci", "take-calls.csv", []byte(grid), map[string]string{"practice": itoa(s.practice)})
	lead.get(grids(lead.get(up.to).body)[0]).shows(t, http.StatusOK, "By hand and not by night", "becomes what the activity says")
	lead.get(up.to+"/plan").shows(t, http.StatusOK, "It says: By hand and not by night")
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	said := func() string {
		return storetest.Value[string](t, s.DB, `SELECT string_agg(name || '=' || text, '; ' ORDER BY position) FROM step WHERE name IN ('Sort', 'Solve', 'Close')`)
	}
	if got, want := said(), "Sort=By hand and not by night; Solve=; Close=Ask first"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	again := lead.upload("/import/raci", "take-calls.csv", []byte(strings.Replace(grid, "Ask first", "Ask last", 1)))
	lead.get(grids(lead.get(again.to).body)[0]).shows(t, http.StatusOK, "“Ask last” (left out, for the activity is there already)")
	lead.get(again.to+"/plan").shows(t, http.StatusOK, "Nothing would change")
}

// Nobody has to say again where a grid goes: into the only process of its name, and not into the practice of the new ones. Who
// may not write there, or says that it is a new one, is not sent there.
func TestAGridFindsItsProcessInAnyPractice(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	owner, _, _ := s.practiceOf("Change enablement")
	change := storetest.Value[int64](t, s.DB, `SELECT practice_id FROM role WHERE id = $1`, owner)
	s.wear(owner, s.jonas, 0)
	bring := func(by reader, fields map[string]string) string {
		return by.uploadWith("/import/raci", "handle-an-incident.csv", []byte("Activity,Desk,Boss\nLog,R,A\nSort,R,A\n"), fields).to
	}
	lead := s.as(s.lead)
	at := bring(lead, nil)
	lead.get(at).shows(t, http.StatusOK, "Into Handle an incident of Incident management", "no new process")
	lead.get(bring(lead, map[string]string{"practice": itoa(change)})).shows(t, http.StatusOK, "Into Handle an incident of Incident management")
	lead.get(bring(s.as(s.jonas), map[string]string{"practice": itoa(change)})).shows(t, http.StatusNotFound)
	jonas := s.as(s.jonas)
	jonas.get(bring(jonas, map[string]string{"practice": itoa(change)})).shows(t, http.StatusOK, "New process Handle an incident of Change enablement")
	grid := grids(lead.get(at).body)[0]
	fields := named(lead.get(grid).body, "process")
	lead.post(grid, url.Values{fields[0]: {""}, strings.Replace(fields[0], "process", "practice", 1): {itoa(change)}, strings.Replace(fields[0], "process", "title", 1): {"Handle an incident"}}).shows(t, http.StatusSeeOther)
	lead.get(at).shows(t, http.StatusOK, "New process Handle an incident of Change enablement")
}

// A matrix that was downloaded goes back to where it came from, whatever it is a file of: the name of the file says so.
func TestAMatrixComesHomeByTheNameOfItsFile(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	build := must[int64](t)(s.AddProcess(t.Context(), storetest.Operator, itsm.Process{PracticeID: s.practice, Name: "Plan & build: phase 2", Kind: itsm.Daily}))
	marked := must[int64](t)(s.AddProcess(t.Context(), storetest.Operator, itsm.Process{PracticeID: s.practice, Name: "Störungen größer als 1 Tag", Kind: itsm.Daily}))
	for at, name := range []string{"Draw", "Put together", "Try out"} {
		for _, process := range []int64{build, marked} {
			must[int64](t)(s.AddActivity(t.Context(), storetest.Operator, process, itsm.Step{Name: name}, at+1, store.Latest))
		}
	}
	for _, process := range []int64{s.process, build, marked} {
		for _, row := range must[*itsm.Matrix](t)(s.Matrix(t.Context(), storetest.Operator, process, storetest.Today)).Rows {
			for role, letter := range map[int64]itsm.Letters{s.manager: itsm.LetterA, s.analyst: itsm.LetterR, s.owner: itsm.LetterI} {
				edit := store.CellEdit{ProcessID: process, ActivityID: row.ActivityID, RoleID: role, Counter: store.Latest, Cell: itsm.Cell{Letters: letter}}
				if err := s.SetCell(t.Context(), storetest.Operator, edit); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for process, name := range map[int64]string{s.process: "Handle an incident", build: "Plan & build: phase 2", marked: "Störungen größer als 1 Tag"} {
		for _, kind := range []string{".csv", ".xlsx", ".md", ".html"} {
			out := lead.get("/processes/" + itoa(process) + "/raci" + kind)
			_, said, _ := strings.Cut(out.header.Get("Content-Disposition"), `filename="`)
			up := lead.upload("/import/raci", strings.Trim(said, `"`), []byte(out.body))
			up.shows(t, http.StatusSeeOther)
			if text := lead.get(up.to).text(); !strings.Contains(text, "Into "+name) {
				t.Errorf("%s goes elsewhere: %.600s", said, text)
			}
		}
	}
}
