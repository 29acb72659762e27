package sheet

import (
	"slices"
	"strings"
)

// numbersAsLetters puts letters in the place of numbers where the legend says what those mean: "1 = Responsible". They stand
// right of what is done, and in no column as the numbers of rows.
func (t Table) numbersAsLetters() Table {
	means := t.Legend.numbers()
	for number := range means {
		if t.choice.Letters[number] != "" {
			delete(means, number) // somebody said otherwise
		}
	}
	if len(means) < 2 {
		return t
	}
	g, found := Grid{Repairs: slices.Clip(t.repairs)}, 0
	for col := 1; col < t.width(); col++ {
		cells := t.numbersIn(col, means)
		if len(cells) == 0 {
			continue
		}
		if found++; found == 1 {
			t.Rows = slices.Clone(t.Rows)
		}
		for i := range t.Rows {
			if letters := cells[i]; letters != "" {
				g.repair("by-legend", t.Rows[i].Line, columnName(col), oneLine(t.Rows[i].Cell(col)), letters, true)
				t.Rows[i].Cells = slices.Clone(t.Rows[i].Cells)
				t.Rows[i].Cells[col] = letters
			}
		}
	}
	if found > 0 {
		t.repairs = g.Repairs
	}
	return t
}

// numbers are the numbers of a legend that are explained as letters of ours, R and A among them, each as another.
func (l Legend) numbers() map[string]string {
	means, taken := map[string]string{}, map[string]bool{}
	for key, word := range l {
		letter := explained(word)
		if len(key) > 2 || !isNumber(key) || letter == "" {
			continue
		}
		if taken[letter] {
			return nil
		}
		taken[letter], means[key] = true, letter
	}
	if !taken["R"] || !taken["A"] {
		return nil
	}
	return means
}

// numbersIn are the letters of a column by row; none unless it is headed by a text and holds nothing but such numbers and signs for
// nothing. Lines of a legend below are of one cell.
func (t Table) numbersIn(col int, means map[string]string) map[int]string {
	cells, head, ascending, before := map[int]string{}, -1, true, ""
	for i, row := range t.Rows {
		cell := row.Cell(col)
		switch kind := readCell(cell).kind; {
		case kind == blankCell && clean(cell) != "0", filled(row) < 2, row.explainsNumber(means):
			continue
		case head < 0 && kind == textCell && !isNumber(oneLine(cell)):
			head = i
			continue
		}
		letters := lettersFor(cell, means)
		if letters == "" || head < 0 {
			return nil
		}
		ascending = ascending && oneLine(cell) > before
		before, cells[i] = oneLine(cell), letters
	}
	if head < 0 || ascending && len(cells) > 2 && hasWord(t.Rows[head].Cell(col), idWords) || attributeWords[compact(t.Rows[head].Cell(col))] {
		return nil
	}
	return cells
}

// explainsNumber reports a row of the legend: "1 = Responsible", in one cell or two.
func (r Row) explainsNumber(means map[string]string) bool {
	var texts []string
	for _, cell := range r.Cells {
		if s := oneLine(cell); s != "" {
			texts = append(texts, s)
		}
	}
	if len(texts) == 0 || len(texts) > 2 {
		return false
	}
	m := explains.FindStringSubmatch(strings.Join(texts, " = "))
	return m != nil && means[m[1]] != ""
}

// lettersFor are the letters of a cell of one or more numbers: "1/2".
func lettersFor(cell string, means map[string]string) string {
	var letters []string
	for _, number := range strings.FieldsFunc(markup.Replace(clean(cell)), isSeparator) {
		letter := means[number]
		if letter == "" {
			return ""
		}
		letters = append(letters, letter)
	}
	slices.SortFunc(letters, func(a, b string) int { return place(a) - place(b) })
	return strings.Join(slices.Compact(letters), "/")
}
