package sheet

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// recordsMost bounds YAML, JSON and TOML: as trees they take many times their size.
const recordsMost = 2 << 20

// node is a piece of YAML, JSON or TOML in its order.
type node struct {
	text string   // of a scalar
	list []node   // of a list
	keys []string // of a record
	of   []node   // the values of keys
	kind byte     // 's', 'l' or 'r'
	line int      // 0: not known
}

var errTooDeep = errors.New("too deep")

// readRecords finds what YAML, JSON or TOML says about activities and roles: lists
// of records, or records by the activity's name.
func readRecords(data []byte, limits Limits, values func(string) ([]node, error)) ([]Table, error) {
	if len(data) > recordsMost {
		return nil, refuse(TooLarge, "This file has %s; of YAML, JSON and TOML at most %s are read. Split it.", megabytes(int64(len(data))), megabytes(recordsMost))
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	roots, err := values(text)
	if err != nil {
		return nil, refuse(Broken, "This file cannot be read: %s. Mend it, or bring the table as .xlsx or .csv.", reasonOf(err))
	}
	r := recordReader{limits: limits}
	if len(roots) > 1 && allLettered(roots) { // an activity a document, or a line
		roots = []node{{kind: 'l', list: roots}}
	}
	for _, root := range roots {
		r.find(root.peopleTree().paired(), "")
	}
	if r.err == nil && len(r.tables) == 0 {
		r.tables = tableless("There is no list of activities in this file.", "There is no list of records in this file. A list has a record for each, with the same keys.")
	}
	return r.tables, r.err
}

func reasonOf(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimPrefix(strings.TrimPrefix(text, "yaml: "), "json: ")
}

// recordReader turns records into tables: a row for each, a column for each
// key; what a record holds in a record of its own becomes columns too.
type recordReader struct {
	limits Limits
	tables []Table
	cells  int
	err    error
	title  string // the first name that the file gives anything
}

// find looks for records at any depth. name is the key that leads here.
func (r *recordReader) find(v node, name string) {
	switch {
	case r.err != nil:
	case v.kind == 'l' && len(v.list) > 0 && v.list[0].kind == 'r' && !slices.ContainsFunc(v.list, func(item node) bool { return item.byKey() == nil }):
		for _, item := range v.list {
			r.find(item, name)
		}
	case v.kind == 'l' && len(v.list) > 0 && v.list[0].kind == 'r':
		if !r.nested(v.list) {
			r.table(name, v.list, nil)
		}
	case v.kind == 'l' && len(v.list) > 1 && v.list[0].kind == 'l':
		r.grid(name, v.list)
	case v.kind == 'r' && r.matrix(v, name):
	case v.kind == 'r' && r.single(v):
	case v.kind == 'r' && (r.byName(v) || ofPeople(v.of)):
		r.table(name, v.of, v.keys)
	case v.kind == 'r' && r.byName(v.underTitle()):
		r.table(cmp.Or(v.ownTitle(), name), v.underTitle().of, v.underTitle().keys)
	case v.byKey() != nil:
		r.table(name, v.byKey(), nil)
	case v.kind == 'r' && r.title != "" && v.headed():
		r.table("", []node{v}, []string{r.title})
		r.title = "" // it names no other
	case v.kind == 'r':
		from := len(r.tables)
		r.title = cmp.Or(r.title, v.ownTitle())
		for i, k := range v.keys {
			before := len(r.tables)
			r.find(v.of[i], k)
			if title := v.about(); title != "" && len(r.tables) == before+1 && r.tables[before].Name == k && (activityWords[compact(k)] || raciWord.MatchString(k)) {
				r.tables[before].Name = title // "activities" is no name
			}
		}
		r.group(from, name)
	case v.kind == 'l':
		for _, item := range v.list {
			r.find(item, name)
		}
	}
}

// table makes one of records; names are theirs where they are not inside.
func (r *recordReader) table(name string, records []node, names []string) {
	t := Table{Name: name, Headed: name != ""}
	column := map[string]int{}
	var head []string
	place := func(key string) int {
		at, known := column[key]
		if !known {
			at = len(head)
			column[key], head = at, append(head, key)
		}
		return at
	}
	named := naming(name, records)
	if names != nil {
		place(named)
	}
	var rows []Row
	for n, rec := range records {
		var cells []string
		put := func(key, text string) {
			at := place(key)
			for len(cells) <= at {
				cells = append(cells, "")
			}
			cells[at] = strings.TrimPrefix(cells[at]+"\n"+text, "\n")
		}
		if names != nil {
			put(named, names[n])
		}
		r.fill(rec, put)
		rows = append(rows, Row{Line: max(rec.line, n+1), Cells: cells})
	}
	r.add(&t, max(1, rows[0].Line-1), head)
	for _, row := range rows {
		r.add(&t, row.Line, row.Cells)
	}
	if len(t.Rows) > 1 {
		r.tables = append(r.tables, t)
	}
}

// naming is what the names are that lead to records: of activities, of roles, or, where the names are in the records, keys.
func naming(name string, records []node) string {
	switch {
	case !slices.ContainsFunc(records, func(rec node) bool { return !rec.titled() }), ofPeople(records):
		return "id"
	case hasWord(name, roleWords) && !oneAnswers(records):
		return "role"
	}
	return "activity"
}

// fill puts the fields of a record into their columns. A record inside gives
// letters by role, or roles by letter; a list of records inside says one role
// and its letters each.
func (r *recordReader) fill(rec node, put func(key, text string)) {
	for i, key := range rec.keys {
		v := rec.of[i]
		switch {
		case v.isPair():
			role, letters, _ := v.pair()
			put(role, letters)
		case v.heldBy(key) != "":
			put(key, v.heldBy(key))
		case v.kind == 'r':
			for n, inner := range v.keys {
				if saysManager(key) || slices.Contains(rec.keys, inner) && v.of[n].kind == 's' {
					inner = key + " " + inner // "manager: {name: …}" in a record with a name
				}
				put(inner, v.of[n].flat())
			}
		case v.kind == 'l' && len(v.list) > 0 && v.list[0].kind == 'r':
			for _, item := range v.list {
				if role, letters, ok := item.pair(); ok {
					for name := range strings.SplitSeq(role, "\n") {
						put(name, letters)
					}
				}
			}
		default:
			put(key, v.flat())
		}
	}
}

// pair is a record that says a role and its letters: {role: DBA, raci: A}.
func (v node) pair() (role, letters string, ok bool) {
	for i := range v.keys {
		text := v.of[i].flat()
		switch kind := readCell(strings.ReplaceAll(text, "\n", ", ")).kind; {
		case kind == letterCell && letters != "":
			return "", "", false // letters of several
		case kind == letterCell:
			letters = strings.ReplaceAll(text, "\n", ", ")
		case kind == textCell && role == "":
			role = text
		}
	}
	return role, letters, role != "" && letters != ""
}

// isPair says that a record is nothing but one role and its letters, under keys that say so.
func (v node) isPair() bool {
	if v.kind != 'r' || len(v.keys) != 2 || !hasWord(v.keys[0], roleWords) && !hasWord(v.keys[1], roleWords) {
		return false
	}
	_, _, ok := v.pair()
	return ok
}

func (r *recordReader) add(t *Table, line int, cells []string) {
	if r.cells += len(cells); r.cells > r.limits.Cells || len(cells) > r.limits.Columns {
		r.err = refuse(TooLarge, "The lists of this file are larger than is read. Bring the one that matters in a file of its own.")
		return
	}
	if row := (Row{Line: line, Cells: cells}); filled(row) > 0 {
		t.Rows = append(t.Rows, row)
	}
}
