package sheet

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// ticked reads a head of two rows, the roles above and below each of them a column for every letter, in which ticks stand,
// as a table with one column for each role.
func (t Table) ticked() (out Table, ok bool) {
	t = t.withFlatHead()
	for h := 1; h < min(len(t.Rows)-1, 10); h++ {
		if columns := t.lettersUnderRoles(h); columns != nil {
			return t.oneForEach(h, columns)
		}
	}
	return t, false
}

// flatHead is a role with one of its letters in one heading: "PM – R", "Dev (A)".
var flatHead = regexp.MustCompile(`^(.*[^\s–—:(/-])\s*(?:\s[-–—/]\s|[:(])\s*([RACIS])\)?$`)

// withFlatHead parts such headings into two rows, where all but what heads the rows are such.
func (t Table) withFlatHead() Table {
	for h, row := range t.Rows[:min(len(t.Rows), 5)] {
		above, below, flat := Row{Line: row.Line}, Row{Line: row.Line}, 0
		for _, cell := range row.Cells {
			m := flatHead.FindStringSubmatch(oneLine(cell))
			if m == nil {
				m = []string{"", "", cell}
			} else {
				flat++
			}
			above.Cells, below.Cells = append(above.Cells, m[1]), append(below.Cells, m[2])
		}
		if flat > 3 && flat >= filled(row)-2 {
			t.Rows = slices.Concat(t.Rows[:h], []Row{above, below}, t.Rows[h+1:])
			return t
		}
	}
	return t
}

// tickColumn is a column of ticks: whose they are, in the order of the heads, and what they mean.
type tickColumn struct {
	col, role int
	letter    string
}

// lettersUnderRoles are the columns of a row of letters that begins again for each role named in the row above.
func (t Table) lettersUnderRoles(h int) (columns []tickColumn) {
	role, seen, all := -1, map[string]bool{}, map[string]int{}
	for col := range t.width() {
		letter, word := headLetter(oneLine(t.Rows[h].Cell(col)))
		above := oneLine(t.Rows[h-1].Cell(col))
		if letter == "" || word && len(oneLine(t.Rows[h].Cell(col))) > 20 {
			continue
		}
		if role < 0 || seen[letter] {
			if above == "" || readCell(above).kind != textCell {
				return nil
			}
			role, seen = role+1, map[string]bool{}
		}
		seen[letter] = true
		all[letter]++
		columns = append(columns, tickColumn{col, role, letter})
	}
	if role < 1 || all["R"] < 2 || all["A"] < 2 {
		return nil
	}
	return columns
}

func (t Table) oneForEach(h int, columns []tickColumn) (Table, bool) {
	is, ticks := map[int]bool{}, 0
	for _, c := range columns {
		is[c.col] = true
	}
	roles := columns[len(columns)-1].role + 1
	rows := []Row{t.headOfEach(h, roles, columns, is)}
	for _, row := range t.Rows[h+1:] {
		cells, letters := make([]string, t.width()+roles), make([][]string, roles)
		for col := range t.width() {
			if !is[col] {
				cells[col] = row.Cell(col)
			}
		}
		for _, c := range columns {
			s := strings.ToLower(oneLine(row.Cell(c.col)))
			switch {
			case s == "" || isBlankSign(s) || noMarks[s] || repeatsOneText(row):
			case isTick(s, c.letter):
				letters[c.role] = append(letters[c.role], c.letter)
				ticks++
			default:
				return t, false
			}
		}
		for n := range roles {
			cells[t.width()+n] = strings.Join(letters[n], "/")
		}
		rows = append(rows, Row{Line: row.Line, Cells: cells})
	}
	t.Rows = append(append([]Row{}, t.Rows[:h-1]...), rows...)
	return t, ticks > 2
}

// headOfEach is the head of such a table: what headed the other columns, and behind them the roles.
func (t Table) headOfEach(h, roles int, columns []tickColumn, is map[int]bool) Row {
	head := Row{Line: t.Rows[h].Line, Cells: make([]string, t.width()+roles)}
	for col := range t.width() {
		if s := oneLine(t.Rows[h].Cell(col)); !is[col] && s != "" {
			head.Cells[col] = s
		} else if !is[col] {
			head.Cells[col] = oneLine(t.Rows[h-1].Cell(col))
		}
	}
	for n := len(columns) - 1; n >= 0; n-- {
		head.Cells[t.width()+columns[n].role] = oneLine(t.Rows[h-1].Cell(columns[n].col))
	}
	return head
}

// boxes is the table with one sign for a box that is ticked and one for a box that is not, where its cells hold nothing
// else and no legend says what they mean: "☒" is ticked, except beside "☑"; "○" is not, beside "●".
func (t Table) boxes() Table {
	has := map[string]bool{}
	for _, row := range t.Rows {
		for _, cell := range row.Cells {
			if s := oneLine(cell); len(s) < 8 {
				has[strings.ToLower(s)] = true
			}
		}
	}
	plain := map[string]string{"[x]": "☑", "[ ]": "☐", "[]": "☐", "□": "☐", "▢": "☐", "⬜": "☐", "☒": "☑", "🗹": "☑", "🗷": "☑"}
	if has["☑"] || has["✓"] || has["✔"] || has["✅"] {
		plain["☒"], plain["🗷"] = "✗", "✗"
	}
	if has["●"] || has["◉"] || has["■"] {
		plain["○"], plain["◯"] = "☐", "☐"
	}
	said := t.legend()
	maps.DeleteFunc(plain, func(sign, _ string) bool { return !has[sign] || said[sign] != "" })
	if len(plain) == 0 {
		return t
	}
	rows := make([]Row, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = Row{Line: row.Line, Cells: slices.Clone(row.Cells)}
		for col, cell := range row.Cells {
			if s, ok := plain[strings.ToLower(oneLine(cell))]; ok {
				rows[i].Cells[col] = s
			}
		}
	}
	t.Rows = rows
	return t
}
