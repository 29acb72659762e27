package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestALineIsCutAtTheFirstSignThatSaysWhoHasWhat(t *testing.T) {
	for line, want := range map[string][2]string{
		"CISO – A":            {"CISO", "A"},
		"CISO - A":            {"CISO", "A"},
		"CISO -- A":           {"CISO", "A"},
		"Help-desk lead: R":   {"Help-desk lead", "R"},
		"R → Help-desk":       {"R", "Help-desk"},
		"R->Help-desk":        {"R", "Help-desk"},
		"R=Ops: on call":      {"R", "Ops: on call"},
		"– A":                 {},
		"CISO:":               {},
		"Help-desk lead":      {},
		"a: " + long(201):     {},
		long(121) + ": R":     {},
		long(120) + ": R":     {long(120), "R"},
		"é: " + long(200):     {"é", long(200)},
		"a: bb: " + long(199): {"a: bb", long(199)},
	} {
		left, right, ok := cutEntry(line)
		if ok != (want[0] != "") || left != want[0] || right != want[1] {
			t.Errorf("%q: %q and %q, %v", line, left, right, ok)
		}
	}
}

func long(n int) string { return strings.Repeat("é", n) }

func TestALineSaysInWordsWhoHasWhat(t *testing.T) {
	for line, want := range map[string][2]string{
		"Legal is consulted.":            {"Legal", "C"},
		"Der Betriebsrat ist informiert": {"Der Betriebsrat", "I"},
		"Legal is consulted, Ops not":    {},
		"is informed":                    {},
		"Legal is here":                  {},
		"Legal was consulted":            {},
	} {
		role, letter, ok := textLine{text: line}.inWords()
		if ok != (want[0] != "") || ok && (role != want[0] || letter != want[1]) {
			t.Errorf("%q: %q is %q, %v", line, role, letter, ok)
		}
	}
}

// A text of nothing but list-like lines costs what it is long: four times as many lines take no sixteen times as long.
func TestALongTextOfEntriesCostsLittle(t *testing.T) {
	const line = "- Review of the release by the board and operations: DBA=R, Ops=A, whoever has signed it=C\n"
	if n := timesAs(t, "x.md", strings.Repeat(line, 4_000), strings.Repeat(line, 1_000)); n > 10 {
		t.Errorf("four times as many lines take %.1f times as long", n)
	}
}

// A comma within what a role is called, or before a condition, begins no other role.
func TestCommasWithinRoles(t *testing.T) {
	for cell, want := range map[string]string{
		"Head of Sales, EMEA":          "Head of Sales, EMEA",
		"Head of Sales, EMEA, Legal":   "Head of Sales, EMEA|Legal",
		"EMEA, APAC":                   "EMEA|APAC",
		"Board; EMEA":                  "Board|EMEA",
		"Team lead, if on duty, Legal": "Team lead (if on duty)|Legal",
		"HR, Legal":                    "HR|Legal",
		"Reviewer 1 + 2, Legal":        "Reviewer 1 + 2|Legal",
		"Desk, lab, and users":         "Desk|lab|users",
		"Counsel (asked), when abroad": "Counsel (asked; when abroad)",
	} {
		var got []string
		for _, n := range splitNames(cell) {
			if n.note != "" {
				n.text += " (" + n.note + ")"
			}
			got = append(got, n.text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q", cell, got)
		}
	}
	text := "# RACI\n\n## Plan the year\n\n- Accountable: Head of Sales, EMEA\n- Responsible: Controller\n- Informed: Board\n\n## Close it\n\n- Accountable: Board\n- Responsible: Controller, Head of Sales, EMEA\n"
	g, err := ReadGrid("x.md", []byte(text), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Head of Sales, EMEA|Controller|Board", "Plan the year: A|R|I", "Close it: R|R|A"}, shown(g)); diff != "" {
		t.Error(diff)
	}
}
