package sheet

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML finds the tables of a web page, or of what a browser or an office
// program puts on the clipboard.
func readHTML(data []byte, limits Limits) ([]Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	p := htmlReader{limits: limits, line: 1}
	if err := p.read(text); err != nil {
		return nil, err
	}
	return withText(withHeads(p.tables), p.text, "page"), nil
}

// tablesOfHTML are the tables of a piece of HTML that begins after so many
// lines of its file.
func tablesOfHTML(text string, linesBefore int, limits Limits) ([]Table, error) {
	p := htmlReader{limits: limits, line: linesBefore + 1}
	err := p.read(text)
	return p.tables, err
}

// htmlReader streams HTML: it keeps no tree, so that its memory is bounded by
// the cells it yields. Tables in cells of tables are tables of their own.
type htmlReader struct {
	limits  Limits
	line    int
	cells   int
	open    []*openTable
	tables  []Table
	heading string
	text    []textLine
	run     strings.Builder // text outside tables
	level   int             // of the heading that is open
	bullet  bool
	skip    int // inside script, style and the like
	out     int // inside what is struck out
	shown   htmlShown
}

// openTable is a table that is being read.
type openTable struct {
	Table
	row     int
	cells   []string
	spans   map[int]spanDown // by column: cells of rows above that reach down
	cell    *strings.Builder
	across  int
	down    int
	caption bool
	out     strings.Builder // what is struck out in the cell
	head    int             // where in the cell a heading begins, plus one
	heading string          // the last of those
	raised  int             // where in the cell a <sup> begins, plus one
	label   string          // what stands for the cell where it shows a picture
}

type spanDown struct {
	rows int
	text string
}

func (p *htmlReader) read(text string) error {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(p.limits.Text + 64<<10)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		p.line += strings.Count(string(z.Raw()), "\n")
		switch kind {
		case html.TextToken:
			if p.skip == 0 && p.shown.here() {
				p.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			if is, shown := p.shown.start(tag, kind == html.SelfClosingTagToken); shown {
				p.control(tag)
				if err := p.start(is, tag, kind == html.SelfClosingTagToken); err != nil {
					return err
				}
			}
		case html.EndTagToken:
			if is, shown := p.shown.end(z.Token()); shown {
				p.end(is)
			}
		}
	}
	for len(p.open) > 0 {
		p.closeTable()
	}
	p.flush()
	return nil
}

func (p *htmlReader) table() *openTable {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1]
}

func (p *htmlReader) write(s string) {
	t := p.table()
	switch {
	case p.out > 0:
		if t != nil && t.cell != nil && t.out.Len() < p.limits.Text {
			t.out.WriteString(spaced.Replace(s))
		}
	case t == nil:
		p.run.WriteString(s)
	case t.caption:
		t.Name += s
	case t.cell != nil && t.cell.Len() < p.limits.Text:
		t.cell.WriteString(spaced.Replace(s))
	}
}

// spaced: a line break in the source of a page is a space.
var spaced = strings.NewReplacer("\r", " ", "\n", " ")

// start begins an element, which is as good as one of HTML's.
func (p *htmlReader) start(is atom.Atom, tag html.Token, closed bool) error {
	t := p.table()
	switch is {
	case atom.Script, atom.Style, atom.Template, atom.Noscript:
		if !closed {
			p.skip++
		}
	case atom.Del, atom.S, atom.Strike:
		if !closed {
			p.out++
		}
	case atom.Table:
		p.flush()
		if len(p.open) >= 50 {
			return refuse(TooLarge, "The tables of this page lie in one another more than 50 deep; that is not read.")
		}
		name := p.heading
		if t != nil {
			name = cmp.Or(t.heading, name)
		}
		p.open = append(p.open, &openTable{Table: Table{Name: name, Headed: name != ""}, spans: map[int]spanDown{}})
	case atom.Caption, atom.Tr, atom.Td, atom.Th, atom.Sup:
		if t != nil {
			return p.startWithin(t, is, tag)
		}
	case atom.Span:
		if t != nil && t.cell != nil && t.cell.Len() > 0 && ownBox.MatchString(attrOf(tag, "class")) {
			t.cell.WriteByte('\n')
		}
	case atom.Dd:
		if t == nil && strings.Contains(p.run.String(), ": ") {
			p.run.WriteString("; ")
		} else if t == nil {
			p.run.WriteString(": ")
		}
	case atom.Br, atom.P, atom.Li, atom.Div, atom.Dt:
		if t == nil {
			p.flush()
			p.bullet = is == atom.Li || is == atom.Dt
		} else if t.cell != nil && t.cell.Len() > 0 {
			t.cell.WriteByte('\n')
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if t != nil && t.cell != nil {
			t.head = t.cell.Len() + 1
			break
		}
		p.flush()
		p.level, _ = strconv.Atoi(tag.Data[1:])
	}
	return nil
}

// startWithin begins a part of a table.
func (p *htmlReader) startWithin(t *openTable, is atom.Atom, tag html.Token) error {
	switch is {
	case atom.Caption:
		t.caption, t.Name = true, ""
	case atom.Tr:
		return p.closeRow(t)
	case atom.Td, atom.Th:
		if err := p.closeCell(t); err != nil {
			return err
		}
		t.cell, t.across, t.down = &strings.Builder{}, spanOf(tag, "colspan", p.limits.Columns), spanOf(tag, "rowspan", 10_000)
		t.label = labelOf(tag)
	case atom.Sup:
		if t.cell != nil && mayBeMarked(t.cell.String()) {
			t.raised = t.cell.Len() + 1
		}
	}
	return nil
}

func spanOf(tag html.Token, name string, most int) int {
	for _, a := range tag.Attr {
		if n, err := strconv.Atoi(strings.TrimSpace(a.Val)); a.Key == name && err == nil && n > 1 {
			return min(n, most)
		}
	}
	return 1
}

func (p *htmlReader) end(tag atom.Atom) {
	t := p.table()
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript:
		p.skip = max(p.skip-1, 0)
	case atom.Del, atom.S, atom.Strike:
		p.out = max(p.out-1, 0)
	case atom.Table:
		if t != nil {
			p.closeTable()
		}
	case atom.Sup:
		if t != nil {
			t.footnote()
		}
	case atom.Caption:
		if t != nil && t.caption {
			t.caption, t.Name = false, oneLine(t.Name)
			t.Headed = t.Name != ""
		}
	case atom.P, atom.Li, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if t == nil {
			p.flush()
		} else if t.head > 0 && t.cell != nil && tag != atom.P && tag != atom.Li && tag != atom.Div {
			t.heading, t.head = oneLine(t.cell.String()[t.head-1:]), 0 // of a table in this cell
		}
	}
}

// flush ends a line of text outside tables.
func (p *htmlReader) flush() {
	text := oneLine(strings.Join(strings.Fields(p.run.String()), " "))
	p.run.Reset()
	if text != "" && len(p.text) < aroundMost {
		p.text = append(p.text, textLine{line: p.line, level: p.level, bullet: p.bullet, text: text})
		if p.level > 0 {
			p.heading = text
		}
	}
	p.level, p.bullet = 0, false
}

// closeCell puts the open cell where it belongs: after those that reach down
// from above. A merged cell fills every place that it covers.
func (p *htmlReader) closeCell(t *openTable) error {
	if t.cell == nil {
		return nil
	}
	value := tidy(t.cell.String())
	if value == "" {
		value = t.label
	}
	t.cell, t.raised, t.label, t.head = nil, 0, "", 0
	p.fromAbove(t)
	t.leaveOut(t.row+1, len(t.cells), t.out.String(), value)
	t.out.Reset()
	for range t.across {
		col := len(t.cells)
		if p.cells++; p.cells > p.limits.Cells || col >= p.limits.Columns {
			return refuse(TooLarge, "The tables of this page are larger than is read. Bring the table that matters in a file of its own.")
		}
		t.cells = append(t.cells, value)
		if t.down > 1 {
			t.spans[col] = spanDown{t.down - 1, value}
		}
	}
	return nil
}

// fromAbove fills the next places with cells of rows above that cover them.
func (p *htmlReader) fromAbove(t *openTable) {
	for {
		col := len(t.cells)
		s, covered := t.spans[col]
		if !covered || col >= p.limits.Columns {
			return
		}
		t.cells = append(t.cells, s.text)
		if s.rows--; s.rows == 0 {
			delete(t.spans, col)
		} else {
			t.spans[col] = s
		}
	}
}

func (p *htmlReader) closeRow(t *openTable) error {
	if err := p.closeCell(t); err != nil {
		return err
	}
	if len(t.cells) == 0 {
		return nil
	}
	p.fromAbove(t)
	t.row++
	row := Row{Line: t.row, Cells: t.cells}
	t.cells = nil
	if filled(row) > 0 {
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) > p.limits.Rows {
		return refuse(TooLarge, "A table of this page has more rows than are read.")
	}
	return nil
}

func (p *htmlReader) closeTable() {
	t := p.table()
	_ = p.closeRow(t) // beyond the limits the last row is left out; the rows before were within them
	p.open = p.open[:len(p.open)-1]
	if outer := p.table(); outer != nil && outer.cell != nil && len(t.Rows) == 1 && filled(t.Rows[0]) == 1 {
		outer.cell.WriteString(firstText(t.Rows[0])) // a frame around the text of a cell
		return
	}
	t.Rows = withoutFrame(t.Rows)
	if len(t.Rows) > 0 {
		p.tables = append(p.tables, t.Table)
	}
}

// tidy is the text of a cell as a browser would show it: white space is one
// space, a break of ours a line.
func tidy(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if l := strings.Join(strings.Fields(line), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return clean(strings.Join(lines, "\n"))
}
