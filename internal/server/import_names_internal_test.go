package server

import "testing"

func TestAProcessIsCalledAsAPersonWouldCallIt(t *testing.T) {
	for from, want := range map[string]string{
		"incident-response_v2":                   "Incident response v2",
		"2.3 Responsibility Matrix":              "Responsibility Matrix",
		"Appendix F: Change RACI Matrix":         "Change",
		"4. Keeping the register — RACI":         "Keeping the register",
		"RACI for Purchasing":                    "Purchasing",
		"Incident Management (RACI)":             "Incident Management",
		"packt-tpm-RACI":                         "Packt tpm",
		"Process RACI":                           "Process RACI",
		"Ferraci":                                "Ferraci",
		"RACI and Escalation Model":              "RACI and Escalation Model",
		"B. Build":                               "Build",
		"Appendix F: Change Management":          "Change Management",
		"Run a follow-up":                        "Run a follow-up",
		"état des lieux":                         "État des lieux",
		"rows":                                   "Rows",
		"Change-Management für Datenbanken":      "Change-Management für Datenbanken",
		"raci-handle-an-incident-2026-11-30":     "Handle an incident",
		"raci-handle-an-incident-2026-11-30 (2)": "Handle an incident",
		"RACI_matrix_for_payroll_20261130":       "Payroll",
		"payroll-2026-11-30":                     "Payroll",
		"raci-2026-11-30":                        "Raci 2026 11 30",
		"release-2026":                           "Release 2026",
		"Phase (2)":                              "Phase (2)",
		"napa-itam-itsm":                         "Napa itam itsm",
		"표준":                                     "표준",
		"":                                       "",
	} {
		if got := processName(from); got != want {
			t.Errorf("%q is called %q, want %q", from, got, want)
		}
	}
}

func TestAHeadingThatNamesNoProcessGivesWayToTheFile(t *testing.T) {
	for name, want := range map[string]bool{
		"Responsibility Assignment Matrix (RACI)": true, "RACI (prototype)": true, "Process RACI": true, "Rows": true, "Sheet 1": true, "": true,
		"Change Management": false, "표준": false, "Escalation": false, "Process of change": false,
	} {
		if got := general(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
