package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A text that fell into several cells is put together where only one way fits; the texts are invented.
func TestCellsThatFellApart(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want []string // of the second row
		note bool
	}{
		"before an address of a page": {"id,title,url\n1.01,\"Bread, cakes, and pies,https://example.org/1\n1.02,Ovens,https://example.org/2\n1.03,Doors,https://example.org/3\n",
			[]string{"1.01", "\"Bread, cakes, and pies", "https://example.org/1"}, true},
		"letters of a grid":     {"No,Activity,Lead,Desk\n1,Weigh, mix and knead,A,R\n2,Bake,A,R\n3,Sell,I,A\n", []string{"1", "Weigh, mix and knead", "A", "R"}, true},
		"nothing to hold on to": {"Title,Owner,Remark\nBread, cakes,Ida,none\nOvens,Ole,none\nDoors,Uma,none\n", []string{"Bread", " cakes", "Ida", "none"}, false},
		"two places would do":   {"Title,Remark,url\nBread,cakes,pies,https://example.org/1\nOvens,a,https://example.org/2\nDoors,b,https://example.org/3\n", []string{"Bread", "cakes", "pies", "https://example.org/1"}, false},
	} {
		tables, err := ReadTables("x.csv", []byte(tt.text), Limits{})
		if err != nil || len(tables) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, tables[0].Rows[1].Cells); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		said := false
		for _, n := range tables[0].Notes {
			said = said || n.Line == 2 && len(n.Text) > 40 && n.Text[:40] == "This line has more cells than there are "
		}
		if said != tt.note {
			t.Errorf("%s: %+v", name, tables[0].Notes)
		}
	}
}
