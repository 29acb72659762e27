-- Search: what people look for, by name and by what is said of it. Derived and unaudited: triggers keep it in the
-- transaction that changes a name, so that a new name is found at once.

-- search_plain is a text as it is compared: small letters without their marks, words between single spaces. The program
-- cuts questions into words by the same signs.
CREATE FUNCTION search_plain(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(replace(replace(replace(replace(
           translate(lower(regexp_replace(normalize(t, NFKD), '[\u0300-\u036f]+', '', 'g')), 'øðđłħıŧ', 'oddlhit'),
           'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
         '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g'))
$$;

-- search_words are the words of a text, as written and by their English stem; no text has none.
CREATE FUNCTION search_words(t text, weight "char") RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('simple', p), weight) || setweight(to_tsvector('english', p), weight) FROM search_plain(COALESCE(t, '')) AS p
$$;

-- search_initials is how people shorten a name: MIM for Major incident manager. A single word has none.
CREATE FUNCTION search_initials(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN search_plain(t) LIKE '% %' THEN (SELECT string_agg(left(w, 1), '' ORDER BY n) FROM unnest(string_to_array(search_plain(t), ' ')) WITH ORDINALITY AS u(w, n)) ELSE '' END
$$;

-- search_query asks for all the words, each as written or by its English stem, the last one also as the beginning of
-- one. Words that say nothing are left out, unless there is nothing else. weights, such as AB, say where to look.
CREATE FUNCTION search_query(asked text[], beginning boolean, weights text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET client_min_messages = warning AS $$
DECLARE
  q tsquery := '';
  word text;
  stem tsquery;
  telling text[] := '{}';
  last text;
BEGIN
  FOREACH word IN ARRAY asked LOOP
    word := search_plain(word);
    CONTINUE WHEN word = '';
    IF to_tsvector('english', word) <> '' THEN
      telling := telling || word;
    END IF;
  END LOOP;
  IF telling = '{}' THEN
    telling := ARRAY(SELECT search_plain(a) FROM unnest(asked) a WHERE search_plain(a) <> '');
  END IF;
  last := telling[cardinality(telling)];
  FOREACH word IN ARRAY telling LOOP
    stem := CASE WHEN to_tsvector('english', word) = '' THEN '' ELSE to_tsquery('english', '''' || word || ''':' || weights) END;
    q := q && (to_tsquery('simple', '''' || word || ''':' || weights || CASE WHEN beginning AND word = last AND length(word) > 2 THEN '*' ELSE '' END) || stem);
  END LOOP;
  RETURN q;
END $$;

-- search_slips asks for the same words with two letters the other way round, or one too many: the slips of the pen that
-- leave the fewest letters in their place.
CREATE FUNCTION search_slips(asked text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET client_min_messages = warning AS $$
DECLARE
  q tsquery := '';
  word text;
  meant text[];
BEGIN
  FOREACH word IN ARRAY asked LOOP
    word := search_plain(word);
    CONTINUE WHEN word = '';
    meant := ARRAY[word];
    IF length(word) BETWEEN 4 AND 24 THEN
      FOR i IN 1 .. length(word) - 1 LOOP
        meant := meant || (left(word, i - 1) || substr(word, i + 1, 1) || substr(word, i, 1) || substr(word, i + 2)) || (left(word, i - 1) || substr(word, i + 1));
      END LOOP;
    END IF;
    q := q && (SELECT to_tsquery('simple', string_agg(DISTINCT '''' || m || '''', ' | ')) || to_tsquery('english', string_agg(DISTINCT '''' || m || '''', ' | ')) FROM unnest(meant) m);
  END LOOP;
  RETURN q;
END $$;

CREATE TABLE search_entry (
  kind        text NOT NULL CONSTRAINT search_entry_kind
              CHECK (kind IN ('practice', 'process', 'activity', 'role', 'person', 'team', 'company', 'service', 'policy')),
  id          bigint NOT NULL,
  practice_id bigint,        -- the one it lies in: what external readers see goes by it
  until       date,          -- of a person: the first day without
  said        text NOT NULL, -- the name and what else it is called, plain: for the beginning of names, and for slips of the pen
  words       tsvector NOT NULL,
  PRIMARY KEY (kind, id)
);
-- People are many: they are looked for apart, so that they never crowd out the rest. No pending lists: readers would
-- pay for them.
CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off) WHERE kind <> 'person';
CREATE INDEX search_entry_person_words ON search_entry USING gin (words) WITH (fastupdate = off) WHERE kind = 'person';
CREATE INDEX search_entry_alike ON search_entry USING gin (said gin_trgm_ops) WITH (fastupdate = off) WHERE kind <> 'person';
CREATE INDEX search_entry_person_alike ON search_entry USING gin (said gin_trgm_ops) WHERE kind = 'person';
CREATE INDEX search_entry_said ON search_entry (said text_pattern_ops);

-- search_made is what the entries of one kind are to be: none for what is archived, or lies in what is.
CREATE FUNCTION search_made(what text, ids bigint[]) RETURNS SETOF search_entry LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT what, p.id, p.id, NULL::date, search_plain(p.name),
         search_words(p.name, 'A') || search_words(search_initials(p.name), 'B') || search_words(left(p.purpose, 2000), 'D')
  FROM practice p WHERE what = 'practice' AND p.id = ANY(ids) AND p.archived_at IS NULL
  UNION ALL
  SELECT what, c.id, c.practice_id, NULL, search_plain(c.name),
         search_words(c.name, 'A') || search_words(search_initials(c.name), 'B') || search_words(p.name, 'C') || search_words(left(v.purpose, 2000), 'D')
  FROM process c JOIN practice p ON p.id = c.practice_id
  LEFT JOIN process_version v ON v.id = (
    SELECT x.id FROM process_version x WHERE x.process_id = c.id AND x.state <> 'withdrawn' ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)
  WHERE what = 'process' AND c.id = ANY(ids) AND c.archived_at IS NULL
  UNION ALL
  -- An activity is called what the published version calls it; the draft, where nothing is published.
  SELECT what, a.id, c.practice_id, NULL, search_plain(s.name),
         search_words(s.name, 'A') || search_words(c.name, 'C') || search_words(left(s.text, 2000), 'D')
  FROM activity a JOIN process c ON c.id = a.process_id
  JOIN step s ON s.activity_id = a.id AND s.version_id = (
    SELECT x.id FROM process_version x WHERE x.process_id = c.id AND x.state <> 'withdrawn' ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)
  WHERE what = 'activity' AND a.id = ANY(ids) AND c.archived_at IS NULL
  UNION ALL
  -- The Manager of Incident management is the incident manager.
  SELECT what, r.id, COALESCE(r.practice_id, c.practice_id), NULL,
         concat_ws(' ', search_plain(r.name), CASE WHEN r.name NOT LIKE '% %' OR r.service_id IS NOT NULL THEN search_plain(short.name || ' ' || CASE WHEN r.service_id IS NOT NULL THEN r.kind ELSE r.name END) END),
         search_words(r.name, 'A') || search_words(search_initials(r.name), 'B')
         || search_words(CASE WHEN r.name NOT LIKE '% %' THEN short.name END, 'A') || search_words(scope.name, 'B') || search_words(left(r.purpose, 2000), 'D')
  FROM role r LEFT JOIN practice p ON p.id = r.practice_id LEFT JOIN process c ON c.id = r.process_id LEFT JOIN service v ON v.id = r.service_id
  CROSS JOIN LATERAL (SELECT COALESCE(p.name, c.name, v.name)::text AS name) scope
  CROSS JOIN LATERAL (SELECT regexp_replace(scope.name, ' (management|enablement|planning)$', '', 'i') AS name) short
  WHERE what = 'role' AND r.id = ANY(ids) AND COALESCE(r.archived_at, p.archived_at, c.archived_at, v.archived_at) IS NULL
  UNION ALL
  SELECT what, p.id, NULL, upper(p.employed), search_plain(p.name),
         setweight(to_tsvector('simple', search_plain(p.name)), 'A') || setweight(to_tsvector('simple', search_plain(p.email || ' ' || p.title)), 'B')
         || setweight(to_tsvector('simple', search_plain(p.department)), 'C')
  FROM person p WHERE what = 'person' AND p.id = ANY(ids)
  UNION ALL
  SELECT what, t.id, NULL, NULL, search_plain(t.name),
         search_words(t.name, 'A') || search_words(search_initials(t.name), 'B') || search_words(left(t.purpose, 2000), 'D')
  FROM team t WHERE what = 'team' AND t.id = ANY(ids) AND t.archived_at IS NULL
  UNION ALL
  SELECT what, m.id, NULL, NULL, search_plain(m.name), search_words(m.name, 'A')
  FROM company m WHERE what = 'company' AND m.id = ANY(ids) AND m.archived_at IS NULL
  UNION ALL
  SELECT what, v.id, NULL, NULL, search_plain(v.name),
         search_words(v.name, 'A') || search_words(search_initials(v.name), 'B') || search_words(left(v.purpose, 2000), 'D')
  FROM service v WHERE what = 'service' AND v.id = ANY(ids) AND v.archived_at IS NULL
  UNION ALL
  SELECT what, y.id, NULL, NULL, search_plain(w.title || ' ' || y.number),
         search_words(w.title || ' ' || y.number, 'A') || search_words(left(w.statement, 2000), 'C') || search_words(left(w.why, 2000), 'D')
  FROM policy y JOIN policy_version w ON w.id = (
    SELECT x.id FROM policy_version x WHERE x.policy_id = y.id AND x.state <> 'withdrawn' ORDER BY x.state IN ('draft', 'submitted'), x.number DESC LIMIT 1)
  WHERE what = 'policy' AND y.id = ANY(ids) AND y.archived_at IS NULL
$$;

-- search_refresh makes entries anew. What they are named after is locked first, so that of two who rename at once the
-- later one sees the earlier one's name.
CREATE FUNCTION search_refresh(what text, ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept bigint[];
BEGIN
  IF COALESCE(cardinality(ids), 0) = 0 THEN
    RETURN;
  END IF;
  IF what = 'process' THEN
    PERFORM FROM practice WHERE id IN (SELECT practice_id FROM process WHERE id = ANY(ids)) ORDER BY id FOR SHARE;
  ELSIF what = 'activity' THEN
    PERFORM FROM process WHERE id IN (SELECT process_id FROM activity WHERE id = ANY(ids)) ORDER BY id FOR SHARE;
  ELSIF what = 'role' THEN
    PERFORM FROM practice WHERE id IN (SELECT practice_id FROM role WHERE id = ANY(ids)) ORDER BY id FOR SHARE;
    PERFORM FROM process WHERE id IN (SELECT process_id FROM role WHERE id = ANY(ids)) ORDER BY id FOR SHARE;
    PERFORM FROM service WHERE id IN (SELECT service_id FROM role WHERE id = ANY(ids)) ORDER BY id FOR SHARE;
  END IF;
  WITH put AS (
    INSERT INTO search_entry SELECT * FROM search_made(what, ids) ORDER BY id
    ON CONFLICT (kind, id) DO UPDATE SET practice_id = EXCLUDED.practice_id, until = EXCLUDED.until, said = EXCLUDED.said, words = EXCLUDED.words
    RETURNING id
  ) SELECT array_agg(id) INTO kept FROM put;
  DELETE FROM search_entry WHERE kind = what AND id IN (SELECT unnest(ids) EXCEPT SELECT unnest(kept));
END $$;

-- search_follow is the trigger of every table whose names are found. Its arguments: the kind of entry, the column that
-- holds its id, and the columns that matter; with none of these changed, nothing is done.
CREATE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  what text := TG_ARGV[0];
  key text := TG_ARGV[1];
  ids bigint[];
  mattering text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM new_rows', key) INTO ids;
  ELSIF TG_OP = 'DELETE' THEN
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM old_rows', key) INTO ids;
  ELSE
    SELECT string_agg(format('n.%1$I IS DISTINCT FROM o.%1$I', c), ' OR ') INTO mattering FROM unnest(TG_ARGV[2:]) AS c;
    EXECUTE format('SELECT array_agg(DISTINCT n.%I) FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE %s', key, mattering) INTO ids;
  END IF;
  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF what = 'version' THEN -- a process says and calls things otherwise
    PERFORM search_refresh('process', ids), search_refresh('activity', ARRAY(SELECT id FROM activity WHERE process_id = ANY(ids)));
    RETURN NULL;
  END IF;
  PERFORM search_refresh(what, ids);
  CASE what
    WHEN 'practice' THEN
      PERFORM search_refresh('process', ARRAY(SELECT id FROM process WHERE practice_id = ANY(ids)));
      PERFORM search_refresh('role', ARRAY(SELECT id FROM role WHERE practice_id = ANY(ids)));
    WHEN 'process' THEN
      PERFORM search_refresh('activity', ARRAY(SELECT id FROM activity WHERE process_id = ANY(ids)));
      PERFORM search_refresh('role', ARRAY(SELECT id FROM role WHERE process_id = ANY(ids)));
    WHEN 'service' THEN
      PERFORM search_refresh('role', ARRAY(SELECT id FROM role WHERE service_id = ANY(ids)));
    ELSE
  END CASE;
  RETURN NULL;
END $$;

CREATE PROCEDURE search_on(target regclass, what text, key text, VARIADIC mattering text[]) LANGUAGE plpgsql AS $$
DECLARE
  args text := (SELECT string_agg(quote_literal(a), ', ') FROM unnest(ARRAY[what, key] || mattering) a);
BEGIN
  EXECUTE format('CREATE TRIGGER search_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_follow(%s)', target, args);
  EXECUTE format('CREATE TRIGGER search_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_follow(%s)', target, args);
  EXECUTE format('CREATE TRIGGER search_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_follow(%s)', target, args);
END $$;

CALL search_on('practice', 'practice', 'id', 'name', 'purpose', 'archived_at');
CALL search_on('process', 'process', 'id', 'name', 'practice_id', 'archived_at');
CALL search_on('process_version', 'version', 'process_id', 'purpose', 'state', 'number');
CALL search_on('step', 'activity', 'activity_id', 'name', 'text');
CALL search_on('role', 'role', 'id', 'name', 'purpose', 'archived_at', 'practice_id', 'process_id', 'service_id');
CALL search_on('person', 'person', 'id', 'name', 'email', 'title', 'department', 'employed');
CALL search_on('team', 'team', 'id', 'name', 'purpose', 'archived_at');
CALL search_on('company', 'company', 'id', 'name', 'archived_at');
CALL search_on('service', 'service', 'id', 'name', 'purpose', 'archived_at');
CALL search_on('policy', 'policy', 'id', 'number', 'archived_at');
CALL search_on('policy_version', 'policy', 'policy_id', 'title', 'statement', 'why', 'state', 'number');

SELECT search_refresh('practice', ARRAY(SELECT id FROM practice)), search_refresh('process', ARRAY(SELECT id FROM process)),
       search_refresh('activity', ARRAY(SELECT id FROM activity)), search_refresh('role', ARRAY(SELECT id FROM role)),
       search_refresh('person', ARRAY(SELECT id FROM person)), search_refresh('team', ARRAY(SELECT id FROM team)),
       search_refresh('company', ARRAY(SELECT id FROM company)), search_refresh('service', ARRAY(SELECT id FROM service)),
       search_refresh('policy', ARRAY(SELECT id FROM policy));
