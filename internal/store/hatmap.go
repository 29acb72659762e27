package store

import (
	"context"
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
	hat      string // a counts as a hat of the map
	crew     string // the same of a practitioner role, from the index assignment_role_held alone
	role     string // r is a role of it
	practice string // t is one of the practices asked for; AND before it
	planning bool   // some of what is announced to nobody is for this reader: hat speaks of r and t too
	args     pgx.StrictNamedArgs
	known    time.Time // up to which the reader knows who leaves
}

// newMapScope narrows to practices: those asked for, of an external among those they see. A hat is what counts on the
// day; a deputy's while it stands in; of what begins later than today only what is announced, or the reader plans there.
func newMapScope(by itsm.Actor, f itsm.MapFilter, day time.Time) mapScope {
	practices, processes, _ := by.Scopes()
	plans := by.Can(itsm.ReadPlans, itsm.Scope{})
	s := mapScope{known: by.Knows(day, itsm.Scope{}), args: pgx.StrictNamedArgs{"day": day, "today": by.Today}, role: `r.archived_at IS NULL AND t.archived_at IS NULL`}
	if asked := mapPractices(by, f); asked != nil {
		s.practice = ` AND t.id = ANY(@practices::bigint[])`
		s.role += s.practice
		s.args["practices"] = asked
	}
	if f.Kind != "" {
		s.role += ` AND r.kind = @kind`
		s.args["kind"] = string(f.Kind)
	}
	s.hat = counted + ` AND (a.capacity <> 'deputy' OR EXISTS (
		SELECT FROM assignment h JOIN absence b ON b.person_id = h.person_id AND b.during @> @day::date
		WHERE h.role_id = a.role_id AND h.capacity = 'holder' AND h.state = 'appointed' AND h.during @> @day::date
		  AND h.region_id IS NOT DISTINCT FROM a.region_id))`
	s.crew = `a.state = 'appointed' AND a.capacity <> 'deputy' AND a.during @> @day::date`
	if !plans && day.After(by.Today) {
		announced := ` AND (a.announced OR lower(a.during) <= @today::date OR t.id = ANY(@planned::bigint[]) OR r.process_id = ANY(@planned_processes::bigint[]))`
		s.hat, s.crew, s.planning = s.hat+announced, s.crew+announced, true
		s.args["planned"], s.args["planned_processes"] = append(practices, by.Audits...), processes
	}
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

// wearers says that person p is of the filter and wears a hat.
func (s mapScope) wearers(f itsm.MapFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	where, args := peopleWhere(itsm.PeopleFilter{Text: f.Text, RegionID: f.RegionID, TeamID: f.TeamID, CompanyID: f.CompanyID}, day, s.known)
	hat := s.hat + ` AND ` + s.role
	parts := []string{where}
	if f.ManagerID != 0 {
		parts = append(parts, `p.id IN (SELECT person_id FROM `+peopleOf+` LIMIT 5000)`)
		args["manager"] = f.ManagerID
	}
	if s.args["practices"] != nil {
		// Beginning at the roles: few of all people wear a hat of a few practices.
		parts = append(parts, `p.id IN (
			SELECT a.person_id FROM assignment a `+mapRole+` WHERE a.person_id IS NOT NULL AND `+hat+`
			UNION
			SELECT m.person_id FROM assignment a `+mapRole+` JOIN membership m ON m.team_id = a.team_id AND m.during @> @day::date WHERE `+hat+`)`)
	} else {
		// One EXISTS, since two of them with OR between would read the hats of all teams first.
		parts = append(parts, `EXISTS (
			SELECT FROM `+ofHolder(`person_id = p.id`)+mapRole+` WHERE `+hat+`
			UNION ALL
			SELECT FROM membership m, LATERAL (
				SELECT FROM `+ofHolder(`team_id = m.team_id`)+mapRole+` WHERE `+hat+` OFFSET 0) worn
			WHERE m.person_id = p.id AND m.during @> @day::date)`)
	}
	return strings.Join(parts, " AND "), args
}

// candidates are at most @most people of the map, by name, and one more.
func (s mapScope) candidates(f itsm.MapFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	wearers, args := s.wearers(f, day)
	return `candidate AS MATERIALIZED (
		SELECT id, row_number() OVER () AS n FROM (
			SELECT p.id FROM person p WHERE ` + wearers + ` ORDER BY lower(p.sort_name), p.id LIMIT @most + 1) AS found
	), amount AS MATERIALIZED (
		SELECT count(*) AS found, count(*) > @most AS more FROM candidate
	)`, args
}

// peopleOf are those who report to @manager, directly or not.
const peopleOf = `(
	WITH RECURSIVE below AS (
		SELECT person_id FROM reporting_line WHERE manager_id = @manager
		UNION
		SELECT l.person_id FROM reporting_line l JOIN below ON l.manager_id = below.person_id
	) SELECT person_id FROM below) AS below`

// hats are the hats of the people of a table, own and through teams; LATERAL and OFFSET keep to one person at a time.
func (s mapScope) hats(of string) string {
	const columns = `a.role_id, r.kind, t.id AS practice_id, a.capacity, a.region_id, upper(a.during) AS until`
	hat := s.hat + ` AND ` + s.role
	return `hat AS MATERIALIZED (
		SELECT x.id AS person_id, a.*, NULL::bigint AS team_id FROM ` + of + ` x, LATERAL (
			SELECT ` + columns + ` FROM ` + ofHolder(`person_id = x.id`) + mapRole + ` WHERE ` + hat + ` OFFSET 0) a
		UNION ALL
		SELECT x.id, a.*, m.team_id FROM ` + of + ` x, LATERAL (
			SELECT team_id FROM membership WHERE person_id = x.id AND during @> @day::date OFFSET 0) m, LATERAL (
			SELECT ` + columns + ` FROM ` + ofHolder(`team_id = m.team_id`) + mapRole + ` WHERE ` + hat + ` OFFSET 0) a
	)`
}

// duties count A and R of the roles of a query in the versions in force; up are the activities without an A in the
// processes that an Owner answers for. Of processes that the reader does not see nothing counts.
func mapDuties(roles string) string {
	return `used AS MATERIALIZED (` + roles + `), force AS MATERIALIZED (
		SELECT (SELECT id FROM version_at(v.process_id, @day::date)) AS version_id
		FROM (SELECT DISTINCT v.process_id FROM used u JOIN raci_column k ON k.role_id = u.role_id JOIN process_version v ON v.id = k.version_id) v
		JOIN process n ON n.id = v.process_id AND n.archived_at IS NULL AND (@all OR n.practice_id = ANY(@sees::bigint[]))
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
		CROSS JOIN LATERAL (SELECT (SELECT id FROM version_at(n.id, @day::date)) AS version_id OFFSET 0) v
		JOIN step s ON s.version_id = v.version_id
		WHERE NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE 'A%')
		GROUP BY r.id
	)`
}

// mapLine is one hat of one row, with the row and the figures of all rows beside it.
type mapLine struct {
	Place                       int
	PersonID, CompanyID         int64
	Name, Detail                string
	GroupTeam                   int64
	GroupName                   string
	Lead                        bool
	RoleID                      int64
	Kind                        itsm.RoleKind
	RoleName                    string
	PracticeID                  int64
	Capacity                    itsm.Capacity
	TeamID                      int64
	Team, Region                string
	Until                       *time.Time
	A, R, Up                    int
	Total, Teams, Companies     int
	AllHats, AllThrough, Acting int
	ActingUntil                 *time.Time
}

// mapOrders are the orders of the people; the first is team by team, its lead first, then company by company. Beyond
// MapMost all of them are by name.
var mapOrders = map[string]string{
	"":       `(g.id IS NULL)::int + (g.id IS NULL AND p.company_id IS NULL)::int, lower(COALESCE(g.name, f.name)), g.lead DESC`,
	"name":   `c.n`,
	"hats":   `w.hats DESC`,
	"duties": `w.duties DESC`,
}

// HatMap is who wears which hat on a day, by person: one page of people with what they wear, what nobody wears, and what
// the filters offer, in one round trip. Externals see their practices alone, and no teams and companies to choose from.
func (s *Store) HatMap(ctx context.Context, by itsm.Actor, f itsm.MapFilter, day time.Time) (*itsm.HatMap, error) {
	if by.External {
		f.TeamID, f.CompanyID, f.ManagerID = 0, 0, 0
	}
	f.Page = min(max(f.Page, 1), itsm.MapMost/itsm.MapPage)
	m := &itsm.HatMap{Page: f.Page}
	scope := newMapScope(by, f, day)
	var found struct {
		lines, parties []mapLine
		chairs         []chairRow
	}
	var q question
	b := &q.b
	sql, args := scope.people(f, day)
	queueMap(&q, &found.lines, by, scope, sql, args)
	if f.Text == "" && f.TeamID == 0 && f.ManagerID == 0 && f.RegionID == 0 {
		sql, args := scope.parties(f, day)
		queueMap(&q, &found.parties, by, scope, sql, args)
	}
	queueChairs(&q, &found.chairs, by, scope)
	queueMapPractices(b, by, &m.Practices)
	all(b, &m.Regions, regionNames, nil)
	if !by.External {
		teamNames(b, &m.TeamRefs, f.TeamID)
		all(b, &m.CompanyRefs, `SELECT id, name FROM company WHERE archived_at IS NULL ORDER BY lower(name) LIMIT 1000`, nil)
	}
	value(b, &m.HasReports, "person", `SELECT EXISTS (SELECT FROM reporting_line WHERE manager_id = @id)`, pgx.StrictNamedArgs{"id": by.PersonID})
	var managers []itsm.PersonRef
	all(b, &managers, `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = @id`, pgx.StrictNamedArgs{"id": f.ManagerID})
	if err := recall(ctx, s, &q, &found); err != nil {
		return nil, err
	}
	for _, p := range managers {
		m.Manager = p
	}
	m.Chairs = itsm.OpenChairs(chairsOf(found.chairs), regionRefs(m.Regions), f.RegionID)
	fillMap(m, found.lines, found.parties)
	return m, nil
}

// people is the read of one page of people. Hats are read of all candidates, since figures and orders are about all of
// them; beyond MapMost of the page alone.
func (s mapScope) people(f itsm.MapFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	candidate, args := s.candidates(f, day)
	sort := f.Sort
	if !slices.Contains(itsm.MapSorts, sort) {
		sort = ""
	}
	order := mapOrders[sort]
	if f.Descending && sort != "" {
		order = turned(order)
	}
	// What hangs on the order comes before the cut, and what hangs on the cut after it.
	weighed, before, after := "", "", `, `+mapDuties(`SELECT DISTINCT h.role_id FROM hat h JOIN cut ON cut.id = h.person_id`)
	switch sort {
	case "hats":
		weighed = `LEFT JOIN (SELECT person_id, count(DISTINCT role_id) AS hats FROM hat GROUP BY person_id) w ON w.person_id = c.id`
	case "duties":
		weighed = `LEFT JOIN (
			SELECT h.person_id, sum(COALESCE(d.a + d.r, 0)) AS duties FROM (SELECT DISTINCT person_id, role_id FROM hat) h LEFT JOIN duty d ON d.role_id = h.role_id
			GROUP BY h.person_id) w ON w.person_id = c.id`
		after = ""
		before = `, ` + mapDuties(`SELECT DISTINCT role_id FROM hat`)
	}
	return `
		WITH ` + candidate + `, wearer AS MATERIALIZED (
			SELECT id FROM candidate, amount WHERE NOT amount.more OR n > @skip AND n <= @skip + @page
		), ` + s.hats(`wearer`) + before + `, placed AS MATERIALIZED (
			SELECT c.id, g.id AS team_id, g.name AS team, COALESCE(g.lead, false) AS lead, p.company_id, f.name AS company,
			       row_number() OVER (ORDER BY CASE WHEN (SELECT more FROM amount) THEN c.n END, ` + order + `, c.n) AS place
			FROM candidate c JOIN person p ON p.id = c.id LEFT JOIN company f ON f.id = p.company_id
			LEFT JOIN LATERAL (
				SELECT g.id, g.name, g.lead_id = p.id AS lead FROM membership m JOIN team g ON g.id = m.team_id
				WHERE m.person_id = p.id AND m.during @> @day::date AND NOT (SELECT more FROM amount) ORDER BY lower(g.name) LIMIT 1) g ON true ` + weighed + `
			WHERE c.n <= @most
		), cut AS MATERIALIZED (
			SELECT placed.* FROM placed, (SELECT LEAST(@skip, (GREATEST(count(*), 1) - 1) / @page * @page) AS skip FROM placed) AS from_here
			WHERE place > skip AND place <= skip + @page
		)` + after + `
		SELECT cut.place, cut.id AS person_id, COALESCE(cut.company_id, 0) AS company_id, p.name, p.title AS detail,
		       COALESCE(cut.team_id, 0) AS group_team, COALESCE(cut.team, cut.company, '') AS group_name, cut.lead,
		       h.role_id, h.kind, ` + roleCalled + ` AS role_name, h.practice_id, h.capacity, COALESCE(h.team_id, 0) AS team_id, COALESCE(m.name, '') AS team,
		       COALESCE(e.name, '') AS region, h.until, COALESCE(d.a, 0) AS a, COALESCE(d.r, 0) AS r, COALESCE(u.n, 0) AS up,
		       (SELECT found FROM amount) AS total,
		       (SELECT count(DISTINCT team_id) FROM placed) AS teams,
		       (SELECT count(DISTINCT company_id) FROM placed) AS companies,
		       (SELECT count(*) FROM (SELECT DISTINCT person_id, role_id FROM hat) AS worn) AS all_hats,
		       (SELECT count(*) FROM (SELECT person_id, role_id FROM hat WHERE team_id IS NOT NULL
		                              EXCEPT SELECT person_id, role_id FROM hat WHERE team_id IS NULL) AS worn) AS all_through,
		       (SELECT count(*) FROM hat WHERE capacity = 'acting') AS acting,
		       (SELECT min(until) FROM hat WHERE capacity = 'acting') AS acting_until
		FROM cut JOIN person p ON p.id = cut.id JOIN hat h ON h.person_id = cut.id JOIN role r ON r.id = h.role_id
		LEFT JOIN team m ON m.id = h.team_id LEFT JOIN region e ON e.id = h.region_id
		LEFT JOIN duty d ON d.role_id = h.role_id LEFT JOIN up u ON u.role_id = h.role_id
		ORDER BY cut.place, array_position(ARRAY['owner', 'manager', 'practitioner'], h.kind), h.capacity DESC, lower(r.name), h.role_id`,
		with(args, pgx.StrictNamedArgs{"most": itsm.MapMost, "page": itsm.MapPage, "skip": (max(f.Page, 1) - 1) * itsm.MapPage})
}

// turned is an order of one term the other way round.
func turned(order string) string {
	if up, down := strings.CutSuffix(order, " DESC"); down {
		return up
	}
	return order + " DESC"
}

// parties are the companies that hold hats themselves; they follow the last of the people, so that of many practices they
// are read only where a page reaches there.
func (s mapScope) parties(f itsm.MapFilter, day time.Time) (string, pgx.StrictNamedArgs) {
	args, last := pgx.StrictNamedArgs{}, "true"
	if s.args["practices"] == nil {
		var wearers string
		wearers, args = s.wearers(f, day)
		last = `(SELECT count(*) FROM (SELECT FROM person p WHERE ` + wearers + ` LIMIT @upto + 1) AS reached) <= @upto`
		args["upto"] = f.Page * itsm.MapPage
	}
	args["company"] = f.CompanyID
	return `
		WITH hat AS MATERIALIZED (
			SELECT a.company_id, a.role_id, r.kind, t.id AS practice_id, a.capacity, a.region_id, upper(a.during) AS until
			FROM (SELECT * FROM assignment WHERE company_id IS NOT NULL AND (@company::bigint = 0 OR company_id = @company) OFFSET 0) a ` + mapRole + ` -- few, so they come first
			WHERE ` + s.hat + ` AND ` + s.role + ` AND ` + last + ` LIMIT 500
		), ` + mapDuties(`SELECT DISTINCT role_id FROM hat`) + `
		SELECT 0 AS place, 0::bigint AS person_id, c.id AS company_id, c.name, c.kind AS detail, 0::bigint AS group_team, c.name AS group_name, false AS lead,
		       h.role_id, h.kind, ` + roleCalled + ` AS role_name, h.practice_id, h.capacity, 0::bigint AS team_id, '' AS team, COALESCE(e.name, '') AS region, h.until,
		       COALESCE(d.a, 0) AS a, COALESCE(d.r, 0) AS r, 0 AS up, 0 AS total, 0 AS teams, 0 AS companies, 0 AS all_hats, 0 AS all_through, 0 AS acting,
		       NULL::date AS acting_until
		FROM hat h JOIN company c ON c.id = h.company_id JOIN role r ON r.id = h.role_id LEFT JOIN region e ON e.id = h.region_id
		LEFT JOIN duty d ON d.role_id = h.role_id
		ORDER BY lower(c.name), c.id, h.kind, lower(r.name)`, args
}

// fillMap turns lines into rows: people first, then the companies that hold hats themselves, on the last page.
func fillMap(m *itsm.HatMap, lines, parties []mapLine) {
	for _, l := range lines {
		m.More = l.Total > itsm.MapMost
		m.Total = min(l.Total, itsm.MapMost)
		m.Teams, m.Companies, m.Hats, m.Through, m.Acting, m.ActingUntil = l.Teams, l.Companies, l.AllHats, l.AllThrough, l.Acting, l.ActingUntil
		m.Page = (l.Place-1)/itsm.MapPage + 1
	}
	if m.Page*itsm.MapPage >= m.Total {
		lines = append(lines, parties...)
	}
	for _, l := range lines {
		last := len(m.Rows) - 1
		if last < 0 || m.Rows[last].PersonID != l.PersonID || l.PersonID == 0 && m.Rows[last].CompanyID != l.CompanyID {
			m.Rows = append(m.Rows, itsm.MapRow{
				PersonID: l.PersonID, CompanyID: l.CompanyID, Name: l.Name, Detail: l.Detail, Group: l.GroupName, GroupTeam: l.GroupTeam, Lead: l.Lead})
			last++
		}
		m.Rows[last].Hats = append(m.Rows[last].Hats, itsm.MapHat{
			Role: itsm.RoleRef{ID: l.RoleID, Kind: l.Kind, Name: l.RoleName}, PracticeID: l.PracticeID, Capacity: l.Capacity, TeamID: l.TeamID, Team: l.Team,
			Region: l.Region, Until: l.Until, A: l.A, R: l.R, Up: l.Up})
	}
}

// regionRefs are regions as their rules need them.
func regionRefs(list []itsm.Region) []itsm.RegionRef {
	refs := make([]itsm.RegionRef, len(list))
	for i, r := range list {
		refs[i] = itsm.RegionRef{ID: r.ID, ParentID: r.ParentID, Name: r.Name}
	}
	return refs
}
