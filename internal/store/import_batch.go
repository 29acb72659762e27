package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// BatchPart is a grid, or a part of one, on its way into a process.
type BatchPart struct {
	Key     string
	Grid    string // of which it is the whole or a section; "" is the key
	File    string
	Name    string // of the grid
	Target  GridTarget
	Listed  itsm.ListedGrid
	Answers itsm.GridAnswers
	Holders map[string]int64 // people who wear a role as found in the file, by heading
}

// PlannedPart is a part with what it would do. Problem says in a sentence why it cannot go where it should.
type PlannedPart struct {
	BatchPart
	Matrix     *itsm.Matrix
	Practice   string // the name of the practice it goes into
	Candidates []itsm.Candidate
	Matches    []itsm.RoleMatch // of its own headings
	Plan       itsm.GridPlan
	Problem    string
	Files      []string // of all grids that go into its process, and how many these are
	Grids      int
	grids      []string
	refusal    error // what Problem says, by kind
}

// BatchPlan is what several grids would do together.
type BatchPlan struct {
	Parts     []PlannedPart     // each with what it does itself
	Whole     []PlannedPart     // one for each process, with what all that go there do
	People    []itsm.InFile     // people of the directory who are called as a heading is
	Named     []itsm.PersonRef  // people by the ids that were asked about
	Practices []itsm.RoleRef    // that by may add a process to: id and name
	Processes []itsm.ProcessRef // that by may import into, where they were asked for
}

// BatchQuestion says what PlanBatch reads beside the grids.
type BatchQuestion struct {
	PersonIDs []int64
	Processes bool
}

// PlanBatch says what grids would do to their targets on a day; nothing is changed. Whoever may import nowhere is told so
// part by part.
func (s *Store) PlanBatch(ctx context.Context, by itsm.Actor, parts []BatchPart, q BatchQuestion, day time.Time) (plan BatchPlan, err error) {
	if err := s.findTargets(ctx, by, parts); err != nil {
		return plan, err
	}
	g := &batchGround{matrices: map[int64]*matrixRows{}}
	b := &pgx.Batch{}
	g.queue(b, by, parts, q, day)
	if err := s.ask(ctx, b); err != nil {
		return plan, err
	}
	plan.People, plan.Named = itsm.FindPeople(g.headings, g.people), g.named
	for _, p := range g.practices {
		if by.Can(itsm.AddProcess, itsm.Scope{PracticeID: p.ID}) {
			plan.Practices = append(plan.Practices, itsm.RoleRef{ID: p.ID, Name: p.Name})
		}
	}
	for _, p := range g.processes {
		if by.Can(itsm.ImportRACI, itsm.Scope{PracticeID: p.PracticeID, ProcessID: p.ID}) {
			plan.Processes = append(plan.Processes, p)
		}
	}
	g.planParts(&plan, by, parts, day)
	return plan, nil
}

// findTargets sends what would become a process of a name that its practice has already into that one: a practice has each
// name once, and who brings a file again means the same process. Where nobody said of the grid where it goes, the only process
// of that name that by may import into is meant wherever it is.
func (s *Store) findTargets(ctx context.Context, by itsm.Actor, parts []BatchPart) error {
	var names, keys []string
	for _, p := range parts {
		if t := p.Target; t.ProcessID == 0 && t.Process != "" {
			names = append(names, strings.ToLower(t.Process))
			if key := itsm.LibraryKey(t.Process); key != "" {
				keys = append(keys, key)
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	var found []namedProcess
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT * FROM (
			SELECT c.id, c.name, c.practice_id, p.name AS practice, `+keyOf("c.name")+` AS key, `+keyOf("search_plain(c.name)")+` AS plain
			FROM process c JOIN practice p ON p.id = c.practice_id WHERE c.archived_at IS NULL AND p.archived_at IS NULL) c
		WHERE lower(name) = ANY(@names::text[]) OR key = ANY(@keys::text[]) OR plain = ANY(@keys::text[])
		ORDER BY id`, pgx.StrictNamedArgs{"names": names, "keys": keys})
	if err := s.ask(ctx, b); err != nil {
		return err
	}
	for i, p := range parts {
		if to := p.Target.meant(by, found); to != 0 {
			parts[i].Target = GridTarget{ProcessID: to}
		}
	}
	return nil
}

// namedProcess is a process that may be meant by a name; Plain is the key of its name without marks, as files are named.
type namedProcess struct {
	itsm.ProcessRef
	Key, Plain string
}

// meant is the process there is that a new one's name means; 0 for none. Where none has the name, one of the same words is meant:
// a file's name has no signs between them, and no marks on its letters.
func (t GridTarget) meant(by itsm.Actor, found []namedProcess) int64 {
	key := itsm.LibraryKey(t.Process)
	for _, same := range []func(namedProcess) bool{
		func(f namedProcess) bool { return strings.EqualFold(t.Process, f.Name) },
		func(f namedProcess) bool { return key != "" && key == f.Key },
		func(f namedProcess) bool { return key != "" && key == f.Plain },
	} {
		if id := t.called(by, found, same); id != 0 {
			return id
		}
	}
	return 0
}

func (t GridTarget) called(by itsm.Actor, found []namedProcess, same func(namedProcess) bool) (id int64) {
	for _, f := range found {
		switch {
		case t.ProcessID != 0 || !same(f):
		case t.PracticeID == f.PracticeID:
			return f.ID
		case t.Anywhere && by.Can(itsm.ImportRACI, itsm.Scope{PracticeID: f.PracticeID, ProcessID: f.ID}):
			if id != 0 {
				return 0
			}
			id = f.ID
		}
	}
	return id
}

// planParts plans the grids process by process: those that go into one are united first.
func (g *batchGround) planParts(plan *BatchPlan, by itsm.Actor, parts []BatchPart, day time.Time) {
	var order [][]int
	at := map[string]int{}
	for n, p := range parts {
		plan.Parts = append(plan.Parts, g.ground(by, p, day))
		key := p.Target.key()
		i, there := at[key]
		if key == "" || !there {
			i = len(order)
			order, at[key] = append(order, nil), i
		}
		order[i] = append(order[i], n)
	}
	for _, members := range order {
		plan.Whole = append(plan.Whole, plan.unite(members))
	}
}

// unite plans the grids of one process as one, and says to each of them what of that is its own.
func (plan *BatchPlan) unite(members []int) PlannedPart {
	whole := plan.Parts[members[0]]
	whole.Holders, whole.Grids = map[string]int64{}, len(members)
	grids := make([]itsm.GridOf, len(members))
	for i, n := range members {
		p := &plan.Parts[n]
		whole.grids = append(whole.grids, cmp.Or(p.Grid, p.Key))
		grids[i] = itsm.GridOf{Name: p.Name, Listed: p.Listed, Answers: p.Answers}
		if !slices.Contains(whole.Files, p.File) {
			whole.Files = append(whole.Files, p.File)
		}
		p.Matches = itsm.GridMatches(p.Listed, p.Candidates, p.Answers)
	}
	listed, answers := itsm.UniteGrids(grids, whole.Candidates)
	whole.Plan = itsm.PlanGrid(listed, whole.Matrix, whole.Candidates, answers)
	for i, n := range members {
		p := &plan.Parts[n]
		for _, r := range p.Matches {
			if id, column := p.Holders[r.Heading], whole.Plan.Column(r); id != 0 && column != "" && whole.Holders[column] == 0 {
				whole.Holders[column] = id
			}
		}
		p.Plan, p.Files, p.Grids = whole.Plan, whole.Files, whole.Grids
		if len(members) > 1 {
			p.Plan = whole.Plan.Of(i)
		}
	}
	return whole
}

// NoPractice is the problem of a part of which nobody said into which practice it goes.
const NoPractice = "Choose the practice it goes into."

// key tells targets apart; "" is one without a name. Those whose practice is not said yet get one practice.
func (t GridTarget) key() string {
	switch {
	case t.ProcessID != 0:
		return fmt.Sprint("process ", t.ProcessID)
	case t.Process == "":
		return ""
	}
	return fmt.Sprint(t.PracticeID, " ", strings.ToLower(t.Practice), " ", strings.ToLower(t.Process))
}

// BatchStatement is what is said about a batch as a whole.
type BatchStatement struct {
	Approval itsm.Approval // from before; it stands with the version of each process
	// NewPractices is the state in which practices begin that only the parts name; "" is in use.
	NewPractices itsm.PracticeState
	// Memories are for the next files of these shapes, given the new roles by their names in small letters; nil: none.
	Memories func(made map[string]int64) []Memory
	Heard    Progress // hears how many processes are written; nil: nobody does
}

// BatchDone is what a batch did.
type BatchDone struct {
	Event     int64
	Processes []int64 // in the order of the parts
}

// ImportBatch writes what was planned as a whole into its targets, all of them or nothing, as one event that can be undone; the upload
// staged, where not 0, is used up, and its answers become result. For those who may import into every target.
func (s *Store) ImportBatch(ctx context.Context, by itsm.Actor, parts []PlannedPart, said BatchStatement, staged int64, result func(BatchDone) any) (done BatchDone, err error) {
	if len(parts) == 0 {
		return done, itsm.Invalid{Problems: []itsm.Problem{{Text: "Nothing is chosen to be imported."}}}
	}
	for _, p := range parts {
		if open := p.Plan.Open(); p.Problem != "" || len(open) > 0 {
			text := p.Problem
			if text == "" {
				text = unanswered(open)
			}
			return done, incomplete(p.File + ": " + text)
		}
	}
	err = s.door(ctx, by, itsm.ImportRACI, parts[0].Target.scope(), func(ctx context.Context, t *tx) error {
		if err := t.importing(ctx, staged); err != nil {
			return err
		}
		done = BatchDone{Event: t.event}
		b := &batchImport{tx: t, parts: parts, heard: said.Heard.orNobody(), state: cmp.Or(said.NewPractices, itsm.InUse), practices: map[string]int64{}, newRoles: map[string]int64{}}
		if err := b.write(ctx); err != nil {
			return err
		}
		if err := b.approve(ctx, said.Approval); err != nil {
			return err
		}
		done.Processes = b.processes
		t.say("%s", b.sentence(said))
		if said.Memories != nil {
			if err := t.remember(ctx, said.Memories(b.newRoles)); err != nil {
				return err
			}
		}
		if staged == 0 {
			return nil
		}
		return t.endBatch(ctx, staged, result(done))
	})
	return done, err
}

// scope is where a target lies, inside the transaction.
func (t GridTarget) scope() scopeOf {
	switch {
	case t.ProcessID != 0:
		return ofProcess(t.ProcessID)
	case t.PracticeID != 0:
		return ofPractice(t.PracticeID)
	}
	return theOrganisation
}
