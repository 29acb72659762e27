package page

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// What is repaired in the same way in many cells is said once.
func TestRepairsOfOneKindAreOneLine(t *testing.T) {
	v := BatchGrid{Repairs: []GridRepair{
		{"line 2, Ops", "V", "A", true}, {"line 2, DBA", "X", "R", true}, {"line 3, Ops", "V", "A", true}, {"line 4, Ops", "V", "A", true}, {"line 5, Ops", "V", "A", false},
	}}
	want := []GridRepair{{"line 2, Ops and 2 other places", "V", "A", true}, {"line 2, DBA", "X", "R", true}, {"line 5, Ops", "V", "A", false}}
	if got := v.fixes(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// What was left out has nothing behind its arrow to look for.
func TestARepairThatLeavesOutSaysSo(t *testing.T) {
	var b bytes.Buffer
	v := BatchGrid{Repairs: []GridRepair{{"line 8", "Old step", "", true}}}
	if err := v.repairs().Render(t.Context(), &b); err != nil || !strings.Contains(b.String(), "left out") {
		t.Errorf("%v: %s", err, b.String())
	}
}

// Letters that stay as they were and only get a note are not written twice.
func TestUnchangedLettersStandOnceInTheirCell(t *testing.T) {
	row := itsm.GridRow{Line: 2, Name: "Log", Cells: []itsm.Cell{{Letters: itsm.LetterR, Note: "By day"}, {Letters: itsm.LetterA}}, Asked: make([]bool, 2), Written: make([]string, 2)}
	p := GridPart{Plan: itsm.GridPlan{Roles: []itsm.RoleMatch{{Heading: "Desk"}, {Heading: "Boss"}}, Rows: []itsm.GridRow{row}}}
	g := p.grid(map[GridPlace]string{{2, "Desk"}: "R", {2, "Boss"}: "a"})
	if was := g.Rows[0].Was; was[0] != "" || was[1] != "a" {
		t.Errorf("under the letters stands %v", was)
	}
}
