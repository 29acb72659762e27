package sheet

import (
	"strings"
	"testing"
)

// Lists without headings may have names in two columns, which is said; the names are invented.
func TestNamesInTwoColumnsWithoutHeadings(t *testing.T) {
	const none = "This does not look like a list of people: none of its columns is known to hold names. Say which column does."
	const pair = "It is not known which columns of this list hold names. Two beside each other, with "
	for text, want := range map[string]string{
		"Roe,Ida,1990-01-01,4500.0\nSun,Ole,1985-05-12,3450.0\nFay,Uma,1992-03-24,4100.5\n": pair + "“Roe” and “Ida”, look like family names and given names; which is which is not guessed. Say so.",
		"7,Roe,Ida,Sales\n9,Sun,Ole,IT\n4,Fay,Uma,Sales\n":                                  pair + "“Sun” and “Ole”, look like family names and given names; which is which is not guessed. Say so.",
		"Baker,Loaf,Shop\nRoe,Ida,Ulm\nSun,Ole,Bern\n":                                      pair + "“Roe” and “Ida”, look like family names and given names; which is which is not guessed. Say so.",
		"Oven,Sous-chef,Region\nRoe,Ida,Ulm\nSun,Ole,Bern\n":                                none,
		"Mill Road,Ida Roe,12\nElm Road,Ole Sun,14\n":                                       none,
		"Sales,IT,Ulm\nMarketing,HR,Bern\n":                                                 none,
		"4,5,6\n7,8,9\n":                                                                    none,
	} {
		list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{})
		parts := 0
		for _, c := range list.Columns {
			if c.Why == MayBePart {
				parts++
			}
		}
		if err == nil || err.Error() != want || strings.HasPrefix(want, pair) != (parts == 2) {
			t.Errorf("%s: got %v, %d", text, err, parts)
		}
	}
}

// Where a person says which columns hold names, a first line with names and no known heading is one of the list.
func TestTheFirstLineMayHoldNames(t *testing.T) {
	parts := map[int]Field{0: FamilyName, 1: GivenName}
	for text, want := range map[string]int{"Roe,Ida,Sales\nSun,Ole,IT\n": 2, "Last name,Given name,Sales\nSun,Ole,IT\n": 1, "names 1,names 2,x\nSun,Ole,IT\n": 1} {
		list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{Mapping: parts})
		if err != nil || len(list.People) != want || list.Headless != (want == 2) {
			t.Errorf("%s: got %v, %+v", text, err, list.People)
		}
	}
	if list, err := ReadPeople("x.csv", []byte("Roe,Ida,Sales\nSun,Ole,IT\n"), PeopleOptions{Mapping: parts, Top: TopHeadings}); err != nil || len(list.People) != 1 {
		t.Errorf("got %v, %+v", err, list.People)
	}
}
