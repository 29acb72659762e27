package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Names and offices may stand in turn, a line each; letters end so, and are no lists. The names are invented.
func TestNamesAndOfficesInTurn(t *testing.T) {
	const none = "There is no table in this text. A list has a line for each, in columns: put it into a table or a spreadsheet, then bring it again."
	for name, tt := range map[string]struct {
		file, text string
		want       []string
	}{
		"the name first":   {"x.md", "## Executive Committee\n\nIda Roe\nChair\n\nOle Sun\nTreasurer\nole@example.org\n\nUma Fay\nSecretary\n", []string{"Ida Roe, Chair, , ", "Ole Sun, Treasurer, , ole@example.org", "Uma Fay, Secretary, , "}},
		"the office first": {"x.txt", "Committee\n\nChair\n\nIda Roe\n\nTreasurer\n\nOle Sun\n\nSecretary\n\nUma Fay\n", []string{"Ida Roe, Chair, , ", "Ole Sun, Treasurer, , ", "Uma Fay, Secretary, , "}},
		"a page": {"x.html", "<html><body><h1>Board</h1><ul><li><strong>Ida Roe</strong><br>President</li><li><strong>Ole Sun</strong><br>Treasurer</li><li><strong>Uma Fay</strong><br>Secretary</li></ul></body></html>",
			[]string{"Ida Roe, President, , ", "Ole Sun, Treasurer, , ", "Uma Fay, Secretary, , "}},
		"a letter": {"x.md", "Dear all,\n\nthe oven is cold.\n\nIda Roe\nChair\n\nOle Sun\nTreasurer\n", []string{none}},
		"no turns": {"x.md", "Ida Roe\nOle Sun\nChair\nTreasurer\nUma Fay\nSecretary\n", []string{none}},
	} {
		if diff := cmp.Diff(tt.want, hatsRead(t, tt.file, tt.text)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
