package store

import (
	"time"

	"github.com/jackc/pgx/v5"

	"hatrack/internal/itsm"
)

// absentOnDay says whether the holder of an assignment a is away. It asks person by person: of an EXISTS the planner may make a
// list of everybody who is away, for the sake of two holders.
const absentOnDay = `(SELECT true FROM absence b WHERE b.person_id = a.person_id AND b.during @> @day::date LIMIT 1) IS TRUE`

// holdingColumns reads an itsm.Holding from holdingFrom as a; @day is the day it is read for. What few holdings have is
// looked up for these alone.
var holdingColumns = holdingColumnsOf(`m.during @> @day::date`)

// holdingColumnsOf is holdingColumns with the condition on which membership m counts.
func holdingColumnsOf(member string) string {
	return `
	a.id AS assignment_id, a.role_id, a.role_kind, COALESCE(a.person_id, 0) AS person_id, COALESCE(a.team_id, 0) AS team_id,
	COALESCE(a.company_id, 0) AS company_id, COALESCE(p.name, o.name) AS name,
	CASE WHEN p.company_id IS NULL THEN '' ELSE (SELECT e.name FROM company e WHERE e.id = p.company_id) END AS employer,
	COALESCE(w.id, 0) AS answers_id, COALESCE(w.name, '') AS answers,
	CASE WHEN a.team_id IS NULL THEN 0 ELSE (SELECT count(*) FROM membership m WHERE m.team_id = a.team_id AND ` + member + `) END AS members,
	COALESCE(a.region_id, 0) AS region_id, COALESCE(g.name, '') AS region, COALESCE(a.service_id, 0) AS service_id,
	CASE WHEN a.service_id IS NULL THEN '' ELSE (SELECT s.name FROM service s WHERE s.id = a.service_id) END AS service,
	a.capacity, a.state, a.acceptance, a.announced, lower(a.during) AS since, ` + endColumns + `,
	a.recorded_on, CASE WHEN a.recorded_by IS NULL THEN '' ELSE (SELECT rb.name FROM person rb WHERE rb.id = a.recorded_by) END AS recorded_by,
	asked_on(a) AS asked_on,
	` + absentOnDay + ` AS absent,
	CASE WHEN a.capacity <> 'deputy' THEN false ELSE EXISTS (
		SELECT FROM assignment h JOIN absence b ON b.person_id = h.person_id AND b.during @> @day::date
		WHERE h.role_id = a.role_id AND h.capacity = 'holder' AND h.state = 'appointed' AND h.during @> @day::date
		  AND h.region_id IS NOT DISTINCT FROM a.region_id) END AS stands_in`
}

// holdingTargets is where a row of holdingColumns goes, by place. Words go in as plain strings: for each type of them pgx would
// go by reflection, which cost a fortieth of the server's part of a matrix.
func holdingTargets(h *itsm.Holding) []any {
	return []any{
		&h.AssignmentID, &h.RoleID, (*string)(&h.RoleKind), &h.PersonID, &h.TeamID, &h.CompanyID, &h.Name, &h.Employer, &h.AnswersID, &h.Answers, &h.Members,
		&h.RegionID, &h.Region, &h.ServiceID, &h.Service, (*string)(&h.Capacity), (*string)(&h.State), (*string)(&h.Acceptance), &h.Announced, &h.Since, &h.Until, &h.Unannounced, &h.UntilAnnounced,
		&h.RecordedOn, &h.RecordedBy, &h.AskedOn, &h.Absent, &h.StandsIn,
	}
}

// holdingFrom joins what holdingColumns names.
var holdingFrom = holdingFromOn(`@day::date`)

// holdingFromOn is holdingFrom where who answers must be employed on another day than the holding is read for. w is the living
// person who answers: the holder, who is not looked up twice; or who does so for the holder o, a team's lead or a company's
// contact on our side. theirs is the company's own contact.
func holdingFromOn(day string) string {
	return `
	assignment a
	LEFT JOIN person p ON p.id = a.person_id
	LEFT JOIN region g ON g.id = a.region_id
	LEFT JOIN LATERAL (
		SELECT t.name, t.lead_id AS who, NULL::bigint AS theirs FROM team t WHERE t.id = a.team_id AND a.team_id IS NOT NULL
		UNION ALL
		SELECT c.name, c.our_contact_id, c.their_contact_id FROM company c WHERE c.id = a.company_id AND a.company_id IS NOT NULL) o ON true
	LEFT JOIN person l ON l.id = o.who AND l.employed @> ` + day + `
	CROSS JOIN LATERAL (
		SELECT CASE WHEN a.person_id IS NULL THEN l.id WHEN p.employed @> ` + day + ` THEN p.id END AS id,
		       CASE WHEN a.person_id IS NULL THEN l.name WHEN p.employed @> ` + day + ` THEN p.name END AS name) w`
}

// endColumns reads an itsm.End of an assignment a.
const endColumns = `upper(a.during) AS until, a.announced_during IS NOT NULL AS unannounced, upper(a.announced_during) AS until_announced`

// What counts of an assignment a on @day: appointed, in time and, where the organisation wants it, accepted.
const (
	counted = `a.state = 'appointed' AND a.during @> @day::date AND ` + agreed
	agreed  = `(a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))`
)

// The same as far as a reader knows of it; @known comes from itsm.Actor.Knows. What begins or ends after it is told only
// once it is announced.
const (
	countedKnown = `a.state = 'appointed' AND ` + wornKnown + ` AND ` + agreed
	wornKnown    = wornTold + ` AND ` + begunKnown
	wornTold     = `(a.during @> @day::date OR ` + stillTold + ` AND upper(a.during) > @known::date)`
	begunKnown   = `(a.announced OR lower(a.during) <= @known::date)`
	stillTold    = `a.announced_during @> @day::date`
)

// stillAnnounced are the days of assignment a that others go on being told of, where a condition keeps its new end from them.
func stillAnnounced(quiet string) string {
	return `CASE WHEN ` + quiet + ` THEN COALESCE(a.announced_during, a.during) END`
}

// wornKnownOn is wornKnown; where the reader knows of everything until the day it asks for no more than the days, and the
// indexes alone answer it.
func wornKnownOn(day, known time.Time) string { return ahead("a", day, known, wornKnown) }

// ahead is a condition for days ahead of what a reader knows; the days of a table alone until then.
func ahead(table string, day, known time.Time, condition string) string {
	if day.After(known) {
		return condition
	}
	return table + `.during @> @day::date`
}

// holders queues who holds which of a set of roles on a day; roles is a query that yields their ids.
func holders(b *pgx.Batch, into *[]itsm.Holding, day time.Time, roles string, args pgx.StrictNamedArgs) {
	holdersFor(b, into, day, day, roles, args)
}

// holdersFor is holders for a reader who may be told less of days ahead: who answers is whoever is here on the day known
// (itsm.Actor.Knows), since a day on which somebody leaves is a plan. What begins without an announcement, and what has ended
// by the day without one, are read both: visible leaves out what the reader may not know, or knows better.
// The roles stand in an array, so that their ids go to the index: among this many joins the planner would look for them last.
func holdersFor(b *pgx.Batch, into *[]itsm.Holding, day, known time.Time, roles string, args pgx.StrictNamedArgs) {
	with := pgx.StrictNamedArgs{"day": day, "known": known}
	for k, v := range args {
		with[k] = v
	}
	many(b, into, `
		SELECT `+holdingColumnsOf(memberKnownOn(day, known))+` FROM `+holdingFromOn(`@known::date`)+`
		WHERE a.state = 'appointed' AND `+ahead("a", day, known, wornTold)+` AND `+agreed+` AND a.role_id = ANY(ARRAY(`+roles+`))
		ORDER BY a.role_id, g.name NULLS FIRST, a.capacity DESC, COALESCE(p.sort_name, o.name), a.id`, with, holdingTargets)
}
