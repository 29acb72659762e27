package store

import (
	"context"
	"iter"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Rows are shown of one event where there are no more than rowsShown. An import has thousands: a few of them show what they are
// like, and they go out as a file.
const (
	rowsShown  = 10
	rowsOfMany = 3
)

// manyRows says whether event e has more rows than are shown, firstRows are those that are.
const (
	manyRows  = `EXISTS (SELECT FROM change m WHERE m.event_id = e.id OFFSET @shown)`
	firstRows = `SELECT * FROM change WHERE event_id = e.id ORDER BY id LIMIT CASE WHEN ` + manyRows + ` THEN @of_many ELSE @shown END`
)

// withShown are arguments with those of traceColumns.
func withShown(rows bool, ofMany int, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	return with(pgx.StrictNamedArgs{"rows": rows, "shown": rowsShown, "of_many": ofMany}, args)
}

// traceColumns reads a traceRow; rows and names only where @rows.
var traceColumns = momentFacts + `, e.reason, e.request, COALESCE(e.undoes, 0) AS undid,
	CASE WHEN @rows::bool THEN (
		SELECT COALESCE(jsonb_agg(` + changeJSON + ` ORDER BY c.id), '[]') FROM (` + firstRows + `) c
	) ELSE '[]' END AS changes,
	@rows AND ` + manyRows + ` AS more,
	@rows AND ` + changedSince + ` AS stale,
	CASE WHEN @rows THEN (` + refsOf(firstRows) + `	) ELSE '{}' END AS refs`

// changeJSON is a rowChange out of change c.
const changeJSON = `jsonb_build_object('Table', c.table_name, 'Before', c.before, 'After', c.after, 'Hidden', c.hidden)`

// placedName is mentionName for a row, where no sentence around it says what a role hangs on.
const placedName = `
	CASE WHEN m.kind = 'role' THEN (
		SELECT ` + roleCalled + ` || COALESCE(' of ' || COALESCE(c.name, t.name, v.name), '')
		FROM role r LEFT JOIN process c ON c.id = r.process_id LEFT JOIN practice t ON t.id = r.practice_id LEFT JOIN service v ON v.id = r.service_id
		WHERE r.id = m.id)
	ELSE ` + mentionName + ` END`

// refsOf are the names of all that some changes refer to, and of the roles and policies that they change.
func refsOf(changes string) string {
	return `
		SELECT COALESCE(jsonb_object_agg(m.kind || ':' || m.id, ` + orGone(placedName) + `), '{}')
		FROM (
			SELECT DISTINCT CASE f.k WHEN 'id' THEN c.table_name ELSE ` + refKinds + ` ->> f.k END AS kind, f.v::bigint AS id
			FROM (` + changes + `) c,
			     LATERAL (SELECT * FROM jsonb_each_text(COALESCE(c.before, '{}')) UNION ALL SELECT * FROM jsonb_each_text(COALESCE(c.after, '{}'))) f (k, v)
			WHERE (` + refKinds + ` ? f.k OR f.k = 'id' AND c.table_name IN ('role', 'policy')) AND f.v ~ '^\d{1,18}$'
		) m`
}

// within are what else the whole history of a subject is about: everything that lies in it.
var within = map[string]string{
	"practice": subjects["practice"] + `
		UNION ALL SELECT 'activity', a.id FROM activity a JOIN process c ON c.id = a.process_id WHERE c.practice_id = @id
		UNION ALL SELECT 'role', r.id FROM role r JOIN process c ON c.id = r.process_id WHERE c.practice_id = @id`,
	"process": subjects["process"], "role": subjects["role"], "service": subjects["service"],
}

// kindTables are the tables whose rows make a change one of a kind.
var kindTables = map[string][]string{
	"hats":      {"assignment", "absence", "membership", "reporting_line", "person", "team", "company", "account_grant"},
	"letters":   {"raci_cell"},
	"texts":     {"practice", "service", "role", "process_version", "process_item", "step", "policy_version"},
	"structure": {"activity", "process", "raci_column", "hand_off", "practice_relation", "service_support"},
	"policies":  {"policy", "policy_version", "policy_attachment", "review"},
	"gaps":      {"accepted_gap", "action", "mistake", "steering_line"},
}

// midnight makes an instant of a day's beginning; as a sub-select, so that the index on events' instants answers.
const midnight = `AT TIME ZONE (SELECT time_zone FROM organisation)`

// ofKind are changes of a kind, rareKind of them and one more.
const (
	ofKind   = `SELECT event_id FROM change WHERE table_name = ANY(@tables::text[]) LIMIT @rare + 1`
	rareKind = 5000
)

// traceWhere are the conditions of a filter on event e, put together from fixed fragments. A counter that went up is no
// change of a text.
func traceWhere(f itsm.HistoryFilter, args pgx.StrictNamedArgs) string {
	where := "true"
	add := func(on bool, sql, name string, value any) {
		if on {
			where += " AND " + sql
			args[name] = value
		}
	}
	add(f.Before > 0, `(e.at, e.id) < (SELECT b.at, b.id FROM event b WHERE b.id = @before)`, "before", f.Before)
	if f.From != nil {
		add(true, `e.at >= (@from::date)::timestamp `+midnight, "from", *f.From)
	}
	if f.To != nil {
		add(true, `e.at < (@to::date + 1)::timestamp `+midnight, "to", *f.To)
	}
	// Of a kind with few changes their events are looked up: one by one the trail would be read to its beginning.
	add(kindTables[f.Kind] != nil, `((SELECT count(*) FROM (`+ofKind+`) k) > @rare OR e.id IN (SELECT event_id FROM (`+ofKind+`) k))`, "rare", rareKind)
	add(kindTables[f.Kind] != nil, `EXISTS (SELECT FROM change c WHERE c.event_id = e.id AND c.table_name = ANY(@tables::text[])
		AND (c.before - 'counter' - 'position') IS DISTINCT FROM (c.after - 'counter' - 'position'))`, "tables", kindTables[f.Kind])
	add(f.Act != "", `e.act = @act`, "act", string(f.Act))
	if words := patterns(f.Who); len(words) > 0 {
		add(true, `e.person_id = ANY(ARRAY(SELECT w.id FROM person w WHERE lower(w.name) LIKE ALL (@who::text[]) LIMIT 200))`, "who", words)
	}
	return where
}

// historyHead is the subject of a history; at is where its rights hang.
type historyHead struct {
	Name      string
	Practice  int64
	Process   int64
	Service   int64
	AlwaysFor bool // a role of the case belongs to nobody
}

// heads read a historyHead by kind; NotFound is for the caller where the reader may not see it.
var heads = map[string]string{
	"practice": `SELECT name, id AS practice, 0::bigint AS process, 0::bigint AS service, false AS always_for FROM practice WHERE id = @id`,
	"process":  `SELECT name, practice_id AS practice, id AS process, 0::bigint AS service, false AS always_for FROM process WHERE id = @id`,
	"role": `SELECT ` + roleCalled + ` AS name, COALESCE(r.practice_id, c.practice_id, 0) AS practice, COALESCE(r.process_id, 0) AS process, COALESCE(r.service_id, 0) AS service, r.kind = 'whoever' AS always_for
		FROM role r LEFT JOIN process c ON c.id = r.process_id WHERE r.id = @id`,
	"service": `SELECT v.name, 0::bigint AS practice, 0::bigint AS process, v.id AS service, false AS always_for FROM service v WHERE v.id = @id AND ` + serviceSeen,
	"policy": `SELECT (SELECT n.title FROM policy_version n WHERE n.policy_id = y.id ORDER BY n.number DESC LIMIT 1) AS name, 0::bigint AS practice, 0::bigint AS process, 0::bigint AS service, false AS always_for
		FROM policy y WHERE y.id = @id AND ` + policySeen,
	"person":  `SELECT name, 0::bigint AS practice, 0::bigint AS process, 0::bigint AS service, false AS always_for FROM person WHERE id = @id`,
	"team":    `SELECT name, 0::bigint AS practice, 0::bigint AS process, 0::bigint AS service, false AS always_for FROM team WHERE id = @id`,
	"company": `SELECT name, 0::bigint AS practice, 0::bigint AS process, 0::bigint AS service, false AS always_for FROM company WHERE id = @id`,
}

// History is a page of the history of a subject (practice, process, role, service, policy, person, team or company) and of what
// lies within it, the latest first, as far as the reader may know it. NotFound where they may not see the subject.
func (s *Store) History(ctx context.Context, by itsm.Actor, kind string, id int64, f itsm.HistoryFilter) (h itsm.History, err error) {
	var head historyHead
	var rows []traceRow
	b := &pgx.Batch{}
	headArgs := pgx.StrictNamedArgs{"id": id}
	if kind == "service" || kind == "policy" {
		headArgs = seeing(by, headArgs)
		if kind == "policy" {
			headArgs["day"] = by.Today
		}
	}
	one(b, &head, kind, heads[kind], headArgs)
	args := withShown(by.ReadsSomeTrail(), rowsOfMany, pgx.StrictNamedArgs{"kind": kind, "id": id, "most": itsm.HistoryPage})
	all(b, &rows, `
		WITH subject (kind, id) AS (
			SELECT @kind::text, @id::bigint `+within[kind]+`
		), found AS (
			SELECT DISTINCT e.at, e.id FROM subject s JOIN event_about a ON a.kind = s.kind AND a.id = s.id JOIN event e ON e.id = a.event_id
			WHERE `+traceWhere(f, args)+` ORDER BY e.at DESC, e.id DESC LIMIT @most
		)
		SELECT `+traceColumns+` FROM `+momentFrom+` JOIN found ON found.id = e.id ORDER BY e.at DESC, e.id DESC`, args)
	var matrix matrixRows
	if kind == "process" {
		matrix.queue(b, by, by.Day(), oneProcess, id)
	}
	if err = s.ask(ctx, b); err != nil {
		return h, err
	}
	at := itsm.Scope{PracticeID: head.Practice, ProcessID: head.Process, ServiceID: head.Service}
	if !seesSubject(by, kind, id, head) {
		return itsm.History{}, itsm.NotFound{What: kind}
	}
	h = itsm.History{Kind: kind, ID: id, Name: head.Name, At: at}
	if matrices := matrix.assemble(by, by.Day()); len(matrices) > 0 {
		h.Matrix = matrices[0]
	}
	for _, r := range rows {
		if r.shownTo(by, at) {
			h.Records = append(h.Records, r.placedRecord(by, at))
		}
	}
	if len(rows) == itsm.HistoryPage {
		h.Older = rows[len(rows)-1].ID
	}
	return h, nil
}

// seesSubject says whether a reader may see the page that the history is of.
func seesSubject(by itsm.Actor, kind string, id int64, h historyHead) bool {
	switch kind {
	case "person":
		return by.Can(itsm.ReadDirectory, itsm.Scope{}) || by.PersonID == id
	case "team", "company":
		return by.Can(itsm.ReadDirectory, itsm.Scope{})
	case "role":
		return !by.External || h.AlwaysFor || by.MaySee(h.Practice)
	case "service", "policy":
		return true // the statement itself leaves out what is not seen
	}
	return by.MaySee(h.Practice)
}

// trace is the statement of the trail for a reader, and its arguments; most 0 is all of it.
func trace(by itsm.Actor, f itsm.HistoryFilter, most int, rows bool) (string, pgx.StrictNamedArgs) {
	args := withShown(rows, rowsOfMany, pgx.StrictNamedArgs{"most": most})
	where := traceWhere(f, args)
	if f.About.Kind != "" {
		where += ` AND e.id IN (SELECT event_id FROM event_about WHERE kind = @kind AND id = @id)`
		args["kind"], args["id"] = f.About.Kind, f.About.ID
	}
	if !by.Can(itsm.ReadTrail, itsm.Scope{}) { // an auditor of practices
		where += ` AND e.id IN (
			SELECT a.event_id FROM event_about a WHERE a.kind = 'practice' AND a.id = ANY(@audits::bigint[])
			UNION SELECT a.event_id FROM process c JOIN event_about a ON a.kind = 'process' AND a.id = c.id WHERE c.practice_id = ANY(@audits)
			UNION SELECT a.event_id FROM activity x JOIN process c ON c.id = x.process_id JOIN event_about a ON a.kind = 'activity' AND a.id = x.id WHERE c.practice_id = ANY(@audits)
			UNION SELECT a.event_id FROM role r LEFT JOIN process c ON c.id = r.process_id JOIN event_about a ON a.kind = 'role' AND a.id = r.id
			      WHERE COALESCE(r.practice_id, c.practice_id) = ANY(@audits))`
		args["audits"] = by.Audits
	}
	return `
		WITH found AS (
			SELECT e.id FROM event e WHERE ` + where + ` ORDER BY e.at DESC, e.id DESC LIMIT NULLIF(@most::bigint, 0)
		)
		SELECT ` + traceColumns + ` FROM ` + momentFrom + ` JOIN found ON found.id = e.id ORDER BY e.at DESC, e.id DESC`, args
}

// Trail is a page of the audit trail, the latest first: everything, for who may read it; of an auditor of practices, what
// happened in these alone. Forbidden for everybody else. The answer is shared: nobody may change it.
func (s *Store) Trail(ctx context.Context, by itsm.Actor, f itsm.HistoryFilter) (itsm.Trail, error) {
	if !by.ReadsSomeTrail() {
		return itsm.Trail{}, itsm.Forbidden{Why: forbidden(itsm.ReadTrail)}
	}
	var rows []traceRow
	var q question
	sql, args := trace(by, f, itsm.HistoryPage, true)
	q.whole("trail", by, func(b *pgx.Batch) { all(b, &rows, sql, args) })
	for _, what := range []any{by.Footing(), by.On != nil, sql, args} { // what can be undone hangs on the rights, and on no other day than today
		q.about(what)
	}
	return recall(ctx, s, by, &q, func() (t itsm.Trail) {
		for _, r := range rows {
			if by.ReadsTrail(r.practices()) {
				t.Records = append(t.Records, r.placedRecord(by, itsm.Scope{}))
			}
		}
		if len(rows) == itsm.HistoryPage {
			t.Older = rows[len(rows)-1].ID
		}
		return t
	})
}

// TrailRows is the trail one by one, whatever its page: for a download.
func (s *Store) TrailRows(ctx context.Context, by itsm.Actor, f itsm.HistoryFilter) iter.Seq2[itsm.Record, error] {
	if !by.ReadsSomeTrail() {
		return none[itsm.Record](itsm.Forbidden{Why: forbidden(itsm.ReadTrail)})
	}
	sql, args := trace(by, f, 0, true)
	return func(yield func(itsm.Record, error) bool) {
		for r, err := range stream[traceRow](ctx, s, sql, args) {
			if err != nil {
				yield(itsm.Record{}, err)
				return
			}
			if by.ReadsTrail(r.practices()) && !yield(r.placedRecord(by, itsm.Scope{}), nil) {
				return
			}
		}
	}
}

// EventRows are all rows that an event changed, one by one, for who may read the trail of all that it speaks of; NotFound for
// everybody else.
func (s *Store) EventRows(ctx context.Context, by itsm.Actor, event int64) iter.Seq2[itsm.RowChange, error] {
	var events []momentRow
	b := &pgx.Batch{}
	all(b, &events, `SELECT `+momentColumns+` FROM `+momentFrom+` WHERE e.id = @id`, pgx.StrictNamedArgs{"id": event})
	if err := s.ask(ctx, b); err != nil {
		return none[itsm.RowChange](err)
	}
	if len(events) == 0 || !by.ReadsTrail(events[0].practices()) {
		return none[itsm.RowChange](itsm.NotFound{What: "event"})
	}
	type namedChange struct {
		Change rowChange
		Refs   mentionNames
	}
	return func(yield func(itsm.RowChange, error) bool) {
		for r, err := range stream[namedChange](ctx, s, `
			SELECT `+changeJSON+` AS change, (`+refsOf(`SELECT c.table_name, c.before, c.after`)+`) AS refs
			FROM change c WHERE c.event_id = @id ORDER BY c.id`, pgx.StrictNamedArgs{"id": event}) {
			if err != nil {
				yield(itsm.RowChange{}, err)
				return
			}
			if row, ok := r.Change.words(r.Refs.called()); ok && !yield(row, nil) {
				return
			}
		}
	}
}
