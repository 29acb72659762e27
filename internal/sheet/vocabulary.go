package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// vocabulary takes for letters the words of a language that nobody here knows: short texts that stand again and again, in more
// than one column and beside letters or words that are known in each. What they mean is asked.
func (c classes) vocabulary(t Table) {
	times, columns := map[string]int{}, map[string]map[int]bool{}
	lettered := make([]bool, c.width)
	for i, row := range c.kind {
		for col, k := range row {
			lettered[col] = lettered[col] || k == letterCell && i > 0
		}
	}
	each := func(do func(i, col int, word string)) {
		for i, row := range t.Rows {
			if namesRows(firstText(row)) && !c.hasLetter(i) {
				continue // a head: roles come again under each phase
			}
			for col, cell := range row.Cells {
				if c.kind[i][col] == textCell && i > 0 && lettered[col] && mayBePart(cell) {
					do(i, col, compact(cell))
				}
			}
		}
	}
	each(func(_, col int, word string) {
		if times[word]++; columns[word] == nil {
			columns[word] = map[int]bool{}
		}
		columns[word][col] = true
	})
	each(func(i, col int, word string) {
		if times[word] > 2 && len(columns[word]) > 1 {
			c.kind[i][col] = letterCell
		}
	})
}

// states makes text of words that only say again what heads their column, where that is the one column headed so: "Supported" under
// "Support" is what a thing is.
func (c classes) states(t Table) {
	for h, head := range t.Rows[:min(len(t.Rows), headerRows)] {
		at, letter := -1, ""
		for col, cell := range head.Cells {
			if l, word := headLetter(oneLine(cell)); isParty(cell) {
				continue // "担当者" is somebody
			} else if l != "" && word && at < 0 {
				at, letter = col, l
			} else if l != "" {
				at = len(c.kind[h]) // several
			}
		}
		if at < 0 || at >= len(c.kind[h]) {
			continue
		}
		var again []int
		for i := h + 1; i < len(t.Rows); i++ {
			switch read := readCell(t.Rows[i].Cell(at)); {
			case read.kind == letterCell && read.repair == "word" && read.RACI() == letter:
				again = append(again, i)
			case read.kind == letterCell || read.kind == oddCell:
				return
			}
		}
		for _, i := range again {
			c.kind[i][at] = textCell
		}
		return
	}
}

// mayBePart says of a text that it may be a word for a part that somebody has: short, and of letters.
func mayBePart(cell string) bool {
	s := oneLine(cell)
	return utf8.RuneCountInString(s) <= 30 && len(tokens(s)) <= 2 && strings.IndexFunc(s, unicode.IsDigit) < 0 && strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// answering finds the words for who is responsible that mean who answers here: another word says who does it, and none says
// who answers. "Ansvarig" is so beside "Utför".
func (t Table) answering() Table {
	doing, others := false, map[string]bool{}
	for i, row := range t.Rows {
		for _, cell := range row.Cells {
			if len(cell) > 80 || i == 0 {
				continue
			}
			switch r := readCell(cell); {
			case r.kind != letterCell || r.Note != "":
			case r.RACI() == "A", r.repair != "word" && r.RACI() == "R":
				return t // letters say it
			case r.repair == "word" && r.RACI() == "R" && isDoing(cell):
				doing = true
			case r.repair == "word" && r.RACI() == "R":
				others[compact(cell)] = true
			}
		}
	}
	if doing && len(others) == 1 {
		t.answers = others
	}
	return t
}
