package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// CellEdit sets one cell of a matrix. Counter is the row's as the editor saw it, or Latest. Move takes the A from the role that has
// it; without it, a second A is refused.
type CellEdit struct {
	ProcessID, ActivityID, RoleID, Counter int64
	itsm.Cell
	Move bool
}

// RowEdit sets the cells of a row that it names, by role; the others stay. Counter is the row's as the editor saw it,
// or Latest.
type RowEdit struct {
	ProcessID, ActivityID, Counter int64
	Cells                          map[int64]itsm.Cell
}

// rowChanged says that change c changed what row s of a draft says: not merely its place.
const rowChanged = `c.table_name = 'step' AND c.row_id = s.id AND c.before ->> 'counter' IS DISTINCT FROM c.after ->> 'counter'`

// SetCell writes one cell; EditProcess there. A row that changed since Counter is a Conflict, as is a second A. An empty
// set of letters clears the cell with its note.
func (s *Store) SetCell(ctx context.Context, by itsm.Actor, e CellEdit) error {
	if err := e.Check(); err != nil {
		return err
	}
	return s.door(ctx, by, itsm.EditProcess, ofActivity(e.ActivityID), func(ctx context.Context, t *tx) error {
		row, err := t.lockRow(ctx, e.ProcessID, e.ActivityID, e.Counter)
		if err != nil {
			return err
		}
		if e.Letters == 0 && e.Note != "" && row.cells[e.RoleID].Letters == 0 {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "note", Text: "Choose a letter first: a note hangs on one."}}}
		}
		if err := t.allowSupport(ctx, e.Letters); err != nil {
			return err
		}
		from := row.accountable()
		if !e.Letters.Has(itsm.LetterA) || from == e.RoleID {
			from = 0
		}
		if from != 0 && !e.Move {
			return itsm.Conflict{Text: row.names[from] + " answers for this activity already. A row has one A: move it here, or leave it there."}
		}
		if from != 0 {
			left := row.cells[from]
			left.Letters &^= itsm.LetterA
			if err := t.putCell(ctx, row, from, left); err != nil {
				return err
			}
		}
		t.sayCell(row, e, from)
		return t.putCell(ctx, row, e.RoleID, e.Cell)
	})
}

// sayCell completes the event: from is the role that the A moves from, or 0.
func (t *tx) sayCell(row *matrixRow, e CellEdit, from int64) {
	at := fmt.Sprintf("[[activity:%d]] of [[process:%d]]", e.ActivityID, row.process)
	was := row.cells[e.RoleID]
	switch {
	case from != 0:
		t.say("moved the A of %s from [[role:%d]] to [[role:%d]]", at, from, e.RoleID)
	case e.Letters == 0:
		t.say("took %s from [[role:%d]] in %s", letterWords(was.Letters), e.RoleID, at)
	case was.Letters == e.Letters:
		t.say("noted at %s of [[role:%d]] in %s: %s", letterWords(e.Letters), e.RoleID, at, quoted(e.Note))
	case was.Letters == 0:
		t.say("gave [[role:%d]] %s in %s", e.RoleID, letterWords(e.Letters), at)
	default:
		t.say("changed [[role:%d]] from %s to %s in %s", e.RoleID, letterWords(was.Letters), letterWords(e.Letters), at)
	}
}

// quoted keeps what people typed from reading as a mention of something else.
func quoted(s string) string {
	if s == "" {
		return "nothing any more"
	}
	return "“" + plain(s) + "”"
}

func letterWords(l itsm.Letters) string {
	if l == 0 {
		return "nothing"
	}
	return strings.Join(strings.Split(l.String(), ""), " and ")
}

// SetRow writes the cells of a row as a form sends them; EditProcess there. Two A are Invalid, a row that changed since
// Counter is a Conflict.
func (s *Store) SetRow(ctx context.Context, by itsm.Actor, e RowEdit) error {
	cells, err := checkCells(e.Cells)
	if err != nil {
		return err
	}
	e.Cells = cells
	return s.door(ctx, by, itsm.EditProcess, ofActivity(e.ActivityID), func(ctx context.Context, t *tx) error {
		row, err := t.lockRow(ctx, e.ProcessID, e.ActivityID, e.Counter)
		if err != nil {
			return err
		}
		var all itsm.Letters
		for _, c := range e.Cells {
			all |= c.Letters
		}
		if err := t.allowSupport(ctx, all); err != nil {
			return err
		}
		w := cellWrites{version: row.version}
		w.row(row, e.Cells)
		t.say("set the row of [[activity:%d]] of [[process:%d]]: %s", e.ActivityID, row.process, row.sentence())
		return w.write(ctx, t)
	})
}

// checkCells are the cells of a row as they are kept, by role; the caller's stay as typed.
func checkCells(typed map[int64]itsm.Cell) (map[int64]itsm.Cell, error) {
	cells, accountable := maps.Clone(typed), 0
	var c itsm.Checks
	for role, cell := range cells {
		if cell.Letters.Has(itsm.LetterA) {
			accountable++
		}
		c.Line(&cell.Note, fmt.Sprintf("note_%d", role), itsm.NoteMax)
		c.Require(cell.Letters != 0 || cell.Note == "", fmt.Sprintf("note_%d", role), "Choose a letter first: a note hangs on one.")
		cells[role] = cell
	}
	c.Require(accountable <= 1, "letters", "A row has one A: choose which role answers.")
	return cells, c.Err()
}

// Check reads what was typed into a cell.
func (e *CellEdit) Check() error {
	var c itsm.Checks
	c.Line(&e.Note, "note", itsm.NoteMax)
	return c.Err()
}

// matrixRow is a row of the draft under its lock, as it is written.
type matrixRow struct {
	process, version, activity int64
	cells                      map[int64]itsm.Cell
	names                      map[int64]string
}

func (r *matrixRow) accountable() int64 {
	for role, c := range r.cells {
		if c.Letters.Has(itsm.LetterA) {
			return role
		}
	}
	return 0
}

// sentence lists the row by letter, for the trail.
func (r *matrixRow) sentence() string {
	var parts []string
	for i, word := range [][2]string{{"answers", "answer"}, {"does", "do"}, {"gives input", "give input"}, {"is told", "are told"}, {"supports", "support"}} {
		var roles []string
		for _, role := range slices.Sorted(maps.Keys(r.cells)) {
			if r.cells[role].Letters.Has(1 << i) {
				roles = append(roles, fmt.Sprintf("[[role:%d]]", role))
			}
		}
		if len(roles) > 0 {
			parts = append(parts, strings.Join(roles, ", ")+" "+word[min(len(roles), 2)-1])
		}
	}
	if len(parts) == 0 {
		return "no letters"
	}
	return strings.Join(parts, "; ")
}

// lockRow takes a row of the draft for this transaction and counts it up; a row that is not as the editor saw it is a
// Conflict.
func (t *tx) lockRow(ctx context.Context, process, activity, counter int64) (*matrixRow, error) {
	row := &matrixRow{activity: activity, cells: map[int64]itsm.Cell{}, names: map[int64]string{}}
	err := t.QueryRow(ctx, `
		UPDATE step s SET counter = s.counter + 1
		FROM process_version v JOIN process p ON p.id = v.process_id AND p.archived_at IS NULL
		WHERE v.id = s.version_id AND v.state = 'draft' AND v.process_id = @process AND s.activity_id = @activity
		  AND (s.counter = @counter OR @counter = -1)
		RETURNING s.version_id, v.process_id`, pgx.StrictNamedArgs{"process": process, "activity": activity, "counter": counter}).Scan(&row.version, &row.process)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, t.outrunRow(ctx, process, activity)
	}
	if err != nil {
		return nil, err
	}
	return row, t.readCells(ctx, row.version, map[int64]*matrixRow{activity: row})
}

// outrunRow says why a row is not as its editor saw it: its process was archived, it was taken out, or somebody wrote in it.
func (t *tx) outrunRow(ctx context.Context, process, activity int64) error {
	if err := t.takenOut(ctx, process, activity); err != nil {
		return err
	}
	return t.outrunIn(ctx, process, []int64{activity}, "this row", "")
}

// outrunIn says whether somebody else wrote in rows of the draft, or the editor in another window; which are those rows, then is
// what follows from it.
func (t *tx) outrunIn(ctx context.Context, process int64, activities []int64, which, then string) error {
	var own bool
	if err := t.QueryRow(ctx, `
		SELECT COALESCE(bool_and(COALESCE(last.person_id = @me, false)), false)
		FROM process_version v JOIN step s ON s.version_id = v.id AND s.activity_id = ANY(@activities::bigint[])
		CROSS JOIN LATERAL (SELECT e.person_id FROM change c JOIN event e ON e.id = c.event_id WHERE `+rowChanged+` ORDER BY c.id DESC LIMIT 1) last
		WHERE v.process_id = @process AND v.state = 'draft'`,
		pgx.StrictNamedArgs{"process": process, "activities": activities, "me": t.by.PersonID}).Scan(&own); err != nil {
		return err
	}
	text := "Somebody else changed " + which + " meanwhile."
	if own {
		text = "You changed " + which + " elsewhere meanwhile."
	}
	return t.unlessArchived(ctx, process, itsm.Conflict{Text: text + then})
}

// putCell writes one cell of a locked row, and notes it there.
func (t *tx) putCell(ctx context.Context, row *matrixRow, role int64, c itsm.Cell) error {
	if row.cells[role] == c {
		return nil
	}
	args := pgx.StrictNamedArgs{"version": row.version, "activity": row.activity, "role": role}
	if c.Letters == 0 {
		delete(row.cells, role)
		return t.run(ctx, `DELETE FROM raci_cell WHERE version_id = @version AND activity_id = @activity AND role_id = @role`, args)
	}
	row.cells[role] = c
	args["letters"], args["note"] = c.Letters.String(), c.Note
	return t.run(ctx, `
		INSERT INTO raci_cell (version_id, activity_id, role_id, letters, note) VALUES (@version, @activity, @role, @letters, @note)
		ON CONFLICT (version_id, activity_id, role_id) DO UPDATE SET letters = excluded.letters, note = excluded.note`, args)
}

// allowSupport refuses S where the organisation does not use it.
func (t *tx) allowSupport(ctx context.Context, l itsm.Letters) error {
	if !l.Has(itsm.LetterS) {
		return nil
	}
	var on bool
	if err := t.QueryRow(ctx, `SELECT support_letter FROM organisation`).Scan(&on); err != nil || on {
		return err
	}
	return itsm.Invalid{Problems: []itsm.Problem{{Field: "letters", Text: "This organisation does not use the letter S. An administrator can switch it on in the settings."}}}
}

// RowChange says who was the last to change the row of an activity in the draft, and when: its letters, its texts, or its
// columns. Events that only some may read about are left out.
func (s *Store) RowChange(ctx context.Context, activity int64) (person int64, who string, at time.Time, err error) {
	err = s.read.QueryRow(ctx, `
		SELECT COALESCE(p.id, 0), COALESCE(p.name, 'The operator'), e.at
		FROM step s JOIN process_version v ON v.id = s.version_id AND v.state = 'draft'
		JOIN change c ON `+rowChanged+`
		JOIN event e ON e.id = c.event_id LEFT JOIN person p ON p.id = e.person_id
		WHERE s.activity_id = $1 AND NOT e.private
		ORDER BY c.id DESC LIMIT 1`, activity).Scan(&person, &who, &at)
	return person, who, at, translate(err)
}
