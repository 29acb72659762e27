package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Below the heading of a role, lists have an entry for each who has it: a name or an account, and what else there is to say.

var (
	// memberMark begins an entry of a list, and termEnd says until when somebody serves.
	memberMark = regexp.MustCompile(`^\s*(?:[-*+•]|\d{1,2}[.)])\s+`)
	termEnd    = regexp.MustCompile("(?i)\\b(?:expires|ends|until)\\b(?: on)?:?\\s+`?(\\d{4}-\\d{2}-\\d{2})\\b")
	// calledBesides is a short form of a name within it: "Annabel (Ann) Bo".
	calledBesides = regexp.MustCompile(`^(\p{Lu}\pL+) [("“]\p{Lu}\pL+[)"”] (\p{Lu})`)
	// accountName is all that some lists say of somebody: "@annbo".
	accountName = regexp.MustCompile(`^@[\w-]+$`)
)

// roleOfList is the role that all have who stand below the headings that are open, and whether they had it once: "Maintainers"
// over "Active".
func roleOfList(headings []textLine) (role string, former bool) {
	for _, h := range slices.Backward(headings) {
		text := strings.TrimRight(yearsWithin.ReplaceAllString(numbered.ReplaceAllString(h.text, ""), ""), ":, -–—")
		rest := slices.DeleteFunc(tokens(text), func(w string) bool {
			former = former || formerWords[w]
			return formerWords[w] || nowWords[w]
		})
		if len(rest) > 0 {
			return entriesRole(text), former
		}
	}
	return "", false
}

// memberOn is the line of a hat that an entry of such a list is: a name, with an address or what else there is behind it.
func memberOn(line, role string, former bool) (cells []string, ok bool) {
	says := strings.TrimSpace(plainText(memberMark.ReplaceAllString(line, "")))
	says = calledBesides.ReplaceAllString(says, "$1 $2")
	address, name := "", says
	if at := mailIn.FindAllStringSubmatch(line, 2); len(at) == 1 {
		address = at[0][1]
	}
	if at := strings.IndexFunc(says, func(r rune) bool { return strings.ContainsRune("<([{,:–—|", r) }); at > 0 {
		name = says[:at]
	}
	name, _, _ = strings.Cut(name, " - ")
	name = strings.TrimRight(name, " -")
	if bare := nameValue(name); namesOnePerson(bare) {
		name = bare
	} else if name = strings.TrimSpace(name); !accountName.MatchString(name) {
		return nil, false
	}
	cells = append([]string{"", role, name, address, ""}, termIn(says)...)
	if former {
		cells[4] = "former"
	}
	if m := termEnd.FindStringSubmatch(says); m != nil {
		cells[5] = m[1]
	}
	if cells[5]+cells[6] == "" {
		cells[6], cells[5] = yearsBehind(says)
	}
	return cells, true
}
