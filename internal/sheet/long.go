package sheet

import (
	"slices"
	"strings"
)

// longTable reads a table with a row for each letter (activity, role, letter) as the list that it is. ok is false for
// others: the same activity must come again with another role, and there must be somebody who does and who answers.
func longTable(t Table, c classes) (list Table, ok bool) {
	for h := range min(len(t.Rows)-2, 5) {
		letters := letterColumns(c, h)
		if len(letters) != 1 || c.kind[h][letters[0]] == letterCell && len(oneLine(t.Rows[h].Cell(letters[0]))) == 1 {
			continue
		}
		var texts []int
		for col := range c.width {
			if col != letters[0] && c.below[textCell][h+1][col]*10 >= c.below[letterCell][h+1][letters[0]]*8 && c.kind[h][col] == textCell {
				texts = append(texts, col)
			}
		}
		activity, role, ok := longColumns(t, h, texts)
		if !ok {
			continue
		}
		return longList(t, t.Rows[h+1:], activity, role, letters[0])
	}
	return Table{}, false
}

// longColumns tells the activities' column from the roles' by their headings: one of them has to be known.
func longColumns(t Table, head int, texts []int) (activity, role int, ok bool) {
	activity, role = -1, -1
	for _, col := range texts {
		heading := t.Rows[head].Cell(col)
		switch {
		case role < 0 && hasWord(heading, roleWords):
			role = col
		case activity < 0 && (hasWord(heading, activityWords) || hasWord(heading, nearWords)):
			activity = col
		}
	}
	rest := slices.DeleteFunc(slices.Clone(texts), func(col int) bool { return col == activity || col == role })
	if len(rest) == 1 && activity < 0 && role >= 0 {
		activity = rest[0]
	} else if len(rest) == 1 && role < 0 && activity >= 0 {
		role = rest[0]
	}
	return activity, role, activity >= 0 && role >= 0
}

func longList(t Table, rows []Row, activity, role, letter int) (list Table, ok bool) {
	list = t
	list.List, list.Rows = true, nil
	at, pairs, name := map[string]int{}, map[string]bool{}, ""
	letters := map[string]bool{}
	var names []string
	of := map[string][]Row{}
	for _, row := range rows {
		if s := oneLine(row.Cell(activity)); s != "" {
			name = s
		}
		who, cell := oneLine(row.Cell(role)), t.read(row.Cell(letter))
		if name == "" || who == "" || cell.kind == blankCell {
			continue
		}
		if _, known := at[name]; !known {
			at[name], names = row.Line, append(names, name)
		}
		for _, l := range cell.Letters {
			letters[l] = true
		}
		pairs[name+"\x00"+who] = true
		of[name] = append(of[name], Row{Line: row.Line, Cells: []string{who, row.Cell(letter)}})
	}
	for _, n := range names {
		list.Rows = append(list.Rows, Row{Line: at[n], Cells: []string{n}})
		list.Rows = append(list.Rows, of[n]...)
	}
	given := len(list.Rows) - len(names)
	return list, len(names) > 1 && given*2 >= len(names)*3 && len(pairs)*10 >= given*7 && letters["R"] && letters["A"]
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
