package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// listsOf finds lists of "CISO – A" under headings or under lines that name
// an activity. They make one table, with List set, or none.
func listsOf(lines []textLine) (Table, bool) {
	var f listFinder
	for _, line := range lines {
		if line.text != "" {
			f.line(line)
		}
	}
	return f.found()
}

// listFinder goes through the lines of a text for such lists.
type listFinder struct {
	groups   []listGroup
	above    textLine   // the last line that may name an activity
	named    bool       // nothing was given below it yet
	headings []textLine // those that a line stands under, the widest first
	items    []textLine // of lists within lists, those that it stands under
	whole    textLine   // the last that named its activity and gave names their letters
	part     textLine   // a line that says nothing but a letter or its word: those below it have it
}

// listGroup is a list below one line, and how its lines begin or read.
type listGroup struct {
	head      *Row // nil where nothing stands above
	entries   []Row
	words     int    // with the word for a letter
	bracketed int    // of these, or of letters, with the other in brackets behind it, as legends have them
	sentences int    // as sentences
	given     int    // with a name, below a line that says RACI
	under     string // the heading that the line stands under
}

func (f *listFinder) line(line textLine) {
	f.items = slices.DeleteFunc(f.items, func(item textLine) bool { return item.indent >= line.indent || line.level > 0 })
	if line.bullet {
		defer func() { f.items = append(f.items, line) }()
	}
	if f.partOf(line) {
		return
	}
	least := 2
	if line.bullet && f.whole.bullet && line.indent == f.whole.indent {
		least = 1 // an entry of a list of such lines
	}
	activity, pairs := line.assigned(least)
	if pairs != nil {
		f.whole = line
	} else {
		activity, pairs = line.spelledOut()
	}
	if pairs != nil {
		if activity != "" {
			f.above, f.named = textLine{line: line.line, text: activity}, true
		}
		for _, p := range pairs {
			g := f.entry(line, p[0], p[1])
			if saysOnlyRACI(activity) {
				g.given++
			}
		}
		return
	}
	role, cell, ok := line.pair()
	bracketed := false
	if !ok {
		role, cell, ok = line.bracketed()
		bracketed = ok
	}
	if !ok {
		if !line.nobody() {
			f.name(line)
		}
		return
	}
	g := f.entry(line, role, cell)
	begins := strings.SplitN(line.text, ":", 2)[0]
	if _, word := wordMeaning(begins); word {
		g.words++
	} else if readCell(begins).kind == textCell && raciWord.MatchString(f.above.text) {
		g.given++
	}
	if bracketed {
		g.bracketed++
	}
	if isPhrase(role) {
		g.sentences++
	}
}

// nobody reports a letter or its word with a sign that nobody has it: "Consulted: –".
func (t textLine) nobody() bool {
	letter, rest, ok := strings.Cut(markup.Replace(t.text), ":")
	return ok && t.level == 0 && readCell(letter).kind == letterCell && readCell(rest).kind == blankCell && clean(rest) != ""
}

// name keeps a line that may name the activity of those below.
func (f *listFinder) name(line textLine) {
	f.above, f.named = line, true
	if line.level > 0 {
		f.headings = slices.DeleteFunc(f.headings, func(h textLine) bool { return h.level >= line.level })
		f.headings = append(f.headings, line)
	}
}

// head names the activity of a line: the last that named something; where that is one of several things said of an item, or
// says no more than RACI, the item, or the heading over it.
func (f *listFinder) head(line textLine) Row {
	called := f.above
	if h, ok := f.heading(); ok && called.level == 0 && saysMore(called, line) && (len(f.groups) == 0 || f.groups[len(f.groups)-1].before(h)) {
		return Row{Line: h.line, Cells: []string{h.text}}
	}
	if beside := called.bullet && called.indent == line.indent; len(f.items) > 0 && (beside || saysOnlyRACI(called.text)) {
		return f.below(f.items[len(f.items)-1])
	}
	for i := len(f.headings) - 1; i >= 0 && saysOnlyRACI(called.text); i-- {
		called = f.headings[i]
	}
	if saysOnlyRACI(called.text) {
		called = f.above
	}
	row := f.below(called)
	row.Line = f.above.line
	return row
}

// heading is the nearest one that names an activity: neither RACI alone, nor what is listed below it.
func (f *listFinder) heading() (textLine, bool) {
	for _, h := range slices.Backward(f.headings) {
		if !saysOnlyRACI(h.text) && !strings.HasSuffix(h.text, ":") {
			return h, true
		}
	}
	return textLine{}, false
}

// before reports a list that stands above a heading.
func (g listGroup) before(h textLine) bool { return g.head != nil && g.head.Line < h.line }

// saysMore reports a line above one of a letter that says more of the activity and does not name it: a sentence, or an entry of a
// list that ends before.
func saysMore(above, line textLine) bool {
	if above.bullet {
		return !line.bullet && line.indent <= above.indent
	}
	return !line.bullet && strings.ContainsAny(above.text[len(above.text)-1:], ".!?")
}

// below is the row of an activity, with the items of lists that it stands under.
func (f *listFinder) below(called textLine) Row {
	var group []string
	for _, item := range f.items {
		if called.bullet && item.indent < called.indent && item.line < called.line && !saysOnlyRACI(item.text) {
			group = append(group, strings.TrimRight(item.text, " :"))
		}
	}
	if len(group) == 0 {
		return Row{Line: called.line, Cells: []string{called.text}}
	}
	return Row{Line: called.line, Cells: []string{called.text, "", strings.Join(group, " › ")}}
}

// enclosing is the heading over the last line that may name an activity; a heading that is called like it is the line itself.
func (f *listFinder) enclosing(activity string) string {
	from := len(f.headings)
	if at := slices.IndexFunc(f.headings, func(h textLine) bool { return h.text == activity }); at >= 0 {
		from = at
	}
	for i := from - 1; i >= 0; i-- {
		if h := f.headings[i]; h.text != activity && (f.above.level == 0 || h.level < f.above.level) {
			if saysOnlyRACI(h.text) {
				return ""
			}
			return h.text
		}
	}
	return ""
}

// sections puts the headings before what the activities stand under, where there are several: one alone is the title of all.
func sections(groups []listGroup) {
	headings := map[string]bool{}
	for _, g := range groups {
		headings[g.under] = headings[g.under] || g.head != nil
	}
	if delete(headings, ""); len(headings) < 2 {
		return
	}
	for _, g := range groups {
		if g.head != nil && g.under != "" {
			g.head.Cells = []string{g.head.Cell(0), "", strings.TrimSuffix(g.under+" › "+g.head.Cell(2), " › ")}
		}
	}
}

// isOf reports the list below the same line.
func (g listGroup) isOf(head Row) bool {
	return g.head != nil && g.head.Line == head.Line && g.head.Cell(0) == head.Cell(0)
}

// entry adds who has which letters to the list of their activity.
func (f *listFinder) entry(line textLine, role, cell string) *listGroup {
	if f.named && f.above.text != "" {
		if head := f.head(line); len(f.groups) == 0 || !f.groups[len(f.groups)-1].isOf(head) {
			f.groups = append(f.groups, listGroup{head: &head, under: f.enclosing(head.Cell(0))})
		}
		f.named = false
	} else if len(f.groups) == 0 {
		f.groups = append(f.groups, listGroup{})
	}
	g := &f.groups[len(f.groups)-1]
	g.entries = append(g.entries, Row{Line: line.line, Cells: []string{role, cell}})
	return g
}

func (f *listFinder) found() (Table, bool) {
	t, all, activities, letters := Table{List: true}, listGroup{}, 0, map[string]bool{}
	groups := f.withoutLegends()
	sections(groups)
	for _, g := range groups {
		if g.head != nil {
			g.head.Cells[0] = withoutKind(g.head.Cells[0])
			t.Rows = append(t.Rows, *g.head)
			activities++
		}
		t.Rows = append(t.Rows, g.entries...)
		for _, e := range g.entries {
			for _, l := range readCell(e.Cells[1]).Letters {
				letters[l] = true
			}
		}
		all.words, all.given, all.sentences = all.words+g.words, all.given+g.given, all.sentences+g.sentences
	}
	if all.sentences*2 > len(t.Rows)-activities {
		return t, false
	}
	one := activities == 1 && (all.words > 2 || all.given > 2)
	if letters["R"] && !letters["A"] { // who does each of several steps, in so many words; whoever brings it says who answers
		return t, activities > 2 && all.words > 2 && all.words == len(t.Rows)-activities
	}
	return t, (activities > 1 || one) && letters["R"] && letters["A"]
}

// withoutLegends leaves out the lists that may explain the letters: each line says a letter and its word, and nobody in them
// comes again in another.
func (f *listFinder) withoutLegends() []listGroup {
	if !slices.ContainsFunc(f.groups, func(g listGroup) bool { return g.bracketed > 0 }) {
		return f.groups
	}
	names, first, again := make([][]string, len(f.groups)), map[string]int{}, map[string]bool{}
	for i, g := range f.groups {
		for _, e := range g.entries {
			for _, name := range splitNames(e.Cells[0]) {
				key := likeRole(name.text)
				if at, known := first[key]; !known {
					first[key] = i
				} else if at != i {
					again[key] = true
				}
				names[i] = append(names[i], key)
			}
		}
	}
	var out []listGroup
	for i, g := range f.groups {
		if g.bracketed == 0 || slices.ContainsFunc(names[i], func(key string) bool { return again[key] }) {
			out = append(out, g)
		}
	}
	return out
}

// saysOnlyRACI reports a heading that names no activity: "1.2 RACI Matrix".
func saysOnlyRACI(heading string) bool {
	if !raciWord.MatchString(heading) {
		return false
	}
	return !slices.ContainsFunc(tokens(heading), func(tok string) bool { return !aroundRACI[tok] && !isNumber(tok) })
}

var aroundRACI = folded("raci rasci racis matrix matriz matrice matryca macierz matris chart table tabelle tableau tabla model roles rollen and und et y e responsibilities responsibility assignment the matrixes матрица マトリックス マトリクス 矩阵 매트릭스")

// bracketed is a line with a letter and its word, one of them in brackets, and who that is: "Responsible (R): Data office",
// "A (Ответственный): Anna".
func (t textLine) bracketed() (role, letters string, ok bool) {
	if at := strings.IndexAny(t.text, "(（"); at < 0 || at > 40 {
		return "", "", false
	}
	left, right, ok := cutEntry(markup.Replace(t.text))
	if !ok {
		return "", "", false
	}
	letter, word := headLetter(left)
	if first := letterAndWord.FindStringSubmatch(left); first != nil {
		letter = first[1]
	} else if !word || !strings.Contains(left, "("+letter+")") {
		return "", "", false
	}
	if letter == "" || len(right) > 200 || isExplanation(right) {
		return "", "", false
	}
	return right, letter, true
}

// letterAndWord is a letter with one or two words in brackets behind it.
var letterAndWord = regexp.MustCompile(`^([RACIS]) [(（]\p{L}+(?: \p{L}+)?[)）]$`)
