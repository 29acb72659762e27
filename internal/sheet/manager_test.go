package sheet

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestManagers(t *testing.T) {
	list := readPeople(t, `ID,Name,Manager name,Manager ID,Manager e-mail,E-mail
1,"Lee, Ann B",Board of Directors,99,,ann@example.org
2,"Ek, Bo",Ann Lee,22,,
3,"Ott, Cy",Ann B. Lee,30,,
4,"Day, Di",,2,,
5,"Fox, Ed",,,ANN@example.org,
6,"Fox, Ed",Bo Ek,1,,
7,"Gil, Fe",Ed Fox,,,
8,"Hay, Gus","Hay, Gus",8,,
9,"Ito, Hal",Nobody Known,1,,
10,"Ito, Ivo",Board of Directors,,,
`, PeopleOptions{})
	report := list.ResolveManagers()
	got := map[string]int{}
	for _, p := range list.People {
		got[p.ExternalID] = p.ManagerLine
	}
	want := map[string]int{"1": 0, "2": 2, "3": 2, "4": 3, "5": 2, "6": 3, "7": 0, "8": 0, "9": 0, "10": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if report.Named != 10 || report.Found != 5 || len(report.Unresolved) != 3 {
		t.Errorf("report %+v", report)
	}
	var said []string
	for _, p := range list.Problems {
		said = append(said, fmt.Sprintf("%d %s", p.Line, p.Text))
	}
	wantSaid := []string{
		"9 Gus Hay is named as their own manager; that is left out.",
		"2 Board of Directors is named as manager on 2 lines, this one first. Nobody in the list is meant.",
		"8 Ed Fox is named as manager on this line. Several people in the list have this name.",
		"10 Nobody Known is named as manager on this line. Nobody in the list has this name; number 1 is Ann B Lee.",
	}
	if diff := cmp.Diff(wantSaid, said); diff != "" {
		t.Error(diff)
	}
}

func TestManagerWithTwoNumbers(t *testing.T) {
	list := readPeople(t, "Name,Manager name,Manager ID\nAnn Lee,,\nBo Ek,Ann Lee,22\nCy Ott,\"Lee, Ann\",30\nDi Day,Ann Lee,31\n", PeopleOptions{})
	if r := list.ResolveManagers(); r.Found != 3 {
		t.Errorf("report %+v", r)
	}
	if len(list.Problems) != 1 || list.Problems[0].Text != "The manager Lee, Ann has number 30 here and 22 on line 3." {
		t.Errorf("problems %+v", list.Problems)
	}
}

func TestManagersInACircle(t *testing.T) {
	list := readPeople(t, "ID,Name,Manager ID\n1,Ann,2\n2,Bo,1\n", PeopleOptions{})
	if r := list.ResolveManagers(); r.Found != 2 || len(list.Problems) != 0 {
		t.Errorf("report %+v, problems %+v", r, list.Problems)
	}
}

// A manager of two family names is found by one of them, if nobody else can be meant.
func TestAManagerByPartOfTheName(t *testing.T) {
	list := readPeople(t, "Name,Manager\nAna Ruiz Ortega,\nBo Ek,\"Ruiz, Ana\"\nCy Ott,Ana Ortega\nDi Ann Lee,\nDi Ann Fox,\nEd Ray,Di Ann\n", PeopleOptions{})
	list.ResolveManagers()
	for i, want := range []int{0, 2, 2, 0, 0, 0} {
		if got := list.People[i].ManagerLine; got != want {
			t.Errorf("%s reports to line %d, want %d", list.People[i].Name, got, want)
		}
	}
}
