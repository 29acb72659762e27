package sheet

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is taken out in any form is read back as it was.
func TestExportReadsBack(t *testing.T) {
	names := []string{"Scope", "Plan | draft *now*", "a_b_c & <b>bold</b>", "[[role:7]] [x](y) `code`", "=1+1", "-", "# 5 ~~no~~ \\ back\\|slash", "Größe und «Ähnliches»", "1.5", "Sign off: budget"}
	e := Export{Title: "Handle *an* incident", Says: "Of Incident management, 3 Mar 2026.", Head: []string{"No", "Section", "Activity", "PM", "Dev | Ops", "Owner_x"}, Names: 3,
		Holders: [][]string{{"Role", "Holder"}, {"PM", "Ann"}}}
	var want []string
	want = append(want, "PM|Dev | Ops|Owner_x")
	for i, name := range names {
		e.Rows = append(e.Rows, []string{string(rune('1' + i)), "Before", name, "A, R", "C (if (really) asked)", ""})
		want = append(want, "Before / "+string(rune('1'+i))+" "+name+": AR|C|")
	}
	for ext, write := range map[string]func(io.Writer) error{".xlsx": e.XLSX, ".md": e.Markdown, ".html": e.HTML} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		reading, err := ReadGrids("x"+ext, out.Bytes(), GridOptions{})
		if err != nil {
			t.Fatalf("%s: %v", ext, err)
		}
		g := reading.Grids[0]
		if diff := cmp.Diff(want, shown(g)); diff != "" || g.Verdict != IsRACI {
			t.Errorf("%s: %s %s", ext, g.Verdict, diff)
		}
		if g.Name != e.Title {
			t.Errorf("%s: it is called %q", ext, g.Name)
		}
		if note := g.Activities[0].Cells["Dev | Ops"].Note; note != "if (really) asked" {
			t.Errorf("%s: note %q", ext, note)
		}
		for _, other := range reading.Grids[1:] {
			if other.Verdict == IsRACI {
				t.Errorf("%s: %s is read as a grid", ext, other.Where)
			}
		}
	}
}
