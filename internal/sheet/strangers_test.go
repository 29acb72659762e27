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
		{"a single row that nobody has given letters yet", "x.csv", "Task,PM,Dev,QA\nScope,A/R,C,C\nDraw,A,R,\nShip it (to be decided),,,\nCode,A,R,I\n",
			[]string{"PM|Dev|QA", "Scope: AR|C|C", "Draw: A|R|", "Ship it (to be decided): ||", "Code: A|R|I"}},
		{"a single heading below what the corner heads", "x.csv", "Plan,PM,Dev,QA\nScope,A/R,C,C\nDraw,A,R,\nBuild,,,\nCode,A,R,I\n",
			[]string{"PM|Dev|QA", "Scope: AR|C|C", "Draw: A|R|", "Build / Code: A|R|I"}},
		{"what a role is there for", "x.md", "| Thing | R | A | C | I |\n|---|---|---|---|---|\n| Oven | Baker | Owner for the cost; Lab for tests | Shop | All |\n| Bread | Baker | Client for taste | Lab | Owner |\n| Shop | Clerk | Lab and Client for prices | Head for sales | Owner |\n",
			[]string{"Baker|Owner|Lab|Shop|All|Client|Clerk|Head for sales", "Oven: R|A|A|C|I|||", "Bread: R|I|C|||A||", "Shop: |I|A|||A|R|C"}},
		{"a word in a column of signs for no part", "x.md", "| Task | PO | BA | TL | OPS | UX |\n|---|---|---|---|---|---|\n| Scope | I | R | A | — | — |\n| Code | I | R | A | on call | — |\n| Ship | I | R | A | — | — |\n",
			[]string{"PO|BA|TL|OPS|UX", "Scope: I|R|A||", "Code: I|R|A||", "Ship: I|R|A||"}},
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
		{"activities with a code of a letter and a number", "x.md", "# RACI\n\n| Workstream | Ann | Ben | Cem |\n|---|---|---|---|\n| **C1** — Open the shop | A | R | I |\n| **C2** — Bake in the night | I | A | R |\n| S: Support | I | A | R |\n| Sell (P1–P3 / PH1–PH3) | R | C | A |\n",
			[]string{"Ann|Ben|Cem", "C1 — Open the shop: A|R|I", "C2 — Bake in the night: I|A|R", "S: Support: I|A|R", "Sell (P1–P3 / PH1–PH3): R|C|A"}},
		{"names between slashes, most of them known", "x.md", "# Ownership\n\n## Topics (RACI)\n\n* Ovens: A=Board, R=Bakery, C=Lab/Shop\n* Breakdowns: A=Lab, R=Lab/Bakery, C=Board/Shop, I=Guests\n* Prices: A=Board, R=Lab, I=Lab/Bakery/CFO\n",
			[]string{"Board|Bakery|Lab|Shop|Guests|CFO", "Ovens: A|R|C|C||", "Breakdowns: C|R|AR|C|I|", "Prices: A|I|RI|||I"}},
		{"names of accounts with a sign between", "x.md", "# Story 4\n\nRACI: R=@ann+@ben, A=@cem, C=@dee & @eli, I=@fay/@gus\n",
			[]string{"@ann|@ben|@cem|@dee|@eli|@fay|@gus", "Story 4: R|R|A|C|C|I|I"}},
		{"what a data frame writes of a sheet", "x.md", "## Sheet1\n| Unnamed: 0 | RACI of the bakery | Unnamed: 2 | Unnamed: 3 |\n| --- | --- | --- | --- |\n| NaN | NaN | NaN | NaN |\n| NaN | Owner | Baker\\n(night) | Shop |\n" +
			"| Bread | NaN | NaN | NaN |\n| Knead | A | R | NaN |\n| Bake | A | R | I |\n| Sell | NaN | NaN | A,R |\n",
			[]string{"Owner|Baker (night)|Shop", "Bread / Knead: A|R|", "Bread / Bake: A|R|I", "Bread / Sell: ||AR"}},
		{"a data frame with names over its columns", "x.md", "| Task | Owner | Baker |\n|---|---|---|\n| Knead | A | R |\n| Pay | A/R | NaN |\n| Sweep | NaN | A/R |\n", []string{"Owner|Baker", "Knead: A|R", "Pay: AR|", "Sweep: |AR"}},
		{"letters under the name of a role beside cells of names with letters", "x.md", "## RACI\n\n| Activity | Bakery lead | Units (R/C) | Support (C/I) |\n|---|---|---|---|\n| Map the ovens | **A**/R | NIGHT (R), DAY (C) | HR (I) |\n| Buy flour | **A** | DAY (R) | HR (C), LAW (C) |\n",
			[]string{"NIGHT|DAY|HR|Bakery lead|LAW", "Map the ovens: R|C|I|AR|", "Buy flour: |R|C|A|C"}},
		{"names in brackets", "x.md", "## RACI\n\n| Activity | Night | Day | Support |\n|---|---|---|---|\n| Bake | A/R | C | (HR, LAW) |\n| Sell | C | A/R | (HR) |\n",
			[]string{"Night|Day|HR|LAW", "Bake: AR|C|S|S", "Sell: C|AR|S|"}},
		{"what actors do below the words of letters", "x.md", "## RACI\n\n| # | Acteur | Responsible | Accountable | Consulted | Informed |\n|---|---|---|---|---|---|\n| 1 | Baker | Knead the dough | - | Price list | Opening hours |\n| 2 | Owner | Price list | Knead the dough | - | - |\n",
			[]string{"Baker|Owner", "Knead the dough: R|A", "Price list: C|R", "Opening hours: I|"}},
		{"signs of markup within code", "x.md", "## RACI\n\n| Task | Ann | Ben |\n|---|---|---|\n| Change (`docs/**`, `tools/**`) | A | R |\n| Run `make_it` or `_all_` | **A** | `R` |\n", []string{"Ann|Ben", "Change (docs/**, tools/**): A|R", "Run make_it or _all_: A|R"}},
		{"nobody, and why", "x.md", "## RACI\n\n| Task | R | A | C |\n|---|---|---|---|\n| Bake | Ann | — (see the lead) | Ben |\n| Sell | Ben | Ann | Cem |\n", []string{"Ann|Ben|Cem", "Bake: R|C|", "Sell: A|R|C"}},
		{"somebody else with the one of the column", "x.md", "| Decision | Ann | Ben | Cem |\n|---|---|---|---|\n| Raise prices | A | R | C |\n| Change the law firm | A | R | C + lawyer |\n", []string{"Ann|Ben|Cem", "Raise prices: A|R|C", "Change the law firm: A|R|C"}},
		{"a row for each actor of each step of a process", "x.tsv", "Process\tStep\tActor\tInvolvement\nAccess\tAsk\tUser\tResponsible\nAccess\tAsk\tManager\tAccountable\nAccess\tGrant\tAdmin\tResponsible\nAccess\tGrant\tManager\tAccountable\nAccess\tGrant\tUser\tInformed\n",
			[]string{"User|Manager|Admin", "Access / Ask: R|A|", "Access / Grant: I|A|R"}},
		{"who has no part beside a dash, each activity under its heading", "x.md", "## Bake\n\n| Who | Part |\n|---|---|\n| Baker | R |\n| Owner | A |\n| Driver | - |\n\n## Sell\n\n| Who | Part |\n|---|---|\n| Baker | C |\n| Owner | A |\n| Driver | R |\n",
			[]string{"Baker|Owner|Driver", "Bake: R|A|", "Sell: C|A|R"}},
		{"a heading that may as well be the word for who answers", "x.csv", "Entscheidung,Verantwortlich,Rechenschaft,Konsultiert,Informiert\nRezept ändern,Bäcker,Inhaberin,Labor,Verkauf\nOfen kaufen,Inhaberin,Inhaberin,Bäcker,Labor\n",
			[]string{"Bäcker|Inhaberin|Labor|Verkauf", "Rezept ändern: R|A|C|I", "Ofen kaufen: C|AR|I|"}},
		{"committees down the side", "x.md", "1. **Choosing** is done by votes.\n\n    ### RACI for choosing\n    |Committee|First choice|Last choice|Signing|\n    |---|---|---|---|\n    |Elders|Informed|Consulted|Accountable|\n    |Makers|Responsible|Responsible|Responsible|\n    |Menders|Informed|Consulted|Informed|\n",
			[]string{"Elders|Makers|Menders", "First choice: I|R|I", "Last choice: C|R|C", "Signing: A|R|I"}},
		{"one activity with a row for each of its actors", "x.md", "| actor | kind | raci | process_key | how |\n|---|---|---|---|---|\n| `BAKER` | person | responsible | `bake_bread` | by hand |\n| `OWNER` | person | accountable | `bake_bread` | signs |\n| `SHOP` | person | informed | `bake_bread` | a note |\n",
			[]string{"BAKER|OWNER|SHOP", "bake_bread: R|A|I"}},
		{"a list of lists in a block of Markdown", "x.md", "```{list-table} Who bakes, a RACI\n:header-rows: 1\n\n* - Task\n  - Baker\n  - Owner\n* - Bake\n  - R\n  - A\n* - Sell\n  - I\n  - A, R\n```\n\nMore text.\n",
			[]string{"Baker|Owner", "Bake: R|A", "Sell: I|AR"}},
		{"verbs and nouns of another language for letters", "x.md", "| Decisione | Responsabile | Approva | Informa |\n|---|---|---|---|\n| Ricetta | Fornaio | Titolare | Negozio |\n| Forno | Titolare | Titolare | Fornaio, Negozio |\n",
			[]string{"Fornaio|Titolare|Negozio", "Ricetta: R|A|I", "Forno: I|AR|I"}},
		{"a table in a box of a notebook", "x.md", "# RACI\n\nText.\n\n>[!example] [[pages/Ovens\\|Ovens]]\n>|Step|Baker|[[Owner]]|\n>|---|---|---|\n>|**[[pages/Heat\\|Heat]] it**|R|A|\n>|Clean|R/A|I|\n",
			[]string{"Baker|Owner", "Heat it: R|A", "Clean: AR|I"}},
		{"who has which part, with what they are there for", "x.md", "## Bakery\n\n| Name | Role | Responsibility | RACI |\n|---|---|---|---|\n| TBD | Owner | Answers for all of it | A |\n| TBD | Baker | Keeps the ovens hot | R |\n| [your name] | Shop | Hears of it in time | I |\n",
			[]string{"Owner|Baker|Shop", "Bakery: A|R|I"}},
		{"stages among codes", "x.csv", "Code,Name,Owner,Baker\nStage A,Night,,\n- A01,Mix,A,R\n- A02,Bake,A,R\nStage B,Day,,\n- B01,Sell,A/R,I\n", []string{"Owner|Baker", "Night / A01 Mix: A|R", "Night / A02 Bake: A|R", "Day / B01 Sell: AR|I"}},
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

// A legend may explain two letters at once, and a dash is no remark.
func TestLegendOfSetsAndRemarksOfNothing(t *testing.T) {
	text := "## Légende\n\n| Code | Sens | Description |\n|---|---|---|\n| R/A | Responsable + Autorité | Fait et valide |\n| R | Responsable | Fait le travail |\n| A | Autorité | Valide le travail |\n| C | Consulté | Donne un avis |\n| I | Informé | Est prévenu |\n" +
		"\n## Matrice\n\n| Tâche | Boulanger | Patron | Vendeuse | Bio | Poids |\n|---|---|---|---|---|---|\n| Cuire | R/A | C | I | — | Haut |\n| Vendre | I | A | R | Bio | — |\n"
	reading, err := ReadGrids("x.md", []byte(text), GridOptions{})
	if err != nil || len(reading.Grids) != 2 || reading.Grids[0].Verdict != NotAGrid {
		t.Fatalf("%v %+v", err, reading.Grids)
	}
	g := reading.Grids[1]
	if diff := cmp.Diff([]string{"Boulanger|Patron|Vendeuse", "Cuire: AR|C|I", "Vendre: I|A|R"}, shown(g)); diff != "" {
		t.Error(diff)
	}
	if g.Activities[0].Note != "Poids: Haut" || g.Activities[1].Note != "Bio: Bio" {
		t.Errorf("%q, %q", g.Activities[0].Note, g.Activities[1].Note)
	}
}

func TestDoubtedAsAPersonWould(t *testing.T) {
	tests := []struct{ name, text, says string }{
		{"letters that are the first of their rows", "| Action | Admin | Guest |\n|---|---|---|\n| Create | ✅ C | — |\n| Read | ✅ R | ✅ R (own) |\n", "first of what its row"},
		{"letters that nothing explains among ours", "Feature,User 1,User 2,User 3\nSearch,M,A,I\nDark mode,A,I,R\nExport,I,R,A\n", "no C"},
		{"rights of which one is to approve", "Thing,Planner,Buyer,Director\nOrder,CRUD,R,R\nPrice,R,CU,A\nMaterial,R,CRUD,R\nStock,R,R,R\n", "approve"},
		{"rights with a letter of their own beside them", "Screen,Clerk,Planner,Auditor\nConfig,\"C, R, U\",R,R\nOrder,R,\"C, R, U, O\",R\nApproval,R,\"R, A\",R\nLog,-,-,R\n", "create, read"},
		{"what is done among the letters of each", "Role,Responsibility,Accountability,Consulted,Informed\nBaker,\"Knead, bake, clean\",\"R, A\",C,I\nOwner,\"Approve, pay\",A,C,I\n", "Knead, bake, clean"},
		{"ticks below the letters of rights among others", "Thing,C,R,U,D,A,E,Notes\nProfile,✓,✓,✓,✗,✗,✓,own\nTicket,✓,✓,✗,✗,✗,✗,own\n", "create, read"},
		{"nobody who does the work", "Decision,Authority,Consulted,Informed\nBuy an oven,Head baker,\"Lab, Shop\",All\nRaise a price,Owner,Shop,All\n", "none for who does the work"},
		{"letters with a verb for what they are", "`R` means read-only, `A` means allowed to act, `C` means allowed once the `Boss` confirms.\n\n| Area | Host | Guest | System |\n|---|---|---|---|\n| Reply | A | A | R |\n| Search | A | R | R |\n| Hire | C | - | - |\n", "allowed to act"},
		{"letters in rows that are written twice", "| Sequence | 1st | 2nd | 3rd | Places of A |\n|---|---|---|---|---|\n| AAR | A | A | R | 1, 2 |\n| ARA | A | R | A | 1, 3 |\n| RAA | R | A | A | 2, 3 |\n", "red and the amber"},
		{"letters below a word with numbers", "Course,PLO1,PLO2,PLO3,PLO4\nBaking 110,I,I,,I\nBaking 210,R,R,I,\nBaking 310,R,A,R,R\nBaking 410,A,A,A,A\n", "numbered"},
		{"roles down the side and in the cells", "| Role | Responsible | Accountable | Consulted |\n|---|---|---|---|\n| Baker | Baking the bread | Owner | Shop |\n| Shop | Selling the bread | Owner | - |\n", "which are the activities"},
		{"letters where names would be", "Role,Who,R,A,C,I\nFounder,owner,A,A,I,I\nEngineering,crew,R,I,A,I\nClient,customer,I,C,R,A\n", "columns of other letters"},
		{"letters with words in brackets beside a bare one, and nobody who answers", "Step,R (lead),C (supporting),I\nSketch,Anna,Ben,Cleo\nLogin,Ben,Anna,Cleo\n", "none for who answers"},
		{"bare letters below the name of RACI, and nobody who answers", "# RACI\n\n| Step | R | I |\n|---|---|---|\n| Sketch | Anna | Cleo |\n| Login | Ben | Anna |\n", "none for who answers"},
		{"a letter with a word in brackets, and nobody who answers", "Step,R (lead),C (supporting)\nSketch,Anna,\"Ben, Cleo\"\nLogin,Ben,Anna\n", "none for who answers"},
	}
	for _, tt := range tests {
		file := "x.csv"
		if strings.Contains(tt.text, "|---|") {
			file = "x.md"
		}
		reading, err := ReadGrids(file, []byte(tt.text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 {
			t.Errorf("%s: %d grids, %v", tt.name, len(reading.Grids), err)
			continue
		}
		if g := reading.Grids[0]; g.Verdict != Doubtful || !strings.Contains(strings.Join(g.Reasons, " "), tt.says) {
			t.Errorf("%s: %s, %s", tt.name, g.Verdict, g.Reasons)
		}
	}
}

// Records of RACI that use only some of its letters are asked about; those that nobody calls so are none.
func TestRecordsWithSomeLetters(t *testing.T) {
	for text, want := range map[string]Verdict{
		`{"raci": [{"task": "Log", "r": "Agent", "i": "Lead"}, {"task": "Fix", "r": "Engineer", "i": "Lead"}]}`: Doubtful,
		`{"raci": {"Log": {"r": ["Agent"], "i": ["Lead"]}, "Fix": {"r": ["Engineer"], "i": ["Lead"]}}}`:         Doubtful,
		`{"raci": [{"part": "Coil", "r": "12 ohm", "i": "3 A"}, {"part": "Lamp", "r": "40 ohm", "i": "1 A"}]}`:  NotAGrid,
		`[{"task": "Log", "r": "Agent", "i": "Lead"}, {"task": "Fix", "r": "Engineer", "i": "Lead"}]`:           NotAGrid,
	} {
		reading, err := ReadGrids("x.json", []byte(text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 || reading.Grids[0].Verdict != want {
			t.Errorf("%s: %+v, %v", text, reading.Grids, err)
		}
	}
}
