package sheet

import (
	"regexp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// A line may name a role before those who have it, "Process owner: Ann Bo", perhaps as an entry of a list.

// hatLine is such a line.
var hatLine = regexp.MustCompile(`^\s*(?:[-*+•]\s+|\d{1,2}[.)]\s+)?([^:–—|]{3,60}?)\s*(?::| –| —| - )\s*(\S.{1,600})$`)

// countedOffice is a line that begins with an office of which bodies have a first and a second: "2. Vorsitzender: …".
var countedOffice = regexp.MustCompile(`(?i)^\s*([1-9]\.)\s+((?:stellvertretende[rn]?\s+)?(?:vorsitz\pL*|vorst(?:and|änd)\pL*|bürgermeister\pL*|kassier\pL*|kassenwart\pL*|schriftführer\pL*|beisitz\pL*|präsident\pL*|stellvertret\pL*))`)

// officeNumber is the number of such an office, with a space; "" where it counts the lines, each of another office.
func officeNumber(lines []string, at int) string {
	m := countedOffice.FindStringSubmatch(plainText(lines[at]))
	if m == nil {
		return ""
	}
	for _, i := range []int{at - 1, at + 1} {
		if i < 0 || i >= len(lines) {
			continue
		}
		if other := memberMark.FindString(lines[i]); !strings.Contains(other, ".") {
			continue
		}
		if same := countedOffice.FindStringSubmatch(plainText(lines[i])); same == nil || !strings.EqualFold(strings.TrimSuffix(same[2], "r"), strings.TrimSuffix(m[2], "r")) {
			return ""
		}
	}
	return m[1] + " "
}

// hatOn is the role that a line names and who wears it; holders is nil where it says something else of the role.
func hatOn(line string) (role string, holders []string, address string) {
	m := hatLine.FindStringSubmatch(line)
	if m == nil {
		return "", nil, ""
	}
	role = strings.TrimSpace(asideBehind.ReplaceAllString(strings.Trim(oneLine(m[1]), "*_ "), "")) // "Trustees (since May)"
	_, kind := itsm.SaidCapacity(role)
	if itsm.RoleKindOf(strings.TrimSuffix(kind, "s")) == "" && !isParty(role) && !namesOffice(role) && onesRole(role) == "" || len(tokens(role)) > 6 {
		return "", nil, ""
	}
	says := strings.Trim(m[2], "*_ .")
	if at := mailIn.FindStringSubmatch(says); at != nil && strings.Count(says, "@") == 1 {
		address, says = at[1], strings.TrimSpace(mailIn.ReplaceAllString(says, ""))
	}
	if namesNobodyYet(says) {
		return role, []string{says}, ""
	}
	if m := nameWithAside.FindStringSubmatch(says); m != nil && namesOnePerson(m[1]) {
		switch aside := strings.Trim(asideBehind.FindString(says), " ()"); {
		case saysFormer(aside):
			return role, nil, ""
		case itsm.CapacityOf(aside) != "":
			role += " (" + aside + ")"
		}
		return role, []string{m[1]}, address
	}
	if shared := sharedBy(says, false); len(shared) > 1 {
		if one := onesRole(role); len(shared) > 2 && one != "" {
			role = one
		}
		return role, shared, ""
	}
	if len(says) > 120 { // a text
		return role, nil, ""
	}
	for part := range strings.FieldsFuncSeq(says, func(r rune) bool { return strings.ContainsRune(",;/&", r) }) {
		part = strings.TrimSpace(strings.TrimSpace(part))
		if bare := nameValue(part); !namesOnePerson(bare) {
			return role, nil, ""
		}
		holders = append(holders, part)
	}
	if len(holders) > 1 {
		address = ""
	}
	return role, holders, address
}

// holderOn are the cells of a line that says who has a role.
func (l *Listing) holderOn(line string, headings []textLine, role, holder, address string) []string {
	cells := append([]string{whatHatsAreOf(headings), role, holder, address, ""}, l.termOf(line, headings)...)
	if cells[5]+cells[6] == "" && slices.ContainsFunc(headings, func(h textLine) bool { return saysOnlyWho(h.text) && saysFormer(h.text) }) {
		cells[4] = "former"
	}
	return cells
}
