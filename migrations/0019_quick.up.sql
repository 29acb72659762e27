-- Reads that took long with much around them.
--
-- Which version is in force becomes part of the statement that asks: a function that gives rows is taken into the plan,
-- one that gives a value is planned and run again for every row that asks it, a third of a matrix's time.

-- version_on is the version in force on a day, as a row: the highest published number that has begun and is not
-- withdrawn; where none is, the draft.
DROP FUNCTION version_on;
CREATE FUNCTION version_on(process bigint, day date) RETURNS TABLE (id bigint) LANGUAGE sql STABLE AS $$
  SELECT v.id FROM process_version v
  WHERE v.process_id = process
    AND (v.state IN ('draft', 'submitted') OR (v.in_force_from <= day AND (v.withdrawn_on IS NULL OR day < v.withdrawn_on)))
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;

-- policy_version_on is the wording in force on a day, as a row; where none is, the draft.
DROP FUNCTION policy_version_on;
CREATE FUNCTION policy_version_on(policy bigint, day date) RETURNS TABLE (id bigint) LANGUAGE sql STABLE AS $$
  SELECT v.id FROM policy_version v
  WHERE v.policy_id = policy AND (v.state IN ('draft', 'submitted') OR v.state = 'published' AND v.in_force_from <= day)
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;

-- The first changes of an event come from the index: an import has thousands.
DROP INDEX change_event;
CREATE INDEX change_event ON change (event_id, id);

-- What was written since an answer was found.
CREATE INDEX event_xid ON event (xid);

-- The roles of a practice, archived ones too: a matrix read all roles to find them.
CREATE INDEX role_practice ON role (practice_id) WHERE practice_id IS NOT NULL;
