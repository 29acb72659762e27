package sheet

import (
	"slices"
	"strconv"
)

// withoutFrame leaves out what a spreadsheet draws around its cells and writes into a page with them: the names of the columns
// in the first row, and the number of each row before it, which is its line.
func withoutFrame(rows []Row) []Row {
	if len(rows) < 3 || rows[0].Cell(0) != "" || filled(rows[0]) < 2 {
		return rows
	}
	for col, name := range rows[0].Cells[1:] {
		if name != columnName(col) {
			return rows
		}
	}
	framed := slices.Clone(rows[1:])
	for i, row := range framed {
		line, err := strconv.Atoi(row.Cell(0))
		if err != nil || line <= i {
			return rows
		}
		framed[i] = Row{Line: line, Cells: row.Cells[1:]}
	}
	return slices.DeleteFunc(framed, func(r Row) bool { return filled(r) == 0 })
}
