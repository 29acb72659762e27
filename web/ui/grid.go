package ui

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// attributes tell grid.js where to save and which letters there are.
func (v Grid) attributes() templ.Attributes {
	attributes := templ.Attributes{}
	if v.Save != "" {
		attributes["data-grid"], attributes["data-save"] = true, v.Save
	}
	if v.Supports {
		attributes["data-supports"] = true
	}
	return attributes
}

// View writes the row without a component for each of its parts: there are sixty rows in a matrix.
func (v GridRow) View() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, v.head()); err != nil {
			return err
		}
		if err := Cells(v.Cells).Render(ctx, w); err != nil {
			return err
		}
		if v.Check != nil {
			if _, err := io.WriteString(w, `<td class="chk">`); err != nil {
				return err
			}
			if err := v.Check.Render(ctx, w); err != nil {
				return err
			}
			if _, err := io.WriteString(w, "</td>"); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "</tr>")
		return err
	})
}

// head is the row up to its cells, with the heading of its section.
func (v GridRow) head() string {
	var b strings.Builder
	if v.Section != "" {
		b.WriteString(`<tr class="sect"><th colspan="` + strconv.Itoa(v.span()) + `" scope="colgroup"><span>` + templ.EscapeString(v.Section) + "</span></th></tr>")
	}
	b.WriteString(`<tr class="` + string(v.Tone) + `" data-activity="` + templ.EscapeString(v.Key) + `" data-counter="` + strconv.FormatInt(v.Counter, 10) + `">`)
	name := templ.EscapeString(v.Name)
	b.WriteString(`<th class="first" scope="row" data-name="` + name + `">`)
	open, end := `<span class="rowname">`, "</span>"
	if v.Href != "" {
		open, end = `<a href="`+templ.EscapeString(string(templ.URL(v.Href)))+`">`, "</a>"
	}
	b.WriteString(open + `<span class="no">` + templ.EscapeString(v.No) + "</span> <bdi>" + name + "</bdi>" + end + "</th>")
	return b.String()
}

// span is the width of a section's heading: name, cells and check.
func (v GridRow) span() int {
	if v.Span > 0 {
		return v.Span
	}
	return len(v.Cells) + 2
}

func (l VersusLine) value(text string) string {
	if text == "" {
		return "empty"
	}
	return text
}
