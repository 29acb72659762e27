package sheet

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// What a careful person reads in grids as offices of many kinds have them.
func TestGridsOfManyHands(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string
	}{
		{"a column of words with a dash in them is no role's", "x.csv", "Activity,As-is / To-be,HR,IT\nHire,As-is,A/R,I\nHire,To-be,A,R\nPay,As-is,R,A\n", []string{"HR|IT", "Hire: AR|I", "Hire: A|R", "Pay: R|A"}},
		{"a mark behind a space", "x.csv", "Activity,Desk,L2\nLog,A,r\nTriage,A,C ?\nFix,A/R,I †\n", []string{"Desk|L2", "Log: A|R", "Triage: A|C", "Fix: AR|I"}},
		{"a sign for information that stands alone", "x.md", "| Task | PM | Dev |\n|---|---|---|\n| Plan | 🅰️ | 🇷 |\n| Code | 🅰️/🇷 | ℹ️ |\n", []string{"PM|Dev", "Plan: A|R", "Code: AR|I"}},
		{"answers beside the letters are no role's", "x.csv", "Activity,PM,Dev,QA,Complete?,Approved\nPlan,A/R,C,,Y,N\nBuild,A,R,I,N,N\nTest,A,C,R,N,Y\n", []string{"PM|Dev|QA", "Plan: AR|C|", "Build: A|R|I", "Test: A|C|R"}},
		{"how urgent and how far is no group", "x.csv", "Prio,Status,Due,Area,Activity,CEO,CTO\nHigh,Open,2026-01-02,Law,Sign,A/R,C\nLow,Done,2026-02-02,Law,Print,A,R\nHigh,Open,2026-03-02,IT,Move,I,A/R\n",
			[]string{"CEO|CTO", "Law / Sign: AR|C", "Law / Print: A|R", "IT / Move: I|AR"}},
		{"whose something is is not what is done", "x.csv", "Control,Description,Control owner,1st line,2nd line\nC-01,Check payments,J. Doe,R,A\nC-02,Review access,M. Roe,R,A\nC-03,Screen vendors,J. Doe,C,A/R\n",
			[]string{"1st line|2nd line", "C-01 Check payments: R|A", "C-02 Review access: R|A", "C-03 Screen vendors: C|AR"}},
		{"the second of two rows of a head names people", "x.csv", "Activity,Product Owner,Scrum Master\n,Ines M.,P. Kern\nRefine,A/R,C\nRetro,I,A/R\n", []string{"Product Owner|Scrum Master", "Refine: AR|C", "Retro: I|AR"}},
		{"a group called Do", "x.csv", ",Plan,,Do,\nRole,Scope,Budget,Build,Test\nSponsor,A,A,I,I\nPM,R,R,A,A\nEngineer,C,C,R,R\n",
			[]string{"Sponsor|PM|Engineer", "Plan / Scope: A|R|C", "Plan / Budget: A|R|C", "Do / Build: I|A|R", "Do / Test: I|A|R"}},
		{"who decides beside who is responsible and who does", "x.csv", "Schritt;Sachbearbeitung;Leitung;Amt\nBescheid;D;V;B\nWiderspruch;D;E;I\n\"D = Durchführung, V = Verantwortung, B = Beratung, I = Information, E = Entscheidung\";;;\n",
			[]string{"Sachbearbeitung|Leitung|Amt", "Bescheid: R|A|C", "Widerspruch: R|A|I"}},
	}
	for _, tt := range tests {
		g, err := ReadGrid(tt.file, []byte(tt.text), GridOptions{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, shown(g)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if i := slices.IndexFunc(g.Problems, func(p Problem) bool { return p.Code == "row-without-letters" || p.Code == "unknown-letter" }); i >= 0 {
			t.Errorf("%s: asks %v", tt.name, g.Problems[i])
		}
	}
}

// A grid is called by the line above it that names it, whatever else stands between.
func TestTitlesAmongOtherLines(t *testing.T) {
	grid := "Task,PM,Dev\nLog,A,R\nFix,A,R\n"
	for above, want := range map[string]string{
		"Payroll,,\nPrepared by:,K. Vogel,\nDate:,2025-01-31,\n":                  "Payroll",
		"City hospital,,\n,RACI of discharges,Rev. 3\n":                           "RACI of discharges",
		"Access,,\n\"R = responsible, A = accountable\",,\n":                      "Access",
		"Ministry of works,,\nRASCI of the access process,,\nR = does,A = signs,": "RASCI of the access process",
		"Payroll,,\nOwner: Ann Berg,,\n":                                          "Payroll",
		"Status:,Draft,\n":                                                        "x",
	} {
		g, err := ReadGrid("x.csv", []byte(strings.TrimSuffix(above, "\n")+"\n"+grid), GridOptions{})
		if err != nil || g.Name != want || !strings.Contains(above, "RASCI") && len(g.Notes)+1 < strings.Count(above, "\n") {
			t.Errorf("%q: %q, want %q, notes %v, %v", above, g.Name, want, g.Notes, err)
		}
	}
}

// Names of groups above a head of unlike names are said although the columns before are headed there, too.
func TestGroupsAboveBesideACorner(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte("Area,Step,Business,,IT\n,,Sponsor,Key user,Developer\nIn,Collect,A,R,C\nIn,Rank,A,C,R\n"), GridOptions{})
	if err != nil || len(g.Repairs) == 0 || g.Repairs[0].Code != "head-group" || g.Repairs[0].Became != "Business: Sponsor, Key user · IT: Developer" {
		t.Errorf("got %v, %v", g.Repairs, err)
	}
}

// An abbreviation may have small letters in it.
func TestAbbreviationsOnAnotherSheet(t *testing.T) {
	book := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "Step", "HoD", "REG")
		setRow(t, f, "Sheet1", "A2", "Admit", "A", "R")
		setRow(t, f, "Sheet1", "A3", "Award", "A", "R")
		if _, err := f.NewSheet("Short"); err != nil {
			t.Fatal(err)
		}
		setRow(t, f, "Short", "A1", "Abbreviation", "Stands for")
		setRow(t, f, "Short", "A2", "HoD", "Head of Department")
		setRow(t, f, "Short", "A3", "REG", "Registrar")
	})
	if g, err := ReadGrid("x.xlsx", book, GridOptions{}); err != nil || g.Legend["HoD"] != "Head of Department" {
		t.Errorf("got %v, %v", g.Legend, err)
	}
}

// A few letters of Central Europe within words are enough to tell the encoding of a short file.
func TestAShortFileOfCentralEurope(t *testing.T) {
	text, err := charmap.Windows1250.NewEncoder().String("Zadanie;Kierownik;Audytor\nPlan;A;R\nPrzegląd;A;R\n")
	if err != nil {
		t.Fatal(err)
	}
	if g, err := ReadGrid("x.csv", []byte(text), GridOptions{}); err != nil || g.Activities[1].Name != "Przegląd" {
		t.Errorf("got %v, %v", g.Activities, err)
	}
}

// What is struck out in one of two grids beside each other is said of that one, once.
func TestStruckOutBesideAnother(t *testing.T) {
	book := workbookBytes(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", "A1", "Role", "Plan", "Build", "", "Role", "Run", "Stop")
		setRow(t, f, "Sheet1", "A2", "Lead", "A", "A", "", "Owner", "A", "A")
		setRow(t, f, "Sheet1", "A3", "Team", "R", "R", "", "Desk", "C", "R")
		setRow(t, f, "Sheet1", "A4", "Test", "C", "I", "", "Audit", "I", "I")
		struck, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", "F3", "F3", struck); err != nil {
			t.Fatal(err)
		}
	})
	reading, err := ReadGrids("x.xlsx", book, GridOptions{})
	if err != nil || len(reading.Grids) != 2 {
		t.Fatalf("%v, %v", reading, err)
	}
	var said []string
	for _, g := range reading.Grids {
		for _, r := range g.Repairs {
			if r.Code == "struck-out" {
				said = append(said, g.Key+" "+r.Where+": "+r.Was)
			}
		}
		for _, n := range g.Notes {
			said = append(said, n.Text)
		}
	}
	if diff := cmp.Diff([]string{"1.2 line 3: C"}, said); diff != "" {
		t.Error(diff)
	}
}
