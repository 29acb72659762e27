package sheet

import (
	"strings"
	"testing"
)

// Which column has the names of people is told by what stands in the others, too.
func TestColumnsOfNames(t *testing.T) {
	for name, try := range map[string]struct{ file, text, want string }{
		"a login beside the full name":               {"x.yml", "- name: abo\n  full_name: Ann Bo\n- name: cdee\n  full_name: Cy Dee\n", "Ann Bo, Cy Dee"},
		"a login beside its parts":                   {"x.csv", "cn,givenname,sn\nabo,Ann,Bo\ncdee,Cy,Dee\n", "Ann Bo, Cy Dee"},
		"a directory with a login for a family name": {"x.ldif", "dn: uid=abo,ou=users,dc=example,dc=org\nobjectClass: inetOrgPerson\ncn: Ann Bo\nsn: abo\n\ndn: uid=cdee,ou=users,dc=example,dc=org\nobjectClass: inetOrgPerson\ncn: Cy Dee\nsn: cdee\n\ndn: cn=own,ou=schema\nobjectClass: metaSchema\ncn: own\n", "Ann Bo, Cy Dee"},
		"nothing but logins":                         {"x.csv", "Name,Email\nabo,ann@example.org\ncdee,cy@example.org\n", "abo, cdee"},
		"whole names that people prefer":             {"x.csv", "Legal Name,Preferred Name,Manager\n\"Bo, Ann\",Annie Bo,Cy Dee (1002)\n\"Dee, Cyril\",Cy Dee,\n", "Annie Bo, Cy Dee"},
		"whole names that some prefer":               {"x.csv", "Legal Name,Preferred Name,Department\n\"Bo, Ann\",Annie Bo,IT\n\"Dee, Cy\",,IT\n\"Ek, Di\",Didi Ek,IT\n", "Ann Bo, Cy Dee, Di Ek"},
		"given names that people prefer":             {"x.csv", "Name,Preferred Name\nBo,Ann Mae\nDee,Cy\n", "Ann Mae Bo, Cy Dee"},
		"a number behind the name":                   {"x.csv", "Name,Department\nAnn Bo (1001),IT\n1002 - Cy Dee,IT\n", "Ann Bo, Cy Dee"},
		"a footnote":                                 {"x.csv", "Name,Phone*,Email\n* Prefix of all,555,none\nAnn Bo,1,ann@example.org\n*Cy Dee,2,cy@example.org\n", "Ann Bo, *Cy Dee"},
	} {
		list, err := ReadPeople(try.file, []byte(try.text), PeopleOptions{})
		var got []string
		for _, p := range list.People {
			got = append(got, p.Name)
		}
		if strings.Join(got, ", ") != try.want || err != nil {
			t.Errorf("%s: %v, %q", name, err, got)
		}
	}
	list, err := ReadPeople("x.csv", []byte("Last name,First name,Bureau,Location,Office title\nBo,Ann,Sales,Bern,Clerk\nDee,Cy,IT,Ulm,Engineer\n"), PeopleOptions{})
	if p := list.People[0]; err != nil || p.Location != "Bern" || p.Title != "Clerk" {
		t.Errorf("%v, %+v", err, p)
	}
	list, err = ReadPeople("x.csv", []byte("Name,E-mail,Location\nAnn Bo,ann@example.org,https://example.org/users/1\nCy Dee,cy@example.org,https://example.org/users/2\n"), PeopleOptions{})
	if p := list.People[0]; err != nil || p.Location != "" {
		t.Errorf("%v, %+v", err, p)
	}
	list, err = ReadPeople("x.csv", []byte("Nom,Prénom,Bureau\nBo,Ann,Berne\nDee,Cy,Ulm\n"), PeopleOptions{})
	if p := list.People[0]; err != nil || p.Location != "Berne" {
		t.Errorf("%v, %+v", err, p)
	}
	list, err = ReadPeople("x.csv", []byte("Employee ID,Name,Manager\n1001,Ann Bo,Cyril Dee (1002)\n1002,Cy Dee,\n"), PeopleOptions{})
	list.ResolveManagers()
	if p := list.People[0]; err != nil || p.ManagerID != "1002" || p.ManagerName != "Cyril Dee" || p.ManagerLine != 3 {
		t.Errorf("%v, %+v", err, p)
	}
	list, err = ReadPeople("x.csv", []byte("First Name,Last Name,Phone 1 - Label,Phone 1 - Value\nAnn,Bo,Mobile,+49 170 1\nCy,Dee,* Work,+49 30 1\n"), PeopleOptions{})
	if p := list.People[0]; err != nil || p.Phone != "+49 170 1" {
		t.Errorf("%v, %+v", err, p)
	}
	list, err = ReadPeople("x.csv", []byte("Name,Position,Contact\nAnn Bo,Clerk,ann@example.org\nCy Dee,Chief,cy@example.org\n"), PeopleOptions{})
	if p := list.People[0]; err != nil || p.Email != "ann@example.org" {
		t.Errorf("%v, %+v", err, p)
	}
	list, err = ReadPeople("x.csv", []byte("fullname,email,status\nAnn Bo,ann@example.org,Member\nCy Dee,cy@example.org,Deactivated\nDaily News,bot@example.org,Bot\n"), PeopleOptions{})
	if err != nil || len(list.People) != 2 || len(list.Problems) != 2 || !strings.Contains(list.Problems[0].Text, "Deactivated") {
		t.Errorf("%v, %+v, %+v", err, list.People, list.Problems)
	}
}
