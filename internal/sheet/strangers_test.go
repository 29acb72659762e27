package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What these files hold was seen in files of strangers; the names are invented.
func TestReadAsAPersonWould(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             []string
	}{
		{"wide brackets", "x.csv", "作業,部長,担当\n計画,A,R（別の人）\n確認,C（必要時）,A\n", []string{"部長|担当", "計画: A|R", "確認: C|A"}},
		{"codes before names", "x.md", "| Contract | Lead | Crew | Owner |\n|---|---|---|---|\n| C-AB-01 Schema | RA | C | A (signs) |\n| C-AB-02 Moves | RA (joint) | I | A (signs) |\n",
			[]string{"Lead|Crew|Owner", "C-AB-01 Schema: AR|C|A", "C-AB-02 Moves: AR|I|A"}},
		{"roles down the side under no heading", "x.csv", ",Take order,Check stock,Refund\nShop assistant,A/R,C,R\nService representative,I,A/R,A\n",
			[]string{"Shop assistant|Service representative", "Take order: AR|I", "Check stock: C|AR", "Refund: R|A"}},
		{"sentences beside the names of a row per letter", "x.md", "# RACI\n\n| Role | Who | What it means here |\n|---|---|---|\n| Responsible | Ann Berg | Writes the scripts and the guards. |\n" +
			"| Accountable | Ann Berg | Owns it when something is left broken. |\n| Consulted | Whoever is next | The only source of what is confusing. |\n",
			[]string{"Ann Berg|Whoever is next", "x: AR|C"}},
		{"the same head below the heading of each section", "x.csv", "RACI by phase,,,\n,PM,Dev,QA\nPlan,,,\nScope,A/R,C,C\nBuild,,,\n,PM,Dev,QA\nCode,A,R,I\n",
			[]string{"PM|Dev|QA", "Plan / Scope: AR|C|C", "Build / Code: A|R|I"}},
		{"the same head below headings under one title", "x.csv", "RACI of the move,,,\nPlan,,,\nTask,PM,Dev,QA\nScope,A/R,C,C\n,,,\nBuild,,,\nTask,PM,Dev,QA\nCode,A,R,I\n",
			[]string{"PM|Dev|QA", "Plan / Scope: AR|C|C", "Build / Code: A|R|I"}},
		{"a column that says of every row that it is RACI", "x.md", "| ID | Activity | Frame | Accountable | Responsible | Consulted | Informed |\n|---|---|---|---|---|---|---|\n" +
			"| SPEC | Write it down | RACI | tech-lead | architect | cartographer | critic |\n| IMPL | Build it | RACI | tech-lead | builder | architect | tester |\n",
			[]string{"tech-lead|architect|cartographer|critic|builder|tester", "SPEC Write it down: A|R|C|I||", "IMPL Build it: A|C|||R|I"}},
		{"a range of names", "x.md", "# RACI\n\n- Roadmap\n  - R: A0\n  - A: A0\n  - I: A1–A3, A7\n- Risks\n  - R: A0, A6\n  - A: A0\n  - C: A4\n",
			[]string{"A0|A1–A3|A7|A6|A4", "Roadmap: AR|I|I||", "Risks: AR|||R|C"}},
		{"who owns beside who approves", "x.csv", "Decision,Owner,Approver,Consulted,Informed\nPublish,Board,Head,Privacy,Teams\nRetire,Author,Board,Users,Teams\n",
			[]string{"Board|Head|Privacy|Teams|Author|Users", "Publish: R|A|C|I||", "Retire: A|||I|R|C"}},
		{"one row of letters below a heading", "x.md", "## Listing\n\n| Role | HEAD | DESK | LEGAL | LAB |\n|---|---|---|---|---|\n| RACI | A | R | C* | A (drugs) |\n",
			[]string{"HEAD|DESK|LEGAL|LAB", "Listing: A|R|C|A"}},
		{"a letter for each role beside what it does there", "x.md", "# Casting\n\n| Rol | Responsabilidad en este proceso | R/A/C/I |\n|---|---|---|\n| Supervisor | Dirige el arranque | A |\n| Operador | Nivel y rampa | R |\n| Grúa | Coloca la olla | R (izaje) |\n| Proceso | Consignas | C |\n",
			[]string{"Supervisor|Operador|Grúa|Proceso", "Casting: A|R|R|C"}},
		{"words beside others that are none", "x.md", "| Task | Agency | Client |\n|---|---|---|\n| Explore | Accountable / Resp | Consulted / Informed |\n| Draw | Accountable / Resp | Reviewer / Sign-Off |\n| Write | Consulted / Formatting | Responsible / Accountable |\n| Sign | Informed | Accountable / Signer |\n",
			[]string{"Agency|Client", "Explore: AR|CI", "Draw: AR|", "Write: C|AR", "Sign: I|A"}},
		{"a text with all letters under each key", "x.yaml", "raci:\n  decisions:\n    technical: \"R: Tech lead, A: Architect, C: Team\"\n    budget: \"R: PM, A: Sponsor, C: Team\"\n",
			[]string{"Tech lead|Architect|Team|PM|Sponsor", "technical: R|A|C||", "budget: ||C|R|A"}},
		{"names behind a code", "x.md", "| ID | Name | RACI |\n|---|---|---|\n| PB_PT_001 | Partner health | R: Partner, A: Head |\n| PB_PT_002 | Joint plan | R: Partner, A: Head |\n",
			[]string{"Partner|Head", "Partner health: R|A", "Joint plan: R|A"}},
		{"one line that calls itself RACI", "x.md", "# Story 0.1 Types\n\n**Epic:** Hardening\n**RACI:** R=@dev, A=Tech Lead, C=@data, I=squad\n", []string{"@dev|Tech Lead|@data|squad", "Story 0.1 Types: R|A|C|I"}},
		{"a row of words that nobody knows", "x.csv", "Activity,Dev,Lead,QA\nPlan,A,R,C\nBuild,watches,drives,helps\nShip,R,A,I\nClose,I,R,A\n",
			[]string{"Dev|Lead|QA", "Plan: A|R|C", "Build: ||", "Ship: R|A|I", "Close: I|R|A"}},
	}
	for _, tt := range tests {
		reading, err := ReadGrids(tt.file, []byte(tt.text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 {
			t.Errorf("%s: %d grids, %v", tt.name, len(reading.Grids), err)
			continue
		}
		if g := reading.Grids[0]; g.Verdict != IsRACI {
			t.Errorf("%s: %s, %s", tt.name, g.Verdict, g.Reasons)
		} else if diff := cmp.Diff(tt.want, shown(g)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// Letters that may be anything are no RACI grid without being asked about.
// People under a heading are those of what it names, whatever the corner of their table is called.
func TestPeopleUnderAHeadingAreOfWhatItNames(t *testing.T) {
	text := "## Liên quan\n\n| Vai trò | R | A | C | I |\n|---|---|---|---|---|\n| Ana | | ✅ | | |\n| Bo | ✅ | | | |\n| Cem | | | ✅ | ✅ |\n"
	reading, err := ReadGrids("x.md", []byte(text), GridOptions{})
	if err != nil || len(reading.Grids) != 1 || reading.Grids[0].Activities[0].Name != "Liên quan" {
		t.Errorf("%v %+v", err, reading.Grids)
	}
}

func TestDoubtedAsAPersonWould(t *testing.T) {
	tests := []struct{ name, text, says string }{
		{"letters that nothing explains among ours", "Feature,User 1,User 2,User 3\nSearch,M,A,I\nDark mode,A,I,R\nExport,I,R,A\n", "no C"},
		{"rights of which one is to approve", "Thing,Planner,Buyer,Director\nOrder,CRUD,R,R\nPrice,R,CU,A\nMaterial,R,CRUD,R\nStock,R,R,R\n", "approve"},
		{"ticks below the letters of rights among others", "Thing,C,R,U,D,A,E,Notes\nProfile,✓,✓,✓,✗,✗,✓,own\nTicket,✓,✓,✗,✗,✗,✗,own\n", "create, read"},
		{"letters where names would be", "Role,Who,R,A,C,I\nFounder,owner,A,A,I,I\nEngineering,crew,R,I,A,I\nClient,customer,I,C,R,A\n", "columns of other letters"},
		{"a letter with a word in brackets, and nobody who answers", "Step,R (lead),C (supporting)\nSketch,Anna,\"Ben, Cleo\"\nLogin,Ben,Anna\n", "none for who answers"},
	}
	for _, tt := range tests {
		reading, err := ReadGrids("x.csv", []byte(tt.text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 {
			t.Errorf("%s: %d grids, %v", tt.name, len(reading.Grids), err)
			continue
		}
		if g := reading.Grids[0]; g.Verdict != Doubtful || !strings.Contains(strings.Join(g.Reasons, " "), tt.says) {
			t.Errorf("%s: %s, %s", tt.name, g.Verdict, g.Reasons)
		}
	}
}
