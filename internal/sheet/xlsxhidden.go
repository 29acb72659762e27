package sheet

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
)

// hiddenParts are the rows and columns that a workbook hides. They are read like the others, for nobody knows whether they were put
// aside or only out of sight, and said.
type hiddenParts struct {
	rows    map[int]bool // by line
	columns [][2]int     // first and last, from 0
}

func isTrue(s string) bool { return s == "1" || s == "true" }

func (u *hiddenParts) hideRow(row int, hidden string) {
	if !isTrue(hidden) {
		return
	}
	if u.rows == nil {
		u.rows = map[int]bool{}
	}
	u.rows[row+1] = true
}

func (u *hiddenParts) hideColumns(e xml.StartElement) {
	first, err := strconv.Atoi(attr(e, "min"))
	last, err2 := strconv.Atoi(attr(e, "max"))
	if isTrue(attr(e, "hidden")) && err == nil && err2 == nil && first > 0 {
		u.columns = append(u.columns, [2]int{first - 1, last - 1})
	}
}

// notes say what is hidden and holds something.
func (u *hiddenParts) notes(rows []Row) (notes []Note) {
	width, lines := 0, []string(nil)
	for _, row := range rows {
		width = max(width, len(row.Cells))
		if u.rows[row.Line] && filled(row) > 0 {
			lines = append(lines, strconv.Itoa(row.Line))
		}
	}
	for col := range width {
		hidden := slices.ContainsFunc(u.columns, func(c [2]int) bool { return col >= c[0] && col <= c[1] })
		at := slices.IndexFunc(rows, func(row Row) bool { return clean(row.Cell(col)) != "" })
		if hidden && at >= 0 {
			notes = append(notes, Note{Line: rows[at].Line, Text: fmt.Sprintf("Column %s is hidden in the workbook, and read like the others: it begins with “%s”.", columnName(col), short(oneLine(rows[at].Cell(col))))})
		}
	}
	if len(lines) > 0 {
		more := ""
		if n := len(lines) - 10; n > 0 {
			lines, more = lines[:10], fmt.Sprintf(" and %s more", count(n))
		}
		notes = append(notes, Note{Text: fmt.Sprintf("Rows are hidden in the workbook, and read like the others: line %s%s.", join(lines), more)})
		notes[len(notes)-1].Line, _ = strconv.Atoi(lines[0])
	}
	return notes
}
