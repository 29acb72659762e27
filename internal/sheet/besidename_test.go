package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Telephone numbers and words in brackets in the cell of a name are no part of it; the names are invented.
func TestWhatStandsBesideAName(t *testing.T) {
	for cell, want := range map[string]string{
		"Ida Roe (+1-555-0301)": "Ida Roe", "Ida Roe (ext. 4471)": "Ida Roe", "Ida Roe - 0171 5550102": "Ida Roe", "Ida Roe 0171/5550103": "Ida Roe", "Ida Roe (x4471)": "Ida Roe",
		"Ida Roe, Tel. 4471": "Ida Roe", "Ida Roe (555) 555-0100": "Ida Roe", "Service Desk (+49 30 123456)": "Service Desk", "Ida Roe 01715550102": "Ida Roe",
		"Ida Roe (1002)": "Ida Roe (1002)", "Ida Roe (2020 – 2024)": "Ida Roe (2020 – 2024)", "Ida Roe (01.02.2024)": "Ida Roe (01.02.2024)", "Oven 3": "Oven 3", "Team 0815": "Team 0815",
		"Ida Roe (vertretend)": "Ida Roe deputy", "Ida Roe (Acting)": "Ida Roe acting", "Ida Roe (caretaker)": "Ida Roe", "Ida Roe (Oven Ltd)": "Ida Roe (Oven Ltd)", "Ida Roe (until May)": "Ida Roe (until May)",
		"Night shift (acting)": "Night shift (acting)",
	} {
		list := HatList{}
		r := listReader{at: map[Field]int{HatHolder: 0}}
		row, as := list.besideName(&r, Row{Line: 2, Cells: []string{cell}})
		if got := joined(spokenName(row.Cells[0], false), as); got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
}

func TestWhatIsLeftOutBesideNamesIsSaid(t *testing.T) {
	found, err := FindHats("x.csv", []byte("Role,Holder\nOven lead,Ida Roe (+1-555-0301)\nDoor lead,Ole Sun (ext. 12)\nShop lead,Uma Fay (caretaker)\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Note{{Line: 2, Text: "Telephone numbers that stand beside names are left out."}, {Line: 4, Text: "“(caretaker)” behind a name is not part of it, and is left out."}}
	if diff := cmp.Diff(want, list.Remarks); diff != "" {
		t.Error(diff)
	}
}

// In a list of people the number is theirs, unless another column says one.
func TestTelephoneBesideThePersonsName(t *testing.T) {
	list, err := ReadPeople("x.csv", []byte("Name,Department,Email\nIda Roe (+49 30 123456),IT,ida@example.org\nOle Sun,HR,ole@example.org\n"), PeopleOptions{})
	if err != nil || len(list.People) != 2 || list.People[0].Name != "Ida Roe" || list.People[0].Phone != "+49 30 123456" {
		t.Errorf("got %+v %v", list.People, err)
	}
}
