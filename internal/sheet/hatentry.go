package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// What lists of who serves say of each beside the name: where they are from, and from when until when they serve.

var (
	// boldHead stands over a list where a document has no heading for it.
	boldHead = regexp.MustCompile(`^\s*(?:\*\*|__)([^*_|:]{3,60}):?(?:\*\*|__):?\s*$`)
	// nameWithAside is a name with a text in brackets that has commas of its own, perhaps before a term: "Ann Bo (Oven Ltd, Bern), term …".
	nameWithAside = regexp.MustCompile(`^([^(),;/&]{3,60}?)\s*\([^()]*,[^()]*\)\s*(?:,?\s*(?i:term)\b.*)?$`)
	// spanIn is from when until when somebody serves.
	spanIn = regexp.MustCompile(`(?i)\bterm:?\s+(\S[^()]*?\d{4})\s+(?:[-–—]|to|until)\s+(\S[^()]*?\d{4})\b`)
	// incumbent is a line on who has the role that its heading names, perhaps with a remark.
	incumbent = regexp.MustCompile(`^\s*(?:[-*+•]\s+)?[*_]*(?i:(?:current )?(?:incumbent|holder|role holder)|held by)[*_]*\s*:\s*[*_]*\s*(\pL[\pL.'’ -]{1,50}?)[*_\s]*(?:\(([^()]*)\)[*_\s]*)?$`)
)

// listRoles are roles that stand over lists of names in the plural, beside those of tables.
var listRoles = words("lead leader mentor developer organizer organiser chair coordinator representative director officer advisor adviser editor ambassador administrator admin")

// entriesRole is the role of all who stand in a list below a heading.
func entriesRole(heading string) string {
	if role := listedRole(heading); role != "" {
		return role
	}
	words := strings.Fields(heading)
	if len(words) == 0 || len(words) > 3 || !listRoles[strings.TrimSuffix(compact(words[len(words)-1]), "s")] {
		return ""
	}
	return strings.TrimSuffix(strings.Join(words, " "), "s")
}

// termIn are the last and the first day that an entry names, as a list has them in its columns.
func termIn(line string) []string {
	m := spanIn.FindStringSubmatch(plainText(line))
	if m == nil || !saysWhen(m[1]) || !saysWhen(m[2]) {
		return []string{"", ""}
	}
	return []string{m[2], m[1]}
}

// termOf is the term that an entry names, else the one that its headings do; in whole years it is said to be so.
func (l *Listing) termOf(line string, headings []textLine) []string {
	if term := termIn(line); term[0] != "" {
		return term
	}
	term := termAbove(headings)
	if term[1] != "" && !slices.ContainsFunc(l.Notes, func(n Note) bool { return n.Text == wholeYears }) {
		l.note(1, wholeYears)
	}
	return term
}

// holderBelow is the line of a hat that says who has the role in the heading above it. The label says that it is a name: one
// word is enough.
func (l *Listing) holderBelow(line int, text string, headings []textLine) (cells []string, ok bool) {
	m := incumbent.FindStringSubmatch(text)
	if m == nil || len(headings) == 0 || len(strings.Fields(m[1])) > 4 {
		return nil, false
	}
	role := numbered.ReplaceAllString(headings[len(headings)-1].text, "")
	if len(tokens(role)) > 6 || hasWord(role, aboutHats) {
		return nil, false
	}
	if strings.ContainsAny(m[2], "0123456789") {
		l.note(line, "“"+m[2]+"” names no day that is kept, and is left out.")
	}
	return []string{"", role, strings.TrimSpace(m[1]), "", "", "", ""}, true
}
