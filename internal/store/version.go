package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Latest stands for whatever counter a row has now: for writes that come from no form.
const Latest = -1

// draft is the version of a process that may be written, locked and with its counter one up. Conflict where its counter
// is not the one given (Latest: any), or where the process is archived.
func (t *tx) draft(ctx context.Context, process, counter int64) (version int64, err error) {
	version, err = t.number(ctx, `
		UPDATE process_version SET counter = counter + 1
		WHERE process_id = @process AND state = 'draft' AND (@counter = -1 OR counter = @counter)
		  AND EXISTS (SELECT FROM process WHERE id = @process AND archived_at IS NULL)
		RETURNING id`, pgx.StrictNamedArgs{"process": process, "counter": counter})
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, t.outrunProcess(ctx, process, "process_version", `SELECT id FROM process_version WHERE process_id = @process AND state = 'draft'`, nil)
	}
	return version, err
}

// step is an activity's row in its process's draft, locked and with its counter one up. Conflict where its counter is not
// the one given (Latest: any).
func (t *tx) step(ctx context.Context, activity, counter int64) (version int64, err error) {
	version, err = t.number(ctx, `
		UPDATE step s SET counter = s.counter + 1
		FROM process_version x JOIN process c ON c.id = x.process_id
		WHERE s.version_id = x.id AND x.state = 'draft' AND s.activity_id = @activity AND c.archived_at IS NULL
		  AND (@counter = -1 OR s.counter = @counter)
		RETURNING s.version_id`, pgx.StrictNamedArgs{"activity": activity, "counter": counter})
	if errors.Is(err, pgx.ErrNoRows) {
		process, err := t.number(ctx, `SELECT process_id FROM activity WHERE id = @activity`, pgx.StrictNamedArgs{"activity": activity})
		if err != nil {
			return 0, err
		}
		if err := t.takenOut(ctx, process, activity); err != nil {
			return 0, err
		}
		return 0, t.outrunProcess(ctx, process, "step", `
			SELECT s.id FROM step s JOIN process_version x ON x.id = s.version_id WHERE x.process_id = @process AND x.state = 'draft' AND s.activity_id = @activity`,
			pgx.StrictNamedArgs{"activity": activity})
	}
	return version, err
}

// takenOut says that an activity is in its process's draft no more; nil where it is, and where there is no draft.
func (t *tx) takenOut(ctx context.Context, process, activity int64) error {
	var there bool
	err := t.QueryRow(ctx, `
		SELECT COALESCE((SELECT EXISTS (SELECT FROM step s WHERE s.version_id = v.id AND s.activity_id = @activity) FROM process_version v WHERE v.process_id = @process AND v.state = 'draft'), true)`,
		pgx.StrictNamedArgs{"process": process, "activity": activity}).Scan(&there)
	if err != nil || there {
		return err
	}
	return t.unlessArchived(ctx, process, itsm.Conflict{Text: "This activity was taken out meanwhile. Nothing was saved; the history of the process can bring it back."})
}

// outrunProcess is outrun for a row of @process's draft, where the process itself may be archived.
func (t *tx) outrunProcess(ctx context.Context, process int64, table, row string, args pgx.StrictNamedArgs) error {
	if err := t.unlessArchived(ctx, process, nil); err != nil {
		return err
	}
	return t.outrun(ctx, table, row, with(pgx.StrictNamedArgs{"process": process}, args))
}

// unarchived refuses to hang something on what was archived meanwhile.
func (t *tx) unarchived(ctx context.Context, table string, id int64) error {
	var archived bool
	of := pgx.StrictNamedArgs{"id": id}
	if err := t.QueryRow(ctx, `SELECT COALESCE((SELECT archived_at IS NOT NULL FROM `+table+` WHERE id = @id), false)`, of).Scan(&archived); err != nil || !archived {
		return err
	}
	return t.outrun(ctx, table, `SELECT @id::bigint`, of)
}

// unlessArchived is a refusal to write in a process; where it is archived, that is why.
func (t *tx) unlessArchived(ctx context.Context, process int64, refusal error) error {
	if err := t.unarchived(ctx, "process", process); err != nil {
		return err
	}
	return refusal
}

// place is a table of rows that stand in an order: its rows of one parent are numbered from 1.
type place struct{ table, parent, key string }

var (
	stepOrder    = place{"step", "version_id", "activity_id"}
	columnOrder  = place{"raci_column", "version_id", "role_id"}
	processOrder = place{"process", "practice_id", "id"}
)

// move puts one row at a position (from 1; beyond the end is the end) and numbers the others around it. extra narrows
// the rows that are ordered together.
func (t *tx) move(ctx context.Context, p place, parent, key int64, to int, extra string) error {
	return t.run(ctx, fmt.Sprintf(`
		WITH others AS (
			SELECT id, row_number() OVER (ORDER BY position, id) AS n FROM %[1]s WHERE %[2]s = @parent AND %[3]s <> @key %[4]s
		), placed AS (
			SELECT id, CASE WHEN n >= @to::int THEN n + 1 ELSE n END AS n FROM others
			UNION ALL
			SELECT id, LEAST(GREATEST(@to::int, 1), (SELECT count(*) + 1 FROM others)) FROM %[1]s WHERE %[2]s = @parent AND %[3]s = @key
		)
		UPDATE %[1]s r SET position = placed.n FROM placed WHERE r.id = placed.id AND r.position <> placed.n`, p.table, p.parent, p.key, extra),
		pgx.StrictNamedArgs{"parent": parent, "key": key, "to": to})
}
