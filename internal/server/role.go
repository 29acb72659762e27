package server

import (
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// role is a role's card with its history.
func (s *Server) role(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	r, err := s.store.Role(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	p := page.Role{Card: roleCard(v, r), MergedID: r.MergedIntoID, MergedInto: r.MergedInto, Reviews: r.Reviews, Moments: r.Recent, Around: r.Around}
	if r.Kind != itsm.Whoever {
		p.Timeline = page.Timeline{Title: "Who held it when", Assignments: r.Timeline, Of: "role", Today: v.day(), Empty: "Nobody has worn this hat yet.", Address: page.RoleURL(r.Role.ID, r.Role.Name) + "/held",
			Directory: v.by.Can(itsm.ReadDirectory, itsm.Scope{})}.Card()
	}
	return v.show(p.Screen())
}

func roleCard(v *visit, r store.RoleView) page.RoleCard {
	var proposed []itsm.Assignment
	for _, a := range r.Timeline {
		if a.State == itsm.Proposed && a.Phase(v.day()) != itsm.Past {
			proposed = append(proposed, a)
		}
	}
	return page.RoleCard{Reader: v.reader(), Proposed: proposed, Role: r.Role, At: r.At(), Practice: r.Practice, Holdings: r.Holdings, Asked: r.Asked, Uses: r.Uses, Closed: r.Closed}
}

type roleForm struct {
	opened
	Kind             string `form:"kind"`
	Name             string `form:"name"`
	Practice         int64  `form:"practice"`
	Process          int64  `form:"process"`
	Service          int64  `form:"service"`
	Purpose          string `form:"purpose"`
	Responsibilities string `form:"responsibilities"`
	Authorities      string `form:"authorities"`
	Competences      string `form:"competences"`
	WantedMin        string `form:"wanted_min"`
	WantedMax        string `form:"wanted_max"`
	PerCase          string `form:"per_case"`
	OutsideOffice    string `form:"outside_office"`
	Months           string `form:"review_months"`
}

func roleFormOf(r itsm.Role) roleForm {
	return roleForm{
		opened: opened{Counter: r.Counter}, Name: r.Name, Purpose: r.Purpose, Responsibilities: r.Responsibilities, Authorities: r.Authorities, Competences: r.Competences,
		WantedMin: page.CountTyped(r.WantedMin), WantedMax: page.CountTyped(r.WantedMax), PerCase: ticked(r.PerCase), OutsideOffice: ticked(r.OutsideOffice),
		Months: page.MonthsTyped(r.ReviewMonths),
	}
}

// ticked is what a box sends.
func ticked(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// role makes a role of what was typed; numbers that are none are Invalid.
func (f roleForm) role(id int64) (itsm.Role, error) {
	var c itsm.Checks
	r := itsm.Role{
		ID: id, Kind: itsm.RoleKind(f.Kind), Name: f.Name, PracticeID: f.Practice, ProcessID: f.Process, ServiceID: f.Service, Purpose: f.Purpose,
		Responsibilities: f.Responsibilities, Authorities: f.Authorities, Competences: f.Competences, PerCase: f.PerCase != "", OutsideOffice: f.OutsideOffice != "", Counter: f.Counter,
		WantedMin: count(&c, f.WantedMin, "wanted_min"), WantedMax: count(&c, f.WantedMax, "wanted_max"), Clock: itsm.Clock{ReviewMonths: months(&c, f.Months)},
	}
	if id == 0 && r.Kind == itsm.Owner {
		c.Say("kind", "The Owner is born with what it owns. Choose another kind.")
	}
	return whole(&c, r, (*itsm.Role).Check)
}

// count reads an optional whole number that was typed.
func count(c *itsm.Checks, typed, field string) *int {
	if typed = itsm.Clean(typed); typed == "" {
		return nil
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		c.Say(field, "This is not a whole number.")
		return nil
	}
	return &n
}

func (f roleForm) wanted() [2]string { return [2]string{f.WantedMin, f.WantedMax} }

// roleScope names where a new role is to hang, for who may add one there.
func (s *Server) roleScope(v *visit, r itsm.Role) (name string, err error) {
	at, name := itsm.Scope{}, v.Organisation.Name
	switch {
	case r.PracticeID != 0:
		p, err := s.store.Practice(v.ctx, v.by, r.PracticeID, v.by.Day())
		if err != nil {
			return "", err
		}
		at, name = p.Scope(), p.Name
	case r.ProcessID != 0:
		p, err := s.store.Process(v.ctx, v.by, r.ProcessID, v.by.Day())
		if err != nil {
			return "", err
		}
		at, name = p.Scope(), p.Name
	case r.ServiceID != 0:
		p, err := s.store.Service(v.ctx, v.by, r.ServiceID, v.by.Day())
		if err != nil {
			return "", err
		}
		at, name = p.Scope(), p.Name
	}
	return name, v.must(itsm.EditRole, at)
}

// newRole is the empty form; ?practice=, ?process= or ?service= is where the role hangs.
func (s *Server) newRole(v *visit) error {
	r := itsm.Role{Kind: itsm.Practitioner, PracticeID: v.query("practice"), ProcessID: v.query("process"), ServiceID: v.query("service")}
	name, err := s.roleScope(v, r)
	if err != nil {
		return err
	}
	return v.show(page.RoleForm{Reader: v.reader(), Role: r, ScopeName: name}.Screen())
}

func (s *Server) addRole(v *visit) error {
	in, err := read[roleForm](v)
	r, errOf := in.role(0)
	if err == nil {
		err = errOf
	}
	name, errOf := s.roleScope(v, r)
	if errOf != nil {
		return errOf
	}
	var id int64
	if err == nil {
		id, err = s.store.AddRole(v.ctx, v.by, r)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, page.RoleForm{Reader: v.reader(), Role: r, Wanted: in.wanted(), Months: in.Months, ScopeName: name, Wrong: list}.Screen())
	}
	if err != nil {
		return err
	}
	if r.ProcessID != 0 {
		return v.done(page.ColumnsURL(r.ProcessID, ""), r.Name+" was added, with a column of its own.")
	}
	return v.done(page.RoleURL(id, r.Name), r.Name+" was added.")
}

// roleAt reads the role of the address for somebody who may do act with it.
func (s *Server) roleAt(v *visit, act itsm.Action) (store.RoleView, error) {
	id, err := v.id()
	if err != nil {
		return store.RoleView{}, err
	}
	r, err := s.store.Role(v.ctx, v.by, id)
	if err != nil {
		return r, err
	}
	return r, v.must(act, r.At())
}

func (s *Server) editRole(v *visit) error {
	r, err := s.roleAt(v, itsm.EditRole)
	if err != nil {
		return err
	}
	in := shown(roleFormOf(r.Role))
	return v.show(page.RoleForm{Reader: v.reader(), Role: r.Role, Wanted: in.wanted(), Months: in.Months, ScopeName: r.ScopeName, Seen: in.page()}.Screen())
}

func (s *Server) saveRole(v *visit) error {
	now, err := s.roleAt(v, itsm.EditRole)
	if err != nil {
		return err
	}
	in, err := read[roleForm](v)
	r, errOf := in.role(now.ID)
	r.Kind, r.PracticeID, r.ProcessID, r.ServiceID = now.Kind, now.PracticeID, now.ProcessID, now.ServiceID
	if err == nil {
		err = errOf
	}
	if err == nil {
		err = s.store.EditRole(v.ctx, v.by, r)
	}
	if list, status, ok := problems(err); ok {
		form := page.RoleForm{Reader: v.reader(), Role: r, Named: now.Name, ScopeName: now.ScopeName, Seen: in.page(), Wrong: list}
		if conflict(err) {
			takeOver(&in, roleFormOf(now.Role))
			form.Now, form.Seen = &now.Role, in.page()
			form.Role, _ = in.role(now.ID)
			form.Role.Kind, form.Role.PracticeID, form.Role.ProcessID, form.Role.ServiceID = now.Kind, now.PracticeID, now.ProcessID, now.ServiceID
		}
		form.Wanted, form.Months = in.wanted(), in.Months
		return v.showAs(status, form.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.RoleURL(r.ID, r.Name), "Saved.")
}

// askRole is the confirmation of something done with a role.
func askRole(r store.RoleView, verb, title, do string, danger bool, wrong page.Problems, says ...string) page.Screen {
	url := page.RoleURL(r.ID, r.Name)
	c := page.Confirm{
		Title: title, Section: "practices", Action: url + "/" + verb, Do: do, Danger: danger, Back: url, Wrong: wrong, Says: says,
		Crumbs: []ui.Link{{Text: "Practices", Href: "/practices"}},
		Hidden: []ui.Param{{Name: "counter", Value: strconv.FormatInt(r.Counter, 10)}},
	}
	if r.UnderID != 0 {
		c.Crumbs = append(c.Crumbs, ui.Link{Text: r.Practice, Href: page.PracticeURL(r.UnderID, r.Practice)})
	}
	c.Crumbs = append(c.Crumbs, ui.Link{Text: r.Name, Href: url})
	return c.Screen()
}
