package store

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// mapScope is what a reader sees of the map, and what they ask for: fragments about role r, process q, practice t and
// assignment a, with their arguments.
type mapScope struct {
	hat      string                  // a counts as a hat of the map
	crew     string                  // the same of a practitioner role, from the index assignment_role_held alone
	days     string                  // the days of a, for all that may be a hat of the map
	role     string                  // r is a role of it
	inUse    func(row string) string // the row of a table was in use on the day
	lead     string                  // who led team g on the day
	practice string                  // t is one of the practices asked for; AND before it
	chairs   bool                    // of Owners alone, or of Managers: these are few
	planning bool                    // some of what is announced to nobody is for this reader: hat speaks of r and t too
	args     pgx.StrictNamedArgs
	until    string    // the end of a as the reader knows it
	known    time.Time // up to which the reader knows who leaves
	member   string    // membership m counts on the day, as far as the reader knows
}

// plannedScopes are the practices and processes whose plans a reader knows; those of a regional Manager with a region each.
func plannedScopes(by itsm.Actor) pgx.StrictNamedArgs {
	planned, plannedProcesses := slices.Clone(by.Audits), []int64{}
	regional, regionalProcesses, regions := []int64{}, []int64{}, []int64{}
	add := func(at itsm.Scope) {
		within, bound := by.Regional(itsm.ReadPlans, at)
		switch {
		case bound:
			for _, region := range within {
				regional, regionalProcesses, regions = append(regional, at.PracticeID), append(regionalProcesses, at.ProcessID), append(regions, region)
			}
		case at.ProcessID != 0:
			plannedProcesses = append(plannedProcesses, at.ProcessID)
		default:
			planned = append(planned, at.PracticeID)
		}
	}
	practices, processes, _ := by.Scopes()
	for _, id := range practices {
		add(itsm.Scope{PracticeID: id})
	}
	for _, id := range processes {
		add(itsm.Scope{ProcessID: id})
	}
	return pgx.StrictNamedArgs{"planned": planned, "planned_processes": plannedProcesses, "regional": regional, "regional_processes": regionalProcesses, "regions": regions}
}

// newMapScope narrows to practices: those asked for, of an external among those they see. A hat is what counts on the
// day; a deputy's while it stands in; of what begins or ends later than today only what is announced, or the reader plans there.
func newMapScope(by itsm.Actor, f itsm.MapFilter, day time.Time) mapScope {
	plans, past := by.Can(itsm.ReadPlans, itsm.Scope{}), day.Before(by.Today)
	s := mapScope{known: by.Knows(day, itsm.Scope{}), args: pgx.StrictNamedArgs{"day": day, "today": by.Today}, inUse: func(row string) string { return inUseOn(past, row) }, lead: namedOn(past, `team`, `g`, `lead_id`)}
	s.role = s.inUse(`r`) + ` AND ` + s.inUse(`t`)
	if past { // what was made one with another role has its holders there
		s.role += ` AND (r.merged_into_id IS NULL OR r.kind = 'owner')`
	}
	if asked := mapPractices(by, f); asked != nil {
		s.practice = ` AND t.id = ANY(@practices::bigint[])`
		s.role += s.practice
		s.args["practices"] = asked
	}
	if f.Kind != "" {
		s.role += ` AND r.kind = @kind`
		s.args["kind"] = string(f.Kind)
	}
	s.member = strings.ReplaceAll(memberKnownOn(day, s.known), `@known`, `@today`) // known is today where it is not the day
	s.days = `a.during @> @day::date`
	worn, ended := s.days, `upper(a.during)`
	if !plans {
		ended = `upper(days_told(a.during, a.announced_during, @today::date))`
	}
	if !plans && day.After(by.Today) {
		const planned = `(t.id = ANY(@planned::bigint[]) OR r.process_id = ANY(@planned_processes::bigint[]) OR EXISTS (
			SELECT FROM unnest(@regional::bigint[], @regional_processes::bigint[], @regions::bigint[]) m (practice, process, region)
			WHERE (m.practice = t.id OR m.process = r.process_id) AND (a.region_id IS NULL OR a.region_id = m.region))) IS TRUE`
		worn = `(a.during @> @day::date AND (a.announced OR lower(a.during) <= @today::date OR ` + planned + `)
			OR ` + stillTold + ` AND upper(a.during) > @today::date AND (a.announced OR lower(a.during) <= @today::date) AND NOT ` + planned + `)`
		s.planning, s.days = true, `(`+s.days+` OR `+stillTold+`)`
		s.args = with(s.args, plannedScopes(by))
	}
	s.until = ended + ` AS until`
	s.hat = `a.state = 'appointed' AND ` + worn + ` AND ` + agreed + ` AND (a.capacity <> 'deputy' OR ` + awayBeside + `)`
	if s.chairs = f.Kind == itsm.Owner || f.Kind == itsm.Manager; s.chairs {
		s.hat += ` AND a.role_kind = '` + string(f.Kind) + `'` // the index assignment_chair
	}
	s.crew = `a.state = 'appointed' AND a.capacity <> 'deputy' AND ` + worn
	return s
}

// mapPractices are the practices the map is narrowed to; nil: all.
func mapPractices(by itsm.Actor, f itsm.MapFilter) []int64 {
	switch {
	case !by.External && len(f.Practices) == 0:
		return nil
	case !by.External:
		return f.Practices
	}
	sees := slices.DeleteFunc(slices.Clone(by.Sees), func(id int64) bool { return len(f.Practices) > 0 && !slices.Contains(f.Practices, id) })
	return append([]int64{}, sees...)
}

// queueMap asks for rows with the scope's arguments and more: those of them that the statement, put together from
// fragments, speaks of.
func queueMap[T any](q *question, into *[]T, by itsm.Actor, s mapScope, sql string, more pgx.StrictNamedArgs) {
	args := pgx.StrictNamedArgs{}
	for name, v := range seeing(by, with(with(pgx.StrictNamedArgs{}, s.args), more)) {
		if regexp.MustCompile(`@` + name + `\b`).MatchString(sql) {
			args[name] = v
		}
	}
	allOf(q, into, sql, args)
}

// mapRole joins what a mapScope speaks of to an assignment a.
const mapRole = `
	JOIN role r ON r.id = a.role_id
	LEFT JOIN process q ON q.id = r.process_id
	JOIN practice t ON t.id = COALESCE(r.practice_id, q.practice_id)`

// ofHolder are the assignments a of one holder. They are few, so they come first: the planner would try every role with each.
func ofHolder(holder string) string {
	return `(SELECT * FROM assignment WHERE ` + holder + ` OFFSET 0) a `
}

// ofAsked are the assignments to the roles of the practices asked for, role by role.
const ofAsked = `(
	SELECT a.* FROM (
		SELECT id FROM role WHERE practice_id = ANY(@practices::bigint[])
		UNION ALL SELECT r.id FROM process q JOIN role r ON r.process_id = q.id WHERE q.practice_id = ANY(@practices::bigint[])) r
	CROSS JOIN LATERAL (SELECT * FROM assignment WHERE role_id = r.id OFFSET 0) a)`

// looked is how many people are looked at one by one for a hat.
const looked = 3 * itsm.MapMost

// wearers yields the people of the filter who wear a hat, by name: candidate, at most @most and one more. Most people wear
// one, so the first by name are looked at one by one; where few of these do, and of a practice or a chair always, they are
// gathered beginning at the hats.
func (s mapScope) wearers(f itsm.MapFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	people, args := peopleWhere(itsm.PeopleFilter{Text: f.Text, RegionID: f.RegionID, TeamID: f.TeamID, CompanyID: f.CompanyID}, day, s.known)
	if f.ManagerID != 0 {
		people += ` AND p.id IN (SELECT person_id FROM ` + peopleOf + ` LIMIT 5000)`
		args["manager"] = f.ManagerID
	}
	const byName = ` ORDER BY lower(p.sort_name), p.id`
	first, hats := ``, `assignment`
	if s.args["practices"] != nil {
		first, hats = `held AS MATERIALIZED (
			SELECT * FROM `+ofAsked+` a WHERE a.state = 'appointed' AND `+s.days+`
		), `, `held`
	}
	if first != `` || s.chairs {
		return first + `candidate AS MATERIALIZED (
			SELECT id, row_number() OVER () AS n FROM (SELECT p.id FROM person p WHERE ` + people + ` AND p.id IN (` + s.wearing(hats) + `)` + byName + ` LIMIT @most + 1) AS found
		)`, args
	}
	args["looked"] = looked
	// One EXISTS, since two of them with OR between would read the hats of all teams first.
	return `looked AS MATERIALIZED (
		SELECT p.id FROM person p WHERE ` + people + byName + ` LIMIT @looked
	), near AS MATERIALIZED (
		SELECT p.id FROM looked p WHERE EXISTS (
			SELECT FROM ` + ofHolder(`person_id = p.id`) + mapRole + ` WHERE ` + s.hat + ` AND ` + s.role + `
			UNION ALL
			SELECT FROM membership m, LATERAL (
				SELECT FROM ` + ofHolder(`team_id = m.team_id`) + mapRole + ` WHERE ` + s.hat + ` AND ` + s.role + ` OFFSET 0) worn
			WHERE m.person_id = p.id AND ` + s.member + `) LIMIT @most + 1
	), enough AS MATERIALIZED (
		SELECT (SELECT count(*) FROM near) > @most OR (SELECT count(*) FROM looked) < @looked AS so
	), held AS MATERIALIZED ( -- read through, table order, where it is needed at all
		SELECT * FROM assignment a WHERE a.state = 'appointed' AND ` + s.days + `
	), candidate AS MATERIALIZED (
		SELECT id, row_number() OVER () AS n FROM (
			SELECT id FROM near WHERE (SELECT so FROM enough)
			UNION ALL
			(SELECT p.id FROM person p WHERE NOT (SELECT so FROM enough) AND ` + people + ` AND p.id IN (` + s.wearing(`held`) + `)` + byName + ` LIMIT @most + 1)) AS found
	)`, args
}

// wearing yields who wears a hat of the map, in person or through a team, out of a table of assignments.
func (s mapScope) wearing(assignments string) string {
	return `
		SELECT a.person_id FROM ` + assignments + ` a ` + mapRole + ` WHERE a.person_id IS NOT NULL AND ` + s.hat + ` AND ` + s.role + `
		UNION
		SELECT m.person_id FROM ` + assignments + ` a ` + mapRole + ` JOIN membership m ON m.team_id = a.team_id AND ` + s.member + ` WHERE ` + s.hat + ` AND ` + s.role
}

// candidates are the wearers of a map, with how many they are.
func (s mapScope) candidates(f itsm.MapFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	wearers, args := s.wearers(f, day)
	return wearers + `, amount AS MATERIALIZED (
		SELECT count(*) AS found, count(*) > @most AS more FROM candidate
	)`, args
}

// peopleOf are those who report to @manager, directly or not; manager by manager, or each level would read all the lines.
const peopleOf = `(
	WITH RECURSIVE below AS (
		SELECT person_id FROM reporting_line WHERE manager_id = @manager
		UNION
		SELECT l.person_id FROM below CROSS JOIN LATERAL (SELECT person_id FROM reporting_line WHERE manager_id = below.person_id OFFSET 0) AS l
	) SELECT person_id FROM below) AS below`

// hats are the hats of the people of a table, own and through teams; LATERAL and OFFSET keep to one person at a time.
func (s mapScope) hats(of string) string {
	columns := `a.role_id, r.kind, t.id AS practice_id, a.capacity, a.region_id, ` + s.until
	hat := s.hat + ` AND ` + s.role
	return `hat AS MATERIALIZED (
		SELECT x.id AS person_id, a.*, NULL::bigint AS team_id FROM ` + of + ` x, LATERAL (
			SELECT ` + columns + ` FROM ` + ofHolder(`person_id = x.id`) + mapRole + ` WHERE ` + hat + ` OFFSET 0) a
		UNION ALL
		SELECT x.id, a.*, m.team_id FROM ` + of + ` x, LATERAL (
			SELECT m.team_id FROM membership m WHERE m.person_id = x.id AND ` + s.member + ` OFFSET 0) m, LATERAL (
			SELECT ` + columns + ` FROM ` + ofHolder(`team_id = m.team_id`) + mapRole + ` WHERE ` + hat + ` OFFSET 0) a
	)`
}

// duties count A and R of the roles of a query in the versions in force; up are the activities without an A in the
// processes that an Owner answers for. Of processes that the reader does not see nothing counts.
func mapDuties(roles string) string {
	return `used AS MATERIALIZED (` + roles + `), force AS MATERIALIZED (
		SELECT x.id AS version_id
		FROM (SELECT DISTINCT v.process_id FROM used u JOIN raci_column k ON k.role_id = u.role_id JOIN process_version v ON v.id = k.version_id) v
		JOIN process n ON n.id = v.process_id AND n.archived_at IS NULL AND (@all OR n.practice_id = ANY(@sees::bigint[]))
		CROSS JOIN LATERAL version_on(n.id, @day::date) x
	), duty AS MATERIALIZED (
		SELECT c.role_id, count(*) FILTER (WHERE c.letters LIKE 'A%') AS a, count(*) FILTER (WHERE c.letters LIKE '%R%') AS r
		FROM (SELECT c.* FROM used u JOIN raci_cell c ON c.role_id = u.role_id OFFSET 0) c -- by role first, not version by version
		WHERE c.version_id IN (SELECT version_id FROM force)
		GROUP BY c.role_id
	), up AS MATERIALIZED (
		SELECT r.id AS role_id, count(*) AS n
		FROM used u JOIN role r ON r.id = u.role_id AND r.kind = 'owner'
		JOIN process n ON n.archived_at IS NULL AND (n.id = r.process_id OR n.practice_id = r.practice_id AND NOT EXISTS (
			SELECT FROM role own WHERE own.process_id = n.id AND own.kind = 'owner' AND own.archived_at IS NULL))
		CROSS JOIN LATERAL version_on(n.id, @day::date) v
		JOIN step s ON s.version_id = v.id
		WHERE NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE 'A%')
		GROUP BY r.id
	)`
}
