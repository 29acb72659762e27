ALTER FUNCTION stale_processes(bigint) RESET plan_cache_mode;
ALTER FUNCTION uncovered_roles(bigint) RESET plan_cache_mode;
ALTER FUNCTION cover_roles(bigint[]) RESET plan_cache_mode;
ALTER FUNCTION current_event() RESET plan_cache_mode;
ALTER FUNCTION refuse_published() RESET plan_cache_mode;
DROP TRIGGER search_update ON step;
DROP FUNCTION search_renamed();
CREATE TRIGGER search_update AFTER UPDATE ON step REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION search_follow('activity', 'activity_id', 'name', 'text');

CREATE OR REPLACE FUNCTION bump_page_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
    stale := ARRAY(SELECT DISTINCT v.process_id FROM change c JOIN process_version v ON v.id = (COALESCE(c.after, c.before) ->> 'version_id')::bigint WHERE c.event_id = NEW.id);
  ELSE
    stale := stale_processes(NEW.id);
  END IF;
  INSERT INTO page_version (process_id, v)
  SELECT p.id, 1 FROM process p WHERE stale IS NULL OR p.id = ANY(stale) ORDER BY p.id
  ON CONFLICT (process_id) DO UPDATE SET v = page_version.v + 1;
  IF touched && ARRAY['assignment', 'membership', 'role', 'person', 'team', 'company', 'organisation'] THEN
    PERFORM cover_roles(uncovered_roles(NEW.id));
  END IF;
  RETURN NULL;
END $$;
