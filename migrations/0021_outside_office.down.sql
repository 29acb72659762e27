ALTER TABLE role DROP COLUMN outside_office;
