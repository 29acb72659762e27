package page

import (
	"fmt"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// ScopeMap is who wears which hat, by practice and kind of hat.
type ScopeMap struct {
	Reader Reader
	Of     *itsm.ScopeMap
	Filter itsm.MapFilter
}

func (v ScopeMap) frame() mapFrame {
	return mapFrame{Reader: v.Reader, View: MapByPractice, Filter: v.Filter, Practices: v.Of.Practices, Regions: v.Of.Regions}
}

// ScopeMapScreen is the map by practice in its screen.
func ScopeMapScreen(v ScopeMap) Screen {
	return Screen{Title: "Who wears which hat, by practice", Section: "people", Crumbs: mapCrumbs(v.Reader), Body: v.Page(), Wide: true, Scripts: ListScripts}
}

func (v mapFrame) regionRefs() []itsm.RegionRef {
	refs := make([]itsm.RegionRef, len(v.Regions))
	for i, r := range v.Regions {
		refs[i] = itsm.RegionRef{ID: r.ID, ParentID: r.ParentID, Name: r.Name}
	}
	return refs
}

// figures of both views by practice: how many practices, and what is vacant in them.
func (v mapFrame) figures(total int, chairs []itsm.OpenChair) []ui.KeyFigure {
	vacant, covered := map[int64]bool{}, map[int64]bool{}
	for _, c := range chairs {
		if c.Vacant() {
			vacant[c.PracticeID] = true
		}
		covered[c.PracticeID] = true
	}
	text := ui.Count(len(vacant)) + " without an Owner or Manager somewhere"
	if more := len(covered) - len(vacant); more > 0 {
		text += ", " + ui.Count(more) + " only covered"
	}
	return append([]ui.KeyFigure{{Figure: ui.Plural(total, "practice", "practices"), Text: text}},
		vacancyFigures(chairs, v.Practices, v.to(func(f *itsm.MapFilter) { f.Vacant = true }))...)
}

// pager of both views by practice.
func (v mapFrame) pager(page, total int) ui.Pager {
	return v.paged(page, total, v.Filter.Scopes(), "practice", "practices")
}

// paged leads from page to page, and to all on one, as they go on paper.
func (v mapFrame) paged(page, total, size int, one, many string) ui.Pager {
	from := (page - 1) * size
	p := ui.Pager{
		From: min(from+1, total), To: min(from+size, total), Total: total, One: one, Many: many, Page: page, Pages: (total + size - 1) / size,
		Href: func(n int) string { return v.to(func(f *itsm.MapFilter) { f.Page = n }) },
	}
	if size < itsm.MapSheet {
		p.Whole = v.to(func(f *itsm.MapFilter) { f.Size = itsm.MapSheet })
	}
	return p
}

// mapLine is one holder, or one place without, in a cell of the map by practice.
type mapLine struct {
	Letter string
	Look   ui.GlyphLook
	Name   string
	Href   string
	Detail string
	Fill   ui.Link // of a vacant place
}

// namesMost are shown of the holders of a role; the role's card has all.
const namesMost = 6

// Table is the view as a file has it, with all who sit somewhere: its head, and a row for each scope.
func (v ScopeMap) Table() (head []string, rows [][]string) {
	for _, s := range v.Of.Scopes {
		row := []string{s.Practice, s.Process, s.State}
		for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager} {
			row = append(row, told(v.lines(s, kind), func(l mapLine) (string, string) { return l.Name, l.Detail }))
		}
		_, _, thin := s.Crew()
		few := make([]string, len(thin))
		for i, c := range thin {
			few[i] = thinText(c)
		}
		rows = append(rows, append(row, crewText(s), strings.Join(few, "; ")))
	}
	return []string{"Practice", "Process", "State", v.Reader.RoleName(itsm.Owner, "Owner"), "Managers", "Practitioners", "Fewer than wanted"}, rows
}

// chairs are the first lines of a kind of chair in a scope, and how many more there are.
func (v ScopeMap) chairs(s itsm.MapScope, kind itsm.RoleKind) (lines []mapLine, more int) {
	lines = v.lines(s, kind)
	more = max(len(lines)-namesMost, 0)
	return lines[:len(lines)-more], more
}

// lines are those of a kind of chair in a scope: who sits, and where nobody does.
func (v ScopeMap) lines(s itsm.MapScope, kind itsm.RoleKind) (lines []mapLine) {
	regions := v.frame().regionRefs()
	for _, c := range s.Chairs {
		if c.Role.Kind != kind {
			continue
		}
		if s.State == "in use" {
			for _, p := range c.Open(regions) {
				if !p.Covered() {
					lines = append(lines, v.vacant(s, c, p))
				}
			}
		}
		for _, h := range c.Holdings {
			if v.Filter.RegionID == 0 || h.RegionID == 0 || v.near(h.RegionID) {
				lines = append(lines, v.holder(c, h))
			}
		}
	}
	return lines
}

// near says that a region lies within the one asked for, or above it.
func (v ScopeMap) near(region int64) bool {
	m := &itsm.Matrix{Regions: v.frame().regionRefs()}
	return m.Related(region, v.Filter.RegionID)
}

func (v ScopeMap) vacant(s itsm.MapScope, c itsm.HeldRole, p itsm.ChairPlace) mapLine {
	line := mapLine{Letter: c.Role.Kind.Letter(), Look: ui.CalmHole, Name: "Vacant", Detail: p.Region}
	if c.Role.Kind == itsm.Owner {
		line.Look = ui.Hole
	}
	line.Fill = v.Reader.appoint(itsm.Role{ID: c.Role.ID, Kind: c.Role.Kind}, itsm.Scope{PracticeID: s.PracticeID, ProcessID: s.ProcessID}, p.RegionID)
	return line
}

func (v ScopeMap) holder(c itsm.HeldRole, h itsm.Holding) mapLine {
	line := mapLine{Letter: c.Role.Kind.Letter(), Name: h.Name, Href: v.Reader.personURL(h.PersonID, h.Name)}
	var detail []string
	switch h.Capacity {
	case itsm.Acting:
		line.Look = ui.Half
		detail = append(detail, "acting until "+lastDay(h))
	case itsm.Deputy:
		line.Look = ui.Lighter
		detail = append(detail, "deputy, stands in")
	}
	for _, s := range []string{h.Region, strings.TrimPrefix(forService(h), ", "), h.Employer} {
		if s != "" {
			detail = append(detail, s)
		}
	}
	if h.Absent {
		detail = append(detail, "away")
	}
	line.Detail = strings.Join(detail, ", ")
	return line
}

// crewText says how many practitioners a scope has.
func crewText(s itsm.MapScope) string {
	people, more, _ := s.Crew()
	if len(s.Crews) == 0 {
		return ""
	}
	text := ui.Plural(people, "holder", "holders")
	if more {
		text = "over " + text
	}
	return text + " in " + ui.Plural(len(s.Crews), "role", "roles")
}

// thinTone is that of a role that fewer wear than should: a next step where the practice is only planned.
func thinTone(s itsm.MapScope) ui.Tone {
	if s.State == string(itsm.Planned) {
		return ui.Plan
	}
	return ui.Warn
}

func thinText(c itsm.Crew) string {
	return fmt.Sprintf("%s: %d of %d", c.Role.Name, c.People, c.Wanted)
}

// mapScopeURL is the page of a scope.
func mapScopeURL(s itsm.MapScope) string {
	return ScopeURL(s.PracticeID, s.ProcessID, 0, mapScopeName(s))
}

func mapScopeName(s itsm.MapScope) string {
	if s.ProcessID != 0 {
		return s.Process
	}
	return s.Practice
}

// mapLegend explains the marks of the views by practice.
func mapLegend() ui.Legend {
	return ui.Legend{
		{Mark: ui.Glyph("O", ui.Solid), Word: "Owner"}, {Mark: ui.Glyph("M", ui.Solid), Word: "Manager"}, {Mark: ui.Glyph("M", ui.Half), Word: "Acting"},
		{Mark: ui.Glyph("M", ui.Lighter), Word: "Answers from above, or stands in"}, {Mark: vacantMark(), Word: "Vacant"},
	}
}
