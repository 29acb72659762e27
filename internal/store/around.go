package store

import (
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// ofProcessHats says that assignment a is to a role that process @id is run by on the day: one of its matrix, asked for before
// in the same batch, or one of its own.
var ofProcessHats = `a.role_id = ANY(ARRAY(` + matrixHats + ` UNION ALL SELECT id FROM role WHERE process_id = @id))`

// memberTurns are the days on which memberships begin and end, of a person or a team, which decide who wears a team's hats:
// they turn its page too.
var memberTurns = map[string]string{"person": turnsOf(`m.person_id`), "team": turnsOf(`m.team_id`)}

func turnsOf(column string) string {
	return `
				UNION ALL SELECT lower(m.during), CASE WHEN upper(m.during) <= @known::date OR upper(m.during) IS DISTINCT FROM ` + leavesQuietly(`m.person_id`) + ` THEN upper(m.during) END
				FROM membership m WHERE ` + column + ` = @id`
}

// around queues what lies around the day that by looks at, of a subject; hats is a condition on assignment a that names
// @id, and may name @day. What is not announced is no turn for who does not read plans everywhere.
func (s *Store) around(b *pgx.Batch, into *itsm.Around, by itsm.Actor, kind string, id int64, hats string) {
	recorded, args := `NULL::date`, pgx.StrictNamedArgs{"id": id, "day": by.Day(), "known": by.Knows(itsm.MaxDay, itsm.Scope{})}
	if by.On != nil { // of another day than today a page says whether its subject was on record by then
		recorded, args["kind"] = recordedOn(`@kind`, `@id`), kind
	}
	put(b, `
		SELECT `+recorded+`, turn.before, turn.after
		FROM (
			SELECT GREATEST(max(begins) FILTER (WHERE begins < @day::date), max(ends) FILTER (WHERE ends < @day::date)) AS before,
			       LEAST(min(begins) FILTER (WHERE begins > @day::date), min(ends) FILTER (WHERE ends > @day::date)) AS after
			FROM (
				SELECT lower(a.during) AS begins, upper(days_told(a.during, a.announced_during, @known::date)) AS ends FROM assignment a
				WHERE a.state = 'appointed' AND `+begunKnown+` AND (`+hats+`)`+memberTurns[kind]+` OFFSET 0) a
		) turn`, args).
		QueryRow(func(row pgx.Row) error { return row.Scan(&into.Recorded, &into.Before, &into.After) })
	if kind == "process" && by.Day().Before(by.Today) {
		lays(b, by, by.Day(), oneProcess, id, func(l itsm.Lay) { into.Lay = &l })
	}
}

// recordedOn is the day on which a row of a table was put on record.
func recordedOn(table, row string) string {
	return `(SELECT (e.at AT TIME ZONE (SELECT time_zone FROM organisation))::date FROM change c JOIN event e ON e.id = c.event_id
		        WHERE c.table_name = ` + table + ` AND c.row_id = ` + row + ` AND c.before IS NULL ORDER BY c.id LIMIT 1)`
}

// recordedAfter is that day where it is after @day; NULL for what was on record by then.
func recordedAfter(table, row string) string {
	return `(SELECT n.day FROM ` + recordedOn(table, row) + ` AS n (day) WHERE n.day > @day::date)`
}

// lays queues in which practice processes p lay on a day, of each that lies in another one today. Who may not see that
// practice is not told which.
func lays(b *pgx.Batch, by itsm.Actor, day time.Time, which string, id int64, found func(itsm.Lay)) {
	put(b, `
		SELECT p.id, p.name, t.id, t.name, was.on_day, `+recordedAfter(`'process'`, `p.id`)+`,
		       ARRAY(SELECT r.id FROM role r WHERE r.practice_id = p.practice_id AND EXISTS (
		           SELECT FROM change c WHERE c.table_name = 'role' AND c.row_id = r.id AND c.before ->> 'practice_id' = t.id::text AND c.after ->> 'practice_id' <> t.id::text))
		FROM process p CROSS JOIN `+leftFirst+` was JOIN practice t ON t.id = was.practice_id AND t.id <> p.practice_id
		WHERE `+which, pgx.StrictNamedArgs{"id": id, "day": day}).
		Query(func(rows pgx.Rows) error {
			var l itsm.Lay
			_, err := pgx.ForEachRow(rows, []any{&l.ProcessID, &l.Process, &l.PracticeID, &l.Practice, &l.Until, &l.Recorded, &l.Along}, func() error {
				told := l
				if !by.MaySee(told.PracticeID) {
					told.PracticeID, told.Practice = 0, ""
				}
				found(told)
				return nil
			})
			return err
		})
}
