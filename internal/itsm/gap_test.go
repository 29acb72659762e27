package itsm

import (
	"slices"
	"strings"
	"testing"
)

func gapCodes(list []Gap) string {
	var out []string
	for _, g := range list {
		out = append(out, string(g.Severity)+" "+g.Code)
	}
	return strings.Join(out, ", ")
}

func TestGaps(t *testing.T) {
	day := Day(2026, 11, 23)
	soon, long := day.AddDate(0, 0, 30), day.AddDate(0, 9, 0)
	until := func(h Holding, end int) Holding {
		to := soon
		if end > 60 {
			to = long
		}
		h.Until = &to
		return h
	}
	objects := ana
	objects.Acceptance = Objected
	silent := ana
	silent.Acceptance, silent.AskedOn = Told, day.AddDate(0, -1, 0)
	anew := silent
	anew.AskedOn = day.AddDate(0, 0, -14)
	big := team
	big.Members = 5
	fine := map[int64][]Holding{owner: {marta}, manager: {ana}, desk: {big}}
	with := func(role int64, held ...Holding) map[int64][]Holding {
		out := map[int64][]Holding{owner: {marta}, manager: {ana}, desk: {big}}
		out[role] = held
		return out
	}
	for name, c := range map[string]struct {
		letters string
		held    map[int64][]Holding
		facts   GapFacts
		want    string
	}{
		"nothing is missing":             {"A|I|R", fine, GapFacts{}, ""},
		"T4 owner and manager are one":   {"A|I|R", with(manager, marta), GapFacts{}, ""},
		"a vacant owner is one gap":      {"|A|R", with(owner), GapFacts{}, "red owner-vacant"},
		"nobody does it":                 {"A|I|C", fine, GapFacts{}, "red no-responsible"},
		"the one who does it is missing": {"A|I|R", with(desk), GapFacts{}, "red role-vacant"},
		"a manager is missing":           {"A|I|R", with(manager), GapFacts{}, "amber role-vacant"},
		"missing in a region":            {"|A|R", with(manager, ana.in(emea), jonas.in(americas)), GapFacts{}, "amber accountable-vacant-region"},
		"T9 covered, not filled":         {"A|I|R", with(owner, until(marta.as(Acting), 30)), GapFacts{}, "amber covered"},
		"A held by two":                  {"|A|R", with(manager, ana, lin), GapFacts{}, "amber accountable-several"},
		"a team that nobody answers for": {"I|R|A", with(desk, noLead), GapFacts{}, "red accountable-no-lead"},
		"only one does it":               {"A|I|R", with(desk, lin), GapFacts{}, "grey single-holder"},
		"an objection":                   {"A|I|R", with(manager, objects), GapFacts{}, "amber objected"},
		"ends soon, nobody after":        {"A|I|R", with(owner, until(marta, 30)), GapFacts{}, "amber ends-soon"},
		"ends soon, somebody after":      {"A|I|R", with(owner, until(ownerHolding(), 30)), GapFacts{Next: []Successor{{RoleID: owner, Since: soon, Capacity: Holder}}}, ""},
		"ends soon, covered after":       {"A|I|R", with(owner, until(ownerHolding(), 30)), GapFacts{Next: []Successor{{RoleID: owner, Since: soon, Capacity: Acting}}}, "amber ends-soon"},
		"ends in a year":                 {"A|I|R", with(owner, until(marta, 300)), GapFacts{}, ""},
		"asked two weeks ago":            {"|A|R", with(manager, anew), GapFacts{}, ""},
		"an answer is due":               {"|A|R", with(manager, silent), GapFacts{}, "grey not-accepted"},
	} {
		t.Run(name, func(t *testing.T) {
			m, _ := scene(c.letters, c.held)
			m.Day = day
			got := m.Gaps(c.facts)
			if s := gapCodes(got); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
			for _, g := range got {
				if g.Title == "" || g.Sentence == "" || g.Fix == "" || g.Who == "" {
					t.Errorf("lacks a title, a sentence, a fix or who should act: %+v", g)
				}
			}
		})
	}
}

// ownerHolding is Marta's hat with the role it is of.
func ownerHolding() Holding {
	h := marta
	h.RoleID = owner
	return h
}

// A place is a region and a service: who comes after, or holds a hat that somebody acts for, does so there or for every
// service, and nobody of another place does.
func TestAPlaceIsFilledOnlyByWhoIsThere(t *testing.T) {
	day := Day(2026, 11, 23)
	soon := day.AddDate(0, 0, 30)
	ending := func(h Holding) Holding {
		h.RoleID, h.Until = manager, &soon
		return h
	}
	after := func(region, service int64) GapFacts {
		return GapFacts{Next: []Successor{{RoleID: manager, RegionID: region, ServiceID: service, Since: soon, Capacity: Holder}}}
	}
	const mail = 31
	acts := ending(lin.in(emea).forService(payroll).as(Acting))
	for name, c := range map[string]struct {
		held  []Holding
		facts GapFacts
		want  string
	}{
		"nobody after":                          {[]Holding{ending(ana.in(emea).forService(payroll))}, GapFacts{}, "ends-soon"},
		"after, for the same service":           {[]Holding{ending(ana.in(emea).forService(payroll))}, after(emea, payroll), ""},
		"after, for every service":              {[]Holding{ending(ana.in(emea).forService(payroll))}, after(emea, 0), ""},
		"after, for another service":            {[]Holding{ending(ana.in(emea).forService(payroll))}, after(emea, mail), "ends-soon"},
		"after, for one of all services":        {[]Holding{ending(ana.in(emea))}, after(emea, payroll), "ends-soon"},
		"after, in another region":              {[]Holding{ending(ana.in(emea).forService(payroll))}, after(apac, payroll), "ends-soon"},
		"acting, and nobody holds it":           {[]Holding{acts}, GapFacts{}, "covered"},
		"acting beside one for another service": {[]Holding{acts, ana.in(emea).forService(mail)}, GapFacts{}, "covered"},
		"acting beside one of another region":   {[]Holding{acts, ana.in(apac).forService(payroll)}, GapFacts{}, "covered"},
		"acting beside the one for the service": {[]Holding{acts, ana.in(emea).forService(payroll)}, GapFacts{}, ""},
		"acting beside one for every service":   {[]Holding{acts, ana.in(emea)}, GapFacts{}, ""},
	} {
		m, _ := scene("|A|R", map[int64][]Holding{owner: {marta}, manager: append(c.held, jonas), desk: {team}})
		m.Day = day
		found := ""
		for _, g := range m.Gaps(c.facts) {
			if g.Code == "ends-soon" || g.Code == "covered" {
				found += g.Code
			}
		}
		if found != c.want {
			t.Errorf("%s: got %q, want %q", name, found, c.want)
		}
	}
}

// One who wears a hat in two places is one holder, and so is a team, which counts by its members.
func TestHoldersAreCountedOnce(t *testing.T) {
	two := 2
	three := team
	three.Members = 3
	for name, c := range map[string]struct {
		held   []Holding
		lo, hi *int
		want   string
	}{
		"one, in two regions":                  {[]Holding{lin.in(emea), lin.in(apac)}, nil, nil, "grey single-holder"},
		"one, for two services, of two wanted": {[]Holding{lin.forService(payroll), lin.forService(31)}, &two, nil, "amber too-few"},
		"two, one of them in two regions":      {[]Holding{lin.in(emea), lin.in(apac), jonas}, &two, &two, ""},
		"one of two wanted at most":            {[]Holding{lin.in(emea), lin.in(apac), lin.in(americas)}, nil, &two, "grey single-holder"},
		"a team of three in two regions":       {[]Holding{three.in(emea), three.in(apac)}, nil, &two, "grey too-many"},
		"acting here, holding there":           {[]Holding{lin.in(emea), lin.in(apac).as(Acting)}, nil, nil, "grey single-holder"},
	} {
		m, _ := scene("A|I|R", map[int64][]Holding{owner: {marta}, manager: {ana}, desk: c.held})
		m.Columns[2].Role.WantedMin, m.Columns[2].Role.WantedMax = c.lo, c.hi
		got := m.Gaps(GapFacts{})
		if s := gapCodes(got); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
	m, _ := scene("A|I|R", map[int64][]Holding{owner: {marta}, manager: {ana}, desk: {three.in(emea), three.in(apac)}})
	m.Columns[2].Role.WantedMax = &two
	if got := m.Gaps(GapFacts{}); len(got) != 1 || got[0].Title != "Desk analyst: 3 where 2 are wanted" {
		t.Errorf("got %+v", got)
	}
}

// Who is away answers for what stands without an A as for what has one: as Owner.
func TestWhoIsAwayAnswersAsOwnerToo(t *testing.T) {
	away := ownerHolding().away()
	away.RoleKind = Owner
	for name, c := range map[string]struct {
		a, up   int
		covered bool
		want    string
	}{
		"for what has an A":     {2, 0, false, "It answers for 2 activities."},
		"as Owner":              {0, 1, false, "As Owner it answers for one activity, where no A is set."},
		"both":                  {1, 3, false, "It answers for one activity, and as Owner for 3 more, where no A is set."},
		"a deputy stands in":    {0, 3, true, ""},
		"answering for nothing": {0, 0, false, ""},
	} {
		got := ""
		for _, g := range PersonGaps(Day(2026, 11, 23), []PersonHat{{Holding: away, Role: "Owner", A: c.a, Up: c.up, Covered: c.covered}}) {
			got += g.Sentence
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestManyOfAKindFold(t *testing.T) {
	one := Gap{Code: "single-holder", Severity: Grey, Title: "X has one holder"}
	red := Gap{Code: "owner-vacant", Severity: Red, Title: "Owner vacant"}
	folds := FoldGaps(append(slices.Repeat([]Gap{one}, 38), red))
	if len(folds) != 2 || folds[0].Title != "Owner vacant" || folds[1].Title != "38 hats with one holder" || len(folds[1].Gaps) != 38 {
		t.Errorf("got %+v", folds)
	}
	if folds := FoldGaps([]Gap{one, one}); len(folds) != 2 {
		t.Errorf("two stay alone: %+v", folds)
	}
}

func TestAHatThatSeveralProcessesUseIsOneGap(t *testing.T) {
	first, _ := scene("A|I|R", map[int64][]Holding{owner: {marta}, desk: {team}})
	second, _ := scene("A|I|R", map[int64][]Holding{owner: {marta}, desk: {team}})
	hats := &Matrix{Owner: first.Owner, Columns: first.Columns[1:2]}
	if got := gapCodes(PracticeGaps(hats, []*Matrix{first, second}, GapFacts{})); got != "amber role-vacant" {
		t.Errorf("got %s", got)
	}
	// It says what nobody does in all of them.
	first, _ = scene("A|I|R", map[int64][]Holding{owner: {marta}, manager: {jonas}})
	second, _ = scene("A|I|R", map[int64][]Holding{owner: {marta}, manager: {jonas}})
	hats = &Matrix{Owner: first.Owner, Columns: first.Columns[2:3]}
	if got := PracticeGaps(hats, []*Matrix{first, second}, GapFacts{}); len(got) != 1 || got[0].Sentence != "Nobody wears this hat: nobody does 2 activities." {
		t.Errorf("got %+v", got)
	}
}
