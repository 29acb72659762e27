package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Tables of bodies say who leads each and who sits in it; the names are invented.
func TestBodiesHaveMembers(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"by family names": {"| Committee | Chair | Members | Meets |\n|---|---|---|---|\n| Ovens | Roe | Sun, Fay | Mondays |\n| Doors | Ash | Elm and Oak | Fridays |\n",
			[]string{"Roe, Chair, Ovens, ", "Sun, Member, Ovens, ", "Fay, Member, Ovens, ", "Ash, Chair, Doors, ", "Elm, Member, Doors, ", "Oak, Member, Doors, "}},
		"a team and its lead": {"| Team | Lead | Members |\n|---|---|---|\n| Ovens | Ida Roe | Ole Sun, Uma Fay |\n| Doors | Ben Ash | |\n",
			[]string{"Ida Roe, Lead, Ovens, ", "Ole Sun, Member, Ovens, ", "Uma Fay, Member, Ovens, ", "Ben Ash, Lead, Doors, "}},
		"members alone":       {"| Board | Members |\n|---|---|\n| Ovens | Ida Roe (Bern), Ole Sun |\n", []string{"Ida Roe, Member, Ovens, ", "Ole Sun, Member, Ovens, "}},
		"in German":           {"| Gremium | Vorsitz | Mitglieder |\n|---|---|---|\n| Ofenrat | Ida Roe | Ole Sun; Uma Fay |\n", []string{"Ida Roe, Vorsitz, Ofenrat, ", "Ole Sun, Mitglied, Ofenrat, ", "Uma Fay, Mitglied, Ofenrat, "}},
		"elected by district": {"| District | Supervisor | Streets |\n|---|---|---|\n| D1 | Ida Roe | Mill Road, Sun Street |\n| D2 | Ole Sun | Elm Street |\n", []string{"Ida Roe, Supervisor, D1, ", "Ole Sun, Supervisor, D2, "}},
		"an office of a ward": {"| Ward | Councillor |\n|---|---|\n| North | Ida Roe |\n| South | Ole Sun |\n", []string{"Ida Roe, Councillor, North, ", "Ole Sun, Councillor, South, "}},
		"how many there are":  {"| Committee | Members |\n|---|---|\n| Ovens | 12 |\n| Doors | 7 |\n", refusedAsHats},
		"what they do":        {"| Committee | Members |\n|---|---|\n| Ovens | look after what bakes |\n", refusedAsHats},
		"people with chiefs":  {"| Name | District | Supervisor |\n|---|---|---|\n| Ida Roe | D1 | Uma Fay |\n| Ole Sun | D2 | Uma Fay |\n", refusedAsHats},
		"a team of somebody":  {"| Team | Members |\n|---|---|\n| Ovens | Ida Roe |\n", refusedAsHats},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, "x.md", tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A comma between family names may as well stand before a given name, which is said.
func TestMembersAtCommasAreRemarkedOn(t *testing.T) {
	found, err := FindHats("x.csv", []byte("Committee,Chair,Members\nOvens,Roe,\"Sun, Fay\"\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range list.Remarks {
		if n.Text == "“Sun, Fay” is read as the names of several, as are others that a comma parts." {
			return
		}
	}
	t.Errorf("got %+v", list.Remarks)
}
