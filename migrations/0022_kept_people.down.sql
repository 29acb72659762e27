DROP INDEX role_organisation;
DROP INDEX role_service;
DROP INDEX assignment_person;
CREATE INDEX assignment_person ON assignment (person_id) INCLUDE (role_id, role_kind, during, capacity, state, acceptance, announced) WHERE person_id IS NOT NULL;
DROP FUNCTION person_touched;
