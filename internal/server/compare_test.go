package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func TestTwoDaysOfAMatrixStandSideBySide(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	march, june := storetest.Today.AddDate(0, -8, 0), storetest.Today.AddDate(0, -5, 0)
	given := func(role, person, region int64, day time.Time) int64 {
		return must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{role}, PersonIDs: []int64{person}, RegionID: region, From: day, Reason: "Found in the letter."}))[0]
	}
	given(s.owner, s.marta, 0, march.AddDate(0, -1, 0))
	given(s.analyst, s.jonas, 0, march.AddDate(0, -1, 0))
	first := given(s.manager, s.ana, s.apac, march.AddDate(0, -1, 0))
	if err := s.EndAssignment(ctx, op, first, june, true, "Moved on."); err != nil {
		t.Fatal(err)
	}
	given(s.manager, s.lead, s.apac, june)
	reader := s.as(s.reader)
	days := "?from=" + itsm.ISODay(march) + "&to=" + itsm.ISODay(storetest.Today)
	page := reader.get(s.raci() + "/compare" + days)
	page.shows(t, http.StatusOK, "In 1 of 3 activities something changed between 23 Mar 2026 and 23 Nov 2026.", "Manager: Ana Souza in APAC", "Manager: Ingrid Solberg in APAC",
		"Ingrid Solberg in APAC instead of Ana Souza in APAC", "Practitioner: Jonas Weber", "Owner: Marta Nowak",
		"People are as on each day. Letters and texts are as they are today, on both.", "On 23 Mar 2026: Ana Souza (APAC), Practice Manager, from 23 Feb 2026, recorded 23 Nov 2026")
	if strings.Contains(page.text(), "Found in the letter") || strings.Contains(page.text(), "Moved on") {
		t.Error("the page tells reasons")
	}
	if p := parsePage(t, page.body); len(p.posts) > 2 || len(p.primary) > 0 {
		t.Errorf("there is something to write with: %v %v", p.posts, p.primary)
	}
	// The later day first is the same question, and only what changed leaves the others out.
	narrow := reader.get(s.raci() + "/compare?changed=1&to=" + itsm.ISODay(march) + "&from=" + itsm.ISODay(storetest.Today))
	narrow.shows(t, http.StatusOK, "Ingrid Solberg in APAC instead of Ana Souza in APAC")
	if strings.Contains(narrow.text(), "Categorise") {
		t.Error("what did not change is still there")
	}
	reader.get(s.raci()+"/compare"+days+"&region="+itoa(s.germany)).shows(t, http.StatusOK, "Nothing changed between 23 Mar 2026 and 23 Nov 2026 in Germany.", "Owner: Marta Nowak")
	reader.get(s.raci()+"/compare?from=yesterday&to=2026-02-30").shows(t, http.StatusUnprocessableEntity, "Not the days you asked for", "This is not a day")
	reader.get("/processes/999999/raci/compare").shows(t, http.StatusNotFound)
	file := reader.get(s.raci() + "/compare.csv" + days)
	for _, line := range []string{"On 23 Mar 2026,On 23 Nov 2026", "Letters and texts are as they are today, on both.", "1,Log,A,Practice Manager: Ana Souza in APAC,Practice Manager: Ingrid Solberg in APAC,Ingrid Solberg in APAC instead of Ana Souza in APAC"} {
		if !strings.Contains(file.body, line) {
			t.Errorf("the file lacks %q: %s", line, file.body)
		}
	}
	// The matrix and its banner lead there.
	for from, href := range map[string]string{s.raci(): "/raci/compare", s.raci() + "?on=2026-03-03": "/raci/compare?from=2026-03-03"} {
		if a := reader.get(from); !strings.Contains(a.body, href+`"`) {
			t.Errorf("%s does not lead to %s", from, href)
		}
	}
}

func TestComparedDaysTellNothingThatIsNotAnnounced(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	begin := storetest.Today.AddDate(0, 1, 0)
	newcomer := s.person("Wilhelmina Later")
	s.wear(s.owner, s.marta, 0)
	for _, role := range []int64{s.manager, s.analyst} {
		must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{role}, PersonIDs: []int64{newcomer}, From: begin}))
	}
	days := "?from=" + itsm.ISODay(storetest.Today) + "&to=" + itsm.ISODay(begin.AddDate(0, 0, 3))
	for _, page := range []string{"/compare", "/compare.csv"} {
		if text := s.as(s.lead).get(s.raci() + page + days).body; !strings.Contains(text, "Wilhelmina Later") {
			t.Errorf("%s: the lead does not see who comes", page)
		}
		a := s.as(s.reader).get(s.raci() + page + days)
		if a.status != http.StatusOK || strings.Contains(a.body, "Wilhelmina") || strings.Contains(a.body, itsm.ISODay(begin)) {
			t.Errorf("%s tells a reader what is not announced: %d %.500s", page, a.status, a.body)
		}
	}
	dana := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	outside := s.as(dana)
	for _, page := range []string{"/compare", "/compare.csv"} {
		outside.get(s.raci()+page).shows(t, http.StatusNotFound)
	}
}
