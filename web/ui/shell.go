package ui

import (
	"slices"

	"hatrack/web"
)

// htmxConfig switches off what the content security policy forbids and sets errors
// to be swapped in like any answer: 422 carries the form with its errors. What is unfolded
// stays so while a list follows its filters.
const htmxConfig = `{"includeIndicatorCSS":false,"history":"reload","morphIgnore":["data-htmx-powered","open"]}`

// scripts are the addresses of shell.js and the page's own scripts, each once.
func (v Shell) scripts() []string {
	var urls []string
	for _, name := range append([]string{"shell.js"}, v.Scripts...) {
		if web.Has(name) && !slices.Contains(urls, web.URL(name)) {
			urls = append(urls, web.URL(name))
		}
	}
	return urls
}

// colourScheme paints the first frame right, before the stylesheet is there.
func (v Shell) colourScheme() string {
	if v.Theme == "" {
		return "light dark"
	}
	return v.Theme
}

// themeChoice is one button of the theme switch.
type themeChoice struct{ value, text string }

var themes = []themeChoice{{"auto", "Auto"}, {"light", "Light"}, {"dark", "Dark"}}

// pressed reports whether the choice is the theme in use; "" is auto.
func (c themeChoice) pressed(theme string) string {
	if c.value == theme || c.value == "auto" && theme == "" {
		return "true"
	}
	return "false"
}
