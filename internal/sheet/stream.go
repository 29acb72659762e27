package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ListWriter writes a list as a workbook while it comes: nothing of it is
// kept, so a list of any length needs the memory of a row. Text stays text, so
// that nothing can be a formula; plain numbers and days (2026-03-01) become
// numbers and days that a spreadsheet sorts and counts.
type ListWriter struct {
	archive *zip.Writer
	name    string
	head    []string
	out     *bufio.Writer // the sheet that is being written
	sheets  int
	row     int // of that sheet, from 1
	most    int // rows of a sheet; a list that is longer goes on in the next
}

// What Excel lets stand in a sheet and in a cell.
const (
	sheetRows = 1_048_576
	cellText  = 32_767
)

// NewListWriter begins a workbook whose sheet has a name and a head.
func NewListWriter(w io.Writer, name string, head []string) *ListWriter {
	return &ListWriter{archive: zip.NewWriter(w), name: name, head: head, most: sheetRows}
}

const spreadsheetML = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// begin opens the next sheet and writes its head, frozen and bold.
func (l *ListWriter) begin() error {
	l.sheets, l.row = l.sheets+1, 0
	part, err := l.archive.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", l.sheets))
	if err != nil {
		return err
	}
	l.out = bufio.NewWriterSize(part, 16<<10)
	fmt.Fprintf(l.out, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet %s><sheetViews><sheetView workbookViewId="0">`+
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`, spreadsheetML)
	for i, heading := range l.head {
		fmt.Fprintf(l.out, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, max(14, min(40, utf8.RuneCountInString(heading)+6)))
	}
	l.out.WriteString(`</cols><sheetData>`)
	return l.line(l.head, true)
}

// Write adds a row.
func (l *ListWriter) Write(row []string) error {
	if l.out == nil {
		if err := l.begin(); err != nil {
			return err
		}
	}
	if l.row >= l.most {
		if err := l.end(); err != nil {
			return err
		}
		if err := l.begin(); err != nil {
			return err
		}
	}
	return l.line(row, false)
}

func (l *ListWriter) line(cells []string, head bool) error {
	l.row++
	l.out.WriteString(`<row>`)
	for i, text := range cells {
		if text == "" {
			continue
		}
		at := columnName(i)
		switch day, isDay := serial(text); {
		case head:
			fmt.Fprintf(l.out, `<c r="%s%d" s="1" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, l.row, inline(text))
		case isDay:
			fmt.Fprintf(l.out, `<c r="%s%d" s="2"><v>%d</v></c>`, at, l.row, day)
		case plainNumber(text):
			fmt.Fprintf(l.out, `<c r="%s%d"><v>%s</v></c>`, at, l.row, text)
		default:
			fmt.Fprintf(l.out, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, l.row, inline(text))
		}
	}
	_, err := l.out.WriteString(`</row>`)
	return err
}

// end closes the sheet that is open, with a filter over its columns.
func (l *ListWriter) end() error {
	l.out.WriteString(`</sheetData>`)
	if len(l.head) > 0 {
		fmt.Fprintf(l.out, `<autoFilter ref="A1:%s%d"/>`, columnName(len(l.head)-1), l.row)
	}
	l.out.WriteString(`</worksheet>`)
	return l.out.Flush()
}

// Close ends the workbook. A list without rows is its head.
func (l *ListWriter) Close() error {
	if l.out == nil {
		if err := l.begin(); err != nil {
			return err
		}
	}
	if err := l.end(); err != nil {
		return err
	}
	for _, part := range l.parts() {
		w, err := l.archive.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+part.text); err != nil {
			return err
		}
	}
	return l.archive.Close()
}

// workbookPart is a file of the archive that a workbook is.
type workbookPart struct{ name, text string }

// parts are what a workbook needs beside its sheets.
func (l *ListWriter) parts() []workbookPart {
	types, sheets, relations := "", "", ""
	for n := 1; n <= l.sheets; n++ {
		name := l.name
		if n > 1 {
			name = fmt.Sprintf("%s %d", l.name, n)
		}
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		sheets += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, inline(name), n, n)
		relations += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, n, officeRelations, n)
	}
	return []workbookPart{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packageRelations + `"><Relationship Id="rId1" Type="` + officeRelations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + spreadsheetML + ` xmlns:r="` + officeRelations + `"><sheets>` + sheets + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packageRelations + `">` + relations +
			`<Relationship Id="rId0" Type="` + officeRelations + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet ` + spreadsheetML + `><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>` +
			`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
			`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
			`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
			`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`},
	}
}

const (
	officeRelations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
)

var markupSigns = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "_x", "_x005F_x", "\r\n", "\n", "\r", "\n")

// inline is a text as a cell holds it: no more of it than Excel opens, without
// the signs that XML knows not, and with "_x0041_" standing for itself.
func inline(s string) string {
	if len(s) > cellText {
		if r := []rune(s); len(r) > cellText {
			s = string(r[:cellText-1]) + "…"
		}
	}
	return markupSigns.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// plainNumber reports a whole number as a spreadsheet shows it: no sign, no
// zero before it, and short enough to stay exact.
func plainNumber(s string) bool {
	return isNumber(s) && len(s) <= 9 && (s[0] != '0' || len(s) == 1)
}

// serial is an ISO day as a spreadsheet counts days, from 1900 on.
func serial(s string) (int, bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	raw, ok := parseDate(s)
	if !ok || !raw.known {
		return 0, false
	}
	day, ok := newDay(raw.y, raw.m, raw.d, 0)
	if !ok || day.Year() <= 1900 {
		return 0, false
	}
	return int(day.Unix()/86400) + 25569, true
}
