package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// undoTables are the tables whose rows undo writes back: none of them keeps a column from the trail.
var undoTables = []string{
	"practice", "practice_relation", "account_grant", "policy_attachment", "service", "service_support", "process", "process_version", "process_item", "activity", "step", "hand_off",
	"role", "raci_column", "raci_cell", "assignment", "mistake", "accepted_gap", "action", "policy", "policy_version", "review",
}

// undoTablesOf are those of what people belong to: written back for these actions alone, so that nothing else that once
// touched such a row is undone half.
var undoTablesOf = map[itsm.Action][]string{
	itsm.EditTeam: {"team", "membership"}, itsm.EditCompany: {"company"}, itsm.EditRegion: {"region"},
	itsm.EditPeople: {"person", "reporting_line", "membership"}, itsm.EditAbsence: {"absence"},
	itsm.EditSettings: {"organisation"}, itsm.EditSteering: {"steering_line"},
}

// changeRow is a row before and after an event.
type changeRow struct {
	ID            int64
	TableName     string
	RowID         int64
	Before, After map[string]json.RawMessage
}

// writeBack undoes the changes of an event, the last one first.
func (t *tx) writeBack(ctx context.Context, event int64, act itsm.Action) error {
	rows, err := t.Query(ctx, `SELECT id, table_name, row_id, before, after FROM change WHERE event_id = $1 ORDER BY id DESC`, event)
	if err != nil {
		return err
	}
	changes, err := pgx.CollectRows(rows, pgx.RowToStructByName[changeRow])
	if err != nil {
		return err
	}
	for n := 0; n < len(changes); n++ {
		c := changes[n]
		if !slices.Contains(undoTables, c.TableName) && !slices.Contains(undoTablesOf[act], c.TableName) {
			return itsm.Conflict{Text: "This cannot be undone in one step."}
		}
		if c.TableName == "assignment" && act != itsm.ImportHats && act != itsm.ImportRACI { // an import that is undone leaves nothing
			if err := t.undoHat(ctx, event, c); err != nil {
				return err
			}
			continue
		}
		if err := t.staysOnRecord(ctx, event, act, c); err != nil {
			return err
		}
		if c.Before == nil { // with those of its table that were added beside it
			run := addedRun(changes[n:])
			if err := t.undoAdded(ctx, event, run); err != nil {
				return err
			}
			n += len(run) - 1
			continue
		}
		if err := t.wayIsFree(ctx, c); err != nil {
			return err
		}
		if c.TableName == "policy_attachment" && c.After != nil && string(c.Before["during"]) != string(c.After["during"]) {
			if err := t.takeOut(ctx, event, c); err != nil { // a row of it only ends: the one before comes back in its place
				return err
			}
			c.After = nil
		}
		if err := t.undoRow(ctx, event, c); err != nil {
			return err
		}
		if err := t.standsAgain(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// addedRun are the rows of one table, one after the other, that an event added.
func addedRun(changes []changeRow) []changeRow {
	n := 1
	for n < len(changes) && changes[n].Before == nil && changes[n].TableName == changes[0].TableName {
		n++
	}
	return changes[:n]
}

// undoAdded takes away what an event added to a table, in one statement: an import adds thousands of rows, and triggers fire
// once for all of them.
func (t *tx) undoAdded(ctx context.Context, event int64, run []changeRow) error {
	if run[0].TableName == "person" {
		if err := t.refuseUsed(ctx, "person", pgx.StrictNamedArgs{"event": event, "table": "person"}); err != nil {
			return err
		}
	}
	if table := run[0].TableName; table == "step" || table == "raci_column" {
		if err := t.refuseLettered(ctx, event, run); err != nil {
			return err
		}
	}
	ids, after := make([]int64, len(run)), make([]string, len(run))
	for n, c := range run {
		text, err := json.Marshal(c.After)
		if err != nil {
			return err
		}
		ids[n], after[n] = c.RowID, string(text)
	}
	var gone []int64
	err := t.apart(ctx, event, ids, func(part pgx.Tx) error {
		rows, err := part.Query(ctx, `
		DELETE FROM `+pgx.Identifier{run[0].TableName}.Sanitize()+` r USING unnest($1::bigint[], $2::jsonb[]) AS left_as (id, after)
		WHERE r.id = left_as.id AND `+asItLeftIt(`left_as.after`)+`
		  AND NOT EXISTS (SELECT FROM change k WHERE k.table_name = $3 AND k.row_id = r.id AND k.event_id > $4 AND k.hidden <> '{}') RETURNING r.id`,
			ids, after, run[0].TableName, event)
		if err != nil {
			return err
		}
		gone, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	if err != nil || len(gone) == len(run) {
		return err
	}
	slices.Sort(gone)
	for _, c := range run {
		if _, found := slices.BinarySearch(gone, c.RowID); !found {
			return t.changedSince(ctx, event, c)
		}
	}
	return nil
}

// asItLeftIt says that row r is what an event made of it, in all columns that the trail keeps and that there were then.
func asItLeftIt(after string) string {
	return `NOT EXISTS (SELECT FROM jsonb_each(` + after + ` - 'counter') f WHERE to_jsonb(r) -> f.key IS DISTINCT FROM f.value)`
}

func sanitized(columns []string) (out []string) {
	for _, c := range columns {
		out = append(out, pgx.Identifier{c}.Sanitize())
	}
	return out
}

// undoRow writes one row back that an event changed or took away. Counters never go back, so that forms opened in between are stale.
func (t *tx) undoRow(ctx context.Context, event int64, c changeRow) error {
	table := pgx.Identifier{c.TableName}.Sanitize()
	before, err := json.Marshal(c.Before)
	if err != nil {
		return err
	}
	after, err := json.Marshal(c.After)
	if err != nil {
		return err
	}
	var sql string
	args := pgx.StrictNamedArgs{"id": c.RowID}
	switch {
	case c.After == nil:
		columns := strings.Join(sanitized(slices.Sorted(maps.Keys(c.Before))), ", ") // one that came since takes its default
		sql = `INSERT INTO ` + table + ` (` + columns + `) OVERRIDING SYSTEM VALUE SELECT ` + columns + ` FROM jsonb_populate_record(NULL::` + table + `, @before::jsonb) WHERE @id <> 0`
		args["before"] = string(before)
	default:
		sql = undoUpdate(table, c)
		if strings.Contains(sql, "@before") {
			args["before"], args["after"] = string(before), string(after)
		}
	}
	var written int64
	if err := t.apart(ctx, event, nil, func(part pgx.Tx) error {
		tag, err := part.Exec(ctx, sql, args)
		written = tag.RowsAffected()
		return err
	}); err != nil {
		return err
	}
	if written == 0 {
		return t.changedSince(ctx, event, c)
	}
	return nil
}

// undoUpdate is the statement that writes the fields back that the event changed. Where nothing but the counter went up,
// it goes up once more.
func undoUpdate(table string, c changeRow) string {
	var fields []string
	for field, was := range c.Before {
		if field != "counter" && string(was) != string(c.After[field]) {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	fields = sanitized(fields)
	sets := []string{}
	if _, counted := c.Before["counter"]; counted {
		sets = append(sets, "counter = r.counter + 1")
	}
	if len(fields) == 0 {
		if len(sets) == 0 {
			return `SELECT 1 WHERE @id <> 0`
		}
		return `UPDATE ` + table + ` r SET ` + sets[0] + ` WHERE id = @id`
	}
	for _, f := range fields {
		sets = append(sets, f+" = was."+f)
	}
	return `UPDATE ` + table + ` r SET ` + strings.Join(sets, ", ") + `
		FROM jsonb_populate_record(NULL::` + table + `, @before::jsonb) was
		WHERE r.id = @id AND ` + asItLeftIt(`@after::jsonb`)
}
