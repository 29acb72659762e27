-- Lists of who wears which hat, and of policies, wait for their confirmation as those of people do.

ALTER TABLE staged_import DROP CONSTRAINT staged_import_kind;
ALTER TABLE staged_import ADD CONSTRAINT staged_import_kind CHECK (kind IN ('people', 'raci', 'assignments', 'policies'));
