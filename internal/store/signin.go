package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// TrySignIn notes a try for an e-mail address before the password is looked at, and says what to hold it against, and how
// many failed before it lately. An account that cannot be used now reads like one that does not exist.
func (s *Store) TrySignIn(ctx context.Context, email string) (c itsm.Credentials, failed int, err error) {
	err = s.write.QueryRow(ctx, `
		WITH before AS (
			SELECT count(*) AS tries FROM sign_in_attempt WHERE email = lower(@email) AND at > @since
		), tried AS (
			INSERT INTO sign_in_attempt (email, at) SELECT lower(@email), @now FROM before WHERE tries < @most
		)
		SELECT COALESCE(a.id, 0), COALESCE(a.password_hash, ''), before.tries
		FROM before CROSS JOIN organisation o
		LEFT JOIN account a JOIN person p ON p.id = a.person_id ON lower(a.email) = lower(@email) AND a.disabled_at IS NULL
		     AND COALESCE(a.ends_on > (@now::timestamptz AT TIME ZONE o.time_zone)::date, true)
		     AND p.employed @> (@now::timestamptz AT TIME ZONE o.time_zone)::date`, pgx.StrictNamedArgs{
		"email": email, "now": s.now(), "since": s.now().Add(-itsm.TriesWindow), "most": itsm.TriesKept,
	}).Scan(&c.AccountID, &c.PasswordHash, &failed)
	return c, failed, translate(err)
}

// SignedIn forgets the failed tries of an e-mail address, and those of everybody that are over; sessions that ended go too.
func (s *Store) SignedIn(ctx context.Context, email string) error {
	_, err := s.write.Exec(ctx, `
		WITH tries AS (DELETE FROM sign_in_attempt WHERE email = lower(@email) OR at < @since)
		DELETE FROM session WHERE expires_at < @now OR seen_at < @idle`, pgx.StrictNamedArgs{
		"email": email, "now": s.now(), "since": s.now().Add(-itsm.TriesWindow), "idle": s.now().Add(-itsm.SessionIdle)})
	return translate(err)
}

// PasswordHash is what an account's password is held against.
func (s *Store) PasswordHash(ctx context.Context, account int64) (hash string, err error) {
	err = s.read.QueryRow(ctx, `SELECT password_hash FROM account WHERE id = $1`, account).Scan(&hash)
	return hash, translate(err)
}

// SetPassword gives the actor's own account another password and ends its sessions but the one of keep.
func (s *Store) SetPassword(ctx context.Context, by itsm.Actor, hash string, keep []byte) error {
	return s.door(ctx, by, itsm.ChangePassword, ofOneself(by), func(ctx context.Context, t *tx) error {
		t.say("changed their own password")
		return setPassword(ctx, t, by.AccountID, hash, keep)
	})
}

func ofOneself(by itsm.Actor) scopeOf {
	return func(context.Context, pgx.Tx) (itsm.Scope, error) { return itsm.Scope{PersonID: by.PersonID}, nil }
}

func setPassword(ctx context.Context, t *tx, account int64, hash string, keep []byte) error {
	if err := t.run(ctx, `UPDATE account SET password_hash = @hash, counter = counter + 1 WHERE id = @id`,
		pgx.StrictNamedArgs{"hash": hash, "id": account}); err != nil {
		return err
	}
	return endSessions(ctx, t, account, keep)
}

func endSessions(ctx context.Context, t *tx, account int64, keep []byte) error {
	return t.run(ctx, `DELETE FROM session WHERE account_id = @id AND token_hash IS DISTINCT FROM @keep::bytea`,
		pgx.StrictNamedArgs{"id": account, "keep": keep})
}

// newLink is a token and what is kept of it.
func newLink() (token string, hash []byte) {
	token = rand.Text()
	return token, linkHash(token)
}

func linkHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// MakeLink makes a one-time link with which an account's person chooses a password; links made earlier stop working.
// To an account that lets nobody in it is a Conflict.
func (s *Store) MakeLink(ctx context.Context, by itsm.Actor, account int64) (token string, err error) {
	err = s.onAccount(ctx, by, account, func(ctx context.Context, t *tx, found itsm.NewAccount) error {
		if err := t.letsIn(ctx, account); err != nil {
			return err
		}
		t.say("made a one-time link for [[person:%d]]", found.PersonID)
		var hash []byte
		token, hash = newLink()
		if err := t.run(ctx, `DELETE FROM login_link WHERE account_id = @id OR expires_at < @now`, pgx.StrictNamedArgs{"id": account, "now": t.at}); err != nil {
			return err
		}
		return t.run(ctx, `INSERT INTO login_link (token_hash, account_id, expires_at) VALUES (@hash, @id, @until)`,
			pgx.StrictNamedArgs{"hash": hash, "id": account, "until": t.at.Add(itsm.LinkLife)})
	})
	return token, err
}

// letsIn refuses a link to an account that lets nobody in: its password would be chosen for nothing.
func (t *tx) letsIn(ctx context.Context, account int64) error {
	var name string
	var left, ended, disabled bool
	err := t.QueryRow(ctx, `SELECT p.name, NOT p.employed @> $2::date, COALESCE(a.ends_on <= $2::date, false), a.disabled_at IS NOT NULL
		FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`, account, t.today).Scan(&name, &left, &ended, &disabled)
	switch {
	case err != nil:
		return err
	case left:
		return itsm.Conflict{Text: name + " is not with the organisation today, so the account lets nobody in. Correct their first or last day."}
	case ended:
		return itsm.Conflict{Text: "This account has ended. Give it a later last day first."}
	case disabled:
		return itsm.Conflict{Text: "This account is disabled. Enable it first."}
	}
	return nil
}

// FirstLink makes a one-time link that makes the first administrator; Conflict where there is an account already. Several
// may be open, since several servers may print one; the first use ends them all.
func (s *Store) FirstLink(ctx context.Context) (string, error) {
	token, hash := newLink()
	tag, err := s.write.Exec(ctx, `INSERT INTO login_link (token_hash, expires_at) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM account)`,
		hash, s.now().Add(itsm.LinkLife))
	if err != nil {
		return "", translate(err)
	}
	if tag.RowsAffected() == 0 {
		return "", itsm.Conflict{Text: "There are accounts already. Make a link for one of them: hatrack account link E-MAIL; hatrack account list shows them."}
	}
	return token, nil
}

// Link is what a one-time link is good for; NotFound where it was used or is over.
func (s *Store) Link(ctx context.Context, token string) (l itsm.Link, err error) {
	err = s.read.QueryRow(ctx, `
		SELECT COALESCE(a.id, 0), COALESCE(p.name, ''), COALESCE(a.email, '')
		FROM login_link l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN person p ON p.id = a.person_id
		WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND a.disabled_at IS NULL
		  AND (l.account_id IS NOT NULL OR NOT EXISTS (SELECT FROM account))`, linkHash(token), s.now()).Scan(&l.AccountID, &l.Name, &l.Email)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, itsm.NotFound{What: "one-time link"}
	}
	return l, translate(err)
}

// useLink spends a link inside a transaction; of two at once one succeeds.
func useLink(ctx context.Context, t *tx, token string) error {
	return t.change(ctx, "This link was used already. Ask for a new one.", `
		UPDATE login_link SET used_at = @now WHERE token_hash = @hash AND used_at IS NULL AND expires_at > @now`,
		pgx.StrictNamedArgs{"now": t.at, "hash": linkHash(token)})
}

// UseLink sets the password of a link's account, once. Its sessions end and failed tries are forgotten.
func (s *Store) UseLink(ctx context.Context, token, hash, request string) (account int64, err error) {
	l, err := s.Link(ctx, token)
	if err != nil {
		return 0, err
	}
	by := itsm.Actor{AccountID: l.AccountID, Request: request}
	if err := s.read.QueryRow(ctx, `SELECT person_id FROM account WHERE id = $1`, l.AccountID).Scan(&by.PersonID); err != nil {
		return 0, translate(err)
	}
	return l.AccountID, s.door(ctx, by, itsm.ChangePassword, ofOneself(by), func(ctx context.Context, t *tx) error {
		t.say("chose a password through a one-time link")
		if err := useLink(ctx, t, token); err != nil {
			return err
		}
		if err := t.run(ctx, `DELETE FROM sign_in_attempt WHERE email = lower(@email)`, pgx.StrictNamedArgs{"email": l.Email}); err != nil {
			return err
		}
		return setPassword(ctx, t, l.AccountID, hash, nil)
	})
}
