package store

import (
	"cmp"
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// answer opens the door for who may answer for an assignment: the holder, a team's lead, a company's contacts.
func (s *Store) answer(ctx context.Context, by itsm.Actor, act itsm.Action, id int64, do func(context.Context, *tx, found) error) error {
	var f found
	at := func(ctx context.Context, t pgx.Tx) (at itsm.Scope, err error) {
		f, err = lockedAssignment(ctx, t, id, by.Today)
		if err = f.unseen(by, err); err != nil {
			return at, err
		}
		at = f.Scope()
		if f.MayAnswer(by) {
			at.PersonID = by.PersonID
		} else if at.PersonID == by.PersonID {
			at.PersonID = 0
		}
		// The holder answers wherever the hat hangs: of an external account, Sees may not name the practice yet.
		at.PracticeID = 0
		return at, nil
	}
	return s.door(ctx, by, act, at, func(ctx context.Context, t *tx) error {
		if f.State != itsm.Appointed && (act != itsm.Object || f.State != itsm.Proposed) {
			return itsm.Conflict{Text: "This is not appointed: there is nothing to answer yet."}
		}
		if err := f.over(t.today); err != nil {
			return err
		}
		t.private = !f.Announced && f.Since.After(t.today)
		return do(ctx, t, f)
	})
}

// disputed refuses an answer over somebody else's objection, which it would hide.
func disputed(f found) error {
	who := cmp.Or(f.ObjectedBy, "Somebody")
	return itsm.Conflict{Text: who + " objects. Whoever appointed answers that first, and the holder is asked anew.", Who: f.ObjectedBy}
}

// Accept says that the holder knows of the hat and takes it; a team's lead accepts for the team, a contact for a company. Over
// somebody else's objection it is a Conflict.
func (s *Store) Accept(ctx context.Context, by itsm.Actor, id int64) error {
	return s.answer(ctx, by, itsm.Answer, id, func(ctx context.Context, t *tx, f found) error {
		if f.Disputed(by) {
			return disputed(f)
		}
		t.say("accepted %s", f.seenBy(by))
		return t.change(ctx, "This is accepted already.", `
			UPDATE assignment SET acceptance = 'accepted', answered_on = @today, objection = '' WHERE id = @id AND acceptance <> 'accepted'`,
			pgx.StrictNamedArgs{"id": id, "today": t.today})
	})
}

// Object says why the holder does not want the hat, or whoever they report to: a task for the appointer that ends nothing
// by itself. To a proposal it can be said before anybody decides. Over somebody's objection it is a Conflict (itsm.Assignment.Disputed).
func (s *Store) Object(ctx context.Context, by itsm.Actor, id int64, reason string) error {
	var c itsm.Checks
	c.Prose(&reason, "reason", itsm.ReasonMax)
	c.Require(reason != "", "reason", "Say why, so that whoever appointed can answer.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.answer(ctx, by, itsm.Object, id, func(ctx context.Context, t *tx, f found) error {
		if f.Disputed(by) {
			return disputed(f)
		}
		t.private, t.reason = true, reason
		t.say("objected to %s", f.seenBy(by))
		return t.run(ctx, `UPDATE assignment SET acceptance = 'objected', answered_on = @today, objection = @reason WHERE id = @id`,
			pgx.StrictNamedArgs{"id": id, "today": t.today, "reason": reason})
	})
}

// TakeBack takes back what the actor objected: the holder is asked anew, a proposal waits as before. What somebody else objects is
// theirs to take back.
func (s *Store) TakeBack(ctx context.Context, by itsm.Actor, id int64) error {
	return s.answer(ctx, by, itsm.Object, id, func(ctx context.Context, t *tx, f found) error {
		if !f.ObjectsHere(by) {
			return itsm.Conflict{Text: "You do not object to this any more."}
		}
		t.private = true
		t.say("took back the objection to %s", f.seenBy(by))
		return t.run(ctx, `UPDATE assignment SET acceptance = 'told', answered_on = @today, objection = '' WHERE id = @id`,
			pgx.StrictNamedArgs{"id": id, "today": t.today})
	})
}

// GiveUp ends a hat from a day on, by its holder: to is the first day without, tomorrow at the earliest. It is a plan until it
// is announced. Who says until when they wear a hat needs not be asked whether they take it.
func (s *Store) GiveUp(ctx context.Context, by itsm.Actor, id int64, to time.Time, announced bool, reason string) error {
	if err := checkReason(&reason); err != nil {
		return err
	}
	return s.answer(ctx, by, itsm.Answer, id, func(ctx context.Context, t *tx, f found) error {
		if !to.After(t.today) {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "last_day", Text: "The last day can be today or later. For an earlier one ask who appointed you."}}}
		}
		if err := t.end(ctx, f, to, announced, reason, "gave up "+f.seenBy(by)); err != nil {
			return err
		}
		return t.run(ctx, `UPDATE assignment SET acceptance = 'accepted', answered_on = @today WHERE id = @id AND acceptance = 'told' AND state = 'appointed'`,
			pgx.StrictNamedArgs{"id": id, "today": t.today})
	})
}

// AppointFirstLead makes a person the SMO lead while nobody is, by an administrator, themselves included.
func (s *Store) AppointFirstLead(ctx context.Context, by itsm.Actor, person int64) error {
	return s.door(ctx, by, itsm.AppointFirstLead, theOrganisation, func(ctx context.Context, t *tx) error {
		return appointFirstLead(ctx, t, person, ownAnswer(by, person))
	})
}

func appointFirstLead(ctx context.Context, t *tx, person int64, acceptance string) error {
	// The role's row is locked: two administrators at once do it one after the other.
	role, err := t.number(ctx, `
		SELECT id FROM role WHERE kind = 'manager' AND num_nonnulls(practice_id, process_id, service_id) = 0 AND archived_at IS NULL
		ORDER BY id LIMIT 1 FOR NO KEY UPDATE`, nil)
	if err != nil {
		return err
	}
	// Accepted or not: a setting of whoever administers must not empty the chair.
	var vacant bool
	if err := t.QueryRow(ctx, `SELECT lead_vacant($1::date)`, t.today).Scan(&vacant); err != nil {
		return err
	}
	if !vacant {
		return itsm.Conflict{Text: "There is an SMO lead meanwhile. Ask them."}
	}
	found, err := t.lockedHolders(ctx, []int64{person}, nil, nil)
	if err != nil {
		return err
	}
	var c itsm.Checks
	if found[0].serve(&c, t.today, found[0].Gone, t.today); c.Err() != nil {
		return c.Err()
	}
	t.say("made [[person:%d]] the first [[role:%d]]", person, role)
	return t.run(ctx, `
		INSERT INTO assignment (role_id, role_kind, person_id, during, announced_during, state, acceptance, answered_on, recorded_on, decided_on, recorded_by, first_lead)
		VALUES (@role, 'manager', @person, daterange(@today, @gone), CASE WHEN @gone::date IS NOT NULL THEN daterange(@today, NULL) END, 'appointed', @acceptance, CASE WHEN @acceptance = 'accepted' THEN @today::date END,
		        @today, @today, NULLIF(@by::bigint, 0), true)`,
		pgx.StrictNamedArgs{"role": role, "person": person, "gone": found[0].Gone, "today": t.today, "by": t.by.PersonID, "acceptance": acceptance})
}

// ownAnswer is how an appointment by an administrator stands with its holder: those who appoint themselves know.
func ownAnswer(by itsm.Actor, person int64) string {
	if by.PersonID == person {
		return string(itsm.Accepted)
	}
	return string(itsm.Told)
}
