package sheet

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// readingOf is what a careful person read in one grid of a file.
type readingOf struct {
	verdict, orientation string
	roles                []string
	rows                 map[string][]string // by "group / id name": the letters of each role
}

// careful are the readings that careful people wrote down, by file. The files themselves are not ours to keep.
func careful(t *testing.T) map[string][]readingOf {
	t.Helper()
	return carefulIn(t, "testdata/readings.txt")
}

func carefulIn(t *testing.T, list string) map[string][]readingOf {
	t.Helper()
	data, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	out, file := map[string][]readingOf{}, ""
	var at *readingOf
	for line := range strings.SplitSeq(strings.TrimRight(string(data), "\n"), "\n") {
		if name, ok := strings.CutPrefix(line, "== "); ok {
			file, at = name, nil
			continue
		}
		if what, ok := strings.CutPrefix(line, "-- "); ok {
			verdict, orientation, _ := strings.Cut(what, " ")
			out[file] = append(out[file], readingOf{verdict: verdict, orientation: orientation})
			at = &out[file][len(out[file])-1]
			continue
		}
		if at.rows == nil {
			at.rows, at.roles = map[string][]string{}, strings.Split(line, "|")
			continue
		}
		cut := strings.LastIndex(line, ": ")
		at.rows[line[:cut]] = strings.Split(line[cut+2:], "|")
	}
	return out
}

// score compares what was read with a careful reading: cells right, cells in all.
func (want readingOf) score(t *testing.T, where string, g Grid) (right, all int) {
	t.Helper()
	if string(g.Verdict) != want.verdict || want.orientation != "" && string(g.Orientation) != want.orientation {
		t.Errorf("%s: read as %s %s, want %s %s: %v", where, g.Verdict, g.Orientation, want.verdict, want.orientation, g.Reasons)
	}
	if want.verdict == "not-raci" {
		return 0, 0
	}
	roles := slices.DeleteFunc(slices.Clone(want.roles), func(s string) bool { return s == "" })
	if a, b := slices.Sorted(slices.Values(g.Roles)), slices.Sorted(slices.Values(roles)); !slices.Equal(a, b) {
		t.Errorf("%s: roles %q, want %q", where, a, b)
	}
	found := map[string]bool{}
	for _, a := range g.Activities {
		name := strings.TrimPrefix(a.ID+" "+a.Name, " ")
		if a.Section != "" {
			name = a.Section + " / " + name
		}
		cells, known := want.rows[name]
		if !known {
			t.Errorf("%s: nobody read an activity %q", where, name)
			continue
		}
		found[name] = true
		for i, role := range roles {
			all++
			if got := strings.Join(a.Cells[role].Letters, ""); got == cells[i] {
				right++
			} else if len(want.rows) == len(g.Activities) { // of a row that stands twice only one reading is kept
				t.Errorf("%s: %s of %q is %q, want %q", where, role, name, got, cells[i])
			}
		}
	}
	for name := range want.rows {
		if !found[name] {
			t.Errorf("%s: the activity %q was not read", where, name)
		}
	}
	return right, all
}

// TestReadings holds the reader to what careful people read in files that strangers wrote.
func TestReadings(t *testing.T) {
	grids, decoys, right, all := 0, 0, 0, 0
	for file, want := range careful(t) {
		for _, name := range []string{file, "x" + file[strings.LastIndex(file, "."):]} {
			reading, err := ReadGrids(name, shared(t, "raci/"+file), GridOptions{})
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			if len(reading.Grids) != len(want) {
				t.Errorf("%s: %d grids, want %d", file, len(reading.Grids), len(want))
				continue
			}
			for i, g := range reading.Grids {
				r, n := want[i].score(t, file+", "+g.Where, g)
				right, all = right+r, all+n
				if want[i].verdict == "not-raci" {
					decoys++
				} else {
					grids++
				}
			}
		}
	}
	t.Logf("%d of %d cells right, in %d grids; %d tables refused (each file under two names)", right, all, grids, decoys)
}

// TestReadingsWhicheverWay shuffles rows and columns of the plain grids and heads their activities in languages that
// nobody taught us: the same is read.
func TestReadingsWhicheverWay(t *testing.T) {
	for file, want := range careful(t) {
		if len(want) != 1 || want[0].verdict != "raci" || want[0].orientation != "activity-role" || strings.Contains(strings.Join(keys(want[0].rows), ""), " / ") {
			continue
		}
		roles := want[0].roles
		for seed, heading := range []string{"Työ", "작업", "Zadanie", "作業", ""} {
			random := rand.New(rand.NewPCG(uint64(seed), 7))
			order := random.Perm(len(roles) + 1)
			if heading == "" {
				slices.Sort(order) // without a heading only the first place tells
			}
			rows := [][]string{append([]string{heading}, roles...)}
			for _, name := range keys(want[0].rows) {
				rows = append(rows, append([]string{name}, want[0].rows[name]...))
			}
			random.Shuffle(len(rows)-1, func(a, b int) { rows[a+1], rows[b+1] = rows[b+1], rows[a+1] })
			var text bytes.Buffer
			w := csv.NewWriter(&text)
			for _, row := range rows {
				cells := make([]string, len(order))
				for to, from := range order {
					cells[to] = row[from]
				}
				_ = w.Write(cells)
			}
			w.Flush()
			g, err := ReadGrid("whatever", text.Bytes(), GridOptions{})
			if err != nil {
				t.Errorf("%s under %q: %v", file, heading, err)
				continue
			}
			again := readingOf{verdict: "raci", orientation: "activity-role", roles: roles, rows: map[string][]string{}}
			for name, cells := range want[0].rows {
				again.rows[name] = cells
			}
			for i, a := range g.Activities { // a number before a name is read as part of it here
				g.Activities[i].Name, g.Activities[i].ID = strings.TrimPrefix(a.ID+" "+a.Name, " "), ""
			}
			again.score(t, file+" under "+heading, g)
		}
	}
}

func keys(m map[string][]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
