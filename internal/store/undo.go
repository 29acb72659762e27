package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// undoable are the actions whose events can be taken back row by row, with the kinds of mention that say where such an
// event happened, the first one found: a sentence about a matrix may begin with a role of another practice.
var undoable = map[itsm.Action][]string{
	itsm.EditPractice: {"practice"}, itsm.EditProcess: {"process", "activity"}, itsm.EditRole: {"practice", "process", "service", "role"},
	itsm.AddPractice: {"practice"}, itsm.MoveToPractice: {"practice"}, itsm.MergePractices: {"practice"}, itsm.MergeRoles: {"role"}, itsm.EditService: {"service"}, itsm.ArchivePractice: {"practice"}, itsm.ArchiveProcess: {"process", "practice"},
	itsm.ImportRACI: {"process"}, itsm.ReviewRole: {"role"}, itsm.ReviewPractitioner: {"role"}, itsm.ReviewProcess: {"process"}, itsm.ReviewPolicy: {"policy"}, itsm.EditPolicy: {"policy"},
	itsm.ImportHats: {}, itsm.ImportPolicies: {}, itsm.ImportPeople: {}, itsm.EditTeam: {}, itsm.EditCompany: {}, itsm.EditRegion: {}, itsm.SetIntervals: {}, // of the organisation
}

// undoTables are the tables whose rows undo writes back: none of them keeps a column from the trail.
var undoTables = []string{
	"practice", "practice_relation", "account_grant", "policy_attachment", "service", "service_support", "process", "process_version", "process_item", "activity", "step", "hand_off",
	"role", "raci_column", "raci_cell", "assignment", "mistake", "accepted_gap", "action", "policy", "policy_version", "review",
}

// undoTablesOf are those of what people belong to: written back for these actions alone, so that nothing else that once
// touched such a row is undone half.
var undoTablesOf = map[itsm.Action][]string{
	itsm.EditTeam: {"team", "membership"}, itsm.EditCompany: {"company"}, itsm.EditRegion: {"region"},
}

// eventRow is an event on its way to being undone.
type eventRow struct {
	Act     itsm.Action
	Summary string
	Undone  bool
	Private bool
}

// Event reads the sentence and the rows of an event that the actor may undo, for the page that asks first; NotFound otherwise.
func (s *Store) Event(ctx context.Context, by itsm.Actor, event int64) (itsm.Record, error) {
	var rows []traceRow
	b := &pgx.Batch{}
	all(b, &rows, `SELECT `+traceColumns+` FROM `+momentFrom+` WHERE e.id = @id`, pgx.StrictNamedArgs{"id": event, "rows": true, "shown": rowsShown + 1})
	var many bool
	value(b, &many, "change", `SELECT EXISTS (SELECT FROM change WHERE event_id = @id OFFSET @many)`, pgx.StrictNamedArgs{"id": event, "many": slice})
	var undoing struct {
		At   *time.Time
		By   int64
		Goes bool
	}
	one(b, &undoing, "change", `
		SELECT u.at, COALESCE(u.account_id, 0) AS by,
		       `+locked(`@lock`)+` AS goes
		FROM (SELECT) AS it LEFT JOIN event u ON u.undoes = @id`, pgx.StrictNamedArgs{"id": event, "lock": undoLock(event)})
	if err := s.ask(ctx, b); err != nil {
		return itsm.Record{}, err
	}
	if len(rows) == 0 || undoable[itsm.Action(rows[0].Act)] == nil {
		return itsm.Record{}, itsm.NotFound{What: "change"}
	}
	if !rows[0].shownTo(by, itsm.Scope{}) { // first: a refusal would tell of what kind it was
		return itsm.Record{}, itsm.NotFound{What: "change"}
	}
	if err := rows[0].allows(by); err != nil {
		return itsm.Record{}, err
	}
	rec := rows[0].whole(by)
	rec.Many, rec.Undoing = many, itsm.Undoing{Goes: undoing.Goes, Done: undoing.At != nil, By: undoing.By}
	if undoing.At != nil {
		rec.Undoing.Ago = s.now().Sub(*undoing.At)
	}
	return rec, nil
}

// locked says in SQL whether somebody holds an advisory lock.
func locked(key string) string {
	return `EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
		WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = ` + key + `)`
}

// undoLock is what is locked while an event is taken back: it says so to every server, and is gone with the transaction.
func undoLock(event int64) int64 { return 0x756e646f<<32 | event&0xffffffff }

// mentioned are the things with a scope that an event's sentence mentions and that say where it happened, the first
// alone unless all of them have a say.
func mentioned(act itsm.Action, summary string) (found []placeRow) {
	for _, kind := range undoable[act] {
		for _, m := range mention.FindAllStringSubmatch(summary, -1) {
			if id, err := strconv.ParseInt(m[2], 10, 64); err == nil && m[1] == kind {
				found = append(found, placeRow{Kind: kind, ID: id})
			}
		}
		if len(found) > 0 && act != itsm.MergeRoles && act != itsm.MoveToPractice && act != itsm.MergePractices && act != itsm.ImportRACI {
			return found[:1]
		}
	}
	return found
}

// scopes are where an event happened. Where nothing says it, that is the organisation: for those who may do it anywhere.
func (r momentRow) scopes() (at []itsm.Scope) {
	for _, m := range mentioned(itsm.Action(r.Act), r.Summary) {
		for _, p := range r.Places {
			if p.Kind == m.Kind && p.ID == m.ID {
				at = append(at, p.Scope)
			}
		}
	}
	if len(at) == 0 {
		at = []itsm.Scope{{}}
	}
	return at
}

// allows refuses who may not do what the event did, everywhere it did it.
func (r momentRow) allows(by itsm.Actor) error {
	for _, scope := range r.scopes() {
		if err := allowed(by, itsm.Action(r.Act), scope); err != nil {
			return err
		}
	}
	return nil
}

// ofEvent is where an event happened, inside the transaction that undoes it.
func ofEvent(p placeRow) scopeOf {
	of := map[string]func(int64) scopeOf{"practice": ofPractice, "process": ofProcess, "activity": ofActivity, "role": ofRole, "service": ofService, "policy": ofPolicy}
	return of[p.Kind](p.ID)
}

// Undo takes an event back with a new one that writes its rows as they were. For those who may do what it did. Conflict,
// with a name, where one of the rows was changed since, and where it was undone already.
func (s *Store) Undo(ctx context.Context, by itsm.Actor, event int64) error {
	var e eventRow
	err := s.read.QueryRow(ctx, `
		SELECT act, summary, undoes IS NOT NULL OR EXISTS (SELECT FROM event u WHERE u.undoes = e.id), private FROM event e WHERE id = $1`, event).
		Scan(&e.Act, &e.Summary, &e.Undone, &e.Private)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && undoable[e.Act] == nil {
		return itsm.NotFound{What: "change"}
	}
	if err == nil && e.Private { // of plans only those know who may read them
		_, err = s.Event(ctx, by, event)
	}
	if err != nil {
		return err
	}
	if e.Undone {
		return itsm.Conflict{Text: "This was undone already."}
	}
	at, places := theOrganisation, mentioned(e.Act, e.Summary)
	if len(places) > 0 {
		at = ofEvent(places[0])
	}
	return s.door(ctx, by, e.Act, at, func(ctx context.Context, t *tx) error {
		for _, p := range places {
			if err := t.mayToo(ctx, e.Act, ofEvent(p)); err != nil {
				return err
			}
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
		if e.Act == itsm.ImportPeople {
			return t.unimportPeople(ctx, event)
		}
		return t.writeBack(ctx, event, e.Act)
	})
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
		if c.Before == nil { // with those of its table that were added beside it
			run := addedRun(changes[n:])
			if err := t.undoAdded(ctx, event, run); err != nil {
				return err
			}
			n += len(run) - 1
			continue
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
	ids, after := make([]int64, len(run)), make([]string, len(run))
	for n, c := range run {
		text, err := json.Marshal(c.After)
		if err != nil {
			return err
		}
		ids[n], after[n] = c.RowID, string(text)
	}
	rows, err := t.Query(ctx, `
		DELETE FROM `+pgx.Identifier{run[0].TableName}.Sanitize()+` r USING unnest($1::bigint[], $2::jsonb[]) AS left_as (id, after)
		WHERE r.id = left_as.id AND `+asItLeftIt(`left_as.after`)+` RETURNING r.id`, ids, after)
	if err != nil {
		return err
	}
	gone, err := pgx.CollectRows(rows, pgx.RowTo[int64])
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
	tag, err := t.Exec(ctx, sql, args)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
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

// changedSince is the Conflict that names who changed a row after an event.
func (t *tx) changedSince(ctx context.Context, event int64, c changeRow) error {
	var who string
	var at time.Time // the organisation's day of it
	err := t.QueryRow(ctx, `
		SELECT COALESCE(p.name, 'The operator'), (e.at AT TIME ZONE (SELECT time_zone FROM organisation))::date FROM change c JOIN event e ON e.id = c.event_id LEFT JOIN person p ON p.id = e.person_id
		WHERE c.table_name = $1 AND c.row_id = $2 AND c.event_id > $3 AND c.event_id <> $4 ORDER BY c.id DESC LIMIT 1`,
		c.TableName, c.RowID, event, t.event).Scan(&who, &at)
	if errors.Is(err, pgx.ErrNoRows) {
		return itsm.Conflict{Text: "This cannot be undone any more: something it touched is no longer as it left it."}
	}
	if err != nil {
		return err
	}
	return itsm.Conflict{Text: fmt.Sprintf("This cannot be undone any more: %s changed part of it on %s.", who, itsm.ShowDay(at)), Who: who}
}
