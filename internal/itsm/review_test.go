package itsm_test

import (
	"testing"
	"time"

	"hatrack/internal/itsm"
)

func TestHowAClockStands(t *testing.T) {
	due := itsm.Day(2026, 12, 31)
	yearly := itsm.Clock{ReviewMonths: 12, ReviewDue: &due} // 365 days: the last tenth are 37
	monthly := itsm.Clock{ReviewMonths: 1, ReviewDue: &due} // 31 days: the last tenth are 4
	for name, c := range map[string]struct {
		clock itsm.Clock
		day   time.Time
		want  itsm.ReviewState
		words string
	}{
		"no clock":                       {itsm.Clock{}, due, itsm.NoReview, ""},
		"long before":                    {yearly, itsm.Day(2026, 3, 1), itsm.InTime, "next review 31 Dec 2026"},
		"the day before the last tenth":  {yearly, itsm.Day(2026, 11, 23), itsm.InTime, "next review 31 Dec 2026"},
		"the first day of it":            {yearly, itsm.Day(2026, 11, 24), itsm.DueSoon, "review due by 31 Dec 2026"},
		"the day itself is in time":      {yearly, due, itsm.DueSoon, "review due by 31 Dec 2026"},
		"the day after is not":           {yearly, itsm.Day(2027, 1, 1), itsm.Overdue, "review overdue since 31 Dec 2026"},
		"a month has a short last tenth": {monthly, itsm.Day(2026, 12, 26), itsm.InTime, "next review 31 Dec 2026"},
		"and it begins":                  {monthly, itsm.Day(2026, 12, 27), itsm.DueSoon, "review due by 31 Dec 2026"},
	} {
		if got := c.clock.Review(c.day); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := c.clock.Words(c.day); got != c.words {
			t.Errorf("%s: %q, want %q", name, got, c.words)
		}
	}
}

func TestMonthsAreCountedToTheLastDay(t *testing.T) {
	for _, c := range []struct {
		day    time.Time
		months int
		want   time.Time
	}{
		{itsm.Day(2026, 8, 31), 6, itsm.Day(2027, 2, 28)},
		{itsm.Day(2024, 2, 29), 12, itsm.Day(2025, 2, 28)},
		{itsm.Day(2026, 3, 31), -1, itsm.Day(2026, 2, 28)},
		{itsm.Day(2026, 11, 23), 1, itsm.Day(2026, 12, 23)},
		{itsm.Day(2026, 1, 15), -13, itsm.Day(2024, 12, 15)},
	} {
		if got := itsm.AddMonths(c.day, c.months); !got.Equal(c.want) {
			t.Errorf("%s and %d months: %s, want %s", itsm.ISODay(c.day), c.months, itsm.ISODay(got), itsm.ISODay(c.want))
		}
	}
}

func TestFirstReviewsAreSpread(t *testing.T) {
	day := itsm.Day(2026, 11, 23)
	for _, months := range []int{1, 3, 12, 36} {
		perDay, perMonth := map[time.Time]int{}, map[string]int{}
		for id := int64(1); id <= 300; id++ {
			for _, of := range itsm.Reviewables {
				due := itsm.FirstReview(of, id, months, day)
				if last := itsm.AddMonths(day, months); due.After(last) {
					t.Fatalf("%d months: due on %s, after the interval", months, itsm.ISODay(due))
				}
				if state := (itsm.Clock{ReviewMonths: months, ReviewDue: &due}).Review(day); state != itsm.InTime {
					t.Fatalf("%d months: %s is %s at once", months, itsm.ISODay(due), state)
				}
				perDay[due]++
				perMonth[due.Format("2006-01")]++
			}
		}
		if months == 12 {
			for due, n := range perDay {
				if n > 6 { // 900 over some 328 days
					t.Errorf("%d fall due on %s", n, itsm.ISODay(due))
				}
			}
			if len(perMonth) < 10 {
				t.Errorf("due in %d months only", len(perMonth))
			}
		}
	}
	if a, b := itsm.FirstReview(itsm.RoleReview, 7, 12, day), itsm.FirstReview(itsm.RoleReview, 7, 12, day); !a.Equal(b) {
		t.Error("the same role falls due on two days")
	}
}

func TestAnotherInterval(t *testing.T) {
	day, reviewed := itsm.Day(2026, 11, 23), itsm.Day(2026, 5, 4)
	due := itsm.Day(2027, 5, 4)
	yearly := itsm.Clock{ReviewMonths: 12, ReviewDue: &due, LastReviewed: &reviewed}
	if c := yearly.Set(12, day, itsm.RoleReview, 1); !c.ReviewDue.Equal(due) {
		t.Errorf("the same interval moved the day to %s", c.ReviewDue)
	}
	if c := yearly.Set(3, day, itsm.RoleReview, 1); c.Review(day) != itsm.Overdue || !c.ReviewDue.Equal(itsm.Day(2026, 8, 4)) {
		t.Errorf("a shorter interval counts from the last review: %+v", c)
	}
	if c := yearly.Set(0, day, itsm.RoleReview, 1); c.Review(day) != itsm.NoReview || c.LastReviewed == nil {
		t.Errorf("without an interval: %+v", c)
	}
	if c := (itsm.Clock{}).Set(12, day, itsm.RoleReview, 1); !c.ReviewDue.Equal(itsm.FirstReview(itsm.RoleReview, 1, 12, day)) {
		t.Errorf("a first interval: %+v", c)
	}
}

func TestWhoReviewsWhat(t *testing.T) {
	const practice, process = 1, 2
	wears := func(role int64, kind itsm.RoleKind, practice, process int64) itsm.Actor {
		return itsm.Actor{AccountID: 1, PersonID: 1, Hats: []itsm.Hat{{RoleID: role, Kind: kind, Capacity: itsm.Holder, PracticeID: practice, ProcessID: process}}}
	}
	role := func(id int64, kind itsm.RoleKind, process int64) itsm.Reviewed {
		return itsm.Reviewed{Of: itsm.RoleReview, ID: id, RoleKind: kind, PracticeID: practice, ProcessID: process}
	}
	owner, manager, analyst := wears(11, itsm.Owner, practice, 0), wears(12, itsm.Manager, practice, 0), wears(13, itsm.Practitioner, practice, 0)
	processOwner := wears(21, itsm.Owner, 0, process)
	lead, smsOwner, member := wears(2, itsm.Manager, 0, 0), wears(1, itsm.Owner, 0, 0), wears(3, itsm.Practitioner, 0, 0)
	office := func(id int64, kind itsm.RoleKind) itsm.Reviewed {
		return itsm.Reviewed{Of: itsm.RoleReview, ID: id, RoleKind: kind}
	}
	for name, c := range map[string]struct {
		by   itsm.Actor
		x    itsm.Reviewed
		want bool
	}{
		"the manager reviews the practitioner's role":    {manager, role(13, itsm.Practitioner, 0), true},
		"the owner does, too":                            {owner, role(13, itsm.Practitioner, 0), true},
		"nobody reviews their own: the practitioner":     {analyst, role(13, itsm.Practitioner, 0), false},
		"nobody reviews their own: the manager":          {manager, role(12, itsm.Manager, 0), false},
		"nobody reviews their own: the owner":            {owner, role(11, itsm.Owner, 0), false},
		"a manager reviews no manager's role":            {manager, role(14, itsm.Manager, 0), false},
		"the owner reviews the manager's":                {owner, role(12, itsm.Manager, 0), true},
		"the practice's owner reviews the process's":     {owner, role(21, itsm.Owner, process), true},
		"not the process's own":                          {processOwner, role(21, itsm.Owner, process), false},
		"the office reviews the practice's owner":        {member, role(11, itsm.Owner, 0), true},
		"a member does not review the lead":              {member, office(2, itsm.Manager), false},
		"nor the lead themselves":                        {lead, office(2, itsm.Manager), false},
		"the SMS owner reviews the lead":                 {smsOwner, office(2, itsm.Manager), true},
		"the lead reviews members":                       {lead, office(3, itsm.Practitioner), true},
		"the owner reviews the process":                  {owner, itsm.Reviewed{Of: itsm.ProcessReview, ID: process, PracticeID: practice, ProcessID: process}, true},
		"the manager does not":                           {manager, itsm.Reviewed{Of: itsm.ProcessReview, ID: process, PracticeID: practice, ProcessID: process}, false},
		"the owner of the scope reviews the policy":      {owner, itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, PracticeID: practice, OwnerRoleID: 12}, true},
		"but not the one they answer for":                {owner, itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, PracticeID: practice, OwnerRoleID: 11}, false},
		"which is for the office":                        {member, itsm.Reviewed{Of: itsm.PolicyReview, ID: 5, PracticeID: practice, OwnerRoleID: 11}, true},
		"a policy without an owner role is the office's": {owner, itsm.Reviewed{Of: itsm.PolicyReview, ID: 5}, false},
		"and the office may":                             {member, itsm.Reviewed{Of: itsm.PolicyReview, ID: 5}, true},
		"a reader reviews nothing":                       {itsm.Actor{AccountID: 9, PersonID: 9}, role(13, itsm.Practitioner, 0), false},
	} {
		if got := c.by.MayReview(c.x); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
