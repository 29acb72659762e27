package sheet

import "regexp"

// tableless stands in the place of the tables of a file that has none: grids are told what is missing, lists what they want.
func tableless(missing, lists string) []Table {
	return []Table{{Rows: []Row{{Line: 1, Cells: []string{missing}}}, NoList: lists}}
}

// withoutTable refuses what stands in the place of a table; see [Table.NoList].
func withoutTable(noList string) error {
	if noList == "" {
		return nil
	}
	return refuse(Template, "%s", noList)
}

// hasAt reports a text with an address in it; "@ann" is what somebody is called in a program.
func hasAt(s string) bool { return mailInside.MatchString(s) }

var mailInside = regexp.MustCompile(`[^\s@(<]@[^\s@]+`)
