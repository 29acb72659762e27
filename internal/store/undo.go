package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
)

// Event reads the sentence and the rows of an event that the actor may undo, for the page that asks first; NotFound otherwise.
func (s *Store) Event(ctx context.Context, by itsm.Actor, event int64) (itsm.Record, error) {
	var rows []traceRow
	b := &pgx.Batch{}
	all(b, &rows, `SELECT `+traceColumns+` FROM `+momentFrom+` WHERE e.id = @id`, withShown(true, rowsShown, pgx.StrictNamedArgs{"id": event}))
	var many bool
	value(b, &many, "change", `SELECT EXISTS (SELECT FROM change WHERE event_id = @id OFFSET @many)`, pgx.StrictNamedArgs{"id": event, "many": slice})
	since := outrun(b, event)
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
	if !rec.Undoing.Done {
		since(&rec, by)
	}
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
	return s.undo(ctx, by, event, false)
}

// errTried ends a transaction that only tries something.
var errTried = errors.New("it was only tried")

// TryUndo says what Undo would refuse an event for, by doing it and leaving nothing of it: what hangs on what would go knows nobody
// but the database. Where somebody writes there at this moment, nothing is said.
func (s *Store) TryUndo(ctx context.Context, by itsm.Actor, event int64) error {
	err := s.undo(ctx, by, event, true)
	var pg *pgconn.PgError
	if errors.Is(err, errTried) || errors.As(err, &pg) {
		return nil
	}
	return err
}

// undo takes an event back, or only tries to: then it waits for nobody, nobody waits for it, and it ends with errTried.
func (s *Store) undo(ctx context.Context, by itsm.Actor, event int64, try bool) error {
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
		if try {
			if _, err := t.Exec(ctx, `SET LOCAL lock_timeout = '200ms'; SET LOCAL statement_timeout = '2s'`); err != nil {
				return err
			}
		}
		if err := t.mayUndo(ctx, event); err != nil {
			return err
		}
		if err := t.mayUnmake(ctx, event); err != nil {
			return err
		}
		if !try {
			if err := t.aloneInUndoing(ctx, event); err != nil {
				return err
			}
		}
		t.say("undid: %s", e.Summary)
		t.private = e.Private
		if err := t.run(ctx, `UPDATE event SET undoes = @undoes WHERE id = @id`, pgx.StrictNamedArgs{"undoes": event, "id": t.event}); err != nil {
			return err
		}
		if err := t.forget(ctx, event); err != nil {
			return err
		}
		var err error
		if itsm.Action(e.Act) == itsm.ImportPeople {
			err = t.unimportPeople(ctx, event)
		} else {
			err = t.writeBack(ctx, event, itsm.Action(e.Act))
		}
		if err != nil || !try {
			return err
		}
		if _, err := t.Exec(ctx, `SET CONSTRAINTS ALL IMMEDIATE`); err != nil { // what a commit would find
			return err
		}
		return errTried
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
