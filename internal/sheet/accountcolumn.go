package sheet

import "slices"

// Lists of who may do what in a program have a column of accounts beside one of names that nobody filled in, or none of names.

// accountsAsHolders is a listing with "Holder" over its accounts where nothing else says who wears the hats; others come back as
// they are.
func (l Listing) accountsAsHolders() Listing {
	known, account := hatLexicon.byHeading(), -1
	var names []int
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		filled := slices.ContainsFunc(l.Rows[1:], func(row Row) bool { return value(row.Cell(i)) != "" })
		switch f, _ := hatLexicon.guess(known, h); {
		case accountKeys[compact(h)] && filled && account < 0:
			account = i
		case (f == HatHolder || f == GivenName || f == FamilyName || f == Email || f == ExternalID) && filled:
			return l
		case f == HatHolder:
			names = append(names, i)
		}
	}
	if account < 0 || !l.saysRoles() {
		return l
	}
	l.Rows = slices.Clone(l.Rows)
	l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
	for _, i := range names {
		l.Rows[0].Cells[i] = ""
	}
	l.Rows[0].Cells[account] = "Holder"
	l.Notes = append(slices.Clip(l.Notes), Note{Line: l.Rows[0].Line, Text: "No names are given: the accounts are read as who wears the hats."})
	return l
}
