CREATE OR REPLACE FUNCTION gap_number(code text, role bigint, region bigint, day date, hidden_after date) RETURNS integer
    LANGUAGE sql STABLE
    AS $$
  SELECT CASE
    WHEN code = 'accountable-several' THEN (
      SELECT count(DISTINCT w.id)::int FROM role_held(ARRAY[role], hidden_after) a LEFT JOIN team t ON t.id = a.team_id LEFT JOIN company c ON c.id = a.company_id
      JOIN person w ON w.id = COALESCE(a.person_id, t.lead_id, c.our_contact_id) AND w.employed @> day
      WHERE a.during @> day AND a.capacity <> 'deputy' AND a.region_id IS NOT DISTINCT FROM region
        AND (a.capacity = 'acting' OR NOT EXISTS (SELECT FROM role_held(ARRAY[role], hidden_after) x WHERE x.during @> day AND x.capacity = 'acting' AND x.region_id IS NOT DISTINCT FROM region)))
    WHEN code IN ('too-few', 'too-many', 'single-holder') THEN (
      SELECT sum(CASE WHEN a.team_id IS NULL THEN 1 ELSE (SELECT count(*) FROM membership m WHERE m.team_id = a.team_id AND m.during @> day) END)::int
      FROM role_held(ARRAY[role], hidden_after) a WHERE a.during @> day AND a.capacity <> 'deputy')
  END
$$;
