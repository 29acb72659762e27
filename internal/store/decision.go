package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// found is an assignment inside the door, its role locked before it and itself too.
type found struct {
	itsm.Assignment
	chair itsm.Chair
	holder
}

// endsBefore says that an end (nil: none is set) leaves day and those after it without.
func endsBefore(until *time.Time, day time.Time) bool { return until != nil && !until.After(day) }

// lockedAssignment reads an assignment with what rights and rules hang on. The role is locked first, as when appointing.
func lockedAssignment(ctx context.Context, t pgx.Tx, id int64, day time.Time) (f found, err error) {
	var role int64
	if err := t.QueryRow(ctx, `SELECT role_id FROM assignment WHERE id = $1`, id).Scan(&role); err != nil {
		if errors.Is(err, pgx.ErrNoRows) {
			err = itsm.NotFound{What: "assignment"}
		}
		return f, err
	}
	chairs, err := lockedChairs(ctx, t, []int64{role})
	if err != nil {
		return f, err
	}
	f.chair = chairs[0]
	if _, err := t.Exec(ctx, `SELECT FROM assignment WHERE id = $1 FOR NO KEY UPDATE`, id); err != nil {
		return f, err
	}
	rows, err := t.Query(ctx, `SELECT `+assignmentColumns+` FROM `+assignmentFrom+` WHERE a.id = @id`, pgx.StrictNamedArgs{"id": id, "day": day})
	if err != nil {
		return f, err
	}
	if f.Assignment, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[itsm.Assignment]); err != nil {
		return f, err
	}
	f.holder = holderOf(f.Holding)
	if f.PersonID != 0 {
		var at itsm.Scope
		if at, err = ofPerson(f.PersonID)(ctx, t); err != nil {
			return f, err
		}
		f.Managers = at.Managers
	}
	return f, nil
}

func holderOf(h itsm.Holding) holder {
	switch {
	case h.TeamID != 0:
		return holder{ID: h.TeamID, Kind: "team", Name: h.Name}
	case h.CompanyID != 0:
		return holder{ID: h.CompanyID, Kind: "company", Name: h.Name}
	}
	return holder{ID: h.PersonID, Kind: "person", Name: h.Name}
}

// unseen is NotFound of what the actor may not even know of.
func (f found) unseen(by itsm.Actor, err error) error {
	if err == nil && !f.ShownTo(by, by.Today) && !f.MayObject(by) {
		return itsm.NotFound{What: "assignment"}
	}
	return err
}

// sentence is "[[person:4]] as [[role:7]] in [[region:2]]".
func (f found) sentence() string {
	return f.mention() + " " + as(f.Capacity) + " " + mentionsOf("role", []int64{f.chair.ID}) + where(f.RegionID, f.ServiceID)
}

// seenBy is sentence, told of the actor: nobody accepts themselves, but the hat.
func (f found) seenBy(by itsm.Actor) string {
	if f.PersonID == 0 || f.PersonID != by.PersonID {
		return f.sentence()
	}
	text := "the hat " + mentionsOf("role", []int64{f.chair.ID}) + where(f.RegionID, f.ServiceID)
	switch f.Capacity {
	case itsm.Acting:
		text += ", acting"
	case itsm.Deputy:
		text += ", as deputy"
	}
	return text
}

// over is what an ended or withdrawn assignment answers to everything.
func (f found) over(today time.Time) error {
	if f.State == itsm.Withdrawn {
		return itsm.Conflict{Text: "This was withdrawn meanwhile."}
	}
	if endsBefore(f.Until, today) {
		return itsm.Conflict{Text: "This ended on " + itsm.ShowDay(f.Until.AddDate(0, 0, -1)) + " already."}
	}
	return nil
}

// decide opens the door for who may appoint to the assignment's chair.
func (s *Store) decide(ctx context.Context, by itsm.Actor, id int64, do func(context.Context, *tx, found) error) error {
	act, err := s.assignmentAction(ctx, id)
	if err != nil {
		return err
	}
	var f found
	at := func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		f, err = lockedAssignment(ctx, t, id, by.Today)
		return f.chair.Scope(f.RegionID), f.unseen(by, err)
	}
	return s.door(ctx, by, act, at, func(ctx context.Context, t *tx) error {
		if err := mayAppoint(by, []itsm.Chair{f.chair}, f.Capacity, f.RegionID, nil); err != nil {
			return err
		}
		t.private = !f.Announced && f.Since.After(t.today)
		return do(ctx, t, f)
	})
}

// Decision is the answer to a proposal.
type Decision struct {
	Appoint   bool // or decline
	Announced bool
	Reason    string
	ToldHow   string
}

// Decide appoints a proposal as it stands, or declines it: it is then withdrawn with the reason. by must be one who may
// appoint there and not its holder. A proposal whose first day has passed needs a reason.
func (s *Store) Decide(ctx context.Context, by itsm.Actor, id int64, d Decision) error {
	var c itsm.Checks
	c.Prose(&d.Reason, "reason", itsm.ReasonMax)
	c.Line(&d.ToldHow, "told_how", itsm.LabelMax)
	if err := c.Err(); err != nil {
		return err
	}
	return s.decide(ctx, by, id, func(ctx context.Context, t *tx, f found) error {
		if f.State != itsm.Proposed {
			return itsm.Conflict{Text: "This proposal was decided meanwhile."}
		}
		t.reason = d.Reason
		if !d.Appoint {
			t.private = true
			t.say("declined the proposal of %s", f.sentence())
			return t.withdraw(ctx, id, d.Reason)
		}
		return t.appointProposed(ctx, f, d)
	})
}

// appointProposed appoints: the row then names who decided, and its history who proposed.
func (t *tx) appointProposed(ctx context.Context, f found, d Decision) error {
	in := itsm.NewAssignment{RegionID: f.RegionID, ServiceID: f.ServiceID, Capacity: f.Capacity, From: f.Since, Until: f.Until, Announced: d.Announced}
	var c itsm.Checks
	c.Require(!f.Since.Before(t.today) || d.Reason != "", "reason", "The first day lies in the past: say why it is decided only now.")
	c.Require(!f.chair.Archived, "role", f.chair.Name+" is retired and gets no new holders.")
	if err := c.Err(); err != nil {
		return err
	}
	if f.PersonID != 0 && f.PersonID == t.by.PersonID {
		return itsm.Invalid{Problems: []itsm.Problem{refusals["assignment_not_by_oneself"]}}
	}
	if err := t.refuseTwice(ctx, in, f.chair, f.holder, f.AssignmentID); err != nil {
		return err
	}
	if err := t.refuseSecondOwner(ctx, in, f.chair); err != nil {
		return err
	}
	t.private = !d.Announced && f.Since.After(t.today)
	if err := t.change(ctx, "This proposal was decided meanwhile.", `
		UPDATE assignment
		SET state = 'appointed', decided_on = @today, recorded_by = NULLIF(@by::bigint, 0), announced = @announced OR lower(during) <= @today,
		    told_how = CASE WHEN @told = '' THEN told_how ELSE @told END, reason = CASE WHEN @reason = '' THEN reason ELSE @reason END
		WHERE id = @id AND state = 'proposed'`, pgx.StrictNamedArgs{
		"id": f.AssignmentID, "today": t.today, "by": t.by.PersonID, "announced": d.Announced, "told": d.ToldHow, "reason": d.Reason}); err != nil {
		return err
	}
	relieved, err := t.relieve(ctx, f.AssignmentID)
	t.say("appointed the proposed %s%s", f.sentence(), when(f.Since, f.Until)+relieved)
	return err
}

// withdraw makes an assignment count on no day.
func (t *tx) withdraw(ctx context.Context, id int64, reason string) error {
	return t.change(ctx, "This was withdrawn meanwhile.", `
		UPDATE assignment SET state = 'withdrawn', ended_reason = @reason WHERE id = @id AND state <> 'withdrawn'`,
		pgx.StrictNamedArgs{"id": id, "reason": reason})
}

// endOn sets the upper bound: to is the first day without. One ahead is a plan unless it is announced.
func (t *tx) endOn(ctx context.Context, id int64, to time.Time, announced bool, reason string) error {
	return t.change(ctx, "This was ended or withdrawn meanwhile.", `
		UPDATE assignment a SET during = daterange(lower(during), @to), ended_reason = @reason, announced_during = `+stillAnnounced(`@quiet`)+`
		WHERE id = @id AND state <> 'withdrawn' AND lower(during) < @to AND (upper_inf(during) OR upper(during) > @to)`,
		pgx.StrictNamedArgs{"id": id, "to": to, "quiet": !announced && to.After(t.today), "reason": reason})
}

// Announce lets plain readers see an appointment that begins later, or its last day; what it hands over or takes over on that
// day is announced with it, since one without the other would read as vacant, or as held twice. by must be one who may appoint
// there.
func (s *Store) Announce(ctx context.Context, by itsm.Actor, id int64) error {
	return s.decide(ctx, by, id, func(ctx context.Context, t *tx, f found) error {
		if f.State != itsm.Appointed {
			return itsm.Conflict{Text: "Only what is appointed is announced."}
		}
		t.private = false
		t.say("announced %s%s", f.sentence(), when(f.Since, f.Until))
		if err := t.change(ctx, "This is announced already.", `
			UPDATE assignment SET announced = true, announced_during = NULL
			WHERE id = @id AND (NOT announced OR announced_during IS NOT NULL)`, pgx.StrictNamedArgs{"id": id}); err != nil {
			return err
		}
		if err := t.relieveTold(ctx, id); err != nil {
			return err
		}
		return t.run(ctx, `
			UPDATE assignment o SET announced = o.announced OR lower(o.during) = upper(a.during),
			       announced_during = CASE WHEN upper(o.during) <= lower(a.during) THEN NULL ELSE o.announced_during END
			FROM assignment a
			WHERE a.id = @id AND o.role_id = a.role_id AND (o.capacity = 'deputy') = (a.capacity = 'deputy') AND o.state = 'appointed'
			  AND o.region_id IS NOT DISTINCT FROM a.region_id AND o.service_id IS NOT DISTINCT FROM a.service_id
			  AND (NOT o.announced AND lower(o.during) = upper(a.during) OR o.announced_during @> lower(a.during) AND upper(o.during) <= lower(a.during))`,
			pgx.StrictNamedArgs{"id": id})
	})
}

// SettleObjection answers an objection while the hat stays: its holder is asked anew. by must be one who may appoint there, and
// neither who objects nor who wears it.
func (s *Store) SettleObjection(ctx context.Context, by itsm.Actor, id int64, answer string) error {
	var c itsm.Checks
	c.Line(&answer, "answer", itsm.LabelMax)
	c.Require(answer != "", "answer", "Answer in a sentence: what you agreed.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.decide(ctx, by, id, func(ctx context.Context, t *tx, f found) error {
		switch {
		case f.Acceptance != itsm.Objected:
		case f.ObjectsHere(by):
			return itsm.Forbidden{Why: "You object yourself: take it back, or whoever else may appoint here answers."}
		case !f.MaySettle(by):
			return itsm.Forbidden{Why: "This is your own hat: whoever else may appoint here answers."}
		}
		t.private, t.reason = true, answer
		t.say("answered the objection to %s", f.sentence())
		return t.change(ctx, "There is no objection any more.", `
			UPDATE assignment SET acceptance = 'told', answered_on = @today, objection = '', told_how = @answer
			WHERE id = @id AND acceptance = 'objected' AND state = 'appointed'`, pgx.StrictNamedArgs{"id": id, "today": t.today, "answer": answer})
	})
}

// RecordTold notes how a holder without a login was told. by must be one who may appoint there.
func (s *Store) RecordTold(ctx context.Context, by itsm.Actor, id int64, how string) error {
	var c itsm.Checks
	c.Line(&how, "told_how", itsm.LabelMax)
	c.Require(how != "", "told_how", "Say how they were told: in person, by letter, by phone.")
	if err := c.Err(); err != nil {
		return err
	}
	return s.decide(ctx, by, id, func(ctx context.Context, t *tx, f found) error {
		if f.State != itsm.Appointed {
			return itsm.Conflict{Text: "Nobody is told of what is not appointed."}
		}
		t.say("told %s", f.sentence())
		return t.run(ctx, `UPDATE assignment SET told_how = @how WHERE id = @id`, pgx.StrictNamedArgs{"id": id, "how": how})
	})
}
