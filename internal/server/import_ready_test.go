package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

// The only process that is new gets its name where the questions are, and an answer leads on to the next question.
func TestTheOnlyNewProcessIsNamedWithTheQuestions(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "table.csv", []byte("Activity,Desk,Boss,Vendor\nLog,R,A,I\nSort,R,,C\nSolve,R,A,V\nClose,R,A,I\n"), map[string]string{"practice": itoa(s.practice)})
	lead.get(up.to).shows(t, http.StatusOK, "Name of the new process")
	refused := lead.post(up.to, url.Values{"do": {"plan"}, "process_name": {"Take calls"}})
	refused.shows(t, http.StatusUnprocessableEntity, "Your answers are kept", "2 questions have no answer yet")
	if !strings.Contains(refused.body, `href="#f-no-accountable"`) {
		t.Error("the summary does not lead to the question")
	}
	shown := lead.get(up.to)
	if !strings.Contains(shown.body, `value="Take calls"`) {
		t.Errorf("the name is not kept: %s", shown.text())
	}
	if to := lead.post(up.to, url.Values{"do": {"answer"}, "no_a": {"owner"}}).to; to != up.to+"#f-unknown-letter" {
		t.Errorf("an answer leads to %s", to)
	}
	answer := url.Values{"do": {"answer"}, named(shown.body, "letter")[0]: {"C"}}
	if to := lead.post(up.to, answer).to; to != up.to+"#next" {
		t.Errorf("the last answer leads to %s", to)
	}
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	if got := storetest.Value[string](t, s.DB, `SELECT name FROM process ORDER BY id DESC LIMIT 1`); got != "Take calls" {
		t.Errorf("the process is called %q", got)
	}
	again := lead.uploadWith("/import/raci", "next.csv", []byte("Activity,Desk,Boss,Vendor\nCall,R,A,I\nWait,R,A,V\nAsk,R,,I\nTell,R,A,C\n"), nil)
	lead.get(again.to).shows(t, http.StatusOK, "Read and answered as you said the last time", "all answered") // so nobody wonders who did
}

// Where nothing comes in there is nothing to look at before it is written; the grid that waits for a word is one step away.
func TestAGridThatWaitsLeadsToItself(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "form.csv", []byte("Task,Desk,Boss\n[Task 1],R,A\n[Task 2],R,A\n[Task 3],R,A\n"), nil)
	shown := lead.get(up.to)
	shown.shows(t, http.StatusOK, "No grid comes in so far", "Look at it")
	if strings.Contains(shown.text(), "See what will change") {
		t.Error("it leads to a change that is none")
	}
}

// A column that was taken for remarks though it holds letters is told beside the grid, until somebody says that it is a role.
func TestLettersInRemarksAreToldUntilTheyAreARole(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.uploadWith("/import/raci", "move.csv", []byte("Task,Mover,Lead,Board\nPlan,R,A,blesses\nPack,R,A,ponders\nDrive,R,A,I\n"), nil)
	lead.get(up.to).shows(t, http.StatusOK, "“Board” holds letters, or words for them, in 1 row", "Look at it")
	grid := up.to + "/grids/1-1.1"
	lead.get(grid).shows(t, http.StatusOK, "“Board” holds letters", "If it is a role, say so below.")
	lead.post(grid+"/reading", url.Values{"col[3]": {"role"}})
	shown := lead.get(grid)
	shown.shows(t, http.StatusOK, "Board new role", "“blesses” is no letter and is left out")
	if strings.Contains(shown.text(), "holds letters, or") {
		t.Errorf("it is told of a column that is a role: %s", shown.text())
	}
}
