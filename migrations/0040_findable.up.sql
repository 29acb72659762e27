-- What is archived is found, too: whoever looks for it by its name, or asks who answered for it on a day when it was in use,
-- met nothing at all. Its entry ends on the day on which it was archived, as a person's does who left.
CREATE FUNCTION archived_day(at timestamptz) RETURNS date LANGUAGE sql STABLE STRICT AS $$
  SELECT (at AT TIME ZONE time_zone)::date FROM organisation
$$;

CREATE OR REPLACE FUNCTION search_made(what text, ids bigint[]) RETURNS SETOF search_entry
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $_$
  SELECT what, p.id, p.id, archived_day(p.archived_at), search_plain(p.name),
         search_words(p.name, 'A') || search_words(search_initials(p.name), 'B') || search_words(left(p.purpose, 2000), 'D')
  FROM practice p WHERE what = 'practice' AND p.id = ANY(ids)
  UNION ALL
  SELECT what, c.id, c.practice_id, archived_day(c.archived_at), search_plain(c.name),
         search_words(c.name, 'A') || search_words(search_initials(c.name), 'B') || search_words(p.name, 'C') || search_words(left(v.purpose, 2000), 'D')
  FROM process c JOIN practice p ON p.id = c.practice_id
  LEFT JOIN process_version v ON v.id = (
    SELECT x.id FROM process_version x WHERE x.process_id = c.id AND x.state <> 'withdrawn' ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)
  WHERE what = 'process' AND c.id = ANY(ids)
  UNION ALL
  -- An activity is called what the published version calls it; the draft, where nothing is published.
  SELECT what, a.id, c.practice_id, archived_day(c.archived_at), search_plain(s.name),
         search_words(s.name, 'A') || search_words(c.name, 'C') || search_words(left(s.text, 2000), 'D')
  FROM activity a JOIN process c ON c.id = a.process_id
  JOIN step s ON s.activity_id = a.id AND s.version_id = (
    SELECT x.id FROM process_version x WHERE x.process_id = c.id AND x.state <> 'withdrawn' ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)
  WHERE what = 'activity' AND a.id = ANY(ids)
  UNION ALL
  -- The Manager of Incident management is the incident manager.
  SELECT what, r.id, COALESCE(r.practice_id, c.practice_id), archived_day(LEAST(r.archived_at, p.archived_at, c.archived_at, v.archived_at)),
         concat_ws(' ', search_plain(r.name), CASE WHEN r.name NOT LIKE '% %' OR r.service_id IS NOT NULL THEN search_plain(short.name || ' ' || CASE WHEN r.service_id IS NOT NULL THEN r.kind ELSE r.name END) END),
         search_words(r.name, 'A') || search_words(search_initials(r.name), 'B')
         || search_words(CASE WHEN r.name NOT LIKE '% %' THEN short.name END, 'A') || search_words(scope.name, 'B') || search_words(left(r.purpose, 2000), 'D')
  FROM role r LEFT JOIN practice p ON p.id = r.practice_id LEFT JOIN process c ON c.id = r.process_id LEFT JOIN service v ON v.id = r.service_id
  CROSS JOIN LATERAL (SELECT COALESCE(p.name, c.name, v.name)::text AS name) scope
  CROSS JOIN LATERAL (SELECT regexp_replace(scope.name, ' (management|enablement|planning)$', '', 'i') AS name) short
  WHERE what = 'role' AND r.id = ANY(ids)
  UNION ALL
  SELECT what, p.id, NULL, upper(p.employed), search_plain(p.name),
         setweight(to_tsvector('simple', search_plain(p.name)), 'A') || setweight(to_tsvector('simple', search_plain(p.email || ' ' || p.title)), 'B')
         || setweight(to_tsvector('simple', search_plain(p.department)), 'C')
  FROM person p WHERE what = 'person' AND p.id = ANY(ids)
  UNION ALL
  SELECT what, t.id, NULL, archived_day(t.archived_at), search_plain(t.name),
         search_words(t.name, 'A') || search_words(search_initials(t.name), 'B') || search_words(left(t.purpose, 2000), 'D')
  FROM team t WHERE what = 'team' AND t.id = ANY(ids)
  UNION ALL
  SELECT what, m.id, NULL, archived_day(m.archived_at), search_plain(m.name), search_words(m.name, 'A')
  FROM company m WHERE what = 'company' AND m.id = ANY(ids)
  UNION ALL
  SELECT what, v.id, NULL, archived_day(v.archived_at), search_plain(v.name),
         search_words(v.name, 'A') || search_words(search_initials(v.name), 'B') || search_words(left(v.purpose, 2000), 'D')
  FROM service v WHERE what = 'service' AND v.id = ANY(ids)
  UNION ALL
  SELECT what, y.id, NULL, archived_day(y.archived_at), search_plain(w.title || ' ' || y.number),
         search_words(w.title || ' ' || y.number, 'A') || search_words(left(w.statement, 2000), 'C') || search_words(left(w.why, 2000), 'D')
  FROM policy y JOIN policy_version w ON w.id = (
    SELECT x.id FROM policy_version x WHERE x.policy_id = y.id AND x.state <> 'withdrawn' ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)
  WHERE what = 'policy' AND y.id = ANY(ids)
$_$;

SELECT search_refresh('practice', ARRAY(SELECT id FROM practice WHERE archived_at IS NOT NULL));
SELECT search_refresh('process', ARRAY(SELECT id FROM process WHERE archived_at IS NOT NULL));
SELECT search_refresh('activity', ARRAY(SELECT a.id FROM activity a JOIN process c ON c.id = a.process_id WHERE c.archived_at IS NOT NULL));
SELECT search_refresh('role', ARRAY(
  SELECT r.id FROM role r LEFT JOIN practice p ON p.id = r.practice_id LEFT JOIN process c ON c.id = r.process_id LEFT JOIN service v ON v.id = r.service_id
  WHERE LEAST(r.archived_at, p.archived_at, c.archived_at, v.archived_at) IS NOT NULL));
SELECT search_refresh('team', ARRAY(SELECT id FROM team WHERE archived_at IS NOT NULL));
SELECT search_refresh('company', ARRAY(SELECT id FROM company WHERE archived_at IS NOT NULL));
SELECT search_refresh('service', ARRAY(SELECT id FROM service WHERE archived_at IS NOT NULL));
SELECT search_refresh('policy', ARRAY(SELECT id FROM policy WHERE archived_at IS NOT NULL));
