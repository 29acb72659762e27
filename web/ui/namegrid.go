package ui

import (
	"context"
	"html"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// NameGrid is a grid whose cells hold names with the mark of a hat each.
type NameGrid struct {
	Label  string
	Corner string
	Heads  []HatColumn
	Rows   []NameRow
}

// NameRow is one row of a NameGrid.
type NameRow struct {
	Name, Href, Detail string
	Cells              [][]NameLine
}

// NameLine is one name in a cell, or a hole where nobody is.
type NameLine struct {
	Letter string
	Half   bool // acting
	Above  bool // from above: lighter
	Hole   bool
	Calm   bool // of a hole: no trouble
	Name   string
	Href   string
	Detail string
	Words  string // for who listens: what the address does
}

// look is how the glyph is drawn.
func (l NameLine) look() GlyphLook {
	switch {
	case l.Hole && l.Calm:
		return CalmHole
	case l.Hole:
		return Hole
	case l.Half:
		return Half
	case l.Above:
		return Lighter
	}
	return Solid
}

// write writes the line; a grid of 500 names calls no component for each.
func (l NameLine) write(b *strings.Builder) {
	class := "nl"
	if l.Above {
		class += " far"
	}
	b.WriteString(`<span class="` + class + `"><i class="g g-` + strings.ToLower(html.EscapeString(l.Letter)) + string(l.look()) + `" aria-hidden="true">` + html.EscapeString(l.Letter) + `</i><span>`)
	name, label := `<bdi>`+html.EscapeString(l.Name)+`</bdi>`, ""
	if l.Words != "" {
		label = ` aria-label="` + html.EscapeString(l.Name+": "+l.Words) + `"`
	}
	if l.Href != "" {
		name = `<a href="` + html.EscapeString(l.Href) + `"` + label + `>` + name + `</a>`
	}
	b.WriteString(name)
	if l.Detail != "" {
		b.WriteString(`<small>` + html.EscapeString(l.Detail) + `</small>`)
	}
	b.WriteString(`</span></span>`)
}

// nameCells writes the cells of a row in one go.
func nameCells(cells [][]NameLine) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, c := range cells {
			b.WriteString(`<td class="txt">`)
			for _, l := range c {
				l.write(&b)
			}
			b.WriteString("</td>")
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
