-- A list of gaps narrowed to a region asks who has not accepted there: the index says where each of them wears the hat.

DROP INDEX assignment_told;
CREATE INDEX assignment_told ON assignment (role_id, region_id) INCLUDE (during) WHERE acceptance = 'told' AND state = 'appointed';
