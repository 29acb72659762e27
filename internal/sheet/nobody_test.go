package sheet

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNobodyBelowTheHeadings(t *testing.T) {
	if _, err := ReadPeople("x.csv", []byte("Name,Title\n"), PeopleOptions{}); CodeOf(err) != Template {
		t.Errorf("got %v", err)
	}
}

// A line below a list that counts it is nobody; a person of such a name is.
// Lists are printed page by page, with remarks below, and exports of directories hold more than people.
func TestLinesThatNameNobody(t *testing.T) {
	list := readPeople(t, "No,Name,E-mail,objectClass\n1,Ann Lee,ann@example.org,top;person;user\n,Grand total,1,\nNo,Name,E-mail,objectClass\n2,Bo Ek,bo@example.org,top;person;user\n"+
		"3,Printers,printers@example.org,top;group\n,Confidential – for internal use only,,\n,Printed 29.11.2026 by HR,,\n,End of report,,\n", PeopleOptions{})
	var got []string
	for _, p := range list.Problems {
		got = append(got, fmt.Sprintf("%d %s", p.Line, p.Code))
	}
	if diff := cmp.Diff([]string{"3 total", "4 headings", "6 no-person", "7 remark", "8 remark", "9 remark"}, got); diff != "" || len(list.People) != 2 {
		t.Errorf("%d people: %s", len(list.People), diff)
	}
	list = readPeople(t, "User ID,First name,Last name,Department\nUSERID,Firstname,Surname,Dept\n1,Ann,Lee,IT\n", PeopleOptions{})
	if len(list.People) != 1 || list.Problems[0].Code != "headings" {
		t.Errorf("got %+v", list)
	}
}

func TestEntriesOfADirectory(t *testing.T) {
	list, err := ReadPeople("users.ldif", []byte("version: 1\n\n# two of them\ndn: CN=Ray\\, Bob,OU=Users,DC=ex\n ample\nchangetype: add\nobjectClass: top\nobjectClass: user\ncn: Ray, Bob\n"+
		"sn:: w5ZydW0=\ngivenName: Bob\nmail: bob@example.org\n\ndn: CN=Ann Lee,DC=example\nobjectClass: user\ngivenName: Ann\nsn: Lee\nmanager: CN=Bob Örum,DC=example\n"), PeopleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	list.ResolveManagers()
	if len(list.People) != 2 || list.People[0].Name != "Bob Örum" || list.People[0].Line != 4 || list.People[1].Line != 14 || list.People[1].ManagerLine != 4 {
		t.Errorf("got %+v", list.People)
	}
}

func TestATotalIsNobody(t *testing.T) {
	list, err := ReadPeople("x.csv", []byte("Number,Name,Email,Department\n1,Ann Total,ann@example.org,IT\n2,\"Summe, Ute\",ute@example.org,IT\n,Total,2,\nTotal employees: 2\n,Total,,\n"), PeopleOptions{})
	if err != nil || len(list.People) != 3 || list.Counts.Refused != 2 {
		t.Fatalf("%v, %+v", err, list)
	}
	for _, r := range list.Remarks() {
		if r.Fatal && r.Text != "This line counts others and names nobody." {
			t.Errorf("%+v", r)
		}
	}
}

// A cell too many or too few in a line is said, and nobody comes in under an address or with a day for an e-mail.
func TestShiftedLinesAreSaid(t *testing.T) {
	list := readPeople(t, "Name,E-mail,Title,Start date\nAnn Bo,a@b.co,Head,2020-01-02\nc@b.co,Clerk,2021-03-04,\nDi Fox,,d@b.co,Lead\nEd Gil,2020-05-06,Clerk,\nFay Hu,n/a,Clerk,\nGus Ivy (g@b.co),g@b.co,Lead,2020-01-02\n", PeopleOptions{})
	want := []LineProblem{
		{"shifted", 3, FullName, "", "The cells of this line seem to be shifted: the e-mail address “c@b.co” stands under “Name”. Put each into its column and bring the list again.", true},
		{"shifted", 4, FullName, "", "The cells of this line seem to be shifted: the e-mail address “d@b.co” stands under “Title”. Put each into its column and bring the list again.", true},
		{"shifted", 5, FullName, "", "The cells of this line seem to be shifted: the day “2020-05-06” stands under “E-mail”. Put each into its column and bring the list again.", true},
	}
	if diff := cmp.Diff(want, list.Problems); diff != "" || list.Counts.People != 3 {
		t.Error(diff, list.Counts)
	}
	if list = readPeople(t, "Name,E-mail,Title\nAnn Bo,a@b.co,Head\nc@b.co,Clerk,\n", PeopleOptions{}); list.Counts.Refused != 1 {
		t.Errorf("one of two lines: %+v", list.Problems)
	}
	if list = readPeople(t, "Name,Title\na@b.co,Head\nc@b.co,Clerk\nDi Fox,Lead\n", PeopleOptions{}); list.Counts.People != 3 {
		t.Errorf("a column that names most by their addresses: %+v", list.Problems)
	}
}
