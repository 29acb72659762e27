DROP TRIGGER row_insert ON raci_cell;
DROP TRIGGER row_update ON raci_cell;
DROP TRIGGER row_delete ON raci_cell;
DROP TRIGGER row_insert ON hand_off;
DROP TRIGGER row_update ON hand_off;
DROP TRIGGER row_delete ON hand_off;
DROP FUNCTION follow_step_rows();
DROP FUNCTION step_rows(bigint[], bigint[]);

CREATE OR REPLACE FUNCTION keep_inserted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e bigint := current_event();
  secret text[] := COALESCE(TG_ARGV::text[], '{}'); -- TG_ARGV is NULL where there is none
BEGIN
  INSERT INTO change (event_id, table_name, row_id, after, hidden)
  SELECT e, TG_TABLE_NAME, n.id, j - secret,
         ARRAY(SELECT c FROM unnest(secret) c WHERE COALESCE(j ->> c, '') <> '')
  FROM new_rows n, LATERAL (SELECT to_jsonb(n) AS j) AS row;
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
       LATERAL (SELECT to_jsonb(o) AS j) AS b, LATERAL (SELECT to_jsonb(n) AS j) AS a
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
  FROM old_rows o, LATERAL (SELECT to_jsonb(o) AS j) AS row;
  RETURN NULL;
END $$;

DROP FUNCTION derived_columns();
ALTER TABLE step DROP COLUMN row_letters, DROP COLUMN row_notes, DROP COLUMN row_hand_offs;
