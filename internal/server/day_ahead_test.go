package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// Somebody new takes every chair in a month, and somebody leaves; nothing of it is announced.
func TestWhatComesIsNotToldBeforeItIsAnnounced(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op, id := t.Context(), storetest.Operator, must[int64](t)
	begin := storetest.Today.AddDate(0, 1, 0)
	day := itsm.ISODay(begin.AddDate(0, 0, 10))
	newcomer := s.person("Wilhelmina Later")
	service := id(s.AddService(ctx, op, itsm.Service{Name: "Payroll"}))
	owns := storetest.Value[int64](t, s.DB, `SELECT id FROM role WHERE service_id = $1`, service)
	s.wear(s.owner, s.marta, 0)
	for _, role := range []int64{s.manager, s.analyst, owns} {
		must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{role}, PersonIDs: []int64{newcomer}, From: begin}))
	}
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, From: begin}))
	dana := id(s.AddPerson(ctx, op, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, dana, 0)
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{dana}, RegionID: s.apac, From: begin}))
	leaver := s.person("Otto Gehend")
	if err := s.Leave(ctx, op, leaver, 1, begin, false); err != nil {
		t.Fatal(err)
	}
	raci := s.raci()
	pages := map[string]string{ // with what stands there for the service management office
		"/practices/" + itoa(s.practice): "Wilhelmina Later", "/processes/" + itoa(s.process): "Wilhelmina Later", raci + "?region=" + itoa(s.germany): "Wilhelmina Later",
		raci + "?view=people": "Wilhelmina Later", raci + "?view=list&region=" + itoa(s.germany): "Wilhelmina Later", "/activities/" + itoa(s.log): "Wilhelmina Later",
		"/roles/" + itoa(s.manager): "Wilhelmina Later", "/services/" + itoa(service): "Wilhelmina Later", "/services": "Wilhelmina Later",
		"/roles/" + itoa(owns): "Wilhelmina Later", "/people/" + itoa(newcomer): "3 hats", "/teams/" + itoa(s.desk): "Practitioner",
		"/map": "Wilhelmina Later", "/map/practices": "Wilhelmina Later", "/map/regions": "Wilhelmina Later", "/map.csv": "Wilhelmina Later",
		"/companies/" + itoa(s.acme): "Manager", "/people/" + itoa(leaver): "left, last day", "/people?q=Wilhelmina&hats=none": "Nobody",
		searchURL("who manages incident management on " + day): "Wilhelmina Later", searchURL("who owns payroll on " + day): "Wilhelmina Later", searchURL("who answers for log on " + day): "Wilhelmina Later",
	}
	lead := s.as(s.lead)
	for page, word := range pages {
		if a := lead.get(withDay(page, day)); a.status != http.StatusOK || word != "Nobody" && !strings.Contains(strings.ToLower(a.text()), strings.ToLower(word)) {
			t.Errorf("%s: the lead does not see %q: %d %.600s", page, word, a.status, a.text())
		}
	}
	for who, person := range map[string]int64{"reader": s.reader, "supplier": dana} {
		for page, word := range pages {
			for _, on := range []string{day, itsm.ISODay(begin), itsm.ISODay(storetest.Today.AddDate(-1, 0, 0)), ""} {
				a := s.as(person).get(withDay(page, on))
				if a.status >= 500 {
					t.Fatal(page, a.status)
				}
				if a.status != http.StatusOK || page == "/people?q=Wilhelmina&hats=none" {
					continue
				}
				text := a.text()
				if page == "/people/"+itoa(newcomer) {
					text = strings.ReplaceAll(text, "Wears no hat", "")
				}
				if page == "/teams/"+itoa(s.desk) || page == "/companies/"+itoa(s.acme) {
					word = itsm.ShowDay(begin) // the hat's name stands there for other reasons
				}
				own := who == "supplier" && (page == "/roles/"+itoa(s.manager) || page == "/map.csv") // hers from that day on, which she knows
				begins := on != itsm.ISODay(begin) && !own && (strings.Contains(text, itsm.ShowDay(begin)) || strings.Contains(a.body, itsm.ISODay(begin)))
				if begins || strings.Contains(text, word) && word != itsm.ShowDay(begin) {
					t.Errorf("%s on %s tells the %s %q: %.900s", page, on, who, word, text)
				}
			}
		}
	}
	hatless := s.as(s.reader).get(withDay("/people?q=Wilhelmina&hats=none", day))
	hatless.shows(t, http.StatusOK, "Wilhelmina Later")
	if hatted := lead.get(withDay("/people?q=Wilhelmina&hats=none", day)); strings.Contains(hatted.text(), "Wilhelmina Later") {
		t.Error("the lead should know that she wears a hat by then")
	}
}

func withDay(page, day string) string {
	if day == "" {
		return page
	}
	if strings.Contains(page, "?") {
		return page + "&on=" + day
	}
	return page + "?on=" + day
}

func TestWhatWasRecordedLaterSaysSo(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	from := storetest.Today.AddDate(0, -3, 0)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.marta}, From: from, Reason: "The letter came late."}))
	late := fmt.Sprintf("%s, recorded %s", itsm.ShowDay(from), itsm.ShowDay(storetest.Today))
	day := itsm.ISODay(from.AddDate(0, 0, 3))
	for _, page := range []string{"/practices/" + itoa(s.practice), "/processes/" + itoa(s.process), s.raci(), "/roles/" + itoa(s.owner), "/people/" + itoa(s.marta)} {
		a := s.as(s.reader).get(withDay(page, day))
		if text := strings.ReplaceAll(a.text(), " ,", ","); !strings.Contains(text, late) {
			t.Errorf("%s does not say when it was recorded: %.900s", page, text)
		}
		if strings.Contains(a.text(), "The letter came late") {
			t.Errorf("%s tells the reason", page)
		}
		if strings.Contains(page, "practices") {
			a.shows(t, http.StatusOK, "This was put on record here on 23 Nov 2026")
			if now := s.as(s.reader).get(page); strings.Contains(now.text(), late) {
				t.Errorf("%s says it today, too", page)
			}
		}
	}
}

// A Manager hands over and a member of the desk leaves, both in a month; nothing of it is announced, until it is.
func TestALastDayIsToldOnceItIsAnnounced(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	ctx, op := t.Context(), storetest.Operator
	newcomer, leaver := s.person("Wilhelmina Later"), s.person("Otto Gehend")
	begin := storetest.Today.AddDate(0, 1, 0)
	last, after := begin.AddDate(0, 0, -1), itsm.ISODay(begin.AddDate(0, 0, 10))
	s.wear(s.owner, s.jonas, 0)
	manages := s.wear(s.manager, s.marta, 0)
	s.wear(s.analyst, leaver, 0)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(s.AddMembership(ctx, op, s.desk, leaver, itsm.Period{From: storetest.Today.AddDate(0, -1, 0)}))
	ok(s.AddMembership(ctx, op, s.desk, s.ana, itsm.Period{From: storetest.Today.AddDate(0, -1, 0)}))
	must[[]int64](t)(s.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, TeamIDs: []int64{s.desk}, From: storetest.Today}))
	ok(s.HandOver(ctx, op, itsm.HandOver{PersonID: s.marta, Day: begin, Parts: []itsm.HandOverPart{{AssignmentID: manages, ToID: newcomer}}}))
	ok(s.Leave(ctx, op, leaver, 1, last, false))
	raci := s.raci()
	pages := map[string]string{ // with who stands there on the day after, for who knows of nothing
		"/practices/" + itoa(s.practice): "Marta Nowak", "/processes/" + itoa(s.process): "Marta Nowak", raci: "Marta Nowak", raci + "?view=people": "Otto Gehend", raci + ".csv": "",
		"/roles/" + itoa(s.manager): "Marta Nowak", "/roles/" + itoa(s.analyst): "Otto Gehend", "/people/" + itoa(s.marta): "Manager", "/people/" + itoa(leaver): "Practitioner",
		"/teams/" + itoa(s.desk): "Otto Gehend", "/map": "Otto Gehend", "/map/practices": "Marta Nowak", "/map/regions": "", "/map.csv": "Otto Gehend", "/gaps": "", "/people": "Otto Gehend",
		"/practices": "", "/services": "", "/people?hats=some": "Marta Nowak", "/search?q=who+manages+incident": "",
		searchURL("who manages incident management on " + after): "Marta Nowak manages Incident management",
	}
	told := func(a answer) bool {
		for _, day := range []string{itsm.ShowDay(last), itsm.ISODay(last), itsm.ISODay(begin), "Wilhelmina"} {
			if strings.Contains(a.text(), day) || strings.Contains(a.body, day) {
				return true
			}
		}
		return false
	}
	reader, lead := s.as(s.reader), s.as(s.lead)
	vacant := map[string]int{}
	for page, word := range pages {
		now := reader.get(page)
		ahead := reader.get(withDay(page, after))
		vacant[page] = strings.Count(now.text(), "acant")
		if now.status != http.StatusOK || !strings.HasPrefix(page, "/people?") && page != "/people" && (told(now) || told(ahead)) {
			t.Errorf("%s tells a reader what is not announced: %d %.900s", page, now.status, ahead.text())
		}
		if !strings.Contains(ahead.text(), word) || strings.Count(ahead.text(), "acant") > vacant[page] {
			t.Errorf("%s on %s: not %q, or vacant: %.900s", page, after, word, ahead.text())
		}
	}
	for page, word := range map[string]string{"/roles/" + itoa(s.manager): itsm.ShowDay(last), "/people/" + itoa(leaver): itsm.ShowDay(last), "/teams/" + itoa(s.desk): itsm.ShowDay(last), "/map.csv": itsm.ISODay(last)} {
		if a := lead.get(page); !strings.Contains(a.body, word) && !strings.Contains(a.text(), word) {
			t.Errorf("%s does not tell the lead of %s: %.600s", page, word, a.text())
		}
	}
	if a := lead.get(withDay(raci+"?view=people", after)); strings.Contains(a.text(), "Otto Gehend") || !strings.Contains(a.text(), "Wilhelmina Later") {
		t.Errorf("the lead sees who wears it by then: %.900s", a.text())
	}
	// Who reads no plans counts those who leave in every number and list of a team; the lead in none.
	for page, c := range map[string][2]string{
		"/teams/" + itoa(s.desk): {"2 people on", "1 person on"}, "/teams": {"Service desk Ana Souza 2", "Service desk Ana Souza 1"}, "/roles/" + itoa(s.analyst): {"Service desk 2 people", "Service desk 1 person"}, "/people?team=" + itoa(s.desk): {"2 people", "1 person"},
	} {
		if read, led := reader.get(withDay(page, after)).text(), lead.get(withDay(page, after)).text(); !strings.Contains(read, c[0]) || !strings.Contains(led, c[1]) {
			t.Errorf("%s on %s: a reader %.1200s, the lead %.1200s", page, after, read, led)
		}
	}
	soon := "Practitioner ends " + itsm.ShowDay(last)
	lead.get("/gaps?kind=ends-soon").shows(t, http.StatusOK, soon)
	s.as(s.jonas).get("/gaps?kind=ends-soon").shows(t, http.StatusOK, soon) // Owner there, and to find somebody
	if a := reader.get("/gaps?kind=ends-soon"); strings.Contains(a.text(), soon) {
		t.Errorf("a reader is told that it ends: %.600s", a.text())
	}

	lead.get("/people/"+itoa(leaver)+"/leaving").shows(t, http.StatusOK, "is not announced")
	lead.post("/people/"+itoa(leaver)+"/leaving/announce", url.Values{"counter": {"2"}}).shows(t, http.StatusSeeOther)
	lead.post("/assignments/"+itoa(manages)+"/announce", url.Values{}).shows(t, http.StatusSeeOther)
	reader.get("/roles/"+itoa(s.analyst)).shows(t, http.StatusOK, itsm.ShowDay(last))
	reader.get("/teams/"+itoa(s.desk)).shows(t, http.StatusOK, itsm.ShowDay(last))
	reader.get("/people/"+itoa(leaver)).shows(t, http.StatusOK, "leaves, last day "+itsm.ShowDay(last), "Last day")
	reader.get("/roles/"+itoa(s.manager)).shows(t, http.StatusOK, itsm.ShowDay(last), "Wilhelmina Later")
	reader.get("/gaps?kind=ends-soon").shows(t, http.StatusOK, soon)
	if a := reader.get(withDay(raci+"?view=people", after)); strings.Contains(a.text(), "Otto Gehend") || !strings.Contains(a.text(), "Wilhelmina Later") {
		t.Errorf("what is announced is not known: %.900s", a.text())
	}
	known, planned := "People are as on "+itsm.ShowDay(begin.AddDate(0, 0, 10))+", as far as it is known to you today", "as it is planned today"
	reader.get(searchURL("who manages incident management on "+after)).shows(t, http.StatusOK, "Who manages Incident management on", "Wilhelmina Later manages Incident management", known)
	lead.get(searchURL("who manages incident management on "+after)).shows(t, http.StatusOK, "Wilhelmina Later manages Incident management", planned)
	if a := lead.get("/people/" + itoa(leaver) + "/leaving"); strings.Contains(a.text(), "is not announced") {
		t.Error("it asks for the announcement again")
	}
}
