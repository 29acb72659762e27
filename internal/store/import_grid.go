package store

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// gridImport writes one plan of a batch.
type gridImport struct {
	*tx
	target  GridTarget
	plan    itsm.GridPlan
	matrix  *itsm.Matrix
	process int64
	version int64
	// practice is where new roles hang.
	practice int64
	roles    []int64 // of the plan's roles, in order
	made     *batchImport
}

func (i *gridImport) write(ctx context.Context) error {
	if err := i.ground(ctx); err != nil {
		return err
	}
	if err := i.takeOut(ctx); err != nil {
		return err
	}
	if err := i.columns(ctx); err != nil {
		return err
	}
	activities, err := i.activities(ctx)
	if err != nil {
		return err
	}
	return i.cells(ctx, activities)
}

// ground finds or makes the process, and locks its draft.
func (i *gridImport) ground(ctx context.Context) (err error) {
	t := i.target
	i.process, i.practice = t.ProcessID, t.PracticeID
	counter := int64(Latest)
	switch {
	case t.ProcessID != 0:
		i.practice, counter = i.matrix.PracticeID, i.matrix.Counter
	case t.PracticeID == 0:
		p := itsm.Practice{Name: t.Practice, Category: itsm.ServiceManagement, State: i.made.state}
		if err := p.Check(); err != nil {
			return err
		}
		if i.practice, err = i.made.practice(p.Name, func() (int64, error) { return i.addPractice(ctx, p) }); err != nil {
			return err
		}
	}
	if i.process == 0 {
		if i.process, err = i.bareProcess(ctx, itsm.Process{PracticeID: i.practice, Name: t.Process, Kind: itsm.Daily}); err != nil {
			return err
		}
	}
	if i.version, err = i.draft(ctx, i.process, counter); err != nil || t.ProcessID != 0 {
		return err
	}
	// Of its practice's roles a new process uses those who answer for it; of the others, what the grid names and no more:
	// of thirty grids of one practice each has its own columns.
	return i.run(ctx, `
		INSERT INTO raci_column (version_id, role_id, position)
		SELECT @version, r.id, row_number() OVER (ORDER BY `+roleOrder+`) FROM role r
		WHERE r.practice_id = @practice AND r.archived_at IS NULL AND r.kind IN ('owner', 'manager')`,
		pgx.StrictNamedArgs{"version": i.version, "practice": i.practice})
}

// columns makes the new roles and brings all of them into the matrix, in the grid's order.
func (i *gridImport) columns(ctx context.Context) error {
	if at := (itsm.Scope{PracticeID: i.practice}); len(i.plan.NewRoles()) > 0 && !i.by.Can(itsm.EditRole, at) {
		return itsm.Forbidden{Why: "New roles are for the Owner or the service management office to add. Match these headings to roles that there are, or leave them out."}
	}
	birth, err := i.birthRoles(ctx)
	if err != nil {
		return err
	}
	if err := i.newRoles(ctx); err != nil {
		return err
	}
	i.roles = make([]int64, len(i.plan.Roles))
	for n, r := range i.plan.Roles {
		switch {
		case r.RoleID < 0:
			i.roles[n] = birth[r.RoleID]
		case r.RoleID > 0:
			i.roles[n] = r.RoleID
		default:
			i.roles[n] = i.made.newRoles[strings.ToLower(r.Name)]
		}
	}
	return i.addColumns(ctx, i.version, i.roles)
}

// birthRoles are the roles of a new practice, by what stood for them in the plan.
func (i *gridImport) birthRoles(ctx context.Context) (map[int64]int64, error) {
	out := map[int64]int64{}
	if i.target.PracticeID != 0 || i.target.ProcessID != 0 {
		return out, nil
	}
	for kind, stands := range born {
		id, err := i.number(ctx, `SELECT id FROM role WHERE practice_id = @practice AND kind = @kind ORDER BY id LIMIT 1`,
			pgx.StrictNamedArgs{"practice": i.practice, "kind": string(kind)})
		if err != nil {
			return nil, err
		}
		out[stands] = id
	}
	return out, nil
}

// takeOut removes the activities that the grid does not name, where that was decided.
func (i *gridImport) takeOut(ctx context.Context) error {
	ids := make([]int64, len(i.plan.TakenOut))
	for n, out := range i.plan.TakenOut {
		if _, err := i.step(ctx, out.ActivityID, out.Counter); err != nil {
			return err
		}
		ids[n] = out.ActivityID
	}
	if len(ids) == 0 {
		return nil
	}
	return i.removeSteps(ctx, i.version, ids)
}

// cells writes the letters of all new and changed rows at once. Of a changed row the named roles are set anew, and an A
// moves from a role that the grid does not name.
func (i *gridImport) cells(ctx context.Context, activities []int64) error {
	var changed, moved, at, roles []int64
	var letters, notes []string
	for n, row := range i.plan.Rows {
		if row.Change == itsm.RowSame {
			continue
		}
		if row.Change == itsm.RowChanged {
			changed = append(changed, activities[n])
		}
		for k, c := range row.Cells {
			if c.Letters == 0 {
				continue
			}
			at, roles, letters, notes = append(at, activities[n]), append(roles, i.roles[k]), append(letters, c.Letters.String()), append(notes, c.Note)
			if c.Letters.Has(itsm.LetterA) && row.Change == itsm.RowChanged {
				moved = append(moved, activities[n])
			}
		}
	}
	if slices.ContainsFunc(letters, func(l string) bool { return l[len(l)-1] == 'S' }) {
		if err := i.allowSupport(ctx, itsm.LetterS); err != nil {
			return err
		}
	}
	args := pgx.StrictNamedArgs{"version": i.version, "changed": changed, "roles": i.roles}
	if err := i.run(ctx, `DELETE FROM raci_cell WHERE version_id = @version AND activity_id = ANY(@changed::bigint[]) AND role_id = ANY(@roles::bigint[])`, args); err != nil {
		return err
	}
	move := pgx.StrictNamedArgs{"version": i.version, "moved": moved}
	if err := i.run(ctx, `DELETE FROM raci_cell WHERE version_id = @version AND activity_id = ANY(@moved::bigint[]) AND letters = 'A'`, move); err != nil {
		return err
	}
	if err := i.run(ctx, `UPDATE raci_cell SET letters = substr(letters, 2) WHERE version_id = @version AND activity_id = ANY(@moved::bigint[]) AND letters LIKE 'A%'`, move); err != nil {
		return err
	}
	return i.run(ctx, `
		INSERT INTO raci_cell (version_id, activity_id, role_id, letters, note)
		SELECT @version, a, r, l, n FROM unnest(@at::bigint[], @roles::bigint[], @letters::text[], @notes::text[]) AS cell (a, r, l, n)`,
		pgx.StrictNamedArgs{"version": i.version, "at": at, "roles": roles, "letters": letters, "notes": notes})
}
