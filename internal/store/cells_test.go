package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// block reads an edit of cells out of lines of an activity and the letters of the three roles; "." stays.
func (s sheetOf) block(t *testing.T, lines map[int64]string) store.CellsEdit {
	t.Helper()
	e := store.CellsEdit{ProcessID: s.process, Counters: map[int64]int64{}, Cells: map[int64]map[int64]itsm.Cell{}}
	m := s.matrix(t)
	for activity, line := range lines {
		row, _ := m.Row(activity)
		e.Counters[activity], e.Cells[activity] = row.Counter, map[int64]itsm.Cell{}
		for i, word := range strings.Split(line, "|") {
			if word == "." {
				continue
			}
			set, fits := itsm.ParseLetters(word)
			if !fits {
				t.Fatalf("%q", word)
			}
			e.Cells[activity][m.Columns[i].Role.ID] = itsm.Cell{Letters: set}
		}
	}
	return e
}

func TestSetCells(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	sort := addActivity(t, s.DB, s.process, "Sort", 0)
	stands := func() string {
		var lines []string
		for _, row := range s.matrix(t).Rows {
			lines = append(lines, letters(row))
		}
		return strings.Join(lines, " / ")
	}
	before := func() (n int64) { return storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`) }
	ok(t, s.SetCells(t.Context(), op, s.block(t, map[int64]string{s.log: "A|R|C", s.closing: ".|A|R", sort: "|I|"})))
	if got, want := stands(), "A|R|C / |A|R / |I|"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if got, want := storetest.Value[string](t, s.DB, `SELECT regexp_replace(summary, '\d+(?=\]\])', 'N', 'g') FROM event ORDER BY id DESC LIMIT 1`),
		"set 6 cells of [[activity:N]], [[activity:N]] and [[activity:N]] in [[process:N]]"; got != want {
		t.Errorf("it says %s", got)
	}
	// An A leaves the role that had it, inside what is set or beside it; what is set to what stands is no change.
	first := before()
	ok(t, s.SetCells(t.Context(), op, s.block(t, map[int64]string{s.log: "C|A|.", s.closing: ".|.|A", sort: ".|I|."})))
	if got, want := stands(), "C|A|C / ||A / |I|"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*) FROM change WHERE event_id > $1 AND table_name = 'raci_cell'`, first); n != 4 {
		t.Errorf("%d cells changed, want 4", n)
	}
	// Undone as a whole.
	ok(t, s.Undo(t.Context(), op, before()))
	if got, want := stands(), "A|R|C / |A|R / |I|"; got != want {
		t.Errorf("after the undo: %s, want %s", got, want)
	}
}

func TestSetCellsRefusesAsAWhole(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	s.set(t, s.log, s.owner, "A")
	same := func(what string, err error, says string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %s", what, err, says)
		}
		if got := letters(s.matrix(t).Rows[0]) + " " + letters(s.matrix(t).Rows[1]); got != "A|| ||" {
			t.Errorf("%s: letters are %s", what, got)
		}
	}
	same("two A in a row", s.SetCells(t.Context(), op, s.block(t, map[int64]string{s.closing: "R|R|R", s.log: "A|A|"})), "A row has one A")
	same("a letter that is off", s.SetCells(t.Context(), op, s.block(t, map[int64]string{s.closing: "R|S|"})), "does not use the letter S")
	same("nothing", s.SetCells(t.Context(), op, s.block(t, map[int64]string{s.log: "A||"})), "already")
	same("no cell", s.SetCells(t.Context(), op, store.CellsEdit{ProcessID: s.process}), "Choose the cells")
	late := s.block(t, map[int64]string{s.log: "R|R|R", s.closing: "R|R|R"})
	late.Counters[s.closing]--
	same("a row that changed", s.SetCells(t.Context(), op, late), "Somebody else changed “Close” meanwhile. None of the cells was set")
	gone := s.block(t, map[int64]string{s.closing: "R|R|R"})
	gone.Counters[s.log+1000], gone.Cells[s.log+1000] = 1, gone.Cells[s.closing]
	same("a row that is gone", s.SetCells(t.Context(), op, gone), "taken out")
	unseen := s.block(t, map[int64]string{s.log: "R|R|R", s.closing: "R|R|R"})
	delete(unseen.Counters, s.closing)
	same("a row without counter", s.SetCells(t.Context(), op, unseen), "A row is missing")
	column := s.block(t, map[int64]string{s.closing: "R|R|R"})
	column.Cells[s.closing][999999] = itsm.Cell{Letters: itsm.LetterI}
	if err := s.SetCells(t.Context(), op, column); err == nil || strings.Contains(err.Error(), "SQLSTATE") {
		t.Errorf("a role that is no column: %v", err)
	}
	if err := s.SetCells(t.Context(), s.actor(s.ana), s.block(t, map[int64]string{s.closing: "R||"})); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a reader set cells: %v", err)
	}
}

// Many set the same rows at once, in whichever order: one of each round comes through, and nobody waits for ever.
func TestManySetTheSameCells(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	for range 5 {
		edit := s.block(t, map[int64]string{s.log: "A|R|", s.closing: "|A|R"})
		if s.matrix(t).Rows[0].Cells[0].Letters == itsm.LetterA {
			edit = s.block(t, map[int64]string{s.log: "|A|R", s.closing: "A|R|"})
		}
		var all sync.WaitGroup
		outcomes := make(chan error, 8)
		for range 8 {
			all.Go(func() { outcomes <- s.SetCells(context.WithoutCancel(t.Context()), op, edit) })
		}
		all.Wait()
		close(outcomes)
		var refusals []error
		for err := range outcomes {
			if err != nil {
				refusals = append(refusals, err)
			}
		}
		if len(refusals) != 7 || slices.ContainsFunc(refusals, func(err error) bool { return !errors.As(err, &itsm.Conflict{}) }) {
			t.Fatalf("of eight %d were refused: %v", len(refusals), refusals)
		}
	}
}
