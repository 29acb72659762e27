package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// onMap is the map in a line: who wears what, with their group, and what nobody wears.
func (h house) onMap(t *testing.T, by itsm.Actor, f itsm.MapFilter, day time.Time) string {
	t.Helper()
	m := must[*itsm.HatMap](t)(h.HatMap(t.Context(), by, f, day))
	var parts []string
	for _, r := range m.Rows {
		first, _, _ := strings.Cut(r.Name, " ")
		var hats []string
		for _, x := range r.Hats {
			hat := x.Role.Kind.Letter()
			if x.Capacity != itsm.Holder {
				hat = string(x.Capacity) + " " + hat
			}
			if x.TeamID != 0 {
				hat += "*"
			}
			hats = append(hats, fmt.Sprintf("%s%d", hat, x.A+x.R))
		}
		parts = append(parts, first+" "+strings.Join(hats, "+"))
	}
	for _, c := range m.Chairs {
		for _, p := range c.Places {
			parts = append(parts, strings.TrimSuffix(c.Role.Kind.Letter()+" open "+p.Region, " ")+strings.Repeat(" covered", map[bool]int{true: 1}[p.Covered()]))
		}
	}
	return strings.Join(parts, ", ")
}

// staffed gives hats: Marta owns, Jonas manages EMEA and leads the desk that does the work, Ana acts in the Americas.
func staffed(t *testing.T) house {
	t.Helper()
	h := build(t)
	ctx := t.Context()
	process := must[int64](t)(h.AddProcess(ctx, op, itsm.Process{PracticeID: h.practice, Name: "Handle an incident", Kind: itsm.Daily}))
	for i, letters := range []map[int64]itsm.Letters{{h.manager: itsm.LetterA, h.analyst: itsm.LetterR}, {h.analyst: itsm.LetterR, h.manager: itsm.LetterC}} {
		activity := must[int64](t)(h.AddActivity(ctx, op, process, itsm.Step{Name: fmt.Sprintf("Step %d", i)}, i+1, store.Latest))
		for role, l := range letters {
			ok(t, h.SetCell(ctx, op, store.CellEdit{ProcessID: process, ActivityID: activity, RoleID: role, Counter: store.Latest, Cell: itsm.Cell{Letters: l}}))
		}
	}
	h.appoint(t, h.of(h.owner, h.marta))
	jonas := h.of(h.manager, h.jonas)
	jonas.RegionID = h.emea
	h.appoint(t, jonas)
	ana := h.of(h.manager, h.ana)
	until := storetest.Today.AddDate(0, 3, 0)
	ana.RegionID, ana.Capacity, ana.Until = h.americas, itsm.Acting, &until
	h.appoint(t, ana)
	desk := itsm.NewAssignment{RoleIDs: []int64{h.analyst}, TeamIDs: []int64{h.desk}, From: storetest.Today, Announced: true}
	h.appoint(t, desk)
	for _, p := range []int64{h.jonas, h.dilnoza} {
		ok(t, h.AddMembership(ctx, op, h.desk, p, itsm.Period{From: storetest.Today}))
	}
	ok(t, h.AddReportingLine(ctx, op, h.dilnoza, h.jonas, true))
	ok(t, h.AddReportingLine(ctx, op, h.jonas, h.henrik, true))
	facts(t, h.DB, fmt.Sprintf(`UPDATE person SET region_id = %d WHERE id = %d; UPDATE person SET company_id = %d WHERE id = %d;`, h.germany, h.dilnoza, h.acme, h.ana))
	return h
}

func TestMapFilters(t *testing.T) {
	t.Parallel()
	h := staffed(t)
	other := addPractice(t, h.DB, "Change enablement")
	const whole = "Jonas M1+P*2, Dilnoza P*2, Ana acting M1, Marta O0, M open Americas covered, O open, M open"
	for name, c := range map[string]struct {
		f    itsm.MapFilter
		want string
	}{
		"everybody: the team, its lead first, the company, then the others": {itsm.MapFilter{}, whole},
		"by name":                            {itsm.MapFilter{Sort: "name"}, "Dilnoza P*2, Jonas M1+P*2, Marta O0, Ana acting M1, M open Americas covered, O open, M open"},
		"by hats":                            {itsm.MapFilter{Sort: "hats"}, "Jonas M1+P*2, Dilnoza P*2, Marta O0, Ana acting M1, M open Americas covered, O open, M open"},
		"fewest A and R":                     {itsm.MapFilter{Sort: "duties", Descending: true}, "Marta O0, Ana acting M1, Dilnoza P*2, Jonas M1+P*2, M open Americas covered, O open, M open"},
		"a team":                             {itsm.MapFilter{TeamID: h.desk}, "Jonas M1+P*2, Dilnoza P*2, M open Americas covered, O open, M open"},
		"a company":                          {itsm.MapFilter{CompanyID: h.acme}, "Ana acting M1, M open Americas covered, O open, M open"},
		"a region, with what lies below":     {itsm.MapFilter{RegionID: h.emea}, "Dilnoza P*2, O open, M open"},
		"direct and indirect reports":        {itsm.MapFilter{ManagerID: h.henrik}, "Jonas M1+P*2, Dilnoza P*2, M open Americas covered, O open, M open"},
		"one practice":                       {itsm.MapFilter{Practices: []int64{h.practice}}, "Jonas M1+P*2, Dilnoza P*2, Ana acting M1, Marta O0, M open Americas covered"},
		"another practice":                   {itsm.MapFilter{Practices: []int64{other}}, "O open, M open"},
		"both":                               {itsm.MapFilter{Practices: []int64{other, h.practice}}, whole},
		"Owners":                             {itsm.MapFilter{Kind: itsm.Owner}, "Marta O0, O open"},
		"words":                              {itsm.MapFilter{Text: "kari dil"}, "Dilnoza P*2, M open Americas covered, O open, M open"},
		"a page beyond the last is the last": {itsm.MapFilter{Page: 9}, whole},
	} {
		got := h.onMap(t, h.lead, c.f, storetest.Today)
		sorted := func(s string) string { // chairs of two practices stand by name of the practice
			parts := strings.Split(s, ", ")
			at := slices.IndexFunc(parts, func(p string) bool { return strings.Contains(p, "open") })
			if at >= 0 {
				slices.Sort(parts[at:])
			}
			return strings.Join(parts, ", ")
		}
		if sorted(got) != sorted(c.want) {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
	m := must[*itsm.HatMap](t)(h.HatMap(t.Context(), h.lead, itsm.MapFilter{}, storetest.Today))
	if m.Total != 4 || m.Hats != 5 || m.Through != 2 || m.Acting != 1 || m.Teams != 1 || m.Companies != 1 || m.ActingUntil == nil {
		t.Errorf("figures: %+v", m)
	}
}

// Whoever wears a hat is on the map, also where thousands who wear none come before them by name.
func TestMapFindsTheFewAmongMany(t *testing.T) {
	h := staffed(t)
	few := h.onMap(t, op, itsm.MapFilter{}, storetest.Today)
	owners := h.onMap(t, op, itsm.MapFilter{Kind: itsm.Owner}, storetest.Today)
	facts(t, h.DB, `INSERT INTO person (name, sort_name) SELECT 'Aaron ' || n, 'Aaron ' || n FROM generate_series(1, 3100) n`)
	if got := h.onMap(t, op, itsm.MapFilter{}, storetest.Today); got != few || !strings.Contains(few, "Marta") {
		t.Errorf("the map of many has\n%s\nwant\n%s", got, few)
	}
	if got := h.onMap(t, op, itsm.MapFilter{Kind: itsm.Owner}, storetest.Today); got != owners || !strings.Contains(owners, "Marta") {
		t.Errorf("the Owners among many are\n%s\nwant\n%s", got, owners)
	}
}

func TestMapIsOfTheDay(t *testing.T) {
	t.Parallel()
	h := staffed(t)
	leaves := storetest.Today.AddDate(0, 0, 10)
	membership := storetest.Value[int64](t, h.DB, `SELECT id FROM membership WHERE person_id = $1`, h.dilnoza)
	ok(t, h.EndMembership(t.Context(), op, h.desk, membership, leaves.AddDate(0, 0, -1)))
	for name, c := range map[string]struct {
		day  time.Time
		want string
	}{
		"yesterday nobody wore a hat": {storetest.Today.AddDate(0, 0, -1), "O open, M open"},
		"the last day in the team":    {leaves.AddDate(0, 0, -1), "Jonas M1+P*2, Dilnoza P*2, Ana acting M1, Marta O0, M open Americas covered"},
		"the day after":               {leaves, "Jonas M1+P*2, Ana acting M1, Marta O0, M open Americas covered"},
		"when acting is over":         {storetest.Today.AddDate(0, 3, 0), "Jonas M1+P*2, Marta O0, M open Americas"},
	} {
		if got := h.onMap(t, h.lead, itsm.MapFilter{}, c.day); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestMapTellsNobodyOfPlansAndPracticesElsewhere(t *testing.T) {
	t.Parallel()
	h := staffed(t)
	from := storetest.Today.AddDate(0, 1, 0)
	in := h.of(h.analyst, h.henrik)
	in.From, in.Announced, in.RegionID = from, false, h.emea
	h.appoint(t, in)
	manages := func(region int64) itsm.Actor {
		return h.actor(h.dilnoza, itsm.Hat{Kind: itsm.Manager, Capacity: itsm.Holder, PracticeID: h.practice, Regions: []int64{region}})
	}
	for name, c := range map[string]struct {
		by   itsm.Actor
		want bool
	}{
		"a plain reader":                {h.actor(h.dilnoza), false},
		"the Manager of the region":     {manages(h.emea), true},
		"the Manager of another region": {manages(h.americas), false},
		"the Owner of the practice":     {h.ownerOf(h.marta), true},
		"the service management office": {h.lead, true},
	} {
		if got := strings.Contains(h.onMap(t, c.by, itsm.MapFilter{}, from), "Henrik"); got != c.want {
			t.Errorf("%s sees what is not announced: %v", name, got)
		}
		m := must[*itsm.ScopeMap](t)(h.ScopeMap(t.Context(), c.by, itsm.MapFilter{}, true, from))
		people, _, _ := m.Scopes[0].Crew()
		if want := map[bool]int{false: 2, true: 3}[c.want]; people != want {
			t.Errorf("%s counts %d practitioners on that day, want %d", name, people, want)
		}
	}
	other := addPractice(t, h.DB, "Change enablement")
	h.appoint(t, h.of(roleOf(t, h.DB, other, itsm.Owner), h.henrik))
	supplier := h.actor(h.ana)
	supplier.External, supplier.Sees = true, []int64{h.practice}
	for _, f := range []itsm.MapFilter{{}, {Practices: []int64{other}}, {Practices: []int64{other, h.practice}}, {TeamID: h.desk}, {ManagerID: h.henrik}} {
		m := must[*itsm.HatMap](t)(h.HatMap(t.Context(), supplier, f, storetest.Today))
		if len(m.Practices) != 1 || len(m.TeamRefs)+len(m.CompanyRefs) != 0 {
			t.Errorf("a supplier is offered more than their practice: %+v", m)
		}
		for _, r := range m.Rows {
			if r.Name == "Henrik Wolff" {
				t.Errorf("a supplier sees who owns another practice, with %+v", f)
			}
		}
		s := must[*itsm.ScopeMap](t)(h.ScopeMap(t.Context(), supplier, f, true, storetest.Today))
		for _, x := range s.Scopes {
			if x.PracticeID != h.practice {
				t.Errorf("a supplier sees the practice %s, with %+v", x.Practice, f)
			}
		}
	}
	supplier.Sees = nil
	if got := h.onMap(t, supplier, itsm.MapFilter{}, storetest.Today); got != "" {
		t.Errorf("a supplier without a practice sees %s", got)
	}
}

func TestMapByPractice(t *testing.T) {
	t.Parallel()
	h := staffed(t)
	addPractice(t, h.DB, "Change enablement")
	addPractice(t, h.DB, "Zoning")
	h.appoint(t, h.of(storetest.Value[int64](t, h.DB, `SELECT r.id FROM role r JOIN practice p ON p.id = r.practice_id WHERE p.name = 'Zoning' AND r.kind = 'owner'`), h.marta))
	h.appoint(t, h.of(storetest.Value[int64](t, h.DB, `SELECT r.id FROM role r JOIN practice p ON p.id = r.practice_id WHERE p.name = 'Zoning' AND r.kind = 'manager'`), h.marta))
	facts(t, h.DB, fmt.Sprintf(`UPDATE role SET wanted_min = 3 WHERE id = %d;`, h.analyst))
	for name, c := range map[string]struct {
		f    itsm.MapFilter
		want string
	}{
		"a vacant Owner first, then what is covered": {itsm.MapFilter{}, "Change enablement, Incident management, Zoning"},
		"only vacancies": {itsm.MapFilter{Vacant: true}, "Change enablement, Incident management"},
		"by name":        {itsm.MapFilter{Text: "zon"}, "Zoning"},
		"one of them":    {itsm.MapFilter{Practices: []int64{h.practice}}, "Incident management"},
	} {
		m := must[*itsm.ScopeMap](t)(h.ScopeMap(t.Context(), h.lead, c.f, true, storetest.Today))
		var names []string
		for _, s := range m.Scopes {
			names = append(names, s.Practice)
		}
		for _, chair := range m.Chairs { // what is counted above is what is listed below
			if i := slices.IndexFunc(m.Scopes, func(s itsm.MapScope) bool { return s.PracticeID == chair.PracticeID }); i < 0 {
				t.Errorf("%s: a vacancy of a practice that is not listed: %+v", name, chair)
			}
		}
		if got := strings.Join(names, ", "); got != c.want || m.Total != len(names) {
			t.Errorf("%s: got %s (%d), want %s", name, got, m.Total, c.want)
		}
	}
	m := must[*itsm.ScopeMap](t)(h.ScopeMap(t.Context(), h.lead, itsm.MapFilter{Practices: []int64{h.practice}}, true, storetest.Today))
	s := m.Scopes[0]
	people, more, thin := s.Crew()
	if people != 2 || more || len(thin) != 1 || len(s.Chairs) != 2 || len(s.Chairs[1].Holdings) != 2 {
		t.Errorf("got %d practitioners, %d thin, %+v", people, len(thin), s)
	}
	m = must[*itsm.ScopeMap](t)(h.ScopeMap(t.Context(), h.lead, itsm.MapFilter{Text: "zon"}, true, storetest.Today))
	if people, more, _ := m.Scopes[0].Crew(); people != 0 || more || len(m.Scopes[0].Crews) != 1 {
		t.Errorf("a role that nobody wears counts %d, more %v", people, more)
	}
}

func TestLineManagersAreToldOfHats(t *testing.T) {
	t.Parallel()
	h := staffed(t)
	ctx := t.Context()
	told := func(by itsm.Actor) string {
		m := must[itsm.MyHats](t)(h.MyHats(ctx, by))
		var parts []string
		for _, a := range m.OfPeople {
			parts = append(parts, strings.SplitN(a.Name, " ", 2)[0]+" "+string(a.RoleKind)+" "+string(a.State)+" "+string(a.Acceptance))
			if a.Reason != "" || a.Objection != "" || a.Share != nil {
				t.Errorf("reasons and shares are told: %+v", a)
			}
		}
		return strings.Join(parts, ", ")
	}
	in := h.of(h.manager, h.dilnoza)
	in.RegionID, in.Reason = h.germany, "A secret."
	proposed := must[[]int64](t)(h.Propose(ctx, h.actor(h.ana), in))[0]
	old := h.of(h.analyst, h.dilnoza)
	old.From, old.Reason = storetest.Today.AddDate(-1, 0, 0), "Found in a list."
	accepted := h.appoint(t, old)
	ok(t, h.Accept(ctx, h.actor(h.dilnoza), accepted))
	if got, want := told(h.actor(h.henrik)), "Dilnoza manager proposed told, Jonas manager appointed told"; got != want {
		t.Errorf("direct and indirect reports:\n got %s\nwant %s", got, want)
	}
	if got, want := told(h.actor(h.jonas)), "Dilnoza manager proposed told"; got != want {
		t.Errorf("own reports alone, without the own hats: got %s, want %s", got, want)
	}
	if got := told(h.actor(h.ana)) + told(h.actor(h.dilnoza)); got != "" {
		t.Errorf("others are told %s", got)
	}
	// A line manager objects, to what is decided and what is not; nobody else does.
	appointed := storetest.Value[int64](t, h.DB, `SELECT id FROM assignment WHERE person_id = $1 AND role_id = $2`, h.jonas, h.manager)
	ok(t, h.Object(ctx, h.actor(h.henrik), appointed, "He has no time."))
	ok(t, h.Object(ctx, h.actor(h.jonas), proposed, "She is new."))
	if err := h.Object(ctx, h.actor(h.dilnoza), appointed, "I want it."); err == nil {
		t.Error("a report objected to the hat of who they report to")
	}
	tasks := must[itsm.MyHats](t)(h.MyHats(ctx, h.ownerOf(h.marta)))
	if len(tasks.Objections) != 1 || tasks.Objections[0].Objection != "He has no time." || len(tasks.Proposals) != 1 || tasks.Proposals[0].Objection != "She is new." {
		t.Errorf("the objections are no tasks of the appointer: %+v", tasks)
	}
	ok(t, h.Withdraw(ctx, h.lead, proposed, ""))
	ok(t, h.TakeBack(ctx, h.actor(h.henrik), appointed))
	ok(t, h.Accept(ctx, h.actor(h.jonas), appointed))
	if got, want := told(h.actor(h.henrik)), "Jonas manager appointed accepted"; got != want {
		t.Errorf("what is withdrawn vanishes, what began lately stays: got %s, want %s", got, want)
	}
}

// Who acts for all services covers the chair, though somebody holds it for one of them: the map, the figures and the list
// agree, and the map says for which service.
func TestAHolderForOneServiceFillsTheChairForNoOther(t *testing.T) {
	t.Parallel()
	h := staffed(t)
	payroll := must[int64](t)(h.AddService(t.Context(), op, itsm.Service{Name: "Payroll"}))
	count := func() itsm.Staffed {
		return must[itsm.Steering](t)(h.Steering(t.Context(), h.lead, storetest.Today, storetest.Today)).Hats
	}
	before := count()
	lin := h.of(h.manager, h.dilnoza)
	lin.RegionID, lin.ServiceID = h.americas, payroll
	h.appoint(t, lin)
	if after := count(); after != before || after.Covered != 1 {
		t.Errorf("figures before %+v, then %+v", before, after)
	}
	m := must[*itsm.ScopeMap](t)(h.ScopeMap(t.Context(), h.lead, itsm.MapFilter{}, true, storetest.Today))
	if _, covered := itsm.CountOpen(m.Chairs, itsm.Manager); covered != 1 {
		t.Errorf("%d covered on the map", covered)
	}
	var services []string
	for _, c := range m.Scopes[0].Chairs {
		for _, x := range c.Holdings {
			services = append(services, x.Service)
		}
	}
	if strings.Join(services, "") != "Payroll" {
		t.Errorf("the map has the services %q", services)
	}
}

// The map counts the practices that the hats of its list are of, not those that the organisation has.
func TestTheMapCountsThePracticesOfItsHats(t *testing.T) {
	t.Parallel()
	h := build(t)
	other := addPractice(t, h.DB, "Change enablement")
	addPractice(t, h.DB, "Problem management")
	h.appoint(t, h.of(h.analyst, h.jonas))
	h.appoint(t, h.of(roleOf(t, h.DB, other, itsm.Practitioner), h.ana))
	for text, want := range map[string]int{"": 2, "jonas": 1, "nobody of this name": 0} {
		if m := must[*itsm.HatMap](t)(h.HatMap(t.Context(), h.lead, itsm.MapFilter{Text: text}, storetest.Today)); m.On != want {
			t.Errorf("%q: on %d practices, want %d", text, m.On, want)
		}
	}
}
