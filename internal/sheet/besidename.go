package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"hatrack/internal/itsm"
)

// In the cell of a name stand also how to reach somebody and a word on how it is with them: "Ann Bo (+1-555-0301)", "Ann Bo
// (vertretend)". The name is without them.

var (
	// numberAside is a number at the end of a cell, with a word for a telephone before it or none.
	numberAside = regexp.MustCompile(`(?i)^(.*?\pL\.?)(?:\s+|\s*[(\[]\s*|\s*[,:–—-]\s*)((?:(tel(?:ephone|efon|éphone|éfono)?|phone|fax|ext(?:ension|n)?|durchwahl|dw|nst)[.:]*\s*)?\+?[\d(][\d\s()./–-]*\d)\s*[)\]]?$`)
	// shortAside is an extension as it is dialled: "(x4471)".
	shortAside = regexp.MustCompile(`^(.*\pL\.?)\s*[(\[]\s*([xX]\s?\d{2,6})\s*[)\]]$`)
	// areaFirst is a number that begins as those of lines do: "+49 …", "0171 …", "(555) …", "555-010-0200".
	areaFirst = regexp.MustCompile(`^(?:\(?\+|\(?0|\(\d{2,5}\)|\d{3}[-. ]\d{3}[-. ]?\d{4}$)`)
	// yearAlone is a year beside which nothing else is dialled: "2020 – 2024".
	yearAlone = regexp.MustCompile(`(?:^|\D)(?:19|20)\d\d(?:\D|$)`)
	// noteAside is what stands in brackets behind a name.
	noteAside = regexp.MustCompile(`^([^()]{3,60}?)\s*\*?\(([^()]+)\)\*?$`)
)

// withoutPhone parts a name from the telephone number behind it; number is "" where none is there. The number by which a
// personnel system calls somebody, days and years are none.
func withoutPhone(s string) (name, number string) {
	if !strings.ContainsAny(s, "0123456789") {
		return s, ""
	}
	if m := shortAside.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	m := numberAside.FindStringSubmatch(s)
	if m == nil {
		return s, ""
	}
	digits := 0
	for _, r := range m[2] {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	signed := strings.ContainsAny(m[2], " /-–.()+") || digits > 9
	if m[3] != "" && digits > 1 && digits < 16 || areaFirst.MatchString(m[2]) && signed && digits > 6 && digits < 16 && !isDay(m[2]) && !yearAlone.MatchString(m[2]) {
		if !strings.Contains(m[2], ")") {
			m[2] = strings.TrimLeft(m[2], "(")
		}
		return m[1], strings.TrimSpace(m[2])
	}
	return s, ""
}

// whenWords begin a note on when somebody has a hat, which is no aside.
var whenWords = also(formerWords, "until till since from to bis seit ab von depuis jusqu jusque hasta desde dal fino tot sinds vanaf")

// nameAside parts the name of a person from a word in brackets behind it: in small letters, or the way in which a hat is worn.
func nameAside(s string) (name, note string) {
	m := noteAside.FindStringSubmatch(oneLine(s))
	if m == nil || !namesOnePerson(nameValue(m[1])) || strings.ContainsAny(m[2], "@0123456789") || isParty(m[2]) {
		return s, ""
	}
	if isUpper(m[2]) && itsm.CapacityOf(m[2]) == "" || slices.ContainsFunc(tokens(m[2]), func(w string) bool { return whenWords[w] }) {
		return s, ""
	}
	return m[1], m[2]
}

// besideName is a row without what stands beside the name of its holder, and the way to wear the hat where that says it; what is
// kept nowhere is said.
func (list *HatList) besideName(r *listReader, row Row) (Row, string) {
	at := r.at[HatHolder]
	cell := row.Cell(at)
	if at < 0 || cell == "" || r.holder != nil && r.holder(oneLine(cell)) {
		return row, ""
	}
	if _, number := withoutPhone(oneLine(cell)); number != "" {
		list.remarkOnce(row.Line, "Telephone numbers that stand beside names are left out.")
	}
	name, note := nameAside(cell)
	if note == "" {
		return row, ""
	}
	row.Cells = slices.Clone(row.Cells)
	row.Cells[at] = name
	if c := itsm.CapacityOf(note); c != "" && c != itsm.Holder {
		return row, string(c)
	}
	list.remarkOnce(row.Line, "“("+short(note)+")” behind a name is not part of it, and is left out.")
	return row, ""
}

// remarkOnce says something of the first line of which it is true.
func (list *HatList) remarkOnce(line int, text string) {
	if !slices.ContainsFunc(list.Remarks, func(n Note) bool { return n.Text == text }) {
		list.Remarks = append(slices.Clip(list.Remarks), Note{Line: line, Text: text})
	}
}
