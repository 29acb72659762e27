package store_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// ownerOf is somebody who owns the house's practice.
func (h house) ownerOf(person int64) itsm.Actor {
	return h.actor(person, itsm.Hat{Kind: itsm.Owner, PracticeID: h.practice, Capacity: itsm.Holder})
}

func (h house) managerOf(person int64) itsm.Actor {
	return h.actor(person, itsm.Hat{Kind: itsm.Manager, PracticeID: h.practice, Capacity: itsm.Holder})
}

// gap is the practice's gap of a code on a day, as its page computes it.
func (h house) gap(t *testing.T, code string, on time.Time) *itsm.Gap {
	t.Helper()
	_, gaps, err := h.PracticeGaps(t.Context(), h.lead, h.practice, on)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gaps {
		if g.Code == code {
			return &g
		}
	}
	return nil
}

func acceptance(g itsm.Gap, last string) itsm.AcceptGap {
	d := day(last)
	return itsm.AcceptGap{Code: g.Code, Subject: g.Subject(), Reason: "We hire in spring", LastDay: &d}
}

func TestAcceptedGapComesBackByItself(t *testing.T) {
	t.Parallel()
	h := build(t)
	vacant := h.gap(t, "owner-vacant", storetest.Today)
	if vacant == nil || vacant.Accepted != nil {
		t.Fatalf("got %+v", vacant)
	}
	if err := h.AcceptGap(t.Context(), h.managerOf(h.ana), acceptance(*vacant, "2026-12-31")); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a manager accepted: %v", err)
	}
	if err := h.AcceptGap(t.Context(), h.lead, acceptance(*vacant, "2026-12-31")); err != nil {
		t.Fatal(err)
	}
	for on, accepted := range map[string]bool{"2026-11-22": false, "2026-11-23": true, "2026-12-31": true, "2027-01-01": false} {
		if g := h.gap(t, "owner-vacant", day(on)); g == nil || (g.Accepted != nil) != accepted {
			t.Errorf("%s: accepted = %v, want %v", on, g.Accepted != nil, accepted)
		}
	}
	g := h.gap(t, "owner-vacant", storetest.Today)
	if g.Accepted.AcceptedBy != "Lea Lead" || !g.Accepted.LastDay.Equal(day("2026-12-31")) || g.Accepted.Reason != "We hire in spring" {
		t.Errorf("got %+v", g.Accepted)
	}
	if err := h.AcceptGap(t.Context(), h.lead, acceptance(*vacant, "2027-01-31")); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("accepted twice: %v", err)
	}
	if err := h.ReopenGap(t.Context(), h.managerOf(h.ana), g.Accepted.ID); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a manager took it back: %v", err)
	}
	if err := h.ReopenGap(t.Context(), h.lead, g.Accepted.ID); err != nil {
		t.Fatal(err)
	}
	if g := h.gap(t, "owner-vacant", storetest.Today); g.Accepted != nil {
		t.Error("still accepted after it was taken back")
	}
}

func TestTwoAcceptAtOnce(t *testing.T) {
	t.Parallel()
	h := build(t)
	vacant := h.gap(t, "owner-vacant", storetest.Today)
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = h.AcceptGap(t.Context(), h.lead, acceptance(*vacant, "2026-12-31")) })
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		switch {
		case err == nil:
			done++
		case !errors.As(err, &itsm.Conflict{}):
			t.Errorf("got %v, want a Conflict", err)
		}
	}
	if done != 1 {
		t.Errorf("%d accepted it, want 1", done)
	}
}

func (h house) plan(t *testing.T, by itsm.Actor, in itsm.ActionInput) (int64, error) {
	t.Helper()
	if in.What == "" {
		in.What = "Find somebody"
	}
	if in.DueOn == nil {
		due := day("2026-12-12")
		in.DueOn = &due
	}
	if in.PersonID == 0 {
		in.PersonID = h.ana
	}
	return h.PlanAction(t.Context(), by, in)
}

func TestPlannedGapSaysWhoAndWhen(t *testing.T) {
	t.Parallel()
	h := build(t)
	vacant := h.gap(t, "owner-vacant", storetest.Today)
	in := itsm.ActionInput{Code: vacant.Code, Subject: vacant.Subject()}
	if _, err := h.plan(t, h.actor(h.jonas), in); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a reader planned: %v", err)
	}
	id, err := h.plan(t, h.managerOf(h.marta), in)
	if err != nil {
		t.Fatal(err)
	}
	if g := h.gap(t, "owner-vacant", storetest.Today); g.Plan == nil || g.Plan.Who != "Ana Souza" || g.Plan.ActionID != id || !g.Plan.DueOn.Equal(day("2026-12-12")) {
		t.Errorf("got %+v", g.Plan)
	}
	if _, err := h.plan(t, h.lead, in); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("planned twice: %v", err)
	}
	// Another one changes it, with the state they saw; a later one does not overwrite.
	due := day("2027-01-15")
	change := itsm.ActionInput{What: "Find an Owner", PersonID: h.jonas, DueOn: &due}
	if err := h.EditAction(t.Context(), h.lead, id, 1, change); err != nil {
		t.Fatal(err)
	}
	if err := h.EditAction(t.Context(), h.lead, id, 1, change); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("overwritten: %v", err)
	}
	// Whoever does it closes it, nobody else of no right; it is done with a sentence.
	if err := h.CloseAction(t.Context(), h.actor(h.ana), id, "Found"); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("somebody else closed it: %v", err)
	}
	if err := h.CloseAction(t.Context(), h.actor(h.jonas), id, " "); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("closed without a sentence: %v", err)
	}
	if err := h.CloseAction(t.Context(), h.actor(h.jonas), id, "Marta agreed"); err != nil {
		t.Fatal(err)
	}
	if g := h.gap(t, "owner-vacant", storetest.Today); g.Plan != nil {
		t.Errorf("still planned: %+v", g.Plan)
	}
	a, moments, err := h.Action(t.Context(), h.actor(h.dilnoza), id)
	if err != nil || a.Outcome != "Marta agreed" || a.DoneBy != "Jonas Lindqvist" || a.AboutName != "Incident owner" || a.Place != "Incident management" || len(moments) != 3 {
		t.Errorf("got %+v, %d moments, %v", a, len(moments), err)
	}
	if err := h.ReopenAction(t.Context(), h.lead, id); err != nil {
		t.Fatal(err)
	}
	if g := h.gap(t, "owner-vacant", storetest.Today); g.Plan == nil || g.Plan.Who != "Jonas Lindqvist" {
		t.Errorf("not open again: %+v", g.Plan)
	}
}

// An action about an appointment that is not announced is for those who read plans, and for whoever does it.
func TestActionAboutAPlanIsPrivate(t *testing.T) {
	t.Parallel()
	h := build(t)
	secret := h.of(h.owner, h.marta)
	secret.From, secret.Announced = day("2027-02-01"), false
	assignment := h.appoint(t, secret)
	id, err := h.plan(t, h.lead, itsm.ActionInput{What: "Announce Marta", Subject: itsm.Subject{AssignmentID: assignment, RoleID: h.owner}})
	if err != nil {
		t.Fatal(err)
	}
	external := h.actor(h.henrik)
	external.External, external.Sees = true, []int64{h.practice}
	for name, c := range map[string]struct {
		by   itsm.Actor
		sees bool
	}{
		"reader": {h.actor(h.jonas), false}, "external": {external, false}, "manager": {h.managerOf(h.dilnoza), true}, "office": {h.lead, true}, "whoever does it": {h.actor(h.ana), true},
	} {
		list, err := h.Actions(t.Context(), c.by, itsm.ActionFilter{})
		if err != nil || (list.Total == 1) != c.sees || (len(list.Actions) == 1) != c.sees {
			t.Errorf("%s: %d of %d, %v", name, len(list.Actions), list.Total, err)
		}
		if _, _, err := h.Action(t.Context(), c.by, id); (err == nil) != c.sees || err != nil && !errors.As(err, &itsm.NotFound{}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.CloseAction(t.Context(), h.actor(h.jonas), id, "x"); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("who does not know of it: %v", err)
	}
}

func TestActionsAreListed(t *testing.T) {
	t.Parallel()
	h := build(t)
	other := storetest.Value[int64](t, h.DB, `SELECT id FROM role WHERE name = 'SMO member'`)
	for i, on := range []string{"2026-12-20", "2026-11-23", "2026-12-01"} {
		due := day(on)
		subject := itsm.Subject{PracticeID: h.practice}
		if i == 2 {
			subject = itsm.Subject{RoleID: other}
		}
		if _, err := h.plan(t, h.lead, itsm.ActionInput{What: on, DueOn: &due, Subject: subject, PersonID: []int64{h.ana, h.jonas, h.ana}[i]}); err != nil {
			t.Fatal(err)
		}
	}
	names := func(by itsm.Actor, f itsm.ActionFilter) (out string) {
		list, err := h.Actions(t.Context(), by, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list.Actions {
			out += a.What + " "
		}
		return out
	}
	external := h.actor(h.henrik)
	external.External, external.Sees = true, []int64{h.practice + 100}
	for name, c := range map[string]struct {
		by   itsm.Actor
		f    itsm.ActionFilter
		want string
	}{
		"due first":           {h.lead, itsm.ActionFilter{}, "2026-11-23 2026-12-01 2026-12-20 "},
		"due last":            {h.lead, itsm.ActionFilter{Sort: "due", Descending: true}, "2026-12-20 2026-12-01 2026-11-23 "},
		"by person":           {h.lead, itsm.ActionFilter{Sort: "person"}, "2026-11-23 2026-12-01 2026-12-20 "},
		"mine":                {h.actor(h.jonas), itsm.ActionFilter{Mine: true}, "2026-11-23 "},
		"of the practice":     {h.lead, itsm.ActionFilter{PracticeID: h.practice}, "2026-11-23 2026-12-20 "},
		"done":                {h.lead, itsm.ActionFilter{Done: true}, ""},
		"external, elsewhere": {external, itsm.ActionFilter{}, ""},
		"beyond the last":     {h.lead, itsm.ActionFilter{Page: 7}, ""},
	} {
		if got := names(c.by, c.f); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Where a gap is of one region, what was accepted says so.
func TestAnAcceptedGapNamesItsRegion(t *testing.T) {
	t.Parallel()
	h := buildMatrix(t)
	h.set(t, h.log, h.manager, "A")
	only := h.of(h.manager, h.ana)
	only.RegionID = h.americas
	h.appoint(t, only)
	var vacant itsm.Gap
	for l, err := range h.GapRows(t.Context(), h.lead, storetest.Today, itsm.GapFilter{}) {
		if ok(t, err); l.RegionID != 0 {
			vacant = l.Gap
		}
	}
	ok(t, h.AcceptGap(t.Context(), h.lead, acceptance(vacant, "2026-12-31")))
	said := storetest.Value[string](t, h.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`)
	if want := " vacant in [[region:" + itoa(vacant.RegionID) + "]]"; vacant.RegionID == 0 || !strings.HasPrefix(said, "accepted until 31 Dec 2026: [[role:") || !strings.HasSuffix(said, want) {
		t.Errorf("%s: %q", vacant.Code, said)
	}
}
