package sheet_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hatrack/internal/sheet"
)

// What a letter means is chosen for a grid of any layout: the grid stays as it was read, and the letter is another.
func TestAMeaningLeavesTheLayoutAlone(t *testing.T) {
	files, err := filepath.Glob("testdata/ugly/*")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no files")
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		read := func(by map[string]sheet.GridChoice) []sheet.Grid {
			r, err := sheet.ReadGrids(filepath.Base(path), text, sheet.GridOptions{Choices: by})
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			return r.Grids
		}
		for _, g := range read(nil) {
			signs := g.Signs()
			if g.Verdict != sheet.IsRACI || !slices.Contains(signs, "C") {
				continue
			}
			with := read(map[string]sheet.GridChoice{g.Key: {Letters: map[string]string{"C": "S"}}})
			at := slices.IndexFunc(with, func(o sheet.Grid) bool { return o.Key == g.Key })
			if at < 0 {
				t.Errorf("%s: %s is not read where C means S", path, g.Name)
				continue
			}
			if o := with[at]; o.Orientation != g.Orientation || len(o.Roles) != len(g.Roles) || len(o.Activities) != len(g.Activities) || has(o, "C") || !has(o, "S") {
				t.Errorf("%s: %s, %d roles, %d activities; where C means S %s, %d roles, %d activities, C %t, S %t",
					path, g.Orientation, len(g.Roles), len(g.Activities), o.Orientation, len(o.Roles), len(o.Activities), has(o, "C"), has(o, "S"))
			}
		}
	}
}

// has says that a letter stands somewhere in a grid.
func has(g sheet.Grid, letter string) bool {
	return slices.ContainsFunc(g.Activities, func(a sheet.GridActivity) bool {
		for _, c := range a.Cells {
			if slices.Contains(c.Letters, letter) {
				return true
			}
		}
		return false
	})
}

// A table of signs that are none of our letters is refused as it looks; whoever says how it is laid out is asked what they
// mean, and it is a grid once that is said.
func TestSignsAreAskedAboutWhereTheLayoutIsChosen(t *testing.T) {
	tables, err := sheet.ReadTables("x.csv", []byte("Nr,Task,Ops lead,DBA,Board\n1,Plan it,V,X,O\n2,Test it,X,V,\n3,Report,V,,K\n"), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	read := func(c sheet.GridChoice) sheet.Grid {
		return sheet.GridsOf("x.csv", tables, sheet.GridOptions{Choices: map[string]sheet.GridChoice{"1.1": c}}).Grids[0]
	}
	if g := read(sheet.GridChoice{}); g.Verdict != sheet.NotAGrid {
		t.Errorf("of itself it is %s", g.Verdict)
	}
	for _, c := range []sheet.GridChoice{{Head: 1}, {Orientation: sheet.ActivityRole}} {
		g := read(c)
		if g.Verdict != sheet.Doubtful || !slices.Equal(g.Roles, []string{"Ops lead", "DBA", "Board"}) || len(g.Activities) != 3 || !slices.Equal(g.Signs(), []string{"K", "O", "V", "X"}) {
			t.Errorf("%+v: %s, %q, %d activities, %q", c, g.Verdict, g.Roles, len(g.Activities), g.Signs())
		}
	}
	g := read(sheet.GridChoice{Head: 1, Letters: map[string]string{"V": "A", "X": "R", "O": "I", "K": "C"}})
	if g.Verdict != sheet.IsRACI || g.Activities[0].Cells["Board"].RACI() != "I" || g.Activities[0].Cells["Ops lead"].RACI() != "A" || !slices.Equal(g.Signs(), []string{"K", "O", "V", "X"}) {
		t.Errorf("%s: %+v, %q", g.Verdict, g.Activities, g.Signs())
	}
}
