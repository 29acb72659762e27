package itsm

import (
	"strings"
	"testing"
)

// A line without a statement is said to say no more than its title only where that is so.
func TestALineWithoutAStatement(t *testing.T) {
	for said, l := range map[string]ListedPolicy{
		"It says no more than its title.":             {},
		"It has no statement: its title stands there": {Why: "No fire."},
		"its title stands there":                      {Measure: "Fires a year."},
	} {
		l.Line, l.Number, l.Title = 2, "P-1", "Ovens"
		plan := PlanPolicies(KnownPolicies{}, []ListedPolicy{l}, nil, Day(2026, 1, 1))
		if line := plan.Lines[0]; line.Outcome != NewLine || !strings.Contains(line.Why, said) || plan.Write[0].Statement != "Ovens" {
			t.Errorf("%+v: %+v", l, line)
		}
	}
}
