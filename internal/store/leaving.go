package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Departure is what a last day would cut for a person, and who would act in their place from then or from today on, read for
// the page that asks before it is done. For who may edit people.
func (s *Store) Departure(ctx context.Context, person int64, last, today time.Time) (d itsm.Departure, err error) {
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"id": person, "left": *itsm.Until(last)}
	only := pgx.StrictNamedArgs{"id": person}
	var hats []departureRow
	one(b, &d.Person, "person", `SELECT `+personColumns+` FROM `+personFrom+` WHERE p.id = @id`, only)
	all(b, &hats, `
		SELECT `+departureColumns(`true`)+`
		FROM (SELECT @left::date AS day) leaving CROSS JOIN assignment a `+departureFrom+`
		WHERE a.person_id = @id AND a.state <> 'withdrawn' AND (upper_inf(a.during) OR upper(a.during) >= @left::date)
		ORDER BY lower(a.during), r.name, a.id`, with(pgx.StrictNamedArgs{"today": today, "people": []int64{person}}, args))
	all(b, &d.Memberships, `
		SELECT t.id, t.name FROM membership m JOIN team t ON t.id = m.team_id
		WHERE m.person_id = @id AND (upper_inf(m.during) OR upper(m.during) > @left::date) ORDER BY lower(t.name)`, args)
	all(b, &d.Leads, `SELECT id, name FROM team WHERE lead_id = @id AND archived_at IS NULL ORDER BY lower(name)`, only)
	all(b, &d.Contacts, `SELECT id, name FROM company WHERE @id IN (our_contact_id, their_contact_id) AND archived_at IS NULL ORDER BY lower(name)`, only)
	all(b, &d.Reports, `
		SELECT p.id, p.name, `+personDetail+` AS detail FROM reporting_line l JOIN person p ON p.id = l.person_id
		WHERE l.manager_id = @id AND (upper_inf(p.employed) OR upper(p.employed) > @left::date) ORDER BY lower(p.sort_name) LIMIT 200`, args)
	all(b, &d.Actions, `SELECT id, what, due_on FROM action WHERE person_id = @id AND done_on IS NULL ORDER BY due_on, id LIMIT 50`, only)
	value(b, &d.Account, "account", `SELECT COALESCE((SELECT email::text FROM account WHERE person_id = @id AND disabled_at IS NULL AND COALESCE(ends_on > @today, true)), '')`,
		with(pgx.StrictNamedArgs{"today": today}, only))
	value(b, &d.LastAdministrator, "account", `SELECT EXISTS (`+leavesNoAdministrator+`)`,
		pgx.StrictNamedArgs{"people": []int64{person}, "left": []time.Time{*itsm.Until(last)}, "today": today})
	if err := s.ask(ctx, b); err != nil {
		return d, err
	}
	d.LastDay = last
	for _, h := range hats {
		hat := h.hat()
		if h.Since.After(last) {
			d.Withdrawn = append(d.Withdrawn, hat)
		} else {
			d.Cut = append(d.Cut, hat)
		}
	}
	return d, nil
}

// departureColumns are hat a of somebody who is gone from leaving.day on, and who acts then, read from departureFrom; stays says of
// another who wears it, h, that they do not leave too.
func departureColumns(stays string) string {
	return `a.id, a.role_id, r.kind, ` + roleCalled + ` AS role_name, COALESCE(pr.name, sv.name, pc.name, o.name) AS scope_name, COALESCE(g.name, '') AS region,
		       a.capacity, a.state, lower(a.during) AS since,
		       a.state = 'appointed' AND a.capacity <> 'deputy' AND lower(a.during) < leaving.day AND NOT EXISTS (
		           SELECT FROM ` + othersWear + ` AND h.during @> leaving.day AND ` + stays + `) AS vacant,
		       COALESCE(next.name, '') AS next, next.since AS next_since,
		       COALESCE(standing.person_id, 0) AS acts_id, COALESCE((SELECT name FROM person WHERE id = standing.person_id), '') AS acts, standing.begins, standing.ends`
}

var departureFrom = `
		LEFT JOIN LATERAL (` + standing + `) standing ON a.state = 'appointed' AND a.capacity <> 'deputy' AND lower(a.during) < leaving.day
		LEFT JOIN LATERAL ( -- who wears it later
			SELECT COALESCE(np.name, nt.name, nc.name) AS name, lower(h.during) AS since
			FROM (SELECT h.* FROM ` + othersWear + ` AND lower(h.during) > leaving.day ORDER BY lower(h.during), h.id LIMIT 1) h
			LEFT JOIN person np ON np.id = h.person_id LEFT JOIN team nt ON nt.id = h.team_id LEFT JOIN company nc ON nc.id = h.company_id) next ON true
		JOIN role r ON r.id = a.role_id
		LEFT JOIN process pr ON pr.id = r.process_id LEFT JOIN practice pc ON pc.id = r.practice_id LEFT JOIN service sv ON sv.id = r.service_id
		LEFT JOIN region g ON g.id = a.region_id, organisation o`

type departureRow struct {
	ID, RoleID                  int64
	Kind                        itsm.RoleKind
	RoleName, ScopeName, Region string
	Capacity                    itsm.Capacity
	State                       itsm.State
	Since                       time.Time
	Vacant                      bool
	ActsID                      int64
	Acts, Next                  string
	Begins, Ends, NextSince     *time.Time
}

func (h departureRow) hat() itsm.DepartureHat {
	hat := itsm.DepartureHat{
		AssignmentID: h.ID, Role: itsm.RoleRef{ID: h.RoleID, Kind: h.Kind, Name: h.RoleName}, ScopeName: h.ScopeName, Region: h.Region,
		Capacity: h.Capacity, State: h.State, Since: h.Since, Vacant: h.Vacant, Next: h.Next, NextSince: h.NextSince,
	}
	if h.ActsID != 0 {
		hat.Vacant, hat.Acts = false, &itsm.StandIn{Person: itsm.PersonRef{ID: h.ActsID, Name: h.Acts}, From: *h.Begins, Until: *h.Ends}
	}
	return hat
}

// Leave sets a person's last day. In the same transaction hats and memberships that last longer end on it, and those
// that would begin later are withdrawn; where a hat falls vacant, its agreed deputy acts for 30 days. A later day than before lengthens nothing again. For who may edit people.
// Conflict, where the person was changed since counter.
func (s *Store) Leave(ctx context.Context, by itsm.Actor, person, counter int64, last time.Time, announced bool) error {
	return s.door(ctx, by, itsm.EditPeople, ofPerson(person), func(ctx context.Context, t *tx) error {
		if err := t.lockPerson(ctx, person, counter); err != nil {
			return err
		}
		left := *itsm.Until(last)
		t.private = !announced && left.After(t.today)
		acting, err := t.cut(ctx, []int64{person}, []time.Time{left}, announced)
		if err != nil {
			return err
		}
		said := fmt.Sprintf("set the last day of [[person:%d]]: %s", person, itsm.ShowDay(last))
		for _, a := range acting {
			said += fmt.Sprintf("; [[person:%d]] acts as [[role:%d]]%s", a.PersonID, a.RoleID, when(a.Since, &a.Until))
		}
		t.say("%s", said)
		tag, err := t.Exec(ctx, `UPDATE person SET employed = daterange(lower(employed), @left), counter = counter + 1
			WHERE id = @id AND (lower_inf(employed) OR lower(employed) < @left)`, pgx.StrictNamedArgs{"id": person, "left": left})
		if err == nil && tag.RowsAffected() == 0 {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "last_day", Text: "The last day lies before the first. Correct one of them."}}}
		}
		return err
	})
}

// WithdrawLeaving takes the last day out again. Hats that it cut stay ended. For who may edit people. Conflict, where the
// person was changed since counter.
func (s *Store) WithdrawLeaving(ctx context.Context, by itsm.Actor, person, counter int64) error {
	return s.door(ctx, by, itsm.EditPeople, ofPerson(person), func(ctx context.Context, t *tx) error {
		if err := t.lockPerson(ctx, person, counter); err != nil {
			return err
		}
		t.say("took out the last day of [[person:%d]], who stays", person)
		return t.run(ctx, `UPDATE person SET employed = daterange(lower(employed), NULL), counter = counter + 1 WHERE id = @id`, pgx.StrictNamedArgs{"id": person})
	})
}

// lockPerson keeps a person's row until the end of the transaction; Conflict where it was changed since counter.
func (t *tx) lockPerson(ctx context.Context, person, counter int64) error {
	var now int64
	err := t.QueryRow(ctx, `SELECT counter FROM person WHERE id = $1 FOR UPDATE`, person).Scan(&now)
	if errors.Is(err, pgx.ErrNoRows) {
		return itsm.NotFound{What: "person"}
	}
	if err == nil && now != counter {
		return t.outrun(ctx, "person", `SELECT @id::bigint`, pgx.StrictNamedArgs{"id": person})
	}
	return err
}

// leavesQuietly is the first day without a person, unless one of their hats is announced to end then.
func leavesQuietly(person string) string {
	return `(SELECT upper(q.employed) FROM person q WHERE q.id = ` + person + ` AND NOT EXISTS (
		SELECT FROM assignment e WHERE e.person_id = q.id AND e.state = 'appointed' AND upper(e.during) = upper(q.employed) AND e.announced_during IS NULL))`
}

// leavingTold says of person p that a last day is set which everybody may know of: one of their hats is announced to end then.
const leavingTold = `EXISTS (SELECT FROM assignment e WHERE e.person_id = p.id AND e.state = 'appointed' AND upper(e.during) = upper(p.employed) AND e.announced_during IS NULL)`

// memberKnown says that membership m counts on @day for a reader who knows up to @known who leaves.
var memberKnown = `(m.during @> @day::date OR m.during @> @known::date AND upper(m.during) = ` + leavesQuietly(`m.person_id`) + `)`

// memberKnownOn is memberKnown, and no more than the days where the reader knows of everything until the day.
func memberKnownOn(day, known time.Time) string { return ahead("m", day, known, memberKnown) }

// Leaver is a person, and whether hats of theirs end with a last day ahead of which only those know who read plans. NotFound where
// there is none.
func (s *Store) Leaver(ctx context.Context, person int64, today time.Time) (p itsm.Person, quiet bool, err error) {
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"id": person}
	one(b, &p, "person", `SELECT `+personColumns+` FROM `+personFrom+` WHERE p.id = @id`, args)
	value(b, &quiet, "person", `SELECT EXISTS (SELECT FROM assignment a WHERE `+endsQuietly+` AND upper(a.during) > @today::date)`,
		pgx.StrictNamedArgs{"id": person, "today": today})
	return p, quiet, s.ask(ctx, b)
}

// endsQuietly says that assignment a of person @id ends with their last day, and is not announced to.
const endsQuietly = `a.person_id = @id AND a.announced_during IS NOT NULL AND upper(a.during) = (SELECT upper(employed) FROM person WHERE id = @id)`

// AnnounceLeaving lets everybody see that a person's hats end with their last day. For who may edit people. Conflict, where the
// person was changed since counter.
func (s *Store) AnnounceLeaving(ctx context.Context, by itsm.Actor, person, counter int64) error {
	return s.door(ctx, by, itsm.EditPeople, ofPerson(person), func(ctx context.Context, t *tx) error {
		if err := t.lockPerson(ctx, person, counter); err != nil {
			return err
		}
		t.say("announced until when [[person:%d]] wears their hats, who leaves", person)
		args := pgx.StrictNamedArgs{"id": person}
		if err := t.run(ctx, `UPDATE assignment h SET announced = true FROM assignment a WHERE `+endsQuietly+` AND `+takesOver, args); err != nil {
			return err
		}
		tag, err := t.Exec(ctx, `UPDATE assignment a SET announced_during = NULL WHERE `+endsQuietly, args)
		if err == nil && tag.RowsAffected() == 0 {
			err = itsm.Conflict{Text: "This is announced already, or no hat ends with the last day."}
		}
		return err
	})
}

// cut ends, for each person, what would outlast the first day without them, and withdraws what would only begin then. Others see
// no end that lies ahead until it is announced. Where a hat falls vacant, its agreed deputy acts.
// Their rows are locked by the caller, or by the update of person that follows. Where the last administrator leaves, it is a Conflict.
func (t *tx) cut(ctx context.Context, people []int64, left []time.Time, announced bool) (acting []actingNow, err error) {
	if err := t.keepAdministratorBeside(ctx, people, left); err != nil {
		return nil, err
	}
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"people": people, "left": left}
	told := pgx.StrictNamedArgs{"people": people, "left": left, "announced": announced, "today": t.today}
	leaving := `SELECT * FROM unnest(@people::bigint[], @left::date[]) AS leaving (person_id, day)`
	b.Queue(`
		UPDATE assignment a SET during = daterange(lower(a.during), leaving.day), ended_reason = 'Leaves the organisation.',
		       announced_during = `+stillAnnounced(`NOT @announced AND leaving.day > @today::date`)+`
		FROM (`+leaving+`) leaving
		WHERE a.person_id = leaving.person_id AND a.state <> 'withdrawn' AND lower(a.during) < leaving.day
		  AND (upper_inf(a.during) OR upper(a.during) > leaving.day)`, told)
	all(b, &acting, `
		INSERT INTO assignment (role_id, role_kind, person_id, during, region_id, service_id, capacity, state, acceptance, answered_on, announced, recorded_on, decided_on, recorded_by, reason)
		SELECT DISTINCT ON (a.role_id, a.region_id, a.service_id)
		       a.role_id, a.role_kind, s.person_id, daterange(s.begins, s.ends), a.region_id, a.service_id, 'acting', 'appointed',
		       CASE s.acceptance WHEN 'accepted' THEN 'accepted' ELSE 'told' END, CASE s.acceptance WHEN 'accepted' THEN s.answered_on END, @announced OR s.begins <= @today::date, @today, @today,
		       NULLIF(NULLIF(@by::bigint, 0), s.person_id), 'The agreed deputy: ' || p.name || ' leaves.'
		FROM (`+leaving+`) leaving JOIN person p ON p.id = leaving.person_id
		JOIN assignment a ON a.person_id = leaving.person_id AND a.state = 'appointed' AND a.capacity <> 'deputy' AND upper(a.during) = leaving.day
		CROSS JOIN LATERAL (`+standing+`) s
		ORDER BY a.role_id, a.region_id, a.service_id, s.begins DESC
		RETURNING role_id, person_id, lower(during) AS since, upper(during) AS until`,
		pgx.StrictNamedArgs{"people": people, "left": left, "announced": announced, "today": t.today, "by": t.by.PersonID})
	b.Queue(`
		UPDATE assignment a SET state = 'withdrawn', ended_reason = 'Leaves the organisation before it begins.'
		FROM (`+leaving+`) leaving
		WHERE a.person_id = leaving.person_id AND a.state <> 'withdrawn' AND lower(a.during) >= leaving.day`, args)
	b.Queue(`
		UPDATE membership m SET during = daterange(lower(m.during), leaving.day)
		FROM (`+leaving+`) leaving
		WHERE m.person_id = leaving.person_id AND lower(m.during) < leaving.day AND (upper_inf(m.during) OR upper(m.during) > leaving.day)`, args)
	b.Queue(`DELETE FROM membership m USING (`+leaving+`) leaving WHERE m.person_id = leaving.person_id AND lower(m.during) >= leaving.day`, args)
	return acting, t.SendBatch(ctx, b).Close()
}
