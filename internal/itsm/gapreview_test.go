package itsm_test

import (
	"testing"
	"time"

	"hatrack/internal/itsm"
)

func TestOverdueReviewsAreGaps(t *testing.T) {
	day, before := itsm.Day(2026, 11, 23), itsm.Day(2026, 11, 22)
	clock := func(due time.Time) itsm.Clock { return itsm.Clock{ReviewMonths: 12, ReviewDue: &due} }
	for name, c := range map[string]struct {
		x        itsm.Reviewed
		code     string
		severity itsm.Severity
		about    string
		who      string
	}{
		"a role":                       {itsm.Reviewed{Of: itsm.RoleReview, ID: 7, RoleKind: itsm.Manager, PracticeID: 1, Clock: clock(before)}, "review-overdue", itsm.Amber, "role:7", "the Owner"},
		"a process":                    {itsm.Reviewed{Of: itsm.ProcessReview, ID: 3, PracticeID: 1, ProcessID: 3, Clock: clock(before)}, "review-overdue", itsm.Amber, "process:3", "the Owner"},
		"a policy of our own":          {itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, RoleKind: itsm.Manager, PracticeID: 1, Driver: itsm.Internal, Clock: clock(before)}, "policy-overdue", itsm.Amber, "policy:5", "the Owner"},
		"one that a law asks for":      {itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, RoleKind: itsm.Owner, Driver: itsm.Law, Clock: clock(before)}, "policy-overdue", itsm.Red, "policy:5", "the service management office"},
		"one that a contract asks for": {itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, Driver: itsm.Contract, Clock: clock(before)}, "policy-overdue", itsm.Red, "policy:5", "the service management office"},
		"due today, in time":           {itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, Driver: itsm.Law, Clock: clock(day)}, "", "", "", ""},
		"without a clock":              {itsm.Reviewed{Of: itsm.RoleReview, ID: 7}, "", "", "", ""},
	} {
		got := itsm.ReviewGaps([]itsm.Reviewed{c.x}, day)
		if c.code == "" {
			if len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Code != c.code || got[0].Severity != c.severity || got[0].Key().About != c.about || got[0].Who != c.who || got[0].Fix != itsm.FixReview {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
