DROP TRIGGER event_bumps_pages ON event;
DROP FUNCTION bump_page_versions();
DROP FUNCTION stale_processes(bigint);
DROP TABLE page_version;
