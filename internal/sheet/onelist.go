package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Documents cut a list into several tables, each below a heading of its own: the processes that lead, those that support.

// oneList puts tables of a document together that have the same headings; what stands above each is kept beside its lines.
func oneList(found []Listing) (out []Listing) {
	first := map[string]int{} // by score and headings
	for _, l := range found {
		same := strconv.Itoa(l.Score) + "\x00" + strings.Join(headsOf(l), "\x00")
		at, ok := first[same]
		if !ok || l.Score <= 0 || len(l.Rows) < 2 {
			l.parts = []Note{{Line: lastLine(l.Rows), Text: l.Where}}
			if out = append(out, l); !ok {
				first[same] = len(out) - 1
			}
			continue
		}
		one := &out[at]
		one.Rows = append(slices.Clip(one.Rows), l.Rows[1:]...)
		one.Notes = append(slices.Clip(one.Notes), l.Notes...)
		one.parts = append(slices.Clip(one.parts), Note{Line: lastLine(l.Rows), Text: l.Where})
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
	if by, ok := l.rolesOfParts(); ok {
		return by
	}
	if by, ok := l.termsOfParts(); ok {
		return by
	}
	rows, width := make([]Row, len(l.Rows)), len(l.Rows[0].Cells)
	part, terms := 0, false
	for n, row := range l.Rows {
		for n > 0 && part < len(l.parts)-1 && row.Line > l.parts[part].Line {
			part++
		}
		above := strings.TrimRight(oneLine(l.parts[part].Text), ":")
		from, until, term := termOfHeading(above)
		if hasWord(above, aboutHats) || term {
			above = ""
		}
		cells := make([]string, width, width+3)
		copy(cells, row.Cells)
		rows[n], terms = Row{Line: row.Line, Cells: append(cells, above, from, until)}, terms || term
	}
	copy(rows[0].Cells[width:], []string{"Belongs to", "Term start", "Term end"})
	if l.Rows = rows; !terms {
		return l.upTo(width + 1)
	}
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "Until when those of a table serve is read from what stands above it."})
	return l
}

// upTo is a listing without its columns from one on.
func (l Listing) upTo(width int) Listing {
	for i := range l.Rows {
		l.Rows[i].Cells = l.Rows[i].Cells[:width]
	}
	return l
}

// rolesOfParts is a list of several tables below headings that say the role of all in each, "Current maintainers" and "Former
// maintainers", with columns for it and for who wears it no more.
func (l Listing) rolesOfParts() (Listing, bool) {
	known, roles := hatLexicon.byHeading(), make([]string, len(l.parts))
	if slices.ContainsFunc(l.Rows[0].Cells, func(cell string) bool {
		f, _ := hatLexicon.guess(known, oneLine(cell))
		return f == HatRole || f == HatKind || f == HatState
	}) {
		return l, false
	}
	role := "" // of the tables below "Active" and "Emeritus": what stands above the one before, or over the names
	for _, cell := range l.Rows[0].Cells {
		role = cmp.Or(role, headedRole(oneLine(cell)))
	}
	for i, part := range l.parts {
		roles[i] = listedRole(strings.TrimRight(oneLine(part.Text), ":"))
		if roles[i] == "" && saysOnlyWhether(part.Text) {
			roles[i] = role
		}
		if role = roles[i]; role == "" {
			return l, false
		}
	}
	rows, part, width := make([]Row, len(l.Rows)), 0, len(l.Rows[0].Cells)
	for n, row := range l.Rows {
		for n > 0 && part < len(l.parts)-1 && row.Line > l.parts[part].Line {
			part++
		}
		cells := make([]string, width+2)
		copy(cells, row.Cells)
		cells[width] = roles[part]
		if slices.ContainsFunc(tokens(l.parts[part].Text), func(t string) bool { return formerWords[t] }) {
			cells[width+1] = "former"
		}
		rows[n] = Row{Line: row.Line, Cells: cells}
	}
	rows[0].Cells[width], rows[0].Cells[width+1] = "Role", "Status"
	l.Rows = rows
	l.Notes = append(slices.Clip(l.Notes), Note{Line: rows[0].Line, Text: "No column says the role: it is read from what stands above each table."})
	return l, true
}

// saysOnlyWhether reports a heading that says whether those below it still serve, and nothing else.
func saysOnlyWhether(heading string) bool {
	toks := tokens(heading)
	return len(toks) > 0 && !slices.ContainsFunc(toks, func(t string) bool { return !formerWords[t] && !nowWords[t] })
}

// headingsIn are the headings of a document.
func headingsIn(name string, data []byte) (headings []textLine) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return nil
	}
	n := 0
	for line := range strings.Lines(marked(text)) {
		n++
		if t := lineOf(n, strings.TrimRight(line, "\r\n")); t.level > 0 {
			headings = append(headings, t)
		}
	}
	return headings
}

// roleOver is the nearest heading around a line of a document which says a role that people have.
func roleOver(headings []textLine, line int) string {
	level := 7
	for _, h := range slices.Backward(headings) {
		if h.line >= line || h.level >= level {
			continue
		}
		if level = h.level; listedRole(h.text) != "" {
			return h.text
		}
	}
	return ""
}

// saysOf reports a column of what hats are of.
func (l Listing) saysOf() bool {
	known := hatLexicon.byHeading()
	return slices.ContainsFunc(l.Rows[0].Cells, func(cell string) bool {
		f, _ := hatLexicon.guess(known, oneLine(cell))
		return f == HatOf || f == HatPractice || f == HatProcess || f == HatService
	})
}
