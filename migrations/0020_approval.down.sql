DROP INDEX review_reviewed_by, assignment_recorded_by;
DROP TABLE contact_before;
ALTER TABLE process_version
  DROP CONSTRAINT process_version_approved_before, DROP CONSTRAINT process_version_approved_by_somebody,
  DROP COLUMN approved_reference, DROP COLUMN approved_on, DROP COLUMN approved_by;
