package sheet

import (
	"fmt"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// Whether an account is in use is read as each directory writes it; whose is not comes in with a remark, or with none where
// the list has a last day.
func TestAccountsThatAreNotInUse(t *testing.T) {
	for head, values := range map[string][2]string{
		"Enabled": {"True", "False"}, "accountEnabled": {"true", "FALSE"}, "Status [READ ONLY]": {"Active", "Suspended"}, "status": {"ACTIVE", "DEPROVISIONED"},
		"userAccountControl": {"512", "514"}, "Account disabled": {"No", "yes"}, "Suspended": {"false", "true"},
	} {
		text := "Name,Email," + head + ",Last day\nAnn Bee,ann@example.org," + values[0] + ",\nCy Dee,cy@example.org," + values[1] + ",\nEd Fox,ed@example.org," + values[1] + ",2026-03-31\n"
		list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{})
		if err != nil || len(list.People) != 3 {
			t.Fatalf("%s: %v, %+v", head, err, list)
		}
		remarks := list.Remarks()
		if len(remarks) != 1 || remarks[0].Line != 3 || remarks[0].What != "Cy Dee" || remarks[0].Code != itsm.StoppedAccount || remarks[0].Fatal ||
			!strings.HasPrefix(remarks[0].Text, "“"+head+"” is “"+values[1]+"” for Cy Dee") {
			t.Errorf("%s: %+v", head, remarks)
		}
	}
	list, err := ReadPeople("x.csv", []byte("Name,Status\nAnn Bee,full time\nCy Dee,part time\n"), PeopleOptions{})
	if err != nil || list.Columns[1].Field != NoField || len(list.Remarks()) != 0 {
		t.Errorf("another status: %v, %+v", err, list.Columns)
	}
}

// Whether people are still employed is read where a column says no more than that; anything else there is nobody's business.
func TestWhoIsStillEmployed(t *testing.T) {
	list, err := ReadPeople("x.csv", []byte("Name,Employment status\nAnn Bee,ACTIVE\nCy Dee,RESIGNED\n"), PeopleOptions{})
	if remarks := list.Remarks(); err != nil || len(remarks) != 1 || remarks[0].What != "Cy Dee" || remarks[0].Code != itsm.StoppedAccount {
		t.Errorf("%v, %+v", err, remarks)
	}
	list, err = ReadPeople("x.csv", []byte("Name,Employment status\nAnn Bee,Active\nCy Dee,Terminated for cause\n"), PeopleOptions{})
	if err != nil || !list.Columns[1].Sensitive || len(list.Remarks()) != 0 || !strings.Contains(list.Columns[1].Why, "plainly") {
		t.Errorf("with a reason: %v, %+v", err, list)
	}
}

// A slip among the values of such a column is named; a reason among them is not, and leaves no trace.
func TestMostValuesSayWhoIsStillEmployed(t *testing.T) {
	for text, says := range map[string]string{
		"Name,employment_status\nAnn Bee,Active\nCy Dee,INACTIVE\nEd Fox,Activ\nGus Hay,on leave\nIda Joy,Active\n":                    "says “Activ” on 1 line",
		"Name,employment_status\nAnn Bee,1. Active\nCy Dee,2. Left\nEd Fox,3. Fired-for-theft\nGus Hay,1. Active\nIda Joy,1. Active\n": "says something else on 1 line",
		"성명,employment_status\n이가나,1. 재직\n지마바,2. 퇴직\n":                                                                                 "",
	} {
		list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{})
		remarks := list.Remarks()
		if err != nil || list.Columns[1].Field != AccountState {
			t.Fatalf("%q: %v, %+v", text, err, list.Columns)
		}
		if remarks[0].Code != itsm.StoppedAccount || remarks[0].Line != 3 || len(remarks) != 1+min(len(says), 1) {
			t.Errorf("%q: %+v", text, remarks)
		} else if says != "" && (remarks[1].Code != "no-state" || remarks[1].Line != 4 || !strings.Contains(remarks[1].Text, says)) {
			t.Errorf("%q: %+v", text, remarks[1])
		}
		table, err := FindPeople("x.csv", []byte(text), PeopleOptions{})
		if err != nil || strings.Contains(fmt.Sprint(table.Rows), "theft") {
			t.Errorf("a reason is kept: %v, %+v", err, table.Rows)
		}
	}
}

// Who left may be a group among others; where all are of it, the list is one of those.
func TestAGroupOfThoseWhoLeft(t *testing.T) {
	list, err := ReadPeople("x.csv", []byte("Name,Team\nAnn Bee,ovens\nCy Dee,recent_alumni\n"), PeopleOptions{})
	if remarks := list.Remarks(); err != nil || len(remarks) != 1 || remarks[0].What != "Cy Dee" {
		t.Errorf("%v, %+v", err, remarks)
	}
	list, err = ReadPeople("x.csv", []byte("Name,Team\nAnn Bee,alumni\nCy Dee,alumni\n"), PeopleOptions{})
	if err != nil || len(list.Remarks()) != 0 {
		t.Errorf("all of them: %v, %+v", err, list.Remarks())
	}
}
