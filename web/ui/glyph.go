package ui

import (
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

// cells holds every cell without a note, ready to write: a matrix of 2,400 cells
// calls no component and builds no class list per cell.
var cells = func() (all [32 * int(looks)]string) {
	for i := range all {
		all[i] = cellHTML(Letters(i%32), Look(i/32), "", "")
	}
	return all
}()

// Cell is one cell of a grid. What few cells have stands with the row.
type Cell struct {
	Letters Letters
	Look    Look
}

// html is the cell as <td>…</td>, safe to write as it is.
func (c Cell) html(note, was string) string {
	if note != "" || was != "" {
		return cellHTML(c.Letters, c.Look, note, was)
	}
	return cells[int(c.Look%looks)*32+int(c.Letters%32)]
}

func cellHTML(letters Letters, look Look, note, was string) string {
	var b strings.Builder
	b.WriteString("<td")
	var classes []string
	if look&PerCase != 0 {
		classes = append(classes, "ever")
	}
	if look&Wanted != 0 {
		classes = append(classes, "want")
	}
	if look&Asked != 0 {
		classes = append(classes, "q")
	}
	if was != "" {
		classes = append(classes, "fix")
	}
	if note != "" {
		classes = append(classes, "nt")
	}
	if len(classes) > 0 {
		b.WriteString(` class="` + strings.Join(classes, " ") + `"`)
	}
	if note != "" {
		b.WriteString(` title="` + html.EscapeString(note) + `"`)
	}
	b.WriteString(">" + glyphs(letters, look))
	if note != "" {
		b.WriteString(`<span class="vh"> with a note</span>`)
	}
	if was != "" {
		b.WriteString(`<s><span class="vh"> written as </span>` + html.EscapeString(was) + "</s>")
	}
	b.WriteString("</td>")
	return b.String()
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
	return templ.Raw(glyphs(letters, look))
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
	letter = html.EscapeString(letter)
	class := "g"
	if strings.Contains("ARCISOMPX", strings.ToUpper(letter)) && len(letter) == 1 {
		class += " g-" + strings.ToLower(letter)
	}
	return templ.Raw(`<i class="` + class + string(look) + `" aria-hidden="true">` + letter + "</i>")
}
