package sheet

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// aboutGrid is a line that says something of a grid and does not name it: a
// sentence, its date or its version; saidOfGrid is one that says what it says: "Owner: Ann".
var (
	aboutGrid  = regexp.MustCompile(`\.$|(?:^|\D)\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})$|\d{4}-\d{1,2}-\d{1,2}|(?i)\bv(?:ersion)?\.? ?\d`)
	saidOfGrid = regexp.MustCompile(`^\p{L}[\p{L} ]{1,25}:`)
)

// titles takes the rows above the head: one of them may name the grid or what its roles stand under; the others are notes.
func (r *gridReader) titles() {
	section := r.l.firstSection(r.t)
	if section >= 0 {
		r.section = titleOf(r.t.Rows[section])
		r.grid.repair("section", r.t.Rows[section].Line, "", r.section, fmt.Sprintf("the heading of the rows from line %d on", r.t.Rows[r.l.head+1].Line), false)
	}
	name := r.titleRow(section)
	if r.ownTitle() {
		name = r.l.head - 1
	}
	if name >= 0 {
		r.grid.Name = titleOf(r.t.Rows[name])
	}
	for i := r.l.head - 1; i >= 0; i-- {
		row := r.t.Rows[i]
		if filled(row) == 0 || i == section || i == name && (filled(row) == 1 || repeatsOneText(row)) {
			continue
		}
		if i == r.l.head-1 && i != name {
			if r.grid.above = r.groupsAbove(row); r.grid.above != nil {
				r.grid.repair(headGroup, row.Line, "", joinedCells(row), r.groupedRoles(), false)
				continue
			}
		}
		r.note(row)
	}
}

// ownTitle reports a block with a title right above its head, before another one with a title: what stands above the first of them is
// that of all.
func (r *gridReader) ownTitle() bool {
	h, rows := r.l.head, r.t.Rows
	return h > 0 && r.l.end < len(rows) && rows[h-1].names() > 1 && rows[r.l.end].names() > 1 && filled(rows[h-1]) == 1 && filled(rows[r.l.end]) == 1
}

// titleRow is the row above the head that names the grid, the nearest of those that fit best; -1 is none. Best is one that calls
// it RACI, then a single text that says nothing else, then one right above the head or above such a one. A section's is none.
func (r *gridReader) titleRow(section int) int {
	best, fits := -1, 0
	for i := r.l.head - 1; i >= 0; i-- {
		if n := r.t.Rows[i].names(); i != section && n > fits && (n > 1 || i == r.l.head-1) {
			best, fits = i, n
		}
	}
	return best
}

// names says how well a row names the grid below it: 0 is not at all.
func (r Row) names() int {
	s := titleOf(r)
	single := filled(r) == 1 || repeatsOneText(r)
	called := raciWord.MatchString(s) && len(strings.Fields(s)) > 1
	switch {
	case s == "" || !single && (!called || filled(r) > 3) || isLegend(r) || explainsSeveral(joinedCells(r)):
		return 0
	case aboutGrid.MatchString(s), saidOfGrid.MatchString(s) && !called:
		return 1
	case called:
		return 3
	}
	return 2
}

// titleOf is the text of a row that may name a grid: the one that calls it RACI, else its first.
func titleOf(r Row) string {
	for _, cell := range r.Cells {
		if s := oneLine(cell); raciWord.MatchString(s) {
			return s
		}
	}
	return firstText(r)
}

// headGroup is the code of the repair that says which roles stand under which name.
const headGroup = "head-group"

// groupsAbove are the names in the row above the head that the roles stand under, by role; nil where that row names no groups of
// them.
func (r *gridReader) groupsAbove(row Row) []string {
	for col := range row.Cells {
		corner := oneLine(row.Cell(col))
		if below := oneLine(r.t.Rows[r.l.head].Cell(col)); corner != "" && corner != below && below != "" && !slices.Contains(r.l.roles, col) {
			return nil
		}
	}
	above, groups, group := make([]string, len(r.l.roles)), map[string]bool{}, ""
	for n, col := range r.l.roles {
		group = cmp.Or(unmarked(row.Cell(col)), group) // one written once holds for the columns right of it
		above[n], groups[group] = group, true
	}
	if above[0] == "" || len(groups) < 2 || len(groups) == len(above) {
		return nil
	}
	return above
}

// groupedRoles are the roles behind the names that they stand under.
func (r *gridReader) groupedRoles() string {
	var parts []string
	for n, group := range r.grid.above {
		role := unmarked(r.t.Rows[r.l.head].Cell(r.l.roles[n]))
		if n > 0 && group == r.grid.above[n-1] {
			parts[len(parts)-1] += ", " + role
		} else {
			parts = append(parts, group+": "+role)
		}
	}
	return strings.Join(parts, " · ")
}

func firstText(r Row) string {
	for _, cell := range r.Cells {
		if s := oneLine(cell); s != "" {
			return s
		}
	}
	return ""
}

// note keeps a row as a remark, its cells joined.
func (r *gridReader) note(row Row) {
	r.grid.Notes = append(r.grid.Notes, Note{Line: row.Line, Text: joinedCells(row)})
}

// joinedCells are the texts of a row; one that was merged over several cells stands once.
func joinedCells(row Row) string {
	var parts []string
	for _, cell := range row.Cells {
		if s := oneLine(cell); s != "" && (len(parts) == 0 || parts[len(parts)-1] != s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// aside keeps a row that has a name and no letters, and says so. A row of nothing but numbers is a sum.
func (r *gridReader) aside(row Row) {
	r.note(row)
	if !slices.ContainsFunc(row.Cells, func(cell string) bool { return clean(cell) != "" && !isNumber(clean(cell)) }) || explainsSign(row) || isRemark(firstText(row)) {
		return
	}
	r.grid.problem("row-without-letters", row.Line, "", nil, fmt.Sprintf("“%s” has no letters; it was taken as a note and not as an activity.", firstText(row)))
}

// isRemark reports a line that says itself that it is one: "Note: …".
func isRemark(s string) bool {
	before, _, colon := strings.Cut(s, ":")
	return colon && noteWords[compact(before)]
}

// explainsSign reports a line that says what a letter stands for, or with "=" a sign or a name: "P = Project manager".
func explainsSign(row Row) bool {
	l := Legend{}
	if l.read([]string{firstText(row)}); filled(row) != 1 || !strings.ContainsAny(firstText(row), "=＝") && !said.MatchString(firstText(row)) {
		return false
	}
	return len(l) > 0
}

// roles reads the head. Every role gets a name of its own, since cells refer
// to it.
func (r *gridReader) roles() {
	head := r.t.Rows[r.l.head]
	taken := map[string]int{}
	for _, col := range r.l.roles {
		name := withoutGridName(unmarked(head.Cell(col)))
		if name == "" {
			if name = r.nameAbove(col); name != "" {
				r.grid.repair("joined-head", head.Line, columnName(col), "", name, false)
			}
		}
		if name == "" {
			name = "Column " + columnName(col)
			r.grid.problem("no-role-name", head.Line, "", []string{name}, fmt.Sprintf("Column %s holds letters and names no role.", columnName(col)))
		}
		unique := name
		for n := 2; taken[unique] > 0; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[unique]++
		if unique != name {
			r.grid.repair("duplicate-role", head.Line, columnName(col), name, unique, false)
			r.grid.problem("duplicate-role", head.Line, "", []string{name, unique}, fmt.Sprintf("“%s” heads two columns; the second is called “%s” until you say whether they are one role.", name, unique))
		}
		r.grid.Roles = append(r.grid.Roles, unique)
	}
}

// gridBefore is what a tool writes before the name of a role to say which grid its column is of: "RACI - Dev".
var gridBefore = regexp.MustCompile(`(?i)^(?:rasci|raci)\s*[-–—:_/]\s*(\S.*)$`)

func withoutGridName(role string) string {
	if m := gridBefore.FindStringSubmatch(role); m != nil {
		return m[1]
	}
	return role
}

// nameAbove looks for a role's name in the two rows above the head, where a
// cell merged downwards would have been.
func (r *gridReader) nameAbove(col int) string {
	for i := r.l.head - 1; i >= max(0, r.l.head-2); i-- {
		if s := oneLine(r.t.Rows[i].Cell(col)); s != "" && filled(r.t.Rows[i]) > 1 {
			return s
		}
	}
	return ""
}

// columnName is the name of a column in a spreadsheet: A, Z, AA.
func columnName(col int) string {
	name := ""
	for col++; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

func (r *gridReader) columns() {
	head := r.t.Rows[r.l.head]
	use := map[int]string{r.l.activity: "activity"}
	if r.l.id >= 0 {
		use[r.l.id] = "id"
	}
	for what, cols := range map[string][]int{"role": r.l.roles, "group": r.l.groups, "note": r.l.notes} {
		for _, col := range cols {
			use[col] = what
		}
	}
	for col := range r.c.width {
		if use[col] != "" {
			r.grid.Columns = append(r.grid.Columns, GridColumn{Index: col, Header: oneLine(head.Cell(col)), Use: use[col]})
		}
	}
}
