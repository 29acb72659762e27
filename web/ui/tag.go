package ui

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// Tag is a short state; OK, Warn, Crit, Ask, Plan and Inherited bring their icon. Written in one go: a matrix has one or
// more in each row, and lists have hundreds.
func Tag(tone Tone, text string) templ.Component {
	return Written(func(_ context.Context, b *bytes.Buffer) error {
		WriteTag(b, tone, text)
		return nil
	})
}

// WriteTag writes a Tag where others are written.
func WriteTag(b *bytes.Buffer, tone Tone, text string) {
	open, ok := tagOpen()[tone]
	if !ok {
		open = openTag(tone, "")
	}
	put(b, open, escaped(text), "</span>")
}

// CountTag is a bare number or word without icon.
func CountTag(tone Tone, text string) templ.Component {
	return templ.Raw(openTag(tone, "") + escaped(text) + "</span>")
}

// tagOpen holds the tags of the tones that bring an icon, up to their text.
var tagOpen = sync.OnceValue(func() map[Tone]string {
	all := map[Tone]string{}
	for tone, icon := range toneIcons {
		all[tone] = openTag(tone, iconHTML(icon, smallIcon))
	}
	return all
})

func openTag(tone Tone, icon string) string {
	return `<span class="` + strings.TrimSpace("tag "+string(tone)) + `">` + icon
}
