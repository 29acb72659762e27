package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What says of steps who does them, or of activities who answers for them, and no more, is asked about; the names are invented.
func TestStepsOfWhichOneTakesPart(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"lanes": {"x.md", "# Bake\n\n```mermaid\nflowchart LR\n  subgraph Night baker\n    A[Knead] --> B[Bake]\n  end\n  subgraph shop [Shop manager]\n    direction TB\n    C[Sell]\n  end\n  B --> C\n```\n",
			[]string{"Night baker|Shop manager", "Knead: R|", "Bake: R|", "Sell: |R"}},
		"examples": {"x.md", "# RACI\n\n| Task | Baker | Owner |\n|---|---|---|\n| (Example) Bake | R | A |\n| (e.g.) Sell | R | A |\n", []string{"Baker|Owner", "(Example) Bake: R|A", "(e.g.) Sell: R|A"}},
		"records of who answers": {"x.json", `{"activities":[{"name":"Bake","accountable":"Bakery lead"},{"name":"Sell","accountable":"Shop manager"},{"name":"Sweep","accountable":"Bakery lead"}]}`,
			[]string{"Bakery lead|Shop manager", "Bake: A|", "Sell: |A", "Sweep: A|"}},
	} {
		reading, err := ReadGrids(tt.file, []byte(tt.text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 || reading.Grids[0].Verdict != Doubtful {
			t.Errorf("%s: %v %+v", name, err, reading.Grids)
			continue
		}
		if diff := cmp.Diff(tt.want, shown(reading.Grids[0])); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Boxes of a program are no lanes, and neither are boxes within boxes.
func TestBoxesThatAreNoLanes(t *testing.T) {
	for _, text := range []string{
		"flowchart LR\n subgraph Web\n A[Page] --> B[Script]\n end\n subgraph Store\n C[Tables]\n end\n",
		"flowchart LR\n subgraph Night baker\n subgraph Shop manager\n A[Knead] --> B[Bake]\n C[Sell]\n end\n end\n",
	} {
		reading, err := ReadGrids("x.mmd", []byte(text), GridOptions{})
		if err == nil && len(reading.Grids) > 0 && reading.Grids[0].Verdict != NotAGrid {
			t.Errorf("%s: %+v", text, reading.Grids[0])
		}
	}
}

// Roles of several words with a word between them are roles each.
func TestRolesWithAWordBetween(t *testing.T) {
	text := "| Activity | Responsible | Accountable |\n|---|---|---|\n| Bake | Night baker, Duty engineer and Team lead | Bakery owner |\n| Sell | Shop or vendor | Research and development manager |\n"
	reading, err := ReadGrids("x.md", []byte(text), GridOptions{})
	if err != nil || len(reading.Grids) != 1 {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Night baker|Duty engineer|Team lead|Bakery owner|Shop or vendor|Research and development manager", "Bake: R|R|R|A||", "Sell: ||||R|A"}, shown(reading.Grids[0])); diff != "" {
		t.Error(diff)
	}
}
