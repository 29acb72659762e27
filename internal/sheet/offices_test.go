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
		{"a description of the roles is no legend", "x.csv", "Role,Description,Plan,Build,Run\nPO,owns it,A,A,I\nDev,writes code,C,R,C\nOps,keeps it up,R,I,A/R\n", []string{"PO|Dev|Ops", "Plan: A|C|R", "Build: A|R|I", "Run: I|C|AR"}},
		{"a greeting below a gap is no activity", "x.csv", "Activity,Ann,Bo\nBook,A,R\nInvite,A,R\n\nRegards,,\nIngrid,,\n", []string{"Ann|Bo", "Book: A|R", "Invite: A|R"}},
		{"lists within lists", "x.md", "- Before day one\n  - Contract\n    - HR: A/R\n  - Laptop\n    - Lead: A\n    - IT: R\n- Day one\n  - Welcome\n    - Lead: A/R\n    - IT: I\n",
			[]string{"HR|Lead|IT", "Before day one / Contract: AR||", "Before day one / Laptop: |A|R", "Day one / Welcome: |AR|I"}},
		{"a column of owners where none is for who answers", "x.csv", "Activity,Process owner,Responsible,Consulted,Informed\nCreate,Buyer,Clerk,Tax,CFO\nDelete,CFO,IT,Buyer,Audit\n",
			[]string{"Buyer|Clerk|Tax|CFO|IT|Audit", "Create: A|R|C|I||", "Delete: C|||A|R|I"}},
		{"a legend beside the grid below other lines", "x.csv", "Project,Apollo,,,,Instructions\nLead,L. Chen,,,,1. List the tasks.\n,,,,,2. Put the team in row 5.\n\nTask,Ana,Bo,,RACI key,\nDraft,R,A,,R,Responsible\nReview,C,A/R,,A,Accountable\nPublish,I,A/R,,C,Consulted\nArchive,R,A,,I,Informed\n",
			[]string{"Ana|Bo", "Draft: R|A", "Review: C|AR", "Publish: I|AR", "Archive: R|A"}},
		{"roles down the side that nothing heads", "x.csv", ",Plan event,Book hall,Invite guests,Run event\nChair,A,A,I,A\nSecretary,R,R,R,C\nTreasurer,C,C,,I\nVolunteers,,,C,R\n",
			[]string{"Chair|Secretary|Treasurer|Volunteers", "Plan event: A|R|C|", "Book hall: A|R|C|", "Invite guests: I|R||C", "Run event: A|C|I|R"}},
		{"numbers below letters", "x.csv", ",Step,Clerk,Lead\nA,Intake,,\nA1,Receive,R,A\nA2,Check,R,A\nB,Handling,,\nB1,Decide,C,A/R\n", []string{"Clerk|Lead", "Intake / A1 Receive: R|A", "Intake / A2 Check: R|A", "Handling / B1 Decide: C|AR"}},
		{"what is mandatory is no role", "x.csv", "Gate,Deliverable,PM,Sponsor,Mandatory\nG0,Idea,R,A,M\nG0,Sizing,R,A,O\nG1,Case,A,R,M\n", []string{"PM|Sponsor", "G0 / Idea: R|A", "G0 / Sizing: R|A", "G1 / Case: A|R"}},
		{"teams that are told apart by numbers", "x.csv", "Activity,Team 1,Team 2,Board\nBudget,R,,A\nReport,R,C,A\n", []string{"Team 1|Team 2|Board", "Budget: R||A", "Report: R|C|A"}},
		{"words of two parts", "x.csv", "Tätigkeit;GL;QM;Lager\nPrüfen;V;M;D\nSperren;E;D;I\n;;;\n\"E = entscheidet, V = verantwortlich, D = führt durch, M = wirkt mit, I = wird informiert\";;;\n", []string{"GL|QM|Lager", "Prüfen: A|C|R", "Sperren: A|R|I"}},
		{"signs that a legend explains", "x.csv", "業務,企画部,開発部\n要件,◎,○\n設計,△,◎\n凡例：◎＝責任者　○＝担当　△＝相談,,\n", []string{"企画部|開発部", "要件: A|R", "設計: C|A"}},
		{"roles of a letter that are explained below", "x.csv", "Task,P,Q,D\nPlan,A,R,C\nBuild,A,C,R\nP = Project manager,,,\nQ = Quality lead,,,\n", []string{"P|Q|D", "Plan: A|R|C", "Build: A|C|R"}},
		{"a table around a letter", "x.html", "<table><tr><th>Task</th><th>Lead</th><th>Crew</th></tr><tr><td>Lift</td><td><table><tr><td>A</td></tr></table></td><td>R</td></tr><tr><td>Sign</td><td>A</td><td>R</td></tr></table>",
			[]string{"Lead|Crew", "Lift: A|R", "Sign: A|R"}},
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

// So is Hungarian, and a column of a letter and its names below the step that they do.
func TestHungarianAndStepsDown(t *testing.T) {
	text, err := charmap.Windows1250.NewEncoder().String("Tevékenység;Igazgató;Jogász\nElőkészítés;A;R\nDöntés;A;R\n")
	if err != nil {
		t.Fatal(err)
	}
	if g, err := ReadGrid("x.csv", []byte(text), GridOptions{}); err != nil || g.Activities[0].Name != "Előkészítés" {
		t.Errorf("got %v, %v", g.Activities, err)
	}
	g, err := ReadGrid("x.csv", []byte("Step,Receive goods\nResponsible,Buyer\nAccountable,Head of purchasing\nInformed,Warehouse\n"), GridOptions{})
	if err != nil || len(g.Activities) != 1 || g.Activities[0].Name != "Receive goods" || len(g.Roles) != 3 {
		t.Errorf("got %v, %v", g, err)
	}
	if _, err := ReadGrid("x.csv", []byte("Action,What it is\nResponsible,Does the work\nAccountable,Answers for it\nInformed,Is told\n"), GridOptions{}); CodeOf(err) != NotRACI {
		t.Errorf("a legend was read: %v", err)
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

// A column of nothing but a word for some other part is a role's, and what the word means is asked.
func TestAColumnOfAnotherPart(t *testing.T) {
	for _, column := range []string{"Head of unit", "Notary"} {
		reading, err := ReadGrids("x.csv", []byte("Document,Author,QA,"+column+",Office\nProtocol,R,A,Signatory,I\nReport,R,A,Signatory,I\nLabel,A,R,Signatory,C\nSOP,R,A,Signatory,I\n"), GridOptions{})
		if err != nil || !slices.Contains(reading.Grids[0].Roles, column) || !slices.ContainsFunc(reading.Grids[0].Problems, func(p Problem) bool { return p.Code == "unknown-letter" }) {
			t.Errorf("got %v, %v", reading.Grids, err)
		}
	}
	g, err := ReadGrid("x.csv", []byte("Document,Author,QA,Status\nProtocol,R,A,Open\nReport,R,A,Open\nLabel,A,R,Open\n"), GridOptions{})
	if err != nil || len(g.Roles) != 2 {
		t.Errorf("a state is no role: %v, %v", g.Roles, err)
	}
}

// A number of roles says nothing that the letters do not, wherever it stands; a comment beside it is kept.
func TestNumbersOfRolesAreLeftOut(t *testing.T) {
	for _, text := range []string{"Task,No. of roles,PM,Dev,Comment\nPlan,2,A,R,ask Bob\nShip,9,A,R,\n", "Task,PM,Dev,# roles,Comment\nPlan,A,R,2,ask Bob\nShip,A,R,9,\n", "Anzahl Rollen,Task,PM,Dev,Comment\n2,Plan,A,R,ask Bob\n9,Ship,A,R,\n"} {
		g, err := ReadGrid("x.csv", []byte(text), GridOptions{})
		if err != nil || len(g.Repairs) != 1 || g.Repairs[0].Code != "count-column" || g.Activities[0].Note != "ask Bob" || g.Activities[0].Section != "" {
			t.Errorf("got %v, repairs %v, %v", g.Activities, g.Repairs, err)
		}
	}
}

// What looks like RACI and has letters of another system, or answers, in it is never taken silently.
func TestOtherLettersAreDoubtful(t *testing.T) {
	for name, text := range map[string]string{
		"columns of RAPID":   "Decision,R,A,P,I,D\nBudget,CFO,COO,Controller,Teams,CEO\nHiring,HR,CFO,Recruiter,Teams,COO\n",
		"numbered columns":   "Nr,Item 1,Item 2,Item 3\nAnna,A,C,A\nBert,C,C,R\nClara,A,I,A\n",
		"one letter a row":   "Product,Reduced,Standard,Exempt\nBread,R,,\nWine,,A,\nBooks,R,,\nCare,,,I\n",
		"a line of meanings": "System,Ann,Bob,Cy\nERP,A,R,R\nCRM,R,A,\nDMS,R,R,A\nA = Admin,R = Read-only,,\n",
		"answers":            "Question,Ann,Bob,Cy\nCapital of Norway?,A,C,A\nLargest planet?,C,A,R\nFastest animal?,A,R,I\n",
	} {
		if reading, err := ReadGrids("x.csv", []byte(text), GridOptions{}); err != nil || reading.Grids[0].Verdict != Doubtful {
			t.Errorf("%s: %v, %v", name, reading.Grids, err)
		}
	}
	if _, err := ReadGrid("x.csv", []byte("Задача;Лидер;Отдел\nСбор;У;О\nСборка;О;У\n"), GridOptions{}); CodeOf(err) != NotRACI || !strings.Contains(err.Error(), "the letters О and У") {
		t.Errorf("letters that nobody explains: %v", err)
	}
}

// What a text or a page strikes out is said, as a workbook's is.
func TestStruckOutInMarkup(t *testing.T) {
	for file, text := range map[string]string{
		"x.md":   "| Task | PM | Dev |\n|---|---|---|\n| Plan | ~~R~~ A | R |\n| Ship | A | R |\n",
		"x.html": "<table><tr><th>Task</th><th>PM</th><th>Dev</th></tr><tr><td>Plan</td><td><s>R</s> A</td><td>R</td></tr><tr><td>Ship</td><td>A</td><td>R</td></tr></table>",
	} {
		g, err := ReadGrid(file, []byte(text), GridOptions{})
		if err != nil || len(g.Repairs) != 1 || g.Repairs[0].Code != "struck-out" || g.Repairs[0].Was != "R" || g.Repairs[0].Became != "A" || len(g.Notes) != 0 {
			t.Errorf("%s: %v, notes %v, %v", file, g.Repairs, g.Notes, err)
		}
	}
}

// A grid is called by what stands over it, also where it is a list or lies in a cell.
func TestNamesOfListsAndOfTablesInCells(t *testing.T) {
	for file, text := range map[string]string{
		"x.md":   "# Onboarding\n\n**Contract**\n- Responsible: HR\n- Accountable: Lead\n\n**Laptop**\n- Responsible: IT\n- Accountable: Lead\n",
		"x.html": "<table><tr><td>Menu</td><td><h2>Onboarding</h2><table><tr><th>Task</th><th>HR</th><th>IT</th></tr><tr><td>Contract</td><td>A</td><td>R</td></tr><tr><td>Laptop</td><td>A</td><td>R</td></tr></table></td></tr></table>",
		"x.yaml": "process: Onboarding\nactivities:\n  - activity: Contract\n    responsible: [HR]\n    accountable: Lead\n  - activity: Laptop\n    responsible: [IT]\n    accountable: Lead\n",
	} {
		reading, err := ReadGrids(file, []byte(text), GridOptions{})
		if plain := reading.Plain(); err != nil || len(plain) != 1 || plain[0].Name != "Onboarding" {
			t.Errorf("%s: %v, %v", file, reading.Grids, err)
		}
	}
}

// The letter behind a word is what the sheet means by it; where the word alone would say another, that is a guess.
func TestLettersInBracketsBehindAWord(t *testing.T) {
	for raw, want := range map[string]string{
		"Verantwortlich (A)":    "A word guess",
		"Verantwortlich (R)":    "R word",
		"Durchführend (R)":      "R word",
		"Responsible (A/R)":     "AR word guess",
		"Responsible (Chair)":   "R note Chair",
		"Consulted (if urgent)": "C note if urgent",
		"A (Accountable)":       "A note",
	} {
		r := readCell(raw)
		got := strings.TrimSpace(strings.Join(r.Letters, "") + " " + r.repair)
		if r.Note != "" {
			got += " " + r.Note
		}
		if !r.sure {
			got += " guess"
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", raw, got, want)
		}
	}
}
