package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A policy in plain text has its title in its first line, and parts below lines in capitals or with a number.
func TestAPolicyInPlainText(t *testing.T) {
	for name, try := range map[string]struct {
		file, text string
		want       []string // number, title, why, statement, owner
	}{
		"a title in capitals":   {"ovens.txt", "OVENS POLICY\nThis policy says what to turn off.\n\nPOLICY OWNER: Head baker\n\n1.1 Scope\nAll shops.\n", []string{"ovens", "OVENS POLICY", "", "This policy says what to turn off.\n\n1.1 Scope\n\nAll shops.", "Head baker"}},
		"a title that stands":   {"ovens.txt", "Ovens and doors\n\nOwner: Head baker\n\nPURPOSE\n\nNo fire.\n\nRULES\n\nTurn the ovens off every night.\n", []string{"ovens", "Ovens and doors", "No fire.", "Turn the ovens off every night.", "Head baker"}},
		"numbered parts":        {"ovens.txt", "Ovens policy\n\n1. Purpose\nNo fire in any of the shops.\n\n2. Steps\n1. Turn them off\n2. Shut them\n", []string{"ovens", "Ovens policy", "No fire in any of the shops.", "2. Steps\n\n1. Turn them off\n2. Shut them", ""}},
		"an underlined title":   {"ovens.txt", "Ovens policy\n------------\n\nTurn the ovens off every night.\n", []string{"ovens", "Ovens policy", "", "Turn the ovens off every night.", ""}},
		"a sentence in front":   {"ovens-policy.txt", "Turn the ovens off every night.\n\nAnd shut their doors.\n", []string{"ovens-policy", "ovens policy", "", "Turn the ovens off every night.\n\nAnd shut their doors.", ""}},
		"pasted":                {"Pasted table", "OVENS POLICY\n\nTurn the ovens off, and shut them.\n", []string{"", "OVENS POLICY", "", "Turn the ovens off, and shut them.", ""}},
		"Markdown without any":  {"ovens.md", "**OVENS POLICY**\n\nTurn the ovens off every night.\n", []string{"ovens", "OVENS POLICY", "", "Turn the ovens off every night.", ""}},
		"a table of sentences":  {"ovens.txt", "Number;Title;Statement\nP-1;Ovens;Turn the ovens off every single night.\n", []string{"P-1", "Ovens", "", "Turn the ovens off every single night.", ""}},
		"entries apart":         {"ovens.txt", "Ovens policy\n\n1. Turn them off\n\n2. Shut them\n\n3. Leave, and lock the doors of the shop.\n", []string{"ovens", "Ovens policy", "", "1. Turn them off\n\n2. Shut them\n\n3. Leave, and lock the doors of the shop.", ""}},
		"titles, one to a line": {"ovens.txt", "Policy\nOvens\nDoors and what is behind them\n", []string{"", "Ovens", "", "", ""}},
	} {
		found, err := FindPolicies([]File{{try.file, []byte(try.text)}}, Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		list, err := ReadPolicies(found[0], ListOptions{})
		if err != nil || len(list.Policies) == 0 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p := list.Policies[0]
		if diff := cmp.Diff(try.want, []string{p.Number, p.Title, p.Why, p.Statement, p.OwnerRole}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A text in rows without a heading is no policy in sentences.
func TestRowsAreNoPlainPolicy(t *testing.T) {
	for _, text := range []string{
		"P-1;Ovens;Turn the ovens off every single night.\nP-2;Doors;Shut the doors of the ovens every night.\n",
		"{\"text\": \"Turn the ovens off every single night.\"}\n",
		"Ann Bo\nBob Ray\n",
	} {
		if isPlainPolicy(File{"x.txt", []byte(text)}) {
			t.Errorf("%q", text)
		}
	}
}
