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
