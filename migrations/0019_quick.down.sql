DROP INDEX role_practice, event_xid, change_event;
CREATE INDEX change_event ON change (event_id);
DROP FUNCTION version_on, policy_version_on;
CREATE FUNCTION version_on(process bigint, day date) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT v.id FROM process_version v
  WHERE v.process_id = process
    AND (v.state IN ('draft', 'submitted') OR (v.in_force_from <= day AND (v.withdrawn_on IS NULL OR day < v.withdrawn_on)))
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;
CREATE FUNCTION policy_version_on(policy bigint, day date) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT v.id FROM policy_version v
  WHERE v.policy_id = policy AND (v.state IN ('draft', 'submitted') OR v.state = 'published' AND v.in_force_from <= day)
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;
