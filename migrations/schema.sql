-- The schema as the migrations make it, for reading. Written by make schema with PostgreSQL 15.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE DOMAIN public.label AS text
	CONSTRAINT label_length CHECK (((length(VALUE) >= 1) AND (length(VALUE) <= 200)));

CREATE DOMAIN public.prose AS text
	CONSTRAINT prose_length CHECK ((length(VALUE) <= 20000));

CREATE FUNCTION public.archived_day(at timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE STRICT
    AS $$
  SELECT (at AT TIME ZONE time_zone)::date FROM organisation
$$;

CREATE TABLE public.assignment (
    id bigint NOT NULL,
    role_id bigint NOT NULL,
    role_kind text NOT NULL,
    person_id bigint,
    team_id bigint,
    company_id bigint,
    during daterange NOT NULL,
    region_id bigint,
    service_id bigint,
    capacity text DEFAULT 'holder'::text NOT NULL,
    state text NOT NULL,
    acceptance text DEFAULT 'told'::text NOT NULL,
    answered_on date,
    told_how text DEFAULT ''::text NOT NULL,
    objection text DEFAULT ''::text NOT NULL,
    announced boolean DEFAULT true NOT NULL,
    recorded_on date NOT NULL,
    decided_on date NOT NULL,
    decided_by text DEFAULT ''::text NOT NULL,
    recorded_by bigint,
    first_lead boolean DEFAULT false NOT NULL,
    reference text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    ended_reason text DEFAULT ''::text NOT NULL,
    share integer,
    announced_during daterange,
    CONSTRAINT assignment_acceptance CHECK ((acceptance = ANY (ARRAY['told'::text, 'accepted'::text, 'objected'::text]))),
    CONSTRAINT assignment_acting_ends CHECK (((capacity <> 'acting'::text) OR (NOT upper_inf(during)))),
    CONSTRAINT assignment_announced_during CHECK (((announced_during IS NULL) OR ((NOT upper_inf(during)) AND (lower(announced_during) = lower(during)) AND (upper_inf(announced_during) OR (upper(announced_during) > upper(during)))))),
    CONSTRAINT assignment_backdated_has_reason CHECK (((lower(during) >= recorded_on) OR (reason <> ''::text) OR (state = 'withdrawn'::text))),
    CONSTRAINT assignment_capacity CHECK ((capacity = ANY (ARRAY['holder'::text, 'acting'::text, 'deputy'::text]))),
    CONSTRAINT assignment_decided_by_length CHECK ((length(decided_by) <= 200)),
    CONSTRAINT assignment_ended_reason_length CHECK ((length(ended_reason) <= 2000)),
    CONSTRAINT assignment_manager_is_a_person CHECK (((role_kind <> 'manager'::text) OR (person_id IS NOT NULL))),
    CONSTRAINT assignment_not_by_oneself CHECK (((recorded_by <> person_id) OR first_lead OR (state = 'proposed'::text) OR (state = 'withdrawn'::text))),
    CONSTRAINT assignment_objection_has_reason CHECK (((acceptance = 'objected'::text) = (objection <> ''::text))),
    CONSTRAINT assignment_objection_length CHECK ((length(objection) <= 2000)),
    CONSTRAINT assignment_one_holder CHECK ((num_nonnulls(person_id, team_id, company_id) = 1)),
    CONSTRAINT assignment_owner_is_a_person CHECK (((role_kind <> 'owner'::text) OR (person_id IS NOT NULL))),
    CONSTRAINT assignment_owner_is_worldwide CHECK (((role_kind <> 'owner'::text) OR ((region_id IS NULL) AND (service_id IS NULL)))),
    CONSTRAINT assignment_reason_length CHECK ((length(reason) <= 2000)),
    CONSTRAINT assignment_reference_length CHECK ((length(reference) <= 200)),
    CONSTRAINT assignment_share CHECK (((share >= 1) AND (share <= 100))),
    CONSTRAINT assignment_some_day CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)))),
    CONSTRAINT assignment_stand_in_is_a_person CHECK (((capacity = 'holder'::text) OR (person_id IS NOT NULL))),
    CONSTRAINT assignment_state CHECK ((state = ANY (ARRAY['proposed'::text, 'appointed'::text, 'withdrawn'::text]))),
    CONSTRAINT assignment_told_how_length CHECK ((length(told_how) <= 200)),
    CONSTRAINT assignment_whoever_is_never_held CHECK ((role_kind <> 'whoever'::text))
);

CREATE FUNCTION public.asked_on(a public.assignment) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT COALESCE(a.answered_on, GREATEST(a.recorded_on, a.decided_on))
$$;

CREATE PROCEDURE public.audit(IN target regclass, VARIADIC hidden text[] DEFAULT '{}'::text[])
    LANGUAGE plpgsql
    AS $$
DECLARE
  args text := (SELECT COALESCE(string_agg(quote_literal(h), ', '), '') FROM unnest(hidden) h);
BEGIN
  EXECUTE format('CREATE TRIGGER trail_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_inserted(%s)', target, args);
  EXECUTE format('CREATE TRIGGER trail_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_updated(%s)', target, args);
  EXECUTE format('CREATE TRIGGER trail_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_deleted(%s)', target, args);
  EXECUTE format('CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse()', target);
END $$;

CREATE FUNCTION public.bump_page_versions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
  touched text[] := ARRAY(SELECT DISTINCT table_name FROM change WHERE event_id = NEW.id);
  stale bigint[];
BEGIN
  IF touched && ARRAY['organisation', 'region', 'service', 'practice', 'process', 'role', 'raci_column', 'team', 'company', 'membership', 'absence']
     OR 'person' = ANY(touched) AND EXISTS (SELECT FROM change WHERE event_id = NEW.id AND table_name = 'person' AND before IS NOT NULL) THEN
    PERFORM pg_advisory_xact_lock(hashtext('page_version'));
  ELSIF 'assignment' = ANY(touched) THEN
    PERFORM pg_advisory_xact_lock_shared(hashtext('page_version'));
  END IF;
  IF touched <@ ARRAY['raci_cell', 'step', 'hand_off'] THEN -- letters and texts, the most frequent writes: they show on their own matrix alone
    stale := ARRAY(SELECT (COALESCE(after, before) ->> 'version_id')::bigint FROM change WHERE event_id = NEW.id);
    stale := ARRAY(SELECT process_id FROM process_version WHERE id = ANY(stale));
  ELSE
    stale := stale_processes(NEW.id);
  END IF;
  IF stale IS NULL THEN
    INSERT INTO page_version (process_id, v) SELECT id, 1 FROM process ORDER BY id
    ON CONFLICT (process_id) DO UPDATE SET v = page_version.v + 1;
  ELSE
    INSERT INTO page_version (process_id, v) SELECT id, 1 FROM process WHERE id = ANY(stale) ORDER BY id
    ON CONFLICT (process_id) DO UPDATE SET v = page_version.v + 1;
  END IF;
  IF touched && ARRAY['assignment', 'membership', 'role', 'person', 'team', 'company', 'organisation'] THEN
    PERFORM cover_roles(uncovered_roles(NEW.id));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.cover_roles(roles bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'auto'
    AS $$
BEGIN
  IF COALESCE(cardinality(roles), 0) = 0 THEN
    RETURN;
  END IF;
  INSERT INTO role_cover (role_id) SELECT DISTINCT r FROM unnest(roles) r ORDER BY r ON CONFLICT DO NOTHING;
  PERFORM FROM role_cover WHERE role_id = ANY(roles) ORDER BY role_id FOR UPDATE;
  UPDATE role_cover c SET held = m.held, single = m.single, few = m.few, many = m.many, told_from = m.told_from, told_to = m.told_to, ends_from = m.ends_from, ends_to = m.ends_to
  FROM role_cover_made(roles, NULL) m
  WHERE m.role_id = c.role_id AND (m.held, m.single, m.few, m.many, m.told_from, m.told_to, m.ends_from, m.ends_to)
    IS DISTINCT FROM (c.held, c.single, c.few, c.many, c.told_from, c.told_to, c.ends_from, c.ends_to);
  DELETE FROM role_cover WHERE role_id = ANY(roles) AND NOT EXISTS (SELECT FROM role WHERE id = role_id);
  WITH made AS MATERIALIZED (
    SELECT * FROM role_place_made(roles, NULL)
  ), gone AS (
    DELETE FROM role_place p WHERE p.role_id = ANY(roles) AND NOT EXISTS (SELECT FROM made m WHERE m.role_id = p.role_id AND m.region_id IS NOT DISTINCT FROM p.region_id AND m.service_id IS NOT DISTINCT FROM p.service_id)
  )
  INSERT INTO role_place SELECT * FROM made m
  WHERE NOT EXISTS (SELECT FROM role_place p WHERE p.role_id = m.role_id AND p.region_id IS NOT DISTINCT FROM m.region_id AND p.service_id IS NOT DISTINCT FROM m.service_id
                    AND (p.answered, p.several, p.leadless, p.outside, p.leadless_by, p.outside_by) = (m.answered, m.several, m.leadless, m.outside, m.leadless_by, m.outside_by))
  ON CONFLICT ON CONSTRAINT role_place_once DO UPDATE
  SET answered = EXCLUDED.answered, several = EXCLUDED.several, leadless = EXCLUDED.leadless, outside = EXCLUDED.outside, leadless_by = EXCLUDED.leadless_by, outside_by = EXCLUDED.outside_by;
END $$;

CREATE FUNCTION public.current_event() RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
  -- After a commit the setting is '', not NULL.
  e bigint := NULLIF(current_setting('hatrack.event', true), '')::bigint;
BEGIN
  IF e IS NULL OR NOT EXISTS (SELECT FROM event WHERE id = e AND xid = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'a write without an event of its own transaction' USING ERRCODE = 'HT001';
  END IF;
  RETURN e;
END $$;

CREATE FUNCTION public.days_told(during daterange, announced_during daterange, hidden_after date) RETURNS daterange
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN announced_during IS NULL OR hidden_after IS NULL OR upper(during) <= hidden_after THEN during ELSE announced_during END
$$;

CREATE FUNCTION public.derived_columns() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT ARRAY['row_letters', 'row_notes', 'row_hand_offs']
$$;

CREATE FUNCTION public.event_is_final() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.xid <> pg_current_xact_id() THEN
    RAISE EXCEPTION 'UPDATE of event is not allowed' USING ERRCODE = 'HT002';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.follow_step_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
  versions bigint[];
  activities bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(version_id), array_agg(activity_id) INTO versions, activities FROM (SELECT DISTINCT version_id, activity_id FROM new_rows) x;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(version_id), array_agg(activity_id) INTO versions, activities FROM (SELECT DISTINCT version_id, activity_id FROM old_rows) x;
  ELSE
    SELECT array_agg(version_id), array_agg(activity_id) INTO versions, activities
    FROM (SELECT version_id, activity_id FROM new_rows UNION SELECT version_id, activity_id FROM old_rows) x;
  END IF;
  IF versions IS NULL THEN
    RETURN NULL;
  END IF;
  -- Two who write in a row come one after the other, so that the second counts what the first has written.
  PERFORM FROM step s JOIN unnest(versions, activities) AS u (v, a) ON u.v = s.version_id AND u.a = s.activity_id ORDER BY s.id FOR NO KEY UPDATE OF s;
  UPDATE step s SET row_letters = r.letters, row_notes = r.notes, row_hand_offs = r.hand_offs FROM step_rows(versions, activities) r
  WHERE s.id = r.step_id AND (s.row_letters, s.row_notes, s.row_hand_offs) IS DISTINCT FROM (r.letters, r.notes, r.hand_offs);
  RETURN NULL;
END $$;

CREATE FUNCTION public.gap_about(practice bigint, process bigint, activity bigint, role bigint, region bigint, person bigint, team bigint, company bigint, service bigint, policy bigint, assignment bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE
    WHEN assignment IS NOT NULL THEN 'assignment:' || assignment::text
    WHEN activity IS NOT NULL THEN 'activity:' || activity::text
    WHEN role IS NOT NULL THEN 'role:' || role::text || COALESCE(' process:' || process::text, '') || COALESCE(' region:' || region::text, '')
      || COALESCE(' person:' || person::text, '') || COALESCE(' team:' || team::text, '') || COALESCE(' company:' || company::text, '')
    WHEN process IS NOT NULL THEN 'process:' || process::text
    WHEN practice IS NOT NULL THEN 'practice:' || practice::text
    WHEN service IS NOT NULL THEN 'service:' || service::text
    WHEN policy IS NOT NULL THEN 'policy:' || policy::text
    WHEN person IS NOT NULL THEN 'person:' || person::text
    ELSE ''
  END
$$;

CREATE FUNCTION public.gap_number(code text, role bigint, region bigint, day date, hidden_after date) RETURNS integer
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

CREATE FUNCTION public.gap_singles(code text, role bigint, day date, today date, plans boolean) RETURNS TABLE(assignment_id bigint, region_id bigint, person_id bigint, team_id bigint, company_id bigint)
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

CREATE FUNCTION public.gaps_on(day date, today date, plans boolean, singly bigint[]) RETURNS TABLE(code text, severity text, practice_id bigint, process_id bigint, activity_id bigint, role_id bigint, region_id bigint, person_id bigint, team_id bigint, company_id bigint, service_id bigint, policy_id bigint, assignment_id bigint, n integer)
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

CREATE FUNCTION public.keep_deleted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, before, hidden)
  SELECT e, TG_TABLE_NAME, o.id, j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE COALESCE(j ->> c, '') <> '')
  FROM old_rows o, LATERAL (SELECT to_jsonb(o) - derived_columns() AS j) AS row;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_inserted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, after, hidden)
  SELECT e, TG_TABLE_NAME, n.id, j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE COALESCE(j ->> c, '') <> '')
  FROM new_rows n, LATERAL (SELECT to_jsonb(n) - derived_columns() AS j) AS row;
  RETURN NULL;
END $$;

CREATE FUNCTION public.keep_updated() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, before, after, hidden)
  SELECT e, TG_TABLE_NAME, n.id, b.j - secret, a.j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE b.j -> c IS DISTINCT FROM a.j -> c)
  FROM old_rows o JOIN new_rows n ON n.id = o.id,
       LATERAL (SELECT to_jsonb(o) - derived_columns() AS j) AS b, LATERAL (SELECT to_jsonb(n) - derived_columns() AS j) AS a
  WHERE b.j IS DISTINCT FROM a.j;
  RETURN NULL;
END $$;

CREATE FUNCTION public.lead_vacant(day date) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM role r JOIN assignment l ON l.role_id = r.id
    WHERE r.kind = 'manager' AND num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0
      AND l.state = 'appointed' AND l.capacity <> 'deputy' AND l.during @> day);
END $$;

CREATE FUNCTION public.person_touched(kept pg_snapshot, person bigint, roles bigint[], teams bigint[], concerned bigint[]) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN (
    SELECT count(*) > 2000 OR COALESCE(bool_or(CASE
      -- Who else wears one of the roles counts for gaps, and so do their teams and their days away.
      WHEN c.table_name = 'assignment' THEN person IN ((c.before ->> 'person_id')::bigint, (c.after ->> 'person_id')::bigint)
        OR ARRAY[(c.before ->> 'role_id')::bigint, (c.after ->> 'role_id')::bigint] && roles
        OR ARRAY[(c.before ->> 'team_id')::bigint, (c.after ->> 'team_id')::bigint] && teams
      WHEN c.table_name IN ('membership', 'absence') THEN (f.fact ->> 'person_id')::bigint = person OR EXISTS (
        SELECT FROM assignment a WHERE a.role_id = ANY(roles) AND (
          a.team_id = (f.fact ->> 'team_id')::bigint OR NOT f.fact ? 'team_id' AND a.person_id = (f.fact ->> 'person_id')::bigint))
      WHEN c.table_name = 'reporting_line' THEN (f.fact ->> 'person_id')::bigint = ANY(concerned) OR (f.fact ->> 'manager_id')::bigint = person
      -- Of other people it shows what is not only on their own page.
      WHEN c.table_name = 'person' THEN c.row_id = person OR c.before IS NOT NULL
        AND c.before - '{email,phone,location,counter,external_id,region_id}'::text[] IS DISTINCT FROM c.after - '{email,phone,location,counter,external_id,region_id}'::text[]
      -- Letters and texts show where one of the roles is a column, in whichever version, or answers as Owner.
      WHEN c.table_name IN ('step', 'raci_cell', 'raci_column', 'process_version') THEN (f.fact ->> 'role_id')::bigint = ANY(roles) OR EXISTS (
        SELECT FROM process_version v JOIN process n ON n.id = v.process_id
        WHERE v.id = COALESCE((f.fact ->> 'version_id')::bigint, c.row_id) AND (
          EXISTS (SELECT FROM raci_column k JOIN process_version w ON w.id = k.version_id WHERE k.role_id = ANY(roles) AND w.process_id = n.id)
          OR EXISTS (SELECT FROM role r WHERE r.id = ANY(roles) AND r.kind = 'owner' AND (r.process_id = n.id OR r.practice_id = n.practice_id))))
      WHEN c.table_name = 'activity' THEN c.before IS NOT NULL -- moved to another process
      WHEN c.table_name IN ('action', 'accepted_gap') THEN f.fact -> 'assignment_id' <> 'null' -- answers to gaps of single hats
      ELSE c.table_name <> ALL('{hand_off,process_item,review,mistake,account,account_grant,policy,policy_version,policy_attachment,steering_line,practice_relation,service_support}')
    END), false)
    FROM (
      SELECT c.* FROM event e JOIN change c ON c.event_id = e.id
      WHERE e.xid >= pg_snapshot_xmin(kept) AND e.xid < pg_snapshot_xmax(pg_current_snapshot()) AND NOT pg_visible_in_snapshot(e.xid, kept)
      LIMIT 2001
    ) c, LATERAL (SELECT COALESCE(c.after, c.before) AS fact) f);
END $$;

CREATE FUNCTION public.policy_version_on(policy bigint, day date) RETURNS TABLE(id bigint)
    LANGUAGE sql STABLE
    AS $$
  SELECT v.id FROM policy_version v
  WHERE v.policy_id = policy AND (v.state IN ('draft', 'submitted') OR v.state = 'published' AND v.in_force_from <= day)
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;

CREATE FUNCTION public.refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% of % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'HT002';
END $$;

CREATE FUNCTION public.refuse_beyond_employment() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  until date;
BEGIN
  IF NEW.person_id IS NULL OR to_jsonb(NEW) ->> 'state' = 'withdrawn' THEN
    RETURN NULL;
  END IF;
  SELECT upper(employed) INTO until FROM person WHERE id = NEW.person_id FOR SHARE;
  IF until IS NOT NULL AND (upper_inf(NEW.during) OR upper(NEW.during) > until) THEN
    RAISE EXCEPTION 'longer than the person stays' USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_within_employment', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.refuse_leaving_with_hats() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF EXISTS (SELECT FROM assignment WHERE person_id = NEW.id AND state <> 'withdrawn' AND (upper_inf(during) OR upper(during) > upper(NEW.employed)))
     OR EXISTS (SELECT FROM membership WHERE person_id = NEW.id AND (upper_inf(during) OR upper(during) > upper(NEW.employed))) THEN
    RAISE EXCEPTION 'hats or memberships would outlast the person' USING ERRCODE = '23514', CONSTRAINT = 'person_leaves_without_hats', TABLE = 'person';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.refuse_moving_attachment() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.policy_id, lower(NEW.during)) IS DISTINCT FROM (OLD.policy_id, lower(OLD.during)) OR NOT NEW.during <@ OLD.during THEN
    RAISE EXCEPTION 'what a policy governs is ended, never rewritten' USING ERRCODE = '23514', CONSTRAINT = 'policy_attachment_not_rewritten', TABLE = 'policy_attachment';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.refuse_published() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
  v bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
  IF NOT EXISTS (SELECT FROM process_version WHERE id = v AND state = 'draft') THEN
    RAISE EXCEPTION 'only a draft can be changed' USING ERRCODE = '23514', CONSTRAINT = 'process_version_draft_only', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.refuse_rewording() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.purpose, NEW.scope, NEW.number, NEW.process_id) IS DISTINCT FROM (OLD.purpose, OLD.scope, OLD.number, OLD.process_id) THEN
    RAISE EXCEPTION 'only a draft can be changed' USING ERRCODE = '23514', CONSTRAINT = 'process_version_draft_only', TABLE = 'process_version';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.refuse_rewriting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF (NEW.person_id, NEW.team_id, NEW.company_id, NEW.service_id, NEW.region_id, NEW.capacity, lower(NEW.during), NEW.recorded_on)
     IS DISTINCT FROM (OLD.person_id, OLD.team_id, OLD.company_id, OLD.service_id, OLD.region_id, OLD.capacity, lower(OLD.during), OLD.recorded_on) THEN
    RAISE EXCEPTION 'an assignment is ended or withdrawn, never rewritten' USING ERRCODE = '23514', CONSTRAINT = 'assignment_not_rewritten', TABLE = 'assignment';
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' THEN
    RAISE EXCEPTION 'a withdrawn assignment stays withdrawn' USING ERRCODE = '23514', CONSTRAINT = 'assignment_stays_withdrawn', TABLE = 'assignment';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION public.region_refuse_cycle() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('region'));
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT r.id, r.parent_id FROM region r WHERE r.id = NEW.parent_id
      UNION
      SELECT r.id, r.parent_id FROM region r JOIN up ON r.id = up.parent_id
    ) SELECT FROM up WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'a region cannot lie within itself' USING ERRCODE = '23514', CONSTRAINT = 'region_no_cycle', TABLE = 'region';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION public.regions_below(region bigint) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN (
    WITH RECURSIVE below AS (
      SELECT region AS id
      UNION
      SELECT g.id FROM region g JOIN below ON g.parent_id = below.id
    ) SELECT json_agg(id) FROM below);
END $$;

CREATE FUNCTION public.rights_of(account bigint, person bigint, company bigint, day date) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  hats json;
BEGIN
  SELECT json_agg(json_build_object(
    'AssignmentID', w.assignment_id, 'RoleID', w.role_id, 'Kind', r.kind, 'PracticeID', COALESCE(r.practice_id, 0),
    'ProcessID', COALESCE(r.process_id, 0), 'ServiceID', COALESCE(r.service_id, 0),
    'Regions', CASE WHEN w.region_id IS NULL THEN '[]' ELSE regions_below(w.region_id) END,
    'Capacity', w.capacity, 'Team', w.team_id IS NOT NULL, 'Outside', r.outside_office))
  INTO hats
  FROM worn(day) w JOIN role r ON r.id = w.role_id
  WHERE w.person_id = person AND r.archived_at IS NULL AND (w.capacity <> 'deputy' OR w.stands_in);
  RETURN (
    SELECT json_build_object(
      'Hats', hats, 'Administrator', g.administrator, 'AuditsAll', g.audits_all, 'Audits', g.audits,
      'Sees', CASE WHEN company IS NULL OR o.external_sees = 'nothing' THEN '{}' ELSE seen_from_outside(person, company, day) END,
      'LeadVacant', CASE WHEN g.administrator THEN lead_vacant(day) ELSE false END)
    FROM organisation o CROSS JOIN (
      SELECT COALESCE(bool_or(kind = 'administrator'), false) AS administrator, COALESCE(bool_or(kind = 'auditor' AND practice_id IS NULL), false) AS audits_all,
             COALESCE(array_agg(practice_id) FILTER (WHERE kind = 'auditor' AND practice_id IS NOT NULL), '{}') AS audits
      FROM account_grant WHERE account_id = account AND during @> day) g);
END $$;

CREATE TABLE public.role_cover (
    role_id bigint NOT NULL,
    held datemultirange DEFAULT '{}'::datemultirange NOT NULL,
    single datemultirange DEFAULT '{}'::datemultirange NOT NULL,
    few datemultirange DEFAULT '{}'::datemultirange NOT NULL,
    many datemultirange DEFAULT '{}'::datemultirange NOT NULL,
    told_from date[] DEFAULT '{}'::date[] NOT NULL,
    told_to date[] DEFAULT '{}'::date[] NOT NULL,
    ends_from date[] DEFAULT '{}'::date[] NOT NULL,
    ends_to date[] DEFAULT '{}'::date[] NOT NULL
)
WITH (toast_tuple_target='8160');

CREATE FUNCTION public.role_cover_made(roles bigint[], hidden_after date) RETURNS SETOF public.role_cover
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

CREATE FUNCTION public.role_held(roles bigint[], hidden_after date) RETURNS SETOF public.assignment
    LANGUAGE sql STABLE
    AS $$
  SELECT a.* FROM assignment a
  WHERE a.role_id = ANY(roles) AND a.state = 'appointed' AND (hidden_after IS NULL OR a.announced OR lower(a.during) <= hidden_after)
    AND (a.role_kind = 'practitioner' OR a.acceptance = 'accepted' OR NOT (SELECT count_accepted FROM organisation))
$$;

CREATE TABLE public.role_place (
    role_id bigint NOT NULL,
    region_id bigint,
    answered datemultirange NOT NULL,
    several datemultirange NOT NULL,
    leadless datemultirange NOT NULL,
    outside datemultirange NOT NULL,
    leadless_by bigint[] NOT NULL,
    outside_by bigint[] NOT NULL,
    service_id bigint
)
WITH (toast_tuple_target='8160');

CREATE FUNCTION public.role_place_made(roles bigint[], hidden_after date) RETURNS SETOF public.role_place
    LANGUAGE sql STABLE
    AS $$
  WITH answering AS MATERIALIZED (
    SELECT h.id, h.role_id, h.region_id, h.service_id, h.capacity = 'acting' AS acts, d.during, e.company_id IS NOT NULL AS outside, w.id AS who,
           datemultirange(d.during * COALESCE(w.employed, 'empty')) AS there
    FROM role_held(roles, hidden_after) h CROSS JOIN LATERAL (SELECT days_told(h.during, h.announced_during, hidden_after) AS during) d JOIN role r ON r.id = h.role_id AND r.kind <> 'owner' AND NOT r.per_case
    LEFT JOIN team t ON t.id = h.team_id LEFT JOIN company c ON c.id = h.company_id LEFT JOIN person e ON e.id = h.person_id
    LEFT JOIN person w ON w.id = COALESCE(h.person_id, t.lead_id, c.our_contact_id)
    WHERE h.capacity <> 'deputy'
  ), each AS ( -- who answers at all, and who while acting
    SELECT role_id, region_id, service_id, 'any' AS what, who, range_agg(there) AS days FROM answering WHERE who IS NOT NULL GROUP BY role_id, region_id, service_id, who
    UNION ALL
    SELECT role_id, region_id, service_id, 'acts', who, range_agg(there) FROM answering WHERE who IS NOT NULL AND acts GROUP BY role_id, region_id, service_id, who
  ), turn AS (
    SELECT role_id, region_id, service_id, what, day, sum(n) AS n FROM (
      SELECT role_id, region_id, service_id, what, lower(d) AS day, 1 AS n FROM each, unnest(days) d
      UNION ALL SELECT role_id, region_id, service_id, what, upper(d), -1 FROM each, unnest(days) d WHERE NOT upper_inf(d)) t
    GROUP BY role_id, region_id, service_id, what, day
  ), span AS (
    SELECT role_id, region_id, service_id, what, daterange(day, lead(day) OVER w) AS days, sum(n) OVER w AS n FROM turn WINDOW w AS (PARTITION BY role_id, region_id, service_id, what ORDER BY day)
  ), number AS (
    SELECT role_id, region_id, service_id,
           COALESCE(range_agg(days) FILTER (WHERE what = 'any' AND n = 1), '{}') AS one, COALESCE(range_agg(days) FILTER (WHERE what = 'any' AND n > 1), '{}') AS two,
           COALESCE(range_agg(days) FILTER (WHERE what = 'acts' AND n = 1), '{}') AS one_acts, COALESCE(range_agg(days) FILTER (WHERE what = 'acts' AND n > 1), '{}') AS two_act
    FROM span GROUP BY role_id, region_id, service_id
  ), place AS (
    SELECT role_id, region_id, service_id, range_agg(during) AS answered, COALESCE(range_agg(during) FILTER (WHERE acts), '{}') AS acts,
           COALESCE(range_agg(datemultirange(during) - there), '{}') AS nobody, COALESCE(range_agg(datemultirange(during) - there) FILTER (WHERE acts), '{}') AS nobody_acts,
           COALESCE(range_agg(during) FILTER (WHERE outside), '{}') AS outside, COALESCE(range_agg(during) FILTER (WHERE outside AND acts), '{}') AS outside_acts,
           COALESCE(array_agg(id ORDER BY id) FILTER (WHERE datemultirange(during) <> there), '{}') AS leadless_by, COALESCE(array_agg(id ORDER BY id) FILTER (WHERE outside), '{}') AS outside_by
    FROM answering GROUP BY role_id, region_id, service_id
  ), judged AS (
    SELECT p.role_id, p.region_id, p.service_id, p.answered,
           COALESCE(n.two, '{}') - p.acts + COALESCE(n.two_act, '{}') AS several, p.nobody - p.acts + p.nobody_acts AS leadless,
           COALESCE(n.one, '{}') * p.outside - p.acts + COALESCE(n.one_acts, '{}') * p.outside_acts AS outside, p.leadless_by, p.outside_by
    FROM place p LEFT JOIN number n ON n.role_id = p.role_id AND n.region_id IS NOT DISTINCT FROM p.region_id AND n.service_id IS NOT DISTINCT FROM p.service_id
  )
  SELECT role_id, region_id, answered, several - leadless, leadless, outside - leadless, leadless_by, outside_by, service_id FROM judged
$$;

CREATE FUNCTION public.search_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
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
END $_$;

CREATE FUNCTION public.search_initials(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  SELECT CASE WHEN search_plain(t) LIKE '% %' THEN (SELECT string_agg(left(w, 1), '' ORDER BY n) FROM unnest(string_to_array(search_plain(t), ' ')) WITH ORDINALITY AS u(w, n)) ELSE '' END
$$;

CREATE TABLE public.search_entry (
    kind text NOT NULL,
    id bigint NOT NULL,
    practice_id bigint,
    until date,
    said text NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT search_entry_kind CHECK ((kind = ANY (ARRAY['practice'::text, 'process'::text, 'activity'::text, 'role'::text, 'person'::text, 'team'::text, 'company'::text, 'service'::text, 'policy'::text])))
);

CREATE FUNCTION public.search_made(what text, ids bigint[]) RETURNS SETOF public.search_entry
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

CREATE PROCEDURE public.search_on(IN target regclass, IN what text, IN key text, VARIADIC mattering text[])
    LANGUAGE plpgsql
    AS $$
DECLARE
  args text := (SELECT string_agg(quote_literal(a), ', ') FROM unnest(ARRAY[what, key] || mattering) a);
BEGIN
  EXECUTE format('CREATE TRIGGER search_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_follow(%s)', target, args);
  EXECUTE format('CREATE TRIGGER search_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_follow(%s)', target, args);
  EXECUTE format('CREATE TRIGGER search_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_follow(%s)', target, args);
END $$;

CREATE FUNCTION public.search_plain(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  SELECT btrim(regexp_replace(replace(replace(replace(replace(
           translate(lower(regexp_replace(normalize(t, NFKD), '[\u0300-\u036f]+', '', 'g')), 'øðđłħıŧ', 'oddlhit'),
           'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
         '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g'))
$$;

CREATE FUNCTION public.search_query(asked text[], beginning boolean, weights text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET client_min_messages TO 'warning'
    AS $$
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

CREATE FUNCTION public.search_refresh(what text, ids bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.search_renamed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM search_refresh('activity', ARRAY[NEW.activity_id]);
  RETURN NULL;
END $$;

CREATE FUNCTION public.search_slips(asked text[]) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET client_min_messages TO 'warning'
    AS $$
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

CREATE FUNCTION public.search_words(t text, weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT setweight(to_tsvector('simple', p), weight) || setweight(to_tsvector('english', p), weight) FROM search_plain(COALESCE(t, '')) AS p
$$;

CREATE FUNCTION public.seen_from_outside(person bigint, company bigint, day date) RETURNS bigint[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN (
    SELECT COALESCE(array_agg(DISTINCT COALESCE(r.practice_id, c.practice_id)) FILTER (WHERE COALESCE(r.practice_id, c.practice_id) IS NOT NULL), '{}')
    FROM worn(day) w JOIN role r ON r.id = w.role_id LEFT JOIN process c ON c.id = r.process_id
    WHERE w.person_id = person OR w.company_id = company);
END $$;

CREATE FUNCTION public.stale_processes(e bigint) RETURNS bigint[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'auto'
    AS $$
DECLARE
  people bigint[]; teams bigint[]; companies bigint[]; practices bigint[]; roles bigint[]; versions bigint[]; processes bigint[];
BEGIN
  -- Regions and services are choices on every matrix; settings say what counts and what it is called.
  IF EXISTS (SELECT FROM change WHERE event_id = e AND table_name IN ('organisation', 'region', 'service')) THEN
    RETURN NULL;
  END IF;
  companies := ARRAY(SELECT row_id FROM change WHERE event_id = e AND table_name = 'company' AND before IS NOT NULL);
  people := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'person' AND before IS NOT NULL
      AND (before -> 'name', before -> 'sort_name', before -> 'employed', before -> 'company_id')
          IS DISTINCT FROM (after -> 'name', after -> 'sort_name', after -> 'employed', after -> 'company_id')
    UNION
    SELECT (COALESCE(after, before) ->> 'person_id')::bigint FROM change WHERE event_id = e AND table_name = 'absence'
    UNION
    SELECT id FROM person WHERE company_id = ANY(companies)); -- beside them stands their company
  companies := companies || ARRAY(SELECT id FROM company WHERE our_contact_id = ANY(people));
  teams := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'team' AND before IS NOT NULL
    UNION
    SELECT (COALESCE(after, before) ->> 'team_id')::bigint FROM change WHERE event_id = e AND table_name = 'membership'
    UNION
    SELECT id FROM team WHERE lead_id = ANY(people));
  practices := ARRAY(SELECT row_id FROM change WHERE event_id = e AND table_name = 'practice' AND before IS NOT NULL);
  processes := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'process'
    UNION
    SELECT (COALESCE(after, before) ->> 'process_id')::bigint FROM change WHERE event_id = e AND table_name = 'process_version'
    UNION
    SELECT id FROM process WHERE practice_id = ANY(practices));
  roles := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'role'
    UNION
    SELECT (row ->> 'role_id')::bigint FROM change, unnest(ARRAY[before, after]) AS row WHERE event_id = e AND table_name = 'assignment'
    UNION
    SELECT role_id FROM assignment WHERE person_id = ANY(people)
    UNION
    SELECT role_id FROM assignment WHERE team_id = ANY(teams)
    UNION
    SELECT role_id FROM assignment WHERE company_id = ANY(companies)
    UNION -- where they are invited, roles stand with the name of what they hang on
    SELECT id FROM role WHERE practice_id = ANY(practices)
    UNION
    SELECT id FROM role WHERE process_id = ANY(processes));
  versions := ARRAY(
    SELECT DISTINCT (COALESCE(after, before) ->> 'version_id')::bigint FROM change
    WHERE event_id = e AND table_name IN ('step', 'raci_cell', 'raci_column', 'hand_off')
    UNION
    SELECT version_id FROM raci_column WHERE role_id = ANY(roles)
    UNION -- the Owner of a service answers wherever a column stands for them
    SELECT c.version_id FROM raci_column c JOIN role w ON w.id = c.role_id
    WHERE w.stands_for = 'service owner' AND EXISTS (SELECT FROM role WHERE id = ANY(roles) AND service_id IS NOT NULL));
  RETURN ARRAY(
    SELECT unnest(processes)
    UNION
    SELECT process_id FROM process_version WHERE id = ANY(versions)
    UNION -- an Owner answers without being a column
    SELECT process_id FROM role WHERE id = ANY(roles) AND process_id IS NOT NULL
    UNION
    SELECT p.id FROM role r JOIN process p ON p.practice_id = r.practice_id WHERE r.id = ANY(roles) AND r.kind = 'owner'
    UNION
    SELECT p.id FROM change c JOIN process p ON p.id = (c.before ->> 'process_id')::bigint OR p.practice_id = (c.before ->> 'practice_id')::bigint
    WHERE c.event_id = e AND c.table_name = 'role' AND c.before ->> 'kind' = 'owner');
END $$;

CREATE FUNCTION public.step_rows(versions bigint[], activities bigint[]) RETURNS TABLE(step_id bigint, letters text, notes jsonb, hand_offs integer)
    LANGUAGE sql STABLE
    AS $$
  SELECT s.id, l.letters, l.notes, NULLIF(h.hand_offs, 0)
  FROM (SELECT DISTINCT v, a FROM unnest(versions, activities) AS u (v, a)) x (version_id, activity_id)
  JOIN step s USING (version_id, activity_id)
  CROSS JOIN LATERAL (
    SELECT string_agg(c.role_id || c.letters, ',' ORDER BY c.role_id) AS letters, jsonb_object_agg(c.role_id, c.note) FILTER (WHERE c.note <> '') AS notes
    FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id) l
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS hand_offs FROM hand_off h WHERE h.version_id = s.version_id AND h.activity_id = s.activity_id) h
  ORDER BY s.version_id, s.position -- so they are written, and the rows of a matrix lie together
$$;

CREATE FUNCTION public.uncovered(day date, today date, plans boolean) RETURNS TABLE(practice_id bigint, process_id bigint, role_id bigint, region_id bigint, person_id bigint, service_id bigint, assignment_id bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.uncovered_roles(e bigint) RETURNS bigint[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'auto'
    AS $$
DECLARE
  people bigint[]; teams bigint[]; companies bigint[];
BEGIN
  people := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'person' AND before IS NOT NULL
      AND (before -> 'employed', before -> 'company_id') IS DISTINCT FROM (after -> 'employed', after -> 'company_id'));
  teams := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'team' AND before -> 'lead_id' IS DISTINCT FROM after -> 'lead_id'
    UNION
    SELECT (COALESCE(after, before) ->> 'team_id')::bigint FROM change WHERE event_id = e AND table_name = 'membership'
    UNION
    SELECT id FROM team WHERE lead_id = ANY(people));
  companies := ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'company' AND before -> 'our_contact_id' IS DISTINCT FROM after -> 'our_contact_id'
    UNION
    SELECT id FROM company WHERE our_contact_id = ANY(people));
  RETURN ARRAY(
    SELECT row_id FROM change WHERE event_id = e AND table_name = 'role'
      AND (before -> 'wanted_min', before -> 'wanted_max', before -> 'per_case', before -> 'kind') IS DISTINCT FROM (after -> 'wanted_min', after -> 'wanted_max', after -> 'per_case', after -> 'kind')
    UNION
    SELECT (row ->> 'role_id')::bigint FROM change, unnest(ARRAY[before, after]) AS row WHERE event_id = e AND table_name = 'assignment' AND row IS NOT NULL
    UNION
    SELECT role_id FROM assignment WHERE person_id = ANY(people)
    UNION
    SELECT role_id FROM assignment WHERE team_id = ANY(teams)
    UNION
    SELECT role_id FROM assignment WHERE company_id = ANY(companies)
    UNION -- whether Owners and Managers count before they accept
    SELECT id FROM role WHERE kind IN ('owner', 'manager') AND EXISTS (
      SELECT FROM change WHERE event_id = e AND table_name = 'organisation' AND before -> 'count_accepted' IS DISTINCT FROM after -> 'count_accepted'));
END $$;

CREATE FUNCTION public.ungoverned(day date, today date) RETURNS TABLE(practice_id bigint, process_id bigint)
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION public.version_on(process bigint, day date) RETURNS TABLE(id bigint)
    LANGUAGE sql STABLE
    AS $$
  SELECT v.id FROM process_version v
  WHERE v.process_id = process
    AND (v.state IN ('draft', 'submitted') OR (v.in_force_from <= day AND (v.withdrawn_on IS NULL OR day < v.withdrawn_on)))
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;

CREATE FUNCTION public.visitor(account bigint, instant timestamp with time zone) RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  RETURN (
    SELECT json_build_object(
      'AccountID', a.id, 'PersonID', p.id, 'PersonName', p.name, 'Email', a.email, 'External', p.company_id IS NOT NULL, 'Today', d.today,
      'Rights', rights_of(a.id, p.id, p.company_id, d.today),
      'Organisation', json_build_object(
        'Name', o.name, 'TimeZone', o.time_zone, 'OwnerLabel', o.owner_label, 'SupportLetter', o.support_letter, 'CountAccepted', o.count_accepted,
        'FourEyes', o.four_eyes, 'Demo', o.demo, 'SetUpStep', o.set_up_step, 'ExternalSees', o.external_sees, 'Counter', o.counter))
    FROM account a JOIN person p ON p.id = a.person_id CROSS JOIN organisation o
    CROSS JOIN LATERAL (SELECT (instant AT TIME ZONE o.time_zone)::date AS today) d
    WHERE a.id = account AND a.disabled_at IS NULL AND (a.ends_on IS NULL OR d.today < a.ends_on) AND p.employed @> d.today);
END $$;

CREATE FUNCTION public.worn(day date) RETURNS TABLE(assignment_id bigint, role_id bigint, person_id bigint, team_id bigint, company_id bigint, region_id bigint, service_id bigint, capacity text, acceptance text, since date, until date, stands_in boolean)
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

CREATE TABLE public.absence (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    during daterange NOT NULL,
    CONSTRAINT absence_some_day CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during))))
);

ALTER TABLE public.absence ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.absence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.accepted_gap (
    id bigint NOT NULL,
    code text NOT NULL,
    practice_id bigint,
    process_id bigint,
    activity_id bigint,
    role_id bigint,
    region_id bigint,
    person_id bigint,
    reason text NOT NULL,
    accepted_by bigint,
    during daterange NOT NULL,
    team_id bigint,
    company_id bigint,
    service_id bigint,
    policy_id bigint,
    assignment_id bigint,
    CONSTRAINT accepted_gap_about CHECK ((public.gap_about(practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id) <> ''::text)),
    CONSTRAINT accepted_gap_code CHECK ((code ~ '^[a-z][a-z-]{1,60}$'::text)),
    CONSTRAINT accepted_gap_ends CHECK (((NOT isempty(during)) AND (NOT lower_inf(during)) AND (NOT upper_inf(during)))),
    CONSTRAINT accepted_gap_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)))
);

ALTER TABLE public.accepted_gap ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.accepted_gap_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.account (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    email text NOT NULL,
    password_hash text DEFAULT ''::text NOT NULL,
    disabled_at timestamp with time zone,
    ends_on date,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT account_email_length CHECK (((length(email) >= 3) AND (length(email) <= 320)))
);

CREATE TABLE public.account_grant (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    kind text NOT NULL,
    practice_id bigint,
    during daterange NOT NULL,
    CONSTRAINT account_grant_auditor_ends CHECK (((kind <> 'auditor'::text) OR (NOT upper_inf(during)))),
    CONSTRAINT account_grant_kind CHECK ((kind = ANY (ARRAY['administrator'::text, 'auditor'::text]))),
    CONSTRAINT account_grant_some_day CHECK ((NOT isempty(during)))
);

ALTER TABLE public.account_grant ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.action (
    id bigint NOT NULL,
    what public.label NOT NULL,
    person_id bigint NOT NULL,
    due_on date NOT NULL,
    code text DEFAULT ''::text NOT NULL,
    practice_id bigint,
    process_id bigint,
    activity_id bigint,
    role_id bigint,
    region_id bigint,
    about_id bigint,
    team_id bigint,
    company_id bigint,
    service_id bigint,
    policy_id bigint,
    assignment_id bigint,
    planned_by bigint,
    planned_on date NOT NULL,
    done_on date,
    done_by bigint,
    outcome text DEFAULT ''::text NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT action_about CHECK ((public.gap_about(practice_id, process_id, activity_id, role_id, region_id, about_id, team_id, company_id, service_id, policy_id, assignment_id) <> ''::text)),
    CONSTRAINT action_code CHECK ((code ~ '^([a-z][a-z-]{1,60})?$'::text)),
    CONSTRAINT action_done CHECK (((done_on IS NULL) = (outcome = ''::text))),
    CONSTRAINT action_outcome_length CHECK ((length(outcome) <= 2000))
);

ALTER TABLE public.action ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.activity (
    id bigint NOT NULL,
    process_id bigint NOT NULL
);

ALTER TABLE public.activity ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.assignment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.change (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    table_name text NOT NULL,
    row_id bigint NOT NULL,
    before jsonb,
    after jsonb,
    hidden text[] DEFAULT '{}'::text[] NOT NULL
);

ALTER TABLE public.change ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.company (
    id bigint NOT NULL,
    name public.label NOT NULL,
    kind text NOT NULL,
    note public.prose DEFAULT ''::text NOT NULL,
    our_contact_id bigint,
    their_contact_id bigint,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT company_kind CHECK ((kind = ANY (ARRAY['supplier'::text, 'customer'::text])))
);

ALTER TABLE public.company ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.company_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contact_before (
    event_id bigint NOT NULL,
    person_id bigint NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    kept_at timestamp with time zone NOT NULL
);

CREATE TABLE public.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    actor text NOT NULL,
    account_id bigint,
    person_id bigint,
    act text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    private boolean DEFAULT false NOT NULL,
    request text DEFAULT ''::text NOT NULL,
    undoes bigint,
    CONSTRAINT event_account CHECK (((actor = 'account'::text) = (account_id IS NOT NULL))),
    CONSTRAINT event_actor CHECK ((actor = ANY (ARRAY['account'::text, 'operator'::text, 'migration'::text, 'system'::text])))
);

CREATE TABLE public.event_about (
    event_id bigint NOT NULL,
    kind text NOT NULL,
    id bigint NOT NULL
);

ALTER TABLE public.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.grid_memory (
    shape text NOT NULL,
    choice jsonb NOT NULL,
    answers jsonb NOT NULL,
    remembered_at timestamp with time zone NOT NULL,
    event_id bigint
);

CREATE TABLE public.hand_off (
    id bigint NOT NULL,
    version_id bigint NOT NULL,
    activity_id bigint NOT NULL,
    direction text NOT NULL,
    what public.label NOT NULL,
    to_activity_id bigint,
    to_process_id bigint,
    party text DEFAULT ''::text NOT NULL,
    "position" integer DEFAULT 1 NOT NULL,
    CONSTRAINT hand_off_direction CHECK ((direction = ANY (ARRAY['out'::text, 'in'::text]))),
    CONSTRAINT hand_off_not_oneself CHECK ((to_activity_id <> activity_id)),
    CONSTRAINT hand_off_one_side CHECK ((num_nonnulls(to_activity_id, to_process_id, NULLIF(party, ''::text)) = 1)),
    CONSTRAINT hand_off_party_length CHECK ((length(party) <= 200)),
    CONSTRAINT hand_off_written_once CHECK (((to_activity_id IS NULL) OR (direction = 'out'::text)))
);

ALTER TABLE public.hand_off ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.hand_off_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.login_link (
    token_hash bytea NOT NULL,
    account_id bigint,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.membership (
    id bigint NOT NULL,
    team_id bigint NOT NULL,
    person_id bigint NOT NULL,
    during daterange NOT NULL,
    CONSTRAINT membership_some_day CHECK (((NOT isempty(during)) AND (NOT lower_inf(during))))
);

ALTER TABLE public.membership ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mistake (
    id bigint NOT NULL,
    process_id bigint,
    activity_id bigint,
    role_id bigint,
    about text DEFAULT ''::text NOT NULL,
    text text NOT NULL,
    reported_by bigint NOT NULL,
    reported_on date NOT NULL,
    closed_on date,
    answer text DEFAULT ''::text NOT NULL,
    CONSTRAINT mistake_about_length CHECK ((length(about) <= 200)),
    CONSTRAINT mistake_about_something CHECK ((num_nonnulls(process_id, role_id) >= 1)),
    CONSTRAINT mistake_answer_length CHECK ((length(answer) <= 2000)),
    CONSTRAINT mistake_text_length CHECK (((length(text) >= 1) AND (length(text) <= 2000)))
);

ALTER TABLE public.mistake ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.mistake_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.organisation (
    id bigint NOT NULL,
    name public.label NOT NULL,
    time_zone text NOT NULL,
    owner_label text DEFAULT 'practice'::text NOT NULL,
    support_letter boolean DEFAULT false NOT NULL,
    count_accepted boolean DEFAULT false NOT NULL,
    four_eyes boolean DEFAULT false NOT NULL,
    demo boolean DEFAULT false NOT NULL,
    set_up_step integer DEFAULT 0 NOT NULL,
    external_sees text DEFAULT 'own'::text NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT organisation_external_sees CHECK ((external_sees = ANY (ARRAY['own'::text, 'nothing'::text]))),
    CONSTRAINT organisation_owner_label CHECK ((owner_label = ANY (ARRAY['practice'::text, 'process'::text]))),
    CONSTRAINT organisation_set_up_step CHECK (((set_up_step >= 0) AND (set_up_step <= 5))),
    CONSTRAINT organisation_single CHECK ((id = 1))
);

CREATE TABLE public.page_version (
    process_id bigint NOT NULL,
    v bigint NOT NULL
);

CREATE TABLE public.person (
    id bigint NOT NULL,
    external_id text,
    name public.label NOT NULL,
    sort_name public.label NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    department text DEFAULT ''::text NOT NULL,
    location text DEFAULT ''::text NOT NULL,
    region_id bigint,
    company_id bigint,
    employed daterange DEFAULT '(,)'::daterange NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT person_department_length CHECK ((length(department) <= 200)),
    CONSTRAINT person_email_length CHECK ((length(email) <= 320)),
    CONSTRAINT person_employed_some_day CHECK ((NOT isempty(employed))),
    CONSTRAINT person_external_id_length CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
    CONSTRAINT person_location_length CHECK ((length(location) <= 200)),
    CONSTRAINT person_phone_length CHECK ((length(phone) <= 100)),
    CONSTRAINT person_title_length CHECK ((length(title) <= 200))
);

ALTER TABLE public.person ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.policy (
    id bigint NOT NULL,
    number text NOT NULL,
    owner_role_id bigint,
    driver text DEFAULT 'internal'::text NOT NULL,
    issuing_body text DEFAULT ''::text NOT NULL,
    review_months integer,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL,
    review_due date,
    last_reviewed date,
    CONSTRAINT policy_driver CHECK ((driver = ANY (ARRAY['law'::text, 'regulation'::text, 'contract'::text, 'internal'::text]))),
    CONSTRAINT policy_issuing_body_length CHECK ((length(issuing_body) <= 200)),
    CONSTRAINT policy_number_length CHECK (((length(number) >= 1) AND (length(number) <= 40))),
    CONSTRAINT policy_review_clock CHECK (((review_months IS NULL) = (review_due IS NULL))),
    CONSTRAINT policy_review_months CHECK (((review_months >= 1) AND (review_months <= 120)))
);

CREATE TABLE public.policy_attachment (
    id bigint NOT NULL,
    policy_id bigint NOT NULL,
    practice_id bigint,
    process_id bigint,
    activity_id bigint,
    during daterange NOT NULL,
    CONSTRAINT policy_attachment_one CHECK ((num_nonnulls(practice_id, process_id, activity_id) = 1)),
    CONSTRAINT policy_attachment_some_day CHECK (((NOT isempty(during)) AND (NOT lower_inf(during))))
);

ALTER TABLE public.policy_attachment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.policy_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.policy ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.policy_version (
    id bigint NOT NULL,
    policy_id bigint NOT NULL,
    number integer NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    in_force_from date,
    title public.label NOT NULL,
    statement public.prose DEFAULT ''::text NOT NULL,
    why public.prose DEFAULT ''::text NOT NULL,
    measure public.prose DEFAULT ''::text NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT policy_version_in_force CHECK (((state = ANY (ARRAY['published'::text, 'withdrawn'::text])) = (in_force_from IS NOT NULL))),
    CONSTRAINT policy_version_number CHECK ((number > 0)),
    CONSTRAINT policy_version_state CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'published'::text, 'withdrawn'::text])))
);

ALTER TABLE public.policy_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.policy_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.practice (
    id bigint NOT NULL,
    name public.label NOT NULL,
    category text NOT NULL,
    purpose public.prose DEFAULT ''::text NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    organisation_people public.prose DEFAULT ''::text NOT NULL,
    information_technology public.prose DEFAULT ''::text NOT NULL,
    partners_suppliers public.prose DEFAULT ''::text NOT NULL,
    value_streams public.prose DEFAULT ''::text NOT NULL,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL,
    merged_into_id bigint,
    CONSTRAINT practice_category CHECK ((category = ANY (ARRAY['general'::text, 'service'::text, 'technical'::text]))),
    CONSTRAINT practice_merged_is_archived CHECK (((merged_into_id IS NULL) OR (archived_at IS NOT NULL))),
    CONSTRAINT practice_not_into_itself CHECK ((merged_into_id <> id)),
    CONSTRAINT practice_state CHECK ((state = ANY (ARRAY['planned'::text, 'in use'::text, 'retired'::text])))
);

ALTER TABLE public.practice ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.practice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.practice_relation (
    id bigint NOT NULL,
    practice_id bigint NOT NULL,
    related_id bigint NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT practice_relation_note_length CHECK ((length(note) <= 500)),
    CONSTRAINT practice_relation_ordered CHECK ((practice_id < related_id))
);

ALTER TABLE public.practice_relation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.practice_relation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.process (
    id bigint NOT NULL,
    practice_id bigint NOT NULL,
    name public.label NOT NULL,
    kind text DEFAULT 'daily'::text NOT NULL,
    "position" integer NOT NULL,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL,
    review_months integer,
    review_due date,
    last_reviewed date,
    CONSTRAINT process_kind CHECK ((kind = ANY (ARRAY['daily'::text, 'care'::text]))),
    CONSTRAINT process_review_clock CHECK (((review_months IS NULL) = (review_due IS NULL))),
    CONSTRAINT process_review_months CHECK (((review_months >= 1) AND (review_months <= 120)))
);

ALTER TABLE public.process ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.process_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.process_item (
    id bigint NOT NULL,
    version_id bigint NOT NULL,
    kind text NOT NULL,
    "position" integer NOT NULL,
    text text NOT NULL,
    CONSTRAINT process_item_kind CHECK ((kind = ANY (ARRAY['trigger'::text, 'input'::text, 'output'::text]))),
    CONSTRAINT process_item_text_length CHECK (((length(text) >= 1) AND (length(text) <= 500)))
);

ALTER TABLE public.process_item ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.process_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.process_version (
    id bigint NOT NULL,
    process_id bigint NOT NULL,
    number integer NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    in_force_from date,
    withdrawn_on date,
    purpose public.prose DEFAULT ''::text NOT NULL,
    scope public.prose DEFAULT ''::text NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    approved_by text DEFAULT ''::text NOT NULL,
    approved_on date,
    approved_reference text DEFAULT ''::text NOT NULL,
    CONSTRAINT process_version_approved_before CHECK (((number = 1) OR (approved_by = ''::text))),
    CONSTRAINT process_version_approved_by_length CHECK ((length(approved_by) <= 200)),
    CONSTRAINT process_version_approved_by_somebody CHECK (((approved_by <> ''::text) OR ((approved_on IS NULL) AND (approved_reference = ''::text)))),
    CONSTRAINT process_version_approved_reference_length CHECK ((length(approved_reference) <= 200)),
    CONSTRAINT process_version_in_force CHECK (((state = ANY (ARRAY['published'::text, 'withdrawn'::text])) = (in_force_from IS NOT NULL))),
    CONSTRAINT process_version_number CHECK ((number > 0)),
    CONSTRAINT process_version_state CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'published'::text, 'withdrawn'::text]))),
    CONSTRAINT process_version_withdrawn CHECK (((state = 'withdrawn'::text) = (withdrawn_on IS NOT NULL)))
);

ALTER TABLE public.process_version ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.process_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.raci_cell (
    id bigint NOT NULL,
    version_id bigint NOT NULL,
    activity_id bigint NOT NULL,
    role_id bigint NOT NULL,
    letters text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    CONSTRAINT raci_cell_letters CHECK (((letters ~ '^A?R?C?I?S?$'::text) AND (letters <> ''::text))),
    CONSTRAINT raci_cell_note_length CHECK ((length(note) <= 500))
);

ALTER TABLE public.raci_cell ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.raci_cell_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.raci_column (
    id bigint NOT NULL,
    version_id bigint NOT NULL,
    role_id bigint NOT NULL,
    "position" integer NOT NULL
);

ALTER TABLE public.raci_column ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.raci_column_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.region (
    id bigint NOT NULL,
    parent_id bigint,
    name public.label NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT region_not_its_own_parent CHECK ((parent_id <> id))
);

ALTER TABLE public.region ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.region_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.reporting_line (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    manager_id bigint NOT NULL,
    is_primary boolean DEFAULT false NOT NULL,
    CONSTRAINT reporting_line_not_oneself CHECK ((person_id <> manager_id))
);

ALTER TABLE public.reporting_line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.reporting_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.review (
    id bigint NOT NULL,
    role_id bigint,
    process_id bigint,
    policy_id bigint,
    reviewed_on date NOT NULL,
    reviewed_by bigint,
    sentence text NOT NULL,
    due_before date NOT NULL,
    due_after date NOT NULL,
    CONSTRAINT review_due_later CHECK ((due_after > reviewed_on)),
    CONSTRAINT review_one CHECK ((num_nonnulls(role_id, process_id, policy_id) = 1)),
    CONSTRAINT review_sentence_length CHECK (((length(sentence) >= 1) AND (length(sentence) <= 500)))
);

ALTER TABLE public.review ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.role (
    id bigint NOT NULL,
    kind text NOT NULL,
    name public.label NOT NULL,
    practice_id bigint,
    process_id bigint,
    service_id bigint,
    per_case boolean DEFAULT false NOT NULL,
    stands_for text,
    purpose public.prose DEFAULT ''::text NOT NULL,
    responsibilities public.prose DEFAULT ''::text NOT NULL,
    authorities public.prose DEFAULT ''::text NOT NULL,
    competences public.prose DEFAULT ''::text NOT NULL,
    wanted_min integer,
    wanted_max integer,
    merged_into_id bigint,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL,
    review_months integer,
    review_due date,
    last_reviewed date,
    outside_office boolean DEFAULT false NOT NULL,
    CONSTRAINT role_kind CHECK ((kind = ANY (ARRAY['owner'::text, 'manager'::text, 'practitioner'::text, 'whoever'::text]))),
    CONSTRAINT role_merged_is_archived CHECK (((merged_into_id IS NULL) OR (archived_at IS NOT NULL))),
    CONSTRAINT role_one_scope CHECK ((num_nonnulls(practice_id, process_id, service_id) <= 1)),
    CONSTRAINT role_outside_office CHECK (((NOT outside_office) OR ((kind = 'practitioner'::text) AND (practice_id IS NULL) AND (process_id IS NULL) AND (service_id IS NULL)))),
    CONSTRAINT role_review_clock CHECK (((review_months IS NULL) = (review_due IS NULL))),
    CONSTRAINT role_review_months CHECK (((review_months >= 1) AND (review_months <= 120))),
    CONSTRAINT role_stands_for CHECK ((stands_for = ANY (ARRAY['service owner'::text, 'line manager'::text]))),
    CONSTRAINT role_stands_for_whoever CHECK (((stands_for IS NULL) OR (kind = 'whoever'::text))),
    CONSTRAINT role_wanted CHECK (((wanted_min >= 0) AND (wanted_max >= GREATEST(wanted_min, 1)))),
    CONSTRAINT role_whoever_wants_nobody CHECK (((kind <> 'whoever'::text) OR ((wanted_min IS NULL) AND (wanted_max IS NULL))))
);

ALTER TABLE public.role ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.service (
    id bigint NOT NULL,
    name public.label NOT NULL,
    purpose public.prose DEFAULT ''::text NOT NULL,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL
);

ALTER TABLE public.service ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.service_support (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    practice_id bigint,
    team_id bigint,
    company_id bigint,
    CONSTRAINT service_support_one CHECK ((num_nonnulls(practice_id, team_id, company_id) = 1))
);

ALTER TABLE public.service_support ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.service_support_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.session (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

CREATE TABLE public.sign_in_attempt (
    id bigint NOT NULL,
    email text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE public.sign_in_attempt ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sign_in_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staged_file (
    id bigint NOT NULL,
    staged_id bigint NOT NULL,
    file_name text NOT NULL,
    content bytea NOT NULL,
    read_at timestamp with time zone,
    claimed_at timestamp with time zone,
    problem text DEFAULT ''::text NOT NULL,
    choices jsonb DEFAULT '{}'::jsonb NOT NULL,
    remembered boolean DEFAULT false NOT NULL,
    remembered_of text DEFAULT ''::text NOT NULL
);

ALTER TABLE public.staged_file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staged_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staged_import (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    kind text NOT NULL,
    file_name text NOT NULL,
    content bytea NOT NULL,
    answers jsonb DEFAULT '{}'::jsonb NOT NULL,
    staged_at timestamp with time zone NOT NULL,
    CONSTRAINT staged_import_kind CHECK ((kind = ANY (ARRAY['people'::text, 'raci'::text, 'assignments'::text, 'policies'::text])))
);

ALTER TABLE public.staged_import ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staged_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.steering_line (
    id bigint NOT NULL,
    text text NOT NULL,
    asked_on date NOT NULL,
    asked_by bigint,
    counter bigint DEFAULT 1 NOT NULL,
    CONSTRAINT steering_line_length CHECK (((length(text) >= 1) AND (length(text) <= 500)))
);

ALTER TABLE public.steering_line ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.steering_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.step (
    id bigint NOT NULL,
    version_id bigint NOT NULL,
    activity_id bigint NOT NULL,
    "position" integer NOT NULL,
    section text DEFAULT ''::text NOT NULL,
    name public.label NOT NULL,
    text public.prose DEFAULT ''::text NOT NULL,
    procedure public.prose DEFAULT ''::text NOT NULL,
    counter bigint DEFAULT 1 NOT NULL,
    row_letters text,
    row_notes jsonb,
    row_hand_offs integer,
    CONSTRAINT step_section_length CHECK ((length(section) <= 200))
);

ALTER TABLE public.step ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.team (
    id bigint NOT NULL,
    name public.label NOT NULL,
    purpose public.prose DEFAULT ''::text NOT NULL,
    region_id bigint,
    company_id bigint,
    lead_id bigint,
    archived_at timestamp with time zone,
    counter bigint DEFAULT 1 NOT NULL
);

ALTER TABLE public.team ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_once EXCLUDE USING gist (person_id WITH =, during WITH &&);

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_once EXCLUDE USING gist (code WITH =, public.gap_about(practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id) WITH =, during WITH &&);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_person UNIQUE (person_id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_one_owner EXCLUDE USING gist (role_id WITH =, capacity WITH =, during WITH &&) WHERE (((role_kind = 'owner'::text) AND (state = 'appointed'::text) AND (capacity = ANY (ARRAY['holder'::text, 'acting'::text]))));

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contact_before
    ADD CONSTRAINT contact_before_pkey PRIMARY KEY (event_id, person_id);

ALTER TABLE ONLY public.event_about
    ADD CONSTRAINT event_about_pkey PRIMARY KEY (kind, id, event_id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.grid_memory
    ADD CONSTRAINT grid_memory_pkey PRIMARY KEY (shape);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.login_link
    ADD CONSTRAINT login_link_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_once EXCLUDE USING gist (person_id WITH =, team_id WITH =, ((during * '(,)'::daterange)) WITH &&);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mistake
    ADD CONSTRAINT mistake_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.page_version
    ADD CONSTRAINT page_version_pkey PRIMARY KEY (process_id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.policy_attachment
    ADD CONSTRAINT policy_attachment_once EXCLUDE USING gist (policy_id WITH =, COALESCE(practice_id, (0)::bigint) WITH =, COALESCE(process_id, (0)::bigint) WITH =, COALESCE(activity_id, (0)::bigint) WITH =, during WITH &&);

ALTER TABLE ONLY public.policy_attachment
    ADD CONSTRAINT policy_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.policy_version
    ADD CONSTRAINT policy_version_once UNIQUE (policy_id, number);

ALTER TABLE ONLY public.policy_version
    ADD CONSTRAINT policy_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.practice
    ADD CONSTRAINT practice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.practice_relation
    ADD CONSTRAINT practice_relation_once UNIQUE (practice_id, related_id);

ALTER TABLE ONLY public.practice_relation
    ADD CONSTRAINT practice_relation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.process_item
    ADD CONSTRAINT process_item_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.process
    ADD CONSTRAINT process_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_once UNIQUE (process_id, number);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.raci_cell
    ADD CONSTRAINT raci_cell_once UNIQUE (version_id, activity_id, role_id) INCLUDE (letters);

ALTER TABLE ONLY public.raci_cell
    ADD CONSTRAINT raci_cell_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.raci_column
    ADD CONSTRAINT raci_column_once UNIQUE (version_id, role_id);

ALTER TABLE ONLY public.raci_column
    ADD CONSTRAINT raci_column_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.region
    ADD CONSTRAINT region_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reporting_line
    ADD CONSTRAINT reporting_line_once UNIQUE (person_id, manager_id);

ALTER TABLE ONLY public.reporting_line
    ADD CONSTRAINT reporting_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_once UNIQUE NULLS NOT DISTINCT (role_id, process_id, policy_id, reviewed_on);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.role_cover
    ADD CONSTRAINT role_cover_pkey PRIMARY KEY (role_id);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_id_kind UNIQUE (id, kind);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.role_place
    ADD CONSTRAINT role_place_once UNIQUE NULLS NOT DISTINCT (role_id, region_id, service_id);

ALTER TABLE ONLY public.search_entry
    ADD CONSTRAINT search_entry_pkey PRIMARY KEY (kind, id);

ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.service_support
    ADD CONSTRAINT service_support_once UNIQUE NULLS NOT DISTINCT (service_id, practice_id, team_id, company_id);

ALTER TABLE ONLY public.service_support
    ADD CONSTRAINT service_support_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sign_in_attempt
    ADD CONSTRAINT sign_in_attempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staged_file
    ADD CONSTRAINT staged_file_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staged_import
    ADD CONSTRAINT staged_import_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.steering_line
    ADD CONSTRAINT steering_line_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.step
    ADD CONSTRAINT step_once UNIQUE (version_id, activity_id);

ALTER TABLE ONLY public.step
    ADD CONSTRAINT step_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_pkey PRIMARY KEY (id);

CREATE INDEX absence_person ON public.absence USING btree (person_id) INCLUDE (during);

CREATE INDEX accepted_gap_process_of ON public.accepted_gap USING btree (process_id) WHERE (process_id IS NOT NULL);

CREATE INDEX accepted_gap_role_of ON public.accepted_gap USING btree (role_id) WHERE (role_id IS NOT NULL);

CREATE UNIQUE INDEX account_email ON public.account USING btree (lower(email));

CREATE INDEX account_grant_account ON public.account_grant USING btree (account_id);

CREATE INDEX action_done_on ON public.action USING btree (done_on DESC, id) WHERE (done_on IS NOT NULL);

CREATE UNIQUE INDEX action_once ON public.action USING btree (code, public.gap_about(practice_id, process_id, activity_id, role_id, region_id, about_id, team_id, company_id, service_id, policy_id, assignment_id)) WHERE ((done_on IS NULL) AND (code <> ''::text));

CREATE INDEX action_open ON public.action USING btree (due_on, id) WHERE (done_on IS NULL);

CREATE INDEX action_person ON public.action USING btree (person_id, due_on);

CREATE INDEX action_process_of ON public.action USING btree (process_id) WHERE (process_id IS NOT NULL);

CREATE INDEX action_role_of ON public.action USING btree (role_id) WHERE (role_id IS NOT NULL);

CREATE INDEX activity_process ON public.activity USING btree (process_id);

CREATE INDEX assignment_acting ON public.assignment USING btree (role_id) WHERE ((capacity = 'acting'::text) AND (state = 'appointed'::text));

CREATE INDEX assignment_chair ON public.assignment USING btree (role_id) WHERE (role_kind = ANY (ARRAY['owner'::text, 'manager'::text]));

CREATE INDEX assignment_company ON public.assignment USING btree (company_id) WHERE (company_id IS NOT NULL);

CREATE INDEX assignment_ending ON public.assignment USING btree (upper(during)) WHERE ((capacity = 'holder'::text) AND (state = 'appointed'::text) AND (NOT upper_inf(during)));

CREATE INDEX assignment_person ON public.assignment USING btree (person_id) INCLUDE (id, role_id, role_kind, during, capacity, state, acceptance, announced) WHERE (person_id IS NOT NULL);

CREATE INDEX assignment_quiet_end ON public.assignment USING btree (upper(during)) WHERE (announced_during IS NOT NULL);

CREATE INDEX assignment_recorded_by ON public.assignment USING btree (recorded_by) WHERE (recorded_by IS NOT NULL);

CREATE INDEX assignment_role_held ON public.assignment USING btree (role_id) INCLUDE (person_id, team_id, company_id, during, region_id, capacity, state);

CREATE INDEX assignment_service ON public.assignment USING btree (service_id) WHERE (service_id IS NOT NULL);

CREATE INDEX assignment_team ON public.assignment USING btree (team_id) WHERE (team_id IS NOT NULL);

CREATE INDEX assignment_told ON public.assignment USING btree (region_id) WHERE ((acceptance = 'told'::text) AND (state = 'appointed'::text));

CREATE INDEX assignment_unannounced ON public.assignment USING btree (lower(during)) WHERE ((NOT announced) AND (state = 'appointed'::text));

CREATE INDEX assignment_undecided ON public.assignment USING btree (role_id) WHERE (((state = 'proposed'::text) OR (acceptance = 'objected'::text)) AND (state <> 'withdrawn'::text));

CREATE INDEX change_event ON public.change USING btree (event_id, id);

CREATE INDEX change_kind ON public.change USING btree (table_name, event_id);

CREATE INDEX change_row ON public.change USING btree (table_name, row_id);

CREATE UNIQUE INDEX company_name ON public.company USING btree (lower((name)::text));

CREATE INDEX contact_before_person ON public.contact_before USING btree (person_id);

CREATE INDEX event_about_event ON public.event_about USING btree (event_id);

CREATE INDEX event_act ON public.event USING btree (act, at, id);

CREATE INDEX event_at ON public.event USING btree (at, id);

CREATE INDEX event_person ON public.event USING btree (person_id, at, id) WHERE (person_id IS NOT NULL);

CREATE UNIQUE INDEX event_undone_once ON public.event USING btree (undoes) WHERE (undoes IS NOT NULL);

CREATE INDEX event_xid ON public.event USING btree (xid);

CREATE INDEX hand_off_from ON public.hand_off USING btree (version_id, activity_id);

CREATE INDEX hand_off_to_activity ON public.hand_off USING btree (to_activity_id) WHERE (to_activity_id IS NOT NULL);

CREATE INDEX hand_off_to_process ON public.hand_off USING btree (to_process_id) WHERE (to_process_id IS NOT NULL);

CREATE INDEX membership_person ON public.membership USING btree (person_id) INCLUDE (team_id, during);

CREATE INDEX membership_team ON public.membership USING btree (team_id) INCLUDE (person_id, during);

CREATE INDEX mistake_open_process ON public.mistake USING btree (process_id) WHERE (closed_on IS NULL);

CREATE INDEX mistake_open_role ON public.mistake USING btree (role_id) WHERE (closed_on IS NULL);

CREATE INDEX person_company ON public.person USING btree (company_id) WHERE (company_id IS NOT NULL);

CREATE INDEX person_department ON public.person USING btree (department, lower((sort_name)::text));

CREATE INDEX person_email ON public.person USING btree (lower(email)) WHERE (email <> ''::text);

CREATE UNIQUE INDEX person_external_id ON public.person USING btree (external_id);

CREATE INDEX person_region ON public.person USING btree (region_id) INCLUDE (employed);

CREATE INDEX person_search ON public.person USING gin (lower((((((name)::text || ' '::text) || email) || ' '::text) || title)) public.gin_trgm_ops);

CREATE INDEX person_sort_name ON public.person USING btree (lower((sort_name)::text), id);

CREATE INDEX person_title ON public.person USING btree (lower(title), lower((sort_name)::text));

CREATE INDEX policy_attachment_activity ON public.policy_attachment USING btree (activity_id);

CREATE INDEX policy_attachment_practice ON public.policy_attachment USING btree (practice_id);

CREATE INDEX policy_attachment_process ON public.policy_attachment USING btree (process_id);

CREATE UNIQUE INDEX policy_number ON public.policy USING btree (lower(number)) WHERE (archived_at IS NULL);

CREATE INDEX policy_owner_role ON public.policy USING btree (owner_role_id) WHERE (owner_role_id IS NOT NULL);

CREATE INDEX policy_review_due ON public.policy USING btree (review_due) WHERE ((review_due IS NOT NULL) AND (archived_at IS NULL));

CREATE UNIQUE INDEX policy_version_one_draft ON public.policy_version USING btree (policy_id) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));

CREATE UNIQUE INDEX practice_name ON public.practice USING btree (lower((name)::text)) WHERE (archived_at IS NULL);

CREATE INDEX practice_relation_related ON public.practice_relation USING btree (related_id);

CREATE INDEX process_item_version ON public.process_item USING btree (version_id, kind, "position");

CREATE UNIQUE INDEX process_name ON public.process USING btree (practice_id, lower((name)::text)) WHERE (archived_at IS NULL);

CREATE INDEX process_review_due ON public.process USING btree (review_due) WHERE ((review_due IS NOT NULL) AND (archived_at IS NULL));

CREATE UNIQUE INDEX process_version_one_draft ON public.process_version USING btree (process_id) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));

CREATE INDEX raci_cell_answers ON public.raci_cell USING btree (role_id, version_id) WHERE (letters ~~ 'A%'::text);

CREATE INDEX raci_cell_does ON public.raci_cell USING btree (version_id, activity_id) WHERE (letters ~~ '%R%'::text);

CREATE UNIQUE INDEX raci_cell_one_accountable ON public.raci_cell USING btree (version_id, activity_id) WHERE (letters ~~ 'A%'::text);

CREATE INDEX raci_cell_role ON public.raci_cell USING btree (role_id, version_id) INCLUDE (letters);

CREATE INDEX raci_column_role ON public.raci_column USING btree (role_id);

CREATE UNIQUE INDEX region_name ON public.region USING btree (lower((name)::text));

CREATE INDEX region_parent ON public.region USING btree (parent_id);

CREATE INDEX reporting_line_manager ON public.reporting_line USING btree (manager_id);

CREATE UNIQUE INDEX reporting_line_one_primary ON public.reporting_line USING btree (person_id) WHERE is_primary;

CREATE INDEX review_policy ON public.review USING btree (policy_id) WHERE (policy_id IS NOT NULL);

CREATE INDEX review_process ON public.review USING btree (process_id) WHERE (process_id IS NOT NULL);

CREATE INDEX review_reviewed_by ON public.review USING btree (reviewed_by) WHERE (reviewed_by IS NOT NULL);

CREATE INDEX role_merged ON public.role USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);

CREATE UNIQUE INDEX role_name ON public.role USING btree (practice_id, process_id, service_id, lower((name)::text)) NULLS NOT DISTINCT WHERE (archived_at IS NULL);

CREATE UNIQUE INDEX role_one_owner ON public.role USING btree (practice_id, process_id, service_id) NULLS NOT DISTINCT WHERE ((kind = 'owner'::text) AND (archived_at IS NULL));

CREATE INDEX role_organisation ON public.role USING btree (id) WHERE (num_nonnulls(practice_id, process_id, service_id) = 0);

CREATE INDEX role_practice ON public.role USING btree (practice_id) WHERE (practice_id IS NOT NULL);

CREATE INDEX role_process ON public.role USING btree (process_id) WHERE (process_id IS NOT NULL);

CREATE INDEX role_review_due ON public.role USING btree (review_due) WHERE ((review_due IS NOT NULL) AND (archived_at IS NULL));

CREATE INDEX role_service ON public.role USING btree (service_id) WHERE (service_id IS NOT NULL);

CREATE INDEX role_stands_for ON public.role USING btree (stands_for) WHERE (stands_for IS NOT NULL);

CREATE INDEX search_entry_alike ON public.search_entry USING gin (said public.gin_trgm_ops) WITH (fastupdate=off) WHERE (kind <> 'person'::text);

CREATE INDEX search_entry_person_alike ON public.search_entry USING gin (said public.gin_trgm_ops) WHERE (kind = 'person'::text);

CREATE INDEX search_entry_person_words ON public.search_entry USING gin (words) WITH (fastupdate=off) WHERE (kind = 'person'::text);

CREATE INDEX search_entry_said ON public.search_entry USING btree (said text_pattern_ops);

CREATE INDEX search_entry_words ON public.search_entry USING gin (words) WITH (fastupdate=off) WHERE (kind <> 'person'::text);

CREATE UNIQUE INDEX service_name ON public.service USING btree (lower((name)::text)) WHERE (archived_at IS NULL);

CREATE INDEX session_account ON public.session USING btree (account_id);

CREATE INDEX sign_in_attempt_email ON public.sign_in_attempt USING btree (email, at);

CREATE INDEX staged_file_staged ON public.staged_file USING btree (staged_id, id);

CREATE INDEX staged_import_staged ON public.staged_import USING btree (staged_at);

CREATE INDEX step_activity ON public.step USING btree (activity_id);

CREATE INDEX step_version ON public.step USING btree (version_id, "position");

CREATE INDEX team_company ON public.team USING btree (company_id) WHERE (company_id IS NOT NULL);

CREATE INDEX team_lead ON public.team USING btree (lead_id);

CREATE UNIQUE INDEX team_name ON public.team USING btree (lower((name)::text)) WHERE (archived_at IS NULL);

CREATE TRIGGER assignment_not_rewritten BEFORE UPDATE ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.refuse_rewriting();

CREATE TRIGGER assignment_within_employment AFTER INSERT OR UPDATE ON public.assignment FOR EACH ROW EXECUTE FUNCTION public.refuse_beyond_employment();

CREATE TRIGGER change_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.change FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER draft_only BEFORE INSERT OR DELETE OR UPDATE ON public.hand_off FOR EACH ROW EXECUTE FUNCTION public.refuse_published();

CREATE TRIGGER draft_only BEFORE INSERT OR DELETE OR UPDATE ON public.process_item FOR EACH ROW EXECUTE FUNCTION public.refuse_published();

CREATE TRIGGER draft_only BEFORE UPDATE ON public.process_version FOR EACH ROW EXECUTE FUNCTION public.refuse_rewording();

CREATE TRIGGER draft_only BEFORE INSERT OR DELETE OR UPDATE ON public.raci_cell FOR EACH ROW EXECUTE FUNCTION public.refuse_published();

CREATE TRIGGER draft_only BEFORE INSERT OR DELETE OR UPDATE ON public.raci_column FOR EACH ROW EXECUTE FUNCTION public.refuse_published();

CREATE TRIGGER draft_only BEFORE INSERT OR DELETE OR UPDATE ON public.step FOR EACH ROW EXECUTE FUNCTION public.refuse_published();

CREATE TRIGGER event_about_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event_about FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE CONSTRAINT TRIGGER event_bumps_pages AFTER INSERT ON public.event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.bump_page_versions();

CREATE TRIGGER event_final BEFORE UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_is_final();

CREATE TRIGGER event_kept BEFORE DELETE OR TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER membership_within_employment AFTER INSERT OR UPDATE ON public.membership FOR EACH ROW EXECUTE FUNCTION public.refuse_beyond_employment();

CREATE TRIGGER person_leaves_without_hats AFTER UPDATE OF employed ON public.person FOR EACH ROW WHEN (((NOT upper_inf(new.employed)) AND (new.employed IS DISTINCT FROM old.employed))) EXECUTE FUNCTION public.refuse_leaving_with_hats();

CREATE TRIGGER policy_attachment_not_rewritten BEFORE UPDATE ON public.policy_attachment FOR EACH ROW EXECUTE FUNCTION public.refuse_moving_attachment();

CREATE TRIGGER region_no_cycle AFTER INSERT OR UPDATE OF parent_id ON public.region FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION public.region_refuse_cycle();

CREATE TRIGGER row_delete AFTER DELETE ON public.hand_off REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.follow_step_rows();

CREATE TRIGGER row_delete AFTER DELETE ON public.raci_cell REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.follow_step_rows();

CREATE TRIGGER row_insert AFTER INSERT ON public.hand_off REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.follow_step_rows();

CREATE TRIGGER row_insert AFTER INSERT ON public.raci_cell REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.follow_step_rows();

CREATE TRIGGER row_update AFTER UPDATE ON public.hand_off REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.follow_step_rows();

CREATE TRIGGER row_update AFTER UPDATE ON public.raci_cell REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.follow_step_rows();

CREATE TRIGGER search_delete AFTER DELETE ON public.company REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('company', 'id', 'name', 'archived_at');

CREATE TRIGGER search_delete AFTER DELETE ON public.person REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('person', 'id', 'name', 'email', 'title', 'department', 'employed');

CREATE TRIGGER search_delete AFTER DELETE ON public.policy REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('policy', 'id', 'number', 'archived_at');

CREATE TRIGGER search_delete AFTER DELETE ON public.policy_version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('policy', 'policy_id', 'title', 'statement', 'why', 'state', 'number');

CREATE TRIGGER search_delete AFTER DELETE ON public.practice REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('practice', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_delete AFTER DELETE ON public.process REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('process', 'id', 'name', 'practice_id', 'archived_at');

CREATE TRIGGER search_delete AFTER DELETE ON public.process_version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('version', 'process_id', 'purpose', 'state', 'number');

CREATE TRIGGER search_delete AFTER DELETE ON public.role REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('role', 'id', 'name', 'purpose', 'archived_at', 'practice_id', 'process_id', 'service_id');

CREATE TRIGGER search_delete AFTER DELETE ON public.service REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('service', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_delete AFTER DELETE ON public.step REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('activity', 'activity_id', 'name', 'text');

CREATE TRIGGER search_delete AFTER DELETE ON public.team REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('team', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_insert AFTER INSERT ON public.company REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('company', 'id', 'name', 'archived_at');

CREATE TRIGGER search_insert AFTER INSERT ON public.person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('person', 'id', 'name', 'email', 'title', 'department', 'employed');

CREATE TRIGGER search_insert AFTER INSERT ON public.policy REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('policy', 'id', 'number', 'archived_at');

CREATE TRIGGER search_insert AFTER INSERT ON public.policy_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('policy', 'policy_id', 'title', 'statement', 'why', 'state', 'number');

CREATE TRIGGER search_insert AFTER INSERT ON public.practice REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('practice', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_insert AFTER INSERT ON public.process REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('process', 'id', 'name', 'practice_id', 'archived_at');

CREATE TRIGGER search_insert AFTER INSERT ON public.process_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('version', 'process_id', 'purpose', 'state', 'number');

CREATE TRIGGER search_insert AFTER INSERT ON public.role REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('role', 'id', 'name', 'purpose', 'archived_at', 'practice_id', 'process_id', 'service_id');

CREATE TRIGGER search_insert AFTER INSERT ON public.service REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('service', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_insert AFTER INSERT ON public.step REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('activity', 'activity_id', 'name', 'text');

CREATE TRIGGER search_insert AFTER INSERT ON public.team REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('team', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_update AFTER UPDATE ON public.company REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('company', 'id', 'name', 'archived_at');

CREATE TRIGGER search_update AFTER UPDATE ON public.person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('person', 'id', 'name', 'email', 'title', 'department', 'employed');

CREATE TRIGGER search_update AFTER UPDATE ON public.policy REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('policy', 'id', 'number', 'archived_at');

CREATE TRIGGER search_update AFTER UPDATE ON public.policy_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('policy', 'policy_id', 'title', 'statement', 'why', 'state', 'number');

CREATE TRIGGER search_update AFTER UPDATE ON public.practice REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('practice', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_update AFTER UPDATE ON public.process REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('process', 'id', 'name', 'practice_id', 'archived_at');

CREATE TRIGGER search_update AFTER UPDATE ON public.process_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('version', 'process_id', 'purpose', 'state', 'number');

CREATE TRIGGER search_update AFTER UPDATE ON public.role REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('role', 'id', 'name', 'purpose', 'archived_at', 'practice_id', 'process_id', 'service_id');

CREATE TRIGGER search_update AFTER UPDATE ON public.service REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('service', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER search_update AFTER UPDATE ON public.step FOR EACH ROW WHEN ((((old.name)::text IS DISTINCT FROM (new.name)::text) OR ((old.text)::text IS DISTINCT FROM (new.text)::text))) EXECUTE FUNCTION public.search_renamed();

CREATE TRIGGER search_update AFTER UPDATE ON public.team REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_follow('team', 'id', 'name', 'purpose', 'archived_at');

CREATE TRIGGER trail_delete AFTER DELETE ON public.absence REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.accepted_gap REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.account REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted('email', 'password_hash');

CREATE TRIGGER trail_delete AFTER DELETE ON public.account_grant REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.action REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.activity REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.assignment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.company REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.hand_off REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.membership REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.mistake REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.organisation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.person REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted('email', 'phone');

CREATE TRIGGER trail_delete AFTER DELETE ON public.policy REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.policy_attachment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.policy_version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.practice REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.practice_relation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.process REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.process_item REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.process_version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.raci_cell REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.raci_column REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.region REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.reporting_line REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.review REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.role REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.service REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.service_support REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.steering_line REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.step REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_delete AFTER DELETE ON public.team REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_deleted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.absence REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.accepted_gap REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted('email', 'password_hash');

CREATE TRIGGER trail_insert AFTER INSERT ON public.account_grant REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.action REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.activity REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.assignment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.company REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.hand_off REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.membership REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.mistake REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.organisation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted('email', 'phone');

CREATE TRIGGER trail_insert AFTER INSERT ON public.policy REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.policy_attachment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.policy_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.practice REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.practice_relation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.process REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.process_item REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.process_version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.raci_cell REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.raci_column REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.region REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.reporting_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.review REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.role REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.service REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.service_support REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.steering_line REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.step REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_insert AFTER INSERT ON public.team REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_inserted();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.absence FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.accepted_gap FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.account FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.account_grant FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.action FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.activity FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.assignment FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.company FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.hand_off FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.membership FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.mistake FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.organisation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.person FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.policy FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.policy_attachment FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.policy_version FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.practice FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.practice_relation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.process FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.process_item FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.process_version FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.raci_cell FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.raci_column FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.region FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.reporting_line FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.review FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.role FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.service FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.service_support FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.steering_line FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.step FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_truncate BEFORE TRUNCATE ON public.team FOR EACH STATEMENT EXECUTE FUNCTION public.refuse();

CREATE TRIGGER trail_update AFTER UPDATE ON public.absence REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.accepted_gap REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.account REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated('email', 'password_hash');

CREATE TRIGGER trail_update AFTER UPDATE ON public.account_grant REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.action REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.activity REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.assignment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.company REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.hand_off REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.membership REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.mistake REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.organisation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated('email', 'phone');

CREATE TRIGGER trail_update AFTER UPDATE ON public.policy REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.policy_attachment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.policy_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.practice REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.practice_relation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.process REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.process_item REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.process_version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.raci_cell REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.raci_column REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.region REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.reporting_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.review REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.role REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.service REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.service_support REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.steering_line REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.step REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

CREATE TRIGGER trail_update AFTER UPDATE ON public.team REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.keep_updated();

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES public.policy(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.region(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);

ALTER TABLE ONLY public.accepted_gap
    ADD CONSTRAINT accepted_gap_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_practice FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_about_id_fkey FOREIGN KEY (about_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.assignment(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_planned_by_fkey FOREIGN KEY (planned_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES public.policy(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.region(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);

ALTER TABLE ONLY public.action
    ADD CONSTRAINT action_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);

ALTER TABLE ONLY public.activity
    ADD CONSTRAINT activity_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.region(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_role FOREIGN KEY (role_id, role_kind) REFERENCES public.role(id, kind);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_our_contact FOREIGN KEY (our_contact_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_their_contact FOREIGN KEY (their_contact_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.contact_before
    ADD CONSTRAINT contact_before_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_step FOREIGN KEY (version_id, activity_id) REFERENCES public.step(version_id, activity_id);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_to_activity_id_fkey FOREIGN KEY (to_activity_id) REFERENCES public.activity(id);

ALTER TABLE ONLY public.hand_off
    ADD CONSTRAINT hand_off_to_process_id_fkey FOREIGN KEY (to_process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.login_link
    ADD CONSTRAINT login_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);

ALTER TABLE ONLY public.mistake
    ADD CONSTRAINT mistake_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);

ALTER TABLE ONLY public.mistake
    ADD CONSTRAINT mistake_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.mistake
    ADD CONSTRAINT mistake_reported_by_fkey FOREIGN KEY (reported_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.mistake
    ADD CONSTRAINT mistake_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.region(id);

ALTER TABLE ONLY public.policy_attachment
    ADD CONSTRAINT policy_attachment_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);

ALTER TABLE ONLY public.policy_attachment
    ADD CONSTRAINT policy_attachment_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES public.policy(id);

ALTER TABLE ONLY public.policy_attachment
    ADD CONSTRAINT policy_attachment_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.policy_attachment
    ADD CONSTRAINT policy_attachment_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.policy
    ADD CONSTRAINT policy_owner_role_id_fkey FOREIGN KEY (owner_role_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.policy_version
    ADD CONSTRAINT policy_version_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES public.policy(id);

ALTER TABLE ONLY public.practice
    ADD CONSTRAINT practice_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.practice_relation
    ADD CONSTRAINT practice_relation_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.practice_relation
    ADD CONSTRAINT practice_relation_related_id_fkey FOREIGN KEY (related_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.process_item
    ADD CONSTRAINT process_item_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.process
    ADD CONSTRAINT process_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.process_version
    ADD CONSTRAINT process_version_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.raci_cell
    ADD CONSTRAINT raci_cell_column FOREIGN KEY (version_id, role_id) REFERENCES public.raci_column(version_id, role_id);

ALTER TABLE ONLY public.raci_cell
    ADD CONSTRAINT raci_cell_step FOREIGN KEY (version_id, activity_id) REFERENCES public.step(version_id, activity_id);

ALTER TABLE ONLY public.raci_column
    ADD CONSTRAINT raci_column_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.raci_column
    ADD CONSTRAINT raci_column_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.region
    ADD CONSTRAINT region_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.region(id);

ALTER TABLE ONLY public.reporting_line
    ADD CONSTRAINT reporting_line_manager_id_fkey FOREIGN KEY (manager_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.reporting_line
    ADD CONSTRAINT reporting_line_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES public.policy(id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_role_id_fkey FOREIGN KEY (role_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES public.role(id);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_process_id_fkey FOREIGN KEY (process_id) REFERENCES public.process(id);

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);

ALTER TABLE ONLY public.service_support
    ADD CONSTRAINT service_support_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);

ALTER TABLE ONLY public.service_support
    ADD CONSTRAINT service_support_practice_id_fkey FOREIGN KEY (practice_id) REFERENCES public.practice(id);

ALTER TABLE ONLY public.service_support
    ADD CONSTRAINT service_support_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);

ALTER TABLE ONLY public.service_support
    ADD CONSTRAINT service_support_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.team(id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staged_file
    ADD CONSTRAINT staged_file_staged_id_fkey FOREIGN KEY (staged_id) REFERENCES public.staged_import(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.staged_import
    ADD CONSTRAINT staged_import_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.steering_line
    ADD CONSTRAINT steering_line_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.person(id);

ALTER TABLE ONLY public.step
    ADD CONSTRAINT step_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES public.activity(id);

ALTER TABLE ONLY public.step
    ADD CONSTRAINT step_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.process_version(id);

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.company(id);

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES public.person(id);

ALTER TABLE ONLY public.team
    ADD CONSTRAINT team_region_id_fkey FOREIGN KEY (region_id) REFERENCES public.region(id);
