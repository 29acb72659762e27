package sheet

import "slices"

// recordMatrix is what a record says of a matrix: names down its side and along its top, and the rows where they meet.
type recordMatrix struct {
	side, top []string
	corner    string // the key of the names down the side
	rows      []node
}

// matrix reads a record of two lists of names and the rows of letters where they meet, of one list and records of a name
// and a row each, or of one list and a list of letters by each role.
func (r *recordReader) matrix(v node, name string) bool {
	m, ok := twoLists(v)
	if !ok {
		m, ok = labelledRows(v)
	}
	if !ok {
		m, ok = namedRows(v)
	}
	if !ok {
		m, ok = listColumns(v)
	}
	if !ok {
		return false
	}
	t := Table{Name: name, Headed: name != ""}
	r.add(&t, max(m.rows[0].line-1, 1), append([]string{m.corner}, m.top...))
	for n, row := range m.rows {
		cells := []string{m.side[n]}
		for _, item := range row.list {
			cells = append(cells, item.flat())
		}
		r.add(&t, max(row.line, n+2), cells)
	}
	r.tables = append(r.tables, t)
	return true
}

// twoLists finds {roles: [...], activities: [...], matrix: [[...], ...]}.
func twoLists(v node) (m recordMatrix, ok bool) {
	var names [][]string
	var keys []string
	for i, key := range v.keys {
		switch list := v.of[i].list; {
		case len(list) == 0:
		case list[0].kind == 'l':
			m.rows = list
		case list[0].kind == 's':
			names, keys = append(names, textsOf(list)), append(keys, key)
		}
	}
	if len(m.rows) == 0 || len(names) != 2 {
		return m, false
	}
	side, top := 0, 1
	if fits := len(names[0]) == len(m.rows) && len(names[1]) == len(m.rows[0].list); !fits || len(m.rows) == len(names[1]) && hasWord(keys[0], roleWords) {
		side, top = 1, 0
	}
	m.side, m.top, m.corner = names[side], names[top], keys[side]
	return m, len(m.side) == len(m.rows) && len(m.top) == len(m.rows[0].list)
}

// labelledRows finds {columns: [PM, Dev], rows: [{label: Open, values: [A, R]}, ...]}.
func labelledRows(v node) (m recordMatrix, ok bool) {
	var records []node
	for i, key := range v.keys {
		switch list := v.of[i].list; {
		case len(list) < 2:
		case list[0].kind == 's' && m.top == nil:
			m.top = textsOf(list)
		case list[0].kind == 'r':
			records, m.corner = list, key
		}
	}
	for _, rec := range records {
		label, row := "", node{}
		for i := range rec.keys {
			switch v := rec.of[i]; {
			case v.kind == 's' && label == "":
				label = v.text
			case v.kind == 'l' && len(v.list) == len(m.top) && allShort(v.list):
				row = v
			}
		}
		if label == "" || len(row.list) == 0 {
			return m, false
		}
		m.side, m.rows = append(m.side, label), append(m.rows, row)
	}
	return m, len(m.rows) > 0
}

// namedRows finds {roles: [PM, Dev], matrix: {Open: [A, R], Close: [I, A]}}.
func namedRows(v node) (m recordMatrix, ok bool) {
	for i, key := range v.keys {
		switch of := v.of[i]; {
		case of.kind == 'l' && len(of.list) > 1 && of.list[0].kind == 's' && m.top == nil:
			m.top = textsOf(of.list)
		case of.kind == 'r' && len(of.of) > 1 && m.rows == nil:
			m.corner, m.side, m.rows = key, of.keys, of.of
		}
	}
	for _, row := range m.rows {
		if row.kind != 'l' || len(row.list) != len(m.top) || !allShort(row.list) {
			return m, false
		}
	}
	return m, len(m.rows) > 0
}

// listColumns finds {task: [Open, Close], PM: [A, I], Dev: [R, A]}: a column of a table by its heading.
func listColumns(v node) (m recordMatrix, ok bool) {
	var columns [][]node
	for i, key := range v.keys {
		switch list := v.of[i].list; {
		case len(list) == 0:
		case allShort(list):
			m.top, columns = append(m.top, key), append(columns, list)
		case m.side == nil && list[0].kind == 's':
			m.side, m.corner = textsOf(list), key
		default:
			return m, false
		}
	}
	letters := false
	for _, column := range columns {
		if len(column) != len(m.side) {
			return m, false
		}
		letters = letters || slices.ContainsFunc(column, func(item node) bool { return readCell(item.text).RACI() != "" })
	}
	if len(m.side) < 2 || len(columns) < 2 || !letters {
		return m, false
	}
	for n := range m.side {
		row := node{kind: 'l', line: columns[0][n].line}
		for _, column := range columns {
			row.list = append(row.list, column[n])
		}
		m.rows = append(m.rows, row)
	}
	return m, true
}

// allShort says that nothing but letters, signs and blanks stands in a list.
func allShort(list []node) bool {
	for _, item := range list {
		if item.kind != 's' || readCell(item.text).kind == textCell {
			return false
		}
	}
	return true
}

func textsOf(list []node) (texts []string) {
	for _, item := range list {
		texts = append(texts, item.text)
	}
	return texts
}
