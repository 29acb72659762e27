package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Lists of who looks after the parts of something name the part of each: before the names, "- Ovens: Ann Bo, Cy Dee", below the
// heading of a role, or as a heading over them, in a document which is called by the role: "Maintainers of the bakery".

// partLine is an entry that names a part and who stands behind it.
var partLine = regexp.MustCompile(`^([^:|]{2,60}?):\s+(\S.*)$`)

// partOn are the lines of the hats that such an entry says; nil of others.
func partOn(line, role string, former bool) (rows [][]string) {
	m := partLine.FindStringSubmatch(strings.TrimSpace(plainText(memberMark.ReplaceAllString(line, ""))))
	if m == nil || calledRole(m[1]) { // "President: Ann Bo" names a role of its own
		return nil
	}
	says, _, _ := strings.Cut(m[2], " - ") // how they are reached
	state := ""
	if former {
		state = "former"
	}
	holders := sharedBy(says, false)
	if name := strings.TrimSpace(asideBehind.ReplaceAllString(says, "")); holders == nil && namesHolder(name) {
		holders = []string{name}
	}
	for _, holder := range holders {
		rows = append(rows, []string{strings.Trim(m[1], "*_` "), role, nameValue(holder), "", state})
	}
	return rows
}

// roleOfDocument is the role of all who are listed in a document that is called by it, and the part of which they have it: what
// the nearest heading says.
func (r *hatLineReader) roleOfDocument() (role, of string) {
	words := strings.Fields(strings.TrimRight(r.title, ":"))
	if len(words) == 0 || len(words) > 4 || len(r.headings) == 0 {
		return "", ""
	}
	last := words[len(words)-1]
	one := strings.TrimSuffix(last, "s")
	if one == last || !headedRoles[compact(one)] {
		return "", ""
	}
	of = numbered.ReplaceAllString(r.headings[len(r.headings)-1].text, "")
	if of == r.title || hasWord(of, aboutHats) || slices.ContainsFunc(tokens(of), func(t string) bool { return formerWords[t] || nowWords[t] }) || onesRole(of) != "" {
		return "", ""
	}
	return one, of
}
