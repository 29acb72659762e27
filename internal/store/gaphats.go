package store

import "hatrack/internal/itsm"

// Of holders who have not accepted and of hats that end soon, gapsThere has a number per role; at the largest scale there are
// more of them than of all else. Where a list speaks of single ones, only those that it means are read.

// answeredSingly are the roles with a hat that was planned or accepted for itself: of these each is read, or the answer would
// stand nowhere.
const answeredSingly = `ARRAY(
	SELECT COALESCE(x.role_id, (SELECT role_id FROM assignment WHERE id = x.assignment_id)) FROM (
		SELECT role_id, assignment_id FROM accepted_gap WHERE code IN ('not-accepted', 'ends-soon') AND during @> @day::date
		UNION SELECT role_id, assignment_id FROM action WHERE code IN ('not-accepted', 'ends-soon') AND planned_on <= @day::date AND (done_on IS NULL OR done_on > @day::date)) x
	WHERE num_nonnulls(x.role_id, x.assignment_id) > 0)`

// everyOne is for what has them all, one by one.
const everyOne = `NULL::bigint[]`

// knownOnDay says that a reader knows of assignment a, which begins by the day.
const knownOnDay = `a.state = 'appointed' AND a.during @> @day::date AND (@plans::bool OR a.announced OR lower(a.during) <= @today::date)`

// gapHats are the hats that the numbers of gapsThere stand for, of some assignments a.
func gapHats(assignments, which string) string {
	return `
	SELECT 'not-accepted' AS code, 'grey' AS severity, a.id AS assignment_id, a.role_id, a.region_id, a.person_id, a.team_id, a.company_id FROM ` + assignments + `
	WHERE ` + which + ` AND a.acceptance = 'told' AND ` + knownOnDay + ` AND @day::date - asked_on(a) > 14 AND (a.role_kind = 'practitioner' OR NOT (SELECT count_accepted FROM organisation))
	UNION ALL
	SELECT 'ends-soon', 'amber', a.id, a.role_id, a.region_id, NULL, NULL, NULL FROM ` + assignments + `
	WHERE ` + which + ` AND a.capacity = 'holder' AND ` + knownOnDay + ` AND NOT upper_inf(a.during) AND upper(a.during) > @day::date AND upper(a.during) <= @day::date + 60
	  AND upper(days_told(a.during, a.announced_during, CASE WHEN NOT @plans::bool THEN @today::date END)) <= @day::date + 60 AND ` + agreed + `
	  AND NOT EXISTS (SELECT FROM assignment x WHERE x.role_id = a.role_id AND x.region_id IS NOT DISTINCT FROM a.region_id AND (x.service_id IS NULL OR x.service_id = a.service_id) AND x.state = 'appointed' AND x.capacity = 'holder'
	                  AND lower(x.during) > @day::date AND lower(x.during) <= upper(a.during))`
}

// The regions that @region stands for, and the hats that the members of @team wear, in person or through it.
const (
	regionsAsked = `ARRAY(WITH RECURSIVE b AS (SELECT @region::bigint AS id UNION SELECT r.id FROM region r JOIN b ON r.parent_id = b.id) SELECT id FROM b)`
	membersOnDay = `SELECT m.person_id FROM membership m WHERE m.team_id = @team AND m.during @> @day::date`
	wornByTeam   = `(
		SELECT a.id, a.role_id FROM assignment a WHERE a.team_id = @team AND ` + knownOnDay + `
		UNION SELECT a.id, a.role_id FROM (` + membersOnDay + `) m CROSS JOIN LATERAL (SELECT * FROM assignment a WHERE a.person_id = m.person_id AND ` + knownOnDay + ` OFFSET 0) a)`
)

// gapsAmong are gapsThere with some of the hats that a number stands for in its place.
func gapsAmong(hats string) string {
	return `
	SELECT f.* FROM there f WHERE NOT (f.assignment_id IS NULL AND f.code IN ('not-accepted', 'ends-soon'))
	UNION ALL
	SELECT h.code, h.severity, COALESCE(r.practice_id, p.practice_id), r.process_id, NULL, h.role_id, h.region_id, h.person_id, h.team_id, h.company_id, r.service_id, NULL, h.assignment_id, NULL
	FROM (` + hats + `) h JOIN role r ON r.id = h.role_id LEFT JOIN process p ON p.id = r.process_id
	-- Looked up in a hash: as a join it would be read through for each hat.
	WHERE ((h.code, h.role_id) IN (SELECT f.code, f.role_id FROM there f WHERE f.assignment_id IS NULL)) IS TRUE`
}

var (
	gapsOfAll    = gapsOn(gapsThere(answeredSingly), `SELECT * FROM there`)
	gapsSingly   = gapsOn(gapsThere(everyOne), `SELECT * FROM there`)
	gapsOfRegion = gapsOn(gapsThere(answeredSingly), gapsAmong(gapHats(`assignment a`, `a.region_id = ANY(`+regionsAsked+`)`)))
	gapsOfTeam   = gapsOn(gapsThere(answeredSingly), gapsAmong(gapHats(`assignment a JOIN `+wornByTeam+` w ON w.id = a.id`, `true`)))
)

// gapsFor are those that a filter looks through; singly, where it shows each hat.
func gapsFor(f itsm.GapFilter, singly bool) string {
	switch {
	case f.TeamID != 0:
		return gapsOfTeam
	case f.RegionID != 0:
		return gapsOfRegion
	case singly:
		return gapsSingly
	}
	return gapsOfAll
}
