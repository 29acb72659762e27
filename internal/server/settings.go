package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

func (s *Server) showSettings(v *visit) error {
	return v.settings(http.StatusOK, page.Settings{Org: v.Organisation})
}

func (v *visit) settings(status int, p page.Settings) error {
	return v.showAs(status, page.Screen{Title: "Settings", Body: p.Page()})
}

type settingsForm struct {
	Name          string `form:"name"`
	TimeZone      string `form:"time_zone"`
	OwnerLabel    string `form:"owner_label"`
	SupportLetter bool   `form:"support_letter"`
	CountAccepted bool   `form:"count_accepted"`
	ExternalSees  string `form:"external_sees"`
	Counter       int64  `form:"counter"`
	Back          string `form:"back"`
}

// changeSettings saves the settings; a form of the set-up goes back to its step.
func (s *Server) changeSettings(v *visit) error {
	in, err := read[settingsForm](v)
	if err != nil {
		return err
	}
	org := v.Organisation
	org.Name, org.TimeZone, org.OwnerLabel, org.ExternalSees = in.Name, in.TimeZone, in.OwnerLabel, in.ExternalSees
	org.SupportLetter, org.CountAccepted, org.Counter = in.SupportLetter, in.CountAccepted, in.Counter
	err = s.store.ChangeSettings(v.ctx, v.by, org)
	if list, status, ok := problems(err); ok {
		if status == http.StatusConflict { // what was typed can be sent again, over what stands now
			org.Counter = v.Organisation.Counter
		}
		return v.settings(status, page.Settings{Org: org, Problems: list})
	}
	if err != nil {
		return err
	}
	if in.Back != "" {
		return v.done(inside(in.Back), "Saved.")
	}
	return v.done("/settings", "The settings are saved.")
}

func leadPick() page.Pick {
	return page.Pick{Name: "person", Label: "Person", Staff: true, Hint: "Type a name, an e-mail address or a title."}
}

func (v *visit) lead(status int, p page.Lead) error {
	p.Reader = page.ReaderOf(v.Visit)
	return v.showAs(status, page.Screen{Title: "Appoint the SMO lead", Body: p.Page()})
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
	if err != nil {
		return err
	}
	pick, again, err := v.choose(leadPick(), in.Person, in.PersonTyped, in.Find)
	if err != nil {
		return err
	}
	if again {
		return v.lead(http.StatusUnprocessableEntity, page.Lead{Person: pick})
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
	step, err := v.number("step")
	if err != nil || step > itsm.SetUpSteps {
		return itsm.NotFound{What: "page"}
	}
	state, err := s.store.SetUp(v.ctx, v.by.Today)
	if err != nil {
		return err
	}
	p := page.SetUp{Step: int(step), Reader: page.ReaderOf(v.Visit), State: state, Settings: page.Settings{Org: v.Organisation}}
	return v.show(page.Screen{Title: "Set-up", Section: "set-up", Body: p.Page()})
}

type setUpForm struct {
	All bool `form:"all"`
}

// nextSetUp notes that a step is done or skipped, and goes to the next.
func (s *Server) nextSetUp(v *visit) error {
	step, err := v.number("step")
	if err != nil || step > itsm.SetUpSteps {
		return itsm.NotFound{What: "page"}
	}
	in, err := read[setUpForm](v)
	if err != nil {
		return err
	}
	if in.All {
		step = itsm.SetUpSteps
	}
	if err := s.store.SetUpStep(v.ctx, v.by, int(step)); err != nil {
		return err
	}
	if step == itsm.SetUpSteps {
		return v.done("/practices", "The set-up is done. Everything in it can be changed later.")
	}
	http.Redirect(v.w, v.r, page.SetUpURL(int(step)+1), http.StatusSeeOther)
	return nil
}
