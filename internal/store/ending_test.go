package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/internal/store/storetest"
)

func TestProposalIsDecidedBySomebodyElse(t *testing.T) {
	t.Parallel()
	h := build(t)
	in := h.of(h.analyst, h.ana)
	yes, no := store.Decision{Appoint: true, Announced: true}, store.Decision{}
	ids, err := h.Propose(t.Context(), h.actor(h.ana), in)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Decide(t.Context(), h.actor(h.henrik), ids[0], yes); !errors.As(err, &itsm.NotFound{}) {
		t.Errorf("a reader learns of a proposal: %v", err)
	}
	if err := h.Decide(t.Context(), h.actor(h.ana), ids[0], yes); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("the proposer decided: %v", err)
	}
	if err := h.Decide(t.Context(), h.actor(h.ana, h.lead.Hats...), ids[0], yes); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("the holder appointed themselves: %v", err)
	}
	if got := h.timeline(t, h.actor(h.henrik), h.analyst); got != "" {
		t.Errorf("a reader saw the proposal: %s", got)
	}
	if err := h.Decide(t.Context(), h.lead, ids[0], yes); err != nil {
		t.Fatal(err)
	}
	if err := h.Decide(t.Context(), h.lead, ids[0], no); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("decided twice: %v", err)
	}
	if got, want := h.timeline(t, h.actor(h.henrik), h.analyst), "Ana Souza holder appointed 2026-11-23 …"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHolderAnswers(t *testing.T) {
	t.Parallel()
	h := build(t)
	facts(t, h.DB, fmt.Sprintf(`INSERT INTO reporting_line (person_id, manager_id) VALUES (%d, %d), (%d, %d)`, h.dilnoza, h.ana, h.ana, h.marta))
	id := h.appoint(t, h.of(h.analyst, h.dilnoza))
	team := h.appoint(t, itsm.NewAssignment{RoleIDs: []int64{h.analyst}, TeamIDs: []int64{h.desk}, From: storetest.Today})
	ctx := t.Context()
	if err := h.Accept(ctx, h.actor(h.marta), id); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("somebody else accepted: %v", err)
	}
	if err := h.Object(ctx, h.actor(h.marta), id, "She has no time."); err != nil {
		t.Errorf("an indirect line manager may object: %v", err)
	}
	if err := h.Object(ctx, h.actor(h.henrik), id, "I mind."); !errors.As(err, &itsm.Forbidden{}) {
		t.Errorf("a stranger objected: %v", err)
	}
	if err := h.Object(ctx, h.actor(h.dilnoza), id, " \u200b"); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("an objection without a reason: %v", err)
	}
	if err := h.Accept(ctx, h.actor(h.dilnoza), id); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("accepted over an objection: %v", err)
	}
	if err := h.TakeBack(ctx, h.actor(h.ana), id); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("somebody else took back an objection: %v", err)
	}
	if err := h.TakeBack(ctx, h.actor(h.marta), id); err != nil {
		t.Error(err)
	}
	if err := h.Accept(ctx, h.actor(h.dilnoza), id); err != nil {
		t.Error(err)
	}
	if err := h.Accept(ctx, h.actor(h.jonas), team); err != nil {
		t.Errorf("the lead accepts for the team: %v", err)
	}
	if err := h.GiveUp(ctx, h.actor(h.dilnoza), id, storetest.Today, true, ""); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("given up yesterday: %v", err)
	}
	if err := h.GiveUp(ctx, h.actor(h.dilnoza), id, day("2027-01-01"), true, "Other work."); err != nil {
		t.Error(err)
	}
	a, err := h.AssignmentPage(ctx, h.actor(h.henrik), id)
	if err != nil || a.EndedReason != "" || a.Acceptance != itsm.Accepted || itsm.ISODay(*a.LastDay()) != "2026-12-31" {
		t.Errorf("%+v, %v", a, err)
	}
}

// What ends is known where somebody writes about it: it is not ended later, nothing is answered once it is over, and a proposal with
// an end is appointed to it, beside whoever comes after.
func TestAnEndIsKnownToWhoWrites(t *testing.T) {
	t.Parallel()
	h := build(t)
	ctx := t.Context()
	id := h.appoint(t, h.of(h.analyst, h.dilnoza))
	ok(t, h.EndAssignment(ctx, h.lead, id, day("2027-01-01"), true, ""))
	conflicts(t, h.EndAssignment(ctx, h.lead, id, day("2027-03-01"), true, ""), "It ends on 31 Dec 2026 already. To go on longer, appoint again from the day after.")
	past := h.of(h.analyst, h.henrik)
	past.From, past.Until, past.Reason = day("2026-10-01"), itsm.Until(day("2026-11-19")), "As found."
	conflicts(t, h.Accept(ctx, h.actor(h.henrik), h.appoint(t, past)), "This ended on 19 Nov 2026 already.")
	in := h.of(h.owner, h.marta)
	in.Until = itsm.Until(day("2026-12-31"))
	proposed := must[[]int64](t)(h.Propose(ctx, h.actor(h.ana), in))[0]
	after := h.of(h.owner, h.jonas)
	after.From = day("2027-01-01")
	h.appoint(t, after)
	ok(t, h.Decide(ctx, h.lead, proposed, store.Decision{Appoint: true, Announced: true}))
	if said := storetest.Value[string](t, h.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`); !strings.Contains(said, "31 Dec 2026") {
		t.Errorf("says %q", said)
	}
}

func TestEndingAndWithdrawing(t *testing.T) {
	t.Parallel()
	h := build(t)
	ctx := t.Context()
	in := h.of(h.manager, h.ana)
	in.From = day("2026-03-01")
	if _, err := h.Appoint(ctx, h.lead, in); !errors.As(err, &itsm.Invalid{}) || !strings.Contains(err.Error(), "past") {
		t.Fatalf("backdated without a reason: %v", err)
	}
	in.Reason = "forgotten"
	id := h.appoint(t, in)
	if err := h.Withdraw(ctx, h.lead, id, ""); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("a wrong entry withdrawn without a reason: %v", err)
	}
	if err := h.EndAssignment(ctx, h.lead, id, day("2026-11-01"), true, ""); !errors.As(err, &itsm.Invalid{}) {
		t.Errorf("ended in the past without a reason: %v", err)
	}
	if err := h.EndAssignment(ctx, h.lead, id, day("2027-01-01"), true, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.EndAssignment(ctx, h.lead, id, day("2027-02-01"), true, ""); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("an end moved later: %v", err)
	}
	if err := h.EndAssignment(ctx, h.lead, id, day("2026-12-01"), true, ""); err != nil {
		t.Errorf("an end may come earlier: %v", err)
	}
	if said := storetest.Value[string](t, h.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`); !strings.HasPrefix(said, "ended [[person:") || !strings.HasSuffix(said, "; the last day is 30 Nov 2026") {
		t.Error(said)
	}
	if err := h.Withdraw(ctx, h.lead, id, "wrong person"); err != nil {
		t.Error(err)
	}
	if err := h.EndAssignment(ctx, h.lead, id, day("2026-11-30"), true, ""); !errors.As(err, &itsm.Conflict{}) {
		t.Errorf("a withdrawn one was ended: %v", err)
	}
	if got := h.timeline(t, h.actor(h.henrik), h.manager); got != "" {
		t.Errorf("a withdrawn entry is shown to a reader: %s", got)
	}
	later := h.of(h.manager, h.jonas)
	later.From = day("2027-03-01")
	lid := h.appoint(t, later)
	if err := h.EndAssignment(ctx, h.lead, lid, day("2027-01-01"), true, ""); err != nil {
		t.Error(err)
	}
	if got, want := h.timeline(t, h.lead, h.manager), "Jonas Lindqvist holder withdrawn 2027-03-01 …; Ana Souza holder withdrawn 2026-03-01 2026-11-30"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNobodyOutlastsTheirLastDay(t *testing.T) {
	t.Parallel()
	h := build(t)
	facts(t, h.DB, fmt.Sprintf(`UPDATE person SET employed = daterange(NULL, '2027-01-01') WHERE id = %d; UPDATE person SET employed = daterange(NULL, '2026-01-01') WHERE id = %d`, h.ana, h.henrik))
	for name, person := range map[string]int64{"Ana Souza leaves: the last day can be 31 Dec 2026": h.ana, "Henrik Wolff left on 31 Dec 2025": h.henrik} {
		if _, err := h.Appoint(t.Context(), h.lead, h.of(h.analyst, person)); !errors.As(err, &itsm.Invalid{}) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	after := h.of(h.analyst, h.ana)
	after.From = day("2027-02-01")
	if _, err := h.Appoint(t.Context(), h.lead, after); !errors.As(err, &itsm.Invalid{}) || !strings.Contains(err.Error(), "Ana Souza leaves: the last day is 31 Dec 2026") {
		t.Errorf("after a last day that is still ahead: %v", err)
	}
}

func TestCountsOnlyOnceAccepted(t *testing.T) {
	t.Parallel()
	h := build(t)
	facts(t, h.DB, `UPDATE organisation SET count_accepted = true`)
	id := h.appoint(t, h.of(h.manager, h.ana))
	worn := func() int {
		return storetest.Value[int](t, h.DB, `SELECT count(*) FROM worn('2026-11-23') WHERE assignment_id = $1`, id)
	}
	if n := worn(); n != 0 {
		t.Errorf("counts %d times before it is accepted", n)
	}
	if err := h.Accept(t.Context(), h.actor(h.ana), id); err != nil || worn() != 1 {
		t.Errorf("does not count after it is accepted: %v", err)
	}
}
