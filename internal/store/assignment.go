package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// Appoint begins assignments that count from their first day: every role of in to every holder, as one event. by must be
// one who may appoint to each role there (Forbidden) and no holder among them. A second Owner is refused with an
// itsm.Held that names the present one; a hat that a holder has already on some of the days, with a Conflict.
func (s *Store) Appoint(ctx context.Context, by itsm.Actor, in itsm.NewAssignment) ([]int64, error) {
	return s.begin(ctx, by, in, itsm.Appointed)
}

// Propose is Appoint by those who may not: the assignments count once somebody who may appoints them.
func (s *Store) Propose(ctx context.Context, by itsm.Actor, in itsm.NewAssignment) ([]int64, error) {
	return s.begin(ctx, by, in, itsm.Proposed)
}

func (s *Store) begin(ctx context.Context, by itsm.Actor, in itsm.NewAssignment, state itsm.State) (ids []int64, err error) {
	if len(in.RoleIDs) == 0 { // the door needs a scope; Check says the rest
		return nil, in.Check(nil, by.Today)
	}
	act := itsm.Propose
	if state == itsm.Appointed {
		if act, err = s.roleAction(ctx, in.RoleIDs[0], in.Capacity); err != nil {
			return nil, err
		}
	}
	var chairs []itsm.Chair
	at := func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		if chairs, err = lockedChairs(ctx, t, in.RoleIDs); err != nil {
			return itsm.Scope{}, err
		}
		for _, c := range chairs {
			if !by.MaySee(c.PracticeID) {
				return itsm.Scope{}, itsm.NotFound{What: "role"}
			}
		}
		return scopeOfFirst(chairs, in.RoleIDs[0]), nil
	}
	err = s.door(ctx, by, act, at, func(ctx context.Context, t *tx) error {
		if state == itsm.Appointed {
			if err := mayAppoint(by, chairs, in.Capacity, in.RegionID, in.PersonIDs); err != nil {
				return err
			}
		}
		ids, err = t.begin(ctx, in, chairs, state)
		return err
	})
	return ids, err
}

// scopeOfFirst is the scope of the chair that the event's action was chosen for, whatever the region: that mayAppoint looks at.
func scopeOfFirst(chairs []itsm.Chair, id int64) itsm.Scope {
	for _, c := range chairs {
		if c.ID == id {
			return c.Scope(0)
		}
	}
	return itsm.Scope{}
}

// roleAction is the action that appoints to a role; its kind never changes, so it is known before the door opens.
func (s *Store) roleAction(ctx context.Context, role int64, capacity itsm.Capacity) (itsm.Action, error) {
	var kind itsm.RoleKind
	err := s.read.QueryRow(ctx, `SELECT kind FROM role WHERE id = $1`, role).Scan(&kind)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", itsm.NotFound{What: "role"}
	}
	return itsm.Appoints(kind, capacity), err
}

// assignmentAction is the action that decides about an assignment.
func (s *Store) assignmentAction(ctx context.Context, id int64) (itsm.Action, error) {
	var kind itsm.RoleKind
	var capacity itsm.Capacity
	err := s.read.QueryRow(ctx, `SELECT role_kind, capacity FROM assignment WHERE id = $1`, id).Scan(&kind, &capacity)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", itsm.NotFound{What: "assignment"}
	}
	return itsm.Appoints(kind, capacity), err
}

// begin checks and writes the assignments of a form inside the door, and says so.
func (t *tx) begin(ctx context.Context, in itsm.NewAssignment, chairs []itsm.Chair, state itsm.State) ([]int64, error) {
	if err := in.Check(chairs, t.today); err != nil {
		return nil, err
	}
	holders, err := t.lockedHolders(ctx, in.PersonIDs, in.TeamIDs, in.CompanyIDs)
	if err != nil {
		return nil, err
	}
	var c itsm.Checks
	var ids []int64
	var names []string
	for _, h := range holders {
		h.serve(&c, in.From, in.Until, t.today)
		names = append(names, h.mention())
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	for _, chair := range chairs {
		for _, h := range holders {
			id, err := t.assign(ctx, in, chair, h, state)
			if err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
	}
	relieved, err := t.relieve(ctx, ids...)
	if err != nil {
		return nil, err
	}
	verb := "appointed"
	if state == itsm.Proposed {
		verb = "proposed"
	}
	t.say("%s %s %s %s", verb, mentions(names), as(in.Capacity), mentionsOf("role", in.RoleIDs)+where(in.RegionID, in.ServiceID)+when(in.From, in.Until)+relieved)
	t.reason = in.Reason
	t.private = state == itsm.Proposed || !in.Announced && in.From.After(t.today)
	return ids, nil
}

// assign writes one assignment, after it made sure that the hat is free and not held by this holder already.
func (t *tx) assign(ctx context.Context, in itsm.NewAssignment, chair itsm.Chair, h holder, state itsm.State) (int64, error) {
	if err := t.refuseTwice(ctx, in, chair, h, 0); err != nil {
		return 0, err
	}
	if state == itsm.Appointed {
		if err := t.refuseSecondOwner(ctx, in, chair); err != nil {
			return 0, err
		}
	}
	return t.number(ctx, `
		INSERT INTO assignment (role_id, role_kind, `+h.column()+`, during, region_id, service_id, capacity, state, told_how, announced, announced_during,
		                        recorded_on, decided_on, decided_by, recorded_by, reference, reason, share)
		VALUES (@role, @kind, @holder, daterange(@from, @until), NULLIF(@region::bigint, 0), NULLIF(@service::bigint, 0), @capacity, @state, @told, @announced, CASE WHEN @leaves THEN daterange(@from, NULL) END,
		        @today, @decided_on, @decided_by, NULLIF(@by::bigint, 0), @reference, @reason, @share)
		RETURNING id`, pgx.StrictNamedArgs{
		"role": chair.ID, "kind": string(chair.Kind), "holder": h.ID, "from": in.From, "until": in.Until, "region": in.RegionID, "service": in.ServiceID,
		"capacity": string(in.Capacity), "state": string(state), "told": in.ToldHow, "announced": in.Announced || !in.From.After(t.today),
		"leaves": h.leaves(in.Until, t.today),
		"today":  t.today, "decided_on": in.DecidedOn, "decided_by": in.DecidedBy, "by": t.by.PersonID, "reference": in.Reference, "reason": in.Reason, "share": in.Share,
	})
}

// refuseTwice refuses a hat that the holder has there on some of the days, or is proposed for, by another assignment than number
// except; who acts there may be appointed, and the agreed deputy both (relieve). Of what the actor may not know it says nothing: that
// stands in nobody's way before somebody decides, who knows it. The holder's row is locked, or the role's.
func (t *tx) refuseTwice(ctx context.Context, in itsm.NewAssignment, chair itsm.Chair, h holder, except int64) error {
	var state itsm.State
	var since time.Time
	var until *time.Time
	var own bool
	err := t.QueryRow(ctx, `
		SELECT state, lower(during), upper(CASE WHEN @plans THEN during ELSE days_told(during, announced_during, @today::date) END), (recorded_by = @by) IS TRUE FROM assignment
		WHERE `+h.column()+` = @holder AND role_id = @role AND state <> 'withdrawn' AND during && daterange(@from, @until) AND id <> @except
		  AND COALESCE(region_id, 0) = @region AND COALESCE(service_id, 0) = @service AND NOT (state = 'appointed' AND (capacity = 'acting' AND @capacity = 'holder' OR capacity = 'deputy' AND @capacity <> 'deputy'))
		  AND (NOT @deciding OR state = 'appointed') -- of two proposals for the same hat one is appointed
		  AND (@plans OR (recorded_by = @by) IS TRUE OR (person_id = @by) IS TRUE OR state = 'appointed' AND (announced OR lower(during) <= @today::date))
		ORDER BY state, lower(during) LIMIT 1`, pgx.StrictNamedArgs{
		"holder": h.ID, "role": chair.ID, "from": in.From, "until": in.Until, "region": in.RegionID, "service": in.ServiceID, "capacity": string(in.Capacity),
		"today": t.today, "plans": t.by.Can(itsm.ReadPlans, chair.Scope(in.RegionID)), "by": t.by.PersonID, "except": except, "deciding": except != 0,
	}).Scan(&state, &since, &until, &own)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	case state == itsm.Proposed && own:
		return itsm.Conflict{Text: "You proposed " + h.Name + " for " + chair.Name + " there already.", Who: h.Name}
	case state == itsm.Proposed:
		return itsm.Conflict{Text: h.Name + " is proposed for " + chair.Name + " there already. Decide on that proposal.", Who: h.Name}
	case except != 0:
		return itsm.Conflict{Text: h.Name + " wears " + chair.Name + " there already," + when(since, until) + ". Decline this proposal, or end that first.", Who: h.Name}
	}
	return itsm.Conflict{Text: h.Name + " wears " + chair.Name + " there already," + when(since, until) + ". Choose other days, or end that first.", Who: h.Name}
}

// refuseSecondOwner refuses a second Owner by name, before the database would without, and one who would only seem to be. The role's
// row is locked.
func (t *tx) refuseSecondOwner(ctx context.Context, in itsm.NewAssignment, chair itsm.Chair) error {
	if chair.Kind != itsm.Owner || in.Capacity == itsm.Deputy {
		return nil
	}
	rows, err := t.Query(ctx, `
		SELECT `+holdingColumns+` FROM `+holdingFrom+`
		WHERE a.role_id = @role AND a.capacity = @capacity AND a.state = 'appointed' AND a.during && daterange(@from, @until)
		ORDER BY lower(a.during) LIMIT 1`, pgx.StrictNamedArgs{
		"day": in.From, "role": chair.ID, "capacity": string(in.Capacity), "from": in.From, "until": in.Until})
	if err != nil {
		return err
	}
	held, err := pgx.CollectRows(rows, pgx.RowToStructByName[itsm.Holding])
	switch {
	case err != nil:
		return err
	case len(held) > 0:
		return itsm.Held{By: held[0], Role: chair, From: in.From}
	}
	return t.refuseSeenTwice(ctx, in, chair)
}

// refuseSeenTwice refuses to announce an Owner where others go on being told of the one before, whose end is not announced: they
// would read of two. The end may be a plan that is not this actor's to tell.
func (t *tx) refuseSeenTwice(ctx context.Context, in itsm.NewAssignment, chair itsm.Chair) error {
	if !in.Announced || !in.From.After(t.today) {
		return nil
	}
	var who string
	var until time.Time
	err := t.QueryRow(ctx, `
		SELECT p.name, upper(a.during) FROM assignment a JOIN person p ON p.id = a.person_id
		WHERE a.role_id = @role AND a.capacity = @capacity AND a.state = 'appointed' AND a.announced_during && daterange(@from, @until) AND upper(a.during) > @today
		ORDER BY upper(a.during) DESC LIMIT 1`, pgx.StrictNamedArgs{
		"role": chair.ID, "capacity": string(in.Capacity), "from": in.From, "until": in.Until, "today": t.today}).Scan(&who, &until)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return itsm.Invalid{Problems: []itsm.Problem{{Field: "announced", Text: "That " + who + " is " + chair.Name + " until " + itsm.ShowDay(until.AddDate(0, 0, -1)) + " is not announced: others would read of two. Untick Announced, or announce that end first."}}}
}

func as(c itsm.Capacity) string {
	switch c {
	case itsm.Acting:
		return "acting as"
	case itsm.Deputy:
		return "as deputy for"
	}
	return "as"
}

func where(region, service int64) string {
	text := ""
	if region != 0 {
		text += fmt.Sprintf(" in [[region:%d]]", region)
	}
	if service != 0 {
		text += fmt.Sprintf(" for [[service:%d]]", service)
	}
	return text
}

func when(from time.Time, until *time.Time) string {
	text := " from " + itsm.ShowDay(from)
	if until != nil {
		text += " until " + itsm.ShowDay(until.AddDate(0, 0, -1))
	}
	return text
}
