package itsm

import (
	"testing"
)

// Everybody numbers policies from POL-001 on.
func TestANumberThatAnotherPolicyHas(t *testing.T) {
	known := KnownPolicies{Organisation: "Here", Policies: []Policy{
		{ID: 1, Number: "POL-001", Title: "All incidents are logged", Statement: "They are.", Driver: Internal},
		{ID: 2, Number: "POL-002", Title: "Remote work", Statement: "At home.", Driver: Internal},
	}}
	plan := func(answer string, l ListedPolicy) PolicyImport {
		l.Line = 2
		return PlanPolicies(known, []ListedPolicy{l}, map[string]string{"number:pol-001": answer}, Day(2026, 1, 1))
	}
	backups := ListedPolicy{Number: "POL-001", Title: "Backup policy", Statement: "Nightly."}
	for answer, want := range map[string]struct {
		outcome Outcome
		number  string
	}{"": {OpenLine, ""}, "same": {ChangedLine, "POL-001"}, "new": {NewLine, "POL-003"}, LeaveOut: {LeftOutLine, ""}} {
		got := plan(answer, backups)
		if len(got.Questions) != 1 || got.Lines[0].Outcome != want.outcome || want.number != "" && got.Write[0].Number != want.number {
			t.Errorf("%q: %+v", answer, got)
		}
	}
	if got := plan("", ListedPolicy{Number: "POL-001", Title: "Logging of incidents"}); len(got.Questions) != 0 || got.Lines[0].Outcome != ChangedLine {
		t.Errorf("a title that is alike: %+v", got)
	}
	if got := plan("", ListedPolicy{Number: "POL-001", Title: "Remote work", Statement: "Anywhere."}); len(got.Questions) != 0 || got.Write[0].ID != 2 || got.Write[0].Number != "POL-002" {
		t.Errorf("the policy of its title: %+v", got)
	}
}
