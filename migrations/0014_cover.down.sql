DROP FUNCTION gaps_on, gap_number, gap_singles;
CREATE FUNCTION gaps_on(day date, today date, plans boolean) RETURNS TABLE (
  code text, severity text, practice_id bigint, process_id bigint, activity_id bigint, role_id bigint, region_id bigint, person_id bigint, team_id bigint,
  company_id bigint, service_id bigint, policy_id bigint, assignment_id bigint, n integer
) LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$ -- plpgsql keeps the plan
#variable_conflict use_column
BEGIN
RETURN QUERY
WITH live AS MATERIALIZED ( -- processes in use; planned practices have next steps
  SELECT p.id, p.practice_id, version_on(p.id, day) AS version_id
  FROM process p JOIN practice t ON t.id = p.practice_id
  WHERE p.archived_at IS NULL AND t.archived_at IS NULL AND t.state = 'in use'
), hat AS MATERIALIZED ( -- every role that counts, with where it lies
  SELECT r.id, r.kind, r.per_case, COALESCE(r.wanted_min, 0) AS lo, r.wanted_max AS hi, r.archived_at IS NOT NULL AS archived,
         COALESCE(r.practice_id, p.practice_id) AS practice_id, r.process_id, r.service_id, r.practice_id IS NOT NULL AS of_practice,
         num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0 AS of_organisation,
         CASE WHEN r.service_id IS NOT NULL THEN s.archived_at IS NULL WHEN r.process_id IS NOT NULL THEN p.archived_at IS NULL AND q.archived_at IS NULL AND q.state = 'in use'
              WHEN r.practice_id IS NOT NULL THEN t.archived_at IS NULL AND t.state = 'in use' ELSE true END AS live
  FROM role r
  LEFT JOIN process p ON p.id = r.process_id LEFT JOIN practice q ON q.id = p.practice_id
  LEFT JOIN practice t ON t.id = r.practice_id LEFT JOIN service s ON s.id = r.service_id
), owner_of AS ( -- who answers where no A is: the process's own Owner, or its practice's
  SELECT DISTINCT ON (l.id) l.id AS process_id, r.id AS role_id
  FROM live l JOIN role r ON (r.process_id = l.id OR r.practice_id = l.practice_id) AND r.kind = 'owner' AND r.archived_at IS NULL
  ORDER BY l.id, r.process_id IS NULL
), letters AS (
  SELECT c.version_id, c.role_id, count(*) FILTER (WHERE c.letters LIKE 'A%') AS a, count(*) FILTER (WHERE c.letters LIKE '%R%') AS r
  FROM live l JOIN raci_cell c ON c.version_id = l.version_id GROUP BY 1, 2
), used AS MATERIALIZED ( -- roles as columns
  SELECT l.id AS process_id, l.practice_id, l.version_id, c.role_id, (h.process_id = l.id OR h.of_practice AND h.practice_id = l.practice_id) IS NOT TRUE AS invited,
         o.role_id IS NOT DISTINCT FROM c.role_id AS answers, x.role_id IS NOT NULL AS lettered, COALESCE(x.a, 0) AS a, COALESCE(x.r, 0) AS r
  FROM live l JOIN raci_column c ON c.version_id = l.version_id JOIN hat h ON h.id = c.role_id
  LEFT JOIN owner_of o ON o.process_id = l.id LEFT JOIN letters x ON x.version_id = l.version_id AND x.role_id = c.role_id
), watched AS MATERIALIZED ( -- where a hat belongs: its own scope's Owner and Managers, and what its matrices use
  SELECT h.id, bool_or(u.lettered) IS TRUE AS lettered, COALESCE(sum(u.a), 0) > 0 AS a, COALESCE(sum(u.r), 0) > 0 AS r
  FROM hat h LEFT JOIN used u ON u.role_id = h.id AND NOT u.invited AND NOT u.answers
  WHERE NOT h.archived AND h.live AND h.kind <> 'whoever'
    AND (u.role_id IS NOT NULL OR h.kind = 'owner' OR h.kind = 'manager' AND h.of_practice OR h.of_organisation OR h.service_id IS NOT NULL)
  GROUP BY h.id
), held AS MATERIALIZED ( -- who holds what on the day
  SELECT a.id, a.role_id, a.region_id, a.service_id, a.person_id, a.team_id, a.company_id, a.capacity, a.acceptance, a.during,
         CASE WHEN a.team_id IS NULL THEN 1 ELSE (SELECT count(*) FROM membership m WHERE m.team_id = a.team_id AND m.during @> day) END AS people
  FROM assignment a
  WHERE a.state = 'appointed' AND a.during @> day AND (plans OR a.announced OR lower(a.during) <= today)
    AND (a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))
), cover AS MATERIALIZED (
  SELECT h.role_id, sum(h.people)::int AS people FROM held h WHERE h.capacity <> 'deputy' GROUP BY 1
), answering AS MATERIALIZED ( -- who answers for a hat with A, in each place
  SELECT h.id, h.role_id, h.region_id, h.service_id, h.person_id, h.team_id, h.company_id, h.capacity, w.id AS answers, e.company_id IS NOT NULL AS outside
  FROM held h JOIN watched k ON k.id = h.role_id AND k.a JOIN hat r ON r.id = h.role_id AND r.kind <> 'owner' AND NOT r.per_case
  LEFT JOIN team t ON t.id = h.team_id LEFT JOIN company c ON c.id = h.company_id LEFT JOIN person e ON e.id = h.person_id
  LEFT JOIN person w ON w.id = COALESCE(h.person_id, t.lead_id, c.our_contact_id) AND w.employed @> day
  WHERE h.capacity <> 'deputy'
), standing AS ( -- of each place: whether one service asks for another one, and who acts goes before
  SELECT role_id, region_id, count(DISTINCT service_id) AS services, count(*) FILTER (WHERE service_id IS NULL) AS general, bool_or(capacity = 'acting') AS acts
  FROM answering GROUP BY 1, 2
), place AS MATERIALIZED (
  SELECT a.role_id, a.region_id, count(DISTINCT a.answers)::int AS answerers, bool_or(a.answers IS NULL) AS leadless,
         count(DISTINCT a.answers) = 1 AND NOT bool_or(a.answers IS NULL) AND bool_or(a.outside) AS outside, min(a.person_id) FILTER (WHERE a.outside) AS person_id
  FROM standing s JOIN answering a ON a.role_id = s.role_id AND a.region_id IS NOT DISTINCT FROM s.region_id AND (NOT s.acts OR a.capacity = 'acting')
  WHERE s.services = 0 OR s.services = 1 AND s.general = 0
  GROUP BY 1, 2
), regional AS ( -- hats with A that are worn by region alone
  SELECT role_id, array_agg(DISTINCT region_id) AS regions FROM answering GROUP BY 1 HAVING bool_and(region_id IS NOT NULL)
), above AS ( -- the tree of regions, each with itself
  WITH RECURSIVE up AS (SELECT id, id AS above FROM region UNION SELECT up.id, r.parent_id FROM up JOIN region r ON r.id = up.above WHERE r.parent_id IS NOT NULL) SELECT * FROM up
), idle AS MATERIALIZED ( -- activities that some role should do, and none of these is worn
  SELECT c.version_id, c.activity_id FROM live l JOIN raci_cell c ON c.version_id = l.version_id AND c.letters LIKE '%R%' JOIN hat h ON h.id = c.role_id
  LEFT JOIN cover k ON k.role_id = c.role_id
  GROUP BY 1, 2 HAVING NOT bool_or(h.kind = 'whoever' OR k.role_id IS NOT NULL)
), undone AS MATERIALIZED ( -- the hats that leave them undone
  SELECT u.role_id, min(u.process_id) AS process_id, count(*)::int AS activities
  FROM idle i JOIN raci_cell c ON c.version_id = i.version_id AND c.activity_id = i.activity_id AND c.letters LIKE '%R%'
  JOIN used u ON u.version_id = c.version_id AND u.role_id = c.role_id AND NOT u.answers JOIN hat h ON h.id = u.role_id AND NOT h.archived
  GROUP BY 1
), found (code, severity, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id, n) AS (
  SELECT CASE WHEN h.kind = 'owner' THEN 'owner-vacant' ELSE 'role-vacant' END, CASE WHEN h.kind = 'owner' THEN 'red' ELSE 'amber' END,
         NULL::bigint, NULL::bigint, h.id, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::int
  FROM watched w JOIN hat h ON h.id = w.id
  WHERE NOT EXISTS (SELECT FROM cover k WHERE k.role_id = h.id) AND (h.kind IN ('owner', 'manager') OR w.lettered OR h.lo > 0)
    AND (h.kind = 'owner' OR NOT EXISTS (SELECT FROM undone u WHERE u.role_id = h.id))
  UNION ALL
  SELECT 'role-vacant', 'red', u.process_id, NULL, u.role_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, u.activities FROM undone u
  UNION ALL
  SELECT CASE WHEN k.people < h.lo THEN 'too-few' WHEN k.people > h.hi THEN 'too-many' ELSE 'single-holder' END, CASE WHEN k.people < h.lo THEN 'amber' ELSE 'grey' END,
         NULL, NULL, h.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, k.people
  FROM watched w JOIN hat h ON h.id = w.id AND h.kind <> 'owner' JOIN cover k ON k.role_id = h.id
  WHERE k.people < h.lo OR k.people > h.hi OR k.people = 1 AND h.kind = 'practitioner' AND w.r AND (h.hi IS NULL OR h.hi > 1)
  UNION ALL
  SELECT 'covered', 'amber', NULL, NULL, a.role_id, a.region_id, NULL, NULL, NULL, NULL, NULL, min(a.id), NULL
  FROM held a JOIN watched w ON w.id = a.role_id JOIN hat h ON h.id = a.role_id AND (h.kind = 'owner' OR w.a)
  WHERE a.capacity = 'acting' AND NOT EXISTS (SELECT FROM held o WHERE o.role_id = a.role_id AND o.capacity = 'holder' AND o.region_id IS NOT DISTINCT FROM a.region_id)
  GROUP BY a.role_id, a.region_id
  UNION ALL
  SELECT CASE a.acceptance WHEN 'objected' THEN 'objected' ELSE 'not-accepted' END, CASE a.acceptance WHEN 'objected' THEN 'amber' ELSE 'grey' END,
         NULL, NULL, a.role_id, a.region_id, a.person_id, a.team_id, a.company_id, NULL, NULL, a.id, NULL
  FROM held a JOIN watched w ON w.id = a.role_id JOIN cover k ON k.role_id = a.role_id
  WHERE a.acceptance = 'objected' OR a.acceptance = 'told' AND day - lower(a.during) > 14
  UNION ALL
  SELECT 'ends-soon', 'amber', NULL, NULL, a.role_id, a.region_id, NULL, NULL, NULL, NULL, NULL, a.id, NULL
  FROM held a JOIN watched w ON w.id = a.role_id
  WHERE a.capacity = 'holder' AND upper(a.during) - day <= 60
    AND NOT EXISTS (SELECT FROM assignment x WHERE x.role_id = a.role_id AND x.region_id IS NOT DISTINCT FROM a.region_id AND x.state = 'appointed' AND x.capacity = 'holder'
                    AND lower(x.during) > day AND lower(x.during) <= upper(a.during))
  UNION ALL
  SELECT 'accountable-several', 'amber', NULL, NULL, p.role_id, p.region_id, NULL, NULL, NULL, NULL, NULL, NULL, p.answerers FROM place p WHERE p.answerers > 1 AND NOT p.leadless
  UNION ALL
  SELECT 'accountable-outside', 'amber', NULL, NULL, p.role_id, NULL, p.person_id, NULL, NULL, NULL, NULL, NULL, NULL FROM place p WHERE p.outside GROUP BY p.role_id, p.person_id
  UNION ALL
  SELECT 'accountable-no-lead', 'red', NULL, NULL, a.role_id, NULL, NULL, a.team_id, a.company_id, NULL, NULL, NULL, NULL
  FROM place p JOIN answering a ON a.role_id = p.role_id AND a.region_id IS NOT DISTINCT FROM p.region_id AND a.answers IS NULL
  WHERE p.leadless GROUP BY a.role_id, a.team_id, a.company_id
  UNION ALL
  -- The topmost regions in which, above which and below which nobody is.
  SELECT 'accountable-vacant-region', 'amber', NULL, NULL, g.role_id, r.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM regional g CROSS JOIN region r
  WHERE NOT EXISTS (SELECT FROM above u WHERE u.id = r.id AND u.above = ANY(g.regions))
    AND NOT EXISTS (SELECT FROM above u WHERE u.above = r.id AND u.id = ANY(g.regions))
    AND (r.parent_id IS NULL OR EXISTS (SELECT FROM above u WHERE u.above = r.parent_id AND u.id = ANY(g.regions)))
  UNION ALL
  SELECT 'no-responsible', 'red', l.id, s.activity_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM live l JOIN step s ON s.version_id = l.version_id
  WHERE NOT EXISTS (SELECT FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id AND c.letters LIKE '%R%')
  UNION ALL
  SELECT CASE WHEN EXISTS (SELECT FROM step s WHERE s.version_id = l.version_id) THEN 'no-columns' ELSE 'no-activities' END,
         CASE WHEN EXISTS (SELECT FROM step s WHERE s.version_id = l.version_id) THEN 'amber' ELSE 'grey' END, l.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM live l WHERE NOT EXISTS (SELECT FROM step s WHERE s.version_id = l.version_id) OR NOT EXISTS (SELECT FROM raci_column c WHERE c.version_id = l.version_id)
  UNION ALL
  SELECT 'role-retired', 'amber', u.process_id, NULL, u.role_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM used u JOIN hat h ON h.id = u.role_id AND h.archived WHERE u.lettered
  UNION ALL
  SELECT 'no-owner-role', 'red', l.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM live l WHERE NOT EXISTS (SELECT FROM owner_of o WHERE o.process_id = l.id)
  UNION ALL
  SELECT 'service-unsupported', 'grey', NULL, NULL, NULL, NULL, NULL, NULL, NULL, s.id, NULL, NULL, NULL
  FROM service s WHERE s.archived_at IS NULL AND NOT EXISTS (SELECT FROM service_support u WHERE u.service_id = s.id AND u.practice_id IS NOT NULL)
  UNION ALL
  SELECT 'review-overdue', 'amber', NULL, NULL, r.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM role r JOIN hat h ON h.id = r.id AND h.live AND NOT h.archived WHERE r.review_due < day
  UNION ALL
  SELECT 'review-overdue', 'amber', p.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM process p JOIN live l ON l.id = p.id WHERE p.review_due < day
  UNION ALL
  SELECT 'policy-overdue', CASE WHEN y.driver = 'internal' THEN 'amber' ELSE 'red' END, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, y.id, NULL, NULL
  FROM policy y WHERE y.archived_at IS NULL AND y.review_due < day
)
SELECT f.code, f.severity, COALESCE(p.practice_id, h.practice_id, o.practice_id), COALESCE(f.process_id, h.process_id), f.activity_id, f.role_id, f.region_id, f.person_id, f.team_id,
       f.company_id, COALESCE(f.service_id, h.service_id), f.policy_id, f.assignment_id, f.n
FROM found f LEFT JOIN hat h ON h.id = f.role_id LEFT JOIN process p ON p.id = f.process_id LEFT JOIN policy y ON y.id = f.policy_id LEFT JOIN hat o ON o.id = y.owner_role_id;
END $$;

CREATE OR REPLACE FUNCTION bump_page_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stale bigint[];
BEGIN
  IF EXISTS (SELECT FROM change WHERE event_id = NEW.id AND (
      table_name IN ('organisation', 'region', 'service', 'practice', 'process', 'role', 'raci_column', 'team', 'company', 'membership', 'absence')
      OR table_name = 'person' AND before IS NOT NULL)) THEN
    PERFORM pg_advisory_xact_lock(hashtext('page_version'));
  ELSIF EXISTS (SELECT FROM change WHERE event_id = NEW.id AND table_name = 'assignment') THEN
    PERFORM pg_advisory_xact_lock_shared(hashtext('page_version'));
  END IF;
  stale := stale_processes(NEW.id);
  INSERT INTO page_version (process_id, v)
  SELECT p.id, 1 FROM process p WHERE stale IS NULL OR p.id = ANY(stale) ORDER BY p.id
  ON CONFLICT (process_id) DO UPDATE SET v = page_version.v + 1;
  RETURN NULL;
END $$;
DROP FUNCTION uncovered_roles, cover_roles, role_place_made, role_cover_made, role_held;
DROP TABLE role_place, role_cover;
DROP INDEX assignment_person, assignment_acting, assignment_told, assignment_ending, assignment_unannounced, raci_cell_answers, raci_cell_does, person_region;
CREATE INDEX assignment_person ON assignment (person_id) INCLUDE (role_id, during, capacity, state) WHERE person_id IS NOT NULL;
CREATE INDEX person_region ON person (region_id);
