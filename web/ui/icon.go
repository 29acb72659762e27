package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"hatrack/web"
)

// Icon is a decorative 16 px icon of web/icons.txt; it says nothing to a screen
// reader, so it always stands beside a word. Without the sprite it is nothing.
func Icon(name string) templ.Component { return icon(name, "ic") }

// SmallIcon is Icon at 14 px, for tags and lines of small text.
func SmallIcon(name string) templ.Component { return icon(name, smallIcon) }

const smallIcon = "ic ic-s"

func icon(name, class string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, iconHTML(name, class))
		return err
	})
}

// iconHTML takes names and classes of our own code only.
func iconHTML(name, class string) string {
	if name == "" || !web.HasIcons() {
		return ""
	}
	return `<svg class="` + class + `" aria-hidden="true"><use href="` + web.IconsURL() + "#" + name + `"></use></svg>`
}
