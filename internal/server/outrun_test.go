package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Who saves what somebody else saved meanwhile reads who that was, and what stands beside what they typed: that alone
// which differs, in every kind of form.
func TestAFormThatWasOutrunSaysByWhom(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	s.wear(s.owner, s.marta, 0)
	lead, owner := s.as(s.lead), s.as(s.marta)
	activity := "/activities/" + itoa(s.log)
	edit := func(name, text string) url.Values {
		return url.Values{"name": {name}, "text": {text}, "procedure": {"First this.\r\nThen that."}, "counter": {lead.get(activity + "/edit").counter(t)}}
	}
	lead.post(activity, edit("Log", "Write it down.")).shows(t, http.StatusSeeOther)
	late, early := edit("Log", "Write it down at once."), edit("Log it", "Write it down.")
	lead.post(activity, early).shows(t, http.StatusSeeOther)
	stale := owner.post(activity, late)
	stale.shows(t, http.StatusConflict, "Ingrid Solberg changed this on 23 Nov 2026 at ", ", after you opened it.", "Stands now", "Log it", "Write it down at once.")
	if strings.Contains(stale.body, `<th scope="row">Procedure</th>`) {
		t.Error("the form sets a text beside itself: it came with other ends of lines")
	}
	lead.post(activity, late).shows(t, http.StatusConflict, "You changed this elsewhere on 23 Nov 2026 at ")

	archived := edit("Log", "Write it down.")
	lead.post("/processes/"+itoa(s.process)+"/archive", url.Values{"counter": {lead.get("/processes/" + itoa(s.process) + "/archive").counter(t)}}).shows(t, http.StatusSeeOther)
	owner.post(activity, archived).shows(t, http.StatusConflict, "Ingrid Solberg archived this on 23 Nov 2026 at ", "Bring it back to change it.")

	region := must[int64](t)(s.AddRegion(ctx, op, itsm.Region{Name: "Nordics", ParentID: s.emea}))
	person := must[int64](t)(s.AddPerson(ctx, op, itsm.Person{Name: "Tom O'Hara", Title: "Engineer", RegionID: s.emea}))
	for _, f := range []struct {
		at     string
		typed  url.Values
		differ []string
	}{
		{"/people/" + itoa(person) + "/edit", url.Values{"name": {"Tom O'Hara"}, "title": {"Engineer"}, "region": {itoa(s.apac)}}, []string{"Region", "EMEA", "APAC"}},
		{"/teams/" + itoa(s.desk) + "/edit", url.Values{"name": {"Service desk"}, "lead": {itoa(s.jonas)}}, []string{"Lead", "Ana Souza", "Jonas Weber"}},
		{"/companies/" + itoa(s.acme) + "/edit", url.Values{"name": {"Corvid Networks"}, "kind": {"supplier"}, "our_contact": {itoa(s.marta)}, "note": {"Lines"}}, []string{"Note", "nothing", "Lines"}},
		{"/regions/" + itoa(region) + "/edit", url.Values{"name": {"Nordics"}, "parent": {""}}, []string{"Lies within", "EMEA", "nothing"}},
	} {
		f.typed.Set("counter", "0")
		got := lead.post(f.at, f.typed)
		got.shows(t, http.StatusConflict, append(f.differ, "The operator changed this on", "Stands now")...)
		if n := strings.Count(got.body, `<td data-l="Stands now">`); n != 1 {
			t.Errorf("%s sets %d fields side by side, want the one that differs", f.at, n)
		}
	}
}
