package sheet

import (
	"slices"
	"strconv"
	"strings"
)

// countsApart takes the columns out of the notes that say no more than how many letters stand in a row, unless somebody chose
// one as a note.
func (l *layout) countsApart(t Table, c classes) {
	counted := func(col int) bool {
		if t.choice.Columns[col] != "" || !l.counts(t, c, col) {
			return false
		}
		l.counted = append(l.counted, col)
		return true
	}
	l.notes = slices.DeleteFunc(l.notes, counted)
	l.groups = slices.DeleteFunc(l.groups, counted)
}

// counts reports a column of numbers that are headed as so many letters, or are as many in every row.
func (l layout) counts(t Table, c classes, col int) bool {
	numbers, rows := map[int]string{}, 0
	for i := l.head + 1; i < l.end; i++ {
		s := clean(t.Rows[i].Cell(col))
		if s != "" && !isNumber(s) {
			return false
		}
		if c.hasLetter(i) {
			numbers[i] = s
			rows++
		}
	}
	heading := t.Rows[l.head].Cell(col)
	return countsLetters(heading) || rows > 0 && countsRoles(heading) || rows > 1 && l.matches(t, numbers, countWords[compact(heading)], rows > 3)
}

// matches says that the numbers are those of the letters in their rows: of all of them, where the heading is "Total", or of one,
// where there are rows enough to tell.
func (l layout) matches(t Table, numbers map[int]string, total, enough bool) bool {
	may := map[string]bool{"": total}
	for letter := range strings.SplitSeq(canon, "") {
		may[letter] = enough
	}
	distinct := map[string]bool{}
	for i, number := range numbers {
		n := map[string]int{}
		for _, col := range l.roles {
			letters := t.read(t.Rows[i].Cell(col)).Letters
			if len(letters) > 0 {
				n[""]++
			}
			for _, letter := range letters {
				n[letter]++
			}
		}
		for letter := range may {
			may[letter] = may[letter] && number == strconv.Itoa(n[letter])
		}
		distinct[number] = true
	}
	if may[""] {
		return true
	}
	for letter := range strings.SplitSeq(canon, "") {
		if may[letter] && len(distinct) > 1 {
			return true
		}
	}
	return false
}

// countWords head columns that count.
var countWords = folded("count counts counter total totals sum sums number num no nr anzahl summe gesamt nombre somme n º nº número cuenta cantidad suma conteo quantidade qtd contagem soma totale numero conteggio " +
	"aantal totaal som liczba razem количество кол итого сумма число antal summa yhteensä sayı toplam 数 合計 件数 计数 总数 合计 계 합계 개수 عدد المجموع")

// countsLetters reports headings such as "R count", "# of A", "Total C" and "N.º I".
func countsLetters(heading string) bool {
	counts, letters := strings.ContainsAny(heading, "#Σ∑"), 0
	for _, tok := range tokens(heading) {
		switch {
		case countWords[tok]:
			counts = true
		case meanings[tok] != "":
			letters++
		case !joining[tok]:
			return false
		}
	}
	return counts && letters == 1
}

// countsRoles reports headings such as "No. of roles" and "# people involved".
func countsRoles(heading string) bool {
	counts, roles := strings.ContainsAny(heading, "#Σ∑"), false
	for _, tok := range tokens(heading) {
		counts, roles = counts || countWords[tok], roles || roleWords[tok]
	}
	return counts && roles
}

// joining are the words between how many and of what.
var joining = words("of der de des di da do von van per s")

// leftOut says of the columns that count letters, or number the activities, that they are not kept.
func (r *gridReader) leftOut() {
	r.lettersLeft()
	r.grid.Notes = append(r.grid.Notes, r.l.numbersLeft(r.t, r.c)...)
	for _, col := range r.l.counted {
		if heading := oneLine(r.t.Rows[r.l.head].Cell(col)); heading != "" {
			r.grid.repair("count-column", r.t.Rows[r.l.head].Line, columnName(col), heading, "left out, since it only counts letters", true)
		}
	}
}

// numbersLeft says of a column of numbers or codes that it is left out; numbers that count the rows say no more than their order.
func (l layout) numbersLeft(t Table, c classes) []Note {
	if l.id < 0 || t.choice.Columns[l.id] != "" {
		return nil
	}
	values, _ := l.valuesOf(t, c, l.id)
	counts := true
	for i, v := range values {
		counts = counts && strings.TrimLeft(strings.Trim(v, "#.) "), "0") == strconv.Itoa(i+1)
	}
	if counts {
		return nil
	}
	head := t.Rows[l.head]
	if heading := oneLine(head.Cell(l.id)); heading != "" {
		return []Note{{Line: head.Line, Text: "What stands under “" + short(heading) + "” numbers the activities and is left out; they keep their order."}}
	}
	return []Note{{Line: head.Line, Text: "Column " + columnName(l.id) + " numbers the activities and is left out; they keep their order."}}
}
