package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
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
	s := []rune(allInBrackets.ReplaceAllString(lookedUp.ReplaceAllString(clean(cell), ";"), "$1"))
	take := func(end int) {
		part := string(s[start:end])
		if start > 0 { // "Desk, lab, and users"
			part = lastOf.ReplaceAllString(part, "")
		}
		n, ok := nameIn(part)
		last := len(out) - 1
		switch {
		case !ok || last >= 0 && s[start-1] == ',' && out[last].goesOn(n):
		case last >= 0 && isNumber(n.text) && strings.ContainsRune(",+/&", s[start-1]): // "Reviewer 1 + 2"
			out[last].text += strings.ReplaceAll(" "+string(s[start-1]), " ,", ",") + " " + n.text
		default:
			out = append(out, n)
		}
	}
	for i, c := range s {
		spaced := i > 0 && i+1 < len(s) && s[i-1] == ' ' && s[i+1] == ' '
		added := c == '+' && isWord(s[start:i]) && isWord(s[i+1:]) || strings.ContainsRune("+/&", c) && isHandle(s[start:i]) && isHandle(s[i+1:])
		switch {
		case strings.ContainsRune("([（", c):
			depth++
		case strings.ContainsRune(")]）", c):
			depth = max(depth-1, 0)
		case depth > 0:
		case strings.ContainsRune("\n\r,;|，、；•", c), spaced && strings.ContainsRune("/+", c), added:
			take(i)
			start = i + 1
		}
	}
	take(len(s))
	return out
}

// lastOf stands before the last of several names, behind a comma.
var lastOf = regexp.MustCompile(`^\s*(?:and|or|und|oder|et|ou|&)\s+`)

// goesOn takes what stands behind a comma and is no name of its own: a part of the world of which the name is, "Head of Sales,
// EMEA", or a condition, "Team lead, if on duty".
func (n *named) goesOn(next named) bool {
	switch {
	case n.note == "" && partsOfTheWorld[compact(next.text)] && !partsOfTheWorld[compact(n.text)]:
		n.text, n.note = n.text+", "+next.text, next.note
	case onlyIf.MatchString(next.text):
		n.note = strings.Trim(n.note+"; "+next.text, "; ")
	default:
		return false
	}
	return true
}

// partsOfTheWorld are those that organisations are cut into, and hardly ever the whole name of a role.
var partsOfTheWorld = words("emea apac apj amer americas latam dach mena cee anz nordics benelux northamerica southamerica latinamerica asiapacific middleeast")

var onlyIf = regexp.MustCompile(`^(?:if|when|unless|except|as needed|wenn|falls|sofern|außer|si|lorsque|sauf|cuando|salvo|quando)(?: |$)`)

// isWord reports a text that begins, and stands beside what comes next, with two letters at least: of "Ann+Ben", not of "R+D" or "24+".
func isWord(s []rune) bool {
	return len(s) > 1 && unicode.IsLetter(s[0]) && unicode.IsLetter(s[1]) && unicode.IsLetter(s[len(s)-1])
}

// isHandle reports the name of an account: "@ann".
func isHandle(s []rune) bool {
	name := strings.TrimSpace(string(s))
	return len(name) > 1 && name[0] == '@'
}

// allInBrackets is a cell of which all stands in brackets: "(Sales, Legal)".
var allInBrackets = regexp.MustCompile(`^[(（](\p{Lu}[^()（）]+)[)）]$`)

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
	if bracketsWithin.MatchString(s) { // "SD (South Dakota) Trust"
		return named{text: strings.Join(strings.Fields(s), " ")}, true
	}
	return named{text: oneLine(text), note: note}, true
}

// bracketsWithin are brackets amid a name.
var bracketsWithin = regexp.MustCompile(`^\p{Lu}[^()（）\[\]]*[(（][^()（）]+[)）] \p{Lu}\p{L}+$`)

// initial ends a name that is shortened: "Ann B.", "Иванов П.С.".
var initial = regexp.MustCompile(`[\s.]\p{Lu}\.$`)

// ending is the beginning of a name that leaves open how it ends: "Arquiteto(a)", "Leiter(in)", "Owner(s)".
var ending = regexp.MustCompile(`^[^(（\[]*\p{L}\(\p{Ll}{1,5}\)`)

// splitKnown is splitNames, and cuts "Legal/Finance" or "Legal and Finance"
// too where both, or most of several, are names of their own elsewhere in the grid.
func splitKnown(cell string, known map[string]bool) (out []named) {
	names := splitNames(cell)
	for i, n := range names {
		n = n.purpose(known)
		parts := cutAll(n.text)
		ends := i > 0 && i == len(names)-1 && len(parts) == 2 && (shortForm.MatchString(parts[0]) || shortForm.MatchString(parts[1])) // "CIO, head of sales and DPO"
		if len(parts) < 2 || knownOf(parts, known)*2 <= len(parts) && !ends && !rolesEach(parts) {
			out = append(out, n)
			continue
		}
		for _, p := range parts {
			out = append(out, named{text: p, note: n.note, guessed: true})
		}
	}
	return out
}

// purpose takes what a role does in a row out of its name, where that is a name of its own elsewhere: "Auditor for conformance".
func (n named) purpose(known map[string]bool) named {
	who, what, cut := strings.Cut(n.text, " for ")
	first, _ := utf8.DecodeRuneInString(what)
	if parts := cutAll(who); !cut || !unicode.IsLower(first) || !known[likeRole(who)] && (len(parts) < 2 || knownOf(parts, known) == 0) {
		return n
	}
	return named{text: who, note: strings.TrimPrefix(n.note+"; for "+what, "; ")}
}

// rolesEach reports names that each are of several words and called as roles are: "Duty engineer and team lead".
func rolesEach(names []string) bool {
	for _, name := range names {
		toks := tokens(name)
		if len(toks) < 2 || len(toks) > 4 || !partyWords[toks[len(toks)-1]] {
			return false
		}
	}
	return true
}

// shortForm is what a role is called for short: "DPO".
var shortForm = regexp.MustCompile(`^\p{Lu}{2,5}$`)

func knownOf(parts []string, known map[string]bool) (n int) {
	for _, p := range parts {
		if known[likeRole(p)] {
			n++
		}
	}
	return n
}

// learn adds to the names that are known those that stand beside one of them more than once, each time beside others: "QA" of
// "QA/Legal" and "Sales/QA"; and those that are there for more than one thing: "Client for tradeoffs", "Client for risk".
func learn(known map[string]bool, names []string) {
	beside, seen := map[string]int{}, map[string]bool{}
	for _, name := range names {
		if who, what, cut := strings.Cut(name, " for "); cut && !seen[likeRole(name)] && strings.ToLower(what) == what {
			for _, p := range cutAll(who) {
				beside[likeRole(p)]++
			}
			seen[likeRole(name)] = true
			continue
		}
		parts := cutAll(name)
		if len(parts) < 2 || seen[likeRole(name)] || knownOf(parts, known) == 0 {
			continue
		}
		seen[likeRole(name)] = true
		for _, p := range parts {
			beside[likeRole(p)]++
		}
	}
	for name, n := range beside {
		known[name] = known[name] || n > 1
	}
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
