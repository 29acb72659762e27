package server

import (
	"net/http"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// process is one process's page, on today or the day of ?on=.
func (s *Server) process(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.processPage(v, http.StatusOK, id, nil)
}

func (s *Server) processPage(v *visit, status int, id int64, wrong page.Problems) error {
	p, err := s.processOn(v, id)
	if err != nil {
		return err
	}
	p.Wrong = wrong
	return v.showAs(status, p.Screen())
}

// processOn is a process's page on the day that the reader looks at.
func (s *Server) processOn(v *visit, id int64) (page.Process, error) {
	p, err := s.store.Process(v.ctx, v.by, id, v.day())
	return page.Process{
		Reader: v.reader(), Process: p.Process, Steps: p.Steps, HandOffs: p.HandOffs, Matrix: p.Matrix, Asked: p.Asked, GapList: p.Gaps, Mistakes: p.Mistakes, Moments: p.Recent,
		Policies: p.Policies, Reviews: p.Reviews, Names: v.r.URL.Query().Get("names") != "", At: v.raciView(), Around: p.Around,
	}, err
}

type processForm struct {
	opened
	Name     string `form:"name"`
	Kind     string `form:"kind"`
	Purpose  string `form:"purpose"`
	Scope    string `form:"scope"`
	Triggers string `form:"triggers"`
	Inputs   string `form:"inputs"`
	Outputs  string `form:"outputs"`
	Months   string `form:"review_months"`
}

func processFormOf(p itsm.Process) processForm {
	return processForm{
		opened: opened{Counter: p.Version.Counter}, Name: p.Name, Kind: string(p.Kind), Purpose: p.Purpose, Scope: p.Area, Triggers: page.LinesTyped(p.Triggers), Inputs: page.LinesTyped(p.Inputs),
		Outputs: page.LinesTyped(p.Outputs), Months: page.MonthsTyped(p.ReviewMonths),
	}
}

// process makes a process of what was typed; an interval that is no number is Invalid.
func (f processForm) process() (itsm.Process, error) {
	var c itsm.Checks
	p := itsm.Process{
		Name: f.Name, Kind: itsm.ProcessKind(f.Kind), Purpose: f.Purpose, Area: f.Scope, Version: itsm.Version{Counter: f.Counter},
		Triggers: itsm.Lines(f.Triggers), Inputs: itsm.Lines(f.Inputs), Outputs: itsm.Lines(f.Outputs),
		Clock: itsm.Clock{ReviewMonths: months(&c, f.Months)},
	}
	return whole(&c, p, (*itsm.Process).Check)
}

func (s *Server) newProcess(v *visit) error {
	p, err := s.practiceAt(v, itsm.AddProcess)
	if err != nil {
		return err
	}
	return v.show(page.ProcessForm{Process: itsm.Process{PracticeID: p.ID, Practice: p.Name, Kind: itsm.Daily}}.Screen())
}

func (s *Server) addProcess(v *visit) error {
	practice, err := s.practiceAt(v, itsm.AddProcess)
	if err != nil {
		return err
	}
	in, err := read[processForm](v)
	p, errOf := in.process()
	p.PracticeID, p.Practice = practice.ID, practice.Name
	var id int64
	if err == nil {
		err = errOf
	}
	if err == nil {
		id, err = s.store.AddProcess(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, page.ProcessForm{Process: p, Months: in.Months, Wrong: list}.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.ProcessURL(id, p.Name), p.Name+" is there, with columns for the roles of its practice.")
}

// processAt reads the process of the address, as of today, for somebody who may do act with it.
func (s *Server) processAt(v *visit, act itsm.Action) (store.Process, error) {
	id, err := v.id()
	if err != nil {
		return store.Process{}, err
	}
	p, err := s.store.Process(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return p, err
	}
	return p, v.must(act, p.Scope())
}

func (s *Server) editProcess(v *visit) error {
	p, err := s.processAt(v, itsm.EditProcess)
	if err != nil {
		return err
	}
	in := shown(processFormOf(p.Process))
	return v.show(page.ProcessForm{Process: p.Process, Months: in.Months, Seen: in.page()}.Screen())
}

func (s *Server) saveProcess(v *visit) error {
	now, err := s.processAt(v, itsm.EditProcess)
	if err != nil {
		return err
	}
	in, err := read[processForm](v)
	p, errOf := in.process()
	p.ID, p.PracticeID, p.Practice = now.ID, now.PracticeID, now.Practice
	if err == nil {
		err = errOf
	}
	if err == nil {
		err = s.store.EditProcess(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		form := page.ProcessForm{Process: p, Named: now.Name, Months: in.Months, Seen: in.page(), Wrong: list}
		if conflict(err) {
			takeOver(&in, processFormOf(now.Process))
			form.Now, form.Seen = &now.Process, in.page()
			form.Process, _ = in.process()
			form.Process.ID, form.Process.PracticeID, form.Process.Practice, form.Months = now.ID, now.PracticeID, now.Practice, in.Months
		}
		return v.showAs(status, form.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.ProcessURL(p.ID, p.Name), "Saved.")
}

type moveForm struct {
	To       int   `form:"to"`
	Activity int64 `form:"activity"`
	Role     int64 `form:"role"`
	Counter  int64 `form:"counter"`
}

// moveProcess puts a process at another place in its practice's list.
func (s *Server) moveProcess(v *visit) error {
	p, err := s.processAt(v, itsm.EditProcess)
	if err != nil {
		return err
	}
	in, err := read[moveForm](v)
	if err == nil {
		err = s.store.MoveProcess(v.ctx, v.by, p.ID, in.To)
	}
	if err != nil {
		return err
	}
	return v.done(page.PracticeURL(p.PracticeID, p.Practice), p.Name+" was moved.")
}

func (s *Server) askArchiveProcess(v *visit) error {
	p, err := s.processAt(v, itsm.ArchiveProcess)
	if err != nil {
		return err
	}
	return v.confirmArchive(http.StatusOK, archiveProcess(p, nil), "process", p.ID)
}

func archiveProcess(p store.Process, wrong page.Problems) page.Confirm {
	url := page.ProcessURL(p.ID, p.Name)
	with := ""
	if len(p.Steps) > 0 {
		with = " with its " + ui.Plural(len(p.Steps), "activity", "activities")
	}
	says := "It leaves the list of " + p.Practice + with + ". Its history stays, and it can be brought back."
	return page.Confirm{
		Title: "Archive " + p.Name + "?", Section: "practices", Action: url + "/archive", Do: "Archive it", Danger: true, Back: url, Wrong: wrong,
		Crumbs: []ui.Link{{Text: "Practices", Href: "/practices"}, {Text: p.Practice, Href: page.PracticeURL(p.PracticeID, p.Practice)}, {Text: p.Name, Href: url}},
		Says:   []string{says, "Hand-offs of other processes that name it keep its name."},
		Hidden: []ui.Param{{Name: "counter", Value: strconv.FormatInt(p.Counter, 10)}},
	}
}

func (s *Server) archiveProcess(v *visit) error {
	p, err := s.processAt(v, itsm.ArchiveProcess)
	if err != nil {
		return err
	}
	in, err := read[counterForm](v)
	var deleted bool
	if err == nil {
		deleted, err = s.store.ArchiveProcess(v.ctx, v.by, p.ID, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.confirmArchive(status, archiveProcess(p, list), "process", p.ID)
	}
	if err != nil {
		return err
	}
	to := page.PracticeURL(p.PracticeID, p.Practice)
	if deleted {
		return v.done(to, p.Name+" was deleted: nothing hung on it.")
	}
	return v.done(to, p.Name+" is archived.")
}

func (s *Server) restoreProcess(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.RestoreProcess(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done(page.ProcessURL(id, ""), "The process is back.")
}

// order shows the activities with what moves them.
func (s *Server) order(v *visit) error {
	p, err := s.processAt(v, itsm.EditProcess)
	if err != nil {
		return err
	}
	return v.show(page.Order{Process: p.Process, Steps: p.Steps}.Screen())
}

// moveActivity moves one; an order that was changed meanwhile is shown as it is now.
func (s *Server) moveActivity(v *visit) error {
	if _, err := s.processAt(v, itsm.EditProcess); err != nil {
		return err
	}
	in, err := read[moveForm](v)
	if err != nil {
		return err
	}
	err = s.store.MoveActivity(v.ctx, v.by, in.Activity, in.To, in.Counter)
	if conflict(err) {
		p, err := s.processAt(v, itsm.EditProcess)
		if err != nil {
			return err
		}
		wrong := page.Problems{{Text: "Somebody changed the order, or what the process says, after you opened this page. This is how it stands now."}}
		return v.showAs(http.StatusConflict, page.Order{Process: p.Process, Steps: p.Steps, Wrong: wrong}.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(strings.TrimSuffix(v.r.URL.Path, "/"), "The activity was moved.")
}
