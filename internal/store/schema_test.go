package store_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// The dump is for reading the schema as a whole. make schema writes it anew.
func TestSchemaDumpIsInStep(t *testing.T) {
	file := filepath.Join("..", "..", "migrations", "schema.sql")
	dump, major := storetest.Dump(t)
	dump = readable(dump, major)
	if os.Getenv("HATRACK_WRITE_SCHEMA") != "" {
		if err := os.WriteFile(file, []byte(dump), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(dump, "\n")
	if !strings.HasPrefix(string(kept), first+"\n") {
		t.Skipf("the dump was written by another major version of PostgreSQL than %s", major)
	}
	if string(kept) != dump {
		t.Error("migrations/schema.sql is not what the migrations make: run make schema")
	}
}

var noise = regexp.MustCompile(`(?m)^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|\s*)\n`)

// readable leaves statements, with a blank line between.
func readable(dump, major string) string {
	statements := noise.ReplaceAllString(dump, "")
	statements = regexp.MustCompile(`(?m)^((?:CREATE|ALTER|COMMENT) )`).ReplaceAllString(statements, "\n$1")
	return "-- The schema as the migrations make it, for reading. Written by make schema with PostgreSQL " + major + ".\n" + statements
}

func TestTranslatedConstraintsExist(t *testing.T) {
	dump, _ := storetest.Dump(t)
	for _, name := range store.ConstraintNames() {
		if !regexp.MustCompile(`\b`+name+`\b`).MatchString(dump) && !raisedByTable(dump, name) {
			t.Errorf("no constraint, index or trigger is called %s", name)
		}
	}
}

// raisedByTable finds the names that one trigger function makes of its table's.
func raisedByTable(dump, name string) bool {
	return strings.HasSuffix(name, "_within_employment") && strings.Contains(dump, "|| '_within_employment'")
}
