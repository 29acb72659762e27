DROP FUNCTION visitor(bigint, timestamptz);
