package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func TestMapShowsPlainReadersNoPlans(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	owner, _, _ := s.practiceOf("Change enablement")
	s.wear(s.manager, s.marta, s.emea)
	in := itsm.NewAssignment{RoleIDs: []int64{owner}, PersonIDs: []int64{s.jonas}, From: storetest.Today.AddDate(0, 1, 0), Reason: "A reason of our own."}
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, in))
	must[[]int64](t)(s.Propose(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.ana}, From: storetest.Today}))
	for _, path := range []string{"/map", "/map?sort=hats", "/map?vacant=1", "/map/practices", "/map/regions", "/map.csv", "/map?practice=x&practice=-1&team=9e9&page=-3&region=99999999999999999999&sort=none&kind=whoever"} {
		got := s.as(s.reader).get(path)
		got.shows(t, http.StatusOK, "Marta Nowak")
		for _, never := range []string{"Jonas Weber", "Ana Souza", "A reason of our own"} {
			if strings.Contains(got.text(), never) {
				t.Errorf("%s shows %q", path, never)
			}
		}
	}
	s.as(s.reader).get("/map").shows(t, http.StatusOK, "2 owners vacant", "Nobody yet")
	s.as(s.reader).get("/map/practices").shows(t, http.StatusOK, "Change enablement", "Incident management", "Vacant")
	s.as(s.lead).get("/map?manager="+itoa(s.lead)).shows(t, http.StatusOK, "Nobody matches")
}

// The map is of the day that its address asks for, in each view and as a file.
func TestMapIsOfItsDay(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	before := storetest.Today.AddDate(0, -2, 0)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.manager}, PersonIDs: []int64{s.jonas}, From: before, Until: &storetest.Today, Reason: "Found so."}))
	s.wear(s.manager, s.marta, 0)
	reader := s.as(s.reader)
	for _, path := range []string{"/map", "/map/practices", "/map/regions"} {
		for on, who := range map[string][2]string{itsm.ISODay(before): {"Jonas Weber", "Marta Nowak"}, "": {"Marta Nowak", "Jonas Weber"}} {
			got := reader.get(withDay(path, on))
			got.shows(t, http.StatusOK, who[0])
			if strings.Contains(got.text(), who[1]) {
				t.Errorf("%s on %q shows %s", path, on, who[1])
			}
		}
	}
	reader.get(withDay("/map.csv", itsm.ISODay(before))).shows(t, http.StatusOK, "Jonas Weber")
	if now := reader.get("/map.csv"); strings.Contains(now.text(), "Jonas Weber") {
		t.Error("the file is of another day")
	}
}

// Each view by practice is taken away as it stands, holes and all; whoever may not know of a plan does not find it there.
func TestMapByPracticeAndByRegionAreFiles(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{
		RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.jonas}, From: storetest.Today.AddDate(0, 1, 0), Reason: "Later."}))
	s.wear(s.manager, s.marta, s.emea)
	s.wear(s.analyst, s.ana, 0)
	reader := s.as(s.reader)
	_, byPractice := reader.file("/map/practices.csv")
	incident := byPractice[slices.IndexFunc(byPractice, func(r map[string]string) bool { return r["Practice"] == "Incident management" && r["Process"] == "" })]
	for column, want := range map[string]string{"Practice Owner": "Vacant", "Managers": "Marta Nowak (EMEA)", "Practitioners": "1 holder in"} {
		if !strings.Contains(incident[column], want) {
			t.Errorf("%s is %q, want %q", column, incident[column], want)
		}
	}
	head, byRegion := reader.file("/map/regions.csv")
	at := byRegion[slices.IndexFunc(byRegion, func(r map[string]string) bool { return r["Practice"] == "Incident management" })]
	if at["EMEA"] != "Marta Nowak" || at["Owner, worldwide"] != "vacant" || !slices.Contains(head, "APAC") || at["APAC"] != "vacant" {
		t.Errorf("by region: %v %v", head, at)
	}
	if _, few := reader.file("/map/regions.csv?q=incident"); len(few) != 1 {
		t.Errorf("narrowed to one practice there are %d lines", len(few))
	}
	for _, file := range []string{`"/map/regions.csv"`, `"/map.csv"`} {
		if !strings.Contains(reader.get("/map/regions").body, file) {
			t.Errorf("no link leads to %s", file)
		}
	}
}

func TestMapOfAManagersPeople(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.manager, s.jonas, 0)
	s.wear(s.owner, s.marta, 0)
	if err := s.AddReportingLine(t.Context(), storetest.Operator, s.jonas, s.ana, true); err != nil {
		t.Fatal(err)
	}
	ana := s.as(s.ana)
	own := ana.get("/map?manager=" + itoa(s.ana))
	own.shows(t, http.StatusOK, "Jonas Weber", "My people")
	if strings.Contains(own.text(), "Marta Nowak") {
		t.Error("somebody else's people are among mine")
	}
	// She wears no hat: her start page is My hats all the same, since hats of her people stand there.
	if got := ana.get("/"); got.to != "/hats" {
		t.Errorf("the start page of a line manager is %q", got.to)
	}
	ana.get("/hats").shows(t, http.StatusOK, "Offered to your people", "Jonas Weber: Practice Manager", "not answered yet")
	hat := storetest.Value[int64](t, s.DB, `SELECT id FROM assignment WHERE person_id = $1`, s.jonas)
	ana.post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {""}}).shows(t, http.StatusUnprocessableEntity, "Say why")
	ana.post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {"He is needed elsewhere."}}).shows(t, http.StatusSeeOther)
	s.as(s.lead).get("/hats").shows(t, http.StatusOK, "Objection: Jonas Weber", "Ana Souza: “He is needed elsewhere.”")
	// Neither hides what the other says: the holder answers once hers is answered.
	s.as(s.jonas).post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {"No time."}}).shows(t, http.StatusConflict, "Ana Souza objects. Whoever appointed answers that first")
	ana.post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {"Still needed."}}).shows(t, http.StatusSeeOther)
	s.as(s.lead).get("/hats").shows(t, http.StatusOK, "Ana Souza: “Still needed.”")
	s.as(s.reader).post("/assignments/"+itoa(hat)+"/object", url.Values{"reason": {"Not mine to say."}}).shows(t, http.StatusForbidden)
	if text := s.as(s.reader).get("/hats").text(); strings.Contains(text, "Offered to your people") {
		t.Error("somebody without reports is told of hats")
	}
}

// On paper go all that the filter finds: a page of a list says how the others come there, and the map puts them on one.
func TestAllOfTheMapGoesOnPaper(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	var people []int64
	for n := range itsm.MapPage + 1 {
		people = append(people, s.person(fmt.Sprintf("Wearer %03d", n)))
	}
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: people, From: storetest.Today, Announced: true}))
	reader := s.as(s.reader)
	first := reader.get("/map?q=wearer")
	first.shows(t, http.StatusOK, "1 to 50 of 51 people", "The others are on further pages: choose “On one page, to print” first.")
	if strings.Contains(first.text(), "Wearer 050") || !strings.Contains(first.body, `href="/map?all=1&amp;q=wearer"`) {
		t.Error("no way to all on one page")
	}
	all := reader.get("/map?all=1&q=wearer")
	all.shows(t, http.StatusOK, "Wearer 000", "Wearer 050", "51 people")
	if strings.Contains(all.text(), "further pages") {
		t.Error("all are there, and others are spoken of")
	}
	reader.get("/people?q=wearer").shows(t, http.StatusOK, "The others are on further pages, which print one by one.")
	reader.get("/map/practices?all=1").shows(t, http.StatusOK, "Incident management")
}

// The figure of the people says how many of them are in the teams and of the companies, where not all are.
func TestMapCountsThePeopleOfItsTeams(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	since := itsm.Period{From: storetest.Today.AddDate(0, -1, 0)}
	if err := s.AddMembership(t.Context(), storetest.Operator, s.desk, s.ana, since); err != nil {
		t.Fatal(err)
	}
	s.wear(s.analyst, s.ana, 0)
	s.wear(s.owner, s.marta, 0)
	dana := must[int64](t)(s.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Dana Petrov", Email: "dana@corvid.example", CompanyID: s.acme}))
	s.wear(s.analyst, dana, 0)
	reader := s.as(s.reader)
	reader.get("/map").shows(t, http.StatusOK, "3 people 1 in 1 team, 1 from 1 company")
	reader.get("/map?team="+itoa(s.desk)).shows(t, http.StatusOK, "1 person in 1 team")
}
