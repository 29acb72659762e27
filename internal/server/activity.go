package server

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// activity is one activity's page.
func (s *Server) activity(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.activityPage(v, http.StatusOK, id, itsm.HandOff{}, page.Found{}, nil)
}

func (s *Server) activityPage(v *visit, status int, id int64, typed itsm.HandOff, other page.Found, wrong page.Problems) error {
	a, err := s.store.Activity(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return err
	}
	return v.showAs(status, page.Activity{
		Reader: v.reader(), Process: a.Process, Step: a.Step, Steps: a.Steps, HandOffs: a.HandOffs, Matrix: a.Matrix,
		Policies: a.Policies, Moments: a.Recent, Around: a.Around, Typed: typed, Other: other, Wrong: wrong,
	}.Screen())
}

type activityForm struct {
	opened
	Process   int64  `form:"process"`
	At        int    `form:"at"`
	Name      string `form:"name"`
	Section   string `form:"section"`
	Text      string `form:"text"`
	Procedure string `form:"procedure"`
	More      string `form:"more"`
	Matrix    string `form:"matrix"` // it was typed below the matrix
}

func activityFormOf(s itsm.Step) activityForm {
	return activityForm{opened: opened{Counter: s.Counter}, Name: s.Name, Section: s.Section, Text: s.Text, Procedure: s.Procedure}
}

func (f activityForm) step(id int64) itsm.Step {
	return itsm.Step{ActivityID: id, Name: f.Name, Section: f.Section, Text: f.Text, Procedure: f.Procedure, Counter: f.Counter}
}

// newActivity is the empty form of a process's next activity; ?at= is its place.
func (s *Server) newActivity(v *visit) error {
	p, err := s.processFor(v, v.query("process"))
	if err != nil {
		return err
	}
	at := int(min(v.query("at"), int64(len(p.Steps))))
	step := itsm.Step{}
	if at > 0 {
		step.Section = p.Steps[at-1].Section
	} else if n := len(p.Steps); n > 0 {
		step.Section = p.Steps[n-1].Section
	}
	return v.show(page.ActivityForm{Process: p.Process, Steps: p.Steps, Step: step, At: at}.Screen())
}

// processFor reads a process that a form names, for who may edit it.
func (s *Server) processFor(v *visit, id int64) (store.Process, error) {
	p, err := s.store.Process(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return p, err
	}
	return p, v.must(itsm.EditProcess, p.Scope())
}

func (s *Server) addActivity(v *visit) error {
	in, err := read[activityForm](v)
	p, errOf := s.processFor(v, in.Process)
	if errOf != nil {
		return errOf
	}
	var id int64
	if err == nil {
		id, err = s.store.AddActivity(v.ctx, v.by, p.ID, in.step(0), max(in.At, 0), cmp.Or(in.Counter, store.Latest))
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, page.ActivityForm{Process: p.Process, Steps: p.Steps, Step: in.step(0), At: in.At, Wrong: list}.Screen())
	}
	if err != nil {
		return err
	}
	if in.Matrix != "" {
		return v.done(v.raciView().AddRowURL(p.ID, p.Name), in.Name+" was added as the last row.")
	}
	if in.More != "" {
		to := page.NewActivityURL(p.ID)
		if in.At > 0 {
			to += "&at=" + strconv.Itoa(in.At+1)
		}
		return v.done(to, in.Name+" was added.")
	}
	return v.done(page.ActivityURL(id, in.Name), in.Name+" was added. Now say who does it.")
}

// activityAt reads the activity of the address for somebody who may edit its process.
func (s *Server) activityAt(v *visit) (store.Activity, error) {
	id, err := v.id()
	if err != nil {
		return store.Activity{}, err
	}
	a, err := s.store.Activity(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return a, err
	}
	return a, v.must(itsm.EditProcess, a.Process.Scope())
}

func (s *Server) editActivity(v *visit) error {
	a, err := s.activityAt(v)
	if err != nil {
		return err
	}
	in := shown(activityFormOf(a.Step))
	return v.show(page.ActivityForm{Process: a.Process, Step: a.Step, Seen: in.page()}.Screen())
}

func (s *Server) saveActivity(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[activityForm](v)
	step := in.step(id)
	if err == nil {
		err = s.store.EditActivity(v.ctx, v.by, step)
	}
	if err == nil {
		return v.done(page.ActivityURL(id, step.Name), "Saved.")
	}
	list, status, ok := problems(err)
	if !ok {
		return err
	}
	now, readErr := s.activityAt(v)
	if conflict(err) && errors.As(readErr, &itsm.NotFound{}) {
		return err // it was taken out while somebody wrote about it
	}
	if readErr != nil {
		return readErr
	}
	form := page.ActivityForm{Process: now.Process, Step: step, Named: now.Step.Name, Seen: in.page(), Wrong: list}
	if conflict(err) {
		takeOver(&in, activityFormOf(now.Step))
		form.Now, form.Seen = &now.Step, in.page()
		form.Step = in.step(id)
	}
	return v.showAs(status, form.Screen())
}

func (s *Server) askRemoveActivity(v *visit) error {
	a, err := s.activityAt(v)
	if err != nil {
		return err
	}
	return v.show(removeActivity(a, nil))
}

func removeActivity(a store.Activity, wrong page.Problems) page.Screen {
	url := page.ActivityURL(a.Step.ActivityID, a.Step.Name)
	letters := 0
	row, _ := a.Matrix.Row(a.Step.ActivityID)
	for _, c := range row.Cells {
		if c.Letters != 0 {
			letters++
		}
	}
	return page.Confirm{
		Title: "Take out “" + a.Step.Name + "”?", Section: "practices", Action: url + "/remove", Do: "Take it out", Danger: true, Back: url, Wrong: wrong,
		Crumbs: []ui.Link{{Text: "Practices", Href: "/practices"}, {Text: a.Process.Practice, Href: page.PracticeURL(a.Process.PracticeID, a.Process.Practice)}, {Text: a.Process.Name, Href: page.ProcessURL(a.Process.ID, a.Process.Name)}},
		Says: []string{
			"It leaves " + a.Process.Name + " with the letters of " + ui.Plural(letters, "role", "roles") + " and " + ui.Plural(len(a.HandOffs), "hand-off", "hand-offs") + ".",
			"The recent changes of the process hold it, with a way to undo it.",
		},
		Hidden: []ui.Param{{Name: "counter", Value: strconv.FormatInt(a.Step.Counter, 10)}},
	}.Screen()
}

func (s *Server) removeActivity(v *visit) error {
	a, err := s.activityAt(v)
	if err != nil {
		return err
	}
	in, err := read[counterForm](v)
	if err == nil {
		err = s.store.RemoveActivity(v.ctx, v.by, a.Step.ActivityID, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, removeActivity(a, list))
	}
	if err != nil {
		return err
	}
	return v.done(page.ProcessURL(a.Process.ID, a.Process.Name), a.Step.Name+" was taken out.")
}

type handOffForm struct {
	HandOff   int64  `form:"hand_off"`
	Direction string `form:"direction"`
	What      string `form:"what"`
	Other     string `form:"other"` // a7 is an activity, p7 a process
	Typed     string `form:"other_q"`
	Find      string `form:"find"`
	Party     string `form:"party"`
	Counter   int64  `form:"counter"`
}

func (f handOffForm) finding() bool {
	return finding("other", f.Find, f.Other != "", f.Typed)
}

func (f handOffForm) handOff(activity int64) itsm.HandOff {
	h := itsm.HandOff{ActivityID: activity, Direction: itsm.Direction(f.Direction), What: f.What, Party: f.Party}
	if number, ok := strings.CutPrefix(f.Other, "a"); ok {
		h.ToActivityID = parse(number)
	} else if number, ok := strings.CutPrefix(f.Other, "p"); ok {
		h.ToProcessID = parse(number)
	} else if f.Other != "" {
		h.ToActivityID = -1 // there is no such thing, and it must not read as nothing chosen
	}
	return h
}

func (s *Server) addHandOff(v *visit) error {
	a, err := s.activityAt(v)
	if err != nil {
		return err
	}
	id := a.Step.ActivityID
	in, err := read[handOffForm](v)
	h := in.handOff(id)
	if err == nil && !in.finding() {
		err = s.store.AddHandOff(v.ctx, v.by, h, in.Counter)
	}
	if list, status, ok := problems(err); ok || err == nil && in.finding() {
		other, err := s.otherSide(v, id, in)
		if err != nil {
			return err
		}
		return s.activityPage(v, cmp.Or(status, http.StatusOK), id, h, other, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.ActivityURL(id, ""), "The hand-off is written down.")
}

// otherSide is what the form shows of the other side when it comes back: what was chosen, or what is found by what was typed.
func (s *Server) otherSide(v *visit, activity int64, in handOffForm) (page.Found, error) {
	if itsm.Clean(in.Typed) == "" {
		return page.Found{}, nil
	}
	found, more, err := s.store.HandOffSides(v.ctx, v.by, activity, itsm.Clean(storable(in.Typed)))
	if err != nil {
		return page.Found{}, err
	}
	f := page.FoundAmong(in.Typed, page.HandOffOptions(found), more)
	for i := range f.Options {
		if !in.finding() && f.Options[i].Value == in.Other {
			f.Options[i].Selected, f.Query, f.Err = true, "", ""
		}
	}
	return f, nil
}

// pickHandOff answers the picker of the other side of a hand-off.
func (s *Server) pickHandOff(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	found, more, err := s.store.HandOffSides(v.ctx, v.by, id, itsm.Clean(storable(v.r.URL.Query().Get("q"))))
	if err != nil {
		return err
	}
	return v.fragment(http.StatusOK, ui.PickerOptions("pick-other", page.HandOffOptions(found), more))
}

func (s *Server) removeHandOff(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[handOffForm](v)
	if err == nil {
		err = s.store.RemoveHandOff(v.ctx, v.by, id, in.HandOff)
	}
	if err != nil {
		return err
	}
	return v.done(page.ActivityURL(id, ""), "The hand-off was taken back.")
}
