-- What a matrix shows of an activity beside its text, in one row: its letters stand in a row a cell, and to read a few hundred of
-- them cost as much as all else that a matrix asks of its process. Derived by trigger, so that it has no trail of its own.
CREATE TABLE matrix_row (
  version_id  bigint NOT NULL,
  activity_id bigint NOT NULL,
  letters     text NOT NULL DEFAULT '', -- of each role that has some, its id and they: 12AR,15C
  notes       jsonb, -- of each role whose letters have one: {"15": "in office hours"}
  hand_offs   integer NOT NULL DEFAULT 0,
  CONSTRAINT matrix_row_pkey PRIMARY KEY (version_id, activity_id),
  CONSTRAINT matrix_row_step FOREIGN KEY (version_id, activity_id) REFERENCES step (version_id, activity_id) ON DELETE CASCADE
);

-- matrix_rows is what the rows of some activities hold.
CREATE FUNCTION matrix_rows(versions bigint[], activities bigint[]) RETURNS SETOF matrix_row
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  SELECT s.version_id, s.activity_id, COALESCE(l.letters, ''), l.notes, h.hand_offs
  FROM (SELECT DISTINCT v, a FROM unnest(versions, activities) AS u (v, a)) x (version_id, activity_id)
  JOIN step s USING (version_id, activity_id)
  CROSS JOIN LATERAL (
    SELECT string_agg(c.role_id || c.letters, ',' ORDER BY c.role_id) AS letters, jsonb_object_agg(c.role_id, c.note) FILTER (WHERE c.note <> '') AS notes
    FROM raci_cell c WHERE c.version_id = s.version_id AND c.activity_id = s.activity_id) l
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS hand_offs FROM hand_off h WHERE h.version_id = s.version_id AND h.activity_id = s.activity_id) h
  ORDER BY s.version_id, s.activity_id -- the rows of a matrix lie together
$$;

CREATE FUNCTION follow_matrix_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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
  INSERT INTO matrix_row SELECT * FROM matrix_rows(versions, activities)
  ON CONFLICT (version_id, activity_id) DO UPDATE SET letters = excluded.letters, notes = excluded.notes, hand_offs = excluded.hand_offs;
  RETURN NULL;
END $$;

CREATE TRIGGER row_insert AFTER INSERT ON raci_cell REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_matrix_rows();
CREATE TRIGGER row_update AFTER UPDATE ON raci_cell REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_matrix_rows();
CREATE TRIGGER row_delete AFTER DELETE ON raci_cell REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_matrix_rows();
CREATE TRIGGER row_insert AFTER INSERT ON hand_off REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_matrix_rows();
CREATE TRIGGER row_update AFTER UPDATE ON hand_off REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_matrix_rows();
CREATE TRIGGER row_delete AFTER DELETE ON hand_off REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_matrix_rows();

INSERT INTO matrix_row
SELECT r.* FROM (SELECT array_agg(version_id) AS versions, array_agg(activity_id) AS activities FROM step) s, matrix_rows(s.versions, s.activities) r;
