package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/internal/library"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// practiceFilter reads the list's address.
func (v *visit) practiceFilter() (store.PracticeFilter, error) {
	q := v.r.URL.Query()
	f := store.PracticeFilter{
		Text: itsm.Clean(q.Get("q")), Category: itsm.Category(q.Get("category")), State: itsm.PracticeState(q.Get("state")), Archived: q.Get("archived") != "",
	}
	if !itsm.Storable(f.Text + string(f.Category) + string(f.State)) {
		return f, itsm.Invalid{Problems: []itsm.Problem{{Text: "This cannot be searched for. Type it again."}}}
	}
	return f, nil
}

// practices is the library.
func (s *Server) practices(v *visit) error {
	f, err := v.practiceFilter()
	if err != nil {
		return err
	}
	lines, err := s.store.Practices(v.ctx, v.by, f)
	if err != nil {
		return err
	}
	return v.show(page.Practices{Reader: v.reader(), Lines: lines, Text: f.Text, Category: f.Category, State: f.State, Archived: f.Archived}.Screen())
}

// practice is one practice's page.
func (s *Server) practice(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.practicePage(v, http.StatusOK, id, itsm.Relation{}, nil)
}

func (s *Server) practicePage(v *visit, status int, id int64, typed itsm.Relation, wrong page.Problems) error {
	view, err := s.practiceView(v, id)
	if err != nil {
		return err
	}
	view.Relate, view.Wrong = typed, wrong
	return v.showAs(status, view.Screen())
}

// practiceView is a practice's page as it stands.
func (s *Server) practiceView(v *visit, id int64) (page.Practice, error) {
	p, err := s.store.Practice(v.ctx, v.by, id, v.day())
	if err != nil {
		return page.Practice{}, err
	}
	entry, _ := library.Named(p.Name)
	return page.Practice{
		Reader: v.reader(), Practice: p.Practice, Roles: p.Roles, Processes: p.Processes, Related: p.Related, Services: p.Services, Policies: p.Policies,
		Choices: p.Choices, Moments: p.Recent, Checks: p.Checks, Strip: practiceStrip(v.reader(), p), Around: p.Around,
		Gaps: practiceGaps(v, p), Library: entry.Key, MergedInto: p.MergedInto, Wandered: p.Wandered,
	}, nil
}

// practiceGaps is what is missing in a practice, on a day of which the reader may know it. One that is retired lacks nothing:
// nobody works by it, and no list of gaps has it.
func practiceGaps(v *visit, p store.Practice) templ.Component {
	if !v.by.Foresees(v.day(), p.Scope()) || p.State == itsm.Retired {
		return nil
	}
	return page.GapsCard{Gaps: p.Gaps, By: v.by, About: itsm.Subject{PracticeID: p.ID}, At: p.Scope(), Planned: p.State == itsm.Planned, Named: true}.View()
}

// practiceStrip are the hats of a practice.
func practiceStrip(r page.Reader, p store.Practice) page.HatStrip {
	strip := page.HatStrip{Reader: r, At: p.Scope(), Regions: p.Regions, Asked: p.Asked, Planned: p.State == itsm.Planned, Closed: p.Archived}
	for _, role := range p.Roles {
		c := itsm.Column{Role: role, Source: itsm.OfProcess}
		for _, h := range p.Holdings {
			if h.RoleID == role.ID {
				c.Holdings = append(c.Holdings, h)
			}
		}
		if role.Kind == itsm.Owner {
			strip.Owner = c
		} else {
			strip.Columns = append(strip.Columns, c)
		}
	}
	return strip
}

type practiceForm struct {
	opened
	Name                  string `form:"name"`
	Category              string `form:"category"`
	State                 string `form:"state"`
	Purpose               string `form:"purpose"`
	OrganisationPeople    string `form:"organisation_people"`
	InformationTechnology string `form:"information_technology"`
	PartnersSuppliers     string `form:"partners_suppliers"`
	ValueStreams          string `form:"value_streams"`
	Back                  string `form:"back"`
}

func practiceFormOf(p itsm.Practice) practiceForm {
	return practiceForm{
		opened: opened{Counter: p.Counter}, Name: p.Name, Category: string(p.Category), State: string(p.State), Purpose: p.Purpose, OrganisationPeople: p.OrganisationPeople,
		InformationTechnology: p.InformationTechnology, PartnersSuppliers: p.PartnersSuppliers, ValueStreams: p.ValueStreams,
	}
}

func (f practiceForm) practice(id int64) itsm.Practice {
	return itsm.Practice{
		ID: id, Name: f.Name, Category: itsm.Category(f.Category), State: itsm.PracticeState(f.State), Purpose: f.Purpose,
		OrganisationPeople: f.OrganisationPeople, InformationTechnology: f.InformationTechnology, PartnersSuppliers: f.PartnersSuppliers,
		ValueStreams: f.ValueStreams, Counter: f.Counter,
	}
}

// newPractice is the empty form; ?back= is where it returns to, such as a step of the set-up.
func (s *Server) newPractice(v *visit) error {
	if err := v.must(itsm.AddPractice, itsm.Scope{}); err != nil {
		return err
	}
	p := itsm.Practice{Category: itsm.ServiceManagement, State: itsm.InUse}
	return v.show(page.PracticeForm{Practice: p, Back: wayBack(v.r.URL.Query().Get("back"))}.Screen())
}

// wayBack is an address within the product to return to; "" where none was asked for.
func wayBack(address string) string {
	if address == "" {
		return ""
	}
	return inside(address)
}

func (s *Server) addPractice(v *visit) error {
	if err := v.must(itsm.AddPractice, itsm.Scope{}); err != nil {
		return err
	}
	in, err := read[practiceForm](v)
	p := in.practice(0)
	var id int64
	if err == nil {
		id, err = s.store.AddPractice(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		return v.showAs(status, page.PracticeForm{Practice: p, Back: wayBack(in.Back), Wrong: list}.Screen())
	}
	if err != nil {
		return err
	}
	to := page.PracticeURL(id, p.Name)
	if in.Back != "" {
		to = inside(in.Back)
	}
	return v.done(to, p.Name+" is here, with its first three roles.")
}

// practiceAt reads the practice of the address for somebody who may do act with it.
func (s *Server) practiceAt(v *visit, act itsm.Action) (store.Practice, error) {
	id, err := v.id()
	if err != nil {
		return store.Practice{}, err
	}
	p, err := s.store.Practice(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return p, err
	}
	return p, v.must(act, p.Scope())
}

func (s *Server) editPractice(v *visit) error {
	p, err := s.practiceAt(v, itsm.EditPractice)
	if err != nil {
		return err
	}
	in := shown(practiceFormOf(p.Practice))
	return v.show(page.PracticeForm{Practice: p.Practice, Seen: in.page()}.Screen())
}

func (s *Server) savePractice(v *visit) error {
	now, err := s.practiceAt(v, itsm.EditPractice)
	if err != nil {
		return err
	}
	in, err := read[practiceForm](v)
	p := in.practice(now.ID)
	if err == nil {
		err = s.store.EditPractice(v.ctx, v.by, p)
	}
	if list, status, ok := problems(err); ok {
		form := page.PracticeForm{Practice: p, Named: now.Name, Seen: in.page(), Wrong: list}
		if conflict(err) {
			takeOver(&in, practiceFormOf(now.Practice))
			form.Now, form.Seen = &now.Practice, in.page()
			form.Practice = in.practice(now.ID)
		}
		return v.showAs(status, form.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.PracticeURL(p.ID, p.Name), "Saved.")
}

type dimensionForm struct {
	Field string `form:"field"`
	Text  string `form:"text"`
}

// fillDimension takes the answer to one of the questions about the four dimensions.
func (s *Server) fillDimension(v *visit) error {
	p, err := s.practiceAt(v, itsm.EditPractice)
	if err != nil {
		return err
	}
	in, err := read[dimensionForm](v)
	if err == nil {
		err = s.store.FillDimension(v.ctx, v.by, p.ID, in.Field, in.Text)
	}
	if list, status, ok := problems(err); ok {
		view, err := s.practiceView(v, p.ID)
		if err != nil {
			return err
		}
		view.Answer, view.Wrong = itsm.Dimension{Field: in.Field, Text: in.Text}, list
		return v.showAs(status, view.Screen())
	}
	if err != nil {
		return err
	}
	return v.done(page.PracticeURL(p.ID, p.Name), "Written down.")
}

type counterForm struct {
	Counter int64 `form:"counter"`
}

func (s *Server) askArchivePractice(v *visit) error {
	p, err := s.practiceAt(v, itsm.ArchivePractice)
	if err != nil {
		return err
	}
	c := archivePractice(p, nil)
	if n := len(p.Processes); n > 0 {
		c.Do, c.Says = "", append(c.Says[:1], "It still has "+ui.Plural(n, "process", "processes")+": archive each of them first, or bring them to another practice. One that is no longer worked by, and is to stay visible, is better set to “Retired”.")
		return v.show(c.Screen())
	}
	return v.confirmArchive(http.StatusOK, c, "practice", p.ID)
}

func archivePractice(p store.Practice, wrong page.Problems) page.Confirm {
	url := page.PracticeURL(p.ID, p.Name)
	return page.Confirm{
		Title: "Archive " + p.Name + "?", Section: "practices", Action: url + "/archive", Do: "Archive it", Danger: true, Back: url, Wrong: wrong,
		Crumbs: []ui.Link{{Text: "Practices", Href: "/practices"}, {Text: p.Name, Href: url}},
		Says: []string{
			"It leaves the list of practices and every other. Its history stays, and it can be brought back.",
			"A practice that is no longer worked by, and is to stay visible, is better set to “Retired”.",
		},
		Hidden: []ui.Param{{Name: "counter", Value: strconv.FormatInt(p.Counter, 10)}},
	}
}

// confirmArchive asks before something is archived, and says how many hats end with it; of what nothing ever hung on, that it is
// deleted.
func (v *visit) confirmArchive(status int, c page.Confirm, of string, id int64) error {
	hats, kept, err := v.s.store.HatsOf(v.ctx, v.by, of, id)
	if err != nil {
		return err
	}
	if !kept {
		c.Title, c.Do = "Delete"+strings.TrimPrefix(c.Title, "Archive"), "Delete it"
		c.Says = []string{"Nothing ever hung on it: nobody wore a hat of it, and nothing here uses it. So it is deleted and not archived, with the roles and columns that it began with."}
		return v.showAs(status, c.Screen())
	}
	if hats > 0 {
		c.Says = append(c.Says, ui.Plural(hats, "hat of it that somebody wears or will wear ends", "hats of it that somebody wears or will wear end")+" today; undoing it gives them back.")
	}
	return v.showAs(status, c.Screen())
}

func (s *Server) archivePractice(v *visit) error {
	p, err := s.practiceAt(v, itsm.ArchivePractice)
	if err != nil {
		return err
	}
	in, err := read[counterForm](v)
	var deleted bool
	if err == nil {
		deleted, err = s.store.ArchivePractice(v.ctx, v.by, p.ID, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.confirmArchive(status, archivePractice(p, list), "practice", p.ID)
	}
	if err != nil {
		return err
	}
	if deleted {
		return v.done("/practices", p.Name+" was deleted: nothing hung on it.")
	}
	return v.done("/practices", p.Name+" is archived.")
}

func (s *Server) restorePractice(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.store.RestorePractice(v.ctx, v.by, id); err != nil {
		return err
	}
	return v.done(page.PracticeURL(id, ""), "The practice is back.")
}

type relationForm struct {
	Related int64  `form:"related"`
	Note    string `form:"note"`
}

func (s *Server) relatePractice(v *visit) error {
	p, err := s.practiceAt(v, itsm.EditPractice)
	if err != nil {
		return err
	}
	in, err := read[relationForm](v)
	if err == nil {
		err = s.store.RelatePractices(v.ctx, v.by, p.ID, in.Related, in.Note)
	}
	if list, status, ok := problems(err); ok {
		return s.practicePage(v, status, p.ID, itsm.Relation{PracticeID: in.Related, Note: in.Note}, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PracticeURL(p.ID, p.Name), "The two practices are related.")
}

func (s *Server) unrelatePractice(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[relationForm](v)
	if err == nil {
		err = s.store.UnrelatePractices(v.ctx, v.by, id, in.Related)
	}
	if err != nil {
		return err
	}
	return v.done(page.PracticeURL(id, ""), "They are no longer related.")
}
