DROP TRIGGER policy_attachment_not_rewritten ON policy_attachment;
DROP FUNCTION refuse_moving_attachment;
DROP INDEX policy_owner_role;
ALTER TABLE policy_attachment DROP CONSTRAINT policy_attachment_once;
DROP FUNCTION policy_version_on;
DROP TABLE review;
ALTER TABLE policy DROP CONSTRAINT policy_review_clock, DROP COLUMN review_due, DROP COLUMN last_reviewed;
ALTER TABLE process DROP CONSTRAINT process_review_clock, DROP COLUMN review_months, DROP COLUMN review_due, DROP COLUMN last_reviewed;
ALTER TABLE role DROP CONSTRAINT role_review_clock, DROP COLUMN review_months, DROP COLUMN review_due, DROP COLUMN last_reviewed;
