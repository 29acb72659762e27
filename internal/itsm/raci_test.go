package itsm

import (
	"slices"
	"strings"
	"testing"
)

// The scene of the tests: EMEA (with Germany), Americas, APAC; one Owner, Managers, a team, a supplier.
const (
	emea, germany, americas, apac = 1, 2, 3, 4
	owner, manager, desk, major   = 10, 11, 12, 13
	payrollOwner, payroll         = 20, 30
)

func person(id int64, name string) Holding {
	return Holding{PersonID: id, Name: name, AnswersID: id, Answers: name, Capacity: Holder, State: Appointed}
}

func (h Holding) in(region int64) Holding {
	h.RegionID, h.Region = region, []string{"", "EMEA", "Germany", "Americas", "APAC"}[region]
	return h
}
func (h Holding) forService(id int64) Holding {
	h.ServiceID = id
	return h
}
func (h Holding) as(c Capacity) Holding { h.Capacity = c; return h }
func (h Holding) away() Holding         { h.Absent = true; return h }
func (h Holding) standingIn() Holding   { h.StandsIn = true; return h.as(Deputy) }

var (
	marta  = person(101, "Marta")
	ana    = person(102, "Ana")
	jonas  = person(103, "Jonas")
	lin    = person(104, "Lin")
	team   = Holding{TeamID: 7, Name: "Service desk", AnswersID: 105, Answers: "Tom", Capacity: Holder}
	noLead = Holding{TeamID: 8, Name: "Night shift", Capacity: Holder}
	firm   = Holding{CompanyID: 9, Name: "Nordwind", AnswersID: 106, Answers: "Ines", Capacity: Holder}
)

// scene is a matrix with the given holders of Owner, Manager, desk, Major incident manager, and the whoever column
// "Service owner", and one row of letters.
func scene(letters string, held map[int64][]Holding) (*Matrix, Row) {
	col := func(id int64, k RoleKind, name string) Column {
		return Column{Role: Role{ID: id, Kind: k, Name: name}, Source: OfPractice, Holdings: held[id]}
	}
	m := &Matrix{
		Columns: []Column{col(owner, Owner, "Owner"), col(manager, Manager, "Manager"), col(desk, Practitioner, "Desk analyst"), col(major, Practitioner, "Major incident manager"), col(40, Whoever, "Service owner")},
		Owner:   col(owner, Owner, "Owner"),
		Regions: []RegionRef{{emea, 0, "EMEA"}, {germany, emea, "Germany"}, {americas, 0, "Americas"}, {apac, 0, "APAC"}},
		Services: []ServiceRef{
			{ID: payroll, Name: "Payroll", OwnerID: payrollOwner, Owners: held[payrollOwner]},
		},
	}
	m.Columns[3].Role.PerCase = true
	m.Columns[4].Role.StandsFor = "service owner"
	row := Row{ActivityID: 1, Name: "Log", Cells: make([]Cell, len(m.Columns))}
	for i, l := range strings.Split(letters, "|") {
		row.Cells[i].Letters, _ = ParseLetters(l)
	}
	m.Rows = []Row{row}
	return m, row
}

func TestAnswers(t *testing.T) {
	byRegion := []Holding{ana.in(emea), jonas.in(americas), lin.in(apac)}
	for name, c := range map[string]struct {
		letters string
		held    map[int64][]Holding
		region  int64
		service int64
		state   AnswerState
		who     string
		upTo    bool
	}{
		"the holder":                             {"A|R", map[int64][]Holding{owner: {marta}}, 0, 0, Named, "Marta", false},
		"no A: the owner":                        {"|R", map[int64][]Holding{owner: {marta}}, 0, 0, Named, "Marta", false},
		"no A and no owner":                      {"|R", nil, 0, 0, Unheld, "", false},
		"T3 a manager per region":                {"|A|R", map[int64][]Holding{owner: {marta}, manager: byRegion}, 0, 0, PerRegion, "", false},
		"T3 in Americas":                         {"|A|R", map[int64][]Holding{owner: {marta}, manager: byRegion}, americas, 0, Named, "Jonas", false},
		"T3 in Germany, from EMEA":               {"|A|R", map[int64][]Holding{owner: {marta}, manager: byRegion}, germany, 0, Named, "Ana", false},
		"worldwide, asked for a region":          {"|A|R", map[int64][]Holding{manager: {ana}}, germany, 0, Named, "Ana", false},
		"nearer wins over worldwide":             {"|A|R", map[int64][]Holding{manager: {ana, lin.in(emea)}}, germany, 0, Named, "Lin", false},
		"vacant there: the owner":                {"|A|R", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea)}}, apac, 0, Named, "Marta", true},
		"vacant: the owner":                      {"|A|R", map[int64][]Holding{owner: {marta}}, 0, 0, Named, "Marta", true},
		"vacant and no owner":                    {"|A|R", nil, 0, 0, Unheld, "", true},
		"two without a region":                   {"|A|R", map[int64][]Holding{manager: {ana, lin}}, 0, 0, HeldBySome, "", false},
		"two in one region":                      {"|A|R", map[int64][]Holding{manager: {ana.in(emea), lin.in(emea)}}, 0, 0, HeldBySome, "", false},
		"two in one region, and others":          {"|A|R", map[int64][]Holding{manager: {ana.in(emea), lin.in(emea), jonas.in(apac)}}, 0, 0, PerRegion, "", false},
		"two in one region, seen from another":   {"|A|R", map[int64][]Holding{manager: {ana.in(emea), lin.in(emea), jonas.in(apac)}}, apac, 0, Named, "Jonas", false},
		"the same person in two regions":         {"|A|R", map[int64][]Holding{manager: {ana.in(emea), ana.in(apac)}}, 0, 0, Named, "Ana", false},
		"one per service":                        {"|A|R", map[int64][]Holding{manager: {ana, lin.forService(payroll)}}, 0, 0, PerService, "", false},
		"the one for the service":                {"|A|R", map[int64][]Holding{manager: {ana, lin.forService(payroll)}}, 0, payroll, Named, "Lin", false},
		"the one for all other services":         {"|A|R", map[int64][]Holding{manager: {ana, lin.forService(31)}}, 0, payroll, Named, "Ana", false},
		"nearer, but for another service":        {"|A|R", map[int64][]Holding{manager: {ana, lin.in(emea).forService(31)}}, germany, payroll, Named, "Ana", false},
		"in every region for another service":    {"|A|R", map[int64][]Holding{owner: {marta}, manager: {lin.in(emea).forService(31)}}, 0, payroll, Named, "Marta", true},
		"acting in the one region, and absent":   {"|A|R", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea).away(), lin.in(emea).as(Acting)}}, 0, 0, Named, "Lin", false},
		"acting beside one's own region":         {"|A|R", map[int64][]Holding{manager: {lin.in(emea), ana.in(apac).away(), lin.in(apac).as(Acting)}}, 0, 0, Named, "Lin", false},
		"for all services, and one by name":      {"|A|R", map[int64][]Holding{manager: {ana, ana.forService(payroll)}}, 0, 0, Named, "Ana", false},
		"for the service in one region of two":   {"|A|R", map[int64][]Holding{owner: {marta}, manager: {lin.in(emea).forService(31), ana.in(apac).forService(payroll)}}, 0, payroll, Named, "Ana", false},
		"T9 acting for two regions":              {"|A|R", map[int64][]Holding{manager: {ana.in(emea), ana.in(apac).as(Acting)}}, apac, 0, Named, "Ana", false},
		"acting in a chair that is only absent":  {"|A|R", map[int64][]Holding{manager: {ana.away(), lin.as(Acting)}}, 0, 0, Named, "Lin", false},
		"a deputy answers for nobody":            {"|A|R", map[int64][]Holding{owner: {marta}, manager: {lin.as(Deputy)}}, 0, 0, Named, "Marta", true},
		"T7 a team's lead":                       {"||A", map[int64][]Holding{desk: {team}}, 0, 0, Named, "Tom", false},
		"a team without a lead":                  {"||A", map[int64][]Holding{owner: {marta}, desk: {noLead}}, 0, 0, WithoutLead, "", false},
		"T6 a company's contact on our side":     {"||A", map[int64][]Holding{desk: {firm}}, 0, 0, Named, "Ines", false},
		"per case":                               {"|||A", map[int64][]Holding{major: {ana, lin, jonas}}, 0, 0, InCase, "", false},
		"per case and nobody on the list":        {"|||A", map[int64][]Holding{owner: {marta}}, 0, 0, Named, "Marta", true},
		"whoever it is":                          {"||||A", nil, 0, 0, InCase, "", false},
		"the owner of the service":               {"||||A", map[int64][]Holding{payrollOwner: {jonas}}, 0, payroll, Named, "Jonas", false},
		"a service without an owner: our owner":  {"||||A", map[int64][]Holding{owner: {marta}}, 0, payroll, Named, "Marta", true},
		"a region that is gone counts as no one": {"|A|R", map[int64][]Holding{manager: {ana}}, 99, 0, Named, "Ana", false},
	} {
		t.Run(name, func(t *testing.T) {
			m, row := scene(c.letters, c.held)
			a := m.Answers(row, c.region, c.service)
			if _, who := a.Person(); a.State != c.state || who != c.who || a.UpToOwner != c.upTo {
				t.Errorf("got %s %q up %v, want %s %q up %v", a.State, who, a.UpToOwner, c.state, c.who, c.upTo)
			}
			if a.Explicit != (row.Find(LetterA) >= 0) {
				t.Errorf("explicit is %v", a.Explicit)
			}
		})
	}
}

func TestDeputySignsForTheAbsent(t *testing.T) {
	deputy := lin.standingIn().in(emea)
	m, row := scene("|A|R", map[int64][]Holding{manager: {ana.in(emea).away(), deputy}})
	a := m.Answers(row, emea, 0)
	if _, who := a.Person(); who != "Ana" || a.SignsFor == nil || a.SignsFor.Name != "Lin" {
		t.Errorf("got %q, signed by %v; want Ana, and Lin signs for her", who, a.SignsFor)
	}
	m, row = scene("|A|R", map[int64][]Holding{manager: {ana.in(emea), lin.as(Deputy).in(emea)}})
	if a := m.Answers(row, emea, 0); a.SignsFor != nil {
		t.Errorf("%s signs though Ana is there", a.SignsFor.Name)
	}
}

func TestProblems(t *testing.T) {
	all := map[int64][]Holding{owner: {marta}, manager: {ana}, desk: {team}}
	external := lin
	external.Employer = "Nordwind"
	for name, c := range map[string]struct {
		letters string
		held    map[int64][]Holding
		region  int64
		want    string // severity word, …
	}{
		"all is well":                          {"A|I|R", all, 0, ""},
		"T4 owner and manager are one":         {"A|R|C", map[int64][]Holding{owner: {marta}, manager: {marta}, desk: {team}}, 0, ""},
		"V2 no R":                              {"A|C|I", all, 0, "red No R"},
		"V5 an empty row":                      {"", all, 0, "red No R"},
		"no A is no problem":                   {"|I|R", all, 0, ""},
		"a vacant owner is not one per row":    {"|I|R", map[int64][]Holding{desk: {team}}, 0, ""},
		"nobody wears the R":                   {"A|I|R", map[int64][]Holding{owner: {marta}}, 0, "red R held by nobody"},
		"one of two R is held":                 {"A|R|R|I", all, 0, ""},
		"whoever does it is never vacant":      {"A|I|||R", map[int64][]Holding{owner: {marta}}, 0, ""},
		"nobody wears the R there":             {"A|I|R", map[int64][]Holding{owner: {marta}, desk: {team.in(emea)}}, apac, "amber R held by nobody in APAC"},
		"R below the region asked about":       {"A|I|R", map[int64][]Holding{owner: {marta}, desk: {team.in(germany)}}, emea, ""},
		"A vacant, the owner answers":          {"|A|R|I", map[int64][]Holding{owner: {marta}, desk: {team}}, 0, "amber A vacant"},
		"A vacant, and the owner":              {"|A|R|I", map[int64][]Holding{desk: {team}}, 0, "red A vacant"},
		"A vacant in a region":                 {"|A|R|I", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea), jonas.in(americas)}, desk: {team}}, 0, "amber A vacant in APAC"},
		"one in part of EMEA":                  {"|A|R|I", map[int64][]Holding{owner: {marta}, manager: {ana.in(germany), jonas.in(americas)}, desk: {team}}, 0, "amber A vacant in APAC"},
		"V6 A held by two":                     {"|A|R|I", map[int64][]Holding{owner: {marta}, manager: {ana, lin}, desk: {team}}, 0, "amber A held by 2"},
		"V6 A held by two in one region":       {"|A|R|I", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea), lin.in(emea), jonas.in(apac)}, desk: {team}}, 0, "amber A held by 2 in EMEA"},
		"V6 not in the region asked about":     {"|A|R|I", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea), lin.in(emea), jonas.in(apac)}, desk: {team}}, apac, ""},
		"V6 a team without a lead":             {"I|R|A", map[int64][]Holding{owner: {marta}, manager: {ana}, desk: {noLead}}, 0, "red Nobody answers"},
		"V10 A outside":                        {"I|A|R", map[int64][]Holding{owner: {marta}, manager: {external}, desk: {team}}, 0, "amber A outside"},
		"V7 C beside R":                        {"A|RC|R", all, 0, "grey C or I beside A or R"},
		"everybody in the row":                 {"A|R|C|C|I", all, 0, "grey Everybody is in it"},
		"no C and no I":                        {"A|R", all, 0, "grey No C, no I"},
		"worst first":                          {"A|IC|CI", map[int64][]Holding{owner: {marta}}, 0, "red No R"},
		"whoever answers, outside is not said": {"I||R||A", all, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m, row := scene(c.letters, c.held)
			var got []string
			for _, p := range m.Problems(row, c.region, 0) {
				got = append(got, string(p.Severity)+" "+p.Word)
				if p.Sentence == "" || p.Code == "" {
					t.Errorf("%q lacks a sentence or a code", p.Word)
				}
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// Two in one region leave the others their answers, and the fault says where it is and who they are.
func TestTwoInOneRegionAreItsFaultAlone(t *testing.T) {
	m, row := scene("|A|R|I", map[int64][]Holding{owner: {marta}, manager: {ana.in(emea), jonas.in(apac), lin.in(apac), marta.in(americas)}, desk: {team}})
	a := m.Answers(row, 0, 0)
	if a.State != PerRegion || a.Count != 3 || len(a.Faults) != 1 || a.Faults[0].Holding.Region != "APAC" || strings.Join(a.Faults[0].Names, ", ") != "Jonas, Lin" {
		t.Errorf("got %+v", a)
	}
	p := m.Problems(row, 0, 0)
	if len(p) != 1 || p[0].Sentence != "Jonas and Lin wear the hat Manager in APAC; one of them has to answer." || p[0].RegionID != apac {
		t.Errorf("got %+v", p)
	}
	reply, _ := m.ReplyTo(Question{About: WhoAnswers, Words: []string{"log"}}, 1, nil)
	var lines []string
	for _, l := range reply.Lines {
		lines = append(lines, l.Region+" "+string(l.Accountable.State))
	}
	if got := strings.Join(lines, ", "); got != "EMEA named, APAC several, Americas named" {
		t.Errorf("asked in words: %s", got)
	}
}

func TestRetiredRole(t *testing.T) {
	m, row := scene("A|R|C", map[int64][]Holding{owner: {marta}, manager: {ana}})
	m.Columns[2].Role.Archived = true
	if got := m.Problems(row, 0, 0); len(got) != 1 || got[0].Code != "role-retired" || got[0].RoleID != desk {
		t.Errorf("got %+v", got)
	}
}

func TestTotalsKeepExplicitAndInheritedApart(t *testing.T) {
	m, row := scene("A|R|R", nil)
	_, second := scene("|AR|C", nil)
	_, third := scene("|R|I", nil)
	m.Rows = []Row{row, second, third}
	totals := m.Totals()
	if totals[0] != (Total{A: 1, FromAbove: 1}) || totals[1] != (Total{A: 1, R: 3}) || totals[2] != (Total{R: 1, C: 1, I: 1}) {
		t.Errorf("got %+v", totals)
	}
}

func TestColumnQuestions(t *testing.T) {
	m, row := scene("|A|R||I", nil)
	m.Rows = slices.Repeat([]Row{row}, columnRows)
	var got []string
	for i, list := range m.ColumnQuestions() {
		for _, p := range list {
			got = append(got, m.Columns[i].Role.Name+": "+p.Word)
		}
	}
	want := "Manager: 6 × A; Manager: In every row; Desk analyst: 6 × R; Desk analyst: In every row; Major incident manager: No letter; Service owner: Only told; Service owner: In every row"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestParseLetters(t *testing.T) {
	for in, want := range map[string]string{"": "", "a": "A", "R/A": "AR", "A,R": "AR", "i c": "CI", "S": "S", "ra": "AR"} {
		if l, ok := ParseLetters(in); !ok || l.String() != want {
			t.Errorf("%q: got %q, %v", in, l, ok)
		}
	}
	for _, in := range []string{"X", "A+", "Ä", "R2"} {
		if _, ok := ParseLetters(in); ok {
			t.Errorf("%q was read", in)
		}
	}
}

func TestByPerson(t *testing.T) {
	held := map[int64][]Holding{owner: {marta}, manager: {ana.in(emea), jonas.in(americas), ana.in(apac).as(Acting)}, desk: {team, lin}}
	m, row := scene("|A|R||C", held)
	_, second := scene("C|I|A", held)
	second.ActivityID, second.Name = 2, "Close"
	m.Rows = []Row{row, second}
	for region, want := range map[int64]string{
		0:        "Marta: -, C. Ana: A, I. Jonas: A, I. Service desk: R*, -. Lin: R, A. Service owner: C, -. Tom: -, A*.",
		americas: "Marta: -, C. Jonas: A, I. Service desk: R*, -. Lin: R, A. Service owner: C, -. Tom: -, A*.",
		germany:  "Marta: -, C. Ana: A, I. Service desk: R*, -. Lin: R, A. Service owner: C, -. Tom: -, A*.",
	} {
		var parts []string
		for _, w := range m.ByPerson(region, 0) {
			var cells []string
			for _, c := range w.Cells {
				s := c.Letters.String()
				if c.FromAbove {
					s += "a"
				}
				if c.Through {
					s += "*"
				}
				if s == "" {
					s = "-"
				}
				cells = append(cells, s)
			}
			parts = append(parts, w.Name+": "+strings.Join(cells, ", ")+".")
		}
		if got := strings.Join(parts, " "); got != want {
			t.Errorf("region %d:\n got %s\nwant %s", region, got, want)
		}
	}
}

func TestVacantRolesStandInTheMatrixByPerson(t *testing.T) {
	m, _ := scene("|A|R", map[int64][]Holding{owner: {marta}})
	var names []string
	for _, w := range m.ByPerson(0, 0) {
		names = append(names, w.Name)
	}
	if got := strings.Join(names, ", "); got != "Marta, Desk analyst" {
		t.Errorf("got %s; want Marta with the A that comes up to her, and the role that nobody wears", got)
	}
}
