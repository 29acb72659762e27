-- visitor is who comes with an account at an instant, what they may do then, and the settings of the organisation; NULL where
-- nobody may come with it. A server keeps it until somebody writes or the day changes: most visits do not ask for it, and
-- a function costs them nothing, where joins would be made ready for each.
CREATE FUNCTION visitor(account bigint, instant timestamptz) RETURNS json
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
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
