package store

import (
	"maps"
	"slices"
)

// ConstraintNames are the names that errors.go translates, for the test that each of them exists.
func ConstraintNames() []string {
	return slices.Concat(slices.Collect(maps.Keys(refusals)), slices.Collect(maps.Keys(stale)))
}
