package sheet

import "slices"

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

// withoutWearers is the error of a list of hats in which no column says who wears them.
func (r *listReader) withoutWearers() error {
	at := r.at[HatHolder]
	switch {
	case at+r.at[GivenName]+r.at[FamilyName]+r.at[Email]+r.at[ExternalID] == -5:
		return refuse(WrongMapping, "None of the columns is known to say who wears the hats. Say which column does.")
	case at >= 0 && r.letteredColumn(at):
		return refuse(WrongMapping, "Letters stand where names should, as in a RACI grid. Bring this as a grid, or say which column names who wears the hats.")
	case r.at[HatRole] >= 0 && r.letteredColumn(r.at[HatRole]):
		return refuse(WrongMapping, "Letters stand where roles should, as in a RACI grid. Bring this as a grid, or say which column is the role.")
	}
	return nil
}
