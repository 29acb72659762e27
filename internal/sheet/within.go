package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// within reads a table whose cells hold names with their letters, "Ben (A), Ryan (R)" or "R: Ryan; A: Ben", as the list
// that it is: whatever heads its columns, the activity stands in the first that holds none of them.
func (t Table) within() (list Table, ok bool) {
	label := t.beside()
	if label < 0 {
		return t, false
	}
	columns := t.pairColumns(label)
	list = t
	list.List, list.Rows, list.Notes = true, nil, slices.Clone(t.Notes)
	pairs, activities, n, letters, heads := 0, 0, pairCounts{}, map[string]bool{}, Row{}
	for i, row := range t.Rows {
		found, rest := row.pairs(label, columns, &n)
		pairs += len(found)
		if i == 0 && (found == nil || headsActivity(row.Cell(label))) {
			n, heads, pairs = pairCounts{}, row, 0
			continue
		}
		if len(found) > 0 {
			found = append(found, row.plainUnder(heads, label)...)
		}
		for _, p := range found {
			for _, l := range readCell(p.Cells[1]).Letters {
				letters[l] = true
			}
		}
		if name := oneLine(row.Cell(label)); len(found) > 0 && name != "" {
			list.Rows = append(append(list.Rows, Row{Line: row.Line, Cells: []string{unmarked(name), "", "", rest}}), found...)
			activities++
		}
	}
	if pairs == n.remarked && n.plain+n.others > 0 {
		return t, false
	}
	return list, activities > 1 && pairs > activities && pairs > 2*n.others && pairs > n.plain && letters["R"] && letters["A"]
}

// pairCounts are the cells without names that have letters: other texts in columns of such, and letters alone; remarked are the
// pairs that stand alone in a cell and begin with the letters, as "A: signs" does.
type pairCounts struct{ others, plain, remarked int }

// pairs are the names of a row with their letters, and what else it says.
func (r Row) pairs(label int, columns map[int]bool, n *pairCounts) (found []Row, rest string) {
	for col, cell := range r.Cells {
		if col == label || readCell(cell).kind == blankCell {
			continue
		}
		inside := pairsIn(cell)
		if inside == nil && readCell(cell).kind != letterCell {
			rest = strings.TrimPrefix(rest+" · "+oneLine(cell), " · ")
		}
		switch {
		case inside != nil:
		case columns[col]:
			n.others++
		case readCell(cell).kind == letterCell:
			n.plain++
		}
		if len(inside) == 1 && strings.HasSuffix(oneLine(cell), inside[0][0]) {
			n.remarked++
		}
		for _, p := range inside {
			found = append(found, Row{Line: r.Line, Cells: p[:]})
		}
	}
	return found, rest
}

// plainUnder are the letters that stand alone in a cell, with what heads their column.
func (r Row) plainUnder(heads Row, label int) (found []Row) {
	for col, cell := range r.Cells {
		head := oneLine(unmarked(heads.Cell(col)))
		if letter, _ := headLetter(head); col != label && head != "" && letter == "" && readCell(cell).kind == letterCell && pairsIn(cell) == nil {
			found = append(found, Row{Line: r.Line, Cells: []string{head, cell}})
		}
	}
	return found
}

// pairColumns are the columns in which more cells hold names with letters than other texts, the head apart.
func (t Table) pairColumns(label int) map[int]bool {
	columns := map[int]bool{}
	for col := range t.width() {
		inside, others := 0, -1
		for _, row := range t.Rows {
			if s := row.Cell(col); col == label || readCell(s).kind == blankCell {
				continue
			} else if pairsIn(s) != nil {
				inside++
			} else {
				others++
			}
		}
		columns[col] = inside > 0 && inside >= others
	}
	return columns
}

// beside is the first column with a text in most rows and without names that have letters, rather one of names than of
// their numbers; -1 where there is none.
func (t Table) beside() int {
	numbers := -1
	for col := range min(t.width(), 4) {
		texts, inside := 0, 0
		var below []string
		for i, row := range t.Rows {
			if readCell(row.Cell(col)).kind == textCell {
				texts++
			}
			if pairsIn(row.Cell(col)) != nil {
				inside++
			}
			if s := oneLine(row.Cell(col)); i > 0 && s != "" {
				below = append(below, s)
			}
		}
		switch {
		case inside > 0 || texts*10 <= len(t.Rows)*7:
		case !numbering(below) && !idWords[compact(t.Rows[0].Cell(col))]:
			return col
		case numbers < 0:
			numbers = col
		}
	}
	return numbers
}

// shortPair is a name without spaces and its letters: "DIR:A/R".
var shortPair = regexp.MustCompile(`^(\p{L}[\p{L}\p{N}._&-]*)[:=]([RACIS](?:[/+&]?[RACIS])*)$`)

// spacedPairs are the names of a cell with nothing but spaces between: "DIR:A PO:R".
func spacedPairs(cell string) (pairs [][2]string) {
	words := strings.Fields(cell)
	if len(words) < 2 {
		return nil
	}
	for _, word := range words {
		m := shortPair.FindStringSubmatch(strings.TrimRight(word, ",;"))
		if m == nil {
			return nil
		}
		pairs = append(pairs, [2]string{m[1], m[2]})
	}
	if allLetters(pairs) {
		return nil
	}
	return pairs
}

// pairsIn are the names of a cell with their letters; nil unless each has some.
func pairsIn(cell string) (pairs [][2]string) {
	if len(cell) < 4 || len(cell) > 500 {
		return nil
	}
	if pairs = spacedPairs(cell); pairs != nil {
		return pairs
	}
	line := textLine{text: oneLine(cell)}
	if activity, spelled := line.spelledOut(); activity == "" && spelled != nil {
		return spelled
	}
	for _, n := range splitNames(cell) {
		if _, word := wordMeaning(n.text); word {
			return nil // "Accountable (A)"
		} else if c := readCell(n.note); c.kind == letterCell && c.repair != "word" {
			pairs = append(pairs, [2]string{n.text, n.note})
		} else if role, letters, ok := (textLine{text: n.text}).pair(); ok && n.note == "" {
			pairs = append(pairs, [2]string{role, letters})
		} else {
			return nil
		}
	}
	return pairs
}
