package sheet

import "testing"

// Names of accounts are no keys of people, which is said; the people are invented.
func TestColumnsOfAccountsSayWhatTheyAre(t *testing.T) {
	for text, want := range map[string][2]string{
		"SamAccountName,Name,Department\nirhe,Ida Roe,IT\nosun,Ole Sun,HR\n":                          {keyOfAccounts, ""},
		"Login,Name,Department\nirhe,Ida Roe,IT\nosun,Ole Sun,HR\n":                                   {keyOfAccounts, ""},
		"Login,Name,Department\nida@example.org,Ida Roe,IT\nole@example.org,Ole Sun,HR\n":             {"its heading looks like it", ""},
		"Kennung,Vorname,Nachname\nP1,Ida,Roe\nP2,Ole,Sun\n":                                          {"its heading looks like it", "P1"},
		"Kennung,Personalnummer,Vorname,Nachname\nP1,17,Ida,Roe\nP2,18,Ole,Sun\n":                     {"number is read from “Personalnummer”", "17"},
		"Kennung,Vorname,Nachname\nA,Ida,Roe\nA,Ole,Sun\nB,Uma,Fay\nB,Ben,Ash\nA,Ana,Elm\nB,Bo,Oak\n": {"its values repeat, so they tell nobody apart", ""},
	} {
		list, err := ReadPeople("x.csv", []byte(text), PeopleOptions{})
		if err != nil || list.Columns[0].Why != want[0] || list.People[0].ExternalID != want[1] {
			t.Errorf("%s: got %v, %+v", text, err, list.Columns)
		}
	}
	found, err := FindHats("x.csv", []byte("Role,Name,sAMAccountName\nOven lead,Ida Roe,irhe\n"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadHats(found[0], ListOptions{})
	if err != nil || list.Columns[2].Why != namesAccounts {
		t.Errorf("got %v, %+v", err, list.Columns)
	}
}
