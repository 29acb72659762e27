package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hatrack/internal/itsm"
)

// A cell may say behind the name of a role what the role is there for: "Technical maintainer — reviews what comes in, and merges it".

// behindDash parts a role from what a dash puts behind it.
var behindDash = regexp.MustCompile(`^(.{3,60}?)\s+[—–-]+\s+(\S.*)$`)

// What follows a role in so many words at least, and goes on in small letters, explains it: fewer say where or of what it is,
// "Release manager – EMEA", and more where no word before it does.
const (
	explainsLeast   = 4
	explainsOneWord = 5
)

// explainedRole parts the name of a role from what explains it; why is "" where nothing does. Owners and managers are of something,
// which is what follows them.
func explainedRole(cell string) (role, why string) {
	m := behindDash.FindStringSubmatch(oneLine(cell))
	if m == nil || strings.ContainsAny(cell, ";\n") {
		return cell, ""
	}
	before, behind := strings.Fields(m[1]), strings.Fields(m[2])
	least := explainsLeast
	if len(before) == 1 {
		least = explainsOneWord
	}
	_, kind := itsm.SaidCapacity(m[1])
	if len(before) > 5 || len(behind) < least || !isUpper(m[1]) || !unicode.IsLower([]rune(m[2])[0]) || itsm.RoleKindOf(kind) != "" {
		return cell, ""
	}
	return m[1], m[2]
}

// roleAlone is a row without what explains its role; that is said, and so kept for whoever reads the list.
func (list *HatList) roleAlone(r *listReader, row Row) Row {
	at := r.at[HatRole]
	if at < 0 || r.role != nil && r.role(value(row.Cell(at))) {
		return row
	}
	role, why := explainedRole(row.Cell(at))
	if why == "" {
		return row
	}
	list.remarkOnce(row.Line, "What the role “"+role+"” is there for is not part of its name, and is left out: “"+strings.TrimRight(why, ". ")+"”.")
	row.Cells = slices.Clone(row.Cells)
	row.Cells[at] = role
	return row
}
