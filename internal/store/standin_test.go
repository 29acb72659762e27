package store_test

import (
	"strings"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// agreed is a house in which Jonas wears the Owner's hat, with Ana as agreed deputy.
func agreed(t *testing.T) (h house, last time.Time) {
	t.Helper()
	h = build(t)
	since := func(person int64, c itsm.Capacity) itsm.NewAssignment {
		in := h.of(h.owner, person)
		in.From, in.Capacity, in.Reason = itsm.Day(2026, 9, 1), c, "As agreed in August."
		return in
	}
	h.appoint(t, since(h.jonas, itsm.Holder))
	deputy := since(h.ana, itsm.Deputy)
	ok(t, h.Accept(t.Context(), h.actor(h.ana), h.appoint(t, deputy)))
	return h, itsm.Day(2026, 12, 31)
}

func (h house) leave(t *testing.T, person int64, last time.Time, announced bool) {
	t.Helper()
	counter := storetest.Value[int64](t, h.DB, `SELECT counter FROM person WHERE id = $1`, person)
	ok(t, h.Leave(t.Context(), storetest.Operator, person, counter, last, announced))
}

func (h house) says(t *testing.T, who itsm.Actor, want string) {
	t.Helper()
	if got := h.timeline(t, who, h.owner); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// If nobody is appointed by the day, the agreed deputy acts for 30 days.
func TestTheAgreedDeputyActsForWhoLeft(t *testing.T) {
	t.Parallel()
	h, last := agreed(t)
	d := must[itsm.Departure](t)(h.Departure(t.Context(), h.jonas, last, storetest.Today))
	if a := d.Cut[0].Acts; d.Cut[0].Vacant || a == nil || a.Person.Name != "Ana Souza" || itsm.ISODay(a.From) != "2027-01-01" || itsm.ISODay(a.Until) != "2027-01-31" {
		t.Errorf("foreseen: %+v, %+v", d.Cut[0], a)
	}
	h.leave(t, h.jonas, last, false)
	ahead := "Ana Souza deputy appointed 2026-09-01 …; Jonas Lindqvist holder appointed 2026-09-01 2026-12-31"
	h.says(t, h.lead, "Ana Souza acting appointed 2027-01-01 2027-01-30; "+ahead)
	h.says(t, h.actor(h.henrik), "Ana Souza deputy appointed 2026-09-01 …; Jonas Lindqvist holder appointed 2026-09-01 …")
	if got := storetest.Value[string](t, h.DB, `SELECT acceptance FROM assignment WHERE capacity = 'acting'`); got != "accepted" {
		t.Errorf("what was agreed is asked again: %s", got)
	}
	ok(t, h.AnnounceLeaving(t.Context(), storetest.Operator, h.jonas, 2))
	h.says(t, h.actor(h.henrik), "Ana Souza acting appointed 2027-01-01 2027-01-30; "+ahead)
	ok(t, h.Undo(t.Context(), storetest.Operator, storetest.Value[int64](t, h.DB, `SELECT max(id) FROM event`)))
	ok(t, h.Undo(t.Context(), storetest.Operator, storetest.Value[int64](t, h.DB, `SELECT max(id) FROM event WHERE summary LIKE 'set the last day%'`)))
	h.says(t, h.actor(h.henrik), "Ana Souza deputy appointed 2026-09-01 …; Jonas Lindqvist holder appointed 2026-09-01 …")
}

// Nobody acts where somebody else is appointed by the day, where no deputy stays, or where the days are past.
func TestNobodyActsWhereTheChairIsFilled(t *testing.T) {
	t.Parallel()
	none := func(house) {}
	for name, c := range map[string]struct {
		before func(h house)
		last   time.Time
		acts   string
	}{
		"handed over":               {func(h house) { h.succeed(t, itsm.Day(2027, 1, 1)) }, itsm.Day(2026, 12, 31), ""},
		"followed ten days later":   {func(h house) { h.end(t, itsm.Day(2026, 12, 31)); h.succeed(t, itsm.Day(2027, 1, 11)) }, itsm.Day(2026, 12, 31), "2027-01-01 2027-01-10"},
		"the deputy leaves earlier": {func(h house) { h.leave(t, h.ana, itsm.Day(2026, 12, 1), true) }, itsm.Day(2026, 12, 31), ""},
		"the deputy leaves soon":    {func(h house) { h.leave(t, h.ana, itsm.Day(2027, 1, 5), true) }, itsm.Day(2026, 12, 31), "2027-01-01 2027-01-05"},
		"the deputy objects":        {func(h house) { h.object(t) }, itsm.Day(2026, 12, 31), ""},
		"left ten days ago":         {none, itsm.Day(2026, 11, 13), "2026-11-23 2026-12-13"},
		"left a month ago":          {none, itsm.Day(2026, 10, 23), ""},
	} {
		h, _ := agreed(t)
		c.before(h)
		h.leave(t, h.jonas, c.last, true)
		if got := storetest.Value[string](t, h.DB, `SELECT COALESCE(string_agg(lower(during) || ' ' || upper(during) - 1, ', '), '') FROM assignment WHERE capacity = 'acting'`); got != c.acts {
			t.Errorf("%s: acts %q, want %q", name, got, c.acts)
		}
	}
}

// succeed appoints Marta, after the hat of Jonas is ended where it lasts longer.
func (h house) succeed(t *testing.T, from time.Time) {
	t.Helper()
	if storetest.Value[bool](t, h.DB, `SELECT EXISTS (SELECT FROM assignment WHERE person_id = $1 AND upper_inf(during))`, h.jonas) {
		h.end(t, from.AddDate(0, 0, -1))
	}
	in := h.of(h.owner, h.marta)
	in.From = from
	h.appoint(t, in)
}

func (h house) object(t *testing.T) {
	t.Helper()
	id := storetest.Value[int64](t, h.DB, `SELECT id FROM assignment WHERE capacity = 'deputy'`)
	ok(t, h.Object(t.Context(), h.actor(h.ana), id, "Not any more."))
}

func (h house) end(t *testing.T, last time.Time) {
	t.Helper()
	id := storetest.Value[int64](t, h.DB, `SELECT id FROM assignment WHERE person_id = $1`, h.jonas)
	ok(t, h.EndAssignment(t.Context(), storetest.Operator, id, *itsm.Until(last), true, "Moves on."))
}

// Who is appointed where somebody acts relieves them from the first day on, unless a holder of before is away there; who acts
// may be the one.
func TestWhoIsAppointedRelievesWhoActs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who  func(h house) int64
		from time.Time
		want string
	}{
		"later":            {func(h house) int64 { return h.marta }, itsm.Day(2027, 1, 11), "Marta Nowak holder appointed 2027-01-11 …; Ana Souza acting appointed 2027-01-01 2027-01-10"},
		"at once":          {func(h house) int64 { return h.marta }, itsm.Day(2027, 1, 1), "Marta Nowak holder appointed 2027-01-01 …; Ana Souza acting withdrawn 2027-01-01 2027-01-30"},
		"themselves":       {func(h house) int64 { return h.ana }, itsm.Day(2027, 1, 11), "Ana Souza holder appointed 2027-01-11 …; Ana Souza acting appointed 2027-01-01 2027-01-10"},
		"after their days": {func(h house) int64 { return h.marta }, itsm.Day(2027, 1, 31), "Marta Nowak holder appointed 2027-01-31 …; Ana Souza acting appointed 2027-01-01 2027-01-30"},
	} {
		h, last := agreed(t)
		h.leave(t, h.jonas, last, true)
		facts(t, h.DB, `UPDATE assignment SET state = 'withdrawn' WHERE capacity = 'deputy'`)
		in := h.of(h.owner, c.who(h))
		in.From = c.from
		h.appoint(t, in)
		rest := "; Ana Souza deputy withdrawn 2026-09-01 …; Jonas Lindqvist holder appointed 2026-09-01 2026-12-31"
		if got := h.timeline(t, h.lead, h.owner); got != c.want+rest {
			t.Errorf("%s: got %s\nwant %s", name, got, c.want+rest)
		}
		ok(t, h.Undo(t.Context(), storetest.Operator, storetest.Value[int64](t, h.DB, `SELECT max(id) FROM event`)))
		if got := storetest.Value[string](t, h.DB, `SELECT max(during::text) FROM assignment WHERE capacity = 'acting' AND state = 'appointed'`); got != "[2027-01-01,2027-01-31)" {
			t.Errorf("%s: after the undo somebody acts on %s", name, got)
		}
	}

	h := build(t) // a holder who is away for long, and one beside them
	h.appoint(t, h.of(h.manager, h.jonas))
	acting := h.of(h.manager, h.ana)
	acting.Capacity, acting.Until = itsm.Acting, itsm.Until(itsm.Day(2027, 3, 31))
	h.appoint(t, acting)
	h.appoint(t, h.of(h.manager, h.marta))
	if n := storetest.Value[int](t, h.DB, `SELECT count(*) FROM assignment WHERE capacity = 'acting' AND upper(during) = '2027-04-01'`); n != 1 {
		t.Error("who acts for a holder who is away is relieved by another one beside them")
	}
}

// Everybody knows that the deputy is going to act; who is appointed for that very day is not announced. Nobody learns of it by the
// acting, until it is.
func TestAQuietSuccessorDoesNotShowInWhoActs(t *testing.T) {
	t.Parallel()
	h, last := agreed(t)
	h.leave(t, h.jonas, last, true)
	facts(t, h.DB, `UPDATE assignment SET state = 'withdrawn' WHERE capacity = 'deputy'`)
	known := func() string { return h.timeline(t, h.actor(h.dilnoza), h.owner) }
	before := known()
	if !strings.Contains(before, "Ana Souza acting appointed 2027-01-01 2027-01-30") {
		t.Fatalf("a reader knows %s", before)
	}
	in := h.of(h.owner, h.marta)
	in.From, in.Announced = itsm.Day(2027, 1, 1), false
	id := h.appoint(t, in)
	if got := known(); got != before {
		t.Errorf("a reader knew\n%s\nand now\n%s", before, got)
	}
	if got := h.timeline(t, h.lead, h.owner); !strings.Contains(got, "Ana Souza acting appointed 2027-01-01 2027-01-01") {
		t.Errorf("whoever plans reads %s", got)
	}
	ok(t, h.Announce(t.Context(), storetest.Operator, id))
	if got, want := known(), "Marta Nowak holder appointed 2027-01-01 …"; !strings.Contains(got, want) || strings.Contains(got, "acting appointed") {
		t.Errorf("once it is announced a reader knows %s", got)
	}
	ok(t, h.Undo(t.Context(), storetest.Operator, storetest.Value[int64](t, h.DB, `SELECT max(id) FROM event`)))
	if got := known(); got != before {
		t.Errorf("after the undo of the announcement a reader knows %s", got)
	}
}

// That somebody acts after a hat that ends is said in the list of gaps as on the practice's page.
func TestWhoActsNextIsSaidInGaps(t *testing.T) {
	t.Parallel()
	h, last := agreed(t)
	h.leave(t, h.jonas, last, true)
	const want = "Jonas Lindqvist wears it till then; from the day after somebody acts, and nobody is appointed to hold it."
	said := map[string]bool{}
	for l, err := range h.GapRows(t.Context(), h.lead, storetest.Today, itsm.GapFilter{Code: "ends-soon"}) {
		ok(t, err)
		said["as rows: "+l.Sentence] = true
	}
	list, err := h.Gaps(t.Context(), h.lead, storetest.Today, itsm.GapFilter{Code: "ends-soon"})
	ok(t, err)
	for _, k := range list.Kinds {
		for _, l := range k.Lines {
			said["as a page: "+l.Sentence] = true
		}
	}
	_, gaps, err := h.PracticeGaps(t.Context(), h.lead, h.practice, storetest.Today)
	ok(t, err)
	for _, g := range gaps {
		if g.Code == "ends-soon" {
			said["at the practice: "+g.Sentence] = true
		}
	}
	for _, where := range []string{"as rows: ", "as a page: ", "at the practice: "} {
		if !said[where+want] {
			t.Errorf("not said %s%s; said is %v", where, want, said)
		}
	}
}

// The agreed deputy is the likeliest successor, and stands by no longer for themselves; acting, they stay deputy.
func TestADeputyMaySucceedAndAct(t *testing.T) {
	t.Parallel()
	h, _ := agreed(t)
	acting := h.of(h.owner, h.ana)
	acting.Capacity, acting.From, acting.Until = itsm.Acting, itsm.Day(2026, 12, 1), itsm.Until(itsm.Day(2026, 12, 10))
	h.appoint(t, acting)
	hat := storetest.Value[int64](t, h.DB, `SELECT id FROM assignment WHERE person_id = $1 AND capacity = 'holder'`, h.jonas)
	ok(t, h.HandOver(t.Context(), storetest.Operator, itsm.HandOver{PersonID: h.jonas, Day: itsm.Day(2027, 1, 1), Parts: []itsm.HandOverPart{{AssignmentID: hat, ToID: h.ana}}}))
	const before = "Ana Souza acting appointed 2026-12-01 2026-12-10; "
	if got, want := h.timeline(t, h.lead, h.owner), "Ana Souza holder appointed 2027-01-01 …; "+before+"Ana Souza deputy appointed 2026-09-01 2026-12-31; Jonas Lindqvist holder appointed 2026-09-01 2026-12-31"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	const known = before + "Ana Souza deputy appointed 2026-09-01 …; Jonas Lindqvist holder appointed 2026-09-01 …"
	if got := h.timeline(t, h.actor(h.dilnoza), h.owner); got != known {
		t.Errorf("nothing of it is announced, and a reader knows %s", got)
	}
	if said := storetest.Value[string](t, h.DB, `SELECT summary FROM event ORDER BY id DESC LIMIT 1`); !strings.Contains(said, "is deputy for") {
		t.Errorf("it says %s", said)
	}
	ok(t, h.Undo(t.Context(), storetest.Operator, storetest.Value[int64](t, h.DB, `SELECT max(id) FROM event`)))
	if got := storetest.Value[string](t, h.DB, `SELECT string_agg(capacity || ' ' || during, ', ' ORDER BY id) FROM assignment WHERE state = 'appointed' AND capacity <> 'acting'`); got != "holder [2026-09-01,), deputy [2026-09-01,)" {
		t.Errorf("after the undo: %s", got)
	}
	twice := h.of(h.owner, h.ana)
	twice.Capacity = itsm.Deputy
	if _, err := h.Appoint(t.Context(), h.lead, twice); err == nil || !strings.Contains(err.Error(), "there already") {
		t.Errorf("a deputy twice: %v", err)
	}
}
