package sheet

import "testing"

// The word for what a list stands under is no part of the name; one that belongs to the name stays, and so does one in a table.
func TestTheWordForAnActivityIsNoPartOfItsName(t *testing.T) {
	for head, want := range map[string][2]string{
		"Task: Ovens":           {"", "Ovens"},
		"Activity – Ovens":      {"", "Ovens"},
		"Step 2: Ovens":         {"2", "Ovens"},
		"3. Aufgabe: Ovens":     {"3", "Ovens"},
		"Ovens: the large ones": {"", "Ovens: the large ones"},
		"Task force: Ovens":     {"", "Task force: Ovens"},
		"Tasks":                 {"", "Tasks"},
	} {
		g, err := ReadGrid("x.md", []byte("# RACI\n\n## "+head+"\n\n- Responsible: Baker\n- Accountable: Chief\n\n## Doors\n\n- Responsible: Baker\n- Accountable: Chief\n"), GridOptions{})
		if err != nil || len(g.Activities) != 2 {
			t.Errorf("%s: %v, %+v", head, err, g)
			continue
		}
		if a := g.Activities[0]; [2]string{a.ID, a.Name} != want {
			t.Errorf("%s: got %q, %q", head, a.ID, a.Name)
		}
	}
	g, err := ReadGrid("x.csv", []byte("Step,Baker,Chief\nStep 1: Ovens,R,A\nStep 2: Doors,R,A\n"), GridOptions{})
	if err != nil || g.Activities[1].Name != "Step 2: Doors" {
		t.Errorf("%v, %+v", err, g.Activities)
	}
}
