package sheet

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// People write "present" for no end, and months without a day.
func TestLooseDays(t *testing.T) {
	list := readPeople(t, "Name;Eintritt;Austritt\nAnn;01.02.2020;present\nBo;Feb 2020;unbefristet\nCy;2020-02;29.02.2024\nDi;02/2020;02/2024\nEd;43862;Till date\nFay;soon;至今\n", PeopleOptions{})
	var got []string
	for _, p := range list.People {
		end := ""
		if !p.EmployedTo.IsZero() {
			end = p.EmployedTo.Format(time.DateOnly)
		}
		got = append(got, p.Name+" "+p.EmployedFrom.Format(time.DateOnly)+" "+end)
	}
	want := []string{"Ann 2020-02-01 ", "Bo 2020-02-01 ", "Cy 2020-02-01 2024-02-29", "Di 2020-02-01 2024-02-29", "Ed 2020-02-01 ", "Fay 0001-01-01 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for i, which := range map[int]string{1: "first", 2: "last"} {
		if why := list.Columns[i].Why; !strings.Contains(why, "read as their "+which+" day") {
			t.Errorf("column %d: %q", i, why)
		}
	}
	if got := hatsIn(t, "Role,Name,From,Until\nOwner,Ann,03/2026,present\nClerk,Bo,March 2026,soon\n", nil); len(got) != 2 || got[1] != "3 refused" {
		t.Errorf("got %v", got)
	}
}

// Days that a program wrote as numbers are days below headings of days, in each kind of list.
func TestDaysAreToldAlikeInEachList(t *testing.T) {
	found, err := FindHats("x.csv", []byte("Role,Name,From,Until\nOwner,Ann Bo,20260301,present\nClerk,Cy Day,46082,\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil || len(list.Hats) != 2 || list.Hats[0].From == nil || list.Hats[1].From == nil {
		t.Errorf("%+v, %v", list, err)
	}
	if people := readPeople(t, "Name,Start date,End date\nAnn Bo,20260301,present\nCy Day,46082,\n", PeopleOptions{}); people.People[1].EmployedFrom.IsZero() {
		t.Errorf("%+v", people)
	}
}

// That a file has no table is no text in it: one that says so in a cell is read as any other.
func TestATextAboutTablesIsNoMissingTable(t *testing.T) {
	if _, err := ReadPeople("x.md", []byte("# Staff\n\nAnn leads.\n"), PeopleOptions{}); CodeOf(err) != Template || !strings.Contains(err.Error(), "A list has a line for each") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadPeople("x.csv", []byte("There is no table in this text.\n"), PeopleOptions{}); CodeOf(err) != NotPeople {
		t.Errorf("got %v", err)
	}
}
