package sheet

import (
	"regexp"
	"strings"
)

// noTable begins what stands in the place of a table in a text without one.
const noTable = "There is no table in this "

// noRecords stands in the place of a table in records that hold none.
const noRecords = "There is no list of activities in this file."

// withoutTable refuses rows that say that there is no table.
func withoutTable(rows []Row) error {
	if len(rows) == 1 && rows[0].Cell(0) == noRecords {
		return refuse(Template, "There is no list of records in this file. A list has a record for each, with the same keys.")
	}
	if len(rows) != 1 || !strings.HasPrefix(rows[0].Cell(0), noTable) {
		return nil
	}
	return refuse(Template, "%s A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again.", rows[0].Cell(0))
}

// hasAt reports a text with an address in it; "@ann" is what somebody is called in a program.
func hasAt(s string) bool { return mailInside.MatchString(s) }

var mailInside = regexp.MustCompile(`[^\s@(<]@[^\s@]+`)
