package sheet

import (
	"strings"
	"testing"
)

// A table of contents, a badge and what a table says of a document are no rules, and are named; what is a rule stays.
func TestWhatAStatementDoesNotHold(t *testing.T) {
	rules := "## Ovens\n\nTurn them off.\n\n## Doors\n\nShut them.\n"
	kept := "Ovens\n\nTurn them off.\n\nDoors\n\nShut them."
	for name, try := range map[string]struct{ text, statement, left string }{
		"contents with links":     {"# Bakery policy\n\n## Inhaltsverzeichnis\n\n1. [Öfen](#öfen)\n2. [Türen (alle)](#türen-(alle))\n\n" + rules, kept, "“Inhaltsverzeichnis” is"},
		"contents with pages":     {"# Bakery policy\n\n**Sommaire**\n\nOvens .......... 2\nDoors\t3\n\n" + rules, kept, "“Sommaire” is"},
		"contents by their names": {"# Bakery policy\n\n## 1. Contents\n- Ovens\n  - Doors\n\n" + rules, kept, "“1. Contents” is"},
		"contents of plain text":  {"# Bakery policy\n\nContents:\n1. Ovens\n2. Doors\n\n1. Ovens\nTurn them off.\n\n2. Doors\nShut them.\n", "1. Ovens Turn them off.\n\n2. Doors Shut them.", "“Contents” is"},
		"links without a heading": {"# Bakery policy\n\n- [Ovens](#ovens)\n- [Doors](#doors)\n- [More](#more)\n\n" + rules, kept, "“table of contents” is"},
		"a mark for contents":     {"# Bakery policy\n\n[[_TOC_]]\n\n" + rules, kept, ""},
		"contents of a box":       {"# First aid policy\n\n## Contents\n\n- Plasters\n- Bandages\n", "• Plasters\n• Bandages", ""},
		"a text below contents":   {"# Bakery policy\n\n## Contents\n\n1. [Ovens](#ovens)\n\nKeep calm.\n\n" + rules, "Keep calm.\n\n" + kept, "“Contents” is"},
		"a badge":                 {"# Bakery policy\n\n[![Build: good](https://example.org/b.svg)](build)\n\n" + rules, kept, "“Build: good” is"},
		"a table below a badge":   {"# Bakery policy\n\nFor all shops.\n\n| Attribut | Wert |\n|---|---|\n| Version | 1.0 |\n| Zielgruppe | Alle |\n| Abteilung | Ofen |\n\n" + rules, "For all shops.\n\n" + kept, "“Zielgruppe: Alle” and “Abteilung: Ofen” are"},
		"one fact in a table":     {"# Bakery policy\n\n| | |\n|---|---|\n| Owner | Head baker |\n| Author | Ann Bo |\n| Shop | North |\n\n" + rules, kept, "“Author: Ann Bo” and “Shop: North” are"},
		"a table below its name":  {"# Bakery policy\n\nFor all shops.\n\n**Document information**\n\n| Owner | Head baker |\n|---|---|\n| Shop | North |\n\nWear shoes.\n\nGloves: always.\n\n" + rules, "For all shops.\n\nWear shoes.\n\nGloves: always.\n\n" + kept, "“Shop: North” is"},
		"rules in a table":        {"# Bakery policy\n\n| Item | Value |\n|---|---|\n| Heat | 200 degrees |\n| Time | An hour |\n| Owner | Head baker |\n", "Heat | 200 degrees\nTime | An hour", ""},
		"rules further down":      {"# Bakery policy\n\n" + rules + "\n| Field | Value |\n|---|---|\n| Department | North |\n| Heat | 200 degrees |\n", kept + "\n\nField | Value\nDepartment | North\nHeat | 200 degrees", ""},
		"who does what":           {"# Bakery policy\n\n## Roles\n\n| Role | Duty |\n|---|---|\n| Owner | Maintains the list |\n| Author | Writes it |\n| Reviewer | Reads it |\n", "Roles\n\nRole | Duty\nOwner | Maintains the list\nAuthor | Writes it\nReviewer | Reads it", ""},
	} {
		l, err := FindPolicies([]File{{"x.md", []byte(try.text)}}, Limits{})
		if err != nil || len(l[0].Rows) != 2 {
			t.Errorf("%s: %+v, %v", name, l, err)
			continue
		}
		if got := l[0].Rows[1].Cell(3); got != try.statement {
			t.Errorf("%s: got %q, want %q", name, got, try.statement)
		}
		said := ""
		for _, n := range l[0].Notes {
			said += n.Text
		}
		if !strings.Contains(said, try.left) || try.left == "" && strings.Contains(said, "left out") {
			t.Errorf("%s: %q", name, said)
		}
	}
}
