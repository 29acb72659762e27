-- Who wears which hat, and lists of 200,000 people: what they are read by.

-- The rule stands over an expression, so that nobody looks a person's teams up in it: its index took 8 ms a person at
-- 150,000 members, membership_person takes 2 µs, and the planner cannot tell.
ALTER TABLE membership DROP CONSTRAINT membership_once;
ALTER TABLE membership ADD CONSTRAINT membership_once EXCLUDE USING gist (person_id WITH =, team_id WITH =, (during * '(,)'::daterange) WITH &&);
CREATE INDEX membership_team ON membership (team_id) INCLUDE (person_id, during);

-- Owner and Manager chairs among two million assignments.
CREATE INDEX assignment_chair ON assignment (role_id) WHERE role_kind IN ('owner', 'manager');

-- The letters of a role, counted from the index alone.
DROP INDEX raci_cell_role;
CREATE INDEX raci_cell_role ON raci_cell (role_id, version_id) INCLUDE (letters);
