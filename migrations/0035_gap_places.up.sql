-- A policy that is not in force yet is not overdue for review. Who comes after, or holds a hat that somebody acts for, does so
-- for the same service or for all of them. A deputy stands in for whoever acts, too, as on these days they sit in the chair.
-- Who holds a hat in two places is one holder.
CREATE OR REPLACE FUNCTION gaps_on(day date, today date, plans boolean, singly bigint[]) RETURNS TABLE(code text, severity text, practice_id bigint, process_id bigint, activity_id bigint, role_id bigint, region_id bigint, person_id bigint, team_id bigint, company_id bigint, service_id bigint, policy_id bigint, assignment_id bigint, n integer)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET enable_nestloop TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
#variable_conflict use_column
BEGIN
RETURN QUERY
WITH live AS MATERIALIZED ( -- processes in use, with the version in force (version_on); planned practices have next steps
  SELECT DISTINCT ON (p.id) p.id, p.practice_id, v.id AS version_id
  FROM process p JOIN practice t ON t.id = p.practice_id
  LEFT JOIN process_version v ON v.process_id = p.id AND (v.state IN ('draft', 'submitted') OR (v.in_force_from <= day AND (v.withdrawn_on IS NULL OR day < v.withdrawn_on)))
  WHERE p.archived_at IS NULL AND t.archived_at IS NULL AND t.state = 'in use'
  ORDER BY p.id, v.state IN ('draft', 'submitted'), v.number DESC
), shy AS MATERIALIZED ( -- roles with appointments or ends that the reader does not know of
  SELECT DISTINCT a.role_id FROM assignment a WHERE NOT plans AND NOT a.announced AND a.state = 'appointed' AND lower(a.during) > today AND lower(a.during) <= day
  UNION
  SELECT a.role_id FROM assignment a WHERE NOT plans AND a.announced_during IS NOT NULL AND a.state = 'appointed' AND upper(a.during) > today
), made AS MATERIALIZED (
  SELECT * FROM role_cover_made(ARRAY(SELECT role_id FROM shy), today) WHERE EXISTS (SELECT FROM shy)
), cover AS ( -- by whom each role is held on the day
  SELECT role_id, held @> day AS held, single @> day AS single, few @> day AS few, many @> day AS many,
         width_bucket(day, told_from) - width_bucket(day, told_to) AS told, width_bucket(day, ends_from) - width_bucket(day, ends_to) AS ends
  FROM (SELECT * FROM role_cover c WHERE NOT EXISTS (SELECT FROM shy WHERE shy.role_id = c.role_id) UNION ALL SELECT * FROM made) c
), hat AS MATERIALIZED ( -- every role that counts, with where it lies
  SELECT r.id, r.kind, r.per_case, r.wanted_min, r.wanted_max, r.archived_at IS NOT NULL AS archived, r.review_due,
         COALESCE(r.practice_id, p.practice_id) AS practice_id, r.process_id, r.service_id, r.practice_id IS NOT NULL AS of_practice,
         num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0 AS of_organisation,
         CASE WHEN r.service_id IS NOT NULL THEN s.archived_at IS NULL WHEN r.process_id IS NOT NULL THEN p.archived_at IS NULL AND q.archived_at IS NULL AND q.state = 'in use'
              WHEN r.practice_id IS NOT NULL THEN t.archived_at IS NULL AND t.state = 'in use' ELSE true END AS live,
         COALESCE(k.held, false) AS held, COALESCE(k.single, false) AS single, COALESCE(k.few, false) AS few, COALESCE(k.many, false) AS many, COALESCE(k.told, 0) AS told, COALESCE(k.ends, 0) AS ends
  FROM role r LEFT JOIN cover k ON k.role_id = r.id
  LEFT JOIN process p ON p.id = r.process_id LEFT JOIN practice q ON q.id = p.practice_id
  LEFT JOIN practice t ON t.id = r.practice_id LEFT JOIN service s ON s.id = r.service_id
), owner_of AS MATERIALIZED ( -- who answers where no A is: the process's own Owner, or its practice's
  SELECT l.id AS process_id, COALESCE(own.id, above.id) AS role_id
  FROM live l LEFT JOIN role own ON own.process_id = l.id AND own.kind = 'owner' AND own.archived_at IS NULL
  LEFT JOIN role above ON above.practice_id = l.practice_id AND above.kind = 'owner' AND above.archived_at IS NULL
  WHERE own.id IS NOT NULL OR above.id IS NOT NULL
), used AS MATERIALIZED ( -- roles as columns
  SELECT l.id AS process_id, l.version_id, c.role_id, (h.process_id = l.id OR h.of_practice AND h.practice_id = l.practice_id) IS NOT TRUE AS invited,
         o.role_id IS NOT DISTINCT FROM c.role_id AS answers
  FROM live l JOIN raci_column c ON c.version_id = l.version_id JOIN hat h ON h.id = c.role_id LEFT JOIN owner_of o ON o.process_id = l.id
), wearable AS MATERIALIZED ( -- where a hat belongs: its own scope's Owner and Managers, and what its matrices use
  SELECT h.id, h.kind, h.per_case, h.wanted_min, h.wanted_max, h.held, h.single, h.few, h.many, h.told, h.ends FROM hat h
  WHERE NOT h.archived AND h.live AND h.kind <> 'whoever'
    AND (h.kind = 'owner' OR h.kind = 'manager' AND h.of_practice OR h.of_organisation OR h.service_id IS NOT NULL
         OR h.id IN (SELECT u.role_id FROM used u WHERE NOT u.invited AND NOT u.answers))
), answers AS MATERIALIZED ( -- hats with an A of their own
  SELECT DISTINCT c.role_id FROM raci_cell c JOIN used u ON u.version_id = c.version_id AND u.role_id = c.role_id AND NOT u.invited AND NOT u.answers JOIN wearable w ON w.id = c.role_id
  WHERE c.letters LIKE 'A%'
), place AS MATERIALIZED ( -- the hats with A in each place where they are held, service by service
  SELECT p.role_id, p.region_id, p.service_id, p.several @> day AS several, p.leadless @> day AS leadless, p.outside @> day AS outside, p.leadless_by, p.outside_by
  FROM (SELECT x.* FROM (SELECT role_id FROM answers EXCEPT SELECT role_id FROM shy) a CROSS JOIN LATERAL (SELECT * FROM role_place x WHERE x.role_id = a.role_id OFFSET 0) x
        UNION ALL SELECT m.* FROM role_place_made(ARRAY(SELECT role_id FROM shy), today) m JOIN answers a ON a.role_id = m.role_id WHERE EXISTS (SELECT FROM shy)) p
  WHERE p.answered @> day
), regional AS ( -- hats with A that are worn by region alone
  SELECT role_id, array_agg(DISTINCT region_id) AS regions FROM place GROUP BY 1 HAVING bool_and(region_id IS NOT NULL)
), above AS MATERIALIZED ( -- the tree of regions, each with itself
  WITH RECURSIVE up AS (SELECT id, id AS above FROM region UNION SELECT up.id, r.parent_id FROM up JOIN region r ON r.id = up.above WHERE r.parent_id IS NOT NULL) SELECT * FROM up
), bare AS MATERIALIZED ( -- of each set of regions the topmost in which, above which and below which nobody is
  SELECT g.regions, r.id AS region_id FROM (SELECT DISTINCT regions FROM regional) g CROSS JOIN region r
  WHERE NOT EXISTS (SELECT FROM above u WHERE u.id = r.id AND u.above = ANY(g.regions))
    AND NOT EXISTS (SELECT FROM above u WHERE u.above = r.id AND u.id = ANY(g.regions))
    AND (r.parent_id IS NULL OR EXISTS (SELECT FROM above u WHERE u.above = r.parent_id AND u.id = ANY(g.regions)))
), idle AS MATERIALIZED ( -- activities that some role should do, and none of these is worn; beginning at those that nobody wears
  SELECT x.version_id, x.activity_id
  FROM (
    SELECT x.version_id, x.activity_id, x.role_id FROM (
      SELECT DISTINCT c.version_id, c.activity_id
      FROM (SELECT u.* FROM hat h JOIN used u ON u.role_id = h.id WHERE NOT h.held AND h.kind <> 'whoever' OFFSET 0) u CROSS JOIN LATERAL (
        SELECT c.version_id, c.activity_id FROM raci_cell c WHERE c.role_id = u.role_id AND c.version_id = u.version_id AND c.letters LIKE '%R%' OFFSET 0) c
      OFFSET 0) i
    CROSS JOIN LATERAL (SELECT x.* FROM raci_cell x WHERE x.version_id = i.version_id AND x.activity_id = i.activity_id AND x.letters LIKE '%R%' OFFSET 0) x
    OFFSET 0) x
  JOIN hat o ON o.id = x.role_id
  GROUP BY 1, 2 HAVING NOT bool_or(o.held OR o.kind = 'whoever')
), undone AS MATERIALIZED ( -- the hats that leave them undone
  SELECT u.role_id, min(u.process_id) AS process_id, count(*)::int AS activities
  FROM (SELECT c.* FROM idle i CROSS JOIN LATERAL (SELECT * FROM raci_cell x WHERE x.version_id = i.version_id AND x.activity_id = i.activity_id AND x.letters LIKE '%R%' OFFSET 0) c OFFSET 0) c
  JOIN used u ON u.version_id = c.version_id AND u.role_id = c.role_id AND NOT u.answers JOIN hat h ON h.id = u.role_id AND NOT h.archived
  GROUP BY 1
), thin AS MATERIALIZED ( -- of hats that few wear: whether they have letters at all
  SELECT w.id, bool_or(c.r) AS r
  FROM (SELECT w.id, u.version_id FROM wearable w JOIN used u ON u.role_id = w.id AND NOT u.invited AND NOT u.answers WHERE NOT w.held OR w.single OFFSET 0) w CROSS JOIN LATERAL (
    SELECT c.letters LIKE '%R%' AS r FROM raci_cell c WHERE c.role_id = w.id AND c.version_id = w.version_id OFFSET 0) c
  GROUP BY 1
), found (code, severity, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id, n) AS (
  SELECT CASE WHEN h.kind = 'owner' THEN 'owner-vacant' ELSE 'role-vacant' END, CASE WHEN h.kind = 'owner' THEN 'red' ELSE 'amber' END,
         NULL::bigint, NULL::bigint, h.id, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::int
  FROM wearable h
  WHERE NOT h.held AND (h.kind IN ('owner', 'manager') OR h.wanted_min > 0
      OR h.id IN (SELECT id FROM thin))
    AND (h.kind = 'owner' OR h.id NOT IN (SELECT role_id FROM undone))
  UNION ALL
  SELECT 'role-vacant', 'red', u.process_id, NULL, u.role_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, u.activities FROM undone u
  UNION ALL
  SELECT CASE WHEN h.few THEN 'too-few' WHEN h.many THEN 'too-many' ELSE 'single-holder' END, CASE WHEN h.few THEN 'amber' ELSE 'grey' END,
         NULL, NULL, h.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM wearable h
  WHERE h.kind <> 'owner' AND (h.few OR h.many OR h.single AND h.kind = 'practitioner' AND (h.wanted_max IS NULL OR h.wanted_max > 1) AND h.id IN (SELECT id FROM thin WHERE r))
  UNION ALL
  SELECT 'covered', 'amber', NULL, NULL, a.role_id, a.region_id, NULL, NULL, NULL, NULL, NULL, min(a.id), NULL
  FROM assignment a JOIN wearable h ON h.id = a.role_id AND (h.kind = 'owner' OR h.id IN (SELECT role_id FROM answers))
  WHERE a.capacity = 'acting' AND a.state = 'appointed' AND a.during @> day AND (plans OR a.announced OR lower(a.during) <= today)
    AND (a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))
    AND (SELECT o.id FROM assignment o WHERE o.role_id = a.role_id AND o.capacity = 'holder' AND o.region_id IS NOT DISTINCT FROM a.region_id AND (o.service_id IS NULL OR o.service_id = a.service_id)
         AND o.state = 'appointed' AND o.during @> day AND (plans OR o.announced OR lower(o.during) <= today)
         AND (o.role_kind = 'practitioner' OR o.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation)) LIMIT 1) IS NULL
  GROUP BY a.role_id, a.region_id
  UNION ALL
  SELECT 'objected', 'amber', NULL, NULL, a.role_id, a.region_id, a.person_id, a.team_id, a.company_id, NULL, NULL, a.id, NULL
  FROM assignment a JOIN wearable w ON w.id = a.role_id AND w.held
  WHERE a.acceptance = 'objected' AND a.state = 'appointed' AND a.during @> day AND (plans OR a.announced OR lower(a.during) <= today)
    AND (a.role_kind = 'practitioner' OR NOT (SELECT count_accepted FROM organisation))
  UNION ALL
  SELECT 'not-accepted', 'grey', NULL, NULL, w.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, w.told FROM wearable w WHERE w.told > 0 AND w.id <> ALL(singly)
  UNION ALL
  SELECT 'not-accepted', 'grey', NULL, NULL, w.id, s.region_id, s.person_id, s.team_id, s.company_id, NULL, NULL, s.assignment_id, NULL
  FROM unnest(singly) i JOIN wearable w ON w.id = i AND w.told > 0 CROSS JOIN LATERAL gap_singles('not-accepted', w.id, day, today, plans) s
  UNION ALL
  SELECT 'not-accepted', 'grey', NULL, NULL, a.role_id, a.region_id, a.person_id, a.team_id, a.company_id, NULL, NULL, a.id, NULL
  FROM assignment a JOIN wearable w ON w.id = a.role_id AND w.told > 0
  WHERE singly IS NULL AND a.acceptance = 'told' AND a.state = 'appointed' AND a.during @> day AND day - asked_on(a) > 14 AND (plans OR a.announced OR lower(a.during) <= today)
    AND (a.role_kind = 'practitioner' OR NOT (SELECT count_accepted FROM organisation))
  UNION ALL
  SELECT 'ends-soon', 'amber', NULL, NULL, w.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, w.ends FROM wearable w WHERE w.ends > 0 AND w.id <> ALL(singly)
  UNION ALL
  SELECT 'ends-soon', 'amber', NULL, NULL, w.id, s.region_id, s.person_id, s.team_id, s.company_id, NULL, NULL, s.assignment_id, NULL
  FROM unnest(singly) i JOIN wearable w ON w.id = i AND w.ends > 0 CROSS JOIN LATERAL gap_singles('ends-soon', w.id, day, today, plans) s
  UNION ALL
  SELECT 'ends-soon', 'amber', NULL, NULL, a.role_id, a.region_id, NULL, NULL, NULL, NULL, NULL, a.id, NULL
  FROM assignment a JOIN wearable w ON w.id = a.role_id AND w.ends > 0
  WHERE singly IS NULL AND a.capacity = 'holder' AND a.state = 'appointed' AND NOT upper_inf(a.during) AND upper(a.during) > day AND upper(a.during) <= day + 60 AND a.during @> day
    AND upper(days_told(a.during, a.announced_during, CASE WHEN NOT plans THEN today END)) <= day + 60
    AND (plans OR a.announced OR lower(a.during) <= today) AND (a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))
    AND (SELECT x.id FROM assignment x WHERE x.role_id = a.role_id AND x.region_id IS NOT DISTINCT FROM a.region_id AND (x.service_id IS NULL OR x.service_id = a.service_id) AND x.state = 'appointed' AND x.capacity = 'holder'
         AND lower(x.during) > day AND lower(x.during) <= upper(a.during) LIMIT 1) IS NULL
  UNION ALL
  SELECT 'accountable-several', 'amber', NULL, NULL, p.role_id, p.region_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM place p WHERE p.several GROUP BY p.role_id, p.region_id
  UNION ALL
  SELECT 'accountable-outside', 'amber', NULL, NULL, p.role_id, NULL, o.person_id, NULL, NULL, NULL, NULL, NULL, NULL
  FROM place p CROSS JOIN LATERAL (
    SELECT min(a.person_id) AS person_id FROM assignment a WHERE a.id = ANY(p.outside_by) AND a.during @> day
      AND (a.capacity = 'acting' OR NOT EXISTS (SELECT FROM role_held(ARRAY[p.role_id], CASE WHEN NOT plans THEN today END) x
                                                WHERE x.region_id IS NOT DISTINCT FROM p.region_id AND x.service_id IS NOT DISTINCT FROM p.service_id AND x.capacity = 'acting' AND x.during @> day))) o
  WHERE p.outside GROUP BY p.role_id, o.person_id
  UNION ALL
  SELECT 'accountable-no-lead', 'red', NULL, NULL, p.role_id, NULL, NULL, o.team_id, o.company_id, NULL, NULL, NULL, NULL
  FROM place p CROSS JOIN LATERAL (
    SELECT a.team_id, a.company_id FROM assignment a WHERE a.id = ANY(p.leadless_by) AND a.during @> day
      AND (SELECT w.id FROM person w WHERE w.employed @> day AND w.id = COALESCE(a.person_id, (SELECT t.lead_id FROM team t WHERE t.id = a.team_id),
                                                                               (SELECT c.our_contact_id FROM company c WHERE c.id = a.company_id))) IS NULL) o
  WHERE p.leadless GROUP BY p.role_id, o.team_id, o.company_id
  UNION ALL
  SELECT 'accountable-vacant-region', 'amber', NULL, NULL, g.role_id, b.region_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM regional g JOIN bare b ON b.regions = g.regions
  UNION ALL
  SELECT 'no-responsible', 'red', l.id, s.activity_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM live l JOIN step s ON s.version_id = l.version_id
  WHERE NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE '%R%')
  UNION ALL
  SELECT CASE WHEN EXISTS (SELECT FROM step s WHERE s.version_id = l.version_id) THEN 'no-columns' ELSE 'no-activities' END,
         CASE WHEN EXISTS (SELECT FROM step s WHERE s.version_id = l.version_id) THEN 'amber' ELSE 'grey' END, l.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM live l WHERE NOT EXISTS (SELECT FROM step s WHERE s.version_id = l.version_id) OR NOT EXISTS (SELECT FROM raci_column c WHERE c.version_id = l.version_id)
  UNION ALL
  SELECT 'role-retired', 'amber', u.process_id, NULL, u.role_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM used u JOIN hat h ON h.id = u.role_id AND h.archived
  WHERE EXISTS (SELECT FROM raci_cell c WHERE c.role_id = u.role_id AND c.version_id = u.version_id)
  UNION ALL
  SELECT 'no-owner-role', 'red', l.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM live l WHERE NOT EXISTS (SELECT FROM owner_of o WHERE o.process_id = l.id)
  UNION ALL
  SELECT 'service-unsupported', 'grey', NULL, NULL, NULL, NULL, NULL, NULL, NULL, s.id, NULL, NULL, NULL
  FROM service s WHERE s.archived_at IS NULL AND NOT EXISTS (SELECT FROM service_support u WHERE u.service_id = s.id AND u.practice_id IS NOT NULL)
  UNION ALL
  SELECT 'review-overdue', 'amber', NULL, NULL, h.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM hat h WHERE h.live AND NOT h.archived AND h.review_due < day
  UNION ALL
  SELECT 'review-overdue', 'amber', p.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM process p JOIN live l ON l.id = p.id WHERE p.review_due < day
  UNION ALL
  SELECT 'policy-overdue', CASE WHEN y.driver = 'internal' THEN 'amber' ELSE 'red' END, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, y.id, NULL, NULL
  FROM policy y WHERE y.archived_at IS NULL AND y.review_due < day AND (SELECT id FROM policy_version_on(y.id, day)) IS NOT NULL -- what is not in force is not overdue
)
SELECT f.code, f.severity, COALESCE(p.practice_id, h.practice_id, (SELECT o.practice_id FROM hat o JOIN policy y ON y.owner_role_id = o.id WHERE y.id = f.policy_id)), COALESCE(f.process_id, h.process_id), f.activity_id, f.role_id, f.region_id, f.person_id, f.team_id,
       f.company_id, COALESCE(f.service_id, h.service_id), f.policy_id, f.assignment_id, f.n
FROM found f LEFT JOIN hat h ON h.id = f.role_id LEFT JOIN process p ON p.id = f.process_id;
END $$;

CREATE OR REPLACE FUNCTION gap_singles(code text, role bigint, day date, today date, plans boolean) RETURNS TABLE(assignment_id bigint, region_id bigint, person_id bigint, team_id bigint, company_id bigint)
    LANGUAGE sql STABLE
    AS $$
  SELECT a.id, a.region_id, a.person_id, a.team_id, a.company_id FROM role_held(ARRAY[role], CASE WHEN NOT plans THEN today END) a
  WHERE code = 'not-accepted' AND a.acceptance = 'told' AND a.during @> day AND day - asked_on(a) > 14
  UNION ALL
  SELECT a.id, a.region_id, NULL, NULL, NULL FROM role_held(ARRAY[role], CASE WHEN NOT plans THEN today END) a
  WHERE code = 'ends-soon' AND a.capacity = 'holder' AND a.during @> day AND upper(days_told(a.during, a.announced_during, CASE WHEN NOT plans THEN today END)) <= day + 60
    AND NOT EXISTS (SELECT FROM assignment x WHERE x.role_id = a.role_id AND x.region_id IS NOT DISTINCT FROM a.region_id AND (x.service_id IS NULL OR x.service_id = a.service_id) AND x.state = 'appointed' AND x.capacity = 'holder'
                    AND lower(x.during) > day AND lower(x.during) <= upper(a.during))
$$;

CREATE OR REPLACE FUNCTION role_cover_made(roles bigint[], hidden_after date) RETURNS SETOF role_cover
    LANGUAGE sql STABLE
    AS $$
  WITH held AS MATERIALIZED (
    SELECT h.id, h.role_id, h.person_id, h.team_id, h.company_id, h.region_id, h.service_id, h.capacity, h.acceptance, asked_on(h) + 15 AS late, days_told(h.during, h.announced_during, hidden_after) AS during FROM role_held(roles, hidden_after) h
  ), holder AS ( -- in however many places
    SELECT role_id, team_id, range_agg(during) AS days FROM held WHERE capacity <> 'deputy' GROUP BY role_id, person_id, team_id, company_id
  ), piece AS ( -- of a team each member counts, while in it
    SELECT role_id, unnest(days) AS during FROM holder WHERE team_id IS NULL
    UNION ALL
    SELECT h.role_id, unnest(h.days * datemultirange(m.during)) FROM holder h JOIN membership m ON m.team_id = h.team_id
  ), turn AS (
    SELECT role_id, day, sum(n) AS n FROM (
      SELECT role_id, lower(during) AS day, 1 AS n FROM piece UNION ALL SELECT role_id, upper(during), -1 FROM piece WHERE NOT upper_inf(during)) t
    GROUP BY role_id, day
  ), span AS ( -- from turn to turn the number stays
    SELECT role_id, daterange(day, lead(day) OVER w) AS days, sum(n) OVER w AS n FROM turn WINDOW w AS (PARTITION BY role_id ORDER BY day)
  ), days AS (
    SELECT role_id, range_agg(during) AS held FROM held WHERE capacity <> 'deputy' GROUP BY role_id
  ), counted AS (
    SELECT s.role_id, range_agg(s.days) FILTER (WHERE s.n = 1) AS single, range_agg(s.days) FILTER (WHERE s.n >= r.wanted_min) AS enough,
           range_agg(s.days) FILTER (WHERE s.n > r.wanted_max) AS many
    FROM span s JOIN role r ON r.id = s.role_id GROUP BY s.role_id
  ), told AS (
    SELECT h.role_id, array_agg(lower(t) ORDER BY lower(t)) AS begun, array_agg(upper(t) ORDER BY upper(t)) FILTER (WHERE NOT upper_inf(t)) AS over
    FROM held h JOIN days d ON d.role_id = h.role_id CROSS JOIN LATERAL unnest(datemultirange(daterange(h.late, NULL) * h.during) * d.held) AS t
    WHERE h.acceptance = 'told' AND (upper_inf(h.during) OR upper(h.during) > h.late)
    GROUP BY h.role_id
  ), mark AS ( -- holders where they begin and where they end, in order
    SELECT role_id, region_id, service_id, lower(during) AS day, lower(during) AS begun, NULL::bigint AS ends FROM assignment
    WHERE role_id = ANY(roles) AND state = 'appointed' AND capacity = 'holder'
    UNION ALL
    SELECT role_id, region_id, service_id, upper(during), NULL, id FROM held WHERE capacity = 'holder' AND NOT upper_inf(during)
  ), ending AS ( -- the last that began by the day on which another one ends, for the same service or for all of them
    SELECT role_id, day, ends, GREATEST(day - 60, max(begun) OVER (PARTITION BY role_id, region_id, service_id ORDER BY day, ends NULLS FIRST ROWS UNBOUNDED PRECEDING),
                                        max(begun) FILTER (WHERE service_id IS NULL) OVER (PARTITION BY role_id, region_id ORDER BY day, ends NULLS FIRST ROWS UNBOUNDED PRECEDING)) AS since FROM mark
  ), ends AS (
    SELECT role_id, array_agg(since ORDER BY since) AS begun, array_agg(day ORDER BY day) AS over FROM ending WHERE ends IS NOT NULL AND since < day GROUP BY role_id
  )
  SELECT r.id, COALESCE(d.held, '{}'), COALESCE(c.single, '{}'),
         CASE WHEN r.wanted_min > 0 THEN COALESCE(d.held, '{}') - COALESCE(c.enough, '{}') ELSE '{}' END,
         COALESCE(c.many, '{}'), COALESCE(t.begun, '{}'), COALESCE(t.over, '{}'), COALESCE(e.begun, '{}'), COALESCE(e.over, '{}')
  FROM role r LEFT JOIN days d ON d.role_id = r.id LEFT JOIN counted c ON c.role_id = r.id LEFT JOIN told t ON t.role_id = r.id LEFT JOIN ends e ON e.role_id = r.id
  WHERE r.id = ANY(roles)
$$;

CREATE OR REPLACE FUNCTION worn(day date) RETURNS TABLE(assignment_id bigint, role_id bigint, person_id bigint, team_id bigint, company_id bigint, region_id bigint, service_id bigint, capacity text, acceptance text, since date, until date, stands_in boolean)
    LANGUAGE sql STABLE
    AS $$
  SELECT a.id, a.role_id, a.person_id, NULL::bigint, a.company_id, a.region_id, a.service_id, a.capacity, a.acceptance, lower(a.during), upper(a.during),
         a.capacity = 'deputy' AND EXISTS (
           SELECT FROM assignment h JOIN absence b ON b.person_id = h.person_id AND b.during @> day
           WHERE h.role_id = a.role_id AND h.capacity <> 'deputy' AND h.person_id IS DISTINCT FROM a.person_id AND h.state = 'appointed' AND h.during @> day AND h.region_id IS NOT DISTINCT FROM a.region_id
             AND (h.service_id = a.service_id) IS NOT FALSE AND (NOT o.count_accepted OR h.role_kind = 'practitioner' OR h.acceptance = 'accepted'))
  FROM assignment a, organisation o
  WHERE a.state = 'appointed' AND a.during @> day AND a.team_id IS NULL
    AND (NOT o.count_accepted OR a.role_kind = 'practitioner' OR a.acceptance = 'accepted')
  UNION ALL
  SELECT a.id, a.role_id, m.person_id, a.team_id, NULL::bigint, a.region_id, a.service_id, a.capacity, a.acceptance,
         GREATEST(lower(a.during), lower(m.during)), LEAST(upper(a.during), upper(m.during)), false
  FROM assignment a JOIN membership m ON m.team_id = a.team_id AND m.during @> day
  WHERE a.state = 'appointed' AND a.during @> day
$$;

CREATE OR REPLACE FUNCTION gap_number(code text, role bigint, region bigint, day date, hidden_after date) RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  IF code = 'accountable-several' THEN
    RETURN (
      SELECT max(n)::int FROM (
        SELECT count(DISTINCT w.id) AS n FROM role_held(ARRAY[role], hidden_after) a LEFT JOIN team t ON t.id = a.team_id LEFT JOIN company c ON c.id = a.company_id
        LEFT JOIN person w ON w.id = COALESCE(a.person_id, t.lead_id, c.our_contact_id) AND w.employed @> day
        WHERE a.during @> day AND a.capacity <> 'deputy' AND a.region_id IS NOT DISTINCT FROM region
          AND (a.capacity = 'acting' OR NOT EXISTS (SELECT FROM role_held(ARRAY[role], hidden_after) x WHERE x.during @> day AND x.capacity = 'acting' AND x.region_id IS NOT DISTINCT FROM region AND x.service_id IS NOT DISTINCT FROM a.service_id))
        GROUP BY a.service_id HAVING bool_and(w.id IS NOT NULL)) s);
  ELSIF code IN ('too-few', 'too-many', 'single-holder') THEN
    RETURN (
      SELECT sum(CASE WHEN a.team_id IS NULL THEN 1 ELSE (SELECT count(*) FROM membership m WHERE m.team_id = a.team_id AND m.during @> day) END)::int
      FROM (SELECT DISTINCT h.person_id, h.team_id, h.company_id FROM role_held(ARRAY[role], hidden_after) h WHERE h.during @> day AND h.capacity <> 'deputy') a);
  END IF;
  RETURN NULL;
END $$;

SELECT cover_roles(ARRAY(SELECT id FROM role));
