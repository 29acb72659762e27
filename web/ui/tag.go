package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Tag is a short state; OK, Warn, Crit, Ask, Plan and Inherited bring their icon. Written in one go: a matrix has one or
// more in each row, and lists have hundreds.
func Tag(tone Tone, text string) templ.Component {
	return templ.Raw(tagHTML(tone, iconHTML(toneIcons[tone], smallIcon), text))
}

// CountTag is a bare number or word without icon.
func CountTag(tone Tone, text string) templ.Component { return templ.Raw(tagHTML(tone, "", text)) }

func tagHTML(tone Tone, icon, text string) string {
	return `<span class="` + strings.TrimSpace("tag "+string(tone)) + `">` + icon + templ.EscapeString(text) + "</span>"
}
