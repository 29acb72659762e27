package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// What was changed since is known when the question is drawn: the page names what changed it, and neither it nor the history
// offers an undo that would be refused. What was changed back stands against nothing.
func TestAnUndoThatWouldBeRefusedIsNotOffered(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	s.wear(s.owner, s.marta, 0)
	s.cell(s.fix, s.analyst, itsm.LetterR)
	set := s.lastEvent()
	page := "/processes/" + itoa(s.process)
	offered := func(want bool) {
		t.Helper()
		for _, at := range []string{page, page + "/history"} {
			if got := strings.Contains(lead.get(at).body, `"`+undoOf(set)+`"`); got != want {
				t.Errorf("%s offers it: %v", at, got)
			}
		}
	}
	offered(true)
	lead.get(undoOf(set)).shows(t, http.StatusOK, "Undo this change?", "Undo it")
	s.cell(s.fix, s.analyst, itsm.LetterR|itsm.LetterA)
	offered(false)
	asked := lead.get(undoOf(set))
	asked.shows(t, http.StatusOK, "cannot be undone any more: a part of it was changed since", "What changed it, the latest first", "Restore")
	for _, link := range []string{"/activities/" + itoa(s.fix), "/roles/" + itoa(s.analyst), "/processes/" + itoa(s.process)} {
		if !strings.Contains(asked.body, `href="`+link) {
			t.Errorf("it does not lead to %s", link)
		}
	}
	if strings.Contains(asked.text(), "Undo it") {
		t.Error("an undo is offered that is refused")
	}
	refused := lead.post(undoOf(set), url.Values{})
	refused.shows(t, http.StatusConflict, "Nothing was undone", "What changed it, the latest first")
	s.cell(s.fix, s.analyst, itsm.LetterR)
	offered(true)
	lead.get(undoOf(set)).shows(t, http.StatusOK, "Undo it")
	lead.post(undoOf(set), url.Values{}).shows(t, http.StatusSeeOther)
	if a := s.as(s.marta).get(undoOf(set)); !strings.Contains(a.text(), "This was undone already") || strings.Contains(a.text(), "Undo it") {
		t.Errorf("undone, it says %.300s", a.text())
	}
}

// A grid that came in whole is as large as it likes: the page that cannot undo it names what was done to it since.
func TestAnImportThatWasChangedSinceSaysByWhat(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	grid := "Activity,Planner,Desk\n"
	for _, name := range strings.Fields("Plan Draw Build Try Ship Tell Watch Mend Close Learn Rest Again") {
		grid += name + " it,A,R\n"
	}
	up := lead.upload("/import/raci", "grid.csv", []byte(grid))
	lead.post(up.to, url.Values{"do": {"plan"}, "practice": {itoa(s.practice)}}).shows(t, http.StatusSeeOther)
	importing(t, lead, up.to).shows(t, http.StatusSeeOther)
	event := s.lastEvent()
	lead.get(undoOf(event)).shows(t, http.StatusOK, "Undo it")
	made := s
	made.process = storetest.Value[int64](t, s.DB, `SELECT max(id) FROM process`)
	watch := storetest.Value[int64](t, s.DB, `SELECT activity_id FROM step WHERE name = 'Watch it'`)
	made.cell(watch, s.manager, itsm.LetterI)
	asked := lead.get(undoOf(event))
	asked.shows(t, http.StatusOK, "cannot be undone any more", "Watch it", "Practice Manager")
	lead.post(undoOf(event), url.Values{}).shows(t, http.StatusConflict, "Watch it")
}

// What stands in a field unless somebody says otherwise is no news of a row that came or went, and a policy is known by its title.
func TestAnUndoTellsNoFieldThatSaysNothing(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	up := lead.upload("/import/policies", "policies.csv", []byte("Number,Title,Statement\nPOL.MAIN,Log it,Log every call.\n"))
	lead.post(up.to+"/confirm", url.Values{}).shows(t, http.StatusSeeOther)
	imported := lead.get(undoOf(s.lastEvent()))
	imported.shows(t, http.StatusOK, "Policy: POL.MAIN Log it is taken out")
	lead.follow("/roles", url.Values{"kind": {"practitioner"}, "name": {"First line"}, "practice": {itoa(s.practice)}})
	added := lead.get(undoOf(s.lastEvent()))
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, Capacity: itsm.Deputy, From: storetest.Today.AddDate(0, 1, 0)}))
	given := lead.get(undoOf(s.lastEvent()))
	given.shows(t, http.StatusOK, "Capacity: deputy", "Announced: no")
	for what, a := range map[string]answer{"a policy": imported, "a role": added, "a hat": given} {
		for _, field := range []string{"Driver: internal", "First lead", "Acceptance: told", "Outside the office", "Per case"} {
			if strings.Contains(a.text(), field) {
				t.Errorf("of %s it tells “%s”", what, field)
			}
		}
	}
}

// What hangs on what would go is known before the press as well, and to try it leaves nothing.
func TestAnUndoIsTriedBeforeItIsOffered(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	lead.follow("/people", url.Values{"name": {"Nia New"}}).shows(t, http.StatusOK, "Nia New")
	added := s.lastEvent()
	lead.get(undoOf(added)).shows(t, http.StatusOK, "Undo it")
	nia := storetest.Value[int64](t, s.DB, `SELECT id FROM person WHERE name = 'Nia New'`)
	worn := s.wear(s.analyst, nia, 0)
	before, event := s.standing(), s.lastEvent()
	asked := lead.get(undoOf(added))
	asked.shows(t, http.StatusOK, "Undo this change", "Nia New")
	if strings.Contains(asked.text(), "Undo it") || !strings.Contains(asked.text(), "cannot be undone") {
		t.Errorf("it is offered: %.500s", asked.text())
	}
	lead.get(undoOf(event)).shows(t, http.StatusOK, "Undo it")
	if s.standing() != before || s.lastEvent() != event {
		t.Error("to ask changed something")
	}
	if err := s.Withdraw(t.Context(), storetest.Operator, worn, "a slip"); err != nil {
		t.Fatal(err)
	}
	set := s.lastEvent()
	lead.post(undoOf(set), url.Values{}).shows(t, http.StatusSeeOther)
	undoing := lead.get(undoOf(s.lastEvent()))
	if strings.Contains(undoing.text(), "Undo it") || undoing.status == http.StatusOK && !strings.Contains(undoing.text(), "is not undone itself") {
		t.Errorf("an undoing is undone: %.400s", undoing.text())
	}
}
