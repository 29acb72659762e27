package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTablesOfOtherMarkup(t *testing.T) {
	for name, text := range map[string]string{
		"a list of lists": "Release\n=======\n\n.. list-table:: Who does what\n   :header-rows: 1\n   :widths: 20 10 10\n\n   * - Task\n     - Lead\n     - Team\n   * - Plan\n       ahead\n     - A\n     - R\n   * - Build\n     -\n     - A/R\n   * - Ship\n     - A\n     - R\n\nBelow it.\n",
		"values":          "Release\n=======\n\n.. csv-table:: Who does what\n   :header: Task, \"Lead\", Team\n   :widths: 20, 10, 10\n\n   Plan ahead, A, R\n   \"Build\",, \"A/R\"\n   Ship, A, R\n\nBelow it.\n",
		"Creole":          "== Who does what\n\n|=Task |=Lead |=Team |\n|Plan ahead |A |R |\n|Build | |A/R |\n|Ship |A |R |\n",
	} {
		g, err := ReadGrid("x.rst", []byte(text), GridOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff([]string{"Lead|Team", "Plan ahead: A|R", "Build: |AR", "Ship: A|R"}, shown(g)); diff != "" || g.Verdict != IsRACI || g.Name != "Who does what" {
			t.Errorf("%s: %s %q %s", name, g.Verdict, g.Name, diff)
		}
	}
}
