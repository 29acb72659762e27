package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// AddAccounts makes accounts for several people and a one-time link for each, as one event; whoever has one without a password
// gets a new link, and the other ones are left as they are. One who cannot have an account is Invalid, and none is made; where
// nobody gets a link it is a Conflict. For who manages accounts.
func (s *Store) AddAccounts(ctx context.Context, by itsm.Actor, in itsm.NewAccounts) (logins []itsm.Login, err error) {
	err = s.door(ctx, by, itsm.ManageAccounts, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := in.Check(t.today); err != nil {
			return err
		}
		rows, err := t.Query(ctx, `
			SELECT p.id AS person_id, p.name, COALESCE(a.email, p.email) AS email, p.company_id IS NOT NULL AS external, p.employed @> @today::date AS here,
			       EXISTS (SELECT FROM account o WHERE lower(o.email) = lower(p.email) AND o.person_id <> p.id) AS taken, COALESCE(a.id, 0) AS account_id,
			       COALESCE(a.password_hash <> '' OR a.disabled_at IS NOT NULL OR a.ends_on <= @today::date OR NOT p.employed @> @today::date, false) AS closed
			FROM person p LEFT JOIN account a ON a.person_id = p.id
			WHERE p.id = ANY(@people::bigint[]) ORDER BY lower(p.sort_name), p.id FOR SHARE OF p`, pgx.StrictNamedArgs{"people": in.PersonIDs, "today": t.today})
		if err != nil {
			return err
		}
		people, err := pgx.CollectRows(rows, pgx.RowToStructByName[itsm.AccountFor])
		if err != nil {
			return err
		}
		if people, err = in.For(people); err != nil {
			return err
		}
		if len(people) == 0 {
			return itsm.Conflict{Text: "All of them have an account already."}
		}
		logins, err = t.link(ctx, people, in)
		return err
	})
	return logins, err
}

// link makes what accounts people lack, and a new link for each.
func (t *tx) link(ctx context.Context, people []itsm.AccountFor, in itsm.NewAccounts) (logins []itsm.Login, err error) {
	var lack []int64
	for _, p := range people {
		if p.AccountID == 0 {
			lack = append(lack, p.PersonID)
		}
	}
	made := map[int64]int64{} // account by person
	rows, err := t.Query(ctx, `INSERT INTO account (person_id, email, ends_on) SELECT p.id, p.email, @ends::date FROM person p WHERE p.id = ANY(@lack::bigint[]) RETURNING person_id, id`,
		pgx.StrictNamedArgs{"lack": lack, "ends": in.EndsOn})
	if err != nil {
		return nil, err
	}
	var person, account int64
	if _, err := pgx.ForEachRow(rows, []any{&person, &account}, func() error { made[person] = account; return nil }); err != nil {
		return nil, err
	}
	var accounts, persons []int64
	var hashes [][]byte
	for _, p := range people {
		l := itsm.Login{AccountID: p.AccountID, PersonID: p.PersonID, Name: p.Name, Email: p.Email}
		if l.AccountID == 0 {
			l.AccountID, l.Made = made[p.PersonID], true
		}
		var hash []byte
		l.Token, hash = newLink()
		logins, accounts, persons, hashes = append(logins, l), append(accounts, l.AccountID), append(persons, l.PersonID), append(hashes, hash)
	}
	t.say("%s", linksSaid(len(lack), persons))
	if err := t.run(ctx, `DELETE FROM login_link WHERE account_id = ANY(@accounts::bigint[]) OR expires_at < @now`, pgx.StrictNamedArgs{"accounts": accounts, "now": t.at}); err != nil {
		return nil, err
	}
	return logins, t.run(ctx, `INSERT INTO login_link (token_hash, account_id, expires_at) SELECT h, a, @until FROM unnest(@hashes::bytea[], @accounts::bigint[]) AS x (h, a)`,
		pgx.StrictNamedArgs{"accounts": accounts, "hashes": hashes, "until": t.at.Add(itsm.LinkLife)})
}

// linksSaid is what the trail says of links made for people, added of whom had no account before.
func linksSaid(added int, people []int64) string {
	what := "made accounts with one-time links for "
	switch added {
	case 0:
		what = "made one-time links for "
	case len(people):
	default:
		what = fmt.Sprintf("made %d accounts, and one-time links for ", added)
	}
	if len(people) > membersSaid {
		return what + fmt.Sprintf("%d people", len(people))
	}
	return what + mentionsOf("person", people)
}
