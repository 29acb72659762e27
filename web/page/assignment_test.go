package page

import (
	"testing"

	"hatrack/internal/itsm"
)

// A proposal names who decided it beside the day of the decision, and not as who put it on record.
func TestAProposalIsRecordedAsOne(t *testing.T) {
	of := itsm.AssignmentPage{Assignment: itsm.Assignment{Holding: itsm.Holding{State: itsm.Appointed, Since: itsm.Day(2026, 12, 1), RecordedOn: itsm.Day(2026, 11, 26), RecordedBy: "Ingrid"}, DecidedOn: itsm.Day(2026, 11, 30)}}
	fact := func(name string) string {
		for _, f := range (Assignment{Of: of}).facts() {
			if f.Name == name {
				return f.Text
			}
		}
		return ""
	}
	for name, want := range map[string]string{"Recorded": "26 Nov 2026, as a proposal", "Decided": "30 Nov 2026 by Ingrid"} {
		if got := fact(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	of.DecidedOn = of.RecordedOn
	for name, want := range map[string]string{"Recorded": "26 Nov 2026 by Ingrid", "Decided": "26 Nov 2026"} {
		if got := fact(name); got != want {
			t.Errorf("%s of an appointment: %q, want %q", name, got, want)
		}
	}
}
