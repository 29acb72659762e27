package ui

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"hatrack/web"
)

func (v Button) onlyIcon() bool { return v.IconOnly && web.HasIcons() }

func (v Button) class() string {
	class := "btn"
	if v.Kind != Plain {
		class += " " + string(v.Kind)
	}
	if v.onlyIcon() {
		class += " icon"
	}
	if v.Small {
		class += " small"
	}
	return class
}

// label names a button that shows only its icon.
func (v Button) label() templ.Attributes {
	if v.onlyIcon() {
		return templ.Attributes{"aria-label": v.Text, "title": v.Text}
	}
	return nil
}

// form holds what only a submitting button has.
func (v Button) form() templ.Attributes {
	attributes := templ.Attributes{}
	if v.Name != "" {
		attributes["name"], attributes["value"] = v.Name, v.Value
	}
	if v.Confirm != "" {
		attributes["data-confirm"] = v.Confirm
	}
	return attributes
}

func (v Card) headingID() string {
	if v.ID != "" {
		return v.ID
	}
	return "h-" + slug(v.Title)
}

// slug makes a name fit for an id; names without ASCII letters get their length.
func slug(name string) string {
	out := strings.Map(func(r rune) rune {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return unicode.ToLower(r)
		default:
			return '-'
		}
	}, name)
	if out = strings.Trim(out, "-"); out == "" {
		return strconv.Itoa(len(name))
	}
	return out
}
