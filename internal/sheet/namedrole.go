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
