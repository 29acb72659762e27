package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// listedGrid reads rows "Name: A|R|" under headings.
func listedGrid(headings string, rows ...string) itsm.ListedGrid {
	g := itsm.ListedGrid{Roles: strings.Split(headings, "|")}
	for i, r := range rows {
		name, cells, _ := strings.Cut(r, ":")
		row := itsm.ListedActivity{Line: i + 2, Name: name, Cells: map[string]itsm.ListedCell{}}
		for j, w := range strings.Split(strings.TrimSpace(cells), "|") {
			l, _ := itsm.ParseLetters(w)
			row.Cells[g.Roles[j]] = itsm.ListedCell{Letters: l}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func TestImportGridIntoAnExistingProcess(t *testing.T) {
	s := buildMatrix(t)
	s.set(t, s.log, s.owner, "A")
	s.set(t, s.closing, s.analyst, "R")
	g := listedGrid("Incident manager|Service desk analyst|Second line", "log: A|R|", "Escalate: |C|R")
	target := store.GridTarget{ProcessID: s.process}
	m, _, plan, err := s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{}, storetest.Today)
	ok(t, err)
	if plan.Count(itsm.RowAdded) != 1 || plan.Count(itsm.RowChanged) != 1 || len(plan.Open()) != 1 || !slices.Equal(plan.NewRoles(), []string{"Second line"}) {
		t.Fatalf("plan: %+v", plan)
	}
	if _, err := s.ImportGrid(t.Context(), op, target, "grid.csv", m, plan, 0); !errors.As(err, &itsm.Invalid{}) {
		t.Fatalf("an open question: got %v", err)
	}
	events := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`)
	m, _, plan, err = s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{NoA: "Incident manager"}, storetest.Today)
	ok(t, err)
	id, err := s.ImportGrid(t.Context(), op, target, "grid.csv", m, plan, 0)
	ok(t, err)
	after := s.matrix(t)
	var rows []string
	for _, r := range after.Rows {
		rows = append(rows, r.Name+" "+letters(r))
	}
	if got := strings.Join(rows, ", "); id != s.process || got != "Log |A|R|, Close ||R|, Escalate |A|C|R" {
		t.Errorf("process %d: %s", id, got)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM event`); n != events+1 {
		t.Errorf("%d events, want one", n-events)
	}
	_, _, again, err := s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{NoA: "Incident manager"}, storetest.Today)
	ok(t, err)
	if again.Count(itsm.RowSame) != 2 || len(again.NewRoles()) != 0 {
		t.Errorf("the same grid again: %+v", again.Rows)
	}
	s.set(t, s.log, s.owner, "I")
	g.Rows[0].Cells["Incident manager"] = itsm.ListedCell{Letters: itsm.LetterA | itsm.LetterR}
	_, _, plan, err = s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{NoA: "owner"}, storetest.Today)
	ok(t, err)
	_, err = s.ImportGrid(t.Context(), op, target, "grid.csv", after, plan, 0)
	conflicts(t, err, "")
}

func TestImportGridIntoANewPractice(t *testing.T) {
	s := build(t)
	g := listedGrid("Owner|Change manager|Service desk analyst", "Assess: A|R|C", "Authorise: R|A|")
	target := store.GridTarget{Process: "Enable a change", Practice: "Change enablement"}
	m, candidates, plan, err := s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{}, storetest.Today)
	ok(t, err)
	if m != nil || len(candidates) == 0 {
		t.Fatalf("matrix %v, candidates %v", m, candidates)
	}
	// A role of another practice is nobody's own to take: the same name alone decides nothing.
	_, err = s.ImportGrid(t.Context(), op, target, "grid.csv", m, plan, 0)
	var open itsm.Invalid
	if !errors.As(err, &open) || !strings.Contains(err.Error(), "“Service desk analyst” is a role of Incident management. Is that one meant?") {
		t.Fatalf("got %v", err)
	}
	answers := itsm.GridAnswers{Roles: map[string]string{"Service desk analyst": fmt.Sprintf("role:%d", plan.Roles[2].Elsewhere)}}
	m, _, plan, err = s.PlanGrid(t.Context(), op, target, g, answers, storetest.Today)
	ok(t, err)
	process, err := s.ImportGrid(t.Context(), op, target, "grid.csv", m, plan, 0)
	ok(t, err)
	got, err := s.Matrix(t.Context(), op, process, storetest.Today)
	ok(t, err)
	var columns []string
	for _, c := range got.Columns {
		columns = append(columns, c.Role.Name+" "+string(c.Source))
	}
	if c := strings.Join(columns, ", "); c != "Practice Owner practice, Practice Manager practice, Service desk analyst invited" {
		t.Errorf("columns: %s", c)
	}
	if letters(got.Rows[0]) != "A|R|C" || got.Practice != "Change enablement" {
		t.Errorf("rows: %s", letters(got.Rows[0]))
	}
}

// Whoever set, changed or removed a letter of a grid since is named where its import is to be undone.
func TestAnImportedGridIsNotUndoneOverALetterSince(t *testing.T) {
	for name, since := range map[string]struct {
		row, column int
		letters     string
	}{"set": {0, 2, "I"}, "changed": {0, 1, "RC"}, "removed": {1, 0, ""}} {
		s := build(t)
		g := listedGrid("Owner|Change manager|Analyst", "Assess: A|R|", "Authorise: R|A|C")
		target := store.GridTarget{Process: "Enable a change", Practice: "Change enablement"}
		m, _, plan, err := s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{}, storetest.Today)
		ok(t, err)
		process, err := s.ImportGrid(t.Context(), op, target, "grid.csv", m, plan, 0)
		ok(t, err)
		event := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
		got, err := s.Matrix(t.Context(), op, process, storetest.Today)
		ok(t, err)
		l, _ := itsm.ParseLetters(since.letters)
		ok(t, s.SetCell(t.Context(), op, store.CellEdit{ProcessID: process, ActivityID: got.Rows[since.row].ActivityID, RoleID: got.Columns[since.column].Role.ID, Counter: store.Latest, Cell: itsm.Cell{Letters: l}}))
		err = s.Undo(t.Context(), op, event)
		if conflicts(t, err, "The operator changed part of it on 23 Nov 2026"); t.Failed() {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// A process that a grid made is among what changed for the steering group; a grid brought into one that stood is not.
func TestTheSteeringGroupReadsOfAProcessThatAGridMade(t *testing.T) {
	s := buildMatrix(t)
	g := listedGrid("Incident owner|Service desk analyst", "Assess: A|R", "Log: A|R")
	bring := func(target store.GridTarget) (made string) {
		m, _, plan, err := s.PlanGrid(t.Context(), op, target, g, itsm.GridAnswers{Roles: map[string]string{"Incident owner": fmt.Sprintf("role:%d", s.owner), "Service desk analyst": fmt.Sprintf("role:%d", s.analyst)}}, storetest.Today)
		ok(t, err)
		_, err = s.ImportGrid(t.Context(), op, target, "grid.csv", m, plan, 0)
		ok(t, err)
		page := must[itsm.Steering](t)(s.Steering(t.Context(), op, storetest.Today, storetest.Today))
		for _, c := range page.Changes {
			for _, moment := range c.Moments {
				for _, part := range moment.Parts {
					made += part.Text
				}
				made += "; "
			}
		}
		return made
	}
	if said := bring(store.GridTarget{ProcessID: s.process}); strings.Contains(said, "grid.csv") {
		t.Error(said)
	}
	if said := bring(store.GridTarget{PracticeID: s.practice, Process: "Enable a change"}); !strings.Contains(said, "Enable a change") || strings.Count(said, "grid.csv") != 1 {
		t.Error(said)
	}
}

func TestWhoMayImportAGrid(t *testing.T) {
	s := buildMatrix(t)
	g := listedGrid("Incident owner|Service desk analyst|Auditor", "Log: A|R|I")
	manager := s.actor(s.ana, itsm.Hat{Kind: itsm.Manager, PracticeID: s.practice, Capacity: itsm.Holder})
	existing, fresh := store.GridTarget{ProcessID: s.process}, store.GridTarget{PracticeID: s.practice, Process: "Another"}
	for name, c := range map[string]struct {
		by     itsm.Actor
		target store.GridTarget
	}{
		"a reader":                   {s.actor(s.henrik), existing},
		"a manager, a new process":   {manager, fresh},
		"an owner, another practice": {s.actor(s.marta, itsm.Hat{Kind: itsm.Owner, PracticeID: s.practice + 1, Capacity: itsm.Holder}), existing},
		"an owner, a new practice":   {s.actor(s.marta, itsm.Hat{Kind: itsm.Owner, PracticeID: s.practice, Capacity: itsm.Holder}), store.GridTarget{Practice: "X", Process: "Y"}},
	} {
		if _, _, _, err := s.PlanGrid(t.Context(), c.by, c.target, g, itsm.GridAnswers{}, storetest.Today); !errors.As(err, &itsm.Forbidden{}) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	m, _, plan, err := s.PlanGrid(t.Context(), manager, existing, g, itsm.GridAnswers{}, storetest.Today)
	ok(t, err)
	if _, err := s.ImportGrid(t.Context(), manager, existing, "g", m, plan, 0); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a manager adds a role: got %v", err)
	}
	if n := len(s.matrix(t).Columns); n != 3 {
		t.Errorf("a refused import left %d columns", n)
	}
	m, _, plan, err = s.PlanGrid(t.Context(), manager, existing, g, itsm.GridAnswers{Roles: map[string]string{"Auditor": "out"}}, storetest.Today)
	ok(t, err)
	if _, err := s.ImportGrid(t.Context(), manager, existing, "g", m, plan, 0); err != nil {
		t.Errorf("a manager, roles that there are: %v", err)
	}
}

func TestAnUploadIsImportedOnce(t *testing.T) {
	s := buildMatrix(t)
	by := op
	g := listedGrid("Incident owner", "Log: A")
	m, _, plan, err := s.PlanGrid(t.Context(), by, store.GridTarget{ProcessID: s.process}, g, itsm.GridAnswers{}, storetest.Today)
	ok(t, err)
	_, err = s.ImportGrid(t.Context(), by, store.GridTarget{ProcessID: s.process}, "g", m, plan, 77)
	conflicts(t, err, "imported already")
	if got := letters(s.matrix(t).Rows[0]); got != "||" {
		t.Errorf("written all the same: %s", got)
	}
}

// Of several grids of one practice each becomes a process with its own columns, and those who answer for it.
func TestEachGridHasItsOwnColumns(t *testing.T) {
	s := build(t)
	answers := itsm.GridAnswers{NoA: "owner"}
	var parts []store.BatchPart
	for _, g := range []struct {
		process string
		grid    itsm.ListedGrid
	}{
		{"Plan it", listedGrid("Planner|Board", "Plan: R|C", "Decide: I|R")}, {"Ship it", listedGrid("Driver|planner", "Load: R|I", "Ship: R|", "Tell: |R")},
	} {
		parts = append(parts, store.BatchPart{Key: g.process, File: "grid.csv", Name: g.process, Target: store.GridTarget{Process: g.process, Practice: "Logistics"}, Listed: g.grid, Answers: answers})
	}
	plan, err := s.PlanBatch(t.Context(), op, parts, store.BatchQuestion{}, storetest.Today)
	ok(t, err)
	done, err := s.ImportBatch(t.Context(), op, plan.Whole, store.BatchStatement{}, 0, func(store.BatchDone) any { return nil })
	ok(t, err)
	for n, want := range []string{"Practice Owner, Practice Manager, Planner, Board: Plan ||R|C, Decide ||I|R", "Practice Owner, Practice Manager, Driver, Planner: Load ||R|I, Ship ||R|, Tell |||R"} {
		m, err := s.Matrix(t.Context(), op, done.Processes[n], storetest.Today)
		ok(t, err)
		var columns, rows []string
		for _, c := range m.Columns {
			columns = append(columns, c.Role.Name)
		}
		for _, r := range m.Rows {
			rows = append(rows, r.Name+" "+letters(r))
		}
		if got := strings.Join(columns, ", ") + ": " + strings.Join(rows, ", "); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM role WHERE lower(name) = 'planner'`); n != 1 {
		t.Errorf("%d planners", n)
	}
	ok(t, s.Undo(t.Context(), op, done.Event))
	if n := storetest.Value[int](t, s.DB, `SELECT (SELECT count(*) FROM practice WHERE name = 'Logistics') + (SELECT count(*) FROM role WHERE name IN ('Planner', 'Driver', 'Board')) + (SELECT count(*) FROM step WHERE name = 'Ship')`); n != 0 {
		t.Errorf("%d rows are left of it", n)
	}
}
