package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// How a file was read and matched is remembered for the next one of its shape.
func TestAGridIsReadAnewAndRemembered(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	const odd = "Activity,Remark,Ops lead,Planner,Board\nPlan,in spring,X,R,A\nCheck,weekly,R,A,I\nTell,once,A,X,I\nShip,once,A,R,C\n"
	bring := func() (batch string, shown answer) {
		up := lead.uploadWith("/import/raci", "odd.csv", []byte(odd), map[string]string{"practice": itoa(s.practice)})
		up.shows(t, http.StatusSeeOther)
		return up.to, lead.get(up.to)
	}
	batch, shown := bring()
	at := grids(shown.body)[0]
	grid := lead.get(at)
	grid.shows(t, http.StatusOK, "How it is read", "Plan", "Ops lead")
	means := named(grid.body, "means")
	if len(means) < 3 {
		t.Fatalf("the letters to choose for are %v", means)
	}
	choice := url.Values{"do": {"read"}, "head": {"1"}, "col[0]": {"activity"}, "col[1]": {"note"}, "col[2]": {"role"}, "col[3]": {"role"}, "col[4]": {"ignore"}}
	for _, m := range means { // each X is an R here; the others are what they look like
		choice.Set(m, "")
	}
	x := regexp.MustCompile(`(?s)<b[^>]*>(?:<bdi>)?X(?:</bdi>)?</b>.{0,300}?name="(means\[[^"]+\])"`).FindStringSubmatch(grid.body)
	if x == nil {
		t.Fatalf("nobody asks what X means: %s", grid.text())
	}
	choice.Set(x[1], "R")
	if to := lead.post(at+"/reading", choice).to; to != at+"#f-col[4]" {
		t.Errorf("the page comes back at %s, not at the first field that was changed", to)
	}
	if to := lead.post(at+"/reading", choice).to; to != at+"#f-reading" {
		t.Errorf("where nothing was changed the page comes back at %s", to)
	}
	lead.post(batch, url.Values{"do": {"plan"}, "no_a": {"owner"}}).shows(t, http.StatusSeeOther)
	importing(t, lead, batch).shows(t, http.StatusSeeOther)
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM raci_cell c JOIN role r ON r.id = c.role_id WHERE r.name IN ('Ops lead', 'Planner', 'Board')`); n != 8 {
		t.Errorf("%d cells came in, want 8: two roles in four rows, and nothing of the column that was left out", n)
	}
	_, again := bring()
	again.shows(t, http.StatusOK, "Ops lead")
	if strings.Contains(again.text(), "What does “X” mean?") {
		t.Errorf("what X means is asked again: %s", again.text())
	}
}

// What was repaired stands in its cell, whichever way round the file has its grid.
func TestRepairsStandInTheirCells(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for name, text := range map[string]string{
		"A row for each activity": "Activity,Ops lead,Planner\nPlan,A,R (draft)\nCheck,A,R\nShip,A,R\n",
		"A row for each role":     "Role,Plan the work,Check the work,Ship the work\nOps lead,A,A,A\nPlanner,R (draft),R,R\nAnalyst,C,C,C\n",
	} {
		up := lead.uploadWith("/import/raci", name+".csv", []byte(text), nil)
		at := grids(lead.get(up.to).body)[0]
		shown := lead.get(at)
		shown.shows(t, http.StatusOK, "A tinted cell was repaired")
		if n := strings.Count(shown.text(), "R with a note written as R (draft)"); n != 1 {
			t.Errorf("%s: the repair stands in %d cells of the matrix", name, n)
		}
	}
}

// What was read out of lines or marks has no columns, and its page says so instead of offering what would spoil the reading.
func TestAListOrMarksOfferNoColumns(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	for name, c := range map[string]struct {
		text, says string
		letters    bool
		turns      bool
	}{
		"lines.md":  {"# Restore\n- Service desk: R\n- Head of desk: A\n\n# Close\n- Service desk: R\n- Head of desk: A\n", "It was read out of a list", true, false},
		"marks.csv": {"Activity,Ops lead,,,,Planner,,,\n,R,A,C,I,R,A,C,I\nPlan,,x,,,x,,,\nCheck,x,,,,,x,,\nShip,,x,,,x,,,\n", "It was read out of marks", false, true},
		"long.csv":  {"Process,Activity,Role,Letter\nRestore,Log,Service desk,R\nRestore,Log,Head of desk,A\nRestore,Sort,Service desk,R\nRestore,Sort,Head of desk,A\n", "It was read out of a list", false, true},
	} {
		up := lead.uploadWith("/import/raci", name, []byte(c.text), nil)
		shown := lead.get(grids(lead.get(up.to).body)[0])
		shown.shows(t, http.StatusOK, c.says)
		if strings.Contains(shown.body, `name="col[`) {
			t.Errorf("%s: columns are offered", name)
		}
		if got := strings.Contains(shown.body, `name="orientation"`); got != c.turns {
			t.Errorf("%s: another way round is offered: %t", name, got)
		}
		if c.letters && !strings.Contains(shown.body, `name="means[`) {
			t.Errorf("%s: no meaning of a letter is offered", name)
		}
	}
}

// What was said about letters that are none of ours holds for the next file of the shape, in which there are more of them.
func TestTheNextFileOfAShapeIsNotDoubted(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	bring := func(rows string) (string, answer) {
		up := lead.uploadWith("/import/raci", "weekly.csv", []byte("Ref,Step,Svc desk,Team lead,Planner\n"+rows), map[string]string{"practice": itoa(s.practice)})
		return up.to, lead.get(up.to)
	}
	up, shown := bring("1,Report,R,A,V\n2,Check,R,A,V\n3,Close,R,A,I\n4,Tell,R,A,I\n")
	lead.post(up, url.Values{"do": {"plan"}, named(shown.body, "letter")[0]: {"C"}}).shows(t, http.StatusSeeOther)
	importing(t, lead, up).shows(t, http.StatusSeeOther)
	_, again := bring("1,Report,V,A,V\n2,Check,V,A,V\n5,Keep,V,A,V\n4,Tell,V,A,V\n")
	again.shows(t, http.StatusOK, "1 grid comes in", "Read and answered as you said the last time")
	if strings.Contains(again.body, "no answer yet") || strings.Contains(again.text(), "stays out") {
		t.Error(again.text())
	}
}
