package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// addColumns puts roles at the end of a draft's matrix; those that are columns already stay where they are.
func (t *tx) addColumns(ctx context.Context, version int64, roles []int64) error {
	return t.run(ctx, `
		INSERT INTO raci_column (version_id, role_id, position)
		SELECT @version, role, n + (SELECT COALESCE(max(position), 0) FROM raci_column WHERE version_id = @version)
		FROM unnest(@roles::bigint[]) WITH ORDINALITY AS given (role, n)
		ON CONFLICT (version_id, role_id) DO NOTHING`, pgx.StrictNamedArgs{"version": version, "roles": roles})
}

// Columns is what the roles of a process are chosen from.
type Columns struct {
	itsm.Process
	Matrix  *itsm.Matrix
	Choices []itsm.Role // in use, and no column yet: the practice's first
}

// Columns reads the roles of a process's matrix and what may be brought into it.
func (s *Store) Columns(ctx context.Context, by itsm.Actor, process int64) (c Columns, err error) {
	var rows matrixRows
	b := &pgx.Batch{}
	one(b, &c.Process, "process", `SELECT `+processColumns+` FROM `+processFrom+` WHERE c.id = @id`, pgx.StrictNamedArgs{"id": process, "day": by.Today})
	rows.queue(b, by, by.Today, oneProcess, process)
	all(b, &c.Choices, `
		SELECT `+roleColumns+` FROM `+roleFrom+`, process me
		WHERE me.id = @id AND `+roleStands+` AND (r.process_id IS NULL OR r.process_id = me.id OR rc.practice_id = me.practice_id)
		  AND (@all::bool OR r.kind = 'whoever' OR COALESCE(r.practice_id, rc.practice_id) = ANY(@sees))
		  AND NOT EXISTS (SELECT FROM raci_column k WHERE k.version_id = (SELECT id FROM version_on(me.id, @day::date)) AND k.role_id = r.id)
		ORDER BY r.practice_id IS NOT DISTINCT FROM me.practice_id DESC, r.kind = 'whoever' DESC,
		         lower(COALESCE(rp.name, rc.name, rv.name)) NULLS FIRST, `+roleOrder+`
		LIMIT @most`, seeing(by, pgx.StrictNamedArgs{"id": process, "day": by.Today, "most": roleChoicesMax}))
	if err = s.ask(ctx, b); err != nil {
		return c, err
	}
	matrices := rows.assemble(by, by.Today)
	if len(matrices) == 0 {
		return c, itsm.NotFound{What: "process"}
	}
	c.Matrix = matrices[0]
	return c, nil
}

// AddColumn brings a role into a process's matrix: its own, its practice's, or one invited from elsewhere, which needs no
// consent; the event stands in that role's history too. counter is the version's, or Latest.
func (s *Store) AddColumn(ctx context.Context, by itsm.Actor, process, role, counter int64) error {
	return s.door(ctx, by, itsm.EditProcess, ofProcess(process), func(ctx context.Context, t *tx) error {
		from, err := t.number(ctx, `
			SELECT COALESCE(r.practice_id, rc.practice_id, 0) FROM `+roleFrom+` WHERE r.id = @role AND `+roleStands,
			pgx.StrictNamedArgs{"role": role})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && from != 0 && !by.MaySee(from) {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "role", Text: "Choose a role that is in use."}}}
		}
		if err != nil {
			return err
		}
		t.say("brought the role [[role:%d]] into the matrix of [[process:%d]]", role, process)
		if from != 0 {
			t.say("brought the role [[role:%d]] of [[practice:%d]] into the matrix of [[process:%d]]", role, from, process)
		}
		version, err := t.draft(ctx, process, counter)
		if err != nil {
			return err
		}
		return t.addColumns(ctx, version, []int64{role})
	})
}

// RemoveColumn takes a role with its letters out of a process's matrix; Undo brings them back.
func (s *Store) RemoveColumn(ctx context.Context, by itsm.Actor, process, role, counter int64) error {
	return s.door(ctx, by, itsm.EditProcess, ofProcess(process), func(ctx context.Context, t *tx) error {
		version, err := t.draft(ctx, process, counter)
		if err != nil {
			return err
		}
		t.say("took the role [[role:%d]] out of the matrix of [[process:%d]]", role, process)
		args := pgx.StrictNamedArgs{"version": version, "role": role}
		for _, sql := range []string{
			`UPDATE step s SET counter = counter + 1 FROM raci_cell l
			 WHERE l.version_id = @version AND l.role_id = @role AND s.version_id = l.version_id AND s.activity_id = l.activity_id`,
			`DELETE FROM raci_cell WHERE version_id = @version AND role_id = @role`,
		} {
			if err := t.run(ctx, sql, args); err != nil {
				return err
			}
		}
		return t.change(ctx, "This role is no column of the matrix any more.", `DELETE FROM raci_column WHERE version_id = @version AND role_id = @role`, args)
	})
}

// MoveColumn puts a role at a position (from 1) among the columns of a process's matrix.
func (s *Store) MoveColumn(ctx context.Context, by itsm.Actor, process, role int64, to int, counter int64) error {
	return s.door(ctx, by, itsm.EditProcess, ofProcess(process), func(ctx context.Context, t *tx) error {
		t.say("moved the column of [[role:%d]] in the matrix of [[process:%d]] to place %d", role, process, to)
		version, err := t.draft(ctx, process, counter)
		if err != nil {
			return err
		}
		return t.move(ctx, columnOrder, version, role, to, "")
	})
}

// GiveProcessItsOwnRole gives a process a role of its own where it used role, one of its practice's: a copy to begin with,
// held by nobody yet. The column and letters of the practice's role in this process move to it.
func (s *Store) GiveProcessItsOwnRole(ctx context.Context, by itsm.Actor, process, role int64) (own int64, err error) {
	err = s.door(ctx, by, itsm.EditRole, ofProcess(process), func(ctx context.Context, t *tx) error {
		own, err = t.number(ctx, `
			INSERT INTO role (kind, name, process_id, per_case, purpose, responsibilities, authorities, competences, wanted_min, wanted_max)
			SELECT r.kind, r.name, c.id, r.per_case, r.purpose, r.responsibilities, r.authorities, r.competences, r.wanted_min, r.wanted_max
			FROM process c JOIN role r ON r.practice_id = c.practice_id
			WHERE c.id = @process AND r.id = @role AND r.archived_at IS NULL AND r.kind <> 'whoever'
			RETURNING id`, pgx.StrictNamedArgs{"process": process, "role": role})
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.Invalid{Problems: []itsm.Problem{{Field: "role", Text: "Choose one of the roles of the process's practice."}}}
		}
		if err != nil {
			return err
		}
		t.say("gave [[process:%d]] its own role [[role:%d]]", process, own)
		version, err := t.draft(ctx, process, Latest)
		if err != nil {
			return err
		}
		if err := t.unite(ctx, []int64{version}, own, role); err != nil {
			return err
		}
		return t.addColumns(ctx, version, []int64{own})
	})
	return own, err
}

// GiveBackRole is the way back: the process uses its practice's role again. Letters of its own role move there (where both
// have some they unite), and the own role is archived. Somebody holding it is refused with their name.
func (s *Store) GiveBackRole(ctx context.Context, by itsm.Actor, own int64) error {
	return s.door(ctx, by, itsm.EditRole, ofRole(own), func(ctx context.Context, t *tx) error {
		var process, practices int64
		err := t.QueryRow(ctx, `
			SELECT c.id, p.id FROM role r JOIN process c ON c.id = r.process_id JOIN role p ON p.practice_id = c.practice_id AND p.kind = r.kind AND p.archived_at IS NULL
			WHERE r.id = $1 AND r.archived_at IS NULL
			ORDER BY lower(p.name) = lower(r.name) DESC, p.id LIMIT 1
			FOR UPDATE OF r`, own).Scan(&process, &practices)
		if errors.Is(err, pgx.ErrNoRows) {
			return itsm.Conflict{Text: "The practice has no role of this kind to go back to, or the role was given back already."}
		}
		if err != nil {
			return err
		}
		if err := t.refuseHeld(ctx, own); err != nil {
			return err
		}
		t.say("gave the role [[role:%d]] of [[process:%d]] back: it uses [[role:%d]] of its practice again", own, process, practices)
		version, err := t.draft(ctx, process, Latest)
		if err != nil {
			return err
		}
		if err := t.unite(ctx, []int64{version}, practices, own); err != nil {
			return err
		}
		return t.run(ctx, `UPDATE role SET archived_at = @at, merged_into_id = @into, counter = counter + 1 WHERE id = @id`,
			pgx.StrictNamedArgs{"at": t.at, "into": practices, "id": own})
	})
}

// refuseHeld is a Conflict that names one who holds a role, or will.
func (t *tx) refuseHeld(ctx context.Context, role int64) error {
	var name string
	err := t.QueryRow(ctx, `
		SELECT COALESCE(p.name, g.name, c.name) FROM assignment a
		LEFT JOIN person p ON p.id = a.person_id LEFT JOIN team g ON g.id = a.team_id LEFT JOIN company c ON c.id = a.company_id
		WHERE a.role_id = $1 AND a.state <> 'withdrawn' AND (upper_inf(a.during) OR upper(a.during) > $2)
		ORDER BY a.id LIMIT 1`, role, t.today).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return itsm.Conflict{Text: fmt.Sprintf("%s holds this hat, or is to hold it. End that first.", name), Who: name}
}

// united is the union of the letters of cells k and o.
const united = `concat(
	CASE WHEN k.letters || o.letters LIKE '%A%' THEN 'A' END, CASE WHEN k.letters || o.letters LIKE '%R%' THEN 'R' END,
	CASE WHEN k.letters || o.letters LIKE '%C%' THEN 'C' END, CASE WHEN k.letters || o.letters LIKE '%I%' THEN 'I' END,
	CASE WHEN k.letters || o.letters LIKE '%S%' THEN 'S' END)`

// unite moves the column and letters of role other to role keep in some drafts: where both have letters in an activity,
// they unite, notes one after the other. Two A cannot meet: a row has one.
func (t *tx) unite(ctx context.Context, versions []int64, keep, other int64) error {
	for _, sql := range []string{
		`UPDATE step s SET counter = counter + 1 FROM raci_cell l
		 WHERE l.version_id = ANY(@versions) AND l.role_id IN (@other, @keep) AND s.version_id = l.version_id AND s.activity_id = l.activity_id
		   AND EXISTS (SELECT FROM raci_cell o WHERE o.version_id = l.version_id AND o.activity_id = l.activity_id AND o.role_id = @other)`,
		`INSERT INTO raci_column (version_id, role_id, position)
		 SELECT version_id, @keep, position FROM raci_column WHERE version_id = ANY(@versions) AND role_id = @other
		 ON CONFLICT (version_id, role_id) DO NOTHING`,
		// Deleting before changing keeps an A that moves from ever standing twice.
		`WITH o AS (
			DELETE FROM raci_cell o USING raci_cell k
			WHERE o.version_id = ANY(@versions) AND o.role_id = @other
			  AND k.version_id = o.version_id AND k.activity_id = o.activity_id AND k.role_id = @keep
			RETURNING o.*
		 )
		 UPDATE raci_cell k SET letters = ` + united + `, note = left(concat_ws('; ', NULLIF(k.note, ''), NULLIF(o.note, '')), 500)
		 FROM o WHERE k.version_id = o.version_id AND k.activity_id = o.activity_id AND k.role_id = @keep`,
		`UPDATE raci_cell SET role_id = @keep WHERE version_id = ANY(@versions) AND role_id = @other`,
		`DELETE FROM raci_column WHERE version_id = ANY(@versions) AND role_id = @other AND @keep <> @other`,
	} {
		if err := t.run(ctx, sql, pgx.StrictNamedArgs{"versions": versions, "keep": keep, "other": other}); err != nil {
			return err
		}
	}
	return nil
}
