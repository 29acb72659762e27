package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hatrack/internal/itsm"
)

// hungNames call, by table, a row r that hangs on what an event added; of others their kind alone is said.
var hungNames = map[string]string{
	"practice": `r.name`, "process": `r.name`, "role": `r.name`, "service": `r.name`, "team": `r.name`, "company": `r.name`, "region": `r.name`, "person": `r.name`, "action": `r.what`,
	"activity": `(SELECT name FROM step WHERE activity_id = r.id ORDER BY version_id DESC LIMIT 1)`,
	"policy":   `(SELECT title FROM policy_version WHERE policy_id = r.id ORDER BY number DESC LIMIT 1)`,
	"assignment": `(SELECT l.name || ' of ' || COALESCE(p.name, t.name, c.name) FROM role l LEFT JOIN person p ON p.id = r.person_id LEFT JOIN team t ON t.id = r.team_id
		LEFT JOIN company c ON c.id = r.company_id WHERE l.id = r.role_id)`,
	"raci_column":       `(SELECT l.name || ' in the matrix of ' || p.name FROM role l, process_version v JOIN process p ON p.id = v.process_id WHERE l.id = r.role_id AND v.id = r.version_id)`,
	"policy_attachment": `(SELECT title FROM policy_version WHERE policy_id = r.policy_id ORDER BY number DESC LIMIT 1)`,
}

// hungInstead says, by table, what is done about it. What people wore stays on record, and so does what it hangs on.
var hungInstead = map[string]string{
	"raci_column": "Take it out there, or move that process to another practice, then undo this.",
	"process":     "Move it to another practice, then undo this.",
	"assignment":  "What people wear or wore stays on record: archive what is not wanted instead.",
}

// apart runs a part of an undo. Where a foreign key refuses it, the Conflict says what is in the way: rows with ids in a table
// are those that it takes away.
func (t *tx) apart(ctx context.Context, event int64, ids []int64, do func(pgx.Tx) error) error {
	part, err := t.Begin(ctx)
	if err != nil {
		return err
	}
	err = do(part)
	var pg *pgconn.PgError
	if err == nil {
		return part.Commit(ctx)
	}
	if !errors.As(err, &pg) || pg.Code != "23503" {
		return err
	}
	if err := part.Rollback(ctx); err != nil {
		return err
	}
	return t.hung(ctx, event, pg, ids)
}

// hung is the Conflict that names what hangs on rows that an undo would take away, or of which kind is missing what would stand again.
func (t *tx) hung(ctx context.Context, event int64, refused *pgconn.PgError, ids []int64) error {
	var of, column, target string
	err := t.QueryRow(ctx, `
		SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
		FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (here, there)
		JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.there AND b.attname = 'id'
		WHERE c.contype = 'f' AND c.conname = $1 AND c.conrelid::regclass::text = $2`, refused.ConstraintName, refused.TableName).Scan(&of, &column, &target)
	if errors.Is(err, pgx.ErrNoRows) {
		return refused
	}
	if err != nil {
		return err
	}
	if ids == nil {
		return itsm.Conflict{Text: "This cannot be undone any more: the " + tableWord(target) + " that it needs is not here any more."}
	}
	name := hungNames[of]
	if name == "" {
		name = `''`
	}
	var row, on int64
	err = t.QueryRow(ctx, `SELECT r.id, r.`+pgx.Identifier{column}.Sanitize()+`, COALESCE(`+name+`, '') FROM `+pgx.Identifier{of}.Sanitize()+` r
		WHERE r.`+pgx.Identifier{column}.Sanitize()+` = ANY($1::bigint[]) ORDER BY r.id DESC LIMIT 1`, ids).Scan(&row, &on, &name)
	if errors.Is(err, pgx.ErrNoRows) {
		return refused
	}
	if err != nil {
		return err
	}
	what := "the " + tableWord(of)
	if name != "" {
		what += " “" + name + "”"
	}
	text := "This cannot be undone as it is: " + what + " hangs on the " + tableWord(target) + " that it added"
	who, day, err := t.hungSince(ctx, event, of, column, row, on)
	switch {
	case err == nil:
		text += fmt.Sprintf(", since %s changed that on %s", who, day)
	case !errors.Is(err, pgx.ErrNoRows):
		return err
	}
	instead := hungInstead[of]
	if instead == "" {
		instead = "Take that away first, or archive what is not wanted."
	}
	return itsm.Conflict{Text: text + ". " + instead, Who: who}
}

// hungSince is who let a row hang on another one since an event, and on which of the organisation's days.
func (t *tx) hungSince(ctx context.Context, event int64, table, column string, row, on int64) (who, day string, err error) {
	var since int64
	err = t.QueryRow(ctx, `
		SELECT c.event_id - 1 FROM change c
		WHERE c.table_name = $1 AND c.row_id = $2 AND c.event_id > $3 AND c.after ->> $4 = $5::bigint::text AND c.before ->> $4 IS DISTINCT FROM c.after ->> $4
		ORDER BY c.id DESC LIMIT 1`, table, row, event, column, on).Scan(&since)
	if err != nil {
		return "", "", err
	}
	return t.lastChange(ctx, table, row, since)
}

// tableWord is what people call a row of a table within a sentence.
func tableWord(table string) string {
	if word := tableWords[table]; word != "" {
		return strings.ToLower(word)
	}
	return strings.ReplaceAll(table, "_", " ")
}
