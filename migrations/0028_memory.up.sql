-- What an import remembered is forgotten where it is undone, and says whose word it was.

ALTER TABLE grid_memory ADD COLUMN event_id bigint; -- the import; of earlier ones it is not known. No foreign key: the trail is refused by its own trigger alone
ALTER TABLE staged_file ADD COLUMN remembered_of text NOT NULL DEFAULT ''; -- who answered the earlier file; '': not known
