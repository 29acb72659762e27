DROP INDEX raci_cell_role;
CREATE INDEX raci_cell_role ON raci_cell (role_id, version_id);
DROP INDEX assignment_chair, membership_team;
ALTER TABLE membership DROP CONSTRAINT membership_once;
ALTER TABLE membership ADD CONSTRAINT membership_once EXCLUDE USING gist (team_id WITH =, person_id WITH =, during WITH &&);
