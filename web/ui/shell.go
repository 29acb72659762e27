package ui

import (
	"slices"

	"hatrack/web"
)

// htmxConfig switches off what the content security policy forbids and sets errors
// to be swapped in like any answer: 422 carries the form with its errors.
const htmxConfig = `{"includeIndicatorCSS":false,"history":"reload"}`

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
