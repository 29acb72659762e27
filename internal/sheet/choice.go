package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// GridChoice is what a person said about one grid where the guess was wrong. The zero value leaves all to the reader.
type GridChoice struct {
	Orientation Orientation       `json:"orientation,omitempty"`
	Head        int               `json:"head,omitempty"`    // the line with the names of the roles
	Columns     map[int]string    `json:"columns,omitempty"` // what a column is, by index: one of [ColumnUses]
	Letters     map[string]string `json:"letters,omitempty"` // by what stands in the cells, in capitals: R, A, C, I, S, or "-" for nothing
	Sure        bool              `json:"sure,omitempty"`    // it is a RACI grid, whatever it looks like
}

// The uses of a column.
const (
	UseActivity = "activity"
	UseRole     = "role"
	UseID       = "id"
	UseGroup    = "group"
	UseNote     = "note"
	UseIgnored  = "ignore"
)

// ColumnUses are what a column may be, in the order in which a page offers them.
var ColumnUses = []string{UseActivity, UseRole, UseGroup, UseID, UseNote, UseIgnored}

// IsZero says that nothing was chosen.
func (c GridChoice) IsZero() bool {
	return c.Orientation == "" && c.Head == 0 && len(c.Columns) == 0 && len(c.Letters) == 0 && !c.Sure
}

// Lays says that the layout was chosen, in part at least: what letters mean and that it is a grid leave it to the reader.
func (c GridChoice) Lays() bool { return c.Orientation != "" || c.Head != 0 || len(c.Columns) > 0 }

// byHand says that the layout was chosen, in part at least: then a table is not refused for what it looks like.
func (c GridChoice) byHand() bool { return c.Head != 0 || len(c.Columns) > 0 || c.Sure }

// heads says that a row may be the head.
func (c GridChoice) heads(r Row) bool { return c.Head == 0 || r.Line == c.Head }

// headsWithin is how many rows are looked at for the head.
func (c GridChoice) headsWithin(rows, usual int) int {
	if c.Head != 0 {
		return rows
	}
	return min(rows, usual)
}

// asRoles puts the columns that were chosen as roles among those found, and takes others out.
func (c GridChoice) asRoles(found []int, width int) (out []int) {
	if len(c.Columns) == 0 {
		return found
	}
	for col := range width {
		if use, chosen := c.Columns[col]; chosen && use == UseRole || !chosen && slices.Contains(found, col) {
			out = append(out, col)
		}
	}
	return out
}

// relabel gives the other columns the uses that were chosen.
func (c GridChoice) relabel(l *layout, width int) {
	if len(c.Columns) == 0 {
		return
	}
	is := func(use string) func(int) bool {
		return func(col int) bool { chosen, ok := c.Columns[col]; return ok && chosen != use }
	}
	l.groups = slices.DeleteFunc(l.groups, is(UseGroup))
	l.notes = slices.DeleteFunc(l.notes, is(UseNote))
	if l.id >= 0 && is(UseID)(l.id) {
		l.id = -1
	}
	if l.activity >= 0 && is(UseActivity)(l.activity) {
		l.activity = -1
	}
	for col := range width {
		switch use := c.Columns[col]; {
		case use == UseActivity:
			l.activity = col
		case use == UseID:
			l.id = col
		case use == UseGroup && !slices.Contains(l.groups, col):
			l.groups = append(l.groups, col)
		case use == UseNote && !slices.Contains(l.notes, col):
			l.notes = append(l.notes, col)
		}
	}
	slices.Sort(l.groups)
	slices.Sort(l.notes)
	free := func(cols []int) []int {
		return slices.DeleteFunc(cols, func(col int) bool { return col == l.activity || col == l.id })
	}
	l.groups, l.notes = free(l.groups), free(l.notes)
	if l.id == l.activity {
		l.id = -1
	}
}

// read reads a cell of the table, with what was said about its letters.
func (t Table) read(raw string) cellReading {
	r := readCell(raw)
	if r.repair == "word" && t.answers[compact(raw)] {
		r.Letters, r.sure = []string{"A"}, false
	}
	if len(t.choice.Letters) == 0 || r.kind == blankCell {
		return r
	}
	written := r.Letters
	if len(written) == 0 {
		written = []string{oneLine(r.Raw)}
	}
	renamed := len(t.Legend.renamed()) > 0 // then what was chosen is said of the letters that the legend makes of these
	set, odd, chosen := map[string]bool{}, []string(nil), false
	for _, l := range written {
		means, said := t.choice.Letters[strings.ToUpper(l)]
		said = said && !(renamed && isLetter(l))
		chosen = chosen || said
		switch {
		case said && isLetter(means):
			set[means] = true
		case said:
		case isLetter(l):
			set[l] = true
		case len(r.Letters) > 0:
			odd = append(odd, l)
		}
	}
	if !chosen {
		return r
	}
	out := cellReading{Cell: Cell{Raw: r.Raw, Note: r.Note, chosen: true}, repair: "chosen", sure: true}
	if len(set)+len(odd) == 0 {
		return cellReading{Cell: Cell{Raw: r.Raw}}
	}
	out.settle(set, odd)
	return out
}

// choose gives our letters the meanings that were said, where no cell says them: in columns headed by a letter, in lists,
// and where a legend has made other letters of those written.
func (g *Grid) choose(means map[string]string) {
	if len(means) == 0 {
		return
	}
	for _, a := range g.Activities {
		for role, c := range a.Cells {
			if c.chosen {
				continue
			}
			set, odd := map[string]bool{}, []string(nil)
			for _, l := range c.Letters {
				as, said := means[l]
				switch {
				case said && isLetter(as):
					set[as] = true
				case said:
				case isLetter(l):
					set[l] = true
				default:
					odd = append(odd, l)
				}
			}
			read := cellReading{Cell: c}
			read.Letters = nil
			read.settle(set, odd)
			if a.Cells[role] = read.Cell; len(read.Letters) == 0 && c.Note == "" {
				delete(a.Cells, role)
			}
		}
	}
}

// GridsOf reads the grids of tables that were read before: the same as [ReadGrids], which need not be asked again when a
// person chooses otherwise.
func GridsOf(file string, tables []Table, options GridOptions) Reading {
	reading := Reading{File: baseName(file)}
	for i, t := range together(tables) {
		if len(t.Rows) > 0 && (options.Sheet == "" || t.Name == options.Sheet) {
			reading.Grids = append(reading.Grids, gridsNoted(t, reading.File, i+1, options.Choices)...)
		}
	}
	besideOthers(reading.Grids)
	stepsApart(reading.Grids)
	return reading
}

// Kept are the tables without those that are too large to be grids: of these the head stays, which says so again.
func Kept(tables []Table) []Table {
	out := make([]Table, len(tables))
	for i, t := range tables {
		if _, _, large := t.tooLarge(); large {
			t.Large = [2]int{len(t.Rows), t.width()}
			t.Rows = t.Rows[:1]
			t.Rows[0].Cells = t.Rows[0].Cells[:min(len(t.Rows[0].Cells), gridColumns)]
			t.footnotes, t.comments, t.struck = nil, nil, nil
		}
		out[i] = t
	}
	return out
}

func (t Table) width() (width int) {
	for _, r := range t.Rows {
		width = max(width, len(r.Cells))
	}
	return width
}

func (t Table) tooLarge() (rows, width int, large bool) {
	rows, width = max(len(t.Rows), t.Large[0]), max(t.width(), t.Large[1])
	return rows, width, rows > gridRows || width > gridColumns
}

// Outline is a table as somebody who chooses sees it: its first rows and every column, with what it was taken as.
type Outline struct {
	Rows    []OutlineRow
	Columns []GridColumn
	Head    int // the line taken as the head; 0: none
}

// OutlineRow is a row in short.
type OutlineRow struct {
	Line int
	Text string
}

const outlineRows = 12

// Outline is what the grid was read out of.
func (g Grid) Outline() Outline {
	o := Outline{Head: g.head}
	t := g.source
	for i, row := range t.Rows {
		if i >= outlineRows && row.Line > g.head+2 {
			break
		}
		var texts []string
		for _, cell := range row.Cells {
			if s := oneLine(cell); s != "" && (len(texts) == 0 || texts[len(texts)-1] != short(s)) {
				texts = append(texts, short(s))
			}
		}
		o.Rows = append(o.Rows, OutlineRow{row.Line, short(strings.Join(texts, " · "))})
	}
	head := Row{}
	for _, row := range t.Rows {
		if row.Line == g.head {
			head = row
		}
	}
	for col := range t.width() {
		use := g.uses[col]
		if use == "" {
			use = UseIgnored
		}
		header := oneLine(head.Cell(col))
		if header == "" {
			header = fmt.Sprintf("Column %s", columnName(col))
		}
		o.Columns = append(o.Columns, GridColumn{Index: col, Header: header, Use: use})
	}
	return o
}

// Shape is the same for all grids with the same headings, in whatever order. It is of use only for a reading without
// choices.
func (g Grid) Shape() string {
	var headings []string
	for _, c := range g.Outline().Columns {
		headings = append(headings, compact(c.Header))
	}
	if g.head == 0 {
		headings = nil
		for _, r := range g.source.Rows[:min(len(g.source.Rows), 1)] {
			for _, cell := range r.Cells {
				headings = append(headings, compact(cell))
			}
		}
		for _, r := range g.Roles {
			headings = append(headings, compact(r))
		}
	}
	slices.Sort(headings)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(headings), "\x00")))
	return hex.EncodeToString(sum[:])
}

// Signs are what stands in the cells and may be given a meaning: our letters first, then others as written in capitals.
func (g Grid) Signs() (signs []string) {
	used := map[string]bool{}
	for _, a := range g.Activities {
		for _, c := range a.Cells {
			written := c.Letters
			if c.chosen { // what was made of other signs does not stand there
				written = readCell(c.Raw).Letters
			}
			for _, l := range written {
				used[l] = true
			}
			if text := strings.ToUpper(oneLine(c.Raw)); len(c.Letters) == 0 && text != "" && utf8.RuneCountInString(text) <= oddMax {
				used[text] = true
			}
		}
	}
	for l := range used {
		if up := strings.ToUpper(l); !isLetter(up) && !slices.Contains(signs, up) {
			signs = append(signs, up)
		}
	}
	slices.Sort(signs)
	for _, l := range slices.Backward(strings.Split(canon, "")) {
		if used[l] {
			signs = append([]string{l}, signs...)
		}
	}
	return signs
}

// laidOut keeps what the grid was read out of, and as what.
func (g *Grid) laidOut(t Table, l layout) {
	g.head, g.uses = t.Rows[l.head].Line, map[int]string{}
	for what, cols := range map[string][]int{UseRole: l.roles, UseGroup: l.groups, UseNote: l.notes} {
		for _, col := range cols {
			g.uses[col] = what
		}
	}
	if l.id >= 0 {
		g.uses[l.id] = UseID
	}
	if l.activity >= 0 {
		g.uses[l.activity] = UseActivity
	}
}
