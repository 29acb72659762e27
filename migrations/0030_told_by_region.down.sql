DROP INDEX assignment_told;
CREATE INDEX assignment_told ON assignment (role_id) INCLUDE (during) WHERE acceptance = 'told' AND state = 'appointed';
