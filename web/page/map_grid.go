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
	if v.Of.Total > v.Filter.People() {
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
	vacant, covered := 0, 0
	for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager} {
		empty, acts := itsm.CountOpen(v.Of.Chairs, kind)
		vacant, covered = vacant+empty, covered+acts
	}
	row.Sum = ui.Count(vacant) + " vacant"
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
