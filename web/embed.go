// Package web holds what the browser gets besides pages: our own stylesheets and
// scripts, and the third-party files that build.mjs puts into vendor. All of it is
// embedded. Files of vendor may be missing (a bare clone): pages then work with the
// system's font, words instead of icons, and plain forms.
package web

import (
	"embed"
	"net/http"
)

// The pattern leaves out vendor/_test (axe-core), which only tests read from disk.
//
//go:embed styles/*.css styles/*.svg scripts/*.js vendor/[^_]*
var files embed.FS

// assets is built once: a fault in it is a fault of the build, not of a request.
var assets = mustLoad(files)

// URL returns the address of an asset by its plain name ("app.css"), with a hash of
// its content, so that browsers may keep it for a year. It panics on a name that no
// build can have; for files of vendor ask Has first.
func URL(name string) string { return assets.url(name) }

// Has reports whether this build holds the asset. Scripts that need a missing file
// of vendor are themselves missing.
func Has(name string) bool { return assets.byName[name] != nil }

// HasIcons reports whether this build holds the icon sprite.
func HasIcons() bool { return Has("icons.svg") }

// IconsURL returns the address of the icon sprite, or "" in a build without it.
func IconsURL() string {
	if !HasIcons() {
		return ""
	}
	return URL("icons.svg")
}

// Handler serves everything below /static/: GET and HEAD only, precompressed where
// the browser takes it, immutable by its hashed address, 404 for anything else.
func Handler() http.Handler { return assets }
