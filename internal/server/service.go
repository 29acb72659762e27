package server

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// cameFrom is the page of this product that the reader comes from.
func cameFrom(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return "/"
	}
	return inside(from.RequestURI())
}

// services is the list of services.
func (s *Server) services(v *visit) error {
	text, archived := itsm.Clean(v.r.URL.Query().Get("q")), v.r.URL.Query().Get("archived") != ""
	if !itsm.Storable(text) {
		return itsm.Invalid{Problems: []itsm.Problem{{Text: "This cannot be searched for. Type it again."}}}
	}
	lines, err := s.store.Services(v.ctx, v.by, text, archived)
	if err != nil {
		return err
	}
	return v.show(page.Services{Reader: v.reader(), Lines: lines, Text: text, Archived: archived}.Screen())
}

// service is one service's page.
func (s *Server) service(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.servicePage(v, http.StatusOK, id, page.Found{}, nil)
}

func (s *Server) servicePage(v *visit, status int, id int64, support page.Found, wrong page.Problems) error {
	p, err := s.store.Service(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return err
	}
	return v.showAs(status, page.Service{
		Reader: v.reader(), Service: p.Service, Roles: p.Roles, Holdings: p.Holdings, Asked: p.Asked, Support: p.Support, Adding: support, Gaps: p.Gaps, Moments: p.Recent, Around: p.Around, Wrong: wrong,
	}.Screen())
}

type serviceForm struct {
	opened
	Name    string `form:"name"`
	Purpose string `form:"purpose"`
}

func serviceFormOf(p itsm.Service) serviceForm {
	return serviceForm{opened: opened{Counter: p.Counter}, Name: p.Name, Purpose: p.Purpose}
}

func (f serviceForm) service(id int64) itsm.Service {
	return itsm.Service{ID: id, Name: f.Name, Purpose: f.Purpose, Counter: f.Counter}
}

func (s *Server) newService(v *visit) error {
	if err := v.must(itsm.EditService, itsm.Scope{}); err != nil {
		return err
	}
	return v.show(page.ServiceForm{}.Screen())
}

func (s *Server) addService(v *visit) error {
	if err := v.must(itsm.EditService, itsm.Scope{}); err != nil {
		return err
	}
	in, err := read[serviceForm](v)
	p := in.service(0)
	var id int64
	if err == nil {
		id, err = s.store.AddService(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, page.ServiceForm{Service: p, Wrong: list}.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.ServiceURL(id, p.Name), p.Name+" is there, with the hat of its Service Owner.")
}

// serviceAt reads the service of the address for somebody who may edit it.
func (s *Server) serviceAt(v *visit) (store.Service, error) {
	id, err := v.id()
	if err != nil {
		return store.Service{}, err
	}
	p, err := s.store.Service(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return p, err
	}
	return p, v.must(itsm.EditService, p.Scope())
}

func (s *Server) editService(v *visit) error {
	p, err := s.serviceAt(v)
	if err != nil {
		return err
	}
	in := shown(serviceFormOf(p.Service))
	return v.show(page.ServiceForm{Service: p.Service, Seen: in.page()}.Screen())
}

func (s *Server) saveService(v *visit) error {
	now, err := s.serviceAt(v)
	if err != nil {
		return err
	}
	in, err := read[serviceForm](v)
	p := in.service(now.ID)
	if err == nil {
		err = s.store.EditService(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		form := page.ServiceForm{Service: p, Named: now.Name, Seen: in.page(), Wrong: list}
		if conflict(err) {
			takeOver(&in, serviceFormOf(now.Service))
			form.Now, form.Seen = &now.Service, in.page()
			form.Service = in.service(now.ID)
		}
		return v.showAs(status, form.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.ServiceURL(p.ID, p.Name), "Saved.")
}

func (s *Server) askArchiveService(v *visit) error {
	p, err := s.serviceAt(v)
	if err != nil {
		return err
	}
	return v.confirmArchive(http.StatusOK, archiveService(p, nil), "service", p.ID)
}

func archiveService(p store.Service, wrong page.Problems) page.Confirm {
	url := page.ServiceURL(p.ID, p.Name)
	return page.Confirm{
		Title: "Archive " + p.Name + "?", Section: "services", Action: url + "/archive", Do: "Archive it", Danger: true, Back: url, Wrong: wrong,
		Crumbs: []ui.Link{{Text: "Services", Href: "/services"}, {Text: p.Name, Href: url}},
		Says:   []string{"It leaves the list. Its history stays, and it can be brought back."},
		Hidden: []ui.Param{{Name: "counter", Value: strconv.FormatInt(p.Counter, 10)}},
	}
}

func (s *Server) archiveService(v *visit) error {
	p, err := s.serviceAt(v)
	if err != nil {
		return err
	}
	in, err := read[counterForm](v)
	var deleted bool
	if err == nil {
		deleted, err = s.store.ArchiveService(v.ctx, v.by, p.ID, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.confirmArchive(status, archiveService(p, list), "service", p.ID)
	}
	if err != nil {
		return err
	}
	if deleted {
		return v.done("/services", p.Name+" was deleted: nothing hung on it.")
	}
	return v.done("/services", p.Name+" is archived.")
}

func (s *Server) restoreService(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.RestoreService(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done(page.ServiceURL(id, ""), "The service is back.")
}

type supportForm struct {
	Support string `form:"support"` // p7 is a practice, t7 a team, c7 a company; plain 7 a row to take back
	Typed   string `form:"support_q"`
	Find    string `form:"find"`
}

func (f supportForm) finding() bool {
	return finding("support", f.Find, f.Support != "", f.Typed)
}

func (f supportForm) support() (u itsm.Support) {
	for _, kind := range []struct {
		letter string
		id     *int64
	}{{"p", &u.PracticeID}, {"t", &u.TeamID}, {"c", &u.CompanyID}} {
		if number, ok := strings.CutPrefix(f.Support, kind.letter); ok {
			*kind.id = parse(number)
		}
	}
	return u
}

func (s *Server) addSupport(v *visit) error {
	p, err := s.serviceAt(v)
	if err != nil {
		return err
	}
	id := p.ID
	in, err := read[supportForm](v)
	if err == nil && in.finding() {
		found, more, err := s.store.SupportChoices(v.ctx, v.by, id, itsm.Clean(storable(in.Typed)))
		if err != nil {
			return err
		}
		return s.servicePage(v, http.StatusOK, id, page.FoundAmong(in.Typed, page.SupportOptions(found), more), nil)
	}
	if err == nil {
		err = s.store.AddSupport(v.ctx, v.by, id, in.support())
	}
	if list, status, ok := problems(err); ok {
		return s.servicePage(v, status, id, page.Found{}, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.ServiceURL(id, ""), "It supports the service now.")
}

// pickSupport answers the picker of what may support a service.
func (s *Server) pickSupport(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	found, more, err := s.store.SupportChoices(v.ctx, v.by, id, itsm.Clean(storable(v.r.URL.Query().Get("q"))))
	if err != nil {
		return err
	}
	return v.fragment(http.StatusOK, ui.PickerOptions("pick-support", page.SupportOptions(found), more))
}

func (s *Server) removeSupport(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[supportForm](v)
	if err == nil {
		err = s.store.RemoveSupport(v.ctx, v.by, id, parse(in.Support))
	}
	if err != nil {
		return err
	}
	return v.done(page.ServiceURL(id, ""), "It no longer supports the service.")
}
