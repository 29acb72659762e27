package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// footer reports a row of texts without a letter that nothing names, or that stands below the last letter.
func (r *gridReader) footer(i int) bool {
	below := 0
	for _, col := range r.l.roles {
		if k := r.c.kind[i][col]; k == letterCell || k == oddCell {
			return false
		}
		below += r.c.below[letterCell][i][col] - r.c.below[letterCell][r.l.end][col]
	}
	return below == 0 && !r.spelt(i) || oneLine(r.t.Rows[i].Cell(r.l.activity)) == ""
}

// ending keeps the rows without letters that wait below the last activity. Below a gap that is wider than any between the rows
// above, single texts are what somebody wrote under the grid, and no activity.
func (r *gridReader) ending() {
	gap, apart := 1, false
	for i := r.l.head + 1; i < r.l.end; i++ {
		row, before := r.t.Rows[i], r.t.Rows[i-1]
		between := row.Line - before.Line - lineBreaks(before)
		waits := slices.ContainsFunc(r.pending, func(p Row) bool { return p.Line == row.Line })
		switch {
		case !waits:
			gap, apart = max(gap, between), false
		case apart || between > gap:
			apart = filled(row) == 1
		}
		if waits && (apart || isLabelled(row)) {
			r.note(row)
		} else if waits {
			r.aside(row)
		}
	}
}

// spelt reports a row with a name that says of most roles by a sign that they have no part.
func (r *gridReader) spelt(i int) bool {
	signs := 0
	for _, col := range r.l.roles {
		if s := r.t.Rows[i].Cell(col); clean(s) != "" && readCell(s).kind == blankCell && !isRule(s) {
			signs++
		}
	}
	return signs*2 > len(r.l.roles)
}

// described reports a grid in which a single text without letters follows on every row with letters, the last one too: that says
// what is done there, and heads nothing.
func (r *gridReader) described() bool {
	rows := r.t.Rows[r.l.head+1 : r.l.end]
	for n, row := range rows {
		lettered, single := r.c.hasLetter(r.l.head+1+n), filled(row) == 1 && clean(row.Cell(r.l.activity)) != ""
		if n%2 == 0 && !lettered || n%2 == 1 && (lettered || !single) {
			return false
		}
	}
	return len(rows) > 3 && len(rows)%2 == 0
}

// unlettered is the row of an activity to which nobody has given letters yet, 0 where there is none: a single name among rows
// that stand under no heading. Of headings there is one above the first row, or there are several, and they are short.
func (r *gridReader) unlettered() (open int) {
	if corner := unmarked(r.t.Rows[r.l.head].Cell(r.l.activity)); r.l.id >= 0 || len(r.l.groups) > 0 || corner != "" && !hasWord(corner, activityWords) {
		return 0
	}
	for i := r.l.head + 1; i < r.l.end; i++ {
		row := r.t.Rows[i]
		if r.c.hasLetter(i) || filled(row) == 0 {
			continue
		}
		name := oneLine(row.Cell(r.l.activity))
		if open > 0 || filled(row) != 1 || name == "" || strings.HasSuffix(name, ":") || isRule(name) || r.number(row) != "" || !strings.ContainsFunc(name, unicode.IsLower) ||
			len(tokens(name)) < 3 || stageHeads[tokens(name)[0]] {
			return 0
		}
		open = i
	}
	if open > 0 && (!r.c.hasLetter(r.l.head+1) || open == r.l.end-1) {
		return 0
	}
	return open
}

// restOfHead reports the row right below a head that says what stands below the cells that the head leaves empty: "Phase | Action".
func (r *gridReader) restOfHead(i int) bool {
	row, head := r.t.Rows[i], r.t.Rows[r.l.head]
	if i != r.l.head+1 || !namesRows(row.Cell(r.l.activity)) {
		return false
	}
	for col, cell := range row.Cells {
		if clean(cell) != "" && clean(head.Cell(col)) != "" {
			return false
		}
	}
	return true
}

// holders reports the row right below the head that says by name who is meant there: texts under the roles, and no letter.
func (r *gridReader) holders(i int) bool {
	if i != r.l.head+1 || headsActivities(r.t.Rows[i]) || r.spreads(r.t.Rows[i]) {
		return false
	}
	for _, col := range r.l.roles {
		if k := r.c.kind[i][col]; k == letterCell || k == oddCell {
			return false
		}
	}
	return true
}

// headAgain takes the head where it is said again: for a new page, or for the next section, by whose name it begins.
func (r *gridReader) headAgain(row Row) {
	first, name := unmarked(r.t.Rows[r.l.head].Cell(r.l.activity)), unmarked(row.Cell(r.l.activity))
	if name == "" || first == "" || name == first || hasWord(first, activityWords) || hasWord(name, activityWords) {
		r.note(row)
		return
	}
	for i, a := range r.grid.Activities {
		if r.section == "" && a.Section == "" {
			r.grid.Activities[i].Section = first
		}
	}
	r.section = name
	r.grid.repair("section", row.Line, "", name, "the heading of the rows below it", false)
}

// counts reports a row of numbers: so many letters each role has.
func (r *gridReader) counts(row Row) bool {
	for _, col := range r.l.roles {
		if s := clean(row.Cell(col)); s != "" && !isNumber(s) {
			return false
		}
	}
	return true
}

// spreads reports a heading that was merged over the row, perhaps with a number before it.
func (r *gridReader) spreads(row Row) bool {
	if repeatsOneText(row) {
		return true
	}
	name, n := oneLine(row.Cell(r.l.activity)), 0
	for _, col := range r.l.roles {
		switch s := oneLine(row.Cell(col)); {
		case s == "":
		case s != name:
			return false
		default:
			n++
		}
	}
	read := readCell(name)
	return n > 0 && (read.kind == textCell || n == len(r.l.roles) && n > 1 && read.ambiguous) // "Approval" over all of them is a heading
}

// isRule reports a line of dashes, as people draw it across a table above and below a heading.
func isRule(cell string) bool {
	s := clean(cell)
	return len(s) > 2 && strings.Trim(s, "-=_") == ""
}

// legend reports a row that explains the letters, and not an activity with a
// legend beside it.
func (r *gridReader) legend(row Row) bool {
	name := oneLine(row.Cell(r.l.activity))
	if filled(row) == 2 && r.t.Legend[firstText(row)] != "" && slices.Contains(r.grid.Roles, firstText(row)) {
		return true
	}
	if r.t.saysOfLetter(row) || filled(row) < 3 && row.explainsCode(r.t.Legend.codes()) || filled(row) == 1 && explainsSeveral(firstText(row)) {
		return true
	}
	return isLegend(row) && (name == "" || filled(row) == 2 || isLetter(strings.ToUpper(name)) || isLegend(Row{Cells: []string{name}}) && (strings.ContainsAny(name, "=＝") || r.given(row) < 2)) // "S: Support" beside letters is done
}

// given counts the roles that have letters in a row.
func (r *gridReader) given(row Row) (n int) {
	for _, col := range r.l.roles {
		if r.t.read(row.Cell(col)).kind == letterCell {
			n++
		}
	}
	return n
}

// isLabelled reports a row of what is said of the whole: "Signed:" beside a name.
func isLabelled(row Row) bool { return filled(row) == 2 && strings.HasSuffix(firstText(row), ":") }

// stageNumber is what stages are counted by, where a number of an activity would be: "Stage A", "Phase 2".
var stageNumber = regexp.MustCompile(`(?i)^(?:stage|phase|étape|etappe|fase|etapa|фаза|этап) (?:\d{1,2}|[a-z]|[ivx]{1,4})[.:)]?$`)

// standsAlone reports a row that is an activity although it has no letters:
// it has a number as the other activities do, or a group beside its name.
func (r *gridReader) standsAlone(row Row) bool {
	if clean(row.Cell(r.l.activity)) == "" {
		return false
	}
	if r.l.id >= 0 && clean(row.Cell(r.l.id)) != "" {
		return !isLabelled(row) && !stageNumber.MatchString(oneLine(row.Cell(r.l.id)))
	}
	for _, col := range r.l.groups {
		if clean(row.Cell(col)) != "" {
			return true
		}
	}
	return false
}
