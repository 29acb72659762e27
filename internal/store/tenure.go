package store

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// assignmentColumns reads an itsm.Assignment, all but the line managers, from assignmentFrom as a; @day as in
// holdingColumns.
var assignmentColumns = holdingColumns + `,
	` + chairJSON + ` AS chair, COALESCE(a.recorded_by, 0) AS recorded_id, a.decided_on, a.decided_by,
	a.answered_on, a.told_how, a.objection,
	COALESCE(` + objector("b.id") + `, 0) AS objected_id, COALESCE(` + objector("b.name") + `, '') AS objected_by,
	a.reference, a.reason, a.ended_reason, a.share,
	(SELECT true FROM account l WHERE l.person_id = COALESCE(a.person_id, o.who) AND l.disabled_at IS NULL LIMIT 1) IS TRUE AS login,
	array_remove(ARRAY[a.person_id, o.who, o.theirs], NULL) AS answer_ids, '{}'::bigint[] AS managers`

// objector is a column of the person b whose objection to assignment a stands.
func objector(column string) string {
	return `CASE WHEN a.acceptance = 'objected' THEN (
		SELECT ` + column + ` FROM change c JOIN event e ON e.id = c.event_id JOIN person b ON b.id = e.person_id
		WHERE c.table_name = 'assignment' AND c.row_id = a.id AND e.act = '` + string(itsm.Object) + `' ORDER BY c.id DESC LIMIT 1) END`
}

// assignmentFrom joins what assignmentColumns names.
var assignmentFrom = holdingFrom + `
	JOIN role r ON r.id = a.role_id ` + chairFrom

// RoleTimeline is all who held a role, hold it and will, the latest first: what by may know of it. A role that by may not
// see is NotFound.
func (s *Store) RoleTimeline(ctx context.Context, by itsm.Actor, role int64) ([]itsm.Assignment, error) {
	b := &pgx.Batch{}
	var chair itsm.Chair
	var list []itsm.Assignment
	value(b, &chair, "role", `SELECT `+chairJSON+` FROM role r `+chairFrom+` WHERE r.id = @role`, pgx.StrictNamedArgs{"role": role})
	timeline(b, &list, by, `a.role_id = @id`, role, 0)
	if err := s.ask(ctx, b); err != nil {
		return nil, err
	}
	if !by.MaySee(chair.PracticeID) {
		return nil, itsm.NotFound{What: "role"}
	}
	return shown(by, list), nil
}

// timeline queues the latest assignments of a role or a person, 0 for all; where names @id. Pass the result through shown.
func timeline(b *pgx.Batch, into *[]itsm.Assignment, by itsm.Actor, where string, id int64, most int) {
	all(b, into, `
		SELECT `+assignmentColumns+` FROM `+assignmentFrom+`
		WHERE `+where+`
		ORDER BY lower(a.during) DESC, a.id DESC LIMIT NULLIF(@most::int, 0)`, pgx.StrictNamedArgs{"id": id, "day": by.Today, "most": most})
}

// shown keeps what a reader may know, and of that only the parts that are for them.
func shown(by itsm.Actor, list []itsm.Assignment) []itsm.Assignment {
	list = slices.DeleteFunc(list, func(a itsm.Assignment) bool { return !a.ShownTo(by, by.Today) })
	for i, a := range list {
		list[i] = a.For(by)
	}
	return list
}

// lineManagers are those the holder of assignment @id reports to, directly or not.
const lineManagers = `
	WITH RECURSIVE up AS (
		SELECT l.manager_id FROM assignment a JOIN reporting_line l ON l.person_id = a.person_id WHERE a.id = @id
		UNION
		SELECT l.manager_id FROM reporting_line l JOIN up ON l.person_id = up.manager_id
	)
	SELECT manager_id FROM up`
