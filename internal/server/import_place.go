package server

import (
	"maps"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// takePlace keeps whether the grids go in together, and into which practice; one that is typed may be there already.
func (b *batch) takePlace(in batchInput, c *itsm.Checks) {
	a := &b.state.BatchAnswers
	if b.r.PostForm.Has("together") {
		a.Together = in.Together
		c.Line(&a.Together, "together", itsm.LabelMax)
	}
	if b.r.PostForm.Has("process_name") {
		b.nameOnly(in.ProcessName, c)
	}
	if b.r.PostForm.Has("practice_state") {
		a.InUse = in.PracticeIs == string(itsm.InUse)
	}
	if !b.r.PostForm.Has("practice") {
		return
	}
	a.PracticeID = number(in.Practice)
	a.Practice = in.PracticeName
	c.Line(&a.Practice, "practice_name", itsm.LabelMax)
	for _, p := range b.plan.Practices {
		if a.PracticeID == 0 && strings.EqualFold(p.Name, a.Practice) {
			a.PracticeID, a.Practice = p.ID, ""
		}
	}
}

// onlyNew is the part that is all of what comes in, where that becomes a new process; nil where it is otherwise.
func (b *batch) onlyNew() *store.PlannedPart {
	if len(b.plan.Parts) != 1 || b.plan.Parts[0].Target.ProcessID != 0 {
		return nil
	}
	return &b.plan.Parts[0]
}

// nameOnly gives the only new process its name; without one it is called as its grid is.
func (b *batch) nameOnly(name string, c *itsm.Checks) {
	p := b.onlyNew()
	if c.Line(&name, "process_name", itsm.LabelMax); p == nil || name == p.Target.Process {
		return
	}
	for _, g := range b.grids {
		if len(g.parts) == 0 {
			continue
		}
		into := maps.Clone(g.Decision.Into)
		if into == nil {
			into = map[string]itsm.GridInto{}
		}
		section := sectionOf(g, 0)
		to := into[section]
		to.Process = name
		into[section], g.Decision.Into = to, into
		b.state.Grids[g.Key] = g.Decision
	}
}
