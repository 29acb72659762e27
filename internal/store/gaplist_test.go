package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// listed are the gaps of the organisation's list that a filter finds, as code and what they are about.
func (s sheetOf) listed(t *testing.T, day time.Time, f itsm.GapFilter) (out []string) {
	t.Helper()
	for l, err := range s.GapRows(t.Context(), op, day, f) {
		ok(t, err)
		out = append(out, l.Code+" "+l.Key().About)
	}
	return out
}

func TestWhatNoPolicyGovernsIsAQuestionUntilOneDoes(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	ctx, today := t.Context(), storetest.Today
	other := addProcess(t, s.DB, s.practice, "Look back")
	noPolicy := itsm.GapFilter{Code: "no-policy", PracticeID: s.practice}
	practice, process := "no-policy practice:"+itoa(s.practice), "no-policy process:"+itoa(other)
	if got := s.listed(t, today, noPolicy); !slices.Equal(got, []string{practice}) {
		t.Errorf("without any policy: %v", got)
	}
	policy := must[int64](t)(s.AddPolicy(ctx, op, logged(0), []itsm.NewAttachment{{Target: itsm.Target{ActivityID: s.log}, From: today.AddDate(0, -1, 0)}}))
	if got := s.listed(t, today, noPolicy); !slices.Equal(got, []string{process}) {
		t.Errorf("with one for an activity: %v", got)
	}
	if got := s.listed(t, today.AddDate(0, -2, 0), noPolicy); !slices.Equal(got, []string{practice}) {
		t.Errorf("before it began: %v", got)
	}
	// The page of each says the same.
	for of, want := range map[int64]bool{s.process: false, other: true} {
		_, gaps, err := s.ProcessGaps(ctx, op, of, today)
		ok(t, err)
		if strings.Contains(codes(gaps), "no-policy") != want {
			t.Errorf("process %d: %s", of, codes(gaps))
		}
	}
	// One that is to govern only later is a plan, and mends nothing yet; one of the practice reaches all of it.
	must[int64](t)(s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: policy, Target: itsm.Target{ProcessID: other}, From: today.AddDate(0, 1, 0)}))
	if got := s.listed(t, today.AddDate(0, 2, 0), noPolicy); !slices.Equal(got, []string{process}) {
		t.Errorf("a plan counts: %v", got)
	}
	must[int64](t)(s.AttachPolicy(ctx, op, itsm.NewAttachment{PolicyID: policy, Target: itsm.Target{PracticeID: s.practice}, From: today}))
	if got := s.listed(t, today, noPolicy); len(got) > 0 {
		t.Errorf("with one for the practice: %v", got)
	}
}

// Who wears a hat in two regions, and a team that does, are one holder each: on the page of the practice, in the list and on the map.
func TestHoldersAreCountedOnce(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	facts(t, db, manyHats)
	facts(t, db, `
		UPDATE role SET wanted_min = 3, wanted_max = NULL WHERE id = (SELECT min(id) FROM role WHERE kind = 'practitioner' AND practice_id IS NOT NULL);
		INSERT INTO membership (team_id, person_id, during) SELECT (SELECT min(id) FROM team), id, daterange(date '2026-01-01', NULL) FROM person WHERE name = 'Person 7';
		INSERT INTO assignment (role_id, role_kind, person_id, team_id, during, region_id, capacity, state, acceptance, recorded_on, decided_on, reason)
		SELECT r.id, r.kind, h.person, h.team, daterange(date '2026-06-01', NULL), g.id, 'holder', 'appointed', 'accepted', date '2026-06-01', date '2026-06-01', ''
		FROM role r, region g, (SELECT min(id) AS person, NULL::bigint AS team FROM person UNION ALL SELECT NULL, min(id) FROM team) h WHERE r.wanted_min = 3 AND g.name IN ('EMEA', 'Americas')`)
	role, practice := storetest.Value[int64](t, db, `SELECT id FROM role WHERE wanted_min = 3`), storetest.Value[int64](t, db, `SELECT practice_id FROM role WHERE wanted_min = 3`)
	_, gaps, err := db.PracticeGaps(t.Context(), op, practice, storetest.Today)
	ok(t, err)
	var titles []string
	for _, g := range gaps {
		if g.Code == "too-few" && g.RoleID == role {
			titles = append(titles, g.Title)
		}
	}
	for l, err := range db.GapRows(t.Context(), op, storetest.Today, itsm.GapFilter{Code: "too-few"}) {
		ok(t, err)
		if l.RoleID == role {
			titles = append(titles, l.Title)
		}
	}
	if len(titles) != 2 || titles[0] != titles[1] || !strings.HasSuffix(titles[0], ": 2 of 3") {
		t.Errorf("the page and the list say %q", titles)
	}
	m, err := db.ScopeMap(t.Context(), op, itsm.MapFilter{Practices: []int64{practice}}, true, storetest.Today)
	ok(t, err)
	for _, s := range m.Scopes {
		for _, c := range s.Crews {
			if c.Role.ID == role && (c.People != 2 || !c.Thin()) {
				t.Errorf("the map counts %d", c.People)
			}
		}
	}
}

// Who comes after for another service fills nothing: so say the page of the practice, that of the person, and the list, whole
// and narrowed to a region. The same for who plans a hat and ends it without an announcement.
func TestWhoComesAfterDoesSoForTheService(t *testing.T) {
	t.Parallel()
	c := buildChair(t)
	give := func(person int, service, during string) {
		facts(t, c.DB, fmt.Sprintf(`INSERT INTO assignment (role_id, role_kind, person_id, during, region_id, service_id, capacity, state, acceptance, announced, recorded_on, decided_on, reason)
			SELECT %d, 'manager', p.id, daterange(%s), (SELECT id FROM region WHERE name = 'EMEA'), (SELECT id FROM service WHERE name = '%s'), 'holder', 'appointed', 'accepted', true, date '2026-06-01', date '2026-06-01', ''
			FROM person p WHERE p.name = 'Person %d'`, c.manager, during, service, person))
	}
	give(1, "Payroll", "date '2026-06-01', date '2026-12-20'")
	ends := func(found []itsm.Gap) (out []string) {
		for _, g := range found {
			if g.Code == "ends-soon" && (g.RoleID == c.manager) {
				out = append(out, g.Title)
			}
		}
		return out
	}
	check := func(by itsm.Actor, want int) {
		t.Helper()
		_, practice, err := c.PracticeGaps(t.Context(), by, c.practice, storetest.Today)
		ok(t, err)
		person, err := c.PersonGaps(t.Context(), by, c.person(t, 1), storetest.Today)
		ok(t, err)
		for where, found := range map[string][]itsm.Gap{
			"the practice": practice, "the person": person, "the list": gapsOf(t, c.DB, by, itsm.GapFilter{Code: "ends-soon"}),
			"the list of the region": gapsOf(t, c.DB, by, itsm.GapFilter{Code: "ends-soon", RegionID: storetest.Value[int64](t, c.DB, `SELECT id FROM region WHERE name = 'EMEA'`)}),
		} {
			titles := ends(found)
			if len(titles) != want || want > 0 && !strings.HasSuffix(titles[0], " in EMEA for Payroll ends 19 Dec 2026") {
				t.Errorf("%s says %q", where, titles)
			}
		}
	}
	op := storetest.Operator
	op.Today = storetest.Today
	plans := itsm.Actor{AccountID: 7, PersonID: 7, Today: storetest.Today, Hats: []itsm.Hat{{RoleID: 1, Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: c.practice}}}
	give(2, "Mail", "date '2026-12-20', NULL")
	check(op, 1)
	facts(t, c.DB, `UPDATE assignment SET announced_during = daterange(lower(during), NULL) WHERE NOT upper_inf(during)`)
	check(plans, 1)
	give(4, "", "date '2026-12-10', NULL")
	check(op, 0)
	check(plans, 0)
}

// gapsOf are the gaps of the list that a filter finds for a reader today.
func gapsOf(t *testing.T, db *storetest.DB, by itsm.Actor, f itsm.GapFilter) (found []itsm.Gap) {
	t.Helper()
	for l, err := range db.GapRows(t.Context(), by, storetest.Today, f) {
		ok(t, err)
		found = append(found, l.Gap)
	}
	return found
}

func TestTheListIsNarrowedToTheHatsOfATeam(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	s.set(t, s.log, s.analyst, "R")
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, s.of(s.analyst, s.jonas)))
	single := "single-holder role:" + itoa(s.analyst)
	team := itsm.GapFilter{TeamID: s.desk}
	if got := s.listed(t, storetest.Today, team); slices.Contains(got, single) {
		t.Errorf("of somebody who is not in it: %v", got)
	}
	facts(t, s.DB, `INSERT INTO membership (team_id, person_id, during) SELECT `+itoa(s.desk)+`, `+itoa(s.jonas)+`, daterange('2026-11-01', NULL)`)
	if got := s.listed(t, storetest.Today, team); !slices.Equal(got, []string{single}) {
		t.Errorf("of a member: %v, want %q", got, single)
	}
	if got := s.listed(t, storetest.Today.AddDate(-1, 0, 0), team); len(got) > 0 {
		t.Errorf("a year ago: %v", got)
	}
}

func TestOnlyAGapThatIsThereIsPlannedOrAccepted(t *testing.T) {
	t.Parallel()
	h := build(t)
	last := day("2026-12-31")
	for name, of := range map[string]itsm.Gap{
		"a hat that is worn":     {Code: "owner-vacant", RoleID: h.analyst},
		"a hat that is in use":   {Code: "role-retired", RoleID: h.owner},
		"nobody's only hat":      {Code: "only-holder", AssignmentID: h.appoint(t, h.of(h.manager, h.marta))},
		"not overdue for review": {Code: "review-overdue", RoleID: h.owner},
	} {
		if err := h.AcceptGap(t.Context(), h.lead, itsm.AcceptGap{Code: of.Code, Subject: of.Subject(), Reason: "So be it", LastDay: &last}); !errors.As(err, &itsm.Conflict{}) || !strings.Contains(err.Error(), "not there today") {
			t.Errorf("%s: accepted, %v", name, err)
		}
		if _, err := h.plan(t, h.lead, itsm.ActionInput{Code: of.Code, Subject: of.Subject()}); !errors.As(err, &itsm.Conflict{}) {
			t.Errorf("%s: planned, %v", name, err)
		}
	}
	vacant := h.gap(t, "owner-vacant", storetest.Today)
	h.appoint(t, h.of(h.owner, h.ana))
	if err := h.AcceptGap(t.Context(), h.lead, acceptance(*vacant, "2026-12-31")); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("mended meanwhile, and accepted: %v", err)
	}
	// What stands on the page of a person alone can be planned, too: no matrix uses this hat.
	soon := h.of(h.analyst, h.jonas)
	soon.Until = itsm.Until(storetest.Today.AddDate(0, 0, 20))
	ends := h.appoint(t, soon)
	if _, err := h.plan(t, h.lead, itsm.ActionInput{Code: "ends-soon", Subject: itsm.Subject{AssignmentID: ends, RoleID: h.analyst}}); err != nil {
		t.Errorf("what ends soon on the page of its holder: %v", err)
	}
}

// The two weeks to accept a hat begin when the holder was asked: late, where the hat was found out late, and anew after an
// objection was answered. The list and the page say the same.
func TestTheTimeToAcceptBeginsWhenOneWasAsked(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	s.set(t, s.log, s.analyst, "R")
	day := func(ago int) string { return `date '` + itsm.ISODay(storetest.Today.AddDate(0, 0, -ago)) + `'` }
	wears := func(person int64, ago int) string {
		return `INSERT INTO assignment (role_id, role_kind, person_id, during, state, recorded_on, decided_on, reason)
			VALUES (` + itoa(s.analyst) + `, 'practitioner', ` + itoa(person) + `, daterange('2026-06-01', NULL), 'appointed', ` + day(ago) + `, ` + day(ago) + `, 'worn for long')`
	}
	for _, c := range []struct {
		change string
		want   bool
	}{
		{wears(s.jonas, 14), false},
		{wears(s.marta, 15), true},
		{`UPDATE assignment SET answered_on = ` + day(1) + ` WHERE person_id = ` + itoa(s.marta), false},
	} {
		facts(t, s.DB, c.change)
		got := s.listed(t, storetest.Today, itsm.GapFilter{Code: "not-accepted"})
		if len(got) > 0 != c.want {
			t.Errorf("%s: the list has %v", c.change, got)
		}
		_, gaps, err := s.ProcessGaps(t.Context(), op, s.process, storetest.Today)
		ok(t, err)
		if strings.Contains(codes(gaps), "not-accepted") != c.want {
			t.Errorf("%s: the page has %s", c.change, codes(gaps))
		}
		if !c.want {
			continue
		}
		asked := ", asked since " + itsm.ShowDay(storetest.Today.AddDate(0, 0, -15)) + "."
		for l, err := range s.GapRows(t.Context(), op, storetest.Today, itsm.GapFilter{Code: "not-accepted"}) {
			ok(t, err)
			if !strings.HasSuffix(l.Sentence, asked) {
				t.Errorf("the list says %q", l.Sentence)
			}
		}
		for _, g := range gaps {
			if g.Code == "not-accepted" && !strings.HasSuffix(g.Sentence, asked) {
				t.Errorf("the page says %q", g.Sentence)
			}
		}
	}
}

// A list narrowed to a region or a team has every hat of it that the whole list has, and no other one.
func TestTheListNarrowedToARegionOrATeamHasEveryHatOfIt(t *testing.T) {
	t.Parallel()
	s := buildMatrix(t)
	s.set(t, s.log, s.analyst, "R")
	wears := func(holder string, id, region int64, until, acceptance string) string {
		return `INSERT INTO assignment (role_id, role_kind, ` + holder + `, region_id, during, state, acceptance, recorded_on, decided_on, announced, reason)
			VALUES (` + itoa(s.analyst) + `, 'practitioner', ` + itoa(id) + `, NULLIF(` + itoa(region) + `, 0), daterange('2026-06-01', ` + until + `), 'appointed', '` + acceptance + `', '2026-06-01', '2026-06-01', true, 'worn for long');`
	}
	facts(t, s.DB, wears("person_id", s.jonas, s.emea, "NULL", "told")+wears("person_id", s.marta, s.germany, "'2026-12-20'", "told")+
		wears("person_id", s.ana, s.americas, "'2026-12-10'", "accepted")+wears("team_id", s.desk, 0, "'2026-12-10'", "told")+
		`INSERT INTO membership (team_id, person_id, during) SELECT `+itoa(s.desk)+`, `+itoa(s.ana)+`, daterange('2026-11-01', NULL)`)
	count := func(f itsm.GapFilter) (n int) {
		t.Helper()
		list, err := s.Gaps(t.Context(), op, storetest.Today, f)
		ok(t, err)
		for _, k := range list.Kinds {
			if k.Code == "not-accepted" || k.Code == "ends-soon" {
				n += k.Total
			}
		}
		return n
	}
	hats := func(f itsm.GapFilter) (out []string) {
		for _, l := range s.listed(t, storetest.Today, f) {
			if strings.HasPrefix(l, "not-accepted ") || strings.HasPrefix(l, "ends-soon ") {
				out = append(out, l)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		f    itsm.GapFilter
		want int
	}{
		"whole": {itsm.GapFilter{}, 6}, "EMEA": {itsm.GapFilter{RegionID: s.emea}, 3}, "Germany": {itsm.GapFilter{RegionID: s.germany}, 2}, "Americas": {itsm.GapFilter{RegionID: s.americas}, 1},
		"desk": {itsm.GapFilter{TeamID: s.desk}, 3}, "desk in the Americas": {itsm.GapFilter{TeamID: s.desk, RegionID: s.americas}, 1},
	} {
		every := hats(itsm.GapFilter{})
		got := hats(c.f)
		if n := count(c.f); n != c.want || len(got) != c.want {
			t.Errorf("%s: %d counted, listed %v, want %d", name, n, got, c.want)
		}
		for _, l := range got {
			if !slices.Contains(every, l) {
				t.Errorf("%s: %s is not in the whole list", name, l)
			}
		}
	}
	late := storetest.Value[int64](t, s.DB, `SELECT id FROM assignment WHERE person_id = $1`, s.jonas)
	must[int64](t)(s.plan(t, s.lead, itsm.ActionInput{Code: "not-accepted", Subject: itsm.Subject{AssignmentID: late}}))
	for state, want := range map[itsm.GapState]int{itsm.GapsPlanned: 1, itsm.GapsUnplanned: 5, "": 6} {
		if n := count(itsm.GapFilter{State: state}); n != want {
			t.Errorf("%q: %d counted, want %d, once one of them is planned", state, n, want)
		}
	}
}

// The list of a day past says of a gap when what it is about came on record, where that was only after the day.
func TestTheListOfADayPastSaysWhatWasNotOnRecordYet(t *testing.T) {
	t.Parallel()
	now := storetest.Now.AddDate(0, -2, 0)
	db := storetest.At(t, func() time.Time { return now })
	practice := must[int64](t)(db.AddPractice(t.Context(), op, itsm.Practice{Name: "Incident management", Category: itsm.ServiceManagement, State: itsm.InUse}))
	now = storetest.Now
	process := addProcess(t, db, practice, "Handle an incident")
	addActivity(t, db, process, "Log", 1)
	seen := map[bool]int{}
	for l, err := range db.GapRows(t.Context(), itsm.Actor{AccountID: 1, Today: storetest.Today}, storetest.Today.AddDate(0, -1, 0), itsm.GapFilter{PracticeID: practice}) {
		ok(t, err)
		late := l.ProcessID != 0
		if seen[late]++; late != (l.Recorded != nil) || late && !l.Recorded.Equal(storetest.Today) {
			t.Errorf("%s of process %d: on record since %v", l.Code, l.ProcessID, l.Recorded)
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("not both kinds: %v", seen)
	}
}
