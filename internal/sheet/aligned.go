package sheet

import (
	"strings"
	"unicode/utf8"
)

// aligned reads text whose columns stand below each other with blanks between them, as people type it and programs print
// it: where every line of columns has at least two blanks, a column ends. Other lines are rows of one cell.
func aligned(text string, limits Limits) (t Table, ok bool) {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	if len(lines) > gridRows || strings.Contains(text, "\t") {
		return t, false
	}
	gutters, columns := []bool(nil), 0
	for _, line := range lines {
		if inColumns(line) {
			gutters = narrowed(gutters, []rune(line))
			columns++
		}
	}
	cuts := cutsOf(gutters)
	if columns < 3 || len(cuts) < 2 || len(cuts) > limits.Columns {
		return t, false
	}
	letters := 0
	for i, line := range lines {
		row := Row{Line: i + 1, Cells: []string{strings.TrimSpace(line)}}
		if inColumns(line) {
			row.Cells = cutAt([]rune(line), cuts)
		}
		if strings.Trim(line, "-=_+ ") == "" {
			continue
		}
		for _, cell := range row.Cells[1:] {
			if readCell(cell).kind == letterCell {
				letters++
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, letters > 2 && letters > columns/2
}

// inColumns reports a line with a gap in it, or before it.
func inColumns(line string) bool {
	return strings.Contains(strings.TrimSpace(line), "  ") || strings.HasPrefix(line, "        ") && strings.TrimSpace(line) != ""
}

// narrowed keeps the places that are blank in this line, too; beyond its end a line is blank.
func narrowed(gutters []bool, line []rune) []bool {
	for len(gutters) < len(line) {
		gutters = append(gutters, true)
	}
	for i := range gutters {
		gutters[i] = gutters[i] && (i >= len(line) || line[i] == ' ')
	}
	return gutters
}

// cutsOf are the places where columns begin, but the first.
func cutsOf(gutters []bool) (cuts []int) {
	blank := 0
	for i, gutter := range gutters {
		if !gutter && blank > 1 && i > blank {
			cuts = append(cuts, i)
		}
		if blank++; !gutter {
			blank = 0
		}
	}
	return cuts
}

func cutAt(line []rune, cuts []int) (cells []string) {
	from := 0
	for _, cut := range append(cuts[:len(cuts):len(cuts)], utf8.MaxRune) {
		end := min(cut, len(line))
		cells = append(cells, strings.TrimSpace(string(line[min(from, end):end])))
		from = end
	}
	return cells
}
