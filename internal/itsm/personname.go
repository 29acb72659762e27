package itsm

import (
	"strings"
	"unicode"
)

// Words before and behind names that nobody is told apart or sorted by. A salutation is no part of a name at all.
const (
	salutations = "mr mrs ms mx miss herr frau mme mlle madame monsieur hon honorable senor senora señor señora"
	titlesFront = "dr prof professor ing dipl mag dott dottssa drs doc mudr rndr phdr judr mgr bc"
	titlesMore  = "rer nat med phil jur iur pol oec h c hc habil ing inf dent vet theol techn" // behind another title, with a dot
	degrees     = "phd md esq dds mba cpa msc bsc ma ba mphil llm llb dphil bed meng beng pmp dr csc mph ceng mrs mr ms"
)

// WithoutSalutation is a name without "Mr." before it or "(Mrs.)" behind it.
func WithoutSalutation(name string) string {
	words := strings.Fields(name)
	if len(words) > 1 && (wordIn(salutations, undotted(words[0])) || wordIn("hr sr sra", undotted(words[0])) && strings.HasSuffix(words[0], ".")) {
		words = words[1:]
	}
	if n := len(words); n > 1 && strings.HasPrefix(words[n-1], "(") && wordIn(salutations, undotted(strings.Trim(words[n-1], "()"))) {
		words = words[:n-1]
	}
	return strings.Join(words, " ")
}

// TitlesOf parts the academic titles before a name from the name: "Prof. Dr.", "Jürgen Müller".
func TitlesOf(name string) (titles, rest string) {
	words := strings.Fields(name)
	at := 0
	for at < len(words)-1 && isTitle(words[at], at > 0) {
		at++
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ")
}

// isTitle reports "Dr." and "Dipl.-Ing."; more allows what only stands behind another title.
func isTitle(word string, more bool) bool {
	dotted := strings.HasSuffix(word, ".")
	for part := range strings.FieldsFuncSeq(strings.ToLower(word), func(r rune) bool { return r == '.' || r == '-' }) {
		switch {
		case wordIn("dr prof professor", part):
		case dotted && wordIn(titlesFront, part):
		case dotted && more && wordIn(titlesMore, part):
		default:
			return false
		}
	}
	return true
}

// IsDegree reports "MSc" and "Ph.D.", which follow a name.
func IsDegree(s string) bool { return wordIn(degrees, undotted(s)) }

// BareName is a name without salutation, titles and degrees: who is meant, however formally.
func BareName(name string) string {
	name = WithoutSalutation(name)
	for {
		before, last, cut := cutLast(name, ",")
		if !cut || !IsDegree(last) {
			break
		}
		name = before
	}
	_, rest := TitlesOf(name)
	return rest
}

// SpokenName is a name in the order in which it is spoken, without titles: "Ray, Bob" is Bob Ray.
func SpokenName(name string) string {
	name = BareName(name)
	if family, given, cut := strings.Cut(name, ","); cut && !strings.Contains(given, ",") {
		return strings.Join(strings.Fields(given+" "+family), " ")
	}
	return name
}

func cutLast(s, sep string) (before, after string, found bool) {
	at := strings.LastIndex(s, sep)
	if at < 0 {
		return s, "", false
	}
	return strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+len(sep):]), true
}

func undotted(s string) string { return strings.ToLower(strings.ReplaceAll(s, ".", "")) }

// nameKey is a name for finding people by it: without titles, accents, signs and capitals, and without the spaces of
// scripts that need none.
func nameKey(name string) string {
	key := plainName(SpokenName(name))
	if FamilyFirst(key) {
		return strings.ReplaceAll(key, " ", "")
	}
	return key
}

// FamilyFirst says that a name is written in a script in which the family name comes first.
func FamilyFirst(name string) bool {
	found := false
	for _, r := range name {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r == 'ー':
			found = true
		case unicode.IsLetter(r):
			return false
		}
	}
	return found
}

// sameName says that a list writes a known name with less care: in capitals, without accents, or with or without titles.
// What it writes with more care is another name.
func sameName(known, listed string) bool {
	if nameKey(known) != nameKey(listed) {
		return false
	}
	a, b := strings.Join(strings.Fields(BareName(known)), " "), strings.Join(strings.Fields(BareName(listed)), " ")
	switch {
	case a == b || FamilyFirst(a):
		return true
	case strings.EqualFold(a, b):
		return shouts(b) && !shouts(a)
	}
	return accented(b) < accented(a)
}

// shouts reports a name with a word in capitals or without one.
func shouts(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if len([]rune(w)) > 2 && w == strings.ToUpper(w) {
			return true
		}
	}
	return name == strings.ToLower(name)
}

// accented counts what is no plain letter of a name.
func accented(name string) (n int) {
	for _, r := range name {
		if r > unicode.MaxASCII {
			n++
		}
	}
	return n
}
