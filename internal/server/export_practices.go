package server

import (
	"strconv"

	"hatrack/internal/itsm"
)

// practicesCSV is the practices as a file.
func (s *Server) practicesCSV(v *visit) error {
	f, err := v.practiceFilter()
	if err != nil {
		return err
	}
	found, err := s.store.Practices(v.ctx, v.by, f)
	if err != nil {
		return err
	}
	head := []string{"Practice", "Category", "State", "Owner", "Owner is acting", "Processes", "Vacant hats", "Archived"}
	return v.csv("practices", head, rows(found, func(p itsm.PracticeLine) []string {
		return []string{p.Name, p.Category.Title(), string(p.State), p.Owner, yes(p.Acting), strconv.Itoa(p.Processes), strconv.Itoa(p.Vacant), yes(p.Archived)}
	}))
}
