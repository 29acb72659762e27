package itsm_test

import (
	"fmt"
	"strings"
	"testing"

	"hatrack/internal/itsm"
)

// gridOfText reads "Activity|R,A" rows under headings parted by commas.
func gridOfText(headings string, rows ...string) itsm.ListedGrid {
	g := itsm.ListedGrid{Roles: strings.Split(headings, ",")}
	for i, row := range rows {
		name, cells, _ := strings.Cut(row, "|")
		a := itsm.ListedActivity{Line: i + 2, Name: name, Cells: map[string]itsm.ListedCell{}}
		for n, c := range strings.Split(cells, ",") {
			if l, ok := itsm.ParseLetters(c); ok && l != 0 {
				a.Cells[g.Roles[n]] = itsm.ListedCell{Letters: l}
			}
		}
		g.Rows = append(g.Rows, a)
	}
	return g
}

func united(differ, someA string, grids ...itsm.ListedGrid) itsm.GridPlan {
	var of []itsm.GridOf
	candidates := []itsm.Candidate{{RoleRef: itsm.RoleRef{ID: 7, Kind: itsm.Practitioner, Name: "Major incident manager"}, Near: true}}
	for i, g := range grids {
		of = append(of, itsm.GridOf{Name: fmt.Sprintf("Grid %d", i+1), Listed: g, Answers: itsm.GridAnswers{NoA: "owner", Differ: differ, SomeA: someA}})
	}
	g, a := itsm.UniteGrids(of, candidates)
	return itsm.PlanGrid(g, nil, candidates, a)
}

func planText(p itsm.GridPlan) string {
	var lines []string
	for _, row := range p.Rows {
		line := row.Name
		if row.Section != "" {
			line = row.Section + ": " + line
		}
		for i, c := range row.Cells {
			if c.Letters != 0 {
				line += " " + p.Roles[i].Name + "=" + c.Letters.String()
			}
		}
		lines = append(lines, line)
	}
	for _, q := range p.Open() {
		lines = append(lines, q.Code)
	}
	return strings.Join(lines, "; ")
}

func TestGridsOfOneProcessAreUnited(t *testing.T) {
	t.Parallel()
	first := gridOfText("MIM,Desk", "Log|A,R", "Close|A,R")
	for name, c := range map[string]struct {
		differ, someA string
		second        itsm.ListedGrid
		want          string
	}{
		"other rows come under the grid's name": {"", "", gridOfText("Desk,Board", "Tell|R,A"), "Log Major incident manager=A Desk=R; Close Major incident manager=A Desk=R; Grid 2: Tell Desk=R Board=A"},
		"columns are united by role":            {"", "", gridOfText("Major incident manager,desk", "Tell|A,R"), "Log Major incident manager=A Desk=R; Close Major incident manager=A Desk=R; Grid 2: Tell Major incident manager=A Desk=R"},
		"a row of both is one":                  {"", "", gridOfText("Desk,Board", "close|R,I"), "Log Major incident manager=A Desk=R; Close Major incident manager=A Desk=R Board=I"},
		"two A are asked about":                 {"", "", gridOfText("Desk,Board", "Log|,A"), "Log Major incident manager=A Desk=R Board=A; Close Major incident manager=A Desk=R; several-accountable"},
		"and decided as in one grid":            {"", "last", gridOfText("Desk,Board", "Log|,A"), "Log Major incident manager=R Desk=R Board=A; Close Major incident manager=A Desk=R"},
		"letters that differ are asked about":   {"", "", gridOfText("Desk", "Log|C"), "Log Major incident manager=A Desk=RC; Close Major incident manager=A Desk=R; grids-differ"},
		"both count":                            {"both", "", gridOfText("Desk", "Log|C"), "Log Major incident manager=A Desk=RC; Close Major incident manager=A Desk=R"},
		"the earlier ones count":                {"first", "", gridOfText("Desk", "Log|C"), "Log Major incident manager=A Desk=R; Close Major incident manager=A Desk=R"},
		"the later ones count":                  {"last", "", gridOfText("Desk", "Log|C"), "Log Major incident manager=A Desk=C; Close Major incident manager=A Desk=R"},
	} {
		if got := planText(united(c.differ, c.someA, first, c.second)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestAUnitedPlanKnowsItsGrids(t *testing.T) {
	t.Parallel()
	p := united("", "", gridOfText("MIM,Desk", "Log|A,R", "Close|A,R"), gridOfText("Desk,Board", "Log|,A", "Tell|R,A"))
	if got := planText(p.Of(1)); got != "Log Major incident manager=A Desk=R Board=A; Grid 2: Tell Desk=R Board=A" {
		t.Error(got)
	}
	if got := planText(p.Of(0)); !strings.HasSuffix(got, "several-accountable") || strings.Contains(got, "Tell") {
		t.Error(got)
	}
}

func TestRolesThatLookAlike(t *testing.T) {
	t.Parallel()
	for headings, want := range map[string]string{
		"Incident Mgr,Incident Manager":             "Incident Mgr is Incident Manager, surely",
		"Service desk analyst,Service desk analist": "Service desk analist is Service desk analyst",
		"Developers,Developer":                      "Developer is Developers",
		"CAB,Change advisory board":                 "CAB is Change advisory board",
		"CM,Change manager":                         "",
		"Tier 1 support,Tier 2 support":             "",
		"Reviewer A,Reviewer B":                     "",
		"Engineer I,Engineer II":                    "",
		"Owner,owner ":                              "",
		"Board,Bard":                                "",
	} {
		var got []string
		for _, a := range itsm.AlikeRoles(strings.Split(headings, ",")) {
			one := a.Heading + " is " + a.Like
			if a.Sure {
				one += ", surely"
			}
			got = append(got, one)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: got %q, want %q", headings, got, want)
		}
	}
}

// What a process has already is not asked about again: an export brought back asks nothing.
func TestARowThatStandsIsNotAskedAbout(t *testing.T) {
	t.Parallel()
	manager := func(id int64) itsm.RoleRef { return itsm.RoleRef{ID: id, Kind: itsm.Manager, Name: "Manager"} }
	m := &itsm.Matrix{
		Columns: []itsm.Column{{Role: itsm.Role{ID: 1}}, {Role: itsm.Role{ID: 2}}},
		Rows: []itsm.Row{
			{ActivityID: 10, Name: "Log", Cells: []itsm.Cell{{Letters: itsm.LetterR}, {}}},
			{ActivityID: 11, Name: "Close", Cells: []itsm.Cell{{Letters: itsm.LetterR}, {Letters: itsm.LetterI}}},
		},
	}
	candidates := []itsm.Candidate{{RoleRef: manager(1), Scope: "Incident management", Near: true}, {RoleRef: manager(2), Scope: "Problem management", Near: true}}
	g := gridOfText("Practice Manager (Problem management),Manager (Incident management)", "Log|,R", "Close|,R")
	p := itsm.PlanGrid(g, m, candidates, itsm.GridAnswers{})
	if p.Roles[0].RoleID != 2 || p.Roles[1].RoleID != 1 {
		t.Errorf("headings with their practice became %v", p.Roles)
	}
	if open := p.Open(); len(open) != 1 || open[0].Activity != "Close" || p.Rows[0].Change != itsm.RowSame || p.Rows[1].Change != itsm.RowChanged {
		t.Errorf("asked %v of %v", open, p.Rows)
	}
}

// Two rows of one name are two activities, found again in their order.
func TestRowsOfOneNameAreFoundAgainInOrder(t *testing.T) {
	t.Parallel()
	m := &itsm.Matrix{
		Columns: []itsm.Column{{Role: itsm.Role{ID: 1}}},
		Rows: []itsm.Row{
			{ActivityID: 10, Name: "Log", Cells: []itsm.Cell{{Letters: itsm.LetterA}}}, {ActivityID: 11, Name: "Log", Cells: []itsm.Cell{{Letters: itsm.LetterR}}},
			{ActivityID: 12, Name: "Log", Cells: []itsm.Cell{{}}},
		},
	}
	candidates := []itsm.Candidate{{RoleRef: itsm.RoleRef{ID: 1, Kind: itsm.Practitioner, Name: "Analyst"}, Near: true}}
	p := itsm.PlanGrid(gridOfText("Analyst", "Log|A", "Log|R"), m, candidates, itsm.GridAnswers{TakeOut: true})
	if p.Rows[0].ActivityID != 10 || p.Rows[1].ActivityID != 11 || p.Count(itsm.RowSame) != 2 || len(p.TakenOut) != 1 || p.TakenOut[0].ActivityID != 12 {
		t.Errorf("%v, taken out %v", p.Rows, p.TakenOut)
	}
}

// A name that somebody gives to a new role is the role that the practice has under it; another one stays new.
func TestANameThatThePracticeHasIsThatRole(t *testing.T) {
	candidates := []itsm.Candidate{
		{RoleRef: itsm.RoleRef{ID: -2, Kind: itsm.Manager, Name: "Practice Manager"}, Scope: "Facilities", Near: true},
		{RoleRef: itsm.RoleRef{ID: 5, Kind: itsm.Practitioner, Name: "Clerk"}, Scope: "Elsewhere"},
	}
	g := itsm.ListedGrid{Roles: []string{"Marta Nowak"}}
	for _, c := range []struct {
		title, choice string
		role          int64
	}{{"Manager", "", -2}, {"practice manager", "new", -2}, {"Manager", "new", 0}, {"Manager (EMEA)", "", 0}, {"Clerk", "", 0}} {
		a := itsm.GridAnswers{Roles: map[string]string{"Marta Nowak": c.choice}, Titles: map[string]string{"Marta Nowak": c.title}}
		if got := itsm.GridMatches(g, candidates, a)[0]; got.RoleID != c.role || got.New != (c.role == 0) {
			t.Errorf("%q, chosen %q: %+v", c.title, c.choice, got)
		}
	}
}
