package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// showRACIPlan shows what importing will do, before anything is written.
func (s *Server) showRACIPlan(v *visit) error {
	b, err := v.batch()
	if err != nil {
		return err
	}
	if b.state.Done != nil || b.state.Run.goes(s.now()) || b.waits() > 0 {
		return v.goTo(page.Next(page.BatchURL(b.u.ID)))
	}
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	if list := b.unready(); len(list) > 0 {
		b.clearParts()
		return b.overview(http.StatusUnprocessableEntity, list)
	}
	return b.planPage(http.StatusOK, nil)
}

func (b *batch) planPage(status int, list []itsm.Problem) error {
	view := page.BatchPlan{ID: b.u.ID, NewRoles: b.newRoles(), LeftOut: b.leftOut(), Seen: b.print(), Problems: list}
	for _, p := range b.plan.Whole {
		view.Parts = append(view.Parts, wholeView(p))
		files := strings.Join(p.Files, ", ")
		view.Files = append(view.Files, files)
		for _, r := range p.Plan.Roles {
			if id := p.Holders[r.Heading]; id != 0 {
				if h := (page.BatchHolder{Person: b.called(id), Role: r.Name, File: files}); !slices.Contains(view.Holders, h) {
					view.Holders = append(view.Holders, h)
				}
			}
		}
	}
	for _, p := range b.plan.Whole {
		if p.Matrix == nil && p.Target.PracticeID == 0 && p.Practice != "" && !slices.Contains(view.NewPractices, p.Practice) {
			view.NewPractices, view.InUse = append(view.NewPractices, p.Practice), b.state.InUse
		}
	}
	for _, g := range b.grids {
		if g.In {
			view.Grids++
		}
	}
	for _, a := range b.alike() {
		if a.Answer == "same" {
			view.OneRole = append(view.OneRole, a.Heading+" is "+a.Like)
		}
	}
	if a := b.approval(); a.Stated() {
		view.Approved = a.Sentence()
	}
	return b.showAs(status, page.Screen{Title: "What will change", Section: "practices", Crumbs: page.BatchCrumbs(b.u.ID), Body: view.Page()})
}

// called is the name of somebody who was said to wear a role.
func (b *batch) called(id int64) string {
	for _, p := range b.plan.Named {
		if p.ID == id {
			return p.Name
		}
	}
	return "somebody who is not in the directory any more"
}

func (b *batch) approval() itsm.Approval {
	a := itsm.Approval{By: b.state.ApprovedBy, Reference: b.state.ApprovedIn}
	if on, err := time.Parse(time.DateOnly, b.state.ApprovedOn); err == nil {
		a.On = &on
	}
	return a
}

// newRoles are those that will be added, each once.
func (b *batch) newRoles() (names []string) {
	for _, p := range b.plan.Whole {
		for _, name := range p.Plan.NewRoles() {
			if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
				names = append(names, name)
			}
		}
	}
	return names
}

// leftOut are the files and grids that stay out, and why.
func (b *batch) leftOut() (names []string) {
	for _, l := range b.lines() {
		switch {
		case l.Key == "":
			names = append(names, l.File+": "+l.Reason)
		case l.State == page.GridOut && b.state.Grids[l.Key].In == "out":
			names = append(names, fmt.Sprintf("%s of %s: you left it out.", l.Name, l.File))
		case l.State == page.GridNot, l.State == page.GridOut, len(l.Into) == 0:
			names = append(names, fmt.Sprintf("%s of %s: %s", l.Name, l.File, l.Reason))
		}
	}
	return names
}

// print tells one plan from another: what was shown is what is written.
func (b *batch) print() string {
	type part struct {
		Target  store.GridTarget
		Plan    itsm.GridPlan
		Holders map[string]int64
		Counter int64
	}
	var all []part
	for _, p := range b.plan.Whole {
		one := part{p.Target, p.Plan, p.Holders, 0}
		if p.Matrix != nil {
			one.Counter = p.Matrix.Counter
		}
		all = append(all, one)
	}
	text, _ := json.Marshal(all) // nothing in it fails to marshal
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

type importInput struct {
	Seen string `form:"seen"`
}

// importRACI writes a batch, if it is still what was shown.
func (s *Server) importRACI(v *visit) error {
	b, err := v.batch()
	if err != nil {
		return err
	}
	in, err := read[importInput](v)
	if err != nil {
		return err
	}
	if b.state.Done != nil || b.state.Run.goes(s.now()) {
		return v.goToToday(page.Next(page.BatchURL(b.u.ID))) // the same button twice
	}
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	if list := b.unready(); len(list) > 0 {
		b.clearParts()
		return b.overview(http.StatusUnprocessableEntity, list)
	}
	if in.Seen != b.print() {
		return b.planPage(http.StatusConflict, []itsm.Problem{{Text: "Something changed since you looked. This is what would be written now: look at it again."}})
	}
	over, err := b.write()
	var forbidden itsm.Forbidden
	if over && errors.As(err, &forbidden) {
		return b.planPage(http.StatusForbidden, []itsm.Problem{{Text: forbidden.Why}})
	}
	if list, status, ok := problems(err); over && ok {
		return b.planPage(status, list)
	}
	if err != nil {
		return err
	}
	return v.goToToday(page.Next(page.BatchURL(b.u.ID)))
}

// write begins to write what was shown; over says that it ended within a moment.
func (b *batch) write() (over bool, err error) {
	with := func(r importRun) any {
		state := b.state
		state.Run = &r
		return state
	}
	return b.begin(b.u, with, func(ctx context.Context, r *running) error {
		said := store.BatchStatement{Approval: b.approval(), NewPractices: b.state.NewPractices(), Memories: b.memories, Heard: r.heard}
		_, err := b.s.store.ImportBatch(ctx, b.by, b.plan.Whole, said, b.u.ID, func(d store.BatchDone) any {
			r.silent()
			return batchState{Done: b.result(d)}
		})
		return err
	})
}

// result is what came of a batch.
func (b *batch) result(d store.BatchDone) *page.BatchResult {
	out := &page.BatchResult{Event: d.Event, Roles: len(b.newRoles()), LeftOut: b.leftOut()}
	for n, p := range b.plan.Whole {
		one := page.BatchImported{ID: d.Processes[n], Name: p.Target.Process, Practice: p.Practice, File: strings.Join(p.Files, ", "), New: p.Matrix == nil,
			Added: p.Plan.Count(itsm.RowAdded), Changed: p.Plan.Count(itsm.RowChanged), TakenOut: len(p.Plan.TakenOut), Open: p.Plan.LeftOpen}
		if p.Matrix != nil {
			one.Name = p.Matrix.Process
		}
		out.Processes = append(out.Processes, one)
	}
	return out
}

// memories are how the grids that come in were read and matched, for the next files of their shapes. A role that was made
// is there the next time.
func (b *batch) memories(made map[string]int64) (memories []store.Memory) {
	for _, g := range b.grids {
		var tables []sheet.Table
		if !g.In || json.Unmarshal(g.File.Content, &tables) != nil {
			continue
		}
		shape := ""
		for _, plain := range sheet.GridsOf(g.File.FileName, tables, sheet.GridOptions{}).Grids {
			if plain.Key == g.Read.Key {
				shape = plain.Shape()
			}
		}
		if shape == "" {
			continue
		}
		known := itsm.BatchAnswers{Roles: map[string]itsm.RoleAnswer{}, Letters: map[string]string{}, SomeA: b.state.SomeA, Nameless: b.state.Nameless}
		if b.state.NoA == "owner" || b.state.NoA == "open" {
			known.NoA = b.state.NoA
		}
		for _, p := range b.partsOf(g) {
			for _, r := range p.Matches {
				key := itsm.HeadingKey(r.Heading)
				answer := b.state.Roles[key]
				if id := made[strings.ToLower(r.Name)]; r.New && id != 0 {
					answer.Choice, answer.Title = "role:"+itoa(id), ""
				}
				if answer != (itsm.RoleAnswer{}) {
					known.Roles[key] = answer
				}
			}
			for _, l := range p.Listed.Strange() {
				if means := b.state.Letters[l]; means != "" {
					known.Letters[l] = means
				}
			}
		}
		choice, _ := json.Marshal(g.Choice)
		answers, _ := json.Marshal(known)
		memories = append(memories, store.Memory{Shape: shape, Choice: choice, Answers: answers})
	}
	return memories
}
