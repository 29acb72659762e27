package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// Who stands in is often said in a column of its own: "Role, Primary contact, Backup contact". Each is then a line of a list.

// withDeputies is a listing with a line for whoever stands in, where a column beside the roles and their holders says it; others
// come back as they are.
func (l Listing) withDeputies() Listing {
	known, at := hatLexicon.byHeading(), map[Field]int{}
	holder, sure, deputy, first := -1, 0.0, -1, -1
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, how := hatLexicon.guess(known, h)
		switch capacity := inHeading(h); {
		case capacity == itsm.Deputy && deputy < 0:
			deputy = i
		case capacity == itsm.Holder && sure < 1:
			holder, sure = i, 1
		case itsm.CapacityOf(h) == itsm.Holder && how == 0 && first < 0:
			first = i // "Primary" beside "Backup"
		case f == HatHolder && how > sure:
			holder, sure = i, how
		case how > 0:
			at[f] = i
		}
	}
	if holder < 0 {
		holder = first
	}
	_, role := at[HatRole]
	_, as := at[HatAs]
	if !role || as || holder < 0 || deputy < 0 {
		return l
	}
	rows := []Row{{Line: l.Rows[0].Line, Cells: slices.Clone(l.Rows[0].Cells)}}
	rows[0].Cells[holder], rows[0].Cells[deputy] = "Holder", "Capacity"
	own := []Field{Email, ExternalID, GivenName, FamilyName, HatIs}
	for _, row := range l.Rows[1:] {
		cells := make([]string, len(l.Rows[0].Cells))
		copy(cells, row.Cells)
		stand := cells[deputy]
		cells[deputy] = ""
		rows = append(rows, Row{Line: row.Line, Cells: cells})
		if value(stand) == "" || namesNobodyYet(oneLine(stand)) || len(rows) > listRows {
			continue
		}
		other := slices.Clone(cells)
		for _, f := range own { // they are the holder's
			if i, ok := at[f]; ok {
				other[i] = ""
			}
		}
		other[holder], other[deputy] = stand, string(itsm.Deputy)
		rows = append(rows, Row{Line: row.Line, Cells: other})
	}
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "What stands under “" + oneLine(l.Rows[0].Cell(deputy)) + "” is read as a line each, for who stands in."})
	l.Rows = rows
	return l
}

// ownersOfRoles is a listing with who has each role in the column "Owner" beside it, where no other says who wears it; others
// come back as they are.
func (l Listing) ownersOfRoles() Listing {
	known, owner, role := hatLexicon.byHeading(), -1, false
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		f, sure := hatLexicon.guess(known, h)
		switch {
		case f == HatRole && sure > 0.9:
			role = true
		case f == HatHolder || f == HatOf || f == HatPractice || f == HatProcess || f == HatService || f == HatKind:
			return l
		case roleOwners[strings.TrimSuffix(compact(h), "s")] && owner >= 0:
			return l
		case roleOwners[strings.TrimSuffix(compact(h), "s")] && !l.tickedColumn(i):
			owner = i
		}
	}
	if !role || owner < 0 {
		return l
	}
	l.Rows = slices.Clone(l.Rows)
	l.Rows[0].Cells = slices.Clone(l.Rows[0].Cells)
	l.Rows[0].Cells[owner] = "Holder"
	return l
}

// roleOwners head such a column.
var roleOwners = also(responsibles, "owner roleowner assignedowner lead")

// standsIn reports a column that says of each line who stands in. One of how data are copied may have the same heading.
func (l Listing) standsIn(i int) bool {
	if inHeading(oneLine(l.Rows[0].Cell(i))) != itsm.Deputy {
		return false
	}
	return !slices.ContainsFunc(l.Rows[1:], func(row Row) bool {
		v := compact(row.Cell(i))
		_, often := monthsOf(v)
		often = often && !digitWithin.MatchString(value(row.Cell(i)))
		return v != "" && (often || crosses[v] || trueWords[v] || falseWords[v] || oftenWords[v])
	})
}

// digitWithin is a word with a digit behind a letter, as accounts have it: "ann3bo".
var digitWithin = regexp.MustCompile(`^\pL+\d\S*$`)

var oftenWords = words("daily weekly hourly nightly continuous never full incremental taglich wochentlich nie quotidien hebdomadaire diario semanal")

// inHeading is the way to wear a hat that heads a column of people: "Primary contact", "Deputy".
func inHeading(heading string) itsm.Capacity {
	words := tokens(heading)
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && !holderWords[words[1]] {
		return ""
	}
	if secondWords[words[0]] {
		return itsm.Deputy
	}
	if c := itsm.CapacityOf(words[0]); c == itsm.Deputy || len(words) == 2 {
		return c
	}
	return ""
}

var (
	holderWords = words("contact person holder owner name oncall poc lead assignee kontakt ansprechpartner")
	secondWords = words("secondary alternate alternative")
)
