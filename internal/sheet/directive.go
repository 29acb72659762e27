package sheet

import (
	"encoding/csv"
	"regexp"
	"strings"
)

// directive begins a table of reStructuredText that is no drawing: what is indented below it is its options and rows.
var (
	directive = regexp.MustCompile(`^\.\. (?:list|csv)-table::`)
	option    = regexp.MustCompile(`^:([a-z-]+):\s*(.*)$`)
	listCell  = regexp.MustCompile(`^(\*\s+)?-(?:\s+|$)(.*)$`)
)

// directive reads a table that is written as a list of lists, or as comma-separated values.
func (w *wiki) directive(list bool) {
	if _, title, _ := strings.Cut(strings.TrimSpace(w.lines[w.at]), "::"); strings.TrimSpace(title) != "" {
		w.out[w.at] = "# " + strings.TrimSpace(title)
	}
	var row []string
	first := w.at
	flush := func() {
		if row != nil {
			w.out[first] = barRow(row)
		}
		row = nil
	}
	for w.at++; w.at < len(w.lines); w.at++ {
		raw := w.lines[w.at]
		line := strings.TrimSpace(raw)
		m := option.FindStringSubmatch(line)
		switch {
		case line == "":
		case strings.TrimLeft(raw, " \t") == raw:
			flush()
			return
		case m != nil && m[1] == "header":
			w.out[w.at] = barRow(valuesOf(m[2]))
		case m != nil && row == nil:
		case !list:
			w.out[w.at] = barRow(valuesOf(line))
		default:
			c := listCell.FindStringSubmatch(line)
			if c != nil && c[1] != "" {
				flush()
				row, first = []string{}, w.at
			}
			switch {
			case c != nil && row != nil:
				row = append(row, c[2])
			case len(row) > 0:
				row[len(row)-1] += " " + line
			}
		}
	}
	flush()
}

// valuesOf are the values of a line between commas; quotes that are not closed belong to them.
func valuesOf(line string) []string {
	r := csv.NewReader(strings.NewReader(line))
	r.LazyQuotes, r.TrimLeadingSpace = true, true
	cells, err := r.Read()
	if err != nil {
		return []string{line}
	}
	return cells
}
