package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
)

// tx is a transaction inside the door: its event is open, and every row it writes hangs on that event.
type tx struct {
	pgx.Tx
	by      itsm.Actor
	event   int64
	today   time.Time // the organisation's day
	at      time.Time
	said    string
	reason  string
	private bool
}

// say completes the event's sentence, without its subject: "appointed [[person:4]] as [[role:7]]". Entities in
// brackets become links with today's names, and the event stands in their history.
func (t *tx) say(format string, args ...any) { t.said = fmt.Sprintf(format, args...) }

// scopeOf finds, inside the transaction, where a write happens; its rows are locked where rights or rules hang on them.
type scopeOf func(context.Context, pgx.Tx) (itsm.Scope, error)

// door is the one way to change a fact: begin, find the scope, ask Can, open the event, do it, complete the event,
// commit. by may be denied (Forbidden); what a constraint refuses comes back as an error of itsm; a deadlock or a
// serialization failure is tried again, so do must not keep what it computed in an earlier try.
func (s *Store) door(ctx context.Context, by itsm.Actor, act itsm.Action, at scopeOf, do func(context.Context, *tx) error) error {
	var err error
	for range 4 {
		err = s.pass(ctx, by, act, at, do)
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "40P01" && pg.Code != "40001" {
			break
		}
	}
	return translate(err)
}

func (s *Store) pass(ctx context.Context, by itsm.Actor, act itsm.Action, at scopeOf, do func(context.Context, *tx) error) error {
	raw, err := s.write.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = raw.Rollback(ctx) }() // after a commit there is nothing left to roll back
	scope, err := at(ctx, raw)
	if err != nil {
		return err
	}
	if err := allowed(by, act, scope); err != nil {
		return err
	}
	t := &tx{Tx: raw, by: by, at: s.now()}
	if err := t.open(ctx, act); err != nil {
		return err
	}
	if err := do(ctx, t); err != nil {
		return err
	}
	if err := t.complete(ctx); err != nil {
		return err
	}
	if err := commit(ctx, raw); err != nil {
		return err
	}
	if by.Wrote != nil {
		by.Wrote(t.event)
	}
	return nil
}

// commit says Unsure where the answer to a commit never came: only the database's own refusal means that nothing stands.
// What pgx says of a line that broke meanwhile is no guide: that it is safe to try again it says of a commit, too, that the
// database heard. Before it is sent nothing can stand.
func commit(ctx context.Context, t pgx.Tx) error {
	if t.Conn().IsClosed() {
		return pgconn.ErrConnClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := t.Commit(ctx)
	var pg *pgconn.PgError
	if err == nil || errors.Is(err, pgx.ErrTxCommitRollback) || errors.As(err, &pg) && !strings.HasPrefix(pg.Code, "57P") {
		return err
	}
	return itsm.Unsure{Err: err}
}

// allowed refuses who may not do act at a scope; of what an external may not see, nothing is said at all.
func allowed(by itsm.Actor, act itsm.Action, at itsm.Scope) error {
	why := by.WritesNothing(act, at)
	switch {
	case by.Can(act, at):
		return nil
	case by.On != nil && why != "":
		return itsm.Forbidden{Why: why}
	case at.PracticeID != 0 && !by.Operator && !by.MaySee(at.PracticeID):
		return itsm.NotFound{What: "page"}
	case why != "":
		return itsm.Forbidden{Why: why}
	}
	return itsm.Forbidden{Why: forbidden(act)}
}

// forbidden names those who may, so that a reader knows whom to ask.
func forbidden(act itsm.Action) string {
	who := make([]string, 0, 4)
	for _, r := range itsm.Rights(act) {
		who = append(who, string(r))
	}
	return "You may not " + string(act) + " here. It is for " + strings.Join(who, "; ") + "."
}

func (t *tx) open(ctx context.Context, act itsm.Action) error {
	actor, account, person := "account", &t.by.AccountID, &t.by.PersonID
	if t.by.Operator {
		actor, account, person = "operator", nil, nil
	}
	return t.QueryRow(ctx, `
		WITH opened AS (
			INSERT INTO event (at, actor, account_id, person_id, act, request)
			VALUES (@at, @actor, @account, @person, @act, @request)
			RETURNING id
		)
		SELECT id, (SELECT (@at::timestamptz AT TIME ZONE time_zone)::date FROM organisation), set_config('hatrack.event', id::text, true)
		FROM opened`, pgx.StrictNamedArgs{
		"at": t.at, "actor": actor, "account": account, "person": person, "act": string(act), "request": t.by.Request,
	}).Scan(&t.event, &t.today, nil)
}

var mention = regexp.MustCompile(`\[\[([a-z]+):(\d+)\]\]`)

func (t *tx) complete(ctx context.Context) error {
	if t.said == "" {
		return errors.New("an event without a sentence: " + strconv.FormatInt(t.event, 10))
	}
	var kinds []string
	var ids []int64
	for _, m := range mention.FindAllStringSubmatch(t.said, -1) {
		id, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil {
			return err
		}
		kinds, ids = append(kinds, m[1]), append(ids, id)
	}
	b := &pgx.Batch{}
	b.Queue(`UPDATE event SET summary = @said, reason = @reason, private = @private WHERE id = @event`,
		pgx.StrictNamedArgs{"said": t.said, "reason": t.reason, "private": t.private, "event": t.event})
	b.Queue(`INSERT INTO event_about (event_id, kind, id)
		SELECT DISTINCT @event::bigint, kind, id FROM unnest(@kinds::text[], @ids::bigint[]) AS about (kind, id)`,
		pgx.StrictNamedArgs{"event": t.event, "kinds": kinds, "ids": ids})
	return t.SendBatch(ctx, b).Close()
}

// about lets the histories of things tell the event beside those that its sentence names: too many to be named.
func (t *tx) about(ctx context.Context, kind string, ids []int64) error {
	return t.run(ctx, `INSERT INTO event_about (event_id, kind, id) SELECT DISTINCT @event::bigint, @kind, id FROM unnest(@ids::bigint[]) AS about (id) WHERE id <> 0`,
		pgx.StrictNamedArgs{"event": t.event, "kind": kind, "ids": ids})
}

// run executes one statement.
func (t *tx) run(ctx context.Context, sql string, args pgx.StrictNamedArgs) error {
	_, err := t.Exec(ctx, sql, args)
	return err
}

// change executes a statement that must touch a row: none means that the row was changed or removed meanwhile.
func (t *tx) change(ctx context.Context, stale, sql string, args pgx.StrictNamedArgs) error {
	tag, err := t.Exec(ctx, sql, args)
	if err == nil && tag.RowsAffected() == 0 {
		return itsm.Conflict{Text: stale}
	}
	return err
}

// edit executes a statement on the row of a table that args names by id; where it is no longer as its form saw it, the
// Conflict says who was quicker.
func (t *tx) edit(ctx context.Context, table, sql string, args pgx.StrictNamedArgs) error {
	tag, err := t.Exec(ctx, sql, args)
	if err == nil && tag.RowsAffected() == 0 {
		return t.outrun(ctx, table, `SELECT @id::bigint`, pgx.StrictNamedArgs{"id": args["id"]})
	}
	return err
}

// outrun is the Conflict that names who changed a row since its form was opened, and when; of what is archived or done
// meanwhile it says how one goes on. Of what only some may read about in the trail, it names nobody.
func (t *tx) outrun(ctx context.Context, table, row string, args pgx.StrictNamedArgs) error {
	var last struct {
		person                          int64
		who                             string
		at                              time.Time // by the organisation's clock
		private, archived, merged, done bool
	}
	err := t.QueryRow(ctx, `
		SELECT COALESCE(p.id, 0), COALESCE(p.name, 'The operator'), e.at AT TIME ZONE (SELECT time_zone FROM organisation), e.private,
		       c.after ->> 'archived_at' IS NOT NULL, c.after ->> 'merged_into_id' IS NOT NULL, c.after ->> 'done_on' IS NOT NULL
		FROM change c JOIN event e ON e.id = c.event_id LEFT JOIN person p ON p.id = e.person_id
		WHERE c.table_name = @table AND c.row_id = (`+row+`) AND e.id <> @event ORDER BY c.id DESC LIMIT 1`,
		with(args, pgx.StrictNamedArgs{"table": table, "event": t.event})).
		Scan(&last.person, &last.who, &last.at, &last.private, &last.archived, &last.merged, &last.done)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	when := " on " + itsm.ShowDay(last.at) + " at " + last.at.Format("15:04")
	if err != nil || last.private {
		last.who, last.person, when = "Somebody", 0, ""
	}
	switch {
	case last.merged:
		return itsm.Conflict{Text: last.who + " merged this into another one" + when + ". Change that one instead."}
	case last.archived:
		return itsm.Conflict{Text: last.who + " archived this" + when + ". Bring it back to change it."}
	case last.done:
		return itsm.Conflict{Text: last.who + " closed this as done" + when + ". Open it again to change it."}
	case last.person != 0 && last.person == t.by.PersonID:
		return itsm.Conflict{Text: "You changed this elsewhere" + when + ", after you opened it here. Look at what stands now, and repeat."}
	}
	if when != "" {
		when += ","
	}
	return itsm.Conflict{Text: last.who + " changed this" + when + " after you opened it. Look at what stands now, and repeat.", Who: last.who}
}

// number executes a statement that returns one id or counter.
func (t *tx) number(ctx context.Context, sql string, args pgx.StrictNamedArgs) (n int64, err error) {
	err = t.QueryRow(ctx, sql, args).Scan(&n)
	return n, err
}

// serial takes the next n ids of a table, for rows that name each other before they are written.
func (t *tx) serial(ctx context.Context, table string, n int) ([]int64, error) {
	rows, err := t.Query(ctx, `SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)`, table, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// once refuses what this very transaction wrote where the same stands already: a form sent twice. Both of two at once
// would find themselves alone, so they queue by key first; the count comes after what was written.
func (t *tx) once(ctx context.Context, key, twice, count string, args pgx.StrictNamedArgs) error {
	if err := t.run(ctx, `SELECT pg_advisory_xact_lock(hashtext(@key))`, pgx.StrictNamedArgs{"key": key}); err != nil {
		return err
	}
	n, err := t.number(ctx, count, args)
	if err == nil && n > 1 {
		return itsm.Conflict{Text: twice}
	}
	return err
}

// theOrganisation is the scope of what belongs to no practice.
func theOrganisation(context.Context, pgx.Tx) (itsm.Scope, error) { return itsm.Scope{}, nil }

// ofPerson is about a person; the line upwards from them has a say.
func ofPerson(id int64) scopeOf {
	return func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		at := itsm.Scope{PersonID: id}
		err := t.QueryRow(ctx, `
			WITH RECURSIVE up AS (
				SELECT manager_id FROM reporting_line WHERE person_id = $1
				UNION
				SELECT l.manager_id FROM reporting_line l JOIN up ON l.person_id = up.manager_id
			)
			SELECT (SELECT COALESCE(array_agg(manager_id), '{}') FROM up) FROM person WHERE id = $1`, id).Scan(&at.Managers)
		if errors.Is(err, pgx.ErrNoRows) {
			return at, itsm.NotFound{What: "person"}
		}
		return at, err
	}
}

func scopeRow(what, sql string, id int64) scopeOf {
	return func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		var at itsm.Scope
		err := t.QueryRow(ctx, sql, id).Scan(&at.PracticeID, &at.ProcessID, &at.ServiceID)
		if errors.Is(err, pgx.ErrNoRows) {
			return at, itsm.NotFound{What: what}
		}
		return at, err
	}
}

func ofPractice(id int64) scopeOf {
	return scopeRow("practice", `SELECT id, 0::bigint, 0::bigint FROM practice WHERE id = $1 FOR SHARE`, id)
}

func ofProcess(id int64) scopeOf {
	return scopeRow("process", `SELECT practice_id, id, 0::bigint FROM process WHERE id = $1 FOR SHARE`, id)
}

func ofActivity(id int64) scopeOf {
	return scopeRow("activity", `
		SELECT p.practice_id, p.id, 0::bigint FROM activity a JOIN process p ON p.id = a.process_id WHERE a.id = $1 FOR SHARE`, id)
}

func ofService(id int64) scopeOf {
	return scopeRow("service", `SELECT 0::bigint, 0::bigint, id FROM service WHERE id = $1 FOR SHARE`, id)
}

func ofRole(id int64) scopeOf {
	return scopeRow("role", `
		SELECT COALESCE(r.practice_id, p.practice_id, 0), COALESCE(r.process_id, 0), COALESCE(r.service_id, 0)
		FROM role r LEFT JOIN process p ON p.id = r.process_id
		WHERE r.id = $1 FOR SHARE OF r`, id)
}
