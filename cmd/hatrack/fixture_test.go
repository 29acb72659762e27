package main

import (
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// person is somebody of the directory.
func person(t *testing.T, db *storetest.DB, name, email string) {
	t.Helper()
	if _, err := db.AddPerson(t.Context(), storetest.Operator, itsm.Person{Name: name, Email: email}); err != nil {
		t.Fatal(err)
	}
}

// settingsOf are the variables that name a database, and others beside them.
func settingsOf(db *storetest.DB, beside ...string) []string {
	return append([]string{"DATABASE_URL=" + db.URL, "HATRACK_MIGRATE_URL=" + db.OwnerURL}, beside...)
}
