package sheet

import "testing"

// What is sure, a form or doubtful is told by what stands in the grid, never by the name of its file.
func TestVerdicts(t *testing.T) {
	statuses := "Chapter,North,South,East\nSoil,A,C,A\nWater,R,R,C\nWind,C,A,A\nFire,A,A,R\nSnow,C,C,C\n"
	tests := []struct {
		name, text string
		want       Verdict
	}{
		{"A, C and R alone, of which nothing is said", statuses, Doubtful},
		{"the same with a title", "RACI of the survey,,,\n" + statuses, IsRACI},
		{"the same with a legend", statuses + "A = Accountable,,,\nC = Consulted,,,\nR = Responsible,,,\n", IsRACI},
		{"A, C and R with one A a row", "Chapter,Ann,Bo,Cy\nSoil,A,R,C\nWater,R,A,C\nWind,C,A,R\n", IsRACI},
		{"A, C and R with letters together", "Chapter,Ann,Bo,Cy\nSoil,A,A/R,C\nWater,C,R,C\nWind,C,C,R\nFire,R,A/R,A\n", IsRACI},
		{"numbered tasks and nothing else", "Task,PM,Dev\nTask 1,A,R\nTask 2,A,R\nTask 3,A,R\n", IsTemplate},
		{"one task that is called by its number", "Task,PM,Dev\nTask 1,A,R\nBuild the shed,A,R\nPaint it,A,R\n", IsRACI},
		{"numbered steps with names filled in", "stepId,R,A,I\nTask_1,Clerk,Controller,Treasury\nTask_2,Steward,Controller,Treasury\n", IsRACI},
		{"blanks to fill", "Decision,PM,Dev\n[Decision],A,R\n[Another],A,R\nBuild,A,R\n", IsTemplate},
	}
	for _, tt := range tests {
		reading, err := ReadGrids("raci.csv", []byte(tt.text), GridOptions{})
		if err != nil || reading.Grids[0].Verdict != tt.want {
			t.Errorf("%s: %v, %v, want %s", tt.name, reading.Grids, err, tt.want)
		}
	}
}

// A head that stands in two rows is read as one, and that is said.
func TestAJoinedHeadIsSaid(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte("Task,Head of,IT\n,operations,security\nLog,A,R\nFix,A,R\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Repair{{"joined-head", "line 1, B", "Head of", "Head of operations", false}, {"joined-head", "line 1, C", "IT", "IT security", false}}
	if len(g.Repairs) != 2 || g.Repairs[0] != want[0] || g.Repairs[1] != want[1] {
		t.Errorf("got %v", g.Repairs)
	}
}

// Columns that count letters are left out, which is said, and are no remarks; what only looks like it is one.
func TestColumnsThatCountAreLeftOut(t *testing.T) {
	for head, note := range map[string]string{"R count": "", "# of A": "", "Total": "", "N.º I": "", "x": "x: 2", "Hours": "Hours: 2"} {
		g, err := ReadGrid("x.csv", []byte("Task,PM,Dev,"+head+"\nLog,A,R,2\nFix,A,R,2\nShip,A/R,I,2\nMend,A,R,2\n"), GridOptions{})
		if err != nil {
			t.Fatal(err)
		}
		said := len(g.Repairs) == 1 && g.Repairs[0].Code == "count-column" && g.Repairs[0].Was == head
		if g.Activities[0].Note != note || said != (note == "") {
			t.Errorf("%s: the note is %q, repairs %v", head, g.Activities[0].Note, g.Repairs)
		}
	}
	chosen := GridOptions{Choices: map[string]GridChoice{"1.1": {Columns: map[int]string{3: UseNote}}}}
	if g, err := ReadGrid("x.csv", []byte("Task,PM,Dev,R count\nLog,A,R,1\nFix,A,R,1\n"), chosen); err != nil || g.Activities[0].Note != "R count: 1" {
		t.Errorf("a column that was chosen as a note is not kept: %v, %v", g.Activities, err)
	}
}

// Numbers and codes of activities are left out, which is said where they say more than the order of the rows.
func TestNumbersOfActivitiesAreLeftOut(t *testing.T) {
	for text, said := range map[string]string{
		"WBS,Task,PM,Dev\n1.1,Log,A,R\n1.2,Fix,A,R\n":                                "What stands under “WBS” numbers the activities and is left out; they keep their order.",
		"ID,Task,PM,Dev\nA-03,Log,A,R\nA-01,Fix,A,R\n":                               "What stands under “ID” numbers the activities and is left out; they keep their order.",
		",Task,PM,Dev\n1.1,Log,A,R\n1.2,Fix,A,R\n":                                   "Column A numbers the activities and is left out; they keep their order.",
		"WBS,Task,R (Responsible),A (Accountable)\n1.1,Log,Dev,PM\n1.2,Fix,Dev,PM\n": "What stands under “WBS” numbers the activities and is left out; they keep their order.",
		"No.,Task,PM,Dev\n1.,Log,A,R\n2.,Fix,A,R\n":                                  "",
		"Task,PM,Dev\nLog,A,R\nFix,A,R\n":                                            "",
	} {
		g, err := ReadGrid("x.csv", []byte(text), GridOptions{})
		got := ""
		for _, n := range g.Notes {
			got += n.Text
		}
		if err != nil || got != said || g.Activities[0].Name != "Log" {
			t.Errorf("%q: %v, %q, %+v", text, err, got, g.Activities)
		}
	}
}

// Names of groups above the head of unlike names are said, and are in no role's name.
func TestGroupsAboveTheHeadAreSaid(t *testing.T) {
	g, err := ReadGrid("x.csv", []byte(",Field,,Office\nTask,Digger,Driver,Clerk\nDig,A/R,C,I\nPay,A,I,R\n"), GridOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Repairs) != 1 || g.Repairs[0] != (Repair{"head-group", "line 1", "Field · Office", "Field: Digger, Driver · Office: Clerk", false}) || len(g.Notes) != 0 {
		t.Errorf("got %v, notes %v", g.Repairs, g.Notes)
	}
	if g, err = ReadGrid("x.csv", []byte("Version,3,,\nTask,Digger,Driver,Clerk\nDig,A/R,C,I\nPay,A,I,R\n"), GridOptions{}); err != nil || len(g.Repairs) != 0 || len(g.Notes) != 1 {
		t.Errorf("a line above that names no groups: %v, %v, %v", g.Repairs, g.Notes, err)
	}
}
