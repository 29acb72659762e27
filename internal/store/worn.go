package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// wornRow is an itsm.WornHat as one row.
type wornRow struct {
	AssignmentID, RoleID             int64
	Kind                             itsm.RoleKind
	RoleName                         string
	PracticeID, ProcessID, ServiceID int64
	ScopeName                        string
	HolderID                         int64
	Holder                           string
	TeamID                           int64
	Team                             string
	CompanyID, RegionID              int64
	Region, Service                  string
	Capacity                         itsm.Capacity
	State                            itsm.State
	Acceptance                       itsm.Acceptance
	Announced                        bool
	Since                            time.Time
	itsm.End
	RecordedOn time.Time
	RecordedBy string
	StandsIn   bool
}

func (r wornRow) hat() itsm.WornHat {
	return itsm.WornHat{
		AssignmentID: r.AssignmentID, Role: itsm.RoleRef{ID: r.RoleID, Kind: r.Kind, Name: r.RoleName},
		PracticeID: r.PracticeID, ProcessID: r.ProcessID, ServiceID: r.ServiceID, ScopeName: r.ScopeName, HolderID: r.HolderID, Holder: r.Holder,
		TeamID: r.TeamID, Team: r.Team, CompanyID: r.CompanyID, RegionID: r.RegionID, Region: r.Region, Service: r.Service, Capacity: r.Capacity, State: r.State,
		Acceptance: r.Acceptance, Announced: r.Announced, Since: r.Since, End: r.End,
		RecordedOn: r.RecordedOn, RecordedBy: r.RecordedBy, StandsIn: r.StandsIn,
	}
}

// wornColumns reads a wornRow from wornFrom as a; the periods are narrowed by membership where @person is in a team. What few
// hats have is looked up where they have it, and where a page is cut off, for that page alone: joined, the planner reads
// the services once for each hat.
const (
	wornColumns = `
	a.id AS assignment_id, a.role_id, a.role_kind AS kind, ` + roleCalled + ` AS role_name, COALESCE(r.practice_id, rp.practice_id, 0) AS practice_id,
	COALESCE(r.process_id, 0) AS process_id, COALESCE(r.service_id, 0) AS service_id, COALESCE(rp.name, rs.name, rc.name, o.name) AS scope_name,
	COALESCE(a.person_id, 0) AS holder_id, COALESCE(p.name, t.name, f.name) AS holder, COALESCE(a.team_id, 0) AS team_id, COALESCE(t.name, '') AS team,
	COALESCE(a.company_id, 0) AS company_id, COALESCE(a.region_id, 0) AS region_id, COALESCE(CASE WHEN a.region_id IS NOT NULL THEN (SELECT g.name FROM region g WHERE g.id = a.region_id) END, '') AS region,
	COALESCE(CASE WHEN a.service_id IS NOT NULL THEN (SELECT s.name FROM service s WHERE s.id = a.service_id) END, '') AS service, a.capacity, a.state, a.acceptance, a.announced,
	a.recorded_on, COALESCE(CASE WHEN a.recorded_by IS NOT NULL THEN (SELECT rb.name FROM person rb WHERE rb.id = a.recorded_by) END, '') AS recorded_by,
	` + standsIn + ` AS stands_in`
	wornFrom = `
	assignment a
	JOIN role r ON r.id = a.role_id
	CROSS JOIN organisation o
	LEFT JOIN process rp ON rp.id = r.process_id
	LEFT JOIN practice rc ON rc.id = r.practice_id
	LEFT JOIN service rs ON rs.id = r.service_id
	LEFT JOIN person p ON p.id = a.person_id
	LEFT JOIN team t ON t.id = a.team_id
	LEFT JOIN company f ON f.id = a.company_id`
	wornOrder = `array_position(ARRAY['owner', 'manager', 'practitioner'], a.role_kind), scope_name, r.name, lower(a.during), a.id`
)

func collectWorn(into *[]itsm.WornHat) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[wornRow])
		for _, r := range found {
			*into = append(*into, r.hat())
		}
		return err
	}
}

// wornHats queues the hats worn on a day by those whom a fixed condition on a (assignment) names, as far as a reader knows of
// it (itsm.Actor.Knows), and how many times one is worn. Page 0 is all of them, else they come by itsm.HatsPage.
func wornHats(b *pgx.Batch, into *[]itsm.WornHat, times *int, day, known time.Time, who string, args pgx.StrictNamedArgs, page int) {
	put(b, `
		SELECT `+wornColumns+`, lower(a.during) AS since, `+endColumns+`, count(*) OVER () AS times
		FROM `+wornFrom+` WHERE a.state = 'appointed' AND `+wornKnown+` AND (`+who+`) ORDER BY `+wornOrder+`
		LIMIT CASE WHEN @page > 0 THEN @most::int END OFFSET GREATEST(@page::int - 1, 0) * @most::int`,
		with(pgx.StrictNamedArgs{"day": day, "known": known, "page": page, "most": itsm.HatsPage}, args)).Query(func(rows pgx.Rows) error {
		type counted struct {
			wornRow
			Times int
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[counted])
		for _, r := range found {
			*into, *times = append(*into, r.hat()), r.Times
		}
		return err
	})
}

// asKnown ends hats when their reader knows them to end.
func asKnown(by itsm.Actor, hats []itsm.WornHat, own bool) {
	for i, h := range hats {
		hats[i].End = h.Known(own || by.Can(itsm.ReadPlans, h.Scope()), by.Today)
	}
}

// PersonPage is a person with everything the page shows.
type PersonPage struct {
	Person      itsm.Person
	LeavingTold bool           // the last day is announced
	Hats        []itsm.WornHat // own and through teams, whatever their day and state but withdrawn
	Memberships []itsm.Membership
	Managers    []itsm.ReportingLine // the primary one first
	Reports     []itsm.ReportingLine // at most 200 who are here
	ReportCount int
	Leads       []itsm.TeamRef
	Absences    []itsm.Absence // not over yet
	Above       []int64        // everybody in the lines upwards: their line managers
	Timeline    []itsm.Assignment
	Gaps        []itsm.Gap // around the person's own hats
	Around      itsm.Around
	Basis       Basis // but its snapshot
}

// PersonPage is one person on a day. For who may read the directory; anybody for themselves. NotFound where there is
// none.
func (s *Store) PersonPage(ctx context.Context, by itsm.Actor, id int64, day time.Time) (p PersonPage, err error) {
	if !by.Can(itsm.ReadDirectory, itsm.Scope{}) && by.PersonID != id {
		return p, itsm.NotFound{What: "person"}
	}
	b, past := &pgx.Batch{}, day.Before(by.Today)
	only := pgx.StrictNamedArgs{"id": id}
	dated := pgx.StrictNamedArgs{"id": id, "day": day}
	here := pgx.StrictNamedArgs{"id": id, "known": by.Knows(day, itsm.Scope{})}
	var memberships []membershipRow
	var managers, reports []lineRow
	var letters []lettersRow
	one(b, &p.Person, "person", `SELECT `+personColumns+` FROM `+personFrom+` WHERE p.id = @id`, only)
	value(b, &p.LeavingTold, "person", `SELECT `+leavingTold+` FROM person p WHERE p.id = @id`, only)
	put(b, `
		SELECT `+wornColumns+`, GREATEST(lower(a.during), lower(m.during)) AS since, LEAST(upper(a.during), upper(m.during)) AS until,
		       a.announced_during IS NOT NULL OR COALESCE(upper(m.during) = l.leaves, false) AS unannounced,
		       LEAST(upper(COALESCE(a.announced_during, a.during)), NULLIF(upper(m.during), l.leaves)) AS until_announced
		FROM `+wornFrom+` LEFT JOIN membership m ON m.team_id = a.team_id AND m.person_id = @id AND m.during && a.during
		CROSS JOIN (SELECT `+leavesQuietly(`@id`)+` AS leaves) l
		WHERE (a.person_id = @id OR m.id IS NOT NULL) AND a.state <> 'withdrawn'
		  AND (a.person_id = @id OR a.team_id = ANY(ARRAY(SELECT team_id FROM membership WHERE person_id = @id))) -- says no more, but to the indexes
		ORDER BY `+wornOrder, dated).Query(collectWorn(&p.Hats))
	queueLetters(b, &letters, dated)
	all(b, &memberships, membershipRows(past)+` WHERE m.person_id = @id ORDER BY upper(m.during) DESC NULLS FIRST, lower(t.name)`, withThen(past, day, only))
	all(b, &managers, `
		SELECT p.id, p.name, `+personDetail+` AS detail, l.is_primary AS primary_line, COALESCE(upper(p.employed) <= @known::date, false) AS gone
		FROM reporting_line l JOIN person p ON p.id = l.manager_id WHERE l.person_id = @id ORDER BY l.is_primary DESC, lower(p.sort_name)`, here)
	all(b, &reports, `
		SELECT p.id, p.name, `+personDetail+` AS detail, l.is_primary AS primary_line, false AS gone
		FROM reporting_line l JOIN person p ON p.id = l.person_id
		WHERE l.manager_id = @id AND (upper_inf(p.employed) OR upper(p.employed) > @known::date) ORDER BY lower(p.sort_name) LIMIT 200`, here)
	value(b, &p.ReportCount, "person", `
		SELECT count(*) FROM reporting_line l JOIN person p ON p.id = l.person_id
		WHERE l.manager_id = @id AND (upper_inf(p.employed) OR upper(p.employed) > @known::date)`, here)
	all(b, &p.Leads, `SELECT t.id, t.name FROM team t WHERE `+namedOn(past, `team`, `t`, `lead_id`)+` = @id AND `+inUseOn(past, `t`)+` ORDER BY lower(t.name)`, withThen(past, day, only))
	absences(b, &p.Absences, dated)
	list(b, &p.Above, `
		WITH RECURSIVE up AS (
			SELECT manager_id FROM reporting_line WHERE person_id = @id
			UNION SELECT l.manager_id FROM reporting_line l JOIN up ON l.person_id = up.manager_id
		) SELECT manager_id FROM up`, only)
	timeline(b, &p.Timeline, by, `a.person_id = @id`, id, itsm.TimelineMost)
	var gaps personGaps
	gaps.queue(b, by, id, day)
	s.around(b, &p.Around, by, "person", id, `a.person_id = @id OR a.team_id = ANY(ARRAY(SELECT team_id FROM membership WHERE person_id = @id))`)
	if err := s.ask(ctx, b); err != nil {
		return p, err
	}
	own := by.PersonID == id || slices.Contains(p.Above, by.PersonID)
	for _, m := range memberships {
		p.Memberships = append(p.Memberships, m.membership(own || by.Can(itsm.ReadPlans, itsm.Scope{}), by.Today))
	}
	asKnown(by, p.Hats, own)
	p.Basis = p.basis(p.Timeline)
	p.Timeline = shown(by, p.Timeline)
	if by.Foresees(day, itsm.Scope{}) {
		p.Gaps = gaps.gaps(by, day)
	}
	p.Managers, p.Reports = lines(managers), lines(reports)
	addLetters(p.Hats, letters)
	return p, nil
}

func absences(b *pgx.Batch, into *[]itsm.Absence, args pgx.StrictNamedArgs) {
	put(b, `SELECT id, lower(during), upper(during) FROM absence WHERE person_id = @id AND upper(during) > @day::date ORDER BY lower(during)`, args).
		Query(func(rows pgx.Rows) (err error) {
			*into, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (a itsm.Absence, err error) {
				err = row.Scan(&a.ID, &a.From, &a.To)
				return a, err
			})
			return err
		})
}

type lineRow struct {
	ID           int64
	Name, Detail string
	PrimaryLine  bool
	Gone         bool
}

func lines(rows []lineRow) []itsm.ReportingLine {
	out := make([]itsm.ReportingLine, len(rows))
	for i, r := range rows {
		out[i] = itsm.ReportingLine{Person: itsm.PersonRef{ID: r.ID, Name: r.Name, Detail: r.Detail}, Primary: r.PrimaryLine, Left: r.Gone}
	}
	return out
}

// lettersOf are the letters of every role that person @id wears on @day, in the versions in force; and of an Owner the
// activities without an A, in the processes it answers for.
const lettersOf = `
	WITH worn_role AS (
		SELECT DISTINCT a.role_id FROM assignment a
		WHERE a.state = 'appointed' AND a.during @> @day::date
		  AND (a.person_id = @id OR a.team_id = ANY(ARRAY(SELECT m.team_id FROM membership m WHERE m.person_id = @id AND m.during @> @day::date)))
	), used AS (
		SELECT v.process_id, v.id AS version_id, c.role_id
		FROM worn_role w JOIN raci_column c ON c.role_id = w.role_id JOIN process_version v ON v.id = c.version_id
		WHERE v.id = (SELECT id FROM version_on(v.process_id, @day::date))
	)
	SELECT c.role_id, u.process_id, n.name AS process_name, c.activity_id, s.name, c.letters, c.note, false AS inherited, s.position
	FROM used u
	JOIN process n ON n.id = u.process_id AND n.archived_at IS NULL
	JOIN raci_cell c ON c.version_id = u.version_id AND c.role_id = u.role_id
	JOIN step s ON s.version_id = c.version_id AND s.activity_id = c.activity_id
	UNION ALL
	SELECT r.id, n.id, n.name, s.activity_id, s.name, 'A', '', true, s.position
	FROM worn_role w
	JOIN role r ON r.id = w.role_id AND r.kind = 'owner'
	JOIN process n ON n.archived_at IS NULL AND (n.id = r.process_id OR n.practice_id = r.practice_id AND NOT EXISTS (
		SELECT FROM role own WHERE own.process_id = n.id AND own.kind = 'owner' AND own.archived_at IS NULL))
	JOIN step s ON s.version_id = (SELECT id FROM version_on(n.id, @day::date))
	WHERE NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE 'A%')
	ORDER BY process_name, process_id, role_id, position, inherited`

type lettersRow struct {
	RoleID, ProcessID int64
	ProcessName       string
	ActivityID        int64
	Name              string
	Letters, Note     string
	Inherited         bool
	Position          int
}

func queueLetters(b *pgx.Batch, into *[]lettersRow, args pgx.StrictNamedArgs) {
	many(b, into, lettersOf, args, func(r *lettersRow) []any {
		return []any{&r.RoleID, &r.ProcessID, &r.ProcessName, &r.ActivityID, &r.Name, &r.Letters, &r.Note, &r.Inherited, &r.Position}
	})
}

// addLetters hangs the letters on the hats they belong to.
func addLetters(hats []itsm.WornHat, rows []lettersRow) {
	byRole := map[int64][]itsm.RoleLetters{}
	for _, r := range rows {
		groups := byRole[r.RoleID]
		if len(groups) == 0 || groups[len(groups)-1].ProcessID != r.ProcessID {
			groups = append(groups, itsm.RoleLetters{RoleID: r.RoleID, ProcessID: r.ProcessID, ProcessName: r.ProcessName})
		}
		last := &groups[len(groups)-1]
		last.Activities = append(last.Activities, itsm.ActivityLetters{ActivityID: r.ActivityID, Name: r.Name, Letters: r.Letters, Note: r.Note, Inherited: r.Inherited})
		byRole[r.RoleID] = groups
	}
	for i := range hats {
		hats[i].Letters = byRole[hats[i].Role.ID]
	}
}
