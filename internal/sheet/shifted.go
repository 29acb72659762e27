package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A cell too many or too few moves all that follow it in its line: an address stands where the name is, and a day where the
// address is.

// shiftedFields are those in which a day or an address has no place.
var shiftedFields = []Field{FullName, GivenName, FamilyName, Email, Title, Department, EmployedFrom, EmployedTo}

// plainAddress is an address for sure, and no name written in signs.
var plainAddress = regexp.MustCompile(`^[\pL\d._+-]+@[\pL\d-]+(?:\.[\pL\d-]+)+$`)

// misplaced says what a cell holds that is nothing of its field; "" of others. A text in the place of an address may be a remark.
func misplaced(f Field, s string) string {
	switch {
	case f != Email && strings.Contains(s, "@") && plainAddress.MatchString(s): // most lines are told without looking closely
		return "the e-mail address"
	case f != EmployedFrom && f != EmployedTo && strings.ContainsFunc(s, unicode.IsDigit) && isDay(s):
		return "the day"
	}
	return ""
}

// inPlace are the fields whose values are in their place in most lines: a column of others is one, and not shifted.
func (r *peopleReader) inPlace(rows []Row) []Field {
	rows = rows[:min(len(rows), samplesPerColumn)]
	return slices.DeleteFunc(slices.Clone(shiftedFields), func(f Field) bool {
		out, filled := 0, 0
		for _, s := range r.values(rows, f) {
			if s = value(s); s != "" {
				filled++
				if misplaced(f, s) != "" {
					out++
				}
			}
		}
		return out*2 > filled
	})
}

// shifted says of a line which of its cells is out of place; "" of most.
func (r *peopleReader) shifted(row Row) string {
	for _, f := range r.placed {
		s := value(row.Cell(r.at[f]))
		if what := misplaced(f, s); what != "" {
			return "The cells of this line seem to be shifted: " + what + " “" + short(s) + "” stands under “" + r.list.Columns[r.at[f]].Header + "”. Put each into its column and bring the list again."
		}
	}
	return ""
}
