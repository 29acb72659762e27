package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Lists of who serves say in brackets behind a name from when until when, and which office besides: "Ann Bo (2019-, Chair 2021-)".

// endBrackets is what stands so, at the end of an entry.
var endBrackets = regexp.MustCompile(`\(([^()]*)\)\s*$`)

// yearsBehind are the first and the last day of the years that stand alone there.
func yearsBehind(says string) (from, until string) {
	m := endBrackets.FindStringSubmatch(says)
	if m == nil {
		return "", ""
	}
	for part := range strings.SplitSeq(m[1], ",") {
		if from, until, alone, ok := yearsOfTerm(part); ok && !alone {
			return from, until
		}
	}
	return "", ""
}

// officesBehind adds a line for each office that is named there, with its years, if any; that it is over, the entry says.
func (r *hatLineReader) officesBehind(n int, line string, entry []string) {
	m := endBrackets.FindStringSubmatch(plainText(line))
	if m == nil {
		return
	}
	for part := range strings.SplitSeq(m[1], ",") {
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
