package sheet

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keptReadsAlike checks that a file which waits for a person's decisions is read as one that is read at once.
func keptReadsAlike(t *testing.T, file string, data []byte) {
	t.Helper()
	tables, err := ReadTables(file, data, Limits{})
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	inWords := func(tables []Table) string {
		text, err := json.MarshalIndent(GridsOf(file, tables, GridOptions{}), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	text, err := json.Marshal(Kept(tables))
	if err != nil {
		t.Fatal(err)
	}
	var kept []Table
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(inWords(tables), inWords(kept)); diff != "" {
		t.Errorf("%s reads otherwise after it was kept:\n%s", file, diff)
	}
}
