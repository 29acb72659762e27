package store

import (
	"strconv"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// What an undo would be refused for is known before it is asked for in all but a few cases: the trail says whether the rows of an
// event are still as it left them.

// outrunBy are the later events, id, that changed rows of an event, or of the first of its rows, so that they are no longer as it
// left them. Who changed a row and changed it back is none. Rows of which the event moved on no more than the counter are written
// back whatever they are.
func outrunBy(event, first string) string {
	return `
	SELECT later.event_id AS id
	FROM (
		SELECT DISTINCT ON (c.table_name, c.row_id) c.table_name, c.row_id, c.after
		FROM (SELECT * FROM change WHERE event_id = ` + event + ` ORDER BY id LIMIT ` + first + `) c
		WHERE c.before IS NULL OR c.before - 'counter' IS DISTINCT FROM c.after - 'counter'
		ORDER BY c.table_name, c.row_id, c.id DESC) made
	CROSS JOIN LATERAL (
		SELECT k.event_id, k.after FROM change k
		WHERE k.table_name = made.table_name AND k.row_id = made.row_id AND k.event_id > ` + event + ` ORDER BY k.id DESC LIMIT 1) later
	WHERE made.after IS NOT NULL
	  AND (later.after IS NULL OR EXISTS (SELECT FROM jsonb_each(made.after - 'counter') f WHERE later.after -> f.key IS DISTINCT FROM f.value))`
}

// changedSince says whether there is such an event of event e, by as many of its rows as are shown: wherever an undo is offered, by the
// same ones.
var changedSince = `(SELECT count(*) > 0 FROM (SELECT FROM (` + outrunBy(`e.id`, strconv.Itoa(rowsShown)) + `) later LIMIT 1) one)`

// letteredSince are the later events that set letters in activities and columns that event @id brought.
const letteredSince = `
	SELECT k.event_id AS id
	FROM change c JOIN raci_cell x ON x.version_id = (c.after ->> 'version_id')::bigint AND x.activity_id = (c.after ->> 'activity_id')::bigint
	JOIN change k ON k.table_name = 'raci_cell' AND k.row_id = x.id AND k.event_id > @id AND k.before IS NULL
	WHERE c.event_id = @id AND c.table_name = 'step' AND c.before IS NULL
	UNION SELECT k.event_id
	FROM change c JOIN raci_cell x ON x.version_id = (c.after ->> 'version_id')::bigint AND x.role_id = (c.after ->> 'role_id')::bigint
	JOIN change k ON k.table_name = 'raci_cell' AND k.row_id = x.id AND k.event_id > @id AND k.before IS NULL
	WHERE c.event_id = @id AND c.table_name = 'raci_column' AND c.before IS NULL`

// sinceShown is how many events that stand against an undo are named.
const sinceShown = 5

// outrun queues what was done since an event to what it wrote. What it returns says so of a record once the batch was asked:
// without what this reader may not see, though that counts as well.
func outrun(b *pgx.Batch, event int64) func(*itsm.Record, itsm.Actor) {
	var rows []momentRow
	var n int
	later := `(` + outrunBy(`@id`, `NULL`) + ` UNION ` + letteredSince + `)`
	args := pgx.StrictNamedArgs{"id": event}
	value(b, &n, "change", `SELECT count(*) FROM `+later+` later`, args)
	all(b, &rows, `SELECT `+momentColumns+` FROM `+momentFrom+` WHERE e.id IN (SELECT id FROM `+later+` later ORDER BY id DESC LIMIT @most) ORDER BY e.id DESC`,
		with(pgx.StrictNamedArgs{"most": sinceShown}, args))
	return func(r *itsm.Record, by itsm.Actor) {
		r.Outrun = n
		for _, e := range rows {
			if e.shownTo(by, e.scopes()[0]) {
				m := e.placed(by, itsm.Scope{})
				m.Undoes, m.Unkept = false, false
				r.Since = append(r.Since, m)
			}
		}
	}
}
