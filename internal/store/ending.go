package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// EndAssignment gives an appointment its first day without; an end that is set already can only come earlier. A day in
// the past needs a reason; one ahead is a plan until it is announced. What would end before it begins is withdrawn. by must be one who may appoint there.
func (s *Store) EndAssignment(ctx context.Context, by itsm.Actor, id int64, to time.Time, announced bool, reason string) error {
	if err := checkReason(&reason); err != nil {
		return err
	}
	return s.decide(ctx, by, id, func(ctx context.Context, t *tx, f found) error {
		if to.Before(t.today) && reason == "" {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "reason", Text: "The last day lies in the past: say why it is recorded only now."}}}
		}
		if f.State != itsm.Appointed {
			return itsm.Conflict{Text: "Only what is appointed ends. Decline or withdraw it instead."}
		}
		return t.end(ctx, f, to, announced, reason, "ended "+f.sentence())
	})
}

// end sets the upper bound, or withdraws what has not begun by then; said begins its sentence: "ended [[person:4]] as [[role:7]]".
func (t *tx) end(ctx context.Context, f found, to time.Time, announced bool, reason, said string) error {
	if f.State == itsm.Withdrawn {
		return itsm.Conflict{Text: "This was withdrawn meanwhile."}
	}
	if endsBefore(f.Until, to) {
		return itsm.Conflict{Text: "It ends on " + itsm.ShowDay(f.Until.AddDate(0, 0, -1)) + " already. To go on longer, appoint again from the day after."}
	}
	t.reason = reason
	if !f.Since.Before(to) {
		t.say("withdrew %s before it began", f.sentence())
		return t.withdraw(ctx, f.AssignmentID, reason)
	}
	t.private = t.private || !announced && to.After(t.today)
	last, is := to.AddDate(0, 0, -1), "is"
	if last.Before(t.today) {
		is = "was"
	}
	t.say("%s; the last day %s %s", said, is, itsm.ShowDay(last))
	return t.endOn(ctx, f.AssignmentID, to, announced, reason)
}

// Withdraw makes an assignment count on no day: one that has not begun, or a wrong entry, which needs a reason. by must
// be one who may appoint there, or the one who proposed it.
func (s *Store) Withdraw(ctx context.Context, by itsm.Actor, id int64, reason string) error {
	if err := checkReason(&reason); err != nil {
		return err
	}
	do := func(ctx context.Context, t *tx, f found) error {
		if f.State == itsm.Withdrawn {
			return itsm.Conflict{Text: "This was withdrawn already."}
		}
		if f.State == itsm.Appointed && f.Phase(t.today) != itsm.Later && reason == "" {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "reason", Text: "It counted for days: say why it was wrong. To stop from a day on, end it instead."}}}
		}
		t.reason = reason
		t.private = t.private || f.State == itsm.Proposed
		t.say("withdrew %s", f.sentence())
		return t.withdraw(ctx, id, reason)
	}
	own, err := s.proposedBy(ctx, id)
	if err != nil {
		return err
	}
	if own == 0 || own != by.PersonID {
		return s.decide(ctx, by, id, do)
	}
	var f found
	at := func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		f, err = lockedAssignment(ctx, t, id, by.Today)
		return f.chair.Scope(f.RegionID), err
	}
	return s.door(ctx, by, itsm.Propose, at, func(ctx context.Context, t *tx) error {
		if f.State != itsm.Proposed {
			return itsm.Conflict{Text: "This proposal was decided meanwhile."}
		}
		return do(ctx, t, f)
	})
}

// proposedBy is who proposed what is still a proposal; 0 where it is none.
func (s *Store) proposedBy(ctx context.Context, id int64) (person int64, err error) {
	err = s.read.QueryRow(ctx, `SELECT CASE WHEN state = 'proposed' THEN COALESCE(recorded_by, 0) ELSE 0 END FROM assignment WHERE id = $1`, id).Scan(&person)
	if errors.Is(err, pgx.ErrNoRows) {
		err = itsm.NotFound{What: "assignment"}
	}
	return person, err
}

func checkReason(reason *string) error {
	var c itsm.Checks
	c.Prose(reason, "reason", itsm.ReasonMax)
	return c.Err()
}

// stillLive says that assignment a is worn or proposed today, or will be.
const stillLive = `a.state <> 'withdrawn' AND (upper_inf(a.during) OR upper(a.during) > @today::date)`

// endWith are the hats that end when a practice, a process or a service is archived: its own, and those worn for a service alone.
var endWith = map[string]string{
	"practice": `a.role_id IN (SELECT id FROM role WHERE practice_id = @id)`,
	"process":  `a.role_id IN (SELECT id FROM role WHERE process_id = @id)`,
	"service":  `(a.service_id = @id OR a.role_id IN (SELECT id FROM role WHERE service_id = @id))`,
}

// usedAs says by kind that something hangs on what is archived, or did; else it is deleted instead.
var usedAs = map[string]string{"practice": practiceUsed, "process": processUsed, "service": serviceUsed}

// HatsOf counts the hats of a practice, a process or a service that are worn, or will be: those that end when it is archived. kept is
// false where nothing ever hung on it, so that it is deleted. For who may archive it.
func (s *Store) HatsOf(ctx context.Context, by itsm.Actor, of string, id int64) (n int, kept bool, err error) {
	b := &pgx.Batch{}
	value(b, &n, of, `SELECT count(*) FROM assignment a WHERE `+endWith[of]+` AND `+stillLive, pgx.StrictNamedArgs{"id": id, "today": by.Today})
	b.Queue(`SELECT `+usedAs[of], id).QueryRow(func(row pgx.Row) error { return row.Scan(&kept) })
	return n, kept, s.ask(ctx, b)
}

// endHatsOf ends the hats of what is archived today, and withdraws those that have not begun before or are only proposed:
// archived things are in no list, and nobody would find there what they wear.
func (t *tx) endHatsOf(ctx context.Context, of string, id int64) error {
	here := endWith[of] + ` AND ` + stillLive
	args := func() pgx.StrictNamedArgs {
		return pgx.StrictNamedArgs{"id": id, "today": t.today, "reason": "The " + of + " was archived."}
	}
	var ended []int64
	err := t.QueryRow(ctx, `
		WITH ended AS (
			UPDATE assignment a SET during = daterange(lower(a.during), @today), announced_during = NULL, ended_reason = @reason
			WHERE a.state = 'appointed' AND lower(a.during) < @today::date AND `+here+` RETURNING a.id
		) SELECT COALESCE(array_agg(id), '{}') FROM ended`, args()).Scan(&ended)
	if err != nil {
		return err
	}
	if err := t.run(ctx, `
		UPDATE assignment a SET state = 'withdrawn', ended_reason = @reason
		WHERE (a.state = 'proposed' OR lower(a.during) >= @today::date) AND `+here, args()); err != nil {
		return err
	}
	return t.aboutHats(ctx, ended)
}

// aboutHats lets the histories of who wears hats, and of the roles they are, tell the event: it ended them.
func (t *tx) aboutHats(ctx context.Context, ids []int64) error {
	_, err := t.Exec(ctx, `
		INSERT INTO event_about (event_id, kind, id)
		SELECT DISTINCT $1::bigint, w.kind, w.id
		FROM assignment a, LATERAL (VALUES ('role', a.role_id), ('person', a.person_id), ('team', a.team_id), ('company', a.company_id)) w (kind, id)
		WHERE a.id = ANY($2) AND w.id IS NOT NULL
		ON CONFLICT DO NOTHING`, t.event, ids)
	return err
}
