package demo

import (
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// build makes the organisation in a database of its own.
func build(t *testing.T, now time.Time) *storetest.DB {
	t.Helper()
	db := storetest.At(t, func() time.Time { return now })
	begun := time.Now()
	if err := Build(t.Context(), db.URL, now); err != nil {
		t.Fatal(err)
	}
	t.Logf("built in %v", time.Since(begun))
	return db
}

func TestBuildsAnOrganisation(t *testing.T) {
	t.Parallel()
	db := build(t, storetest.Now)
	state, err := Look(t.Context(), db.Store)
	if err != nil || state != Built {
		t.Fatalf("Look = %v, %v; want Built", state, err)
	}
	for _, who := range Cast {
		by, err := db.ActorOf(t.Context(), who.Email)
		if err != nil || by.Name != who.Name {
			t.Errorf("%s: actor %q, %v", who.Email, by.Name, err)
		}
	}
	for what, c := range map[string]struct {
		sql  string
		want int
	}{
		"people":              {`SELECT count(*)::int FROM person`, 60},
		"teams":               {`SELECT count(*)::int FROM team`, 6},
		"regions at the top":  {`SELECT count(*)::int FROM region WHERE parent_id IS NULL`, 3},
		"companies":           {`SELECT count(*)::int FROM company WHERE our_contact_id IS NOT NULL AND their_contact_id IS NOT NULL`, 2},
		"practices":           {`SELECT count(*)::int FROM practice`, 12},
		"rows of the depot":   {`SELECT count(*)::int FROM step s JOIN process_version v ON v.id = s.version_id JOIN process p ON p.id = v.process_id WHERE p.name = '` + depotProcess + `'`, 60},
		"columns of it":       {`SELECT count(*)::int FROM raci_column c JOIN process_version v ON v.id = c.version_id JOIN process p ON p.id = v.process_id WHERE p.name = '` + depotProcess + `'`, 40},
		"rows without R":      {`SELECT count(*)::int FROM step s WHERE NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE '%R%')`, 1},
		"sentences missing":   {`SELECT count(*)::int FROM step s JOIN process_version v ON v.id = s.version_id JOIN process p ON p.id = v.process_id WHERE s.text = '' AND p.name <> '` + depotProcess + `'`, 0},
		"not yet accepted":    {`SELECT count(*)::int FROM assignment WHERE state = 'appointed' AND announced AND acceptance = 'told'`, 1},
		"proposals":           {`SELECT count(*)::int FROM assignment WHERE state = 'proposed'`, 2},
		"objections":          {`SELECT count(*)::int FROM assignment WHERE acceptance = 'objected'`, 1},
		"plans not announced": {`SELECT count(*)::int FROM assignment WHERE NOT announced AND state = 'appointed'`, 1},
		"hats of the reader":  {`SELECT count(*)::int FROM assignment a JOIN person p ON p.id = a.person_id WHERE p.name = 'Priya Raman'`, 0},
	} {
		if n := storetest.Value[int](t, db, c.sql); n != c.want {
			t.Errorf("%s: %d; want %d", what, n, c.want)
		}
	}
	first := storetest.Value[time.Time](t, db, `SELECT min(lower(during))::timestamptz FROM assignment`)
	if first.After(storetest.Today.AddDate(-2, -9, 0)) {
		t.Errorf("the first hat is of %v: no three years", first)
	}
}

// TestScenes looks at today for what the story is about.
func TestScenes(t *testing.T) {
	t.Parallel()
	db := build(t, storetest.Now)
	by := map[string]itsm.Actor{}
	for _, name := range []string{"Joe Okafor", "Marta Nowak", "Elena Rossi", "Henrik Dahl", "Sana Malik", "Jonas Weber"} {
		actor, err := db.ActorOf(t.Context(), address(name))
		if err != nil {
			t.Fatal(err)
		}
		by[name] = actor
	}
	hats := func(name string, kind itsm.RoleKind, capacity itsm.Capacity) (n int) {
		for _, h := range by[name].Hats {
			if h.Kind == kind && h.Capacity == capacity {
				n++
			}
		}
		return n
	}
	for scene, c := range map[string][2]int{
		"one person, two owner hats":             {hats("Joe Okafor", itsm.Owner, itsm.Holder), 2},
		"the title owns two practices":           {hats("Elena Rossi", itsm.Owner, itsm.Holder), 2},
		"owner and manager in one":               {hats("Henrik Dahl", itsm.Owner, itsm.Holder) * hats("Henrik Dahl", itsm.Manager, itsm.Holder), 1},
		"a manager acts for another region":      {hats("Marta Nowak", itsm.Manager, itsm.Holder) * hats("Marta Nowak", itsm.Manager, itsm.Acting), 1},
		"the deputy stands in for who is absent": {hats("Sana Malik", itsm.Manager, itsm.Deputy), 1},
		"the regional manager who left is gone": {storetest.Value[int](t, db,
			`SELECT count(*)::int FROM worn('2026-11-23') w JOIN person p ON p.id = w.person_id WHERE p.name = 'Carlos Mendes'`), 0},
		"the desk does the work of its analysts": {storetest.Value[int](t, db,
			`SELECT count(*)::int FROM assignment a JOIN role r ON r.id = a.role_id WHERE r.name = 'Service desk analyst' AND a.team_id IS NOT NULL AND a.state = 'appointed'`), 3},
		"supplier and customer wear hats": {storetest.Value[int](t, db,
			`SELECT count(DISTINCT p.company_id)::int FROM worn('2026-11-23') w JOIN person p ON p.id = w.person_id WHERE p.company_id IS NOT NULL`), 2},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %d; want %d", scene, c[0], c[1])
		}
	}
	through := 0
	for _, h := range by["Jonas Weber"].Hats {
		if h.Team {
			through++
		}
	}
	if through == 0 {
		t.Error("the practitioner wears nothing through the team")
	}
}

// TestBuildsOnAnyDay tries days on which months are of unequal length.
func TestBuildsOnAnyDay(t *testing.T) {
	t.Parallel()
	for _, day := range []time.Time{itsm.Day(2027, 1, 1), itsm.Day(2028, 2, 29), itsm.Day(2026, 5, 31)} {
		build(t, day.Add(23*time.Hour+50*time.Minute))
	}
}

func TestRefusesOtherData(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	if _, err := db.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: "Ada Stone"}); err != nil {
		t.Fatal(err)
	}
	if state, err := Look(t.Context(), db.Store); err != nil || state != Foreign {
		t.Errorf("Look = %v, %v; want Foreign", state, err)
	}
	if err := Build(t.Context(), db.URL, storetest.Now); err == nil {
		t.Error("the demo was built among other data")
	}
	if n := storetest.Value[int](t, db, `SELECT count(*)::int FROM person`); n != 1 {
		t.Errorf("%d people; want the one", n)
	}
}

// TestGapsAgree holds the organisation's list of gaps to what the pages compute, code by code, today and on other days.
func TestGapsAgree(t *testing.T) {
	t.Parallel()
	db := build(t, storetest.Now)
	by, err := db.ActorOf(t.Context(), "ingrid.solberg@tallgrass.example")
	if err != nil {
		t.Fatal(err)
	}
	practices, err := db.Practices(t.Context(), by, store.PracticeFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, on := range []time.Time{storetest.Today, storetest.Today.AddDate(-1, 0, 0), storetest.Today.AddDate(0, -4, 0), storetest.Today.AddDate(0, 3, 0), storetest.Today.AddDate(1, 0, 0)} {
		want := map[string]bool{}
		for _, p := range practices {
			if p.State != itsm.InUse {
				continue
			}
			_, gaps, err := db.PracticeGaps(t.Context(), by, p.ID, on)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range gaps {
				want[string(g.Severity)+" "+g.Code+" "+g.Key().About] = true
			}
		}
		services, err := db.Services(t.Context(), by, "", false)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range services {
			one, err := db.Service(t.Context(), by, v.ID, on)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range one.Gaps {
				want[string(g.Severity)+" "+g.Code+" "+g.Key().About] = true
			}
		}
		got := map[string]bool{}
		for _, code := range itsm.GapKinds() {
			for _, state := range []itsm.GapState{"", itsm.GapsAccepted} {
				seen, total := 0, 1
				for page := 1; seen < total && page < 20; page++ {
					list, err := db.Gaps(t.Context(), by, on, itsm.GapFilter{Code: code, State: state, Page: page})
					if err != nil {
						t.Fatal(err)
					}
					total = 0
					for _, k := range list.Kinds {
						seen, total = seen+len(k.Lines), total+k.Total
						for _, l := range k.Lines {
							if l.Title == "" || l.Sentence == "" || l.Who == "" || l.Fix == "" {
								t.Errorf("lacks words: %+v", l)
							}
							// Gaps of the office's own hats are on no page but the list.
							if l.PolicyID != 0 || l.PracticeID != 0 || l.ServiceID != 0 {
								got[string(l.Severity)+" "+l.Code+" "+l.Key().About] = true
							}
						}
					}
				}
			}
		}
		for g := range want {
			if !got[g] {
				t.Errorf("%s: on a page and not in the list: %s", itsm.ISODay(on), g)
			}
		}
		for g := range got {
			if !want[g] {
				t.Errorf("%s: in the list and on no page: %s", itsm.ISODay(on), g)
			}
		}
		t.Logf("%s: %d gaps", itsm.ISODay(on), len(want))
	}
}

// TestSteeringAgrees holds the figures of the steering page to their lists, for the office and for an auditor of all of it.
func TestSteeringAgrees(t *testing.T) {
	t.Parallel()
	db := build(t, storetest.Now)
	for _, who := range []string{"ingrid.solberg@tallgrass.example", "aiko.tanaka@tallgrass.example"} {
		by, err := db.ActorOf(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		storetest.SteeringAgrees(t, db.Store, by)
		later := by
		later.Today = later.Today.AddDate(0, 5, 0)
		storetest.SteeringAgrees(t, db.Store, later)
	}
}
