package server

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/web/page"
)

// showLibrary lists what ships to be adopted, and which of it the organisation has.
func (s *Server) showLibrary(v *visit) error {
	list, err := s.libraryList(v)
	if err != nil {
		return err
	}
	return v.show(list.Screen())
}

// libraryFile is the list as a file.
func (s *Server) libraryFile(v *visit) error {
	list, err := s.libraryList(v)
	if err != nil {
		return err
	}
	head := []string{"Practice", "Category", "Purpose", "Source", "Processes", "Roles", "Also called", "Here as", "State"}
	return v.file("practice-library", head, rows(list.Lines, func(l page.LibraryLine) []string {
		var names []string
		for _, a := range l.Entry.Aliases {
			names = append(names, a.Name+" ("+a.Framework+")")
		}
		return []string{l.Entry.Name, l.Entry.Category.Title(), l.Entry.Purpose, l.Entry.String(), strconv.Itoa(len(l.Entry.Processes)), strconv.Itoa(len(l.Entry.Born())),
			strings.Join(names, "; "), l.Practice.Name, string(l.Practice.State)}
	}))
}

// libraryList is the list that the address asks for.
func (s *Server) libraryList(v *visit) (page.Library, error) {
	q := v.r.URL.Query()
	f := page.LibraryFilter{Text: itsm.Clean(q.Get("q")), Category: itsm.Category(q.Get("category")), Open: q.Get("open") != ""}
	have, err := s.store.PracticeNames(v.ctx, v.by)
	if err != nil {
		return page.Library{}, err
	}
	names := make([]string, len(have)) // once: each is compared with all that all entries go by
	for i, h := range have {
		names[i] = itsm.LibraryKey(h.Name)
	}
	list := page.Library{Reader: v.reader(), Filter: f, All: len(library.All())}
	for _, p := range library.All() {
		line, keys := page.LibraryLine{Entry: p}, p.Keys()
		for i, h := range have {
			if slices.Contains(keys, names[i]) && (line.Practice.ID == 0 || names[i] == p.Key) {
				line.Practice = h.Practice
			}
		}
		if f.Keeps(line) {
			list.Lines = append(list.Lines, line)
		}
	}
	return list, nil
}

// libraryEntry is the entry of the address.
func (v *visit) libraryEntry() (itsm.LibraryPractice, error) {
	p, ok := library.Practice(strings.ToLower(chi.URLParam(v.r, "key")))
	if !ok {
		return p, itsm.NotFound{What: "entry of the practice library"}
	}
	return p, nil
}

// showLibraryEntry shows an entry beside what the organisation has of it; ?practice= says which practice, where its name
// does not.
func (s *Server) showLibraryEntry(v *visit) error {
	return s.libraryPage(v, http.StatusOK, v.query("practice"), nil, nil)
}

func (s *Server) libraryPage(v *visit, status int, practice int64, ticked []string, wrong page.Problems) error {
	p, err := v.libraryEntry()
	if err != nil {
		return err
	}
	has, err := s.store.Adopted(v.ctx, v.by, p, practice)
	if err != nil {
		return err
	}
	screen := page.LibraryEntry{Reader: v.reader(), Entry: p, Has: has, Lacks: p.Lacks(has), Ticked: ticked, Wrong: wrong}
	if ticked == nil && (has.Practice.ID == 0 || v.r.URL.Query().Get("all") != "") {
		screen.Ticked = screen.Lacks.Keys()
	}
	return v.showAs(status, screen.Screen())
}

type adoptForm struct {
	Practice int64    `form:"practice"`
	Tick     []string `form:"tick"`
}

// adopt adds what is ticked of an entry.
func (s *Server) adopt(v *visit) error {
	p, err := v.libraryEntry()
	if err != nil {
		return err
	}
	in, err := read[adoptForm](v)
	var id int64
	if err == nil {
		id, err = s.store.Adopt(v.ctx, v.by, p, in.Practice, in.Tick)
	}
	if list, status, ok := problems(err); ok {
		if in.Tick == nil {
			in.Tick = []string{}
		}
		return s.libraryPage(v, status, in.Practice, in.Tick, list)
	}
	if err != nil {
		return err
	}
	if in.Practice == 0 {
		return v.done(page.PracticeURL(id, p.Name), p.Name+" is yours now, and planned. Edit what differs here, appoint its Owner, and set it to in use.")
	}
	return v.done(page.PracticeURL(id, ""), "What you ticked was added.")
}

// showAbout says what the product is, and whose words it adapts.
func (s *Server) showAbout(v *visit) error {
	return v.show(page.About{Version: version()}.Screen())
}
