package itsm

import (
	"slices"
	"testing"
)

func TestAHeadingWithoutTheNameInIt(t *testing.T) {
	for heading, want := range map[string]string{
		"Incident manager (Marta Nowak)": "Incident manager", "marta nowak - Ops": "Ops", "Ops: Marta Nowak": "Ops", "Marta Nowak": "Marta Nowak",
		"Lead (Marta Nowak) of desk": "Lead of desk", "Desk": "Desk", "Marta Nowak (DBA)": "DBA", "Marta Nowak, Manager (EMEA)": "Manager (EMEA)",
		"Manager (EMEA) Marta Nowak": "Manager (EMEA)", "Ops (Desk: Marta Nowak)": "Ops (Desk)", "Marta Nowak (a) or (b)": "(a) or (b)",
	} {
		if got := WithoutName(heading, "Marta Nowak"); got != want {
			t.Errorf("%q without the name is %q, want %q", heading, got, want)
		}
	}
}

func TestNamesOfPeopleAreFoundInHeadings(t *testing.T) {
	marta, jonas := PersonRef{ID: 1, Name: "Marta Nowak"}, PersonRef{ID: 2, Name: "Jonas Weber"}
	found := FindPeople([]string{"Incident manager (Marta  Nowak)", "Weber, Jonas", "Desk", "Nowak"}, []PersonRef{marta, jonas})
	want := []InFile{{"Incident manager (Marta  Nowak)", marta}, {"Weber, Jonas", jonas}}
	if !slices.Equal(found, want) {
		t.Errorf("got %v, want %v", found, want)
	}
}

func TestTheSectionsOfAGridStandAlone(t *testing.T) {
	g := ListedGrid{Roles: []string{"Desk", "Board"}, Rows: []ListedActivity{
		{Line: 2, Name: "Log", Section: "Plan", Cells: map[string]ListedCell{"Desk": {}}},
		{Line: 3, Name: "Decide", Section: "Do", Cells: map[string]ListedCell{"Board": {}}},
	}}
	if got := g.Sections(); !slices.Equal(got, []string{"Plan", "Do"}) {
		t.Errorf("sections %v", got)
	}
	if part := g.Section("Do"); len(part.Rows) != 1 || part.Rows[0].Name != "Decide" || !slices.Equal(part.Roles, []string{"Board"}) {
		t.Errorf("got %+v", part)
	}
}
