package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
)

// ChangeSettings saves the organisation's settings, all but how far its set-up came.
func (s *Store) ChangeSettings(ctx context.Context, by itsm.Actor, o itsm.Organisation) error {
	if err := o.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditSettings, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := t.knowsZone(ctx, o.TimeZone); err != nil {
			return err
		}
		var id int64
		var was itsm.Organisation
		if err := t.QueryRow(ctx, `SELECT id, name, time_zone, owner_label, support_letter, count_accepted, external_sees FROM organisation FOR UPDATE`).
			Scan(&id, &was.Name, &was.TimeZone, &was.OwnerLabel, &was.SupportLetter, &was.CountAccepted, &was.ExternalSees); err != nil {
			return err
		}
		t.say("%s", unlinked(was.Change(o)))
		return t.edit(ctx, "organisation", `
			UPDATE organisation SET name = @name, time_zone = @zone, owner_label = @label, support_letter = @support, count_accepted = @accepted,
			       external_sees = @external, counter = counter + 1
			WHERE id = @id AND counter = @counter`, pgx.StrictNamedArgs{
			"id": id, "name": o.Name, "zone": o.TimeZone, "label": o.OwnerLabel, "support": o.SupportLetter, "accepted": o.CountAccepted,
			"external": o.ExternalSees, "counter": o.Counter,
		})
	})
}

// SettingsChanges are the latest events about the settings, as far as the actor may know them.
func (s *Store) SettingsChanges(ctx context.Context, by itsm.Actor) ([]itsm.Moment, error) {
	b := &pgx.Batch{}
	recent := recentActs(b, itsm.EditSettings)
	if err := s.ask(ctx, b); err != nil {
		return nil, err
	}
	return recent(by, itsm.Scope{}), nil
}

// knowsZone refuses a time zone that the database does not know: every page asks it for the day.
func (t *tx) knowsZone(ctx context.Context, zone string) error {
	var at string
	err := t.QueryRow(ctx, `SELECT (@now::timestamptz AT TIME ZONE @zone)::text`, pgx.StrictNamedArgs{"now": t.at, "zone": zone}).Scan(&at)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "22023" {
		return itsm.Invalid{Problems: []itsm.Problem{{Field: "time_zone", Text: "The database does not know this time zone. Give a name such as Europe/Paris."}}}
	}
	return err
}

// SetTimeZone gives the organisation a time zone, where it has another.
func (s *Store) SetTimeZone(ctx context.Context, by itsm.Actor, zone string) error {
	if o, err := s.Organisation(ctx); err != nil || o.TimeZone == zone {
		return err
	}
	return s.door(ctx, by, itsm.EditSettings, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("set the time zone to %s", zone)
		if err := t.knowsZone(ctx, zone); err != nil {
			return err
		}
		return t.run(ctx, `UPDATE organisation SET time_zone = @zone, counter = counter + 1`, pgx.StrictNamedArgs{"zone": zone})
	})
}

// SetUpStep notes that the steps of the first set-up up to one are done or skipped. It never goes back.
func (s *Store) SetUpStep(ctx context.Context, by itsm.Actor, step int) error {
	return s.door(ctx, by, itsm.EditSettings, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("went on with the set-up: step %d of %d", step, itsm.SetUpSteps)
		return t.run(ctx, `UPDATE organisation SET set_up_step = @step WHERE set_up_step < @step`, pgx.StrictNamedArgs{"step": step})
	})
}

// BecomeDemo marks the database as that of the demo organisation; Conflict where it holds people or practices.
func (s *Store) BecomeDemo(ctx context.Context, by itsm.Actor, name string) error {
	return s.door(ctx, by, itsm.EditSettings, theOrganisation, func(ctx context.Context, t *tx) error {
		t.say("began the demo organisation")
		return t.change(ctx, "This database holds other data.", `
			UPDATE organisation SET demo = true, name = @name
			WHERE NOT EXISTS (SELECT FROM person) AND NOT EXISTS (SELECT FROM practice) AND NOT EXISTS (SELECT FROM account)`,
			pgx.StrictNamedArgs{"name": name})
	})
}

// Empty says whether nobody has put anything in yet: no person, no practice, no account.
func (s *Store) Empty(ctx context.Context) (empty bool, err error) {
	err = s.read.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM person) AND NOT EXISTS (SELECT FROM practice) AND NOT EXISTS (SELECT FROM account)`).Scan(&empty)
	return empty, translate(err)
}

// MakeFirstAdministrator spends a first administrator's link: it names the organisation and makes the person (unless
// somebody of that e-mail address is there), the account with its password, the grant, and the first SMO lead if wanted.
func (s *Store) MakeFirstAdministrator(ctx context.Context, token, request string, in itsm.FirstAdministrator, passwordHash string) (account int64, err error) {
	if err := in.Check(); err != nil {
		return 0, err
	}
	by := itsm.Actor{Operator: true, Request: request} // whoever reads the terminal
	err = s.door(ctx, by, itsm.ManageAccounts, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := useLink(ctx, t, token); err != nil {
			return err
		}
		if err := t.change(ctx, "Somebody else became the first administrator meanwhile. Sign in, or ask them for an account.", `
			UPDATE organisation SET name = @name, counter = counter + 1 WHERE NOT EXISTS (SELECT FROM account)`,
			pgx.StrictNamedArgs{"name": in.Organisation}); err != nil {
			return err
		}
		person, err := firstPerson(ctx, t, in)
		if err != nil {
			return err
		}
		if account, err = addAccount(ctx, t, itsm.NewAccount{PersonID: person, Email: in.Email}); err != nil {
			return err
		}
		if err := setPassword(ctx, t, account, passwordHash, nil); err != nil {
			return err
		}
		if err := t.run(ctx, `INSERT INTO account_grant (account_id, kind, during) VALUES (@account, 'administrator', daterange(@today, NULL))`,
			pgx.StrictNamedArgs{"account": account, "today": t.today}); err != nil {
			return err
		}
		if in.Lead {
			if err := appointFirstLead(ctx, t, person, string(itsm.Accepted)); err != nil {
				return err
			}
		}
		t.say("made [[person:%d]] the first administrator", person)
		return nil
	})
	return account, err
}

func firstPerson(ctx context.Context, t *tx, in itsm.FirstAdministrator) (id int64, err error) {
	id, err = t.number(ctx, `SELECT min(id) FROM person WHERE lower(email) = lower(@email) AND employed @> @today::date AND company_id IS NULL HAVING count(*) = 1`,
		pgx.StrictNamedArgs{"email": in.Email, "today": t.today})
	if !errors.Is(err, pgx.ErrNoRows) {
		return id, err
	}
	return t.number(ctx, `INSERT INTO person (name, sort_name, email) VALUES (@name, @sort_name, @email) RETURNING id`,
		pgx.StrictNamedArgs{"name": in.Name, "sort_name": itsm.SortName(in.Name), "email": in.Email})
}

// SetUp counts what an organisation has, for the steps of its first set-up. It is for those who edit the settings.
func (s *Store) SetUp(ctx context.Context, day time.Time) (found itsm.SetUp, err error) {
	const vacant = ` FROM role r JOIN practice p ON p.id = r.practice_id
		WHERE r.kind = 'owner' AND r.archived_at IS NULL AND p.archived_at IS NULL
		  AND NOT EXISTS (SELECT FROM worn(@day) w WHERE w.role_id = r.id AND w.capacity <> 'deputy')`
	args := pgx.StrictNamedArgs{"day": day}
	b := &pgx.Batch{}
	value(b, &found.Regions, "region", `SELECT count(*)::int FROM region`, nil)
	value(b, &found.People, "person", `SELECT count(*)::int FROM person WHERE employed @> @day::date`, args)
	value(b, &found.Practices, "practice", `SELECT count(*)::int FROM practice WHERE archived_at IS NULL`, nil)
	value(b, &found.Accounts, "account", `SELECT count(*)::int FROM account WHERE disabled_at IS NULL`, nil)
	value(b, &found.Vacant, "role", `SELECT count(*)::int`+vacant, args)
	b.Queue(`SELECT r.id, p.name`+vacant+` ORDER BY lower(p.name) LIMIT 50`, args).Query(func(rows pgx.Rows) (err error) {
		found.Owners, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r itsm.Role, err error) {
			return r, row.Scan(&r.ID, &r.ScopeName)
		})
		return err
	})
	return found, s.ask(ctx, b)
}
