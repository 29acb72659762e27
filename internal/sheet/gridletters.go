package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// Who brings a RACI grid as a list of something else has mistaken the import: "A" and "R" would become people there, and
// activities policies.

// letteredColumn reports a column of which most cells below its heading hold letters of such a grid, and one of them who does
// or answers: "I" alone may be a number, and "C" a class.
func (l Listing) letteredColumn(i int) bool {
	filled, lettered, says := 0, 0, false
	for _, row := range l.Rows[1:] {
		c := readCell(row.Cell(i))
		if c.kind == blankCell {
			continue
		}
		if filled++; c.kind == letterCell && len([]rune(c.Raw)) < 6 {
			lettered++
			says = says || slices.Contains(c.Letters, "A") || slices.Contains(c.Letters, "R")
		}
	}
	return says && lettered > 1 && lettered*3 >= filled*2
}

// letteredColumns counts them.
func (l Listing) letteredColumns() (n int) {
	for i := range l.Rows[0].Cells {
		if l.letteredColumn(i) {
			n++
		}
	}
	return n
}

// raciKeys are keys of records for what the letters stand for.
var raciKeys = words("responsible accountable consulted informed")

// saysParts reports a record that says of something who does it, who answers, who is asked and who is told: a row of a grid.
func (v node) saysParts() bool {
	n := 0
	for _, key := range v.keys {
		if raciKeys[compact(key)] {
			n++
		}
	}
	return n > 1
}

// withoutWearers is the error of a list of hats in which no column says who wears them; known says of a text that somebody is
// called so.
func (r *listReader) withoutWearers(known func(string) bool) error {
	at := r.at[HatHolder]
	switch {
	case at+r.at[GivenName]+r.at[FamilyName]+r.at[Email]+r.at[ExternalID] == -5:
		return refuse(WrongMapping, "None of the columns is known to say who wears the hats. Say which column does.")
	case at >= 0 && r.thingsColumn(at, known):
		return refuse(WrongMapping, "What stands under “%s”, such as “%s”, does not look like the names of people, teams or companies. Say which column says who wears the hats.",
			r.columns.Columns[at].Header, short(value(r.Rows[1].Cell(at))))
	case at >= 0 && r.letteredColumn(at):
		return refuse(WrongMapping, "Letters stand where names should, as in a RACI grid. Bring this as a grid, or say which column names who wears the hats.")
	case r.at[HatRole] >= 0 && r.letteredColumn(r.at[HatRole]):
		return refuse(WrongMapping, "Letters stand where roles should, as in a RACI grid. Bring this as a grid, or say which column is the role.")
	}
	return nil
}

// thingsColumn reports a column under "Name", which may be that of anything, in which most are phrases as things and tasks are called
// and people are not: "Reset a password".
func (r *listReader) thingsColumn(at int, known func(string) bool) bool {
	things, all := 0, 0
	for _, row := range r.Rows[1:] {
		v := value(row.Cell(at))
		if v == "" || !nameWords[compact(r.columns.Columns[at].Header)] {
			continue
		}
		if all++; namesThing(v) && !isParty(v) && (known == nil || !known(v)) {
			things++
		}
	}
	return things > 1 && things*2 > all
}

// namesThing reports words of which one behind the first begins small, as no particle of a name does.
func namesThing(s string) bool {
	words := strings.Fields(nameValue(s))
	return len(words) > 1 && !strings.ContainsAny(s, "@(,;&/") && slices.ContainsFunc(words[1:], func(w string) bool {
		return unicode.IsLower([]rune(w)[0]) && !particles[w] && w != "and"
	}) && unicode.IsUpper([]rune(words[0])[0])
}
