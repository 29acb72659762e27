DELETE FROM staged_import WHERE kind IN ('assignments', 'policies');
ALTER TABLE staged_import DROP CONSTRAINT staged_import_kind;
ALTER TABLE staged_import ADD CONSTRAINT staged_import_kind CHECK (kind IN ('people', 'raci'));
