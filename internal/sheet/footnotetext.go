package sheet

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
)

// footnoteTexts are what a file says below or around a grid of the marks behind its letters and names, by the mark: "¹" is "only
// above 10,000", "*" is "by phone".
type footnoteTexts map[string]string

// pointer is a mark behind a letter or a name; said is the line that begins with it.
var (
	pointer = regexp.MustCompile(`(?:\[\^?([^\[\]\s]{1,20})\]|\((\d{1,2})\)|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\*{1,3}|[†‡§#]{1,2}|\d))$`)
	pointed = regexp.MustCompile(`^(?:\[\^?([^\[\]\s]{1,20})\]|\((\d{1,2})\)|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\*{1,3}|[†‡§#]{1,2}|\d{1,2})|([a-z])\))\s*[.:=)–—-]?\s*(\pL.*)$`)
)

// markBehind is the mark at the end of a cell, "" where there is none; "*A*" is a letter in italics.
func markBehind(cell string) string {
	s := oneLine(cell)
	m := pointer.FindStringSubmatchIndex(s)
	if m == nil || m[0] == 0 || strings.HasPrefix(s, "*") {
		return ""
	}
	return markOf(s, m)
}

// markOf is the mark that was matched, "[1]" for "[^1]": a document may have both that and "(1)".
func markOf(s string, match []int) string {
	for g, form := range []string{"[%s]", "(%s)", "%s", "%s"} {
		if at := match[2+2*g:]; len(at) > 1 && at[0] >= 0 {
			return fmt.Sprintf(form, s[at[0]:at[1]])
		}
	}
	return ""
}

// of is what is said of a mark, in whichever way it is written there.
func (f footnoteTexts) of(mark string) string {
	bare := strings.Trim(mark, "[]()")
	for _, key := range []string{mark, bare, toRaised.Replace(bare), fromRaised.Replace(bare)} {
		if f[key] != "" {
			return f[key]
		}
	}
	return ""
}

var (
	toRaised   = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	fromRaised = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
)

// read adds what lines say of marks. A sign that begins several lines is that of a list and points to none of them; a bare
// number begins one only where numbered says so.
func (f footnoteTexts) read(lines []string, numbered bool) {
	times := map[string]int{}
	for _, line := range lines {
		line = oneLine(clean(line))
		m := pointed.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		mark, text := markOf(line, m), line[m[len(m)-2]:m[len(m)-1]]
		if isNumber(mark) && !numbered {
			continue
		}
		if times[mark]++; times[mark] > 1 {
			delete(f, mark)
		} else if f[mark] == "" {
			f[mark] = text
		}
	}
}

// near is what the text of a document says of the marks in one of its tables: what stands between it and the next table,
// else what stands anywhere.
func (f footnoteTexts) near(tables []Table, i int, text []textLine) footnoteTexts {
	from, to := 0, math.MaxInt
	if rows := tables[i].Rows; len(rows) > 0 {
		from = rows[len(rows)-1].Line
	}
	if i+1 < len(tables) && len(tables[i+1].Rows) > 0 {
		to = tables[i+1].Rows[0].Line
	}
	own := footnoteTexts{}
	own.read(starredLines(text, from, to), false)
	if len(own) == 0 {
		return f
	}
	said := maps.Clone(f)
	maps.Copy(said, own)
	return said
}

// starredLines are the lines between two others, with the stars that began them.
func starredLines(text []textLine, after, before int) (lines []string) {
	text = text[:min(len(text), aroundMost)]
	at, _ := slices.BinarySearchFunc(text, after+1, func(t textLine, line int) int { return t.line - line })
	for _, t := range text[at:] {
		if t.line >= before {
			break
		}
		lines = append(lines, strings.TrimSpace(t.stars+" "+t.text))
	}
	return lines
}

// footnotes finds what is said of the marks that the grid's letters and names have, and which of its rows say it.
func (r *gridReader) footnotes() {
	used := map[string]bool{}
	last := 0
	for i, row := range r.t.Rows[r.l.head:] {
		for _, col := range r.l.roles {
			used[markBehind(row.Cell(col))] = true
			if k := r.c.kind[r.l.head+i][col]; k == letterCell || k == oddCell {
				last = r.l.head + i
			}
		}
		used[nameMark(row.Cell(r.l.activity))] = true
	}
	delete(used, "")
	r.pointed, r.says = footnoteTexts{}, map[int]bool{}
	maps.Copy(r.pointed, r.t.footnotes)
	for i := r.l.head + 1; i < len(r.t.Rows) && len(used) > 0; i++ {
		row, own := r.t.Rows[i], footnoteTexts{}
		if filled(row) == 1 || repeatsOneText(row) {
			own.read([]string{firstText(row)}, i > last)
		}
		for mark := range used {
			if text := own.of(mark); text != "" && !r.says[i] {
				r.pointed[mark], r.says[i] = text, true
			}
		}
	}
}

// nameMark is the mark behind a name: a number there is the name's own.
func nameMark(name string) string {
	mark := markBehind(name)
	if isNumber(strings.Trim(mark, "()")) || mark == "#" || strings.HasSuffix(unmarked(name), mark) && !strings.HasPrefix(mark, "*") {
		return ""
	}
	return mark
}

// follow puts what a footnote says in the place of its mark.
func (f footnoteTexts) follow(c *cellReading) (followed bool) {
	c.Note = strings.TrimPrefix(c.Note, "^")
	text := f.of(markBehind(c.Raw))
	if text == "" || c.kind != letterCell && c.kind != oddCell {
		return false
	}
	c.Note, c.Raw, c.repair, c.sure = text, unmarkedByUs(c.Raw), "footnote", true
	return true
}

// withFootnote adds to a remark what the mark behind a name points to.
func (r *gridReader) withFootnote(remark, name string) string {
	text := r.pointed.of(nameMark(name))
	return strings.Join(slices.DeleteFunc([]string{remark, text}, func(s string) bool { return s == "" }), "\n")
}
