package page

import (
	"iter"
	"slices"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// rowDrawing draws the rows of a matrix one after the other, each in the memory of the one before.
type rowDrawing struct {
	RACI
	urls  *rowURLs
	row   ui.GridRow
	check checked
	notes map[int]string
}

// gridRows are the rows that the reader wants to see, under their sections; redraw, where it is not nil, changes each.
func (v RACI) gridRows(redraw func(i int, row *ui.GridRow)) iter.Seq[*ui.GridRow] {
	return func(yield func(*ui.GridRow) bool) {
		d, section := rowDrawing{RACI: v, urls: v.At.rowURLs(v.Matrix, len(v.Matrix.Rows))}, ""
		for i, row := range v.rows() {
			drawn := d.draw(row)
			if redraw != nil {
				redraw(i, drawn)
			}
			if row.Section != section {
				drawn.Section, section = row.Section, row.Section
			}
			if !yield(drawn) {
				return
			}
		}
	}
}

// GridRow is one row of the matrix by role, for the answer to a saved cell.
func (v RACI) GridRow(row itsm.Row) ui.GridRow {
	d := rowDrawing{RACI: v, urls: v.At.rowURLs(v.Matrix, 1)}
	return *d.draw(&row)
}

func (d *rowDrawing) draw(row *itsm.Row) *ui.GridRow {
	problems := d.problems(*row)
	a := d.Matrix.Answers(*row, d.At.Region, d.At.Service)
	d.check.say(d.Matrix, problems, &a)
	address, key := d.urls.of(row.ActivityID)
	d.row = ui.GridRow{
		Key: key, Counter: row.Counter, No: strconv.Itoa(row.Position), Name: row.Name, Href: address,
		Cells: d.cells(d.row.Cells[:0], row, problems, &a), Notes: d.noted(row), Check: &d.check,
	}
	if worst := itsm.Worst(problems); worst == itsm.Red || worst == itsm.Amber {
		d.row.Tone = matrixTone(d.Matrix, worst)
	}
	return &d.row
}

// noted are the notes of a row's cells, by column; few rows have any.
func (d *rowDrawing) noted(row *itsm.Row) map[int]string {
	clear(d.notes)
	for i := range row.Cells {
		if note := row.Cells[i].Note; note != "" {
			if d.notes == nil {
				d.notes = map[int]string{}
			}
			d.notes[i] = note
		}
	}
	if len(d.notes) == 0 {
		return nil
	}
	return d.notes
}

func (v RACI) cells(cells []ui.Cell, row *itsm.Row, problems []itsm.RowProblem, a *itsm.Accountable) []ui.Cell {
	noR := slices.ContainsFunc(problems, func(p itsm.RowProblem) bool { return p.Code == "no-responsible" })
	acting := a.State == itsm.Named && a.Holding.Capacity == itsm.Acting && !a.UpToOwner
	for i := range row.Cells {
		letters, role := row.Cells[i].Letters, &v.Matrix.Columns[i].Role
		cell := ui.Cell{Letters: ui.Letters(letters)}
		if role.Kind == itsm.Whoever {
			cell.Look = ui.PerCase
		}
		if !a.Explicit && a.Role.ID == role.ID {
			cell.Look |= ui.FromAbove
		}
		if acting && letters.Has(itsm.LetterA) {
			cell.Look |= ui.Acting
		}
		if noR && letters == 0 && (role.Kind == itsm.Practitioner || role.Kind == itsm.Manager) {
			cell.Look |= ui.Wanted
		}
		cells = append(cells, cell)
	}
	return cells
}
