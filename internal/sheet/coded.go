package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// withoutCodes puts letters in the place of numbers and abbreviations where the legend says what those mean: "1 = Responsible",
// "Inf = informed". They stand right of what is done, in no column as the numbers of rows, and in none headed by a letter.
func (t Table) withoutCodes() Table {
	means := t.Legend.codes()
	for code := range means {
		if t.choice.Letters[strings.ToUpper(code)] != "" {
			delete(means, code) // somebody said otherwise
		}
	}
	if len(means) == 0 {
		return t
	}
	g, found := Grid{Repairs: slices.Clip(t.repairs)}, false
	for col := 1; col < t.width(); col++ {
		cells := t.codesIn(col, means)
		if len(cells) > 0 && !found {
			found, t.Rows = true, slices.Clone(t.Rows)
		}
		for i := range t.Rows {
			if letters := cells[i]; letters != "" {
				g.repair("by-legend", t.Rows[i].Line, columnName(col), oneLine(t.Rows[i].Cell(col)), letters, true)
				t.Rows[i].Cells = slices.Clone(t.Rows[i].Cells)
				t.Rows[i].Cells[col] = letters
			}
		}
	}
	if found {
		t.repairs = g.Repairs
	}
	return t
}

// codes are the numbers of a legend that are explained as letters of ours, no two as the same, and the abbreviations that are; none
// where nothing is explained as R or nothing as A.
func (l Legend) codes() map[string]string {
	codes, numbers, explainedAs, twice := map[string]string{}, map[string]string{}, map[string]bool{}, false
	for key, word := range l {
		letter, toks := explained(word), tokens(word)
		if isLetter(word) {
			letter = word
		} else if letter == "" || explained(toks[0]) != letter && !aroundWord[toks[0]] {
			continue
		}
		explainedAs[letter] = true
		switch n := utf8.RuneCountInString(key); {
		case n <= 2 && isNumber(key):
			twice = twice || numbers[letter] != ""
			numbers[letter] = key
		case n > 1 && n <= 5 && readCell(key).kind == textCell:
			codes[key] = letter
		}
	}
	if !explainedAs["R"] || !explainedAs["A"] {
		return nil
	}
	for letter, number := range numbers {
		if !twice && len(numbers) > 1 {
			codes[number] = letter
		}
	}
	return codes
}

// codesIn are the letters of a column by row; none unless it is headed by the name of somebody and holds nothing but codes, letters
// and signs for nothing. Lines of a legend below are of one cell or two.
func (t Table) codesIn(col int, means map[string]string) map[int]string {
	cells, head, ascending, before := map[int]string{}, -1, true, ""
	for i, row := range t.Rows {
		cell := row.Cell(col)
		read := readCell(cell)
		switch {
		case read.kind == blankCell && clean(cell) != "0", filled(row) < 2, row.explainsCode(means):
			continue
		case head < 0 && read.kind == textCell && !isNumber(oneLine(cell)):
			head = i
			continue
		case head >= 0 && (read.kind == letterCell || read.kind == oddCell && t.Legend.covers(read.Letters)):
			continue
		}
		letters := lettersFor(cell, means)
		if letters == "" || head < 0 {
			return nil
		}
		ascending = ascending && isNumber(oneLine(cell)) && oneLine(cell) > before
		before, cells[i] = oneLine(cell), letters
	}
	if head < 0 || ascending && len(cells) > 2 && hasWord(t.Rows[head].Cell(col), idWords) || !t.namesSomebody(head, col) {
		return nil
	}
	return cells
}

// namesSomebody reports a heading that is neither a letter, a word for one nor what things have.
func (t Table) namesSomebody(head, col int) bool {
	heading := t.Rows[head].Cell(col)
	letter, _ := headLetter(oneLine(heading))
	return letter == "" && !attributeWords[compact(heading)] && !hasWord(heading, noteWords)
}

// explainsCode reports a row of the legend: "1 = Responsible", in one cell or two.
func (r Row) explainsCode(means map[string]string) bool {
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

// lettersFor are the letters of a cell of one or more codes, "1/2", and of what stands between; "" where none is a code.
func lettersFor(cell string, means map[string]string) string {
	var letters []string
	coded := false
	for _, code := range strings.FieldsFunc(markup.Replace(clean(cell)), isSeparator) {
		letter := means[code]
		switch {
		case letter != "":
			coded = true
		case utf8.RuneCountInString(code) == 1 && !isNumber(code):
			letter = code
		default:
			return ""
		}
		letters = append(letters, letter)
	}
	if !coded {
		return ""
	}
	slices.SortStableFunc(letters, func(a, b string) int { return place(a) - place(b) })
	return strings.Join(slices.Compact(letters), "/")
}
