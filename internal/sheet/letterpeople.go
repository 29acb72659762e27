package sheet

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// crosses are what people tick a column with.
var crosses = words("x ✓ ✔ ✅ ☑ ● • ◉ ■ * " + yes)

// yes are the words that say yes in one cell.
const yes = "1 yes y ja oui si sí sim true"

// isTick reports a tick, or the letter of the column itself.
func isTick(cell, letter string) bool {
	s := strings.ToLower(oneLine(cell))
	own := readCell(s).Letters
	return crosses[s] || len(own) == 1 && own[0] == letter
}

// crossed reports a head of letters below which nothing stands but ticks:
// whoever a row names has the letters that are ticked.
func (r *letterReader) crossed(head int) bool {
	ticks := 0
	for _, row := range r.t.Rows[head+1:] {
		for _, col := range r.l.roles {
			s := strings.ToLower(oneLine(row.Cell(col)))
			switch {
			case crosses[s]:
				ticks++
			case s != "" && !noMarks[s]:
				return false
			}
		}
	}
	return len(r.of) > 2 && ticks > 1 && !lettersElsewhere(r.c, head)
}

// ticksMostly reports that most signs below a head of letters tick something or repeat its letter; others are short for
// somebody's name.
func (r *letterReader) ticksMostly() bool {
	ticks, others := 0, 0
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for n, col := range r.l.roles {
			s := strings.ToLower(oneLine(row.Cell(col)))
			switch c := readCell(s); {
			case crosses[s] || c.kind == letterCell && slices.Contains(c.Letters, r.of[n]):
				ticks++
			case c.kind == letterCell || c.kind == oddCell && unicode.IsLetter([]rune(c.Letters[0])[0]):
				others++
			case c.kind == oddCell:
				ticks++
			}
		}
	}
	return ticks >= others
}

// topped reports a head with nothing above its columns that could be the names of roles.
func (r *letterReader) topped(head int) bool {
	for i, row := range r.t.Rows[:head] {
		for _, col := range r.l.roles {
			if r.c.kind[i][col] != blankCell && filled(row) > 1 && !repeatsOneText(row) {
				return false
			}
		}
	}
	return len(r.of) > 2
}

// initialsBelow reports a head of nothing but R, A, C and I, below which every cell holds two or three capital letters: people are
// called "AC" and "RS".
func (r *letterReader) initialsBelow(head int) bool {
	if len(r.of) < 4 || !r.topped(head) {
		return false
	}
	names := 0
	for _, row := range r.t.Rows[head+1 : r.l.end] {
		for _, col := range r.l.roles {
			s := oneLine(row.Cell(col))
			if readCell(s).kind == blankCell {
				continue
			}
			if len(s) < 2 || len(s) > 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				return false
			}
			names++
		}
	}
	return names > 3
}

// beneathNames reports a row of letters or their words that has a name of its own and, right above, names over each of them.
func (r *letterReader) beneathNames(head int) bool {
	label := firstOther(r.l.roles, r.c.width)
	if head == 0 || r.c.kind[head][label] != textCell || repeatsOneText(r.t.Rows[head-1]) {
		return false
	}
	for _, col := range r.l.roles {
		if r.c.kind[head-1][col] != textCell {
			return false
		}
	}
	return true
}

// sparse reports rows with a letter of their own here and there, not in every column.
func (r *letterReader) sparse(letters int) bool {
	rows := r.l.end - r.l.head - 1
	return rows > 1 && r.ownLetters(letters) && letters*10 <= rows*len(r.of)*6
}

// counted reports numbers where names or marks would be, others than the 1 that ticks and the 0 that does not.
func (r *letterReader) counted() bool {
	numbers, all, more := 0, 0, false
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for _, col := range r.l.roles {
			s := oneLine(row.Cell(col))
			if s == "" {
				continue
			}
			all++
			switch {
			case isNumber(strings.TrimSuffix(s, "%")):
				numbers++
				more = more || s != "0" && s != "1"
			case unicode.IsDigit([]rune(s)[0]) && !strings.Contains(s, " "): // "130/global"
				numbers, more = numbers+1, true
			}
		}
	}
	return more && numbers*2 > all
}

// figures is the heading of a column of letters in which nothing but figures stands that the legend explains as no names; "" where
// there is none.
func (r *letterReader) figures() string {
	for n, col := range r.l.roles {
		numbers, others := 0, 0
		for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
			switch s := oneLine(row.Cell(col)); {
			case readCell(s).kind == blankCell:
			case isNumber(s) && r.t.Legend[s] == "":
				numbers++
			default:
				others++
			}
		}
		if numbers > 1 && others == 0 {
			return r.heads[n]
		}
	}
	return ""
}

// answersOnly reports cells that mostly say yes, no or how many, no being said too, in rows that are headed and called as nobody is.
func (r *letterReader) answersOnly() bool {
	said, no, others := 0, false, 0
	var names []string
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		names = append(names, row.Cell(r.l.activity))
		for _, col := range r.l.roles {
			s := strings.ToLower(oneLine(row.Cell(col)))
			negative := noMarks[s] && !crosses[s] && len(s) > 1
			switch {
			case negative, yesWords[s], manyWords[s]:
				said, no = said+1, no || negative
			case s != "":
				others++
			}
		}
	}
	corner := r.t.Rows[r.l.head].Cell(r.l.activity)
	who := hasWord(corner, roleWords) || hasWord(corner, nameWords) || hasWord(corner, personWords) || r.people && clean(corner) == ""
	return no && said > 2*others && !who && partyShare(names) == 0
}

// yesWords and manyWords are answers to whether, and to how many.
var yesWords, manyWords = words(yes), words("1 1+ any many some one maybe always never sometimes optional")

// onlyNumbers reports a head below which nothing but numbers stands, beside columns of letters.
func (r *letterReader) onlyNumbers(head int) bool {
	is, numbers := map[int]bool{}, 0
	for _, col := range r.l.roles {
		is[col] = true
		for _, row := range r.t.Rows[head+1:] {
			if s := oneLine(row.Cell(col)); isNumber(s) {
				numbers++
			} else if s != "" {
				return false
			}
		}
	}
	beside := 0
	for col := range r.c.width {
		if n := r.c.below[letterCell][head+1][col]; !is[col] && n > 1 && n >= r.c.below[textCell][head+1][col] {
			beside++
		}
	}
	return numbers > 0 && beside > 1
}

// namesBefore takes who a row is about from the left of the letters, and not from what is said of them on the right.
func (r *letterReader) namesBefore() {
	if r.l.activity < r.l.roles[0] {
		return
	}
	for col := r.l.roles[0] - 1; col >= 0; col-- {
		values, rows := r.l.valuesOf(r.t, r.c, col)
		if len(values) == rows && distinct(values) == rows && !numbering(values) {
			r.l.notes = append(slices.DeleteFunc(r.l.notes, func(c int) bool { return c == col }), r.l.activity)
			r.l.groups = slices.DeleteFunc(r.l.groups, func(c int) bool { return c == col })
			r.l.activity = col
			return
		}
	}
}

// saysAmong is a text of several words among the marks, where one mark in four is such: it says what is done there, and ticks nothing.
func (r *letterReader) saysAmong() (text string) {
	texts, all := 0, 0
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for _, col := range r.l.roles {
			s := oneLine(row.Cell(col))
			if c := readCell(s); c.kind != blankCell {
				all++
				if c.kind == textCell && strings.Contains(s, " ") {
					texts, text = texts+1, cmp.Or(text, s)
				}
			}
		}
	}
	if texts*4 < all {
		return ""
	}
	return text
}

// strays reports letters in the columns of other letters, more than one in ten: nobody knows which of the two holds.
func (r *letterReader) strays() bool {
	own, others := 0, 0
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for n, col := range r.l.roles {
			switch c := readCell(row.Cell(col)); {
			case c.kind != letterCell:
			case slices.Contains(c.Letters, r.of[n]):
				own++
			default:
				others++
			}
		}
	}
	return others*10 > own+others
}

// nameless reports that most of the people have no letter in their names: they are no people.
func (r *letterReader) nameless() bool {
	without := 0
	for _, name := range r.grid.Roles {
		if strings.IndexFunc(name, unicode.IsLetter) < 0 {
			without++
		}
	}
	return without*2 > len(r.grid.Roles)
}

// persons reads rows that are people and cells that hold marks.
func (r *letterReader) persons() {
	a := GridActivity{Line: r.t.Rows[r.l.head].Line, Name: r.grid.Name, Cells: map[string]Cell{}}
	corner := unmarked(r.t.Rows[r.l.head].Cell(r.l.activity))
	titled := r.grid.Name != nameOf(r.t, r.file) || r.t.Headed && r.grid.Name == r.t.Name
	if !titled && len(strings.Fields(corner)) > 1 && !raciWord.MatchString(corner) && !namesRows(corner) && !hasWord(corner, nameWords) && !hasWord(corner, personWords) {
		a.Name = corner
	}
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		name := oneLine(row.Cell(r.l.activity))
		if name == "" || isLegend(row) || !r.marked(row) {
			if filled(row) > 0 {
				r.grid.Notes = append(r.grid.Notes, Note{Line: row.Line, Text: firstText(row)})
			}
			continue
		}
		for n, col := range r.l.roles {
			if s := oneLine(row.Cell(col)); readCell(s).kind != blankCell && !noMarks[strings.ToLower(s)] {
				for l := range strings.SplitSeq(r.of[n], "") {
					r.grid.give(&a, name, l, "")
				}
			}
		}
	}
	r.grid.Activities = []GridActivity{a}
}

// noMarks are signs that say that somebody has no part.
var noMarks = words("0 no non nein nee false f n ✗ ✘ ❌ ☐")
