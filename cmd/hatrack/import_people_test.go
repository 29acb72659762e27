package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

func TestColumnsAreMappedByHand(t *testing.T) {
	file := []byte("Who,What\nAnn Smith,Engineer\n")
	list, err := importPeople{File: "x.csv", Map: map[string]string{"who": "name", "What": "title"}}.read(file)
	if err != nil || len(list.People) != 1 || list.People[0].Name != "Ann Smith" || list.People[0].Title != "Engineer" {
		t.Fatalf("got %+v, %v", list.People, err)
	}
	if _, err := (importPeople{File: "x.csv", Map: map[string]string{"Whom": "name"}}).read(file); err == nil || !strings.Contains(err.Error(), "Whom") {
		t.Errorf("got %v", err)
	}
	var out strings.Builder
	reportOf(list, itsm.PeopleImport{New: 1, Remarks: []itsm.ListRemark{{Line: 2, Text: "Said."}}}, true).print(&out)
	for _, want := range []string{"Who: is the full name", "Line 2: Said.", "Nothing was changed. It would import: 1 new"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, out.String())
		}
	}
}

// A list that seems to be one of something else is imported only by whoever is sure; a column without a heading has its number.
func TestAnotherKindOfListWantsToBeMeant(t *testing.T) {
	name := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(name, []byte("Customer ID,Name,Order date\n7,Ann Berg,2026-01-02\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := importPeople{File: name}.Run(nil, nil)
	if c, ok := err.(coded); !ok || c.code != exitDoubtful || !strings.Contains(c.text, "customers or orders") || !strings.Contains(c.text, "--sure") {
		t.Errorf("got %v", err)
	}
	list, err := importPeople{File: "x.csv", Map: map[string]string{"1": "external-id", "2": "family-name", "3": "given-name"}}.read([]byte("1;Lang;Eva\n2;Kurz;Max\n3;Gil;Ana\n"))
	if err != nil || len(list.People) != 3 || list.People[0].Name != "Eva Lang" {
		t.Errorf("got %+v, %v", list.People, err)
	}
}
