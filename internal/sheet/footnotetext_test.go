package sheet

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestFootnotesAreSaidWhereTheirMarkStands(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       []string // "activity, role: note" and "activity: note"
	}{
		"below a table of a spreadsheet": {"a.csv", "Activity,Owner,Tech,Vendor\nOrder,A*,R,C¹\nInstall,A,R²,R\nAccept,A/R,I,I†\n* delegated to the deputy,,,\n¹ only above 10k,,,\n² at night: the vendor,,,\n† by mail,,,\n",
			[]string{"Accept, Vendor: by mail", "Install, Tech: at night: the vendor", "Order, Owner: delegated to the deputy", "Order, Vendor: only above 10k"}},
		"bare numbers": {"b.csv", "Activity;Chef;Team\n1 Planen;A;R\n2 Bauen;A1;R\n3 Prüfen;R;A2\n4 Liefern;A;R\n\n1) nur bei Großprojekten;;\n2) ab 2027;;\n",
			[]string{"2 Bauen, Chef: nur bei Großprojekten", "3 Prüfen, Team: ab 2027"}},
		"a section is none": {"c.csv", "Activity,Chef,Team\n1 Plan,,\nScope,A,R1\nCost,A,R\n2 Build,,\nCode,A,R\nTest,A,R\n",
			[]string{"Scope, Team: 1"}},
		"around a table of a document": {"d.md", "| Step | Lead | Dev | Ops |\n|---|---|---|---|\n| Plan[^1] | A | R | I |\n| Build | A | R* | C (2) |\n| Ship | A/R¹ | C | R |\n\n\\* in office hours\n\n[^1]: each quarter\n(2) when servers change\n¹ the deputy signs at night\n",
			[]string{"Build, Dev: in office hours", "Build, Ops: when servers change", "Plan: each quarter", "Ship, Lead: the deputy signs at night"}},
		"each table has its own": {"e.md", "| Step | Lead | Dev |\n|---|---|---|\n| Plan | A¹ | R |\n| Build | A | R |\n\n¹ first\n\n| Step | Lead | Dev |\n|---|---|---|\n| Test | A | R¹ |\n| Ship | A | R |\n\n¹ second\n",
			[]string{"Plan, Lead: first", "Test, Dev: second"}},
		"a list points to nothing": {"f.md", "1. First we plan\n2. Then we build\n\n| Step | Lead | Dev |\n|---|---|---|\n| Plan | A | R |\n| Build | A | R1 |\n| Test | A | R |\n| Ship | A* | R |\n\n* one\n* two\n",
			[]string{"Build, Dev: 1"}},
		"raised in a page": {"g.html", "<table><tr><th>Task<th>Lead<th>Dev<tr><td>Plan<td>A<sup>1</sup><td>R<tr><td>Do<td>A<td>R<sup>a</sup><tr><td colspan=3><sup>1</sup> with the board<tr><td colspan=3>a) at night</table>",
			[]string{"Do, Dev: at night", "Plan, Lead: with the board"}},
	} {
		t.Run(name, func(t *testing.T) {
			reading, err := ReadGrids(c.file, []byte(c.text), GridOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, g := range reading.Grids {
				if g.Verdict != IsRACI {
					t.Errorf("%s: %v", g.Verdict, g.Reasons)
				}
				for _, p := range g.Problems {
					if p.Code == "row-without-letters" && !strings.Contains(name, "section") {
						t.Errorf("asked about %s", p.Text)
					}
				}
				for _, a := range g.Activities {
					if a.Note != "" {
						got = append(got, a.Name+": "+a.Note)
					}
					for _, role := range slices.Sorted(maps.Keys(a.Cells)) {
						if note := a.Cells[role].Note; note != "" {
							got = append(got, a.Name+", "+role+": "+note)
						}
					}
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLegendBelowIsNoRowOfTheGrid(t *testing.T) {
	const grid = "Task,PM,Dev,Ops,Legal\nDesign,A,R,C,O\nBuild,A,R,I,O\nRun,I,C,A/R,O\n"
	for name, legend := range map[string]string{
		"headed": "\nLegend,,,,\nC,Consulted,,,\nA,Accountable,,,\nI,Informed,,,\nR,Responsible,,,\nO,Out of the loop,,,\n",
		"bare":   "C,Consulted,,,\nA,Accountable,,,\nI,Informed,,,\nR,Responsible,,,\nO,Omitted,,,\n",
	} {
		reading, err := ReadGrids("x.csv", []byte(grid+legend), GridOptions{})
		if err != nil || len(reading.Grids) != 1 {
			t.Fatal(name, err, len(reading.Grids))
		}
		g := reading.Grids[0]
		if !slices.Equal(g.Roles, []string{"PM", "Dev", "Ops", "Legal"}) || len(g.Activities) != 3 {
			t.Errorf("%s: %v, %d activities", name, g.Roles, len(g.Activities))
		}
		if len(g.Problems) != 3 { // an O in each row, and nothing else
			t.Errorf("%s: %v", name, g.Problems)
		}
	}
}
