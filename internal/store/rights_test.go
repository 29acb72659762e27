package store_test

import (
	"errors"
	"testing"

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
	ok(t, h.AppointFirstLead(ctx, admin, h.marta)) // told, not accepted
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
