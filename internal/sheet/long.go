package sheet

import (
	"slices"
	"strings"
)

// longTable reads a table with a row for each letter (activity, role, letter) as the list that it is. ok is false for
// others: the same activity must come again with another role, and there must be somebody who does and who answers.
func longTable(t Table, c classes) (list Table, ok bool) {
	for h := range min(len(t.Rows)-2, 5) {
		letters := letterColumns(t, c, h)
		if len(letters) != 1 || c.kind[h][letters[0]] == letterCell && len(oneLine(t.Rows[h].Cell(letters[0]))) == 1 {
			continue
		}
		var texts []int
		for col := range c.width {
			if col != letters[0] && c.below[textCell][h+1][col]*10 >= c.below[letterCell][h+1][letters[0]]*8 && c.kind[h][col] == textCell {
				texts = append(texts, col)
			}
		}
		columns, ok := longColumns(t, h, texts)
		if !ok {
			continue
		}
		columns.letter = letters[0]
		heads := t.Rows[h]
		columns.headed = raciWord.MatchString(heads.Cell(columns.letter)) && hasWord(heads.Cell(columns.role), roleWords) &&
			(hasWord(heads.Cell(columns.activity), activityWords) || hasWord(heads.Cell(columns.activity), nearWords))
		return longList(t, t.Rows[h+1:], columns)
	}
	return Table{}, false
}

// longColumns tells the activities' column from the roles' and the groups' by their headings: one of the first two has to
// be known.
func longColumns(t Table, head int, texts []int) (c longLayout, ok bool) {
	c = longLayout{activity: -1, role: -1, group: -1}
	first := func(set map[string]bool) int {
		for _, col := range texts {
			if col != c.activity && col != c.role && hasWord(t.Rows[head].Cell(col), set) {
				return col
			}
		}
		return -1
	}
	c.role = first(roleWords)
	if c.activity = first(activityWords); c.activity < 0 {
		c.activity = t.finest(head, slices.DeleteFunc(slices.Clone(texts), func(col int) bool { return col == c.role || !hasWord(t.Rows[head].Cell(col), nearWords) }))
	}
	for _, col := range texts {
		switch {
		case col == c.activity || col == c.role:
		case c.activity < 0 && c.role >= 0:
			c.activity = col
		case c.role < 0 && c.activity >= 0:
			c.role = col
		case col < c.activity && !attributeWords[compact(t.Rows[head].Cell(col))]:
			c.group = col
		}
	}
	return c, c.activity >= 0 && c.role >= 0
}

// finest is the column of these that holds most different texts, as steps do beside the processes that they are of; -1 of none.
func (t Table) finest(head int, cols []int) int {
	best, most := -1, 0
	for _, col := range cols {
		seen := map[string]bool{}
		for _, row := range t.Rows[head+1:] {
			seen[oneLine(row.Cell(col))] = true
		}
		if len(seen) > most {
			best, most = col, len(seen)
		}
	}
	return best
}

// longLayout is which column of a long table holds what; group is -1 where there is none. headed says that the heads leave
// no doubt: "Role", "Task", "RACI". Then an activity need not come again.
type longLayout struct {
	activity, role, letter, group int
	headed                        bool
}

func longList(t Table, rows []Row, c longLayout) (list Table, ok bool) {
	list = t
	list.List, list.whole, list.Rows = true, true, nil
	pairs, letters := map[string]bool{}, map[string]bool{}
	var heads []Row
	of := map[string][]Row{}
	name, group := "", ""
	for _, row := range rows {
		if s := oneLine(row.Cell(c.group)); s != "" {
			group = s
		}
		if s := oneLine(row.Cell(c.activity)); s != "" {
			name = s
		}
		who, cell := oneLine(row.Cell(c.role)), t.read(row.Cell(c.letter))
		if name == "" || who == "" || cell.kind == blankCell {
			continue
		}
		key := group + "\x00" + name
		if of[key] == nil {
			heads = append(heads, Row{Line: row.Line, Cells: []string{name, "", group}})
		}
		for _, l := range cell.Letters {
			letters[l] = true
		}
		pairs[key+"\x00"+who] = true
		of[key] = append(of[key], Row{Line: row.Line, Cells: []string{who, row.Cell(c.letter)}})
	}
	for _, head := range heads {
		list.Rows = append(append(list.Rows, head), of[head.Cells[2]+"\x00"+head.Cells[0]]...)
	}
	given := len(list.Rows) - len(heads)
	return list, (len(heads) > 1 || c.headed && given > 1) && (c.headed || given*2 >= len(heads)*3) && len(pairs)*10 >= given*7 && letters["R"] && letters["A"]
}

// emptyForm recognises a grid that nobody has filled in: a head that begins with the activities, and nothing below the
// roles, in a table that says elsewhere that it is about responsibilities.
func emptyForm(t Table, c classes, file string) (Grid, bool) {
	for h := range min(len(t.Rows), headerRows) {
		head := t.Rows[h]
		first := slices.IndexFunc(head.Cells, func(s string) bool { return clean(s) != "" })
		if filled(head) < 3 || repeatsOneText(head) || !hasWord(head.Cells[first], activityWords) {
			continue
		}
		g := refused(t, file, IsTemplate, ActivityRole, "This is the empty form of a RACI grid: it has roles and no letters. Fill it in, then bring it again.")
		g.Confidence, g.Where = 0.8, whereOf(t, head.Line)
		placeholders := 0
		for _, s := range head.Cells[first+1:] {
			if s = oneLine(s); s != "" && !hasWord(s, noteWords) {
				g.Roles = append(g.Roles, s)
				if isPlaceholder(s) {
					placeholders++
				}
			}
		}
		for _, row := range t.Rows[h+1:] {
			if filled(row) == 1 && clean(row.Cell(first)) != "" && !isLegend(row) {
				g.Activities = append(g.Activities, GridActivity{Line: row.Line, Name: oneLine(row.Cell(first)), Cells: map[string]Cell{}})
			} else if !isLegend(row) && filled(row) > 1 && !onlyLabels(row, first) {
				return Grid{}, false
			}
		}
		about := strings.ToLower(t.Name + " " + file)
		for _, row := range t.Rows[:h] {
			about += " " + strings.ToLower(firstText(row))
		}
		said := strings.Contains(about, "raci") || strings.Contains(about, "rasci") || strings.Contains(about, "responsib")
		return g, len(g.Roles) > 1 && (said || t.Legend.agrees() || placeholders*2 > len(g.Roles))
	}
	return Grid{}, false
}

// onlyLabels reports a row with nothing right of its name, or with signs for nothing.
func onlyLabels(row Row, first int) bool {
	for col, s := range row.Cells {
		if col > first && readCell(s).kind != blankCell {
			return false
		}
	}
	return true
}
