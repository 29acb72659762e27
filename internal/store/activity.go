package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

const stepColumns = `s.activity_id, s.position, s.section, s.name, s.text, s.procedure, s.counter`

// handOffColumns reads an itsm.HandOff from handOffFrom, h being the row.
const handOffColumns = `
	h.id, h.activity_id, h.direction, h.what, COALESCE(h.to_activity_id, 0) AS to_activity_id, COALESCE(h.to_process_id, 0) AS to_process_id, h.party,
	COALESCE(ts.name, tc.name, NULLIF(h.party, ''), 'an activity taken out since') AS other,
	COALESCE(tc.id, tac.id, 0) AS other_process_id, COALESCE(tc.name, tac.name, '') AS other_process, COALESCE(tc.practice_id, tac.practice_id, 0) AS other_practice`

const handOffFrom = `
	hand_off h
	LEFT JOIN process tc ON tc.id = h.to_process_id
	LEFT JOIN activity ta ON ta.id = h.to_activity_id
	LEFT JOIN process tac ON tac.id = ta.process_id
	LEFT JOIN step ts ON ts.activity_id = h.to_activity_id AND ts.version_id = (SELECT id FROM version_on(ta.process_id, @day::date))`

// handOffs queues what passes to and from the activities of a process: what its version on @day says of out and in, and
// what other activities and processes write down as given to it, seen from here as coming in.
func handOffs(b *pgx.Batch, into *[]itsm.HandOff, process int64, day time.Time) {
	all(b, into, `
		SELECT * FROM (
			SELECT `+handOffColumns+`
			FROM `+handOffFrom+`
			WHERE h.version_id = (SELECT id FROM version_on(@process, @day::date))
			UNION ALL
			-- Given by an activity, here or in another process, to one of this process.
			SELECT h.id, h.to_activity_id, 'in', h.what, h.activity_id, 0, '', s.name, c.id, c.name, c.practice_id
			FROM hand_off h
			JOIN activity mine ON mine.id = h.to_activity_id AND mine.process_id = @process
			JOIN step s ON s.version_id = h.version_id AND s.activity_id = h.activity_id
			JOIN activity theirs ON theirs.id = h.activity_id
			JOIN process c ON c.id = theirs.process_id AND c.archived_at IS NULL
			WHERE h.version_id = (SELECT id FROM version_on(theirs.process_id, @day::date))
			UNION ALL
			-- Between an activity of another process and this process as a whole.
			SELECT h.id, 0, CASE h.direction WHEN 'out' THEN 'in' ELSE 'out' END, h.what, h.activity_id, 0, '', s.name, c.id, c.name, c.practice_id
			FROM hand_off h
			JOIN step s ON s.version_id = h.version_id AND s.activity_id = h.activity_id
			JOIN activity theirs ON theirs.id = h.activity_id
			JOIN process c ON c.id = theirs.process_id AND c.archived_at IS NULL AND c.id <> @process
			WHERE h.to_process_id = @process AND h.version_id = (SELECT id FROM version_on(theirs.process_id, @day::date))
		) passing
		ORDER BY activity_id, direction, id`, pgx.StrictNamedArgs{"process": process, "day": day})
}

// handOffsSeen names to a reader no other side that they do not see.
func handOffsSeen(by itsm.Actor, list []itsm.HandOff) []itsm.HandOff {
	for i, h := range list {
		list[i] = h.SeenBy(by)
	}
	return list
}

// Activity is one activity with what its page shows.
type Activity struct {
	Process  itsm.Process
	Step     itsm.Step
	Steps    []itsm.Step // all of the process, in order
	HandOffs []itsm.HandOff
	Matrix   *itsm.Matrix
	Policies []itsm.GoverningPolicy
	Around   itsm.Around
	Recent   []itsm.Moment
}

// Activity reads an activity as the version on a day words it; NotFound where the actor may see none.
func (s *Store) Activity(ctx context.Context, by itsm.Actor, id int64, day time.Time) (a Activity, err error) {
	b := &pgx.Batch{}
	args := pgx.StrictNamedArgs{"id": id, "day": day}
	const mine = `(SELECT process_id FROM activity WHERE id = @id)`
	one(b, &a.Process, "activity", `SELECT `+processColumns+` FROM `+processFrom+` WHERE c.id = `+mine, args)
	all(b, &a.Steps, `SELECT `+stepColumns+` FROM step s WHERE s.version_id = (SELECT id FROM version_on(`+mine+`, @day::date)) ORDER BY s.position, s.id`, args)
	all(b, &a.HandOffs, `
		SELECT `+handOffColumns+` FROM `+handOffFrom+` WHERE h.activity_id = @id AND h.version_id = (SELECT id FROM version_on(`+mine+`, @day::date))
		UNION ALL
		SELECT h.id, h.to_activity_id, 'in', h.what, h.activity_id, 0, '', s.name, c.id, c.name, c.practice_id
		FROM hand_off h
		JOIN step s ON s.version_id = h.version_id AND s.activity_id = h.activity_id
		JOIN activity theirs ON theirs.id = h.activity_id
		JOIN process c ON c.id = theirs.process_id AND c.archived_at IS NULL
		WHERE h.to_activity_id = @id AND h.version_id = (SELECT id FROM version_on(theirs.process_id, @day::date))
		ORDER BY 3, 1`, args)
	var rows matrixRows
	rows.queue(b, by, day, `p.id = `+mine, id)
	governingPolicies(b, &a.Policies, day, ofActivityOwn, ofActivityAll, id)
	s.around(b, &a.Around, by, "activity", id, `a.role_id IN (SELECT k.role_id FROM raci_cell k WHERE k.activity_id = @id AND k.version_id = (SELECT id FROM version_on(`+mine+`, @day::date)))`)
	moments := s.recent(b, "activity", id)
	if err = s.ask(ctx, b); err != nil {
		return a, err
	}
	for _, st := range a.Steps {
		if st.ActivityID == id {
			a.Step = st
		}
	}
	if a.Step.ActivityID == 0 || !by.MaySee(a.Process.PracticeID) {
		return Activity{}, itsm.NotFound{What: "activity"}
	}
	a.Matrix, a.Recent = rows.assemble(by, day)[0], moments(by, a.Process.Scope())
	a.Policies, a.HandOffs = begun(by, a.Process.Scope(), a.Policies), handOffsSeen(by, a.HandOffs)
	return a, nil
}

// HandOffSides are what a hand-off of an activity may name, by words of its name or its practice's: activities of the same
// process, then other processes that the actor sees; at most PickLimit, what is called just so first. more says that there are
// others. For who may edit the process.
func (s *Store) HandOffSides(ctx context.Context, by itsm.Actor, activity int64, words string) (found []itsm.HandOffSide, more bool, err error) {
	b := &pgx.Batch{}
	var at struct{ PracticeID, ProcessID int64 }
	// Of a page, as allowed says of one that is out of sight: whether it is there is told to nobody.
	one(b, &at, "page", `SELECT p.practice_id, p.id AS process_id FROM activity a JOIN process p ON p.id = a.process_id WHERE a.id = @id`, pgx.StrictNamedArgs{"id": activity})
	all(b, &found, `
		SELECT x.activity_id, x.process_id, x.name, x.practice FROM activity mine, LATERAL (
			SELECT s.activity_id, 0::bigint AS process_id, s.name::text, '' AS practice, s.position
			FROM step s WHERE s.version_id = (SELECT id FROM version_on(mine.process_id, @day::date)) AND s.activity_id <> mine.id
			UNION ALL
			SELECT 0, c.id, c.name, cp.name, 0
			FROM `+processLineFrom+` WHERE c.archived_at IS NULL AND c.id <> mine.process_id AND (@all::bool OR c.practice_id = ANY(@sees))
		) x
		WHERE mine.id = @id AND lower(x.name || ' ' || x.practice) LIKE ALL (@words::text[])
		ORDER BY lower(x.name) <> lower(@typed::text), x.process_id <> 0, x.position, lower(x.practice), lower(x.name) LIMIT @most`,
		seeing(by, pgx.StrictNamedArgs{"id": activity, "day": by.Today, "words": patterns(words), "typed": words, "most": PickLimit + 1}))
	if err = s.ask(ctx, b); err == nil {
		err = allowed(by, itsm.EditProcess, itsm.Scope{PracticeID: at.PracticeID, ProcessID: at.ProcessID})
	}
	if err != nil {
		return nil, false, err
	}
	return found[:min(len(found), PickLimit)], len(found) > PickLimit, nil
}

// AddActivity adds an activity to a process at a position (from 1; 0 is the end). counter is the version's, or Latest.
func (s *Store) AddActivity(ctx context.Context, by itsm.Actor, process int64, a itsm.Step, at int, counter int64) (id int64, err error) {
	if err := a.Check(); err != nil {
		return 0, err
	}
	err = s.door(ctx, by, itsm.EditProcess, ofProcess(process), func(ctx context.Context, t *tx) error {
		version, err := t.draft(ctx, process, counter)
		if err != nil {
			return err
		}
		if id, err = t.addActivity(ctx, process, version, a); err != nil {
			return err
		}
		t.say("added the activity [[activity:%d]] to [[process:%d]]", id, process)
		if at == 0 {
			return nil
		}
		return t.move(ctx, stepOrder, version, id, at, "")
	})
	return id, err
}

// addActivity puts an activity at the end of a draft.
func (t *tx) addActivity(ctx context.Context, process, version int64, a itsm.Step) (int64, error) {
	return t.number(ctx, `
		WITH born AS (INSERT INTO activity (process_id) VALUES (@process) RETURNING id)
		INSERT INTO step (version_id, activity_id, position, section, name, text, procedure)
		SELECT @version, id, (SELECT COALESCE(max(position), 0) + 1 FROM step WHERE version_id = @version), @section, @name, @text, @procedure FROM born
		RETURNING activity_id`, pgx.StrictNamedArgs{
		"process": process, "version": version, "section": a.Section, "name": a.Name, "text": a.Text, "procedure": a.Procedure,
	})
}

// EditActivity changes what an activity says, if its counter is still a.Counter (or Latest).
func (s *Store) EditActivity(ctx context.Context, by itsm.Actor, a itsm.Step) error {
	if err := a.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditProcess, ofActivity(a.ActivityID), func(ctx context.Context, t *tx) error {
		t.say("edited the activity [[activity:%d]]", a.ActivityID)
		version, err := t.step(ctx, a.ActivityID, a.Counter)
		if err != nil {
			return err
		}
		return t.run(ctx, `
			UPDATE step SET section = @section, name = @name, text = @text, procedure = @procedure
			WHERE version_id = @version AND activity_id = @activity`, pgx.StrictNamedArgs{
			"version": version, "activity": a.ActivityID, "section": a.Section, "name": a.Name, "text": a.Text, "procedure": a.Procedure,
		})
	})
}

// MoveActivity puts an activity at a position (from 1) of its process. counter is the version's, or Latest.
func (s *Store) MoveActivity(ctx context.Context, by itsm.Actor, id int64, to int, counter int64) error {
	return s.door(ctx, by, itsm.EditProcess, ofActivity(id), func(ctx context.Context, t *tx) error {
		t.say("moved the activity [[activity:%d]] to place %d", id, to)
		version, err := t.draftOf(ctx, id, counter)
		if err != nil {
			return err
		}
		return t.move(ctx, stepOrder, version, id, to, "")
	})
}

// draftOf is the draft of an activity's process.
func (t *tx) draftOf(ctx context.Context, activity, counter int64) (int64, error) {
	process, err := t.number(ctx, `SELECT process_id FROM activity WHERE id = @id`, pgx.StrictNamedArgs{"id": activity})
	if err != nil {
		return 0, err
	}
	return t.draft(ctx, process, counter)
}

// RemoveActivity takes an activity with its letters and hand-offs out of its process; Undo brings all of it back. counter
// is the step's: whoever changed the activity meanwhile is asked first.
func (s *Store) RemoveActivity(ctx context.Context, by itsm.Actor, id, counter int64) error {
	return s.door(ctx, by, itsm.EditProcess, ofActivity(id), func(ctx context.Context, t *tx) error {
		version, err := t.draftOf(ctx, id, Latest)
		if err != nil {
			return err
		}
		var name string
		var process int64
		err = t.QueryRow(ctx, `
			SELECT s.name, a.process_id FROM step s JOIN activity a ON a.id = s.activity_id
			WHERE s.version_id = @version AND s.activity_id = @id AND s.counter = @counter`,
			pgx.StrictNamedArgs{"id": id, "version": version, "counter": counter}).Scan(&name, &process)
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.Conflict{Text: "Somebody changed or took out this activity after you opened it. Look at it again."}
		}
		if err != nil {
			return err
		}
		t.say("took the activity “%s” out of [[process:%d]]", plain(name), process)
		return t.removeSteps(ctx, version, []int64{id})
	})
}

// removeSteps takes activities with their letters and hand-offs out of a draft.
func (t *tx) removeSteps(ctx context.Context, version int64, ids []int64) error {
	args := pgx.StrictNamedArgs{"ids": ids, "version": version}
	for _, sql := range []string{
		`DELETE FROM raci_cell WHERE version_id = @version AND activity_id = ANY(@ids::bigint[])`,
		`DELETE FROM hand_off WHERE version_id = @version AND (activity_id = ANY(@ids::bigint[]) OR to_activity_id = ANY(@ids::bigint[]))`,
		`DELETE FROM step WHERE version_id = @version AND activity_id = ANY(@ids::bigint[])`,
	} {
		if err := t.run(ctx, sql, args); err != nil {
			return err
		}
	}
	return t.run(ctx, `
		UPDATE step s SET position = o.n FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS n FROM step WHERE version_id = @version) o
		WHERE s.id = o.id AND s.position <> o.n`, pgx.StrictNamedArgs{"version": version})
}

// AddHandOff writes down what passes between an activity and another side. What comes in from another activity of the same
// process is written at the giving one. counter is the activity's step's, or Latest.
func (s *Store) AddHandOff(ctx context.Context, by itsm.Actor, h itsm.HandOff, counter int64) error {
	if err := h.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditProcess, ofActivity(h.ActivityID), func(ctx context.Context, t *tx) error {
		t.say("wrote down that %s", passing(h))
		version, err := t.step(ctx, h.ActivityID, counter)
		if err != nil {
			return err
		}
		args := pgx.StrictNamedArgs{
			"version": version, "activity": h.ActivityID, "direction": string(h.Direction), "what": h.What,
			"other": h.ToActivityID, "process": h.ToProcessID, "party": h.Party,
		}
		if h.Direction == itsm.In && h.ToActivityID != 0 {
			args["activity"], args["other"], args["direction"] = h.ToActivityID, h.ActivityID, string(itsm.Out)
		}
		return t.run(ctx, `
			INSERT INTO hand_off (version_id, activity_id, direction, what, to_activity_id, to_process_id, party, position)
			VALUES (@version, @activity, @direction, @what, NULLIF(@other::bigint, 0), NULLIF(@process::bigint, 0), @party,
			        (SELECT COALESCE(max(position), 0) + 1 FROM hand_off WHERE version_id = @version AND activity_id = @activity))`, args)
	})
}

// RemoveHandOff takes a hand-off back, at either of its activities.
func (s *Store) RemoveHandOff(ctx context.Context, by itsm.Actor, activity, id int64) error {
	return s.door(ctx, by, itsm.EditProcess, ofActivity(activity), func(ctx context.Context, t *tx) error {
		version, err := t.step(ctx, activity, Latest)
		if err != nil {
			return err
		}
		h := itsm.HandOff{}
		err = t.QueryRow(ctx, `
			DELETE FROM hand_off WHERE id = @id AND version_id = @version AND @activity IN (activity_id, to_activity_id)
			RETURNING activity_id, direction, what, COALESCE(to_activity_id, 0), COALESCE(to_process_id, 0), COALESCE(party, '')`,
			pgx.StrictNamedArgs{"id": id, "version": version, "activity": activity}).Scan(&h.ActivityID, &h.Direction, &h.What, &h.ToActivityID, &h.ToProcessID, &h.Party)
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.Conflict{Text: "This hand-off was taken back meanwhile."}
		}
		t.say("took back that %s", passing(h))
		return err
	})
}

// passing says what a hand-off passes, from its activity or to it. Another process is not mentioned: an event happened
// where the first process lies that its sentence mentions.
func passing(h itsm.HandOff) string {
	other := "another process"
	switch {
	case h.ToActivityID != 0:
		other = fmt.Sprintf("[[activity:%d]]", h.ToActivityID)
	case h.Party != "":
		other = plain(h.Party)
	}
	if h.Direction == itsm.In {
		return fmt.Sprintf("[[activity:%d]] gets “%s” from %s", h.ActivityID, plain(h.What), other)
	}
	return fmt.Sprintf("[[activity:%d]] passes “%s” on to %s", h.ActivityID, plain(h.What), other)
}
