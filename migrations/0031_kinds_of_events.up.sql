-- Which events changed letters, texts or hats is answered by an index alone: an import has a hundred thousand rows in one event,
-- and the trail of one kind of change would read all of them to find none.
CREATE INDEX change_kind ON change (table_name, event_id);
