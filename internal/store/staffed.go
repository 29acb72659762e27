package store

// staffedHats are the tables of a WITH that end in staffed: of each practice how many hats are filled, covered and vacant
// on @day, as far as a reader knows who reads plans until @known; those of services and of the organisation come under no
// practice. The rule is itsm.Staffed, and stands here alone.
//
// Owners and Managers sit on chairs, a Manager's one per region where they are worn by region; of other hats their cover says
// whether anybody wears them, which is kept for those who know of everything until the day.
const staffedHats = `
	hat AS MATERIALIZED (
		SELECT r.id, COALESCE(r.practice_id, p.practice_id) AS practice_id, r.kind, r.wanted_min, r.kind = 'owner' OR r.kind = 'manager' AND NOT r.per_case AS chair
		FROM role r LEFT JOIN process p ON p.id = r.process_id LEFT JOIN service s ON s.id = r.service_id
		WHERE r.archived_at IS NULL AND r.kind <> 'whoever' AND p.archived_at IS NULL AND s.archived_at IS NULL
	), seat AS MATERIALIZED ( -- where a chair is held, or only acted for: who holds it for one service fills it for no other
		SELECT a.role_id, a.region_id, h.practice_id, h.kind,
		       bool_or(a.capacity = 'acting') AND NOT bool_or(a.capacity = 'holder' AND a.service_id IS NULL)
		       AND NOT COALESCE(array_agg(a.service_id) FILTER (WHERE a.capacity = 'acting') <@ array_agg(a.service_id) FILTER (WHERE a.capacity = 'holder'), false) AS acts
		FROM assignment a JOIN hat h ON h.id = a.role_id AND h.chair
		WHERE a.role_kind IN ('owner', 'manager') AND a.capacity <> 'deputy' AND ` + countedKnown + `
		GROUP BY 1, 2, 3, 4
	), regional AS MATERIALIZED (
		SELECT practice_id, array_agg(region_id ORDER BY region_id) AS regions FROM seat WHERE kind = 'manager' GROUP BY practice_id, role_id HAVING bool_and(region_id IS NOT NULL)
	), above AS MATERIALIZED (
		WITH RECURSIVE up AS (SELECT id, id AS above FROM region UNION SELECT up.id, r.parent_id FROM up JOIN region r ON r.id = up.above WHERE r.parent_id IS NOT NULL) SELECT * FROM up
	), bare AS MATERIALIZED ( -- of each set of regions, in how many nobody is: the topmost without anybody in them, above them or below them
		SELECT g.regions, count(*)::int AS n FROM (SELECT DISTINCT regions FROM regional) g CROSS JOIN region r
		WHERE NOT EXISTS (SELECT FROM above u WHERE u.id = r.id AND u.above = ANY(g.regions))
		  AND NOT EXISTS (SELECT FROM above u WHERE u.above = r.id AND u.id = ANY(g.regions))
		  AND (r.parent_id IS NULL OR EXISTS (SELECT FROM above u WHERE u.above = r.parent_id AND u.id = ANY(g.regions)))
		GROUP BY 1
	), chair AS ( -- each place once
		SELECT h.practice_id, s.role_id IS NULL AS empty, COALESCE(s.acts, false) AS acts
		FROM hat h LEFT JOIN seat s ON s.role_id = h.id WHERE h.chair
	), shy AS MATERIALIZED ( -- hats with appointments or ends that the reader does not know of
		SELECT a.role_id FROM assignment a WHERE NOT a.announced AND a.state = 'appointed' AND lower(a.during) > @known::date AND lower(a.during) <= @day::date
		UNION
		SELECT a.role_id FROM assignment a WHERE a.announced_during IS NOT NULL AND a.state = 'appointed' AND upper(a.during) > @known::date AND upper(a.during) <= @day::date
	), worn AS MATERIALIZED (
		SELECT c.role_id FROM role_cover c WHERE c.held @> @day::date AND NOT EXISTS (SELECT FROM shy WHERE shy.role_id = c.role_id)
		UNION ALL SELECT m.role_id FROM role_cover_made(ARRAY(SELECT role_id FROM shy), @known::date) m WHERE EXISTS (SELECT FROM shy) AND m.held @> @day::date
	), acting AS MATERIALIZED (
		SELECT DISTINCT a.role_id FROM assignment a WHERE a.capacity = 'acting' AND ` + countedKnown + `
	), crew AS MATERIALIZED ( -- the other hats
		SELECT h.id, h.practice_id, h.wanted_min, w.role_id IS NOT NULL AS held,
		       h.id IN (SELECT role_id FROM acting) AND NOT EXISTS (SELECT FROM assignment a WHERE a.role_id = h.id AND a.capacity = 'holder' AND ` + countedKnown + `) AS acts
		FROM hat h LEFT JOIN worn w ON w.role_id = h.id WHERE NOT h.chair
	), place (practice_id, filled, covered, vacant) AS (
		SELECT practice_id, count(*) FILTER (WHERE NOT empty AND NOT acts), count(*) FILTER (WHERE acts), count(*) FILTER (WHERE empty) FROM chair GROUP BY 1
		UNION ALL
		SELECT g.practice_id, 0, 0, b.n FROM regional g JOIN bare b ON b.regions = g.regions
		UNION ALL
		SELECT practice_id, count(*) FILTER (WHERE held AND NOT acts), count(*) FILTER (WHERE held AND acts), 0 FROM crew GROUP BY 1
		UNION ALL
		SELECT c.practice_id, 0, 0, count(*)
		FROM (SELECT * FROM crew WHERE NOT held OFFSET 0) c LEFT JOIN LATERAL ( -- few: each by its own letters, since all of them are many
			SELECT true AS used FROM raci_cell l JOIN process_version v ON v.id = l.version_id JOIN process p ON p.id = v.process_id AND p.archived_at IS NULL
			WHERE l.role_id = c.id AND v.id = (SELECT id FROM version_on(v.process_id, @day::date)) LIMIT 1) u ON true
		WHERE c.wanted_min > 0 OR u.used
		GROUP BY 1
	), staffed AS (
		SELECT practice_id, sum(filled)::int AS filled, sum(covered)::int AS covered, sum(vacant)::int AS vacant FROM place GROUP BY 1
	)`
