package server

import (
	"net/http"
	"slices"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// showPeople is the directory.
func (s *Server) showPeople(v *visit) error {
	f := v.peopleFilter()
	d, err := s.store.People(v.ctx, v.by, f, v.by.Day())
	if err != nil {
		return err
	}
	body := page.People{
		Filter: f, Lines: d.People, More: d.More, Total: d.Total, Regions: d.Regions, Teams: d.Teams, Grouped: d.Grouped, Companies: d.Companies, Departments: d.Departments,
		Today: v.by.Knows(v.day(), itsm.Scope{}), MayEdit: v.by.Can(itsm.EditPeople, itsm.Scope{}), MayImport: v.by.Can(itsm.ImportPeople, itsm.Scope{}),
	}
	return v.show(page.Screen{Title: "People", Section: "people", Body: body.Page(), Scripts: page.ListScripts})
}

// peopleFilter reads the directory's address; what it does not know counts as not set.
func (v *visit) peopleFilter() itsm.PeopleFilter {
	q := v.r.URL.Query()
	f := itsm.PeopleFilter{
		Text: storable(q.Get("q")), RegionID: v.query("region"), TeamID: v.query("team"), CompanyID: v.query("company"),
		Department: storable(q.Get("department")), Left: q.Get("left") != "", Descending: q.Get("order") == "down",
		Page: int(min(v.query("page"), 100_000)), After: v.query("after"), Before: v.query("before"),
	}
	if kind := q.Get("kind"); kind == "staff" || kind == "external" {
		f.Kind = kind
	}
	if hats := q.Get("hats"); hats == "some" || hats == "none" {
		f.Hats = hats
	}
	if sort := q.Get("sort"); slices.Contains(itsm.PeopleSorts, sort) {
		f.Sort = sort
	}
	return f
}

// showPerson is somebody's page, as it was rendered before where nothing of it was written since.
func (s *Server) showPerson(v *visit) error {
	if v.keepsPerson() && !v.Page.Touched {
		s.people.still(v.asked.Person, v.Page.Snapshot)
		if screen, kept := s.pages.get(v.personKey(v.asked.Person)); kept {
			return v.show(screen)
		}
	}
	body, basis, err := v.personPage()
	if err != nil {
		return err
	}
	screen := page.Screen{Title: body.Person.Name, Section: "people", Body: body.Page(), Recorded: body.Around.Recorded}
	if body.May.Directory {
		screen.Crumbs = page.PeopleCrumbs()
	}
	if v.keepsPerson() {
		if screen, err = v.keepPerson(basis, screen); err != nil {
			return err
		}
	}
	return v.show(screen)
}

// personPage reads the person of the address, and what their page rests on.
func (v *visit) personPage() (body page.Person, basis store.Basis, err error) {
	id, err := v.id()
	if err != nil {
		return body, basis, err
	}
	p, err := v.s.store.PersonPage(v.ctx, v.by, id, v.day())
	if err != nil {
		return body, basis, err
	}
	at := itsm.Scope{PersonID: id, Managers: p.Above}
	body = page.Person{
		Person: p.Person, LeavingTold: p.LeavingTold, Hats: v.reader().Called(p.Hats), Memberships: p.Memberships, Managers: p.Managers, Reports: p.Reports, ReportCount: p.ReportCount,
		Leads: p.Leads, Absences: p.Absences, Timeline: p.Timeline, By: v.by, Today: v.day(), Around: p.Around,
		Gaps: page.GapsCard{Gaps: p.Gaps, By: v.by, About: itsm.Subject{PersonID: id}},
		May: page.PersonMay{
			Edit:      v.by.Can(itsm.EditPeople, itsm.Scope{}),
			Plans:     v.by.Can(itsm.ReadPlans, itsm.Scope{}) || v.by.PersonID == id || slices.Contains(p.Above, v.by.PersonID),
			Absence:   v.by.Can(itsm.EditAbsence, at),
			Propose:   v.by.Can(itsm.Propose, itsm.Scope{}),
			Directory: v.by.Can(itsm.ReadDirectory, itsm.Scope{}),
		},
	}
	return body, p.Basis, nil
}

// personInput is a person as the form sends one.
type personInput struct {
	opened
	Name         string `form:"name"`
	SortName     string `form:"sort_name"`
	ExternalID   string `form:"external_id"`
	Title        string `form:"title"`
	Email        string `form:"email"`
	Phone        string `form:"phone"`
	Department   string `form:"department"`
	Location     string `form:"location"`
	Region       int64  `form:"region"`
	Company      int64  `form:"company"`
	EmployedFrom string `form:"employed_from"`
}

func personInputOf(p itsm.Person) personInput {
	in := personInput{
		opened: opened{Counter: p.Counter}, Name: p.Name, SortName: p.SortName, ExternalID: p.ExternalID, Title: p.Title, Email: p.Email, Phone: p.Phone,
		Department: p.Department, Location: p.Location, Region: p.RegionID, Company: p.CompanyID,
	}
	if p.EmployedFrom != nil {
		in.EmployedFrom = itsm.ISODay(*p.EmployedFrom)
	}
	return in
}

// person is what was typed as a person; the problems are those of its days and its texts.
func (in personInput) person(id int64) (itsm.Person, error) {
	var c itsm.Checks
	p := itsm.Person{
		ID: id, Name: in.Name, SortName: in.SortName, ExternalID: in.ExternalID, Title: in.Title, Email: in.Email, Phone: in.Phone,
		Department: in.Department, Location: in.Location, RegionID: in.Region, CompanyID: in.Company, Counter: in.Counter,
		EmployedFrom: c.Day(in.EmployedFrom, "employed_from"),
	}
	var all itsm.Checks
	all.Add(p.Check()) // which knows what an empty name to sort by stands for
	all.Add(c.Err())
	return p, all.Err()
}

func (s *Server) newPerson(v *visit) error {
	return v.personForm(http.StatusOK, page.PersonForm{})
}

// personForm shows the form with its choices.
func (v *visit) personForm(status int, form page.PersonForm) error {
	choices, err := v.s.store.Choices(v.ctx)
	if err != nil {
		return err
	}
	form.Regions, form.Companies = choices.Regions, choices.Companies
	return v.showAs(status, page.Screen{Title: form.Title(), Section: "people", Crumbs: page.PeopleCrumbs(), Body: form.Page()})
}

func (s *Server) addPerson(v *visit) error {
	in, err := read[personInput](v)
	var p itsm.Person
	if err == nil {
		p, err = in.person(0)
	}
	var id int64
	if err == nil {
		id, err = s.store.AddPerson(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		typed, _ := in.person(0)
		return v.personForm(status, page.PersonForm{Person: typed, EmployedFrom: in.EmployedFrom, Problems: list})
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, p.Name), p.Name+" is added.")
}

func (s *Server) editPerson(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Person(v.ctx, id)
	if err != nil {
		return err
	}
	in := shown(personInputOf(p))
	return v.personForm(http.StatusOK, page.PersonForm{Person: p, EmployedFrom: in.EmployedFrom, Seen: in.page()})
}

func (s *Server) savePerson(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[personInput](v)
	var p itsm.Person
	if err == nil {
		p, err = in.person(id)
	}
	if err == nil {
		err = s.store.EditPerson(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		now, err := s.store.Person(v.ctx, id)
		if err != nil {
			return err
		}
		form := page.PersonForm{Named: now.Name, Problems: list}
		if status == http.StatusConflict {
			takeOver(&in, personInputOf(now))
			form.Stands = &now
		}
		form.Person, _ = in.person(id)
		form.EmployedFrom, form.Seen = in.EmployedFrom, in.page()
		return v.personForm(status, form)
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, p.Name), p.Name+" is saved.")
}
