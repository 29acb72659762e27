package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Asked is what a request asks about the page that a server may have kept, beside who is asking and whether anything was
// written: about a matrix its process, about a person's page what it rests on.
type Asked struct {
	Process int64
	Person  Basis
}

// Visit is the first round trip of a request: the session behind a token's hash, its account, rights, the organisation and
// its day, in one statement; with what the request asks about a kept page. A session that ended, or whose account is
// disabled or over, is NotFound.
func (s *Store) Visit(ctx context.Context, tokenHash []byte, asked Asked) (itsm.Visit, error) {
	since := s.epochs.latest()
	may, day := s.rights.in(since.n, tokenHash)
	args := pgx.StrictNamedArgs{
		"token": tokenHash, "now": s.now(), "idle": s.now().Add(-itsm.SessionIdle), "seen": s.now().Add(-itsm.SessionSeen), "process": asked.Process,
		"kept": since.snapshot, "day": day}
	page := `false`
	if asked.Person.PersonID != 0 {
		page, args = touched, with(args, asked.Person.args(since.life))
	}
	r, err := s.visit(ctx, `SELECT account_id, seen_at FROM session WHERE token_hash = @token AND expires_at > @now AND seen_at > @idle`, page, args)
	if err != nil {
		return itsm.Visit{}, err
	}
	epoch, ok := s.epochs.seen(since, r.Written, r.Snapshot)
	if !ok {
		return s.Visit(ctx, tokenHash, asked)
	}
	if r.Rights != nil {
		may = r.Rights.clipped()
		s.rights.keep(epoch, tokenHash, may, r.Today)
	}
	v := r.visit(may)
	v.Actor.Epoch, v.Page.Life = epoch, since.life
	return v, nil
}

// ActorOf is the actor of the account that signs in with an e-mail address, for the command line; NotFound where it could
// not sign in now.
func (s *Store) ActorOf(ctx context.Context, email string) (itsm.Actor, error) {
	r, err := s.visit(ctx, `SELECT id AS account_id, @now::timestamptz AS seen_at FROM account WHERE lower(email) = lower(@email)`,
		`false`, pgx.StrictNamedArgs{"email": email, "now": s.now(), "seen": s.now(), "process": 0, "kept": "", "day": nil})
	if err != nil {
		return itsm.Actor{}, err
	}
	return r.visit(*r.Rights).Actor, nil
}

// visit reads what is known of the account that whose selects, with when it was last seen; whether something was written
// since snapshot @kept; and page, a condition on what a server kept. The rights are read where something was, or where those
// that the server has are not of today, but of @day.
func (s *Store) visit(ctx context.Context, whose, page string, args pgx.StrictNamedArgs) (visitRow, error) {
	sql, values := byNumber(`
		SELECT a.id AS account_id, p.id AS person_id, p.name AS person_name, a.email, d.today, x.seen_at < @seen AS stale,
		       p.company_id IS NOT NULL AS external,
		       CASE WHEN w.written OR d.today IS DISTINCT FROM @day::date THEN rights_of(a.id, p.id, p.company_id, d.today) END AS rights,
		       COALESCE(q.id, 0) AS process_id, COALESCE(q.practice_id, 0) AS practice_id, COALESCE(v.v, 0) AS v,
		       pg_current_snapshot()::text AS snapshot, w.written, `+page+` AS touched,
		       `+organisationColumns+`
		FROM (`+whose+`) x
		JOIN account a ON a.id = x.account_id
		JOIN person p ON p.id = a.person_id
		CROSS JOIN organisation o
		CROSS JOIN LATERAL (SELECT (@now::timestamptz AT TIME ZONE o.time_zone)::date AS today) d
		CROSS JOIN (SELECT `+writtenSince+` AS written OFFSET 0) w -- once: written tells it, too
		LEFT JOIN process q ON q.id = @process::bigint LEFT JOIN page_version v ON v.process_id = q.id
		WHERE a.disabled_at IS NULL AND (a.ends_on IS NULL OR d.today < a.ends_on) AND p.employed @> d.today`, args)
	var r visitRow
	err := s.read.QueryRow(ctx, sql, values...).Scan(r.targets()...)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, itsm.NotFound{What: "session"}
	}
	return r, err
}

type visitRow struct {
	AccountID    int64
	PersonID     int64
	PersonName   string
	Email        string
	Today        time.Time
	Stale        bool
	External     bool
	Rights       *rights // nil: those that the server has still stand
	ProcessID    int64
	PracticeID   int64
	V            int64
	Snapshot     string
	Written      bool
	Touched      bool
	Organisation itsm.Organisation
}

// targets is where the columns go, by place: every page reads one such row, and to find its fields by name took longer.
func (r *visitRow) targets() []any {
	o := &r.Organisation
	return []any{
		&r.AccountID, &r.PersonID, &r.PersonName, &r.Email, &r.Today, &r.Stale, &r.External, &r.Rights,
		&r.ProcessID, &r.PracticeID, &r.V, &r.Snapshot, &r.Written, &r.Touched,
		&o.Name, &o.TimeZone, &o.OwnerLabel, &o.SupportLetter, &o.CountAccepted, &o.FourEyes, &o.Demo, &o.SetUpStep, &o.ExternalSees, &o.Counter,
	}
}

func (r visitRow) visit(may rights) itsm.Visit {
	return itsm.Visit{
		Actor: itsm.Actor{
			AccountID: r.AccountID, PersonID: r.PersonID, Name: r.PersonName, Today: r.Today, Hats: may.Hats, Administrator: may.Administrator,
			Audits: may.Audits, AuditsAll: may.AuditsAll, External: r.External, Sees: may.Sees,
		},
		Email: r.Email, Organisation: r.Organisation, Stale: r.Stale, LeadVacant: may.LeadVacant,
		Page: itsm.PageVersion{ProcessID: r.ProcessID, PracticeID: r.PracticeID, V: r.V, Snapshot: r.Snapshot, Touched: r.Touched},
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
