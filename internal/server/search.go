package server

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/web/page"
)

// searchLongest is how much of a text is looked at; nobody types more to find something.
const searchLongest = 200

// paletteSize is how much of what was found the palette shows.
const paletteSize = 8

// search is the page of results, or the same as options for the palette.
func (s *Server) search(v *visit) error {
	q := v.r.URL.Query()
	f := itsm.SearchFilter{Text: itsm.Clean(storable(q.Get("q"))), Page: int(min(v.query("page"), 1000))}
	if text := []rune(f.Text); len(text) > searchLongest {
		f.Text = strings.TrimSpace(string(text[:searchLongest]))
	}
	if kind := itsm.SearchKind(q.Get("kind")); slices.Contains(itsm.SearchKinds, kind) {
		f.Kind = kind
	}
	f.On = v.kept
	f.Also = otherName(f.Text, v.by.Today)
	palette := q.Get("palette") != ""
	if palette {
		f.Kind, f.Page, f.Size = "", 0, paletteSize
	}
	results, err := s.store.Search(v.ctx, v.by, f, v.by.Today)
	if err != nil {
		return err
	}
	body := page.Search{Reader: v.reader(), Filter: f, Results: results}
	if palette {
		return v.fragment(http.StatusOK, body.Palette())
	}
	return v.show(body.Screen())
}

// otherName is what the library calls a practice that a text, or a question, has another name of: Change enablement for
// change management; "" where it knows none.
func otherName(text string, today time.Time) string {
	if q := itsm.Ask(text, today); q.About != "" {
		text = strings.Join(q.Words, " ")
	}
	if p, ok := library.Named(text); ok && !strings.EqualFold(p.Name, text) {
		return p.Name
	}
	return ""
}
