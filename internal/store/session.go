package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Asked is what a request asks about the page that a server may have kept, beside who is asking: about a matrix its
// process, about a person's page what it rests on. The zero value asks whether anything was written, for what is kept of
// the whole organisation.
type Asked struct {
	Process int64
	Person  Basis
}

// Visit is the first round trip of a request: the session behind a token's hash, its account, hats, grants, the
// organisation and its day, in one statement; with what the request asks about a kept page. A session that ended, or whose
// account is disabled or over, is NotFound.
func (s *Store) Visit(ctx context.Context, tokenHash []byte, asked Asked) (itsm.Visit, error) {
	args := pgx.StrictNamedArgs{
		"token": tokenHash, "now": s.now(), "idle": s.now().Add(-itsm.SessionIdle), "seen": s.now().Add(-itsm.SessionSeen), "process": asked.Process}
	epoch, kept := s.epochs.latest()
	written := notAsked
	switch {
	case asked.Person.PersonID != 0:
		written, args = `pg_current_snapshot()::text AS snapshot, `+touched+` AS written`, with(args, asked.Person.args())
	case asked.Process == 0:
		written, args = `pg_current_snapshot()::text AS snapshot, `+writtenSince+` AS written`, with(args, pgx.StrictNamedArgs{"kept": kept})
	}
	r, err := s.visit(ctx, `SELECT account_id, seen_at FROM session WHERE token_hash = @token AND expires_at > @now AND seen_at > @idle`, written, args)
	v := r.visit()
	if err == nil && asked.Process == 0 && asked.Person.PersonID == 0 {
		v.Actor.Epoch = s.epochs.seen(epoch, r.Written, r.Snapshot)
	}
	return v, err
}

// notAsked are the columns of a visit that asks nothing about what was written.
const notAsked = `''::text AS snapshot, true AS written`

// ActorOf is the actor of the account that signs in with an e-mail address, for the command line; NotFound where it could
// not sign in now.
func (s *Store) ActorOf(ctx context.Context, email string) (itsm.Actor, error) {
	r, err := s.visit(ctx, `SELECT id AS account_id, @now::timestamptz AS seen_at FROM account WHERE lower(email) = lower(@email)`,
		notAsked, pgx.StrictNamedArgs{"email": email, "now": s.now(), "seen": s.now(), "process": 0})
	return r.visit().Actor, err
}

// visit reads what is known of the account that whose selects, with when it was last seen; and what was written since
// what a server kept, as the columns snapshot and written.
func (s *Store) visit(ctx context.Context, whose, written string, args pgx.StrictNamedArgs) (visitRow, error) {
	sql, values := byNumber(`
		WITH me AS (
			SELECT a.id AS account_id, a.email, p.id AS person_id, p.name, p.company_id, x.seen_at,
			       (@now::timestamptz AT TIME ZONE o.time_zone)::date AS today
			FROM (`+whose+`) x
			JOIN account a ON a.id = x.account_id
			JOIN person p ON p.id = a.person_id
			CROSS JOIN organisation o
			WHERE a.disabled_at IS NULL
			  AND (a.ends_on IS NULL OR (@now::timestamptz AT TIME ZONE o.time_zone)::date < a.ends_on)
			  AND p.employed @> (@now::timestamptz AT TIME ZONE o.time_zone)::date
		)
		SELECT me.account_id, me.person_id, me.name AS person_name, me.email, me.today, me.seen_at < @seen AS stale,
		       me.company_id IS NOT NULL AS external,
		       -- Of me alone, as a sub-select: worn takes such a condition down to its indexes, but no join's.
		       (SELECT COALESCE(json_agg(json_build_object(
		           'AssignmentID', w.assignment_id, 'RoleID', w.role_id, 'Kind', r.kind, 'PracticeID', COALESCE(r.practice_id, 0),
		           'ProcessID', COALESCE(r.process_id, 0), 'ServiceID', COALESCE(r.service_id, 0), 'Regions',
		           CASE WHEN w.region_id IS NULL THEN '[]' ELSE regions_below(w.region_id) END,
		           'Capacity', w.capacity, 'Team', w.team_id IS NOT NULL, 'Outside', r.outside_office)), '[]')
		        FROM worn(me.today) w JOIN role r ON r.id = w.role_id
		        WHERE w.person_id = me.person_id AND r.archived_at IS NULL AND (w.capacity <> 'deputy' OR w.stands_in)) AS hats,
		       g.administrator, g.audits_all, g.audits,
		       -- What only few accounts need stands in functions: as parts of this statement they would cost all others their time.
		       CASE WHEN me.company_id IS NULL OR o.external_sees = 'nothing' THEN '{}' ELSE seen_from_outside(me.person_id, me.company_id, me.today) END AS sees,
		       CASE WHEN g.administrator THEN lead_vacant(me.today) ELSE false END AS lead_vacant,
		       COALESCE(q.id, 0) AS process_id, COALESCE(q.practice_id, 0) AS practice_id, COALESCE(v.v, 0) AS v, `+written+`,
		       `+organisationColumns+`
		FROM me CROSS JOIN organisation o CROSS JOIN LATERAL (
			SELECT COALESCE(bool_or(kind = 'administrator'), false) AS administrator, COALESCE(bool_or(kind = 'auditor' AND practice_id IS NULL), false) AS audits_all,
			       COALESCE(array_agg(practice_id) FILTER (WHERE kind = 'auditor' AND practice_id IS NOT NULL), '{}') AS audits
			FROM account_grant WHERE account_id = me.account_id AND during @> me.today) g
		LEFT JOIN process q ON q.id = @process::bigint LEFT JOIN page_version v ON v.process_id = q.id`, args)
	var r visitRow
	err := s.read.QueryRow(ctx, sql, values...).Scan(r.targets()...)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, itsm.NotFound{What: "session"}
	}
	return r, err
}

type visitRow struct {
	AccountID     int64
	PersonID      int64
	PersonName    string
	Email         string
	Today         time.Time
	Stale         bool
	External      bool
	Hats          []itsm.Hat
	Administrator bool
	AuditsAll     bool
	Audits        []int64
	Sees          []int64
	LeadVacant    bool
	ProcessID     int64
	PracticeID    int64
	V             int64
	Snapshot      string
	Written       bool
	Organisation  itsm.Organisation
}

// targets is where the columns go, by place: every page reads one such row, and to find its fields by name took longer.
func (r *visitRow) targets() []any {
	o := &r.Organisation
	return []any{
		&r.AccountID, &r.PersonID, &r.PersonName, &r.Email, &r.Today, &r.Stale, &r.External, &r.Hats, &r.Administrator, &r.AuditsAll, &r.Audits,
		&r.Sees, &r.LeadVacant, &r.ProcessID, &r.PracticeID, &r.V, &r.Snapshot, &r.Written,
		&o.Name, &o.TimeZone, &o.OwnerLabel, &o.SupportLetter, &o.CountAccepted, &o.FourEyes, &o.Demo, &o.SetUpStep, &o.ExternalSees, &o.Counter,
	}
}

func (r visitRow) visit() itsm.Visit {
	return itsm.Visit{
		Actor: itsm.Actor{
			AccountID: r.AccountID, PersonID: r.PersonID, Name: r.PersonName, Today: r.Today, Hats: r.Hats, Administrator: r.Administrator,
			Audits: r.Audits, AuditsAll: r.AuditsAll, External: r.External, Sees: r.Sees,
		},
		Email: r.Email, Organisation: r.Organisation, Stale: r.Stale, LeadVacant: r.LeadVacant,
		Page: itsm.PageVersion{ProcessID: r.ProcessID, PracticeID: r.PracticeID, V: r.V, Snapshot: r.Snapshot, Touched: r.Written},
	}
}

// organisationColumns reads an itsm.Organisation from organisation o. The name is a text and not of the schema's own type,
// which a server that builds the demo anew makes anew, too.
const organisationColumns = `o.name::text, o.time_zone, o.owner_label, o.support_letter, o.count_accepted, o.four_eyes, o.demo, o.set_up_step, o.external_sees, o.counter`

// Organisation is the organisation with its settings, for pages that nobody has signed in to.
func (s *Store) Organisation(ctx context.Context) (itsm.Organisation, error) {
	rows, err := s.read.Query(ctx, `SELECT `+organisationColumns+` FROM organisation o`)
	if err != nil {
		return itsm.Organisation{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[itsm.Organisation])
}

// Today is the organisation's day.
func (s *Store) Today(ctx context.Context) (day time.Time, err error) {
	err = s.read.QueryRow(ctx, `SELECT ($1::timestamptz AT TIME ZONE time_zone)::date FROM organisation`, s.now()).Scan(&day)
	return day, err
}

// OpenSession begins a session for an account under a token's hash.
func (s *Store) OpenSession(ctx context.Context, account int64, tokenHash []byte) error {
	_, err := s.write.Exec(ctx, `INSERT INTO session (token_hash, account_id, created_at, expires_at, seen_at) VALUES ($1, $2, $3, $4, $3)`,
		tokenHash, account, s.now(), s.now().Add(itsm.SessionLife))
	return err
}

// SeeSession notes that a session was used now.
func (s *Store) SeeSession(ctx context.Context, tokenHash []byte) error {
	_, err := s.write.Exec(ctx, `UPDATE session SET seen_at = $2 WHERE token_hash = $1`, tokenHash, s.now())
	return err
}

// CloseSession ends one session.
func (s *Store) CloseSession(ctx context.Context, tokenHash []byte) error {
	_, err := s.write.Exec(ctx, `DELETE FROM session WHERE token_hash = $1`, tokenHash)
	return err
}

// CloseSessions ends every session of an account, on every device.
func (s *Store) CloseSessions(ctx context.Context, account int64) error {
	_, err := s.write.Exec(ctx, `DELETE FROM session WHERE account_id = $1`, account)
	return err
}
