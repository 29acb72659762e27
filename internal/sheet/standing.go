package sheet

import (
	"slices"
	"strings"
)

// meaningWords head what is said of a letter.
var meaningWords = folded("meaning description definition explanation bedeutung beschreibung erklärung signification définition significado descripción definición descrição definição " +
	"significato descrizione definizione betekenis omschrijving znaczenie opis значение описание 意味 説明 含义 说明")

// laidDown turns a table with a row for each letter and the names of roles in its cells, so that it has a column for each
// letter: an activity a column, or the one that the table is about. A legend looks the same; but what explains a letter
// is not said of another one, too.
func (t Table) laidDown(file string) (turned Table, ok bool) {
	for h := -1; h < min(len(t.Rows)-2, 5); h++ {
		for col := range min(t.width(), 3) {
			if rows := t.lettersDown(h, col); rows != nil {
				if h >= 0 && !t.lettersBeside(rows, col) && slices.ContainsFunc(t.Rows[h].Cells, func(s string) bool { return meaningWords[compact(s)] }) {
					t.explains = true // "Description": a legend
					return t, false
				}
				return t.turnedAt(h, col, rows, file)
			}
		}
	}
	return t, false
}

// lettersBeside reports letters in another column of these rows.
func (t Table) lettersBeside(rows []int, col int) bool {
	return slices.ContainsFunc(rows, func(i int) bool {
		for at, cell := range t.Rows[i].Cells {
			if c := readCell(cell); at != col && c.kind == letterCell && c.repair != "word" {
				return true
			}
		}
		return false
	})
}

// lettersDown are the rows below a head that are headed by a letter or its word each, R and A among them: all that follow.
func (t Table) lettersDown(head, col int) (rows []int) {
	seen := map[string]bool{}
	if head < 0 && t.width() != 2 {
		return nil // without a head it can only be about one activity
	}
	if head >= 0 {
		heading := t.Rows[head].Cell(col)
		if letter, _ := headLetter(oneLine(heading)); letter != "" || measureWords[compact(heading)] { // "Priority"
			return nil
		}
		if raciWord.MatchString(heading) && slices.ContainsFunc(t.Rows[head].Cells, func(s string) bool { return hasWord(s, roleWords) }) {
			return nil // "Actor | RACI": whose letter it is stands beside it
		}
	}
	for i := head + 1; i < len(t.Rows); i++ {
		letter, _ := headLetter(oneLine(t.Rows[i].Cell(col)))
		if letter == "" && len(rows) > 1 && filled(t.Rows[i]) == 1 {
			break // a remark below
		}
		if letter == "" || seen[letter] {
			return nil
		}
		seen[letter] = true
		rows = append(rows, i)
	}
	if !seen["R"] || !seen["A"] || len(rows) < 2 {
		return nil
	}
	return rows
}

func (t Table) turnedAt(head, col int, rows []int, file string) (Table, bool) {
	line, named, again := t.Rows[max(head, 0)].Line, map[string]bool{}, 0
	corner := t.Rows[max(head, 0)].Cell(col)
	out := []Row{{Line: line, Cells: []string{""}}}
	for _, i := range rows {
		out[0].Cells = append(out[0].Cells, oneLine(t.Rows[i].Cell(col)))
	}
	for at := range t.width() {
		cells := []string{""}
		if head >= 0 {
			cells[0] = unmarked(t.Rows[head].Cell(at))
		}
		for _, i := range rows {
			cell := t.Rows[i].Cell(at)
			kind := readCell(cell).kind
			if at != col && kind != textCell && kind != blankCell || isNumber(oneLine(cell)) {
				return t, false // letters, or how many there are of each
			}
			for _, name := range splitNames(cell) {
				if named[likeRole(name.text)] {
					again++
				}
				named[likeRole(name.text)] = true
			}
			cells = append(cells, cell)
		}
		if at != col && slices.ContainsFunc(cells[1:], func(s string) bool { return clean(s) != "" }) {
			out = append(out, Row{Line: line, Cells: cells})
		}
	}
	out, t.Notes = withoutProse(out, t.Notes)
	if len(out) == 2 && (out[1].Cells[0] == "" || !headsActivity(corner)) {
		out[1].Cells[0] = nameOf(t, file)
	}
	t.Rows = slices.Concat(t.Rows[:max(head, 0)], out)
	return t, again > 0 || head >= 0 && headsActivity(corner) && !slices.ContainsFunc(out[1:], Row.hasSentence)
}

// withoutProse makes notes of what is said of the letters in sentences, where others have names.
func withoutProse(rows []Row, notes []Note) ([]Row, []Note) {
	names := slices.DeleteFunc(slices.Clone(rows[1:]), Row.mostlySentences)
	if len(names) == 0 {
		return rows, notes
	}
	for _, row := range rows[1:] {
		if row.mostlySentences() {
			for i, s := range row.Cells[1:] {
				notes = append(notes[:len(notes):len(notes)], Note{Line: row.Line, Text: rows[0].Cells[i+1] + ": " + oneLine(s)})
			}
		}
	}
	return append(rows[:1:1], names...), notes
}

// mostlySentences reports a row in which more cells are sentences than not.
func (r Row) mostlySentences() bool {
	n := 0
	for _, s := range r.Cells[1:] {
		if strings.HasSuffix(s, ".") && len(strings.Fields(s)) > 4 {
			n++
		}
	}
	return n*2 > len(r.Cells)-1
}

// headsActivity reports a heading that says that what stands beside it is done.
func headsActivity(s string) bool { return activityWords[compact(s)] || stepWords[compact(s)] }

var stepWords = folded("process step action procedure workflow prozess prozessschritt verfahren étape paso passo stap processtap krok etap шаг этап 步骤 流程 手順 단계")

// hasSentence reports a row in which something is explained, beside what it is called.
func (r Row) hasSentence() bool {
	return slices.ContainsFunc(r.Cells[1:], func(s string) bool {
		return isExplanation(s) || len(strings.Fields(s)) > 8 || strings.HasSuffix(s, ".")
	})
}

// letterRows reads such a table after it was turned. Its columns are none of the file's.
func letterRows(turned Table, file string) Grid {
	r, ok := findLetterHead(turned, classify(turned))
	if !ok {
		return refused(turned, file, NotAGrid, "", explainsLetters)
	}
	g := r.read(file)
	g.Columns, g.uses = nil, nil
	g.repair("turned", turned.Rows[len(turned.Rows)-1].Line, "", "a row for each letter", "a column for each letter", true)
	return g
}
