package sheet

import (
	"slices"
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
	cuts, ruled := ruledCuts(lines), true
	if cuts == nil {
		cuts, ruled = cutsOf(gutters), false
	}
	if columns < 3 || len(cuts) < 2 && !ruled || len(cuts) > limits.Columns {
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
	return t, letters > 2 && letters > columns/2 || ruled || headsPeople(t)
}

// ruledCuts are the places where columns begin, but the first, where a line of dashes below the head says it, as programs
// print lists: "----    ------". Nil where there is none, or a word goes across.
func ruledCuts(lines []string) (cuts []int) {
	for _, line := range lines {
		if !inColumns(line) || strings.Trim(line, "- ") != "" {
			continue
		}
		for i := 1; i < len(line); i++ {
			if line[i] == '-' && line[i-1] == ' ' {
				cuts = append(cuts, i)
			}
		}
		break
	}
	for _, line := range lines {
		text := []rune(line)
		for _, cut := range cuts {
			if cut <= len(text) && inColumns(line) && text[cut-1] != ' ' {
				return nil
			}
		}
	}
	return cuts
}

// headsPeople reports a first row of which most cells head what a list of people holds, their names among it, above lines that
// all are in columns.
func headsPeople(t Table) bool {
	if len(t.Rows) < 2 || slices.ContainsFunc(t.Rows, func(r Row) bool { return len(r.Cells) < 2 }) {
		return false
	}
	row, score := findHeader(t)
	return row == 0 && score >= sheetScore && score > len(t.Rows[0].Cells)
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
