package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// shareNames settles what "Name" means beside other names: alone it is the
// full name, beside a given name it is the family name (German "Name,
// Vorname"), unless it contains the given one.
func shareNames(guesses []columnGuess) {
	withoutLogins(guesses)
	find := func(f Field) *columnGuess {
		var best *columnGuess
		for i := range guesses {
			if g := &guesses[i]; g.want == f && (best == nil || g.Confidence > best.Confidence) {
				best = g
			}
		}
		return best
	}
	if first, last, whole := find(ManagerGiven), find(ManagerFamily), find(ManagerName); first != nil && last == nil && whole != nil {
		whole.want, whole.Why = ManagerFamily, "it stands beside the manager’s given name"
	} else if last != nil && first == nil {
		last.want = ManagerName
	}
	full, given, family := find(FullName), find(GivenName), find(FamilyName)
	if full != nil && given != nil && family == nil && given.Confidence < 1 && endsInFamily(given.samples, full.samples) {
		if len(given.samples)*10 >= len(full.samples)*9 {
			full, given = given, full
			full.want, full.Why = FullName, "what people are called stands here"
			given.Why = "what people are called stands in “" + full.Header + "”"
		} else {
			given.Why = "it has the whole name, of a few alone"
		}
		given.want, given.Confidence = NoField, 0
		return
	}
	switch {
	case full == nil && given == nil && family != nil && family.Confidence < 0.9:
		family.want, family.Why = FullName, "the only column with names"
	case full == nil && family == nil && given != nil && given.Confidence < 0.9:
		given.want, given.Why = FullName, "the only column with names"
	case full != nil && given == nil && family != nil && full.Confidence < 1 && compact(full.Header) != "cn" && !namedAfter(full.samples, family.samples):
		full.want, full.Why = GivenName, "it stands beside the family name"
	case full != nil && given != nil && family == nil && full.Confidence < 1 && !containsEach(full.samples, given.samples):
		full.want, full.Why = FamilyName, "it stands beside the given name"
	}
}

// loginName is what somebody is called by a program: "abo", "ann.bo".
var loginName = regexp.MustCompile(`^[a-z][a-z0-9._-]*$`)

// withoutLogins takes the full name from a column of such words, where others say what people are called.
func withoutLogins(guesses []columnGuess) {
	parts := map[Field]bool{}
	var logins []*columnGuess
	for i := range guesses {
		g := &guesses[i]
		if len(g.samples) == 0 || g.Confidence == 1 {
			parts[g.want] = parts[g.want] || len(g.samples) > 0
			continue
		}
		if g.want == FullName && g.share(loginName.MatchString) > 0.8 {
			logins = append(logins, g)
			continue
		}
		parts[g.want] = true
	}
	if !parts[FullName] && !(parts[GivenName] && parts[FamilyName]) {
		return
	}
	for _, g := range logins {
		g.want, g.Confidence, g.Why = NoField, 0, "its values are words that people sign in with; their names stand in other columns"
	}
}

// endsInFamily reports names, such as preferred ones beside the legal ones, that are whole themselves: most have several words
// and end in the family name of a full name.
func endsInFamily(names, full []string) bool {
	families, hits := map[string]bool{}, 0
	for _, name := range full {
		_, family, _, ok := splitLastFirst(name)
		if words := strings.Fields(name); !ok && len(words) > 0 {
			family = words[len(words)-1]
		}
		families[strings.ToLower(family)] = true
	}
	for _, name := range names {
		if words := strings.Fields(strings.ToLower(name)); len(words) > 1 && families[words[len(words)-1]] {
			hits++
		}
	}
	return hits*2 > len(names)
}

// namedAfter reports full names that hold family names: what stands beside "Surname" under "Name" is often the given name.
func namedAfter(full, family []string) bool {
	known, hits := map[string]bool{}, 0
	for _, f := range family {
		for _, w := range strings.Fields(f) {
			known[strings.ToLower(w)] = true
		}
	}
	for _, name := range full {
		words := strings.Fields(strings.ToLower(name))
		if len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return known[strings.Trim(w, ",")] }) {
			hits++
		}
	}
	return len(full) == 0 || hits*3 > len(full)
}

// containsEach reports whether most of the first names are part of the full
// names beside them.
func containsEach(full, given []string) bool {
	hits, n := 0, min(len(full), len(given), 50)
	for i := range n {
		if strings.Contains(full[i], given[i]) {
			hits++
		}
	}
	return n > 0 && hits*2 >= n
}
