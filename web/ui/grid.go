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

// View writes the head of a column, of which there are dozens, in one go.
func (c GridColumn) View() templ.Component {
	return Written(func(ctx context.Context, b *bytes.Buffer) error {
		put(b, `<th scope="col"`, everClass(c.PerCase), ` data-role="`, escaped(c.Key), `" data-name="`, escaped(c.Name), `">`)
		if c.Mark != nil {
			put(b, `<span class="hi">`)
			if err := c.Mark.Render(ctx, b); err != nil {
				return err
			}
			put(b, `</span>`)
		}
		name := `<bdi>` + escaped(c.Name) + `</bdi>`
		if c.Href != "" {
			put(b, ` <a href="`, escaped(string(templ.URL(c.Href))), `">`, name, `</a>`)
		} else {
			put(b, ` `, name)
		}
		if c.Detail != "" {
			put(b, ` <small>`, escaped(c.Detail), `</small>`)
		}
		put(b, `</th>`)
		return nil
	})
}

// everClass marks what belongs to whoever it is in a case.
func everClass(perCase bool) string {
	if perCase {
		return ` class="ever"`
	}
	return ""
}

// View writes the foot, a cell of each column, in one go.
func (v GridFoot) View() templ.Component {
	return Written(func(_ context.Context, b *bytes.Buffer) error {
		if v.Label == "" {
			return nil
		}
		put(b, `<tfoot id="grid-foot" data-replace="#grid-foot"><tr><th class="first" scope="row">`, escaped(v.Label), `</th>`)
		for _, c := range v.Counts {
			put(b, `<td`, everClass(c.PerCase), `><span class="cnt"><span>`, strconv.Itoa(c.A), ` A`)
			if c.FromAbove > 0 {
				put(b, ` <i>+ `, strconv.Itoa(c.FromAbove), `</i>`)
			}
			put(b, `</span> <span>`, strconv.Itoa(c.R), ` R</span></span></td>`)
		}
		if v.Note != "" {
			put(b, `<td class="chk"><span class="muted">`, escaped(v.Note), `</span></td>`)
		}
		put(b, `</tr></tfoot>`)
		return nil
	})
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
		put(b, `<tr class="sect"><th colspan="`, strconv.Itoa(v.span()), `" scope="colgroup"><span>`, escaped(v.Section), `</span></th></tr>`)
	}
	name := escaped(v.Name)
	put(b, `<tr class="`, string(v.Tone), `" data-activity="`, escaped(v.Key), `" data-counter="`, strconv.FormatInt(v.Counter, 10),
		`"><th class="first" scope="row" data-name="`, name, `">`)
	open, end := `<span class="rowname">`, `</span>`
	if v.Href != "" {
		put(b, `<a href="`, escaped(string(templ.URL(v.Href))))
		open, end = `">`, `</a>`
	}
	put(b, open, `<span class="no">`, escaped(v.No), `</span> <bdi>`, name, `</bdi>`, end, `</th>`)
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
