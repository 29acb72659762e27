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

// Who has to answer for a hat is asked to, and not to ask themselves.
func TestALateAnswerIsAskedOfTheReader(t *testing.T) {
	of := itsm.AssignmentPage{Assignment: itsm.Assignment{Holding: itsm.Holding{PersonID: 7, Name: "Jonas Weber", State: itsm.Appointed, Acceptance: itsm.Told}, AnswerIDs: []int64{7}}}
	day := itsm.Day(2026, 11, 30)
	for want, by := range map[string]itsm.Actor{
		"You were asked more than two weeks ago: accept it, or object.":  {AccountID: 1, PersonID: 7},
		"You were asked more than two weeks ago, and have not answered.": {AccountID: 1, PersonID: 7, On: &day},
		"Not answered for more than two weeks. Ask Jonas Weber.":         {AccountID: 2, PersonID: 8},
	} {
		if got := (Assignment{Reader: Reader{By: by}, Of: of}).unanswered(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
