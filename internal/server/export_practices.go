package server

import (
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/page"
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

// raciCSV is a process's matrix as a file that an import reads back: a row per activity, a column per role.
func (s *Server) raciCSV(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	at, err := v.raciView()
	if err != nil {
		return err
	}
	raci, err := v.raci(id, at)
	if err != nil {
		return err
	}
	m := raci.Matrix
	head := []string{"No", "Section", "Activity"}
	for _, c := range m.Columns {
		head = append(head, columnHead(m, c))
	}
	return v.csv("raci-"+page.Slug(m.Process), harmless(head), rows(raci.Shown(), func(r itsm.Row) []string {
		row := []string{strconv.Itoa(r.Position), r.Section, r.Name}
		for _, c := range r.Cells {
			row = append(row, cellText(c))
		}
		return row
	}))
}

// columnHead names a role, with what it hangs on where another column has the same name.
func columnHead(m *itsm.Matrix, c itsm.Column) string {
	for _, other := range m.Columns {
		if other.Role.ID != c.Role.ID && strings.EqualFold(other.Role.Name, c.Role.Name) && c.Role.ScopeName != "" {
			return c.Role.Name + " (" + c.Role.ScopeName + ")"
		}
	}
	return c.Role.Name
}

// cellText writes a cell as people do: "A, R (in office hours)".
func cellText(c itsm.Cell) string {
	text := strings.Join(strings.Split(c.Letters.String(), ""), ", ")
	if c.Note != "" {
		text += " (" + c.Note + ")"
	}
	return text
}
