package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// accountColumns reads an itsm.Account from accountFrom as a; @today is the day grants are read for.
const accountColumns = `
	a.id, a.person_id, p.name, p.title, COALESCE(c.name, '') AS company, a.email, a.password_hash <> '' AS has_password,
	a.disabled_at IS NOT NULL AS disabled, a.ends_on, upper(p.employed) AS left_on,
	(SELECT max(x.seen_at) FROM session x WHERE x.account_id = a.id) AS last_seen_at, a.counter,
	(SELECT COALESCE(json_agg(json_build_object('ID', g.id, 'Kind', g.kind, 'PracticeID', COALESCE(g.practice_id, 0), 'Practice', COALESCE(r.name, ''),
	    'Until', to_char(upper(g.during), 'YYYY-MM-DD"T00:00:00Z"')) ORDER BY g.kind, r.name, g.id), '[]')
	 FROM account_grant g LEFT JOIN practice r ON r.id = g.practice_id
	 WHERE g.account_id = a.id AND NOT COALESCE(upper(g.during) <= @today::date, false)) AS grants`

const accountFrom = `account a JOIN person p ON p.id = a.person_id LEFT JOIN company c ON c.id = p.company_id`

// accountOrders are the orders of the list; what comes in an address never becomes SQL itself.
var accountOrders = map[string]string{
	"": "lower(p.sort_name), a.id", "name": "lower(p.sort_name), a.id", "-name": "lower(p.sort_name) DESC, a.id DESC",
	"email": "lower(a.email)", "-email": "lower(a.email) DESC",
	"seen": "last_seen_at NULLS FIRST, a.id", "-seen": "last_seen_at DESC NULLS LAST, a.id",
}

// Accounts is a page of the accounts. It is for those who manage them.
func (s *Store) Accounts(ctx context.Context, by itsm.Actor, f itsm.AccountFilter) (itsm.AccountList, error) {
	if !by.Can(itsm.ManageAccounts, itsm.Scope{}) {
		return itsm.AccountList{}, itsm.Forbidden{Why: forbidden(itsm.ManageAccounts)}
	}
	today, err := s.dayOf(ctx, by)
	if err != nil {
		return itsm.AccountList{}, err
	}
	args := accountArgs(f, today)
	paged := pgx.StrictNamedArgs{"offset": max(f.Page-1, 0) * itsm.AccountsPage, "limit": itsm.AccountsPage}
	for k, v := range args {
		paged[k] = v
	}
	list := itsm.AccountList{Today: today}
	b := &pgx.Batch{}
	all(b, &list.Accounts, `SELECT `+accountColumns+` FROM `+accountFrom+accountsNarrowed+` ORDER BY `+accountOrder(f)+` LIMIT @limit OFFSET @offset`, paged)
	value(b, &list.Total, "account", `SELECT count(*)::int FROM `+accountFrom+accountsNarrowed, args)
	return list, s.ask(ctx, b)
}

// accountsNarrowed narrows accounts by accountArgs.
const accountsNarrowed = ` WHERE (@text = '' OR strpos(lower(p.name), lower(@text)) > 0 OR strpos(lower(a.email), lower(@text)) > 0)
		AND (@grant = '' OR EXISTS (SELECT FROM account_grant g WHERE g.account_id = a.id AND g.kind = @grant AND g.during @> @today::date))
		AND CASE @state
		    WHEN 'disabled' THEN a.disabled_at IS NOT NULL
		    WHEN 'ended' THEN a.disabled_at IS NULL AND (a.ends_on <= @today OR upper(p.employed) <= @today)
		    WHEN 'new' THEN a.disabled_at IS NULL AND a.password_hash = '' AND COALESCE(a.ends_on > @today, true) AND COALESCE(upper(p.employed) > @today, true)
		    WHEN 'open' THEN a.disabled_at IS NULL AND a.password_hash <> '' AND COALESCE(a.ends_on > @today, true) AND COALESCE(upper(p.employed) > @today, true)
		    ELSE true END`

func accountArgs(f itsm.AccountFilter, today time.Time) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{"text": f.Text, "grant": string(f.Grant), "state": f.State, "today": today}
}

func accountOrder(f itsm.AccountFilter) string {
	sort := f.Sort
	if f.Descending {
		sort = "-" + sort
	}
	if order, known := accountOrders[sort]; known {
		return order
	}
	return accountOrders[""]
}

// dayOf is the actor's day; the operator has none of its own.
func (s *Store) dayOf(ctx context.Context, by itsm.Actor) (time.Time, error) {
	if !by.Today.IsZero() {
		return by.Today, nil
	}
	return s.Today(ctx)
}

// Account is one account.
func (s *Store) Account(ctx context.Context, id int64) (itsm.Account, error) {
	return s.account(ctx, `a.id = @key::bigint`, id)
}

// AccountPage is an account with what was done about it and its grants lately.
func (s *Store) AccountPage(ctx context.Context, by itsm.Actor, id int64) (a itsm.Account, recent []itsm.Moment, err error) {
	b := &pgx.Batch{}
	s.queueAccount(b, &a, `a.id = @key::bigint`, id)
	found := recentWhere(b, `e.id IN (
		SELECT event_id FROM change WHERE table_name = 'account' AND row_id = @id
		UNION SELECT event_id FROM change WHERE table_name = 'account_grant' AND row_id IN (SELECT id FROM account_grant WHERE account_id = @id))`, pgx.StrictNamedArgs{"id": id})
	err = s.ask(ctx, b)
	return a, found(by, itsm.Scope{}), err
}

// AccountByEmail is the account that signs in with an e-mail address, in any case of letters.
func (s *Store) AccountByEmail(ctx context.Context, email string) (itsm.Account, error) {
	return s.account(ctx, `lower(a.email) = lower(@key::text)`, strings.TrimSpace(email))
}

func (s *Store) account(ctx context.Context, which string, key any) (a itsm.Account, err error) {
	b := &pgx.Batch{}
	s.queueAccount(b, &a, which, key)
	return a, s.ask(ctx, b)
}

func (s *Store) queueAccount(b *pgx.Batch, into *itsm.Account, which string, key any) {
	one(b, into, "account", `SELECT `+strings.ReplaceAll(accountColumns, "@today::date", `(@now::timestamptz AT TIME ZONE o.time_zone)::date`)+`
		FROM `+accountFrom+` CROSS JOIN organisation o WHERE `+which, pgx.StrictNamedArgs{"key": key, "now": s.now()})
}

// PersonByEmail is the one person with an e-mail address who has no account; NotFound where there is none or more than one.
func (s *Store) PersonByEmail(ctx context.Context, email string) (int64, error) {
	rows, err := s.read.Query(ctx, `SELECT p.id FROM person p WHERE lower(p.email) = lower($1) AND p.email <> ''
		AND NOT EXISTS (SELECT FROM account a WHERE a.person_id = p.id) LIMIT 2`, strings.TrimSpace(email))
	if err != nil {
		return 0, err
	}
	id, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
	if errors.Is(err, pgx.ErrNoRows) || errors.Is(err, pgx.ErrTooManyRows) {
		return 0, itsm.NotFound{What: "person with this e-mail address alone and without an account; give --person NUMBER"}
	}
	return id, err
}

// AddAccount makes an account for a person, without a password; MakeLink lets its person choose one. An external person's
// account must end.
func (s *Store) AddAccount(ctx context.Context, by itsm.Actor, in itsm.NewAccount) (id int64, err error) {
	err = s.door(ctx, by, itsm.ManageAccounts, theOrganisation, func(ctx context.Context, t *tx) error {
		id, err = addAccount(ctx, t, in)
		t.say("made an account for [[person:%d]]", in.PersonID)
		return err
	})
	return id, err
}

func addAccount(ctx context.Context, t *tx, in itsm.NewAccount) (int64, error) {
	if err := in.Check(t.today); err != nil {
		return 0, err
	}
	var external, left bool
	err := t.QueryRow(ctx, `SELECT company_id IS NOT NULL, NOT employed @> $2::date AND upper(employed) <= $2 FROM person WHERE id = $1 FOR SHARE`,
		in.PersonID, t.today).Scan(&external, &left)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, itsm.Invalid{Problems: []itsm.Problem{{Field: "person", Text: "There is no such person. Choose one from the list."}}}
	}
	if err != nil {
		return 0, err
	}
	var c itsm.Checks
	c.Require(!left, "person", "This person has left.")
	c.Require(!external || in.EndsOn != nil, "last_day", "This person is external: give the account a last day.")
	if err := c.Err(); err != nil {
		return 0, err
	}
	return t.number(ctx, `INSERT INTO account (person_id, email, ends_on) VALUES (@person, @email, @ends) RETURNING id`,
		pgx.StrictNamedArgs{"person": in.PersonID, "email": in.Email, "ends": in.EndsOn})
}

// ChangeAccount gives an account another e-mail address or last day.
func (s *Store) ChangeAccount(ctx context.Context, by itsm.Actor, id, counter int64, in itsm.NewAccount) error {
	return s.onAccount(ctx, by, id, func(ctx context.Context, t *tx, found itsm.NewAccount) error {
		in.PersonID = found.PersonID
		if err := in.Check(t.today); err != nil {
			return err
		}
		t.say("changed the account of [[person:%d]]", in.PersonID)
		var external bool
		if err := t.QueryRow(ctx, `SELECT company_id IS NOT NULL FROM person WHERE id = $1`, in.PersonID).Scan(&external); err != nil {
			return err
		}
		if external && in.EndsOn == nil {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "last_day", Text: "This person is external: give the account a last day."}}}
		}
		if err := t.edit(ctx, "account", `UPDATE account SET email = @email, ends_on = @ends, counter = counter + 1 WHERE id = @id AND counter = @counter`,
			pgx.StrictNamedArgs{"email": in.Email, "ends": in.EndsOn, "id": id, "counter": counter}); err != nil {
			return err
		}
		return keepAdministrator(ctx, t)
	})
}

// DisableAccount shuts an account out at its next request; its sessions end. The last administrator stays.
func (s *Store) DisableAccount(ctx context.Context, by itsm.Actor, id, counter int64) error {
	return s.onAccount(ctx, by, id, func(ctx context.Context, t *tx, found itsm.NewAccount) error {
		t.say("disabled the account of [[person:%d]]", found.PersonID)
		if err := t.edit(ctx, "account", `UPDATE account SET disabled_at = @at, counter = counter + 1 WHERE id = @id AND counter = @counter AND disabled_at IS NULL`,
			pgx.StrictNamedArgs{"at": t.at, "id": id, "counter": counter}); err != nil {
			return err
		}
		if err := endSessions(ctx, t, id, nil); err != nil {
			return err
		}
		return keepAdministrator(ctx, t)
	})
}

// EnableAccount lets a disabled account in again.
func (s *Store) EnableAccount(ctx context.Context, by itsm.Actor, id, counter int64) error {
	return s.onAccount(ctx, by, id, func(ctx context.Context, t *tx, found itsm.NewAccount) error {
		t.say("enabled the account of [[person:%d]]", found.PersonID)
		return t.edit(ctx, "account", `UPDATE account SET disabled_at = NULL, counter = counter + 1 WHERE id = @id AND counter = @counter AND disabled_at IS NOT NULL`,
			pgx.StrictNamedArgs{"id": id, "counter": counter})
	})
}

// onAccount is the door to what those who manage accounts do to one.
func (s *Store) onAccount(ctx context.Context, by itsm.Actor, id int64, do func(context.Context, *tx, itsm.NewAccount) error) error {
	return s.door(ctx, by, itsm.ManageAccounts, theOrganisation, func(ctx context.Context, t *tx) error {
		var found itsm.NewAccount
		err := t.QueryRow(ctx, `SELECT person_id, email FROM account WHERE id = $1 FOR UPDATE`, id).Scan(&found.PersonID, &found.Email)
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.NotFound{What: "account"}
		}
		if err != nil {
			return err
		}
		return do(ctx, t, found)
	})
}
