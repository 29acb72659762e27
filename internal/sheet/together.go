package sheet

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// together reads the tables of a file as parts of one document: what one explains holds for the others, and tables of a
// role and its letter, each under the heading of its activity, are one list. A table that went into another has no rows.
func together(tables []Table) []Table {
	tables = slices.Clone(tables)
	shared := Legend{}
	for i := range tables {
		l, explains := tables[i].glossary()
		tables[i].explains = explains
		for key, means := range l {
			if _, known := shared[key]; !known {
				shared[key] = means
			}
		}
	}
	for i := range tables {
		if tables[i].explains || len(shared) == 0 {
			continue
		}
		own := maps.Clone(shared)
		maps.Copy(own, tables[i].Legend)
		tables[i].Legend = own
	}
	return sheaf(tables)
}

// glossaryRows is the most that explains letters and abbreviations.
const glossaryRows = 100

// glossary is a table of signs in its first column with what they mean in the next one. explains says that the signs are
// letters, somebody who does and another who answers among them: then the table is nothing but their legend.
func (t Table) glossary() (l Legend, explains bool) {
	if t.List || len(t.Rows) < 2 || len(t.Rows) > glossaryRows || t.width() > 4 {
		return nil, false
	}
	l = Legend{}
	letters, meant := 0, map[string]bool{}
	for i, row := range t.Rows {
		key, means := oneLine(row.Cell(0)), oneLine(row.Cell(1))
		sign := utf8.RuneCountInString(key)
		if key == "" && means == "" || i == 0 && sign > 1 {
			continue
		}
		if _, twice := l[key]; twice || sign == 0 || sign > 10 || len(tokens(key)) != 1 || utf8.RuneCountInString(means) < max(4, sign+1) {
			return nil, false
		}
		if sign == 1 {
			letters++
			meant[explained(means)] = true
		}
		l[key] = means
	}
	if letters == 0 {
		return l, false
	}
	if explains = letters == len(l) && meant["R"] && meant["A"]; !explains {
		return nil, false
	}
	return l, true
}

// sheaf makes one list of tables of two columns, a role and its letter, that stand under a heading each. They have the same
// head, and the roles of one come again in another.
func sheaf(tables []Table) []Table {
	for i := 0; i < len(tables); i++ {
		var of []int
		seen, again, letters := map[string]bool{}, 0, map[string]bool{}
		for j := i; j < len(tables) && tables[j].isLeafOf(tables[i]); j++ {
			of = append(of, j)
			for _, row := range tables[j].Rows[1:] {
				if who := likeRole(row.Cell(0)); seen[who] {
					again++
				} else {
					seen[who] = true
				}
				for _, l := range readCell(row.Cell(1)).Letters {
					letters[l] = true
				}
			}
		}
		if len(of) < 2 || again == 0 || !letters["R"] || !letters["A"] {
			continue
		}
		list := tables[i]
		list.List, list.Rows, list.Name, list.Headed = true, nil, "", false
		for _, j := range of {
			list.Rows = append(list.Rows, Row{Line: tables[j].Rows[0].Line, Cells: []string{tables[j].Name}})
			for _, row := range tables[j].Rows[1:] {
				list.Rows = append(list.Rows, Row{Line: row.Line, Cells: []string{row.Cell(0), row.Cell(1)}})
			}
			tables[j].Rows = nil
		}
		tables[i] = list
		i = of[len(of)-1]
	}
	return tables
}

// isLeafOf reports a headed table of names and letters with the same head as the first one.
func (t Table) isLeafOf(first Table) bool {
	if t.List || !t.Headed || t.Name == "" || len(t.Rows) < 2 || t.width() != 2 || len(t.Rows) > gridRows || !slices.Equal(t.Rows[0].Cells, first.Rows[0].Cells) {
		return false
	}
	names := map[string]bool{}
	for i, row := range t.Rows {
		name, cell := oneLine(row.Cell(0)), readCell(row.Cell(1))
		if readCell(name).kind != textCell || names[name] || i > 0 && cell.kind != letterCell || i == 0 && len(cell.Raw) < 2 {
			return false
		}
		names[name] = true
	}
	return true
}
