package sheet

import (
	"slices"
	"strings"
)

// Documents cut a list into several tables, each below a heading of its own: the processes that lead, those that support.

// oneList puts tables of a document together that have the same headings; what stands above each is kept beside its lines.
func oneList(found []Listing) (out []Listing) {
	for _, l := range found {
		at := slices.IndexFunc(out, func(before Listing) bool {
			return before.Score > 0 && before.Score == l.Score && len(l.Rows) > 1 && slices.Equal(headsOf(before), headsOf(l))
		})
		if at < 0 {
			l.parts = []Note{{Line: lastLine(l.Rows), Text: l.Where}}
			out = append(out, l)
			continue
		}
		first := &out[at]
		first.Rows = append(slices.Clip(first.Rows), l.Rows[1:]...)
		first.Notes = append(slices.Clip(first.Notes), l.Notes...)
		first.parts = append(slices.Clip(first.parts), Note{Line: lastLine(l.Rows), Text: l.Where})
	}
	for i, l := range out {
		if len(l.parts) > 1 {
			out[i].Notes = append(slices.Clip(l.Notes), Note{Line: l.Rows[0].Line, Text: count(len(l.parts)) + " tables of this file have the same headings and are read as one list."})
		}
	}
	return out
}

func lastLine(rows []Row) int { return rows[len(rows)-1].Line }

// headsOf are the headings of a listing, as they are compared.
func headsOf(l Listing) (heads []string) {
	for _, cell := range l.Rows[0].Cells {
		heads = append(heads, compact(cell))
	}
	return heads
}

// beneath is a list of several tables with a column for what stands above each, where no column says what the hats are of; others
// come back as they are.
func (l Listing) beneath() Listing {
	if len(l.parts) < 2 || l.saysOf() {
		return l
	}
	rows := make([]Row, len(l.Rows))
	part := 0
	for n, row := range l.Rows {
		for n > 0 && part < len(l.parts)-1 && row.Line > l.parts[part].Line {
			part++
		}
		above := strings.TrimRight(oneLine(l.parts[part].Text), ":")
		if hasWord(above, aboutHats) {
			above = ""
		}
		cells := make([]string, len(l.Rows[0].Cells), len(l.Rows[0].Cells)+1)
		copy(cells, row.Cells)
		rows[n] = Row{Line: row.Line, Cells: append(cells, above)}
	}
	rows[0].Cells[len(rows[0].Cells)-1] = "Belongs to"
	l.Rows = rows
	return l
}

// saysOf reports a column of what hats are of.
func (l Listing) saysOf() bool {
	known := hatLexicon.byHeading()
	return slices.ContainsFunc(l.Rows[0].Cells, func(cell string) bool {
		f, _ := hatLexicon.guess(known, oneLine(cell))
		return f == HatOf || f == HatPractice || f == HatProcess || f == HatService
	})
}
