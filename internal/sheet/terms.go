package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Lists of who serves may say in one column from when until when: "Term: January 2018 – December 2027".

// termHeads head such a column.
var termHeads = folded("term terms termofoffice period periodofoffice tenure mandate served amtszeit zeitraum mandat période periodo mandato período")

// termSpan is a period, or the day since which somebody serves.
var termSpan = regexp.MustCompile(`(?i)^(?:(.+?)(?:\s+(?:[-–—]+|to|until|till|through|bis|au|à|al|a|até)\s+|\s*[–—]\s*)(.+)|(?:since|from|seit|ab|depuis|desde)\s+(.+))$`)

// termsApart is a listing with a column for the first and one for the last day, where one holds both; others come back as they
// are. A year alone is no day, and stays where it is.
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
		return l
	}
	width := len(l.Rows[0].Cells)
	rows := make([]Row, len(l.Rows))
	for n, row := range l.Rows {
		cells := make([]string, width+1)
		copy(cells, row.Cells)
		if from, until, ok := daysOfTerm(cells[at]); ok {
			cells[at], cells[width] = from, until
		}
		rows[n] = Row{Line: row.Line, Cells: cells}
	}
	rows[0].Cells[at], rows[0].Cells[width] = "Term start", "Term end"
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "What stands under “" + oneLine(l.Rows[0].Cell(at)) + "” is read as a first and a last day."})
	l.Rows = rows
	return l
}

// holdsTerms reports a column of periods, and of nothing else.
func (l Listing) holdsTerms(i int) bool {
	n := 0
	for _, row := range l.Rows[1:] {
		if v := value(row.Cell(i)); v != "" {
			if _, _, ok := daysOfTerm(v); !ok {
				return false
			}
			n++
		}
	}
	return n > 0
}

func daysOfTerm(s string) (from, until string, ok bool) {
	m := termSpan.FindStringSubmatch(oneLine(s))
	if m == nil {
		return "", "", false
	}
	if m[3] != "" {
		return m[3], "", saysWhen(m[3])
	}
	from, until = strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	return from, until, saysWhen(from) && (saysWhen(until) || saysOpen(until))
}
