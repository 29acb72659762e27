package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// unnamedColumn is the heading that data frames give a column without one: "Unnamed: 3".
var unnamedColumn = regexp.MustCompile(`^Unnamed: \d{1,3}$`)

// withoutNaN empties what a data frame writes where a spreadsheet had nothing: "NaN", and "Unnamed: 3" over its columns. In
// what it wrote, a line within a cell is broken by two signs, `\n`.
func (t Table) withoutNaN() Table {
	framed := len(t.Rows) > 0 && slices.ContainsFunc(t.Rows[0].Cells, unnamedColumn.MatchString)
	if !framed {
		return t
	}
	for i, row := range t.Rows {
		for col, cell := range row.Cells {
			switch {
			case cell == "NaN", cell == "nan", i == 0 && unnamedColumn.MatchString(cell):
				row.Cells[col] = ""
			case strings.Contains(cell, `\n`):
				row.Cells[col] = clean(strings.ReplaceAll(cell, `\n`, "\n"))
			}
		}
	}
	t.Rows = slices.DeleteFunc(t.Rows, func(r Row) bool { return filled(r) == 0 })
	return t
}
