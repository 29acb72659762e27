package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a role is there for stands behind it in some cells, and where or of what it is in others.
func TestRolesWithWhatTheyAreThereFor(t *testing.T) {
	for cell, want := range map[string]string{
		"Oven lead — sees to what bakes, and to the heat": "Oven lead", "Chef du four — surveille la cuisson et le feu": "Chef du four", "Baker - makes dough before the sun rises": "Baker",
		"Oven lead – EMEA": "Oven lead – EMEA", "Owner - Payroll": "Owner - Payroll", "Oven lead – Dough and Bread for North": "Oven lead – Dough and Bread for North", "Oven lead - night shift": "Oven lead - night shift",
		"Owner – the process of baking bread": "Owner – the process of baking bread", "Deputy manager - all that is baked here": "Deputy manager - all that is baked here", "oven lead - small ovens in all shops": "oven lead - small ovens in all shops",
	} {
		if got, why := explainedRole(cell); got != want || (why == "") != (got == cell) {
			t.Errorf("%s: got %q, %q", cell, got, why)
		}
	}
}

func TestWhatARoleIsThereForIsSaid(t *testing.T) {
	found, err := FindHats("x.md", []byte("| Name | Role |\n|---|---|\n| Ida Roe | Oven lead — sees to what bakes, and to the heat. |\n| Ole Sun | Door lead – EMEA |\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for known, want := range map[string][]string{"": {"Oven lead", "Door lead – EMEA"}, "Oven lead — sees to what bakes, and to the heat.": {"Oven lead — sees to what bakes, and to the heat.", "Door lead – EMEA"}} {
		list, err := ReadHats(found[0], ListOptions{Known: map[Field]func(string) bool{HatRole: func(s string) bool { return s == known }}})
		var got []string
		for _, h := range list.Hats {
			got = append(got, h.Role)
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if said := []Note{{Line: 3, Text: "What the role “Oven lead” is there for is not part of its name, and is left out: “sees to what bakes, and to the heat”."}}; known == "" && !cmp.Equal(said, list.Remarks) {
			t.Errorf("got %+v", list.Remarks)
		}
	}
}
