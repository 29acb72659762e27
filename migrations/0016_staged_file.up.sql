-- Several files in one upload, and what was said about grids of a shape, for the next one of it.

-- A file between its upload and its confirmation. Derived, like the upload it belongs to.
CREATE TABLE staged_file (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staged_id  bigint NOT NULL REFERENCES staged_import ON DELETE CASCADE,
  file_name  text NOT NULL,
  content    bytea NOT NULL,                  -- as it came; once read, its tables as JSON
  read_at    timestamptz,
  claimed_at timestamptz,                     -- somebody reads it; after a while somebody else may
  problem    text NOT NULL DEFAULT '',        -- why nothing could be read
  choices    jsonb NOT NULL DEFAULT '{}',     -- how its grids are read, where a person said so
  remembered boolean NOT NULL DEFAULT false   -- the choices come from an earlier file
);
CREATE INDEX staged_file_staged ON staged_file (staged_id, id);

-- How grids with the same headings were read and matched the last time: a help, nobody's fact.
CREATE TABLE grid_memory (
  shape         text PRIMARY KEY,
  choice        jsonb NOT NULL,
  answers       jsonb NOT NULL,
  remembered_at timestamptz NOT NULL
);

-- An upload may go into many processes, and keeps its grids in files; those that wait in the old way are brought again.
DELETE FROM staged_import WHERE kind = 'raci';
ALTER TABLE staged_import DROP COLUMN process_id;
