package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// CellsEdit sets cells of several rows of a matrix. Counters are those of the rows as the editor saw them, or Latest, by
// activity; Cells are by activity and role, and the others stay.
type CellsEdit struct {
	ProcessID int64
	Counters  map[int64]int64
	Cells     map[int64]map[int64]itsm.Cell
}

// cellsNamed is how many activities the event of such an edit names.
const cellsNamed = 4

// SetCells writes cells of several rows as one change, all or nothing; EditProcess there. An A leaves the role that had it. Two A
// in a row are Invalid; where rows changed since their counters, the Conflict names them.
func (s *Store) SetCells(ctx context.Context, by itsm.Actor, e CellsEdit) error {
	typed := e.Cells
	e.Cells = make(map[int64]map[int64]itsm.Cell, len(typed))
	for activity, cells := range typed {
		var err error
		if e.Cells[activity], err = checkCells(cells); err != nil {
			return err
		}
	}
	return s.door(ctx, by, itsm.EditProcess, ofProcess(e.ProcessID), func(ctx context.Context, t *tx) error {
		if len(e.Cells) == 0 {
			return itsm.Invalid{Problems: []itsm.Problem{{Text: "Choose the cells to set first."}}}
		}
		rows, version, err := t.lockRows(ctx, e.ProcessID, e.Counters)
		if err != nil {
			return err
		}
		w := cellWrites{version: version}
		for _, activity := range slices.Sorted(maps.Keys(e.Cells)) {
			row, seen := rows[activity]
			if !seen {
				return itsm.Invalid{Problems: []itsm.Problem{{Text: "A row is missing in what was sent. Reload the page, and repeat."}}}
			}
			w.row(row, e.Cells[activity])
		}
		if err := t.allowSupport(ctx, w.letters); err != nil {
			return err
		}
		if len(w.touched) == 0 {
			return itsm.Conflict{Text: "These cells hold these letters already."}
		}
		if err := t.sayCells(ctx, e.ProcessID, rows, w); err != nil {
			return err
		}
		return w.write(ctx, t)
	})
}

// sayCells completes the event: the histories of all activities tell it, the first few of which it names.
func (t *tx) sayCells(ctx context.Context, process int64, rows map[int64]*matrixRow, w cellWrites) error {
	if len(w.touched) == 1 {
		t.say("set the row of [[activity:%d]] of [[process:%d]]: %s", w.touched[0], process, rows[w.touched[0]].sentence())
		return nil
	}
	named := w.touched[:min(len(w.touched), cellsNamed)]
	var list []string
	for _, activity := range named {
		list = append(list, fmt.Sprintf("[[activity:%d]]", activity))
	}
	others := w.touched[len(named):]
	if len(others) > 0 {
		list = append(list, fmt.Sprintf("%d more", len(others)))
	}
	t.say("set %d cells of %s in [[process:%d]]", w.cells, mentions(list), process)
	return t.about(ctx, "activity", others)
}

// lockRows is lockRow for several rows, in the order of their ids: two who set the same ones wait for each other.
func (t *tx) lockRows(ctx context.Context, process int64, counters map[int64]int64) (rows map[int64]*matrixRow, version int64, err error) {
	var activities, seen []int64
	for _, activity := range slices.Sorted(maps.Keys(counters)) {
		activities, seen = append(activities, activity), append(seen, counters[activity])
	}
	args := pgx.StrictNamedArgs{"process": process, "activities": activities, "seen": seen}
	found, err := t.Query(ctx, `
		WITH locked AS MATERIALIZED (
			SELECT s.id FROM unnest(@activities::bigint[], @seen::bigint[]) AS x (activity_id, counter)
			JOIN process p ON p.id = @process AND p.archived_at IS NULL
			JOIN process_version v ON v.process_id = p.id AND v.state = 'draft'
			JOIN step s ON s.version_id = v.id AND s.activity_id = x.activity_id AND (s.counter = x.counter OR x.counter = -1)
			ORDER BY s.activity_id FOR UPDATE OF s
		)
		UPDATE step s SET counter = s.counter + 1 FROM locked l WHERE s.id = l.id RETURNING s.activity_id, s.version_id`, args)
	if err != nil {
		return nil, 0, err
	}
	rows = map[int64]*matrixRow{}
	var activity int64
	if _, err = pgx.ForEachRow(found, []any{&activity, &version}, func() error {
		rows[activity] = &matrixRow{process: process, version: version, activity: activity, cells: map[int64]itsm.Cell{}, names: map[int64]string{}}
		return nil
	}); err != nil {
		return nil, 0, err
	}
	if len(rows) < len(activities) {
		return nil, 0, t.outrunRows(ctx, process, slices.DeleteFunc(activities, func(id int64) bool { return rows[id] != nil }))
	}
	return rows, version, t.readCells(ctx, version, rows)
}

// readCells reads the cells of locked rows.
func (t *tx) readCells(ctx context.Context, version int64, into map[int64]*matrixRow) error {
	rows, err := t.Query(ctx, `
		SELECT c.activity_id, c.role_id, c.letters, c.note, r.name FROM raci_cell c JOIN role r ON r.id = c.role_id
		WHERE c.version_id = @version AND c.activity_id = ANY(@activities::bigint[])`,
		pgx.StrictNamedArgs{"version": version, "activities": slices.Collect(maps.Keys(into))})
	if err != nil {
		return err
	}
	var activity, role int64
	var letters, note, name string
	_, err = pgx.ForEachRow(rows, []any{&activity, &role, &letters, &note, &name}, func() error {
		set, _ := itsm.ParseLetters(letters)
		into[activity].cells[role], into[activity].names[role] = itsm.Cell{Letters: set, Note: note}, name
		return nil
	})
	return err
}

// outrunRows says why rows are not as their editor saw them, by their names.
func (t *tx) outrunRows(ctx context.Context, process int64, activities []int64) error {
	var names []string
	if err := t.QueryRow(ctx, `
		SELECT COALESCE(array_agg('“' || s.name || '”' ORDER BY s.position), '{}')
		FROM process_version v JOIN step s ON s.version_id = v.id WHERE v.process_id = @process AND v.state = 'draft' AND s.activity_id = ANY(@activities::bigint[])`,
		pgx.StrictNamedArgs{"process": process, "activities": activities}).Scan(&names); err != nil {
		return err
	}
	if len(names) < len(activities) {
		return t.outrunRow(ctx, process, activities[0])
	}
	if more := len(names) - cellsNamed; more > 0 {
		names = append(names[:cellsNamed], fmt.Sprintf("%d more", more))
	}
	return t.outrunIn(ctx, process, activities, mentions(names), " None of the cells was set: look at what stands now, and repeat.")
}

// cellWrites gathers what changes in locked rows, so that each kind of change is one statement.
type cellWrites struct {
	version    int64
	touched    []int64 // activities
	cells      int
	letters    itsm.Letters
	gone       cellList
	plain, own cellList // without and with an A
}

// cellList is cells by column.
type cellList struct {
	activities, roles []int64
	letters, notes    []string
}

// row takes the cells of a row that change, and notes them there. The role that loses an A to another one is among them.
func (w *cellWrites) row(row *matrixRow, cells map[int64]itsm.Cell) {
	cells = maps.Clone(cells)
	from := row.accountable()
	for role, c := range cells {
		if _, given := cells[from]; c.Letters.Has(itsm.LetterA) && from != 0 && from != role && !given {
			left := row.cells[from]
			left.Letters &^= itsm.LetterA
			cells[from] = left
			break // a row has one A
		}
	}
	before := w.cells
	for _, role := range slices.Sorted(maps.Keys(cells)) {
		w.cell(row, role, cells[role])
	}
	if w.cells > before {
		w.touched = append(w.touched, row.activity)
	}
}

func (w *cellWrites) cell(row *matrixRow, role int64, c itsm.Cell) {
	if c.Letters == 0 {
		c.Note = "" // it hung on a letter
	}
	if row.cells[role] == c {
		return
	}
	w.cells++
	w.letters |= c.Letters
	to := &w.plain
	switch {
	case c.Letters == 0:
		to = &w.gone
		delete(row.cells, role)
	case c.Letters.Has(itsm.LetterA):
		to = &w.own
		row.cells[role] = c
	default:
		row.cells[role] = c
	}
	to.activities, to.roles = append(to.activities, row.activity), append(to.roles, role)
	to.letters, to.notes = append(to.letters, c.Letters.String()), append(to.notes, c.Note)
}

// write takes each A away first and gives it then: at no moment are there two.
func (w *cellWrites) write(ctx context.Context, t *tx) error {
	if err := t.run(ctx, `
		DELETE FROM raci_cell c USING unnest(@activities::bigint[], @roles::bigint[]) AS x (activity_id, role_id)
		WHERE c.version_id = @version AND c.activity_id = x.activity_id AND c.role_id = x.role_id`,
		pgx.StrictNamedArgs{"version": w.version, "activities": w.gone.activities, "roles": w.gone.roles}); err != nil {
		return err
	}
	for _, list := range []cellList{w.plain, w.own} {
		if len(list.roles) == 0 {
			continue
		}
		if err := t.run(ctx, `
			INSERT INTO raci_cell (version_id, activity_id, role_id, letters, note)
			SELECT @version, x.* FROM unnest(@activities::bigint[], @roles::bigint[], @letters::text[], @notes::text[]) AS x
			ON CONFLICT (version_id, activity_id, role_id) DO UPDATE SET letters = excluded.letters, note = excluded.note`,
			pgx.StrictNamedArgs{"version": w.version, "activities": list.activities, "roles": list.roles, "letters": list.letters, "notes": list.notes}); err != nil {
			return err
		}
	}
	return nil
}
