package ui

import (
	"bytes"
	"context"
	"strconv"

	"github.com/a-h/templ"
)

// View writes the grid in one go: there are hundreds of cells in a matrix, and a component or a text for each part of its
// rows costs more than the rest of the page.
func (v Grid) View() templ.Component {
	return Written(func(ctx context.Context, b *bytes.Buffer) error {
		put(b, `<div class="mx-wrap" tabindex="0" role="region" aria-label="`, escaped(v.Label), `, scrolls"><table class="mx `, escaped(v.Class))
		if len(v.Columns) > 16 {
			put(b, ` many`)
		}
		put(b, `" aria-label="`, escaped(v.Label), `"`)
		v.attributes(b)
		put(b, `><thead>`)
		v.groups(b)
		if err := v.heads(ctx, b); err != nil {
			return err
		}
		put(b, `</thead> <tbody>`)
		for i := range v.Rows {
			if err := v.Rows[i].write(ctx, b); err != nil {
				return err
			}
		}
		if v.Each != nil {
			for row := range v.Each {
				if err := row.write(ctx, b); err != nil {
					return err
				}
			}
		}
		put(b, `</tbody>`)
		v.Foot.write(b)
		put(b, `</table></div>`)
		return nil
	})
}

// attributes tell grid.js where to save and which letters there are.
func (v Grid) attributes(b *bytes.Buffer) {
	if v.Save != "" {
		put(b, ` data-grid data-save="`, escaped(v.Save), `" data-save-all="`, escaped(v.SaveAll), `"`)
	}
	if v.Bring != "" {
		put(b, ` data-bring="`, escaped(v.Bring), `" data-process="`, escaped(v.Process), `"`)
	}
	if v.Supports {
		put(b, ` data-supports`)
	}
}

func (v Grid) groups(b *bytes.Buffer) {
	if len(v.Groups) == 0 {
		return
	}
	put(b, `<tr class="grp"><td class="first"></td>`)
	for _, g := range v.Groups {
		put(b, `<th colspan="`, strconv.Itoa(g.Span), `" scope="colgroup"><span>`, escaped(g.Text), `</span></th>`)
	}
	if !v.NoCheck {
		put(b, `<td class="chk"></td>`)
	}
	put(b, `</tr>`)
}

func (v Grid) heads(ctx context.Context, b *bytes.Buffer) error {
	put(b, `<tr class="rl"><th class="first" scope="col">`, escaped(v.Corner), `</th>`)
	for i := range v.Columns {
		if err := v.Columns[i].write(ctx, b); err != nil {
			return err
		}
	}
	if !v.NoCheck {
		put(b, `<th class="chk" scope="col">Check</th>`)
	}
	put(b, `</tr>`)
	return nil
}

func (c *GridColumn) write(ctx context.Context, b *bytes.Buffer) error {
	name := escaped(c.Name)
	put(b, `<th scope="col"`, everClass(c.PerCase), ` data-role="`, escaped(c.Key), `" data-name="`, name, `">`)
	if c.Mark != nil {
		put(b, `<span class="hi">`)
		if err := c.Mark.Render(ctx, b); err != nil {
			return err
		}
		put(b, `</span>`)
	}
	if c.Href != "" {
		put(b, ` <a href="`, escaped(string(templ.URL(c.Href))), `"><bdi>`, name, `</bdi></a>`)
	} else {
		put(b, ` <bdi>`, name, `</bdi>`)
	}
	if c.Detail != "" {
		put(b, ` <small>`, escaped(c.Detail), `</small>`)
	}
	put(b, `</th>`)
	return nil
}

// everClass marks what belongs to whoever it is in a case.
func everClass(perCase bool) string {
	if perCase {
		return ` class="ever"`
	}
	return ""
}

// View is the foot, a cell of each column.
func (v GridFoot) View() templ.Component {
	return Written(func(_ context.Context, b *bytes.Buffer) error {
		v.write(b)
		return nil
	})
}

func (v GridFoot) write(b *bytes.Buffer) {
	if v.Label == "" {
		return
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
}

// View is the row by itself, as the answer to a saved cell.
func (v GridRow) View() templ.Component { return Written(v.write) }

func (v *GridRow) write(ctx context.Context, b *bytes.Buffer) error {
	v.head(b)
	plain := v.Notes == nil && v.Was == nil // as most rows are
	for i, c := range v.Cells {
		if plain {
			b.WriteString(c.html())
		} else {
			c.write(b, v.Notes[i], v.Was[i])
		}
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
}

// head is the row up to its cells, with the heading of its section.
func (v *GridRow) head(b *bytes.Buffer) {
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
func (v *GridRow) span() int {
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
