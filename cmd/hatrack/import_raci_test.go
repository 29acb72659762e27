package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gridFile writes a file for the program to read.
func gridFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestDryRunOfAGridNeedsNoDatabase(t *testing.T) {
	var out bytes.Buffer
	file := gridFile(t, "grid.csv", "Activity,Desk,Lead\nLog,R,A\nSort,r,\n")
	if err := run(t.Context(), []string{"import", "raci", "--dry-run", "--json", file}, func(string) string { return "" }, &out, &out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		File  string
		Grids []struct {
			Verdict    string
			Roles      []string
			Activities []struct {
				Name  string
				Cells map[string]struct{ Letters []string }
			}
			Problems []struct{ Code string }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, out.String())
	}
	g := got.Grids[0]
	if got.File != "grid.csv" || g.Verdict != "raci" || len(g.Roles) != 2 || g.Activities[0].Cells["Lead"].Letters[0] != "A" || g.Problems[0].Code != "no-accountable" {
		t.Errorf("got %+v", got)
	}
}

func TestAFileThatIsNoGridEndsWithItsCode(t *testing.T) {
	for text, want := range map[string]int{"%PDF-1.7 nothing to read": exitUnreadable, "Name,City\nAnn,Rome\nBo,Oslo\n": exitDoubtful} {
		var out bytes.Buffer
		err := run(t.Context(), []string{"import", "raci", "--dry-run", gridFile(t, "x.csv", text)}, func(string) string { return "" }, &out, &out)
		if c, ok := errors.AsType[coded](err); !ok || c.code != want || c.text == "" {
			t.Errorf("%q: got %v, want code %d", text, err, want)
		}
	}
}

func TestImportOfAGridAsksForItsProcess(t *testing.T) {
	var out bytes.Buffer
	err := run(t.Context(), []string{"import", "raci", gridFile(t, "grid.csv", "Activity,Desk\nLog,R\n")}, func(string) string { return "" }, &out, &out)
	if err == nil || !strings.Contains(err.Error(), "--process") {
		t.Errorf("got %v", err)
	}
}

// What a plan does not ask about is said beside it all the same: who answers where no A is, and what was guessed.
func TestAGridIsBroughtWithItsRemarks(t *testing.T) {
	for noA, answers := range map[string]string{"owner": "the Owner answers", "open": "until somebody is named", "Desk": "Desk answers"} {
		v := importRACI{NoA: noA}
		g, err := v.grid(gridFile(t, "grid.csv", "Activity,Desk,Lead\nPlan,,\nLog,R,A\nBuild,,\nSort,r ??,\n"))
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(g.Remarks, "\n")
		for _, want := range []string{"Line 5: “Sort” has no A: ", answers + " (--no-a).", "To look at, line 4: “Build” was read as the heading", "To look at, line 5, Desk: “r ??”"} {
			if !strings.Contains(said, want) {
				t.Errorf("--no-a=%s: %q is not said: %s", noA, want, said)
			}
		}
	}
}
