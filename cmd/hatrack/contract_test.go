package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// verb runs the program in this process and says what it ended with.
func verb(t *testing.T, args ...string) (out string, code int, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err := run(t.Context(), args, func(string) string { return "" }, &stdout, &stderr)
	if err != nil {
		code, said = exitCode(err), err.Error()
	}
	return stdout.String(), code, said
}

func TestTheWorstFileDecidesTheCode(t *testing.T) {
	files := map[string]string{}
	for name, text := range map[string]string{
		"good.csv": "Activity,Desk,Lead\nLog,R,A\nSort,R,A\n", "empty.csv": "Activity,Desk,Lead\nLog,,\nSort,,\n", "people.csv": "Name,City\nAnn,Rome\nBo,Oslo\n", "broken.xlsx": "PK\x03\x04broken",
	} {
		files[name] = gridFile(t, name, text)
	}
	for _, c := range []struct {
		files []string
		code  int
	}{
		{[]string{"good.csv"}, 0}, {[]string{"good.csv", "good.csv"}, 0}, {[]string{"people.csv"}, exitDoubtful}, {[]string{"broken.xlsx"}, exitUnreadable},
		{[]string{"good.csv", "people.csv"}, exitDoubtful}, {[]string{"broken.xlsx", "people.csv", "good.csv"}, exitUnreadable}, {[]string{"people.csv", "broken.xlsx"}, exitUnreadable},
	} {
		args := []string{"import", "raci", "--dry-run", "--json"}
		for _, f := range c.files {
			args = append(args, files[f])
		}
		out, code, said := verb(t, args...)
		if code != c.code || (code != 0) != (said != "") {
			t.Errorf("%v: %d %q, want %d", c.files, code, said, c.code)
		}
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if len(lines) != len(c.files) {
			t.Errorf("%v: %d lines of JSON", c.files, len(lines))
		}
		for i, line := range lines {
			var got struct{ File string }
			if err := json.Unmarshal([]byte(line), &got); err != nil || got.File != c.files[i] {
				t.Errorf("%v: line %d is about %q, %v", c.files, i, got.File, err)
			}
		}
	}
	for _, args := range [][]string{{"import", "raci", "--dry-run"}, {"import", "raci", "--dry-run", "--what", files["good.csv"]}, {"import", "raci", "--dry-run", filepath.Join(t.TempDir(), "none.csv")}, {"import", "raci", files["good.csv"]}, {"nonsense"}} {
		if _, code, said := verb(t, args...); code != exitUsage || said == "" {
			t.Errorf("%v: %d %q, want %d", args, code, said, exitUsage)
		}
	}
}

// keys are the keys of an object, sorted.
func keys(t *testing.T, raw json.RawMessage) (names []string, of map[string]json.RawMessage) {
	t.Helper()
	if err := json.Unmarshal(raw, &of); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	for k := range of {
		names = append(names, k)
	}
	slices.Sort(names)
	return names, of
}

func items(t *testing.T, raw json.RawMessage) (list []json.RawMessage) {
	t.Helper()
	if err := json.Unmarshal(raw, &list); err != nil || list == nil {
		t.Fatalf("no list: %v in %s", err, raw)
	}
	return list
}

// Several files are each said a sentence of, and a file of nothing but lists is no grid.
func TestEachFileIsSaid(t *testing.T) {
	broken, empty := gridFile(t, "broken.xlsx", "PK\x03\x04broken"), gridFile(t, "none.csv", "  \n")
	lists := gridFile(t, "lists.md", "| Name | City |\n|---|---|\n| Ann | Rome |\n\n# More\n\n| Name | City |\n|---|---|\n| Bo | Oslo |\n")
	_, code, said := verb(t, "import", "raci", "--dry-run", "--json", broken, lists, empty)
	for _, want := range []string{"broken.xlsx: ", "lists.md: ", "none.csv: "} {
		if !strings.Contains(said, want) || code != exitUnreadable {
			t.Errorf("%d, and %q lacks %q", code, said, want)
		}
	}
	if _, code, _ := verb(t, "import", "raci", "--dry-run", "--json", lists); code != exitDoubtful {
		t.Errorf("two lists and no grid: %d", code)
	}
}

// What is printed has the documented keys and no others, whatever was read.
func TestTheJSONOfAGridHasItsShape(t *testing.T) {
	for name, file := range map[string]string{
		"rows":    gridFile(t, "rows.csv", "Activity,Desk,Desk\nLog,\"r, A (in office hours)\",X\nLog,R,\nSort,A,A\n"),
		"silent":  gridFile(t, "silent.csv", "Activity,Desk,Nobody,Lead\nLog,R,,A\nSort,R,-,ask Ann\n"),
		"turned":  gridFile(t, "turned.csv", "Role,Log the call,Sort the call,Close the call\nDesk,R,R,R\nLead,A,A,A\nUser,I,,C\n"),
		"letters": gridFile(t, "letters.csv", "Activity,Responsible,Accountable,Consulted,Informed\nLog,Desk,Lead,,User\nSort,Desk,Lead,User,\n"),
		"list":    gridFile(t, "list.md", "# Log\n- Desk: R\n- Lead: A\n\n# Sort\n- Desk: R\n- Lead: A\n"),
		"none":    gridFile(t, "none.csv", "Name,City\nAnn,Rome\nBo,Oslo\n"),
		"form":    gridFile(t, "form.csv", "Activity,Responsible,Accountable,Consulted,Informed\n,,,,\n,,,,\n"),
	} {
		out, _, _ := verb(t, "import", "raci", "--dry-run", "--json", file)
		top, of := keys(t, json.RawMessage(out))
		if strings.Join(top, " ") != "file grids" {
			t.Errorf("%s: %v", name, top)
		}
		for _, g := range items(t, of["grids"]) {
			got, grid := keys(t, g)
			if strings.Join(got, " ") != "activities confidence name orientation problems reasons repairs roles verdict where" {
				t.Errorf("%s: a grid has %v", name, got)
			}
			var roles []string
			if err := json.Unmarshal(grid["roles"], &roles); err != nil || roles == nil {
				t.Errorf("%s: roles %s", name, grid["roles"])
			}
			used := map[string]bool{}
			for _, a := range items(t, grid["activities"]) {
				got, activity := keys(t, a)
				if strings.Join(got, " ") != "cells group name note" {
					t.Errorf("%s: an activity has %v", name, got)
				}
				cells, of := keys(t, activity["cells"])
				for _, role := range cells {
					used[role] = true
					got, cell := keys(t, of[role])
					if strings.Join(got, " ") != "letters note" || string(cell["letters"]) == "[]" && string(cell["note"]) == `""` {
						t.Errorf("%s: a cell has %v: %s", name, got, of[role])
					}
				}
			}
			if slices.Sort(roles); !slices.Equal(roles, slices.Sorted(maps.Keys(used))) {
				t.Errorf("%s: the roles are %q and those with cells %v", name, roles, used)
			}
			for list, want := range map[string]string{"repairs": "became code sure was where", "problems": "activity code roles text"} {
				for _, x := range items(t, grid[list]) {
					if got, _ := keys(t, x); strings.Join(got, " ") != want {
						t.Errorf("%s: %s have %v", name, list, got)
					}
				}
			}
			if string(grid["verdict"]) == `"not-raci"` && string(grid["activities"]) != "[]" {
				t.Errorf("%s: what is no grid has activities", name)
			}
		}
	}
}

var codeOf = regexp.MustCompile(`\b(?:fix|repair|problem)\("([a-z-]+)"`)

// The help names every code that the readers give.
func TestEveryCodeIsDocumented(t *testing.T) {
	sources, err := filepath.Glob("../../internal/sheet/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	ofLists := "no-name no-date ends-before-start no-email repeated same-number same-email text no-manager own-manager manager-numbers total stopped-account no-state one-name no-headings" // of people
	for _, file := range sources {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range codeOf.FindAllStringSubmatch(string(source), -1) {
			if !strings.Contains(racidoc, m[1]) && !slices.Contains(strings.Fields(ofLists), m[1]) && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s: %s is not documented", file, m[1])
			}
		}
	}
}
