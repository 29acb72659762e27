package itsm

import "testing"

// A deputy stands in for somebody; a vice president and a vice chair have an office of their own, whatever it is of.
func TestSaidCapacity(t *testing.T) {
	for role, want := range map[string]Capacity{"Deputy oven lead": Deputy, "Vice oven lead": Deputy, "Vice chair": "", "Vice President": "", "Vice President, Ovens": "", "Vice-Chair of ovens": "", "Vice Principal (acting)": Acting, "Oven lead (acting)": Acting, "Oven lead": ""} {
		if got, _ := SaidCapacity(role); got != want {
			t.Errorf("%s: %q", role, got)
		}
	}
}
