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
