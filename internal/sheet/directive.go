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

// fencedDirective begins the same in a block of Markdown, as MyST has it: nothing there is indented.
var fencedDirective = regexp.MustCompile("^(`{3,}|~{3,}|:{3,})\\{(?:list|csv)-table\\}")

// directive reads a table that is written as a list of lists, or as comma-separated values.
func (w *wiki) directive(line string) {
	mark := "::"
	closing := fencedDirective.FindStringSubmatch(line)
	if closing != nil {
		mark = "}"
	}
	before, title, _ := strings.Cut(line, mark)
	if title = strings.TrimSpace(title); title != "" {
		w.out[w.at] = "# " + title
	}
	list := strings.HasSuffix(strings.TrimRight(before, "}:"), "list-table")
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
		case closing != nil && strings.HasPrefix(line, closing[1]):
			flush()
			w.at++
			return
		case closing == nil && strings.TrimLeft(raw, " \t") == raw:
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
