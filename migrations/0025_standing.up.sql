-- The few roles that stand for whoever it is in a case: a matrix asks whether one of its columns is such a role.
CREATE INDEX role_stands_for ON role (stands_for) WHERE stands_for IS NOT NULL;
