package sheet

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPersonalColumnsAreNotKept(t *testing.T) {
	file := "List of October\n\nName,Salary,Birth date,Title,Last day\nAnn Smith,88123,1990-05-06,Engineer,2026-10-31\n"
	table, err := FindPeople("list.csv", []byte(file), PeopleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(kept); strings.Contains(s, "88123") || strings.Contains(s, "1990") || !strings.Contains(s, "Engineer") {
		t.Errorf("kept: %s", s)
	}
	var back PeopleTable
	if err := json.Unmarshal(kept, &back); err != nil {
		t.Fatal(err)
	}
	list, err := back.Read(PeopleOptions{})
	if err != nil || len(list.People) != 1 || list.People[0].Line != 4 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if got := list.Listed()[0]; got.Name != "Ann Smith" || got.EmployedTo.Format("2006-01-02") != "2026-11-01" {
		t.Errorf("got %+v", got)
	}
}
