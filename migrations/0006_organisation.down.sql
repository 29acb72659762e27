-- Rows only: they go with their tables.
SELECT 1;
