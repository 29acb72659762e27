package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Parts of a directory are read as one list with its departments.
func TestSectionsAreDepartments(t *testing.T) {
	for name, try := range map[string]struct {
		file, text string
		want       []string
	}{
		"lines with nothing but a department": {"x.csv", "Name,Phone,E-mail\nIT Operations,,\nAda Moor,1,ada@example.org\nBo Dahl,2,bo@example.org\nFinance,,\nCy Dee,3,cy@example.org\n",
			[]string{"Ada Moor: IT Operations", "Bo Dahl: IT Operations", "Cy Dee: Finance"}},
		"lines that say what they are": {"x.csv", "Name,Title\nDepartment: Sales,\nAda Moor,Chief\nDepartment: Legal,\nBo Dahl,Clerk\n", []string{"Ada Moor: Sales", "Bo Dahl: Legal"}},
		"a column of departments that is filled in above": {"x.csv", "Abteilung,Name,Durchwahl\nVertrieb,,\n,Ada Moor,1\nRecht,,\n,Bo Dahl,2\nEinkauf,Cy Dee,3\n",
			[]string{"Ada Moor: Vertrieb", "Bo Dahl: Recht", "Cy Dee: Einkauf"}},
		"one cell over all columns": {"x.html", "<table><tr><th>Name<th>Title<tr><td colspan=2>Sales team<tr><td>Ada Moor<td>Chief<tr><td colspan=2>Legal<tr><td>Bo Dahl<td>Clerk</table>",
			[]string{"Ada Moor: Sales team", "Bo Dahl: Legal"}},
		"tables below headings": {"x.md", "# Staff\n\n## Sales\n\n| Name | Title |\n|---|---|\n| Ada Moor | Chief |\n\n## Legal\n\n| Name | Title |\n|---|---|\n| Bo Dahl | Clerk |\n",
			[]string{"Ada Moor: Sales", "Bo Dahl: Legal"}},
		"tables with departments of their own": {"x.md", "## Bern\n\n| Name | Department |\n|---|---|\n| Ada Moor | Sales |\n\n## Ulm\n\n| Name | Department |\n|---|---|\n| Bo Dahl | Legal |\n",
			[]string{"Ada Moor: Sales", "Bo Dahl: Legal"}},
		"people of whom nothing but the name is known": {"x.csv", "Name,Phone\nAda Moor,\nBo Dahl,2\nCy Dee,\nDi Ek,3\n", []string{"Ada Moor: ", "Bo Dahl: ", "Cy Dee: ", "Di Ek: "}},
		"tables of other columns":                      {"x.md", "## Staff\n\n| Name | Title |\n|---|---|\n| Ada Moor | Chief |\n\n## Rooms\n\n| Name | Seats |\n|---|---|\n| Blue | 4 |\n", []string{"Ada Moor: "}},
	} {
		list, err := ReadPeople(try.file, []byte(try.text), PeopleOptions{})
		var got []string
		for _, p := range list.People {
			got = append(got, p.Name+": "+p.Department)
		}
		if diff := cmp.Diff(try.want, got); diff != "" || err != nil || list.Counts.Refused != 0 {
			t.Errorf("%s: %v %s %+v", name, err, diff, list.Problems)
		}
	}
}

// Those below a heading of former people are not those of a department.
func TestASectionOfThoseWhoLeft(t *testing.T) {
	table := "\n\n| Name | E-mail |\n|---|---|\n| "
	list, err := ReadPeople("x.md", []byte("## Staff"+table+"Ada Moor | ada@example.org |\n\n## Former staff"+table+"Bo Dahl | bo@example.org |\n"), PeopleOptions{})
	if err != nil || len(list.People) != 2 || list.People[0].Department != "" || len(list.Problems) != 1 || !strings.Contains(list.Problems[0].Text, "Bo Dahl") {
		t.Errorf("%v, %+v, %+v", err, list.People, list.Problems)
	}
}
