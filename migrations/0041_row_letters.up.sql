-- What a matrix shows of an activity beside its text stands with the text, too: its letters are a row a cell, and to read a few
-- hundred of them cost as much as all else that a matrix asks of its process.
ALTER TABLE step
  ADD COLUMN row_letters   text,    -- of each role that has some, its id and they: 12AR,15C
  ADD COLUMN row_notes     jsonb,   -- of each role whose letters have one: {"15": "in office hours"}
  ADD COLUMN row_hand_offs integer;

-- derived_columns are what triggers make of other rows. They are no facts, and have no trail.
CREATE FUNCTION derived_columns() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['row_letters', 'row_notes', 'row_hand_offs']
$$;

CREATE OR REPLACE FUNCTION keep_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

CREATE OR REPLACE FUNCTION keep_updated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

CREATE OR REPLACE FUNCTION keep_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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

-- step_rows is what the rows of some activities hold. Without settings of its own it is planned with what asks it.
CREATE FUNCTION step_rows(versions bigint[], activities bigint[]) RETURNS TABLE (step_id bigint, letters text, notes jsonb, hand_offs integer)
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

CREATE FUNCTION follow_step_rows() RETURNS trigger
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

CREATE TRIGGER row_insert AFTER INSERT ON raci_cell REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_step_rows();
CREATE TRIGGER row_update AFTER UPDATE ON raci_cell REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_step_rows();
CREATE TRIGGER row_delete AFTER DELETE ON raci_cell REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_step_rows();
CREATE TRIGGER row_insert AFTER INSERT ON hand_off REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_step_rows();
CREATE TRIGGER row_update AFTER UPDATE ON hand_off REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_step_rows();
CREATE TRIGGER row_delete AFTER DELETE ON hand_off REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_step_rows();

ALTER TABLE step DISABLE TRIGGER USER; -- published versions have rows, too
UPDATE step s SET row_letters = r.letters, row_notes = r.notes, row_hand_offs = r.hand_offs
FROM (SELECT array_agg(version_id) AS versions, array_agg(activity_id) AS activities FROM step) all_of, step_rows(all_of.versions, all_of.activities) r
WHERE s.id = r.step_id;
ALTER TABLE step ENABLE TRIGGER USER;
