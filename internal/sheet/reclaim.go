package sheet

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// reclaim takes for roles the columns that were about to be remarks or groups although at least half of their cells are letters or
// words for them: what the others mean is asked.
func (l *layout) reclaim(t Table, c classes) {
	for _, col := range slices.Concat(l.groups, l.notes) {
		if letters, others := l.partsOf(t, c, col); letters > 0 && letters >= others && t.choice.Columns[col] == "" {
			l.roles = append(l.roles, col)
		}
	}
	slices.Sort(l.roles)
	l.onlyRoles()
}

// headOver is a row above the one that was found for a head, which says what the activities are and has a text over all of these
// columns, where the other begins with an activity of its own; -1 where there is none. Below it the words may be unknown.
func (t Table) headOver(c classes, found int, columns []int) int {
	for h, row := range t.Rows[:found] {
		corner := slices.IndexFunc(row.Cells, func(s string) bool {
			return activityWords[compact(s)] || nearWords[compact(s)] && !nameWords[compact(s)]
		})
		if corner < 0 || len(columns) < 2 || corner > columns[0] || !t.choice.heads(row) || repeatsOneText(row) {
			continue
		}
		name := oneLine(t.Rows[found].Cell(corner))
		if name == "" || namesRows(name) || name == oneLine(row.Cell(corner)) || t.Rows[found].Line-t.Rows[found-1].Line > 1+lineBreaks(t.Rows[found-1]) || filled(t.Rows[found-1]) < 2 {
			continue
		}
		if !slices.ContainsFunc(columns, func(col int) bool { return c.kind[h][col] != textCell }) {
			return h
		}
	}
	return -1
}

// onlyRoles takes the roles out of the other columns.
func (l *layout) onlyRoles() {
	isRole := func(col int) bool { return slices.Contains(l.roles, col) }
	l.groups, l.notes = slices.DeleteFunc(l.groups, isRole), slices.DeleteFunc(l.notes, isRole)
}

// partsOf counts, in the rows with letters, the cells of a column that hold letters or words for them, and the other cells. One of
// the words is no verb, or stands twice right of what is done. It is none where what heads the column says that it holds something else, or where a cell is no word.
func (l layout) partsOf(t Table, c classes, col int) (letters, others int) {
	heading := oneLine(t.Rows[l.head].Cell(col))
	if c.kind[l.head][col] != textCell || saysOther(heading) {
		return 0, 0
	}
	values, _ := l.valuesOf(t, c, col)
	headed, _ := headLetter(heading)
	sure, stood := false, map[string]bool{}
	for _, s := range values {
		switch read := t.read(s); {
		case read.kind == letterCell && read.repair != "footnote" && (headed == "" || read.RACI() != headed):
			letters++
			sure = sure || !read.ambiguous || stood[compact(s)] && col > l.activity && headed == ""
			stood[compact(s)] = true
		case read.kind == blankCell:
		case utf8.RuneCountInString(s) > 40 || strings.ContainsAny(s, "0123456789"):
			return 0, 0
		default:
			others++
		}
	}
	if !sure {
		letters = 0
	}
	return letters, others
}

// saysOther reports a heading of something else than a role.
func saysOther(heading string) bool {
	return hasWord(heading, noteWords) || attributeWords[compact(heading)] || measureWords[compact(heading)] || otherParts[compact(heading)] || namesRows(heading) || isAnswered(heading) || isPeriod(heading)
}

// lettersLeft says of the columns of remarks which hold letters among other words.
func (r *gridReader) lettersLeft() {
	for _, col := range r.l.notes {
		if letters, others := r.l.partsOf(r.t, r.c, col); letters > 0 && r.t.choice.Columns[col] == "" {
			heading := oneLine(r.t.Rows[r.l.head].Cell(col))
			r.grid.problem("letters-left-out", r.t.Rows[r.l.head].Line, "", []string{heading}, fmt.Sprintf(
				"“%s” holds letters, or words for them, in %s, and other words in %s; it was taken as a remark and not as a role.", short(heading), plural(letters, "row"), count(others)))
		}
	}
}
