package sheet

import (
	"strings"
	"testing"
)

// Half of a name is remarked on among whole ones, and nowhere else.
func TestFewWithOneName(t *testing.T) {
	for text, says := range map[string]string{
		"First name,Last name\nAnn,Bee\nCy,\nEd,Fox\n,Gus\nIda,Joy\n":           "2 people have one name only: Cy (line 3) and Gus (line 5).",
		"Name\nAnn Bee\nDr. Cy\nEd Fox\n":                                       "1 person has one name only: Dr. Cy (line 3).",
		"Name\nA B\nC D\nE F\nG H\nI J\nK L\nAnn\nBo\nCy\nDi\nEd\n":             "5 people have one name only: Ann (line 8), Bo (line 9), Cy (line 10) and 2 more.",
		"Name\nSuharto\nSukarno\nAnn Bee\n":                                     "",
		"姓名\n王小明\n李小红\nAnn Bee\nCy Dee\nEd Fox\n":                               "",
		"Name,First name,Last name\nAnn Bee,Ann,Bee\nCy Dee,Cy,\nEd Fo,Ed,Fo\n": "",
	} {
		said := ""
		for _, p := range readPeople(t, text, PeopleOptions{}).Problems {
			if p.Code == "one-name" {
				said = p.Text
			}
		}
		if !strings.HasPrefix(said, says) || (says == "") != (said == "") {
			t.Errorf("%q: %q", text, said)
		}
	}
}
