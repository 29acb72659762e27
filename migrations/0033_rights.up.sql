-- rights_of is what an account may do on a day, for itsm.Actor: hats, grants, the practices that people of other companies
-- see, and whether no SMO lead is in office. A server asks for it where something was written since it did so last.
CREATE FUNCTION rights_of(account bigint, person bigint, company bigint, day date)
RETURNS json LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
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
