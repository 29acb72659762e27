package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// GridTarget is where a RACI grid goes: into a process that exists, or into a new one of a practice, which exists
// (PracticeID) or is new too (Practice).
type GridTarget struct {
	ProcessID  int64
	PracticeID int64
	Process    string // the name of a new process
	Practice   string // the name of a new practice
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

// PlanGrid says what a grid would do to its target on a day; nothing is changed. The matrix is nil for a new process. For
// those who may import there.
func (s *Store) PlanGrid(ctx context.Context, by itsm.Actor, t GridTarget, g itsm.ListedGrid, a itsm.GridAnswers, day time.Time) (*itsm.Matrix, []itsm.Candidate, itsm.GridPlan, error) {
	if err := t.Check(); err != nil {
		return nil, nil, itsm.GridPlan{}, err
	}
	m, candidates, scope, err := s.gridGround(ctx, by, t, g, day)
	if err != nil {
		return nil, nil, itsm.GridPlan{}, err
	}
	if act := t.action(); !by.Can(act, scope) {
		return nil, nil, itsm.GridPlan{}, itsm.Forbidden{Why: forbidden(act)}
	}
	if m != nil && !m.Editable {
		return nil, nil, itsm.GridPlan{}, itsm.Conflict{Text: "This process is archived or in force as it stands: it cannot be changed."}
	}
	return m, candidates, itsm.PlanGrid(g, m, candidates, a), nil
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

// gridGround reads what a grid is compared with: the matrix, and the roles that its headings may mean.
func (s *Store) gridGround(ctx context.Context, by itsm.Actor, t GridTarget, g itsm.ListedGrid, day time.Time) (*itsm.Matrix, []itsm.Candidate, itsm.Scope, error) {
	var r matrixRows
	var near, far []candidateRow
	var practices []int64
	b := &pgx.Batch{}
	r.queue(b, by, day, oneProcess, t.ProcessID)
	list(b, &practices, `SELECT id FROM practice WHERE id = @id AND archived_at IS NULL AND (@all::boolean OR id = ANY(@sees::bigint[]))`,
		pgx.StrictNamedArgs{"id": t.PracticeID, "all": !by.External, "sees": by.Sees})
	headings := make([]string, len(g.Roles))
	for i, h := range g.Roles {
		headings[i] = strings.ToLower(strings.TrimSpace(h))
	}
	args := pgx.StrictNamedArgs{"process": t.ProcessID, "practice": t.PracticeID, "headings": headings}
	all(b, &near, candidateRoles+`
		WHERE r.archived_at IS NULL AND (r.process_id = @process OR r.practice_id = @practice
			OR r.practice_id = (SELECT practice_id FROM process WHERE id = @process)
			OR r.id IN (SELECT c.role_id FROM raci_column c JOIN process_version v ON v.id = c.version_id AND v.state = 'draft' WHERE v.process_id = @process))
		  AND @headings::text[] IS NOT NULL
		ORDER BY r.process_id IS NULL, `+roleOrder, args)
	// Elsewhere the same name decides, and an Owner or Manager of elsewhere is nobody's but theirs.
	all(b, &far, candidateRoles+`
		WHERE r.archived_at IS NULL AND r.service_id IS NULL AND (r.kind = 'whoever' AND r.practice_id IS NULL
			OR lower(r.name) = ANY(@headings::text[]) AND (r.kind IN ('practitioner', 'whoever') OR r.practice_id IS NULL AND r.process_id IS NULL))
		  AND r.process_id IS DISTINCT FROM @process AND r.practice_id IS DISTINCT FROM @practice
		ORDER BY r.kind <> 'whoever', r.practice_id IS NOT NULL, lower(r.name), r.id LIMIT 200`, args)
	if err := s.ask(ctx, b); err != nil {
		return nil, nil, itsm.Scope{}, err
	}
	candidates := t.candidates(near, far)
	if t.ProcessID == 0 {
		if t.PracticeID != 0 && len(practices) == 0 {
			return nil, nil, itsm.Scope{}, itsm.NotFound{What: "practice"}
		}
		return nil, candidates, itsm.Scope{PracticeID: t.PracticeID}, nil
	}
	matrices := r.assemble(by, day)
	if len(matrices) == 0 {
		return nil, nil, itsm.Scope{}, itsm.NotFound{What: "process"}
	}
	return matrices[0], candidates, matrices[0].Scope(), nil
}

type candidateRow struct {
	ID          int64
	Kind        itsm.RoleKind
	Name, Scope string
}

const candidateRoles = `
	SELECT r.id, r.kind, r.name, COALESCE(t.name, p.name, '')::text AS scope
	FROM role r LEFT JOIN practice t ON t.id = r.practice_id LEFT JOIN process p ON p.id = r.process_id`

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

// ImportGrid writes a plan into its target, whole or not at all, as one event; it returns the process. m is the matrix
// that the plan was made against (nil: a new process): rows that changed since are a Conflict. staged, where not 0, is the
// upload it came from, which is used up. For those who may import there; new roles need EditRole.
func (s *Store) ImportGrid(ctx context.Context, by itsm.Actor, t GridTarget, file string, m *itsm.Matrix, p itsm.GridPlan, staged int64) (process int64, err error) {
	if open := p.Open(); len(open) > 0 {
		return 0, itsm.Invalid{Problems: []itsm.Problem{{Text: unanswered(open)}}}
	}
	at := theOrganisation
	switch t.action() {
	case itsm.ImportRACI:
		at = ofProcess(t.ProcessID)
	case itsm.AddProcess:
		at = ofPractice(t.PracticeID)
	}
	err = s.door(ctx, by, t.action(), at, func(ctx context.Context, x *tx) error {
		if err := x.useStaged(ctx, staged); err != nil {
			return err
		}
		i := &gridImport{tx: x, target: t, plan: p, matrix: m}
		if err := i.write(ctx); err != nil {
			return err
		}
		process = i.process
		x.say("imported the grid %s into [[process:%d]] of [[practice:%d]]: %d activities added, %d changed, %d roles added",
			quoted(file), i.process, i.practice, p.Count(itsm.RowAdded), p.Count(itsm.RowChanged), len(p.NewRoles()))
		if p.LeftOpen > 0 {
			x.said += fmt.Sprintf("; left open who answers in %d", p.LeftOpen)
		}
		return nil
	})
	return process, err
}

func unanswered(open []itsm.GridQuestion) string {
	if len(open) == 1 {
		return "One question has no answer yet. " + open[0].Text
	}
	return fmt.Sprintf("%d questions have no answer yet. The first: %s", len(open), open[0].Text)
}

// useStaged takes an upload once: of two confirmations one finds it gone.
func (t *tx) useStaged(ctx context.Context, id int64) error {
	if id == 0 {
		return nil
	}
	return t.change(ctx, "This upload was imported already.", `DELETE FROM staged_import WHERE id = @id AND account_id = @account`,
		pgx.StrictNamedArgs{"id": id, "account": t.by.AccountID})
}
