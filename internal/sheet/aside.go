package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// withoutAside takes the legend that stands beside a grid out of its rows, so that it is no column of the grid, and adds
// it to what the text around explains: "R = Responsible" below "A = Accountable", or a column of letters with their words
// in the next one.
func (t Table) withoutAside() Table {
	width := t.width()
	if width < 3 {
		return t
	}
	legend := Legend{}
	for key, means := range t.Legend {
		legend[key] = means
	}
	var explaining []int
	for col := range width {
		if len(t.explaining(col)) > 1 {
			explaining = append(explaining, col)
		}
	}
	if len(explaining) == 0 {
		explaining = t.ownWords()
	}
	if len(explaining) == 1 { // in several columns that is how letters are written: "A - Approves"
		rows := t.explaining(explaining[0])
		if rows == nil {
			rows = t.lettersOf(explaining[0])
		}
		t = t.cutOut(rows, explaining[0], explaining[0], legend)
	}
	for col := range width {
		if rows := t.explainingPairs(col); len(rows) > 1 {
			t = t.cutOut(rows, col, col+1, legend)
		}
	}
	if rows, col := t.explainingRun(); rows != nil {
		t = t.cutOut(rows, col, col+1, legend)
	}
	t.Legend = legend
	return t
}

// explaining are the rows in which a column beside the grid explains a letter, where it does hardly anything else.
func (t Table) explaining(col int) (rows []int) {
	others, beside := 0, false
	for i, row := range t.Rows {
		s := oneLine(row.Cell(col))
		switch {
		case s == "":
		case isLegend(Row{Cells: []string{s}}):
			rows = append(rows, i)
			beside = beside || filled(row) > 2
		default:
			others++
		}
	}
	if !beside || others > 2 || others > len(rows) {
		return nil
	}
	return rows
}

// said is what a legend says of a letter in words of its own: "A: steht dafür ein".
var said = regexp.MustCompile(`^([\p{Lu}])\s*(?::|=|–|—|-)\s*\p{L}.{2,}$`)

// ownWords are the columns, apart from the grid or headed as a legend, in which nothing but such lines stands.
func (t Table) ownWords() (columns []int) {
	for col := 2; col < t.width(); col++ {
		headed := slices.ContainsFunc(t.Rows, func(row Row) bool { return legendWords[compact(row.Cell(col))] })
		if (headed || t.emptyColumn(col-1)) && t.lettersOf(col) != nil {
			columns = append(columns, col)
		}
	}
	return columns
}

// lettersOf are the rows of a column that say something of a letter each, R and A among them; nil where it holds other texts.
func (t Table) lettersOf(col int) (rows []int) {
	seen := map[string]bool{}
	for i, row := range t.Rows {
		s := oneLine(row.Cell(col))
		m := said.FindStringSubmatch(s)
		switch {
		case s == "" || legendWords[compact(s)] || repeatsOneText(row):
		case m == nil || seen[m[1]]:
			return nil
		default:
			seen[m[1]] = true
			rows = append(rows, i)
		}
	}
	if !seen["R"] || !seen["A"] {
		return nil
	}
	return rows
}

// explainingPairs are the rows in which a letter stands in a column and its word in the next one, each letter once.
func (t Table) explainingPairs(col int) (rows []int) {
	apart := col > 1 && t.emptyColumn(col-1)                                // then the letters may be others than ours
	seen, known, others, since, beside := map[string]bool{}, 0, 0, 0, false // since the last of them: what stands below or above is none
	for i, row := range t.Rows {
		letter, word := oneLine(row.Cell(col)), oneLine(row.Cell(col+1))
		if letter == "" && word == "" {
			continue
		}
		if len([]rune(letter)) != 1 || isNumber(letter) || len([]rune(word)) < 3 || seen[letter] {
			since++
			continue
		}
		if seen[letter] = true; len(rows) > 0 {
			others += since
		}
		since = 0
		if isLegend(Row{Cells: []string{letter, word}}) || explained(word) != "" && (explained(word) == letter || apart) {
			known++
		}
		rows = append(rows, i)
		beside = beside || filled(row) > 3
	}
	if !beside || known < 2 || others > 2 {
		return nil
	}
	return rows
}

// explainingRun are rows above or below a grid, one after the other, that hold nothing but a letter, each another, and its
// word, in the same two columns.
func (t Table) explainingRun() (rows []int, col int) {
	var run []int
	seen, known, at := map[string]bool{}, 0, 0
	for i := range len(t.Rows) + 1 {
		letter, word, first := "", "", 0
		if i < len(t.Rows) && filled(t.Rows[i]) == 2 {
			first = slices.IndexFunc(t.Rows[i].Cells, func(s string) bool { return clean(s) != "" })
			letter, word = oneLine(t.Rows[i].Cell(first)), oneLine(t.Rows[i].Cell(first+1))
		}
		if len([]rune(letter)) != 1 || isNumber(letter) || len([]rune(word)) < 3 || seen[letter] || len(run) > 0 && first != at {
			if known > 1 && len(run) > 2 && len(run) < len(t.Rows)-1 {
				return run, at
			}
			run, known = nil, 0
			clear(seen)
			continue
		}
		run, at, seen[letter] = append(run, i), first, true
		if isLegend(Row{Cells: []string{letter, word}}) {
			known++
		}
	}
	return nil, 0
}

// cutOut blanks the cells of a legend, its heading with them, and keeps what they say.
func (t Table) cutOut(rows []int, from, to int, legend Legend) Table {
	t.Rows, t.Notes = slices.Clone(t.Rows), slices.Clone(t.Notes)
	if head := rows[0] - 1; head >= 0 && legendWords[compact(t.Rows[head].Cell(from))] {
		rows = append(rows, head)
	}
	for _, i := range rows {
		cells := slices.Clone(t.Rows[i].Cells)
		said := make([]string, 0, 2)
		for col := from; col <= min(to, len(cells)-1); col++ {
			if s := oneLine(cells[col]); s != "" {
				said = append(said, s)
			}
			cells[col] = ""
		}
		t.Rows[i].Cells = cells
		line := strings.Join(said, " = ")
		legend.read([]string{line})
		if len(said) > 0 {
			t.Notes = append(t.Notes, Note{Line: t.Rows[i].Line, Text: line})
		}
	}
	t.Rows = slices.DeleteFunc(t.Rows, func(r Row) bool { return filled(r) == 0 })
	return t
}

// sideBySide cuts a table in which several grids stand beside each other: between them is an empty column, or the head
// begins again. Columns keep their places.
func (t Table) sideBySide() []Table {
	width := t.width()
	cuts := []int{0}
	for col := 1; col < width; col++ {
		if t.emptyColumn(col-1) && !t.emptyColumn(col) || t.headAgain(col) {
			cuts = append(cuts, col)
		}
	}
	if len(cuts) < 2 {
		return []Table{t}
	}
	var parts []Table
	from := 0
	for n, cut := range cuts {
		end := width
		if n+1 < len(cuts) {
			end = cuts[n+1]
		}
		if t.isGridBetween(cut, end) {
			if len(parts) > 0 {
				parts[len(parts)-1] = t.between(from, cut)
				from = cut
			}
			parts = append(parts, t.between(from, width))
		}
	}
	if len(parts) < 2 {
		return []Table{t}
	}
	return parts
}

func (t Table) emptyColumn(col int) bool {
	for _, row := range t.Rows {
		if clean(row.Cell(col)) != "" && filled(row) > 1 && !repeatsOneText(row) {
			return false
		}
	}
	return true
}

// headAgain reports a column that is headed as the activities are, like one further left.
func (t Table) headAgain(col int) bool {
	for _, row := range t.Rows[:min(len(t.Rows), headerRows)] {
		s := oneLine(row.Cell(col))
		if s == "" || !activityWords[compact(s)] {
			continue
		}
		for before := range col - 1 {
			if strings.EqualFold(oneLine(row.Cell(before)), s) {
				return true
			}
		}
	}
	return false
}

// isGridBetween reports columns of which one holds texts and at least two letters.
func (t Table) isGridBetween(from, to int) bool {
	c := classify(t.between(from, to))
	texts, letters := 0, 0
	for col := range c.width {
		l, x := c.below[letterCell][0][col], c.below[textCell][0][col]
		switch {
		case l > 1 && l+2 >= x:
			letters++
		case x > 1:
			texts++
		}
	}
	return texts > 0 && letters > 1
}

// between is the table with nothing but these columns.
func (t Table) between(from, to int) Table {
	rows := make([]Row, 0, len(t.Rows))
	for _, row := range t.Rows {
		cells := make([]string, min(to, len(row.Cells)))
		for col := from; col < len(cells); col++ {
			cells[col] = row.Cells[col]
		}
		if r := (Row{Line: row.Line, Cells: cells}); filled(r) > 0 {
			rows = append(rows, r)
		}
	}
	t.Rows = rows
	t.struck = slices.DeleteFunc(slices.Clone(t.struck), func(s struckOut) bool { return s.column < from || s.column >= to })
	return t
}
