DROP TABLE raci_cell, raci_column, role, hand_off, step, activity, process_item;
DROP FUNCTION version_on(bigint, date);
DROP TABLE process_version, process, service_support, service;
ALTER TABLE account_grant DROP CONSTRAINT account_grant_practice;
DROP TABLE practice_relation, practice;
DROP FUNCTION refuse_published(), refuse_rewording();
