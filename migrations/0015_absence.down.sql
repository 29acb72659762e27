DROP INDEX absence_person;
