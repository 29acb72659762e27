package sheet

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// dated reads one column of days and returns them in ISO form.
func dated(t *testing.T, options PeopleOptions, days ...string) (PeopleList, []string) {
	t.Helper()
	text := "Name;Hire date\n"
	for i, d := range days {
		text += fmt.Sprintf("P%d;%s\n", i, d)
	}
	list := readPeople(t, text, options)
	var got []string
	for _, p := range list.People {
		if p.EmployedFrom.IsZero() {
			got = append(got, "")
			continue
		}
		got = append(got, p.EmployedFrom.Format(time.DateOnly))
	}
	return list, got
}

func TestDates(t *testing.T) {
	tests := []struct {
		name      string
		in, want  []string
		questions int
	}{
		{"one column, three forms", []string{"1/20/2002", "10-12-10", "2019-10-29 06:09:38 UTC"}, []string{"2002-01-20", "2010-10-12", "2019-10-29"}, 0},
		{"day first by evidence", []string{"20/1/2002", "03/04/05"}, []string{"2002-01-20", "2005-04-03"}, 0},
		{"no evidence", []string{"03/04/2005", "05/06/2007"}, []string{"2005-04-03", "2007-06-05"}, 1},
		{"mixed evidence", []string{"1/20/2002", "1/21/2002", "22/1/2002", "3/4/2002"}, []string{"2002-01-20", "2002-01-21", "2002-01-22", "2002-03-04"}, 1},
		{"an order for each sign", []string{"1/20/2002", "1/21/2002", "22-1-2002", "23-1-2002", "3/4/2002", "3-4-2002"}, []string{"2002-01-20", "2002-01-21", "2002-01-22", "2002-01-23", "2002-03-04", "2002-04-03"}, 0},
		{"one date says little of its sign", []string{"1/20/2002", "1/21/2002", "22-1-2002", "3-4-2002"}, []string{"2002-01-20", "2002-01-21", "2002-01-22", "2002-03-04"}, 1},
		{"month names", []string{"21-Jun-07", "June 21, 2007", "21. Juni 2007", "21 de março de 2007", "1er août 2007", "Thu, 21 Jun 2007"},
			[]string{"2007-06-21", "2007-06-21", "2007-06-21", "2007-03-21", "", "2007-06-21"}, 0},
		{"German dots", []string{"03.04.2005", "1.2.20"}, []string{"2005-04-03", "2020-02-01"}, 0},
		{"day numbers", []string{"39254", "20070621"}, []string{"2007-06-21", "2007-06-21"}, 0},
		{"ISO", []string{"2024-02-29", "2024-02-29T10:00:00Z", "2024/2/9"}, []string{"2024-02-29", "2024-02-29", "2024-02-09"}, 0},
		{"other scripts", []string{"2020年4月1日", "٢٠٢٠/٠٤/٠١", "2020. 4. 1.", "1 апреля 2020", "1 kwietnia 2020", "1. huhtikuuta 2020", "１/４/２０２０"},
			[]string{"2020-04-01", "2020-04-01", "2020-04-01", "2020-04-01", "2020-04-01", "2020-04-01", "2020-04-01"}, 1},
		{"century", []string{"13/1/36", "13/1/37", "13/7/83"}, []string{"2036-01-13", "1937-01-13", "1983-07-13"}, 0},
		{"year first", []string{"99-12-31", "02-03-04"}, []string{"1999-12-31", "2002-03-04"}, 0},
		{"none", []string{"2020-01-01", "null", "0000-00-00", " - ", ""}, []string{"2020-01-01", "", "", "", ""}, 0},
		{"impossible", []string{"2020-01-01", "2021-01-01", "2/30/2011"}, []string{"2020-01-01", "2021-01-01", ""}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, got := dated(t, PeopleOptions{}, tt.in...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if len(list.Questions) != tt.questions {
				t.Errorf("questions %+v", list.Questions)
			}
		})
	}
}

func TestDateOrderChosen(t *testing.T) {
	list, got := dated(t, PeopleOptions{DateOrder: MDY}, "03/04/2005")
	if got[0] != "2005-03-04" || len(list.Questions) != 0 {
		t.Errorf("got %v, %v", got, list.Questions)
	}
}

func TestQuestionSaysWhatWasAssumed(t *testing.T) {
	list, _ := dated(t, PeopleOptions{}, "", "03/04/2005")
	want := "“Hire date” has 1 date that can be read in two ways, such as 03/04/2005 on line 3. They were read as day/month/year."
	if len(list.Questions) != 1 || list.Questions[0].Text != want || list.Questions[0].Assumed != "dmy" {
		t.Errorf("got %+v", list.Questions)
	}
}
