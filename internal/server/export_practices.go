package server

import (
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// practicesFile is the practices as a file.
func (s *Server) practicesFile(v *visit) error {
	f, err := v.practiceFilter()
	if err != nil {
		return err
	}
	found, err := s.store.Practices(v.ctx, v.by, f)
	if err != nil {
		return err
	}
	head := []string{"Practice", "Category", "State", v.reader().RoleName(itsm.Owner, "Owner"), "Owner is acting", "Processes", "Vacant hats", "Archived"}
	return v.file("practices", head, rows(found, func(p itsm.PracticeLine) []string {
		return []string{p.Name, p.Category.Title(), string(p.State), p.Owner, yes(p.Acting), strconv.Itoa(p.Processes), strconv.Itoa(p.Vacant), yes(p.Archived)}
	}))
}

// servicesFile is the services as a file.
func (s *Server) servicesFile(v *visit) error {
	q := v.r.URL.Query()
	found, err := s.store.Services(v.ctx, v.by, storable(q.Get("q")), q.Get("archived") != "")
	if err != nil {
		return err
	}
	return v.file("services", []string{"Service", "Service Owner", "Owner is acting", "Supported by", "Purpose"}, rows(found, func(l itsm.ServiceLine) []string {
		return []string{l.Name, l.Owner, yes(l.Acting), strconv.Itoa(l.Support), l.Purpose}
	}))
}

// rolesFile is the roles of a practice and its processes, or of everything, as a file.
func (s *Server) rolesFile(v *visit) error {
	found := s.store.RoleRows(v.ctx, v.by, v.query("practice"), v.day())
	head := []string{"Role", "Kind", "Of", "Practice", "Held by", "Fewest", "Most", "Per case", "Purpose", "Responsibilities", "Authorities", "Competences"}
	return v.file("roles", head, lines(found, func(r store.RoleRow) []string {
		return []string{
			v.reader().RoleName(r.Kind, r.Name), string(r.Kind), r.ScopeName, r.Practice, strconv.Itoa(r.Held), amount(r.WantedMin), amount(r.WantedMax), yes(r.PerCase),
			r.Purpose, r.Responsibilities, r.Authorities, r.Competences,
		}
	}))
}

func amount(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// processesFile is a practice's processes as a file.
func (s *Server) processesFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Practice(v.ctx, v.by, id, v.day())
	if err != nil {
		return err
	}
	return v.file("processes-"+page.Slug(p.Name), []string{"Process", "Kind", "Activities", "To fix", "To watch"}, rows(p.Processes, func(l itsm.ProcessLine) []string {
		return []string{l.Name, string(l.Kind), strconv.Itoa(l.Activities), strconv.Itoa(p.Checks[l.ID].Fix), strconv.Itoa(p.Checks[l.ID].Watch)}
	}))
}

// activitiesFile is a process's activities with who takes part in each, as a file.
func (s *Server) activitiesFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	at := v.raciView()
	raci, err := v.raci(id, at)
	if err != nil {
		return err
	}
	m := raci.Matrix
	head := []string{"No", "Section", "Activity", "Answers", "Who answers", "From owner", "Does", "Gives input", "Is told", "Supports", "Check"}
	return v.file("activities-"+page.Slug(m.Process), head, rows(raci.Shown(), func(r itsm.Row) []string {
		a := m.Answers(r, at.Region, at.Service)
		var check []string
		for _, p := range m.Problems(r, at.Region, at.Service) {
			check = append(check, p.Word)
		}
		return []string{
			strconv.Itoa(r.Position), r.Section, r.Name, a.Role.Name, page.Answerer(a), yes(!a.Explicit), withLetter(m, r, itsm.LetterR), withLetter(m, r, itsm.LetterC),
			withLetter(m, r, itsm.LetterI), withLetter(m, r, itsm.LetterS), strings.Join(check, ", "),
		}
	}))
}

// withLetter names the roles that have a letter in a row.
func withLetter(m *itsm.Matrix, r itsm.Row, letter itsm.Letters) string {
	var names []string
	for i, c := range r.Cells {
		if c.Letters.Has(letter) {
			names = append(names, columnHead(m, m.Columns[i]))
		}
	}
	return strings.Join(names, ", ")
}
