DROP INDEX role_stands_for;
