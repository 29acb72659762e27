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

// Who writes about something that is taken out or archived meanwhile reads what became of it, and keeps what they typed.
func TestWhatIsGoneSaysSoAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	lead := s.as(s.lead)
	counter := func(table string, id int64) int64 {
		return storetest.Value[int64](t, s.DB, `SELECT counter FROM `+table+` WHERE id = $1`, id)
	}
	must0 := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	activity := formWith(t, lead.get("/activities/"+itoa(s.log)+"/edit").body, "seen")
	typed := activity.values()
	typed.Set("text", "Write down who and <b>what</b>.")
	typed.Set("state", "not typed")
	typed.Set("name", "Register")
	must0(s.RemoveActivity(ctx, op, s.log, storetest.Value[int64](t, s.DB, `SELECT counter FROM step WHERE activity_id = $1`, s.log)))
	lead.post(activity.action, typed).shows(t, http.StatusConflict, "This activity was taken out meanwhile", "What the form held", "Write down who and <b>what</b>.")
	never := lead.post("/activities/999999", typed)
	never.shows(t, http.StatusNotFound, "Nothing was saved: it may have been archived or taken out meanwhile.", "Register", "Write down who and")
	if strings.Contains(never.body, "not typed") {
		t.Error("what a form only carries is shown as typed")
	}

	another := must[int64](t)(s.AddRole(ctx, op, itsm.Role{Kind: itsm.Practitioner, Name: "Caller", PracticeID: s.practice}))
	role := formWith(t, lead.get("/roles/"+itoa(another)+"/edit").body, "seen")
	must0(s.MergeRoles(ctx, op, s.analyst, another))
	typed = role.values()
	typed.Set("purpose", "Calls back.")
	lead.post(role.action, typed).shows(t, http.StatusConflict, "merged this into another one on", "Change that one instead.", "Calls back.")

	review := url.Values{"sentence": {"Still right for us."}}
	_, err := s.ArchiveProcess(ctx, op, s.process, counter("process", s.process))
	must0(err)
	lead.post("/processes/"+itoa(s.process)+"/review", review).shows(t, http.StatusNotFound, "Nothing was saved", "Still right for us.")
	lead.get("/processes/"+itoa(s.process)+"/practice").shows(t, http.StatusConflict, "is archived. Bring it back first, then move it.")
	policy := must[int64](t)(s.AddPolicy(ctx, op, itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All is logged.", Driver: itsm.Internal, OwnerRoleID: s.owner}, nil))
	lead.get("/policies/attach?process="+itoa(s.process)).shows(t, http.StatusNotFound, "There is no such process")
	lead.post("/policies/attach", url.Values{"policy": {itoa(policy)}, "target": {"c" + itoa(s.process)}, "from": {"2026-11-23"}}).
		shows(t, http.StatusConflict, "was archived meanwhile")

	_, err = s.ArchivePractice(ctx, op, s.practice, counter("practice", s.practice))
	must0(err)
	lead.post("/practices/"+itoa(s.practice)+"/processes", url.Values{"name": {"Coordinate"}, "kind": {"daily"}}).
		shows(t, http.StatusConflict, "archived this on", "Bring it back to change it.", "Add a process")
	must0(s.ArchiveTeam(ctx, op, s.desk, true))
	lead.post("/teams/"+itoa(s.desk)+"/members", url.Values{"person": {itoa(s.marta)}, "from": {"2026-11-23"}}).
		shows(t, http.StatusConflict, "archived this on", "Bring it back to change it.")
	lead.post("/roles", url.Values{"practice": {itoa(s.practice)}, "kind": {"practitioner"}, "name": {"Caller"}}).
		shows(t, http.StatusConflict, "archived this on", "Bring it back to change it.")
}

// Who writes in a matrix whose columns were changed meanwhile is told so: a letter goes to no other role, and what was typed
// for a role that has no column any more is shown.
func TestAColumnThatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead := s.as(s.lead)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.RemoveColumn(t.Context(), storetest.Operator, s.process, s.analyst, store.Latest))
	refused := func(form url.Values, words ...string) {
		t.Helper()
		got := lead.post(s.raci()+"/cell", form)
		got.shows(t, http.StatusConflict, words...)
		if strings.Contains(got.body, "<dialog") {
			t.Error("a choice is offered where none is left")
		}
	}
	refused(s.cellForm(s.log, s.analyst, "C", "2"), "The role was taken out of this matrix meanwhile. Reload the page.")
	saved := lead.post(s.raci()+"/cell", s.cellForm(s.fix, s.owner, "C", "1"))
	saved.shows(t, http.StatusOK)
	if want := `data-columns="` + itoa(s.owner) + `,` + itoa(s.manager) + `"`; !strings.Contains(saved.body, want) {
		t.Errorf("%s is not in the answer: %s", want, saved.body)
	}
	lead.post(s.raci()+"/"+itoa(s.log), url.Values{"counter": {"2"}, "c": {itoa(s.analyst)}, "note[" + itoa(s.analyst) + "]": {"at night only"}}).
		shows(t, http.StatusConflict, "A role was taken out of this matrix after you opened the row", "C (at night only)")
	_, err := s.ArchiveProcess(t.Context(), storetest.Operator, s.process, storetest.Value[int64](t, s.DB, `SELECT counter FROM process WHERE id = $1`, s.process))
	must(err)
	refused(s.cellForm(s.fix, s.owner, "R", "2"), "archived this on")
}

// Who sends a form after their session has ended finds what they typed beside the way in; passwords never stand on a page.
func TestWhatWasTypedOutlivesTheSession(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	out := s.browser()
	lost := out.post("/activities/"+itoa(s.log), url.Values{"name": {"Log"}, "text": {"Write down <b>who</b> called."}, "counter": {"1"}})
	lost.shows(t, http.StatusUnauthorized, "You are signed out, and what you just sent was not saved.", "Sign in", "Write down <b>who</b> called.")
	if strings.Contains(lost.body, "<b>who</b>") {
		t.Error("what was typed is read as markup")
	}
	for path, form := range map[string]url.Values{
		"/account/password": {"current": {"pears on the window sill"}, "password": {"plums in the cellar"}, "again": {"plums in the cellar"}},
		"/activities":       {"process": {"1"}},
	} {
		if got := out.post(path, form); got.path != "/sign-in" || strings.Contains(got.body, "plums") {
			t.Errorf("%s: %d %.200s", path, got.status, got.text())
		}
	}
}
