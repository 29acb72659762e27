-- uncovered are the Owners and Managers who are away on a day with nobody in their place: no deputy, nobody who acts and no
-- other holder, who is there. A reader who does not plan knows of no more than is announced.
CREATE FUNCTION uncovered(day date, today date, plans boolean)
RETURNS TABLE(practice_id bigint, process_id bigint, role_id bigint, region_id bigint, person_id bigint, service_id bigint, assignment_id bigint)
LANGUAGE sql STABLE SET search_path TO 'public', 'pg_temp' AS $$
  WITH rule AS MATERIALIZED (SELECT count_accepted FROM organisation)
  SELECT COALESCE(r.practice_id, p.practice_id), r.process_id, a.role_id, a.region_id, a.person_id, r.service_id, a.id
  FROM ( -- by the index of their hats: they are few
    SELECT * FROM assignment x
    WHERE x.role_kind IN ('owner', 'manager') AND x.capacity <> 'deputy' AND x.state = 'appointed'
      AND days_told(x.during, x.announced_during, CASE WHEN NOT plans THEN today END) @> day AND (plans OR x.announced OR lower(x.during) <= today)
      AND (x.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM rule)) OFFSET 0) a
  JOIN role r ON r.id = a.role_id AND r.archived_at IS NULL
  LEFT JOIN process p ON p.id = r.process_id LEFT JOIN practice t ON t.id = COALESCE(r.practice_id, p.practice_id) LEFT JOIN service s ON s.id = r.service_id
  WHERE EXISTS (SELECT FROM absence b WHERE b.person_id = a.person_id AND b.during @> day) AND p.archived_at IS NULL AND s.archived_at IS NULL AND t.archived_at IS NULL AND (t.id IS NULL OR t.state = 'in use')
    AND (r.kind = 'owner' OR r.process_id IS NULL
         OR EXISTS (SELECT FROM raci_column c WHERE c.role_id = r.id AND c.version_id = (SELECT v.id FROM version_on(r.process_id, day) v)))
    AND NOT EXISTS (
      SELECT FROM assignment o
      WHERE o.role_id = a.role_id AND o.person_id <> a.person_id AND o.region_id IS NOT DISTINCT FROM a.region_id AND (o.service_id IS NULL OR o.service_id = a.service_id)
        AND o.state = 'appointed' AND days_told(o.during, o.announced_during, CASE WHEN NOT plans THEN today END) @> day AND (plans OR o.announced OR lower(o.during) <= today)
        AND (o.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM rule))
        AND NOT EXISTS (SELECT FROM absence z WHERE z.person_id = o.person_id AND z.during @> day));
$$;
