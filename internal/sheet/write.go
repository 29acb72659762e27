package sheet

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Export is a matrix on its way into a file that reads back as the same
// matrix: a head, and rows of as many cells.
type Export struct {
	Title string
	Says  string     // a line below the title: what it is of, and of which day
	Head  []string   // what names an activity, then the roles
	Names int        // how many of the columns name an activity
	Rows  [][]string // letters as people write them: "A, R (Chair)"
	// Holders are a sheet of their own in a workbook: who wears the hats that day.
	Holders [][]string
}

// legendRows explain the letters below a matrix.
var legendRows = []string{"A = Accountable (answers)", "R = Responsible (does)", "C = Consulted (gives input)", "I = Informed (is told)", "S = Supports"}

// XLSX writes a workbook: the matrix with its head and its activities frozen,
// the legend below it, and the holders on a second sheet.
func (e Export) XLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	const name = "RACI"
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom"},
		Border: []excelize.Border{{Type: "bottom", Style: 2, Color: "85898A"}}})
	if err != nil {
		return err
	}
	letters, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	if err != nil {
		return err
	}
	if err := e.writeMatrix(f, name, head, letters); err != nil {
		return err
	}
	if len(e.Holders) > 0 {
		if err := e.writeHolders(f, head); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// writeMatrix fills the sheet of the matrix, with the legend below it.
func (e Export) writeMatrix(f *excelize.File, name string, head, letters int) error {
	rows := [][]string{{e.Title}, {e.Says}, e.Head}
	rows = append(rows, e.Rows...)
	rows = append(rows, nil)
	for _, line := range legendRows {
		rows = append(rows, []string{line})
	}
	const top = 3 // the row of the head
	style := func(row, col int) int {
		switch {
		case row == top || row == 1:
			return head
		case row > top && row <= top+len(e.Rows) && col > e.Names:
			return letters
		}
		return 0
	}
	corner, err := excelize.CoordinatesToCellName(e.Names+1, top+1)
	if err != nil {
		return err
	}
	panes := &excelize.Panes{Freeze: true, XSplit: e.Names, YSplit: top, TopLeftCell: corner, ActivePane: "bottomRight"}
	return streamSheet(f, name, rows, e.widths(), style, panes)
}

// widths are those of the columns of the matrix: narrow for numbers, wide for names.
func (e Export) widths() (widths []excelizeWidth) {
	for i := range e.Head {
		width := 14.0
		switch {
		case i == e.Names-1:
			width = 44
		case i == 0 && e.Names > 1:
			width = 5
		}
		widths = append(widths, excelizeWidth{i + 1, width})
	}
	return widths
}

// writeHolders adds the sheet of who holds which role.
func (e Export) writeHolders(f *excelize.File, head int) error {
	const name = "Holders"
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	var widths []excelizeWidth
	for i := range e.Holders[0] {
		widths = append(widths, excelizeWidth{i + 1, 22})
	}
	style := func(row, _ int) int {
		if row == 1 {
			return head
		}
		return 0
	}
	return streamSheet(f, name, e.Holders, widths, style, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

type excelizeWidth struct {
	column int
	width  float64
}

// streamSheet writes rows of text; style picks one for a cell, both counted
// from 1. Text stays text: nothing becomes a formula or a number.
func streamSheet(f *excelize.File, sheet string, rows [][]string, widths []excelizeWidth, style func(row, col int) int, panes *excelize.Panes) error {
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for _, w := range widths {
		if err := s.SetColWidth(w.column, w.column, w.width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(panes); err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, text := range row {
			cells[j] = excelize.Cell{StyleID: style(i+1, j+1), Value: text}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := s.SetRow(at, cells); err != nil {
			return err
		}
	}
	return s.Flush()
}

// Markdown writes a table that wikis and repositories show.
func (e Export) Markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# %s\n\n%s\n\n", literal(e.Title), literal(e.Says))
	line := func(cells []string) {
		for _, c := range cells {
			fmt.Fprintf(out, "| %s ", literal(c))
		}
		out.WriteString("|\n")
	}
	line(e.Head)
	for i := range e.Head {
		out.WriteString(map[bool]string{true: "|---", false: "|:-:"}[i < e.Names])
	}
	out.WriteString("|\n")
	for _, row := range e.Rows {
		line(row)
	}
	fmt.Fprintf(out, "\n%s\n", strings.Join(legendRows, "; "))
	return out.Flush()
}

// marks are what Markdown would read as more than text.
var marks = strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "[", `\[`, "](", `\]\(`, "]", `\]`, "<", "&lt;", ">", "&gt;", "`", "&#96;", "~", `\~`, "#", `\#`,
	"&", "&amp;", "\r\n", "<br>", "\n", "<br>", "\r", "<br>")

// literal is a text as Markdown that reads as just that text.
func literal(s string) string { return marks.Replace(s) }

// HTML writes a page of its own with the matrix as its table, for a wiki or a
// mail.
func (e Export) HTML(w io.Writer) error {
	out := bufio.NewWriter(w)
	title := html.EscapeString(e.Title)
	fmt.Fprintf(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>%s</title>\n"+
		"<style>body{font-family:sans-serif}table{border-collapse:collapse}th,td{border:1px solid #cfcfc7;padding:4px 8px;text-align:left;vertical-align:top}</style></head>\n"+
		"<body>\n<h1>%s</h1>\n<p>%s</p>\n<table>\n", title, title, html.EscapeString(e.Says))
	line := func(open, closing string, cells []string) {
		out.WriteString("<tr>")
		for _, c := range cells {
			out.WriteString(open + strings.ReplaceAll(html.EscapeString(c), "\n", "<br>") + closing)
		}
		out.WriteString("</tr>\n")
	}
	line(`<th scope="col">`, "</th>", e.Head)
	for _, row := range e.Rows {
		line("<td>", "</td>", row)
	}
	fmt.Fprintf(out, "</table>\n<p>%s</p>\n</body>\n</html>\n", strings.Join(legendRows, "; "))
	return out.Flush()
}
