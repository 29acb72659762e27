package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Who served from when until when is often said in years: "2014–2017". Each year is taken whole, so that nobody who served once
// is read as who serves today, and that is said.

// termInYears is a span of years, its end perhaps in two digits or open, or a year alone.
var termInYears = regexp.MustCompile(`^((?:19|20)\d\d)(?:\s*(?:[-–—/]|to|until|bis|à|a|al|até)\s*((?:19|20)\d\d|\d\d|\pL[\pL ]*)?)?$`)

// wholeYears says how such a span is read.
const wholeYears = "A term in years is read from the first day of the first to the last day of the last; where the next one begins in that year, the year is the next one’s."

// yearsOfTerm are the first and the last day of a span of years; alone is a year without a span.
func yearsOfTerm(s string) (from, until string, alone, ok bool) {
	s = strings.TrimSpace(oneLine(s))
	m := termInYears.FindStringSubmatch(strings.ToLower(s))
	if m == nil {
		return "", "", false, false
	}
	from, end := m[1], m[2]
	switch {
	case m[0] == m[1]:
		return from + "-01-01", from + "-12-31", true, true
	case end == "" || saysOpen(end):
		return from + "-01-01", "", false, true
	case len(end) == 2 && isNumber(end): // "2023-24"
		end = from[:2] + end
	case !isNumber(end):
		return "", "", false, false
	}
	first, last := atoi(from), atoi(end)
	if last < first || last-first > 60 {
		return "", "", false, false
	}
	return strconv.Itoa(first) + "-01-01", strconv.Itoa(last) + "-12-31", false, true
}

// wholeYear is the first day of a year alone in the place of a first day, and the last one of a year in the place of a last day.
func wholeYear(s string, f Field) (Day, bool) {
	if !yearOnly.MatchString(s) || f != HatFrom && f != HatUntil {
		return Day{}, false
	}
	if f == HatFrom {
		return dayOfMonth(atoi(s), time.January, false), true
	}
	return dayOfMonth(atoi(s), time.December, true), true
}

// saysYears reports a list in which a year alone stands in the place of a day.
func (r *listReader) saysYears() bool {
	return slices.ContainsFunc(r.Rows[1:], func(row Row) bool {
		return yearOnly.MatchString(r.get(row, HatFrom)) || yearOnly.MatchString(r.get(row, HatUntil))
	})
}

// termWords stand beside the years in the headings of lists of who served in them.
var termWords = words("officers officer board committee council executive exec team leadership term terms year academic season members directors class of the from for our vorstand bureau junta directoria")

// termEnds is a heading of when the term of those below it ends: "Term ends in October 2027".
var termEnds = regexp.MustCompile(`(?i)^terms?\s+(?:end(?:s|ing)?|expir(?:es?|ing)|until|through)\s+(?:in\s+|on\s+)?(\S.*?):?$`)

// termOfHeading is the term of those who stand below a heading of years, "2023–24 officers", "Term from 2021-2025", or of when it
// ends.
func termOfHeading(heading string) (from, until string, ok bool) {
	if m := termEnds.FindStringSubmatch(strings.TrimSpace(heading)); m != nil && saysWhen(m[1]) {
		return "", m[1], true
	}
	at := yearsWithin.FindString(heading)
	if at == "" {
		return "", "", false
	}
	rest := tokens(strings.Replace(heading, at, " ", 1))
	if len(rest) > 4 || slices.ContainsFunc(rest, func(w string) bool { return !termWords[w] }) {
		return "", "", false
	}
	from, until, _, ok = yearsOfTerm(at)
	return from, until, ok
}

// termAbove are the last and the first day of those who stand below headings of years, as a list has them in its columns.
func termAbove(headings []textLine) []string {
	for _, h := range slices.Backward(headings) {
		if from, until, ok := termOfHeading(h.text); ok {
			return []string{until, from}
		}
	}
	return []string{"", ""}
}

// yearsWithin are the years that a heading names.
var yearsWithin = regexp.MustCompile(`(?i)\b(?:19|20)\d\d(?:\s*(?:[-–—/]|to)\s*(?:(?:19|20)\d\d|\d\d|present|today))?\b`)

// termsOfParts is a list of several tables below headings of years, with columns for the days between which those in each
// served; others come back as they are.
func (l Listing) termsOfParts() (Listing, bool) {
	terms := make([][2]string, len(l.parts))
	for i, part := range l.parts {
		from, until, ok := termOfHeading(part.Text)
		if !ok {
			return l, false
		}
		terms[i] = [2]string{from, until}
	}
	rows, part, width := make([]Row, len(l.Rows)), 0, len(l.Rows[0].Cells)
	for n, row := range l.Rows {
		for n > 0 && part < len(l.parts)-1 && row.Line > l.parts[part].Line {
			part++
		}
		cells := make([]string, width+2)
		copy(cells, row.Cells)
		cells[width], cells[width+1] = terms[part][0], terms[part][1]
		rows[n] = Row{Line: row.Line, Cells: cells}
	}
	rows[0].Cells[width], rows[0].Cells[width+1] = "Term start", "Term end"
	l.Rows = rows
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "When they served is read from the years above each table. " + wholeYears})
	return l, true
}

// termKeys say of all in a list of a file of records when they serve.
var termKeys = words("year years academicyear season")

// termBeside is the term that a file of records says beside its list of people: `term: "2022-2025"`.
func termBeside(name string, data []byte) (from, until string, ok bool) {
	for _, root := range recordRoots(name, data) {
		lists := 0
		for i, of := range root.of {
			if of.kind == 'l' && len(of.list) > 0 && of.list[0].kind == 'r' {
				lists++
			}
			if key := compact(root.keys[i]); of.kind != 's' || !termHeads[key] && !termKeys[key] {
				continue
			}
			if f, u, alone, years := yearsOfTerm(of.text); years && !alone {
				from, until, ok = f, u, true
			}
		}
		if ok && lists == 1 {
			return from, until, true
		}
	}
	return "", "", false
}

// withTerm is a listing with the same term for all, where no column says one.
func (l Listing) withTerm(from, until string) Listing {
	known := hatLexicon.byHeading()
	if len(l.Rows) < 2 || slices.ContainsFunc(l.Rows[0].Cells, func(cell string) bool {
		f, _ := hatLexicon.guess(known, oneLine(cell))
		return f == HatFrom || f == HatUntil
	}) {
		return l
	}
	width, rows := len(l.Rows[0].Cells), make([]Row, len(l.Rows))
	for n, row := range l.Rows {
		cells := make([]string, width+2)
		copy(cells, row.Cells)
		cells[width], cells[width+1] = from, until
		rows[n] = Row{Line: row.Line, Cells: cells}
	}
	rows[0].Cells[width], rows[0].Cells[width+1] = "Term start", "Term end"
	l.Rows = rows
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "When they serve is read from the years beside the list. " + wholeYears})
	return l
}
