package sheet

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
)

// Table is one sheet of a workbook, or a whole text file: rows of text as a
// person sees them. It has no idea yet what the text means.
type Table struct {
	Name   string // of the sheet, or the heading above the table; empty for a text file
	Headed bool   // Name is a heading
	Hidden bool   // the workbook hides this sheet
	List   bool   // no table but a list: rows of one cell are activities, rows of two a role and its letters
	Rows   []Row  // only rows in which something stands
	Notes  []Note // what was odd about the text itself
	Legend Legend // what the text around the table explains
	NoList string // why nothing in the file is a list, where no table is in it and a sentence stands in the place of one
	Large  [2]int // rows and columns of a table that was cut off because it is too large for a grid

	footnotes footnoteTexts     // what the text around the table says of marks
	comments  map[cellAt]string // what is said of cells beside them

	choice   GridChoice
	answers  map[string]bool // words that mean A here, compacted
	repairs  []Repair        // of the table itself, before a grid was read in it
	struck   []struckOut
	explains bool // it is nothing but the legend of the others
	whole    bool // a list whose names came from a column of names: what stands in brackets belongs to them
}

// Row is one row that holds something. Line counts from 1 as the editor or
// the spreadsheet shows it; Cells may be shorter than in other rows.
type Row struct {
	Line  int
	Cells []string
}

// Note is a remark about a line.
type Note struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Cell returns the text at a column, or "" beyond the row's end.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// ReadTables reads every table of a file. The kind of file is told by its
// content; the name only settles what the content leaves open. A file that
// cannot be read is refused with an [*Error].
func ReadTables(name string, data []byte, limits Limits) ([]Table, error) {
	limits = limits.orDefault()
	if len(data) > limits.Bytes {
		return nil, tooLong(int64(len(data)), limits)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, refuse(Empty, "This file is empty.")
	}
	if err := refuseKind(name, data); err != nil {
		return nil, err
	}
	data = unquoted(data)
	tables, err := readerOf(name, data)(data, limits)
	if err != nil {
		return nil, err
	}
	for i := range tables {
		tables[i] = tables[i].withoutNaN()
	}
	if tables = slices.DeleteFunc(tables, func(t Table) bool { return len(t.Rows) == 0 && t.Large[0] == 0 }); len(tables) == 0 {
		return nil, refuse(Empty, "There is nothing in this file: every cell is empty.")
	}
	return tables, nil
}

// reader yields the tables of one kind of file.
type reader func(data []byte, limits Limits) ([]Table, error)

// readerOf finds the reader of a file: by how it begins, then by its name,
// then by what it looks like.
func readerOf(name string, data []byte) reader {
	ext := strings.ToLower(path.Ext(name))
	isText := func(data []byte, limits Limits) ([]Table, error) { return readCSV(name, data, limits) }
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		return func(data []byte, limits Limits) ([]Table, error) { return readArchive(name, data, limits) }
	case beginsAsHTML(data):
		return readHTML
	}
	if r := readersByName[ext]; r != nil {
		return r
	}
	switch ext {
	case ".csv", ".tsv", ".tab":
		return isText
	case ".json":
		return func(data []byte, limits Limits) ([]Table, error) { return readRecords(data, limits, jsonValues) }
	case ".yaml", ".yml":
		return func(data []byte, limits Limits) ([]Table, error) { return readRecords(data, limits, yamlValues) }
	case ".toml":
		return func(data []byte, limits Limits) ([]Table, error) { return readRecords(data, limits, tomlValues) }
	}
	switch {
	case looksLikeJSON(data):
		return func(data []byte, limits Limits) ([]Table, error) { return readRecords(data, limits, jsonValues) }
	case looksLikeLDIF(data):
		return readLDIF
	case looksLikeCards(data):
		return readCards
	case looksLikeLaTeX(data):
		return readLaTeX
	case looksLikeMermaid(data):
		return readMermaid
	case looksLikeMarkdown(data):
		return readMarkup
	}
	return isText
}

// readersByName are those of files whose names say enough.
var readersByName = map[string]reader{
	".md": readMarkup, ".markdown": readMarkup, ".mdown": readMarkup, ".wiki": readMarkup, ".mediawiki": readMarkup, ".dokuwiki": readMarkup, ".textile": readMarkup, ".org": readMarkup,
	".rst": readMarkup, ".adoc": readMarkup, ".asciidoc": readMarkup, ".mmd": readMermaid, ".mermaid": readMermaid, ".htm": readHTML, ".html": readHTML, ".xhtml": readHTML,
	".ldif": readLDIF, ".ldf": readLDIF, ".vcf": readCards, ".vcard": readCards, ".tex": readLaTeX, ".latex": readLaTeX, ".ltx": readLaTeX,
}

// readArchive reads a Word document or a workbook.
func readArchive(name string, data []byte, limits Limits) ([]Table, error) {
	a, err := openArchive(name, data, limits)
	if err != nil {
		return nil, err
	}
	if a.isDocument() {
		return readDOCX(a)
	}
	return readXLSX(a)
}

func beginsAsHTML(data []byte) bool {
	head := beginning(data)
	for _, p := range []string{"<!doctype html", "<html", "<table", "<meta", "<body", "<div", "<google-sheets-html-origin"} {
		if bytes.HasPrefix(head, []byte(p)) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<html"))
}

// beginning is the first text of a file in lower case.
func beginning(data []byte) []byte {
	return bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\xEF\xBB\xBF")), " \t\r\n"))
}

// looksLikeMarkdown tells by a line of dashes below a line of bars, or by
// headings with list entries of letters below them.
func looksLikeMarkdown(data []byte) bool {
	headings, entries, above, barredRows := 0, 0, "", 0
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data[:min(len(data), sample)]))
	for _, line := range wikiRows(strings.Split(text, "\n")) {
		if isDashes(line) && strings.Contains(above, "|") {
			return true
		}
		if t := strings.TrimSpace(line); len(t) > 2 && t[0] == '|' && t[len(t)-1] == '|' {
			if barredRows++; barredRows > 1 {
				return true
			}
		}
		if strings.TrimSpace(line) != "" {
			above = line
		}
		t := lineOf(0, strings.TrimRight(line, "\r\n"))
		if t.level > 0 {
			headings++
		}
		if activity, pairs := t.spelledOut(); activity != "" && len(pairs) > 1 && !strings.Contains(line, "\t") {
			entries += 2
		} else if _, _, ok := t.pair(); ok {
			entries++
		} else if _, pairs := t.assigned(2); pairs != nil {
			entries += 2
		}
	}
	return entries > 1 && (headings > 0 || entries > 3)
}

// isPicture knows PNG, JPEG and GIF by their first bytes, which are no text.
func isPicture(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\x89PNG")) || bytes.HasPrefix(data, []byte("\xff\xd8\xff")) || bytes.HasPrefix(data, []byte("GIF8"))
}

// refuseKind refuses the kinds of file that are neither text tables nor
// workbooks. It looks at the content first: an .xls may well be text.
func refuseKind(name string, data []byte) error {
	head := beginning(data)
	starts := func(prefixes ...string) bool {
		for _, p := range prefixes {
			if bytes.HasPrefix(head, []byte(p)) {
				return true
			}
		}
		return false
	}
	switch {
	case bytes.HasPrefix(data, oleHead):
		return refuseOLE(name, data)
	case starts("%pdf-"):
		return refuse(WrongFormat, "This is a PDF; the table in it cannot be read. Bring the spreadsheet it was made from, as .xlsx or .csv.")
	case !beginsAsHTML(data) && starts("<!doctype", "<?xml"):
		return refuse(WrongFormat, "This is XML, not a table, whatever its name says. %s", saveAs)
	case starts("{\\rtf"):
		return refuse(WrongFormat, "This is a text document. Copy its table into a spreadsheet and save that as .xlsx or .csv.")
	case isPicture(data):
		return refuse(WrongFormat, "This is a picture. Bring the spreadsheet it shows, as .xlsx or .csv.")
	}
	ext := strings.ToLower(path.Ext(name))
	switch ext {
	case ".docx":
		if !bytes.HasPrefix(data, []byte("PK")) {
			return aDocument.broken()
		}
	case ".xml", ".doc", ".odt", ".rtf", ".pdf", ".pptx":
		if !bytes.HasPrefix(data, []byte("PK")) {
			return refuse(WrongFormat, "A %s file cannot be read yet. Copy its table into a spreadsheet and save that as .xlsx or .csv.", ext)
		}
	}
	return nil
}

// clean trims a text and returns "" where nothing visible is left of it. What
// is inside stays as typed.
func clean(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unseen[r] })
	for _, r := range s {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && !blankGlyph(r) {
			return s
		}
	}
	return ""
}

// unseen are the signs that say where a line may break, or which way it runs.
var unseen = map[rune]bool{'\uFEFF': true, '\u200B': true, '\u2060': true, '\u200E': true, '\u200F': true}

// broken are those that stand within words, and those that turn round what comes behind them, on a page even beyond the name.
var broken = strings.NewReplacer("\uFEFF", "", "\u200B", "", "\u2060", "", "\u00AD", "",
	"\u202A", "", "\u202B", "", "\u202C", "", "\u202D", "", "\u202E", "", "\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")

// blankGlyph reports the runes that Unicode calls graphic and nobody can see.
func blankGlyph(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u2800', '\u3164', '\uFFA0', '\u034F':
		return true
	}
	return false
}

// oneLine is clean with line breaks turned into single spaces, for names.
func oneLine(s string) string {
	if s = clean(s); strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		s = broken.Replace(s)
	}
	if !strings.ContainsAny(s, "\r\n\t\v\f\u0085\u00a0\u2028\u2029") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return count(int(n+1023)>>10) + " KB"
	}
	return count(int(n+1<<20-1)>>20) + " MB"
}
