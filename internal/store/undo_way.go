package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// inTheWay says by table which row r does not let one stand again that was so before: the same fact on some of the days,
// which the database has once.
var inTheWay = map[string]string{
	"absence":           `r.person_id = was.person_id AND r.during && was.during`,
	"membership":        `r.person_id = was.person_id AND r.team_id = was.team_id AND r.during && was.during`,
	"reporting_line":    `r.person_id = was.person_id AND (r.manager_id = was.manager_id OR r.is_primary AND was.is_primary)`,
	"policy_attachment": `r.policy_id = was.policy_id AND (r.practice_id, r.process_id, r.activity_id) IS NOT DISTINCT FROM (was.practice_id, was.process_id, was.activity_id) AND r.during && was.during`,
	"accepted_gap":      `r.code = was.code AND ` + aboutOf("r", "person_id") + ` = ` + aboutOf("was", "person_id") + ` AND r.during && was.during`,
	"action":            `r.code = was.code AND was.code <> '' AND r.done_on IS NULL AND was.done_on IS NULL AND ` + aboutOf("r", "about_id") + ` = ` + aboutOf("was", "about_id"),
}

// aboutOf is what a row of an accepted gap or an action is about, as the database compares it.
func aboutOf(row, person string) string {
	return `gap_about(` + row + `.practice_id, ` + row + `.process_id, ` + row + `.activity_id, ` + row + `.role_id, ` + row + `.region_id, ` + row + `.` + person + `, ` +
		row + `.team_id, ` + row + `.company_id, ` + row + `.service_id, ` + row + `.policy_id, ` + row + `.assignment_id)`
}

// wayIsFree refuses, with names, to let a row stand again where something came in its place since, a person has left, or what
// it joins is archived. Other tables keep their rules by constraints.
func (t *tx) wayIsFree(ctx context.Context, c changeRow) error {
	way, of := inTheWay[c.TableName]
	if !of {
		return nil
	}
	before, err := json.Marshal(c.Before)
	if err != nil {
		return err
	}
	row := pgx.StrictNamedArgs{"id": c.RowID, "before": string(before)}
	table := pgx.Identifier{c.TableName}.Sanitize()
	other, err := t.number(ctx, `SELECT r.id FROM `+table+` r, jsonb_populate_record(NULL::`+table+`, @before::jsonb) was WHERE r.id <> @id AND `+way+` LIMIT 1`, row)
	if err == nil {
		who, on, err := t.lastChange(ctx, c.TableName, other, 0)
		if err != nil {
			return err
		}
		return itsm.Conflict{Text: fmt.Sprintf("This cannot be undone any more: %s entered what stands in its place on %s.", who, on), Who: who}
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	switch again := string(c.Before["during"]) != string(c.After["during"]); {
	case c.TableName == "membership" && again:
		return t.refuseLeft(ctx, row)
	case c.TableName == "policy_attachment" && again:
		return t.refuseArchived(ctx, row)
	}
	return nil
}

// refuseLeft refuses a membership that would outlast its person's last day.
func (t *tx) refuseLeft(ctx context.Context, row pgx.StrictNamedArgs) error {
	names, err := t.names(ctx, `
		SELECT p.name::text FROM jsonb_populate_record(NULL::membership, @before::jsonb) was JOIN person p ON p.id = was.person_id
		WHERE @id::bigint IS NOT NULL AND NOT upper_inf(p.employed) AND (upper_inf(was.during) OR upper(was.during) > upper(p.employed)) FOR SHARE OF p`, row)
	if err == nil && len(names) > 0 {
		err = itsm.Conflict{Text: "This cannot be undone any more: " + names[0] + " does not stay for that long.", Who: names[0]}
	}
	return err
}

// refuseArchived refuses to let a policy govern again where it, or what it governed, is archived.
func (t *tx) refuseArchived(ctx context.Context, row pgx.StrictNamedArgs) error {
	names, err := t.names(ctx, `
		SELECT x.name::text FROM jsonb_populate_record(NULL::policy_attachment, @before::jsonb) was, LATERAL (
			SELECT 'the policy ' || number AS name FROM policy WHERE id = was.policy_id AND archived_at IS NOT NULL
			UNION ALL SELECT name FROM practice WHERE id = was.practice_id AND archived_at IS NOT NULL
			UNION ALL SELECT c.name FROM process c WHERE c.id = COALESCE(was.process_id, (SELECT process_id FROM activity WHERE id = was.activity_id)) AND c.archived_at IS NOT NULL) x
		WHERE @id::bigint IS NOT NULL`, row)
	if err == nil && len(names) > 0 {
		err = itsm.Conflict{Text: "This cannot be undone any more: " + names[0] + " is archived."}
	}
	return err
}

// takeOut deletes a row that is still as an event left it.
func (t *tx) takeOut(ctx context.Context, event int64, c changeRow) error {
	if err := t.leftAlone(ctx, event, c); err != nil {
		return err
	}
	return t.run(ctx, `DELETE FROM `+pgx.Identifier{c.TableName}.Sanitize()+` WHERE id = @id`, pgx.StrictNamedArgs{"id": c.RowID})
}

// onRecord says of what held on days that are over what is done instead of undoing it.
var onRecord = map[itsm.Action]string{
	itsm.AttachPolicy: "it governs since %s, and what governed stays on record. End it instead.",
	itsm.AcceptGaps:   "it is accepted since %s, and that stays on record. Take the acceptance back instead.",
}

// staysOnRecord refuses to take out what was entered on an earlier day and held since then.
func (t *tx) staysOnRecord(ctx context.Context, event int64, act itsm.Action, c changeRow) error {
	instead, of := onRecord[act]
	if !of || c.Before != nil {
		return nil
	}
	after, err := json.Marshal(c.After)
	if err != nil {
		return err
	}
	var since *time.Time
	err = t.QueryRow(ctx, `
		SELECT (SELECT lower(is_now.during) FROM jsonb_populate_record(NULL::`+pgx.Identifier{c.TableName}.Sanitize()+`, $1::jsonb) is_now
		        WHERE lower(is_now.during) < $2::date AND (e.at AT TIME ZONE (SELECT time_zone FROM organisation))::date < $2::date)
		FROM event e WHERE e.id = $3`, string(after), t.today, event).Scan(&since)
	if err == nil && since != nil {
		err = itsm.Conflict{Text: "This cannot be undone any more: " + fmt.Sprintf(instead, itsm.ShowDay(*since))}
	}
	return err
}

// changedSince is the Conflict that names who changed a row after an event.
func (t *tx) changedSince(ctx context.Context, event int64, c changeRow) error {
	who, on, err := t.lastChange(ctx, c.TableName, c.RowID, event)
	if errors.Is(err, pgx.ErrNoRows) {
		return itsm.Conflict{Text: "This cannot be undone any more: something it touched is no longer as it left it."}
	}
	if err != nil {
		return err
	}
	return itsm.Conflict{Text: fmt.Sprintf("This cannot be undone any more: %s changed part of it on %s.", who, on), Who: who}
}

// refuseLettered refuses, with names, to take activities or roles out of a matrix in which somebody set a letter since: the
// letters that the event itself set are gone by now.
func (t *tx) refuseLettered(ctx context.Context, event int64, run []changeRow) error {
	ids := make([]int64, len(run))
	for n, c := range run {
		ids[n] = c.RowID
	}
	of := map[string]string{"step": "activity_id", "raci_column": "role_id"}[run[0].TableName]
	cell, err := t.number(ctx, `
		SELECT c.id FROM `+run[0].TableName+` r JOIN raci_cell c ON c.version_id = r.version_id AND c.`+of+` = r.`+of+` WHERE r.id = ANY(@ids::bigint[])
		ORDER BY c.id DESC LIMIT 1`, pgx.StrictNamedArgs{"ids": ids})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.changedSince(ctx, event, changeRow{TableName: "raci_cell", RowID: cell})
}

// lastChange is who changed a row last since an event, and on which of the organisation's days.
func (t *tx) lastChange(ctx context.Context, table string, row, since int64) (who, on string, err error) {
	var at time.Time
	err = t.QueryRow(ctx, `
		SELECT COALESCE(p.name, 'The operator'), (e.at AT TIME ZONE (SELECT time_zone FROM organisation))::date FROM change c JOIN event e ON e.id = c.event_id LEFT JOIN person p ON p.id = e.person_id
		WHERE c.table_name = $1 AND c.row_id = $2 AND c.event_id > $3 AND c.event_id <> $4 ORDER BY c.id DESC LIMIT 1`,
		table, row, since, t.event).Scan(&who, &at)
	return who, itsm.ShowDay(at), err
}
