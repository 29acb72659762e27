-- regions_below are a region and all those within it, for hats that are worn in one: most are not, and a recursive part of
-- the statement that every page begins with took a fifth of its time also where nothing came of it.
CREATE FUNCTION regions_below(region bigint)
RETURNS json LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (
    WITH RECURSIVE below AS (
      SELECT region AS id
      UNION
      SELECT g.id FROM region g JOIN below ON g.parent_id = below.id
    ) SELECT json_agg(id) FROM below);
END $$;
