package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A document that says of itself that it holds several policies is read as these.
func TestSeveralPoliciesInOneDocument(t *testing.T) {
	for text, want := range map[string][]string{
		"# Policies\n\n- **Oven policy** – Owner: Head baker, version 2.1, next review 2025-04-01\n- **Flour policy** – Owner: Buyer, v1\n":                                                             {"Oven policy||Head baker|2.1", "Flour policy||Buyer|1"},
		"Bakery policies\n===============\n\n1. Ovens: No oven is left alone.\n   Not even at night.\n2. Flour: Flour is kept dry.\n":                                                                   {"Ovens|No oven is left alone. Not even at night.||", "Flour|Flour is kept dry.||"},
		"# Policy register\n\n## Introduction\n\nWhat holds here.\n\n## 1. Oven policy\n\n**Owner:** Head baker\n\n### Rules\n\nNo oven is left alone.\n\n## 2. Flour policy\n\nOwner: Buyer\n\nDry.\n": {"Oven policy|No oven is left alone.|Head baker|", "Flour policy|Dry.|Buyer|"},
		"---\ntitle: List of policies\n---\n* [Oven policy](oven.md)\n* [Flour policy](flour.md)\n":                                                                                                     {"Oven policy|||", "Flour policy|||"},
		"# Oven policy\n\nNo oven is left alone.\n\n## Related policies\n\n- [Flour policy](flour.md)\n- [Salt policy](salt.md)\n":                                                                      {"Oven policy|No oven is left alone.\n\nRelated policies\n\n• Flour policy\n• Salt policy||"},
		"# Bakery policies\n\n## Purpose\n\nAll is well.\n\n## Rules\n\n- Back.\n- Forth.\n":                                                                                                            {"Bakery policies|• Back.\n• Forth.||"},
		"# Bakery policies\n\n- No oven is left alone\n- Flour is kept dry\n":                                                                                                                           {"Bakery policies|• No oven is left alone\n• Flour is kept dry||"},
	} {
		found, err := FindPolicies([]File{{"x.md", []byte(text)}}, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadPolicies(found[0], ListOptions{})
		var got []string
		for _, p := range list.Policies {
			got = append(got, strings.Join([]string{p.Title, p.Statement, p.OwnerRole, p.Version}, "|"))
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if said := slices.ContainsFunc(list.Remarks, func(r Note) bool { return strings.Contains(r.Text, "one for each") }); said != (len(want) > 1) {
			t.Errorf("%q: %v", text, list.Remarks)
		}
	}
}

// A document of AsciiDoc is a policy as one of Markdown is.
func TestAPolicyInAsciiDoc(t *testing.T) {
	found, err := FindPolicies([]File{{"oven.adoc", []byte("= Oven policy\n:owner: Head baker\n:revnumber: 2.1\n\n== Purpose\n\nNo fire.\n\n== Policy\n\n* No oven is left alone.\n")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadPolicies(found[0], ListOptions{})
	if err != nil || len(list.Policies) != 1 {
		t.Fatal(err, list.Policies)
	}
	p := list.Policies[0]
	if diff := cmp.Diff([]string{"Oven policy", "No fire.", "• No oven is left alone.", "Head baker", "2.1"}, []string{p.Title, p.Why, p.Statement, p.OwnerRole, p.Version}); diff != "" {
		t.Error(diff)
	}
}

// A list of links among the documents that it leads to holds no policies of its own.
func TestAnIndexOfPoliciesBesideThem(t *testing.T) {
	found, err := FindPolicies([]File{{"README.md", []byte("# Policies\n\n* [Oven policy](oven.md)\n* [Flour policy](flour.md)\n")}, {"oven.md", []byte("# Oven policy\n\nWatch it.\n")}}, Limits{})
	if err != nil || len(found[0].Rows) != 3 {
		t.Errorf("%v %+v", err, found)
	}
}
