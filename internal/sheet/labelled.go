package sheet

import (
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// A table of two columns may have no headings, since its first column says what the second is: "CHAIR: | Ann Bo".

// rolesAsLabels is a listing with headings over such rows; others come back as they are.
func (l Listing) rolesAsLabels() Listing {
	known, roles, people, all := hatLexicon.byHeading(), 0, 0, 0
	for _, cell := range l.Rows[0].Cells {
		if _, sure := hatLexicon.guess(known, oneLine(cell)); sure > 0 && !namesOffice(cell) {
			return l
		}
	}
	for _, row := range l.Rows {
		if filled(row) != 2 || value(row.Cell(0)) == "" || value(row.Cell(1)) == "" {
			return l
		}
		all++
		if calledRole(row.Cell(0)) {
			roles++
		}
		if name := nameValue(row.Cell(1)); namesOnePerson(name) || namesNobodyYet(name) || sharedBy(name, false) != nil {
			people++
		}
	}
	if all < 3 || roles*5 < all*3 || people*4 < all*3 || !calledRole(l.Rows[0].Cell(0)) || !namesOnePerson(nameValue(l.Rows[0].Cell(1))) {
		return l
	}
	rows := []Row{{Line: l.Rows[0].Line, Cells: []string{"Role", "Holder"}}}
	for _, row := range l.Rows {
		rows = append(rows, Row{Line: row.Line, Cells: []string{strings.TrimRight(oneLine(row.Cell(0)), ": "), row.Cell(1)}})
	}
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "No line says what the columns are. They are read as the role and who has it."})
	l.Rows, l.Score = rows, twoFields+1
	return l
}

// calledRole reports a text that is called as roles are, and as no person is.
func calledRole(s string) bool {
	s = strings.TrimRight(oneLine(plainText(s)), ": ")
	_, kind := itsm.SaidCapacity(s)
	return s != "" && len(tokens(s)) < 7 && (isParty(s) || namesOffice(s) || itsm.RoleKindOf(kind) != "")
}
