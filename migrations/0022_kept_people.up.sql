-- What a server asks before it shows a person's page that it keeps; and indexes for pages that still looked at too much.

-- person_touched says whether a change that a snapshot does not see touched what a page about a person shows: their roles
-- and teams are those on it, and concerned are those above them and who recorded what it shows. It asks the trail, so that
-- writes pay nothing for it; after very many changes the page counts as old. So it does after a change of what is not
-- named here: a new table can only cost time.
CREATE FUNCTION person_touched(kept pg_snapshot, person bigint, roles bigint[], teams bigint[], concerned bigint[])
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
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

-- What is offered to 600 people who report to one is told from the index alone.
DROP INDEX assignment_person;
CREATE INDEX assignment_person ON assignment (person_id) INCLUDE (id, role_id, role_kind, during, capacity, state, acceptance, announced) WHERE person_id IS NOT NULL;

-- The roles of a service: each service read all roles to find them.
CREATE INDEX role_service ON role (service_id) WHERE service_id IS NOT NULL;

-- The few roles of the organisation, likewise.
CREATE INDEX role_organisation ON role (id) WHERE num_nonnulls(practice_id, process_id, service_id) = 0;
