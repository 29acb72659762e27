package sheet

import (
	"html"
	"math"
	"regexp"
	"slices"
	"strings"
)

// readMarkup finds the tables of a text in Markdown or another markup that
// [wikiRows] knows, and the lists of roles with letters under headings. Tables may lack their line of dashes or have
// blank lines between their rows; HTML among the text is read as HTML.
func readMarkup(data []byte, limits Limits) ([]Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if err := tooManyLines(text, limits.Rows, "lines", limits.Rows); err != nil {
		return nil, err
	}
	m := markdown{limits: limits}
	m.lines = wikiRows(unboxed(strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")))
	m.frontMatter()
	for m.at < len(m.lines) {
		if err := m.next(); err != nil {
			return nil, err
		}
	}
	if t, ok := aligned(fenceLine.ReplaceAllString(text, ""), limits); ok && len(m.tables) == 0 {
		return []Table{t}, nil
	}
	return withText(m.tables, m.text, "text"), nil
}

// fenceLine opens or closes a block of code.
var fenceLine = regexp.MustCompile("(?m)^[ \\t]*(?:```|~~~)[^\n]*$")

// markdown is a text on its way to tables.
type markdown struct {
	limits  Limits
	lines   []string
	at      int
	cells   int
	heading string
	over    string // the one before, where heading holds only for what stands right below it
	tables  []Table
	text    []textLine // what stands outside tables
}

func (m *markdown) next() error {
	line := m.lines[m.at]
	switch {
	case m.startsTable():
		return m.table()
	case strings.Contains(strings.ToLower(line), "<table"):
		return m.htmlTable()
	case fence.MatchString(strings.TrimSpace(line)) && m.fenced():
		return nil
	}
	t := lineOf(m.at+1, line)
	m.at++
	if m.at < len(m.lines) && underline.MatchString(m.lines[m.at]) && t.text != "" && t.level == 0 && !t.bullet {
		t.level = 1
		m.at++
	}
	bold := t.level == 0 && boldLine.MatchString(strings.TrimSpace(line))
	if bold || htmlHeading.MatchString(line) {
		t.level = 6 // people write a line in bold where they mean a heading
	}
	if m.callsRACI(t) {
		m.over, m.heading = m.heading, caption.ReplaceAllString(t.text, "")
	} else {
		m.headed(t, bold)
	}
	m.text = append(m.text, t)
	return nil
}

var (
	underline   = regexp.MustCompile(`^\s{0,3}(=+|-{3,})\s*$`)
	boldLine    = regexp.MustCompile(`^(\*\*[^*]+\*\*|__[^_]+__):?$`)
	htmlHeading = regexp.MustCompile(`(?i)^\s*<h[1-6][ >]`)
	dashes      = regexp.MustCompile(`^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$`)
)

func isDashes(line string) bool { return dashes.MatchString(line) && strings.Contains(line, "|") }

// startsTable says whether a table begins here: with a bar at the start of
// two lines, or with a line of dashes below a line with bars.
func (m *markdown) startsTable() bool {
	line := m.lines[m.at]
	if !strings.Contains(line, "|") {
		return false
	}
	if gluedRows(line) != nil {
		return true
	}
	next := m.after(m.at + 1)
	if next < 0 {
		return false
	}
	if isDashes(m.lines[next]) {
		return true
	}
	return barred(line) && barred(m.lines[next])
}

func barred(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "|") }

// after is the next line that is not blank, -1 where there is none.
func (m *markdown) after(from int) int {
	for i := from; i < len(m.lines); i++ {
		if strings.TrimSpace(m.lines[i]) != "" {
			return i
		}
	}
	return -1
}

func (m *markdown) table() error {
	t := Table{Name: m.heading, Headed: m.heading != ""}
	plain := !barred(m.lines[m.at]) // rows without a bar at their start
	for m.at < len(m.lines) {
		line := m.lines[m.at]
		switch {
		case strings.TrimSpace(line) == "":
			// A blank line ends the table, unless a row follows that is not the head of another.
			next := m.after(m.at)
			if plain || next < 0 || !barred(m.lines[next]) {
				return m.add(t)
			}
			if below := m.after(next + 1); below >= 0 && isDashes(m.lines[below]) && len(t.Rows) > 0 {
				return m.add(t)
			}
			m.at = next
			continue
		case isDashes(line):
		case strings.Contains(line, "|"):
			rows := gluedRows(line)
			if rows == nil {
				rows = []string{line}
			}
			for _, row := range rows {
				if err := m.row(&t, row); err != nil {
					return err
				}
			}
		default:
			return m.add(t)
		}
		m.at++
	}
	return m.add(t)
}

func (m *markdown) row(t *Table, line string) error {
	raw := cutRaw(line)
	cells := plainCells(raw)
	if m.cells += len(cells); m.cells > m.limits.Cells || len(t.Rows) > m.limits.Rows || len(cells) > m.limits.Columns {
		return refuse(TooLarge, "The tables of this text are larger than is read. Bring the table that matters in a file of its own.")
	}
	for col := range raw {
		t.leaveOut(m.at+1, col, strings.Join(struck.FindAllString(raw[col], -1), " "), cells[col])
	}
	if slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
		t.Rows = append(t.Rows, Row{Line: m.at + 1, Cells: cells})
	}
	return nil
}

var gluedDashes = regexp.MustCompile(`\|\|\s*:?-{2,}:?\s*\|`)

// gluedRows are the rows of a table that has lost its line breaks: "| a | b ||---|---|| c | d |". nil where a line is one
// row.
func gluedRows(line string) (rows []string) {
	if !barred(line) || !gluedDashes.MatchString(line) {
		return nil
	}
	width := 0
	for part := range strings.SplitSeq(strings.Trim(strings.TrimSpace(line), "|"), "||") {
		row := "|" + part + "|"
		if isDashes(row) {
			continue
		}
		if width == 0 {
			width = strings.Count(row, "|")
		}
		if strings.Count(row, "|") != width {
			return nil
		}
		rows = append(rows, row)
	}
	if len(rows) < 2 {
		return nil
	}
	return rows
}

func (m *markdown) add(t Table) error {
	if len(t.Rows) > 0 {
		m.tables = append(m.tables, t)
	}
	return nil
}

// htmlTable reads the HTML from here to the end of its table.
func (m *markdown) htmlTable() error {
	from, open := m.at, 0
	for ; m.at < len(m.lines); m.at++ {
		low := strings.ToLower(m.lines[m.at])
		open += strings.Count(low, "<table") - strings.Count(low, "</table")
		if open <= 0 {
			m.at++
			break
		}
	}
	tables, err := tablesOfHTML(strings.Join(m.lines[from:m.at], "\n"), from, m.limits)
	for i := range tables {
		if !tables[i].Headed && m.heading != "" {
			tables[i].Name, tables[i].Headed = m.heading, true
		}
	}
	m.tables = append(m.tables, tables...)
	return err
}

// cutRow cuts a row at its bars, except escaped ones, into the texts that a reader sees.
func cutRow(line string) []string { return plainCells(cutRaw(line)) }

func plainCells(raw []string) []string {
	cells := make([]string, len(raw))
	for i, s := range raw {
		cells[i] = clean(plainText(s))
	}
	return cells
}

func cutRaw(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	if strings.HasSuffix(line, "|") && !strings.HasSuffix(line, `\|`) {
		line = line[:len(line)-1]
	}
	var cells []string
	var cell strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && line[i+1] == '|':
			cell.WriteByte('|')
			i++
		case line[i] == '|':
			cells = append(cells, cell.String())
			cell.Reset()
		default:
			cell.WriteByte(line[i])
		}
	}
	return append(cells, cell.String())
}

var (
	lineBreak = regexp.MustCompile(`(?i)<br\s*/?>`)
	struck    = regexp.MustCompile(`~~[^~]*~~|(?is)<(?:del|strike)>.*?</(?:del|strike)>|<s>[^<]*</s>`)
	anyTag    = regexp.MustCompile(`(?i)</?(?:a|abbr|b|big|br|center|code|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|small|span|strong|sub|sup|tt|u|ul|var)(?:\s[^<>]*)?/?>`)
	linked    = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)`)
	bold      = regexp.MustCompile(`(\*\*\*|\*\*|__|~~)([^\s*_~](?:[^*~]*?[^\s*~])?)(\*\*\*|\*\*|__|~~)`)
	italic    = regexp.MustCompile(`(^|[\s(\[/])[*_]([^\s*_](?:[^*_]*[^\s*_])?)[*_]($|[\s).,;:\]/])`)
	nested    = regexp.MustCompile(`\*\*_([^\s_*][^_*]*)_\*\*`)
	code      = regexp.MustCompile("`+([^`]+)`+")
)

// plainText is Markdown's text of one line as a reader sees it.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&[*_~`\\") {
		return s
	}
	s = raisedMark.ReplaceAllString(s, "$1[^$2]")
	s = struck.ReplaceAllString(s, "") // what is crossed out holds no longer
	s = lineBreak.ReplaceAllString(s, "\n")
	s = linkTexts(linked.ReplaceAllString(s, "$1"))
	s = code.ReplaceAllStringFunc(s, func(span string) string { return asWritten.Replace(code.ReplaceAllString(span, "$1")) })
	s = nested.ReplaceAllString(s, "$1")
	s = bold.ReplaceAllString(s, "$2")
	s = italic.ReplaceAllString(s, "$1$2$3")
	s = anyTag.ReplaceAllString(s, "")
	s = html.UnescapeString(s)
	return asRead.Replace(escaped.ReplaceAllString(s, "$1"))
}

// asWritten keeps the signs of code from being taken for markup, and asRead gives them back: "`docs/**`, `tools/**`".
var asWritten, asRead = strings.NewReplacer("*", "\uE000", "_", "\uE001"), strings.NewReplacer("\uE000", "*", "\uE001", "_")

var escaped = regexp.MustCompile(`\\([\\*_{}\[\]()#+.!|<>~-])`)

// aroundMost is how many lines outside its tables a document's legend is
// looked for in.
const aroundMost = 2_000

// titleOver is the one heading of a text that is wider than all others and stands over its lists, none of which it names.
func titleOver(text []textLine, rows []Row) (title string, headed bool) {
	widest, at := 7, 0
	for _, t := range text {
		switch {
		case t.level == 0 || t.level > widest:
		case t.level == widest:
			title = ""
		default:
			widest, title, at = t.level, t.text, t.line
		}
	}
	for _, row := range rows {
		if row.Line <= at || row.Cell(0) == title {
			return "", false
		}
	}
	return title, title != ""
}

// withText gives each table what the text around it explains, and adds the
// lists of roles in it where there is no table of letters.
func withText(tables []Table, text []textLine, what string) []Table {
	legend := Legend{}
	var lines []string
	for _, t := range text[:min(len(text), aroundMost)] {
		lines = append(lines, t.text)
	}
	legend.read(lines)
	anywhere := footnoteTexts{}
	anywhere.read(starredLines(text, -1, math.MaxInt), false)
	for i := range tables {
		tables[i].Legend, tables[i].footnotes = legend, anywhere.near(tables, i, text)
	}
	if list, ok := listsOf(text); ok {
		list.Legend = legend
		list.Name, list.Headed = titleOver(text, list.Rows)
		tables = append(tables, list)
	}
	if len(tables) == 0 && len(text) > 0 {
		missing := "There is no table in this " + what + "."
		return tableless(missing, missing+" A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again.")
	}
	return tables
}
