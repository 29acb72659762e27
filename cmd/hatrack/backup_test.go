package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// rows says of each table how many rows it has, and a hash of all of them.
func rows(t *testing.T, db *storetest.DB) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, table := range storetest.Value[[]string](t, db, `SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'public'`) {
		found[table] = storetest.Value[string](t, db, `SELECT count(*) || ' ' || COALESCE(md5(string_agg(x::text, E'\n' ORDER BY x::text)), '') FROM "`+table+`" x`)
	}
	return found
}

// What a backup holds comes back row by row, but for the sessions, and the database guards it as before.
func TestABackupBringsEveryRowBack(t *testing.T) {
	t.Parallel()
	db, ctx := storetest.At(t, time.Now), t.Context()
	smoLead(t, db)
	if _, err := db.AddPractice(ctx, storetest.Operator, itsm.Practice{Name: "Incident management", Category: "service", State: itsm.InUse}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "monday.backup")
	if said, _, err := hatrack(t, []string{"backup", file}, settingsOf(db)...); err != nil || !strings.Contains(said, file) {
		t.Fatal(err, said)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("who may read it: %v %v", info.Mode(), err)
	}
	if _, _, err := hatrack(t, []string{"backup", file}, settingsOf(db)...); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("over another: %v", err)
	}
	want := rows(t, db)

	other := storetest.Bare(t)
	if said, _, err := hatrack(t, []string{"restore", file}, settingsOf(other)...); err != nil || !strings.Contains(said, "Restored") {
		t.Fatal(err, said)
	}
	got := rows(t, other)
	if got["session"] != "0 " || want["session"] == got["session"] {
		t.Errorf("sessions: %q of %q", got["session"], want["session"])
	}
	delete(got, "session")
	delete(want, "session")
	for table := range want {
		if got[table] != want[table] {
			t.Errorf("%s: %q, was %q", table, got[table], want[table])
		}
	}
	if len(got) != len(want) || want["event"] == "0 " {
		t.Errorf("%d tables of %d", len(got), len(want))
	}
	opened, err := store.Open(ctx, other.URL, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if _, err := opened.AddPractice(ctx, storetest.Operator, itsm.Practice{Name: "Incident management", Category: "service", State: itsm.InUse}); !errors.As(err, &itsm.Invalid{}) && !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("a second practice of the name: %v", err)
	}
	if _, err := opened.AddPractice(ctx, storetest.Operator, itsm.Practice{Name: "Change enablement", Category: "service", State: itsm.InUse}); err != nil {
		t.Error(err)
	}
	if owns, err := opened.Owns(ctx); err != nil || owns {
		t.Errorf("the server's role owns the tables: %v, %v", owns, err)
	}
	if _, _, err := hatrack(t, []string{"restore", file}, settingsOf(other)...); err == nil || !strings.Contains(err.Error(), "holds data") {
		t.Errorf("over data: %v", err)
	}
}

// A backup of an older schema is brought up to this one, also where a server has been started on the empty database before.
func TestAnOlderBackupIsBroughtUp(t *testing.T) {
	t.Parallel()
	old := storetest.New(t)
	person(t, old, "Ingrid Solberg", "ingrid@example.org")
	old.Close()
	if _, _, err := hatrack(t, []string{"migrate", "down", "1"}, settingsOf(old)...); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "old.backup")
	if _, _, err := hatrack(t, []string{"backup", file}, settingsOf(old)...); err != nil {
		t.Fatal(err)
	}
	db := storetest.New(t)
	if err := db.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := hatrack(t, []string{"restore", file}, settingsOf(db)...); err == nil || !strings.Contains(err.Error(), "Stop the server") {
		t.Errorf("below a running server: %v", err)
	}
	db.Close()
	if said, _, err := hatrack(t, []string{"restore", file}, settingsOf(db)...); err != nil {
		t.Fatal(err, said)
	}
	if said, _, err := hatrack(t, []string{"migrate", "version"}, settingsOf(db)...); err != nil || storetest.Value[int](t, db, `SELECT count(*)::int FROM person`) != 1 {
		t.Errorf("%v %s", err, said)
	}
}

// What is no backup changes nothing and says so; half a one leaves nothing behind.
func TestWhatIsNoBackupIsRefused(t *testing.T) {
	t.Parallel()
	db, empty := storetest.New(t), storetest.Bare(t)
	person(t, db, "Ingrid Solberg", "ingrid@example.org")
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.backup")
	if _, _, err := hatrack(t, []string{"backup", whole}, settingsOf(db)...); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text []byte
		says string
	}{
		"words":   {[]byte("Dear all, here is the backup."), "is no backup"},
		"nothing": {nil, "is no backup"},
		"half":    {text[:len(text)/2], "Nothing was restored"},
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, c.text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := hatrack(t, []string{"restore", file}, settingsOf(empty)...)
		if err == nil || !strings.Contains(err.Error(), c.says) || exitCode(err) != exitUnreadable {
			t.Errorf("%s: %v", name, err)
		}
		if n := storetest.Value[int](t, empty, `SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations'`); n != 0 {
			t.Errorf("%s: %d tables are left", name, n)
		}
	}
	if _, _, err := hatrack(t, []string{"backup", filepath.Join(dir, "none")}, settingsOf(empty)...); err == nil || !strings.Contains(err.Error(), "nothing to back up") {
		t.Errorf("of nothing: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a file is left of it")
	}
}
