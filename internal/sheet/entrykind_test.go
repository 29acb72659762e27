package sheet

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Rooms, mailboxes of many and accounts of programs are refused; guests come in and are said.
func TestEntriesThatAreNoPeople(t *testing.T) {
	tests := []struct {
		name, text       string
		people, problems []string
	}{
		{"by their names", "DisplayName,UserPrincipalName,UserType\nIda Roe,ida@example.org,Member\nSeminar Room 2,sr2@example.org,Member\nBesprechungsraum Ost,ost@example.org,Member\nsvc-print,svc-print@example.org,Member\n" +
			"Help Desk,help.desk@example.org,Member\nOle Sun,ole.sun_mill.example#EXT#@example.onmicrosoft.com,Guest\nRoom Bart,bart@example.org,Member\n",
			[]string{"Ida Roe ida@example.org", "Ole Sun ole.sun@mill.example", "Room Bart bart@example.org"}, []string{"3 no-person", "4 no-person", "5 no-person", "6 no-person", "7 guest-account"}},
		{"by their kind", "DisplayName,PrimarySmtpAddress,RecipientTypeDetails\nIda Roe,ida@example.org,UserMailbox\nAtrium,atrium@example.org,RoomMailbox\nFrontdesk,front@example.org,SharedMailbox\nAll hands,all@example.org,MailUniversalDistributionGroup\n",
			[]string{"Ida Roe ida@example.org"}, []string{"3 no-person", "4 no-person", "5 no-person"}},
		{"by a function", "Id,Name,E-mail\n1,Manager,\n2,Cashier,\n3,Guest,guest2@example.org\n4,Guest,ida.guest@example.org\n5,Helpdesk,h@example.org\n6,Baker,\n7,Geschäftsführer,\n8,Ida Manager,\n",
			[]string{"Guest ida.guest@example.org", "Baker ", "Ida Manager "}, []string{"2 no-person", "3 no-person", "4 no-person", "6 no-person", "8 no-person"}},
		{"by a word among others it is no kind", "Name,E-mail,Employee type\nIda Roe,ida@example.org,Group employee\nOle Sun,ole@example.org,Service account\n", []string{"Ida Roe ida@example.org"}, []string{"3 no-person"}},
	}
	for _, tt := range tests {
		list, err := ReadPeople("x.csv", []byte(tt.text), PeopleOptions{})
		if err != nil {
			t.Fatal(tt.name, err)
		}
		var people, problems []string
		for _, p := range list.People {
			people = append(people, p.Name+" "+p.Email)
		}
		for _, p := range list.Problems {
			problems = append(problems, fmt.Sprint(p.Line, " ", p.Code))
		}
		if diff := cmp.Diff(tt.people, people) + cmp.Diff(tt.problems, problems); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
