-- What few readers need of the statement that every page begins with, in functions: a part of a statement costs its time also
-- where nothing comes of it.

-- seen_from_outside are the practices that an external account sees: in which they, their team or their company hold a hat.
CREATE FUNCTION seen_from_outside(person bigint, company bigint, day date)
RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT COALESCE(array_agg(DISTINCT COALESCE(r.practice_id, c.practice_id)) FILTER (WHERE COALESCE(r.practice_id, c.practice_id) IS NOT NULL), '{}')
    FROM worn(day) w JOIN role r ON r.id = w.role_id LEFT JOIN process c ON c.id = r.process_id
    WHERE w.person_id = person OR w.company_id = company);
END $$;

-- lead_vacant says that no SMO lead is in office, so that an administrator may appoint one.
CREATE FUNCTION lead_vacant(day date)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM role r JOIN assignment l ON l.role_id = r.id
    WHERE r.kind = 'manager' AND num_nonnulls(r.practice_id, r.process_id, r.service_id) = 0
      AND l.state = 'appointed' AND l.capacity <> 'deputy' AND l.during @> day);
END $$;
