package sheet

import (
	"regexp"
	"strings"
)

// named is one of the names in a cell, with what stood in brackets after it.
type named struct {
	text, note string
	guessed    bool // it was cut out of a longer one
}

// splitNames cuts a cell into the names it holds: at line breaks, commas,
// semicolons and slashes with space around them, none of them in brackets.
func splitNames(cell string) (out []named) {
	depth, start := 0, 0
	s := []rune(lookedUp.ReplaceAllString(clean(cell), ";"))
	take := func(end int) {
		if n, ok := nameIn(string(s[start:end])); ok {
			out = append(out, n)
		}
	}
	for i, c := range s {
		spaced := i > 0 && i+1 < len(s) && s[i-1] == ' ' && s[i+1] == ' '
		switch {
		case strings.ContainsRune("([（", c):
			depth++
		case strings.ContainsRune(")]）", c):
			depth = max(depth-1, 0)
		case depth > 0:
		case strings.ContainsRune("\n\r,;|，、；•", c), spaced && strings.ContainsRune("/+", c):
			take(i)
			start = i + 1
		}
	}
	take(len(s))
	return out
}

// lookedUp is the number that an exported list writes behind a name that it looked up elsewhere: "HR;#12;#Legal;#7".
var lookedUp = regexp.MustCompile(`;#(?:\d+(?:;#|$))?`)

// nameIn is one name without markup and with its note taken out; false where
// nothing is left of it.
func nameIn(s string) (named, bool) {
	s = strings.Trim(markup.Replace(unmarked(s)), " \t-–—•")
	if s = strings.TrimLeft(s, "."); !initial.MatchString(s) {
		s = strings.TrimRight(s, " .")
	}
	if s == "" || isBlankSign(s) {
		return named{}, false
	}
	if !strings.ContainsAny(s, "([)]") {
		return named{text: oneLine(s)}, true
	}
	kept := len(ending.FindString(s))
	text, note, ok := splitNote(s[kept:])
	if text = s[:kept] + text; !ok || text == "" {
		return named{text: s}, true
	}
	return named{text: oneLine(text), note: note}, true
}

// initial ends a name that is shortened: "Ann B.", "Иванов П.С.".
var initial = regexp.MustCompile(`[\s.]\p{Lu}\.$`)

// ending is the beginning of a name that leaves open how it ends: "Arquiteto(a)", "Leiter(in)", "Owner(s)".
var ending = regexp.MustCompile(`^[^(（\[]*\p{L}\(\p{Ll}{1,5}\)`)

// splitKnown is splitNames, and cuts "Legal/Finance" or "Legal and Finance"
// too where both are names of their own elsewhere in the grid.
func splitKnown(cell string, known map[string]bool) (out []named) {
	for _, n := range splitNames(cell) {
		parts := cutAll(n.text)
		all := len(parts) > 1
		for _, p := range parts {
			all = all && known[likeRole(p)]
		}
		if !all {
			out = append(out, n)
			continue
		}
		for _, p := range parts {
			out = append(out, named{text: p, note: n.note, guessed: true})
		}
	}
	return out
}

var joints = strings.NewReplacer("/", "\n", " & ", "\n", " and ", "\n", " und ", "\n", " et ", "\n", " y ", "\n", " e ", "\n", " + ", "\n")

func cutAll(s string) (parts []string) {
	for part := range strings.SplitSeq(joints.Replace(s), "\n") {
		if p := strings.TrimSpace(part); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}
