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
