package sheet

import (
	"strings"
	"unicode"
)

// groupOf joins the heading above a row with its group columns. A group that
// is filled in only once holds until the next.
func (r *gridReader) groupOf(row Row) string {
	var parts []string
	if r.section != "" {
		parts = append(parts, r.section)
	}
	for _, p := range r.parents {
		parts = append(parts, p.name)
	}
	for n, col := range r.l.groups {
		if v := unmarked(row.Cell(col)); v != "" {
			if v != r.group[n] {
				clear(r.group[n+1:])
			}
			r.group[n] = v
		} else if r.group[n] != "" {
			r.grid.repair("filled-down", row.Line, columnName(col), "", r.group[n], true)
		}
		if r.group[n] != "" {
			parts = append(parts, r.group[n])
		}
	}
	return strings.Join(parts, " › ")
}

func isNoDash(r rune) bool { return !unicode.Is(unicode.Pd, r) }

// remarks joins the columns that are neither names nor letters.
func (r *gridReader) remarks(row Row) string {
	var parts []string
	for _, col := range r.l.notes {
		s := clean(row.Cell(col))
		if strings.IndexFunc(s, isNoDash) < 0 {
			continue // a dash is no remark
		}
		if heading := oneLine(r.t.Rows[r.l.head].Cell(col)); heading != "" && (len(r.l.notes) > 1 || !hasWord(heading, noteWords)) {
			s = heading + ": " + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "\n")
}
