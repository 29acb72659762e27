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
	if v.Filter.ManagerID != 0 && v.Of.Manager.ID != 0 {
		return "Those who report to " + v.Of.Manager.Name + ", directly or not, and their hats. Cells with more colour hold more A and R."
	}
	return "People and practices. Cells with more colour hold more A and R."
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
		figures = append(figures, ui.KeyFigure{Figure: ui.Plural(m.Hats, "hat", "hats"), Text: fmt.Sprintf("on %s, %s through a team", ui.Plural(v.practices(), "practice", "practices"), ui.Count(m.Through))})
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

// spread says where the people are.
func (v Map) spread() string {
	if v.Of.More {
		return "choose a team, a region or a practice"
	}
	var parts []string
	if n := v.Of.Teams; n > 0 {
		parts = append(parts, "in "+ui.Plural(n, "team", "teams"))
	}
	if n := v.Of.Companies; n > 0 {
		parts = append(parts, "from "+ui.Plural(n, "company", "companies"))
	}
	if len(parts) == 0 {
		return "who wear a hat"
	}
	return strings.Join(parts, ", ")
}

// practices are how many the hats are on.
func (v Map) practices() int {
	if n := len(v.Filter.Practices); n > 0 {
		return n
	}
	n := 0
	for _, p := range v.Of.Practices {
		if p.State != "retired" {
			n++
		}
	}
	return n
}

// vacancyFigures count what nobody wears, Owners apart from Managers.
func vacancyFigures(chairs []itsm.OpenChair, practices []itsm.MapPractice, href string) []ui.KeyFigure {
	var figures []ui.KeyFigure
	for _, k := range []struct {
		kind      itsm.RoleKind
		one, many string
	}{{itsm.Owner, "owner vacant", "owners vacant"}, {itsm.Manager, "manager vacant", "managers vacant"}} {
		open, covered := itsm.CountOpen(chairs, k.kind)
		if open == 0 {
			figures = append(figures, ui.KeyFigure{Figure: "No " + k.one, Text: "every chair has a holder", Tone: ui.OK})
			continue
		}
		f := ui.KeyFigure{Figure: ui.Plural(open, k.one, k.many), Text: ui.Count(covered) + " of them covered", Href: href}
		if covered == 0 {
			f.Text = chairNames(chairs, practices, k.kind)
		}
		if k.kind == itsm.Owner && open > covered {
			f.Tone = ui.Crit
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
	from := (v.Of.Page - 1) * itsm.MapPage
	return ui.Pager{
		From: min(from+1, v.Of.Total), To: min(from+itsm.MapPage, v.Of.Total), Total: v.Of.Total, One: "person", Many: "people", Page: v.Of.Page,
		Pages: (v.Of.Total + itsm.MapPage - 1) / itsm.MapPage,
		Href:  func(n int) string { return v.frame().to(func(f *itsm.MapFilter) { f.Page = n }) },
	}
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
		items = append(items, ui.NavItem{Text: "My people", Current: v.Filter.ManagerID == me, Href: v.frame().to(func(f *itsm.MapFilter) { f.ManagerID = me })})
	}
	if m := v.Of.Manager; m.ID != 0 && m.ID != me {
		items = append(items, ui.NavItem{Text: "People of " + m.Name, Current: true, Href: v.frame().to(func(*itsm.MapFilter) {})})
	}
	return items
}

// grid is the map: what nobody wears first, then row by row under their teams.
func (v Map) grid() ui.HatMap {
	columns := v.Of.Columns(v.Filter)
	g := ui.HatMap{Label: "Who wears which hat", Corner: "Person", Last: "Hats · A and R", Counts: make([]int, len(columns))}
	for _, p := range columns {
		g.Columns = append(g.Columns, ui.HatColumn{Name: p.Name, Href: PracticeURL(p.ID, p.Name)})
	}
	if v.vacancies() && len(v.Of.Chairs) > 0 && v.Of.Page == 1 {
		g.Rows = append(g.Rows, v.nobody(columns))
	}
	most := 1
	for _, r := range v.Of.Rows {
		_, duties := r.Totals()
		most = max(most, duties)
	}
	group := ""
	for i, r := range v.Of.Rows {
		row := v.row(r, columns, most)
		if name := v.group(r); v.Filter.Sort == "" && !v.Of.More && (i == 0 || name != group) {
			row.Group, group = name, name
			if r.GroupTeam != 0 && v.Reader.By.Can(itsm.ReadDirectory, itsm.Scope{}) {
				row.GroupHref = TeamURL(r.GroupTeam, r.Group)
			}
		}
		for n, c := range row.Cells {
			if c.Marks != 0 {
				g.Counts[n]++
			}
		}
		g.Rows = append(g.Rows, row)
	}
	g.Foot = "People per practice"
	if v.Of.Total > itsm.MapPage {
		g.Foot = "People per practice, on this page"
	}
	return g
}

func (v Map) group(r itsm.MapRow) string {
	switch {
	case r.GroupTeam != 0:
		return r.Group
	case r.CompanyID != 0:
		return r.Group
	}
	return "In no team"
}

func (v Map) row(r itsm.MapRow, columns []itsm.MapPractice, most int) ui.HatRow {
	hats, duties := r.Totals()
	row := ui.HatRow{Name: r.Name, Detail: r.Detail, Cells: make([]ui.HatCell, len(columns)), Bar: duties * 100 / most, Sum: fmt.Sprintf("%s · %d", ui.Plural(hats, "hat", "hats"), duties)}
	if r.Lead && v.Filter.Sort == "" {
		row.Detail = "Lead"
	}
	if v.Reader.By.Can(itsm.ReadDirectory, itsm.Scope{}) {
		row.Href = PersonURL(r.PersonID, r.Name)
	}
	if r.PersonID == 0 {
		row.Kind = ui.CompanyAvatar
		row.Detail = "the company itself"
		if row.Href != "" {
			row.Href = CompanyURL(r.CompanyID, r.Name)
		}
	}
	for i, p := range columns {
		row.Cells[i] = mapCell(r.Cell(p.ID))
	}
	return row
}

// mapCell is a cell as it is drawn.
func mapCell(c itsm.MapCell) ui.HatCell {
	if len(c.Hats) == 0 {
		return ui.HatCell{}
	}
	out := ui.HatCell{Heat: itsm.Heat(c.Duties()), Count: strconv.Itoa(c.Duties()), Team: c.Through != ""}
	words := make([]string, 0, len(c.Hats)+1)
	for _, h := range c.Hats {
		out.Marks |= hatMark(h)
		if w := hatWords(h); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	out.Words = strings.Join(words, ", ") + fmt.Sprintf(": %d A and R", c.Duties())
	if c.Up > 0 {
		out.Words += fmt.Sprintf(", and %d more without an A", c.Up)
	}
	return out
}

func hatMark(h itsm.MapHat) ui.HatMarks {
	mark := ui.HatP
	switch h.Role.Kind {
	case itsm.Owner:
		mark = ui.HatO
	case itsm.Manager:
		mark = ui.HatM
	}
	if h.Capacity == itsm.Acting {
		mark <<= 1
	}
	return mark
}

// hatWords name a hat and how it is worn.
func hatWords(h itsm.MapHat) string {
	words := h.Role.Name
	switch h.Capacity {
	case itsm.Acting:
		words = "acting " + words
	case itsm.Deputy:
		words = words + " (deputy, stands in)"
	}
	if h.Region != "" {
		words += " in " + h.Region
	}
	if h.Team != "" {
		words += " through " + h.Team
	}
	if h.Capacity == itsm.Acting && h.Until != nil {
		words += " until " + itsm.ShowDay(h.Until.AddDate(0, 0, -1))
	}
	return words
}

// nobody is the row of what nobody wears.
func (v Map) nobody(columns []itsm.MapPractice) ui.HatRow {
	row := ui.HatRow{Name: "Nobody yet", Detail: "vacant hats", Kind: ui.VacantAvatar, Cells: make([]ui.HatCell, len(columns)), Href: MapURL(MapByPractice, itsm.MapFilter{Practices: v.Filter.Practices, Vacant: true})}
	open, covered := 0, 0
	for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager} {
		o, c := itsm.CountOpen(v.Of.Chairs, kind)
		open, covered = open+o, covered+c
	}
	row.Sum = ui.Count(open) + " vacant"
	if covered > 0 {
		row.Sum += ", " + ui.Count(covered) + " covered"
	}
	for i, p := range columns {
		row.Cells[i].Holes = v.holes(p)
	}
	return row
}

// holes are the vacant hats of a practice, one mark a kind; one alone leads to the form that fills it.
func (v Map) holes(p itsm.MapPractice) []ui.HatHole {
	var holes []ui.HatHole
	for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager} {
		var words []string
		var href string
		for _, c := range v.Of.Chairs {
			if c.PracticeID != p.ID || c.Role.Kind != kind {
				continue
			}
			for _, place := range c.Places {
				words = append(words, placeWords(p.Name, c, place))
				href = v.Reader.fill(c, place)
			}
		}
		if len(words) == 0 {
			continue
		}
		if len(words) > 1 {
			href = MapURL(MapByRegion, itsm.MapFilter{Practices: []int64{p.ID}})
		}
		holes = append(holes, ui.HatHole{Letter: kind.Letter(), Href: href, Words: strings.Join(words, "; "), Count: len(words)})
	}
	return holes
}

// placeWords say what is vacant where, and who covers it.
func placeWords(practice string, c itsm.OpenChair, p itsm.ChairPlace) string {
	words := practice
	if c.Process != "" {
		words += ", " + c.Process
	}
	words += ": " + c.Role.Name + " vacant"
	if p.Region != "" {
		words += " in " + p.Region
	}
	if p.Covered() {
		words += ", covered by " + p.By
		if p.Until != nil {
			words += " until " + itsm.ShowDay(p.Until.AddDate(0, 0, -1))
		}
	}
	return words
}

// fill is the form that fills a vacant hat, for those who may appoint or propose; for others the role's card.
func (r Reader) fill(c itsm.OpenChair, p itsm.ChairPlace) string {
	link := r.appoint(itsm.Role{ID: c.Role.ID, Kind: c.Role.Kind}, itsm.Scope{PracticeID: c.PracticeID, ProcessID: c.ProcessID}, p.RegionID)
	if link.Href != "" {
		return link.Href
	}
	return RoleURL(c.Role.ID, c.Role.Name)
}

func (v Map) legend() ui.Legend {
	return ui.Legend{
		{Mark: ui.Glyph("O", ui.Solid), Word: "Owner"}, {Mark: ui.Glyph("M", ui.Solid), Word: "Manager"}, {Mark: ui.Glyph("P", ui.Solid), Word: "Practitioner"},
		{Mark: ui.Glyph("M", ui.Half), Word: "Acting"}, {Mark: ui.SmallIcon("users"), Word: "Through a team"}, {Mark: vacantMark(), Word: "Vacant"},
		{Mark: templ.Raw(`<span class="sw" aria-hidden="true"><i></i><i></i><i></i><i></i></span>`), Word: "1 · 3 · 6 · 10+ A and R"},
	}
}

func vacantMark() templ.Component {
	return templ.Join(ui.Glyph("O", ui.Hole), ui.Glyph("M", ui.CalmHole))
}
