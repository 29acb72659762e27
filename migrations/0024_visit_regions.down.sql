DROP FUNCTION regions_below(bigint);
