DROP TABLE staged_import, mistake;
DROP FUNCTION worn(date);
DROP TRIGGER person_leaves_without_hats ON person;
DROP TRIGGER membership_within_employment ON membership;
DROP TABLE assignment;
DROP FUNCTION refuse_rewriting(), refuse_beyond_employment(), refuse_leaving_with_hats();
