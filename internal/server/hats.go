package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// myHats is the start page of everybody who wears a hat.
func (s *Server) myHats(v *visit) error {
	if v.kept != nil { // what waits for the reader waits today; their own page says what they wore
		return v.goTo(page.PersonURL(v.by.PersonID, v.by.Name))
	}
	hats, err := s.store.MyHats(v.ctx, v.by)
	if err != nil {
		return err
	}
	return v.show(page.Screen{Title: "My hats", Section: "hats", Body: page.MyHats{Reader: page.ReaderOf(v.Visit), Of: hats}.Page()})
}

// newMistake shows the form that reports what is wrong, with where it is filled in.
func (s *Server) newMistake(v *visit) error {
	var in page.MistakeInput
	if err := decode(&in, v.r.URL.Query()); err != nil {
		return err
	}
	return s.showMistake(v, http.StatusOK, page.Mistake{In: in})
}

func (s *Server) showMistake(v *visit, status int, p page.Mistake) error {
	if p.In.Back = back(p.In.Back); p.In.Back == "" {
		p.In.Back = afterReport(p.In)
	}
	return v.showAs(status, page.Screen{Title: "Report a mistake", Body: p.Page()})
}

// reportMistake takes the form.
func (s *Server) reportMistake(v *visit) error {
	in, err := read[page.MistakeInput](v)
	if err == nil {
		_, err = s.store.ReportMistake(v.ctx, v.by, itsm.Mistake{
			ProcessID: number(in.Process), ActivityID: number(in.Activity), RoleID: number(in.Role), About: in.About, Text: in.Text})
	}
	if list, status, ok := problems(err); ok {
		return s.showMistake(v, status, page.Mistake{In: in, Problems: list})
	}
	if err != nil {
		return err
	}
	return v.done(afterReport(in), "Reported. The answer appears under My hats.")
}

// afterReport is where the reader goes: back to where they came from, else to what they reported.
func afterReport(in page.MistakeInput) string {
	switch {
	case in.Back != "":
		return inside(in.Back)
	case number(in.Process) > 0:
		return page.ProcessURL(number(in.Process), "")
	case number(in.Role) > 0:
		return page.RoleURL(number(in.Role), "")
	}
	return "/hats"
}

// closeMistake answers a report.
func (s *Server) closeMistake(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[page.MistakeInput](v)
	if err == nil {
		err = s.store.CloseMistake(v.ctx, v.by, id, in.Answer)
	}
	if in.Back = back(in.Back); in.Back == "" {
		in.Back = "/hats"
	}
	if list, status, ok := problems(err); ok {
		p := page.CloseMistake{ID: id, In: in, Problems: list}
		return v.showAs(status, page.Screen{Title: "Answer a report", Body: p.Page()})
	}
	if err != nil {
		return err
	}
	return v.done(in.Back, "Closed. Whoever reported it sees your answer.")
}
