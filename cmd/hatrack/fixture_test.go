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
