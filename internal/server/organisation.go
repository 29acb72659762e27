package server

import (
	"net/http"

	"hatrack/internal/library"
	"hatrack/web/page"
)

// organisation shows the roles that hang on the organisation itself.
func (s *Server) organisation(v *visit) error {
	g, err := s.store.Governing(v.ctx, v.by, v.by.Day())
	if err != nil {
		return err
	}
	return v.show(page.Governing{Reader: v.reader(), Roles: g.Roles, Holdings: g.Holdings, Asked: g.Asked, Gaps: g.Gaps, Moments: g.Recent}.Screen())
}

// showLibraryRoles shows what the library has for the organisation itself beside what it has.
func (s *Server) showLibraryRoles(v *visit) error {
	var ticked []string
	if v.r.URL.Query().Get("all") != "" {
		ticked = page.AllTicked
	}
	return s.libraryRoles(v, http.StatusOK, ticked, nil)
}

func (s *Server) libraryRoles(v *visit, status int, ticked []string, wrong page.Problems) error {
	has, err := s.store.OrganisationRoles(v.ctx, v.by)
	if err != nil {
		return err
	}
	p := library.Organisation()
	return v.showAs(status, page.LibraryRoles{Reader: v.reader(), Entry: p, Lacks: p.LacksRoles(has), Ticked: ticked, Wrong: wrong}.Screen())
}

// adoptRoles adds the roles that are ticked.
func (s *Server) adoptRoles(v *visit) error {
	in, err := read[adoptForm](v)
	if err == nil {
		err = s.store.AdoptRoles(v.ctx, v.by, library.Organisation(), in.Tick)
	}
	if list, status, ok := problems(err); ok {
		return s.libraryRoles(v, status, in.Tick, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.OrganisationURL, "What you ticked was added. Appoint who wears it.")
}
