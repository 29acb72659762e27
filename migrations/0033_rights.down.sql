DROP FUNCTION rights_of(bigint, bigint, bigint, date);
