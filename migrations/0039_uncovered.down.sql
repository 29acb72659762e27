DROP FUNCTION uncovered(date, date, boolean);
