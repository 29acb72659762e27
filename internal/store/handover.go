package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// HandOver ends hats of one person on a day and begins them for others on that day, in one transaction and one event. A
// hat that begins later passes on whole; an end that was set stays. by must be one who may appoint to each of the hats,
// and not a successor.
func (s *Store) HandOver(ctx context.Context, by itsm.Actor, in itsm.HandOver) error {
	if err := in.Check(by.Today); err != nil {
		return err
	}
	act, err := s.assignmentAction(ctx, in.Parts[0].AssignmentID)
	if err != nil {
		return err
	}
	var hats []found
	at := func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		if hats, err = handed(ctx, t, in, by.Today); err != nil {
			return itsm.Scope{}, err
		}
		return hats[0].chair.Scope(hats[0].RegionID), nil
	}
	return s.door(ctx, by, act, at, func(ctx context.Context, t *tx) error {
		if err := in.Check(t.today); err != nil {
			return err
		}
		t.private = !in.Announced && in.Day.After(t.today)
		t.reason = in.Reason
		var said []string
		for i, part := range in.Parts {
			if err := mayAppoint(by, []itsm.Chair{hats[i].chair}, hats[i].Capacity, hats[i].RegionID, []int64{part.ToID}); err != nil {
				return err
			}
			relieved, err := t.handOver(ctx, in, hats[i], part.ToID)
			if err != nil {
				return err
			}
			said = append(said, mentionsOf("role", []int64{hats[i].chair.ID})+where(hats[i].RegionID, hats[i].ServiceID)+" to "+mentionsOf("person", []int64{part.ToID})+relieved)
		}
		t.say("handed over from [[person:%d]] on %s: %s", in.PersonID, itsm.ShowDay(in.Day), mentions(said))
		return nil
	})
}

// handed reads and locks the hats of a hand-over, in the order of its parts; the roles first, by number, so that two
// hand-overs do not wait for each other.
func handed(ctx context.Context, t pgx.Tx, in itsm.HandOver, day time.Time) ([]found, error) {
	ids := make([]int64, len(in.Parts))
	for i, p := range in.Parts {
		ids[i] = p.AssignmentID
	}
	if _, err := t.Exec(ctx, `SELECT FROM role WHERE id IN (SELECT role_id FROM assignment WHERE id = ANY($1)) ORDER BY id FOR NO KEY UPDATE`, ids); err != nil {
		return nil, err
	}
	hats := make([]found, len(ids))
	for _, id := range distinct(ids) {
		f, err := lockedAssignment(ctx, t, id, day)
		if err != nil {
			return nil, err
		}
		if f.PersonID != in.PersonID {
			return nil, itsm.NotFound{What: "hat of this person"}
		}
		for i := range ids {
			if ids[i] == id {
				hats[i] = f
			}
		}
	}
	return hats, nil
}

// handOver passes one hat on: it ends the day before and begins for the successor with the same region, service and
// capacity.
func (t *tx) handOver(ctx context.Context, in itsm.HandOver, f found, to int64) (relieved string, err error) {
	if f.State != itsm.Appointed {
		return "", itsm.Conflict{Text: f.chair.Name + " is not appointed, so it cannot be handed over. Load the page again."}
	}
	if f.Until != nil && f.Until.Before(in.Day) {
		return "", itsm.Conflict{Text: f.Name + " wears " + f.chair.Name + " only until " + itsm.ShowDay(f.Until.AddDate(0, 0, -1)) + ". Choose that day or appoint the successor."}
	}
	next := itsm.NewAssignment{
		RoleIDs: []int64{f.chair.ID}, PersonIDs: []int64{to}, RegionID: f.RegionID, ServiceID: f.ServiceID, Capacity: f.Capacity, From: in.Day,
		DecidedBy: in.DecidedBy, Reference: in.Reference, Reason: in.Reason, ToldHow: in.ToldHow, Announced: in.Announced,
	}
	if f.Until != nil && f.Until.After(in.Day) {
		next.Until = f.Until
	}
	switch {
	case !f.Since.Before(in.Day):
		next.From = f.Since
		if err := t.withdraw(ctx, f.AssignmentID, in.Reason); err != nil {
			return "", err
		}
	case f.Until == nil || f.Until.After(in.Day):
		if err := t.endOn(ctx, f.AssignmentID, in.Day, in.Announced, in.Reason); err != nil {
			return "", err
		}
	}
	if in.Announced && f.Until != nil && f.Until.Equal(in.Day) { // it ends there already
		if err := t.run(ctx, `UPDATE assignment SET announced_during = NULL WHERE id = @id AND announced_during IS NOT NULL`, pgx.StrictNamedArgs{"id": f.AssignmentID}); err != nil {
			return "", err
		}
	}
	if f.Capacity == itsm.Acting && next.Until == nil {
		return "", itsm.Conflict{Text: f.Name + " acts until that day. Appoint somebody else to act after it."}
	}
	return t.succeed(ctx, next, f.chair)
}

func (t *tx) succeed(ctx context.Context, next itsm.NewAssignment, chair itsm.Chair) (relieved string, err error) {
	if err := next.Check([]itsm.Chair{chair}, t.today); err != nil {
		return "", err
	}
	holders, err := t.lockedHolders(ctx, next.PersonIDs, nil, nil)
	if err != nil {
		return "", err
	}
	var c itsm.Checks
	for h := range slices.Values(holders) {
		h.serve(&c, next.From, next.Until, t.today)
	}
	if err := c.Err(); err != nil {
		return "", err
	}
	id, err := t.assign(ctx, next, chair, holders[0], itsm.Appointed)
	if err != nil {
		return "", err
	}
	return t.relieve(ctx, id)
}
