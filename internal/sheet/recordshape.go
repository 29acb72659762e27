package sheet

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// nested looks into records that hold lists of activities instead of letters: a table for each, by its name, or one of all
// that are categories of the same grid.
func (r *recordReader) nested(records []node) bool {
	inside := false
	for _, rec := range records {
		for _, v := range rec.of {
			if v.kind == 'l' && len(v.list) > 0 && v.list[0].kind == 'r' {
				_, _, pair := v.list[0].pair()
				inside = inside || !pair && v.list[0].lettered()
			} else if v.kind == 'r' && v.lettered() {
				return false
			}
		}
	}
	if !inside {
		return false
	}
	from := len(r.tables)
	for _, rec := range records {
		name := ""
		for i, v := range rec.of {
			if v.kind == 's' && (name == "" || hasWord(rec.keys[i], nearWords)) {
				name = v.text
			}
		}
		for i, v := range rec.of {
			if name == "" {
				r.find(v, rec.keys[i])
			} else {
				r.find(v, name)
			}
		}
	}
	r.group(from, "") // the key of their list is what they are, "phases", and no name
	return true
}

// lettered says that a record gives letters to roles, or roles to letters, in itself or in a record inside.
func (v node) lettered() bool {
	for i, key := range v.keys {
		if letter, _ := headLetter(key); letter != "" || v.of[i].kind != 'r' && readCell(v.of[i].flat()).kind == letterCell || v.of[i].kind == 'r' && v.of[i].lettered() {
			return true
		}
	}
	return false
}

// byName says whether a record's keys are the names of activities: each of
// its values is a record that gives letters, or roles by letter.
func (r *recordReader) byName(v node) bool {
	if len(v.of) == 0 {
		return false
	}
	for _, item := range v.of {
		given, whole := false, 0
		for i, k := range item.keys {
			if item.of[i].allLetters() {
				whole++
			}
			if list := item.of[i].list; len(list) > 0 && list[0].kind == 'l' {
				return false // a matrix
			}
			letter, _ := headLetter(k)
			given = given || letter != "" && item.of[i].kind != 'r' || readCell(item.of[i].flat()).kind == letterCell || len(v.of) > 1 && (item.of[i].allLetters() || item.of[i].headed())
		}
		if item.kind != 'r' || !given || whole > 1 { // several activities: a category of them
			return false
		}
	}
	return true
}

// personKeys are of records of people and of few others.
var personKeys = words("bio biography avatar github gitlab twitter linkedin mastodon orcid affiliation pronouns birthday")

// ofPeople reports several records most of which hold the name of a person, and one what only people have: cakes have names too.
// The keys that lead to them are what each is called in the file.
func ofPeople(records []node) bool {
	people, sure := 0, false
	for _, rec := range records {
		if rec.kind != 'r' {
			return false
		}
		if rec.personName() != "" {
			people++
		}
		sure = sure || rec.address() != "" || slices.ContainsFunc(rec.keys, func(key string) bool { return personKeys[compact(key)] })
	}
	return sure && people > 1 && people*4 >= len(records)*3
}

// underTitle is a record without the texts that say something of its records, where it holds several of these and no lists.
func (v node) underTitle() (bare node) {
	bare = node{kind: 'r', line: v.line}
	for i, item := range v.of {
		switch item.kind {
		case 'l':
			return node{}
		case 'r':
			bare.keys, bare.of = append(bare.keys, v.keys[i]), append(bare.of, item)
		}
	}
	if len(bare.of) < 2 || v.ownTitle() == "" {
		return node{}
	}
	return bare
}

// allLetters says that a record holds nothing but roles with their letters.
func (v node) allLetters() bool {
	for _, item := range v.of {
		if item.kind == 'r' || readCell(item.flat()).kind != letterCell {
			return false
		}
	}
	return v.kind == 'r' && len(v.of) > 1
}

// paired makes records by letter of lists of lines that give each to a role, "R: Chef", at any depth, and of texts that give several.
func (v node) paired() node {
	if activity, pairs := (textLine{text: v.text}).spelledOut(); v.kind == 's' && activity == "" && len(pairs) > 1 {
		v = node{kind: 'r', line: v.line}
		for _, p := range pairs {
			v.keys, v.of = append(v.keys, p[1]), append(v.of, node{kind: 's', text: p[0]})
		}
		return v
	}
	for i := range v.of {
		v.of[i] = v.of[i].paired()
	}
	for i := range v.list {
		v.list[i] = v.list[i].paired()
	}
	by := node{kind: 'r', line: v.line}
	for _, item := range v.list {
		role, letters, ok := lineOf(0, item.text).pair()
		if item.kind != 's' || !ok {
			return v
		}
		for l := range strings.SplitSeq(readCell(letters).RACI(), "") {
			by.keys, by.of = append(by.keys, l), append(by.of, node{kind: 's', text: role})
		}
	}
	if len(by.keys) < 2 {
		return v
	}
	return by
}

// allLettered says that each of these is a record that begins as the others do and gives letters.
func allLettered(roots []node) bool {
	for _, root := range roots {
		if root.kind != 'r' || len(root.keys) == 0 || root.keys[0] != roots[0].keys[0] || root.of[0].kind != 's' || !root.lettered() {
			return false
		}
	}
	return true
}

// titled says that a record holds its own name.
func (v node) titled() bool {
	for i, key := range v.keys {
		if v.of[i].kind == 's' && v.of[i].text != "" && titleKeys[strings.ToLower(key)] {
			return true
		}
	}
	return false
}

// ownTitle is the name that a record holds, or "".
func (v node) ownTitle() string {
	for i, key := range v.keys {
		if v.of[i].kind == 's' && titleKeys[strings.ToLower(key)] {
			return v.of[i].text
		}
	}
	return ""
}

// about is what a record says that its list of activities is about, or "".
func (v node) about() string {
	title := v.ownTitle()
	for i, key := range v.keys {
		if v.of[i].kind == 's' && aboutKeys[strings.ToLower(key)] {
			title = cmp.Or(title, v.of[i].text)
		}
	}
	return title
}

var aboutKeys = words("process procedure practice service project programme program workflow prozess verfahren projekt processus proceso processo procedura proces")

var titleKeys = words("name title activity task label titel nombre nom nome titre título titolo")

// flat is a node as the text of a cell: items of a list are lines.
func (v node) flat() string {
	if v.kind != 'l' {
		return v.text
	}
	var lines []string
	for _, item := range v.list {
		if s := item.flat(); s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

func (r *recordReader) grid(name string, rows []node) {
	t := Table{Name: name, Headed: name != ""}
	for n, row := range rows {
		cells := make([]string, len(row.list))
		for i, item := range row.list {
			cells[i] = item.flat()
		}
		r.add(&t, max(row.line, n+1), cells)
	}
	if len(t.Rows) > 0 {
		r.tables = append(r.tables, t)
	}
}

// single reads a record that is one activity, with its letters in it or in a record inside: an activity a file.
func (r *recordReader) single(v node) bool {
	one := node{kind: 'r', line: v.line}
	keep := func(from node, at int) {
		one.keys, one.of = append(one.keys, from.keys[at]), append(one.of, from.of[at])
	}
	for i, item := range v.of {
		if item.kind == 's' && item.text != "" && len(one.keys) == 0 && (hasWord(v.keys[i], nearWords) || hasWord(v.keys[i], activityWords) || titleKeys[strings.ToLower(v.keys[i])]) {
			keep(v, i)
		}
	}
	if len(one.keys) == 0 {
		return false
	}
	for _, rec := range append([]node{v}, v.of...) {
		for i, key := range rec.keys {
			if letter, _ := headLetter(key); letter != "" && rec.headed() {
				keep(rec, i)
			}
		}
	}
	if len(one.keys) > 1 {
		r.table("", []node{one}, nil)
	}
	return len(one.keys) > 1
}

// headed reports a record whose keys are letters, R and A among them, with roles behind them.
func (v node) headed() bool {
	seen := map[string]bool{}
	for i, key := range v.keys {
		if letter, _ := headLetter(key); letter != "" && v.of[i].kind != 'r' && readCell(v.of[i].flat()).kind == textCell {
			seen[letter] = true
		}
	}
	return seen["R"] && seen["A"]
}

// oneAnswers says that in each of the records a single name answers, and it is no list: that is how activities are written.
func oneAnswers(records []node) bool {
	for _, rec := range records {
		single := false
		for i, key := range rec.keys {
			letter, _ := headLetter(key)
			single = single || letter == "A" && rec.of[i].kind == 's' && rec.of[i].text != ""
		}
		if !single {
			return false
		}
	}
	return true
}

// looksLikeJSON tells by the first and last sign.
func looksLikeJSON(data []byte) bool {
	data = bytes.TrimSpace(data)
	return len(data) > 1 && !bytes.HasPrefix(data, []byte("{|")) && (data[0] == '{' && data[len(data)-1] == '}' || data[0] == '[' && data[len(data)-1] == ']')
}
