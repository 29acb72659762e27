package store

import (
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// What is overdue for review at a process, a practice or a service: conditions on role r (of process rp), on process c, and on what
// an attachment t governs (attachedTo). A process has those of its practice's policies as well.
type overdueAt struct{ roles, processes, policies string }

var (
	overdueAtProcess = overdueAt{
		roles: `r.process_id = @id`, processes: `c.id = @id`,
		policies: policiesAtProcess,
	}
	overdueAtService      = overdueAt{roles: `r.service_id = @id`, processes: `false`, policies: `false`}
	overdueAtOrganisation = overdueAt{roles: `@id = 0 AND r.kind <> 'whoever' AND num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0`, processes: `false`, policies: `false`}
	overdueAtPractice     = overdueAt{roles: `r.practice_id = @id OR rp.practice_id = @id`, processes: `c.practice_id = @id`, policies: `tp.id = @id`}
)

// policiesAtProcess says of an attachment t that it governs process @id, something in it, or its practice.
const policiesAtProcess = `tc.id = @id OR t.practice_id = (SELECT practice_id FROM process WHERE id = @id)`

// overdue queues what is overdue for review on a day. What will govern only later than today is left out.
func overdue(b *pgx.Batch, into *[]itsm.Reviewed, by itsm.Actor, day time.Time, at overdueAt, id int64) {
	all(b, into, `
		SELECT 'role' AS of, r.id, r.name::text, r.kind AS role_kind, '' AS driver, '' AS scope_name, '' AS practice,
		       COALESCE(r.practice_id, rp.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id, 0::bigint AS owner_role_id, `+clockColumns("r")+`
		FROM role r LEFT JOIN process rp ON rp.id = r.process_id
		WHERE r.archived_at IS NULL AND rp.archived_at IS NULL AND r.review_due < @day::date AND (`+at.roles+`)
		UNION ALL
		SELECT 'process', c.id, c.name, '', '', '', '', c.practice_id, c.id, 0, 0, `+clockColumns("c")+`
		FROM process c WHERE c.archived_at IS NULL AND c.review_due < @day::date AND (`+at.processes+`)
		UNION ALL
		SELECT 'policy', y.id, v.title, COALESCE(r.kind, ''), y.driver, '', '', COALESCE(r.practice_id, rp.practice_id, 0), COALESCE(r.process_id, 0), COALESCE(r.service_id, 0), COALESCE(y.owner_role_id, 0), `+clockColumns("y")+`
		FROM policy y JOIN policy_version v ON v.id = (SELECT id FROM policy_version_on(y.id, @day::date)) LEFT JOIN role r ON r.id = y.owner_role_id LEFT JOIN process rp ON rp.id = r.process_id
		WHERE y.archived_at IS NULL AND y.review_due < @day::date AND y.id IN (
			SELECT t.policy_id FROM `+attachedTo+` WHERE t.during @> @day::date AND lower(t.during) <= @today::date AND (`+at.policies+`))
		ORDER BY review_due, 1, 2`, pgx.StrictNamedArgs{"id": id, "day": day, "today": by.Today})
}
