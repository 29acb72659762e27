package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/demo"
	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// Every matrix of the demo, taken out and read again, has the same activities, roles and letters.
func TestAMatrixComesBackAsItWas(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	if err := demo.Build(t.Context(), db.URL, storetest.Now); err != nil {
		t.Fatal(err)
	}
	s := accessServer(t, db)
	lead := enter(t, s.Handler(), "ingrid.solberg@tallgrass.example")
	actor, err := db.ActorOf(t.Context(), "ingrid.solberg@tallgrass.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range storetest.Value[[]int64](t, db, `SELECT array_agg(id) FROM process WHERE archived_at IS NULL`) {
		m := must[*itsm.Matrix](t)(db.Matrix(t.Context(), actor, id, storetest.Today))
		if len(m.Rows) == 0 || len(m.Columns) < 2 {
			continue
		}
		for n, file := range []string{"raci.csv", "raci.xlsx", "raci.md", "raci.html", "raci.csv", "raci.xlsx", "raci.md", "raci.html"} {
			address := "/processes/" + itoa(id) + "/" + file
			if n >= 4 { // nor does it on another day, of which its letters say that they are not
				address += "?on=2026-03-03"
			}
			body := fetch(t, s.Handler(), lead, address)
			grid, err := sheet.ReadGrid(file, []byte(body), sheet.GridOptions{})
			if err != nil {
				t.Errorf("%s, %s: %v", m.Process, file, err)
				continue
			}
			same(t, m, grid)
			// And brought into its process it changes nothing and asks nothing.
			_, _, plan, err := db.PlanGrid(t.Context(), actor, store.GridTarget{ProcessID: id}, grid.Staged().Listed, itsm.GridAnswers{}, storetest.Today)
			if n := plan.Count(itsm.RowSame); err != nil || n != len(m.Rows) || len(plan.Open())+len(plan.NewRoles()) > 0 {
				t.Errorf("%s, %s: %d of %d rows as they were, new %v, asked %v, %v", m.Process, file, n, len(m.Rows), plan.NewRoles(), plan.Open(), err)
			}
		}
	}
}

// The people of a past day stand beside the letters of today, which every file says: in its text, or in its name.
func TestAMatrixOfAnotherDaySaysOfWhichItsLettersAre(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	reader := s.as(s.reader)
	today := itsm.ISODay(storetest.Today)
	for ext, name := range map[string]string{
		"csv": "raci-handle-an-incident-letters-of-" + today, "xlsx": "raci-handle-an-incident-people-of-2026-03-03-letters-of-" + today,
		"md": "raci-handle-an-incident-people-of-2026-03-03-letters-of-" + today, "html": "raci-handle-an-incident-people-of-2026-03-03-letters-of-" + today,
	} {
		then, now := reader.get("/processes/"+itoa(s.process)+"/raci."+ext+"?on=2026-03-03"), reader.get("/processes/"+itoa(s.process)+"/raci."+ext)
		if got := then.header.Get("Content-Disposition"); !strings.Contains(got, `"`+name+"."+ext) {
			t.Errorf("%s is called %s", ext, got)
		}
		if got := now.header.Get("Content-Disposition"); !strings.Contains(got, `"raci-handle-an-incident-`+today+"."+ext) {
			t.Errorf("%s of today is called %s", ext, got)
		}
		if says := "People as on 3 Mar 2026; letters and texts as they are today, 23 Nov 2026."; (ext == "md" || ext == "html") && !strings.Contains(then.body, says) {
			t.Errorf("%s does not say it: %.300s", ext, then.body)
		}
	}
	reader.get(searchURL("who gave input to log on 20 November")).shows(t, http.StatusOK,
		"no role has this letter in its row today, and which had it on 20 Nov 2026 is not known", "People are as on 20 Nov 2026; letters and texts are as they are today.")
}

// With names a matrix is taken out as its view shows it: in the region and on the day that is looked at.
func TestAMatrixGoesOutWithNames(t *testing.T) {
	t.Parallel()
	s := setScene(t)
	s.wear(s.owner, s.marta, 0)
	s.wear(s.manager, s.jonas, s.emea)
	s.wear(s.analyst, s.ana, s.apac)
	reader := s.as(s.reader)
	names := "/processes/" + itoa(s.process) + "/raci/names.csv"
	head, rows := reader.file(names)
	if !slices.Equal(head, []string{"No", "Section", "Activity", "Answers for it (A)", "Does it (R)", "Gives input (C)", "Is told (I)", "Remark"}) {
		t.Errorf("the head: %v", head)
	}
	for at, want := range map[string]string{
		"":                           "Practice Manager: Jonas Weber in EMEA; Practice Owner: Marta Nowak in APAC (from the Owner) | Practitioner: Ana Souza in APAC | In all regions. People, letters and texts as on 23 Nov 2026.",
		"?region=" + itoa(s.germany): "Practice Manager: Jonas Weber in EMEA | Practitioner: nobody | In Germany. People, letters and texts as on 23 Nov 2026.",
		"?region=" + itoa(s.apac):    "Practice Owner: Marta Nowak (from the Owner) | Practitioner: Ana Souza in APAC | In APAC. People, letters and texts as on 23 Nov 2026.",
		"?on=2026-03-03&view=people": "Practice Manager: nobody | Practitioner: nobody | In all regions. People as on 3 Mar 2026; letters and texts as they are today, 23 Nov 2026. Handle an incident was put on record here on 23 Nov 2026.",
	} {
		if _, rows = reader.file(names + at); len(rows) != 4 {
			t.Fatalf("%s: %v", at, rows)
		}
		got := rows[1]["Answers for it (A)"] + " | " + rows[1]["Does it (R)"] + " | " + rows[0]["Remark"]
		if !strings.HasPrefix(strings.ReplaceAll(got, "Practice ", ""), strings.ReplaceAll(want, "Practice ", "")) {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	must[[]int64](t)(s.Appoint(t.Context(), storetest.Operator, itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, From: itsm.Day(2026, 3, 1), Reason: "Found in the letter.", Announced: true}))
	const late = "Put on record after that day: Jonas Weber as Practitioner from 1 Mar 2026, recorded 23 Nov 2026"
	for at, want := range map[string]bool{"": false, "?on=2026-03-03": true} {
		if _, rows = reader.file(names + at); strings.Contains(rows[0]["Remark"], late) != want {
			t.Errorf("%q says what was recorded later: %v; want %v: %s", at, !want, want, rows[0]["Remark"])
		}
	}
	// Each view offers what it shows, and no letters that would be the same in another region.
	for view, want := range map[string]bool{"": false, "people": true, "list": true, "column": false} {
		a := reader.get(s.raci() + "?view=" + view + "&region=" + itoa(s.emea))
		if strings.Contains(a.body, "/raci/names.xlsx?region="+itoa(s.emea)) != want {
			t.Errorf("%q: names are offered: %v", view, !want)
		}
		if strings.Contains(a.body, "/raci.csv?") || !strings.Contains(a.body, "/raci.csv\"") {
			t.Errorf("%q: the letters are offered for a region", view)
		}
	}
	if a := reader.get(s.raci() + "?on=2026-03-03&view=people&region=" + itoa(s.emea)); !strings.Contains(a.body, "/raci.csv?on=2026-03-03\"") || !strings.Contains(a.body, "/raci/names.csv?on=2026-03-03&amp;region="+itoa(s.emea)) {
		t.Error("on another day the letters are offered for a region, or the names without one")
	}
	if a := reader.get(s.raci() + "?gaps=1&view=people&region=" + itoa(s.emea)); !strings.Contains(a.body, "/raci.csv?gaps=1&amp;region="+itoa(s.emea)+"\"") {
		t.Error("the rows with gaps are not those of the region")
	}
}
