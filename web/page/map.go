package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// mapFrame is what the views of the map share: the filter, what it offers, and the way to the other views.
type mapFrame struct {
	Reader    Reader
	View      string
	Filter    itsm.MapFilter
	Practices []itsm.MapPractice
	Regions   []itsm.Region
}

// to is the address of the same view with one thing changed.
func (v mapFrame) to(change func(*itsm.MapFilter)) string {
	f := v.Filter
	f.Practices = slices.Clone(f.Practices)
	f.Page = 0
	change(&f)
	return MapURL(v.View, f)
}

// views are the ways to look; what the other ways do not know is left out.
func (v mapFrame) views() []ui.NavItem {
	var items []ui.NavItem
	for _, o := range []struct{ view, text string }{{MapByPerson, "By person"}, {MapByPractice, "By practice"}, {MapByRegion, "By region"}} {
		f := v.Filter
		f.Page, f.Sort, f.Descending = 0, "", false
		if (o.view == MapByPerson) != (v.View == MapByPerson) {
			f.Text = ""
		}
		if o.view != MapByPerson {
			f.TeamID, f.CompanyID, f.ManagerID, f.Kind = 0, 0, 0, ""
		}
		items = append(items, ui.NavItem{Text: o.text, Href: MapURL(o.view, f), Current: o.view == v.View})
	}
	return items
}

// practiceOptions choose one practice more.
func (v mapFrame) practiceOptions() []ui.Option {
	text := "All practices"
	if len(v.Filter.Practices) > 0 {
		text = "One more"
	}
	options := []ui.Option{{Text: text}}
	for _, p := range v.Practices {
		if !slices.Contains(v.Filter.Practices, p.ID) {
			options = append(options, ui.Option{Value: strconv.FormatInt(p.ID, 10), Text: p.Name})
		}
	}
	return options
}

// chosen are the practices of the filter, each with the way to take it away.
func (v mapFrame) chosen() []ui.Link {
	var links []ui.Link
	for _, p := range v.Practices {
		if slices.Contains(v.Filter.Practices, p.ID) {
			links = append(links, ui.Link{Text: p.Name, Href: v.to(func(f *itsm.MapFilter) {
				f.Practices = slices.DeleteFunc(f.Practices, func(id int64) bool { return id == p.ID })
			})})
		}
	}
	return links
}

// narrowed says what the map is narrowed to: by what all its views are, whose search is called find, and by further pairs.
func (v mapFrame) narrowed(find string, further ...string) string {
	var practices []string
	for _, link := range v.chosen() {
		practices = append(practices, link.Text)
	}
	pairs := []string{find, quoted(v.Filter.Text), "Region", picked(regionOptions("", v.Regions, v.Filter.RegionID)), "Practice", strings.Join(practices, ", "), "Only vacancies", ticked(v.Filter.Vacant)}
	return narrowedTo(append(pairs, further...)...)
}

// asOf chooses the day of the map.
func (v mapFrame) asOf() templ.Component {
	return asOf(DaysOf(v.Reader.By), v.View, itsm.Around{}, paramsOf(v.to(func(*itsm.MapFilter) {}))...).View()
}

func (v mapFrame) reset() string {
	if v.Filter.Narrowed() {
		return v.View
	}
	return ""
}

// Map is who wears which hat, by person.
type Map struct {
	Reader Reader
	Of     *itsm.HatMap
	Filter itsm.MapFilter
}

func (v Map) frame() mapFrame {
	return mapFrame{Reader: v.Reader, View: MapByPerson, Filter: v.Filter, Practices: v.Of.Practices, Regions: v.Of.Regions}
}

// MapScreen is the map in its screen.
func MapScreen(v Map) Screen {
	return Screen{Title: "Who wears which hat", Section: "people", Crumbs: mapCrumbs(v.Reader), Body: v.Page(), Wide: true, Scripts: ListScripts}
}

func (v Map) lede() string {
	who := "People and practices."
	if v.Filter.ManagerID != 0 && v.Of.Manager.ID != 0 {
		who = "Those who report to " + v.Of.Manager.Name + ", directly or not, and their hats."
	}
	f := v.Filter
	return who + " Cells with more colour hold more A and R." + v.frame().narrowed("Name, e-mail or title",
		"Team", picked(teamOptions("", v.Of.TeamRefs, f.TeamID)), "Company", picked(companyOptions("", v.Of.CompanyRefs, f.CompanyID)), "Hat", picked(v.kinds()))
}

// since says which practices of the day are archived today, and where the hats of those stand that were made one with another.
func (v mapFrame) since() string {
	var gone, became []string
	for _, p := range v.Practices {
		switch {
		case p.ArchivedOn == nil:
		case p.Became != "":
			became = append(became, p.Name+" (with "+p.Became+" on "+itsm.ShowDay(*p.ArchivedOn)+")")
		default:
			gone = append(gone, p.Name+" ("+itsm.ShowDay(*p.ArchivedOn)+")")
		}
	}
	var said []string
	if len(gone) > 0 {
		said = append(said, "Archived since: "+itsm.NamesAnd(gone)+".")
	}
	if len(became) > 0 {
		said = append(said, "Made one with another practice since: "+itsm.NamesAnd(became)+". Hats of these but the Owner’s stand in the other one, and so do processes.")
	}
	return strings.Join(said, " ")
}

// vacancies says whether what nobody wears is part of the question.
func (v Map) vacancies() bool {
	return !v.Filter.Personal() && v.Filter.Kind != itsm.Practitioner
}

func (v Map) figures() []ui.KeyFigure {
	m := v.Of
	people := ui.Plural(m.Total, "person", "people")
	if m.More {
		people = "Over " + people
	}
	figures := []ui.KeyFigure{{Figure: people, Text: v.spread()}}
	if !m.More {
		figures = append(figures, ui.KeyFigure{Figure: ui.Plural(m.Hats, "hat", "hats"), Text: fmt.Sprintf("on %s, %s through a team", ui.Plural(m.On, "practice", "practices"), ui.Count(m.Through))})
	}
	if v.vacancies() {
		figures = append(figures, vacancyFigures(v.Of.Chairs, v.Of.Practices, v.frame().to(func(f *itsm.MapFilter) { f.Vacant = true }))...)
	}
	if m.Acting > 0 && !m.More {
		text := ""
		if m.ActingUntil != nil {
			text = "the next ends on " + itsm.ShowDay(m.ActingUntil.AddDate(0, 0, -1))
		}
		figures = append(figures, ui.KeyFigure{Figure: ui.Count(m.Acting) + " acting", Text: text})
	}
	return figures
}

// tooMany says that not everybody is shown, and how to see others. Where teams are too many to choose from, each leads here
// from its own page.
func (v Map) tooMany() ui.Notice {
	n := ui.Notice{Tone: ui.Plan, Text: "Over " + ui.Count(itsm.MapMost) + " people wear a hat. These are the first by name: choose a team, a region, a practice or a company to see others, grouped and counted."}
	if len(v.Of.TeamRefs) == 0 && v.Reader.By.Can(itsm.ReadDirectory, itsm.Scope{}) {
		n.Text = "Over " + ui.Count(itsm.MapMost) + " people wear a hat. These are the first by name: choose a region, a practice or a company to see others, grouped and counted; a team leads here from its page."
		n.Links = []ui.Link{{Text: "Teams", Href: "/teams"}}
	}
	return n
}

// spread says where the people are.
func (v Map) spread() string {
	if v.Of.More {
		return "choose a region or a practice"
	}
	var parts []string
	some := func(n int, where string) { // all of them, or how many
		if n < v.Of.Total {
			where = ui.Count(n) + " " + where
		}
		parts = append(parts, where)
	}
	if n := v.Of.Teams; n > 0 {
		some(v.Of.InTeams, "in "+ui.Plural(n, "team", "teams"))
	}
	if n := v.Of.Companies; n > 0 {
		some(v.Of.InCompanies, "from "+ui.Plural(n, "company", "companies"))
	}
	switch {
	case len(parts) > 0:
	case v.Of.Total == 1:
		return "who wears a hat"
	default:
		return "who wear a hat"
	}
	return strings.Join(parts, ", ")
}

// vacancyFigures count what nobody wears in practices in use, Owners apart from Managers.
func vacancyFigures(chairs []itsm.OpenChair, practices []itsm.MapPractice, href string) []ui.KeyFigure {
	if len(practices) == 0 {
		return nil // without a hat to wear none is worn
	}
	var figures []ui.KeyFigure
	for _, k := range []struct {
		kind      itsm.RoleKind
		one, many string
	}{{itsm.Owner, "owner vacant", "owners vacant"}, {itsm.Manager, "manager vacant", "managers vacant"}} {
		vacant, covered := itsm.CountOpen(chairs, k.kind)
		f := ui.KeyFigure{Figure: "No " + k.one, Text: "in practices in use", Tone: ui.OK}
		if vacant > 0 {
			f = ui.KeyFigure{Figure: ui.Plural(vacant, k.one, k.many), Text: chairNames(chairs, practices, k.kind), Href: href}
			if k.kind == itsm.Owner {
				f.Tone = ui.Crit
			}
		}
		if covered > 0 {
			f.Text, f.Href = ui.Count(covered)+" more only covered", href
			if vacant == 0 {
				f.Text = ui.Count(covered) + " only covered"
			}
		}
		figures = append(figures, f)
	}
	return figures
}

// chairNames are the first practices with a chair of a kind open.
func chairNames(chairs []itsm.OpenChair, practices []itsm.MapPractice, kind itsm.RoleKind) string {
	var names []string
	for _, c := range chairs {
		at := slices.IndexFunc(practices, func(p itsm.MapPractice) bool { return p.ID == c.PracticeID })
		if c.Role.Kind == kind && at >= 0 && !slices.Contains(names, practices[at].Name) {
			names = append(names, practices[at].Name)
		}
	}
	if len(names) > 2 {
		return strings.Join(names[:2], ", ") + fmt.Sprintf(" and %d more", len(names)-2)
	}
	return strings.Join(names, ", ")
}

func (v Map) pager() ui.Pager {
	return v.frame().paged(v.Of.Page, v.Of.Total, v.Filter.People(), "person", "people")
}

// orders are the ways to sort; beyond the bound there is one.
func (v Map) orders() []ui.NavItem {
	if v.Of.More {
		return nil
	}
	var items []ui.NavItem
	for _, o := range []struct{ key, text string }{{"", "By team"}, {"name", "Name"}, {"hats", "Hats"}, {"duties", "A and R"}} {
		current := v.Filter.Sort == o.key
		text := o.text
		if current && o.key != "" && v.Filter.Descending {
			text += ", reversed"
		}
		items = append(items, ui.NavItem{Text: text, Current: current, Href: v.frame().to(func(f *itsm.MapFilter) {
			f.Descending = current && o.key != "" && !f.Descending
			f.Sort = o.key
		})})
	}
	return items
}

func (v Map) kinds() []ui.Option {
	options := []ui.Option{{Text: "Every hat"}}
	for _, k := range []struct {
		kind itsm.RoleKind
		text string
	}{{itsm.Owner, "Owners"}, {itsm.Manager, "Managers"}, {itsm.Practitioner, "Practitioners"}} {
		options = append(options, ui.Option{Value: string(k.kind), Text: k.text, Selected: v.Filter.Kind == k.kind})
	}
	return options
}

// whose switches between everybody and those who report to the reader, or to whom the filter names.
func (v Map) whose() []ui.NavItem {
	me := v.Reader.By.PersonID
	if !v.Of.HasReports && v.Of.Manager.ID == 0 {
		return nil
	}
	items := []ui.NavItem{{Text: "Everybody", Current: v.Filter.ManagerID == 0, Href: v.frame().to(func(f *itsm.MapFilter) { f.ManagerID = 0 })}}
	if v.Of.HasReports {
		items = append(items, ui.NavItem{Text: "My people", Current: v.Filter.ManagerID == me, Href: v.frame().to(func(f *itsm.MapFilter) { f.ManagerID, f.Vacant = me, false })})
	}
	if m := v.Of.Manager; m.ID != 0 && m.ID != me {
		items = append(items, ui.NavItem{Text: "People of " + m.Name, Current: true, Href: v.frame().to(func(*itsm.MapFilter) {})})
	}
	return items
}
