package store_test

import (
	"errors"
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
	list := []itsm.ListedPolicy{
		{Line: 2, Number: "pol-007", Title: "All incidents must be logged", Statement: "Every incident is logged within the hour.", Driver: "Vertrag", Months: 12},
		{Line: 3, Title: "Changes are approved", Why: "Outages"},
		{Line: 4, Number: "X.1", Statement: "No title"},
		{Line: 5, Number: "POL-007", Title: "Again"},
		{Line: 6, Number: "P-9", Title: "Backup", Statement: "Nightly.", Months: 24, IssuingBody: "Board"},
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
