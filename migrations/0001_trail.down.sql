DROP PROCEDURE audit(regclass, text[]);
DROP TABLE change, event_about, event;
DROP FUNCTION keep_inserted(), keep_updated(), keep_deleted(), refuse(), event_is_final(), current_event();
DROP DOMAIN label;
DROP DOMAIN prose;
