package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// behindName is a name with its letters behind it: "PM A", "Project sponsor A/R".
var behindName = regexp.MustCompile(`^(\p{Lu}[\p{L}\p{N}.&-]*(?:\s[\p{L}\p{N}.&-]+){0,3})\s+([RACIS](?:\s?[/,+&]\s?[RACIS])*)$`)

// lettersFirst turns "PM A" and "Sponsor A, PM R" into the letters with the names as their notes, in columns that hold
// nothing but such cells and letters, beside others of letters, and says what was written. "Phase A" and "Team C" stand
// where no letters are.
func (t Table) lettersFirst() (out Table, was map[string]string) {
	width, last := t.width(), map[int]bool{}
	for _, row := range t.Rows {
		for col, cell := range row.Cells {
			last[col] = last[col] || lettersBefore(cell) != ""
		}
	}
	was = map[string]string{}
	delete(last, 0)
	if len(last) == 0 {
		return t, was
	}
	kinds := make([][]cellKind, len(t.Rows))
	letters := make([]int, len(t.Rows))
	for i, row := range t.Rows {
		kinds[i] = make([]cellKind, width)
		for col, cell := range row.Cells {
			if kinds[i][col] = readCell(cell).kind; kinds[i][col] == letterCell {
				letters[i]++
			}
		}
	}
	t.Rows = slices.Clone(t.Rows)
	for col := range last {
		t.turnLetters(col, kinds, letters, was)
	}
	return t, was
}

// turnLetters does so in a column, of which it knows the kinds of cells, and how many letters stand in their rows.
func (t Table) turnLetters(col int, kinds [][]cellKind, letters []int, was map[string]string) {
	turned, beside := map[int]string{}, 0
	for i, row := range t.Rows {
		if kinds[i][col] != textCell {
			continue
		}
		first := lettersBefore(row.Cell(col))
		if first == "" && len(turned) > 0 {
			return // names and other texts
		} else if first != "" {
			turned[i] = first
			if letters[i] > 1 {
				beside++
			}
		}
	}
	if beside*2 <= len(turned) {
		return
	}
	for i, cell := range turned {
		t.Rows[i].Cells = slices.Clone(t.Rows[i].Cells)
		was[cell] = t.Rows[i].Cells[col]
		t.Rows[i].Cells[col] = cell
	}
}

// restore says of repairs what stood in the file.
func (g *Grid) restore(was map[string]string) {
	for i, r := range g.Repairs {
		if cell, ok := was[r.Was]; ok {
			g.Repairs[i].Was = cell
		}
	}
}

// lettersBefore is such a cell with its letters first, "" where it is none.
func lettersBefore(cell string) string {
	if len(cell) < 3 || len(cell) > 120 || !strings.ContainsAny(cell[len(cell)-1:], canon+"*` ") {
		return ""
	}
	var out []string
	for line := range strings.SplitSeq(cell, "\n") {
		m := behindName.FindStringSubmatch(strings.TrimSpace(markup.Replace(line)))
		if m == nil || isLetter(m[1][:strings.IndexByte(m[1]+" ", ' ')]) { // "R or A" is one of the two, and "R" no name
			return ""
		}
		out = append(out, m[2]+" ("+m[1]+")")
	}
	return strings.Join(out, " / ")
}
