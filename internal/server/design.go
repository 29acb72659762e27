package server

import (
	"hatrack/web/page"
)

// showDesign shows every part of the visual vocabulary; ?theme= shows it light or dark.
func (s *Server) showDesign(v *visit) error {
	return v.show(page.Screen{
		Title: "Design", Body: page.Design{Self: "/design", Pick: "/people/pick"}.Page(), Scripts: []string{"grid.js", "picker.js", "htmx.js"},
	})
}
