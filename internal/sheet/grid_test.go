package sheet

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestCells(t *testing.T) {
	tests := []struct {
		raw, letters, note, repair string
		kind                       cellKind
	}{
		{"", "", "", "", blankCell},
		{" - ", "", "", "", blankCell},
		{"—", "", "", "", blankCell},
		{"n/a", "", "", "", blankCell},
		{"N/A", "", "", "", blankCell},
		{"none", "", "", "", blankCell},
		{"R", "R", "", "", letterCell},
		{"R/A", "AR", "", "", letterCell},
		{"A, R", "AR", "", "", letterCell},
		{"RA", "AR", "", "", letterCell},
		{"R·A", "AR", "", "", letterCell},
		{"I\nC", "CI", "", "", letterCell},
		{"A & R", "AR", "", "", letterCell},
		{"A and R", "AR", "", "", letterCell},
		{"RACI", "ARCI", "", "", letterCell},
		{"S", "S", "", "", letterCell},
		{"r", "R", "", "lower-case", letterCell},
		{"ra", "AR", "", "lower-case", letterCell},
		{"R.", "R", "", "punctuation", letterCell},
		{"A/A", "A", "", "repeated-letter", letterCell},
		{"**R/A** (scope)", "AR", "scope", "formatting", letterCell},
		{"R (Chair)", "R", "Chair", "note", letterCell},
		{"C (if asked)", "C", "if asked", "note", letterCell},
		{"(I)", "I", "", "brackets", letterCell},
		{"R: signs the form", "R", "signs the form", "note", letterCell},
		{"C – if asked", "C", "if asked", "note", letterCell},
		{"Responsible", "R", "", "word", letterCell},
		{"Accountable / Responsible", "AR", "", "word", letterCell},
		{"informé", "I", "", "word", letterCell},
		{"Rechenschaftspflichtig", "A", "", "word", letterCell},
		{"А/С", "AC", "", "look-alike", letterCell}, // Cyrillic
		{"Ｒ", "R", "", "look-alike", letterCell},
		{"X", "X", "", "", oddCell},
		{"R/V", "RV", "", "", oddCell},
		{"✓", "✓", "", "", oddCell},
		{"1", "", "", "", textCell},
		{"scar", "", "", "", textCell},
		{"Jonas", "", "", "", textCell},
		{"R or A", "", "", "", textCell},
		{"R)", "", "", "", textCell},
		{"Service desk (R)", "", "", "", textCell},
	}
	for _, tt := range tests {
		got := readCell(tt.raw)
		if strings.Join(got.Letters, "") != tt.letters || got.Note != tt.note || got.repair != tt.repair || got.kind != tt.kind {
			t.Errorf("%q: got %v, note %q, repair %q, kind %d", tt.raw, got.Letters, got.Note, got.repair, got.kind)
		}
	}
}

// shown renders a grid: a row "section / id name: AR|C||" per activity.
func shown(g Grid) []string {
	out := []string{strings.Join(g.Roles, "|")}
	for _, a := range g.Activities {
		var cells []string
		for _, r := range g.Roles {
			cells = append(cells, strings.Join(a.Cells[r].Letters, ""))
		}
		prefix := ""
		if a.Section != "" {
			prefix = a.Section + " / "
		}
		if a.ID != "" {
			prefix += a.ID + " "
		}
		out = append(out, prefix+a.Name+": "+strings.Join(cells, "|"))
	}
	return out
}

func codesOf(problems []Problem) []string {
	out := []string{}
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%d %s", p.Line, p.Code))
	}
	return out
}

func TestPlainGrids(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
		problems   []string
	}{
		{
			"problems of rows", "Task,PM,Dev,QA\nOne,A,R,C\nTwo,A,A,R\nThree,A,C,I\nFour,R,C,I\nOne,A/R,x?,W\n",
			[]string{"PM|Dev|QA", "One: A|R|C", "Two: A|A|R", "Three: A|C|I", "Four: R|C|I", "One: AR||W"},
			[]string{"3 several-accountable", "4 no-responsible", "5 no-accountable", "6 unknown-letter", "6 duplicate-activity"},
		},
		{
			"id, group filled once, notes", "No,Phase,Activity,PM,Dev,Comments\n1.1,Plan,Scope,A,R,soon\n1.2,,Budget,A/R,-,\n2.1,Build,Code,I,A/R,\n",
			[]string{"PM|Dev", "Plan / 1.1 Scope: A|R", "Plan / 1.2 Budget: AR|", "Build / 2.1 Code: I|AR"}, []string{},
		},
		{
			"sections, blank rows, trailing notes and legend",
			"Our matrix\n\nActivity,PM,Dev\nPlan,,\nScope,A,R\n\nBuild,,\nCode,I,R/A\n\nR = Responsible,,\nA = Accountable,,\nSee the wiki,,\n",
			[]string{"PM|Dev", "Plan / Scope: A|R", "Build / Code: I|AR"}, []string{"12 row-without-letters"},
		},
		{
			"legend in two cells", "Activity,PM,Dev\nScope,A,R\nCode,I,R/A\nLegend,,\nR,Responsible,\nA,Accountable,\n",
			[]string{"PM|Dev", "Scope: A|R", "Code: I|AR"}, []string{},
		},
		{
			"legend beside the grid", "Activity,PM,Dev,,\nScope,A,R,,R = Responsible\nCode,I,R/A,,A = Accountable\n",
			[]string{"PM|Dev", "Scope: A|R", "Code: I|AR"}, []string{},
		},
		{
			"numbered activity without letters", "#,Task,PM,Dev\n1,Scope,A,R\n2,Wait,,\n3,Code,A,R\n",
			[]string{"PM|Dev", "1 Scope: A|R", "2 Wait: |", "3 Code: A|R"}, []string{"3 no-accountable", "3 no-responsible"},
		},
		{
			"duplicate and missing role names", "Task,Dev,Dev,\nScope,A,R,C\nCode,A,R,I\n",
			[]string{"Dev|Dev (2)|Column D", "Scope: A|R|C", "Code: A|R|I"}, []string{"1 duplicate-role", "1 no-role-name"},
		},
		{
			"a role without a letter", "Task,PM,Audit,Dev,Board\nScope,A,,R,\nCode,A,,R,\n",
			[]string{"PM|Audit|Dev|Board", "Scope: A||R|", "Code: A||R|"}, []string{},
		},
		{
			"ragged and lower case", "Task;PM;Dev;QA\nScope;a;r\nCode;a;r;c\n",
			[]string{"PM|Dev|QA", "Scope: A|R|", "Code: A|R|C"}, []string{},
		},
		{
			"letters without a name", "Task,PM,Dev\nScope,A,R\n,A,R\n",
			[]string{"PM|Dev", "Scope: A|R", ": A|R"}, []string{"3 no-activity-name"},
		},
		{
			"roles that read like letters", "Task,CA,SA,Dev\nScope,A,R,C\nCode,A,C,R\nTest,C,A,R\n",
			[]string{"CA|SA|Dev", "Scope: A|R|C", "Code: A|C|R", "Test: C|A|R"}, []string{},
		},
		{
			"activities to the right", "PM,Dev,Task\nA,R,Scope\nA,C/R,Code\n",
			[]string{"PM|Dev", "Scope: A|R", "Code: A|RC"}, []string{},
		},
		{
			"key is an ordinary word", "Task,PM,Dev\nKey management,A,R\nLegend,,\nCode,A,R\n",
			[]string{"PM|Dev", "Key management: A|R", "Code: A|R"}, []string{},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := ReadGrid("x.csv", []byte(tt.text), GridOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shown(g)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.problems, codesOf(g.Problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNotesAndRepairsAreKept(t *testing.T) {
	g, err := ReadGrid("team raci.csv", []byte("Release matrix\nTask,PM,Dev,Remark\nPlan,,,\nScope,a,R (lead),by May\nCode,A,R,\nThe end,,,\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if g.Name != "Release matrix" || g.Where != "line 2" || g.Activities[0].Note != "by May" || g.Activities[0].Cells["Dev"].Note != "lead" {
		t.Errorf("got %+v", g)
	}
	want := []Repair{
		{"section", "line 3", "Plan", "the heading of the rows from line 4 on", false},
		{"lower-case", "line 4, PM", "a", "A", true},
		{"note", "line 4, Dev", "R (lead)", "R with the note “lead”", true},
	}
	if diff := cmp.Diff(want, g.Repairs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Note{{6, "The end"}}, g.Notes); diff != "" {
		t.Error(diff)
	}
}

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

// Whichever way round a grid is, it is read as activities with letters by role.
func TestOrientations(t *testing.T) {
	tests := []struct {
		name, text  string
		orientation Orientation
		want        []string
	}{
		{"roles in cells", "Activity,Responsible,Accountable,Informed\nScope,\"Dev, QA (if asked)\",PM,-\nCode,Dev,PM,QA\n", ActivityLetter,
			[]string{"Dev|QA|PM", "Scope: R|R|A", "Code: R|I|A"}},
		{"roles in cells under letters", "Área,R,A,C\nBusca,Dev,PM,Legal / Dev\n,,,\nEventos,Lead,PM,QA\n", ActivityLetter,
			[]string{"Dev|PM|Legal|Lead|QA", "Busca: RC|A|C||", "Eventos: |A||R|C"}},
		{"joined names", "Task,R,A\nScope,Legal,PM\nCode,Dev,PM\nShip,Legal/Dev,PM\nTalk,PM/Boss,PM\n", ActivityLetter,
			[]string{"Legal|PM|Dev|PM/Boss", "Scope: R|A||", "Code: |A|R|", "Ship: R|A|R|", "Talk: |A||R"}},
		{"people and marks", "Person,Responsible,Accountable\nAnn,x,\nBo,no,x\n", PersonLetter, []string{"Ann|Bo", "x: R|A"}},
		{"people and own letters", "Person,Responsible,Accountable,Informed\nAnn,R,,\nBo,,A,\nCy,,,I\n", PersonLetter, []string{"Ann|Bo|Cy", "x: R|A|I"}},
		{"roles down the side", "Role,Scope,Code,Test\nPM,A,A,C\nDev,R,R,A\nQA,C,I,R\n", RoleActivity,
			[]string{"PM|Dev|QA", "Scope: A|R|C", "Code: A|R|I", "Test: C|A|R"}},
		{"roles down the side, no heading", ",Scope,Code,Test,Ship\nPM,A,A,A,A\nDev,R,R,R,C\nQA,C,I,R,R\n", RoleActivity,
			[]string{"PM|Dev|QA", "Scope: A|R|C", "Code: A|R|I", "Test: A|R|R", "Ship: A|C|R"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := ReadGrid("x.csv", []byte(tt.text), GridOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, shown(g)); diff != "" || g.Orientation != tt.orientation || g.Verdict != IsRACI {
				t.Errorf("%s %s %s", g.Verdict, g.Orientation, diff)
			}
		})
	}
}

func TestLegendExplains(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte("Task,DIR,Dev\nScope,A,V\nCode,A,R\nTest,A,W\n,,\nV = verantwortlich; W = Witness,,\nDIR: IT Director,,\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Activities[0].Cells["Dev"].RACI(); got != "R" {
		t.Errorf("V became %q", got)
	}
	if diff := cmp.Diff(Legend{"DIR": "IT Director", "W": "Witness"}, g.Legend); diff != "" {
		t.Error(diff)
	}
	if len(g.Repairs) == 0 || g.Repairs[0].Code != "by-legend" || !slices.Contains(codesOf(g.Problems), "4 unknown-letter") {
		t.Errorf("repairs %v, problems %v", g.Repairs, codesOf(g.Problems))
	}
}

func TestTooLargeForAGrid(t *testing.T) {
	text := "Task,PM\n" + strings.Repeat("Scope,A\n", gridRows+1)
	if _, err := ReadGrid("x.csv", []byte(text), GridOptions{}); CodeOf(err) != NotRACI || !strings.Contains(err.Error(), "2,002 rows") {
		t.Errorf("got %v", err)
	}
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
