package main

import (
	"strings"
	"testing"

	"hatrack/internal/sheet"
)

// The example of how to say what columns are fits the file; the names are invented.
func TestTheExampleOfAMappingFits(t *testing.T) {
	for text, want := range map[string]string{
		"3,Roe,Ida,1990-01-01\n7,Sun,Ole,1985-05-12\n": "--map 2=family-name --map 3=given-name says that the first of these holds family names",
		"Oven,Heat\nBig,200\nSmall,180\n":              "--map 1=name says that the first holds names.",
	} {
		list, err := sheet.ReadPeople("x.csv", []byte(text), sheet.PeopleOptions{})
		if got := columnsToMap(list.Columns); err == nil || !strings.Contains(got, want) {
			t.Errorf("%s: got %v, %s", text, err, got)
		}
	}
}
