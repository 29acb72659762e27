package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A grid brought as something else is refused: its letters are no people, and its activities no policies.
func TestGridsAreNoLists(t *testing.T) {
	letters := []string{"Letters stand where names should, as in a RACI grid. Bring this as a grid, or say which column names who wears the hats."}
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"roles across":     {"x.csv", "Activity,Business Owner,Service Owner,Head of Baking\nBake,A,R,C\nSell,I,A,R\nClean,C,I,A\n", letters},
		"records of parts": {"x.yaml", "parts:\n  - activity: Bake\n    accountable: head-baker\n    responsible: [oven-crew, dough-crew]\n  - activity: Sell\n    accountable: seller\n    responsible: [counter-crew]\n", []string{"This does not look like a list of who wears which hat: none of its columns is known to be the role. Say which column is."}},
		"keys of parts":    {"x.toml", "[raci.bake]\nresponsible = [\"oven-crew\", \"docs\"]\naccountable = \"head-baker\"\n\n[raci.sell]\nresponsible = [\"counter-crew\"]\naccountable = \"seller\"\n", []string{"This does not look like a list of who wears which hat: none of its columns is known to be the role. Say which column is."}},
		"procedures by name": {"x.csv", "Name,Process,Role\nAsk for access,Requests,Service desk\nReset a password,Requests,Service desk\n",
			[]string{"What stands under “Name”, such as “Ask for access”, does not look like the names of people, teams or companies. Say which column says who wears the hats."}},
		"teams by name":        {"x.csv", "Name,Process,Role\nService desk,Requests,First line\nOven operations,Baking,Second line\n", []string{"Service desk, First line, Requests, ", "Oven operations, Second line, Baking, "}},
		"people below letters": {"x.md", "| Who | R | A | C | I |\n|---|---|---|---|---|\n| Ida Roe | x | | | |\n| Ole Sun | | x | | |\n| Uma Fay | x | | x | |\n", []string{"Letters stand where roles should, as in a RACI grid. Bring this as a grid, or say which column is the role."}},
		"initials":             {"x.csv", "Role,Name,Of\nBaker,Ida Roe,Oven\nSeller,A,Counter\n", []string{"Ida Roe, Baker, Oven, ", "A, Seller, Counter, "}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	grid := "ID,Control,Baker,Seller\nS1,Access policy,A,C\nS2,Flour rules,R,A\n"
	if diff := cmp.Diff([]string{"The columns hold letters as a RACI grid has them. Bring this as a grid; if it is a list of policies, say which column is the title."}, policiesRead(t, "x.csv", grid)); diff != "" {
		t.Error(diff)
	}
}
