package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// policiesRead are the policies of a file, a line each: number, title, statement, owner, state.
func policiesRead(t *testing.T, file, text string) (out []string) {
	t.Helper()
	found, err := FindPolicies([]File{{Name: file, Data: []byte(text)}}, Limits{})
	if err != nil {
		return []string{err.Error()}
	}
	list, err := ReadPolicies(found[0], ListOptions{})
	if err != nil {
		return []string{err.Error()}
	}
	for _, p := range list.Policies {
		out = append(out, strings.Join([]string{p.Number, p.Title, p.Statement, p.OwnerRole, p.Version, p.State}, "|"))
	}
	for _, n := range list.Remarks {
		if strings.Contains(n.Text, "left out") {
			out = append(out, "note "+n.Text)
		}
	}
	return out
}

// Policies may be called otherwise than by a column of titles; the texts are invented.
func TestPoliciesByOtherTitles(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"what it says behind the title": {"register.md", "# Policy register\n\nWhat is decided.\n\n| # | Policy question | Owner |\n|---|---|---|\n| P-01 | **Bread** — which of the old bread is kept for the poor | Bakery |\n| P-02 | **Ovens** – who may open them before they are cold | Board |\n| P-03 | **Doors** | Board |\n",
			[]string{"P-01|Bread|which of the old bread is kept for the poor|Bakery||", "P-02|Ovens|who may open them before they are cold|Board||", "P-03|Doors||Board||"}},
		"controls": {"controls.csv", "Control ID,Criteria,Control,Owner,Frequency\nSEC-001,CC6.1,Ovens are locked at night.,Bakery,monthly\nSEC-002,CC6.2,Keys are counted.,Board,yearly\n",
			[]string{"SEC-001|Ovens are locked at night.||Bakery||", "SEC-002|Keys are counted.||Board||"}},
		"short descriptions beside numbers": {"controls.csv", "control_id,theme,description,owner_team\n5.1,Doors,Doors are shut at night,Bakery\n5.2,Ovens,\"Ovens cold, and cleaned\",Board\n",
			[]string{"5.1|Doors are shut at night||Bakery||", "5.2|Ovens cold, and cleaned||Board||"}},
		"numbered in a register": {"register.md", "# Bakery policy register\n\n## Adopted\n\n### P-1 · Two sign each order — ADOPTED 2026-08-11\n\n**Decision:** two people sign.\n\n### P-2 · Old bread goes to the poor\n\nEach evening.\n\n---\n\n## What we never say\n\n- That it is fresh when it is not.\n",
			[]string{"P-1|Two sign each order|Decision: two people sign.|||ADOPTED", "P-2|Old bread goes to the poor|Each evening.|||",
				"note register.md: what stands below “What we never say” has no number of a policy, and is left out."}},
		"counted by the word for one": {"bakery.md", "# What holds at the bakery\n\n## About us\n\nWe bake since long ago.\n\n## Policy 1: Bread\n\n**Version:** 1.0\n**Owner:** Head baker\n\n### Rules\n\nBread is baked each day.\n\n## Policy 2: Ovens\n\n**Version:** 0.5 (Draft)\n**Owner:** Oven warden\n\nNo oven is left alone.\n\n## Tools\n\n### Ovens\n\nThere are three of them.\n",
			[]string{"|Bread|Bread is baked each day.|Head baker|1.0|", "|Ovens|No oven is left alone.|Oven warden|0.5|Draft",
				"note bakery.md: what stands below “About us” and “Tools” has no number of a policy, and is left out."}},
		"an index of files below a heading": {"README.md", "# Policies index\n\nAll that holds here.\n\n## Ownership\n\n- Owner: Head baker\n- Reviews: as each says (quarterly/annual)\n\n## Documents\n\n1. 01-bread.md – Bread and rolls\n2. 02-ovens.md – Ovens\n",
			[]string{"|Bread and rolls||Head baker||", "|Ovens||Head baker||"}},
		"a word made with the one for a policy": {"brot.md", "# Backrichtlinie\n\nBrot wird täglich gebacken.\n", []string{"brot|Backrichtlinie|Brot wird täglich gebacken.|||"}},
		"versions and approvals": {"Bread-policy.md", "# Bread policy\n\n| Version | Date | Author | Change |\n|---|---|---|---|\n| 1.9 | 2024-01-02 | Ida Roe | First |\n| 1.10 | 2025-03-04 | Ole Sun | Review |\n\n## Policy\n\nBread is baked each day.\n\n| Kind | Date |\n|---|---|\n| Rye | Monday |\n\n## Approval\n\n| Name | Role | Signature | Date |\n|---|---|---|---|\n| Uma Fay | Owner | | 2025-03-05 |\n",
			[]string{"Bread-policy|Bread policy|Bread is baked each day.\n\nKind | Date\nRye | Monday||1.10|",
				"note Bread-policy.md: “Version, Date, Author, Change” and “Name, Role, Signature, Date” are not kept of a policy, and left out."}},
		"insurance": {"policies.csv", "policy_number,policy_name,premium,insured\n1,Fire,300,Ida Roe\n2,Water,200,Ole Sun\n",
			[]string{"“premium” and “insured” stand over columns here: this looks like a list of insurance, pay or settings, and not of rules. If it is one of rules, say which column is the title."}},
		"rules on insurance": {"policies.csv", "Policy,Statement,Coverage,Claims\nFire,All ovens are insured.,all,yearly\n", []string{"|Fire|All ovens are insured.|||"}},
	} {
		if diff := cmp.Diff(tt.want, policiesRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What a document says of itself is said: whose its policies are where it says it of all, and nothing of how often where it leaves
// that open.
func TestWhatIsSaidOfAllPolicies(t *testing.T) {
	found, err := FindPolicies([]File{{Name: "x.md", Data: []byte("# Policies index\n\n## Ownership\n\n- Owner: Head baker\n\n## Documents\n\n1. 01-bread.md – Bread and rolls\n2. 02-ovens.md – Ovens\n")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadPolicies(found[0], ListOptions{})
	if err != nil || !slices.ContainsFunc(list.Remarks, func(n Note) bool { return strings.Contains(n.Text, "“Head baker” stands outside of the list") }) {
		t.Error(err, list.Remarks)
	}
	for text, want := range map[string]string{
		"The policy is reviewed quarterly/annually.":         "",
		"The policy is reviewed annually or quarterly.":      "",
		"The policy is reviewed annually or upon change.":    "annually",
		"The policy is reviewed annually, and logs monthly.": "annually",
	} {
		if got, _ := reviewSaid(text); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	found, _ = FindPolicies([]File{{Name: "x.md", Data: []byte("# Backrichtlinie\n\nBrot wird täglich gebacken.\n")}}, Limits{})
	if list, _ = ReadPolicies(found[0], ListOptions{}); len(list.Remarks) > 0 {
		t.Error(list.Remarks)
	}
}
