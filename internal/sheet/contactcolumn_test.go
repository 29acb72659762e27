package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A column says of each how to reach them, with or without an address; the names are invented.
func TestAddressesAmongOtherContacts(t *testing.T) {
	text := "| Name | Role | Contact |\n|---|---|---|\n| Ida Roe | Oven lead | via the shop |\n| Ole Sun | Door lead | [ole@example.org](mailto:ole@example.org) |\n| Uma Fay | Shop lead | uma@example.org, or at the counter |\n"
	if diff := cmp.Diff([]string{"Ida Roe, Oven lead, , ", "Ole Sun, Door lead, , ole@example.org", "Uma Fay, Shop lead, , uma@example.org"}, hatsRead(t, "x.md", text)); diff != "" {
		t.Error(diff)
	}
	found, _ := FindHats("x.md", []byte(text), Limits{})
	hats, _ := ReadHats(found[0], ListOptions{})
	if len(hats.Remarks) != 1 || hats.Remarks[0].Text != "“via the shop” is not an e-mail address: it is left out, as are others of that column." {
		t.Errorf("got %+v", hats.Remarks)
	}
	for contacts, want := range map[[3]string][]string{
		{"ida@example.org", "+49 30 123456", "via the shop"}:    {"some of its values are e-mail addresses", "ida@example.org", "", ""},
		{"at the counter", "+49 30 123456", "via the shop"}:     {"its values are neither names nor e-mail addresses", "", "", ""},
		{"Uma Fay", "Uma Fay", "Uma Fay"}:                       {"full name is read from “Name”", "", "", ""},
		{"ida@example.org", "ole@example.org", "u@example.org"}: {"its values are addresses", "ida@example.org", "ole@example.org", "u@example.org"},
	} {
		list, err := ReadPeople("x.csv", []byte("Name,Department,Contact\nIda Roe,IT,"+contacts[0]+"\nOle Sun,IT,"+contacts[1]+"\nBen Ash,HR,"+contacts[2]+"\n"), PeopleOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got := []string{list.Columns[2].Why}
		for _, p := range list.People {
			got = append(got, p.Email)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v: %s", contacts, diff)
		}
	}
}
