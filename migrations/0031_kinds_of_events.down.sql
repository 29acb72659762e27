DROP INDEX change_kind;
