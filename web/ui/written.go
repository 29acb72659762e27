package ui

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"
	"github.com/a-h/templ/runtime"
)

// Written is a component that a function writes in one go: for what comes by the hundred on a page, where a component and
// an allocation for each part cost more than the page.
type Written func(ctx context.Context, b *bytes.Buffer) error

// Render writes the component.
func (write Written) Render(ctx context.Context, w io.Writer) error {
	if b, ok := w.(*bytes.Buffer); ok {
		return write(ctx, b)
	}
	if t, ok := w.(*runtime.Buffer); ok {
		if b, ok := t.Underlying.(*bytes.Buffer); ok { // the page's own: what templ holds back comes first
			if err := t.Flush(); err != nil {
				return err
			}
			return write(ctx, b)
		}
	}
	b := templ.GetBuffer()
	defer templ.ReleaseBuffer(b)
	if err := write(ctx, b); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// signs are what has to be escaped in HTML.
var signs = [256]bool{'&': true, '<': true, '>': true, '"': true, '\'': true}

// escaped is a text as HTML. Most texts have nothing to escape, and templ looks through them once for each sign.
func escaped(s string) string {
	for i := range len(s) {
		if signs[s[i]] {
			return templ.EscapeString(s)
		}
	}
	return s
}

// put writes texts one after the other, as they are.
func put(b *bytes.Buffer, texts ...string) {
	for _, t := range texts {
		b.WriteString(t)
	}
}

// Options are the options of a select, in groups where neighbours share one.
func Options(options []Option) templ.Component {
	return Written(func(_ context.Context, b *bytes.Buffer) error {
		group := ""
		for _, o := range options {
			if o.Group != group && group != "" {
				put(b, `</optgroup>`)
			}
			if o.Group != group && o.Group != "" {
				put(b, `<optgroup label="`, escaped(o.Group), `">`)
			}
			group = o.Group
			o.write(b)
		}
		if group != "" {
			put(b, `</optgroup>`)
		}
		return nil
	})
}

func (v Option) write(b *bytes.Buffer) {
	put(b, `<option value="`, escaped(v.Value), `"`)
	if v.Selected {
		put(b, ` selected`)
	}
	if v.Disabled {
		put(b, ` disabled`)
	}
	put(b, `>`, escaped(v.Text))
	if v.Detail != "" {
		put(b, ` (`, escaped(v.Detail), `)`)
	}
	put(b, `</option>`)
}

// GridNotes prints the notes of cells as footnotes under the grid. Its id lets an answer replace them.
func GridNotes(notes []GridNote) templ.Component {
	return Written(func(_ context.Context, b *bytes.Buffer) error {
		put(b, `<ul class="notes" id="grid-notes" data-replace="#grid-notes"`)
		if len(notes) == 0 {
			put(b, ` hidden`)
		}
		put(b, `>`)
		for _, n := range notes {
			put(b, `<li><i aria-hidden="true"></i><span><b><bdi>`, escaped(n.Row), `</bdi></b>, <bdi>`, escaped(n.Column),
				`</bdi>: <bdi class="pre">`, escaped(n.Text), `</bdi></span></li>`)
		}
		put(b, `</ul>`)
		return nil
	})
}

// navItems are links, one of which is current: aria-current then says as what.
func navItems(items []NavItem, current string) templ.Component {
	return Written(func(_ context.Context, b *bytes.Buffer) error {
		for _, item := range items {
			put(b, `<a href="`, escaped(string(templ.URL(item.Href))), `"`)
			if item.Current {
				put(b, ` aria-current="`, current, `"`)
			}
			put(b, `>`, escaped(item.Text), `</a>`)
		}
		return nil
	})
}
