package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A table of steps with one column for who does each, or who answers, is read with that letter and asked about.
func TestStepsWithOneColumnOfRoles(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"who does", "Step,Action,Responsible,Output\n1,Weigh the flour,Night baker,Bowl\n2,Knead,\"Night baker, Apprentice\",Dough\n3,Sign,Owner,\n", []string{"Night baker|Apprentice|Owner", "1 Weigh the flour: R||", "2 Knead: R|R|", "3 Sign: ||R"}},
		{"who answers", "Activity,Accountable role\nWeigh,Head baker\nSell,Shop lead\n", []string{"Head baker|Shop lead", "Weigh: A|", "Sell: |A"}},
		{"another language", "Nr.;Arbeitsschritt;Verantwortliche Stelle;Frist\n1;Mehl wiegen;Backstube;1 Tag\n2;Verkaufen;Laden / Markt;2 Tage\n", []string{"Backstube|Laden|Markt", "1 Mehl wiegen: R||", "2 Verkaufen: |R|R"}},
		{"roles of steps", "No,Activity,Role,Record\n1,Weigh,Baker,Slip\n2,Sell,\"Shop, Market\",Bill\n", []string{"Baker|Shop|Market", "1 Weigh: R||", "2 Sell: |R|R"}},
		{"steps with codes", "Código,Actividad,Responsable\nAC-REC-1,Pesar,Panadero\nAC-REC-2,Vender,Tienda\n", []string{"Panadero|Tienda", "AC-REC-1 Pesar: R|", "AC-REC-2 Vender: |R"}},
		{"owners of steps", "Step,Owner,Time\nWeigh,Baker,1 h\nSell,Shop,8 h\n", []string{"Baker|Shop", "Weigh: R|", "Sell: |R"}},
	}
	for _, tt := range tests {
		reading, err := ReadGrids("x.csv", []byte(tt.text), GridOptions{})
		if err != nil || len(reading.Grids) != 1 {
			t.Fatal(tt.name, err)
		}
		g := reading.Grids[0]
		if diff := cmp.Diff(tt.want, shown(g)); diff != "" || g.Verdict != Doubtful {
			t.Errorf("%s: %s %s %s", tt.name, g.Verdict, g.Reasons, diff)
		}
		sure, err := ReadGrids("x.csv", []byte(tt.text), GridOptions{Choices: map[string]GridChoice{g.Key: {Sure: true}}})
		if err != nil || sure.Grids[0].Verdict != IsRACI || len(sure.Grids[0].Activities) != len(tt.want)-1 {
			t.Errorf("%s: %v %+v", tt.name, err, sure.Grids)
		}
	}
}

// Lists of what is to be done, of risks and of what people own are no steps, and steps beside a grid are no second one.
func TestWhatIsNoTableOfSteps(t *testing.T) {
	for _, text := range []string{
		"Action,Owner,Due\nFix the oven,Ida,2024-03-01\nBuy flour,Ole,2024-03-08\n",
		"Step,Responsible,Status\nFix the oven,Ida,open\nBuy flour,Ole,done\n",
		"Task,Responsible,When\nFix the oven,Ida,2024-03-01\nBuy flour,Ole,2024-03-08\n",
		"Risk,Owner,Answer\nFire,Ida,Hoses\nFlood,Ole,Pumps\n",
		"Process,Owner\nBaking,Ida\nSelling,Ole\n",
		"Role,Responsible for\nBaker,Bread\nSeller,Shop\n",
		"Task,Responsible,Priority\nFix the oven,Ida,high\nBuy flour,Ole,low\n",
		"Role,Task,When\nBaker,Weigh,at night\nShop,Sell,by day\n",
		"Step,Responsible\nWeigh,Whoever stands nearest to the scales and has washed both hands does this.\nSell,Sellers\n",
		"# Baking\n\n| Step | Responsible |\n|---|---|\n| Weigh | Baker |\n| Sell | Shop |\n\n# RACI\n\n| Task | Baker | Shop |\n|---|---|---|\n| Weigh | R | A |\n| Sell | I | A/R |\n",
	} {
		file := "x.csv"
		if text[0] == '#' {
			file = "x.md"
		}
		reading, err := ReadGrids(file, []byte(text), GridOptions{})
		if err != nil || reading.Grids[0].Verdict != NotAGrid || len(reading.Grids[0].Activities) > 0 {
			t.Errorf("%s: %v %+v", text, err, reading.Grids)
		}
	}
}

// How soon a step is done, and a box to tick, make no list of what is to be done once; days do.
func TestStepsWithTheirPace(t *testing.T) {
	for text, want := range map[string]Verdict{
		"| Step | Action | Responsible | Deadline |\n|---|---|---|---|\n| 1 | Mix | Baker | Immediate |\n| 2 | Bake | Baker / Cook | < 2 hours |\n| 3 | Sell | Seller | Within a day |\n": Doubtful,
		"| Step | Action | Responsible | Completed |\n|---|---|---|---|\n| 1 | Mix | Baker | ☐ |\n| 2 | Bake | Baker | ☐ |\n| 3 | Sell | Seller | ☐ |\n":                                  Doubtful,
		"| Step | Action | Responsible | Completed |\n|---|---|---|---|\n| 1 | Mix | Baker | ☑ |\n| 2 | Bake | Baker | ☐ |\n| 3 | Sell | Seller | ☐ |\n":                                  NotAGrid,
		"| Step | Action | Responsible | Due |\n|---|---|---|---|\n| 1 | Mix | Baker | 2026-01-02 |\n| 2 | Bake | Baker | 2026-01-03 |\n| 3 | Sell | Seller | 2026-01-04 |\n":             NotAGrid,
	} {
		g, err := ReadGrid("x.md", []byte(text), GridOptions{})
		if g.Verdict != want || want == Doubtful && len(g.Activities) != 3 {
			t.Errorf("%q: %v, %v, %+v", text, err, g.Verdict, g.Activities)
		}
	}
}

// The last of several names may be two, of which one is short for something; who decides answers.
func TestWhoDecides(t *testing.T) {
	g, err := ReadGrid("x.md", []byte("| Decision | Decides | Consulted | Executes |\n|---|---|---|---|\n| Buy ovens | Board | CFO, Sales and Marketing | Buyer |\n| Sell ovens | Board | CFO, Buyer and DPO | Seller |\n"), GridOptions{})
	if err != nil || g.Verdict != IsRACI {
		t.Fatalf("%v, %+v", err, g)
	}
	first, second := g.Activities[0].Cells, g.Activities[1].Cells
	if len(first["Board"].Letters) != 1 || first["Board"].Letters[0] != "A" || len(first["Sales and Marketing"].Letters) != 1 || len(second["DPO"].Letters) != 1 || len(second["Buyer"].Letters) != 1 {
		t.Errorf("%+v", g.Activities)
	}
}

// Brackets amid a name are part of it.
func TestBracketsAmidAName(t *testing.T) {
	if n := splitNames("**SD (South Dakota) Trust**, Desk (nights)"); len(n) != 2 || n[0].text != "SD (South Dakota) Trust" || n[1].text != "Desk" || n[1].note != "nights" {
		t.Errorf("%+v", n)
	}
}
