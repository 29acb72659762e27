package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// ProcessMove says where a process goes: to the practice To, or where Library is set to a new practice of that entry.
// Counter is the process's as the mover saw it, or Latest.
type ProcessMove struct {
	ProcessID, To, Counter int64
	Library                *itsm.LibraryPractice
}

// MovePlan says what a move does, before it is done.
type MovePlan struct {
	ProcessID int64
	Name      string
	Counter   int64
	FromID    int64
	From      string
	FromState itsm.PracticeState
	FromOwner string // who answers there today; "" is nobody
	ToID      int64  // below 0: a new practice
	To        string
	ToState   itsm.PracticeState // of a new one that of From
	ToOwner   string
	Taken     bool              // the new practice has a process of this name
	Own       int               // roles of the process's own: they stay with it
	OwnOwner  bool              // one of them is its Owner
	Columns   []itsm.ColumnMove `db:"-"`
}

// moveColumnRow is a role of the old practice that a process uses.
type moveColumnRow struct {
	MovingID      int64
	Elsewhere     bool
	Answers, Does int
	itsm.Role
}

// moveRows is what plans are made of.
type moveRows struct {
	plans   []MovePlan
	columns []moveColumnRow
	target  []itsm.Role
	held    []itsm.Holding
	regions []itsm.RegionRef
}

// queue reads the facts of moves; new practices stand as -1, -2 … in to.
func (r *moveRows) queue(b *pgx.Batch, by itsm.Actor, processes, to []int64) {
	args := func() pgx.StrictNamedArgs {
		return seeing(by, pgx.StrictNamedArgs{"processes": processes, "to": to})
	}
	const moves = `unnest(@processes::bigint[], @to::bigint[]) WITH ORDINALITY AS m (process_id, to_id, n) JOIN process c ON c.id = m.process_id AND c.archived_at IS NULL`
	all(b, &r.plans, `
		SELECT c.id AS process_id, c.name, c.counter, f.id AS from_id, f.name AS "from", f.state AS from_state, COALESCE(fo.name, '') AS from_owner,
		       m.to_id, COALESCE(t.name, '') AS "to", COALESCE(t.state, f.state) AS to_state, COALESCE(o.name, '') AS to_owner,
		       EXISTS (SELECT FROM process x WHERE x.practice_id = m.to_id AND x.archived_at IS NULL AND lower(x.name) = lower(c.name)) AS taken,
		       (SELECT count(*) FROM role r WHERE r.process_id = c.id AND r.archived_at IS NULL) AS own,
		       EXISTS (SELECT FROM role r WHERE r.process_id = c.id AND r.archived_at IS NULL AND r.kind = 'owner') AS own_owner
		FROM `+moves+` JOIN practice f ON f.id = c.practice_id
		LEFT JOIN practice t ON t.id = m.to_id AND t.archived_at IS NULL `+
		ownerToday("fo", `r.practice_id = f.id`)+ownerToday("o", `r.practice_id = t.id`)+`
		WHERE (@all::bool OR f.id = ANY(@sees) AND (m.to_id < 0 OR m.to_id = ANY(@sees))) AND (m.to_id < 0 OR t.id IS NOT NULL) AND f.id <> m.to_id
		ORDER BY m.n`, with(pgx.StrictNamedArgs{"day": by.Today, "known": by.Knows(by.Today, itsm.Scope{})}, args()))
	all(b, &r.columns, `
		SELECT c.id AS moving_id, `+roleColumns+`,
		       EXISTS (
				SELECT FROM raci_column k2 JOIN process_version x2 ON x2.id = k2.version_id JOIN process c2 ON c2.id = x2.process_id
				WHERE k2.role_id = r.id AND c2.practice_id = c.practice_id AND c2.id <> c.id AND c2.archived_at IS NULL
				  AND NOT EXISTS (SELECT FROM unnest(@processes::bigint[], @to::bigint[]) AS m2 (process_id, to_id) WHERE m2.process_id = c2.id AND m2.to_id = m.to_id)
		       ) AS elsewhere,
		       (SELECT count(*) FROM raci_cell l WHERE l.version_id = x.id AND l.role_id = r.id AND strpos(l.letters, 'A') > 0) AS answers,
		       (SELECT count(*) FROM raci_cell l WHERE l.version_id = x.id AND l.role_id = r.id AND strpos(l.letters, 'R') > 0) AS does
		FROM `+moves+`
		JOIN process_version x ON x.process_id = c.id AND x.state = 'draft' JOIN raci_column k ON k.version_id = x.id
		JOIN role r ON r.id = k.role_id AND r.practice_id = c.practice_id`+roleJoins+`
		WHERE (@all::bool OR c.practice_id = ANY(@sees))
		ORDER BY m.n, k.position`, args())
	all(b, &r.target, `SELECT `+roleColumns+` FROM `+roleFrom+` WHERE r.practice_id = ANY(@to) AND r.archived_at IS NULL ORDER BY `+roleOrder,
		pgx.StrictNamedArgs{"to": to})
	holders(b, &r.held, by.Today, `
		SELECT w.id FROM role w WHERE w.practice_id = ANY(@to::bigint[] || ARRAY(SELECT c.practice_id FROM process c WHERE c.id = ANY(@processes::bigint[])))`,
		pgx.StrictNamedArgs{"processes": processes, "to": to})
	all(b, &r.regions, `SELECT id, COALESCE(parent_id, 0) AS parent_id, name FROM region ORDER BY name`, nil)
}

// assemble makes plans; fresh are the practices that are made first, -1 being fresh[0].
func (r *moveRows) assemble(fresh []itsm.LibraryPractice) []MovePlan {
	for i := range r.plans {
		p := &r.plans[i]
		var target []itsm.Role
		for _, t := range r.target {
			if t.PracticeID == p.ToID {
				target = append(target, t)
			}
		}
		if p.ToID < 0 {
			p.To, target = fresh[-p.ToID-1].Name, fresh[-p.ToID-1].Born()[:3]
		}
		for _, c := range r.columns {
			if c.MovingID == p.ProcessID {
				move := itsm.MoveColumn(c.Role, c.Elsewhere, target)
				move.Answers, move.Does = c.Answers, c.Does
				move.Worn(r.held, r.regions)
				p.Columns = append(p.Columns, move)
			}
		}
	}
	return r.plans
}

// spread gives each move its target: a practice's id, or below 0 the place of its entry among the fresh ones.
func spread(moves []ProcessMove) (processes, to []int64, fresh []itsm.LibraryPractice) {
	places := map[string]int64{}
	for _, m := range moves {
		target := m.To
		if m.Library != nil {
			if places[m.Library.Key] == 0 {
				fresh = append(fresh, *m.Library)
				places[m.Library.Key] = -int64(len(fresh))
			}
			target = places[m.Library.Key]
		}
		processes, to = append(processes, m.ProcessID), append(to, target)
	}
	return processes, to, fresh
}

// MovePlans says what moving processes would do. Those that are not there, or are there already, are left out.
func (s *Store) MovePlans(ctx context.Context, by itsm.Actor, moves []ProcessMove) ([]MovePlan, error) {
	processes, to, fresh := spread(moves)
	var r moveRows
	b := &pgx.Batch{}
	r.queue(b, by, processes, to)
	if err := s.ask(ctx, b); err != nil {
		return nil, err
	}
	return r.assemble(fresh), nil
}

// MoveProcesses moves processes to other practices, with their own roles, their hats and their history, as one event
// that can be undone. Of the roles of the old practice that a process uses, the letters stay: see itsm.MoveColumn. For
// who may move at the practice each one leaves and the one it comes to; a new practice needs AddPractice.
func (s *Store) MoveProcesses(ctx context.Context, by itsm.Actor, moves []ProcessMove) error {
	if len(moves) == 0 || len(moves) > itsm.MovesMax {
		return itsm.Invalid{Problems: []itsm.Problem{{Text: fmt.Sprintf("Choose at least one process that goes to another practice, and at most %d at once.", itsm.MovesMax)}}}
	}
	at := scopeRow("process", `SELECT practice_id, 0::bigint, 0::bigint FROM process WHERE id = $1 AND archived_at IS NULL FOR UPDATE`, moves[0].ProcessID)
	return s.door(ctx, by, itsm.MoveToPractice, at, func(ctx context.Context, t *tx) error {
		moves, err := t.freshPractices(ctx, moves)
		if err != nil {
			return err
		}
		processes, to, _ := spread(moves)
		var r moveRows
		b := &pgx.Batch{}
		r.queue(b, by, processes, to)
		if err := t.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		plans := r.assemble(nil)
		if len(plans) < len(moves) {
			return itsm.Conflict{Text: "One of the processes, or the practice it shall go to, was moved or archived meanwhile. Look at it again."}
		}
		var said []string
		for i, p := range plans {
			if err := t.moveToPractice(ctx, p, moves[i].Counter); err != nil {
				return err
			}
			said = append(said, fmt.Sprintf("[[process:%d]] from [[practice:%d]] to [[practice:%d]]", p.ProcessID, p.FromID, p.ToID))
		}
		t.say("moved %s", strings.Join(said, ", "))
		return nil
	})
}

// freshPractices makes the new practices of the library that moves go to, each in the state of the practice that its
// first process leaves, and lets the moves go there.
func (t *tx) freshPractices(ctx context.Context, moves []ProcessMove) ([]ProcessMove, error) {
	made, out := map[string]int64{}, make([]ProcessMove, len(moves))
	for i, m := range moves {
		if m.Library != nil && made[m.Library.Key] == 0 {
			if err := allowed(t.by, itsm.AddPractice, itsm.Scope{}); err != nil {
				return nil, err
			}
			p := m.Library.Practice()
			var state string
			if err := t.QueryRow(ctx, `SELECT p.state FROM process c JOIN practice p ON p.id = c.practice_id WHERE c.id = $1`, m.ProcessID).Scan(&state); err != nil {
				return nil, err
			}
			p.State = itsm.PracticeState(state)
			id, err := t.addPractice(ctx, p)
			if err != nil {
				return nil, err
			}
			made[m.Library.Key] = id
		}
		if m.Library != nil {
			m.To, m.Library = made[m.Library.Key], nil
		}
		out[i] = m
	}
	return out, nil
}

// moveToPractice carries one plan out.
func (t *tx) moveToPractice(ctx context.Context, p MovePlan, counter int64) error {
	for _, id := range []int64{p.FromID, p.ToID} {
		if err := t.mayToo(ctx, itsm.MoveToPractice, ofPractice(id)); err != nil {
			return err
		}
	}
	version, err := t.draft(ctx, p.ProcessID, Latest)
	if err != nil {
		return err
	}
	var along []int64
	for _, c := range p.Columns {
		switch c.Fate {
		case itsm.Replaced:
			err = t.unite(ctx, []int64{version}, c.By.ID, c.Role.ID)
		case itsm.Along:
			err = t.run(ctx, `UPDATE role SET practice_id = @to, counter = counter + 1 WHERE id = @id AND practice_id = @from`,
				pgx.StrictNamedArgs{"to": p.ToID, "from": p.FromID, "id": c.Role.ID})
			along = append(along, c.Role.ID)
		}
		if err != nil {
			return err
		}
	}
	// What is noted of gaps names the practice beside the process or role that it is about.
	for _, table := range []string{"accepted_gap", "action"} {
		if err := t.run(ctx, `UPDATE `+table+` SET practice_id = @to WHERE practice_id = @from AND (process_id = @id OR role_id = ANY(@along::bigint[])) `,
			pgx.StrictNamedArgs{"to": p.ToID, "from": p.FromID, "id": p.ProcessID, "along": along}); err != nil {
			return err
		}
	}
	return t.change(ctx, "Somebody changed the process after you looked at it. Look at it again.", `
		UPDATE process c SET practice_id = @to, counter = counter + 1,
		       position = (SELECT COALESCE(max(position), 0) + 1 FROM process x WHERE x.practice_id = @to AND x.kind = c.kind)
		WHERE id = @id AND practice_id = @from AND (@counter = -1 OR counter = @counter)`,
		pgx.StrictNamedArgs{"to": p.ToID, "from": p.FromID, "id": p.ProcessID, "counter": counter})
}

// ToSort are the processes and practices that the actor may see, for bringing processes into their practices.
func (s *Store) ToSort(ctx context.Context, by itsm.Actor) (processes []itsm.ProcessLine, practices []itsm.PracticeLine, err error) {
	b := &pgx.Batch{}
	all(b, &processes, `
		SELECT c.id, c.practice_id, cp.name AS practice, c.name, c.kind, c.position, false AS archived, 0 AS activities, c.counter
		FROM `+processLineFrom+` WHERE c.archived_at IS NULL AND (@all::bool OR c.practice_id = ANY(@sees)) ORDER BY lower(cp.name), c.kind DESC, c.position, c.id`,
		seeing(by, pgx.StrictNamedArgs{}))
	all(b, &practices, practiceChoices, seeing(by, pgx.StrictNamedArgs{}))
	return processes, practices, s.ask(ctx, b)
}
