ALTER FUNCTION ungoverned(date, date) SET search_path TO 'public', 'pg_temp';
