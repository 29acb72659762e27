package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// One line may say who has several roles in something, and who stands in: "Ovens — Owner: Ann Bo; Backup: Cy Dee".

// inlineLabel is a label within such a line, behind a sign that parts it from what is before.
var inlineLabel = regexp.MustCompile(`(?:^|[;,|(]|\s[-–—]\s)\s*(\pL[\pL -]{2,30}?):\s+`)

// inline takes a line with several labels, each of a role or of who stands in for the one before.
func (r *hatLineReader) inline(n int, line string) bool {
	text := strings.TrimRight(plainText(memberMark.ReplaceAllString(line, "")), ") ")
	at := inlineLabel.FindAllStringSubmatchIndex(text, -1)
	if len(at) < 2 {
		return false
	}
	of := strings.TrimSpace(text[:at[0][0]])
	if of == "" {
		of = whatHatsAreOf(r.headings)
	}
	role := ""
	var rows [][]string
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		label, as := text[m[2]:m[3]], ""
		switch one := onesRole(label); {
		case inHeading(label) == itsm.Deputy && role != "":
			as = string(itsm.Deputy)
		case one == "":
			return false
		default:
			role = one
		}
		says := strings.Trim(text[m[1]:end], " ,.")
		holders := sharedBy(says, false)
		if holders == nil && namesHolder(strings.TrimSpace(asideBehind.ReplaceAllString(says, ""))) {
			holders = []string{says}
		}
		if holders == nil && !namesNobodyYet(says) {
			return false
		}
		for _, holder := range slices.DeleteFunc(holders, namesNobodyYet) {
			rows = append(rows, []string{of, role, nameValue(holder), "", "", "", "", as})
		}
	}
	for _, row := range rows {
		r.add(n, row)
	}
	return len(rows) > 0
}
