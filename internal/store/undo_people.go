package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// An import of people touches as many rows as a directory has, so it is taken back table by table, not row by row.

// importTables are what an import of people writes, in the order in which new rows of them go: lines before the people
// they name, people before their regions and companies.
var importTables = []string{"reporting_line", "membership", "assignment", "person", "region", "company"}

// ofImport are the rows that an event left, each with what stood before it and after it.
const ofImport = `(
	SELECT row_id AS id, (array_agg(before ORDER BY id))[1] AS before, (array_agg(after ORDER BY id DESC))[1] AS after,
	       bool_or('email' = ANY(hidden) OR 'phone' = ANY(hidden)) AS contact
	FROM change WHERE event_id = @event AND table_name = @table GROUP BY row_id)`

// personOf is the person whom a row of an import is about.
const personOf = `COALESCE(p.name, n.after ->> 'name', n.before ->> 'name', 'Somebody')::text`

// unimportPeople writes the rows of an import of people back, whole or not at all. Conflict, with names, where one of them
// was changed since, where a new person has got something since, and where what stood before is not kept.
func (t *tx) unimportPeople(ctx context.Context, event int64) error {
	if _, err := t.Exec(ctx, `LOCK TABLE person, reporting_line, membership, assignment IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return err
	}
	other, err := t.number(ctx, `SELECT count(*) FROM change WHERE event_id = @event AND table_name <> ALL(@tables)`, pgx.StrictNamedArgs{"event": event, "tables": importTables})
	if err != nil {
		return err
	}
	if other > 0 {
		return itsm.Conflict{Text: "This cannot be undone in one step."}
	}
	for _, check := range []func(context.Context, int64) error{t.refuseChangedSince, t.refuseNotKept, t.takeBackNew, t.takeBackRest} {
		if err := check(ctx, event); err != nil {
			return err
		}
	}
	return t.run(ctx, `DELETE FROM contact_before WHERE event_id = @event`, pgx.StrictNamedArgs{"event": event})
}

// refuseChangedSince names those of whom a row is no longer as the import left it.
func (t *tx) refuseChangedSince(ctx context.Context, event int64) error {
	for _, table := range importTables {
		person := `(COALESCE(n.after, n.before) ->> 'person_id')::bigint`
		if table == "person" || table == "region" || table == "company" {
			person = `n.id`
		}
		names, err := t.names(ctx, `
			SELECT DISTINCT `+personOf+` FROM `+ofImport+` n LEFT JOIN `+table+` r ON r.id = n.id LEFT JOIN person p ON p.id = `+person+` AND @table NOT IN ('region', 'company')
			WHERE n.after IS NOT NULL AND (r.id IS NULL OR NOT `+asItLeftIt(`n.after`)+`) OR n.after IS NULL AND r.id IS NOT NULL
			   OR @table = 'person' AND EXISTS (SELECT FROM change c WHERE c.table_name = 'person' AND c.row_id = n.id AND c.event_id > @event AND c.hidden <> '{}')`,
			pgx.StrictNamedArgs{"event": event, "table": table})
		if err != nil {
			return err
		}
		if len(names) > 0 {
			return itsm.Conflict{Text: "This cannot be undone any more: what it wrote was changed since, of " + someNames(names) + "."}
		}
	}
	return nil
}

// refuseNotKept names those of whom what stood before cannot be written: their addresses are not kept any more.
func (t *tx) refuseNotKept(ctx context.Context, event int64) error {
	gone, err := t.names(ctx, `
		SELECT `+personOf+` FROM `+ofImport+` n JOIN person p ON p.id = n.id
		WHERE n.contact AND n.before IS NOT NULL AND NOT EXISTS (SELECT FROM contact_before k WHERE k.event_id = @event AND k.person_id = n.id)`,
		pgx.StrictNamedArgs{"event": event, "table": "person"})
	if err == nil && len(gone) > 0 {
		return itsm.Conflict{Text: fmt.Sprintf("This cannot be undone any more: e-mail addresses and phone numbers that an import replaces are kept for %d days, and it replaced those of %s.",
			int(contactLife.Hours()/24), someNames(gone))}
	}
	return err
}

// takeBackNew deletes the rows that the import added, and names those who have got something since.
func (t *tx) takeBackNew(ctx context.Context, event int64) error {
	for _, table := range importTables {
		args := pgx.StrictNamedArgs{"event": event, "table": table}
		if table == "person" || table == "region" || table == "company" {
			if err := t.refuseUsed(ctx, table, args); err != nil {
				return err
			}
		}
		if table == "region" { // only now nobody is there any more
			if err := t.writePeopleBack(ctx, event, "person"); err != nil {
				return err
			}
		}
		if err := t.run(ctx, `DELETE FROM `+table+` r USING `+ofImport+` n WHERE r.id = n.id AND n.before IS NULL`, args); err != nil {
			return err
		}
	}
	return nil
}

// refuseUsed names the new rows of a table that something hangs on.
func (t *tx) refuseUsed(ctx context.Context, table string, args pgx.StrictNamedArgs) error {
	used, err := t.usedSince(ctx, table, args)
	if err == nil && len(used) > 0 {
		err = itsm.Conflict{Text: "This cannot be undone any more: it brought " + someNames(used) + ", and since then something hangs on that: a hat, a login, a team, who reports to them, or the like."}
	}
	return err
}

// takeBackRest writes back what the import changed and took away beside the people themselves.
func (t *tx) takeBackRest(ctx context.Context, event int64) error {
	if err := t.offerAgain(ctx, event); err != nil {
		return err
	}
	for _, table := range []string{"region", "company", "reporting_line", "assignment", "membership"} {
		if err := t.writePeopleBack(ctx, event, table); err != nil {
			return err
		}
		columns, err := t.columnsBefore(ctx, event, table)
		if err != nil {
			return err
		}
		if len(columns) == 0 {
			continue
		}
		list := strings.Join(sanitized(columns), ", ") // one that came since takes its default
		if err := t.run(ctx, `
			INSERT INTO `+table+` (`+list+`) OVERRIDING SYSTEM VALUE
			SELECT `+list+` FROM (SELECT was.* FROM `+ofImport+` n, jsonb_populate_record(NULL::`+table+`, n.before) was WHERE n.before IS NOT NULL AND n.after IS NULL) w`,
			pgx.StrictNamedArgs{"event": event, "table": table}); err != nil {
			return err
		}
	}
	return nil
}

// withdrew says of a row that the import withdrew it: a hat that was to begin after a last day.
const withdrew = `(n.after ->> 'state' = 'withdrawn' AND n.before ->> 'state' <> 'withdrawn') IS TRUE`

// offerAgain writes the hats anew that the import withdrew: what is withdrawn stays so, and the same one stands beside it.
func (t *tx) offerAgain(ctx context.Context, event int64) error {
	columns, err := t.columnsBefore(ctx, event, "assignment")
	if err != nil || len(columns) == 0 {
		return err
	}
	list := strings.Join(sanitized(slices.DeleteFunc(columns, func(c string) bool { return c == "id" })), ", ")
	return t.run(ctx, `
		INSERT INTO assignment (`+list+`)
		SELECT `+list+` FROM (SELECT was.* FROM `+ofImport+` n, jsonb_populate_record(NULL::assignment, n.before) was WHERE `+withdrew+`) w`,
		pgx.StrictNamedArgs{"event": event, "table": "assignment"})
}

// columnsBefore are the columns of a table that the trail keeps of its rows before an event; none where it only added some.
func (t *tx) columnsBefore(ctx context.Context, event int64, table string) ([]string, error) {
	return t.names(ctx, `
		SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(@table::text) AND attnum > 0 AND attgenerated = ''
		  AND (SELECT before FROM change WHERE event_id = @event AND table_name = @table AND before IS NOT NULL LIMIT 1) ? attname`,
		pgx.StrictNamedArgs{"event": event, "table": table})
}

// writePeopleBack writes the rows of a table as they were before the import changed them.
func (t *tx) writePeopleBack(ctx context.Context, event int64, table string) error {
	args := pgx.StrictNamedArgs{"event": event, "table": table}
	columns, err := t.columnsBefore(ctx, event, table)
	if err != nil || len(columns) == 0 {
		return err
	}
	var sets []string
	for _, c := range columns {
		switch c {
		case "id":
		case "counter":
			sets = append(sets, "counter = r.counter + 1")
		default:
			c = pgx.Identifier{c}.Sanitize()
			sets = append(sets, c+" = was."+c)
		}
	}
	from := ofImport + ` n CROSS JOIN LATERAL jsonb_populate_record(NULL::` + table + `, n.before) was`
	if table == "person" {
		sets = append(sets, "email = CASE WHEN n.contact THEN k.email ELSE r.email END", "phone = CASE WHEN n.contact THEN k.phone ELSE r.phone END")
		from += ` LEFT JOIN contact_before k ON k.event_id = @event AND k.person_id = n.id`
	}
	return t.run(ctx, `UPDATE `+table+` r SET `+strings.Join(sets, ", ")+` FROM `+from+` WHERE r.id = n.id AND n.before IS NOT NULL AND n.after IS NOT NULL AND NOT `+withdrew, args)
}

// usedSince are the names of new rows that something hangs on; the catalogue says what may.
func (t *tx) usedSince(ctx context.Context, table string, args pgx.StrictNamedArgs) ([]string, error) {
	places, err := t.names(ctx, `
		SELECT format('SELECT %I FROM %s WHERE %I IS NOT NULL', a.attname, c.conrelid::regclass, a.attname)
		FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
		WHERE c.contype = 'f' AND c.confrelid = to_regclass(@table::text) AND c.confdeltype <> 'c' AND cardinality(c.conkey) = 1`, pgx.StrictNamedArgs{"table": table})
	if err != nil || len(places) == 0 {
		return nil, err
	}
	changed := ""
	if table == "region" || table == "company" { // its people go back to where they were
		places = slices.DeleteFunc(places, func(p string) bool { return strings.Contains(p, "FROM person ") })
		changed = ` OR EXISTS (SELECT FROM person p WHERE p.` + table + `_id = r.id AND NOT EXISTS (SELECT FROM change c WHERE c.event_id = @event AND c.table_name = 'person' AND c.row_id = p.id))`
	}
	return t.names(ctx, `
		SELECT r.name::text FROM `+ofImport+` n JOIN `+table+` r ON r.id = n.id
		WHERE n.before IS NULL AND (r.id IN (`+strings.Join(places, " UNION ALL ")+`)`+changed+`) ORDER BY lower(r.name)`, args)
}

// names runs a statement that returns texts.
func (t *tx) names(ctx context.Context, sql string, args pgx.StrictNamedArgs) ([]string, error) {
	rows, err := t.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// someNames are the first of some names, with how many more there are.
func someNames(names []string) string {
	const most = 5
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d others", more)
	}
	return strings.Join(names, ", ")
}
