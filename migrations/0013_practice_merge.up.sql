-- Two practices made one: the one that went up in the other stays, archived, and points at it.

ALTER TABLE practice
  ADD COLUMN merged_into_id bigint REFERENCES practice,
  ADD CONSTRAINT practice_merged_is_archived CHECK (merged_into_id IS NULL OR archived_at IS NOT NULL),
  ADD CONSTRAINT practice_not_into_itself CHECK (merged_into_id <> id);
