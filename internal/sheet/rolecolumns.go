package sheet

import (
	"slices"
	"strings"
)

// Tables of services, areas or parts may have a column for each role in them, with names or accounts below: "Area, Maintainers,
// Reviewers".

// columnsOfRoles are the columns that are headed by a role and hold those who have it: several of them, or one beside what it is of.
// A table with a column of people beside them says of these whom they report to or work with.
func (l Listing) columnsOfRoles() (columns []int) {
	known, of := hatLexicon.byHeading(), false
	var sparse []int
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, sure := hatLexicon.guess(known, h)
		switch {
		case onesRole(h) != "" && l.holdsHolders(i, 2):
			columns = append(columns, i)
		case onesRole(h) != "" && l.holdsHolders(i, 1):
			sparse = append(sparse, i)
		case sure == 0:
		case f == HatOf || f == HatService || f == HatProcess || f == HatPractice:
			of = true
		case f == HatHolder || f == HatRole || f == HatKind || f == GivenName || f == FamilyName:
			return nil
		}
	}
	if len(columns) > 1 { // a column among them may have been filled in once
		columns = append(columns, sparse...)
		slices.Sort(columns)
	}
	if len(columns) > 1 || of {
		return columns
	}
	return nil
}

// rolesInSingular is a listing with such columns headed as one who has the role is called.
func (l Listing) rolesInSingular() Listing {
	columns := l.columnsOfRoles()
	if len(columns) == 0 {
		return l
	}
	l.Rows = slices.Clone(l.Rows)
	l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
	for _, i := range columns {
		l.Rows[0].Cells[i] = onesRole(oneLine(l.Rows[0].Cells[i]))
	}
	return l
}

// holdsHolders reports a column with some cells at least, of which nearly all name people, accounts or addresses, one or several,
// by their first names only where all do so.
func (l Listing) holdsHolders(i, least int) bool {
	holders, brief, all := 0, 0, 0
	for _, row := range l.Rows[1:] {
		v := value(row.Cell(i))
		if v == "" || namesNobodyYet(v) {
			continue
		}
		all++
		parts := strings.FieldsFunc(asideBehind.ReplaceAllString(row.Cell(i), ""), func(r rune) bool { return strings.ContainsRune(";,/&\n", r) })
		switch {
		case !slices.ContainsFunc(parts, func(s string) bool { return !namesHolder(strings.TrimSpace(s)) && !beginsWithAddress(s) }):
			holders++
		case !slices.ContainsFunc(parts, func(s string) bool { return !calledByFirstName(strings.TrimSpace(s)) }):
			brief++
		}
	}
	return all >= least && (holders*4 >= all*3 || holders+brief == all)
}

// beginsWithAddress reports an address, and perhaps the account or the domain that a program has it in: "ann@example.org @bakery".
func beginsWithAddress(s string) bool {
	first, rest, _ := strings.Cut(strings.TrimSpace(s), " ")
	return plainAddress.MatchString(first) && (rest == "" || strings.HasPrefix(rest, "@"))
}
