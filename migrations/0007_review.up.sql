-- The review clock: an interval and a next day on roles, processes and policies, and what was found still right, by whom.

ALTER TABLE role
  ADD COLUMN review_months integer CONSTRAINT role_review_months CHECK (review_months BETWEEN 1 AND 120),
  ADD COLUMN review_due    date,
  ADD COLUMN last_reviewed date,
  ADD CONSTRAINT role_review_clock CHECK ((review_months IS NULL) = (review_due IS NULL)); -- no interval is no clock
ALTER TABLE process
  ADD COLUMN review_months integer CONSTRAINT process_review_months CHECK (review_months BETWEEN 1 AND 120),
  ADD COLUMN review_due    date,
  ADD COLUMN last_reviewed date,
  ADD CONSTRAINT process_review_clock CHECK ((review_months IS NULL) = (review_due IS NULL));
ALTER TABLE policy
  ADD COLUMN review_due    date,
  ADD COLUMN last_reviewed date,
  ADD CONSTRAINT policy_review_clock CHECK ((review_months IS NULL) = (review_due IS NULL));
CREATE INDEX role_review_due ON role (review_due) WHERE review_due IS NOT NULL AND archived_at IS NULL;
CREATE INDEX process_review_due ON process (review_due) WHERE review_due IS NOT NULL AND archived_at IS NULL;
CREATE INDEX policy_review_due ON policy (review_due) WHERE review_due IS NOT NULL AND archived_at IS NULL;

CREATE TABLE review (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  role_id     bigint REFERENCES role,
  process_id  bigint REFERENCES process,
  policy_id   bigint REFERENCES policy,
  reviewed_on date NOT NULL,
  reviewed_by bigint REFERENCES person, -- NULL is the operator
  sentence    text NOT NULL CONSTRAINT review_sentence_length CHECK (length(sentence) BETWEEN 1 AND 500),
  due_before  date NOT NULL,
  due_after   date NOT NULL CONSTRAINT review_due_later CHECK (due_after > reviewed_on),
  CONSTRAINT review_one CHECK (num_nonnulls(role_id, process_id, policy_id) = 1),
  CONSTRAINT review_once UNIQUE NULLS NOT DISTINCT (role_id, process_id, policy_id, reviewed_on)
);
CREATE INDEX review_process ON review (process_id) WHERE process_id IS NOT NULL;
CREATE INDEX review_policy ON review (policy_id) WHERE policy_id IS NOT NULL;

CALL audit('review');

-- policy_version_on is the wording in force on a day; where none is, the draft. Every read asks it first.
CREATE FUNCTION policy_version_on(policy bigint, day date) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT v.id FROM policy_version v
  WHERE v.policy_id = policy AND (v.state IN ('draft', 'submitted') OR v.state = 'published' AND v.in_force_from <= day)
  ORDER BY v.state IN ('draft', 'submitted'), v.number DESC
  LIMIT 1
$$;

-- A policy governs a thing once on a day. What it governed is ended, never rewritten.
ALTER TABLE policy_attachment ADD CONSTRAINT policy_attachment_once EXCLUDE USING gist (
  policy_id WITH =, COALESCE(practice_id, 0) WITH =, COALESCE(process_id, 0) WITH =, COALESCE(activity_id, 0) WITH =, during WITH &&);
CREATE INDEX policy_owner_role ON policy (owner_role_id) WHERE owner_role_id IS NOT NULL;

CREATE FUNCTION refuse_moving_attachment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.policy_id, lower(NEW.during)) IS DISTINCT FROM (OLD.policy_id, lower(OLD.during)) OR NOT NEW.during <@ OLD.during THEN
    RAISE EXCEPTION 'what a policy governs is ended, never rewritten' USING ERRCODE = '23514', CONSTRAINT = 'policy_attachment_not_rewritten', TABLE = 'policy_attachment';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER policy_attachment_not_rewritten BEFORE UPDATE ON policy_attachment FOR EACH ROW EXECUTE FUNCTION refuse_moving_attachment();
