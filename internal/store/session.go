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
	who := s.visitors.in(since.n, tokenHash)
	args := pgx.StrictNamedArgs{
		"token": tokenHash, "now": s.now(), "idle": s.now().Add(-itsm.SessionIdle), "seen": s.now().Add(-itsm.SessionSeen), "kept": since.snapshot,
	}
	page, args := asked.page(since.life, args)
	r, err := s.visit(ctx, `SELECT account_id, seen_at FROM session WHERE token_hash = @token AND expires_at > @now AND seen_at > @idle`, page, who, args)
	if err != nil {
		return itsm.Visit{}, err
	}
	epoch, ok := s.epochs.seen(since, r.Written, r.Snapshot)
	if !ok {
		return s.Visit(ctx, tokenHash, asked)
	}
	if r.Anew {
		if who, err = r.Visitor.read(epoch); err != nil {
			return itsm.Visit{}, err
		}
		s.visitors.keep(tokenHash, who)
	}
	v := who.visit()
	v.Stale, v.Page = r.Stale, itsm.PageVersion{ProcessID: r.ProcessID, PracticeID: r.PracticeID, V: r.V, Snapshot: r.Snapshot, Touched: r.Touched, Life: since.life}
	return v, nil
}

// ActorOf is the actor of the account that signs in with an e-mail address, for the command line; NotFound where it could
// not sign in now.
func (s *Store) ActorOf(ctx context.Context, email string) (itsm.Actor, error) {
	page, args := Asked{}.page(0, pgx.StrictNamedArgs{"email": email, "now": s.now(), "seen": s.now(), "kept": ""})
	r, err := s.visit(ctx, `SELECT id AS account_id, @now::timestamptz AS seen_at FROM account WHERE lower(email) = lower(@email)`, page, visitorRead{}, args)
	if err != nil {
		return itsm.Actor{}, err
	}
	who, err := r.Visitor.read(0)
	return who.visit().Actor, err
}

// pageAsked is what a visit reads of the page that it asks about.
type pageAsked struct{ columns, from string }

func (a Asked) page(life int64, args pgx.StrictNamedArgs) (pageAsked, pgx.StrictNamedArgs) {
	process, from, is := `0::bigint AS process_id, 0::bigint AS practice_id, 0::bigint AS v`, ``, `false`
	if a.Process != 0 {
		args = with(args, pgx.StrictNamedArgs{"process": a.Process})
		process = `COALESCE(q.id, 0) AS process_id, COALESCE(q.practice_id, 0) AS practice_id, COALESCE(v.v, 0) AS v`
		from = `LEFT JOIN process q ON q.id = @process::bigint LEFT JOIN page_version v ON v.process_id = q.id`
	}
	if a.Person.PersonID != 0 {
		is, args = touched, with(args, a.Person.args(life))
	}
	return pageAsked{process + `, ` + is + ` AS touched`, from}, args
}

// visit reads when a session, or an account that whose selects, was last seen; whether something was written since snapshot
// @kept; and the page. The visitor is read where something was, or where known is nobody, or of another day.
func (s *Store) visit(ctx context.Context, whose string, page pageAsked, known visitorRead, args pgx.StrictNamedArgs) (r visitRow, err error) {
	args["zone"], args["day"] = "UTC", nil
	if known.AccountID != 0 {
		args["zone"], args["day"] = known.Organisation.TimeZone, known.day
	}
	sql, values := byNumber(`
		SELECT x.seen_at < @seen AS stale, pg_current_snapshot()::text AS snapshot, w.written, n.anew,
		       CASE WHEN n.anew THEN visitor(x.account_id, @now::timestamptz) END AS visitor, `+page.columns+`
		FROM (`+whose+`) x
		CROSS JOIN (SELECT `+writtenSince+` AS written OFFSET 0) w -- once: three columns tell it
		CROSS JOIN LATERAL (SELECT w.written OR (@now::timestamptz AT TIME ZONE @zone)::date IS DISTINCT FROM @day::date AS anew) n
		`+page.from, args)
	err = s.read.QueryRow(ctx, sql, values...).Scan(&r.Stale, &r.Snapshot, &r.Written, &r.Anew, &r.Visitor, &r.ProcessID, &r.PracticeID, &r.V, &r.Touched)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && r.Anew && r.Visitor == nil {
		return r, itsm.NotFound{What: "session"}
	}
	return r, err
}

// visitRow is what a visit reads.
type visitRow struct {
	Stale                    bool
	Snapshot                 string
	Written, Anew            bool
	Visitor                  *visitor // nil: the one that the server has still stands
	ProcessID, PracticeID, V int64
	Touched                  bool
}

// organisationColumns reads an itsm.Organisation from organisation o, as the function visitor does for who comes. The name is a text and not of the schema's own type,
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
