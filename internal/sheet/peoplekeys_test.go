package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// People may stand below a key each; a file of other things below keys is no list of them. The names are invented.
func TestPeopleBelowKeys(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"names": {"x.yml", "IdaRoe:\n  name: \"Ida Roe\"\nOleSun:\n  name: Ole Sun\n  email: ole@example.org\nUmaFay:\n  name: Uma Fay\nVacant:\n  name: Vacant\n", []string{"Ida Roe, , , , ", "Ole Sun, , , ole@example.org, ", "Uma Fay, , , , "}},
		"cakes": {"x.yml", "a:\n  name: Plum Cake\nb:\n  name: Apple Pie\nc:\n  name: Rye Loaf\n", []string{"There is no list of records in this file. A list has a record for each, with the same keys."}},
	} {
		if diff := cmp.Diff(tt.want, peopleRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
