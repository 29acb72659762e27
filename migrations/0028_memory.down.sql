ALTER TABLE staged_file DROP COLUMN remembered_of;
ALTER TABLE grid_memory DROP COLUMN event_id;
