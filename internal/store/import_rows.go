package store

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// A grid brings its activities and roles in one statement each: triggers that fire per statement cost more than rows.

// activities adds the new activities of the plan behind those that there are, locks those that change, and says of each row
// which it is.
func (i *gridImport) activities(ctx context.Context) ([]int64, error) {
	ids := make([]int64, len(i.plan.Rows))
	var fresh []int // rows
	var names, sections, texts []string
	for n, row := range i.plan.Rows {
		ids[n] = row.ActivityID
		if row.ActivityID == 0 {
			step := itsm.Step{Name: row.Name, Section: row.Section, Text: row.Text()}
			if err := step.Check(); err != nil {
				return nil, err
			}
			fresh, names, sections, texts = append(fresh, n), append(names, step.Name), append(sections, step.Section), append(texts, step.Text)
		} else if err := i.changeActivity(ctx, row); err != nil {
			return nil, err
		}
	}
	if len(fresh) == 0 {
		return ids, nil
	}
	made, err := i.serial(ctx, "activity", len(fresh))
	if err != nil {
		return nil, err
	}
	for k, n := range fresh {
		ids[n] = made[k]
	}
	if err := i.run(ctx, `INSERT INTO activity (id, process_id) OVERRIDING SYSTEM VALUE SELECT id, @process FROM unnest(@ids::bigint[]) AS id`,
		pgx.StrictNamedArgs{"ids": made, "process": i.process}); err != nil {
		return nil, err
	}
	return ids, i.run(ctx, `
		INSERT INTO step (version_id, activity_id, position, section, name, text)
		SELECT @version, id, n + (SELECT COALESCE(max(position), 0) FROM step WHERE version_id = @version), section, name, text
		FROM unnest(@ids::bigint[], @sections::text[], @names::text[], @texts::text[]) WITH ORDINALITY AS given (id, section, name, text, n)`,
		pgx.StrictNamedArgs{"version": i.version, "ids": made, "sections": sections, "names": names, "texts": texts})
}

// changeActivity locks an activity that changes, and puts it under the section that the grid names.
func (i *gridImport) changeActivity(ctx context.Context, row itsm.GridRow) error {
	if row.Change == itsm.RowSame {
		return nil
	}
	now, _ := i.matrix.Row(row.ActivityID)
	if _, err := i.step(ctx, row.ActivityID, now.Counter); err != nil {
		return err
	}
	return i.run(ctx, `
		UPDATE step SET section = @section WHERE version_id = @version AND activity_id = @activity AND @section <> '' AND section <> @section`,
		pgx.StrictNamedArgs{"version": i.version, "activity": row.ActivityID, "section": row.Section})
}

// newRoles makes the roles that no part before this one made. They hang on the practice.
func (i *gridImport) newRoles(ctx context.Context) error {
	var names, keys []string
	seen := map[string]bool{}
	for _, r := range i.plan.Roles {
		key := strings.ToLower(r.Name)
		if r.RoleID != 0 || seen[key] || i.made.newRoles[key] != 0 {
			continue
		}
		role := itsm.Role{Kind: itsm.Practitioner, Name: r.Name, PracticeID: i.practice}
		if err := role.Check(); err != nil {
			return err
		}
		seen[key] = true
		names, keys = append(names, role.Name), append(keys, key)
	}
	if len(names) == 0 {
		return nil
	}
	ids, err := i.serial(ctx, "role", len(names))
	if err != nil {
		return err
	}
	for n, key := range keys {
		i.made.newRoles[key] = ids[n]
	}
	return i.run(ctx, `
		INSERT INTO role (id, kind, name, practice_id) OVERRIDING SYSTEM VALUE
		SELECT id, 'practitioner', name, @practice FROM unnest(@ids::bigint[], @names::text[]) AS given (id, name)`,
		pgx.StrictNamedArgs{"ids": ids, "names": names, "practice": i.practice})
}
