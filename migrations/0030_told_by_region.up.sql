-- A list of gaps narrowed to a region asks who has not accepted there: the index begins with where they wear the hat.

DROP INDEX assignment_told;
CREATE INDEX assignment_told ON assignment (region_id) WHERE acceptance = 'told' AND state = 'appointed';
