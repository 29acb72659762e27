package store

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

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

// Event reads the sentence and the rows of an event that the actor may undo, for the page that asks first; NotFound otherwise.
func (s *Store) Event(ctx context.Context, by itsm.Actor, event int64) (itsm.Record, error) {
	var rows []traceRow
	b := &pgx.Batch{}
	all(b, &rows, `SELECT `+traceColumns+` FROM `+momentFrom+` WHERE e.id = @id`, withShown(true, rowsShown, pgx.StrictNamedArgs{"id": event}))
	var many bool
	value(b, &many, "change", `SELECT EXISTS (SELECT FROM change WHERE event_id = @id OFFSET @many)`, pgx.StrictNamedArgs{"id": event, "many": slice})
	var undoing struct {
		At   *time.Time
		By   int64
		Hat  int64
		Goes bool
	}
	one(b, &undoing, "change", `
		SELECT u.at, COALESCE(u.account_id, 0) AS by,
		       COALESCE((SELECT c.row_id FROM change c WHERE c.event_id = u.id AND c.table_name = 'assignment' AND c.before IS NULL LIMIT 1), 0) AS hat,
		       `+locked(`@lock`)+` AS goes
		FROM (SELECT) AS it LEFT JOIN event u ON u.undoes = @id`, pgx.StrictNamedArgs{"id": event, "lock": undoLock(event)})
	if err := s.ask(ctx, b); err != nil {
		return itsm.Record{}, err
	}
	// What may not be seen is not there: a refusal would tell of what kind it was.
	if len(rows) == 0 || !rows[0].undoable() || rows[0].Unkept && !rows[0].Undone || !rows[0].shownTo(by, rows[0].scopes()[0]) {
		return itsm.Record{}, itsm.NotFound{What: "change"}
	}
	if err := rows[0].allows(by); err != nil {
		return itsm.Record{}, err
	}
	rec := rows[0].whole(by)
	rec.Gave, rec.Took = rows[0].byRows() && slices.ContainsFunc(rows[0].Changes, rowChange.gave), slices.ContainsFunc(rows[0].Changes, rowChange.took)
	rec.Many, rec.Undoing = many, itsm.Undoing{Goes: undoing.Goes, Done: undoing.At != nil, By: undoing.By, Hat: undoing.Hat}
	if undoing.At != nil {
		rec.Undoing.Ago = s.now().Sub(*undoing.At)
	}
	return rec, nil
}

// Undoes says whether the actor may take back an event that they just wrote.
func (s *Store) Undoes(ctx context.Context, by itsm.Actor, event int64) (bool, error) {
	e, err := momentOf(ctx, s.read, event)
	if errors.As(err, &itsm.NotFound{}) {
		return false, nil
	}
	return err == nil && !e.Unkept && e.offered(by), err
}

// locked says in SQL whether somebody holds an advisory lock.
func locked(key string) string {
	return `EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
		WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = ` + key + `)`
}

// undoLock is what is locked while an event is taken back: it says so to every server, and is gone with the transaction.
func undoLock(event int64) int64 { return 0x756e646f<<32 | event&0xffffffff }

// momentOf reads an event; NotFound where there is none that can be taken back.
func momentOf(ctx context.Context, q interface {
	Query(context.Context, string, ...any) (pgx.Rows, error)
}, event int64) (momentRow, error) {
	rows, err := q.Query(ctx, `SELECT `+momentColumns+` FROM `+momentFrom+` WHERE e.id = $1`, event)
	if err != nil {
		return momentRow{}, err
	}
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[momentRow])
	if errors.Is(err, pgx.ErrNoRows) || err == nil && (!r.undoable() || r.Unkept && !r.Undone) {
		err = itsm.NotFound{What: "change"}
	}
	return r, err
}

// Undo takes an event back with a new one that writes its rows as they were; a hat that was given is withdrawn. For those who
// may do the opposite of what it did. Conflict, with a name, where one of the rows was changed since, where something stands
// in the way, and where it was undone already.
func (s *Store) Undo(ctx context.Context, by itsm.Actor, event int64) error {
	e, err := momentOf(ctx, s.read, event)
	if err == nil && e.Private { // of plans only those know who may read them
		_, err = s.Event(ctx, by, event)
	}
	if err != nil {
		return err
	}
	if e.Undone {
		return itsm.Conflict{Text: "This was undone already."}
	}
	act, at := e.undoneBy()
	return s.door(ctx, by, act, at, func(ctx context.Context, t *tx) error {
		if err := t.mayUndo(ctx, event); err != nil {
			return err
		}
		if err := t.mayUnmake(ctx, event); err != nil {
			return err
		}
		if err := t.aloneInUndoing(ctx, event); err != nil {
			return err
		}
		t.say("undid: %s", e.Summary)
		t.private = e.Private
		if err := t.run(ctx, `UPDATE event SET undoes = @undoes WHERE id = @id`, pgx.StrictNamedArgs{"undoes": event, "id": t.event}); err != nil {
			return err
		}
		if err := t.forget(ctx, event); err != nil {
			return err
		}
		if itsm.Action(e.Act) == itsm.ImportPeople {
			return t.unimportPeople(ctx, event)
		}
		return t.writeBack(ctx, event, itsm.Action(e.Act))
	})
}

// mayUndo asks for the rights everywhere where the event happened, once the roles of its hats are locked: who appoints to one
// of them at the same time does so before or after.
func (t *tx) mayUndo(ctx context.Context, event int64) error {
	if err := t.run(ctx, `
		SELECT FROM role WHERE id IN (SELECT (COALESCE(after, before) ->> 'role_id')::bigint FROM change WHERE event_id = @event AND table_name = 'assignment')
		ORDER BY id FOR NO KEY UPDATE`, pgx.StrictNamedArgs{"event": event}); err != nil {
		return err
	}
	e, err := momentOf(ctx, t, event)
	if err != nil {
		return err
	}
	for _, p := range mentioned(itsm.Action(e.Act), e.Summary) { // locks what the rights hang on
		if _, err := ofEvent(p)(ctx, t.Tx); err != nil {
			return err
		}
	}
	return e.allows(t.by)
}

// aloneInUndoing waits for whoever takes the event back already. Where they did, nothing is left to do.
func (t *tx) aloneInUndoing(ctx context.Context, event int64) error {
	if err := t.run(ctx, `SELECT pg_advisory_xact_lock(@lock)`, pgx.StrictNamedArgs{"lock": undoLock(event)}); err != nil {
		return err
	}
	n, err := t.number(ctx, `SELECT count(*) FROM event WHERE undoes = @event`, pgx.StrictNamedArgs{"event": event})
	if err == nil && n > 0 {
		err = itsm.Conflict{Text: "This was undone already."}
	}
	return err
}

// mayUnmake asks for the rights to take away what an import made: a Manager may bring a grid into a process, and take away
// neither processes nor practices nor roles.
func (t *tx) mayUnmake(ctx context.Context, event int64) error {
	rows, err := t.Query(ctx, `
		SELECT c.table_name AS kind, c.row_id AS id FROM change c JOIN event e ON e.id = c.event_id
		WHERE c.event_id = $1 AND e.act = $2 AND c.before IS NULL AND c.table_name IN ('practice', 'process', 'role')`, event, string(itsm.ImportRACI))
	if err != nil {
		return err
	}
	made, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[placeRow])
	if err != nil {
		return err
	}
	acts := map[string]itsm.Action{"practice": itsm.AddPractice, "process": itsm.ArchiveProcess, "role": itsm.EditRole}
	for _, p := range made {
		if err := t.mayToo(ctx, acts[p.Kind], ofEvent(p)); err != nil {
			return err
		}
	}
	return nil
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
