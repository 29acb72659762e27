package main

import (
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
