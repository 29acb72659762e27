-- Policies, by what dated facts they govern, and gaps that somebody accepted.

CREATE TABLE policy (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number         text NOT NULL CONSTRAINT policy_number_length CHECK (length(number) BETWEEN 1 AND 40),
  owner_role_id  bigint REFERENCES role,
  driver         text NOT NULL DEFAULT 'internal' CONSTRAINT policy_driver CHECK (driver IN ('law', 'regulation', 'contract', 'internal')),
  issuing_body   text NOT NULL DEFAULT '' CONSTRAINT policy_issuing_body_length CHECK (length(issuing_body) <= 200),
  review_months  integer CONSTRAINT policy_review_months CHECK (review_months BETWEEN 1 AND 120),
  archived_at    timestamptz,
  counter        bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX policy_number ON policy (lower(number)) WHERE archived_at IS NULL;

CREATE TABLE policy_version (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id     bigint NOT NULL REFERENCES policy,
  number        integer NOT NULL CONSTRAINT policy_version_number CHECK (number > 0),
  state         text NOT NULL DEFAULT 'draft' CONSTRAINT policy_version_state CHECK (state IN ('draft', 'submitted', 'published', 'withdrawn')),
  in_force_from date,
  title         label NOT NULL,
  statement     prose NOT NULL DEFAULT '',
  why           prose NOT NULL DEFAULT '',
  measure       prose NOT NULL DEFAULT '',
  counter       bigint NOT NULL DEFAULT 1,
  CONSTRAINT policy_version_once UNIQUE (policy_id, number),
  CONSTRAINT policy_version_in_force CHECK ((state IN ('published', 'withdrawn')) = (in_force_from IS NOT NULL))
);
CREATE UNIQUE INDEX policy_version_one_draft ON policy_version (policy_id) WHERE state IN ('draft', 'submitted');

CREATE TABLE policy_attachment (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id   bigint NOT NULL REFERENCES policy,
  practice_id bigint REFERENCES practice,
  process_id  bigint REFERENCES process,
  activity_id bigint REFERENCES activity,
  during      daterange NOT NULL CONSTRAINT policy_attachment_some_day CHECK (NOT isempty(during) AND NOT lower_inf(during)),
  CONSTRAINT policy_attachment_one CHECK (num_nonnulls(practice_id, process_id, activity_id) = 1)
);
CREATE INDEX policy_attachment_practice ON policy_attachment (practice_id);
CREATE INDEX policy_attachment_process ON policy_attachment (process_id);
CREATE INDEX policy_attachment_activity ON policy_attachment (activity_id);

CREATE TABLE accepted_gap (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code        text NOT NULL,
  practice_id bigint REFERENCES practice,
  process_id  bigint REFERENCES process,
  activity_id bigint REFERENCES activity,
  role_id     bigint REFERENCES role,
  region_id   bigint REFERENCES region,
  person_id   bigint REFERENCES person,
  reason      text NOT NULL CONSTRAINT accepted_gap_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
  accepted_by bigint NOT NULL REFERENCES person,
  during      daterange NOT NULL CONSTRAINT accepted_gap_ends CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
);

CALL audit('policy');
CALL audit('policy_version');
CALL audit('policy_attachment');
CALL audit('accepted_gap');
