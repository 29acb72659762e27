package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// processColumns reads an itsm.Process from processFrom: what the version in force on @day says.
var processColumns = `
	c.id, c.practice_id, cp.name AS practice, c.name, c.kind, c.position, c.archived_at IS NOT NULL AS archived, c.counter,
	json_build_object('ID', x.id, 'Number', x.number, 'State', x.state, 'InForceFrom', to_char(x.in_force_from, 'YYYY-MM-DD"T00:00:00Z"'), 'Counter', x.counter,
		'Approval', json_build_object('by', x.approved_by, 'on', to_char(x.approved_on, 'YYYY-MM-DD"T00:00:00Z"'), 'reference', x.approved_reference)) AS version,
	x.purpose, x.scope AS area,
	ARRAY(SELECT text FROM process_item i WHERE i.version_id = x.id AND i.kind = 'trigger' ORDER BY position) AS triggers,
	ARRAY(SELECT text FROM process_item i WHERE i.version_id = x.id AND i.kind = 'input' ORDER BY position) AS inputs,
	ARRAY(SELECT text FROM process_item i WHERE i.version_id = x.id AND i.kind = 'output' ORDER BY position) AS outputs,
	` + clockColumns("c")

const processFrom = `process c JOIN practice cp ON cp.id = c.practice_id JOIN process_version x ON x.id = (SELECT id FROM version_on(c.id, @day::date))`

const processLineColumns = `
	c.id, c.practice_id, cp.name AS practice, c.name, c.kind, c.position, c.archived_at IS NOT NULL AS archived, c.counter,
	(SELECT count(*) FROM step WHERE version_id = (SELECT id FROM version_on(c.id, @day::date))) AS activities`

const processLineFrom = `process c JOIN practice cp ON cp.id = c.practice_id`

// ProcessFilter narrows the processes.
type ProcessFilter struct {
	PracticeID int64 // 0 is all
	Archived   bool  // the archived ones instead
}

// Processes are the processes that the actor may see, by practice and order.
func (s *Store) Processes(ctx context.Context, by itsm.Actor, f ProcessFilter) (found []itsm.ProcessLine, err error) {
	b := &pgx.Batch{}
	all(b, &found, `
		SELECT `+processLineColumns+` FROM `+processLineFrom+`
		WHERE (@all::bool OR c.practice_id = ANY(@sees)) AND (@practice = 0 OR c.practice_id = @practice) AND (c.archived_at IS NOT NULL) = @archived
		ORDER BY lower(cp.name), c.kind DESC, c.position, c.id`,
		seeing(by, pgx.StrictNamedArgs{"day": by.Today, "practice": f.PracticeID, "archived": f.Archived}))
	return found, s.ask(ctx, b)
}

// AddProcess adds a process to its practice, with a first version and columns for the practice's roles.
func (s *Store) AddProcess(ctx context.Context, by itsm.Actor, p itsm.Process) (id int64, err error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.AddProcess, ofPractice(p.PracticeID), func(ctx context.Context, t *tx) (err error) {
		if err := t.unarchived(ctx, "practice", p.PracticeID); err != nil {
			return err
		}
		if id, err = t.addProcess(ctx, p); err != nil {
			return err
		}
		t.say("added the process [[process:%d]] to [[practice:%d]]", id, p.PracticeID)
		return err
	})
	return id, err
}

func (t *tx) addProcess(ctx context.Context, p itsm.Process) (int64, error) {
	id, err := t.bareProcess(ctx, p)
	if err != nil {
		return 0, err
	}
	return id, t.run(ctx, `
		INSERT INTO raci_column (version_id, role_id, position)
		SELECT v.id, r.id, row_number() OVER (ORDER BY `+roleOrder+`) FROM role r JOIN process_version v ON v.process_id = @id
		WHERE r.practice_id = @practice AND r.archived_at IS NULL`,
		pgx.StrictNamedArgs{"id": id, "practice": p.PracticeID})
}

// bareProcess makes a process with its first version, without columns.
func (t *tx) bareProcess(ctx context.Context, p itsm.Process) (int64, error) {
	id, err := t.number(ctx, `
		INSERT INTO process (practice_id, name, kind, position)
		SELECT id, @name, @kind, (SELECT COALESCE(max(position), 0) + 1 FROM process WHERE practice_id = @practice AND kind = @kind)
		FROM practice WHERE id = @practice AND archived_at IS NULL
		RETURNING id`, pgx.StrictNamedArgs{"practice": p.PracticeID, "name": p.Name, "kind": string(p.Kind)})
	if err != nil {
		return 0, err
	}
	version, err := t.number(ctx, `INSERT INTO process_version (process_id, number, purpose, scope) VALUES (@id, 1, @purpose, @scope) RETURNING id`,
		pgx.StrictNamedArgs{"id": id, "purpose": p.Purpose, "scope": p.Area})
	if err != nil {
		return 0, err
	}
	if err := t.setItems(ctx, version, p); err != nil {
		return 0, err
	}
	return id, t.setClock(ctx, itsm.ProcessReview, id, p.ReviewMonths)
}

// setItems replaces the lists of a version where they differ.
func (t *tx) setItems(ctx context.Context, version int64, p itsm.Process) error {
	for _, l := range []struct {
		kind  string
		texts []string
	}{{"trigger", p.Triggers}, {"input", p.Inputs}, {"output", p.Outputs}} {
		args := pgx.StrictNamedArgs{"version": version, "kind": l.kind, "texts": l.texts}
		if l.texts == nil {
			args["texts"] = []string{}
		}
		if err := t.run(ctx, `
			DELETE FROM process_item
			WHERE version_id = @version AND kind = @kind
			  AND ARRAY(SELECT text FROM process_item WHERE version_id = @version AND kind = @kind ORDER BY position) <> @texts::text[]`, args); err != nil {
			return err
		}
		if err := t.run(ctx, `
			INSERT INTO process_item (version_id, kind, position, text)
			SELECT @version, @kind, n, text FROM unnest(@texts::text[]) WITH ORDINALITY AS given (text, n)
			WHERE NOT EXISTS (SELECT FROM process_item WHERE version_id = @version AND kind = @kind)`, args); err != nil {
			return err
		}
	}
	return nil
}

// EditProcess changes a process's name, kind and definition, if its version's counter is still p.Version.Counter.
func (s *Store) EditProcess(ctx context.Context, by itsm.Actor, p itsm.Process) error {
	if err := p.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditProcess, ofProcess(p.ID), func(ctx context.Context, t *tx) error {
		t.say("edited the process [[process:%d]]", p.ID)
		version, err := t.draft(ctx, p.ID, p.Version.Counter)
		if err != nil {
			return err
		}
		if err := t.run(ctx, `
			UPDATE process SET name = @name, kind = @kind, counter = counter + 1
			WHERE id = @id AND (name, kind) IS DISTINCT FROM (@name, @kind)`, pgx.StrictNamedArgs{"id": p.ID, "name": p.Name, "kind": string(p.Kind)}); err != nil {
			return err
		}
		if err := t.run(ctx, `UPDATE process_version SET purpose = @purpose, scope = @scope WHERE id = @version`,
			pgx.StrictNamedArgs{"version": version, "purpose": p.Purpose, "scope": p.Area}); err != nil {
			return err
		}
		if err := t.setClock(ctx, itsm.ProcessReview, p.ID, p.ReviewMonths); err != nil {
			return err
		}
		return t.setItems(ctx, version, p)
	})
}

// MoveProcess puts a process at a position (from 1) among those of its kind in its practice. The order is the practice's, so
// that it takes the right to edit there: the Manager of one process has none over the others.
func (s *Store) MoveProcess(ctx context.Context, by itsm.Actor, id int64, to int) error {
	at := scopeRow("process", `SELECT practice_id, 0::bigint, 0::bigint FROM process WHERE id = $1 FOR SHARE`, id)
	return s.door(ctx, by, itsm.EditProcess, at, func(ctx context.Context, t *tx) error {
		var practice int64
		var kind string
		if err := t.QueryRow(ctx, `SELECT practice_id, kind FROM process WHERE id = $1 AND archived_at IS NULL`, id).Scan(&practice, &kind); err != nil {
			return err
		}
		t.say("moved the process [[process:%d]] in the order of [[practice:%d]]", id, practice)
		extra := `AND archived_at IS NULL AND kind = 'daily'`
		if itsm.ProcessKind(kind) == itsm.Care {
			extra = `AND archived_at IS NULL AND kind = 'care'`
		}
		return t.move(ctx, processOrder, practice, id, to, extra)
	})
}

// processUsed says that something hangs on process $1: it is archived then, not deleted.
const processUsed = `
	EXISTS (SELECT FROM activity WHERE process_id = $1) OR EXISTS (SELECT FROM role WHERE process_id = $1)
	OR EXISTS (SELECT FROM hand_off WHERE to_process_id = $1) OR EXISTS (SELECT FROM mistake WHERE process_id = $1)
	OR EXISTS (SELECT FROM policy_attachment WHERE process_id = $1) OR EXISTS (SELECT FROM accepted_gap WHERE process_id = $1)
	OR EXISTS (SELECT FROM action WHERE process_id = $1)
	OR EXISTS (SELECT FROM process_version WHERE process_id = $1 AND state <> 'draft')
	OR EXISTS (SELECT FROM review WHERE process_id = $1)`

// ArchiveProcess takes a process out of its practice. Where nothing hangs on it yet (no activity, no role of its own, no
// hand-off to it) it is deleted instead, and deleted is true.
func (s *Store) ArchiveProcess(ctx context.Context, by itsm.Actor, id, counter int64) (deleted bool, err error) {
	err = s.door(ctx, by, itsm.ArchiveProcess, ofProcess(id), func(ctx context.Context, t *tx) error {
		var used bool
		if err := t.QueryRow(ctx, `SELECT `+processUsed, id).Scan(&used); err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{"id": id, "counter": counter}
		if deleted = !used; !deleted {
			t.say("archived the process [[process:%d]]", id)
			if err := t.endHatsOf(ctx, "process", id); err != nil {
				return err
			}
			args["at"] = t.at
			return t.edit(ctx, "process", `UPDATE process SET archived_at = @at, counter = counter + 1 WHERE id = @id AND counter = @counter AND archived_at IS NULL`, args)
		}
		var practice int64
		if err := t.QueryRow(ctx, `SELECT practice_id FROM process WHERE id = $1`, id).Scan(&practice); err != nil {
			return err
		}
		t.say("deleted the process “%s” of [[practice:%d]], which nothing hung on", t.name(ctx, "process", id), practice)
		for _, sql := range []string{
			`DELETE FROM raci_column WHERE version_id IN (SELECT id FROM process_version WHERE process_id = @id)`,
			`DELETE FROM process_item WHERE version_id IN (SELECT id FROM process_version WHERE process_id = @id)`,
			`DELETE FROM process_version WHERE process_id = @id`,
		} {
			if err := t.run(ctx, sql, pgx.StrictNamedArgs{"id": id}); err != nil {
				return err
			}
		}
		return t.edit(ctx, "process", `DELETE FROM process WHERE id = @id AND counter = @counter`, args)
	})
	return deleted, err
}

// RestoreProcess brings an archived process back into its practice, which must be in the library.
func (s *Store) RestoreProcess(ctx context.Context, by itsm.Actor, id int64) error {
	return s.door(ctx, by, itsm.ArchiveProcess, ofProcess(id), func(ctx context.Context, t *tx) error {
		t.say("brought the process [[process:%d]] back", id)
		return t.change(ctx, "The process is in use already, or its practice is archived: bring that back first.", `
			UPDATE process c SET archived_at = NULL, counter = counter + 1
			WHERE id = @id AND archived_at IS NOT NULL AND EXISTS (SELECT FROM practice WHERE id = c.practice_id AND archived_at IS NULL)`,
			pgx.StrictNamedArgs{"id": id})
	})
}

// Process is one process with everything its page shows.
type Process struct {
	itsm.Process
	Steps    []itsm.Step
	HandOffs []itsm.HandOff
	Matrix   *itsm.Matrix
	Asked    []itsm.Holding // who does not count before they accept
	Gaps     []itsm.Gap
	Mistakes []itsm.Mistake // open reports, for those who may close them
	Policies []itsm.GoverningPolicy
	Reviews  []itsm.Review
	Around   itsm.Around
	Recent   []itsm.Moment
}

// Process reads a process as the version in force on a day words it; NotFound where there is none that the actor may see.
func (s *Store) Process(ctx context.Context, by itsm.Actor, id int64, day time.Time) (p Process, err error) {
	b := &pgx.Batch{}
	var rows matrixRows
	var facts itsm.GapFacts
	var answers itsm.GapAnswers
	var late []itsm.Reviewed
	args := pgx.StrictNamedArgs{"id": id, "day": day}
	one(b, &p.Process, "process", `SELECT `+processColumns+` FROM `+processFrom+` WHERE c.id = @id`, args)
	all(b, &p.Steps, `SELECT `+stepColumns+` FROM step s WHERE s.version_id = (SELECT id FROM version_on(@id, @day::date)) ORDER BY s.position, s.id`, args)
	handOffs(b, &p.HandOffs, id, day)
	rows.queue(b, by, day, oneProcess, id)
	queueGapFacts(b, &facts, by, day, rolesOfProcess, id)
	ungoverned(b, &facts, by, day, practiceOfProcess, id)
	gapAnswers(b, &answers, day, answersOfProcess, pgx.StrictNamedArgs{"id": id})
	overdue(b, &late, by, day, overdueAtProcess, id)
	openMistakes(b, &p.Mistakes, id)
	governingPolicies(b, &p.Policies, day, ofProcessOwn, ofProcessAll, id)
	pastReviews(b, &p.Reviews, itsm.ProcessReview, id)
	s.around(b, &p.Around, by, "process", id, ofProcessHats)
	moments := s.recent(b, "process", id)
	if err = s.ask(ctx, b); err != nil {
		return p, err
	}
	matrices := rows.assemble(by, day)
	if len(matrices) == 0 || !by.MaySee(p.PracticeID) {
		return Process{}, itsm.NotFound{What: "process"}
	}
	p.Matrix, p.HandOffs = matrices[0], handOffsSeen(by, p.HandOffs)
	facts.Asked = knownTo(by, p.Scope(), day, facts.Asked)
	p.Asked = facts.Asked
	if by.Foresees(day, p.Scope()) {
		p.Gaps = itsm.Answered(itsm.WithReviews(p.Matrix.Gaps(facts), late, day), answers)
	}
	p.Mistakes, p.Recent = closable(by, p.Mistakes), moments(by, p.Scope())
	p.Policies, p.Reviews = begun(by, p.Scope(), p.Policies), told(by, p.Scope(), p.Reviews)
	return p, nil
}
