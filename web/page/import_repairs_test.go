package page

import (
	"slices"
	"testing"
)

// What is repaired in the same way in many cells is said once.
func TestRepairsOfOneKindAreOneLine(t *testing.T) {
	v := BatchGrid{Repairs: []GridRepair{
		{"line 2, Ops", "V", "A", true}, {"line 2, DBA", "X", "R", true}, {"line 3, Ops", "V", "A", true}, {"line 4, Ops", "V", "A", true}, {"line 5, Ops", "V", "A", false},
	}}
	want := []GridRepair{{"line 2, Ops and 2 other places", "V", "A", true}, {"line 2, DBA", "X", "R", true}, {"line 5, Ops", "V", "A", false}}
	if got := v.fixes(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
