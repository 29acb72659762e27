package sheet

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hatrack/internal/itsm"
)

// empties are what systems write where there is nothing. "Null" as people
// write it is a family name and stays.
var empties = map[string]bool{
	"null": true, "NULL": true, "(null)": true, "-": true, "--": true, "–": true, "—": true, "n/a": true, "N/A": true, "#N/A": true,
	"NO_MANAGER": true, "0000-00-00": true, "00/00/0000": true, "00.00.0000": true, "0000-00-00 00:00:00": true,
}

// value cleans a cell of a list: trimmed, on one line, "" where it says that
// there is nothing.
func value(s string) string {
	s = oneLine(s)
	if empties[s] {
		return ""
	}
	return s
}

// directoryName begins the name of an entry of a directory; nameState is what a system of personnel says behind a name.
var (
	directoryName = regexp.MustCompile(`(?i)^cn=((?:\\.|[^,\\])+),\s*(?:ou|cn|dc|o)=`)
	nameState     = regexp.MustCompile(`(?i)\s*\((?:on leave|terminated|inactive|suspended|disabled|retired|contractor|external|extern|ext\.?|guest)\)$`)
)

// handle is what somebody is called in a program, behind the name: "Ann Bo (@annbo)".
var handle = regexp.MustCompile(`(?:\s+[(\[]?|[(\[])@[\w.-]+[)\]]?$`)

// profile is a link behind a name to where somebody is found: "Ann Bo LinkedIn".
var profile = regexp.MustCompile(`(?i)^(\S+ .*\S)(?: [(\[]?(?:linkedin|github|gitlab|twitter|website|homepage|profile)[)\]]?)+$`)

// personName is nameValue without such links.
func personName(s string) string { return profile.ReplaceAllString(nameValue(s), "$1") }

// gluedTitle is a title that no space parts from the name: "Dr.Ann Bo".
var gluedTitle = regexp.MustCompile(`^(Dr|Prof|Mr|Mrs|Ms|Ing|Dipl)\.(\p{Lu}\p{Ll})`)

// nameValue is value with spaces collapsed, without what systems put around a name: "CN=Bob Ray,OU=Users,DC=example",
// "Bob Ray (On Leave)", "Ann Bo (@annbo)", "Ann Bo <ann@example.org>", "Ann Bo (ext. 4471)".
func nameValue(s string) string {
	s = gluedTitle.ReplaceAllString(unbracketed(strings.Join(strings.Fields(value(s)), " ")), "$1. $2")
	s, _ = withoutPhone(s)
	if m := directoryName.FindStringSubmatch(s); m != nil {
		s = strings.ReplaceAll(m[1], `\`, "")
	} else if m := mailbox.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	return itsm.WithoutSalutation(strings.TrimSpace(handle.ReplaceAllString(nameState.ReplaceAllString(s, ""), "")))
}

// numberBehind and numberBefore find the number that a personnel system puts beside a name.
var (
	numberBehind = regexp.MustCompile(`^(.*\pL\.?)\s*[(\[]\s*#?(\p{Lu}{0,3}-?\d{3,})\s*[)\]]$`)
	numberBefore = regexp.MustCompile(`^(\p{Lu}{0,3}-?\d{3,})\s*[-–:]\s*(\pL.*)$`)
)

// withNumber parts a name from the number beside it, "Ann Bo (1002)" or "1002 - Ann Bo", which counts where none stands elsewhere.
func withNumber(name, number string) (bare, of string) {
	if m := numberBehind.FindStringSubmatch(name); m != nil {
		return m[1], cmp.Or(number, m[2])
	}
	if m := numberBefore.FindStringSubmatch(name); m != nil {
		return m[2], cmp.Or(number, m[1])
	}
	return name, number
}

// joined are the parts of a name that say something.
func joined(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

var suffixes = words("jr sr ii iii iv v phd md esq dds mba cpa dr")

// isSuffix reports "Jr." and the like, which follow a comma without making
// what stands before it a family name.
func isSuffix(s string) bool {
	return suffixes[strings.ToLower(strings.ReplaceAll(s, ".", ""))] || itsm.IsDegree(s)
}

// splitLastFirst takes "Last, First M" apart, with or without ", Jr." or ", MSc". Titles before the family name go before
// the given one.
func splitLastFirst(s string) (given, family, suffix string, ok bool) {
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	for n := len(parts); n > 2 && isSuffix(parts[n-1]); n = len(parts) {
		if suffix, parts = joined(parts[n-1], suffix), parts[:n-1]; itsm.IsDegree(suffix) {
			suffix = ", " + suffix
		}
	}
	titles := ""
	if n := len(parts); n == 3 {
		if _, rest := itsm.TitlesOf(parts[2] + " x"); rest == "x" {
			titles, parts = parts[2], parts[:2]
		}
	}
	if len(parts) != 2 || parts[0] == "" || parts[1] == "" || isSuffix(parts[1]) {
		return "", "", "", false
	}
	before, family := itsm.TitlesOf(parts[0])
	return joined(titles, before, parts[1]), family, suffix, true
}

// lastFirst decides for a whole column of full names whether it is written
// "Last, First": where at least half of its names are.
func lastFirst(names []string) bool {
	filled, commas := 0, 0
	for _, n := range names {
		n = nameValue(n)
		if n == "" {
			continue
		}
		filled++
		if _, _, _, ok := splitLastFirst(n); ok {
			commas++
		}
	}
	return commas > 0 && commas*2 >= filled
}

// setName fills the names of a row from what its columns hold. Display name
// "First M Last", sort name "Last, First M"; a person with half a name has it
// as both.
func (p *PersonRow) setName(full, given, family string, commas bool) {
	p.Given, p.Family = given, family
	suffix := ""
	if (given == "" || family == "") && full != "" {
		if g, f, s, ok := splitLastFirst(full); ok && commas {
			p.Given, p.Family, suffix = g, f, s
			full = ""
		}
	}
	if full == "" || commas && p.Given != "" && p.Family != "" {
		full = strings.ReplaceAll(joined(p.Given, p.Family, suffix), " , ", ", ")
		if itsm.FamilyFirst(p.Given + p.Family) {
			full = joined(p.Family, p.Given)
		}
	}
	p.Name = full
	_, first := itsm.TitlesOf(p.Given)
	switch {
	case p.Family != "" && p.Given != "":
		p.SortName = p.Family + ", " + first
	case p.Family+p.Given != "" && p.Family+p.Given == full:
		p.SortName = p.Family + p.Given
	default:
		p.SortName = sortName(full)
	}
}

var particles = words("van von der den dem de da di del della dos das la le el al bin ibn ter ten zu af av y e")

// sortName guesses "Last, First" of a name that came as one text: the last
// word with the particles before it, without "Jr.".
func sortName(full string) string {
	if full = itsm.BareName(full); itsm.FamilyFirst(full) {
		return full
	}
	parts := strings.Fields(full)
	last := len(parts) - 1
	if last < 1 {
		return full
	}
	if registerOrder(parts) {
		return parts[0] + ", " + strings.Join(parts[1:], " ")
	}
	if isSuffix(parts[last]) && last > 1 {
		parts, last = parts[:last], last-1
		parts[last] = strings.TrimSuffix(parts[last], ",")
	}
	for last > 1 && particles[parts[last-1]] {
		last--
	}
	return strings.Join(parts[last:], " ") + ", " + strings.Join(parts[:last], " ")
}

// nameKey folds a name for comparison: lower case, no accents, no
// punctuation, "Last, First" turned round. short leaves out what stands
// between the first word and the last.
func nameKey(name string) (full, short string) {
	if g, f, _, ok := splitLastFirst(name); ok {
		name = g + " " + f
	}
	name = itsm.BareName(name)
	var out strings.Builder
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out.WriteRune(unicode.ToLower(r))
		case unicode.IsSpace(r) || r == '-':
			out.WriteByte(' ')
		}
	}
	parts := strings.Fields(out.String())
	if len(parts) > 2 {
		short = parts[0] + " " + parts[len(parts)-1]
	}
	full = strings.Join(parts, " ")
	if short == "" {
		short = full
	}
	return full, short
}
