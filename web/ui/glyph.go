package ui

import (
	"bytes"
	"html"
	"strings"

	"github.com/a-h/templ"
)

// Letters is a set of the letters a cell can hold.
type Letters uint8

// The letters in the order they are drawn.
const (
	A Letters = 1 << iota // answers
	R                     // does
	C                     // gives input
	I                     // is told
	S                     // supports, where switched on
)

// letterOrder pairs each letter with its text and the word that explains it.
var letterOrder = []struct {
	bit        Letters
	text, word string
}{{A, "A", "Answers"}, {R, "R", "Does"}, {C, "C", "Gives input"}, {I, "I", "Is told"}, {S, "S", "Supports"}}

// ParseLetters reads "A,R", "AR" or "a r"; letters it does not know are left out.
func ParseLetters(s string) Letters {
	var set Letters
	for _, l := range letterOrder {
		if strings.Contains(strings.ToUpper(s), l.text) {
			set |= l.bit
		}
	}
	return set
}

// String is the form fields and scripts use: "A,R".
func (l Letters) String() string {
	var parts []string
	for _, o := range letterOrder {
		if l&o.bit != 0 {
			parts = append(parts, o.text)
		}
	}
	return strings.Join(parts, ",")
}

// Look says how a cell or glyph is drawn beside its letters.
type Look uint8

// Looks of a cell; they combine.
const (
	FromAbove   Look = 1 << iota // the A comes from the owner: lighter, dashed, not of this cell
	PerCase                      // the column is whoever it is in the case
	Wanted                       // an R belongs in this row and this cell is empty: hatched
	Acting                       // half-filled
	ThroughTeam                  // held through a team: small team mark
	Asked                        // a question is about this cell
	looks                        // number of combinations
)

// drawn holds the letters of every cell, and cells every cell without a note, ready to write: a matrix of 2,400 cells
// calls no component and builds no class list per cell.
var drawn, cells = func() (drawn, cells [32 * int(looks)]string) {
	var b bytes.Buffer
	for i := range cells {
		drawn[i] = glyphs(Letters(i%32), Look(i/32))
		b.Reset()
		writeCell(&b, Look(i/32), drawn[i], "", "")
		cells[i] = b.String()
	}
	return drawn, cells
}()

// Cell is one cell of a grid. What few cells have stands with the row.
type Cell struct {
	Letters Letters
	Look    Look
}

// html is the cell as <td>…</td>.
func (c Cell) html() string { return cells[place(c.Letters, c.Look)] }

// write writes it with its note, and with what once stood there; "" is none.
func (c Cell) write(b *bytes.Buffer, note, was string) {
	if note == "" && was == "" {
		b.WriteString(c.html())
	} else {
		writeCell(b, c.Look, drawn[place(c.Letters, c.Look)], note, was)
	}
}

// place is where letters stand in the tables of cells.
func place(letters Letters, look Look) int { return int(look%looks)*32 + int(letters%32) }

func writeCell(b *bytes.Buffer, look Look, glyphs, note, was string) {
	b.WriteString("<td")
	before := ` class="`
	for _, c := range []struct {
		is    bool
		class string
	}{{look&PerCase != 0, "ever"}, {look&Wanted != 0, "want"}, {look&Asked != 0, "q"}, {was != "", "fix"}, {note != "", "nt"}} {
		if c.is {
			put(b, before, c.class)
			before = " "
		}
	}
	if before == " " {
		put(b, `"`)
	}
	if note != "" {
		put(b, ` title="`, escaped(note), `"`)
	}
	put(b, ">", glyphs)
	if note != "" {
		put(b, `<span class="vh"> with a note</span>`)
	}
	if was != "" {
		put(b, `<s><span class="vh"> written as </span>`, escaped(was), "</s>")
	}
	put(b, "</td>")
}

// glyphs draws a set of letters; several stand in one frame, side by side.
func glyphs(letters Letters, look Look) string {
	var parts []string
	if look&FromAbove != 0 {
		parts = append(parts, `<i class="g g-a inh">A</i><span class="vh"> from the owner</span>`)
	}
	for _, o := range letterOrder {
		if letters&o.bit == 0 || o.bit == A && look&FromAbove != 0 {
			continue
		}
		class := "g g-" + strings.ToLower(o.text)
		if look&Acting != 0 {
			class += " half"
		}
		parts = append(parts, `<i class="`+class+`">`+o.text+"</i>")
	}
	out := strings.Join(parts, "")
	if look&Acting != 0 && out != "" {
		out += `<span class="vh"> acting</span>`
	}
	if look&ThroughTeam != 0 && out != "" {
		return `<span class="g2">` + out + iconHTML("users", "ic tm") + `<span class="vh"> through a team</span></span>`
	}
	if len(parts) > 1 {
		return `<span class="g2">` + out + "</span>"
	}
	return out
}

// LetterGlyphs is a set of letters outside a grid, in the same shapes.
func LetterGlyphs(letters Letters, look Look) templ.Component {
	return templ.Raw(drawn[place(letters, look)])
}

// GlyphLook is how a hat's glyph is drawn.
type GlyphLook string

// Solid is a hat held here; Lighter one that comes from elsewhere; Half one held by
// somebody acting; Hole one nobody wears and CalmHole the same where it is no trouble.
const (
	Solid    GlyphLook = ""
	Lighter  GlyphLook = " inh"
	Half     GlyphLook = " half"
	Hole     GlyphLook = " hole"
	CalmHole GlyphLook = " hole calm"
)

// Glyph is one letter in its shape (O, M, P for hats; A, R, C, I, S for duties). It
// stands beside the word it abbreviates, so screen readers skip it; a letter it does
// not know has no shape.
func Glyph(letter string, look GlyphLook) templ.Component {
	if ready := glyphMarks[glyph{letter, look}]; ready != nil {
		return ready
	}
	return glyph{letter, look}.draw()
}

type glyph struct {
	letter string
	look   GlyphLook
}

func (g glyph) draw() templ.Component {
	letter := html.EscapeString(g.letter)
	class := "g"
	if strings.Contains(glyphLetters, strings.ToUpper(letter)) && len(letter) == 1 {
		class += " g-" + strings.ToLower(letter)
	}
	return templ.Raw(`<i class="` + class + string(g.look) + `" aria-hidden="true">` + letter + "</i>")
}

const glyphLetters = "ARCISOMPX"

// glyphMarks holds the glyphs that have a shape, ready to write: they stand by the dozen on most pages.
var glyphMarks = func() map[glyph]templ.Component {
	all := map[glyph]templ.Component{}
	for _, letter := range strings.Split(glyphLetters, "") {
		for _, look := range []GlyphLook{Solid, Lighter, Half, Hole, CalmHole} {
			g := glyph{letter, look}
			all[g] = g.draw()
		}
	}
	return all
}()
