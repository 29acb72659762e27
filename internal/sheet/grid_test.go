package sheet

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		{"R (drafts, proposes) / A (signs)", "AR", "drafts, proposes; signs", "note", letterCell},
		{"A (signs; oversees) — staff", "A", "signs; oversees; staff", "note", letterCell},
		{"A for large ones, I for others", "AI", "A for large ones; I for others", "note", letterCell},
		{"C/R approval", "RC", "approval", "note", letterCell},
		{"R within the budget", "R", "within the budget", "note", letterCell},
		{"R responsible", "R", "", "word", letterCell},
		{"A plan", "", "", "", textCell},
		{"R→split", "R", "split", "note", letterCell},
		{"A for large ones, others never", "A", "for large ones, others never", "note", letterCell},
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

func TestSumsAreNoQuestion(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte("Task,Lead,Team,A count\nPlan,A,R,1\nBuild,A,R,1\nShip,R,A,1\n,,,3\n"), GridOptions{})
	if err != nil || len(g.Problems) != 0 || len(g.Activities) != 3 {
		t.Errorf("%v: %v, %v", err, g.Problems, g.Activities)
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
		{"people and one letter each", "Name,Title,E-mail,RACI\nAnn Lee,CTO,ann@x.example,A\nBo Chu,Engineer,bo@x.example,R\nCy Day,Lawyer,cy@x.example,C/I\n", PersonLetter,
			[]string{"Ann Lee|Bo Chu|Cy Day", "x: A|R|CI"}},
		{"a list with one letter each", "Deliverable,Role,RACI\nCharter,Sponsor,A\nCharter,PM,R\nPlan,Lead,A\nPlan,Team,R\n", List,
			[]string{"Sponsor|PM|Lead|Team", "Charter: A|R||", "Plan: ||A|R"}},
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

// What stands right above a grid names it, unless it only says something of it and a title stands over it.
// Grids in one table are each called by what stands right above them, or by their corner.
func TestSeveralGridsAreCalledByTheirOwnTitles(t *testing.T) {
	for text, want := range map[string][]string{
		"RACI of the move\nPhase 1\nTask,PM,IT\nPack,A,R\nLoad,A,R\nPhase 2\nTask,PM,Movers\nDrive,A,R\nUnload,A,R\n": {"Phase 1", "Phase 2"},
		"Build,PM,Dev\nScope,A,R\nCode,A,R\n\nRun,Ops,Desk\nLog,A,R\nFix,A,R\n":                                       {"Build", "Run"},
	} {
		reading, err := ReadGrids("x.csv", []byte(text), GridOptions{})
		var got []string
		for _, g := range reading.Grids {
			got = append(got, g.Name)
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
	}
}

// A line right above a table that calls it RACI names it, unless it is a sentence or explains the letters.
func TestATextCallsTheTableBelowIt(t *testing.T) {
	table := "| Task | PM | Dev |\n|---|---|---|\n| Plan | A | R |\n| Build | A | R |\n"
	for above, want := range map[string]string{
		"RACI - festival\n": "RACI - festival", "RACI - festival\n\nIt is on in May.\n\n": "x", "This is the RACI of all.\n": "x",
		"RACI: R = does, A = answers\n": "x", "#+CAPTION: RACI of the lab\n": "RACI of the lab",
	} {
		reading, err := ReadGrids("x.md", []byte(above+table), GridOptions{})
		if err != nil || reading.Grids[0].Name != want {
			t.Errorf("%q: %v, called %q, want %q", above, err, reading.Grids[0].Name, want)
		}
	}
}

// What stands over the names of people with a mark for each letter is what they have a part in.
func TestPeopleStandUnderTheirActivity(t *testing.T) {
	for corner, want := range map[string]string{"Audit kick-off": "Audit kick-off", "Full name": "x", "Team member": "x", "Name": "x"} {
		reading, err := ReadGrids("x.csv", []byte(corner+",R,A,C,I\nMia,x,,,\nNoel,,x,,\nOlga,,,x,x\n"), GridOptions{})
		if err != nil || reading.Grids[0].Activities[0].Name != want {
			t.Errorf("%q: %v, %v", corner, err, reading.Grids)
		}
	}
}

// A line that says with a dash what a letter stands for is no activity, whatever the language.
func TestALetterExplainedWithADashIsNoQuestion(t *testing.T) {
	reading, err := ReadGrids("x.csv", []byte("Zadanie,Rektor,Dziekan\nPlan,Z,O\nNabór,Z,O\nO – odpowiedzialny (wykonuje),,\nZ – zatwierdza,,\n"), GridOptions{})
	if err != nil || len(reading.Grids[0].Problems) > 0 {
		t.Errorf("%v, %v", err, reading.Grids)
	}
}

func TestAGridIsCalledByItsTitle(t *testing.T) {
	for above, want := range map[string]string{
		"Release matrix\n": "Release matrix", "Handle changes\nStand 1.11.2026\n": "Handle changes", "Handle changes\nVersion 2.1 of May\n": "Handle changes",
		"Handle changes\nApproved by the board.\n": "Handle changes", "The whole book\n14.2.1 Backup\n": "14.2.1 Backup", "As of 2026-11-01\n": "As of 2026-11-01",
	} {
		reading, err := ReadGrids("x.csv", []byte(above+"Task,PM,Dev,Ops\nBuild,A,R,C\nTest,A,R,I\nShip,I,A,R\n"), GridOptions{})
		if err != nil || reading.Grids[0].Name != want || reading.Grids[0].Verdict != IsRACI {
			t.Errorf("%q: %v, called %q, want %q", above, err, reading.Grids[0].Name, want)
		}
	}
}

// A space that does not break is a space: "Service desk" is one role, however it was written.
func TestASpaceThatDoesNotBreakIsASpace(t *testing.T) {
	reading, err := ReadGrids("x.csv", []byte("Task,Service\u00a0desk,PM\nLog\u00a0it,A,R\nClose,R,A\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Service desk|PM", "Log it: A|R", "Close: R|A"}, shown(reading.Grids[0])); diff != "" {
		t.Error(diff)
	}
}

// A line at the end that says that it is a note is no activity that was forgotten.
func TestANoteIsNoQuestion(t *testing.T) {
	reading, err := ReadGrids("x.csv", []byte("Task,PM,Dev\nPlan,A,R\nBuild,A,R\nNotes: the police lead,,\n"), GridOptions{})
	if err != nil || len(reading.Grids[0].Problems) > 0 || len(reading.Grids[0].Notes) != 1 {
		t.Errorf("%v, %v", err, reading.Grids)
	}
}
