package store_test

import (
	"errors"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

func TestPoliciesOfAListAreOneEvent(t *testing.T) {
	t.Parallel()
	h := build(t)
	ctx := t.Context()
	old, err := h.AddPolicy(ctx, storetest.Operator, itsm.Policy{Number: "POL-007", Title: "All incidents must be logged", Statement: "Log them.", Driver: itsm.Internal}, nil)
	if err != nil {
		t.Fatal(err)
	}
	reviewed, due := h.lead.Today.AddDate(-2, 0, 0), h.lead.Today.AddDate(0, -1, 0)
	list := []itsm.ListedPolicy{
		{Line: 2, Number: "pol-007", Title: "All incidents must be logged", Statement: "Every incident is logged within the hour.", Driver: "Vertrag", Months: 12},
		{Line: 3, Title: "Changes are approved", Why: "Outages"},
		{Line: 4, Number: "X.1", Statement: "No title"},
		{Line: 5, Number: "POL-007", Title: "Again"},
		{Line: 6, Number: "P-9", Title: "Backup", Statement: "Nightly.", Months: 24, IssuingBody: "Board", LastReviewed: &reviewed, ReviewDue: &due},
	}
	done, event, err := h.ImportPolicies(ctx, h.lead, "policies.xlsx", list, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if done.Count(itsm.NewLine) != 2 || done.Count(itsm.ChangedLine) != 1 || done.Count(itsm.RefusedLine) != 2 {
		t.Errorf("got %+v", done.Lines)
	}
	row := func(number string) string {
		return storetest.Value[string](t, h.DB, `SELECT concat_ws('|', y.driver, y.issuing_body, y.review_months, y.review_due IS NOT NULL, v.title, v.statement, v.why)
			FROM policy y JOIN policy_version v ON v.policy_id = y.id WHERE y.number = $1`, number)
	}
	for number, want := range map[string]string{
		"pol-007": "contract||12|t|All incidents must be logged|Every incident is logged within the hour.|",
		"POL-008": "internal||f|Changes are approved|Changes are approved|Outages", "P-9": "internal|Board|24|t|Backup|Nightly.|",
	} {
		if got := row(number); got != want {
			t.Errorf("%s: %s, want %s", number, got, want)
		}
	}
	if got := storetest.Value[string](t, h.DB, `SELECT review_due || ' ' || last_reviewed FROM policy WHERE number = 'P-9'`); got != itsm.ISODay(due)+" "+itsm.ISODay(reviewed) {
		t.Errorf("P-9 is reviewed next and was last on %s", got)
	}
	if n := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event_about WHERE event_id = $1 AND kind = 'policy'`, event); n != 3 {
		t.Errorf("the event is about %d policies", n)
	}
	if _, _, err := h.ImportPolicies(ctx, h.lead, "policies.xlsx", list, nil, nil, nil); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("brought again: %v", err)
	}
	if _, _, err := h.ImportPolicies(ctx, owns(h.marta, h.owner, h.practice), "policies.xlsx", list, nil, nil, nil); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("an Owner imports: %v", err)
	}
	if err := h.Undo(ctx, h.lead, event); err != nil {
		t.Fatal(err)
	}
	if got := storetest.Value[string](t, h.DB, `SELECT string_agg(concat_ws('|', y.id, y.number, y.driver, y.review_months, v.statement), ',') FROM policy y JOIN policy_version v ON v.policy_id = y.id`); got != itoa(old)+"|POL-007|internal|Log them." {
		t.Errorf("after the undo there is %s", got)
	}
}

func TestAListOfPoliciesSaysWhatTheyGovernAndWhoseTheyAre(t *testing.T) {
	t.Parallel()
	h := build(t)
	ctx := t.Context()
	practice := storetest.Value[string](t, h.DB, `SELECT name FROM practice WHERE id = $1`, h.practice)
	called := storetest.Value[string](t, h.DB, `SELECT name FROM role WHERE id = $1`, h.owner)
	const process = "Keep records"
	processID := addProcess(t, h.DB, h.practice, process)
	list := []itsm.ListedPolicy{
		{Line: 2, Number: "P-1", Title: "Logged", Statement: "Log.", OwnerRole: strings.ToUpper(called), OwnerScope: practice, Governs: practice + "; " + process + "; " + practice + "; The moon"},
		{Line: 3, Number: "P-2", Title: "Told", Statement: "Tell.", OwnerRole: "Nobody's role"},
	}
	done, event, err := h.ImportPolicies(ctx, h.lead, "policies.csv", list, nil, nil, nil)
	if err != nil || done.Count(itsm.NewLine) != 2 {
		t.Fatal(err, done.Lines)
	}
	if why := done.Lines[0].Why; why != "Nothing here is called “The moon”." {
		t.Errorf("said %q", why)
	}
	if why := done.Lines[1].Why; why != "No role and nobody here is called “Nobody's role”. A policy is owned by a role: choose it on the policy's page." {
		t.Errorf("said %q", why)
	}
	const stands = `SELECT concat_ws('|', y.owner_role_id = $1, (SELECT string_agg(concat_ws(' ', t.practice_id = $2, t.process_id = $3, upper_inf(t.during)), ',' ORDER BY t.id) FROM policy_attachment t WHERE t.policy_id = y.id))
		FROM policy y WHERE y.number = 'P-1'`
	if got := storetest.Value[string](t, h.DB, stands, h.owner, h.practice, processID); got != "t|t t,t t" {
		t.Errorf("it stands as %s", got)
	}
	if n := storetest.Value[int](t, h.DB, `SELECT count(*) FROM event_about WHERE event_id = $1 AND (kind = 'practice' AND id = $2 OR kind = 'process' AND id = $3)`, event, h.practice, processID); n != 2 {
		t.Errorf("the event is about %d of what is governed", n)
	}
	if again, err := h.PlanPolicies(ctx, h.lead, list, nil); err != nil || again.Writes() != 0 {
		t.Errorf("brought again it changes %v, %v", again.Lines, err)
	}
	if err := h.Undo(ctx, h.lead, event); err != nil {
		t.Fatal(err)
	}
	if n := storetest.Value[int](t, h.DB, `SELECT count(*) FROM policy_attachment`); n != 0 {
		t.Errorf("%d still govern", n)
	}
	twin := addProcess(t, h.DB, h.practice, practice)
	list = []itsm.ListedPolicy{{Line: 2, Number: "P-3", Title: "Logged", Statement: "Log.", Governs: practice}, {Line: 3, Number: "P-4", Title: "Told", Statement: "Tell.", Governs: "Process: " + practice}}
	if _, _, err := h.ImportPolicies(ctx, h.lead, "policies.csv", list, nil, nil, nil); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("which of two is governed was not asked: %v", err)
	}
	if _, _, err := h.ImportPolicies(ctx, h.lead, "policies.csv", list, map[string]string{"governs:" + strings.ToLower(practice): "practice:" + itoa(h.practice)}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := storetest.Value[string](t, h.DB, `SELECT string_agg(concat_ws(' ', t.practice_id = $1, t.process_id = $2), ',' ORDER BY t.policy_id) FROM policy_attachment t`, h.practice, twin); got != "t,t" {
		t.Errorf("they govern %s", got)
	}
}
