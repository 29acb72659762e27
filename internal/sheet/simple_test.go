package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Tables of AsciiDoc say how many columns they have, and how many of them a cell takes; simple ones of reStructuredText are
// drawn with rules alone, and may stand beside others.
func TestTablesDrawnInTextFiles(t *testing.T) {
	tests := []struct {
		name, file, text string
		names            []string
		want             [][]string
	}{
		{"a cell a line, spans and styles", "x.adoc", ".Baking, a RACI\n[%header,cols=\"3,3*^1\"]\n|===\n|Task\n|Baker\n|Owner\n|Shop\n\n|*Mix*\n|R\n|A\n|\n\n|Bake |A/R |C |I\n4+|*After*\n.2+^.^s|Sell a|C |A |R\n|I 2+|A\n|===\n",
			[]string{"Baking, a RACI"}, [][]string{{"Baker|Owner|Shop", "Mix: R|A|", "Bake: AR|C|I", "After / Sell: C|A|R", "After / Sell: I|A|"}}},
		{"values between commas", "x.adoc", ",===\nTask,Ann,Ben\nBuild,A,R\n\"Test, once\",R,A\n,===\n",
			[]string{"x"}, [][]string{{"Ann|Ben", "Build: A|R", "Test, once: R|A"}}},
		{"simple tables with a title, beside a drawn one", "x.rst", "Shop\n====\n\n.. table:: RACI of the shop\n\n   ========  =====  ====\n   作業        Owner  Desk\n   ========  =====  ====\n   焼く       A      R\n   Sell      A/R    C\n             today\n   ========  =====  ====\n\nNight\n-----\n\n+------+-----+-----+\n| Task | Ann | Ben |\n+======+=====+=====+\n| Bake | A   | R   |\n+------+-----+-----+\n| Rest | R   | A   |\n+------+-----+-----+\n",
			[]string{"RACI of the shop", "Night"}, [][]string{{"Owner|Desk", "焼く: A|R", "Sell: AR|C"}, {"Ann|Ben", "Bake: A|R", "Rest: R|A"}}},
	}
	for _, tt := range tests {
		reading, err := ReadGrids(tt.file, []byte(tt.text), GridOptions{})
		if err != nil || len(reading.Grids) != len(tt.want) {
			t.Errorf("%s: %d grids, %v", tt.name, len(reading.Grids), err)
			continue
		}
		for i, g := range reading.Grids {
			if diff := cmp.Diff(tt.want[i], shown(g)); diff != "" || g.Name != tt.names[i] {
				t.Errorf("%s: %q %s", tt.name, g.Name, diff)
			}
		}
	}
}

// What is drawn without an end, or takes more columns than there are, is read without a halt.
func TestTablesThatNeverEnd(t *testing.T) {
	for _, text := range []string{
		"=====  =====\nTask   Ann\n", "=====  =====\n\n=====  =====\n", "|===\n", "|===\n999999999999+|A |R\n.9+|x\n|===\n", "[cols=\"99999999*\"]\n|===\n|A\n|===\n", ",===\n\"A\n,===\n",
	} {
		for _, file := range []string{"x.adoc", "x.rst"} {
			if _, err := ReadGrids(file, []byte(text), GridOptions{}); err != nil && CodeOf(err) == "" {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}
