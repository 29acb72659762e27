package store

import (
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// absentOnDay says whether the holder of an assignment a is away. It asks person by person: of an EXISTS the planner may make a
// list of everybody who is away, for the sake of two holders.
const absentOnDay = `(SELECT true FROM absence b WHERE b.person_id = a.person_id AND b.during @> @day::date LIMIT 1) IS TRUE`

// holdingColumns reads an itsm.Holding from holdingFrom as a; @day is the day it is read for.
const holdingColumns = `
	a.id AS assignment_id, a.role_id, a.role_kind, COALESCE(a.person_id, 0) AS person_id, COALESCE(a.team_id, 0) AS team_id,
	COALESCE(a.company_id, 0) AS company_id, COALESCE(p.name, t.name, c.name) AS name, COALESCE(e.name, '') AS employer,
	COALESCE(w.id, 0) AS answers_id, COALESCE(w.name, '') AS answers,
	CASE WHEN a.team_id IS NULL THEN 0 ELSE (SELECT count(*) FROM membership m WHERE m.team_id = a.team_id AND m.during @> @day::date) END AS members,
	COALESCE(a.region_id, 0) AS region_id, COALESCE(g.name, '') AS region, COALESCE(a.service_id, 0) AS service_id, COALESCE(s.name, '') AS service,
	a.capacity, a.state, a.acceptance, a.announced, lower(a.during) AS since, upper(a.during) AS until,
	a.recorded_on, COALESCE(rb.name, '') AS recorded_by,
	` + absentOnDay + ` AS absent,
	a.capacity = 'deputy' AND EXISTS (
		SELECT FROM assignment h JOIN absence b ON b.person_id = h.person_id AND b.during @> @day::date
		WHERE h.role_id = a.role_id AND h.capacity = 'holder' AND h.state = 'appointed' AND h.during @> @day::date
		  AND h.region_id IS NOT DISTINCT FROM a.region_id) AS stands_in`

// holdingTargets is where a row of holdingColumns goes, by place.
func holdingTargets(h *itsm.Holding) []any {
	return []any{
		&h.AssignmentID, &h.RoleID, &h.RoleKind, &h.PersonID, &h.TeamID, &h.CompanyID, &h.Name, &h.Employer, &h.AnswersID, &h.Answers, &h.Members,
		&h.RegionID, &h.Region, &h.ServiceID, &h.Service, &h.Capacity, &h.State, &h.Acceptance, &h.Announced, &h.Since, &h.Until,
		&h.RecordedOn, &h.RecordedBy, &h.Absent, &h.StandsIn,
	}
}

// holdingFrom joins what holdingColumns names. w is the living person who answers: the holder, a team's lead, a
// company's contact on our side, if employed on the day.
const holdingFrom = holdingJoins + `@day::date`

// holdingJoins is holdingFrom up to the day on which who answers must be employed.
const holdingJoins = `
	assignment a
	LEFT JOIN person p ON p.id = a.person_id
	LEFT JOIN team t ON t.id = a.team_id
	LEFT JOIN company c ON c.id = a.company_id
	LEFT JOIN company e ON e.id = p.company_id
	LEFT JOIN region g ON g.id = a.region_id
	LEFT JOIN service s ON s.id = a.service_id
	LEFT JOIN person rb ON rb.id = a.recorded_by
	LEFT JOIN person w ON w.id = COALESCE(a.person_id, t.lead_id, c.our_contact_id) AND w.employed @> `

// counted is what counts on @day: appointed, in time and, where the organisation wants it, accepted.
const counted = `a.state = 'appointed' AND a.during @> @day::date
	AND (a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))`

// announced leaves out assignment a where it begins later than the reader knows; @known comes from itsm.Actor.Knows.
const announced = `(a.announced OR lower(a.during) <= @known::date)`

// announcedOn is announced for what is worn on a day; where the reader knows of everything until then it says nothing, and
// the indexes alone answer what is left.
func announcedOn(day, known time.Time) string {
	if day.After(known) {
		return announced
	}
	return `true`
}

// holders queues who holds which of a set of roles on a day; roles is a query that yields their ids.
func holders(b *pgx.Batch, into *[]itsm.Holding, day time.Time, roles string, args pgx.StrictNamedArgs) {
	holdersFor(b, into, day, day, roles, args)
}

// holdersFor is holders for a reader who may be told less of days ahead: who answers is whoever is here on the day known
// (itsm.Actor.Knows), since a day on which somebody leaves is a plan. What is not announced is for visible to leave out.
// The roles stand in an array, so that their ids go to the index: among this many joins the planner would look for them last.
func holdersFor(b *pgx.Batch, into *[]itsm.Holding, day, known time.Time, roles string, args pgx.StrictNamedArgs) {
	with := pgx.StrictNamedArgs{"day": day, "known": known}
	for k, v := range args {
		with[k] = v
	}
	many(b, into, `
		SELECT `+holdingColumns+` FROM `+holdingJoins+`@known::date
		WHERE `+counted+` AND a.role_id = ANY(ARRAY(`+roles+`))
		ORDER BY a.role_id, g.name NULLS FIRST, a.capacity DESC, COALESCE(p.sort_name, t.name, c.name), a.id`, with, holdingTargets)
}
