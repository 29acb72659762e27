package sheet

import (
	"slices"
	"strings"
)

// Directories come in parts: a document has a heading and a table for each department, a sheet has lines in which nothing but the
// department stands. Read as one list, the parts are its column of departments.

// parted is the list that a table of a document begins, with what stands in the tables below other headings with the same
// columns; rest are the tables that are no part of it. Of tables of nothing but names, such as boards, one is meant.
func parted(tables []Table, first Table, head int) (whole Table, rest []Table) {
	whole = first
	section := make([]string, len(first.Rows))
	for i := range section {
		section[i] = first.Name
	}
	for _, t := range tables {
		if t.Name == first.Name {
			continue
		}
		at, score := findHeader(t)
		if !first.Headed || !t.Headed || score < sheetScore || len(t.Rows) < at+2 || !sameHeadings(t.Rows[at], first.Rows[head]) {
			rest = append(rest, t)
			continue
		}
		whole.Rows, whole.Notes = append(slices.Clip(whole.Rows), t.Rows[at+1:]...), append(slices.Clip(whole.Notes), t.Notes...)
		for range t.Rows[at+1:] {
			section = append(section, t.Name)
		}
	}
	if len(section) > len(first.Rows) {
		whole.Rows = inSections(whole.Rows, head, section)
	}
	return whole, rest
}

func sameHeadings(a, b Row) bool {
	return slices.EqualFunc(a.Cells, b.Cells, func(x, y string) bool { return compact(x) == compact(y) })
}

// inSections says of each row below the headings in which section it stands, where the rows do not say themselves which department
// that is. Of sections one may be of those who left (formerGroup): they are no departments.
func inSections(rows []Row, head int, section []string) []Row {
	heading := "Department"
	if slices.ContainsFunc(section, saysFormer) {
		heading = "Section"
	}
	at, width := -1, 0
	for i, r := range rows[head:] {
		width = max(width, len(r.Cells))
		for j, cell := range r.Cells {
			if f, _ := guessField(oneLine(cell)); i == 0 && f == Department {
				at = j
			}
		}
	}
	if at < 0 {
		at = width
	}
	out := slices.Clone(rows[:head])
	for i, r := range rows[head:] {
		cells := append(slices.Clone(r.Cells), make([]string, max(0, at+1-len(r.Cells)))...)
		switch {
		case i == 0 && cells[at] == "":
			cells[at] = heading
		case i > 0 && value(cells[at]) == "":
			cells[at] = section[head+i]
		}
		out = append(out, Row{Line: r.Line, Cells: cells})
	}
	return out
}

// sectioned are the rows of a list, the first of them its headings, without those that head the ones below: see inSections.
func sectioned(rows []Row) []Row {
	heads := make([]string, len(rows)) // what a row heads, where it does
	sections, like := 0, 0
	for i, r := range rows[1:] {
		text, department := onlyText(rows[0], r)
		if heads[i+1] = text; text == "" {
			continue
		}
		if heads[i] != "" && i > 0 || i+2 == len(rows) {
			return rows // it heads nobody
		}
		sections++
		if department || !namesOnePerson(text) || slices.ContainsFunc(strings.Fields(text), func(w string) bool { return unitWords[compact(w)] }) {
			like++
		}
	}
	if sections < 2 || heads[1] == "" || sections*2 > len(rows)-1 || like*2 < sections {
		return rows
	}
	var left []Row
	var section []string
	under := ""
	for i, r := range rows {
		if heads[i] != "" {
			under = heads[i]
			continue
		}
		left, section = append(left, r), append(section, under)
	}
	return inSections(left, 0, section)
}

// onlyText is what stands in a row that has nothing else, be it in several cells that were one; department where the column or the
// text says so.
func onlyText(headings, r Row) (text string, department bool) {
	for i, cell := range r.Cells {
		v := value(oneLine(cell))
		if v == "" || v == text {
			continue
		}
		if text != "" {
			return "", false
		}
		f, _ := guessField(oneLine(headings.Cell(i)))
		if i > 0 && f != Department && !slices.Contains(nameFields, f) {
			return "", false
		}
		text, department = v, f == Department
	}
	if label, rest, cut := strings.Cut(text, ":"); cut {
		if f, sure := guessField(label); f == Department && sure > 0 && strings.TrimSpace(rest) != "" {
			return strings.TrimSpace(rest), true
		}
	}
	return text, department
}
