package sheet

import (
	"slices"
	"strings"
)

// personWords head a column of people, beside what it is called in lists of them.
var personWords = folded(headings[FullName] + " participant participants staff 氏名 姓名 担当者")

// letterOfEach gives a table of people with one letter each, in a column headed "RACI", a column for each letter: it is about
// one activity. A table of activities, roles and letters has a column of activities, too.
func (t Table) letterOfEach() (each Table, ok bool) {
	for h := range min(len(t.Rows)-2, 5) {
		heads := t.Rows[h].Cells
		letter := slices.IndexFunc(heads, raciHead)
		if letter < 0 {
			continue
		}
		named := false
		for who, s := range heads { // where names are still to come, roles stand beside them
			if !hasWord(s, personWords) && !hasWord(s, roleWords) {
				continue
			}
			if named = true; saysWhatIsDone(slices.Delete(slices.Clone(heads), who, who+1)) {
				return t, false
			}
			if each, ok := t.spread(h, who, letter); ok {
				return each, true
			}
		}
		if named {
			return t, false
		}
	}
	return t, false
}

// saysWhatIsDone reports a heading of activities among others. What roles are there for is none: "Responsibility", "Name".
func saysWhatIsDone(heads []string) bool {
	return slices.ContainsFunc(heads, func(s string) bool {
		return len(tokens(s)) < 4 && !describesRole[compact(s)] && (hasWord(s, activityWords) || hasWord(s, nearWords))
	})
}

// describesRole heads what somebody with a role is there for, or who that is.
var describesRole = folded("responsibility personfunction function name names interest verantwortung verantwortlichkeit responsabilité responsabilidad responsabilidade responsabilità")

// raciHead says that a column holds letters: "RACI", "R/A/C/I".
func raciHead(s string) bool {
	s = strings.ToLower(compact(s))
	return s == "raci" || s == "rasci"
}

// spread makes the columns, if each name stands once, with letters, R and A among them.
func (t Table) spread(head, who, letter int) (each Table, ok bool) {
	seen, used := map[string]bool{}, map[string]bool{}
	for _, row := range t.Rows[head+1:] {
		name, read := oneLine(row.Cell(who)), t.read(row.Cell(letter))
		if name == "" || seen[name] || raciHead(row.Cell(letter)) || read.kind != letterCell && read.kind != blankCell {
			return t, false
		}
		seen[name] = true
		for _, l := range read.Letters {
			used[l] = true
		}
	}
	if !used["R"] || !used["A"] {
		return t, false
	}
	each = t
	each.Rows, each.Notes = slices.Clone(t.Rows[:head]), slices.Clone(t.Notes)
	for i, row := range t.Rows[head:] {
		cells := []string{row.Cell(who)}
		for _, l := range strings.Split(canon, "") {
			switch {
			case !used[l]:
			case i == 0 || slices.Contains(t.read(row.Cell(letter)).Letters, l):
				cells = append(cells, l)
			default:
				cells = append(cells, "")
			}
		}
		each.Rows = append(each.Rows, Row{Line: row.Line, Cells: cells})
		if said := row.beside(who, letter); said != "" && i > 0 {
			each.Notes = append(each.Notes, Note{Line: row.Line, Text: oneLine(row.Cell(who)) + ": " + said})
		}
	}
	return each, true
}

// beside is what else a row says than in two of its columns.
func (r Row) beside(one, other int) string {
	var parts []string
	for col, cell := range r.Cells {
		if s := oneLine(cell); s != "" && col != one && col != other {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}
