package sheet

import (
	"maps"
	"slices"
)

// recordGrid is what a table made of records says of itself: whether its columns are letters or roles, and who has a part.
type recordGrid struct {
	letters bool
	roles   map[string]bool
	naming  string // what heads its first column
}

// group makes one table of those that follow each other from a place on, where they have the same shape and mostly the
// same roles: categories above the activities of one grid. What they were called becomes their group.
func (r *recordReader) group(from int, name string) {
	out := r.tables[:from:from]
	for i := from; i < len(r.tables); {
		first := r.tables[i].recordGrid()
		end := i + 1
		for roles := maps.Clone(first.roles); end < len(r.tables) && r.tables[end].Name != ""; end++ {
			next := r.tables[end].recordGrid()
			if next.letters != first.letters || next.naming != first.naming || !overlap(roles, next.roles) {
				break
			}
			maps.Copy(roles, next.roles)
		}
		if t := r.tables[i]; end == i+1 || t.Name == "" {
			out = append(out, t)
			i++
			continue
		}
		out = append(out, grouped(r.tables[i:end], name))
		i = end
	}
	r.tables = out
}

// overlap says that of the smaller of two sets at least half is in the other.
func overlap(a, b map[string]bool) bool {
	shared := 0
	for name := range b {
		if a[name] {
			shared++
		}
	}
	return shared > 0 && shared*2 >= min(len(a), len(b))
}

// recordGrid reads the head of such a table, and its cells for names or letters.
func (t Table) recordGrid() recordGrid {
	g := recordGrid{roles: map[string]bool{}}
	if t.List || len(t.Rows) < 2 {
		return g
	}
	head := t.Rows[0]
	g.naming = head.Cell(0)
	of := &letterReader{}
	of.head(head)
	g.letters = len(of.of) > 0
	for _, row := range t.Rows[1:] {
		if g.letters {
			for _, col := range of.l.roles {
				for _, n := range splitNames(row.Cell(col)) {
					g.roles[likeRole(n.text)] = true
				}
			}
			continue
		}
		for col, cell := range row.Cells {
			if readCell(cell).kind == letterCell && col > 0 {
				g.roles[likeRole(head.Cell(col))] = true
			}
		}
	}
	return g
}

// grouped is one table of several, with the name of each in a column before theirs.
func grouped(tables []Table, name string) Table {
	out := Table{Name: name, Headed: name != ""}
	head := []string{"group"}
	rows := []Row{{Line: tables[0].Rows[0].Line}}
	for _, t := range tables {
		at := make([]int, len(t.Rows[0].Cells))
		for i, key := range t.Rows[0].Cells {
			if at[i] = slices.Index(head, key); at[i] < 1 {
				at[i], head = len(head), append(head, key)
			}
		}
		for _, row := range t.Rows[1:] {
			cells := make([]string, len(head))
			cells[0] = t.Name
			for i, cell := range row.Cells {
				cells[at[i]] = cell
			}
			rows = append(rows, Row{Line: row.Line, Cells: cells})
		}
	}
	rows[0].Cells = head
	out.Rows = rows
	return out
}
