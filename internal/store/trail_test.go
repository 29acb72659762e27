package store_test

import (
	"slices"
	"strings"
	"testing"

	"hatrack/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// derived are the tables that hold no facts: what is computed, passing or about the machinery.
var derived = []string{"schema_migrations", "event", "event_about", "change", "session", "login_link", "sign_in_attempt", "staged_import", "staged_file", "contact_before", "grid_memory", "search_entry", "page_version", "role_cover", "role_place"}

func TestEveryTableIsAuditedOrDerived(t *testing.T) {
	db := storetest.New(t)
	tables := storetest.Value[[]string](t, db, `
		SELECT array_agg(relname::text ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`)
	audited := storetest.Value[[]string](t, db, `
		SELECT array_agg(c.relname::text) FROM pg_class c
		WHERE (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname IN ('trail_insert', 'trail_update', 'trail_delete', 'trail_truncate') AND g.tgenabled = 'O') = 4`)
	for _, table := range tables {
		if slices.Contains(audited, table) == slices.Contains(derived, table) {
			t.Errorf("%s must be either audited or derived", table)
		}
	}
}

func TestWriteWithoutEventIsRefused(t *testing.T) {
	db := storetest.New(t)
	for _, sql := range []string{
		`INSERT INTO practice (name, category) VALUES ('Incident management', 'service')`,
		`UPDATE organisation SET name = 'Other'`,
		`DELETE FROM role`,
		`SELECT set_config('hatrack.event', (SELECT max(id)::text FROM event), false); UPDATE organisation SET name = 'Other'`,
	} {
		if err := db.Exec(t, sql); err == nil || !strings.Contains(err.Error(), "HT001") {
			t.Errorf("%s: got %v, want refusal HT001", sql, err)
		}
	}
}

// What is derived of letters stands in the rows of activities, and the trail tells the letters alone.
func TestWhatIsDerivedHasNoTrail(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	m := s.matrix(t)
	s.set(t, s.log, m.Columns[0].Role.ID, "AR")
	if kept := storetest.Value[string](t, s.DB, `SELECT row_letters FROM step WHERE activity_id = $1`, s.log); !strings.HasSuffix(kept, "AR") {
		t.Errorf("the row keeps %q of its letters", kept)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*)::int FROM change WHERE before ?| derived_columns() OR after ?| derived_columns()`); n > 0 {
		t.Errorf("%d changes tell what is derived", n)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*)::int FROM change WHERE event_id = (SELECT max(id) FROM event) AND table_name = 'step' AND before = after`); n > 0 {
		t.Errorf("%d changes of the row change nothing", n)
	}
	if n := storetest.Value[int](t, s.DB, `SELECT count(*)::int FROM unnest(derived_columns()) d WHERE NOT EXISTS (SELECT FROM information_schema.columns WHERE column_name = d)`); n > 0 {
		t.Errorf("%d derived columns are in no table", n)
	}
}

func TestTrailIsNeverChanged(t *testing.T) {
	db := storetest.New(t)
	for _, table := range []string{"event", "event_about", "change"} {
		for _, sql := range []string{"DELETE FROM " + table, "TRUNCATE " + table} {
			if err := db.Exec(t, sql); err == nil || !strings.Contains(err.Error(), "HT002") {
				t.Errorf("%s: got %v, want refusal HT002", sql, err)
			}
		}
	}
	if err := db.Exec(t, `UPDATE event SET summary = 'nothing happened'`); err == nil || !strings.Contains(err.Error(), "HT002") {
		t.Errorf("an old event was rewritten: %v", err)
	}
}
