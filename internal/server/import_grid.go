package server

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// batchGridOf is the batch with the grid that the address names.
func (v *visit) batchGridOf() (*batch, *batchGrid, error) {
	b, err := v.openBatch()
	if err != nil {
		return nil, nil, err
	}
	g, err := b.grid(chi.URLParam(v.r, "key"))
	return b, g, err
}

// showRACIGrid is one grid as understood.
func (s *Server) showRACIGrid(v *visit) error {
	b, g, err := v.batchGridOf()
	if err != nil {
		return err
	}
	return b.gridPage(http.StatusOK, g, nil)
}

func (b *batch) gridPage(status int, g *batchGrid, list []itsm.Problem) error {
	if err := b.think(store.BatchQuestion{Processes: g.In}); err != nil {
		return err
	}
	line := b.line(*g)
	view := page.BatchGrid{
		ID: b.u.ID, Line: line, Reasons: g.Read.Reasons, Reading: readingOf(g), Remarks: g.Staged.Remarks, Decision: g.Decision,
		Mended: mendedIn(g), Processes: b.plan.Processes, Practices: b.plan.Practices, Supports: b.Organisation.SupportLetter, Problems: list, NotRead: len(g.Read.Activities) == 0,
	}
	if sections := g.Staged.Listed.Sections(); len(sections) > 1 {
		view.Groups = len(sections)
	}
	for _, r := range g.Read.Repairs {
		view.Repairs = append(view.Repairs, page.GridRepair{Where: r.Where, Was: r.Was, Became: r.Became, Sure: r.Sure})
	}
	for n, p := range b.partsOf(*g) {
		view.Parts = append(view.Parts, b.partView(g, n, p))
	}
	if len(view.Parts) == 0 && !view.NotRead { // what it would be, for somebody who has to say whether it is one
		plan := itsm.PlanGrid(g.Staged.Listed, nil, nil, b.state.For(g.Staged.Listed, g.Decision))
		view.Shown = &page.GridPart{Plan: plan}
	}
	at := slices.IndexFunc(b.grids, func(o batchGrid) bool { return o.Key == g.Key })
	if at > 0 {
		view.Previous = b.grids[at-1].Key
	}
	if at+1 < len(b.grids) {
		view.Next = b.grids[at+1].Key
	}
	return b.showAs(status, page.Screen{Title: line.Name, Section: "practices", Crumbs: page.BatchCrumbs(b.u.ID), Body: view.Page(), Wide: true})
}

// mendedIn is what stood in the cells of a grid that were repaired, where they stand now.
func mendedIn(g *batchGrid) map[page.GridPlace]string {
	out := map[page.GridPlace]string{}
	for i, a := range g.Read.Activities {
		for role, c := range a.Cells {
			if c.Mended {
				out[page.GridPlace{Line: g.Staged.Listed.Rows[i].Line, Role: role}] = c.Raw
			}
		}
	}
	return out
}

func (b *batch) partView(g *batchGrid, n int, p store.PlannedPart) page.GridPart {
	section := sectionOf(*g, n)
	into := g.Decision.Into[section]
	view := wholeView(p)
	view.Key, view.Section, view.PracticeID, view.With = keyOf(section), section, into.PracticeID, into.With
	for _, other := range b.grids {
		for i, at := range other.parts {
			o := b.plan.Parts[at]
			if o.Key != p.Key && o.Target.ProcessID == 0 && other.Decision.Into[sectionOf(other, i)].With == "" {
				view.Others = append(view.Others, page.GridOther{Key: o.Key, Name: o.Name, File: o.File})
			}
		}
	}
	return view
}

// wholeView is what becomes one process, wherever it is from.
func wholeView(p store.PlannedPart) page.GridPart {
	view := page.GridPart{
		Process: p.Target.Process, ProcessID: p.Target.ProcessID, Into: intoWords(p), Problem: p.Problem,
		Plan: p.Plan, Matrix: p.Matrix, Candidates: p.Candidates, Answers: p.Answers,
	}
	if p.Problem == store.NoPractice { // asked once, for all grids
		view.Problem = ""
	}
	if p.Matrix != nil {
		view.Process = p.Matrix.Process
	}
	return view
}

type gridInput struct {
	Several  map[int]string    `form:"several"`
	Row      map[int]string    `form:"row"`
	Name     map[int]string    `form:"name"`
	Split    bool              `form:"split"`
	TakeOut  bool              `form:"take_out"`
	Process  map[string]string `form:"process"`
	Title    map[string]string `form:"title"`
	Practice map[string]int64  `form:"practice"`
}

// answerRACIGrid keeps what was decided about one grid alone.
func (s *Server) answerRACIGrid(v *visit) error {
	b, g, err := v.batchGridOf()
	if err != nil {
		return err
	}
	in, err := read[gridInput](v)
	if list, status, ok := problems(err); ok {
		return b.gridPage(status, g, list)
	} else if err != nil {
		return err
	}
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	decision, err := b.decide(g, in)
	if list, status, ok := problems(err); ok {
		b.clearParts()
		return b.gridPage(status, g, list)
	}
	b.state.Grids[g.Key] = decision
	if err := s.store.AnswerStaged(v.ctx, v.by, b.u.ID, b.state); err != nil {
		return err
	}
	return v.goTo(page.Next(page.BatchGridURL(b.u.ID, g.Key)))
}

// decide turns what the form says by key into a decision.
func (b *batch) decide(g *batchGrid, in gridInput) (itsm.GridDecision, error) {
	var c itsm.Checks
	d := itsm.GridDecision{In: g.Decision.In, Split: in.Split, TakeOut: in.TakeOut, Into: map[string]itsm.GridInto{}, RowNoA: map[int]string{}, Several: map[int]string{}, Names: map[int]string{}}
	for line, key := range in.Several {
		if h := b.headingIn(g, key); h != "" {
			d.Several[line] = h
		}
	}
	for line, key := range in.Row {
		if key == "owner" || key == "open" {
			d.RowNoA[line] = key
		} else if h := b.headingIn(g, key); h != "" {
			d.RowNoA[line] = h
		}
	}
	for line, name := range in.Name {
		if c.Line(&name, "name["+strconv.Itoa(line)+"]", itsm.LabelMax); name != "" {
			d.Names[line] = name
		}
	}
	for n, p := range b.partsOf(*g) {
		d.Into[sectionOf(*g, n)] = b.into(g, n, p, in, &c)
	}
	return d, c.Err()
}

// headingIn is the heading behind a key, of one of the roles that go where a grid does; "" is none of them.
func (b *batch) headingIn(g *batchGrid, key string) string {
	for _, p := range b.partsOf(*g) {
		for _, r := range p.Plan.Roles {
			if keyOf(r.Heading) == key {
				return r.Heading
			}
		}
	}
	return ""
}

// into is where the form says that section n of a grid goes, which without it goes where p says. A name that it has
// anyway is no decision.
func (b *batch) into(g *batchGrid, n int, p store.PlannedPart, in gridInput, c *itsm.Checks) itsm.GridInto {
	section := sectionOf(*g, n)
	key := keyOf(section)
	into := itsm.GridInto{PracticeID: in.Practice[key], Process: in.Title[key]}
	c.Line(&into.Process, "title["+key+"]", itsm.LabelMax)
	if id := number(in.Process[key]); id != 0 {
		into = itsm.GridInto{ProcessID: id}
	} else if with, ok := strings.CutPrefix(in.Process[key], "with:"); ok {
		into = itsm.GridInto{With: with}
	} else if g.Decision.Into[section].With != "" && into.Process == p.Target.Process {
		into.Process = "" // the name was the other grid's
	} else if into.Process == p.Target.Process && g.Decision.Into[section].Process == "" {
		into.Process = ""
	}
	if into.ProcessID == 0 && b.state.From.ProcessID != 0 && into.Process == "" && p.Target.ProcessID != 0 {
		into.Process = nameFor(*g, section, len(g.sections) > 1, map[string]int{}) // not where they came from
	}
	return into
}
