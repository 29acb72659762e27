package itsm_test

import (
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
)

// What a list says of reviews goes with what is known of them here.
func TestReviewsOfAListOfPolicies(t *testing.T) {
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	day := func(s string) *time.Time {
		if s == "" {
			return nil
		}
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	for name, try := range map[string]struct {
		months            int
		due, last         string // known here
		every             int
		listDue, listLast string
		wantMonths        int
		wantDue, wantLast string
		outcome           itsm.Outcome
		spread            bool // the first day is chosen
	}{
		"a day and how often":                    {every: 12, listDue: "2026-06-01", wantMonths: 12, wantDue: "2026-06-01", outcome: itsm.ChangedLine},
		"how often alone":                        {every: 12, wantMonths: 12, outcome: itsm.ChangedLine, spread: true},
		"a day alone is yearly":                  {listDue: "2027-06-01", wantMonths: 12, wantDue: "2027-06-01", outcome: itsm.ChangedLine},
		"two days say how often":                 {listDue: "2027-01-17", listLast: "2025-01-17", wantMonths: 24, wantDue: "2027-01-17", wantLast: "2025-01-17", outcome: itsm.ChangedLine},
		"the last day and how often":             {every: 6, listLast: "2026-10-31", wantMonths: 6, wantDue: "2027-04-30", wantLast: "2026-10-31", outcome: itsm.ChangedLine},
		"the last day alone starts no clock":     {listLast: "2026-10-31", wantLast: "2026-10-31", outcome: itsm.ChangedLine},
		"a last day to come is none":             {every: 12, listLast: "2027-10-31", wantMonths: 12, outcome: itsm.ChangedLine, spread: true},
		"a next day before the last one is none": {every: 12, listDue: "2026-01-01", listLast: "2026-10-31", wantMonths: 12, wantDue: "2027-10-31", wantLast: "2026-10-31", outcome: itsm.ChangedLine},
		"the same again":                         {months: 12, due: "2027-06-01", last: "2026-06-01", every: 12, listDue: "2027-06-01", listLast: "2026-06-01", wantMonths: 12, wantDue: "2027-06-01", wantLast: "2026-06-01", outcome: itsm.UnchangedLine},
		"reviewed here since":                    {months: 12, due: "2027-11-01", last: "2026-11-01", listDue: "2026-10-01", listLast: "2025-10-01", wantMonths: 12, wantDue: "2027-11-01", wantLast: "2026-11-01", outcome: itsm.UnchangedLine},
		"reviewed here since, and no last day":   {months: 12, due: "2027-11-01", last: "2026-11-01", listDue: "2026-12-01", wantMonths: 12, wantDue: "2027-11-01", wantLast: "2026-11-01", outcome: itsm.UnchangedLine},
		"reviewed elsewhere since":               {months: 12, due: "2026-11-01", last: "2025-11-01", listLast: "2026-11-02", wantMonths: 12, wantDue: "2027-11-02", wantLast: "2026-11-02", outcome: itsm.ChangedLine},
		"put off":                                {months: 12, due: "2026-11-01", last: "2025-11-01", listDue: "2027-03-01", wantMonths: 12, wantDue: "2027-03-01", wantLast: "2025-11-01", outcome: itsm.ChangedLine},
	} {
		known := itsm.KnownPolicies{Policies: []itsm.Policy{{
			ID: 1, Number: "P-1", Title: "Ovens", Statement: "Off.", Driver: itsm.Internal, Clock: itsm.Clock{ReviewMonths: try.months, ReviewDue: day(try.due), LastReviewed: day(try.last)},
		}}}
		list := []itsm.ListedPolicy{{Line: 2, Number: "P-1", Title: "Ovens", Months: try.every, ReviewDue: day(try.listDue), LastReviewed: day(try.listLast)}}
		plan := itsm.PlanPolicies(known, list, nil, today)
		if o := plan.Lines[0].Outcome; o != try.outcome {
			t.Errorf("%s: %s: %+v", name, o, plan.Lines[0].Changes)
			continue
		}
		if try.outcome == itsm.UnchangedLine {
			continue
		}
		got := plan.Write[0]
		if got.ReviewMonths != try.wantMonths || !same(got.ReviewDue, day(try.wantDue)) || !same(got.LastReviewed, day(try.wantLast)) || got.Clocked != try.spread {
			t.Errorf("%s: every %d, next %v, last %v, chosen %t", name, got.ReviewMonths, got.ReviewDue, got.LastReviewed, got.Clocked)
		}
	}
}

// How often a policy is reviewed follows from two days some months apart, the day of its last writing among them. Else every year
// is taken, which is said.
func TestHowOftenFollowsFromTwoDays(t *testing.T) {
	day := func(year int, month time.Month, day int) *time.Time {
		d := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		return &d
	}
	for name, try := range map[string]struct {
		list  itsm.ListedPolicy
		every int
		taken bool
	}{
		"written and due":         {itsm.ListedPolicy{Updated: day(2026, 3, 8), ReviewDue: day(2026, 6, 8)}, 3, false},
		"put off to a Monday":     {itsm.ListedPolicy{LastReviewed: day(2026, 1, 31), ReviewDue: day(2026, 8, 2)}, 6, false},
		"the last of a month":     {itsm.ListedPolicy{LastReviewed: day(2026, 8, 31), ReviewDue: day(2027, 2, 28)}, 6, false},
		"reviewed after written":  {itsm.ListedPolicy{Updated: day(2026, 3, 8), LastReviewed: day(2026, 5, 8), ReviewDue: day(2026, 11, 8)}, 6, false},
		"to the nearest month":    {itsm.ListedPolicy{LastReviewed: day(2026, 3, 8), ReviewDue: day(2026, 6, 22)}, 3, false},
		"no number of months":     {itsm.ListedPolicy{Updated: day(2026, 3, 8), ReviewDue: day(2026, 6, 22)}, 12, true},
		"written long ago":        {itsm.ListedPolicy{Updated: day(2019, 3, 8), ReviewDue: day(2027, 3, 8)}, 12, true},
		"due before written":      {itsm.ListedPolicy{Updated: day(2026, 3, 8), ReviewDue: day(2025, 3, 8)}, 12, true},
		"due alone":               {itsm.ListedPolicy{ReviewDue: day(2027, 3, 8)}, 12, true},
		"how often is said":       {itsm.ListedPolicy{Months: 24, Updated: day(2026, 3, 8), ReviewDue: day(2026, 6, 8)}, 24, false},
		"nothing of any next one": {itsm.ListedPolicy{Updated: day(2026, 3, 8)}, 0, false},
	} {
		try.list.Line, try.list.Number, try.list.Title, try.list.Statement = 2, "P-1", "Ovens", "Off."
		known := itsm.KnownPolicies{Policies: []itsm.Policy{{ID: 1, Number: "P-1", Title: "Ovens", Statement: "On.", Driver: itsm.Internal}}}
		for _, known := range []itsm.KnownPolicies{{}, known} {
			plan := itsm.PlanPolicies(known, []itsm.ListedPolicy{try.list}, nil, time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
			if got := plan.Write[0].ReviewMonths; got != try.every {
				t.Errorf("%s: every %d months", name, got)
			}
			if why := plan.Lines[0].Why; strings.Contains(why, "every year is taken") != try.taken {
				t.Errorf("%s: %q", name, why)
			}
		}
	}
}

func same(a, b *time.Time) bool { return a == nil && b == nil || a != nil && b != nil && a.Equal(*b) }
