package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Lists of who serves say in brackets behind a name from when until when, and which office besides: "Ann Bo (2019-, Chair 2021-)".

// brackets is what stands so.
var brackets = regexp.MustCompile(`\(([^()]*)\)`)

// partsBehind are the parts of what stands in brackets behind a name.
func partsBehind(says string) (parts []string) {
	for _, m := range brackets.FindAllStringSubmatch(says, -1) {
		parts = append(parts, strings.Split(m[1], ",")...)
	}
	return parts
}

// yearsBehind are the first and the last day of the years that stand alone there.
func yearsBehind(says string) (from, until string) {
	for _, part := range partsBehind(says) {
		if from, until, alone, ok := yearsOfTerm(part); ok && !alone {
			return from, until
		}
	}
	return "", ""
}

// officesBehind adds a line for each office that is named there, with its years, if any; that it is over, the entry says.
func (r *hatLineReader) officesBehind(n int, line string, entry []string) {
	for _, part := range partsBehind(plainText(line)) {
		office := strings.TrimSpace(yearsWithin.ReplaceAllString(part, ""))
		office = strings.TrimRight(office, " -–—")
		if !endsWithOffice(office) || strings.EqualFold(office, entry[1]) {
			continue
		}
		cells := slices.Clone(entry)
		cells[1], cells[5], cells[6] = office, "", ""
		if from, until, alone, ok := yearsOfTerm(strings.TrimSpace(strings.Replace(part, office, "", 1))); ok && !alone {
			cells[5], cells[6] = until, from
		}
		r.add(n, cells)
	}
}

// officeAside is a name and an office in brackets behind it.
var officeAside = regexp.MustCompile(`([^,;:()]{4,60}?)\s*\(([^()]{3,40})\)`)

// officesAmong adds a line for each office in brackets behind one of several names: "Trustees: Ann Bo (Chair), Cy Dee".
func (r *hatLineReader) officesAmong(n int, line string) {
	for _, m := range officeAside.FindAllStringSubmatch(line, -1) {
		if name := nameValue(m[1]); endsWithOffice(m[2]) && namesOnePerson(name) {
			r.add(n, []string{whatHatsAreOf(r.headings), m[2], name, "", ""})
		}
	}
}
