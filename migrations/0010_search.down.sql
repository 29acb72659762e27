DO $$
DECLARE
  t regclass;
BEGIN
  FOREACH t IN ARRAY ARRAY['practice', 'process', 'process_version', 'step', 'role', 'person', 'team', 'company', 'service', 'policy', 'policy_version']::regclass[] LOOP
    EXECUTE format('DROP TRIGGER search_insert ON %1$s; DROP TRIGGER search_update ON %1$s; DROP TRIGGER search_delete ON %1$s', t);
  END LOOP;
END $$;
DROP PROCEDURE search_on;
DROP FUNCTION search_follow, search_refresh, search_made;
DROP TABLE search_entry;
DROP FUNCTION search_slips, search_query, search_initials, search_words, search_plain;
