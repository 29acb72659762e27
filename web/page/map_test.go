package page

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
)

func markupOf(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMapPageShowsWhoWearsWhat(t *testing.T) {
	staff := Reader{By: itsm.Actor{AccountID: 1, PersonID: 4, Hats: []itsm.Hat{{Kind: itsm.Manager, Capacity: itsm.Holder}}}}
	of := &itsm.HatMap{
		Page: 1, Total: 2, Hats: 3, On: 1, Through: 1, Teams: 1, HasReports: true,
		Practices: []itsm.MapPractice{{ID: 1, Name: "Incident", State: "in use"}, {ID: 2, Name: "Supplier", State: "in use"}},
		Chairs:    []itsm.OpenChair{{ChairSeats: itsm.ChairSeats{Role: itsm.RoleRef{ID: 9, Kind: itsm.Owner, Name: "Owner"}, PracticeID: 2}, Places: []itsm.ChairPlace{{}}}},
		Rows: []itsm.MapRow{
			{PersonID: 4, Name: "Ana <Souza>", Group: "Service desk", GroupTeam: 3, Lead: true, Hats: []itsm.MapHat{{Role: itsm.RoleRef{ID: 5, Kind: itsm.Practitioner, Name: "Analyst"}, PracticeID: 1, TeamID: 3, Team: "Service desk", R: 4}}},
			{PersonID: 6, Name: "Lea Lead", Hats: []itsm.MapHat{{Role: itsm.RoleRef{ID: 7, Kind: itsm.Owner, Name: "Owner"}, PracticeID: 1, Up: 2}}},
		},
	}
	markup := markupOf(t, Map{Reader: staff, Of: of}.Page())
	for _, want := range []string{"on 1 practice, 1 through a team", "1 owner vacant", "Nobody yet", "1 vacant", `href="/assignments/new?role=9"`, "Ana &lt;Souza&gt;", "Analyst through Service desk: 4 A and R", `class="h2"`,
		"Owner: 0 A and R, and 2 more without an A", "My people", "manager=4", "In no team", "1 hat · 4", "People per practice"} {
		if !strings.Contains(markup, want) {
			t.Errorf("the map does not say %q", want)
		}
	}
	// A supplier sees names, but no way to people, teams, appointing; a filter about people asks for no vacancies.
	supplier := Reader{By: itsm.Actor{AccountID: 2, External: true, Sees: []int64{1, 2}}}
	markup = markupOf(t, Map{Reader: supplier, Of: of, Filter: itsm.MapFilter{Text: "ana"}}.Page())
	for _, never := range []string{"/people/", "/teams/", "/assignments/new", "Nobody yet", "vacant</a>"} {
		if strings.Contains(markup, never) {
			t.Errorf("a supplier's map has %q", never)
		}
	}
}

func TestMapAsksForAFilterBeyondItsBound(t *testing.T) {
	of := &itsm.HatMap{Page: 1, Total: itsm.MapMost, More: true, Rows: []itsm.MapRow{{PersonID: 4, Name: "Ana", Group: "Desk", GroupTeam: 3}}}
	markup := markupOf(t, Map{Reader: Reader{}, Of: of}.Page())
	if !strings.Contains(markup, "Over 1,000 people") || strings.Contains(markup, "By team") || strings.Contains(markup, "Desk") {
		t.Errorf("beyond the bound: %.300s", markup)
	}
}

func TestRegionGridShowsHolesAndWhoAnswersFromAbove(t *testing.T) {
	manager := itsm.RoleRef{ID: 8, Kind: itsm.Manager, Name: "Manager"}
	of := &itsm.ScopeMap{Page: 1, Total: 1, Regions: []itsm.Region{{ID: 1, Name: "EMEA"}, {ID: 2, ParentID: 1, Name: "Germany", Depth: 1}, {ID: 3, Name: "APAC"}},
		Scopes: []itsm.MapScope{{PracticeID: 1, Practice: "Incident", State: "in use", Chairs: []itsm.HeldRole{
			{Role: itsm.RoleRef{ID: 7, Kind: itsm.Owner, Name: "Owner"}, Holdings: []itsm.Holding{{PersonID: 4, Name: "Joe"}}},
			{Role: manager, Holdings: []itsm.Holding{{PersonID: 5, Name: "Marta", RegionID: 1, Capacity: itsm.Holder}}}}}}}
	lead := Reader{By: itsm.Actor{AccountID: 1, Hats: []itsm.Hat{{Kind: itsm.Manager, Capacity: itsm.Holder}}}}
	g := MapRegions{Reader: lead, Of: of}.grid()
	cells := g.Rows[0].Cells
	if cells[0][0].Name != "Joe" || cells[1][0].Name != "Marta" || cells[1][0].Above || !cells[2][0].Above || cells[2][0].Detail != "from EMEA" {
		t.Errorf("Owner, EMEA, Germany: %+v", cells)
	}
	if hole := cells[3][0]; !hole.Hole || hole.Href != AppointURL(8, 0, 3, itsm.Holder) {
		t.Errorf("APAC: %+v", hole)
	}
	of.Scopes[0].Chairs[1].Holdings = nil
	reader := MapRegions{Reader: Reader{By: itsm.Actor{AccountID: 2, External: true, Sees: []int64{1}}}, Of: of, Filter: itsm.MapFilter{RegionID: 1}}.grid()
	if len(reader.Heads) != 3 || reader.Rows[0].Cells[1][0].Href != "" {
		t.Errorf("below EMEA, for who may not appoint: %+v", reader)
	}
}

// Who acts answers for the one away, who stands beside them as on the map by practice.
func TestRegionGridSaysWhoIsAway(t *testing.T) {
	until := itsm.Day(2026, 12, 1)
	of := &itsm.ScopeMap{Page: 1, Total: 1, Regions: []itsm.Region{{ID: 1, Name: "EMEA"}, {ID: 2, ParentID: 1, Name: "Germany", Depth: 1}},
		Scopes: []itsm.MapScope{{PracticeID: 1, Practice: "Incident", State: "in use", Chairs: []itsm.HeldRole{
			{Role: itsm.RoleRef{ID: 8, Kind: itsm.Manager, Name: "Manager"}, Holdings: []itsm.Holding{
				{PersonID: 5, Name: "Marta", RegionID: 1, Capacity: itsm.Holder, Absent: true},
				{PersonID: 6, Name: "Jonas", RegionID: 1, Capacity: itsm.Acting, End: itsm.End{Until: &until}}}}}}}}
	cells := MapRegions{Of: of}.grid().Rows[0].Cells
	for at, want := range map[int][2]string{1: {"away", "acting until 30 Nov 2026"}, 2: {"from EMEA, away", "from EMEA, acting until 30 Nov 2026"}} {
		if len(cells[at]) != 2 || cells[at][0].Detail != want[0] || cells[at][1].Detail != want[1] {
			t.Errorf("column %d: %+v, want %q", at, cells[at], want)
		}
	}
}

func TestWhatIsCoveredIsCountedApart(t *testing.T) {
	manager := itsm.RoleRef{ID: 8, Kind: itsm.Manager, Name: "Manager"}
	chair := func(practice int64, places ...itsm.ChairPlace) itsm.OpenChair {
		return itsm.OpenChair{ChairSeats: itsm.ChairSeats{Role: manager, PracticeID: practice}, Places: places}
	}
	empty, covered := itsm.ChairPlace{RegionID: 1, Region: "APAC"}, itsm.ChairPlace{RegionID: 2, Region: "Americas", By: "Marta"}
	practices := []itsm.MapPractice{{ID: 1, Name: "Incident"}, {ID: 2, Name: "Release"}, {ID: 3, Name: "Change"}}
	of := &itsm.ScopeMap{Page: 1, Total: 3, Practices: practices, Chairs: []itsm.OpenChair{chair(1, covered), chair(2, empty, covered)}}
	for text, chairs := range map[string][]itsm.OpenChair{
		"1 without an Owner or Manager somewhere, 1 only covered; No owner vacant in practices in use; 1 manager vacant 2 more only covered": of.Chairs,
		"0 without an Owner or Manager somewhere, 1 only covered; No owner vacant in practices in use; No manager vacant 1 only covered":     of.Chairs[:1],
		"1 without an Owner or Manager somewhere; No owner vacant in practices in use; 1 manager vacant Release":                             {chair(2, empty)},
	} {
		f := ScopeMap{Of: of}.frame().figures(3, chairs)
		if got := f[0].Text + "; " + f[1].Figure + " " + f[1].Text + "; " + f[2].Figure + " " + f[2].Text; got != text {
			t.Errorf("got  %s\nwant %s", got, text)
		}
	}
	if markup := markupOf(t, Map{Of: &itsm.HatMap{Page: 1, Practices: practices, Chairs: of.Chairs}}.Page()); !strings.Contains(markup, "1 vacant, 2 covered") {
		t.Errorf("the row of vacant hats: %.600s", markup)
	}
}

func TestMapKeepsEveryPracticeWhereADayIsChosen(t *testing.T) {
	v := Map{Of: &itsm.HatMap{Page: 1}, Filter: itsm.MapFilter{Practices: []int64{3, 5}, Page: 2}}
	markup := markupOf(t, v.frame().asOf())
	for _, want := range []string{`name="practice" value="3"`, `name="practice" value="5"`, "practice=3&amp;practice=5"} {
		if !strings.Contains(markup, want) {
			t.Errorf("the choice of a day has no %s: %s", want, markup)
		}
	}
}

func TestATeamLeadsToItsPartOfTheMap(t *testing.T) {
	markup := markupOf(t, Team{Team: itsm.Team{ID: 7, Name: "Desk"}}.Page())
	for _, want := range []string{`href="/map?team=7"`, `href="/gaps?team=7"`} {
		if !strings.Contains(markup, want) {
			t.Errorf("the team's page does not lead to %s", want)
		}
	}
	many := Map{Reader: Reader{By: itsm.Actor{AccountID: 1, PersonID: 4}}, Of: &itsm.HatMap{More: true}}
	if n := many.tooMany(); len(n.Links) != 1 || strings.Contains(n.Text, "choose a team") {
		t.Errorf("without teams to choose from: %+v", n)
	}
	many.Of.TeamRefs = []itsm.TeamRef{{ID: 7, Name: "Desk"}}
	if n := many.tooMany(); len(n.Links) != 0 || !strings.Contains(n.Text, "choose a team") {
		t.Errorf("with teams to choose from: %+v", n)
	}
}

// A hat for one service is not shown as that of the whole region.
func TestAHatForOneServiceIsNamedSo(t *testing.T) {
	until := itsm.Day(2026, 12, 1)
	priya := itsm.Holding{RoleKind: itsm.Manager, PersonID: 5, Name: "Priya", AnswersID: 5, Answers: "Priya", RegionID: 1, Region: "EMEA", ServiceID: 3, Service: "Payroll", Capacity: itsm.Holder}
	jonas := itsm.Holding{RoleKind: itsm.Manager, PersonID: 6, Name: "Jonas", AnswersID: 6, Answers: "Jonas", RegionID: 1, Region: "EMEA", ServiceID: 3, Service: "Payroll", Capacity: itsm.Acting, End: itsm.End{Until: &until}}
	role := itsm.Role{ID: 8, Kind: itsm.Manager, Name: "Manager"}
	of := &itsm.ScopeMap{Page: 1, Total: 1, Regions: []itsm.Region{{ID: 1, Name: "EMEA"}},
		Scopes: []itsm.MapScope{{PracticeID: 1, Practice: "Incident", State: "in use", Chairs: []itsm.HeldRole{{Role: itsm.RoleRef{ID: 8, Kind: itsm.Manager, Name: "Manager"}, Holdings: []itsm.Holding{priya, jonas}}}}}}
	cell := MapRegions{Of: of}.grid().Rows[0].Cells[1]
	if cell[0].Detail != "for Payroll" || cell[1].Detail != "for Payroll, acting until 30 Nov 2026" {
		t.Errorf("by region: %+v", cell)
	}
	if lines := (ScopeMap{Of: of}).lines(of.Scopes[0], itsm.Manager); lines[0].Detail != "EMEA, for Payroll" || lines[1].Detail != "acting until 30 Nov 2026, EMEA, for Payroll" {
		t.Errorf("by practice: %+v", lines)
	}
	column := itsm.Column{Role: role, Holdings: []itsm.Holding{priya}}
	regions := []itsm.RegionRef{{ID: 1, Name: "EMEA"}}
	if markup := markupOf(t, HatStrip{At: itsm.Scope{PracticeID: 1}, Columns: []itsm.Column{column}, Regions: regions}.View()); !strings.Contains(markup, ", for Payroll") {
		t.Errorf("the strip: %s", markup)
	}
	m := itsm.Matrix{Columns: []itsm.Column{column}, Regions: regions}
	if got := Answerer(m.Holds(8, 1, 0)); got != "Priya, for Payroll" {
		t.Errorf("who answers: %q", got)
	}
}

// Wherever somebody absent is named, it says so, and who stands in.
func TestWhoIsAwayIsSaidEverywhere(t *testing.T) {
	until := itsm.Day(2026, 12, 1)
	marta := itsm.Holding{AssignmentID: 1, RoleKind: itsm.Manager, PersonID: 5, Name: "Marta", AnswersID: 5, Answers: "Marta", RegionID: 1, Region: "EMEA", Capacity: itsm.Holder, Absent: true}
	jonas := itsm.Holding{AssignmentID: 2, RoleKind: itsm.Manager, PersonID: 6, Name: "Jonas", AnswersID: 6, Answers: "Jonas", RegionID: 1, Region: "EMEA", Capacity: itsm.Deputy, StandsIn: true}
	acting := itsm.Holding{AssignmentID: 3, RoleKind: itsm.Manager, PersonID: 5, Name: "Marta", AnswersID: 5, Answers: "Marta", RegionID: 2, Region: "APAC", Capacity: itsm.Acting, End: itsm.End{Until: &until}, Absent: true}
	regions := []itsm.Region{{ID: 1, Name: "EMEA"}, {ID: 2, Name: "APAC"}}
	of := &itsm.ScopeMap{Page: 1, Total: 1, Regions: regions, Scopes: []itsm.MapScope{{PracticeID: 1, Practice: "Incident", State: "in use", Chairs: []itsm.HeldRole{
		{Role: itsm.RoleRef{ID: 8, Kind: itsm.Manager, Name: "Manager"}, Holdings: []itsm.Holding{marta, jonas, acting}}}}}}
	if cell := (MapRegions{Of: of}).grid().Rows[0].Cells[1]; len(cell) != 2 || cell[0].Detail != "away" || cell[1].Name != "Jonas" || cell[1].Detail != "deputy, stands in" {
		t.Errorf("by region: %+v", cell)
	}
	column := itsm.Column{Role: itsm.Role{ID: 8, Kind: itsm.Manager, Name: "Manager"}, Holdings: []itsm.Holding{marta, jonas, acting}}
	if got := wearers(column, 0); got != "Marta (EMEA, away), Jonas (EMEA, signs for the one away), Marta (APAC, acting, away)" {
		t.Errorf("in an activity: %q", got)
	}
	refs := []itsm.RegionRef{{ID: 1, Name: "EMEA"}, {ID: 2, Name: "APAC"}}
	if markup := markupOf(t, HatStrip{At: itsm.Scope{PracticeID: 1}, Columns: []itsm.Column{column}, Regions: refs}.View()); !strings.Contains(markup, "acting until 30 Nov 2026, away") {
		t.Errorf("the strip: %s", markup)
	}
	m := itsm.Matrix{Columns: []itsm.Column{column}, Regions: refs, Owner: itsm.Column{Holdings: []itsm.Holding{{PersonID: 9, Name: "Joe", AnswersID: 9, Answers: "Joe", Capacity: itsm.Holder, Absent: true}}}}
	for got, want := range map[string]string{Answerer(m.Holds(8, 2, 0)): "Marta, acting, away", Answerer(m.Holds(8, 1, 0)): "Jonas, signs for Marta", Answerer(m.OwnerAnswers(0, 0)): "Joe, away"} {
		if got != want {
			t.Errorf("who answers: %q, want %q", got, want)
		}
	}
	if got := personOf(m.OwnerAnswers(0, 0)); got != ", away" {
		t.Errorf("asked in words: %q", got)
	}
}
