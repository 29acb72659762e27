package server

import (
	"net/http"
	"slices"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

func (s *Server) showSettings(v *visit) error {
	in := shown(settingsFormOf(v.Organisation))
	return v.settings(http.StatusOK, page.Settings{Org: v.Organisation, Seen: in.page()})
}

func (v *visit) settings(status int, p page.Settings) (err error) {
	p.Reader = v.reader()
	if p.Moments, err = v.s.store.SettingsChanges(v.ctx, v.by); err != nil {
		return err
	}
	return v.showAs(status, page.Screen{Title: "Settings", Body: p.Page()})
}

type settingsForm struct {
	opened
	Name          string `form:"name"`
	TimeZone      string `form:"time_zone"`
	OwnerLabel    string `form:"owner_label"`
	SupportLetter bool   `form:"support_letter"`
	CountAccepted bool   `form:"count_accepted"`
	ExternalSees  string `form:"external_sees"`
}

func settingsFormOf(o itsm.Organisation) settingsForm {
	return settingsForm{
		opened: opened{Counter: o.Counter}, Name: o.Name, TimeZone: o.TimeZone, OwnerLabel: o.OwnerLabel, SupportLetter: o.SupportLetter,
		CountAccepted: o.CountAccepted, ExternalSees: o.ExternalSees,
	}
}

// over is an organisation with the settings that were typed.
func (f settingsForm) over(o itsm.Organisation) itsm.Organisation {
	o.Name, o.TimeZone, o.OwnerLabel, o.ExternalSees = f.Name, f.TimeZone, f.OwnerLabel, f.ExternalSees
	o.SupportLetter, o.CountAccepted, o.Counter = f.SupportLetter, f.CountAccepted, f.Counter
	return o
}

func (s *Server) changeSettings(v *visit) error {
	in, err := read[settingsForm](v)
	if err == nil {
		err = s.store.ChangeSettings(v.ctx, v.by, in.over(v.Organisation))
	}
	if list, status, ok := problems(err); ok {
		form := page.Settings{Problems: list}
		if status == http.StatusConflict {
			takeOver(&in, settingsFormOf(v.Organisation))
			form.Now = &v.Organisation
		}
		form.Org, form.Seen = in.over(v.Organisation), in.page()
		return v.settings(status, form)
	}
	if err != nil {
		return err
	}
	return v.done("/settings", "The settings are saved.")
}

func leadPick() page.Pick {
	return page.Pick{Name: "person", Label: "Person", Staff: true, Hint: "Type a name, an e-mail address or a title."}
}

func (v *visit) lead(status int, p page.Lead) error {
	p.Reader = page.ReaderOf(v.Visit)
	staff, _, err := v.s.store.PickPeople(v.ctx, v.by, "", true)
	if err != nil {
		return err
	}
	p.Alone = !slices.ContainsFunc(staff, func(other itsm.Person) bool { return other.ID != v.by.PersonID })
	return v.showAs(status, page.Screen{Title: "Appoint the SMO lead", Body: p.Page(), Scripts: []string{"picker.js"}})
}

func (s *Server) showLead(v *visit) error {
	if !v.LeadVacant {
		return v.done("/practices", "There is an SMO lead in office.")
	}
	return v.lead(http.StatusOK, page.Lead{Person: leadPick()})
}

type leadForm struct {
	Person      int64  `form:"person"`
	PersonTyped string `form:"person_q"`
	Find        string `form:"find"`
}

// appointLead makes the first SMO lead, whoever that is.
func (s *Server) appointLead(v *visit) error {
	in, err := read[leadForm](v)
	if list, status, ok := problems(err); ok {
		return v.lead(status, page.Lead{Person: leadPick(), Problems: list})
	} else if err != nil {
		return err
	}
	if err := v.takeNamed(&in.Person, in.PersonTyped, in.Find); err != nil {
		return err
	}
	pick, again, err := v.choose(leadPick(), in.Person, in.PersonTyped, in.Find)
	if err != nil {
		return err
	}
	if again {
		return v.lead(http.StatusUnprocessableEntity, page.Lead{Person: pick, Problems: withPick(nil, pick, in.Find)})
	}
	if in.Person == 0 {
		pick.Err = "Choose the person who leads the office."
		return v.lead(http.StatusUnprocessableEntity, page.Lead{Person: pick})
	}
	err = s.store.AppointFirstLead(v.ctx, v.by, in.Person)
	if list, status, ok := problems(err); ok {
		return v.lead(status, page.Lead{Person: pick, Problems: list})
	}
	if err != nil {
		return err
	}
	return v.done("/practices", "The SMO lead is in office.")
}

func (s *Server) showSetUp(v *visit) error {
	step, err := v.step()
	if err != nil {
		return err
	}
	return v.setUp(http.StatusOK, step, page.Settings{Org: v.Organisation})
}

func (v *visit) setUp(status, step int, settings page.Settings) error {
	state, err := v.s.store.SetUp(v.ctx, v.by.Today)
	if err != nil {
		return err
	}
	p := page.SetUp{Step: step, Reader: page.ReaderOf(v.Visit), State: state, Settings: settings}
	return v.showAs(status, page.Screen{Title: "Set-up", Section: "set-up", Body: p.Page()})
}

// step is the step of the set-up that the address names.
func (v *visit) step() (int, error) {
	step, err := v.number("step")
	if err != nil || step > itsm.SetUpSteps {
		return 0, itsm.NotFound{What: "page"}
	}
	return int(step), nil
}

type setUpForm struct {
	settingsForm
	All bool   `form:"all"`
	Go  string `form:"go"`
}

// settings are those that a step of the set-up asks for, over those that stand.
func (in setUpForm) settings(step int, org itsm.Organisation) itsm.Organisation {
	org.Counter = in.Counter
	switch step {
	case 1:
		org.Name, org.TimeZone = in.Name, in.TimeZone
	case itsm.SetUpSteps:
		org.CountAccepted, org.ExternalSees = in.CountAccepted, in.ExternalSees
	}
	return org
}

// nextSetUp saves what a step asks for, notes that it is done or skipped, and goes to the next.
func (s *Server) nextSetUp(v *visit) error {
	step, err := v.step()
	if err != nil {
		return err
	}
	in, err := read[setUpForm](v)
	if list, status, ok := problems(err); ok {
		org := in.settings(step, v.Organisation)
		org.Counter = v.Organisation.Counter
		return v.setUp(status, step, page.Settings{Org: org, Problems: list})
	} else if err != nil {
		return err
	}
	if org := in.settings(step, v.Organisation); in.Counter != 0 && !in.All && org != v.Organisation {
		err := s.store.ChangeSettings(v.ctx, v.by, org)
		if list, status, ok := problems(err); ok {
			org.Counter = v.Organisation.Counter
			return v.setUp(status, step, page.Settings{Org: org, Problems: list})
		}
		if err != nil {
			return err
		}
	}
	if in.Go == "stay" {
		return v.done(page.SetUpURL(step), "Saved.")
	}
	if in.All {
		step = itsm.SetUpSteps
	}
	if err := s.store.SetUpStep(v.ctx, v.by, step); err != nil {
		return err
	}
	if step == itsm.SetUpSteps {
		return v.done("/practices", "The set-up is done. Everything in it can be changed later.")
	}
	http.Redirect(v.w, v.r, page.SetUpURL(step+1), http.StatusSeeOther)
	return nil
}
