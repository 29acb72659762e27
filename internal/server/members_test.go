package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// A team is filled from a list: whom a line does not tell is said, with the list as it was typed, and nobody is added then; who
// is a member already stays one; all of it is one event, which can be undone.
func TestATeamTakesSeveralMembersAtOnce(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	lead, at := s.as(s.lead), "/teams/"+itoa(s.desk)
	if err := s.AddMembership(t.Context(), storetest.Operator, s.desk, s.ana, itsm.Period{From: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	leaver := s.person("Leo Lange")
	members := func() int64 {
		return storetest.Value[int64](t, s.DB, `SELECT count(*) FROM membership WHERE team_id = $1`, s.desk)
	}
	send := func(people string) answer {
		return lead.post(at+"/members", url.Values{"people": {people}, "from": {"2026-11-23"}, "until": {""}})
	}
	lead.get(at+"/members/new").shows(t, http.StatusOK, "Or several at once", "One a line, by name, e-mail address or number.")
	send("Marta Nowak\nJonas Weaver\n").shows(t, http.StatusUnprocessableEntity, "Nobody here is called “Jonas Weaver”.", "Marta Nowak Jonas Weaver")
	if n := members(); n != 1 {
		t.Errorf("%d members after a list that names somebody unknown", n)
	}
	send(" ;\n").shows(t, http.StatusUnprocessableEntity, "No line names anybody.")
	if err := s.Leave(t.Context(), storetest.Operator, leaver, 1, itsm.Day(2026, 12, 31), true); err != nil {
		t.Fatal(err)
	}
	send("Marta Nowak\nLeo Lange").shows(t, http.StatusUnprocessableEntity, "Leo Lange leaves before that. Give a last day for all of them")
	if a := send("Marta Nowak\nWeber, Jonas\nana souza"); a.status != http.StatusSeeOther || !strings.Contains(a.toast(), "2 members are added. 1 was one already.") {
		t.Fatalf("%d %q %.900s", a.status, a.toast(), a.text())
	}
	lead.get(at).shows(t, http.StatusOK, "Marta Nowak", "Jonas Weber")
	send("Marta Nowak").shows(t, http.StatusConflict, "All of them are in the team on some of these days already.")
	if n := members(); n != 3 {
		t.Errorf("%d members", n)
	}
	event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	if err := s.Undo(t.Context(), storetest.Operator, event); err != nil || members() != 1 {
		t.Errorf("after the undo %d members, %v", members(), err)
	}
	s.as(s.reader).post(at+"/members", url.Values{"people": {"Marta Nowak"}, "from": {"2026-11-23"}}).shows(t, http.StatusForbidden)
}
