package server

import (
	"cmp"
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

func (s *Server) showCompanies(v *visit) error {
	archived := v.r.URL.Query().Get("archived") != ""
	at := v.listPage()
	list, total, err := s.store.Companies(v.ctx, v.by, v.by.Day(), archived, at)
	if err != nil {
		return err
	}
	body := page.Companies{Companies: list, Total: total, At: at, Archived: archived, MayEdit: v.by.Can(itsm.EditCompany, itsm.Scope{})}
	return v.show(page.Screen{Title: "Companies", Section: "people", Body: body.Page(), Scripts: page.ListScripts})
}

func (s *Server) showCompany(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.company(http.StatusOK, id, nil)
}

// company shows a company's page, with what was wrong about an act on it.
func (v *visit) company(status int, id int64, list []itsm.Problem) error {
	at := v.listPage()
	p, err := v.s.store.Company(v.ctx, v.by, id, v.by.Day(), at)
	if err != nil {
		return err
	}
	body := page.Company{
		Company: p.Company, People: p.People, Teams: p.Teams, Hats: v.reader().Called(p.Hats), Worn: p.Worn, At: at, By: v.by, Today: v.day(), Around: p.Around,
		MayEdit: v.by.Can(itsm.EditCompany, itsm.Scope{}), Problems: list,
	}
	return v.showAs(status, page.Screen{Title: p.Company.Name, Section: "people", Crumbs: page.CompanyCrumbs(), Body: body.Page()})
}

type companyInput struct {
	opened
	Name       string `form:"name"`
	Kind       string `form:"kind"`
	Note       string `form:"note"`
	Our        int64  `form:"our_contact"`
	OurTyped   string `form:"our_contact_q"`
	Their      int64  `form:"their_contact"`
	TheirTyped string `form:"their_contact_q"`
	Find       string `form:"find"`
}

func companyInputOf(m itsm.Company) companyInput {
	return companyInput{opened: opened{Counter: m.Counter}, Name: m.Name, Kind: m.Kind, Note: m.Note, Our: m.OurContactID, Their: m.TheirContactID}
}

func (in companyInput) company(id int64) itsm.Company {
	return itsm.Company{ID: id, Name: in.Name, Kind: in.Kind, Note: in.Note, OurContactID: in.Our, TheirContactID: in.Their, Counter: in.Counter}
}

// finding says that the form only looks for a person, or that a name was typed and nobody chosen.
func (in companyInput) finding() bool {
	return in.Find != "" || in.Our == 0 && itsm.Clean(in.OurTyped) != "" || in.Their == 0 && itsm.Clean(in.TheirTyped) != ""
}

func (s *Server) newCompany(v *visit) error {
	return v.companyForm(http.StatusOK, itsm.Company{}, companyInput{Kind: "supplier"}, nil)
}

// companyForm shows the form with its two pickers.
func (v *visit) companyForm(status int, now itsm.Company, in companyInput, list []itsm.Problem) error {
	our, _, err := v.choose(page.Pick{
		Name: "our_contact", Label: "Contact on our side", Optional: true, Staff: true, Hint: "Who inside answers for what the company does.",
	}, in.Our, in.OurTyped, in.Find)
	if err != nil {
		return err
	}
	their, _, err := v.choose(page.Pick{Name: "their_contact", Label: "Contact on their side", Optional: true}, in.Their, in.TheirTyped, in.Find)
	if err != nil {
		return err
	}
	if text := page.Problems(list).Of("our_contact"); text != "" {
		our.Err = text
	}
	if text := page.Problems(list).Of("their_contact"); text != "" {
		their.Err = text
	}
	list = withPick(withPick(list, our, in.Find), their, in.Find)
	form := page.CompanyForm{Company: in.company(now.ID), Named: now.Name, Our: our, Their: their, Problems: list, Seen: in.page()}
	if now.ID != 0 && status == http.StatusConflict {
		form.Stands = &now
	}
	return v.showAs(status, page.Screen{Title: form.Title(), Section: "people", Crumbs: page.CompanyCrumbs(), Body: form.Page(), Scripts: []string{"picker.js"}})
}

func (s *Server) addCompany(v *visit) error {
	in, err := read[companyInput](v)
	if err == nil {
		err = cmp.Or(v.takeNamed(&in.Our, in.OurTyped, in.Find), v.takeNamed(&in.Their, in.TheirTyped, in.Find))
	}
	if err == nil && in.finding() {
		return v.companyForm(http.StatusUnprocessableEntity, itsm.Company{}, in, nil)
	}
	var id int64
	if err == nil {
		id, err = s.store.AddCompany(v.ctx, v.by, in.company(0))
	}
	if list, status, ok := problems(err); ok {
		return v.companyForm(status, itsm.Company{}, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.CompanyURL(id, in.Name), "The company is added.")
}

func (s *Server) editCompany(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Company(v.ctx, v.by, id, v.by.Day(), 1)
	if err != nil {
		return err
	}
	return v.companyForm(http.StatusOK, p.Company, shown(companyInputOf(p.Company)), nil)
}

func (s *Server) saveCompany(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[companyInput](v)
	if err == nil {
		err = cmp.Or(v.takeNamed(&in.Our, in.OurTyped, in.Find), v.takeNamed(&in.Their, in.TheirTyped, in.Find))
	}
	finding := err == nil && in.finding()
	if err == nil && !finding {
		err = s.store.EditCompany(v.ctx, v.by, in.company(id))
	}
	list, status, refused := problems(err)
	if finding {
		status = http.StatusUnprocessableEntity
	}
	if finding || refused {
		now, err := s.store.Company(v.ctx, v.by, id, v.by.Day(), 1)
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			takeOver(&in, companyInputOf(now.Company))
		}
		return v.companyForm(status, now.Company, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.CompanyURL(id, in.Name), "The company is saved.")
}

func (s *Server) archiveCompany(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[struct {
		Back bool `form:"back"`
	}](v)
	if err == nil {
		err = s.store.ArchiveCompany(v.ctx, v.by, id, !in.Back)
	}
	if list, status, ok := problems(err); ok {
		return v.company(status, id, list)
	}
	if err != nil {
		return err
	}
	if in.Back {
		return v.done(page.CompanyURL(id, ""), "The company is back.")
	}
	return v.done("/companies", "The company is archived.")
}
