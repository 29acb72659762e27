package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// batch is an upload with everything that was read out of it.
type batch struct {
	*visit
	u     store.Staged
	files []store.StagedFile
	state batchState
	grids []batchGrid
	plan  store.BatchPlan
}

// batchGrid is one grid of a batch, with the parts that go into processes.
type batchGrid struct {
	Key      string // in addresses and forms: file, table and grid
	File     store.StagedFile
	Read     sheet.Grid
	Choice   sheet.GridChoice
	Staged   sheet.StagedGrid
	Decision itsm.GridDecision
	In       bool
	parts    []int // of the plan
	sections []string
}

// batch reads the upload that the address names, as it is; NotFound where it is somebody else's.
func (v *visit) batch() (*batch, error) {
	b := &batch{visit: v}
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	if b.u, b.files, err = v.s.store.StagedBatch(v.ctx, v.by, id); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b.u.Answers, &b.state); err != nil {
		return nil, err
	}
	b.state.Run.seen(b.u)
	if b.state.Grids == nil {
		b.state.Grids = map[string]itsm.GridDecision{}
	}
	if b.state.Run.goes(v.s.now()) { // its page says how far it is, and no more
		return b, nil
	}
	for _, f := range b.files {
		if err := b.readGrids(f); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// openBatch is batch for those who look closer or answer: one that is being imported is settled. What came to nothing is
// answered anew.
func (v *visit) openBatch() (*batch, error) {
	b, err := v.batch()
	if err == nil && b.state.Run.goes(v.s.now()) {
		return nil, underWay
	}
	if err == nil {
		b.state.Run = nil
	}
	return b, err
}

// waits says how many files nobody has read yet.
func (b *batch) waits() (n int) {
	for _, f := range b.files {
		if !f.Read {
			n++
		}
	}
	return n
}

// readGrids reads the tables of a file as was chosen.
func (b *batch) readGrids(f store.StagedFile) error {
	if !f.Read || f.Problem != "" {
		return nil
	}
	var tables []sheet.Table
	choices := map[string]sheet.GridChoice{}
	if err := json.Unmarshal(f.Content, &tables); err != nil {
		return err
	}
	if err := json.Unmarshal(f.Choices, &choices); err != nil {
		return err
	}
	reading := sheet.GridsOf(f.FileName, tables, sheet.GridOptions{Choices: choices})
	plain := reading.Plain()
	for _, g := range reading.Grids {
		one := batchGrid{Key: fmt.Sprintf("%d-%s", f.ID, g.Key), File: f, Read: g, Choice: choices[g.Key], Staged: g.Staged()}
		one.Staged.Listed = one.Staged.Listed.Numbered()
		one.Decision = b.state.Grids[one.Key]
		is := func(p sheet.Grid) bool { return p.Key == g.Key }
		one.In = one.Decision.In == "in" && g.Verdict == sheet.IsRACI || one.Decision.In == "" && slices.ContainsFunc(plain, is)
		if !b.Organisation.SupportLetter {
			one.Staged.Listed = withoutSupport(one.Staged.Listed)
		}
		b.grids = append(b.grids, one)
	}
	return nil
}

// withoutSupport makes S a letter that has to be asked about: the organisation does not use it.
func withoutSupport(g itsm.ListedGrid) itsm.ListedGrid {
	for _, row := range g.Rows {
		for h, c := range row.Cells {
			if c.Letters.Has(itsm.LetterS) {
				c.Letters &^= itsm.LetterS
				c.Other = append(slices.Clone(c.Other), "S")
				row.Cells[h] = c
			}
		}
	}
	return g
}

// think compares what comes in with what there is.
func (b *batch) think(q store.BatchQuestion) (err error) {
	var parts []store.BatchPart
	taken := map[string]int{}
	for i := range b.grids {
		g := &b.grids[i]
		if !g.In {
			continue
		}
		sections := []string{""}
		if all := g.Staged.Listed.Sections(); g.Decision.Split && len(all) > 1 {
			sections = all
		}
		for _, section := range sections {
			g.parts, g.sections = append(g.parts, len(parts)), sections
			parts = append(parts, b.part(*g, section, taken))
		}
	}
	for _, r := range b.state.Roles {
		if r.PersonID != 0 {
			q.PersonIDs = append(q.PersonIDs, r.PersonID)
		}
	}
	b.join(parts)
	b.plan, err = b.s.store.PlanBatch(b.ctx, b.by, parts, q, b.by.Today)
	b.forgetGone()
	b.plan.People = slices.DeleteFunc(b.plan.People, b.isRole)
	return err
}

// isRole says that a name of somebody is the name of a role that is there, wherever it heads a column: who wears that one is
// no question of the file.
func (b *batch) isRole(f itsm.InFile) bool {
	role := false
	for _, p := range b.plan.Parts {
		for _, r := range p.Matches {
			if itsm.HeadingKey(r.Heading) != itsm.HeadingKey(f.Heading) {
				continue
			}
			if r.New || r.RoleID == 0 || !strings.EqualFold(r.Name, strings.TrimSpace(r.Heading)) {
				return false
			}
			role = true
		}
	}
	return role
}

// forgetGone drops answers that name a role which is not there any more, such as one that came with an import which was
// undone: its heading is decided anew.
func (b *batch) forgetGone() {
	for _, p := range b.plan.Parts {
		for _, h := range p.Listed.Roles {
			key := itsm.HeadingKey(h)
			answer := b.state.Roles[key]
			id, chosen := strings.CutPrefix(answer.Choice, "role:")
			if chosen && !slices.ContainsFunc(p.Candidates, func(c itsm.Candidate) bool { return itoa(c.ID) == id }) {
				answer.Choice = ""
				b.state.Roles[key] = answer
			}
		}
	}
}

// join sends those that go where another one goes there; of two that name each other each keeps its own place.
func (b *batch) join(parts []store.BatchPart) {
	into := func(p store.BatchPart) string {
		for _, g := range b.grids {
			for i, n := range g.parts {
				if parts[n].Key == p.Key {
					return g.Decision.Into[sectionOf(g, i)].With
				}
			}
		}
		return ""
	}
	for i := range parts {
		with := into(parts[i])
		for _, other := range parts {
			if with != "" && other.Key == with && into(other) == "" {
				parts[i].Target = other.Target
			}
		}
	}
}

// sectionOf is the heading whose rows the n-th part of a grid is; "" of a grid that stays whole.
func sectionOf(g batchGrid, n int) string {
	if len(g.sections) > 1 {
		return g.sections[n]
	}
	return ""
}

// part is a grid, or what stands under one of its headings, with where it goes.
func (b *batch) part(g batchGrid, section string, taken map[string]int) store.BatchPart {
	p := store.BatchPart{Key: g.Key, Grid: g.Key, File: g.File.FileName, Name: processName(g.Read.Name), Listed: g.Staged.Listed, Holders: map[string]int64{}}
	split := len(g.sections) > 1
	if split {
		p.Listed, p.Key, p.Name = g.Staged.Listed.Section(section), g.Key+"-"+keyOf(section), section
	}
	p.Answers = b.state.For(p.Listed, g.Decision)
	for _, h := range p.Listed.Roles {
		if r := b.state.Roles[itsm.HeadingKey(h)]; r.PersonID != 0 {
			p.Holders[h] = r.PersonID
		}
	}
	into := g.Decision.Into[section]
	if from := b.state.From.ProcessID; into == (itsm.GridInto{}) && from != 0 && !split && b.only() {
		into.ProcessID = from
	}
	p.Target = store.GridTarget{ProcessID: into.ProcessID, Anywhere: into == (itsm.GridInto{}) && b.state.Together == ""}
	if into.ProcessID != 0 {
		return p
	}
	p.Target.PracticeID, p.Target.Practice, p.Target.Process = into.PracticeID, into.Practice, into.Process
	if into.PracticeID == 0 && into.Practice == "" {
		p.Target.PracticeID, p.Target.Practice = b.state.PracticeID, b.state.Practice
	}
	if p.Target.PracticeID != 0 {
		p.Target.Practice = ""
	}
	switch {
	case into.Process != "":
	case b.state.Together != "":
		p.Target.Process = b.state.Together
	default:
		p.Target.Process = nameFor(g, section, split, taken)
	}
	return p
}

// only says that no more than one grid comes in: then it goes where the person came from.
func (b *batch) only() bool {
	n := 0
	for _, g := range b.grids {
		if g.In {
			n++
		}
	}
	return n == 1
}

// keyOf is a text as the name of a field: short, and without brackets.
func keyOf(text string) string { return page.FieldKey(text) }

// parts of a grid in the plan.
func (b *batch) partsOf(g batchGrid) (parts []store.PlannedPart) {
	for _, n := range g.parts {
		parts = append(parts, b.plan.Parts[n])
	}
	return parts
}

// grid finds the grid that the address names.
func (b *batch) grid(key string) (*batchGrid, error) {
	for i := range b.grids {
		if b.grids[i].Key == key {
			return &b.grids[i], nil
		}
	}
	return nil, itsm.NotFound{What: "grid"}
}

// showBatch is the overview, or how far the reading is, or what came of it.
func (s *Server) showBatch(v *visit) error {
	b, err := v.batch()
	if err != nil {
		return err
	}
	switch {
	case b.u.Undone:
		body := page.ImportUndone{File: b.u.FileName, Again: "/import/raci"}.Page()
		return b.show(page.Screen{Title: "Undone", Section: "practices", Crumbs: page.ImportRACICrumbs(), Body: body})
	case b.state.Done != nil:
		return b.show(page.Screen{Title: "The grids are in", Section: "practices", Crumbs: page.ImportRACICrumbs(), Body: b.state.Done.Page()})
	case b.waits() > 0:
		go s.readFiles(context.WithoutCancel(b.ctx), b.by, b.u.ID)
		b.comeBack()
		body := page.BatchReading{Done: len(b.files) - b.waits(), Of: len(b.files)}.Page()
		return b.show(page.Screen{Title: "Reading the files", Section: "practices", Crumbs: page.ImportRACICrumbs(), Body: body})
	case b.state.Run.goes(s.now()):
		screen := page.Screen{Section: "practices", Crumbs: page.ImportRACICrumbs()}
		return b.showRunning(screen, b.u.FileName, "grids", "processes", b.state.Run)
	case len(b.files) == 0:
		return itsm.NotFound{What: "upload; it waits for a day"}
	}
	var list []itsm.Problem
	if why := b.state.Run.failed(s.now()); why != "" {
		list = []itsm.Problem{{Text: why}}
	}
	return b.overview(http.StatusOK, list)
}
