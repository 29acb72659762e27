package page

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// groups name the origin of neighbouring columns.
func (v RACI) groups() []ui.GridGroup {
	var groups []ui.GridGroup
	for i := range v.Matrix.Columns {
		text := group(&v.Matrix.Columns[i])
		if last := len(groups) - 1; last >= 0 && groups[last].Text == text {
			groups[last].Span++
			continue
		}
		groups = append(groups, ui.GridGroup{Text: text, Span: 1})
	}
	return groups
}

func group(c *itsm.Column) string {
	switch {
	case c.Source == itsm.OfCase:
		return "Whoever it is"
	case c.Source == itsm.Invited:
		return "Invited"
	case c.Role.Kind == itsm.Practitioner:
		return "Practitioners"
	case c.Source == itsm.OfPractice:
		return "From the practice"
	}
	return "Of the process"
}

func (v RACI) columns() []ui.GridColumn {
	columns := make([]ui.GridColumn, len(v.Matrix.Columns))
	for i := range columns {
		c := &v.Matrix.Columns[i]
		columns[i] = ui.GridColumn{
			Key: strconv.FormatInt(c.Role.ID, 10), Name: c.Role.Name, Detail: v.columnDetail(c), Mark: v.columnMark(c),
			PerCase: c.Role.Kind == itsm.Whoever,
		}
		if v.Directory || c.Source != itsm.Invited { // of another practice a supplier reads the name
			columns[i].Href = RoleURL(c.Role.ID, c.Role.Name)
		}
	}
	return columns
}

// answer is the fresh rows of saved cells, with the columns that they have now.
func (v RACI) answer(rows ...itsm.Row) ui.GridAnswer {
	keys := make([]string, len(v.Matrix.Columns))
	for i := range keys {
		keys[i] = strconv.FormatInt(v.Matrix.Columns[i].Role.ID, 10)
	}
	fresh := make([]ui.GridRow, len(rows))
	for i, row := range rows {
		fresh[i] = v.GridRow(row)
	}
	return ui.GridAnswer{Columns: strings.Join(keys, ","), Rows: fresh, Foot: v.foot()}
}

// columnMark is the hat: lighter where it comes from the practice, dashed where nobody wears it, half where somebody
// only acts. A vacant Owner is red where the practice is in use.
func (v RACI) columnMark(c *itsm.Column) templ.Component {
	switch {
	case c.Source == itsm.OfCase:
		return ui.Avatar{Kind: ui.CaseAvatar}.View()
	case !c.Held() && c.Role.Kind == itsm.Owner && v.Matrix.State != string(itsm.Planned):
		return ui.Glyph("O", ui.Hole)
	case !c.Held():
		return ui.Glyph(c.Role.Kind.Letter(), ui.CalmHole)
	case onlyActing(c):
		return ui.Glyph(c.Role.Kind.Letter(), ui.Half)
	case c.Source == itsm.OfPractice && c.Role.Kind != itsm.Practitioner:
		return ui.Glyph(c.Role.Kind.Letter(), ui.Lighter)
	}
	return ui.Glyph(c.Role.Kind.Letter(), ui.Solid)
}

func onlyActing(c *itsm.Column) bool {
	for i := range c.Holdings {
		if c.Holdings[i].Capacity == itsm.Holder {
			return false
		}
	}
	return true
}

// columnDetail says in a few words who wears the hat there.
func (v RACI) columnDetail(c *itsm.Column) string {
	switch {
	case c.Role.Archived:
		return "retired"
	case c.Source == itsm.OfCase:
		if a := v.Matrix.Holds(c.Role.ID, v.At.Region, v.At.Service); a.State == itsm.Named {
			return a.Holding.Answers
		}
		if c.Role.StandsFor == "service owner" {
			return "per service"
		}
		return "per case"
	}
	detail := v.worn(c)
	switch {
	case !c.Held():
		detail = "vacant"
	case c.Role.PerCase:
		detail = fmt.Sprintf("per case, %d on the list", people(c))
	}
	if c.Source == itsm.Invited && c.Role.ScopeName != "" { // two Owners are told apart by it
		detail = "from " + c.Role.ScopeName + ", " + detail
	}
	return detail
}

func (v RACI) worn(c *itsm.Column) string {
	a := v.Matrix.Holds(c.Role.ID, v.At.Region, v.At.Service)
	switch {
	case c.Role.Kind != itsm.Practitioner && a.State != itsm.Unheld, a.State == itsm.PerRegion && c.Role.Kind == itsm.Manager:
		return Answerer(a)
	case a.State == itsm.Unheld && v.At.Region != 0 && c.Role.Kind == itsm.Manager:
		return "vacant here"
	}
	var parts []string
	teams, companies, persons := 0, 0, 0
	for i := range c.Holdings {
		switch h := &c.Holdings[i]; {
		case h.Capacity == itsm.Deputy:
		case h.TeamID != 0:
			teams++
		case h.CompanyID != 0:
			companies++
		default:
			persons++
		}
	}
	for _, p := range []struct {
		n         int
		one, many string
	}{{teams, "team", "teams"}, {companies, "company", "companies"}, {persons, "person", "people"}} {
		if p.n > 0 {
			parts = append(parts, ui.Plural(p.n, p.one, p.many))
		}
	}
	if len(c.Holdings) == 1 {
		return c.Holdings[0].Name
	}
	return strings.Join(parts, ", ")
}

// people is how many wear a hat, teams counted by their members.
func people(c *itsm.Column) (n int) {
	for _, h := range c.Holdings {
		if h.TeamID != 0 {
			n += h.Members
		} else if h.Capacity != itsm.Deputy {
			n++
		}
	}
	return n
}

// wearersMax bounds the columns of the matrix by person; the largest teams stand as one column each, so that few
// processes come near.
const wearersMax = 80

// peopleGrid is the matrix by person, read only: letters are of roles, and people come and go.
func (v RACI) peopleGrid() (g ui.Grid, left int) {
	g = ui.Grid{Label: "RACI of " + v.Matrix.Process + " by person", Corner: "Activity"}
	wearers := v.Matrix.ByPerson(v.At.Region, v.At.Service)
	if len(wearers) > wearersMax {
		wearers, left = wearers[:wearersMax], len(wearers)-wearersMax
	}
	for _, w := range wearers {
		g.Columns = append(g.Columns, v.wearer(w))
	}
	cells := make([]ui.Cell, len(wearers))
	g.Each = v.gridRows(func(i int, row *ui.GridRow) {
		for n := range wearers {
			cells[n] = wornCell(&wearers[n], i)
		}
		row.Cells, row.Notes = cells, nil
	})
	return g, left
}

func wornCell(w *itsm.Wearer, row int) ui.Cell {
	worn := w.Cells[row]
	cell := ui.Cell{Letters: ui.Letters(worn.Letters)}
	if worn.FromAbove {
		cell.Look |= ui.FromAbove
	}
	if w.Role.Kind == itsm.Whoever {
		cell.Look |= ui.PerCase
	}
	if worn.Through {
		cell.Look |= ui.ThroughTeam
	}
	return cell
}

// wearerRoles are how many roles stand below a name in the head of a column.
const wearerRoles = 3

func (v RACI) wearer(w itsm.Wearer) ui.GridColumn {
	c := ui.GridColumn{Name: w.Name, Detail: strings.Join(w.Roles, ", ")}
	if more := len(w.Roles) - wearerRoles; more > 1 { // the head of a column stays above the rows
		c.Detail = strings.Join(w.Roles[:wearerRoles], ", ") + fmt.Sprintf(" and %d more", more)
	}
	if w.Role.ID != 0 && v.Directory {
		c.Href = RoleURL(w.Role.ID, w.Role.Name)
	}
	switch {
	case w.Role.Kind == itsm.Whoever:
		c.Mark, c.Detail, c.PerCase = ui.Avatar{Kind: ui.CaseAvatar}.View(), "whoever it is", true
		return c
	case w.Role.ID != 0:
		c.Mark, c.Detail = ui.Avatar{Kind: ui.VacantAvatar}.View(), "vacant"
		return c
	case w.TeamID != 0:
		c.Mark, c.Href = ui.Avatar{Kind: ui.TeamAvatar}.View(), TeamURL(w.TeamID, w.Name)
	case w.CompanyID != 0:
		c.Mark, c.Href = ui.Avatar{Kind: ui.CompanyAvatar}.View(), CompanyURL(w.CompanyID, w.Name)
	default:
		c.Mark, c.Href = ui.Avatar{Name: w.Name}.View(), PersonURL(w.PersonID, w.Name)
	}
	if !v.Directory && w.Role.ID == 0 {
		c.Href = ""
	}
	if w.Capacity == itsm.Acting {
		c.Detail += ", acting"
	}
	if w.Employer != "" {
		c.Detail += ", " + w.Employer
	}
	return c
}
