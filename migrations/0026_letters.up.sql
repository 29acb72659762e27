-- A letter set costs what it changes: it read every process to count one page up, and planned statement after statement
-- to look up a row by its number.

-- What looks up few rows by their numbers keeps its plan; what goes through many plans for them.
CREATE OR REPLACE FUNCTION bump_page_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
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
ALTER FUNCTION stale_processes(bigint) SET plan_cache_mode = auto;
ALTER FUNCTION uncovered_roles(bigint) SET plan_cache_mode = auto;
ALTER FUNCTION cover_roles(bigint[]) SET plan_cache_mode = auto;
ALTER FUNCTION current_event() SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION refuse_published() SET plan_cache_mode = force_generic_plan;

-- A row of a draft is counted up by every letter, and called otherwise seldom.
CREATE FUNCTION search_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM search_refresh('activity', ARRAY[NEW.activity_id]);
  RETURN NULL;
END $$;
DROP TRIGGER search_update ON step;
CREATE TRIGGER search_update AFTER UPDATE ON step FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.text IS DISTINCT FROM NEW.text) EXECUTE FUNCTION search_renamed();
