package sheet

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pageMark is what a printed page leaves between the rows of a table: "Page 1 of 2".
var pageMark = regexp.MustCompile(`(?i)(?:^|[\s|–—-])(?:(?:page|seite|página|pagina|pág\.?|pag\.?|strona|str\.|страница|стр\.?|sayfa|sida|side|blz\.?)\s*\d{1,4}(?:\s*(?:/|of|von|de|di|sur|z|из|van|af|av)\s*\d{1,4})?|\d{1,4}\s*(?:of|von|sur|из)\s*\d{1,4}|\d{1,4}\s*[/／]?\s*\d{0,4}\s*(?:页|頁|ページ))\s*$`)

func isPageMark(row Row) bool {
	return (filled(row) == 1 || repeatsOneText(row)) && len(firstText(row)) < 120 && pageMark.MatchString(firstText(row))
}

// headAgainAt reports the head of a table that is said again on its next page: the same texts right below the last row or
// below the mark of a page.
func (l layout) headAgainAt(t Table, i int) bool {
	for _, col := range l.roles {
		if oneLine(t.Rows[i].Cell(col)) != oneLine(t.Rows[l.head].Cell(col)) {
			return false
		}
	}
	before := t.Rows[i-1]
	return filled(before) == 1 && l.inSections(t) || isPageMark(before) || l.headsSection(t, i) || filled(before) > 1 && t.Rows[i].Line-before.Line <= 1+lineBreaks(before)
}

// inSections reports a head with the heading of a section below it, or one above it and a title above that.
func (l layout) inSections(t Table) bool {
	below := l.head+1 < len(t.Rows) && filled(t.Rows[l.head+1]) == 1
	return !slices.Contains(l.roles, 0) && (below || l.head > 1 && filled(t.Rows[l.head-1]) == 1 && filled(t.Rows[l.head-2]) == 1)
}

// firstSection is the row right above the head where that heads the first of several sections, each with the head again; -1 is none.
func (l layout) firstSection(t Table) int {
	if l.head < 2 || filled(t.Rows[l.head+1]) == 1 || !l.inSections(t) {
		return -1
	}
	for i := l.head + 2; i < l.end; i++ {
		if filled(t.Rows[i-1]) == 1 && l.headAgainAt(t, i) {
			return l.head - 1
		}
	}
	return -1
}

// headsSection reports a head that is said again and begins with the name of a section, as the first one does.
func (l layout) headsSection(t Table, i int) bool {
	first, name := oneLine(t.Rows[l.head].Cell(0)), oneLine(t.Rows[i].Cell(0))
	return !slices.Contains(l.roles, 0) && first != "" && name != "" && name != first && !namesRows(first) && !namesRows(name) && filled(t.Rows[i-1]) > 1
}

// namesRows reports a heading that says of what kind the rows are: "Task", "Process step", "Role".
func namesRows(s string) bool {
	return hasWord(s, activityWords) || hasWord(s, nearWords) || hasWord(s, roleWords) || hasWord(s, idWords)
}

// goesOn reports a row of texts right below another with a name of its own, where the texts may be unknown words for parts: two of
// them, or one that is none of ours, or all small below names in capitals, and none that is a role's name.
func (l layout) goesOn(t Table, i int) bool {
	row, before := t.Rows[i], t.Rows[i-1]
	if name := firstText(row); filled(before) < 2 || row.Line-before.Line > 1+lineBreaks(before) || slices.Contains(l.roles, 0) || clean(row.Cell(0)) == "" || namesRows(name) {
		return false
	}
	parts, small := len(l.roles) < 3, true
	for _, col := range l.roles {
		s := oneLine(row.Cell(col))
		small = small && (s == "" || isLower(s)) && !isLower(oneLine(t.Rows[l.head].Cell(col)))
		if s != "" && (isParty(s) || slices.ContainsFunc(l.roles, func(of int) bool { return oneLine(t.Rows[l.head].Cell(of)) == s })) {
			return false
		}
		parts = parts || otherParts[compact(s)]
	}
	return parts || small
}

func lineBreaks(row Row) (most int) {
	for _, cell := range row.Cells {
		most = max(most, strings.Count(cell, "\n"))
	}
	return most
}

// withWholeHead finds the layout of a table, and joins its head where it stands in several rows.
func (t Table) withWholeHead(c classes) (Table, classes, layout, bool) {
	l, ok := findLayout(t, c)
	if !ok || t.choice.Lays() {
		return t, c, l, ok
	}
	if tall, joined := t.withTallHead(c, l); joined {
		t, c = tall, classify(tall)
		if l, ok = findLayout(t, c); !ok {
			return t, c, l, ok
		}
	}
	if named, joined := t.withHeadAbove(c, l); joined {
		t, c = named, classify(named)
	}
	return t, c, l, ok
}

// withTallHead joins a head whose names were cut into several rows, as the text of a page is: "Data" above "Protection"
// above "Officer". The rows stay; the names go to the last of them.
func (t Table) withTallHead(c classes, l layout) (Table, bool) {
	last := l.head
	for last+1 < l.end-1 && l.continuesHead(t, c, last+1) {
		last++
	}
	if last == l.head {
		return t, false
	}
	before := t.Rows[l.head]
	t.Rows = slices.Clone(t.Rows)
	joined := make([]string, c.width)
	for i := l.head; i <= last; i++ {
		for col := range joined {
			joined[col] = joinedName(joined[col], oneLine(t.Rows[i].Cell(col)))
		}
		t.Rows[i].Cells = nil
	}
	t.Rows[last].Cells = joined
	return t.headJoined(before, last, l.roles), true
}

// continuesHead reports a row of texts below the head that names no activity, in columns that the head has named already.
func (l layout) continuesHead(t Table, c classes, i int) bool {
	name := oneLine(t.Rows[i].Cell(l.activity))
	if name != "" && (!activityWords[compact(name)] || oneLine(t.Rows[l.head].Cell(l.activity)) != "") {
		return false
	}
	texts := 0
	for _, col := range l.roles {
		switch s := oneLine(t.Rows[i].Cell(col)); {
		case s == "":
		case c.kind[i][col] != textCell || len([]rune(s)) > 30 || c.kind[l.head][col] != textCell, withInitial.MatchString(s):
			return false
		default:
			texts++
		}
	}
	return texts > 0 && !isLegend(t.Rows[i])
}

// withInitial is a person's name that is shortened, "Ann B." or "A. Berg": it goes on with no role's.
var withInitial = regexp.MustCompile(`^(?:\p{Lu}[\p{L}'-]+ \p{Lu}\.|(?:\p{Lu}\. ?){1,2}\p{Lu}[\p{L}'-]+)$`)

// withHeads gives a table without a head the row that stands before it as a table of its own, as pages made from a document
// have it.
func withHeads(tables []Table) (out []Table) {
	for i := 0; i < len(tables); i++ {
		t := tables[i]
		if i+1 < len(tables) && t.headsNext(tables[i+1]) {
			next := tables[i+1]
			next.Rows = append(slices.Clone(t.Rows), next.Rows...)
			t, i = next, i+1
		}
		out = append(out, t)
	}
	return out
}

// headsNext reports a table of one row of texts before one as wide that begins with letters.
func (t Table) headsNext(next Table) bool {
	if len(t.Rows) != 1 || filled(t.Rows[0]) < 3 || t.width() != next.width() || repeatsOneText(t.Rows[0]) {
		return false
	}
	for _, cell := range t.Rows[0].Cells {
		if k := readCell(cell).kind; k != textCell && k != blankCell {
			return false
		}
	}
	return slices.ContainsFunc(next.Rows[0].Cells, func(cell string) bool { return readCell(cell).kind == letterCell })
}

// withHeadAbove joins the names of a head with the row above it, where they need it: names that come twice and differ by
// what they stand under, or names that go on there, "Head of" above "operations".
func (t Table) withHeadAbove(c classes, l layout) (Table, bool) {
	if l.head == 0 || filled(t.Rows[l.head-1]) < 2 || repeatsOneText(t.Rows[l.head-1]) || isLegend(t.Rows[l.head-1]) {
		return t, false
	}
	head, above := t.Rows[l.head], t.Rows[l.head-1]
	holders := l.heldBelow(above, head)
	own, under, goesOn, group, names := map[string]bool{}, map[string]bool{}, false, "", slices.Clone(head.Cells)
	for _, col := range l.roles {
		up, name := oneLine(above.Cell(col)), oneLine(head.Cell(col))
		if name == "" || up != "" && c.kind[l.head-1][col] != textCell || len([]rune(up)) > 40 {
			return t, false
		}
		group = cmp.Or(up, group) // one written once holds for the columns right of it
		own[name], under[joinedName(group, name)] = true, true
		goesOn = goesOn || isContinued(up, name)
		names[col] = joinedName(up, name)
		if holders {
			names[col] = cmp.Or(up, name)
		}
	}
	switch twice := len(own) < len(l.roles); {
	case holders:
	case twice && len(under) == len(l.roles):
		group = ""
		for _, col := range l.roles {
			group = cmp.Or(oneLine(above.Cell(col)), group)
			names[col] = joinedName(group, oneLine(head.Cell(col)))
		}
	case twice || !goesOn:
		return t, false
	}
	t.Rows = slices.Clone(t.Rows)
	t.Rows[l.head].Cells = names
	return t.headJoined(head, l.head, l.roles), true
}

// heldBelow reports a row that begins with "Role" above one that begins with "Name", in the same column: who wears the hats.
func (l layout) heldBelow(above, head Row) bool {
	for col := range l.roles[0] {
		if roleWords[compact(above.Cell(col))] && nameWords[compact(head.Cell(col))] {
			return true
		}
	}
	return false
}

// headJoined says of a head which of its names were put together out of several rows.
func (t Table) headJoined(before Row, at int, roles []int) Table {
	g := Grid{Repairs: slices.Clip(t.repairs)}
	for _, col := range roles {
		if was, name := oneLine(before.Cell(col)), oneLine(t.Rows[at].Cell(col)); was != name {
			g.repair("joined-head", before.Line, columnName(col), was, name, false)
		}
	}
	t.repairs = g.Repairs
	return t
}

// joinedName is a name that was cut in two; a hyphen at the cut is not its own.
func joinedName(up, name string) string {
	if cut, hyphen := strings.CutSuffix(up, "-"); hyphen && name != "" {
		return cut + name
	}
	return strings.TrimSpace(up + " " + name)
}

// isContinued reports a text that does not end where its line does, by what ends it or by the small letter that follows.
func isContinued(up, name string) bool {
	words := strings.Fields(up)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	first, _ := utf8.DecodeRuneInString(name)
	unfinishedName := unfinished[last] || len(words) > 1 && unfinished[strings.ToLower(last)] // "Do" is a name
	return strings.ContainsAny(last[len(last)-1:], "&/-") || unfinishedName || unicode.IsLower(first)
}

// unfinished are words with which no name ends.
var unfinished = words("of and the for to und für der de da do des du del della et y e van en voor og och i dla для и")
