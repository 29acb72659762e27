package itsm

import (
	"errors"
	"testing"
)

// A gap is the same gap in every process, on every day and whoever acts meanwhile; and another one where it is about
// something else.
func TestGapIdentity(t *testing.T) {
	for name, c := range map[string]struct {
		a, b Gap
		same bool
	}{
		"a vacancy seen from two processes":         {Gap{Code: "role-vacant", RoleID: 7, ProcessID: 1, PracticeID: 1}, Gap{Code: "role-vacant", RoleID: 7, ProcessID: 2, PracticeID: 1}, true},
		"a vacancy that got worse":                  {Gap{Code: "role-vacant", Severity: Amber, RoleID: 7}, Gap{Code: "role-vacant", Severity: Red, RoleID: 7}, true},
		"two roles":                                 {Gap{Code: "role-vacant", RoleID: 7}, Gap{Code: "role-vacant", RoleID: 8}, false},
		"two codes":                                 {Gap{Code: "role-vacant", RoleID: 7}, Gap{Code: "too-few", RoleID: 7}, false},
		"two regions":                               {Gap{Code: "accountable-vacant-region", RoleID: 7, RegionID: 1}, Gap{Code: "accountable-vacant-region", RoleID: 7, RegionID: 2}, false},
		"covered by another one":                    {Gap{Code: "covered", RoleID: 7, AssignmentID: 1}, Gap{Code: "covered", RoleID: 7, AssignmentID: 2}, true},
		"two activities":                            {Gap{Code: "no-responsible", ProcessID: 1, ActivityID: 1}, Gap{Code: "no-responsible", ProcessID: 1, ActivityID: 2}, false},
		"two who objected":                          {Gap{Code: "objected", RoleID: 7, AssignmentID: 1}, Gap{Code: "objected", RoleID: 7, AssignmentID: 2}, false},
		"an objection on two pages":                 {Gap{Code: "objected", RoleID: 7, AssignmentID: 1, ProcessID: 3}, Gap{Code: "objected", RoleID: 7, AssignmentID: 1}, true},
		"a retired role in two processes":           {Gap{Code: "role-retired", RoleID: 7, ProcessID: 1}, Gap{Code: "role-retired", RoleID: 7, ProcessID: 2}, false},
		"two teams that nobody answers for":         {Gap{Code: "accountable-no-lead", RoleID: 7, TeamID: 1}, Gap{Code: "accountable-no-lead", RoleID: 7, TeamID: 2}, false},
		"a team and a company of one number":        {Gap{Code: "accountable-no-lead", RoleID: 7, TeamID: 1}, Gap{Code: "accountable-no-lead", RoleID: 7, CompanyID: 1}, false},
		"two services without support":              {Gap{Code: "service-unsupported", ServiceID: 1}, Gap{Code: "service-unsupported", ServiceID: 2}, false},
		"a process and a practice of one number":    {Gap{Code: "review-overdue", ProcessID: 1}, Gap{Code: "review-overdue", PracticeID: 1}, false},
		"a process in its practice and by itself":   {Gap{Code: "no-activities", ProcessID: 1, PracticeID: 2}, Gap{Code: "no-activities", ProcessID: 1}, true},
		"ends soon, for two who wear one hat":       {Gap{Code: "ends-soon", RoleID: 7, AssignmentID: 1}, Gap{Code: "ends-soon", RoleID: 7, AssignmentID: 2}, false},
		"a role whose number begins with another's": {Gap{Code: "too-few", RoleID: 1}, Gap{Code: "too-few", RoleID: 11}, false},
	} {
		if got := c.a.Key() == c.b.Key(); got != c.same {
			t.Errorf("%s: %v and %v: same = %v", name, c.a.Key(), c.b.Key(), got)
		}
		if c.a.Key().About == "" {
			t.Errorf("%s: about nothing", name)
		}
	}
}

func TestAnsweredGapsLeaveTheList(t *testing.T) {
	vacant := Gap{Code: "role-vacant", RoleID: 7, ProcessID: 1}
	few := Gap{Code: "too-few", RoleID: 7}
	all := Answered([]Gap{vacant, few}, GapAnswers{
		Plans:    []GapPlan{{Code: "role-vacant", About: "role:7", Who: "Ana", DueOn: Day(2026, 12, 12)}, {Code: "too-few", About: "role:9"}},
		Accepted: []GapAcceptance{{Code: "too-few", About: "role:7", LastDay: Day(2026, 12, 31)}},
	})
	open, accepted := OpenGaps(all), AcceptedGaps(all)
	if len(open) != 1 || open[0].Plan == nil || open[0].Plan.Who != "Ana" {
		t.Errorf("open: %+v", open)
	}
	if len(accepted) != 1 || accepted[0].Code != "too-few" || accepted[0].Plan != nil {
		t.Errorf("accepted: %+v", accepted)
	}
	if p := *open[0].Plan; p.Overdue(Day(2026, 12, 12)) || !p.Overdue(Day(2026, 12, 13)) {
		t.Error("a plan is overdue after its day, not on it")
	}
}

func TestAcceptingNeedsAReasonAndAnEnd(t *testing.T) {
	today := Day(2026, 11, 23)
	on := func(year, month, day int) AcceptGap {
		d := Day(year, 0, 1).AddDate(0, month, day-1)
		return AcceptGap{Code: "too-few", Subject: Subject{RoleID: 7}, Reason: "We hire in spring", LastDay: &d}
	}
	without := on(2026, 12, 31)
	without.Reason = "\u200b"
	endless := on(2026, 12, 31)
	endless.LastDay = nil
	nothing := on(2026, 12, 31)
	nothing.Subject = Subject{RegionID: 3}
	for name, c := range map[string]struct {
		in    AcceptGap
		field string
	}{
		"right": {on(2026, 12, 31), "-"}, "today": {on(2026, 11, 23), "-"}, "two years": {on(2028, 11, 23), "-"},
		"without a reason": {without, "reason"}, "without an end": {endless, "last_day"}, "yesterday": {on(2026, 11, 22), "last_day"},
		"for ever": {on(2028, 11, 24), "last_day"}, "about nothing": {nothing, ""},
	} {
		err := c.in.Check(today)
		var invalid Invalid
		if errors.As(err, &invalid) != (c.field != "-") || err != nil && invalid.Problems[0].Field != c.field {
			t.Errorf("%s: %v, want a problem with %q", name, err, c.field)
		}
	}
}

func TestWhoAnswersGaps(t *testing.T) {
	at := Scope{PracticeID: 1, ProcessID: 10}
	hat := func(k RoleKind, practice int64) Actor {
		return Actor{AccountID: 5, PersonID: 5, Hats: []Hat{{Kind: k, PracticeID: practice, Capacity: Holder}}}
	}
	mine := at
	mine.PersonID = 5
	for name, c := range map[string]struct {
		by                  Actor
		plan, accept, close bool
	}{
		"reader":                   {Actor{AccountID: 5, PersonID: 5}, false, false, true},
		"practitioner":             {hat(Practitioner, 1), false, false, true},
		"manager":                  {hat(Manager, 1), true, false, true},
		"owner":                    {hat(Owner, 1), true, true, true},
		"owner of another one":     {hat(Owner, 2), false, false, true},
		"office":                   {hat(Manager, 0), true, true, true},
		"auditor writes nothing":   {Actor{AccountID: 5, PersonID: 6, AuditsAll: true}, false, false, false},
		"administrator of nothing": {Actor{AccountID: 5, PersonID: 6, Administrator: true}, false, false, false},
	} {
		if got := c.by.Can(PlanAction, at); got != c.plan {
			t.Errorf("%s plans: %v", name, got)
		}
		if got := c.by.Can(AcceptGaps, at); got != c.accept {
			t.Errorf("%s accepts: %v", name, got)
		}
		if got := c.by.Can(CloseAction, mine); got != c.close {
			t.Errorf("%s closes the action of person 5: %v", name, got)
		}
	}
}
