package itsm

import "testing"

// A deputy stands in for somebody; a vice president has an office of their own.
func TestSaidCapacity(t *testing.T) {
	for role, want := range map[string]Capacity{"Deputy oven lead": Deputy, "Vice chair": Deputy, "Vice President": "", "Oven lead (acting)": Acting, "Oven lead": ""} {
		if got, _ := SaidCapacity(role); got != want {
			t.Errorf("%s: %q", role, got)
		}
	}
}
