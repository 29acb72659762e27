package sheet

import (
	"maps"
	"slices"
	"strings"
	"unicode"
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

// isNeither reports what is no letter and no digit: such a sign is no abbreviation.
func isNeither(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
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
		if key == "" && means == "" || i == 0 && sign > 1 || len(readCell(key).RACI()) > 1 {
			continue // "R/A" says of both what stands elsewhere
		}
		if _, twice := l[key]; twice || sign == 0 || sign > 10 || strings.ContainsFunc(key, isNeither) || utf8.RuneCountInString(means) < max(4, sign+1) {
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
