DROP FUNCTION lead_vacant(date);
DROP FUNCTION seen_from_outside(bigint, bigint, date);
