ALTER TABLE practice DROP COLUMN merged_into_id;
