package itsm

import "testing"

// The name of the organisation is filled in where a template leaves it open, once somebody said so; other placeholders stay.
func TestPlaceholdersForTheOrganisationAreAsked(t *testing.T) {
	line := ListedPolicy{Line: 2, Number: "P-1", Title: "Access of <Company Name>", Statement: "{{companyShortName}} trusts [your organization]; {{companyShortName}} asks {{securityOfficerName}} [1]."}
	asked := PlanPolicies(KnownPolicies{Organisation: "Tallgrass"}, []ListedPolicy{line}, nil, Day(2026, 1, 1))
	if len(asked.Open()) != 3 || asked.Count(OpenLine) != 1 || len(asked.Write) != 0 {
		t.Fatalf("%+v", asked)
	}
	for _, q := range asked.Questions {
		if len(q.Lines) != 1 || q.Choices[0].Text != "Tallgrass" {
			t.Errorf("%+v", q)
		}
	}
	given := map[string]string{"placeholder:{{companyShortName}}": "organisation", "placeholder:<Company Name>": "organisation", "placeholder:[your organization]": "keep"}
	done := PlanPolicies(KnownPolicies{Organisation: "Tallgrass"}, []ListedPolicy{line}, given, Day(2026, 1, 1))
	if len(done.Open()) != 0 || len(done.Write) != 1 {
		t.Fatalf("%+v", done)
	}
	if p := done.Write[0]; p.Title != "Access of Tallgrass" || p.Statement != "Tallgrass trusts [your organization]; Tallgrass asks {{securityOfficerName}} [1]." {
		t.Errorf("%q: %q", p.Title, p.Statement)
	}
	given["placeholder:[your organization]"] = LeaveOut
	if out := PlanPolicies(KnownPolicies{Organisation: "Tallgrass"}, []ListedPolicy{line}, given, Day(2026, 1, 1)); len(out.Open()) != 0 || out.Count(LeftOutLine) != 1 || len(out.Write) != 0 {
		t.Errorf("left out: %+v", out)
	}
	given["placeholder:[your organization]"] = "keep"
	again := PlanPolicies(KnownPolicies{Policies: []Policy{done.Write[0].Policy}, Organisation: "Tallgrass"}, []ListedPolicy{line}, map[string]string{"placeholder:[your organization]": "keep"}, Day(2026, 1, 1))
	if len(again.Open()) != 2 { // one was kept, so that neither way is what stands
		t.Errorf("%+v", again.Questions)
	}
	line.Statement = "{{companyShortName}} trusts."
	whole := PlanPolicies(KnownPolicies{Organisation: "Tallgrass"}, []ListedPolicy{line}, given, Day(2026, 1, 1))
	if same := PlanPolicies(KnownPolicies{Policies: []Policy{whole.Write[0].Policy}, Organisation: "Tallgrass"}, []ListedPolicy{line}, nil, Day(2026, 1, 1)); same.Count(UnchangedLine) != 1 || len(same.Questions) != 0 {
		t.Errorf("asked again about what stands: %+v", same)
	}
}
