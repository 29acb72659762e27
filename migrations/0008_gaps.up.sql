-- What is done about gaps: actions, acceptances with an end, and what the steering group is asked to decide.

-- gap_about names what a gap, an action or an acceptance is about, the same on every day. Ids that follow from another
-- one (the role of an assignment, the process of an activity) are kept for reading and are no part of it.
CREATE FUNCTION gap_about(practice bigint, process bigint, activity bigint, role bigint, region bigint, person bigint, team bigint, company bigint,
  service bigint, policy bigint, assignment bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN assignment IS NOT NULL THEN 'assignment:' || assignment::text
    WHEN activity IS NOT NULL THEN 'activity:' || activity::text
    WHEN role IS NOT NULL THEN 'role:' || role::text || COALESCE(' process:' || process::text, '') || COALESCE(' region:' || region::text, '')
      || COALESCE(' person:' || person::text, '') || COALESCE(' team:' || team::text, '') || COALESCE(' company:' || company::text, '')
    WHEN process IS NOT NULL THEN 'process:' || process::text
    WHEN practice IS NOT NULL THEN 'practice:' || practice::text
    WHEN service IS NOT NULL THEN 'service:' || service::text
    WHEN policy IS NOT NULL THEN 'policy:' || policy::text
    WHEN person IS NOT NULL THEN 'person:' || person::text
    ELSE ''
  END
$$;

ALTER TABLE accepted_gap
  ADD COLUMN team_id bigint REFERENCES team,
  ADD COLUMN company_id bigint REFERENCES company,
  ADD COLUMN service_id bigint REFERENCES service,
  ADD COLUMN policy_id bigint REFERENCES policy,
  ADD COLUMN assignment_id bigint REFERENCES assignment,
  ALTER COLUMN accepted_by DROP NOT NULL, -- the operator is no person
  ADD CONSTRAINT accepted_gap_code CHECK (code ~ '^[a-z][a-z-]{1,60}$'),
  ADD CONSTRAINT accepted_gap_about CHECK (gap_about(practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id) <> ''),
  ADD CONSTRAINT accepted_gap_once EXCLUDE USING gist (code WITH =, gap_about(practice_id, process_id, activity_id, role_id, region_id, person_id, team_id, company_id, service_id, policy_id, assignment_id) WITH =, during WITH &&);
CREATE INDEX accepted_gap_role_of ON accepted_gap (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX accepted_gap_process_of ON accepted_gap (process_id) WHERE process_id IS NOT NULL;

-- Who does what by when, about what. One that answers a gap carries its code.
CREATE TABLE action (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  what          label NOT NULL,
  person_id     bigint NOT NULL REFERENCES person, -- who does it
  due_on        date NOT NULL,
  code          text NOT NULL DEFAULT '' CONSTRAINT action_code CHECK (code ~ '^([a-z][a-z-]{1,60})?$'),
  practice_id   bigint REFERENCES practice,
  process_id    bigint REFERENCES process,
  activity_id   bigint REFERENCES activity,
  role_id       bigint REFERENCES role,
  region_id     bigint REFERENCES region,
  about_id      bigint REFERENCES person, -- whom it is about
  team_id       bigint REFERENCES team,
  company_id    bigint REFERENCES company,
  service_id    bigint REFERENCES service,
  policy_id     bigint REFERENCES policy,
  assignment_id bigint REFERENCES assignment,
  planned_by    bigint REFERENCES person, -- NULL: the operator
  planned_on    date NOT NULL,
  done_on       date,
  done_by       bigint REFERENCES person,
  outcome       text NOT NULL DEFAULT '' CONSTRAINT action_outcome_length CHECK (length(outcome) <= 2000), -- done how
  counter       bigint NOT NULL DEFAULT 1,
  CONSTRAINT action_about CHECK (gap_about(practice_id, process_id, activity_id, role_id, region_id, about_id, team_id, company_id, service_id, policy_id, assignment_id) <> ''),
  CONSTRAINT action_done CHECK ((done_on IS NULL) = (outcome = ''))
);
CREATE UNIQUE INDEX action_once ON action (code, gap_about(practice_id, process_id, activity_id, role_id, region_id, about_id, team_id, company_id, service_id, policy_id, assignment_id)) WHERE done_on IS NULL AND code <> '';
CREATE INDEX action_open ON action (due_on, id) WHERE done_on IS NULL;
CREATE INDEX action_done_on ON action (done_on DESC, id) WHERE done_on IS NOT NULL;
CREATE INDEX action_person ON action (person_id, due_on);
CREATE INDEX action_role_of ON action (role_id) WHERE role_id IS NOT NULL;
CREATE INDEX action_process_of ON action (process_id) WHERE process_id IS NOT NULL;

-- What the office asks the steering group to decide, a line each.
CREATE TABLE steering_line (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  text     text NOT NULL CONSTRAINT steering_line_length CHECK (length(text) BETWEEN 1 AND 500),
  asked_on date NOT NULL,
  asked_by bigint REFERENCES person,
  counter  bigint NOT NULL DEFAULT 1
);

CALL audit('action');
CALL audit('steering_line');
