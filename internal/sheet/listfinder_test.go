package sheet

import (
	"strings"
	"testing"
)

// Descriptions of processes say below each step who does it; what else stands there is no activity.
func TestWhoDoesEachStepBelowItsHeading(t *testing.T) {
	for name, tt := range map[string]struct {
		text, want string
		verdict    Verdict
	}{
		"with text between": {"# Baking\n\n## 1. Mix\n\nFlour and water.\n\n**Responsible:** Baker\n\n## 2. Bake\n\n**Checks:**\n- An hour\n- No more\n\n**Responsible:** Baker\n**Accountable:** Owner\n", "Mix/|Bake/", IsRACI},
		"nobody answers":    {"# Baking\n\n## Mix\n\n- **Responsible**: Baker\n\n## Bake\n\n- **Responsible**: Baker\n\n## Sell\n\n- **Responsible**: Seller\n", "Mix/|Bake/|Sell/", Doubtful},
		"of two only":       {"# Baking\n\n## Mix\n\n- **Responsible**: Baker\n\n## Bake\n\n- **Responsible**: Baker\n", "", NotAGrid},
	} {
		g, err := ReadGrid("x.md", []byte(tt.text), GridOptions{})
		var got []string
		for _, a := range g.Activities {
			got = append(got, a.Name+"/"+a.Section)
		}
		if g.Verdict != tt.verdict || g.Verdict != NotAGrid && strings.Join(got, "|") != tt.want {
			t.Errorf("%s: %v, %v, %q", name, err, g.Verdict, got)
		}
	}
}

// A line names its activity and those who have letters in it, whatever the activity is called, and be it one alone; "7a." numbers it.
func TestLinesThatNameAnActivityAndItsRoles(t *testing.T) {
	for text, want := range map[string]string{
		"# Changes\n\n- Raise: Clerk (R), Chief (I)\n- Approve: Board (A), Chief (R), Owner (C/I)\n- Build and test: Lead (A/R)\n":            "Clerk|Chief|Board|Owner|Lead;Raise: R|I|||;Approve: |R|A|CI|;Build and test: ||||AR",
		"### 7a. Ask\n- **Responsible:** Lead\n- **Accountable:** Chief\n### 7b. Refuse\n- **Responsible:** Lead\n- **Accountable:** Chief\n": "Lead|Chief;7a Ask: R|A;7b Refuse: R|A",
	} {
		g, err := ReadGrid("x.md", []byte(text), GridOptions{})
		if got := strings.Join(shown(g), ";"); got != want {
			t.Errorf("%q: %v, %q", text, err, got)
		}
	}
}
