package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// hats imports a list of who wears which hat as somebody.
func (h house) hats(t *testing.T, by itsm.Actor, list []itsm.ListedHat) (itsm.HatImport, int64, error) {
	t.Helper()
	for i := range list {
		list[i].Line = i + 2
	}
	return h.ImportHats(t.Context(), by, "hats [[person:1]].csv", list, nil, nil, nil)
}

func on(y int, m time.Month, d int) *time.Time {
	day := itsm.Day(y, m, d)
	return &day
}

func TestHatsOfAListAreOneEvent(t *testing.T) {
	t.Parallel()
	h := build(t)
	h.appoint(t, h.of(h.owner, h.marta))
	list := []itsm.ListedHat{
		{Holder: "Jonas Lindqvist", Role: "Incident manager", Practice: "Incident management", Region: "EMEA", From: on(2026, 1, 1)},
		{Holder: "Service desk", Role: "Service desk analyst", Practice: "Incident management"},
		{Holder: "Ana Souza", Role: "Incident owner", Practice: "Incident management"}, // a second Owner
		{Holder: "Marta Nowak", Role: "Incident owner", Practice: "Incident management", Until: on(2027, 1, 1)},
	}
	before := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event`)
	known, err := h.KnownHats(t.Context(), h.lead, []string{"Jonas Lindqvist", "Ana Souza"})
	if err != nil {
		t.Fatal(err)
	}
	if plan, err := h.PlanHats(t.Context(), h.lead, known, list, nil); err != nil || plan.Writes() != 3 || storetest.Value[int](t, h.DB, `SELECT count(*) FROM event`) != before {
		t.Fatalf("a plan of %d writes, %v", plan.Writes(), err)
	}
	done, event, err := h.hats(t, h.lead, list)
	if err != nil {
		t.Fatal(err)
	}
	if done.Count(itsm.NewLine) != 2 || done.Count(itsm.ChangedLine) != 1 || done.Count(itsm.RefusedLine) != 1 || !strings.Contains(done.Lines[2].Why, "Marta Nowak owns Incident management since 23 Nov 2026") {
		t.Errorf("got %+v", done.Lines)
	}
	if n := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event`); n != before+1 {
		t.Errorf("%d events, want one", n-before)
	}
	if got := storetest.Value[string](t, h.DB, `SELECT reference || '|' || reason || '|' || recorded_by FROM assignment WHERE person_id = $1`, h.jonas); got != "as found in hats [[person:1]].csv|as found in hats [[person:1]].csv|"+itoa(h.lead.PersonID) {
		t.Errorf("got %s", got)
	}
	if got := storetest.Value[string](t, h.DB, `SELECT string_agg(kind || id, ',' ORDER BY kind, id) FROM event_about WHERE event_id = $1`, event); got !=
		strings.Join([]string{"person" + itoa(h.marta), "person" + itoa(h.jonas), "role" + itoa(h.owner), "role" + itoa(h.manager), "role" + itoa(h.analyst), "team" + itoa(h.desk)}, ",") {
		t.Errorf("it is about %s", got)
	}
	if got := storetest.Value[time.Time](t, h.DB, `SELECT upper(during) FROM assignment WHERE person_id = $1`, h.marta); !got.Equal(itsm.Day(2027, 1, 1)) {
		t.Errorf("the Owner's end is %v", got)
	}
	// Brought again it changes nothing and says so.
	var conflict itsm.Conflict
	if _, _, err := h.hats(t, h.lead, list); !errors.As(err, &conflict) || storetest.Value[int](t, h.DB, `SELECT count(*) FROM event`) != before+1 {
		t.Errorf("got %v", err)
	}
	// And it can be taken back as a whole.
	if err := h.Undo(t.Context(), h.lead, event); err != nil {
		t.Fatal(err)
	}
	if got := storetest.Value[string](t, h.DB, `SELECT string_agg(person_id || ' ' || during::text, ',') FROM assignment`); got != itoa(h.marta)+" [2026-11-23,)" {
		t.Errorf("after the undo there is %s", got)
	}
}

func TestHatsAreImportedByTheOfficeAlone(t *testing.T) {
	t.Parallel()
	h := build(t)
	list := []itsm.ListedHat{{Holder: "Ana Souza", Role: "Service desk analyst", Practice: "Incident management"}}
	owner := h.actor(h.marta, itsm.Hat{Kind: itsm.Owner, PracticeID: h.practice, Capacity: itsm.Holder})
	if _, _, err := h.hats(t, owner, list); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("an Owner imports: %v", err)
	}
	if _, err := h.KnownHats(t.Context(), owner, nil); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("an Owner reads everybody's number and address: %v", err)
	}
	list[0].Holder = "Lea Lead"
	if _, _, err := h.hats(t, h.lead, list); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("the lead appoints herself: %v", err)
	}
}

// What is asked and not answered keeps everything from being written.
func TestAnOpenQuestionWritesNothing(t *testing.T) {
	t.Parallel()
	h := build(t)
	list := []itsm.ListedHat{{Holder: "Ana Souza", Role: "Service desk analyst", Practice: "Incident management"}, {Holder: "Ana Unknown", Role: "Service desk analyst", Practice: "Incident management"}}
	if _, _, err := h.hats(t, h.lead, list); !errors.As(err, &itsm.Conflict{}) || !strings.Contains(err.Error(), "Who is Ana Unknown?") {
		t.Errorf("got %v", err)
	}
	if n := storetest.Value[int](t, h.DB, `SELECT count(*) FROM assignment`); n != 0 {
		t.Errorf("%d assignments", n)
	}
}

// Of what begins in the future nobody hears by the event of an import.
func TestAFutureHatOfAListIsNotTold(t *testing.T) {
	t.Parallel()
	h := build(t)
	_, event, err := h.hats(t, h.lead, []itsm.ListedHat{{Holder: "Ana Souza", Role: "Service desk analyst", Practice: "Incident management", From: on(2027, 5, 1)}})
	if err != nil {
		t.Fatal(err)
	}
	if !storetest.Value[bool](t, h.DB, `SELECT private FROM event WHERE id = $1`, event) || storetest.Value[bool](t, h.DB, `SELECT bool_or(announced) FROM assignment`) {
		t.Error("it is told")
	}
	if err := h.Undo(t.Context(), owns(h.marta, h.owner, h.practice), event); err == nil {
		t.Error("who may not import hats took an import back")
	}
	if err := h.Undo(t.Context(), h.lead, event); err != nil {
		t.Fatal(err)
	}
	if storetest.Value[int](t, h.DB, `SELECT count(*) FROM assignment`) != 0 || !storetest.Value[bool](t, h.DB, `SELECT private FROM event ORDER BY id DESC LIMIT 1`) {
		t.Error("it stands still, or its undoing is told")
	}
}

func TestAThousandHatsAreWrittenAtOnce(t *testing.T) {
	t.Parallel()
	h := build(t)
	facts(t, h.DB, `INSERT INTO person (name, sort_name, external_id) SELECT 'Nr ' || n, 'Nr ' || n, 'x' || n FROM generate_series(1, 5000) n`)
	var list []itsm.ListedHat
	for n := 1; n <= 5000; n++ {
		list = append(list, itsm.ListedHat{Number: "x" + itoa(int64(n)), Role: "Service desk analyst", Practice: "Incident management", From: on(2026, 1, 1)})
	}
	start := time.Now()
	done, _, err := h.hats(t, h.lead, list)
	if err != nil || done.Count(itsm.NewLine) != 5000 {
		t.Fatalf("%d new, %v", done.Count(itsm.NewLine), err)
	}
	t.Logf("5,000 hats in %v", time.Since(start))
}

// Of the directory those people alone are read whom a list names, as it stands or by its lines; of a name that nobody has,
// those who are called like it.
func TestOnlyThePeopleOfAListAreRead(t *testing.T) {
	t.Parallel()
	h := build(t)
	for texts, want := range map[string]string{
		"Service desk analyst|2026-11-23|":             "",
		"Jonas Lindqvist|Ana Souza":                    "Ana Souza, Jonas Lindqvist",
		"lindqvist, jonas|SOUZA, ANA":                  "Ana Souza, Jonas Lindqvist",
		"Jónas  Lindqvist|" + strings.Repeat("x", 999): "Jonas Lindqvist",
	} {
		known, err := h.KnownHats(t.Context(), h.lead, strings.Split(texts, "|"))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, p := range known.People {
			names = append(names, p.Name)
		}
		slices.Sort(names)
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%s names %q, want %q", texts, got, want)
		}
	}
	list := []itsm.ListedHat{
		{Line: 2, Holder: "Jónas Lindqvist", Role: "Service desk analyst", Practice: "Incident management"},
		{Line: 3, Holder: "Ana Unknown", Role: "Service desk analyst", Practice: "Incident management"},
	}
	known, err := h.KnownHats(t.Context(), h.lead, nil) // given and family names stand in two columns: no text is a name
	if err != nil {
		t.Fatal(err)
	}
	plan, err := h.PlanHats(t.Context(), h.lead, known, list, nil)
	if err != nil || plan.Count(itsm.NewLine) != 1 || len(plan.Questions) != 1 {
		t.Fatalf("%v, %+v", err, plan.ListPlan)
	}
	q := plan.Questions[0]
	if !strings.HasPrefix(q.Choices[0].Text, "Ana Souza") || len(q.Choices) != 2 {
		t.Errorf("offered are %+v", q.Choices)
	}
	if plan, err = h.PlanHats(t.Context(), h.lead, known, list, map[string]string{q.Key: q.Choices[0].Value}); err != nil || plan.Count(itsm.NewLine) != 2 {
		t.Errorf("answered: %v, %+v", err, plan.Lines)
	}
}
