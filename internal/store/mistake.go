package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// mistakeColumns reads an itsm.Mistake from mistakeFrom.
const (
	mistakeColumns = `
	k.id, COALESCE(kp.practice_id, kr.practice_id, kq.practice_id, 0) AS practice_id, COALESCE(k.process_id, 0) AS process_id, COALESCE(kp.name, '') AS process,
	COALESCE(k.activity_id, 0) AS activity_id, COALESCE(k.role_id, 0) AS role_id, COALESCE((SELECT ` + roleCalled + ` FROM role r WHERE r.id = k.role_id), '') AS role, k.about, k.text,
	k.reported_by AS reported_by_id, kb.name AS reported_by, k.reported_on, k.closed_on, k.answer`
	mistakeFrom = `
	mistake k
	JOIN person kb ON kb.id = k.reported_by
	LEFT JOIN process kp ON kp.id = k.process_id
	LEFT JOIN role kr ON kr.id = k.role_id
	LEFT JOIN process kq ON kq.id = kr.process_id`
)

// MistakesMax bounds a list of reports.
const MistakesMax = 100

// ReportMistake keeps what a reader says is wrong with a process, an activity or a role that they may see.
func (s *Store) ReportMistake(ctx context.Context, by itsm.Actor, m itsm.Mistake) (id int64, err error) {
	if err := m.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.ReportMistake, ofMistake(m, by), func(ctx context.Context, t *tx) error {
		t.private = true
		if m.ProcessID != 0 {
			t.say("reported a mistake in [[process:%d]]", m.ProcessID)
		} else {
			t.say("reported a mistake in [[role:%d]]", m.RoleID)
		}
		args := pgx.StrictNamedArgs{
			"process": m.ProcessID, "activity": m.ActivityID, "role": m.RoleID, "about": m.About, "text": m.Text, "by": by.PersonID, "today": t.today}
		if id, err = t.number(ctx, `
			INSERT INTO mistake (process_id, activity_id, role_id, about, text, reported_by, reported_on)
			VALUES (NULLIF(@process::bigint, 0), NULLIF(@activity::bigint, 0), NULLIF(@role::bigint, 0), @about, @text, @by, @today)
			RETURNING id`, args); err != nil {
			return err
		}
		return t.once(ctx, "mistake "+m.Text, "You reported this already, in the same words.", `
			SELECT count(*) FROM mistake WHERE reported_by = @by AND reported_on = @today AND closed_on IS NULL AND (about, text) = (@about, @text)
			   AND (process_id, activity_id, role_id) IS NOT DISTINCT FROM (NULLIF(@process::bigint, 0), NULLIF(@activity::bigint, 0), NULLIF(@role::bigint, 0))`, args)
	})
	return id, err
}

// ofMistake is where a report lies: the process, else the role. What by may not see is NotFound.
func ofMistake(m itsm.Mistake, by itsm.Actor) scopeOf {
	return func(ctx context.Context, t pgx.Tx) (at itsm.Scope, err error) {
		if m.ProcessID != 0 {
			at, err = ofProcess(m.ProcessID)(ctx, t)
		} else {
			at, err = ofRole(m.RoleID)(ctx, t)
		}
		if err == nil && !by.MaySee(at.PracticeID) {
			err = itsm.NotFound{What: "page"}
		}
		return at, err
	}
}

// CloseMistake answers a report. For Owner and Manager of what it is about, and the service management office.
func (s *Store) CloseMistake(ctx context.Context, by itsm.Actor, id int64, answer string) error {
	var c itsm.Checks
	c.Prose(&answer, "answer", itsm.ReasonMax)
	c.Require(answer != "", "answer", "Answer in a sentence: what was changed, or why not.")
	if err := c.Err(); err != nil {
		return err
	}
	var m itsm.Mistake
	at := func(ctx context.Context, t pgx.Tx) (itsm.Scope, error) {
		err := t.QueryRow(ctx, `SELECT COALESCE(process_id, 0), COALESCE(role_id, 0) FROM mistake WHERE id = $1`, id).Scan(&m.ProcessID, &m.RoleID)
		if err != nil {
			return itsm.Scope{}, notFound(err, "report")
		}
		return ofMistake(m, by)(ctx, t)
	}
	return s.door(ctx, by, itsm.CloseMistake, at, func(ctx context.Context, t *tx) error {
		t.private = true
		if m.ProcessID != 0 {
			t.say("answered a report on [[process:%d]]", m.ProcessID)
		} else {
			t.say("answered a report on [[role:%d]]", m.RoleID)
		}
		return t.change(ctx, "Somebody else answered this report meanwhile.", `
			UPDATE mistake SET closed_on = @today, answer = @answer WHERE id = @id AND closed_on IS NULL`,
			pgx.StrictNamedArgs{"id": id, "today": t.today, "answer": answer})
	})
}

// openMistakes queues the open reports on a process. Pass the result through closable.
func openMistakes(b *pgx.Batch, into *[]itsm.Mistake, process int64) {
	all(b, into, `SELECT `+mistakeColumns+` FROM `+mistakeFrom+` WHERE k.process_id = @id AND k.closed_on IS NULL ORDER BY k.id LIMIT @most`,
		pgx.StrictNamedArgs{"id": process, "most": MistakesMax})
}

// closable keeps the reports that by may close.
func closable(by itsm.Actor, list []itsm.Mistake) (may []itsm.Mistake) {
	for _, m := range list {
		if by.Can(itsm.CloseMistake, itsm.Scope{PracticeID: m.PracticeID, ProcessID: m.ProcessID}) {
			may = append(may, m)
		}
	}
	return may
}
