package store_test

import (
	"errors"
	"strconv"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// letter writes a cell past the store, with an event of its own.
func letter(t *testing.T, db *storetest.DB, activity, role int64, letters string) {
	t.Helper()
	ok(t, db.Exec(t, `
		DO $$ BEGIN
			PERFORM set_config('hatrack.event', (SELECT nextval(pg_get_serial_sequence('event', 'id'))::text), true);
			INSERT INTO event (id, at, actor, act) OVERRIDING SYSTEM VALUE VALUES (current_setting('hatrack.event')::bigint, now(), 'operator', 'test');
			INSERT INTO raci_cell (version_id, activity_id, role_id, letters)
			SELECT version_id, activity_id, `+itoa(role)+`, '`+letters+`' FROM step WHERE activity_id = `+itoa(activity)+`;
		END $$`))
}

func cells(t *testing.T, db *storetest.DB) string {
	t.Helper()
	return storetest.Value[string](t, db, `
		SELECT COALESCE(string_agg(s.name || ':' || r.name || '=' || l.letters, ' ' ORDER BY s.position, r.name, r.id), '')
		FROM raci_cell l JOIN step s USING (version_id, activity_id) JOIN role r ON r.id = l.role_id`)
}

func TestProcessGetsAndGivesBackItsOwnRole(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	process := addProcess(t, db, practice, "Handle")
	manager := roleOf(t, db, practice, itsm.Manager)
	log, close := addActivity(t, db, process, "Log", 0), addActivity(t, db, process, "Close", 0)
	letter(t, db, log, manager, "AR")
	own := must[int64](t)(db.GiveProcessItsOwnRole(t.Context(), op, process, manager))
	at := func(role int64) int64 {
		return storetest.Value[int64](t, db, `SELECT count(*) FROM raci_column WHERE role_id = $1`, role) +
			10*storetest.Value[int64](t, db, `SELECT count(*) FROM raci_cell WHERE role_id = $1`, role)
	}
	if at(own) != 11 || at(manager) != 0 {
		t.Fatalf("own role has %d, the practice's %d", at(own), at(manager))
	}
	ok(t, db.AddColumn(t.Context(), op, process, manager, store.Latest))
	letter(t, db, log, manager, "C")
	letter(t, db, close, own, "A")
	ok(t, db.GiveBackRole(t.Context(), op, own))
	if got := cells(t, db); got != "Log:Manager=ARC Close:Manager=A" {
		t.Errorf("after giving back: %s", got)
	}
	conflicts(t, db.GiveBackRole(t.Context(), op, own), "already")
}

func TestMergeAndUndo(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	keep := roleOf(t, db, practice, itsm.Practitioner)
	other := must[int64](t)(db.AddRole(t.Context(), op, itsm.Role{Kind: itsm.Practitioner, Name: "Analyst", PracticeID: practice}))
	process := addProcess(t, db, practice, "Handle")
	log, close := addActivity(t, db, process, "Log", 0), addActivity(t, db, process, "Close", 0)
	letter(t, db, log, keep, "C")
	letter(t, db, log, other, "AR")
	letter(t, db, close, other, "R")
	was := cells(t, db)
	plan := must[store.MergePlan](t)(db.MergePlan(t.Context(), op, keep, other))
	if plan.Both != 1 || len(plan.Uses) != 1 || plan.Uses[0].R != 2 {
		t.Errorf("plan: %+v", plan)
	}
	ok(t, db.MergeRoles(t.Context(), op, keep, other))
	if got := cells(t, db); got != "Log:Practitioner=ARC Close:Practitioner=R" {
		t.Errorf("after merging: %s", got)
	}
	conflicts(t, db.MergeRoles(t.Context(), op, keep, other), "archived meanwhile")
	event := storetest.Value[int64](t, db, `SELECT max(id) FROM event WHERE act = 'merge two roles'`)
	ok(t, db.Undo(t.Context(), op, event))
	if got := cells(t, db); got != was {
		t.Errorf("after undoing: %s, was %s", got, was)
	}
	if archived := must[store.RoleView](t)(db.Role(t.Context(), op, other)).Archived; archived {
		t.Error("the merged role is still archived")
	}
	conflicts(t, db.Undo(t.Context(), op, event), "undone already")
}

func TestUndoIsRefusedWhereARowChanged(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	keep := roleOf(t, db, practice, itsm.Practitioner)
	other := must[int64](t)(db.AddRole(t.Context(), op, itsm.Role{Kind: itsm.Practitioner, Name: "Analyst", PracticeID: practice}))
	process := addProcess(t, db, practice, "Handle")
	log := addActivity(t, db, process, "Log", 0)
	letter(t, db, log, other, "R")
	ok(t, db.MergeRoles(t.Context(), op, keep, other))
	event := storetest.Value[int64](t, db, `SELECT max(id) FROM event WHERE act = 'merge two roles'`)
	ok(t, db.RemoveColumn(t.Context(), op, process, keep, store.Latest))
	before := cells(t, db)
	conflicts(t, db.Undo(t.Context(), op, event), "The operator changed part of it on 23 Nov 2026")
	if got := cells(t, db); got != before {
		t.Errorf("a refused undo changed %s to %s", before, got)
	}
}

func TestRemovedActivityComesBackWhole(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	process := addProcess(t, db, practice, "Handle")
	a, b := addActivity(t, db, process, "Log", 0), addActivity(t, db, process, "Close", 0)
	letter(t, db, a, roleOf(t, db, practice, itsm.Manager), "A")
	ok(t, db.AddHandOff(t.Context(), op, itsm.HandOff{ActivityID: b, Direction: itsm.In, What: "record", ToActivityID: a}, store.Latest))
	was := cells(t, db)
	counter := storetest.Value[int64](t, db, `SELECT counter FROM step WHERE activity_id = $1`, a)
	ok(t, db.RemoveActivity(t.Context(), op, a, counter))
	if cells(t, db) != "" {
		t.Fatal("letters were left")
	}
	ok(t, db.Undo(t.Context(), op, storetest.Value[int64](t, db, `SELECT max(id) FROM event`)))
	if got := cells(t, db); got != was {
		t.Errorf("got %q, was %q", got, was)
	}
	if n := storetest.Value[int](t, db, `SELECT count(*) FROM hand_off`); n != 1 {
		t.Errorf("%d hand-offs", n)
	}
}

func TestRolesOfDifferentKindsDoNotMerge(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	second := addPractice(t, db, "Problem management")
	for _, pair := range [][2]itsm.RoleKind{{itsm.Practitioner, itsm.Manager}, {itsm.Owner, itsm.Practitioner}, {itsm.Owner, itsm.Manager}} {
		if err := db.MergeRoles(t.Context(), op, roleOf(t, db, practice, pair[0]), roleOf(t, db, practice, pair[1])); !errors.As(err, &itsm.Invalid{}) {
			t.Errorf("%v: %v", pair, err)
		}
	}
	err := db.MergeRoles(t.Context(), op, roleOf(t, db, practice, itsm.Manager), roleOf(t, db, second, itsm.Practitioner))
	if !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("of another practice: %v", err)
	}
	err = db.MergeRoles(t.Context(), op, roleOf(t, db, practice, itsm.Owner), roleOf(t, db, second, itsm.Owner))
	if !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("owners: %v", err)
	}
}

func TestExternalSeesOnlyTheirPractices(t *testing.T) {
	db := storetest.New(t)
	seen, hidden := addPractice(t, db, "Incident management"), addPractice(t, db, "Risk management")
	process := addProcess(t, db, hidden, "Assess")
	activity := addActivity(t, db, process, "Score", 0)
	by := itsm.Actor{AccountID: 1, PersonID: 1, External: true, Sees: []int64{seen}, Today: storetest.Today}
	if list := must[[]itsm.PracticeLine](t)(db.Practices(t.Context(), by, store.PracticeFilter{})); len(list) != 1 || list[0].ID != seen {
		t.Errorf("practices: %+v", list)
	}
	for what, read := range map[string]func() error{
		"practice": func() error { _, err := db.Practice(t.Context(), by, hidden, storetest.Today); return err },
		"process":  func() error { _, err := db.Process(t.Context(), by, process, storetest.Today); return err },
		"activity": func() error { _, err := db.Activity(t.Context(), by, activity, storetest.Today); return err },
		"role":     func() error { _, err := db.Role(t.Context(), by, roleOf(t, db, hidden, itsm.Owner)); return err },
	} {
		if err := read(); !errors.As(err, &itsm.NotFound{}) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestServiceIsBornWithItsOwner(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	id := must[int64](t)(db.AddService(t.Context(), op, itsm.Service{Name: "Payroll"}))
	ok(t, db.AddSupport(t.Context(), op, id, itsm.Support{PracticeID: practice}))
	if err := db.AddSupport(t.Context(), op, id, itsm.Support{PracticeID: practice}); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("twice: %v", err)
	}
	v := must[store.Service](t)(db.Service(t.Context(), op, id, storetest.Today))
	if len(v.Roles) != 1 || v.Roles[0].Kind != itsm.Owner || len(v.Support) != 1 || v.Support[0].Name != "Incident management" {
		t.Errorf("%+v", v)
	}
	ok(t, db.RemoveSupport(t.Context(), op, id, v.Support[0].ID))
	if deleted := must[bool](t)(db.ArchiveService(t.Context(), op, id, 1)); !deleted {
		t.Error("an unused service was not deleted")
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
