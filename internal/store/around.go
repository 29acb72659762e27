package store

import (
	"errors"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// ofProcessHats says that assignment a is to a role that process @id is run by on the day: one of its matrix, whose heads are
// asked for before in the same batch, one of its own or its practice's Owner.
const ofProcessHats = `a.role_id = ANY(ARRAY(
	SELECT k.role_id FROM raci_column k WHERE k.version_id = ` + theseVersions + `
	UNION ALL
	SELECT id FROM role WHERE process_id = @id
	UNION ALL
	SELECT id FROM role WHERE kind = 'owner' AND practice_id = (SELECT practice_id FROM process WHERE id = @id)))`

// around queues what lies around the day that by looks at, of a subject; hats is a condition on assignment a that names
// @id, and may name @day. What is not announced is no turn for who does not read plans everywhere.
func (s *Store) around(b *pgx.Batch, into *itsm.Around, by itsm.Actor, kind string, id int64, hats string) {
	put(b, `
		SELECT (SELECT (e.at AT TIME ZONE o.time_zone)::date FROM change c JOIN event e ON e.id = c.event_id
		        WHERE c.table_name = @kind AND c.row_id = @id AND c.before IS NULL ORDER BY c.id LIMIT 1),
		       turn.before, turn.after
		FROM organisation o, (
			SELECT GREATEST(max(begins) FILTER (WHERE begins < @day::date), max(ends) FILTER (WHERE ends < @day::date)) AS before,
			       LEAST(min(begins) FILTER (WHERE begins > @day::date), min(ends) FILTER (WHERE ends > @day::date)) AS after
			FROM (
				SELECT lower(a.during) AS begins, upper(days_told(a.during, a.announced_during, @known::date)) AS ends FROM assignment a
				WHERE a.state = 'appointed' AND `+begunKnown+` AND (`+hats+`) OFFSET 0) a
		) turn`,
		pgx.StrictNamedArgs{"kind": kind, "id": id, "day": by.Day(), "known": by.Knows(itsm.MaxDay, itsm.Scope{})}).
		QueryRow(func(row pgx.Row) error { return row.Scan(&into.Recorded, &into.Before, &into.After) })
	if kind == "process" && by.Day().Before(by.Today) {
		lay(b, &into.Lay, by, id)
	}
}

// lay queues which practice a process lay in on the day that by looks at, where that is not today's: what it left first
// after that day.
func lay(b *pgx.Batch, into **itsm.Lay, by itsm.Actor, process int64) {
	put(b, `
		SELECT t.id, t.name, left_it.on_day
		FROM (
			SELECT (c.before ->> 'practice_id')::bigint AS practice_id, (e.at AT TIME ZONE o.time_zone)::date AS on_day
			FROM organisation o, change c JOIN event e ON e.id = c.event_id
			WHERE c.table_name = 'process' AND c.row_id = @id AND c.before ->> 'practice_id' <> c.after ->> 'practice_id'
			  AND (e.at AT TIME ZONE o.time_zone)::date > @day::date
			ORDER BY c.id LIMIT 1
		) left_it JOIN practice t ON t.id = left_it.practice_id JOIN process p ON p.id = @id AND p.practice_id <> t.id`,
		pgx.StrictNamedArgs{"id": process, "day": by.Day()}).
		QueryRow(func(row pgx.Row) error {
			var found itsm.Lay
			switch err := row.Scan(&found.PracticeID, &found.Practice, &found.Until); {
			case errors.Is(err, pgx.ErrNoRows):
				return nil
			case err != nil:
				return err
			}
			if !by.MaySee(found.PracticeID) {
				found.PracticeID, found.Practice = 0, ""
			}
			*into = &found
			return nil
		})
}
