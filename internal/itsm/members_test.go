package itsm_test

import (
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

func TestALineNamesAPersonByAddressNumberOrName(t *testing.T) {
	people := []itsm.Person{
		{ID: 1, Name: "Ana Souza", SortName: "Souza, Ana", Email: "ana@example.org"}, {ID: 2, Name: "Søren Groß", SortName: "Groß, Søren", ExternalID: "4711"},
		{ID: 3, Name: "Jan Novak", SortName: "Novak, Jan", Email: "jan@example.org"}, {ID: 4, Name: "Jan Novak", SortName: "Novak, Jan", Email: "jan.novak@example.org"},
	}
	for text, want := range map[string][]int64{
		"Ana Souza\nSoren Gross":                         {1, 2},
		"Souza, Ana; 4711":                               {1, 2},
		"Ana <ana@example.org>; J <JAN@example.org>;":    {1, 3},
		"ana@example.org, jan.novak@example.org\r\n\r\n": {1, 4},
		"ana souza\nAna  Souza\nana@example.org":         {1},
		"":                                               nil,
	} {
		got, err := itsm.PeopleCalled(itsm.NamedLines(text), people, "people")
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q names %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"Ana": "Nobody here is called “Ana”.", "Jan Novak": "“Jan Novak” may be one of 2 people: write the e-mail address instead.", "@": "Nobody here is called “@”.",
		strings.Join(slices.Collect(numbered(201)), "\n"): "Add at most 200 people at once.",
	} {
		if _, err := itsm.PeopleCalled(itsm.NamedLines(text), people, "people"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v; want %q", text, err, want)
		}
	}
}

func numbered(n int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range n {
			if !yield("Person " + strings.Repeat("x", i+1)) {
				return
			}
		}
	}
}
