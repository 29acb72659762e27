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
	// nameWithAside is a name with a text in brackets, perhaps before a term: "Ann Bo (Oven Ltd, Bern), term …".
	nameWithAside = regexp.MustCompile(`^([^(),;/&]{3,60}?)\s*\([^()]*\)\s*(?:,?\s*(?i:term)\b.*)?$`)
	// spanIn is from when until when somebody serves.
	spanIn = regexp.MustCompile(`(?i)\bterm:?\s+(\S[^()]*?\d{4})\s+(?:[-–—]|to|until)\s+(\S[^()]*?\d{4})\b`)
)

// entriesRole is the role of all who stand in a list below a heading.
func entriesRole(heading string) string {
	heading = strings.TrimSpace(asideBehind.ReplaceAllString(heading, "")) // "Steering Committee (SC)"
	if role := jointRole(heading); role != "" {
		return role
	}
	if role := listedRole(heading); role != "" {
		return role
	}
	if role := onesRole(heading); role != "" && len(strings.Fields(heading)) < 4 {
		return role
	}
	if role := singular(heading); endsWithOffice(role) && len(strings.Fields(heading)) < 3 {
		return role
	}
	return ""
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
	if term[1] != "" {
		l.noteYears()
	}
	return term
}

// noteYears says once how years are read.
func (l *Listing) noteYears() {
	if !slices.ContainsFunc(l.Notes, func(n Note) bool { return n.Text == wholeYears }) {
		l.note(1, wholeYears)
	}
}
