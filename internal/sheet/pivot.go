package sheet

import (
	"cmp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Who wears which hat is also written as a table: practices with a column for their owners and one for their managers,
// people with a mark under each of their roles, roles with a mark under each of their people. Each name or mark is then a
// line of a list.

// pivoted is a listing whose columns are roles or people as one with a line for each hat; others come back as they are.
func (l Listing) pivoted() Listing {
	if len(l.Rows) < 2 {
		return l
	}
	l = l.rolesInSingular()
	c := l.pivotColumns()
	at, kinds, ticks, others, second := c.at, c.kinds, c.ticks, c.others, c.second
	if len(kinds) > 0 && len(at) == 0 && kinds[0] > 0 && (len(kinds) > 1 && second < 0 || second > 0 && l.holdsPeople(kinds)) { // "Dataset, Data owner, Data steward": whatever it is, they are of it
		l.Rows = slices.Clone(l.Rows)
		l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
		l.Rows[0].Cells[0], at[HatOf] = "Belongs to", true
	}
	role, holder := at[HatRole] || at[HatKind], at[HatHolder] || at[GivenName] || at[Email] || at[ExternalID]
	switch {
	case len(kinds) > 0 && !role && !holder && (at[HatPractice] || at[HatProcess] || at[HatService] || at[HatOf]):
		if second < 0 || len(kinds) > 1 {
			return l.unfolded(kinds, []string{"Role", "Holder"}, func(heading, cell string) []string { return []string{heading, cell} })
		}
		kind, stand := oneLine(l.Rows[0].Cell(kinds[0])), oneLine(l.Rows[0].Cell(second))
		return l.unfolded(append(kinds, second), []string{"Role", "Holder", "Capacity"}, func(heading, cell string) []string {
			if heading == stand {
				return []string{cmp.Or(kindOfPrimary(kind), kind), cell, string(itsm.Deputy)}
			}
			return []string{cmp.Or(kindOfPrimary(kind), kind), cell, ""}
		})
	case len(ticks)+len(kinds) > 1 && len(ticks) > 0 && holder && !role:
		return l.unfolded(append(ticks, kinds...), []string{"Role"}, func(heading, _ string) []string { return []string{heading} })
	case len(ticks) > 1 && role && !holder:
		return l.unfolded(ticks, []string{"Holder"}, func(heading, _ string) []string { return []string{heading} })
	case holder && !at[HatRole] && len(l.kindsBelow()) > 1:
		return l.unfolded(l.kindsBelow(), []string{"Belongs to", "Role"}, func(heading, cell string) []string { return []string{heading, cell} })
	case len(others) > 1 && role && !holder && len(at) == 1 && l.holdsPeople(others):
		return l.unfolded(others, []string{"Belongs to", "Holder"}, func(heading, cell string) []string { return []string{heading, cell} })
	}
	return l
}

// pivotColumns are the columns of a listing by what heads them: fields, kinds of roles, roles or people with marks below them,
// others, and who stands in for the only kind of role, or -1.
type pivotColumns struct {
	at                   map[Field]bool
	kinds, ticks, others []int
	second               int
}

func (l Listing) pivotColumns() (c pivotColumns) {
	known := hatLexicon.byHeading()
	c.at, c.second = map[Field]bool{}, -1
	roles := l.columnsOfRoles()
	primary := slices.ContainsFunc(l.Rows[0].Cells, primaryKind)
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, sure := hatLexicon.guess(known, h)
		switch {
		case isSensitive(h) || h == "" || l.holdsNothing(i):
		case kindHeading(h) && l.tickedColumn(i):
			c.ticks = append(c.ticks, i)
		case c.second < 0 && primary && l.standsIn(i):
			c.second = i
		case kindHeading(h), primaryKind(h), l.roleColumn(i), slices.Contains(roles, i):
			c.kinds = append(c.kinds, i)
		case c.second < 0 && l.standsIn(i):
			c.second = i
		case sure > 0 && (f != HatHolder || !l.holdsNumbers(i)): // "Members: 12"
			c.at[f] = true
		case l.tickedColumn(i):
			c.ticks = append(c.ticks, i)
		default:
			c.others = append(c.others, i)
		}
	}
	c.kinds = l.doersBeside(c.kinds)
	return c
}

// kindHeading reports "Owner", "Process manager", "Deputy owner" above a column.
func kindHeading(h string) bool {
	_, rest := itsm.SaidCapacity(h)
	return itsm.RoleKindOf(rest) != "" && itsm.RoleKindOf(rest) != itsm.Practitioner
}

// primaryKind reports "Primary owner" above a column, which stands beside one of who stands in.
func primaryKind(heading string) bool { return kindOfPrimary(oneLine(heading)) != "" }

// kindOfPrimary is what such a heading says of the role: "Owner".
func kindOfPrimary(heading string) string {
	words := strings.Fields(heading)
	if len(words) == 2 && itsm.CapacityOf(words[0]) == itsm.Holder && kindHeading(words[1]) {
		return words[1]
	}
	return ""
}

func (l Listing) tickedColumn(i int) bool {
	n := 0
	for _, row := range l.Rows[1:] {
		if v := value(row.Cell(i)); v != "" {
			if n++; !crosses[strings.ToLower(v)] {
				return false
			}
		}
	}
	return n > 0
}

// holdsNothing reports a column that the list leaves empty, as exports do with those that nobody uses.
func (l Listing) holdsNothing(i int) bool {
	return !slices.ContainsFunc(l.Rows[1:], func(row Row) bool { return value(row.Cell(i)) != "" })
}

// holdsNumbers reports a column of nothing but numbers.
func (l Listing) holdsNumbers(i int) bool {
	n := 0
	for _, row := range l.Rows[1:] {
		if v := value(row.Cell(i)); v != "" {
			if n++; !isNumber(v) {
				return false
			}
		}
	}
	return n > 0
}

// nobodyYet stands where a name is to come.
var nobodyYet = words("tbd tba tbc vacant open none nobody todo vakant offen unbesetzt vacante vacant niemand personne nadie")

// unfolded makes a row of each cell in some columns that says something: the other columns of its row, then what of says.
func (l Listing) unfolded(columns []int, heads []string, of func(heading, cell string) []string) Listing {
	rest := func(row Row) (cells []string) {
		for i := range l.Rows[0].Cells {
			if !slices.Contains(columns, i) {
				cells = append(cells, row.Cell(i))
			}
		}
		return cells
	}
	var names []string
	for _, i := range columns {
		names = append(names, oneLine(l.Rows[0].Cell(i)))
	}
	rows := []Row{{Line: l.Rows[0].Line, Cells: append(rest(l.Rows[0]), heads...)}}
	for _, row := range l.Rows[1:] {
		for n, i := range columns {
			if v := value(row.Cell(i)); v != "" && !namesNobodyYet(v) && len(rows) <= listRows {
				rows = append(rows, Row{Line: row.Line, Cells: append(rest(row), of(names[n], row.Cell(i))...)})
			}
		}
	}
	if len(rows) == 1 { // nobody yet: the lines say so
		for _, row := range l.Rows[1:] {
			for n, i := range columns {
				if value(row.Cell(i)) != "" && len(rows) <= listRows {
					rows = append(rows, Row{Line: row.Line, Cells: append(rest(row), of(names[n], row.Cell(i))...)})
				}
			}
		}
	}
	if len(rows) == 1 {
		return l
	}
	l.Rows = rows
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "What stands under “" + strings.Join(names, "”, “") + "” is read as a line each."})
	return l
}

// each takes a cell apart that names several: between lines and semicolons, and at commas where each part is known.
func each(cell string, known func(string) bool) (parts []string) {
	if whole := strings.TrimSpace(cell); known != nil && known(whole) {
		return []string{whole}
	}
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }) {
		part = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(part), "•*"))
		if part == "" {
			continue
		}
		at := func(r rune) bool { return r == ',' || r == '/' || r == '&' }
		among := strings.FieldsFunc(part, at)
		for i := range among {
			among[i] = strings.TrimSpace(among[i])
		}
		if len(among) > 1 && known != nil && !known(part) && !slices.ContainsFunc(among, func(s string) bool { return !known(s) }) {
			parts = append(parts, among...)
			continue
		}
		parts = append(parts, part)
	}
	return parts
}
