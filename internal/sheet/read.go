package sheet

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
)

// A RACI grid is for people to look at; beyond this size a table is a list
// of something else.
const (
	gridRows    = 2_000
	gridColumns = 200
)

// gridsOf reads the grids of a table. There is at least one, if only to say
// why the table is none.
func gridsOf(t Table, file string, number int, choices map[string]GridChoice) (grids []Grid) {
	if rows, width, large := t.tooLarge(); large {
		grid := refused(t, file, NotAGrid, "", fmt.Sprintf(
			"This table has %s rows and %s columns; a RACI grid has at most %s and %s. It looks like a list of something else.",
			count(rows), count(width), count(gridRows), count(gridColumns)))
		grid.Key = fmt.Sprintf("%d.1", number)
		return []Grid{grid}
	}
	for _, t := range t.withoutStruck().boxes().answering().withoutAside().sideBySide() {
		for len(t.Rows) > 0 {
			key := fmt.Sprintf("%d.%d", number, len(grids)+1)
			t.choice, t.Legend = choices[key], t.legend()
			plain, was := t.lettersFirst()
			grid, end := readGrid(plain.withoutCodes(), file)
			grid.choose(t.choice.Letters)
			grid.check()
			grid.restore(was)
			last := t.Rows[end-1].Line
			if end == len(t.Rows) {
				last = math.MaxInt
			}
			t.struck = grid.struckUpTo(last, t.struck)
			slices.SortStableFunc(grid.Repairs, func(a, b Repair) int { return cmp.Compare(a.line(), b.line()) })
			grid.Key, grid.source, grid.Legend = key, t, t.Legend.of(grid.Roles, grid.letters())
			grids = append(grids, grid)
			t.Rows, t.Notes = t.Rows[end:], nil
		}
	}
	if len(grids) > 1 {
		for i := range grids {
			grids[i].namedByCorner(nameOf(t, file))
		}
	}
	return grids
}

// readGrid reads the first grid of a table, whichever way round it is, and
// says after which row it ends.
func readGrid(t Table, file string) (Grid, int) {
	if t.List {
		return listGrid(t, file), len(t.Rows)
	}
	if !t.choice.Lays() {
		if g, ok := readUnusual(t, file); ok {
			return g, len(t.Rows)
		}
	}
	c := classify(t)
	if o := t.choice.Orientation; o != ActivityRole && o != RoleActivity {
		if r, ok := findLetterHead(t, c); ok {
			return r.read(file), r.l.end
		}
		if o != "" {
			return t.chosenSteps(c, file)
		}
	}
	t, c, l, ok := t.withWholeHead(c)
	if pivoted, one := longTable(t, c); one && !t.choice.Lays() {
		return listGrid(pivoted, file), len(t.Rows)
	}
	if !ok {
		if form, empty := emptyForm(t, c, file); empty {
			return form, len(t.Rows)
		}
		if g, end, steps := t.asSteps(c, file); steps {
			return g, end
		}
		return refused(t, file, NotAGrid, "", noLetters(t, c)), len(t.Rows)
	}
	r := gridReader{t: t, c: c, l: l}
	if !t.choice.byHand() && r.explains() {
		return refused(t, file, NotAGrid, "", explainsLetters), l.end
	}
	r.read(file)
	r.judge()
	return r.grid, l.end
}

// readUnusual reads a table whose layout nobody has chosen and that is laid out neither with roles along the top
// nor with letters.
func readUnusual(t Table, file string) (Grid, bool) {
	if each, one := t.letterOfEach(); one {
		each.choice = t.choice
		return letterRows(each, file), true
	}
	turned, down := t.laidDown(file)
	if turned.explains {
		return refused(t, file, NotAGrid, "", explainsLetters), true
	}
	if down {
		turned.choice = t.choice
		return letterRows(turned, file), true
	}
	if each, ticks := t.ticked(); ticks {
		each.choice = t.choice
		g, _ := readGrid(each, file)
		g.Columns, g.uses = nil, nil // they are none of the file's
		return g, true
	}
	if list, inside := t.within(); inside {
		return listGrid(list, file), true
	}
	return Grid{}, false
}

const explainsLetters = "This table explains the letters of a RACI grid."

// refused is a grid that says only what it is.
func refused(t Table, file string, v Verdict, o Orientation, reason string) Grid {
	return Grid{
		Name: nameOf(t, file), Where: whereOf(t, t.Rows[0].Line), Verdict: v, Orientation: o, Reasons: []string{reason}, hidden: t.Hidden,
		Roles: []string{}, Activities: []GridActivity{}, Repairs: []Repair{}, Problems: []Problem{},
	}
}

// nameOf is the name of a table without a title: its sheet's, if somebody
// has named it, else the file's.
func nameOf(t Table, file string) string {
	plain := strings.TrimRight(compact(t.Name), "0123456789")
	switch plain {
	case "", "sheet", "tabelle", "feuil", "feuille", "hoja", "planilha", "folha", "blad", "foglio", "table", "raci", "rasci", "racimatrix", "racichart", "racimodel",
		"matrix", "thematrix", "responsibilitymatrix", "responsibilityassignmentmatrix", "responsibilityassignmentmatrixraci":
		return strings.TrimSuffix(file, path.Ext(file))
	}
	return t.Name
}

// gridReader turns the rows of a layout into activities.
type gridReader struct {
	t       Table
	c       classes
	l       layout
	grid    Grid
	section string
	parents []parent          // the numbered rows that the next one may stand under
	group   []string          // the last value of each group column
	renamed map[string]string // by the legend; nil until it is asked for
	pointed footnoteTexts     // of the marks in the grid
	says    map[int]bool      // rows that are a footnote
	pending []Row             // rows without letters: headings, if letters follow
	own     []ownColumn
	tells   bool // every second row says what is done in the one above
	open    int  // the row of an activity that has no letters yet; 0 for none
	marks   int  // cells in role columns that hold something
	unread  int  // of these, cells that could not be read

	strange   int // of these, cells with a letter that is none of ours
	footnoted int // cells with a mark behind the letter
}

func (r *gridReader) read(file string) {
	r.grid = refused(r.t, file, IsRACI, ActivityRole, "")
	r.grid.Reasons = nil
	r.grid.Where = whereOf(r.t, r.t.Rows[r.l.head].Line)
	r.grid.Notes = append(r.grid.Notes, r.t.Notes...)
	r.grid.Repairs = append(r.grid.Repairs, r.t.repairs...)
	r.group = make([]string, len(r.l.groups))
	r.grid.laidOut(r.t, r.l)
	r.footnotes()
	r.titles()
	r.roles()
	r.columns()
	r.own = r.ownColumns()
	r.leftOut()
	r.tells, r.open = r.described(), r.unlettered()
	for i := r.l.head + 1; i < r.l.end; i++ {
		r.row(i)
	}
	r.ending()
}

// row reads one row below the head: an activity, or a heading or remark that
// only the rows after it can tell apart.
func (r *gridReader) row(i int) {
	row := r.t.Rows[i]
	spread := r.spreads(row)
	marked := false
	for _, col := range r.l.roles {
		marked = marked || clean(row.Cell(col)) != "" && !isRule(row.Cell(col))
	}
	switch {
	case marked && r.l.headAgainAt(r.t, i):
		r.headAgain(row)
	case isPageMark(row), r.says[i], r.legend(row), r.restOfHead(i), marked && (r.counts(row) || r.footer(i) || r.holders(i)):
		r.note(row)
	case r.tells && !r.c.hasLetter(i):
		a := &r.grid.Activities[len(r.grid.Activities)-1]
		a.Note = strings.TrimPrefix(a.Note+"\n"+firstText(row), "\n")
	case i != r.open && (spread || !marked && (r.hasParts(i) || !r.standsAlone(row))):
		r.pending = append(r.pending, row)
	default:
		r.headings(row)
		r.climb(r.number(row))
		r.activity(i, row)
		if root := r.rootOf(i); root != "" {
			r.descend(row, root)
		}
	}
}

// headings settles the rows that waited: the last one heads the activities
// that follow.
func (r *gridReader) headings(next Row) {
	for n, row := range r.pending {
		below := next
		if n < len(r.pending)-1 {
			below = r.pending[n+1]
		}
		if root := r.number(row); root != "" && isUnder(r.number(below), root) {
			r.climb(root)
			r.descend(row, root)
			r.grid.repair("section", row.Line, "", r.parents[len(r.parents)-1].name, fmt.Sprintf("the heading of the rows from line %d on", below.Line), false)
			continue
		}
		r.parents = nil
		if n < len(r.pending)-1 {
			r.aside(row)
			continue
		}
		if filled(row) > 1 && !r.spreads(row) { // what else it says
			r.note(row)
		}
		r.section = unmarked(firstText(row))
		if r.l.id >= 0 && clean(row.Cell(r.l.activity)) != "" {
			r.section = unmarked(row.Cell(r.l.activity))
		}
		clear(r.group)
		r.grid.repair("section", row.Line, "", r.section, fmt.Sprintf("the heading of the rows from line %d on", next.Line), false)
	}
	r.pending = nil
}

func (r *gridReader) activity(i int, row Row) {
	a := GridActivity{Line: row.Line, Name: unmarked(row.Cell(r.l.activity)), Cells: map[string]Cell{}, Section: r.groupOf(row)}
	if r.l.id >= 0 {
		a.ID = idOf(row.Cell(r.l.id))
	}
	if raciHead(a.Name) { // the one row of what stands above
		a.Name = r.grid.Name
	}
	a.Note = r.withFootnote(r.remarks(row), row.Cell(r.l.activity))
	for n, col := range r.l.roles {
		raw := row.Cell(col)
		if clean(raw) == "" {
			continue
		}
		read := r.t.read(raw)
		if read.kind == blankCell {
			continue
		}
		r.marks++
		role := r.grid.Roles[n]
		read.withRemark()
		r.byLegend(&read, row.Line, role)
		if read.kind != letterCell {
			r.unread++
		}
		if read.kind == oddCell {
			r.strange++
		}
		if !r.pointed.follow(&read) && read.repair == "footnote" {
			r.footnoted++
		}
		if read.Letters == nil {
			read.Letters = []string{}
		}
		if read.repair != "" && read.kind == letterCell {
			read.Mended = true
			r.grid.repair(read.repair, row.Line, role, read.Raw, became(read.Cell), read.sure)
		}
		a.Cells[role] = read.Cell
	}
	r.giveOwn(&a, row, r.own)
	r.grid.Activities = append(r.grid.Activities, a)
}

// byLegend reads letters as the legend explains them: "V" where it says "V = verantwortlich".
func (r *gridReader) byLegend(c *cellReading, line int, role string) {
	if r.renamed == nil {
		r.renamed = map[string]string{}
		maps.Copy(r.renamed, r.t.Legend.renamed())
	}
	renamed := r.renamed
	if c.kind != oddCell && (c.kind != letterCell || len(renamed) == 0 || c.repair == "word") {
		return
	}
	set := map[string]bool{}
	var odd []string
	for _, l := range c.Letters {
		own := renamed[l]
		if own == "" {
			own = r.t.Legend.meaning(l)
		}
		if own != "" {
			set[own] = true
			c.Mended = true
			r.grid.repair("by-legend", line, role, l, own, true)
		} else if isLetter(l) {
			set[l] = true
		} else {
			odd = append(odd, l)
		}
	}
	c.Letters = nil
	c.settle(set, odd)
}

func became(c Cell) string {
	letters := strings.Join(c.Letters, ", ")
	if c.Note != "" {
		return letters + " with the note “" + c.Note + "”"
	}
	return letters
}

func (g *Grid) repair(code string, line int, at, was, became string, sure bool) {
	where := fmt.Sprintf("line %d", line)
	if at != "" {
		where += ", " + at
	}
	g.Repairs = append(g.Repairs, Repair{Code: code, Where: where, Was: was, Became: became, Sure: sure})
}

func (g *Grid) problem(code string, line int, activity string, roles []string, text string) {
	if roles == nil {
		roles = []string{}
	}
	g.Problems = append(g.Problems, Problem{Code: code, Line: line, Activity: activity, Roles: roles, Text: text})
}
