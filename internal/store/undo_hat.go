package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// A hat is never rewritten: one that was given is withdrawn, and what is withdrawn stays so.

// hatRow is an assignment as the trail keeps it.
type hatRow struct {
	RoleID, PersonID, TeamID, CompanyID int64
	Capacity                            itsm.Capacity
	State                               itsm.State
	Announced                           bool
	Quiet                               bool // its last day is not announced
	Since                               time.Time
	Until                               *time.Time
}

// hat reads a row that the trail kept; nil is none.
func (t *tx) hat(ctx context.Context, kept map[string]json.RawMessage) (h hatRow, err error) {
	if kept == nil {
		return h, nil
	}
	row, err := json.Marshal(kept)
	if err != nil {
		return h, err
	}
	rows, err := t.Query(ctx, `
		SELECT role_id, COALESCE(person_id, 0) AS person_id, COALESCE(team_id, 0) AS team_id, COALESCE(company_id, 0) AS company_id,
		       capacity, state, announced, announced_during IS NOT NULL AS quiet, lower(during) AS since, upper(during) AS until
		FROM jsonb_populate_record(NULL::assignment, $1::jsonb)`, string(row))
	if err != nil {
		return h, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[hatRow])
}

// undoHat takes back what an event did to an assignment. What was given is withdrawn, and so is a proposal that counted once
// it was appointed; in place of what was withdrawn the same hat begins anew; all else goes back to what it was.
func (t *tx) undoHat(ctx context.Context, event int64, c changeRow) error {
	was, err := t.hat(ctx, c.Before)
	if err != nil {
		return err
	}
	is, err := t.hat(ctx, c.After)
	if err != nil {
		return err
	}
	switch counted := is.State == itsm.Appointed && is.Since.Before(t.today); {
	case c.Before == nil, counted && was.State == itsm.Proposed:
		return t.withdrawUndone(ctx, event, c)
	case was.State == is.State && is.Announced && !was.Announced && !is.Since.After(t.today):
		return itsm.Conflict{Text: "This cannot be undone any more: the hat is worn since " + itsm.ShowDay(is.Since) + ", so everybody knows of it."}
	case was.State == is.State && was.Quiet && !is.Quiet && endsBefore(is.Until, t.today) && is.Until.Equal(farther(was.Until)):
		return itsm.Conflict{Text: "This cannot be undone any more: the hat ended on " + itsm.ShowDay(is.Until.AddDate(0, 0, -1)) + ", so everybody knows of it."}
	case is.State == itsm.Withdrawn && was.State != itsm.Withdrawn:
		return t.wearAnew(ctx, event, c, was)
	case endsBefore(is.Until, farther(was.Until)):
		if err := t.leftAlone(ctx, event, c); err != nil {
			return err
		}
		if err := t.mayBeWorn(ctx, c, was); err != nil {
			return err
		}
	}
	return t.undoRow(ctx, event, c)
}

// farther is an end as a day: of what has none, one that no other end comes after.
func farther(until *time.Time) time.Time {
	if until == nil {
		return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return *until
}

// leftAlone refuses where a row is no longer as an event left it.
func (t *tx) leftAlone(ctx context.Context, event int64, c changeRow) error {
	after, err := json.Marshal(c.After)
	if err != nil {
		return err
	}
	n, err := t.number(ctx, `SELECT count(*) FROM `+pgx.Identifier{c.TableName}.Sanitize()+` r WHERE r.id = @id AND `+asItLeftIt(`@after::jsonb`),
		pgx.StrictNamedArgs{"id": c.RowID, "after": string(after)})
	if err == nil && n == 0 {
		err = t.changedSince(ctx, event, c)
	}
	return err
}

// withdrawUndone lets an assignment count on no day, and says who took it back.
func (t *tx) withdrawUndone(ctx context.Context, event int64, c changeRow) error {
	if err := t.leftAlone(ctx, event, c); err != nil {
		return err
	}
	who := t.by.Name
	if t.by.Operator {
		who = "the operator"
	}
	return t.withdraw(ctx, c.RowID, "Undone by "+who+".")
}

// wearAnew gives a hat anew as it was before it was withdrawn.
func (t *tx) wearAnew(ctx context.Context, event int64, c changeRow, was hatRow) error {
	if err := t.leftAlone(ctx, event, c); err != nil {
		return err
	}
	if err := t.mayBeWorn(ctx, c, was); err != nil {
		return err
	}
	before, err := json.Marshal(c.Before)
	if err != nil {
		return err
	}
	columns := slices.DeleteFunc(slices.Sorted(maps.Keys(c.Before)), func(name string) bool { return name == "id" })
	list := strings.Join(sanitized(columns), ", ") // one that came since takes its default
	return t.run(ctx, `INSERT INTO assignment (`+list+`) SELECT `+list+` FROM jsonb_populate_record(NULL::assignment, @before::jsonb)`,
		pgx.StrictNamedArgs{"before": string(before)})
}

// mayBeWorn refuses, with names, a hat that could not be given as it was: its role is retired, its holder has left or is
// archived, or somebody wears it on some of the days.
func (t *tx) mayBeWorn(ctx context.Context, c changeRow, was hatRow) error {
	chairs, err := lockedChairs(ctx, t.Tx, []int64{was.RoleID})
	if err != nil {
		return err
	}
	some := func(id int64) []int64 { return slices.DeleteFunc([]int64{id}, func(id int64) bool { return id == 0 }) }
	holders, err := t.lockedHolders(ctx, some(was.PersonID), some(was.TeamID), some(was.CompanyID))
	if err != nil {
		return err
	}
	chair, h := chairs[0], holders[0]
	switch {
	case chair.Archived:
		return itsm.Conflict{Text: fmt.Sprintf("This cannot be undone any more: %s of %s is retired.", chair.Name, chair.ScopeName)}
	case h.Archived:
		return itsm.Conflict{Text: "This cannot be undone any more: " + h.Name + " is archived."}
	case h.Gone != nil && h.Gone.Before(farther(was.Until)):
		return itsm.Conflict{Text: fmt.Sprintf("This cannot be undone any more: the last day of %s is %s.", h.Name, itsm.ShowDay(h.Gone.AddDate(0, 0, -1))), Who: h.Name}
	}
	return t.refuseWorn(ctx, c, was, chair)
}

// refuseWorn names who wears a hat in the way of one that comes back: the only Owner, or the same holder there.
func (t *tx) refuseWorn(ctx context.Context, c changeRow, was hatRow, chair itsm.Chair) error {
	before, err := json.Marshal(c.Before)
	if err != nil {
		return err
	}
	rows, err := t.Query(ctx, `
		SELECT `+holdingColumns+` FROM `+holdingFrom+`, jsonb_populate_record(NULL::assignment, @before::jsonb) was
		WHERE a.id <> @id AND a.role_id = was.role_id AND a.state <> 'withdrawn' AND a.during && was.during
		  AND ((a.person_id, a.team_id, a.company_id, a.region_id, a.service_id) IS NOT DISTINCT FROM (was.person_id, was.team_id, was.company_id, was.region_id, was.service_id)
		         AND (a.capacity = was.capacity OR 'acting' NOT IN (a.capacity, was.capacity)) -- an agreed deputy acts, and who acts may be appointed
		       OR was.role_kind = 'owner' AND was.capacity <> 'deputy' AND a.capacity = was.capacity AND was.state = 'appointed' AND a.state = 'appointed')
		  AND NOT EXISTS (SELECT FROM change own JOIN change begun ON begun.event_id = own.event_id -- what the event itself began goes with it
		                  WHERE own.id = @change AND begun.table_name = 'assignment' AND begun.row_id = a.id AND begun.before IS NULL)
		ORDER BY lower(a.during) LIMIT 1`, pgx.StrictNamedArgs{"id": c.RowID, "change": c.ID, "before": string(before), "day": t.today})
	if err != nil {
		return err
	}
	h, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[itsm.Holding])
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	verb, word := "is", "since"
	if h.Capacity != itsm.Holder {
		verb = map[itsm.Capacity]string{itsm.Acting: "acts as", itsm.Deputy: "is deputy for"}[h.Capacity]
	}
	if h.State == itsm.Proposed {
		verb = "is proposed as"
	}
	if h.Since.After(t.today) {
		word = "from"
	}
	return itsm.Conflict{Text: fmt.Sprintf("%s %s %s of %s %s %s, so this cannot be undone.", h.Name, verb, chair.Name, chair.ScopeName, word, itsm.ShowDay(h.Since)), Who: h.Name}
}
