-- What no policy governs, for the gaps of pages and of the organisation's list alike.

-- ungoverned are the practices that no policy governs on a day, neither themselves nor anything in them; and of a practice
-- with policies only for parts, the processes that none of them reaches. What governs only from a later day than today is
-- left out: until it begins it is a plan.
CREATE FUNCTION ungoverned(day date, today date) RETURNS TABLE (practice_id bigint, process_id bigint) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH governed AS MATERIALIZED (
    SELECT COALESCE(g.practice_id, p.practice_id) AS practice_id, p.id AS process_id
    FROM policy_attachment g JOIN policy y ON y.id = g.policy_id AND y.archived_at IS NULL
    LEFT JOIN activity a ON a.id = g.activity_id LEFT JOIN process p ON p.id = COALESCE(g.process_id, a.process_id)
    WHERE g.during @> day AND lower(g.during) <= today
  )
  SELECT t.id, NULL::bigint FROM practice t
  WHERE t.archived_at IS NULL AND NOT EXISTS (SELECT FROM governed g WHERE g.practice_id = t.id)
  UNION ALL
  SELECT p.practice_id, p.id FROM process p JOIN practice t ON t.id = p.practice_id
  WHERE p.archived_at IS NULL AND t.archived_at IS NULL AND EXISTS (SELECT FROM governed g WHERE g.practice_id = t.id)
    AND NOT EXISTS (SELECT FROM governed g WHERE g.practice_id = t.id AND (g.process_id IS NULL OR g.process_id = p.id))
$$;
