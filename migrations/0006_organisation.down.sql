-- Rows only: they go with their tables, and applying it again leaves those that stayed.
SELECT 1;
