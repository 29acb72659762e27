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
