DROP FUNCTION ungoverned(date, date);
