package store

import (
	"context"
	"iter"
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// gapRow is a gap of the organisation as the list reads it.
type gapRow struct {
	Code, Severity                                                string
	PracticeID, ProcessID, ActivityID, RoleID, RegionID, PersonID int64
	TeamID, CompanyID, ServiceID, PolicyID, AssignmentID          int64
	HomePractice, HomeProcess, HomeService                        int64 // of the role, where it is one's gap
	N, Total                                                      int
	Role                                                          string
	RoleKind                                                      itsm.RoleKind
	Process, Practice, Place, Activity, Region, For, Holder       string
	Employer                                                      string
	Wanted                                                        int
	Since, Until                                                  *time.Time
	Last                                                          string
	LastEnded                                                     *time.Time
	LastLeft, ActsNext                                            bool
	AskedNames                                                    []string
	AskedOn                                                       []time.Time
	AskedAnswers                                                  []string
	Candidates                                                    []string
	ActionID, ActionPersonID                                      int64
	ActionWho                                                     string
	DueOn                                                         *time.Time
	AcceptedID                                                    int64
	AcceptedBy, AcceptedReason                                    string
	AcceptedLast                                                  *time.Time
	Recorded                                                      *time.Time
}

// gapsThere are the organisation's gaps on @day. Of holders who have not accepted, and of hats that end, there is one row per
// role with their number as n; of the roles that singly yields, or of all where it is NULL, one each.
func gapsThere(singly string) string {
	return `
	SELECT * FROM gaps_on(@day::date, @today::date, @plans::bool, ` + singly + `)
	UNION ALL
	SELECT 'no-policy', 'grey', u.practice_id, u.process_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
	FROM ungoverned(@day::date, @today::date) u JOIN practice i ON i.id = u.practice_id AND i.state = 'in use'
	UNION ALL
	SELECT 'absent-uncovered', 'amber', practice_id, process_id, NULL, role_id, region_id, person_id, NULL, NULL, service_id, NULL, assignment_id, NULL
	FROM uncovered(@day::date, @today::date, @plans::bool)`
}

// quietEnds are the hats that end soon without an announcement where a reader plans who does not read plans everywhere.
var quietEnds = `
	SELECT 'ends-soon', 'amber', COALESCE(r.practice_id, p.practice_id), r.process_id, NULL, r.id, a.region_id, NULL, NULL, NULL, r.service_id, NULL, a.id, NULL
	FROM assignment a JOIN role r ON r.id = a.role_id LEFT JOIN process p ON p.id = r.process_id
	WHERE NOT @plans::bool AND a.announced_during IS NOT NULL AND a.state = 'appointed' AND a.capacity = 'holder' AND a.during @> @day::date
	  AND upper(a.during) > @today::date AND upper(a.during) <= @day::date + 60 AND r.archived_at IS NULL
	  AND upper(a.announced_during) <= @day::date + 60 IS NOT TRUE -- that end everybody sees
	  AND ` + plannedIn(`COALESCE(r.practice_id, p.practice_id)`, `r.process_id`, `r.service_id`) + `
	  AND NOT EXISTS (SELECT FROM assignment x WHERE x.role_id = a.role_id AND x.region_id IS NOT DISTINCT FROM a.region_id AND (x.service_id IS NULL OR x.service_id = a.service_id) AND x.state = 'appointed' AND x.capacity = 'holder'
	                  AND lower(x.during) > @day::date AND lower(x.during) <= upper(a.during))`

// gapAbout is what a gap f of gapsThere is about.
const gapAbout = `gap_about(
	CASE WHEN f.role_id IS NULL AND f.process_id IS NULL THEN f.practice_id END,
	CASE WHEN f.role_id IS NULL OR f.code = 'role-retired' THEN f.process_id END, f.activity_id, f.role_id, f.region_id,
	CASE WHEN f.code = 'accountable-outside' THEN f.person_id END, f.team_id, f.company_id, f.service_id, f.policy_id,
	CASE WHEN f.code IN ('objected', 'not-accepted', 'ends-soon', 'absent-uncovered') THEN f.assignment_id END)`

// gapsOn are the organisation's gaps on @day that a reader may see, each with its plan and its acceptance, and for how many it
// stands: which is a query on those that are there.
func gapsOn(there, which string) string {
	return `
	WITH there AS MATERIALIZED (` + there + `)
	SELECT g.*, CASE WHEN g.assignment_id IS NULL AND g.code IN ('not-accepted', 'ends-soon') THEN g.n ELSE 1 END AS weight, k.id AS action_id, y.id AS accepted_id
	FROM (SELECT f.*, CASE WHEN f.code = ANY(ARRAY( -- what nobody answered needs no name
	          SELECT code FROM action WHERE done_on IS NULL OR done_on > @day::date UNION SELECT code FROM accepted_gap WHERE during @> @day::date)) THEN ` + gapAbout + ` END AS about
	      FROM (` + which + ` UNION ALL ` + quietEnds + `) f) g
	LEFT JOIN action k ON k.code = g.code AND gap_about(k.practice_id, k.process_id, k.activity_id, k.role_id, k.region_id, k.about_id, k.team_id, k.company_id, k.service_id, k.policy_id, k.assignment_id) = g.about
	     AND k.planned_on <= @day::date AND (k.done_on IS NULL OR k.done_on > @day::date)
	LEFT JOIN accepted_gap y ON y.code = g.code AND gap_about(y.practice_id, y.process_id, y.activity_id, y.role_id, y.region_id, y.person_id, y.team_id, y.company_id, y.service_id, y.policy_id, y.assignment_id) = g.about
	     AND y.during @> @day::date
	WHERE (@all::bool OR g.practice_id = ANY(@sees::bigint[]))
	  AND (g.code <> 'objected' OR @plans OR g.person_id = @me OR ` + plannedIn(`g.practice_id`, `g.process_id`, `g.service_id`) + `)`
}

// gapWanted narrows gapsOn.
var gapWanted = `
	(@severity = '' OR severity = @severity) AND (@code = '' OR code = @code)
	AND (@practice = 0 OR practice_id = @practice OR policy_id = ANY(ARRAY( -- what governs it, whoever owns that
	     SELECT t.policy_id FROM ` + attachedTo + ` WHERE tp.id = @practice AND t.during @> @day::date AND lower(t.during) <= @today::date)))
	AND (@region = 0 OR region_id = ANY(` + regionsAsked + `))
	AND (@team = 0 OR team_id = @team OR person_id IN (` + membersOnDay + `)
	     OR CASE WHEN assignment_id IS NULL THEN role_id IN (SELECT w.role_id FROM ` + wornByTeam + ` w) ELSE assignment_id IN (SELECT w.id FROM ` + wornByTeam + ` w) END)
	AND (@state = 'accepted') = (accepted_id IS NOT NULL) AND (@state <> 'planned' OR action_id IS NOT NULL) AND (@state <> 'unplanned' OR action_id IS NULL)
	AND (NOT @mine::bool OR @office::bool OR ` + plannedIn(`practice_id`, `process_id`, `service_id`) + `)`

// gapNamed reads gapRows out of rows g with the columns of gapsOn.
var gapNamed = `
	SELECT g.code, g.severity, COALESCE(g.practice_id, 0) AS practice_id, COALESCE(g.process_id, 0) AS process_id, COALESCE(g.activity_id, 0) AS activity_id,
	       COALESCE(g.role_id, 0) AS role_id, COALESCE(g.region_id, 0) AS region_id, COALESCE(g.person_id, 0) AS person_id, COALESCE(g.team_id, 0) AS team_id,
	       COALESCE(g.company_id, 0) AS company_id, COALESCE(g.service_id, 0) AS service_id, COALESCE(g.policy_id, 0) AS policy_id, COALESCE(g.assignment_id, 0) AS assignment_id,
	       COALESCE(r.practice_id, (SELECT practice_id FROM process WHERE id = r.process_id), 0) AS home_practice, COALESCE(r.process_id, 0) AS home_process,
	       COALESCE(r.service_id, 0) AS home_service,
	       COALESCE(gap_number(g.code, g.role_id, g.region_id, @day::date, CASE WHEN NOT @plans::bool THEN @today::date END), g.n, 0) AS n, g.total::int, COALESCE(` + roleCalled + `, '') AS role, COALESCE(r.kind, (SELECT o.kind FROM policy x JOIN role o ON o.id = x.owner_role_id WHERE x.id = g.policy_id), '') AS role_kind, COALESCE(p.name, '') AS process, COALESCE(t.name, '') AS practice,
	       COALESCE((SELECT title FROM policy_version WHERE policy_id = g.policy_id ORDER BY number DESC LIMIT 1), p.name, t.name, v.name, (SELECT name FROM organisation)) AS place,
	       COALESCE((SELECT name FROM step WHERE activity_id = g.activity_id ORDER BY version_id DESC LIMIT 1), '') AS activity,
	       COALESCE(e.name, '') AS region, COALESCE((SELECT name FROM service WHERE id = a.service_id), '') AS "for", COALESCE(h.name, ht.name, hc.name, '') AS holder, COALESCE(hf.name, '') AS employer,
	       COALESCE(CASE WHEN g.code = 'too-many' THEN r.wanted_max ELSE r.wanted_min END, 0) AS wanted,
	       CASE g.code WHEN 'not-accepted' THEN asked_on(a) ELSE lower(a.during) END AS since,
	       CASE WHEN g.code IN ('review-overdue', 'policy-overdue') THEN COALESCE((SELECT review_due FROM policy WHERE id = g.policy_id), r.review_due, p.review_due) ELSE upper(a.during) END AS until,
	       COALESCE(z.name, '') AS last, z.ended AS last_ended, COALESCE(z.went, false) AS last_left,
	       g.code = 'ends-soon' AND EXISTS (
	         SELECT FROM assignment x WHERE x.role_id = a.role_id AND x.region_id IS NOT DISTINCT FROM a.region_id AND (x.service_id IS NULL OR x.service_id = a.service_id) AND x.state = 'appointed'
	           AND x.capacity = 'acting' AND lower(x.during) > @day::date AND lower(x.during) <= upper(a.during) AND (@plans::bool OR x.announced OR lower(x.during) <= @today::date)) AS acts_next,
	       w.names AS asked_names, w.days AS asked_on, w.answers AS asked_answers,
	       CASE WHEN g.code IN ('owner-vacant', 'role-vacant') AND @day::date = @today::date
	                 AND (@plans::bool OR ` + plannedIn(`g.practice_id`, `g.process_id`, `g.service_id`) + `)
	            THEN ARRAY(SELECT COALESCE(p.name, t.name, c.name) FROM assignment a ` + candidateNames + ` WHERE a.role_id = g.role_id AND ` + candidate + ` ORDER BY a.id) END AS candidates,
	       COALESCE(k.id, 0) AS action_id, COALESCE(k.person_id, 0) AS action_person_id, COALESCE(kp.name, '') AS action_who, k.due_on,
	       COALESCE(y.id, 0) AS accepted_id, COALESCE(yp.name, 'The operator') AS accepted_by, COALESCE(y.reason, '') AS accepted_reason, upper(y.during) - 1 AS accepted_last,
	       CASE WHEN @day::date < @today::date THEN (
	         SELECT max(on_day) FROM (
	           SELECT ` + recordedOn(`x.kind`, `x.id`) + ` AS on_day FROM (VALUES ('practice', g.practice_id), ('process', g.process_id), ('activity', g.activity_id), ('role', g.role_id),
	             ('service', g.service_id), ('policy', g.policy_id)) AS x (kind, id) WHERE x.id IS NOT NULL) d
	         WHERE on_day > @day::date) END AS recorded
	FROM g
	LEFT JOIN role r ON r.id = g.role_id
	LEFT JOIN process p ON p.id = g.process_id
	LEFT JOIN practice t ON t.id = g.practice_id
	LEFT JOIN service v ON v.id = g.service_id
	LEFT JOIN region e ON e.id = g.region_id
	LEFT JOIN assignment a ON a.id = g.assignment_id
	LEFT JOIN person h ON h.id = COALESCE(g.person_id, a.person_id)
	LEFT JOIN team ht ON ht.id = COALESCE(g.team_id, a.team_id)
	LEFT JOIN company hc ON hc.id = COALESCE(g.company_id, a.company_id)
	LEFT JOIN company hf ON hf.id = h.company_id
	LEFT JOIN action k ON k.id = g.action_id
	LEFT JOIN person kp ON kp.id = k.person_id
	LEFT JOIN accepted_gap y ON y.id = g.accepted_id
	LEFT JOIN person yp ON yp.id = y.accepted_by
	LEFT JOIN LATERAL ( -- who wore a vacant hat last
		SELECT COALESCE(lp.name, lt.name, lc.name) AS name, upper(l.during) AS ended, COALESCE(upper(lp.employed) <= upper(l.during), false) AS went
		FROM assignment l LEFT JOIN person lp ON lp.id = l.person_id LEFT JOIN team lt ON lt.id = l.team_id LEFT JOIN company lc ON lc.id = l.company_id
		WHERE g.code IN ('owner-vacant', 'role-vacant') AND l.role_id = g.role_id AND l.state = 'appointed' AND l.capacity = 'holder' AND upper(l.during) <= @day::date
		ORDER BY upper(l.during) DESC LIMIT 1
	) z ON true
	LEFT JOIN LATERAL ( -- who was asked to, where hats count only once they are accepted
		SELECT array_agg(COALESCE(wp.name, wt.name, wc.name) ORDER BY asked_on(w), w.id) AS names, array_agg(asked_on(w) ORDER BY asked_on(w), w.id) AS days,
		       array_agg(w.acceptance ORDER BY asked_on(w), w.id) AS answers
		FROM assignment w LEFT JOIN person wp ON wp.id = w.person_id LEFT JOIN team wt ON wt.id = w.team_id LEFT JOIN company wc ON wc.id = w.company_id
		WHERE (SELECT count_accepted FROM organisation) AND g.code IN ('owner-vacant', 'role-vacant') AND w.role_id = g.role_id AND w.role_kind <> 'practitioner'
		  AND w.acceptance <> 'accepted' AND w.state = 'appointed' AND w.during @> @day::date AND (@plans::bool OR w.announced OR lower(w.during) <= @today::date)
	) w ON true`

func (r gapRow) line() itsm.GapLine {
	l := itsm.GapLine{
		Gap: itsm.Gap{Code: r.Code, Severity: itsm.Severity(r.Severity), PracticeID: r.PracticeID, ProcessID: r.ProcessID, Process: r.Process, ActivityID: r.ActivityID, RoleID: r.RoleID, RoleKind: r.RoleKind,
			RegionID: r.RegionID, PersonID: r.PersonID, TeamID: r.TeamID, CompanyID: r.CompanyID, AssignmentID: r.AssignmentID, ServiceID: r.ServiceID, PolicyID: r.PolicyID},
		Role: r.Role, Place: r.Place, Practice: r.Practice, Activity: r.Activity, Region: r.Region, For: r.For, Holder: r.Holder, Employer: r.Employer,
		N: r.N, Wanted: r.Wanted, Since: r.Since, Until: r.Until, Last: r.Last, LastEnded: r.LastEnded, LastLeft: r.LastLeft, ActsNext: r.ActsNext,
		Recorded: r.Recorded,
	}
	if r.RoleID != 0 && r.Code != "role-retired" {
		l.Home = &itsm.Scope{PracticeID: r.HomePractice, ProcessID: r.HomeProcess, ServiceID: r.HomeService}
	}
	for _, name := range r.Candidates {
		l.Proposed = append(l.Proposed, itsm.ProposedHolder{RoleID: r.RoleID, Name: name})
	}
	for i, name := range r.AskedNames {
		l.Asked = append(l.Asked, itsm.Holding{RoleID: r.RoleID, Name: name, AskedOn: r.AskedOn[i], Acceptance: itsm.Acceptance(r.AskedAnswers[i])})
	}
	about := l.Key().About
	if r.ActionID != 0 {
		l.Plan = &itsm.GapPlan{Code: r.Code, About: about, ActionID: r.ActionID, PersonID: r.ActionPersonID, Who: r.ActionWho, DueOn: *r.DueOn}
	}
	if r.AcceptedID != 0 {
		l.Accepted = &itsm.GapAcceptance{ID: r.AcceptedID, Code: r.Code, About: about, Reason: r.AcceptedReason, AcceptedBy: r.AcceptedBy, LastDay: *r.AcceptedLast}
	}
	l.Describe()
	return l
}

// GapList is the organisation's gaps by kind, worst first, with what their filter offers.
type GapList struct {
	Kinds     []itsm.GapKind
	Practices []itsm.PracticeLine
	Regions   []itsm.Region
	Teams     []itsm.TeamRef // for who may read the directory
}

// gapArgs are what gapsOn asks of a reader and a day.
func gapArgs(by itsm.Actor, day time.Time) pgx.StrictNamedArgs {
	args := seeing(by, with(planArgs(by), pgx.StrictNamedArgs{"day": day, "today": by.Today, "me": by.PersonID}))
	if by.Wears(itsm.SMO) { // all of the office ask the same
		args["me"], args["plan_practices"], args["plan_processes"], args["plan_services"] = int64(0), []int64{}, []int64{}, []int64{}
	}
	return args
}

// gapFilter are what gapWanted asks.
func gapFilter(by itsm.Actor, f itsm.GapFilter) pgx.StrictNamedArgs {
	return pgx.StrictNamedArgs{
		"office": by.Wears(itsm.SMO), "severity": string(f.Severity), "code": f.Code, "practice": f.PracticeID, "region": f.RegionID, "team": f.TeamID, "state": string(f.State), "mine": f.Mine,
	}
}

// GapRows are the gaps that a filter finds on a day, as far as the reader may see, worst first, one by one.
func (s *Store) GapRows(ctx context.Context, by itsm.Actor, day time.Time, f itsm.GapFilter) iter.Seq2[itsm.GapLine, error] {
	rows := stream[gapRow](ctx, s, `
		WITH found AS MATERIALIZED (`+gapsFor(f, true)+`), g AS (SELECT *, 0 AS total FROM found WHERE `+gapWanted+`)
		`+gapNamed+`
		ORDER BY array_position(ARRAY['red', 'amber', 'grey'], g.severity), array_position(@kinds::text[], g.code),
		         g.practice_id NULLS FIRST, g.process_id, g.role_id, g.region_id, g.assignment_id, g.activity_id, g.service_id, g.policy_id`,
		with(with(gapArgs(by, day), gapFilter(by, f)), pgx.StrictNamedArgs{"kinds": itsm.GapKinds()}))
	return func(yield func(itsm.GapLine, error) bool) {
		for r, err := range rows {
			if err != nil {
				yield(itsm.GapLine{}, err)
				return
			}
			if !yield(r.line(), nil) {
				return
			}
		}
	}
}

// Gaps are what is missing in the organisation on a day, as far as the reader may see: of each kind how many and the
// first few, or of the chosen kind a page.
func (s *Store) Gaps(ctx context.Context, by itsm.Actor, day time.Time, f itsm.GapFilter) (out GapList, err error) {
	first, last := 1, itsm.GapsShown
	if f.Code != "" {
		first = max(f.Page-1, 0)*itsm.GapsPage + 1
		last = first + itsm.GapsPage - 1
	}
	args := with(with(gapArgs(by, day), gapFilter(by, f)), pgx.StrictNamedArgs{"first": first, "last": last})
	args["kinds"] = itsm.GapKinds()
	var rows []gapRow
	var q question
	allOf(&q, &rows, `
		WITH found AS MATERIALIZED (`+gapsFor(f, false)+`), placed AS MATERIALIZED (
			SELECT f.*, sum(weight) OVER (PARTITION BY code, severity) AS total, sum(weight) OVER (
			           PARTITION BY code, severity ORDER BY practice_id NULLS FIRST, process_id, role_id, region_id, assignment_id, activity_id, service_id, policy_id, team_id, company_id, person_id
			           ROWS UNBOUNDED PRECEDING) AS place_in
			FROM found f WHERE `+gapWanted+`
		), g AS (
			SELECT * FROM placed WHERE place_in BETWEEN @first AND @last AND NOT (assignment_id IS NULL AND code IN ('not-accepted', 'ends-soon'))
			UNION ALL -- the holders behind a number
			SELECT p.code, p.severity, p.practice_id, p.process_id, p.activity_id, p.role_id, s.region_id, s.person_id, s.team_id, s.company_id, p.service_id, p.policy_id, s.assignment_id,
			       p.n, p.about, 1, p.action_id, p.accepted_id, p.total, p.place_in - p.weight + s.i
			FROM placed p CROSS JOIN LATERAL (
				SELECT x.*, row_number() OVER (ORDER BY x.region_id, x.assignment_id) AS i FROM gap_singles(p.code, p.role_id, @day::date, @today::date, @plans::bool) x) s
			WHERE p.assignment_id IS NULL AND p.code IN ('not-accepted', 'ends-soon') AND p.place_in >= @first AND p.place_in - p.weight < @last
			  AND p.place_in - p.weight + s.i BETWEEN @first AND @last)
		`+gapNamed+`
		ORDER BY array_position(ARRAY['red', 'amber', 'grey'], g.severity), array_position(@kinds::text[], g.code), g.place_in`,
		args)
	allOf(&q, &out.Practices, practiceNames, seeing(by, pgx.StrictNamedArgs{}))
	allOf(&q, &out.Regions, regionNames, nil)
	if by.Can(itsm.ReadDirectory, itsm.Scope{}) {
		allOf(&q, &out.Teams, teamChoices, pgx.StrictNamedArgs{"most": choicesMost, "team": f.TeamID})
	}
	return recall(ctx, s, by, &q, func() GapList {
		out.sort(rows)
		return out
	})
}

// sort puts gaps, in order, to their kinds.
func (out *GapList) sort(rows []gapRow) {
	for _, r := range rows {
		k := len(out.Kinds) - 1
		if k < 0 || out.Kinds[k].Code != r.Code || out.Kinds[k].Severity != itsm.Severity(r.Severity) {
			out.Kinds = append(out.Kinds, itsm.GapKind{Code: r.Code, Severity: itsm.Severity(r.Severity), Total: r.Total})
			k++
		}
		out.Kinds[k].Lines = append(out.Kinds[k].Lines, r.line())
	}
}
