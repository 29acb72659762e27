package sheet

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/xuri/excelize/v2"
)

func TestGridRefusals(t *testing.T) {
	tests := []struct {
		name, text  string
		code        Code
		orientation Orientation
		says        string
	}{
		{"empty form", "Activity,Responsible,Accountable,Consulted,Informed\nScope,,,,\nCode,,,,\n", Template, ActivityLetter, "empty form"},
		{"placeholders", "Decision,Stakeholder_A,Stakeholder_B\n[Decision 1],A,R\n[Decision 2],R,A\n", Template, ActivityRole, "placeholders"},
		{"crosses", "Task,PM,Dev\nScope,X,\nCode,X,X\n", NotRACI, "", "crosses"},
		{"grades", "Pupil,Maths,Art,Music\nAnn,A,B,D\nBo,B,C,F\nCy,D,A,B\n", NotRACI, ActivityRole, "Only"},
		{"no R and no A", "Site,North,South\nHall,C,I\nYard,I,C\n", NotRACI, ActivityRole, "neither an R nor an A"},
		{"no head", "Scope,A,R,C\nCode,A,R,I\nTest,R,A,C\n", NotRACI, ActivityRole, "no names above"},
		{"letters explained otherwise", "Site,North,South\nHall,C,R\nYard,R,C\nR = Red,,\nC = Complete,,\nA = Amber,,\n", NotRACI, ActivityRole, "is explained as"},
		{"a table that explains", "Letter,Word,Meaning\nR,Responsible,does it\nA,Accountable,answers\nC,Consulted,is asked\nI,Informed,is told\n", NotRACI, "", "explains the letters"},
		{"sentences for letters", "R = Responsible,A = Accountable,C = Consulted,I = Informed\nThose who bake the bread,The one who answers for it,Those whose advice is sought,Those who are told of it\n", NotRACI, "", "explains the letters"},
		{"one letter in a table", "Owner,Gate,Status\nPM,A,Draft\n", NotRACI, ActivityRole, "One column"},
		{"people", "Name,Title\nAnn,Clerk\nBo,Chief\n", NotRACI, "", "No RACI grid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := ReadGrid("x.csv", []byte(tt.text), GridOptions{})
			if CodeOf(err) != tt.code || !strings.Contains(err.Error(), tt.says) || g.Orientation != tt.orientation {
				t.Errorf("got %q %q: %v", CodeOf(err), g.Orientation, err)
			}
		})
	}
}

func TestTooLargeForAGrid(t *testing.T) {
	text := "Task,PM\n" + strings.Repeat("Scope,A\n", gridRows+1)
	if _, err := ReadGrid("x.csv", []byte(text), GridOptions{}); CodeOf(err) != NotRACI || !strings.Contains(err.Error(), "2,002 rows") {
		t.Errorf("got %v", err)
	}
}

// A large grid with a long legend is read at once: what the legend says is worked out once and not for each cell.
func TestALargeGridWithALegend(t *testing.T) {
	bare := "Task" + strings.Repeat(",Role", 100) + "\n" + strings.Repeat("Scope"+strings.Repeat(",A,R", 50)+"\n", 100)
	explained := bare
	for i := range 150 {
		explained += fmt.Sprintf("X%d = Abbreviation of %d\n", i, i)
	}
	if n := timesAs(t, "x.csv", explained, bare); n > 5 {
		t.Errorf("with the legend it takes %.1f times as long", n)
	}
}

// timesAs is how many times as long one text takes to read as another: the least of a few tries, for the machine may be
// busy with other tests in any of them.
func timesAs(t *testing.T, file, text, other string) float64 {
	t.Helper()
	took := func(text string) time.Duration {
		from := time.Now()
		if _, err := ReadGrids(file, []byte(text), GridOptions{}); err != nil {
			t.Fatal(err)
		}
		return time.Since(from)
	}
	least := math.Inf(1)
	for range 5 {
		least = min(least, float64(took(text))/float64(took(other)))
	}
	return least
}

func TestSeveralGrids(t *testing.T) {
	text := "Plan\nTask,PM,Dev\nScope,A,R\nBudget,A,R\n\nRun\nTask,Desk,Ops\nLog,A,R\nFix,A,R\n"
	_, err := ReadGrid("x.csv", []byte(text), GridOptions{})
	if CodeOf(err) != Several || !strings.Contains(err.Error(), "“Plan” (line 2), “Run” (line 7)") {
		t.Fatalf("got %v", err)
	}
	reading, err := ReadGrids("x.csv", []byte(text), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, g := range reading.Grids {
		got = append(got, shown(g))
	}
	want := [][]string{{"PM|Dev", "Scope: A|R", "Budget: A|R"}, {"Desk|Ops", "Log: A|R", "Fix: A|R"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGridInAWorkbook(t *testing.T) {
	data := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "About", "this file")
		if _, err := f.NewSheet("Release"); err != nil {
			t.Fatal(err)
		}
		setRow(t, f, "Release", "C3", "Responsibilities in a release")
		setRow(t, f, "Release", "C5", "Phase", "Task", "PM", "Dev", "QA")
		setRow(t, f, "Release", "C6", "Before", "Scope", "A", "R", "C")
		setRow(t, f, "Release", "D7", "Code", "I", "R/A", "C")
		setRow(t, f, "Release", "C8", "Out in the open")
		setRow(t, f, "Release", "C9", "After", "Ship", "A", "R")
		for _, m := range [][2]string{{"C3", "G3"}, {"C6", "C7"}, {"C8", "G8"}, {"F9", "G9"}} {
			if err := f.MergeCell("Release", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	g, err := ReadGrid("x.xlsx", data, GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"PM|Dev|QA", "Before / Scope: A|R|C", "Before / Code: I|AR|C", "Out in the open › After / Ship: A|R|R"}
	if diff := cmp.Diff(want, shown(g)); diff != "" {
		t.Error(diff)
	}
	if g.Where != "sheet Release, line 5" || g.Activities[2].Line != 9 {
		t.Errorf("where %q, last line %d", g.Where, g.Activities[2].Line)
	}
	if _, err := ReadGrid("x.xlsx", data, GridOptions{Sheet: "Sheet1"}); CodeOf(err) != NotRACI {
		t.Errorf("the other sheet: %v", err)
	}
	if _, err := ReadGrid("x.xlsx", data, GridOptions{Sheet: "None"}); CodeOf(err) != NotRACI {
		t.Errorf("no such sheet: %v", err)
	}
}

// The order of rows and of columns, and the name of the file, change nothing.
func TestShuffled(t *testing.T) {
	rows := [][]string{{"7", "Scope", "A", "R", "C/I"}, {"8", "Code", "I", "A/R", "C"}, {"9", "Test", "A", "C", "R"}}
	head := []string{"Id", "Task", "PM", "Dev", "QA"}
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {1, 3, 0, 4, 2}, {2, 0, 3, 1, 4}} {
		var text strings.Builder
		w := csv.NewWriter(&text)
		for _, row := range append([][]string{head}, rows[2], rows[0], rows[1]) {
			var cells []string
			for _, col := range order {
				cells = append(cells, row[col])
			}
			_ = w.Write(cells)
		}
		w.Flush()
		g, err := ReadGrid("whatever.txt", []byte(text.String()), GridOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range g.Activities {
			i := slices.IndexFunc(rows, func(r []string) bool { return r[1] == a.Name && r[0] == a.ID })
			if i < 0 {
				t.Fatalf("%v: activity %q %q", order, a.ID, a.Name)
			}
			for col, role := range head[2:] {
				if want := readCell(rows[i][col+2]).RACI(); a.Cells[role].RACI() != want {
					t.Errorf("%v: %s of %s is %q, want %q", order, role, a.Name, a.Cells[role].RACI(), want)
				}
			}
		}
	}
}

func TestJSONShape(t *testing.T) {
	reading, err := ReadGrids("dir/x.csv", []byte("Task,PM,Dev\nScope,R/A,-\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(reading)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"file":"x.csv","grids":[{"name":"x","where":"line 1","orientation":"activity-role","verdict":"raci","confidence":1,` +
		`"reasons":["2 columns under the names of roles hold letters, in 1 row."],"roles":["PM","Dev"],` +
		`"activities":[{"line":2,"name":"Scope","group":"","cells":{"PM":{"letters":["A","R"],"note":""}},"note":""}],"repairs":[],"problems":[],` +
		`"columns":[{"index":0,"header":"Task","use":"activity"},{"index":1,"header":"PM","use":"role"},{"index":2,"header":"Dev","use":"role"}]}]}`
	if string(out) != want {
		t.Errorf("got %s", out)
	}
}

func FuzzCell(f *testing.F) {
	for _, s := range []string{"R/A", "A, R", "ra", "R.", "-", "n/a", "X", "R (Chair)", "**C**", "R: signs", "Responsible", "А", "(((", "A]["} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		c := readCell(s)
		if (c.kind == letterCell) != (len(c.Letters) > 0 && len(c.RACI()) == len(c.Letters)) {
			t.Fatalf("%q: kind %d with %v", s, c.kind, c.Letters)
		}
		if c.kind == textCell && len(c.Letters) > 0 || c.kind == blankCell && (len(c.Letters) > 0 || c.Note != "") {
			t.Fatalf("%q: kind %d with %v and %q", s, c.kind, c.Letters, c.Note)
		}
		if again := readCell(c.RACI()); again.RACI() != c.RACI() {
			t.Fatalf("%q gave %q, which reads back as %q", s, c.RACI(), again.RACI())
		}
	})
}

func FuzzGrid(f *testing.F) {
	f.Add("Task,PM,Dev\nScope,A,R\n")
	f.Add("R,A,C\nA,A,A\n,,\nX,Y,Z\nA,R,C")
	f.Fuzz(func(t *testing.T, text string) {
		reading, err := ReadGrids("x.csv", []byte(text), GridOptions{})
		if err != nil {
			return
		}
		for _, g := range reading.Grids {
			if len(g.Reasons) == 0 {
				t.Fatal("a verdict without a reason")
			}
			for _, a := range g.Activities {
				for role := range a.Cells {
					if !slices.Contains(g.Roles, role) {
						t.Fatalf("a cell for %q, which is no role", role)
					}
				}
			}
		}
	})
}
