package sheet

import (
	"path"
	"strings"
)

// readCSV reads text with a delimiter. The delimiter is what a first line
// "sep=;" says, else the one that cuts the lines most evenly.
func readCSV(name string, data []byte, limits Limits) ([]Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	// Cells may hold lines of their own; so many in one row are a mistake.
	if err := tooManyLines(text, 8*limits.Rows, "rows", limits.Rows); err != nil {
		return nil, err
	}
	p := csvParser{text: text, quote: '"', line: 1, limits: limits}
	if t, ok := alignedOnly(text, limits); ok {
		return []Table{t}, nil
	}
	if delim, rest, ok := sepLine(text); ok {
		p.delim, p.pos, p.line = delim, len(text)-len(rest), 2
	} else {
		p.delim = guessDelimiter(text, strings.ToLower(path.Ext(name)))
	}
	if p.quotesSingly() {
		p.quote = '\''
	}
	if strings.Count(text, "\n")+strings.Count(text, "\r") > limits.Rows && p.tooMany() {
		return nil, tooManyRows(limits)
	}
	table, err := p.table()
	if err != nil {
		return nil, err
	}
	if len(table.Rows) == 0 {
		return nil, nil
	}
	return []Table{table}, nil
}

// csvParser reads RFC 4180 and what people make of it: any line end, quotes
// inside a plain cell, rows of any length, a quote that is never closed. It
// never fails on the text itself, only on the limits.
type csvParser struct {
	text   string
	delim  byte
	quote  byte
	pos    int
	line   int
	limits Limits
	plain  bool // an unclosed quote was met: quotes are ordinary text from here on
	notes  []Note
}

func (p *csvParser) table() (Table, error) {
	var t Table
	cells := 0
	for {
		row, ok := p.next()
		if !ok {
			break
		}
		last := len(row.Cells)
		for last > 0 && clean(row.Cells[last-1]) == "" {
			last--
		}
		if last == 0 || ruled(row.Cells[:last]) {
			continue
		}
		row.Cells = row.Cells[:last]
		for _, text := range row.Cells {
			if err := p.limits.fits(row.Line, text); err != nil {
				return t, err
			}
		}
		t.Rows = append(t.Rows, row)
		cells += last
		if err := p.limits.check(row.Line, len(t.Rows), last, cells); err != nil {
			return t, err
		}
	}
	t.Notes = p.notes
	return p.rejoined(t), nil
}

// tooMany reports more rows than are read, before any of them is kept: of a
// text that is refused no more than the text itself is in memory.
func (p csvParser) tooMany() bool {
	for rows := 0; p.pos < len(p.text); {
		filled := false
		for more := true; more; {
			var cell string
			cell, more = p.cell()
			filled = filled || cell != "" && (cell[0] > ' ' && cell[0] < 0x80 || clean(cell) != "")
		}
		if filled {
			rows++
		}
		if rows > p.limits.Rows {
			return true
		}
	}
	return false
}

func tooManyRows(l Limits) error {
	return refuse(TooLarge, "There are more than %s rows; no more are read at once. Split the file.", count(l.Rows))
}

// ruled reports the line of dashes below the head of a text table.
func ruled(cells []string) bool {
	lines := 0
	for _, cell := range cells {
		switch s := strings.Trim(strings.TrimSpace(cell), ":"); {
		case s == "":
		case len(s) < 3 || strings.Trim(s, s[:1]) != "" || !strings.Contains("-=_", s[:1]):
			return false
		default:
			lines++
		}
	}
	return lines > 1
}

// check refuses a table that has outgrown the limits.
func (l Limits) check(line, rows, columns, cells int) error {
	switch {
	case rows > l.Rows:
		return tooManyRows(l)
	case columns > l.Columns:
		return refuse(TooLarge, "Line %s has more than %s columns; no more are read. Leave out the columns that are not needed.", count(line), count(l.Columns))
	case cells > l.Cells:
		return refuse(TooLarge, "There are more than %s cells; no more are read at once. Split the file, or leave out columns that are not needed.", count(l.Cells))
	}
	return nil
}

// fits refuses a cell that holds more than anybody types: a file without line
// ends, or of something else.
func (l Limits) fits(line int, text string) error {
	if len(text) <= l.Text {
		return nil
	}
	return refuse(TooLarge, "A cell on line %s holds %s of text; at most %s are read. The file may lack its line ends, or not be a table.",
		count(line), megabytes(int64(len(text))), megabytes(int64(l.Text)))
}

// next returns the next row, blank ones included.
func (p *csvParser) next() (Row, bool) {
	if p.pos >= len(p.text) {
		return Row{}, false
	}
	row := Row{Line: p.line}
	for {
		cell, more := p.cell()
		cell = unguarded(cell)
		// Beyond the limit empty cells are not kept, and the first that holds
		// something is enough to refuse the row.
		beyond := len(row.Cells) >= p.limits.Columns
		filled := !beyond || clean(cell) != ""
		if filled {
			row.Cells = append(row.Cells, cell)
		}
		if !more || beyond && filled {
			return row, true
		}
	}
}

// unguarded is a cell without the apostrophe that keeps it from being a formula, as ours and other programs write it before
// "+1 555 0100", and without the formula that keeps it a text: ="0100".
func unguarded(cell string) string {
	if text, quoted := strings.CutPrefix(cell, `="`); quoted && len(text) > 0 && text[len(text)-1] == '"' {
		return strings.ReplaceAll(text[:len(text)-1], `""`, `"`)
	}
	if rest, guarded := strings.CutPrefix(cell, "'"); guarded && strings.IndexAny(strings.TrimLeft(rest, " "), "=+-@\t\r\n＝＋－＠") == 0 {
		return rest
	}
	return cell
}

// cell reads one cell and says whether another follows in the same row.
func (p *csvParser) cell() (string, bool) {
	if open := p.skipSpace(p.pos); !p.plain && open < len(p.text) && p.text[open] == p.quote {
		if cell, ok := p.quoted(open + 1); ok {
			return cell, p.separator()
		}
		p.plain = true
		p.notes = append(p.notes, Note{Line: p.line, Text: "A quotation mark is opened here and never closed; it was read as an ordinary character."})
	}
	start := p.pos
	for p.pos < len(p.text) {
		if c := p.text[p.pos]; c == p.delim || c == '\n' || c == '\r' {
			break
		}
		p.pos++
	}
	return p.text[start:p.pos], p.separator()
}

// skipSpace steps over blanks that are not the delimiter.
func (p *csvParser) skipSpace(at int) int {
	for at < len(p.text) && p.text[at] != p.delim && (p.text[at] == ' ' || p.text[at] == '\t') {
		at++
	}
	return at
}

// quoted reads a cell in quotation marks that begins at from. A mark that is
// followed by neither a delimiter nor a line end belongs to the text. Without
// a closing mark nothing is consumed.
func (p *csvParser) quoted(from int) (string, bool) {
	lines, doubled, broken := 0, false, false
	for i := from; i < len(p.text); i++ {
		switch c := p.text[i]; c {
		case '\n':
			lines++
		case '\r':
			broken = true
			if i+1 >= len(p.text) || p.text[i+1] != '\n' {
				lines++
			}
		case p.quote:
			if i+1 < len(p.text) && p.text[i+1] == p.quote {
				doubled = true
				i++
				continue
			}
			end := p.skipSpace(i + 1)
			if end < len(p.text) && p.text[end] != p.delim && p.text[end] != '\n' && p.text[end] != '\r' {
				continue
			}
			cell := p.text[from:i]
			if doubled {
				mark := string(p.quote)
				cell = strings.ReplaceAll(cell, mark+mark, mark)
			}
			if broken {
				cell = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(cell)
			}
			p.pos, p.line = end, p.line+lines
			return cell, true
		}
	}
	return "", false
}

// separator steps over what ends a cell; true where it is a delimiter.
func (p *csvParser) separator() bool {
	if p.pos >= len(p.text) {
		return false
	}
	c := p.text[p.pos]
	p.pos++
	if c == p.delim {
		return true
	}
	if c == '\r' && p.pos < len(p.text) && p.text[p.pos] == '\n' {
		p.pos++
	}
	p.line++
	return false
}

// tooManyLines refuses a text by its line ends, before it is taken apart.
func tooManyLines(text string, most int, what string, allowed int) error {
	if strings.Count(text, "\n")+strings.Count(text, "\r") <= 2*most { // Windows writes two
		return nil
	}
	return refuse(TooLarge, "There are more than %s %s; no more are read at once. Split the file.", count(allowed), what)
}
