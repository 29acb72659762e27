package ui

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"
)

// Written is a component that a function writes in one go: for what comes by the hundred on a page, where a component and
// an allocation for each part cost more than the page.
func Written(write func(ctx context.Context, b *bytes.Buffer) error) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if b, ok := w.(*bytes.Buffer); ok {
			return write(ctx, b)
		}
		b := templ.GetBuffer()
		defer templ.ReleaseBuffer(b)
		if err := write(ctx, b); err != nil {
			return err
		}
		_, err := w.Write(b.Bytes())
		return err
	})
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
				put(b, `<optgroup label="`, templ.EscapeString(o.Group), `">`)
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
	put(b, `<option value="`, templ.EscapeString(v.Value), `"`)
	if v.Selected {
		put(b, ` selected`)
	}
	if v.Disabled {
		put(b, ` disabled`)
	}
	put(b, `>`, templ.EscapeString(v.Text))
	if v.Detail != "" {
		put(b, ` (`, templ.EscapeString(v.Detail), `)`)
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
			put(b, `<li><i aria-hidden="true"></i><span><b><bdi>`, templ.EscapeString(n.Row), `</bdi></b>, <bdi>`, templ.EscapeString(n.Column),
				`</bdi>: <bdi class="pre">`, templ.EscapeString(n.Text), `</bdi></span></li>`)
		}
		put(b, `</ul>`)
		return nil
	})
}
