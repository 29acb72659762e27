package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Records say who has a role by a record of the person, and tables by a column of each role; the names are invented.
func TestWhoHoldsWhatStandsBelowRoles(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"records of people": {"x.json", `[{"service":"Ovens","owner":{"name":"Ida Roe","email":"ida@example.org"},"deputy":{"name":"Ole Sun"},"since":"2024-01-01"},{"service":"Doors","owner":{"name":"Uma Fay","email":"uma@example.org"},"deputy":null,"since":"2023-05-01"}]`,
			[]string{"Ida Roe, owner, Ovens, ida@example.org", "Ole Sun, owner, Ovens, ", "Uma Fay, owner, Doors, uma@example.org"}},
		"addresses of several roles": {"x.yaml", "services:\n  - name: ovens\n    owner: ida@example.org\n    oncall: ole@example.org\n  - name: doors\n    owner: uma@example.org\n",
			[]string{"ida@example.org, owner, ovens, ", "ole@example.org, oncall, ovens, ", "uma@example.org, owner, doors, "}},
		"roles across teams":    {"x.csv", "Team Name,Team Lead,Dough Master\nOvens,Ida Roe,Ole Sun\nDoors,Uma Fay,\n", []string{"Ida Roe, Team Lead, Ovens, ", "Ole Sun, Dough Master, Ovens, ", "Uma Fay, Team Lead, Doors, "}},
		"an address of another": {"x.csv", "Role,Holder,Email\nBaker,ida@example.org,ole@example.org\n", []string{"ida@example.org, Baker, , ida@example.org"}},
		"things across":         {"x.csv", "Team Name,Head office,Dough Master\nOvens,Mill Road,Big Mixer 3\nDoors,Sun Street,Small Mixer 4\n", refusedAsHats},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
