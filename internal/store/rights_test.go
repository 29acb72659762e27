package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

// elsewhere is another practice whose manager role has a column and a letter in the matrix of Handle an incident.
func (s sheetOf) elsewhere(t *testing.T) (practice, role, event int64) {
	t.Helper()
	practice = addPractice(t, s.DB, "Change enablement")
	role = roleOf(t, s.DB, practice, itsm.Manager)
	ok(t, s.AddColumn(t.Context(), op, s.process, role, store.Latest))
	s.set(t, s.log, role, "C")
	return practice, role, storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
}

func TestWhoseRoleItIsDoesNotUndoWhatOthersWrote(t *testing.T) {
	s := buildMatrix(t)
	practice, role, event := s.elsewhere(t)
	other := s.actor(s.dilnoza, itsm.Hat{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: practice})
	own := s.actor(s.marta, itsm.Hat{Kind: itsm.Manager, Capacity: itsm.Holder, PracticeID: s.practice})
	if err := s.Undo(t.Context(), other, event); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("the owner of the role's practice undid a letter in another practice's matrix: %v", err)
	}
	if _, err := s.Event(t.Context(), other, event); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("the page that asks before undoing: %v", err)
	}
	for name, c := range map[string]struct {
		by   itsm.Actor
		want bool
	}{"own": {own, true}, "other": {other, false}} {
		v, err := s.Role(t.Context(), c.by, role)
		ok(t, err)
		if len(v.Recent) == 0 || v.Recent[0].EventID != event || v.Recent[0].Undoes != c.want {
			t.Errorf("the role's page offers %s manager to undo: %+v", name, v.Recent)
		}
	}
	ok(t, s.Undo(t.Context(), own, event))
	if got := cells(t, s.DB); got != "" {
		t.Errorf("left: %s", got)
	}
}

func TestHistoryTellsNobodyOfPlansAndPracticesElsewhere(t *testing.T) {
	s := buildMatrix(t)
	practice, role, _ := s.elsewhere(t)
	in := s.of(s.manager, s.marta)
	in.RoleIDs, in.From, in.Announced = []int64{s.manager, role}, storetest.Today.AddDate(0, 1, 0), false
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, in))
	plan := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	sees := func(by itsm.Actor, event int64) bool {
		p, err := s.Practice(t.Context(), by, s.practice, storetest.Today)
		ok(t, err)
		for _, m := range p.Recent {
			if m.EventID == event {
				return true
			}
		}
		return false
	}
	owner := s.actor(s.ana, itsm.Hat{Kind: itsm.Owner, Capacity: itsm.Holder, PracticeID: s.practice})
	if sees(owner, plan) || !sees(s.lead, plan) {
		t.Errorf("a plan for two practices is seen by the owner of one: %v, by the SMO: %v", sees(owner, plan), sees(s.lead, plan))
	}
	here := s.of(s.manager, s.jonas)
	here.RegionID, here.From, here.Announced = s.americas, storetest.Today.AddDate(0, 2, 0), false
	must[[]int64](t)(s.Appoint(t.Context(), s.lead, here))
	plan = storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	for region, want := range map[int64]bool{s.americas: true, s.germany: false} {
		manager := s.actor(s.ana, itsm.Hat{Kind: itsm.Manager, Capacity: itsm.Holder, PracticeID: s.practice, Regions: []int64{region}})
		if sees(manager, plan) != want {
			t.Errorf("a plan for the Americas is seen by the Manager of region %d: %v", region, !want)
		}
	}
	ok(t, s.RelatePractices(t.Context(), op, s.practice, practice, ""))
	related := storetest.Value[int64](t, s.DB, `SELECT max(id) FROM event`)
	external := s.actor(s.henrik)
	external.External, external.Sees = true, []int64{s.practice}
	if sees(external, related) || !sees(owner, related) {
		t.Errorf("the name of a practice out of sight is shown to a supplier: %v, to staff: %v", sees(external, related), sees(owner, related))
	}
}

func TestTypedTextNeverBecomesAMention(t *testing.T) {
	s := buildMatrix(t)
	s.set(t, s.log, s.analyst, "R")
	for _, note := range []string{"[[person:1]]", "[[[person:1]]", "[[[[person:1]]"} {
		ok(t, s.SetCell(t.Context(), op, store.CellEdit{ProcessID: s.process, ActivityID: s.log, RoleID: s.analyst, Counter: store.Latest,
			Cell: itsm.Cell{Letters: itsm.LetterR, Note: note}}))
	}
	if n := storetest.Value[int64](t, s.DB, `SELECT count(*) FROM event_about WHERE kind = 'person'`); n != 0 {
		t.Errorf("%d events claim to be about a person", n)
	}
}

func TestASettingDoesNotEmptyTheChairOfTheLead(t *testing.T) {
	h := build(t)
	ctx := t.Context()
	account := must[int64](t)(h.AddAccount(ctx, op, itsm.NewAccount{PersonID: h.henrik, Email: "henrik@example.org"}))
	admin := itsm.Actor{AccountID: account, PersonID: h.henrik, Administrator: true, Today: storetest.Today}
	facts(t, h.DB, fmt.Sprintf(`UPDATE person SET employed = daterange(NULL, '2027-01-01') WHERE id = %d`, h.marta))
	ok(t, h.AppointFirstLead(ctx, admin, h.marta)) // told, not accepted; as long as she is here
	o, err := h.Organisation(ctx)
	ok(t, err)
	o.Name, o.CountAccepted = "Tallgrass", true
	ok(t, h.ChangeSettings(ctx, admin, o))
	conflicts(t, h.AppointFirstLead(ctx, admin, h.henrik), "There is an SMO lead")
	ok(t, h.OpenSession(ctx, account, []byte("token")))
	if v, err := h.Visit(ctx, []byte("token"), store.Asked{}); err != nil || v.LeadVacant {
		t.Errorf("the chair counts as empty: %v, %v", v.LeadVacant, err)
	}
}

// Rights are kept between requests, and are those of now all the same: whoever wrote, through whatever server, and at midnight.
func TestRightsAreKeptUntilSomebodyWritesOrTheDayEnds(t *testing.T) {
	t.Parallel()
	h := build(t)
	ctx, at := t.Context(), storetest.Now
	other := must[*store.Store](t)(store.Open(ctx, h.URL, store.Options{Now: func() time.Time { return at }, MaxConns: 2}))
	t.Cleanup(other.Close)
	account := must[int64](t)(h.AddAccount(ctx, op, itsm.NewAccount{PersonID: h.ana, Email: "ana@example.org"}))
	ok(t, other.OpenSession(ctx, account, []byte("token")))
	visit := func() itsm.Actor {
		t.Helper()
		v, err := other.Visit(ctx, []byte("token"), store.Asked{})
		ok(t, err)
		return v.Actor
	}
	hats := func(of itsm.Actor) (said []string) {
		for _, hat := range of.Hats {
			said = append(said, fmt.Sprint(hat.Kind, " ", hat.Capacity, " ", len(hat.Regions), " ", hat.Team))
		}
		slices.Sort(said)
		return said
	}
	tomorrow := storetest.Today.AddDate(0, 0, 1)
	var deputy int64
	for _, step := range []struct {
		what string
		do   func() error
		want []string
	}{
		{"nothing", func() error { return nil }, nil},
		{"a hat", func() error { h.appoint(t, h.of(h.analyst, h.ana)); return nil }, []string{"practitioner holder 0 false"}},
		{"a team", func() error {
			h.appoint(t, itsm.NewAssignment{RoleIDs: []int64{h.analyst}, TeamIDs: []int64{h.desk}, From: storetest.Today, Announced: true})
			return h.AddMembership(ctx, op, h.desk, h.ana, itsm.Period{From: storetest.Today})
		}, []string{"practitioner holder 0 false", "practitioner holder 0 true"}},
		{"a deputy", func() error {
			h.appoint(t, h.of(h.owner, h.marta))
			in := h.of(h.owner, h.ana)
			in.Capacity = itsm.Deputy
			deputy = h.appoint(t, in)
			return nil
		}, []string{"practitioner holder 0 false", "practitioner holder 0 true"}},
		{"the holder away", func() error {
			return h.AddAbsence(ctx, op, h.marta, itsm.Period{From: storetest.Today, To: &tomorrow})
		}, []string{"owner deputy 0 false", "practitioner holder 0 false", "practitioner holder 0 true"}},
		{"midnight: the holder is back", func() error { at = at.Add(15 * time.Hour); return nil }, []string{"practitioner holder 0 false", "practitioner holder 0 true"}},
		{"a region", func() error {
			in := h.of(h.manager, h.ana)
			in.RegionID = h.emea
			h.appoint(t, in)
			return h.EndAssignment(ctx, op, deputy, tomorrow, true, "")
		}, []string{"manager holder 2 false", "practitioner holder 0 false", "practitioner holder 0 true"}},
	} {
		ok(t, step.do())
		now := visit()
		if got := hats(now); !slices.Equal(got, step.want) {
			t.Errorf("%s: wears %q, want %q", step.what, got, step.want)
		}
		if again := visit(); len(now.Hats) > 0 && &again.Hats[0] != &now.Hats[0] {
			t.Errorf("%s: read again, though nobody wrote", step.what)
		}
	}
	if visit().Administrator {
		t.Error("administrator without a grant")
	}
	ok(t, h.GrantAccount(ctx, op, itsm.NewGrant{AccountID: account, Kind: itsm.GrantAdministrator}))
	ok(t, h.GrantAccount(ctx, op, itsm.NewGrant{AccountID: account, Kind: itsm.GrantAuditor, PracticeID: h.practice, LastDay: "2026-12-31"}))
	if now := visit(); !now.Administrator || !slices.Equal(now.Audits, []int64{h.practice}) {
		t.Errorf("after two grants: %+v", now)
	}
	ok(t, h.CloseSession(ctx, []byte("token")))
	if _, err := other.Visit(ctx, []byte("token"), store.Asked{}); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("a session that ended: %v", err)
	}
}
