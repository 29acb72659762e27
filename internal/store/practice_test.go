package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

var op = storetest.Operator

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// conflicts asserts a Conflict whose sentence holds some words.
func conflicts(t *testing.T, err error, words string) {
	t.Helper()
	var c itsm.Conflict
	if !errors.As(err, &c) || !strings.Contains(c.Text, words) {
		t.Fatalf("got %v, want a conflict about %q", err, words)
	}
}

func addPractice(t *testing.T, db *storetest.DB, name string) int64 {
	t.Helper()
	return must[int64](t)(db.AddPractice(t.Context(), op, itsm.Practice{Name: name, Category: itsm.ServiceManagement, State: itsm.InUse}))
}

func addProcess(t *testing.T, db *storetest.DB, practice int64, name string) int64 {
	t.Helper()
	return must[int64](t)(db.AddProcess(t.Context(), op, itsm.Process{PracticeID: practice, Name: name, Kind: itsm.Daily}))
}

func addActivity(t *testing.T, db *storetest.DB, process int64, name string, at int) int64 {
	t.Helper()
	return must[int64](t)(db.AddActivity(t.Context(), op, process, itsm.Step{Name: name}, at, store.Latest))
}

// roleOf is the id of a practice's role of a kind.
func roleOf(t *testing.T, db *storetest.DB, practice int64, kind itsm.RoleKind) int64 {
	t.Helper()
	return storetest.Value[int64](t, db, `SELECT id FROM role WHERE practice_id = $1 AND kind = $2 ORDER BY id LIMIT 1`, practice, kind)
}

func TestPracticeIsBornWithItsRoles(t *testing.T) {
	db := storetest.New(t)
	id := addPractice(t, db, "Incident management")
	p := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today))
	var kinds []itsm.RoleKind
	for _, r := range p.Roles {
		kinds = append(kinds, r.Kind)
		if r.Purpose == "" || r.Responsibilities == "" {
			t.Errorf("%s has no purpose or responsibilities", r.Name)
		}
	}
	if !slices.Equal(kinds, []itsm.RoleKind{itsm.Owner, itsm.Manager, itsm.Practitioner}) {
		t.Errorf("born with %v", kinds)
	}
	if len(p.Recent) != 1 || p.Recent[0].Parts[1].Text != "Incident management" || p.Recent[0].Parts[1].Kind != "practice" {
		t.Errorf("history: %+v", p.Recent)
	}
	_, err := db.AddPractice(t.Context(), op, itsm.Practice{Name: "INCIDENT management", Category: itsm.ServiceManagement, State: itsm.InUse})
	if err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a second of the same name: %v", err)
	}
	line := must[[]itsm.PracticeLine](t)(db.Practices(t.Context(), op, store.PracticeFilter{}))[0]
	if line.Vacant != 2 || line.Owner != "" {
		t.Errorf("nobody appointed: %+v", line)
	}
}

func TestPracticeEditComparesTheCounter(t *testing.T) {
	db := storetest.New(t)
	id := addPractice(t, db, "Incident management")
	p := must[store.Practice](t)(db.Practice(t.Context(), op, id, storetest.Today)).Practice
	p.Purpose = "Restore service quickly."
	ok(t, db.EditPractice(t.Context(), op, p))
	p.Purpose = "Something else."
	conflicts(t, db.EditPractice(t.Context(), op, p), "after you opened it")
}

func TestArchiveOrDelete(t *testing.T) {
	db := storetest.New(t)
	empty, used := addPractice(t, db, "Empty"), addPractice(t, db, "Used")
	process := addProcess(t, db, used, "Handle")
	if !must[bool](t)(db.ArchivePractice(t.Context(), op, empty, 1)) {
		t.Error("an empty practice was not deleted")
	}
	_, err := db.ArchivePractice(t.Context(), op, used, 1)
	conflicts(t, err, "still has processes")
	addActivity(t, db, process, "Log", 0)
	if must[bool](t)(db.ArchiveProcess(t.Context(), op, process, 1)) {
		t.Error("a process with an activity was deleted")
	}
	if must[bool](t)(db.ArchivePractice(t.Context(), op, used, 1)) {
		t.Error("a practice with a process was deleted")
	}
	conflicts(t, db.RestoreProcess(t.Context(), op, process), "bring that back first")
	ok(t, db.RestorePractice(t.Context(), op, used))
	ok(t, db.RestoreProcess(t.Context(), op, process))
	if _, err := db.Practice(t.Context(), op, empty, storetest.Today); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("the deleted practice: %v", err)
	}
}

// What is archived takes its hats along: no list has it any more, and who wore them would find nothing behind them.
func TestHatsEndWithWhatIsArchived(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	process := addProcess(t, db, practice, "Handle")
	service := must[int64](t)(db.AddService(t.Context(), op, itsm.Service{Name: "Payroll"}))
	manager := roleOf(t, db, practice, itsm.Manager)
	own := must[int64](t)(db.AddRole(t.Context(), op, itsm.Role{Name: "Analyst", Kind: itsm.Practitioner, ProcessID: process}))
	owner := storetest.Value[int64](t, db, `SELECT id FROM role WHERE service_id = $1 AND kind = 'owner'`, service)
	ana := must[int64](t)(db.AddPerson(t.Context(), op, itsm.Person{Name: "Ana Ruiz"}))
	wear := func(role, service int64, from time.Time) {
		t.Helper()
		in := itsm.NewAssignment{RoleIDs: []int64{role}, PersonIDs: []int64{ana}, From: from, Capacity: itsm.Holder, ServiceID: service, Reason: "since May", Announced: true}
		must[[]int64](t)(db.Appoint(t.Context(), op, in))
	}
	before, after := storetest.Today.AddDate(0, -6, 0), storetest.Today.AddDate(0, 1, 0)
	wear(manager, 0, before)
	wear(manager, service, after)
	wear(own, 0, before)
	wear(owner, 0, before)
	live := func() int {
		return count(t, db, `assignment WHERE state = 'appointed' AND upper_inf(during)`)
	}
	for _, step := range []struct {
		of      string
		id      int64
		archive func(context.Context, itsm.Actor, int64, int64) (bool, error)
		hats    int
		left    int
	}{
		{"service", service, db.ArchiveService, 2, 2},
		{"process", process, db.ArchiveProcess, 1, 1},
		{"practice", practice, db.ArchivePractice, 1, 0},
	} {
		if n, kept, err := db.HatsOf(t.Context(), op, step.of, step.id); n != step.hats || !kept || err != nil {
			t.Errorf("%s: %d hats are said to end; want %d; kept %v, %v", step.of, n, step.hats, kept, err)
		}
		must[bool](t)(step.archive(t.Context(), op, step.id, storetest.Value[int64](t, db, `SELECT counter FROM `+step.of+` WHERE id = $1`, step.id)))
		if n := count(t, db, `event_about WHERE kind = 'person' AND id = $1 AND event_id = (SELECT max(id) FROM event)`, ana); n != 1 {
			t.Errorf("%s: the history of who wore its hat does not say that it was archived", step.of)
		}
		if n := live(); n != step.left {
			t.Errorf("%s: %d hats go on; want %d", step.of, n, step.left)
		}
	}
	if found := must[[]itsm.Chair](t)(db.PickRoles(t.Context(), "Manager")); slices.ContainsFunc(found, func(c itsm.Chair) bool { return c.ID == manager }) {
		t.Error("a hat of an archived practice is offered")
	}
	other := addPractice(t, db, "Problem management")
	there := addProcess(t, db, other, "Control")
	of := func(r itsm.Role) bool { return r.ID == manager }
	if slices.ContainsFunc(must[[]itsm.Role](t)(db.MergeChoices(t.Context(), op, roleOf(t, db, other, itsm.Manager))), of) {
		t.Error("a role is offered to be merged into one of an archived practice")
	}
	if slices.ContainsFunc(must[store.Columns](t)(db.Columns(t.Context(), op, there)).Choices, of) {
		t.Error("a role of an archived practice is offered to a matrix")
	}
	if err := db.AddColumn(t.Context(), op, there, manager, store.Latest); err == nil || !strings.Contains(err.Error(), "Choose a role that is in use") {
		t.Errorf("a role of an archived practice is brought into a matrix: %v", err)
	}
	undo := storetest.Value[int64](t, db, `SELECT max(event_id) FROM change WHERE table_name = 'practice' AND row_id = $1`, practice)
	_, err := db.Appoint(t.Context(), op, itsm.NewAssignment{RoleIDs: []int64{manager}, PersonIDs: []int64{ana}, From: storetest.Today, Capacity: itsm.Holder})
	if err == nil || !strings.Contains(err.Error(), "is archived: its hats get no new holders") {
		t.Errorf("somebody is appointed to an archived practice: %v", err)
	}
	ok(t, db.Undo(t.Context(), op, undo))
	if n := live(); n != 1 {
		t.Errorf("%d hats go on once the last one is undone; want 1", n)
	}
}

func TestActivitiesKeepTheirOrder(t *testing.T) {
	db := storetest.New(t)
	process := addProcess(t, db, addPractice(t, db, "Incident management"), "Handle")
	a, b := addActivity(t, db, process, "a", 0), addActivity(t, db, process, "b", 0)
	c := addActivity(t, db, process, "c", 1)
	order := func() string {
		return storetest.Value[string](t, db, `SELECT string_agg(name || position, ' ' ORDER BY position) FROM step`)
	}
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return nil }, "c1 a2 b3"},
		{func() error { return db.MoveActivity(t.Context(), op, b, 1, store.Latest) }, "b1 c2 a3"},
		{func() error { return db.MoveActivity(t.Context(), op, b, 99, store.Latest) }, "c1 a2 b3"},
		{func() error { return db.MoveActivity(t.Context(), op, a, 1, store.Latest) }, "a1 c2 b3"},
		{func() error { return db.RemoveActivity(t.Context(), op, c, 1) }, "a1 b2"},
	} {
		ok(t, step.do())
		if got := order(); got != step.want {
			t.Fatalf("got %q, want %q", got, step.want)
		}
	}
	conflicts(t, db.MoveActivity(t.Context(), op, a, 2, 1), "after you opened it")
}

func TestProcessListsAndCounter(t *testing.T) {
	db := storetest.New(t)
	process := addProcess(t, db, addPractice(t, db, "Incident management"), "Handle")
	v := must[store.Process](t)(db.Process(t.Context(), op, process, storetest.Today))
	p := v.Process
	p.Triggers, p.Outputs = []string{"Somebody reports", " ", "An alarm"}, []string{"Service is back"}
	ok(t, db.EditProcess(t.Context(), op, p))
	conflicts(t, db.EditProcess(t.Context(), op, p), "after you opened it")
	p = must[store.Process](t)(db.Process(t.Context(), op, process, storetest.Today)).Process
	if !slices.Equal(p.Triggers, []string{"Somebody reports", "An alarm"}) || !slices.Equal(p.Outputs, []string{"Service is back"}) || len(p.Inputs) != 0 {
		t.Errorf("lists: %v %v %v", p.Triggers, p.Inputs, p.Outputs)
	}
}

func TestHandOffsAreSeenFromBothSides(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	process, other := addProcess(t, db, practice, "Handle"), addProcess(t, db, practice, "Review")
	a, b := addActivity(t, db, process, "Log", 0), addActivity(t, db, process, "Diagnose", 0)
	ok(t, db.AddHandOff(t.Context(), op, itsm.HandOff{ActivityID: b, Direction: itsm.In, What: "the record", ToActivityID: a}, store.Latest))
	ok(t, db.AddHandOff(t.Context(), op, itsm.HandOff{ActivityID: b, Direction: itsm.Out, What: "causes", ToProcessID: other}, store.Latest))
	v := must[store.Activity](t)(db.Activity(t.Context(), op, a, storetest.Today))
	if len(v.HandOffs) != 1 || v.HandOffs[0].Direction != itsm.Out || v.HandOffs[0].Other != "Diagnose" {
		t.Errorf("from the giving side: %+v", v.HandOffs)
	}
	v = must[store.Activity](t)(db.Activity(t.Context(), op, b, storetest.Today))
	if len(v.HandOffs) != 2 || v.HandOffs[0].Direction != itsm.In || v.HandOffs[0].Other != "Log" {
		t.Errorf("from the taking side: %+v", v.HandOffs)
	}
	p := must[store.Process](t)(db.Process(t.Context(), op, other, storetest.Today))
	if len(p.HandOffs) != 1 || p.HandOffs[0].Direction != itsm.In || p.HandOffs[0].OtherProcess != "Handle" {
		t.Errorf("at the other process: %+v", p.HandOffs)
	}
	for _, wrong := range []itsm.HandOff{
		{ActivityID: a, Direction: itsm.Out, What: "x"},
		{ActivityID: a, Direction: itsm.Out, What: "x", ToActivityID: a},
		{ActivityID: a, Direction: itsm.Out, What: "x", ToActivityID: b, Party: "Police"},
		{ActivityID: a, Direction: itsm.Out, What: " \u200b", Party: "Police"},
	} {
		if err := db.AddHandOff(t.Context(), op, wrong, store.Latest); !errors.As(err, &itsm.Invalid{}) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

// The order of processes is their practice's: who manages one of them does not put it before the others.
func TestTheOrderOfProcessesIsThePractices(t *testing.T) {
	db := storetest.New(t)
	practice := addPractice(t, db, "Incident management")
	addProcess(t, db, practice, "Handle an incident")
	second := addProcess(t, db, practice, "Handle a major incident")
	manager := func(h itsm.Hat) itsm.Actor {
		h.Kind, h.Capacity = itsm.Manager, itsm.Holder
		return itsm.Actor{AccountID: 1, PersonID: 1, Name: "A manager", Today: storetest.Today, Hats: []itsm.Hat{h}}
	}
	var no itsm.Forbidden
	if err := db.MoveProcess(t.Context(), manager(itsm.Hat{ProcessID: second}), second, 1); !errors.As(err, &no) {
		t.Errorf("the Manager of one process: %v", err)
	}
	err := db.MoveProcess(t.Context(), manager(itsm.Hat{PracticeID: practice}), second, 1)
	if errors.As(err, &no) {
		t.Errorf("the Manager of the practice: %v", err)
	}
}
