package sheet

import (
	"strings"
	"testing"
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
