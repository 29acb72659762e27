package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Lists of who serves may say in one column from when until when: "Term: January 2018 – December 2027".

// numberSpan is a period between two days in numbers, with no spaces around what parts them: "7/1/2021-6/30/2023".
var numberSpan = regexp.MustCompile(`^(\d{1,4}[/.]\d{1,2}[/.]\d{1,4})\s*-\s*(\d{1,4}[/.]\d{1,2}[/.]\d{1,4})()$`)

// termHeads head such a column.
var termHeads = folded("year season academicyear jahr année ejercicio term terms termofoffice period periodofoffice tenure mandate served years yearsserved yearsofservice yearsinoffice inoffice amtszeit zeitraum mandat période periodo mandato período")

// termSpan is a period, or the day since which somebody serves.
var termSpan = regexp.MustCompile(`(?i)^(?:(.+?)(?:\s+(?:[-–—]+|to|until|till|through|bis|au|à|al|a|até)\s+|\s*[–—→]\s*)(.+)|(?:since|from|seit|ab|depuis|desde)\s+(.+))$`)

// termsApart is a listing with a column for the first and one for the last day, where one holds both; others come back as they
// are. A year stands for all of it where the column holds spans of years.
func (l Listing) termsApart() Listing {
	known, at := hatLexicon.byHeading(), -1
	for i, cell := range l.Rows[0].Cells {
		h := oneLine(cell)
		if f, _ := hatLexicon.guess(known, h); f == HatFrom || f == HatUntil {
			return l
		}
		if at < 0 && termHeads[compact(h)] && l.holdsTerms(i) {
			at = i
		}
	}
	if at < 0 {
		return l.termsUnread()
	}
	width := len(l.Rows[0].Cells)
	rows, years := make([]Row, len(l.Rows)), ""
	for n, row := range l.Rows {
		cells := make([]string, width+1)
		copy(cells, row.Cells)
		if from, until, ok := daysOfTerm(cells[at]); ok {
			cells[at], cells[width] = from, until
		} else if from, until, _, ok := yearsOfTerm(cells[at]); ok && n > 0 {
			cells[at], cells[width], years = from, until, " "+wholeYears
		}
		rows[n] = Row{Line: row.Line, Cells: cells}
	}
	rows[0].Cells[at], rows[0].Cells[width] = "Term start", "Term end"
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "What stands under “" + oneLine(l.Rows[0].Cell(at)) + "” is read as a first and a last day." + years})
	l.Rows = rows
	return l
}

// termsUnread is a listing that says of a column of terms that it is not read, where some of them are none.
func (l Listing) termsUnread() Listing {
	for i, cell := range l.Rows[0].Cells {
		if termHeads[compact(oneLine(cell))] && slices.ContainsFunc(l.Rows[1:], func(row Row) bool { return yearsWithin.MatchString(row.Cell(i)) }) {
			l.Notes = append(slices.Clip(l.Notes), Note{Line: l.Rows[0].Line, Text: "What stands under “" + oneLine(cell) + "” is not read: not all of it says from when until when somebody serves."})
		}
	}
	return l
}

// holdsTerms reports a column of periods, and of nothing else. Years alone are none: they may be those of an election.
func (l Listing) holdsTerms(i int) bool {
	n := 0
	for _, row := range l.Rows[1:] {
		v := value(row.Cell(i))
		if v == "" {
			continue
		}
		_, _, days := daysOfTerm(v)
		_, _, alone, years := yearsOfTerm(v)
		if !days && !years {
			return false
		}
		if !alone || days {
			n++
		}
	}
	return n > 0
}

func daysOfTerm(s string) (from, until string, ok bool) {
	m := termSpan.FindStringSubmatch(oneLine(s))
	if m == nil {
		m = numberSpan.FindStringSubmatch(oneLine(s))
	}
	if m == nil {
		return "", "", false
	}
	if m[3] != "" {
		return m[3], "", saysWhen(m[3])
	}
	from, until = strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	return from, until, saysWhen(from) && (saysWhen(until) || saysOpen(until))
}
