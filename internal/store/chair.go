package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// plainChairJSON is a role r as an itsm.Chair, with chairFrom joined; chairJSON has its name as the screen calls it.
const (
	plainChairJSON = `json_build_object('Name', r.name, ` + chairFields
	chairJSON      = `json_build_object('Name', ` + roleCalled + `, ` + chairFields
	chairFields    = `'ID', r.id, 'Kind', r.kind, 'PracticeID', COALESCE(r.practice_id, rp.practice_id, 0),
	'ProcessID', COALESCE(r.process_id, 0), 'ServiceID', COALESCE(r.service_id, 0), 'Archived', r.archived_at IS NOT NULL,
	'Closed', ` + chairClosed + `,
	'ScopeName', COALESCE(rq.name, rp.name, rs.name, (SELECT name FROM organisation)))`
)

// chairFrom joins what chairJSON names to a role r.
const chairFrom = `
	LEFT JOIN process rp ON rp.id = r.process_id
	LEFT JOIN practice rq ON rq.id = r.practice_id
	LEFT JOIN service rs ON rs.id = r.service_id`

// chairClosed says of role r, with chairFrom joined, that what it hangs on is archived.
const chairClosed = `(COALESCE(rp.archived_at, rq.archived_at, rs.archived_at) IS NOT NULL)`

// lockedChairs reads roles and locks them, so that two who appoint to one chair do so one after the other.
func lockedChairs(ctx context.Context, t pgx.Tx, ids []int64) ([]itsm.Chair, error) {
	ids = distinct(ids)
	rows, err := t.Query(ctx, `SELECT `+chairJSON+` FROM role r `+chairFrom+` WHERE r.id = ANY($1) ORDER BY r.id FOR NO KEY UPDATE OF r`, ids)
	if err != nil {
		return nil, err
	}
	chairs, err := pgx.CollectRows(rows, pgx.RowTo[itsm.Chair])
	if err == nil && len(chairs) != len(ids) {
		err = itsm.NotFound{What: "role"}
	}
	return chairs, err
}

func distinct(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// holder is somebody who can hold a hat, as an appointment needs to know them.
type holder struct {
	ID       int64
	Kind     string // "person", "team", "company"
	Name     string
	Archived bool
	Joins    *time.Time // first day of employment, where one is set; named apart from the days of a hat (found)
	Gone     *time.Time // first day without employment
}

func (h holder) mention() string { return fmt.Sprintf("[[%s:%d]]", h.Kind, h.ID) }

// column is the holder's column in assignment.
func (h holder) column() string { return h.Kind + "_id" }

// lockedHolders reads those who are to hold hats and locks their rows: what is checked about them stays true until the
// transaction ends.
func (t *tx) lockedHolders(ctx context.Context, people, teams, companies []int64) ([]holder, error) {
	var found []holder
	for _, q := range []struct {
		ids []int64
		sql string
	}{
		{people, `SELECT id, 'person' AS kind, name::text, false AS archived, lower(employed) AS joins, upper(employed) AS gone FROM person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`},
		{teams, `SELECT id, 'team' AS kind, name::text, archived_at IS NOT NULL AS archived, NULL::date AS joins, NULL::date AS gone FROM team WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`},
		{companies, `SELECT id, 'company' AS kind, name::text, archived_at IS NOT NULL AS archived, NULL::date AS joins, NULL::date AS gone FROM company WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`},
	} {
		ids := distinct(q.ids)
		if len(ids) == 0 {
			continue
		}
		rows, err := t.Query(ctx, q.sql, ids)
		if err != nil {
			return nil, err
		}
		some, err := pgx.CollectRows(rows, pgx.RowToStructByName[holder])
		if err != nil {
			return nil, err
		}
		if len(some) != len(ids) {
			return nil, itsm.Invalid{Problems: []itsm.Problem{{Field: "person", Text: "One of those you chose is not there any more. Choose again."}}}
		}
		found = append(found, some...)
	}
	return found, nil
}

// serve checks that a holder is there for every day of a period.
func (h holder) serve(c *itsm.Checks, from time.Time, until *time.Time, today time.Time) {
	switch {
	case h.Archived:
		c.Say("holder", h.Name+" is archived and gets no new hats.")
	case h.Joins != nil && from.Before(*h.Joins):
		c.Say("from", h.Name+" starts on "+itsm.ShowDay(*h.Joins)+": the hat can begin on that day or later.")
	case h.Gone != nil && !from.Before(*h.Gone):
		c.Say("person", itsm.SayGone(h.Name, *h.Gone, today))
	case h.Gone != nil && (until == nil || until.After(*h.Gone)):
		c.Say("last_day", h.Name+" leaves: the last day can be "+itsm.ShowDay(h.Gone.AddDate(0, 0, -1))+" at the latest.")
	}
}

// leaves says that an end is the day, still ahead, from which on the holder is gone: a plan of which the hat must not tell.
func (h holder) leaves(until *time.Time, today time.Time) bool {
	return until != nil && h.Gone != nil && until.Equal(*h.Gone) && until.After(today)
}

// mayAppoint refuses who may not appoint to each of the chairs in a region, and whoever appoints themselves.
func mayAppoint(by itsm.Actor, chairs []itsm.Chair, capacity itsm.Capacity, region int64, people []int64) error {
	if by.PersonID != 0 && !by.Operator && slices.Contains(people, by.PersonID) {
		return itsm.Invalid{Problems: []itsm.Problem{refusals["assignment_not_by_oneself"]}}
	}
	for _, c := range chairs {
		if !by.MayAppoint(c, capacity, region) {
			if by.MayAppointSomewhere(c, capacity) {
				return itsm.Forbidden{Why: "You appoint to " + c.Name + " within your regions. Choose one of them, or propose."}
			}
			return itsm.Forbidden{Why: forbidden(itsm.Appoints(c.Kind, capacity))}
		}
	}
	return nil
}

// mentions joins entities into words: "[[person:1]], [[person:2]] and [[team:3]]".
func mentions(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

func mentionsOf(kind string, ids []int64) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = fmt.Sprintf("[[%s:%d]]", kind, id)
	}
	return mentions(list)
}
