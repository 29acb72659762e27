package ui

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"hatrack/web"
)

// Icon is a decorative 16 px icon of web/icons.txt; it says nothing to a screen
// reader, so it always stands beside a word. Without the sprite it is nothing.
func Icon(name string) templ.Component { return icon(name, "ic") }

// SmallIcon is Icon at 14 px, for tags and lines of small text.
func SmallIcon(name string) templ.Component { return icon(name, smallIcon) }

const smallIcon = "ic ic-s"

// iconMark is an icon written part by part: most pages have dozens.
type iconMark struct{ name, class string }

func icon(name, class string) templ.Component { return iconMark{name, class} }

// Render writes the icon.
func (m iconMark) Render(_ context.Context, w io.Writer) error {
	for _, part := range iconParts(m.name, m.class) {
		if _, err := io.WriteString(w, part); err != nil {
			return err
		}
	}
	return nil
}

func iconHTML(name, class string) string {
	parts := iconParts(name, class)
	return strings.Join(parts[:], "")
}

// iconParts takes names and classes of our own code only.
func iconParts(name, class string) (parts [7]string) {
	if name == "" || !web.HasIcons() {
		return parts
	}
	return [...]string{`<svg class="`, class, `" aria-hidden="true"><use href="`, web.IconsURL(), `#`, name, `"></use></svg>`}
}
