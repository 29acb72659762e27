package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// steeringRead is how many events of each kind the page reads. The page is one sheet of paper: steeringLines are shared by
// its practices, what the group is asked and what changed, of which it shows steeringLeast to steeringMost of each kind.
const (
	steeringRead  = 60
	steeringLines = 28
	steeringLeast = 2
	steeringMost  = 6
)

type steeringRow struct {
	ID           int64
	Name         string
	State        itsm.PracticeState
	Owner        string
	OwnerID      int64
	Acting       bool
	Red, Amber   int
	Filled       int
	Covered      int
	Vacant       int
	NextReview   *time.Time
	AcceptedGaps int
	RedGaps      int
	AllFilled    int
	AllCovered   int
	AllVacant    int
}

// Steering is the page for the steering group on a day, with what changed since another. For the office and auditors of
// the whole organisation; it is handed to others, so what is private is counted alone.
func (s *Store) Steering(ctx context.Context, by itsm.Actor, day, since time.Time) (out itsm.Steering, err error) {
	if err := allowed(by, itsm.ReadSteering, itsm.Scope{}); err != nil {
		return out, err
	}
	var rows []steeringRow
	var q question
	b := &q.b
	allOf(&q, &rows, `
		WITH gap AS MATERIALIZED (`+gapsOfAll+`), `+staffedHats+`, due AS (
			SELECT practice_id, min(review_due) AS next FROM (
				SELECT COALESCE(r.practice_id, p.practice_id) AS practice_id, r.review_due FROM role r LEFT JOIN process p ON p.id = r.process_id WHERE r.review_due IS NOT NULL AND r.archived_at IS NULL AND p.archived_at IS NULL
				UNION ALL SELECT practice_id, review_due FROM process WHERE review_due IS NOT NULL AND archived_at IS NULL
				UNION ALL SELECT COALESCE(r.practice_id, p.practice_id), y.review_due FROM policy y JOIN role r ON r.id = y.owner_role_id LEFT JOIN process p ON p.id = r.process_id
				WHERE y.review_due IS NOT NULL AND y.archived_at IS NULL AND (SELECT id FROM policy_version_on(y.id, @day::date)) IS NOT NULL
				UNION ALL SELECT tp.id, y.review_due FROM `+attachedTo+` JOIN policy y ON y.id = t.policy_id
				WHERE t.during @> @day::date AND y.review_due IS NOT NULL AND y.archived_at IS NULL AND (SELECT id FROM policy_version_on(y.id, @day::date)) IS NOT NULL) d GROUP BY 1
		), missing AS (
			SELECT practice_id, sum(weight) FILTER (WHERE severity = 'red' AND accepted_id IS NULL) AS red, sum(weight) FILTER (WHERE severity = 'amber' AND accepted_id IS NULL) AS amber
			FROM (
				SELECT practice_id, severity, weight, accepted_id FROM gap
				UNION ALL -- of a policy that somebody else owns, too
				SELECT id, severity, weight, accepted_id FROM (
					SELECT DISTINCT tp.id, g.severity, g.weight, g.accepted_id, g.policy_id FROM `+attachedTo+` JOIN gap g ON g.policy_id = t.policy_id
					WHERE t.during @> @day::date AND lower(t.during) <= @today::date AND tp.id IS DISTINCT FROM g.practice_id) governed) g GROUP BY 1
		), everywhere AS ( -- in use: those of services and of the organisation, too
			SELECT sum(h.filled) AS filled, sum(h.covered) AS covered, sum(h.vacant) AS vacant
			FROM staffed h LEFT JOIN practice i ON i.id = h.practice_id WHERE h.practice_id IS NULL OR i.state = 'in use' AND i.archived_at IS NULL
		)
		SELECT COALESCE(p.id, 0) AS id, COALESCE(p.name, '') AS name, COALESCE(p.state, '') AS state, COALESCE(o.name, '') AS owner, COALESCE(o.id, 0) AS owner_id, COALESCE(o.acting, false) AS acting,
		       COALESCE(m.red, 0)::int AS red, COALESCE(m.amber, 0)::int AS amber, COALESCE(h.filled, 0) AS filled, COALESCE(h.covered, 0) AS covered, COALESCE(h.vacant, 0) AS vacant,
		       d.next AS next_review, (SELECT count(*) FROM gap WHERE accepted_id IS NOT NULL)::int AS accepted_gaps,
		       COALESCE((SELECT sum(weight) FROM gap WHERE accepted_id IS NULL AND severity = 'red'), 0)::int AS red_gaps,
		       COALESCE(a.filled, 0)::int AS all_filled, COALESCE(a.covered, 0)::int AS all_covered, COALESCE(a.vacant, 0)::int AS all_vacant
		FROM everywhere a LEFT JOIN practice p ON p.archived_at IS NULL -- the figures of all stand there without any practice, too
		`+ownerToday("o", `r.practice_id = p.id`)+`
		LEFT JOIN staffed h ON h.practice_id = p.id LEFT JOIN due d ON d.practice_id = p.id LEFT JOIN missing m ON m.practice_id = p.id
		ORDER BY array_position(ARRAY['in use', 'planned', 'retired'], p.state), lower(p.name)`, with(gapArgs(by, day), pgx.StrictNamedArgs{"known": by.Knows(day, itsm.Scope{})}))
	all(b, &out.Asks, `
		SELECT l.id, l.text, l.asked_on, COALESCE(p.name, 'The operator') AS asked_by, l.counter FROM steering_line l LEFT JOIN person p ON p.id = l.asked_by ORDER BY l.id LIMIT 100`,
		pgx.StrictNamedArgs{})
	value(b, &out.Open, "action", `SELECT count(*) FROM action WHERE done_on IS NULL`, pgx.StrictNamedArgs{})
	value(b, &out.Overdue, "action", `SELECT count(*) FROM action WHERE done_on IS NULL AND due_on < @day::date`, pgx.StrictNamedArgs{"day": day})
	value(b, &out.Late, "page", `SELECT count(*) FROM `+reviewedFrom+` WHERE x.review_due < @day::date`, seeing(by, pgx.StrictNamedArgs{"day": day, "practice": 0}))
	changes := steeringHappened(b, day, since)
	if rows, err = recall(ctx, s, by, &q, func() []steeringRow { return rows }); err != nil {
		return out, err
	}
	for _, r := range rows {
		out.Accepted, out.Red, out.Hats = r.AcceptedGaps, r.RedGaps, itsm.Staffed{Filled: r.AllFilled, Covered: r.AllCovered, Vacant: r.AllVacant}
		if r.ID == 0 {
			continue
		}
		out.Practices = append(out.Practices, itsm.SteeringPractice{
			ID: r.ID, Name: r.Name, State: r.State, Owner: r.Owner, OwnerID: r.OwnerID, Acting: r.Acting, Red: r.Red, Amber: r.Amber,
			Staffed: itsm.Staffed{Filled: r.Filled, Covered: r.Covered, Vacant: r.Vacant}, NextReview: r.NextReview,
		})
	}
	shown := (steeringLines - len(out.Practices) - len(out.Asks)) / len(itsm.SteeringKinds)
	for i, k := range itsm.SteeringKinds {
		c := steeringChanges(by, k.Title, changes[i], min(max(shown, steeringLeast), steeringMost))
		c.Kind = k.Kind
		out.Changes = append(out.Changes, c)
	}
	for _, c := range out.Changes {
		out.Private += c.Private
	}
	out.Changes = slices.DeleteFunc(out.Changes, func(c itsm.SteeringChanges) bool { return len(c.Moments) == 0 })
	return out, nil
}

// chairTurned are the changes of event e after which an Owner's or a Manager's hat is worn by others, or until another day.
const chairTurned = `SELECT FROM change c WHERE c.event_id = e.id AND c.table_name = 'assignment' AND COALESCE(c.after, c.before) ->> 'role_kind' IN ('owner', 'manager')
	AND (c.before ->> 'during', c.before ->> 'state') IS DISTINCT FROM (c.after ->> 'during', c.after ->> 'state')
	AND 'appointed' IN (c.before ->> 'state', c.after ->> 'state')`

func actNames(acts []itsm.Action) []string {
	names := make([]string, len(acts))
	for i, act := range acts {
		names[i] = string(act)
	}
	return names
}

// steeringHappened asks for what happened since a day, the last of each of itsm.SteeringKinds, in their order.
func steeringHappened(b *pgx.Batch, day, since time.Time) [][]momentRow {
	changes := make([][]momentRow, len(itsm.SteeringKinds))
	for i, k := range itsm.SteeringKinds {
		acts, wearing := actNames(k.Acts), actNames(k.Wearing)
		all(b, &changes[i], `
			WITH found AS MATERIALIZED ( -- act by act: among all that happened since, the planner would look through everything
				SELECT x.id FROM unnest(@acts::text[] || @wearing::text[]) k (act) CROSS JOIN LATERAL (
					SELECT e.id, e.at FROM event e
					WHERE e.act = k.act AND (e.act <> @grid OR EXISTS (SELECT FROM change c WHERE c.event_id = e.id AND c.table_name = 'process' AND c.before IS NULL)) -- of grids those that made a process
					  AND (e.act <> ALL(@wearing) OR EXISTS (`+chairTurned+`))
					  AND e.at >= @since::date::timestamp `+midnight+` AND e.at < (@day::date + 1)::timestamp `+midnight+`
					ORDER BY e.at DESC LIMIT @most) x
				ORDER BY x.at DESC, x.id DESC LIMIT @most
			)
			SELECT `+momentColumns+` FROM `+momentFrom+` WHERE e.id = ANY(ARRAY(SELECT id FROM found)) ORDER BY e.at DESC, e.id DESC`, pgx.StrictNamedArgs{"acts": acts, "wearing": wearing, "since": since, "day": day, "most": steeringRead, "grid": string(itsm.ImportRACI)})
	}
	return changes
}

// steeringChanges are the latest of some events, at most shown of them or one more where that is the last, without what was
// undone, what is not public and what is not for this reader.
func steeringChanges(by itsm.Actor, title string, rows []momentRow, shown int) itsm.SteeringChanges {
	c := itsm.SteeringChanges{Title: title}
	for _, r := range rows {
		switch {
		case r.Undone || !r.shownTo(by, itsm.Scope{}):
		case r.Private:
			c.Private++
		default:
			m := r.placed(by, itsm.Scope{})
			m.Undoes = false
			c.Moments = append(c.Moments, m)
		}
	}
	if len(c.Moments) > shown+1 { // a line that says “and 1 more” would take its place
		c.More, c.Moments = len(c.Moments)-shown, c.Moments[:shown]
	}
	return c
}

// AskSteering adds a line to what the group is asked to decide. For the office.
func (s *Store) AskSteering(ctx context.Context, by itsm.Actor, l itsm.SteeringLine) error {
	return s.door(ctx, by, itsm.EditSteering, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := l.Check(); err != nil {
			return err
		}
		t.say("asked the steering group to decide: “%s”", plain(l.Text))
		args := pgx.StrictNamedArgs{"text": l.Text, "today": t.today, "by": t.actor()}
		if err := t.run(ctx, `INSERT INTO steering_line (text, asked_on, asked_by) VALUES (@text, @today, @by)`, args); err != nil {
			return err
		}
		return t.once(ctx, "steering "+l.Text, "This line stands there already.", `SELECT count(*) FROM steering_line WHERE text = @text`, pgx.StrictNamedArgs{"text": l.Text})
	})
}

// EditSteering changes a line, if its counter is still l.Counter.
func (s *Store) EditSteering(ctx context.Context, by itsm.Actor, l itsm.SteeringLine) error {
	return s.door(ctx, by, itsm.EditSteering, theOrganisation, func(ctx context.Context, t *tx) error {
		if err := l.Check(); err != nil {
			return err
		}
		t.say("changed what the steering group is asked to decide: “%s”", plain(l.Text))
		return t.edit(ctx, "steering_line", `UPDATE steering_line SET text = @text, counter = counter + 1 WHERE id = @id AND counter = @counter`,
			pgx.StrictNamedArgs{"id": l.ID, "counter": l.Counter, "text": l.Text})
	})
}

// DropSteering takes a line out: it was decided, or is asked no more. The trail keeps it.
func (s *Store) DropSteering(ctx context.Context, by itsm.Actor, id, counter int64) error {
	return s.door(ctx, by, itsm.EditSteering, theOrganisation, func(ctx context.Context, t *tx) error {
		var text string
		err := t.QueryRow(ctx, `DELETE FROM steering_line WHERE id = $1 AND counter = $2 RETURNING text`, id, counter).Scan(&text)
		t.say("took out what the steering group was asked to decide: “%s”", plain(text))
		if notFound(err, "") != err {
			return t.outrun(ctx, "steering_line", `SELECT @id::bigint`, pgx.StrictNamedArgs{"id": id})
		}
		return err
	})
}
