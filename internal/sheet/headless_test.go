package sheet

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// A list without headings loses no line: an address, a day or a coded number where the lines below have one too is no
// heading. What the columns are is told by their values where these speak for themselves.
func TestAListWithoutHeadingsLosesNoLine(t *testing.T) {
	known := map[Field]func(string) bool{
		HatHolder: func(s string) bool { return s == "Jonas Weber" || s == "Marta Nowak" }, Email: func(s string) bool { return strings.HasSuffix(s, "@x.example") },
		HatPractice: func(s string) bool { return strings.HasSuffix(s, "management") },
	}
	for name, c := range map[string]struct {
		list string
		want []string
	}{
		"addresses":  {"jonas@x.example,Manager,Incident management\nmarta@x.example,Owner,Problem management\n", []string{"jonas@x.example", "marta@x.example"}},
		"names":      {"Jonas Weber,Manager,Incident management\nMarta Nowak,Owner,Problem management\n", []string{"Jonas Weber", "Marta Nowak"}},
		"one line":   {"jonas@x.example,Manager,Incident management\n", []string{"jonas@x.example"}},
		"a late one": {"Desk,jonas@x.example,Manager,Incident management\nOwner,marta@x.example,Owner,Problem management\n", []string{"jonas@x.example", "marta@x.example"}},
		"headings":   {"Who,Role,Practice\nJonas Weber,Manager,Incident management\n", []string{"Jonas Weber"}},
	} {
		found, err := FindHats("list.csv", []byte(c.list), Limits{})
		if err != nil {
			t.Fatal(name, err)
		}
		list, err := ReadHats(found[0], ListOptions{Known: known})
		var got []string
		for _, h := range list.Hats {
			got = append(got, h.Holder+h.Email)
		}
		if err != nil || !slices.Equal(got, c.want) || list.Headless != (name != "headings") {
			t.Errorf("%s: %q %v %v", name, got, list.Headless, err)
		}
	}
}

func TestPeopleWithoutHeadingsAreReadByTheirAddresses(t *testing.T) {
	list, err := ReadPeople("p.csv", []byte("E-01,Ann Field,Clerk,ann.field@x.example\nE-02,Bob Stone,Lead,bob.stone@x.example\n"), PeopleOptions{})
	if err != nil || len(list.People) != 2 || list.People[0].Name != "Ann Field" || list.People[1].Email != "bob.stone@x.example" || list.People[0].ExternalID != "E-01" || list.People[0].Title != "" {
		t.Errorf("%+v %v", list.People, err)
	}
	if c := list.Columns[2]; c.Sample != "Clerk" || c.Field != NoField {
		t.Errorf("%+v", c)
	}
	said, err := ReadPeople("p.csv", []byte("Name,Post\nEva Neu,Clerk\n"), PeopleOptions{Top: TopData, Mapping: map[int]Field{0: FullName}})
	if err != nil || len(said.People) != 2 || !said.Headless {
		t.Errorf("said to have no headings: %+v %v", said.People, err)
	}
}

func TestPoliciesWithoutHeadingsAreAskedAbout(t *testing.T) {
	found, err := FindPolicies([]File{{"p.csv", []byte("P-801,Backups,Every night.\nP-802,Logging,A year.\n")}}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := ReadPolicies(found[0], ListOptions{}); CodeOf(err) != WrongMapping || !list.Headless || list.Columns[1].Sample != "Backups" {
		t.Errorf("%+v %v", list.Columns, err)
	}
	list, err := ReadPolicies(found[0], ListOptions{Mapping: map[int]Field{0: PolicyNumber, 1: PolicyTitle, 2: PolicyStatement}})
	if err != nil || len(list.Policies) != 2 || list.Policies[0].Number != "P-801" {
		t.Errorf("%+v %v", list.Policies, err)
	}
}

// A column whose cells name several people each is one of people, whatever it is called.
func TestAColumnOfSeveralNamesIsKnownByThem(t *testing.T) {
	known := map[Field]func(string) bool{HatHolder: func(s string) bool { return s == "Jonas Weber" || s == "Marta Nowak" }}
	for _, heading := range []string{"People", "Crew"} {
		found, err := FindHats("h.csv", []byte("Role,"+heading+"\nAnalyst,Jonas Weber; Marta Nowak\nLead,\"Marta Nowak, Jonas Weber\"\n"), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadHats(found[0], ListOptions{Known: maps.Clone(known)})
		if err != nil || len(list.Hats) != 4 || list.Hats[1].Holder != "Marta Nowak" || list.Hats[3].Holder != "Jonas Weber" {
			t.Errorf("%s: %+v %v", heading, list.Hats, err)
		}
	}
}

func TestACodeOfSpanishListsIsTheNumber(t *testing.T) {
	list, err := ReadPeople("p.csv", []byte("Código;Nombre;Apellido 1\n17;José;García\n18;Ana;Ruiz\n"), PeopleOptions{})
	if err != nil || len(list.People) != 2 || list.People[0].ExternalID != "17" {
		t.Errorf("%+v %v", list.People, err)
	}
}

func TestANameThatIsKnownIsNotTakenApart(t *testing.T) {
	known := func(s string) bool { return s == "L;urette Stango" }
	if got := each("L;urette Stango", known); !slices.Equal(got, []string{"L;urette Stango"}) {
		t.Errorf("%q", got)
	}
}

func TestAColumnOfWhateverHatsHangOnStaysOne(t *testing.T) {
	known := map[Field]func(string) bool{HatPractice: func(s string) bool { return s == "Incident management" }}
	found, err := FindHats("h.csv", []byte("Wears it,Role,Of,Practice\nA B,Lead,Incident management,\nC D,Lead,Incident management,\nE F,Service Owner,Payroll,\nG H,Owner,Deploy,Incident management\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{Known: known})
	if err != nil || len(list.Hats) != 4 || list.Hats[2].Of != "Payroll" || list.Hats[3].Practice != "Incident management" {
		t.Errorf("%+v %v", list.Hats, err)
	}
}

// Rows that are numbered from the first one on have no headings above them.
func TestANumberedListWithoutHeadings(t *testing.T) {
	text := "1;Lang;Eva;Fahrerin\n2;Kurz;Max;Bote\n3;Gil;Ana;Manager\n4;Paz;Luz;Mitarbeiter\n"
	list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{})
	if CodeOf(err) != NotPeople || !list.Headless || len(list.Columns) != 4 {
		t.Fatalf("%+v, %v", list, err)
	}
	list, err = ReadPeople("x.csv", []byte(text), PeopleOptions{Mapping: map[int]Field{0: ExternalID, 1: FamilyName, 2: GivenName, 3: Title}})
	if err != nil || len(list.People) != 4 || list.People[0].Name != "Eva Lang" || list.People[0].ExternalID != "1" {
		t.Errorf("%+v, %v", list.People, err)
	}
	if _, err := ReadPeople("x.md", []byte("# Roster\n\n- Week 1: Ann\n"), PeopleOptions{}); CodeOf(err) != Template {
		t.Errorf("a text without a table: %v", err)
	}
}
