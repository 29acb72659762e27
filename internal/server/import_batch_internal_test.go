package server

import "testing"

func TestAProcessIsCalledAsAPersonWouldCallIt(t *testing.T) {
	for from, want := range map[string]string{
		"incident-response_v2":              "Incident response v2",
		"2.3 Responsibility Matrix":         "Responsibility Matrix",
		"Appendix F: Change Management":     "Change Management",
		"Run a follow-up":                   "Run a follow-up",
		"état des lieux":                    "État des lieux",
		"rows":                              "Rows",
		"Change-Management für Datenbanken": "Change-Management für Datenbanken",
		"napa-itam-itsm":                    "Napa itam itsm",
		"표준":                                "표준",
		"":                                  "",
	} {
		if got := processName(from); got != want {
			t.Errorf("%q is called %q, want %q", from, got, want)
		}
	}
}
