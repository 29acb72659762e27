package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// attachmentColumns reads an itsm.Attachment from attachedTo, with an activity's step joined as ts.
const attachmentColumns = `
	t.id, t.policy_id, COALESCE(t.practice_id, 0) AS practice_id, COALESCE(t.process_id, 0) AS process_id, COALESCE(t.activity_id, 0) AS activity_id,
	COALESCE(CASE WHEN t.activity_id IS NOT NULL THEN COALESCE(ts.name, 'an activity taken out since') END, CASE WHEN t.process_id IS NOT NULL THEN tc.name END, tp.name) AS name,
	tp.id AS in_practice_id, tp.name AS in_practice, COALESCE(tc.id, 0) AS in_process_id, COALESCE(tc.name, '') AS in_process,
	lower(t.during) AS since, upper(t.during) AS until`

// ofTarget is where the rights of what a policy may govern hang.
func ofTarget(of itsm.Target) scopeOf {
	switch of.Kind() {
	case "practice":
		return ofPractice(of.PracticeID)
	case "process":
		return ofProcess(of.ProcessID)
	}
	return ofActivity(of.ActivityID)
}

// mentionTarget mentions what a policy governs.
func mentionTarget(of itsm.Target) string { return fmt.Sprintf("[[%s:%d]]", of.Kind(), of.ID()) }

// governing says what a new policy governs, for an event's sentence.
func governing(list []itsm.NewAttachment) string {
	if len(list) == 0 {
		return ""
	}
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = mentionTarget(a.Target)
	}
	return ", which governs " + strings.Join(names, ", ")
}

// AttachPolicy lets a policy govern a practice, a process or an activity, from a day. For who may say so there and
// sees the policy. A day before today is taken as it is; what has not begun is known to those who read plans there.
func (s *Store) AttachPolicy(ctx context.Context, by itsm.Actor, a itsm.NewAttachment) (id int64, err error) {
	if err := a.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.AttachPolicy, ofTarget(a.Target), func(ctx context.Context, t *tx) (err error) {
		t.say("let the policy [[policy:%d]] govern %s%s", a.PolicyID, mentionTarget(a.Target), t.fromDay(a.From))
		t.private = a.From.After(t.today)
		id, err = t.attach(ctx, a)
		return err
	})
	return id, err
}

// fromDay says from which day, where that is not today.
func (t *tx) fromDay(from time.Time) string {
	if from.Equal(t.today) {
		return ""
	}
	return " from " + itsm.ShowDay(from)
}

// attach writes an attachment inside an open event. Archived policies and things are refused.
func (t *tx) attach(ctx context.Context, a itsm.NewAttachment) (int64, error) {
	if err := a.Check(); err != nil {
		return 0, err
	}
	if err := t.mayToo(ctx, itsm.AttachPolicy, ofTarget(a.Target)); err != nil {
		return 0, err
	}
	var inUse bool
	if err := t.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM policy y WHERE y.id = @policy AND y.archived_at IS NULL AND `+policySeen+`) AND (
			EXISTS (SELECT FROM practice WHERE id = @practice AND archived_at IS NULL)
			OR EXISTS (SELECT FROM process WHERE id = @process AND archived_at IS NULL)
			OR EXISTS (SELECT FROM activity x JOIN process c ON c.id = x.process_id WHERE x.id = @activity AND c.archived_at IS NULL))`,
		seeing(t.by, pgx.StrictNamedArgs{"policy": a.PolicyID, "practice": a.PracticeID, "process": a.ProcessID, "activity": a.ActivityID, "day": t.today})).Scan(&inUse); err != nil {
		return 0, err
	}
	if !inUse {
		return 0, itsm.Conflict{Text: "The policy, or what it shall govern, was archived meanwhile."}
	}
	return t.number(ctx, `
		INSERT INTO policy_attachment (policy_id, practice_id, process_id, activity_id, during)
		VALUES (@policy, NULLIF(@practice::bigint, 0), NULLIF(@process::bigint, 0), NULLIF(@activity::bigint, 0), daterange(@from::date, @until::date))
		RETURNING id`, pgx.StrictNamedArgs{
		"policy": a.PolicyID, "practice": a.PracticeID, "process": a.ProcessID, "activity": a.ActivityID, "from": a.From, "until": a.Until,
	})
}

// ofAttachment is where the rights of what an attachment governs hang; it is locked.
func ofAttachment(id int64) scopeOf {
	return scopeRow("attachment", `
		SELECT tp.id, COALESCE(tc.id, 0), 0::bigint FROM `+attachedTo+` WHERE t.id = $1 FOR UPDATE OF t`, id)
}

// Attachment reads one, with its policy, for who may change it.
func (s *Store) Attachment(ctx context.Context, by itsm.Actor, id int64) (a itsm.Attachment, p itsm.Policy, err error) {
	b := &pgx.Batch{}
	one(b, &a, "attachment", `
		SELECT `+attachmentColumns+` FROM `+attachedTo+`
		LEFT JOIN step ts ON ts.activity_id = t.activity_id AND ts.version_id = (SELECT id FROM version_on(ta.process_id, @day::date)) WHERE t.id = @id`,
		pgx.StrictNamedArgs{"id": id, "day": by.Today})
	one(b, &p, "attachment", `SELECT `+policyColumns+` FROM `+policyFrom+` WHERE y.id = (SELECT policy_id FROM policy_attachment WHERE id = @id)`,
		seeing(by, pgx.StrictNamedArgs{"id": id, "day": by.Today}))
	if err = s.ask(ctx, b); err != nil {
		return a, p, err
	}
	if !by.Can(itsm.AttachPolicy, a.Scope()) {
		if !by.MaySee(a.InPracticeID) || !knows(by, a) {
			return itsm.Attachment{}, itsm.Policy{}, itsm.NotFound{What: "attachment"}
		}
		return a, p, itsm.Forbidden{Why: forbidden(itsm.AttachPolicy)}
	}
	return a, p, nil
}

// EndAttachment ends what a policy governs: to is the first day without it, today or later, and never later than it was.
func (s *Store) EndAttachment(ctx context.Context, by itsm.Actor, id int64, to time.Time) error {
	return s.door(ctx, by, itsm.AttachPolicy, ofAttachment(id), func(ctx context.Context, t *tx) error {
		a, since, until, err := t.attachment(ctx, id)
		if err != nil {
			return err
		}
		var c itsm.Checks
		switch last := to.AddDate(0, 0, -1); {
		case since.After(t.today):
			return itsm.Conflict{Text: "It has not begun. Withdraw it instead."}
		case to.Before(t.today):
			c.Say("last_day", "Give yesterday or a later day: what governed until now stays on record.")
		case !to.After(since):
			c.Say("last_day", "It began on "+itsm.ShowDay(since)+": the last day cannot be before.")
		case until != nil && to.After(*until):
			c.Say("last_day", "It ends on "+itsm.ShowDay(until.AddDate(0, 0, -1))+" already. To let it govern for longer, add it anew after that day.")
		default:
			t.say("ended that the policy [[policy:%d]] governs %s, last day %s", a.PolicyID, mentionTarget(a.Target), itsm.ShowDay(last))
		}
		if err := c.Err(); err != nil {
			return err
		}
		t.private = to.After(t.today)
		return t.run(ctx, `UPDATE policy_attachment SET during = daterange(lower(during), @to::date) WHERE id = @id`, pgx.StrictNamedArgs{"id": id, "to": to})
	})
}

// WithdrawAttachment takes back what has not begun.
func (s *Store) WithdrawAttachment(ctx context.Context, by itsm.Actor, id int64) error {
	return s.door(ctx, by, itsm.AttachPolicy, ofAttachment(id), func(ctx context.Context, t *tx) error {
		a, since, _, err := t.attachment(ctx, id)
		if err != nil {
			return err
		}
		if !since.After(t.today) {
			return itsm.Conflict{Text: "It governs already. End it instead."}
		}
		t.say("withdrew that the policy [[policy:%d]] will govern %s", a.PolicyID, mentionTarget(a.Target))
		t.private = true
		return t.run(ctx, `DELETE FROM policy_attachment WHERE id = @id`, pgx.StrictNamedArgs{"id": id})
	})
}

func (t *tx) attachment(ctx context.Context, id int64) (a itsm.NewAttachment, since time.Time, until *time.Time, err error) {
	err = t.QueryRow(ctx, `
		SELECT policy_id, COALESCE(practice_id, 0), COALESCE(process_id, 0), COALESCE(activity_id, 0), lower(during), upper(during) FROM policy_attachment WHERE id = $1`, id).
		Scan(&a.PolicyID, &a.PracticeID, &a.ProcessID, &a.ActivityID, &since, &until)
	return a, since, until, err
}

// governingPolicies queues the policies that govern something on a day, as policies of its own and through what it lies
// in or what lies in it; on is a condition on t, tc and tp (attachedTo), and own says of a row that it is the thing's own.
func governingPolicies(b *pgx.Batch, into *[]itsm.GoverningPolicy, day time.Time, own, on string, id int64) {
	all(b, into, `
		SELECT t.id AS attachment_id, y.id AS policy_id, y.number, v.title, v.statement, y.driver,
		       CASE WHEN `+own+` THEN '' WHEN t.practice_id IS NOT NULL THEN 'practice' WHEN t.process_id IS NOT NULL THEN 'process' ELSE 'activity' END AS through,
		       COALESCE(t.practice_id, t.process_id, t.activity_id) AS through_id,
		       COALESCE((SELECT name FROM step WHERE activity_id = t.activity_id AND version_id = (SELECT id FROM version_on(ta.process_id, @day::date))), tc.name, tp.name) AS through_name,
		       lower(t.during) AS since, upper(t.during) AS until, `+clockColumns("y")+`
		FROM `+attachedTo+` JOIN policy y ON y.id = t.policy_id JOIN policy_version v ON v.id = (SELECT id FROM policy_version_on(y.id, @day::date))
		WHERE t.during @> @day::date AND y.archived_at IS NULL AND (`+on+`)
		ORDER BY NOT (`+own+`), t.practice_id IS NULL, lower(y.number), y.id`, pgx.StrictNamedArgs{"day": day, "id": id})
}

// The policies of a practice's page: its own. Of a process's: its own, its practice's, and its activities'. Of an
// activity's: its own, its process's, and its practice's.
const (
	ofPracticeOnly = `t.practice_id = @id`
	ofProcessOwn   = `t.process_id = @id`
	ofProcessAll   = `t.process_id = @id OR ta.process_id = @id OR t.practice_id = (SELECT practice_id FROM process WHERE id = @id)`
	ofActivityOwn  = `t.activity_id = @id`
	ofActivityAll  = `t.activity_id = @id OR t.process_id = (SELECT process_id FROM activity WHERE id = @id)
		OR t.practice_id = (SELECT p.practice_id FROM activity x JOIN process p ON p.id = x.process_id WHERE x.id = @id)`
)

// begun leaves out what will govern only later than today, for who does not read plans there.
func begun(by itsm.Actor, at itsm.Scope, list []itsm.GoverningPolicy) []itsm.GoverningPolicy {
	out := []itsm.GoverningPolicy{}
	for _, g := range list {
		if !g.Since.After(by.Today) || by.Can(itsm.ReadPlans, at) {
			out = append(out, g)
		}
	}
	return out
}
