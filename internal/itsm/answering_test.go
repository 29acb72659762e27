package itsm

import (
	"strings"
	"testing"
)

func TestWhoSignsIsADeputyOfThePlaceWhoIsThere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		letters string
		held    map[int64][]Holding
		service int64
		want    string
	}{
		"of two deputies the one who is there":   {"|A|R", map[int64][]Holding{manager: {ana.away(), lin.standingIn().away(), jonas.standingIn()}}, 0, "Jonas"},
		"nobody where the deputy is away too":    {"|A|R", map[int64][]Holding{manager: {ana.away(), lin.standingIn().away()}}, 0, ""},
		"not the deputy for another service":     {"|A|R", map[int64][]Holding{manager: {ana.forService(payroll).away(), lin.forService(31).standingIn(), jonas.forService(payroll).standingIn()}}, payroll, "Jonas"},
		"the deputy for the service asked about": {"|A|R", map[int64][]Holding{manager: {ana.away(), lin.forService(31).standingIn(), jonas.forService(payroll).standingIn()}}, payroll, "Jonas"},
		"the deputy for every service":           {"|A|R", map[int64][]Holding{manager: {ana.forService(payroll).away(), lin.standingIn()}}, payroll, "Lin"},
		"the deputy of the service's Owner":      {"||||A", map[int64][]Holding{payrollOwner: {ana.away(), lin.standingIn()}}, payroll, "Lin"},
	} {
		m, row := scene(c.letters, c.held)
		a, got := m.Answers(row, 0, c.service), ""
		if a.SignsFor != nil {
			got = a.SignsFor.Name
		}
		if _, who := a.Person(); who != "Ana" || got != c.want {
			t.Errorf("%s: %q signs for %q, want %q for Ana", name, got, who, c.want)
		}
	}
}

func TestOnlyThoseAmongWhomTheCaseDecidesHaveTheA(t *testing.T) {
	t.Parallel()
	all := []Holding{marta}
	for name, c := range map[string]struct {
		held            map[int64][]Holding
		region, service int64
		compared, worn  string
	}{
		"the nearest alone, of several":           {map[int64][]Holding{owner: all, manager: {jonas, ana.in(emea), lin.in(emea)}}, emea, 0, "Ana, Lin", "Ana, Lin"},
		"not those below the region":              {map[int64][]Holding{owner: all, manager: {ana.in(emea), lin.in(emea), jonas.in(germany)}}, emea, 0, "Ana, Lin", "Ana, Lin"},
		"who acts, not whom they act for":         {map[int64][]Holding{owner: all, manager: {ana.in(emea).away(), lin.in(emea).as(Acting), jonas.in(apac)}}, 0, 0, "Jonas, Lin", "Jonas, Lin"},
		"of the service, not of all other ones":   {map[int64][]Holding{owner: all, manager: {marta, ana.forService(payroll), lin.forService(payroll)}}, 0, payroll, "", "Ana, Lin"},
		"the Owners, where the role is vacant":    {map[int64][]Holding{owner: {marta, jonas}, manager: {ana.in(apac)}}, emea, 0, "Jonas, Marta", "Jonas, Marta"},
		"nobody below, where the Owner is vacant": {map[int64][]Holding{manager: {ana.in(germany)}}, emea, 0, "", "Manager"},
	} {
		m, row := scene("|A", c.held)
		if c.service == 0 {
			var names []string
			for _, d := range m.Doers(row, LetterA, c.region) {
				if d.Name != "" {
					names = append(names, d.Name)
				}
			}
			if got := strings.Join(names, ", "); got != c.compared {
				t.Errorf("%s: compared by %q, want %q", name, got, c.compared)
			}
		}
		names := map[string]bool{}
		for _, w := range m.ByPerson(c.region, c.service) {
			if w.Cells[0].Letters.Has(LetterA) || w.Cells[0].FromAbove {
				names[w.Name] = true
			}
		}
		for _, want := range strings.Split(c.worn, ", ") {
			if !names[want] || len(names) != len(strings.Split(c.worn, ", ")) {
				t.Errorf("%s: by person %v, want %q", name, names, c.worn)
			}
		}
	}
}

func TestADeputyOfTheServicesOwnerDoesTheirPart(t *testing.T) {
	t.Parallel()
	m, _ := scene("A||||R", map[int64][]Holding{owner: {marta}, payrollOwner: {ana.away(), lin.standingIn(), jonas.as(Deputy)}})
	var names []string
	for _, w := range m.ByPerson(0, payroll) {
		if w.Cells[0].Letters.Has(LetterR) {
			names = append(names, w.Name)
		}
	}
	if got := strings.Join(names, ", "); got != "Ana, Lin" {
		t.Errorf("the R is done by %q", got)
	}
}

func TestAPlaceCoveredByTwoIsOne(t *testing.T) {
	t.Parallel()
	c := ChairSeats{Role: RoleRef{manager, Manager, "Manager"}, Seats: []Seat{{RegionID: emea, Acting: true, Name: "Ana"}, {RegionID: emea, Acting: true, Name: "Lin"}}}
	places := c.Open([]RegionRef{{emea, 0, "EMEA"}})
	if len(places) != 1 || places[0].By != "Ana, Lin" {
		t.Errorf("got %+v", places)
	}
	held := HeldRole{Role: c.Role, PerCase: true, Holdings: []Holding{ana.in(emea)}}
	if open := held.Open([]RegionRef{{emea, 0, "EMEA"}, {apac, 0, "APAC"}}); len(open) > 0 {
		t.Errorf("of a hat that the case gives, %+v is open", open)
	}
}

func TestNobodyAnswersWhereTheRoleIsVacantAndTheOwnerToo(t *testing.T) {
	t.Parallel()
	m, row := scene("|A|R|I", map[int64][]Holding{manager: {ana.in(emea), jonas.in(americas)}, desk: {team}})
	for _, region := range []int64{0, apac} {
		if got := m.Problems(row, region, 0); len(got) == 0 || got[0].Severity != Red || strings.Contains(got[0].Sentence, "meanwhile") {
			t.Errorf("in region %d: %+v", region, got)
		}
	}
}

func TestAReplySaysEachRegionWhereOneOfThemHasSeveral(t *testing.T) {
	t.Parallel()
	m, row := scene("|A", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea), lin.in(emea), jonas.in(apac), marta}})
	var got []string
	for _, l := range m.answering(row, nil) {
		got = append(got, string(l.Accountable.State)+" "+l.Accountable.Holding.Answers)
	}
	if s := strings.Join(got, ", "); s != "several Ana, named Jonas, named Marta" {
		t.Errorf("got %s", s)
	}
}

func TestWhoWearsAHatInARegionMayWearItAboveOrBelow(t *testing.T) {
	t.Parallel()
	m, _ := scene("", nil)
	r := Role{ID: manager, Kind: Manager, Name: "Manager"}
	for region, want := range map[int64]string{germany: "Ana", emea: "Ana, Lin", americas: ""} {
		a, b := ana.in(emea), lin.in(germany)
		a.RoleID, b.RoleID, a.AssignmentID, b.AssignmentID = manager, manager, 1, 2
		if region == germany {
			b = jonas.in(apac)
			b.RoleID, b.AssignmentID = manager, 2
		}
		at, _ := m.Region(region)
		var names []string
		reply := HeldReply(WhoHolds, r, nil, []Holding{a, b}, []RegionRef{at}, m.Regions)
		for _, l := range reply.Lines {
			names = append(names, l.Holding.Name)
		}
		if got := strings.Join(names, ", "); got != want || reply.Vacant != (want == "") {
			t.Errorf("in %s: %q, vacant %v", at.Name, got, reply.Vacant)
		}
	}
}

// Who manages something in a region is whoever answers there, and who signs for one away stands beside them.
func TestWhoManagesInARegionIsTheNearest(t *testing.T) {
	t.Parallel()
	m, _ := scene("", nil)
	r := Role{ID: manager, Kind: Manager, Name: "Manager"}
	held := []Holding{ana.in(emea).away(), lin.in(emea).standingIn(), jonas.in(germany)}
	for i := range held {
		held[i].RoleID, held[i].AssignmentID = manager, int64(i+1)
	}
	for region, want := range map[int64]string{germany: "Jonas", emea: "Ana, signed by Lin", apac: "", 0: "Ana, signed by Lin; Jonas"} {
		var asked []RegionRef
		if at, known := m.Region(region); known {
			asked = []RegionRef{at}
		}
		var lines []string
		for _, l := range HeldReply(WhoManages, r, nil, held, asked, m.Regions).Lines {
			text := l.Holding.Name
			if l.Accountable.SignsFor != nil {
				text += ", signed by " + l.Accountable.SignsFor.Name
			}
			lines = append(lines, text)
		}
		if got := strings.Join(lines, "; "); got != want {
			t.Errorf("in region %d: %q, want %q", region, got, want)
		}
	}
	// Where nobody is in the region or above it, those below it are told rather than nobody.
	if lines := HeldReply(WhoManages, r, nil, held[2:], m.Regions[:1], m.Regions).Lines; len(lines) != 1 || lines[0].Region != "Germany" {
		t.Errorf("below: %+v", lines)
	}
}

func TestSeveralForOneOfTheServicesAreSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		held []Holding
		code string
	}{
		"two for one service, one for another": {[]Holding{ana.forService(payroll), lin.forService(payroll), jonas.forService(31)}, "accountable-several"},
		"two for all others":                   {[]Holding{ana, lin, jonas.forService(31)}, "accountable-several"},
		"a team without a lead for one":        {[]Holding{ana, noLead.forService(31)}, "accountable-no-lead"},
		"one each":                             {[]Holding{ana, lin.forService(payroll), jonas.forService(31)}, ""},
		"acting for one":                       {[]Holding{ana.forService(payroll).away(), lin.forService(payroll).as(Acting), jonas.forService(31)}, ""},
	} {
		m, row := scene("I|R|A", map[int64][]Holding{owner: {marta}, manager: {marta}, desk: c.held})
		code := ""
		for _, p := range m.Problems(row, 0, 0) {
			if p.Severity != Grey {
				code = p.Code
			}
		}
		if code != c.code {
			t.Errorf("%s: the row says %q", name, code)
		}
		code = ""
		for _, g := range m.Gaps(GapFacts{}) {
			if g.RoleID == desk || g.TeamID != 0 {
				if strings.HasPrefix(g.Code, "accountable") {
					code = g.Code
				}
			}
		}
		if code != c.code {
			t.Errorf("%s: the gaps say %q", name, code)
		}
	}
}
