package sheet

// tickedRows reads a row for each activity and role, with a column for every letter in which ticks stand, as the list that
// it is. The activity comes again, or is written once, and with it another role each time.
func (r *letterReader) tickedRows() (list Table, ok bool) {
	var texts []int
	is := map[int]bool{}
	for _, col := range r.l.roles {
		is[col] = true
	}
	for col := range r.c.width {
		if !is[col] && r.c.below[textCell][r.l.head+1][col] > 1 {
			texts = append(texts, col)
		}
	}
	columns, named := longColumns(r.t, r.l.head, texts)
	if !named {
		return list, false
	}
	list = r.t
	list.List, list.Rows = true, nil
	name, activities, seen, rows := "", 0, map[string]bool{}, 0
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		who, activity := oneLine(row.Cell(columns.role)), oneLine(row.Cell(columns.activity))
		if who == "" || !r.marked(row) {
			continue
		}
		if activity != "" && activity != name {
			name, activities = activity, activities+1
			list.Rows = append(list.Rows, Row{Line: row.Line, Cells: []string{name}})
		}
		if seen[name+"\x00"+who] || name == "" {
			return list, false
		}
		seen[name+"\x00"+who] = true
		for n, col := range r.l.roles {
			if isTick(row.Cell(col), r.of[n]) {
				list.Rows = append(list.Rows, Row{Line: row.Line, Cells: []string{who, r.of[n]}})
			}
		}
		rows++
	}
	return list, activities > 1 && rows*2 >= activities*3
}
