package server

import (
	"net/http"
	"slices"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// subjectForm names what a gap or an action is about, in forms and addresses alike.
type subjectForm struct {
	Code       string `form:"code"`
	Practice   int64  `form:"practice"`
	Process    int64  `form:"process"`
	Activity   int64  `form:"activity"`
	Role       int64  `form:"role"`
	Region     int64  `form:"region"`
	Person     int64  `form:"about_person"`
	Team       int64  `form:"team"`
	Company    int64  `form:"company"`
	Service    int64  `form:"service"`
	Policy     int64  `form:"policy"`
	Assignment int64  `form:"assignment"`
	Back       string `form:"back"`
}

func (in subjectForm) subject() itsm.Subject {
	return itsm.Subject{
		PracticeID: in.Practice, ProcessID: in.Process, ActivityID: in.Activity, RoleID: in.Role, RegionID: in.Region, PersonID: in.Person,
		TeamID: in.Team, CompanyID: in.Company, ServiceID: in.Service, PolicyID: in.Policy, AssignmentID: in.Assignment,
	}
}

// about reads what a form is about, for somebody who may do act there.
func (s *Server) about(v *visit, act itsm.Action, in subjectForm) (itsm.SubjectFacts, error) {
	if in.Code != "" && !itsm.KnownGap(in.Code) {
		return itsm.SubjectFacts{}, itsm.NotFound{What: "gap"}
	}
	f, err := s.store.Subject(v.ctx, v.by, in.Code, in.subject())
	if err != nil {
		return f, err
	}
	return f, v.must(act, f.At)
}

// actionFilter reads the list's address; what it does not know counts as not set.
func (v *visit) actionFilter() itsm.ActionFilter {
	q := v.r.URL.Query()
	f := itsm.ActionFilter{
		Done: q.Get("state") == "done", Mine: q.Get("mine") != "", PracticeID: v.query("practice"), Descending: q.Get("order") == "down", Page: int(min(v.query("page"), 100_000)),
	}
	if sort := q.Get("sort"); slices.Contains(itsm.ActionSorts, sort) {
		f.Sort = sort
	}
	return f
}

// actionsFile is the list as a file, narrowed and ordered by the address.
func (s *Server) actionsFile(v *visit) error {
	head := []string{"What", "About", "Belongs to", "Who", "By when", "Planned by", "Planned on", "Done on", "Done by", "Done how"}
	return v.file("actions", head, lines(s.store.ActionRows(v.ctx, v.by, v.actionFilter()), func(a itsm.PlannedAction) []string {
		line := []string{a.What, a.AboutName, a.Place, a.Person, itsm.ISODay(a.DueOn), a.PlannedBy, itsm.ISODay(a.PlannedOn), "", "", ""}
		if a.DoneOn != nil {
			line[7], line[8], line[9] = itsm.ISODay(*a.DoneOn), a.DoneBy, a.Outcome
		}
		return line
	}))
}

// actions is the list of actions.
func (s *Server) actions(v *visit) error {
	f := v.actionFilter()
	found, err := s.store.Actions(v.ctx, v.by, f)
	if err != nil {
		return err
	}
	return v.show(page.Actions{Reader: v.reader(), Filter: f, Lines: found.Actions, Total: found.Total, Overdue: found.Overdue, Practices: found.Practices}.Screen())
}

// action is one action's page.
func (s *Server) action(v *visit) error { return s.actionPage(v, http.StatusOK, "", nil) }

func (s *Server) actionPage(v *visit, status int, outcome string, wrong page.Problems) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	a, moments, err := s.store.Action(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	return v.showAs(status, page.Action{Reader: v.reader(), Of: a, Moments: moments, Outcome: outcome, Wrong: wrong}.Screen())
}

type actionForm struct {
	opened
	subjectForm
	What   string `form:"what"`
	Person int64  `form:"person"`
	Typed  string `form:"person_q"`
	Find   string `form:"find"`
	Due    string `form:"due"`
}

func actionFormOf(a itsm.PlannedAction) actionForm {
	return actionForm{opened: opened{Counter: a.Counter}, What: a.What, Person: a.PersonID, Due: itsm.ISODay(a.DueOn)}
}

func (in actionForm) input() (itsm.ActionInput, error) {
	var c itsm.Checks
	a := itsm.ActionInput{Code: in.Code, Subject: in.subject(), What: in.What, PersonID: in.Person, DueOn: c.Day(in.Due, "due")}
	return a, c.Err()
}

// wrong is what a form that was sent says amiss; nothing where it was sent to find somebody.
func (in actionForm) wrong(today time.Time) page.Problems {
	if in.Find != "" {
		return nil
	}
	a, err := in.input()
	if err == nil {
		err = a.Check(today)
	}
	list, _, _ := problems(err)
	return list
}

// searches says that the form must come back with people to choose from.
func (in actionForm) searches() bool {
	return in.Find != "" || in.Person == 0 && itsm.Clean(in.Typed) != ""
}

// newAction shows the form that plans one, with what it is about.
func (s *Server) newAction(v *visit) error {
	var in actionForm
	if err := decode(&in, v.r.URL.Query()); err != nil {
		return err
	}
	in.Back = cameFrom(v.r)
	return s.planForm(v, http.StatusOK, in, nil)
}

func (s *Server) planForm(v *visit, status int, in actionForm, wrong page.Problems) error {
	of, err := s.about(v, itsm.PlanAction, in.subjectForm)
	if err != nil {
		return err
	}
	form := page.ActionForm{Code: in.Code, Of: of, What: in.What, Due: in.Due, Back: inside(in.Back), Wrong: wrong}
	return s.showActionForm(v, status, form, in)
}

// showActionForm completes the form with the choice of who does it.
func (s *Server) showActionForm(v *visit, status int, form page.ActionForm, in actionForm) error {
	pick, again, err := v.choose(page.Pick{Name: "person", Label: "Who does it"}, in.Person, in.Typed, in.Find)
	if err != nil {
		return err
	}
	if text := form.Wrong.Of("person"); text != "" && !again {
		pick.Err = text
	}
	form.Person, form.Wrong = pick, withPick(form.Wrong, pick, in.Find)
	return v.showAs(status, form.Screen())
}

// planAction takes the form.
func (s *Server) planAction(v *visit) error {
	in, err := read[actionForm](v)
	if err == nil {
		err = v.takeNamed(&in.Person, in.Typed, in.Find)
	}
	if err == nil && in.searches() {
		return s.planForm(v, http.StatusUnprocessableEntity, in, in.wrong(v.by.Today))
	}
	var a itsm.ActionInput
	if err == nil {
		a, err = in.input()
	}
	if err == nil {
		_, err = s.about(v, itsm.PlanAction, in.subjectForm)
	}
	if err == nil {
		_, err = s.store.PlanAction(v.ctx, v.by, a)
	}
	if list, status, ok := problems(err); ok {
		return s.planForm(v, status, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(afterwards(in.Back), "Planned. It stands in the list of actions, and under My hats of whoever does it.")
}

// afterwards is where a form came from; where that is not known, the actions.
func afterwards(from string) string {
	if to := inside(from); to != "/" {
		return to
	}
	return "/actions"
}

// actionAt reads the action of the address for somebody who may do act.
func (s *Server) actionAt(v *visit, act itsm.Action) (itsm.PlannedAction, error) {
	id, err := v.id()
	if err != nil {
		return itsm.PlannedAction{}, err
	}
	a, _, err := s.store.Action(v.ctx, v.by, id)
	if err != nil {
		return a, err
	}
	return a, v.must(act, a.Scope())
}

func (s *Server) editAction(v *visit) error {
	a, err := s.actionAt(v, itsm.PlanAction)
	if err != nil {
		return err
	}
	in := shown(actionFormOf(a))
	return s.changeForm(v, http.StatusOK, a, in, nil)
}

func (s *Server) changeForm(v *visit, status int, a itsm.PlannedAction, in actionForm, wrong page.Problems) error {
	if status == http.StatusConflict {
		takeOver(&in, actionFormOf(a))
	}
	form := page.ActionForm{
		ID: a.ID, Code: a.Code, Of: itsm.SubjectFacts{Subject: a.Subject, Name: a.AboutName, Place: a.Place}, What: in.What, Due: in.Due, Counter: in.Counter, Seen: in.page(),
		Back: page.ActionURL(a.ID, a.What), Wrong: wrong,
	}
	if status == http.StatusConflict {
		form.Now = &a
	}
	return s.showActionForm(v, status, form, in)
}

func (s *Server) saveAction(v *visit) error {
	a, err := s.actionAt(v, itsm.PlanAction)
	if err != nil {
		return err
	}
	in, err := read[actionForm](v)
	if err == nil {
		err = v.takeNamed(&in.Person, in.Typed, in.Find)
	}
	if err == nil && in.searches() {
		return s.changeForm(v, http.StatusUnprocessableEntity, a, in, nil)
	}
	var changed itsm.ActionInput
	if err == nil {
		changed, err = in.input()
	}
	if err == nil {
		err = s.store.EditAction(v.ctx, v.by, a.ID, in.Counter, changed)
	}
	if list, status, ok := problems(err); ok {
		return s.changeForm(v, status, a, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.ActionURL(a.ID, changed.What), "Saved.")
}

// closeAction says that it is done, and how.
func (s *Server) closeAction(v *visit) error {
	a, err := s.actionAt(v, itsm.CloseAction)
	if err != nil {
		return err
	}
	in, err := read[struct {
		Outcome string `form:"outcome"`
	}](v)
	if err == nil {
		err = s.store.CloseAction(v.ctx, v.by, a.ID, in.Outcome)
	}
	if list, status, ok := problems(err); ok {
		return s.actionPage(v, status, in.Outcome, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.ActionURL(a.ID, a.What), "Done. It left the list of open actions.")
}

func (s *Server) reopenAction(v *visit) error {
	a, err := s.actionAt(v, itsm.PlanAction)
	if err != nil {
		return err
	}
	if err := s.store.ReopenAction(v.ctx, v.by, a.ID); err != nil {
		return err
	}
	return v.done(page.ActionURL(a.ID, a.What), "The action is open again.")
}
