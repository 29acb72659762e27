package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A grid may be drawn, its arrows from roles to activities or back.
func TestGridsDrawnInMermaid(t *testing.T) {
	want := []string{"Night baker|Owner|Shop", "Bake bread: R|A|", "Sell it: |A|R"}
	for name, text := range map[string]string{
		"from roles": "flowchart LR\n  B[Night baker] -->|R| T1(\"Bake bread\"):::big\n  O((Owner)) -- A --> T1\n  S{{Shop}} -->|R| T2[[Sell it]]\n  O ==>|A| T2\n  classDef big fill:#fff\n  %% B -->|I| T2\n",
		"to roles":   "graph TD;\nT1[Bake bread] -->|\"R\"| B[Night baker]; T1 -.->|A| O[Owner]\nT2[Sell it] -. R .-> S[Shop]\nT2 -->|A| O\nT1 --> T2\n",
		"a chain":    "graph LR\nB[Night baker] -->|R| T1[Bake bread]\nO[Owner] -->|A| T1 & T2[Sell it]\nS[Shop] -->|R| T2\n",
	} {
		for file, text := range map[string]string{"x.md": "# Bakery\n\n```mermaid\n" + text + "```\n", "x.mmd": text, "Pasted table": "\n" + text, "Pasted fence": "```mermaid\n" + text + "```\n"} {
			reading, err := ReadGrids(file, []byte(text), GridOptions{})
			if err != nil || len(reading.Grids) != 1 || reading.Grids[0].Verdict != IsRACI {
				t.Errorf("%s, %s: %v %+v", name, file, err, reading.Grids)
				continue
			}
			got := shown(reading.Grids[0])
			if diff := cmp.Diff(len(want), len(got)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			for _, a := range reading.Grids[0].Activities {
				doer, answers := map[string]string{"Bake bread": "Night baker", "Sell it": "Shop"}[a.Name], a.Cells["Owner"].RACI()
				if a.Cells[doer].RACI() != "R" || answers != "A" || len(a.Cells) != 2 {
					t.Errorf("%s: %+v", name, a)
				}
			}
		}
	}
}

// Other drawings are none: flows, answers to questions, and arrows on from what others lead to.
func TestDrawingsThatAreNoGrid(t *testing.T) {
	for _, text := range []string{
		"graph TD\nA[Draft] -->|submit| B(Scope)\nB -->|R| C\nC -->|A| D\n",
		"graph TD\nA -->|R| B -->|A| C -->|I| D\n",
		"sequenceDiagram\nA->>B: R\nB->>C: A\nC->>A: I\n",
		"graph TD\nA -->|R| B\nC -->|I| B\nD -->|C| B\n",
	} {
		reading, err := ReadGrids("x.md", []byte("# RACI\n\n```mermaid\n"+text+"```\n"), GridOptions{})
		if err != nil || len(reading.Plain()) > 0 {
			t.Errorf("%s: %v %+v", text, err, reading.Grids)
		}
	}
}
