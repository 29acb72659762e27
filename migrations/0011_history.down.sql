DROP INDEX event_person, event_act, event_at;
CREATE INDEX event_at ON event (at);
