package page

import (
	"math"
	"slices"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// MapRegions is the grid of one global Owner and the Managers region by region.
type MapRegions struct {
	Reader Reader
	Of     *itsm.ScopeMap
	Filter itsm.MapFilter
}

func (v MapRegions) frame() mapFrame {
	return mapFrame{Reader: v.Reader, View: MapByRegion, Filter: v.Filter, Practices: v.Of.Practices, Regions: v.Of.Regions}
}

// MapRegionsScreen is the grid in its screen.
func MapRegionsScreen(v MapRegions) Screen {
	return Screen{Title: "Who wears which hat, by region", Section: "people", Crumbs: mapCrumbs(v.Reader), Body: v.Page(), Wide: true, Scripts: ListScripts}
}

// regionColumns bounds the regions side by side.
const regionColumns = 24

// within are the regions asked for: one with everything below it, or all.
func (v MapRegions) within() (regions []itsm.Region) {
	within := map[int64]bool{v.Filter.RegionID: true}
	for _, r := range v.Of.Regions {
		if v.Filter.RegionID == 0 || r.ID == v.Filter.RegionID || within[r.ParentID] {
			within[r.ID] = true
			regions = append(regions, r)
		}
	}
	return regions
}

// columns are the regions side by side, at most regionColumns; left are the others.
func (v MapRegions) columns() (columns []itsm.Region, left int) {
	columns = v.within()
	if len(columns) > regionColumns {
		// The tops first: what lies below has a filter of its own.
		slices.SortStableFunc(columns, func(a, b itsm.Region) int { return a.Depth - b.Depth })
		kept := map[int64]bool{}
		for _, r := range columns[:regionColumns] {
			kept[r.ID] = true
		}
		left = len(columns) - regionColumns
		columns = slices.DeleteFunc(slices.Clone(v.Of.Regions), func(r itsm.Region) bool { return !kept[r.ID] })
	}
	return columns, left
}

// grid has a row for each scope with an Owner or a Manager role.
func (v MapRegions) grid() ui.NameGrid {
	columns, _ := v.columns()
	refs := v.frame().regionRefs()
	g := ui.NameGrid{Label: "Owners and regional Managers", Corner: "Practice", Heads: []ui.HatColumn{{Name: "Owner, worldwide"}}}
	if len(columns) == 0 {
		g.Heads = append(g.Heads, ui.HatColumn{Name: "Managers"})
	}
	for _, r := range columns {
		g.Heads = append(g.Heads, ui.HatColumn{Name: r.Name, Href: MapURL(MapByRegion, itsm.MapFilter{RegionID: r.ID, Practices: v.Filter.Practices, Vacant: v.Filter.Vacant})})
	}
	for _, s := range v.Of.Scopes {
		if len(s.Chairs) == 0 {
			continue
		}
		row := ui.NameRow{Name: mapScopeName(s), Href: mapScopeURL(s)}
		if s.ProcessID != 0 {
			row.Detail = "process"
		} else if s.State != "in use" {
			row.Detail = s.State
		}
		row.Cells = v.cells(s, columns, refs, namesMost)
		g.Rows = append(g.Rows, row)
	}
	return g
}

// Table is the grid as a file has it, with all who sit somewhere and all regions: its head, and a row for each scope.
func (v MapRegions) Table() (head []string, rows [][]string) {
	columns, refs := v.within(), v.frame().regionRefs()
	head = []string{"Practice", "Process", "State", "Owner, worldwide"}
	if len(columns) == 0 {
		head = append(head, "Managers")
	}
	for _, r := range columns {
		head = append(head, r.Name)
	}
	for _, s := range v.Of.Scopes {
		if len(s.Chairs) == 0 {
			continue
		}
		row := []string{s.Practice, s.Process, s.State}
		for _, lines := range v.cells(s, columns, refs, math.MaxInt) {
			row = append(row, told(lines, func(l ui.NameLine) (string, string) { return l.Name, l.Detail }))
		}
		rows = append(rows, row)
	}
	return head, rows
}

// told are the lines of a cell as one text: each name with what there is to say of it.
func told[T any](lines []T, of func(T) (name, detail string)) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		name, detail := of(l)
		if detail != "" {
			name += " (" + detail + ")"
		}
		texts[i] = name
	}
	return strings.Join(texts, "; ")
}

// cells are those of a scope: its Owner, and its Managers in each of some regions; without regions, everywhere.
func (v MapRegions) cells(s itsm.MapScope, columns []itsm.Region, refs []itsm.RegionRef, most int) [][]ui.NameLine {
	cells := [][]ui.NameLine{v.cell(s, itsm.Owner, refs, itsm.RegionRef{}, most)}
	if len(columns) == 0 {
		cells = append(cells, v.cell(s, itsm.Manager, refs, itsm.RegionRef{}, most))
	}
	for _, r := range columns {
		cells = append(cells, v.cell(s, itsm.Manager, refs, itsm.RegionRef{ID: r.ID, Name: r.Name}, most))
	}
	return cells
}

// cell is who wears a kind of chair of a scope in a region, each role's first ones: whoever sits there, lighter whoever
// answers from above, or a hole.
func (v MapRegions) cell(s itsm.MapScope, kind itsm.RoleKind, refs []itsm.RegionRef, region itsm.RegionRef, most int) []ui.NameLine {
	var lines []ui.NameLine
	for _, c := range s.Chairs {
		if c.Role.Kind != kind {
			continue
		}
		a := itsm.AnswerIn(c.Holdings, refs, region.ID)
		if len(a.Holdings) == 0 {
			lines = append(lines, v.hole(s, c, region))
			continue
		}
		from, signing := "", map[int64]bool{}
		if a.Above {
			from = "from " + a.From.Name
			if a.From.ID == 0 {
				from = "everywhere"
			}
		}
		for _, h := range a.Holdings[:min(len(a.Holdings), most)] {
			line := ui.NameLine{Letter: kind.Letter(), Name: h.Name, Href: v.Reader.personURL(h.PersonID, h.Name), Above: a.Above}
			line.Detail = strings.TrimPrefix(from+forService(h), ", ")
			if h.Capacity == itsm.Acting {
				line.Half = true
				line.Detail = strings.TrimPrefix(line.Detail+", acting until "+lastDay(h), ", ")
			}
			if h.Absent { // else who acts for them would seem a second one
				line.Detail = strings.TrimPrefix(line.Detail+", away", ", ")
			}
			lines = append(lines, line)
			if d := itsm.SignerFor(&h, c.Holdings); d != nil && !signing[d.AssignmentID] {
				signing[d.AssignmentID] = true
				lines = append(lines, ui.NameLine{Letter: kind.Letter(), Name: d.Name, Href: v.Reader.personURL(d.PersonID, d.Name), Above: true,
					Detail: strings.TrimPrefix(from+", deputy, stands in", ", ")})
			}
		}
	}
	return lines
}

// hole is a chair that nobody fills in a region; it leads to the form that fills it, for those who may. Of what is not
// in use, or of no role at all, nothing is missing.
func (v MapRegions) hole(s itsm.MapScope, c itsm.HeldRole, region itsm.RegionRef) ui.NameLine {
	line := ui.NameLine{Letter: c.Role.Kind.Letter(), Hole: true, Name: "vacant", Calm: c.Role.Kind != itsm.Owner || s.State != "in use"}
	if s.State == string(itsm.Planned) {
		line.Name = "nobody yet"
	}
	link := v.Reader.appoint(itsm.Role{ID: c.Role.ID, Kind: c.Role.Kind}, itsm.Scope{PracticeID: s.PracticeID, ProcessID: s.ProcessID}, region.ID)
	if line.Href = link.Href; line.Href != "" {
		line.Words = link.Text + " to " + c.Role.Name + ", " + mapScopeName(s)
		if region.Name != "" {
			line.Words += ", in " + region.Name
		}
	}
	return line
}
