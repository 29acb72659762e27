package store

import (
	"cmp"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// What a day before today asks of what was archived, moved or made one with something else since.

// inUseOn says of the row of a table that it was in use on @day, where that is past; else that it is.
func inUseOn(past bool, row string) string {
	if past {
		return thenInUse(row)
	}
	return row + `.archived_at IS NULL`
}

// thenInUse says that it was in use on @day.
func thenInUse(row string) string {
	return `(` + row + `.archived_at IS NULL OR archived_day(` + row + `.archived_at) > @day::date)`
}

// leftFirst is the practice that process p left first after @day, and when: it lay there on that day.
var leftFirst = `LATERAL (
	SELECT (c.before ->> 'practice_id')::bigint AS practice_id, (e.at AT TIME ZONE o.time_zone)::date AS on_day ` + changedAfter(`process`, `p.id`, `practice_id`) + `)`

// changedAfter is the first change of a column of a row after @day.
func changedAfter(table, row, column string) string {
	return `
		FROM organisation o, change c JOIN event e ON e.id = c.event_id
		WHERE c.table_name = '` + table + `' AND c.row_id = ` + row + ` AND c.before IS NOT NULL AND c.after IS NOT NULL
		  AND c.before -> '` + column + `' IS DISTINCT FROM c.after -> '` + column + `' AND (e.at AT TIME ZONE o.time_zone)::date > @day::date
		ORDER BY c.id LIMIT 1`
}

// namedOn is a column of a row that names another row, as it was on @day, where that is past: such names have no dates of their
// own. It may have named none.
func namedOn(past bool, table, row, column string) string {
	if !past {
		return row + `.` + column
	}
	return `(COALESCE((SELECT ARRAY[(c.before ->> '` + column + `')::bigint] ` + changedAfter(table, row+`.id`, column) + `), ARRAY[` + row + `.` + column + `]))[1]`
}

// withThen are the arguments of a statement that speaks of the day for the sake of a past one alone.
func withThen(past bool, day time.Time, args pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	if past {
		return with(pgx.StrictNamedArgs{"day": day}, args)
	}
	return args
}

// hatsThen are the roles r that hung on a practice on @day, were in use, and have a past of their own.
func hatsThen(practice string) string {
	return `LATERAL (
		SELECT r.* FROM practice t JOIN role r ON r.practice_id IN (t.id, t.merged_into_id) AND ` + thenInUse(`r`) + ` AND ` + wornAs + ` = r.id
		WHERE t.id = ` + practice + ` AND ` + namedOn(true, `role`, `r`, `practice_id`) + ` = t.id) r`
}

// wornAs is the role that has the past of role r: its own, or where it was made one with another one of the same scope, that of
// the other one, since the two were one hat by two names. Of an Owner's hat the past stays where it was.
const wornAs = `CASE WHEN r.kind <> 'owner' AND EXISTS (SELECT FROM role k WHERE k.id = r.merged_into_id AND ` + oneScope + `) THEN r.merged_into_id ELSE r.id END`

// oneScope says that roles k and r hang on the same.
const oneScope = `(k.practice_id, k.process_id, k.service_id) IS NOT DISTINCT FROM (r.practice_id, r.process_id, r.service_id)`

// rolesThen are the roles that assignments were to on a day, where they went over to a role of another scope since.
type rolesThen []struct{ AssignmentID, RoleID int64 }

// queue reads them of the assignments to some roles; roles is a query that yields their ids.
func (r *rolesThen) queue(b *pgx.Batch, day time.Time, roles string, args pgx.StrictNamedArgs) {
	all(b, (*[]struct{ AssignmentID, RoleID int64 })(r), `
		SELECT w.id AS assignment_id, w.role_id
		FROM (SELECT a.id, a.role_id AS now_id, `+namedOn(true, `assignment`, `a`, `role_id`)+` AS role_id FROM assignment a WHERE a.role_id IN (`+roles+`)) w
		JOIN role r ON r.id = w.role_id JOIN role k ON k.id = w.now_id AND NOT `+oneScope, with(pgx.StrictNamedArgs{"day": day}, args))
}

// put lets who wears a hat today as another one be whom it was on the day.
func (r rolesThen) put(holdings []itsm.Holding) {
	if len(r) == 0 {
		return
	}
	then := map[int64]int64{}
	for _, t := range r {
		then[t.AssignmentID] = t.RoleID
	}
	for i, h := range holdings {
		holdings[i].RoleID = cmp.Or(then[h.AssignmentID], h.RoleID)
	}
}

// wandered queues the processes that lay in practice @id on a day and lie in another one today, and those that came to it since.
// What lies where the reader does not see is left out; where something came from that is not seen is not named.
func wandered(b *pgx.Batch, into *[]itsm.Wandered, by itsm.Actor, id int64, day time.Time) {
	all(b, into, `
		SELECT p.id AS process_id, p.name AS process, p.practice_id = @id AS came, was.on_day AS "on",
		       CASE WHEN @all::bool OR x.id = ANY(@sees) THEN x.id ELSE 0 END AS practice_id, CASE WHEN @all::bool OR x.id = ANY(@sees) THEN x.name ELSE '' END AS practice
		FROM process p CROSS JOIN `+leftFirst+` was JOIN practice x ON x.id = CASE WHEN p.practice_id = @id THEN was.practice_id ELSE p.practice_id END
		WHERE (p.practice_id = @id AND was.practice_id <> @id OR was.practice_id = @id AND p.practice_id <> @id AND p.id IN (
		         SELECT c.row_id FROM change c WHERE c.table_name = 'process' AND c.before ->> 'practice_id' = @id::bigint::text AND c.after ->> 'practice_id' <> @id::bigint::text))
		  AND (p.practice_id = @id OR (@all::bool OR p.practice_id = ANY(@sees)) AND `+recordedAfter(`'process'`, `p.id`)+` IS NULL) AND `+thenInUse(`p`)+`
		ORDER BY came, x.id, was.on_day, p.kind DESC, p.position, p.id`, seeing(by, pgx.StrictNamedArgs{"id": id, "day": day}))
}
