package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// rolesOfProcess are the roles whose vacancies are gaps of process @id: its own and its practice's.
const rolesOfProcess = `SELECT id FROM role WHERE process_id = @id UNION SELECT r.id FROM process p JOIN role r ON r.practice_id = p.practice_id WHERE p.id = @id`

// ProcessGaps are what is missing in a process on a day, with its matrix, in one round trip.
func (s *Store) ProcessGaps(ctx context.Context, by itsm.Actor, process int64, day time.Time) (*itsm.Matrix, []itsm.Gap, error) {
	r := matrixRows{forGaps: true}
	var f itsm.GapFacts
	var late []itsm.Reviewed
	var answers itsm.GapAnswers
	b := &pgx.Batch{}
	r.queue(b, by, day, oneProcess, process)
	queueGapFacts(b, &f, by, day, rolesOfProcess, process)
	ungoverned(b, &f, by, day, practiceOfProcess, process)
	overdue(b, &late, by, day, overdueAtProcess, process)
	gapAnswers(b, &answers, day, answersOfProcess, pgx.StrictNamedArgs{"id": process})
	if err := s.ask(ctx, b); err != nil {
		return nil, nil, err
	}
	all := r.assemble(by, day)
	if len(all) == 0 {
		return nil, nil, itsm.NotFound{What: "process"}
	}
	f.Asked = knownTo(by, all[0].Scope(), day, f.Asked)
	return all[0], itsm.Answered(itsm.WithReviews(all[0].Gaps(f), late, day), answers), nil
}

// PracticeGaps are what is missing in a practice and all its processes on a day, with their matrices in the practice's
// order, in one round trip.
func (s *Store) PracticeGaps(ctx context.Context, by itsm.Actor, practice int64, day time.Time) ([]*itsm.Matrix, []itsm.Gap, error) {
	var g practiceGaps
	b := &pgx.Batch{}
	g.queue(b, by, practice, day)
	if err := s.ask(ctx, b); err != nil {
		return nil, nil, err
	}
	return g.assemble(by, practice, day)
}

// ofPracticeInUse are the processes in use of practice @id.
const ofPracticeInUse = `p.practice_id = @id AND p.archived_at IS NULL`

// rolesWithinPractice are those whose vacancies are gaps of practice @id: its own and those of its processes.
const rolesWithinPractice = `SELECT r.id FROM role r LEFT JOIN process p ON p.id = r.process_id WHERE r.practice_id = @id OR p.practice_id = @id`

// practiceGaps are the rows that the gaps of a practice are computed from.
type practiceGaps struct {
	matrixRows
	facts     itsm.GapFacts
	answers   itsm.GapAnswers
	hats      []matrixColumn
	practices []matrixHead
	held      []itsm.Holding
	then      rolesThen
	late      []itsm.Reviewed
}

func (g *practiceGaps) queue(b *pgx.Batch, by itsm.Actor, practice int64, day time.Time) {
	g.forGaps = true
	g.matrixRows.queue(b, by, day, ofPracticeInUse, practice)
	many(b, &g.practices, `
		SELECT t.id AS practice_id, t.name AS practice, t.state, 0::bigint AS process_id, t.name AS process, t.archived_at IS NOT NULL AS archived,
		       0::bigint AS version_id, false AS editable, t.counter, '' AS approved_by, NULL::date AS approved_on, '' AS approved_reference
		FROM practice t WHERE t.id = @id AND (@all::boolean OR t.id = ANY(@sees::bigint[]))`,
		pgx.StrictNamedArgs{"id": practice, "all": !by.External, "sees": by.Sees}, matrixHeadTargets)
	all(b, &g.hats, `
		SELECT 0::bigint AS version_id, r.id, r.kind, `+roleCalled+` AS name, r.practice_id, 0::bigint AS process_id, 0::bigint AS service_id,
		       r.per_case, COALESCE(r.stands_for, '') AS stands_for, r.wanted_min, r.wanted_max, false AS archived, t.name AS scope_name
		FROM role r JOIN practice t ON t.id = r.practice_id
		WHERE r.practice_id = @id AND r.archived_at IS NULL AND r.kind IN ('owner', 'manager') ORDER BY r.id`, pgx.StrictNamedArgs{"id": practice})
	hats := `SELECT id FROM role WHERE practice_id = @id`
	if day.Before(by.Today) {
		hats += ` OR practice_id = (SELECT merged_into_id FROM practice WHERE id = @id)`
		g.then.queue(b, day, hats, pgx.StrictNamedArgs{"id": practice})
	}
	g.holdersOf(by, day).ask(b, &g.held, hats, pgx.StrictNamedArgs{"id": practice})
	queueGapFacts(b, &g.facts, by, day, rolesWithinPractice, practice)
	ungoverned(b, &g.facts, by, day, `@id`, practice)
	overdue(b, &g.late, by, day, overdueAtPractice, practice)
	gapAnswers(b, &g.answers, day, answersOfPractice, pgx.StrictNamedArgs{"id": practice})
}

func (g *practiceGaps) assemble(by itsm.Actor, practice int64, day time.Time) ([]*itsm.Matrix, []itsm.Gap, error) {
	if len(g.practices) == 0 {
		return nil, nil, itsm.NotFound{What: "practice"}
	}
	head := g.practices[0]
	own := &itsm.Matrix{PracticeID: practice, Practice: head.Practice, State: head.State, Process: head.Practice, Day: day}
	g.then.put(g.held)
	byRole := visible(by, own.Scope(), day, g.held)
	for _, c := range g.hats {
		if c.Kind == itsm.Owner {
			own.Owner = c.column(own.Scope(), byRole)
		} else {
			own.Columns = append(own.Columns, c.column(own.Scope(), byRole))
		}
	}
	g.facts.Asked = knownTo(by, own.Scope(), day, g.facts.Asked)
	matrices := g.matrixRows.assemble(by, day)
	return matrices, itsm.Answered(itsm.WithReviews(itsm.PracticeGaps(own, matrices, g.facts), g.late, day), g.answers), nil
}

// queueGapFacts asks who last wore each of some roles that nobody wears on the day, who was asked to, who will, and what is left
// undone for them: what the function gaps_on finds for all of them at once. TestThePageAndTheListFindTheSameGaps holds the two
// together. Who was asked is more than the reader may know, as notYet says.
func queueGapFacts(b *pgx.Batch, f *itsm.GapFacts, by itsm.Actor, day time.Time, roles string, id int64) {
	args := pgx.StrictNamedArgs{"id": id, "day": day}
	var hidden *time.Time // the day after which the reader knows of no plans
	if !by.Can(itsm.ReadPlans, itsm.Scope{}) {
		hidden = &by.Today
	}
	all(b, &f.Undone, `
		WITH vacant AS MATERIALIZED ( -- few: nearly all are worn
			SELECT r.id FROM role r WHERE r.id = ANY(ARRAY(`+roles+`)) AND r.archived_at IS NULL AND r.kind <> 'whoever' AND NOT `+wornOnDay(`r.id`)+`
		), cell AS MATERIALIZED (
			SELECT c.role_id, c.version_id, c.activity_id, v.process_id
			FROM vacant r JOIN raci_cell c ON c.role_id = r.id AND c.letters LIKE '%R%' JOIN process_version v ON v.id = c.version_id
		), live AS MATERIALIZED (
			SELECT (SELECT id FROM version_on(p.id, @day::date)) AS version_id, (
			         SELECT o.id FROM role o WHERE (o.process_id = p.id OR o.practice_id = p.practice_id) AND o.kind = 'owner' AND o.archived_at IS NULL ORDER BY o.process_id IS NULL LIMIT 1) AS owner_id
			FROM (SELECT DISTINCT process_id FROM cell) d JOIN process p ON p.id = d.process_id AND p.archived_at IS NULL
			JOIN practice t ON t.id = p.practice_id AND t.archived_at IS NULL AND t.state = 'in use'
		), bare AS MATERIALIZED ( -- an Owner who answers there is a gap of its own
			SELECT c.role_id, c.version_id, c.activity_id FROM live l JOIN cell c ON c.version_id = l.version_id AND c.role_id IS DISTINCT FROM l.owner_id
		), idle AS MATERIALIZED ( -- each activity once, however many should do it
			SELECT i.version_id, i.activity_id FROM (SELECT DISTINCT version_id, activity_id FROM bare) i
			WHERE NOT EXISTS (SELECT FROM raci_cell x JOIN role o ON o.id = x.role_id
			                  WHERE x.version_id = i.version_id AND x.activity_id = i.activity_id AND x.letters LIKE '%R%' AND x.role_id NOT IN (SELECT id FROM vacant)
			                    AND (o.kind = 'whoever' OR `+wornOnDay(`o.id`)+`))
		)
		SELECT c.role_id, count(*)::int AS activities FROM bare c WHERE ((c.version_id, c.activity_id) IN (SELECT version_id, activity_id FROM idle)) IS TRUE -- looked up in a hash
		GROUP BY 1`, with(pgx.StrictNamedArgs{"hidden": hidden}, args))
	all(b, &f.Past, `
		SELECT o.role_id, last.*
		FROM unnest(ARRAY(`+roles+`)) AS o (role_id) CROSS JOIN LATERAL ( -- role by role: nearly all are worn, and their past is not read
			SELECT COALESCE(p.name, t.name, c.name) AS name, upper(a.during) AS ended, COALESCE(upper(p.employed) <= upper(a.during), false) AS left
			FROM assignment a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN team t ON t.id = a.team_id LEFT JOIN company c ON c.id = a.company_id
			WHERE a.role_id = o.role_id AND a.state = 'appointed' AND a.capacity = 'holder' AND upper(a.during) <= @day::date
			ORDER BY upper(a.during) DESC, a.id DESC LIMIT 1) AS last
		WHERE NOT EXISTS (SELECT FROM assignment n WHERE n.role_id = o.role_id AND n.state = 'appointed' AND n.capacity = 'holder' AND n.during @> @day::date OFFSET 0)`, args)
	notYet(b, &f.Asked, by, day, roles, pgx.StrictNamedArgs{"id": id})
	if by.On == nil && day.Equal(by.Today) { // what is proposed today is not decided today
		all(b, &f.Proposed, `
			SELECT a.role_id, COALESCE(p.name, t.name, c.name) AS name
			FROM assignment a JOIN role r ON r.id = a.role_id LEFT JOIN process rp ON rp.id = r.process_id `+candidateNames+`
			WHERE a.role_id = ANY(ARRAY(`+roles+`)) AND `+candidate+` AND (@plans::bool OR `+plannedIn(`COALESCE(r.practice_id, rp.practice_id)`, `r.process_id`, `r.service_id`)+`)
			ORDER BY a.id`, with(planArgs(by), args))
	}
	all(b, &f.Next, `
		SELECT a.role_id, COALESCE(a.region_id, 0) AS region_id, COALESCE(a.service_id, 0) AS service_id, lower(a.during) AS since, a.capacity
		FROM assignment a
		WHERE a.role_id = ANY(ARRAY(`+roles+`)) AND a.state = 'appointed' AND a.capacity <> 'deputy' AND lower(a.during) > @day::date`, args)
}

// candidate says that assignment a is proposed on @day and not decided on, and candidateNames joins who would wear the hat.
const (
	candidate      = `a.state = 'proposed' AND (upper_inf(a.during) OR upper(a.during) > @day::date)`
	candidateNames = `LEFT JOIN person p ON p.id = a.person_id LEFT JOIN team t ON t.id = a.team_id LEFT JOIN company c ON c.id = a.company_id`
)

// planArgs say where a reader knows of plans: everywhere, or in some practices, processes and services.
func planArgs(by itsm.Actor) pgx.StrictNamedArgs {
	practices, processes, services := by.Scopes()
	return pgx.StrictNamedArgs{
		"plans": by.Can(itsm.ReadPlans, itsm.Scope{}), "plan_practices": append(practices, by.Audits...), "plan_processes": processes, "plan_services": services,
	}
}

// plannedIn says that a place is one of those in which the reader of planArgs knows of plans: ids of what it is, each of which may
// be NULL.
func plannedIn(practice, process, service string) string {
	return `(` + practice + ` = ANY(@plan_practices::bigint[]) OR ` + process + ` = ANY(@plan_processes::bigint[]) OR ` + service + ` = ANY(@plan_services::bigint[]))`
}

// wornOnDay says that somebody wears a role on @day, as far as a reader knows who reads no plans after @hidden.
func wornOnDay(role string) string {
	return `EXISTS (SELECT FROM role_held(ARRAY[` + role + `], @hidden::date) n WHERE n.capacity <> 'deputy' AND days_told(n.during, n.announced_during, @hidden::date) @> @day::date)`
}

// practiceOfProcess is the practice of process @id.
const practiceOfProcess = `(SELECT practice_id FROM process WHERE id = @id)`

// ungoverned asks what no policy governs in a practice.
func ungoverned(b *pgx.Batch, f *itsm.GapFacts, by itsm.Actor, day time.Time, practice string, id int64) {
	all(b, &f.Ungoverned, `SELECT u.practice_id, COALESCE(u.process_id, 0) AS process_id FROM ungoverned(@day::date, @today::date) u WHERE u.practice_id = `+practice,
		pgx.StrictNamedArgs{"id": id, "day": day, "today": by.Today})
}

// personGaps is what the gaps around one person's own hats are computed from.
type personGaps struct {
	own     []itsm.Holding
	facts   []wornFacts
	answers itsm.GapAnswers
}

// PersonGaps are what is missing around one person's own hats on a day.
func (s *Store) PersonGaps(ctx context.Context, by itsm.Actor, person int64, day time.Time) ([]itsm.Gap, error) {
	var g personGaps
	b := &pgx.Batch{}
	g.queue(b, by, person, day)
	err := s.ask(ctx, b)
	return g.gaps(by, day), err
}

func (g *personGaps) queue(b *pgx.Batch, by itsm.Actor, person int64, day time.Time) {
	many(b, &g.own, `SELECT `+holdingColumns+` FROM `+holdingFrom+` WHERE `+counted+` AND a.person_id = @person ORDER BY a.id`,
		pgx.StrictNamedArgs{"day": day, "person": person}, holdingTargets)
	gapAnswers(b, &g.answers, day, answersOfPerson, pgx.StrictNamedArgs{"id": person})
	// The letters of a hat are those of drafts and versions in force alike: the version of the day, once per process.
	all(b, &g.facts, `
		SELECT a.id AS assignment_id, `+roleCalled+` AS role, COALESCE(t.name, p.name, v.name, '') AS scope,
		       COALESCE(r.practice_id, p.practice_id, 0) AS practice_id, COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id,
		       (SELECT count(DISTINCT w.person_id) FROM worn(@day::date) w WHERE w.role_id = a.role_id AND w.person_id <> a.person_id AND w.capacity <> 'deputy')
		       + (SELECT count(*) FROM assignment f WHERE f.role_id = a.role_id AND f.company_id IS NOT NULL AND f.state = 'appointed' AND f.during @> @day::date) AS others,
		       (SELECT count(*) FROM raci_cell c JOIN process_version x ON x.id = c.version_id WHERE c.role_id = a.role_id AND c.letters LIKE 'A%' AND x.id = (SELECT id FROM version_on(x.process_id, @day::date))) AS a,
		       (SELECT count(*) FROM raci_cell c JOIN process_version x ON x.id = c.version_id WHERE c.role_id = a.role_id AND c.letters LIKE '%R%' AND x.id = (SELECT id FROM version_on(x.process_id, @day::date))) AS r,
		       CASE WHEN r.kind <> 'owner' OR r.archived_at IS NOT NULL THEN 0 ELSE (
		         SELECT count(*) FROM process n JOIN step s ON s.version_id = (SELECT id FROM version_on(n.id, @day::date))
		         WHERE n.archived_at IS NULL AND (n.id = r.process_id OR n.practice_id = r.practice_id AND NOT EXISTS (
		               SELECT FROM role own WHERE own.process_id = n.id AND own.kind = 'owner' AND own.archived_at IS NULL))
		           AND NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE 'A%')) END AS up,
		       EXISTS (SELECT FROM assignment n WHERE n.role_id = a.role_id AND n.region_id IS NOT DISTINCT FROM a.region_id AND (n.service_id IS NULL OR n.service_id = a.service_id) AND n.state = 'appointed'
		               AND n.capacity = 'holder' AND lower(n.during) > @day::date AND lower(n.during) <= upper(a.during)) AS followed,
		       EXISTS (SELECT FROM assignment n WHERE n.role_id = a.role_id AND n.region_id IS NOT DISTINCT FROM a.region_id AND n.state = 'appointed'
		               AND n.capacity IN ('acting', 'deputy') AND n.during @> @day::date AND n.person_id <> a.person_id AND (n.service_id IS NULL OR n.service_id = a.service_id)
		               AND (n.role_kind = 'practitioner' OR n.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))
		               AND NOT EXISTS (SELECT FROM absence b WHERE b.person_id = n.person_id AND b.during @> @day::date)) AS covered
		FROM assignment a JOIN role r ON r.id = a.role_id
		LEFT JOIN practice t ON t.id = r.practice_id LEFT JOIN process p ON p.id = r.process_id LEFT JOIN service v ON v.id = r.service_id
		LEFT JOIN practice i ON i.id = COALESCE(r.practice_id, p.practice_id)
		WHERE a.person_id = @person AND a.state = 'appointed' AND a.during @> @day::date
		  AND r.archived_at IS NULL AND p.archived_at IS NULL AND v.archived_at IS NULL AND i.archived_at IS NULL AND COALESCE(i.state, 'in use') = 'in use' -- gaps are of what is in use
		  AND (@all::boolean OR COALESCE(r.practice_id, p.practice_id) = ANY(@sees::bigint[]))`,
		pgx.StrictNamedArgs{"day": day, "person": person, "all": !by.External, "sees": by.Sees})
}

func (g *personGaps) gaps(by itsm.Actor, day time.Time) []itsm.Gap {
	byID := map[int64]wornFacts{}
	for _, f := range g.facts {
		byID[f.AssignmentID] = f
	}
	var hats []itsm.PersonHat
	for _, h := range g.own {
		if f, seen := byID[h.AssignmentID]; seen {
			at := itsm.Scope{PracticeID: f.PracticeID, ProcessID: f.ProcessID, ServiceID: f.ServiceID}
			h.End = h.Known(h.PersonID == by.PersonID || plansAt(by, at, h.RegionID), by.Today)
			hats = append(hats, itsm.PersonHat{Holding: h, Role: f.Role, Scope: f.Scope, At: at, Others: f.Others, A: f.A, R: f.R, Up: f.Up, Followed: f.Followed, Covered: f.Covered})
		}
	}
	return itsm.Answered(itsm.PersonGaps(day, hats), g.answers)
}

type wornFacts struct {
	AssignmentID      int64
	Role, Scope       string
	PracticeID        int64
	ProcessID         int64
	ServiceID         int64
	Others, A, R, Up  int
	Followed, Covered bool
}
