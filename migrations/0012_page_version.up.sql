-- A number for each process that goes up with every change of what its matrix shows, so that a server may keep a rendered
-- matrix and know by one point read whether it still stands. Derived from the trail, at the end of each transaction.

CREATE TABLE page_version (
  process_id bigint PRIMARY KEY, -- no foreign key: bumping must not lock the process; a number left behind harms nobody
  v          bigint NOT NULL
);

-- stale_processes are those whose matrix shows what an event changed; NULL is every one. The trail tells which rows were
-- touched; what hangs on these is looked up as it stands.
CREATE FUNCTION stale_processes(e bigint) RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
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

-- Two writers who commit at once must not both miss what the other one does: who appoints to a role, say, and who makes it
-- a column elsewhere. Appointments pass beside each other; whatever else is looked up through other rows goes alone from
-- here to its commit. Letters and texts touch their own process alone and wait for nobody. Numbers go up in ascending
-- order of the process and after every other lock, so that no two writers wait for each other.
CREATE FUNCTION bump_page_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stale bigint[];
BEGIN
  IF EXISTS (SELECT FROM change WHERE event_id = NEW.id AND (
      table_name IN ('organisation', 'region', 'service', 'practice', 'process', 'role', 'raci_column', 'team', 'company', 'membership', 'absence')
      OR table_name = 'person' AND before IS NOT NULL)) THEN
    PERFORM pg_advisory_xact_lock(hashtext('page_version'));
  ELSIF EXISTS (SELECT FROM change WHERE event_id = NEW.id AND table_name = 'assignment') THEN
    PERFORM pg_advisory_xact_lock_shared(hashtext('page_version'));
  END IF;
  stale := stale_processes(NEW.id);
  INSERT INTO page_version (process_id, v)
  SELECT p.id, 1 FROM process p WHERE stale IS NULL OR p.id = ANY(stale) ORDER BY p.id
  ON CONFLICT (process_id) DO UPDATE SET v = page_version.v + 1;
  RETURN NULL;
END $$;

-- Every write has its event, and by the end of the transaction the trail holds all that it changed.
CREATE CONSTRAINT TRIGGER event_bumps_pages AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bump_page_versions();
