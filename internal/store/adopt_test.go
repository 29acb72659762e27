package store_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func entryOf(t *testing.T, key string) itsm.LibraryPractice {
	t.Helper()
	p, found := library.Practice(key)
	if !found {
		t.Fatalf("there is no entry %s", key)
	}
	return p
}

// adopted adopts a whole entry as a new practice.
func adopted(t *testing.T, db *storetest.DB, key string) (itsm.LibraryPractice, int64) {
	t.Helper()
	p := entryOf(t, key)
	return p, must[int64](t)(db.Adopt(t.Context(), op, p, 0, p.Lacks(itsm.Adopted{}).Keys()))
}

func count(t *testing.T, db *storetest.DB, sql string, args ...any) int {
	t.Helper()
	return storetest.Value[int](t, db, `SELECT count(*)::int FROM `+sql, args...)
}

// TestEveryEntryCanBeAdopted: all of the library at once is an organisation whose matrices hold.
func TestEveryEntryCanBeAdopted(t *testing.T) {
	db := storetest.New(t)
	for _, p := range library.All() {
		_, id := adopted(t, db, p.Key)
		practice := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today))
		if practice.State != itsm.Planned || practice.Purpose != p.Purpose || practice.Category != p.Category || len(practice.Processes) != len(p.Processes) || len(practice.Roles) != len(p.Born()) {
			t.Errorf("%s: %s, %d processes, %d roles", p.Name, practice.State, len(practice.Processes), len(practice.Roles))
		}
		for _, c := range practice.Processes {
			if c.Activities < 2 {
				t.Errorf("%s of %s has %d activities", c.Name, p.Name, c.Activities)
			}
		}
	}
	incident := must[int64](t)(storetest.Value[int64](t, db, `SELECT id FROM process WHERE name = 'Handle an incident'`), nil)
	m := must[*itsm.Matrix](t)(db.Matrix(t.Context(), op, incident, storetest.Today))
	if len(m.Columns) != 6 || m.Columns[0].Role.Kind != itsm.Owner || m.Columns[5].Role.Kind != itsm.Whoever {
		t.Errorf("columns: %+v", m.Columns)
	}
	for _, row := range m.Rows {
		if row.Count(itsm.LetterA) != 1 || row.Count(itsm.LetterR) == 0 {
			t.Errorf("%s: %+v", row.Name, row.Cells)
		}
	}
	if n := count(t, db, `role WHERE per_case AND name = 'Major incident manager' AND responsibilities <> ''`); n != 1 {
		t.Errorf("%d major incident managers per case", n)
	}
}

func TestAdoptingIsOneEventAndUndone(t *testing.T) {
	db := storetest.New(t)
	events, changes := count(t, db, `event`), count(t, db, `change`)
	_, id := adopted(t, db, "supplier-management")
	if n := count(t, db, `event`); n != events+1 {
		t.Errorf("%d events", n-events)
	}
	if count(t, db, `change`) == changes {
		t.Error("the trail has no rows of it")
	}
	p := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today))
	if len(p.Recent) != 1 || !strings.Contains(p.Recent[0].Parts[2].Text, "8 roles, 2 processes, 14 activities, 2 policies") || !p.Recent[0].Undoes {
		t.Fatalf("history: %+v", p.Recent)
	}
	ok(t, db.Undo(t.Context(), op, p.Recent[0].EventID))
	for _, table := range []string{"practice", "process", "activity", "step", "raci_cell", "raci_column", "policy", "policy_version", "policy_attachment"} {
		if n := count(t, db, table); n != 0 {
			t.Errorf("%d rows of %s are left", n, table)
		}
	}
	_, id = adopted(t, db, "supplier-management")
	someone := must[int64](t)(db.AddPerson(t.Context(), op, itsm.Person{Name: "Ana Ruiz"}))
	must[[]int64](t)(db.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: []int64{roleOf(t, db, id, itsm.Owner)}, PersonIDs: []int64{someone}, From: storetest.Today, Announced: true}))
	p = must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today))
	conflicts(t, db.Undo(t.Context(), op, p.Recent[len(p.Recent)-1].EventID), "the hat “Owner of Ana Ruiz” hangs on the role that it added, since The operator changed that on 23 Nov 2026. What people wear or wore stays on record")
}

// TestAdoptsIntoWhatIsThere: only what is ticked is added, the second time nothing.
func TestAdoptsIntoWhatIsThere(t *testing.T) {
	db := storetest.New(t)
	id := addPractice(t, db, "Incident and Service Request Management")
	process := addProcess(t, db, id, "Handle an incident")
	log, closing := addActivity(t, db, process, "Log", 0), addActivity(t, db, process, "Confirm and close", 0)
	ok(t, db.EditActivity(t.Context(), op, itsm.Step{ActivityID: closing, Name: "Confirm and close", Text: "Ours.", Counter: store.Latest}))
	p := entryOf(t, "incident-management")
	has := must[itsm.Adopted](t)(db.Adopted(t.Context(), op, p, 0))
	if has.Practice.ID != id || len(has.Processes) != 1 || len(has.Processes[0].Steps) != 2 {
		t.Fatalf("found by its older name: %+v", has)
	}
	ticks := []string{"policy.every-incident-is-logged", "role.technical-specialist", "activity.handle-an-incident.diagnose-and-escalate", "texts.handle-an-incident", "purpose", "purpose.handle-an-incident"}
	if got := must[int64](t)(db.Adopt(t.Context(), op, p, id, ticks)); got != id {
		t.Errorf("adopted into %d", got)
	}
	var names, texts string
	for _, s := range must[store.Process](t)(db.Process(t.Context(), op, process, storetest.Today)).Steps {
		names, texts = names+s.Name+", ", texts+s.Text+" "
	}
	if names != "Log, Diagnose and escalate, Confirm and close, " {
		t.Errorf("activities: %s", names)
	}
	if !strings.Contains(texts, "Write down who") || !strings.Contains(texts, "Ours.") {
		t.Errorf("texts: %s", texts)
	}
	m := must[*itsm.Matrix](t)(db.Matrix(t.Context(), op, process, storetest.Today))
	row, _ := m.Row(storetest.Value[int64](t, db, `SELECT activity_id FROM step WHERE name = 'Diagnose and escalate'`))
	if row.Count(itsm.LetterA) != 1 || row.Count(itsm.LetterR) != 1 {
		t.Errorf("letters of the added activity: %+v", row.Cells)
	}
	if first, _ := m.Row(log); first.Count(itsm.LetterA) != 0 {
		t.Error("an activity that was there got letters")
	}
	after := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today))
	if after.Purpose != p.Purpose || len(after.Roles) != 4 || len(after.Processes) != 1 {
		t.Errorf("%q, %d roles, %d processes", after.Purpose, len(after.Roles), len(after.Processes))
	}
	if len(after.Policies) != 1 || after.Policies[0].Title != "Every incident is logged" || after.Policies[0].Number != "POL-001" {
		t.Errorf("policies: %+v", after.Policies)
	}
	events := count(t, db, `event`)
	_, err := db.Adopt(t.Context(), op, p, id, ticks)
	conflicts(t, err, "Nothing was added")
	if n := count(t, db, `event`); n != events {
		t.Error("adding nothing left an event")
	}
	ok(t, db.Undo(t.Context(), op, after.Recent[0].EventID))
	if n := count(t, db, `step`); n != 2 {
		t.Errorf("%d activities after the undo", n)
	}
}

func TestWhoMayAdopt(t *testing.T) {
	s := buildMatrix(t)
	p := entryOf(t, "incident-management")
	owner := s.actor(s.ana, itsm.Hat{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: s.practice})
	manager := s.actor(s.marta, itsm.Hat{Kind: itsm.Manager, Capacity: itsm.Holder, PracticeID: s.practice})
	reader := s.actor(s.henrik)
	external := reader
	external.External, external.Sees = true, []int64{}
	tick := []string{"role.incident-coordinator"}
	for name, by := range map[string]itsm.Actor{"owner": owner, "manager": manager, "reader": reader, "external": external} {
		if _, err := s.Adopt(t.Context(), by, entryOf(t, "supplier-management"), 0, nil); !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s adds a practice: %v", name, err)
		}
	}
	for name, by := range map[string]itsm.Actor{"manager": manager, "reader": reader} {
		if _, err := s.Adopt(t.Context(), by, p, s.practice, tick); !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s adopts into a practice: %v", name, err)
		}
	}
	if _, err := s.Adopt(t.Context(), external, p, s.practice, tick); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("an external adopts into a practice out of sight: %v", err)
	}
	if _, err := s.Adopted(t.Context(), external, p, s.practice); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("an external compares with a practice out of sight: %v", err)
	}
	if has := must[itsm.Adopted](t)(s.Adopted(t.Context(), external, p, 0)); has.Practice.ID != 0 {
		t.Errorf("an external learns that the practice is there: %+v", has)
	}
	if names := must[[]itsm.PracticeLine](t)(s.PracticeNames(t.Context(), external)); len(names) != 0 {
		t.Errorf("an external learns names: %+v", names)
	}
	must[int64](t)(s.Adopt(t.Context(), owner, p, s.practice, tick))
}

// TestTwoAdoptTheSameAtOnce: the second finds nothing left to add.
func TestTwoAdoptTheSameAtOnce(t *testing.T) {
	db := storetest.New(t)
	id := addPractice(t, db, "Incident management")
	p := entryOf(t, "incident-management")
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { _, errs[i] = db.Adopt(t.Context(), op, p, id, []string{"process.handle-an-incident"}) })
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else {
			conflicts(t, err, "Nothing was added")
		}
	}
	if done != 1 || count(t, db, `process`) != 1 {
		t.Errorf("%d adopted; %d processes", done, count(t, db, `process`))
	}
}

// TestAPolicyOfTheSameTitleIsNotAdoptedTwice: the one that is there governs the second practice as well, and no longer once
// that is undone.
func TestAPolicyOfTheSameTitleIsNotAdoptedTwice(t *testing.T) {
	db := storetest.New(t)
	adopted(t, db, "risk-management")
	has := must[itsm.Adopted](t)(db.Adopted(t.Context(), op, entryOf(t, "information-security-management"), 0))
	if len(has.Known) != 1 || has.Known[0].Title != "Every risk has an owner" {
		t.Errorf("known before: %+v", has.Known)
	}
	_, id := adopted(t, db, "information-security-management")
	same := func(policies, attached int64) {
		t.Helper()
		const sameTitle = `(SELECT policy_id FROM policy_version WHERE title = 'Every risk has an owner')`
		if n := storetest.Value[int64](t, db, `SELECT count(*) FROM policy WHERE id IN `+sameTitle); n != policies {
			t.Errorf("%d policies of the title, want %d", n, policies)
		}
		if n := storetest.Value[int64](t, db, `SELECT count(*) FROM policy_attachment WHERE policy_id IN `+sameTitle); n != attached {
			t.Errorf("governs %d, want %d", n, attached)
		}
	}
	same(1, 2)
	p := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today))
	if said := p.Recent[0].Parts[2].Text; !strings.Contains(said, "1 policy that was there and governs it as well") {
		t.Errorf("the history says %q", said)
	}
	ok(t, db.Undo(t.Context(), op, p.Recent[0].EventID))
	same(1, 1)
}

// TestAnAdoptionUnderAProcessThatMovedInSaysWhich: once that has moved out again, the adoption is undone.
func TestAnAdoptionUnderAProcessThatMovedInSaysWhich(t *testing.T) {
	db := storetest.New(t)
	_, id := adopted(t, db, "supplier-management")
	other := addPractice(t, db, "Incident management")
	process := addProcess(t, db, other, "Handle an incident")
	adoption := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today)).Recent[0].EventID
	move := func(to int64) {
		t.Helper()
		ok(t, db.MoveProcesses(t.Context(), op, []store.ProcessMove{{ProcessID: process, To: to, Counter: storetest.Value[int64](t, db, `SELECT counter FROM process WHERE id = $1`, process)}}))
	}
	move(id)
	conflicts(t, db.Undo(t.Context(), op, adoption), "in the matrix of Handle an incident” hangs on the role that it added, since The operator changed that on 23 Nov 2026. Take it out there, or move that process to another practice, then undo this.")
	move(other)
	ok(t, db.Undo(t.Context(), op, adoption))
}
