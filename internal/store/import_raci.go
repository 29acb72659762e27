package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"hatrack/internal/itsm"
)

// GridTarget is where a RACI grid goes: into a process that exists, or into a new one of a practice, which exists
// (PracticeID) or is new too (Practice).
type GridTarget struct {
	ProcessID  int64
	PracticeID int64
	Process    string // the name of a new process
	Practice   string // the name of a new practice
	Anywhere   bool   // nobody said of the grid itself where it goes: a process that has the name already is meant in any practice
}

// Check reads what was typed about the target, by form field.
func (t *GridTarget) Check() error {
	var c itsm.Checks
	c.Line(&t.Process, "process_name", itsm.LabelMax)
	c.Line(&t.Practice, "practice_name", itsm.LabelMax)
	if t.ProcessID == 0 {
		c.Require(t.Process != "", "process_name", "Choose a process, or give a new one a name.")
		c.Require(t.PracticeID != 0 || t.Practice != "", "practice", "Choose the practice of the new process, or give a new one a name.")
	}
	return c.Err()
}

// born stand for the roles that a new practice will have, as candidates: their ids are not known yet.
var born = map[itsm.RoleKind]int64{itsm.Owner: -1, itsm.Manager: -2, itsm.Practitioner: -3}

// PlanGrid says what one grid would do to its target on a day; nothing is changed. The matrix is nil for a new process. For
// those who may import there.
func (s *Store) PlanGrid(ctx context.Context, by itsm.Actor, t GridTarget, g itsm.ListedGrid, a itsm.GridAnswers, day time.Time) (*itsm.Matrix, []itsm.Candidate, itsm.GridPlan, error) {
	if err := t.Check(); err != nil {
		return nil, nil, itsm.GridPlan{}, err
	}
	batch, err := s.PlanBatch(ctx, by, []BatchPart{{Target: t, Listed: g, Answers: a}}, BatchQuestion{}, day)
	if err != nil {
		return nil, nil, itsm.GridPlan{}, err
	}
	p := batch.Whole[0]
	return p.Matrix, p.Candidates, p.Plan, p.refusal
}

func (t GridTarget) action() itsm.Action {
	switch {
	case t.ProcessID != 0:
		return itsm.ImportRACI
	case t.PracticeID != 0:
		return itsm.AddProcess
	}
	return itsm.AddPractice
}

type candidateRow struct {
	ID          int64
	Kind        itsm.RoleKind
	Name, Scope string
}

func (t GridTarget) candidates(near, far []candidateRow) []itsm.Candidate {
	var out []itsm.Candidate
	if t.ProcessID == 0 && t.PracticeID == 0 {
		for _, kind := range []itsm.RoleKind{itsm.Owner, itsm.Manager, itsm.Practitioner} {
			near = append(near, candidateRow{born[kind], kind, itsm.NewRole(kind).Name, t.Practice})
		}
	}
	have := map[int64]bool{}
	for i, c := range slices.Concat(near, far) {
		if !have[c.ID] {
			have[c.ID] = true
			out = append(out, itsm.Candidate{RoleRef: itsm.RoleRef{ID: c.ID, Kind: c.Kind, Name: c.Name}, Scope: c.Scope, Near: i < len(near)})
		}
	}
	return out
}

// ImportGrid writes one plan into its target, as [Store.ImportBatch] does, and returns the process. m is the matrix that the
// plan was made against (nil: a new process): rows that changed since are a Conflict. staged, where not 0, is the upload it
// came from, which is used up. For those who may import there; new roles need EditRole.
func (s *Store) ImportGrid(ctx context.Context, by itsm.Actor, t GridTarget, file string, m *itsm.Matrix, p itsm.GridPlan, staged int64) (process int64, err error) {
	if open := p.Open(); len(open) > 0 {
		return 0, itsm.Invalid{Problems: []itsm.Problem{{Text: unanswered(open)}}}
	}
	part := PlannedPart{BatchPart: BatchPart{File: file, Target: t}, Matrix: m, Plan: p, Files: []string{file}, Grids: 1}
	done, err := s.ImportBatch(ctx, by, []PlannedPart{part}, BatchStatement{}, staged, func(BatchDone) any { return struct{}{} })
	if err != nil {
		return 0, err
	}
	return done.Processes[0], nil
}

func unanswered(open []itsm.GridQuestion) string {
	if len(open) == 1 {
		return "One question has no answer yet. " + open[0].Text
	}
	return fmt.Sprintf("%d questions have no answer yet. The first: %s", len(open), open[0].Text)
}
