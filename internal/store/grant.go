package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// GrantAccount makes an account administrator or auditor from today. The same grant twice is refused.
func (s *Store) GrantAccount(ctx context.Context, by itsm.Actor, in itsm.NewGrant) error {
	return s.onAccount(ctx, by, in.AccountID, func(ctx context.Context, t *tx, found itsm.NewAccount) error {
		if err := in.Check(t.today); err != nil {
			return err
		}
		var practice *int64
		t.say("made [[person:%d]] %s", found.PersonID, in.Kind)
		if in.PracticeID != 0 {
			practice = &in.PracticeID
			t.say("made [[person:%d]] %s of [[practice:%d]]", found.PersonID, in.Kind, in.PracticeID)
		}
		return t.change(ctx, "This account has that grant already.", `
			INSERT INTO account_grant (account_id, kind, practice_id, during)
			SELECT @account, @kind, @practice, daterange(@today, @until)
			WHERE NOT EXISTS (SELECT FROM account_grant WHERE account_id = @account AND kind = @kind AND practice_id IS NOT DISTINCT FROM @practice::bigint
			                  AND during && daterange(@today, @until))`,
			pgx.StrictNamedArgs{"account": in.AccountID, "kind": string(in.Kind), "practice": practice, "today": t.today, "until": in.Until})
	})
}

// RevokeGrant ends a grant now. The last administrator stays.
func (s *Store) RevokeGrant(ctx context.Context, by itsm.Actor, account, grant int64) error {
	return s.onAccount(ctx, by, account, func(ctx context.Context, t *tx, found itsm.NewAccount) error {
		var kind string
		err := t.QueryRow(ctx, `SELECT kind FROM account_grant WHERE id = $1 AND account_id = $2 AND NOT COALESCE(upper(during) <= $3, false)`, grant, account, t.today).Scan(&kind)
		if err != nil {
			return err
		}
		t.say("took %s from [[person:%d]]", kind, found.PersonID)
		// One of today has not counted on any earlier day: no day is left of it.
		if err := t.run(ctx, `DELETE FROM account_grant WHERE id = @grant AND lower(during) >= @today`, pgx.StrictNamedArgs{"grant": grant, "today": t.today}); err != nil {
			return err
		}
		if err := t.run(ctx, `UPDATE account_grant SET during = daterange(lower(during), @today) WHERE id = @grant`,
			pgx.StrictNamedArgs{"grant": grant, "today": t.today}); err != nil {
			return err
		}
		return keepAdministrator(ctx, t)
	})
}

// administrators are the accounts a of people p who manage accounts on a day.
func administrators(day string) string {
	return `account_grant g JOIN account a ON a.id = g.account_id JOIN person p ON p.id = a.person_id
		WHERE g.kind = 'administrator' AND a.disabled_at IS NULL AND g.during @> ` + day + ` AND COALESCE(a.ends_on > ` + day + `, true) AND p.employed @> ` + day
}

// keepAdministrator refuses what would leave nobody who manages accounts. Two at once queue at the organisation's row, by a
// statement of its own: one that waited would count with the snapshot from before its wait.
func keepAdministrator(ctx context.Context, t *tx) error {
	if err := t.run(ctx, `SELECT FROM organisation FOR UPDATE`, nil); err != nil {
		return err
	}
	var left int
	if err := t.QueryRow(ctx, `SELECT count(*)::int FROM `+administrators(`$1::date`), t.today).Scan(&left); err != nil {
		return err
	}
	if left == 0 {
		return itsm.Conflict{Text: "This is the last administrator. Make somebody else administrator first."}
	}
	return nil
}

// leavesNoAdministrator are those of @people who manage accounts and leave, from the days @left on, nobody behind who does.
var leavesNoAdministrator = `
	SELECT n.name FROM unnest(@people::bigint[], @left::date[]) AS leaving (person_id, day) JOIN person n ON n.id = leaving.person_id
	WHERE n.id IN (SELECT p.id FROM ` + administrators(`@today::date`) + `)
	  AND NOT EXISTS (SELECT FROM ` + administrators(`GREATEST(leaving.day, @today::date)`) + ` AND p.id <> ALL(@people))
	ORDER BY n.id LIMIT 1`

// keepAdministratorBeside refuses it where people leave who are the last to manage accounts. They queue as in keepAdministrator, the
// others not.
func (t *tx) keepAdministratorBeside(ctx context.Context, people []int64, left []time.Time) error {
	if err := t.run(ctx, `SELECT FROM organisation WHERE EXISTS (SELECT FROM `+administrators(`@today::date`)+` AND p.id = ANY(@people::bigint[])) FOR UPDATE`,
		pgx.StrictNamedArgs{"people": people, "today": t.today}); err != nil {
		return err
	}
	var name string
	err := t.QueryRow(ctx, leavesNoAdministrator, pgx.StrictNamedArgs{"people": people, "left": left, "today": t.today}).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return itsm.Conflict{Text: name + " is the last administrator. Make somebody else administrator first, who stays longer.", Who: name}
}
