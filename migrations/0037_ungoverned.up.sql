-- Without settings of its own the function is read as part of the statement that asks it: of one practice, it then looks at
-- that practice alone.
ALTER FUNCTION ungoverned(date, date) RESET ALL;
