DROP FUNCTION gaps_on;
DROP TABLE action, steering_line;
ALTER TABLE accepted_gap
  DROP CONSTRAINT accepted_gap_once,
  DROP CONSTRAINT accepted_gap_about,
  DROP CONSTRAINT accepted_gap_code,
  DROP COLUMN team_id, DROP COLUMN company_id, DROP COLUMN service_id, DROP COLUMN policy_id, DROP COLUMN assignment_id;
DROP INDEX accepted_gap_role_of, accepted_gap_process_of;
DROP FUNCTION gap_about;
