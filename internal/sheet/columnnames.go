package sheet

import (
	"slices"
	"strings"
)

// shareNames settles what "Name" means beside other names: alone it is the
// full name, beside a given name it is the family name (German "Name,
// Vorname"), unless it contains the given one.
func shareNames(guesses []columnGuess) {
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
	switch {
	case full == nil && given == nil && family != nil && family.Confidence < 0.9:
		family.want, family.Why = FullName, "the only column with names"
	case full == nil && family == nil && given != nil && given.Confidence < 0.9:
		given.want, given.Why = FullName, "the only column with names"
	case full != nil && given == nil && family != nil && full.Confidence < 1 && !namedAfter(full.samples, family.samples):
		full.want, full.Why = GivenName, "it stands beside the family name"
	case full != nil && given != nil && family == nil && full.Confidence < 1 && !containsEach(full.samples, given.samples):
		full.want, full.Why = FamilyName, "it stands beside the given name"
	}
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
