package server

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// policies is the list of policies.
func (s *Server) policies(v *visit) error {
	f, day := v.policyFilter(), v.foreseen()
	l, err := s.store.Policies(v.ctx, v.by, f, day)
	if err != nil {
		return err
	}
	return v.show(page.Policies{Reader: v.reader(), Filter: f, Lines: l.Lines, Total: l.Total, Any: l.Any, Practices: l.Practices, Day: day}.Screen())
}

// policyFilter reads the list's address; what it does not know counts as not set.
func (v *visit) policyFilter() itsm.PolicyFilter {
	q := v.r.URL.Query()
	f := itsm.PolicyFilter{
		Text: storable(q.Get("q")), PracticeID: v.query("practice"), Vacant: q.Get("vacant") != "", Overdue: q.Get("overdue") != "", Archived: q.Get("archived") != "",
		Descending: q.Get("order") == "down", Page: int(min(v.query("page"), 100_000)),
	}
	if d := itsm.Driver(q.Get("driver")); slices.Contains(itsm.Drivers, d) {
		f.Driver = d
	}
	if sort := q.Get("sort"); slices.Contains(itsm.PolicySorts, sort) {
		f.Sort = sort
	}
	return f
}

// policy is one policy's page.
func (s *Server) policy(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Policy(v.ctx, v.by, id, v.day())
	if err != nil {
		return err
	}
	return v.show(page.Policy{
		Reader: v.reader(), Policy: p.Policy, Holdings: p.Holdings, Governs: p.Governs, Reviews: p.Reviews, Moments: p.Recent, Day: v.day(), Around: p.Around,
	}.Screen())
}

type policyForm struct {
	opened
	Number      string `form:"number"`
	Title       string `form:"title"`
	Statement   string `form:"statement"`
	Why         string `form:"why"`
	Measure     string `form:"measure"`
	Driver      string `form:"driver"`
	IssuingBody string `form:"issuing_body"`
	Owner       int64  `form:"owner"`
	OwnerTyped  string `form:"owner_q"`
	Find        string `form:"find"`
	Months      string `form:"review_months"`
	Target      string `form:"target"` // of a new one, what it governs at once
}

func policyFormOf(p itsm.Policy) policyForm {
	return policyForm{
		opened: opened{Counter: p.Counter}, Number: p.Number, Title: p.Title, Statement: p.Statement, Why: p.Why, Measure: p.Measure, Driver: string(p.Driver), IssuingBody: p.IssuingBody,
		Owner: p.OwnerRoleID, OwnerTyped: p.OwnerRole, Months: page.MonthsTyped(p.ReviewMonths),
	}
}

// policy makes a policy of what was typed; an interval that is no number is Invalid.
func (f policyForm) policy(id int64) (itsm.Policy, error) {
	var c itsm.Checks
	p := itsm.Policy{
		ID: id, Number: f.Number, Title: f.Title, Statement: f.Statement, Why: f.Why, Measure: f.Measure, Driver: itsm.Driver(f.Driver), IssuingBody: f.IssuingBody,
		OwnerRoleID: f.Owner, Counter: f.Counter, Clock: itsm.Clock{ReviewMonths: months(&c, f.Months)},
	}
	if itsm.Clean(f.OwnerTyped) == "" {
		p.OwnerRoleID = 0 // the name was taken out
	}
	return whole(&c, p, (*itsm.Policy).Check)
}

// finding says that the form only looks for a role, or that words were typed and none chosen.
func (f policyForm) finding() bool {
	return finding("owner", f.Find, f.Owner != 0, f.OwnerTyped)
}

// months reads an interval that was typed; empty is none.
func months(c *itsm.Checks, typed string) int {
	n := count(c, typed, "review_months")
	switch {
	case n == nil:
		return 0
	case *n == 0:
		return -1 // said by Check: empty is none, zero is a slip
	}
	return *n
}

// target reads what a policy is to govern: p7 is a practice, c7 a process, a7 an activity.
func target(value string) (t itsm.Target) {
	for letter, id := range map[string]*int64{"p": &t.PracticeID, "c": &t.ProcessID, "a": &t.ActivityID} {
		if number, ok := strings.CutPrefix(value, letter); ok {
			*id = parse(number)
		}
	}
	return t
}

// targetOf reads the same from an address: ?practice=, ?process= or ?activity=.
func (v *visit) targetOf() itsm.Target {
	return itsm.Target{PracticeID: v.query("practice"), ProcessID: v.query("process"), ActivityID: v.query("activity")}
}

// newPolicy is the empty form; ?practice=, ?process= or ?activity= is what the policy will govern at once. Its owner role
// is proposed: the Owner's of that, or of what the reader owns.
func (s *Server) newPolicy(v *visit) error {
	if !v.reader().MayAddPolicy() {
		return v.must(itsm.AddPolicy, itsm.Scope{})
	}
	form := page.PolicyForm{Policy: itsm.Policy{Driver: itsm.Internal}}
	return s.policyForm(v, http.StatusOK, form, policyForm{Target: page.TargetValue(v.targetOf())})
}

// policyForm shows the form with its picker and with what a new policy governs.
func (s *Server) policyForm(v *visit, status int, form page.PolicyForm, in policyForm) error {
	form.Reader, form.Months = v.reader(), in.Months
	if p := form.Policy; p.OwnerRole != "" { // as it stands: nothing to look up
		chair := itsm.Chair{ID: p.OwnerRoleID, Kind: p.OwnerKind, Name: p.OwnerRole, ScopeName: p.OwnerScope}
		form.Owner.Options = page.RoleOptions([]itsm.Chair{chair})
		form.Owner.Options[0].Selected = true
		return v.showAs(status, form.Screen())
	}
	choices, err := s.store.PolicyChoices(v.ctx, v.by, store.PolicyChoosing{
		RoleID: in.Owner, Find: itsm.Clean(storable(in.OwnerTyped)), Finding: in.finding(), Target: target(in.Target), Propose: form.Policy.ID == 0 && v.r.Method == http.MethodGet,
	})
	if err != nil {
		return err
	}
	if form.Target = choices.Target; choices.Number != "" {
		form.Policy.Number = choices.Number
	}
	form.Owner = page.Found{Query: in.OwnerTyped, Options: page.RoleOptions(choices.Roles)}
	if in.finding() {
		form.Owner.Err = "Choose one of these hats."
		if len(choices.Roles) == 0 {
			form.Owner.Err = "No hat found. Check the spelling, or type fewer letters."
		}
	} else {
		form.Owner.Query = ""
		for i := range form.Owner.Options {
			form.Owner.Options[i].Selected = true
		}
	}
	return v.showAs(status, form.Screen())
}

func (s *Server) addPolicy(v *visit) error {
	if !v.reader().MayAddPolicy() {
		return v.must(itsm.AddPolicy, itsm.Scope{})
	}
	in, err := read[policyForm](v)
	p, errOf := in.policy(0)
	if err == nil && in.finding() {
		return s.policyForm(v, http.StatusUnprocessableEntity, page.PolicyForm{Policy: p}, in)
	}
	if err == nil {
		err = errOf
	}
	var governs []itsm.NewAttachment
	if t := target(in.Target); t.Kind() != "" {
		governs = append(governs, itsm.NewAttachment{Target: t, From: v.by.Today})
	}
	var id int64
	if err == nil {
		id, err = s.store.AddPolicy(v.ctx, v.by, p, governs)
		err = ownerGone(err)
	}
	if list, status, ok := problems(err); ok {
		return s.policyForm(v, status, page.PolicyForm{Policy: p, Wrong: list}, in)
	}
	if err != nil {
		return err
	}
	said := p.Title + " is there. Say what it governs."
	if len(governs) > 0 {
		said = p.Title + " is there, and governs from today on."
	}
	return v.done(page.PolicyURL(id, p.Title), said)
}

// ownerGone says at the field that the owner role chosen is none, so that nothing typed is lost.
func ownerGone(err error) error {
	if errors.As(err, &itsm.NotFound{}) {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "owner", Text: "This hat is not there any more. Choose another one."}}}
	}
	return err
}

// policyAt reads the policy of the address for somebody who may edit it.
func (s *Server) policyAt(v *visit) (store.Policy, error) {
	id, err := v.id()
	if err != nil {
		return store.Policy{}, err
	}
	p, err := s.store.Policy(v.ctx, v.by, id, v.by.Today)
	if err != nil {
		return p, err
	}
	return p, v.must(itsm.EditPolicy, p.Scope())
}

func (s *Server) editPolicy(v *visit) error {
	p, err := s.policyAt(v)
	if err != nil {
		return err
	}
	in := shown(policyFormOf(p.Policy))
	return s.policyForm(v, http.StatusOK, page.PolicyForm{Policy: p.Policy, Seen: in.page()}, in)
}

func (s *Server) savePolicy(v *visit) error {
	now, err := s.policyAt(v)
	if err != nil {
		return err
	}
	in, err := read[policyForm](v)
	in.Target = ""
	p, errOf := in.policy(now.ID)
	form := page.PolicyForm{Policy: p, Named: now.Title, Seen: in.page()}
	if err == nil && in.finding() {
		return s.policyForm(v, http.StatusUnprocessableEntity, form, in)
	}
	if err == nil {
		err = errOf
	}
	if err == nil {
		err = ownerGone(s.store.EditPolicy(v.ctx, v.by, p))
	}
	if list, status, ok := problems(err); ok {
		if form.Wrong = list; conflict(err) {
			takeOver(&in, policyFormOf(now.Policy))
			form.Now, form.Seen = &now.Policy, in.page()
			form.Policy, _ = in.policy(now.ID)
		}
		return s.policyForm(v, status, form, in)
	}
	if err != nil {
		return err
	}
	return v.done(page.PolicyURL(p.ID, p.Title), "Saved.")
}

func (s *Server) askArchivePolicy(v *visit) error {
	p, err := s.policyAt(v)
	if err != nil {
		return err
	}
	return v.show(archivePolicy(p, nil))
}

func archivePolicy(p store.Policy, wrong page.Problems) page.Screen {
	url := page.PolicyURL(p.ID, p.Title)
	return page.Confirm{
		Title: "Archive “" + p.Title + "”?", Section: "policies", Action: url + "/archive", Do: "Archive it", Danger: true, Back: url, Wrong: wrong,
		Crumbs: []ui.Link{{Text: "Policies", Href: "/policies"}, {Text: p.Title, Href: url}},
		Says:   []string{"It governs nothing any more and leaves every list. Its history stays, and it can be brought back, with what it governed."},
		Hidden: []ui.Param{{Name: "counter", Value: strconv.FormatInt(p.Counter, 10)}},
	}.Screen()
}

func (s *Server) archivePolicy(v *visit) error {
	p, err := s.policyAt(v)
	if err != nil {
		return err
	}
	in, err := read[counterForm](v)
	if err == nil {
		err = s.store.ArchivePolicy(v.ctx, v.by, p.ID, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, archivePolicy(p, list))
	}
	if err != nil {
		return err
	}
	return v.done(page.PolicyURL(p.ID, p.Title), p.Title+" is archived.")
}

func (s *Server) restorePolicy(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	err = s.store.RestorePolicy(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	return v.done(page.PolicyURL(id, ""), "The policy is back, with what it governs.")
}
