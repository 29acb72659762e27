package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

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
	InTeams, InCompanies        int
	AllHats, AllThrough, Acting int
	AllPractices                int
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
	f.Page = min(max(f.Page, 1), itsm.MapMost/f.People())
	if f.Size != 0 {
		by.Epoch = 0 // too large to be kept
	}
	kept := &itsm.HatMap{Page: f.Page}
	scope := newMapScope(by, f, day)
	var lines, parties []mapLine
	var chairs []chairRow
	var q question
	q.about(f)
	sql, args := scope.people(f, day)
	queueMap(&q, &lines, by, scope, sql, args)
	if f.Text == "" && f.TeamID == 0 && f.ManagerID == 0 && f.RegionID == 0 {
		sql, args := scope.parties(f)
		queueMap(&q, &parties, by, scope, sql, args)
	}
	queueChairs(&q, &chairs, by, scope)
	queueMapPractices(&q, by, day, &kept.Practices)
	allOf(&q, &kept.Regions, regionNames, nil)
	if !by.External {
		allOf(&q, &kept.TeamRefs, teamChoices, pgx.StrictNamedArgs{"most": choicesMost, "team": f.TeamID})
		allOf(&q, &kept.CompanyRefs, companyChoices, nil)
	}
	var managers []itsm.PersonRef
	allOf(&q, &managers, `SELECT p.id, p.name, `+personDetail+` AS detail FROM person p WHERE p.id = @id`, pgx.StrictNamedArgs{"id": f.ManagerID})
	var leads bool
	value(&q.b, &leads, "person", `SELECT EXISTS (SELECT FROM reporting_line WHERE manager_id = @id)`, pgx.StrictNamedArgs{"id": by.PersonID})
	kept, err := recall(ctx, s, by, &q, func() *itsm.HatMap {
		for _, p := range managers {
			kept.Manager = p
		}
		kept.Chairs = itsm.OpenChairs(chairsOf(chairs), regionRefs(kept.Regions), f.RegionID)
		fillMap(kept, f.People(), lines, parties)
		return kept
	})
	if err != nil {
		return nil, err
	}
	m := *kept
	m.HasReports = leads
	return &m, nil
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
				SELECT g.id, g.name, ` + s.lead + ` = p.id AS lead FROM membership m JOIN team g ON g.id = m.team_id
				WHERE m.person_id = p.id AND ` + s.member + ` AND NOT (SELECT more FROM amount) ORDER BY lower(g.name) LIMIT 1) g ON true ` + weighed + `
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
		       (SELECT count(team_id) FROM placed) AS in_teams, (SELECT count(company_id) FROM placed) AS in_companies,
		       (SELECT count(*) FROM (SELECT DISTINCT person_id, role_id FROM hat) AS worn) AS all_hats, (SELECT count(DISTINCT practice_id) FROM hat) AS all_practices,
		       (SELECT count(*) FROM (SELECT person_id, role_id FROM hat WHERE team_id IS NOT NULL
		                              EXCEPT SELECT person_id, role_id FROM hat WHERE team_id IS NULL) AS worn) AS all_through,
		       (SELECT count(*) FROM hat WHERE capacity = 'acting') AS acting,
		       (SELECT min(until) FROM hat WHERE capacity = 'acting') AS acting_until
		FROM cut JOIN person p ON p.id = cut.id JOIN hat h ON h.person_id = cut.id JOIN role r ON r.id = h.role_id
		LEFT JOIN team m ON m.id = h.team_id LEFT JOIN region e ON e.id = h.region_id
		LEFT JOIN duty d ON d.role_id = h.role_id LEFT JOIN up u ON u.role_id = h.role_id
		ORDER BY cut.place, array_position(ARRAY['owner', 'manager', 'practitioner'], h.kind), h.capacity DESC, lower(r.name), h.role_id`,
		with(args, pgx.StrictNamedArgs{"most": itsm.MapMost, "page": f.People(), "skip": (max(f.Page, 1) - 1) * f.People()})
}

// turned is an order of one term the other way round.
func turned(order string) string {
	if up, down := strings.CutSuffix(order, " DESC"); down {
		return up
	}
	return order + " DESC"
}

// parties are the companies that hold hats themselves; they follow the last of the people.
func (s mapScope) parties(f itsm.MapFilter) (string, pgx.StrictNamedArgs) {
	held := `assignment`
	if s.args["practices"] != nil {
		held = ofAsked
	}
	return `
		WITH hat AS MATERIALIZED (
			SELECT a.company_id, a.role_id, r.kind, t.id AS practice_id, a.capacity, a.region_id, ` + s.until + `
			FROM (SELECT a.* FROM ` + held + ` a WHERE company_id IS NOT NULL AND (@company::bigint = 0 OR company_id = @company) OFFSET 0) a ` + mapRole + ` -- few, so they come first
			WHERE ` + s.hat + ` AND ` + s.role + ` LIMIT 500
		), ` + mapDuties(`SELECT DISTINCT role_id FROM hat`) + `
		SELECT 0 AS place, 0::bigint AS person_id, c.id AS company_id, c.name, c.kind AS detail, 0::bigint AS group_team, c.name AS group_name, false AS lead,
		       h.role_id, h.kind, ` + roleCalled + ` AS role_name, h.practice_id, h.capacity, 0::bigint AS team_id, '' AS team, COALESCE(e.name, '') AS region, h.until,
		       COALESCE(d.a, 0) AS a, COALESCE(d.r, 0) AS r, 0 AS up, 0 AS total, 0 AS teams, 0 AS companies, 0 AS in_teams, 0 AS in_companies, 0 AS all_hats, 0 AS all_practices, 0 AS all_through, 0 AS acting,
		       NULL::date AS acting_until
		FROM hat h JOIN company c ON c.id = h.company_id JOIN role r ON r.id = h.role_id LEFT JOIN region e ON e.id = h.region_id
		LEFT JOIN duty d ON d.role_id = h.role_id
		ORDER BY lower(c.name), c.id, h.kind, lower(r.name)`, pgx.StrictNamedArgs{"company": f.CompanyID}
}

// fillMap turns lines into rows: people first, then the companies that hold hats themselves, on the last page.
func fillMap(m *itsm.HatMap, size int, lines, parties []mapLine) {
	for _, l := range lines {
		m.More = l.Total > itsm.MapMost
		m.Total = min(l.Total, itsm.MapMost)
		m.InTeams, m.InCompanies = l.InTeams, l.InCompanies
		m.Teams, m.Companies, m.Hats, m.On, m.Through, m.Acting, m.ActingUntil = l.Teams, l.Companies, l.AllHats, l.AllPractices, l.AllThrough, l.Acting, l.ActingUntil
		m.Page = (l.Place-1)/size + 1
	}
	if m.Page*size >= m.Total {
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
