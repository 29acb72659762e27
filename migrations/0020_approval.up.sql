-- A first version may state that it was approved before Hatrack knew it; and an import of people can be taken back.

ALTER TABLE process_version
  ADD COLUMN approved_by        text NOT NULL DEFAULT '' CONSTRAINT process_version_approved_by_length CHECK (length(approved_by) <= 200),
  ADD COLUMN approved_on        date,
  ADD COLUMN approved_reference text NOT NULL DEFAULT '' CONSTRAINT process_version_approved_reference_length CHECK (length(approved_reference) <= 200),
  ADD CONSTRAINT process_version_approved_by_somebody CHECK (approved_by <> '' OR approved_on IS NULL AND approved_reference = ''),
  ADD CONSTRAINT process_version_approved_before CHECK (number = 1 OR approved_by = '');

-- The trail keeps contact details by name only, so what an import replaced stands here for some weeks, for its undoing. It
-- goes with the person, and is no fact: nothing reads it but that.
CREATE TABLE contact_before (
  event_id  bigint NOT NULL,
  person_id bigint NOT NULL REFERENCES person ON DELETE CASCADE,
  email     text NOT NULL,
  phone     text NOT NULL,
  kept_at   timestamptz NOT NULL,
  PRIMARY KEY (event_id, person_id)
);
CREATE INDEX contact_before_person ON contact_before (person_id);

-- Whoever came with an import and goes with its undoing is looked for among those who decided something.
CREATE INDEX assignment_recorded_by ON assignment (recorded_by) WHERE recorded_by IS NOT NULL;
CREATE INDEX review_reviewed_by ON review (reviewed_by) WHERE reviewed_by IS NOT NULL;
