package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// classes holds the kind of every cell of a table, and how many of a kind
// stand below each row of a column.
type classes struct {
	kind  [][]cellKind
	width int
	below map[cellKind][][]int // [kind][row][column]: in this row and below
}

func classify(t Table) classes {
	c := classes{kind: make([][]cellKind, len(t.Rows)), below: map[cellKind][][]int{}}
	for _, r := range t.Rows {
		c.width = max(c.width, len(r.Cells))
	}
	c.verbs(t, c.kinds(t))
	c.states(t)
	c.vocabulary(t)
	c.numbers(t)
	c.legends(t)
	c.legendRows(t)
	c.remarks(t)
	c.yesNo(t)
	c.called(t)
	c.signs(t)
	for _, k := range []cellKind{letterCell, oddCell, textCell} {
		c.below[k] = c.sums(k)
	}
	return c
}

// kinds reads every cell, and counts what stands in each column. What a heading was merged over is blank.
func (c classes) kinds(t Table) wordCounts {
	seen := wordCounts{make([]int, c.width), make([]int, c.width), make([]int, c.width), make([]int, c.width), make([]bool, c.width)}
	stood := map[string]bool{}
	first := slices.IndexFunc(t.Rows, func(r Row) bool { // texts above the first letter are titles and heads
		return slices.ContainsFunc(r.Cells, func(s string) bool { return readCell(s).kind == letterCell })
	})
	for i, r := range t.Rows {
		c.kind[i] = make([]cellKind, c.width)
		spread := repeatsOneText(r)
		for j, cell := range r.Cells {
			read := t.read(cell)
			if read.kind == oddCell && t.Legend.covers(read.Letters) {
				read.kind = letterCell
			}
			if read.kind == textCell && j > 0 && spread {
				continue
			}
			c.kind[i][j] = read.kind
			if read.chosen {
				read = readCell(cell)
			}
			if i > 0 && i >= first || read.kind != textCell {
				seen.count(j, read)
				key := fmt.Sprint(j, compact(cell))
				seen.again[j] = seen.again[j] || read.repair == "word" && stood[key]
				stood[key] = true
			}
		}
	}
	return seen
}

func (w wordCounts) count(col int, read cellReading) {
	switch {
	case read.kind == textCell:
		w.texts[col]++
	case read.kind != letterCell:
	case read.ambiguous:
		w.ambiguous[col]++
	case read.repair == "word":
		w.words[col]++
	default:
		w.letters[col]++
	}
}

// sums are how many cells of a kind stand in each row and below, by column.
func (c classes) sums(k cellKind) [][]int {
	sums := make([][]int, len(c.kind)+1)
	sums[len(c.kind)] = make([]int, c.width)
	for i := len(c.kind) - 1; i >= 0; i-- {
		sums[i] = make([]int, c.width)
		for j := range c.width {
			sums[i][j] = sums[i+1][j]
			if c.kind[i][j] == k {
				sums[i][j]++
			}
		}
	}
	return sums
}

// wordCounts are, by column, the cells of letters, of words for them, of words that may as well name an activity, and of
// other texts; again says that a word comes twice.
type wordCounts struct {
	letters, words, ambiguous, texts []int
	again                            []bool
}

// known are the cells of a column that hold letters or words that are surely theirs; mostWords says that with the unsure ones
// they are all of its cells, or most where a word comes again: of what is done hardly any does.
func (w wordCounts) known(col int) (n int, mostWords bool) {
	n = w.letters[col] + w.words[col]
	of := n + w.ambiguous[col]
	return n, of > 0 && (w.texts[col] == 0 || w.again[col] && w.texts[col] <= of)
}

// allWords reports a column of hardly anything but words for letters, one of them at least no verb, there or in two more such
// columns, beside one of texts: those are what is done.
func (w wordCounts) allWords(col int) bool {
	if n, most := w.known(col); !most || n == 0 && !w.amongWords() {
		return false
	}
	for other, texts := range w.texts {
		if other != col && texts > 1 && texts >= w.ambiguous[col]+w.words[col]+w.letters[col] {
			return true
		}
	}
	return false
}

// amongWords reports three columns of hardly anything but words for letters, and no letter, one of which is no verb.
func (w wordCounts) amongWords() bool {
	columns, known := 0, 0
	for col := range w.texts {
		if n, most := w.known(col); most && w.letters[col] == 0 {
			columns++
			known += n
		}
	}
	return columns > 2 && known > 0
}

// verbs makes text of words like "Approve" and "Support" that name activities: they stand in a column with hardly any
// letter, beside columns of letters. Other words do where names stand in the same column: "Informe" is a report.
func (c classes) verbs(t Table, seen wordCounts) {
	letters, words := 0, 0
	for col := range c.width {
		letters += seen.letters[col]
		words += seen.words[col]
	}
	for i, row := range t.Rows {
		for col, cell := range row.Cells {
			if c.kind[i][col] != letterCell || seen.words[col]+seen.ambiguous[col] == 0 {
				continue
			}
			read := readCell(cell) // what a letter was said to mean makes no other word of it
			parts := seen.letters[col] + seen.words[col]
			named := read.ambiguous && letters+words > 0 && parts <= seen.ambiguous[col] && !seen.allWords(col)
			if named || read.repair == "word" && letters > 0 && seen.letters[col] <= seen.words[col] && seen.texts[col] > 0 {
				c.kind[i][col] = textCell
			}
		}
	}
}

// numbers makes text of a column of "A1", "A2", "A3", perhaps below "A": that is what the activities are numbered with, and no
// footnotes.
func (c classes) numbers(t Table) {
	for col := range c.width {
		var numbered []int
		set, letters, others := map[string]bool{}, 0, 0
		for i, row := range t.Rows {
			cell := oneLine(row.Cell(col))
			below := ""
			if i+1 < len(t.Rows) {
				below = oneLine(t.Rows[i+1].Cell(col))
			}
			switch {
			case len(cell) > 1 && isCapital(cell[:1]) && isNumber(cell[1:]), isCapital(cell) && isUnder(below, cell):
				numbered, set[cell] = append(numbered, i), true
				if c.kind[i][col] == letterCell {
					letters++
				}
			case c.kind[i][col] == letterCell:
				others++
			}
		}
		if letters > 0 && len(numbered) > 2 && others == 0 && len(set) == len(numbered) {
			for _, i := range numbered {
				c.kind[i][col] = textCell
			}
		}
	}
}

// legends makes text of a column that explains the letters beside the grid:
// "R = Responsible" below "A = Accountable" is nobody's.
func (c classes) legends(t Table) {
	var explaining []int
	for col := range c.width {
		letters, explained := 0, 0
		for i, row := range t.Rows {
			switch k := c.kind[i][col]; {
			case k != letterCell && k != oddCell:
			case isLegend(Row{Cells: []string{row.Cell(col)}}):
				explained++
			case k == letterCell || i >= headerRows: // a heading may be a sign: "№"
				letters++
			}
		}
		if explained > 1 && letters == 0 {
			explaining = append(explaining, col)
		}
	}
	if len(explaining) > 1 { // then that is how letters are written here: "A - Approves"
		return
	}
	for _, col := range explaining {
		for i := range t.Rows {
			if k := c.kind[i][col]; k == letterCell || k == oddCell {
				c.kind[i][col] = textCell
			}
		}
	}
}

// legendRows makes text of the letters in rows of nothing but a letter and its word, or what is said of a letter where R and A
// are explained.
func (c classes) legendRows(t Table) {
	for i, row := range t.Rows {
		if t.saysOfLetter(row) {
			c.kind[i][slices.IndexFunc(row.Cells, func(s string) bool { return clean(s) != "" })] = textCell
		}
		if filled(row) != 2 || !isLegend(row) {
			continue
		}
		for col, cell := range row.Cells {
			if isLetter(strings.ToUpper(oneLine(cell))) {
				c.kind[i][col] = textCell
			}
		}
	}
}

// saysOfLetter reports a row of nothing but what the legend says of a letter, in a table that says it of R and A.
func (t Table) saysOfLetter(row Row) bool {
	m := said.FindStringSubmatch(firstText(row))
	return m != nil && filled(row) == 1 && t.Legend["R"] != "" && t.Legend["A"] != "" && t.Legend[m[1]] != ""
}

// remarks makes text of letters that each have something said of them, in a column headed as one of remarks.
func (c classes) remarks(t Table) {
	for col := range c.width {
		headed, bare := false, false
		for i, row := range t.Rows {
			headed = headed || i < headerRows && noteWords[compact(row.Cell(col))]
			bare = bare || c.kind[i][col] == letterCell && t.read(row.Cell(col)).Note == ""
		}
		for i := range t.Rows {
			if headed && !bare && c.kind[i][col] == letterCell {
				c.kind[i][col] = textCell
			}
		}
	}
}

// yesNo makes text of a column of answers, "Y" and "N", unless a legend explains them.
func (c classes) yesNo(t Table) {
	for col := range c.width {
		found, others, at := map[string]bool{}, false, []int(nil)
		for i, row := range t.Rows {
			s := strings.ToUpper(oneLine(row.Cell(col)))
			if k := c.kind[i][col]; len(s) == 1 && (k == oddCell || k == letterCell) {
				found[s], others, at = true, others || t.Legend[s] != "", append(at, i)
			}
		}
		if others || len(found) != 2 || !found["N"] || !found["Y"] && !found["J"] && !found["O"] && !found["S"] && !found["T"] && !found["E"] && !found["H"] {
			continue
		}
		for _, i := range at {
			c.kind[i][col] = textCell
		}
	}
}

// called makes text of the name of such a grid that stands before the letters of a row: "RACI | A | R | C".
func (c classes) called(t Table) {
	for i, row := range t.Rows {
		first := slices.IndexFunc(row.Cells, func(s string) bool { return clean(s) != "" })
		if first >= 0 && first+1 < c.width && raciHead(row.Cells[first]) && slices.Contains(c.kind[i][first+1:], letterCell) {
			c.kind[i][first] = textCell
		}
	}
}

// signs makes letters of single signs where somebody said how the grid is laid out and none of its cells is a letter: what
// they mean is asked then.
func (c classes) signs(t Table) {
	if !t.choice.Lays() || slices.ContainsFunc(c.kind, func(row []cellKind) bool { return slices.Contains(row, letterCell) }) {
		return
	}
	for _, row := range c.kind {
		for col, k := range row {
			if k == oddCell {
				row[col] = letterCell
			}
		}
	}
}

// hasLetter reports a row with a cell of letters.
func (c classes) hasLetter(row int) bool {
	return slices.Contains(c.kind[row], letterCell)
}
