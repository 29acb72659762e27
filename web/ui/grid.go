package ui

import (
	"bytes"
	"context"
	"strconv"

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
	return Written(func(ctx context.Context, b *bytes.Buffer) error {
		v.head(b)
		for i, c := range v.Cells {
			b.WriteString(c.html(v.Notes[i], v.Was[i]))
		}
		if v.Check != nil {
			put(b, `<td class="chk">`)
			if err := v.Check.Render(ctx, b); err != nil {
				return err
			}
			put(b, `</td>`)
		}
		put(b, `</tr>`)
		return nil
	})
}

// head is the row up to its cells, with the heading of its section.
func (v GridRow) head(b *bytes.Buffer) {
	if v.Section != "" {
		put(b, `<tr class="sect"><th colspan="`, strconv.Itoa(v.span()), `" scope="colgroup"><span>`, templ.EscapeString(v.Section), `</span></th></tr>`)
	}
	name := templ.EscapeString(v.Name)
	put(b, `<tr class="`, string(v.Tone), `" data-activity="`, templ.EscapeString(v.Key), `" data-counter="`, strconv.FormatInt(v.Counter, 10),
		`"><th class="first" scope="row" data-name="`, name, `">`)
	open, end := `<span class="rowname">`, `</span>`
	if v.Href != "" {
		put(b, `<a href="`, templ.EscapeString(string(templ.URL(v.Href))))
		open, end = `">`, `</a>`
	}
	put(b, open, `<span class="no">`, templ.EscapeString(v.No), `</span> <bdi>`, name, `</bdi>`, end, `</th>`)
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
