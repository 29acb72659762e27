package sheet

import (
	"slices"
	"strings"
)

// ownColumn is a column beside those of letters that is headed by a letter's word and holds the names of who has it.
type ownColumn struct {
	col    int
	letter string
}

// ownColumns are such columns, where no cell of the grid holds their letter: "Accountable" with a name in each row, beside roles
// with an R, C or I. Where the cells say it, too, a column of names is a remark.
func (r *gridReader) ownColumns() (own []ownColumn) {
	if r.t.choice.Lays() {
		return nil
	}
	for _, col := range slices.Concat(r.l.groups, r.l.notes) {
		heading := oneLine(r.t.Rows[r.l.head].Cell(col))
		letter, _ := headLetter(heading)
		if letter == "" || !hasWord(heading, adjectives) || r.holds(letter) || !r.namesIn(col) {
			continue
		}
		own = append(own, ownColumn{col, letter})
	}
	is := func(col int) bool {
		return slices.ContainsFunc(own, func(o ownColumn) bool { return o.col == col })
	}
	r.l.groups, r.l.notes = slices.DeleteFunc(slices.Clone(r.l.groups), is), slices.DeleteFunc(slices.Clone(r.l.notes), is)
	return own
}

// holds reports a letter in a cell of the grid.
func (r *gridReader) holds(letter string) bool {
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for _, col := range r.l.roles {
			if slices.Contains(r.t.read(row.Cell(col)).Letters, letter) {
				return true
			}
		}
	}
	return false
}

// namesIn reports a text in every row with letters, short as names are, and neither a number nor an answer.
func (r *gridReader) namesIn(col int) bool {
	values, rows := r.l.valuesOf(r.t, r.c, col)
	return len(values) == rows && rows > 1 && !slices.ContainsFunc(values, func(s string) bool {
		low := strings.ToLower(s)
		return readCell(s).kind != textCell || len([]rune(s)) > 60 || isExplanation(s) || strings.ContainsAny(s, "0123456789") || yesWords[low] || noMarks[low] || manyWords[low]
	})
}

// giveOwn gives the names of those columns their letters, and says that it did.
func (r *gridReader) giveOwn(a *GridActivity, row Row, own []ownColumn) {
	for _, o := range own {
		for _, name := range splitNames(row.Cell(o.col)) {
			r.grid.give(a, name.text, o.letter, name.note)
			r.grid.repair("own-column", row.Line, oneLine(r.t.Rows[r.l.head].Cell(o.col)), name.text, o.letter, false)
		}
	}
}
