package sheet

import (
	"maps"
	"slices"
)

// leaf is a small table under a heading that is one activity: names and their letters, a cell each.
type leaf struct {
	kind  string // what heads its columns, or that letters stand down its side
	pairs []Row
}

// sheaf makes one list of leaves that follow each other. Somebody in one of them has to come again in another, or again
// in itself: a legend looks the same.
func sheaf(tables []Table) []Table {
	for i := 0; i < len(tables); {
		first, ok := tables[i].leaf()
		leaves := []leaf{first}
		for ok && i+len(leaves) < len(tables) {
			next, more := tables[i+len(leaves)].leaf()
			if !more || next.kind != first.kind {
				break
			}
			leaves = append(leaves, next)
		}
		if len(leaves) > 1 {
			bind(tables[i:i+len(leaves)], leaves)
		}
		i += len(leaves)
	}
	return tables
}

// bind puts the leaves that have a name in common with others into the first of their tables; the others lose their rows.
func bind(tables []Table, leaves []leaf) {
	seen, letters := map[string]int{}, map[string]bool{}
	for _, l := range leaves {
		for name, n := range l.names() {
			seen[name] += n
		}
	}
	first, rows := -1, []Row(nil)
	for i, l := range leaves {
		shared := slices.ContainsFunc(slices.Collect(maps.Keys(l.names())), func(name string) bool { return seen[name] > 1 })
		if !shared {
			continue
		}
		rows = append(rows, Row{Line: tables[i].Rows[0].Line, Cells: []string{tables[i].Name}})
		for _, p := range l.pairs {
			rows = append(rows, p)
			for _, letter := range readCell(p.Cells[1]).Letters {
				letters[letter] = true
			}
		}
		if first < 0 {
			first = i
		}
	}
	if len(rows) == 0 || !letters["R"] || !letters["A"] {
		return
	}
	list := tables[first]
	list.List, list.Rows, list.Name, list.Headed = true, rows, "", false
	for i, l := range leaves {
		if slices.ContainsFunc(rows, func(r Row) bool { return len(l.pairs) > 0 && r.Line == l.pairs[0].Line }) {
			tables[i].Rows = nil
		}
	}
	tables[first] = list
}

// names counts those of a leaf.
func (l leaf) names() map[string]int {
	out := map[string]int{}
	for _, p := range l.pairs {
		for _, name := range splitNames(p.Cells[0]) {
			out[likeRole(name.text)]++
		}
	}
	return out
}

// leaf reads a headed table of two columns as one: a role and its letters in each row, or a letter and its names.
func (t Table) leaf() (l leaf, ok bool) {
	if t.List || !t.Headed || t.Name == "" || len(t.Rows) < 2 || t.width() != 2 || len(t.Rows) > gridRows {
		return l, false
	}
	for head := -1; head < 1; head++ {
		if rows := t.lettersDown(head, 0); rows != nil {
			for _, i := range rows {
				letter, _ := headLetter(oneLine(t.Rows[i].Cell(0)))
				l.pairs = append(l.pairs, Row{Line: t.Rows[i].Line, Cells: []string{t.Rows[i].Cell(1), letter}})
			}
			l.kind = "letters down"
			return l, true
		}
	}
	named := map[string]bool{}
	for i, row := range t.Rows {
		name, cell := oneLine(row.Cell(0)), readCell(row.Cell(1))
		nothing := cell.kind == blankCell && cell.Raw != "" // a sign that says so
		if readCell(name).kind != textCell || named[name] || i > 0 && cell.kind != letterCell && !nothing || i == 0 && len(cell.Raw) < 2 {
			return l, false
		}
		named[name] = true
		if i > 0 && !nothing {
			l.pairs = append(l.pairs, Row{Line: row.Line, Cells: []string{name, row.Cell(1)}})
		}
	}
	l.kind = oneLine(t.Rows[0].Cell(0)) + "|" + oneLine(t.Rows[0].Cell(1))
	return l, len(l.pairs) > 0
}
