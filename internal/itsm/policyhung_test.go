package itsm

import (
	"slices"
	"testing"
)

// Of several things of one name it is asked which one a policy governs; a word before the name tells as well.
func TestWhichOfSeveralThingsOfOneNameIsGovernedIsAsked(t *testing.T) {
	known := KnownPolicies{Places: []PolicyPlace{
		{Target: Target{PracticeID: 1}, Name: "Service desk"}, {Target: Target{ProcessID: 2}, Name: "Service desk", Of: "Incident management"},
		{Target: Target{ActivityID: 3}, Name: "Service desk", Of: "Handle an incident"}, {Target: Target{ProcessID: 4}, Name: "Process: Deploy", Of: "Deployment"},
	}}
	line := func(n int, governs string) ListedPolicy {
		return ListedPolicy{Line: n, Number: "P-" + string(rune('0'+n)), Title: "Logged", Statement: "Log.", Governs: governs}
	}
	list := []ListedPolicy{line(2, "Service desk"), line(3, "process: Service desk; Process: Deploy"), line(4, "SERVICE DESK"), line(5, "Activity: Deploy")}
	plan := func(answer string) PolicyImport {
		return PlanPolicies(known, list, map[string]string{"governs:service desk": answer}, Day(2026, 1, 1))
	}
	asked := plan("")
	if len(asked.Open()) != 1 || asked.Count(OpenLine) != 2 || asked.Count(NewLine) != 2 || !slices.Equal(asked.Questions[0].Lines, []int{2, 4}) {
		t.Fatalf("%+v", asked)
	}
	if c := asked.Questions[0].Choices; c[2].Text != "The activity Service desk of Handle an incident" || c[2].Value != "activity:3" {
		t.Errorf("it offers %+v", c)
	}
	if got := asked.Write[0].Governs; !slices.Equal(got, []Target{{ProcessID: 2}, {ProcessID: 4}}) {
		t.Errorf("with the word for it, it governs %+v", got)
	}
	if l := asked.Lines[3]; l.Why != "Nothing here is called “Activity: Deploy”." {
		t.Errorf("of what is not there it says %q", l.Why)
	}
	for answer, want := range map[string][]Target{"practice:1": {{PracticeID: 1}}, "nothing": nil} {
		done := plan(answer)
		if len(done.Open()) != 0 || done.Count(NewLine) != 4 || !slices.Equal(done.Write[0].Governs, want) || !slices.Equal(done.Write[2].Governs, want) {
			t.Errorf("%s: %+v", answer, done)
		}
	}
	driven := line(6, "Service desk")
	driven.Driver = "ISO audit"
	if all := PlanPolicies(known, []ListedPolicy{driven}, nil, Day(2026, 1, 1)); len(all.Open()) != 2 || all.Count(OpenLine) != 1 {
		t.Errorf("not all that a line leaves open is asked at once: %+v", all)
	}
	if out := plan(LeaveOut); out.Count(LeftOutLine) != 2 || len(out.Open()) != 0 || len(out.Write) != 2 {
		t.Errorf("left out: %+v", out)
	}
	if names := GovernedNames(list[1:2]); !slices.Equal(names, []string{"process: Service desk", "Service desk", "Process: Deploy", "Deploy"}) {
		t.Errorf("looked up: %q", names)
	}
}

// What governs one of them already is not asked about, so that a list that was written out here brings no question.
func TestAPolicyThatGovernsOneOfThemAlreadyIsNotAskedAbout(t *testing.T) {
	known := KnownPolicies{
		Policies: []Policy{{ID: 9, Number: "P-1", Title: "Logged", Statement: "Log."}},
		Places:   []PolicyPlace{{Target: Target{PracticeID: 1}, Name: "Desk"}, {Target: Target{ProcessID: 2}, Name: "Desk", Policies: []int64{9}}},
	}
	list := []ListedPolicy{{Line: 2, Number: "P-1", Title: "Logged", Governs: "Desk"}}
	if plan := PlanPolicies(known, list, nil, Day(2026, 1, 1)); plan.Count(UnchangedLine) != 1 || len(plan.Questions) != 0 {
		t.Errorf("%+v", plan)
	}
}

// An owner role of a name that several have is the one of what the policy governs; else it is asked, once for the list.
func TestWhichOfSeveralRolesOwnsAPolicyIsAsked(t *testing.T) {
	known := KnownPolicies{
		Policies: []Policy{{ID: 9, Number: "P-9", Title: "Old", Statement: "Log.", Driver: Internal, OwnerRoleID: 12, OwnerRole: "Practice Owner", OwnerScope: "Change"}},
		Places:   []PolicyPlace{{Target: Target{PracticeID: 1}, Name: "Incident"}},
		Roles:    []PolicyRole{{11, "Owner", "Practice Owner", "Incident"}, {12, "Owner", "Practice Owner", "Change"}, {13, "Clerk", "Clerk", ""}},
	}
	line := func(n int, owner, governs string) ListedPolicy {
		return ListedPolicy{Line: n, Number: "P-" + string(rune('0'+n)), Title: "Logged", Statement: "Log.", OwnerRole: owner, Governs: governs}
	}
	list := []ListedPolicy{line(2, "Owner", ""), line(3, "owner", "Incident"), line(4, "Practice Owner", ""), line(5, "Clerk", ""), line(6, "Owner", ""), line(9, "Owner", "")}
	asked := PlanPolicies(known, list, nil, Day(2026, 1, 1))
	if len(asked.Open()) != 2 || !slices.Equal(asked.Questions[0].Lines, []int{2, 6}) || asked.Count(OpenLine) != 3 {
		t.Fatalf("%+v", asked)
	}
	if c := asked.Questions[0].Choices; len(c) != 4 || c[1] != (ListChoice{"12", "Practice Owner of Change"}) {
		t.Errorf("it offers %+v", c)
	}
	if got := asked.Write[0].OwnerRoleID; got != 11 {
		t.Errorf("what governs Incident belongs to role %d", got)
	}
	for answer, want := range map[string]int64{"11": 11, "nothing": 0} {
		done := PlanPolicies(known, list, map[string]string{"owner:owner": answer, "owner:practice owner": "12"}, Day(2026, 1, 1))
		if len(done.Open()) != 0 || done.Write[0].OwnerRoleID != want || done.Write[2].OwnerRoleID != 12 || len(done.Write) != 6 || done.Write[5].OwnerRoleID != 12 {
			t.Errorf("%s: %+v", answer, done)
		}
	}
	driven := list[5]
	if driven.Driver = "ISO audit"; len(PlanPolicies(known, []ListedPolicy{driven}, nil, Day(2026, 1, 1)).Open()) != 1 {
		t.Error("it asks for the owner that a policy has, because it asks for something else")
	}
	if out := PlanPolicies(known, list, map[string]string{"owner:owner": LeaveOut}, Day(2026, 1, 1)); out.Count(LeftOutLine) != 2 {
		t.Errorf("left out: %+v", out)
	}
}

// A role may be named whole, as pages and choices write it.
func TestAnOwnerRoleIsNamedAsPagesWriteIt(t *testing.T) {
	known := KnownPolicies{Roles: []PolicyRole{{11, "Owner", "Practice Owner", "Incident management"}, {12, "Owner", "Practice Owner", "Change enablement"}, {13, "Clerk", "Clerk", ""}}}
	for owner, want := range map[string]int64{
		"Practice Owner of Incident management": 11, "practice owner, Change enablement": 12, "Owner of Incident management": 11, "Practice Owner of Nothing": 0, "Clerk": 13,
	} {
		plan := PlanPolicies(known, []ListedPolicy{{Line: 2, Number: "P-1", Title: "Logged", Statement: "Log.", OwnerRole: owner}}, nil, Day(2026, 1, 1))
		if len(plan.Write) != 1 || plan.Write[0].OwnerRoleID != want {
			t.Errorf("%s: %+v", owner, plan)
		}
	}
}

// An interval that cannot be read costs a policy nothing else.
func TestAnIntervalThatCannotBeReadIsLeftOut(t *testing.T) {
	plan := PlanPolicies(KnownPolicies{}, []ListedPolicy{{Line: 2, Number: "P-1", Title: "Logged", Statement: "Log.", Interval: "as needed"}}, nil, Day(2026, 1, 1))
	if plan.Count(NewLine) != 1 || plan.Lines[0].Why != "“as needed” is no interval in months; that is left out." || plan.Write[0].Clocked {
		t.Errorf("%+v", plan)
	}
}

// Of several versions of a policy the latest in force is taken, and what is retired is not.
func TestOnlyWhatIsInForceIsTaken(t *testing.T) {
	known := KnownPolicies{Roles: []PolicyRole{{ID: 3, Name: "Owner", Called: "Practice Owner", Scope: "Incident management"}, {ID: 4, Name: "Owner", Called: "Practice Owner", Scope: "Change enablement"}}}
	line := func(n int, number, version, state string) ListedPolicy {
		return ListedPolicy{Line: n, Number: number, Title: "T", Statement: "S", Version: version, State: state, OwnerRole: "Incident Owner"}
	}
	plan := PlanPolicies(known, []ListedPolicy{
		line(2, "P-1", "1.9", ""), line(3, "P-1", "v1.10", "Approved"), line(4, "P-1", "2.0", "Draft"), line(5, "P-2", "1", "Retired"), line(6, "P-3", "", ""),
	}, nil, Day(2026, 1, 1))
	var got []Outcome
	for _, l := range plan.Lines {
		got = append(got, l.Outcome)
	}
	if !slices.Equal(got, []Outcome{RefusedLine, NewLine, RefusedLine, RefusedLine, NewLine}) || plan.Lines[0].Why != "Line 3 is its version v1.10." || plan.Write[0].OwnerRoleID != 3 {
		t.Errorf("got %+v", plan.Lines)
	}
}

// Of drafts it is asked whether they count, once for all that are called so, and not again of what came in.
func TestDraftsAreAskedAbout(t *testing.T) {
	known := KnownPolicies{Policies: []Policy{{ID: 9, Number: "P-3", Title: "Kept", Statement: "Keep.", Driver: Internal}}}
	list := []ListedPolicy{
		{Line: 2, Number: "P-1", Title: "Backups", Statement: "Back up.", State: "Draft", Version: "0.1"}, {Line: 3, Number: "P-1", Title: "Backups", Statement: "Back up twice.", State: "Draft", Version: "0.2"},
		{Line: 4, Number: "P-2", Title: "Logs", Statement: "Log.", State: "draft"}, {Line: 5, Number: "P-3", Title: "Kept", Statement: "Keep.", State: "Draft"}, {Line: 6, Number: "P-4", Title: "Desks", Statement: "Clear.", State: "Entwurf 0.3"},
	}
	for answer, want := range map[string][]Outcome{
		"":       {RefusedLine, OpenLine, OpenLine, UnchangedLine, OpenLine},
		"counts": {RefusedLine, NewLine, NewLine, UnchangedLine, OpenLine},
		LeaveOut: {RefusedLine, LeftOutLine, LeftOutLine, UnchangedLine, OpenLine},
	} {
		plan := PlanPolicies(known, list, map[string]string{"state:draft": answer}, Day(2026, 1, 1))
		var got []Outcome
		for _, l := range plan.Lines {
			got = append(got, l.Outcome)
		}
		if !slices.Equal(got, want) || len(plan.Questions) != 2 || len(plan.Questions[0].Lines) != 2 {
			t.Errorf("%q: %+v, %+v", answer, plan.Lines, plan.Questions)
		}
	}
}

// A policy is owned by a role: of somebody who is named as the owner it is asked which of their hats is meant, once for all
// policies, and not again where it owns the policy.
func TestAPersonNamedAsTheOwnerIsAskedAbout(t *testing.T) {
	manager, owner := PolicyRole{ID: 3, Name: "Manager", Called: "Incident Manager", Scope: "Incident management"}, PolicyRole{ID: 4, Name: "Owner", Called: "Change Owner", Scope: "Change enablement"}
	known := KnownPolicies{
		Policies: []Policy{{ID: 9, Number: "P-3", Title: "Kept", Statement: "Keep.", OwnerRoleID: 4}},
		Wearers:  []PolicyWearer{{"Ada Stone", "ada@x.example", manager}, {"Ada Stone", "ada@x.example", owner}, {Person: "Bo Field"}},
	}
	list := []ListedPolicy{
		{Line: 2, Number: "P-1", Title: "Backups", Statement: "Back up.", OwnerRole: "Stone, Ada"}, {Line: 3, Number: "P-2", Title: "Logs", Statement: "Log.", OwnerRole: "Ada Stone"},
		{Line: 4, Number: "P-3", Title: "Kept", OwnerRole: "ADA@x.example"}, {Line: 5, Number: "P-4", Title: "Desks", Statement: "Clear.", OwnerRole: "Bo Field"},
	}
	list[0].OwnerRole = "Dr. Ada Stone"
	plan := func(answers map[string]string) PolicyImport {
		return PlanPolicies(known, list, answers, Day(2026, 1, 1))
	}
	asked := plan(nil)
	if asked.Count(OpenLine) != 2 || asked.Count(UnchangedLine) != 1 || asked.Lines[3].Why != "Bo Field is a person and wears no hat; choose the owner role on the policy's page." {
		t.Fatalf("%+v", asked)
	}
	answers := map[string]string{}
	if len(asked.Questions) != 1 {
		t.Errorf("%d questions about one person", len(asked.Questions))
	}
	for _, q := range asked.Questions {
		if q.Choices[0].Text != "Incident Manager of Incident management" || q.Choices[1].Value != "4" {
			t.Errorf("it offers %+v", q.Choices)
		}
		answers[q.Key] = "3"
	}
	if done := plan(answers); len(done.Open()) != 0 || done.Count(NewLine) != 3 || done.Write[0].OwnerRoleID != 3 || done.Write[1].OwnerRoleID != 3 {
		t.Errorf("%+v", done)
	}
}
