package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Pages on a team have a line or a heading for each in it: the name, a dash, and the role: "Ann Bo – Project manager". One such
// line may say anything; where several stand together and most of them name roles, all do.

// personDash is such a line.
var personDash = regexp.MustCompile(`^([^,:–—()|]{2,50}?)\s*(?:\s[-–—]\s|[:,]\s|\s\()\s*(\pL[^|]{1,80}?)\)?$`)

// personLine is what one of them says.
type personLine struct {
	name, role string
	former     bool
	term       []string
	brief      bool // the name is one that only stands beside others: "Ann"
	called     bool // the role is called as roles are
}

// personLineOf reads a line; ok is false for one that cannot be such.
func personLineOf(text string) (p personLine, ok bool) {
	m := personDash.FindStringSubmatch(mailIn.ReplaceAllString(text, ""))
	if m == nil {
		return p, false
	}
	p.name = nameValue(m[1])
	if p.brief = !namesOnePerson(p.name); p.brief && !calledByFirstName(p.name) {
		return p, false
	}
	p.role, p.former, p.term = officeSaid(m[2])
	if strings.ContainsAny(p.role, ":0123456789") {
		return p, false // "(served: 2015–2017)"
	}
	p.called = calledRole(p.role)
	return p, p.called || p.role != "" && !strings.Contains(text, ",") // behind a comma stands all there is to say
}

// calledByFirstName reports "Ann" and "Ann B", which are names where they stand among others.
func calledByFirstName(s string) bool {
	words := strings.Fields(s)
	return len(words) > 0 && len(words) < 3 && !calledRole(s) && !hasWord(s, aboutHats) && !slices.ContainsFunc(words, func(w string) bool {
		return !personsWord.MatchString(w) && !(len(w) == 1 && unicode.IsUpper(rune(w[0])))
	})
}

// personLines are the lines of a document that say who has which role, by their place in it.
func personLines(lines []string) map[int]personLine {
	type group struct{ section, level, indent int }
	all, said, section := map[group]int{}, map[group]map[int]personLine{}, 0
	for i, line := range lines {
		t := lineOf(i, line)
		if t.level == 0 && !t.bullet {
			continue
		}
		g := group{section: section, level: t.level, indent: t.indent}
		if t.level > 0 {
			g, section = group{level: t.level}, i+1
		}
		all[g]++
		if p, ok := personLineOf(t.text); ok {
			if said[g] == nil {
				said[g] = map[int]personLine{}
			}
			said[g][i] = p
		}
	}
	named := map[int]personLine{}
	for g, group := range said {
		if togetherNamed(group, all[g], g.level > 0) {
			for i, p := range group {
				named[i] = p
			}
		}
	}
	return named
}

// togetherNamed reports lines that stand together of which most say who has a role. Headings of something else may stand among
// them, but then all of them have to say so; and so have those with names of one word.
func togetherNamed(lines map[int]personLine, all int, headings bool) bool {
	called, brief := 0, 0
	for _, p := range lines {
		if p.called {
			called++
		}
		if p.brief {
			brief++
		}
	}
	switch n := len(lines); {
	case n < 2 || brief > 0 && (n < 3 || called < n):
		return false
	case headings:
		return called == n
	default:
		return called*2 >= n && n*4 >= all*3
	}
}

// named takes a line that says of somebody the role, perhaps with an address in it or below it.
func (r *hatLineReader) named(n int, p personLine, line string, below []string) {
	state, address := "", ""
	if p.former {
		state = "former"
	}
	if at := mailIn.FindStringSubmatch(line); at != nil {
		address = at[1]
	} else if lineOf(n, line).level > 0 {
		_, address = reachedBelow(below)
	}
	r.add(n, append([]string{whatHatsAreOf(r.headings), p.role, p.name, address, state}, p.term...))
}
