package server

import (
	"net/http"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// steering is the page for the steering group.
func (s *Server) steering(v *visit) error {
	q := v.r.URL.Query()
	return s.steeringPage(v, http.StatusOK, page.Steering{Edit: v.query("edit")}, q.Get("since"))
}

// steeringPage shows it with what changed since a typed day; three months ago where that is none.
func (s *Server) steeringPage(v *visit, status int, p page.Steering, typed string) error {
	since := v.by.Today.AddDate(0, -3, 0)
	var c itsm.Checks
	if day := c.Day(storable(typed), "since"); day != nil && !day.After(v.by.Today) {
		since = *day
	}
	of, err := s.store.Steering(v.ctx, v.by, v.by.Today, since)
	if err != nil {
		return err
	}
	p.Reader, p.Of, p.Since, p.Day = v.reader(), of, since, v.by.Today
	return v.showAs(status, p.Screen())
}

type steeringForm struct {
	Text    string `form:"text"`
	Counter int64  `form:"counter"`
	Since   string `form:"since"`
}

func (in steeringForm) back() string {
	var c itsm.Checks
	if day := c.Day(in.Since, "since"); day != nil {
		return "/steering?since=" + day.Format(time.DateOnly)
	}
	return "/steering"
}

// askSteering adds a line to what the group is asked to decide.
func (s *Server) askSteering(v *visit) error {
	in, err := read[steeringForm](v)
	if err == nil {
		err = s.store.AskSteering(v.ctx, v.by, itsm.SteeringLine{Text: in.Text})
	}
	if list, status, ok := problems(err); ok {
		return s.steeringPage(v, status, page.Steering{Text: in.Text, Wrong: list}, in.Since)
	}
	if err != nil {
		return err
	}
	return v.done(in.back(), "The line is added.")
}

func (s *Server) editSteering(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[steeringForm](v)
	if err == nil {
		err = s.store.EditSteering(v.ctx, v.by, itsm.SteeringLine{ID: id, Text: in.Text, Counter: in.Counter})
	}
	if list, status, ok := problems(err); ok {
		return s.steeringPage(v, status, page.Steering{Edit: id, Text: in.Text, Wrong: list}, in.Since)
	}
	if err != nil {
		return err
	}
	return v.done(in.back(), "Saved.")
}

func (s *Server) dropSteering(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[steeringForm](v)
	if err == nil {
		err = s.store.DropSteering(v.ctx, v.by, id, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return s.steeringPage(v, status, page.Steering{Wrong: list}, in.Since)
	}
	if err != nil {
		return err
	}
	return v.done(in.back(), "The line is taken out.")
}
