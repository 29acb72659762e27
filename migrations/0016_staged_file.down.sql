DELETE FROM staged_import WHERE kind = 'raci';
ALTER TABLE staged_import ADD COLUMN process_id bigint REFERENCES process;
DROP TABLE grid_memory, staged_file;
