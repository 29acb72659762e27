package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// scopeLine is one holder of one role of one scope; of a role that nobody wears it stands alone.
type scopeLine struct {
	Place                  int
	PracticeID             int64
	Practice, State        string
	ProcessID              int64
	Process                string
	RoleID                 int64
	Kind                   itsm.RoleKind
	RoleName               string
	PerCase                bool
	Wanted, People         int
	AssignmentID, PersonID int64
	Name, Employer         string
	RegionID               int64
	Region                 string
	ServiceID              int64
	Service                string
	Capacity               itsm.Capacity
	Acceptance             itsm.Acceptance
	Since                  *time.Time
	Until                  *time.Time
	Absent                 bool
	Total                  int
}

// ScopeMap is who wears which hat on a day, by practice, in one round trip; practitioners are counted where asked for.
// Externals see their practices alone.
func (s *Store) ScopeMap(ctx context.Context, by itsm.Actor, f itsm.MapFilter, crews bool, day time.Time) (*itsm.ScopeMap, error) {
	f.Kind = "" // here kinds are columns
	size := f.Scopes()
	if f.Size != 0 {
		by.Epoch = 0 // too large to be kept
	}
	scope := newMapScope(by, f, day)
	m := &itsm.ScopeMap{Page: max(f.Page, 1)}
	var lines []scopeLine
	var chairs []chairRow
	var q question
	q.about(f)
	queueMap(&q, &lines, by, scope, scope.scopes(crews), pgx.StrictNamedArgs{
		"text": f.Text, "vacant": f.Vacant, "page": size, "skip": min((m.Page-1)*size, 100_000), "crew_most": itsm.CrewMost,
	})
	queueChairs(&q, &chairs, by, scope)
	queueMapPractices(&q, by, day, &m.Practices)
	allOf(&q, &m.Regions, regionNames, nil)
	kept, err := recall(ctx, s, by, &q, func() *itsm.ScopeMap {
		m.Chairs = itsm.OpenChairs(chairsNamed(chairsOf(chairs), m.Practices, f.Text), regionRefs(m.Regions), f.RegionID)
		fillScopes(m, lines, size)
		return m
	})
	if err != nil {
		return nil, err
	}
	own := *kept
	return &own, nil
}

// chairsNamed leaves the chairs of practices with a text in their names.
func chairsNamed(chairs []itsm.ChairSeats, practices []itsm.MapPractice, text string) []itsm.ChairSeats {
	if text == "" {
		return chairs
	}
	found := map[int64]bool{}
	for _, p := range practices {
		found[p.ID] = strings.Contains(strings.ToLower(p.Name), strings.ToLower(text))
	}
	return slices.DeleteFunc(chairs, func(c itsm.ChairSeats) bool { return !found[c.PracticeID] })
}

// queueMapPractices asks for the practices to choose from: of a day before today those in use then.
func queueMapPractices(q *question, by itsm.Actor, day time.Time, into *[]itsm.MapPractice) {
	past := day.Before(by.Today)
	allOf(q, into, `
		SELECT t.id, t.name, t.state, archived_day(t.archived_at) AS archived_on, COALESCE((SELECT name FROM practice WHERE id = t.merged_into_id AND (@all OR id = ANY(@sees::bigint[]))), '') AS became
		FROM practice t WHERE `+inUseOn(past, `t`)+` AND (@all OR t.id = ANY(@sees::bigint[])) ORDER BY lower(t.name) LIMIT 1000`, withThen(past, day, seeing(by, pgx.StrictNamedArgs{})))
}

// scopes is the read of a page of practices. A chair is worst without anybody (an Owner's before a Manager's), then where
// a region has nobody in it, above it or below it, then where somebody only acts.
func (s mapScope) scopes(crews bool) string {
	counts := `CROSS JOIN (SELECT 0 AS people) n`
	if crews {
		counts = `LEFT JOIN LATERAL (
			SELECT LEAST(COALESCE(sum(CASE WHEN w.team_id IS NULL THEN 1 ELSE (SELECT count(*) FROM membership m WHERE m.team_id = w.team_id AND ` + s.member + `) END), 0), @crew_most)::int AS people
			FROM (SELECT DISTINCT a.person_id, a.team_id, a.company_id -- once, in however many places
			      FROM (SELECT a.person_id, a.team_id, a.company_id FROM assignment a WHERE r.kind = 'practitioner' AND a.role_id = r.id AND ` + s.crew + ` LIMIT 4 * @crew_most) a) w
		) n ON true`
	}
	return `
		WITH RECURSIVE above AS (
			SELECT id, id AS up FROM region UNION ALL SELECT above.id, r.parent_id FROM above JOIN region r ON r.id = above.up WHERE r.parent_id IS NOT NULL
		), open_chair AS MATERIALIZED (` + s.openChairs() + `), place AS MATERIALIZED (
			-- Few sets of regions are held by many chairs: each is looked at once.
			SELECT p.places, EXISTS (SELECT FROM region g WHERE NOT EXISTS (
				SELECT FROM above w WHERE w.id = g.id AND w.up = ANY(p.places) OR w.up = g.id AND w.id = ANY(p.places))) AS hole
			FROM (SELECT DISTINCT places FROM open_chair WHERE places <> '{}' AND 0 <> ALL(places)) p
		), ranked AS (
			SELECT c.practice_id, min(CASE
				WHEN c.places = '{}' AND c.kind = 'owner' THEN 0
				WHEN c.places = '{}' THEN 1
				WHEN p.hole THEN 2
				WHEN true = ANY(c.acts) THEN 3
				ELSE 4 END) AS rank
			FROM open_chair c LEFT JOIN place p ON p.places = c.places GROUP BY c.practice_id
		), listed AS (
			SELECT t.id, t.name, t.state, row_number() OVER (ORDER BY COALESCE(k.rank, 4), (t.state <> 'in use'), lower(t.name), t.id) AS place
			FROM practice t LEFT JOIN ranked k ON k.practice_id = t.id
			WHERE ` + s.inUse(`t`) + ` AND (t.state <> 'retired' OR k.rank < 4) AND (@all OR t.id = ANY(@sees::bigint[])) ` + s.practice + `
			  AND (@text = '' OR strpos(lower(t.name), lower(@text)) > 0) AND (NOT @vacant OR k.rank < 4)
		), amount AS MATERIALIZED (
			SELECT count(*) AS total, LEAST(@skip, (GREATEST(count(*), 1) - 1) / @page * @page) AS skip FROM listed
		), paged AS MATERIALIZED (
			SELECT listed.*, amount.total FROM listed, amount WHERE place > amount.skip AND place <= amount.skip + @page
		), hat AS MATERIALIZED (
			SELECT p.place, t.id AS practice_id, r.id AS role_id, NULL::bigint AS process_id, NULL::int AS position, ''::text AS process
			FROM paged p JOIN practice t ON t.id = p.id JOIN role r ON r.practice_id = t.id AND ` + s.role + `
			UNION ALL
			SELECT p.place, t.id, r.id, q.id, q.position, q.name
			FROM paged p JOIN practice t ON t.id = p.id JOIN process q ON q.practice_id = t.id AND ` + s.inUse(`q`) + ` JOIN role r ON r.process_id = q.id AND ` + s.role + `
		)
		SELECT t.place, t.id AS practice_id, t.name AS practice, t.state, COALESCE(h.process_id, 0) AS process_id, COALESCE(h.process, '') AS process,
		       COALESCE(r.id, 0) AS role_id, COALESCE(r.kind, '') AS kind, COALESCE(` + roleCalled + `, '') AS role_name, COALESCE(r.per_case, false) AS per_case,
		       COALESCE(r.wanted_min, 0) AS wanted, COALESCE(n.people, 0) AS people, COALESCE(a.id, 0) AS assignment_id, COALESCE(a.person_id, 0) AS person_id,
		       COALESCE(a.name, '') AS name, COALESCE(a.employer, '') AS employer, COALESCE(a.region_id, 0) AS region_id, COALESCE(g.name, '') AS region,
		       COALESCE(a.service_id, 0) AS service_id, COALESCE(sv.name, '') AS service,
		       COALESCE(a.capacity, '') AS capacity, COALESCE(a.acceptance, '') AS acceptance, a.since, a.until, COALESCE(a.absent, false) AS absent, t.total
		FROM paged t
		LEFT JOIN hat h ON h.practice_id = t.id
		LEFT JOIN role r ON r.id = h.role_id AND r.kind <> 'whoever'
		LEFT JOIN LATERAL (
			SELECT a.id, a.person_id, p.name, COALESCE(e.name, '') AS employer, a.region_id, a.service_id, a.capacity, a.acceptance, lower(a.during) AS since, ` + s.until + `,
			       ` + absentOnDay + ` AS absent
			FROM assignment a JOIN person p ON p.id = a.person_id LEFT JOIN company e ON e.id = p.company_id
			WHERE r.kind IN ('owner', 'manager') AND a.role_id = r.id AND a.role_kind IN ('owner', 'manager') AND ` + s.hat + ` LIMIT 100
		) a ON true
		LEFT JOIN region g ON g.id = a.region_id LEFT JOIN service sv ON sv.id = a.service_id
		` + counts + `
		ORDER BY t.place, h.position NULLS FIRST, h.process_id NULLS FIRST, array_position(ARRAY['owner', 'manager', 'practitioner'], r.kind), lower(r.name), r.id,
		         g.name NULLS FIRST, a.capacity DESC, a.id`
}

func fillScopes(m *itsm.ScopeMap, lines []scopeLine, size int) {
	for _, l := range lines {
		m.Total, m.Page = l.Total, (l.Place-1)/size+1
		last := len(m.Scopes) - 1
		if last < 0 || m.Scopes[last].PracticeID != l.PracticeID || m.Scopes[last].ProcessID != l.ProcessID {
			m.Scopes = append(m.Scopes, itsm.MapScope{PracticeID: l.PracticeID, Practice: l.Practice, State: l.State, ProcessID: l.ProcessID, Process: l.Process})
			last++
		}
		m.Scopes[last] = l.into(m.Scopes[last])
	}
}

// into adds a line to its scope.
func (l scopeLine) into(s itsm.MapScope) itsm.MapScope {
	role := itsm.RoleRef{ID: l.RoleID, Kind: l.Kind, Name: l.RoleName}
	switch {
	case l.RoleID == 0:
	case l.Kind == itsm.Practitioner:
		s.Crews = append(s.Crews, itsm.Crew{Role: role, People: l.People, Wanted: l.Wanted, PerCase: l.PerCase})
	default:
		last := len(s.Chairs) - 1
		if last < 0 || s.Chairs[last].Role.ID != role.ID {
			s.Chairs = append(s.Chairs, itsm.HeldRole{Role: role, PerCase: l.PerCase})
			last++
		}
		if l.AssignmentID != 0 {
			s.Chairs[last].Holdings = append(s.Chairs[last].Holdings, itsm.Holding{
				AssignmentID: l.AssignmentID, RoleID: l.RoleID, RoleKind: l.Kind, PersonID: l.PersonID, Name: l.Name, Employer: l.Employer,
				AnswersID: l.PersonID, Answers: l.Name, RegionID: l.RegionID, Region: l.Region, ServiceID: l.ServiceID, Service: l.Service, Capacity: l.Capacity, Acceptance: l.Acceptance,
				Since: *l.Since, End: itsm.End{Until: l.Until}, Absent: l.Absent,
				StandsIn: l.Capacity == itsm.Deputy}) // no other deputy is read
		}
	}
	return s
}
