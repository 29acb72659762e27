package server_test

import (
	"net/http"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Who leads a team, who is a company's contact and where a region lies have no days of their own: of a day before it was
// changed, pages name whom it was then.
func TestWhoLedATeamOnADayIsWhoItWas(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	op, ctx := storetest.Operator, t.Context()
	wear := func(a itsm.NewAssignment) {
		t.Helper()
		a.From, a.Reason, a.Announced = itsm.Day(2026, 10, 1), "Found in the letter.", true
		must[[]int64](t)(s.Appoint(ctx, op, a))
	}
	wear(itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, CompanyIDs: []int64{s.acme}})
	wear(itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, RegionID: s.apac})
	s.cell(s.sort, s.analyst, itsm.LetterA|itsm.LetterR)
	s.recordedBefore()

	exec := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	exec(s.EditTeam(ctx, op, itsm.Team{ID: s.desk, Name: "Service desk", LeadID: s.jonas, Counter: 1}))
	exec(s.EditCompany(ctx, op, itsm.Company{ID: s.acme, Name: "Corvid Networks", Kind: "supplier", Counter: 1}))
	exec(s.EditRegion(ctx, op, itsm.Region{ID: s.germany, Name: "Germany", ParentID: s.apac, Counter: 1}))

	lead := s.as(s.lead)
	for page, c := range map[string]struct{ then, now []string }{
		"/teams/" + itoa(s.desk):     {[]string{"Ana Souza"}, []string{"Jonas Weber"}},
		"/companies/" + itoa(s.acme): {[]string{"Marta Nowak"}, nil},
		"/people/" + itoa(s.ana):     {[]string{"Service desk"}, nil},
		s.raci():                     {[]string{"Ana Souza", "Marta Nowak"}, []string{"Jonas Weber"}},
	} {
		lead.get(page+"?on=2026-11-01").shows(t, http.StatusOK, c.then...)
		today := lead.get(page)
		today.shows(t, http.StatusOK, c.now...)
		for _, name := range c.then {
			if page != s.raci() && strings.Contains(strings.Split(today.text(), "Recent changes")[0], name) {
				t.Errorf("%s names %s today", page, name)
			}
		}
	}
	for on, want := range map[string]bool{"": true, "?on=2026-11-01": false} {
		file := lead.get(s.raci() + "/names.csv" + on + map[bool]string{true: "?", false: "&"}[on == ""] + "region=" + itoa(s.germany))
		if strings.Contains(file.body, "Practice Manager: Jonas Weber") != want {
			t.Errorf("in Germany on %q Jonas answers: %v; want %v\n%s", on, !want, want, file.body)
		}
	}
}
