-- Reading the trail page by page, whatever it is narrowed to: the latest first, at any length.

DROP INDEX event_at;
CREATE INDEX event_at ON event (at, id);
CREATE INDEX event_act ON event (act, at, id);
CREATE INDEX event_person ON event (person_id, at, id) WHERE person_id IS NOT NULL;
