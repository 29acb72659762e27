package sheet

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"
)

// readDOCX finds the tables of a Word document, and the lists of roles with
// letters under its headings.
func readDOCX(doc *archive) ([]Table, error) {
	said, err := doc.asides()
	if err != nil {
		return nil, err
	}
	r := docReader{archive: doc, said: said}
	err = doc.walk("word/document.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "body" {
			return nil
		}
		return r.body(d)
	})
	if err != nil {
		return nil, err
	}
	return withText(r.tables, append(r.text, r.said.footnotes(r.lines+1)...), "document"), nil
}

// docReader streams the body of a document.
type docReader struct {
	archive *archive
	open    []*docTable
	tables  []Table
	heading string
	text    []textLine
	par     strings.Builder
	level   int // of the paragraph's heading
	bullet  bool
	lines   int
	cells   int
	visible bool // inside an element whose characters are shown
	run     docRun
	struck  strings.Builder // what is struck out in this cell
	said    docAsides
	asText  bool // tables are wanted where they stand in the text
}

type docTable struct {
	Table
	row     int
	cells   []string
	cell    *strings.Builder
	across  int
	merged  bool   // goes on from the cell above
	comment string // on the cell
}

func (r *docReader) table() *docTable {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

func (r *docReader) body(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			return r.archive.kind.broken()
		case xml.StartElement:
			depth++
			if t.Name.Local == "Fallback" { // says the same again, for older programs
				if err := d.Skip(); err != nil {
					return err
				}
				depth--
				continue
			}
			if err := r.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
			if err := r.end(t.Name.Local); err != nil {
				return err
			}
		case xml.CharData:
			r.characters(t)
		}
	}
	return nil
}

func (r *docReader) characters(text []byte) {
	into := &r.par
	if r.run.struck {
		into = &r.struck
	}
	if r.visible && into.Len() < r.archive.limits.Text {
		into.Write(text)
	}
}

func (r *docReader) start(e xml.StartElement) error {
	t := r.table()
	switch e.Name.Local {
	case "pStyle":
		r.level = headingLevel(attr(e, "val"))
	case "outlineLvl":
		r.level = cmp.Or(outlineLevel(attr(e, "val")), r.level)
	case "numPr":
		r.bullet = true
	case "tbl":
		if len(r.open) >= 50 {
			return refuse(TooLarge, "The tables of this document lie in one another more than 50 deep; that is not read.")
		}
		r.open = append(r.open, &docTable{Table: Table{Name: r.heading, Headed: r.heading != "", comments: map[cellAt]string{}}})
	case "gridBefore": // the row begins so many columns later
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n > 0 && t != nil {
			return r.put(t, "", n)
		}
	case "tc", "gridSpan", "vMerge":
		if t != nil {
			t.start(e, r.archive.limits.Columns)
		}
		if e.Name.Local == "tc" {
			r.struck.Reset()
		}
	case "commentReference":
		if t != nil && t.cell != nil {
			t.comment = r.said["comment"+attr(e, "id")]
		}
	default:
		r.inline(e)
	}
	return nil
}

// inline begins what stands in a line of text, or says how it looks.
func (r *docReader) inline(e xml.StartElement) {
	switch e.Name.Local {
	case "r":
		r.run = docRun{from: r.par.Len()}
	case "strike", "dstrike":
		r.run.struck = isOn(e)
	case "vertAlign":
		r.run.raised = attr(e, "val") == "superscript"
	case "sym":
		r.par.WriteString(symbol(attr(e, "font"), attr(e, "char")))
	case "footnoteReference", "endnoteReference":
		r.par.WriteString(r.said.mark(strings.TrimSuffix(e.Name.Local, "Reference"), attr(e, "id")))
	case "t":
		r.visible = true
	case "tab":
		r.par.WriteByte(' ')
	case "br", "cr":
		r.par.WriteByte('\n')
	}
}

// outlineLevel is the level of a heading that is none by its style; 0 for the text between.
func outlineLevel(val string) int {
	if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 6 {
		return n + 1
	}
	return 0
}

// start begins a cell, or says how far it reaches.
func (t *docTable) start(e xml.StartElement, columns int) {
	switch e.Name.Local {
	case "tc":
		t.cell, t.across, t.merged = &strings.Builder{}, 1, false
	case "gridSpan":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n > 1 {
			t.across = min(n, columns)
		}
	case "vMerge":
		t.merged = attr(e, "val") != "restart"
	}
}

// headingLevel is the level of a style called Heading1, berschrift2, Title;
// 0 for others.
func headingLevel(style string) int {
	name := strings.TrimRight(style, "0123456789")
	switch compact(name) {
	case "title", "titel", "titre", "titulo":
		return 1
	case "heading", "berschrift", "uberschrift", "titre1", "ttulo", "rubrik", "kop", "overskrift":
		if n, err := strconv.Atoi(style[len(name):]); err == nil && n > 0 {
			return min(n, 6)
		}
		return 1
	}
	return 0
}

func (r *docReader) end(name string) error {
	t := r.table()
	switch name {
	case "t":
		r.visible = false
	case "r":
		r.endRun()
	case "p":
		r.paragraph(t)
	case "tc":
		if t != nil && t.cell != nil {
			return r.closeCell(t)
		}
	case "tr":
		if t != nil {
			return r.closeRow(t)
		}
	case "tbl":
		if t != nil {
			r.open = r.open[:len(r.open)-1]
			if len(t.Rows) > 0 {
				r.tables = append(r.tables, t.Table)
			}
			if r.asText && len(r.open) == 0 {
				r.tableText(t)
			}
		}
	}
	return nil
}

// paragraph ends one: in a cell it is a line of it, elsewhere a line of text
// or a heading.
func (r *docReader) paragraph(t *docTable) {
	text := r.par.String()
	r.par.Reset()
	if t != nil {
		if t.cell != nil && t.cell.Len() < r.archive.limits.Text {
			t.cell.WriteString(text)
			t.cell.WriteByte('\n')
		}
	} else if r.lines++; len(r.text) < aroundMost {
		for line := range strings.SplitSeq(text, "\n") {
			if line = oneLine(line); line != "" {
				r.text = append(r.text, textLine{line: r.lines, level: r.level, bullet: r.bullet, text: line})
			}
		}
		if r.level > 0 && oneLine(text) != "" {
			r.heading = oneLine(text)
		}
	}
	r.level, r.bullet = 0, false
}

func (r *docReader) closeCell(t *docTable) error {
	value := tidy(t.cell.String())
	t.cell = nil
	t.leaveOut(t.row+1, len(t.cells), r.struck.String(), value)
	if above := len(t.cells); t.merged && len(t.Rows) > 0 {
		value = t.Rows[len(t.Rows)-1].Cell(above)
	}
	if t.comment != "" {
		t.comments[cellAt{t.row + 1, len(t.cells)}], t.comment = t.comment, ""
	}
	return r.put(t, value, t.across)
}

// put writes a value into the next columns of a row.
func (r *docReader) put(t *docTable, value string, across int) error {
	for range across {
		if r.cells++; r.cells > r.archive.limits.Cells || len(t.cells) >= r.archive.limits.Columns {
			return refuse(TooLarge, "The tables of this document are larger than is read. Bring the table that matters in a file of its own.")
		}
		t.cells = append(t.cells, value)
	}
	return nil
}

func (r *docReader) closeRow(t *docTable) error {
	t.row++
	row := Row{Line: t.row, Cells: t.cells}
	t.cells = nil
	if filled(row) > 0 {
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) > r.archive.limits.Rows {
		return refuse(TooLarge, "A table of this document has more rows than are read.")
	}
	return nil
}
