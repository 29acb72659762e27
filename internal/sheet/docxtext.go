package sheet

import (
	"encoding/xml"
	"strings"
)

// documentText is a Word document as text with the marks of Markdown: headings, items, and rows of tables where they stand.
func documentText(name string, data []byte, limits Limits) (string, error) {
	doc, err := openArchive(name, data, limits.orDefault())
	if err != nil {
		return "", err
	}
	r := docReader{archive: doc, asText: true}
	err = doc.walk("word/document.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "body" {
			return nil
		}
		return r.body(d)
	})
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, line := range r.text {
		switch {
		case line.level > 0:
			out.WriteString("\n" + strings.Repeat("#", line.level) + " " + line.text + "\n\n")
		case line.bullet:
			out.WriteString("- " + line.text + "\n")
		case strings.HasPrefix(line.text, "| "):
			out.WriteString(line.text + "\n")
		default:
			out.WriteString(line.text + "\n\n")
		}
	}
	return out.String(), nil
}

// tableText puts the rows of a table where they stand in the text.
func (r *docReader) tableText(t *docTable) {
	for _, row := range t.Rows {
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = strings.ReplaceAll(oneLine(c), "|", "/")
		}
		r.text = append(r.text, textLine{line: r.lines, text: "| " + strings.Join(cells, " | ") + " |"})
	}
}
