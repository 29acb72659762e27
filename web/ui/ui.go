// Package ui is the visual vocabulary: shell, parts, fields, tables and the grid.
// It knows no noun of the product; package page makes sentences of it.
//
// A part is a struct with a View method, so a call names what it sets:
//
//	@ui.Card{Title: "Hats", Icon: "hard-hat", Count: "5 roles"}.View() {
//		…
//	}
//
// Atoms (Icon, Glyph, Tag, Avatar) are plain functions. Every string is escaped;
// addresses are checked by templ. Nothing here needs script to work.
package ui

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Link is a word with an address.
type Link struct {
	Text, Href string
}

// Tone says how a part is to be read; the zero value is neutral. It sets a colour,
// so it always stands beside a word.
type Tone string

// Crit is red and means trouble only; Warn is worth watching; Ask is a grey question;
// Plan is something decided for later; Inherited comes from elsewhere; Hint is an aside.
const (
	Neutral   Tone = ""
	OK        Tone = "ok"
	Warn      Tone = "warn"
	Crit      Tone = "crit"
	Ask       Tone = "ask"
	Plan      Tone = "plan"
	Inherited Tone = "inh"
	Hint      Tone = "hint"
)

// toneIcons are the icons that go with a tone where the caller names none.
var toneIcons = map[Tone]string{
	OK: "circle-check", Warn: "triangle-alert", Crit: "circle-alert",
	Ask: "circle-question-mark", Plan: "clock", Inherited: "link-2",
}

func (t Tone) icon() string {
	if name := toneIcons[t]; name != "" {
		return name
	}
	return "info"
}

// Count writes a whole number with thousands separated: 22,214.
func Count(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Plural is "1 role" or "5 roles"; many is the whole plural word.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Initials are the first letters of the first and the last word of a name, for an
// avatar; a name without letters gives "?".
func Initials(name string) string {
	var letters []string
	for word := range strings.FieldsSeq(name) {
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsLetter(r) {
			letters = append(letters, string(unicode.ToUpper(r)))
		}
	}
	switch len(letters) {
	case 0:
		return "?"
	case 1:
		return letters[0]
	}
	return letters[0] + letters[len(letters)-1]
}
