package store_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// versions are the page versions of all processes.
func versions(t *testing.T, db *storetest.DB) map[string]int64 {
	t.Helper()
	return storetest.Value[map[string]int64](t, db, `SELECT COALESCE(jsonb_object_agg(p.id, COALESCE(v.v, 0)), '{}') FROM process p LEFT JOIN page_version v ON v.process_id = p.id`)
}

// twoProcesses are two practices with a process each, of one activity, and their Manager roles.
func twoProcesses(t *testing.T, db *storetest.DB) (processes, activities, managers [2]int64) {
	t.Helper()
	for i := range 2 {
		practice, err := db.AddPractice(t.Context(), storetest.Operator, itsm.Practice{Name: fmt.Sprintf("Practice %d", i), Category: "service", State: "in use"})
		ok(t, err)
		processes[i], err = db.AddProcess(t.Context(), storetest.Operator, itsm.Process{PracticeID: practice, Name: "Work", Kind: itsm.Daily})
		ok(t, err)
		activities[i], err = db.AddActivity(t.Context(), storetest.Operator, processes[i], itsm.Step{Name: "Do"}, 1, store.Latest)
		ok(t, err)
		managers[i] = storetest.Value[int64](t, db, `SELECT id FROM role WHERE practice_id = $1 AND kind = 'manager'`, practice)
	}
	return processes, activities, managers
}

// A write makes old exactly the pages that show what it changed.
func TestPageVersionGoesUpForExactlyTheRightProcesses(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx, op := t.Context(), storetest.Operator
	processes, activities, managers := twoProcesses(t, db)
	person, err := db.AddPerson(ctx, op, itsm.Person{Name: "Marta Nowak"})
	ok(t, err)
	team, err := db.AddTeam(ctx, op, itsm.Team{Name: "Desk"})
	ok(t, err)
	ofPractice := func(kind string) int64 {
		return storetest.Value[int64](t, db, `SELECT r.id FROM role r JOIN process p ON p.practice_id = r.practice_id WHERE p.id = $1 AND r.kind = $2`, processes[0], kind)
	}
	const first, second, both = 1, 2, 3
	for _, c := range []struct {
		what   string
		stale  int
		change func() error
	}{
		{"a person's first entry", 0, func() error { _, err := db.AddPerson(ctx, op, itsm.Person{Name: "Jonas Weber"}); return err }},
		{"an appointment", first, func() error {
			_, err := db.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: managers[:1], PersonIDs: []int64{person}, From: storetest.Today, Announced: true})
			return err
		}},
		{"a phone number", 0, func() error {
			p, err := db.Person(ctx, person)
			ok(t, err)
			p.Phone = "+49 30 1"
			return db.EditPerson(ctx, op, p)
		}},
		{"a rename of the person", first, func() error {
			p, err := db.Person(ctx, person)
			ok(t, err)
			p.Name = "Marta Zielinska"
			return db.EditPerson(ctx, op, p)
		}},
		{"an absence", first, func() error {
			return db.AddAbsence(ctx, op, person, itsm.Period{From: storetest.Today, To: itsm.Until(storetest.Today)})
		}},
		{"a team's appointment", first, func() error {
			_, err := db.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: []int64{ofPractice("practitioner")}, TeamIDs: []int64{team}, From: storetest.Today, Announced: true})
			return err
		}},
		{"a member of the team", first, func() error { return db.AddMembership(ctx, op, team, person, itsm.Period{From: storetest.Today}) }},
		{"a role invited elsewhere", second, func() error { return db.AddColumn(ctx, op, processes[1], managers[0], store.Latest) }},
		{"a further rename", both, func() error {
			p, err := db.Person(ctx, person)
			ok(t, err)
			p.Name = "Marta Nowak"
			return db.EditPerson(ctx, op, p)
		}},
		{"a letter", second, func() error {
			return db.SetCell(ctx, op, store.CellEdit{ProcessID: processes[1], ActivityID: activities[1], RoleID: managers[0], Counter: store.Latest, Cell: itsm.Cell{Letters: itsm.LetterR}})
		}},
		{"a hand-off", first, func() error {
			return db.AddHandOff(ctx, op, itsm.HandOff{ActivityID: activities[0], Direction: itsm.Out, What: "A record", Party: "Users"}, store.Latest)
		}},
		{"a region", both, func() error { _, err := db.AddRegion(ctx, op, itsm.Region{Name: "EMEA"}); return err }},
		{"the settings", both, func() error {
			o, err := db.Organisation(ctx)
			ok(t, err)
			o.SupportLetter = true
			return db.ChangeSettings(ctx, op, o)
		}},
	} {
		before := versions(t, db)
		ok(t, c.change())
		after := versions(t, db)
		for i, id := range processes {
			key := strconv.FormatInt(id, 10)
			if stale, want := after[key] != before[key], c.stale&(1<<i) != 0; stale != want || after[key] < before[key] {
				t.Errorf("%s: process %d went from %d to %d, stale should be %v", c.what, i+1, before[key], after[key], want)
			}
		}
	}
}

// Writers at once, each touching pages of the others, neither wait for each other in a ring nor pass each other unseen.
func TestPageVersionsUnderManyWriters(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	ctx, op := t.Context(), storetest.Operator
	processes, activities, managers := twoProcesses(t, db)
	ok(t, db.AddColumn(ctx, op, processes[0], managers[1], store.Latest))
	ok(t, db.AddColumn(ctx, op, processes[1], managers[0], store.Latest))
	var people [8]int64
	var err error
	for i := range people {
		people[i], err = db.AddPerson(ctx, op, itsm.Person{Name: fmt.Sprintf("Person %d", i)})
		ok(t, err)
	}
	before := versions(t, db)
	const each = 12
	var writers sync.WaitGroup
	for w := range people {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(w)))
			for n := range each {
				roles := []int64{managers[n%2]}
				if r.IntN(2) == 0 { // both at once, in either order
					roles = []int64{managers[n%2], managers[1-n%2]}
				}
				made, err := db.Appoint(ctx, op, itsm.NewAssignment{RoleIDs: roles, PersonIDs: people[w : w+1], From: storetest.Today, Announced: true})
				if err != nil {
					t.Error(err)
					return
				}
				for _, id := range made {
					if err := db.Withdraw(ctx, op, id, "again"); err != nil {
						t.Error(err)
					}
				}
				at := r.IntN(2)
				if err := db.SetCell(ctx, op, store.CellEdit{ProcessID: processes[at], ActivityID: activities[at], RoleID: managers[at], Counter: store.Latest, Cell: itsm.Cell{Letters: itsm.Letters(1 + r.IntN(3))}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	// Appointments and withdrawals show on both; whatever else happened, each counted at least so often.
	written := storetest.Value[int64](t, db, `SELECT count(DISTINCT event_id) FROM change WHERE table_name = 'assignment'`)
	for key, v := range versions(t, db) {
		if v-before[key] < written {
			t.Errorf("process %s went up by %d, and %d writes touched it", key, v-before[key], written)
		}
	}
}
