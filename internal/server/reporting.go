package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

type lineInput struct {
	Manager int64  `form:"manager"`
	Typed   string `form:"manager_q"`
	Find    string `form:"find"`
	Primary bool   `form:"primary"`
}

func (s *Server) newLine(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.lineForm(http.StatusOK, id, lineInput{Primary: true}, nil)
}

// lineForm shows the form for a reporting line.
func (v *visit) lineForm(status int, id int64, in lineInput, list []itsm.Problem) error {
	p, err := v.s.store.Person(v.ctx, id)
	if err != nil {
		return err
	}
	pick, _, err := v.choose(page.Pick{Name: "manager", Label: "Reports to"}, in.Manager, in.Typed, in.Find)
	if err != nil {
		return err
	}
	if text := page.Problems(list).Of("manager"); text != "" {
		pick.Err = text
	}
	list = withPick(list, pick, in.Find)
	form := page.LineForm{Person: p, Manager: pick, Primary: in.Primary, Problems: list}
	return v.showAs(status, page.Screen{
		Title: "Add a reporting line", Section: "people", Crumbs: page.PersonCrumbs(p), Body: form.Page(), Scripts: []string{"picker.js"},
	})
}

func (s *Server) addLine(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[lineInput](v)
	if err == nil {
		err = v.takeNamed(&in.Manager, in.Typed, in.Find)
	}
	if err == nil && (in.Find != "" || in.Manager == 0 && in.Typed != "") {
		return v.lineForm(http.StatusUnprocessableEntity, id, in, nil)
	}
	if err == nil && in.Manager == 0 {
		err = itsm.Invalid{Problems: []itsm.Problem{{Field: "manager", Text: "Choose a person."}}}
	}
	if err == nil {
		err = s.store.AddReportingLine(v.ctx, v.by, id, in.Manager, in.Primary)
	}
	if list, status, ok := problems(err); ok {
		return v.lineForm(status, id, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), "The reporting line is added.")
}

func (s *Server) removeLine(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[lineInput](v)
	if err != nil {
		return err
	}
	if err := s.store.RemoveReportingLine(v.ctx, v.by, id, in.Manager); err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), "The reporting line is removed.")
}

type periodInput struct {
	From  string `form:"from"`
	Until string `form:"until"`
}

func (s *Server) newAbsence(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.absenceForm(http.StatusOK, id, periodInput{From: itsm.ISODay(v.by.Today)}, nil)
}

// absenceForm shows the form for an absence to those who may enter one.
func (v *visit) absenceForm(status int, id int64, in periodInput, list []itsm.Problem) error {
	p, err := v.s.store.PersonPage(v.ctx, v.by, id, v.by.Today)
	if err != nil {
		return err
	}
	if !v.by.Can(itsm.EditAbsence, itsm.Scope{PersonID: id, Managers: p.Above}) {
		return itsm.Forbidden{Why: "An absence is entered by the person, by a line manager or by the service management office."}
	}
	form := page.AbsenceForm{Person: p.Person, From: in.From, Until: in.Until, Problems: list}
	return v.showAs(status, page.Screen{Title: "Enter an absence", Section: "people", Crumbs: page.PersonCrumbs(p.Person), Body: form.Page()})
}

func (s *Server) addAbsence(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[periodInput](v)
	var during itsm.Period
	if err == nil {
		during, err = itsm.CheckPeriod(in.From, in.Until, v.by.Today)
	}
	if err == nil {
		err = s.store.AddAbsence(v.ctx, v.by, id, during)
	}
	if list, status, ok := problems(err); ok {
		return v.absenceForm(status, id, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), "The absence is entered.")
}

func (s *Server) endAbsence(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[struct {
		Absence int64 `form:"absence"`
	}](v)
	if err != nil {
		return err
	}
	if err := s.store.EndAbsence(v.ctx, v.by, id, in.Absence); err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), "The absence is ended.")
}
