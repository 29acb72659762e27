package itsm

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what people type, in characters. The schema's domains label and prose hold the same.
const (
	LabelMax = 200
	ProseMax = 20_000
)

// Clean trims text and makes what holds nothing visible empty. What is left is kept as typed.
func Clean(s string) string {
	s = strings.TrimFunc(strings.ReplaceAll(s, "\r\n", "\n"), blank)
	for _, r := range s {
		if !blank(r) {
			return s
		}
	}
	return ""
}

// blank says that nothing is seen of r: white space, controls, joiners, fillers and marks of direction.
func blank(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u180e', '\ufeff':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// Storable refuses what no field may hold: NUL and invalid UTF-8.
func Storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// Label reads a required one-line name of at most LabelMax characters into *s; what is what the screen calls it ("a name").
func (c *Checks) Label(s *string, field, what string) {
	c.Line(s, field, LabelMax)
	if *s == "" {
		c.Say(field, "Give "+what+".")
	}
}

// Line reads an optional one-line text of at most most characters into *s, as OneLine has it.
func (c *Checks) Line(s *string, field string, most int) {
	if Storable(*s) {
		*s = OneLine(*s)
	}
	c.bound(*s, field, most)
}

// OneLine is a text as a field of one line keeps it. Two names that look the same are the same: white space is one space each, and
// what is not seen between letters is left out.
func OneLine(s string) string { return Clean(strings.Join(strings.Fields(strings.Map(seen, s)), " ")) }

// seen drops controls, and marks that show nothing of their own but turn round, hide or break what stands around them, on a page
// even behind them. Joiners stay: scripts and emoji are written with them; and so do the plain marks of direction.
func seen(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r == '\u00ad', r == '\u200b', r == '\ufeff', '\u202a' <= r && r <= '\u202e', '\u2060' <= r && r <= '\u206f', '\ufff9' <= r && r <= '\ufffb':
		return -1
	}
	return r
}

// Prose reads an optional text of several lines into *s.
func (c *Checks) Prose(s *string, field string, most int) {
	*s = Clean(*s)
	c.bound(*s, field, most)
}

func (c *Checks) bound(s, field string, most int) {
	if !Storable(s) {
		c.Say(field, "This text holds characters that cannot be stored. Type it again.")
	} else if n := utf8.RuneCountInString(s); n > most {
		c.Say(field, fmt.Sprintf("This is %d characters long; at most %d fit. Shorten it.", n, most))
	}
}

// Lines splits a text into its lines that hold something, trimmed: how lists are typed.
func Lines(s string) []string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = Clean(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
