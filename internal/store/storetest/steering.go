package storetest

import (
	"context"
	"testing"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// SteeringAgrees holds every figure of the steering page to the list that it speaks of, counted line by line on the same
// day, as the reader sees both.
func SteeringAgrees(t *testing.T, db *store.Store, by itsm.Actor) {
	t.Helper()
	ctx, day := t.Context(), by.Today
	s, err := db.Steering(ctx, by, day, day.AddDate(0, -3, 0))
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, figure, listed int) {
		t.Helper()
		if figure != listed {
			t.Errorf("%s: the steering page says %d, the list has %d", what, figure, listed)
		}
	}
	same("gaps to fix", s.Red, gaps(t, db, by, itsm.GapFilter{Severity: itsm.Red}))
	same("accepted gaps", s.Accepted, gaps(t, db, by, itsm.GapFilter{State: itsm.GapsAccepted}))
	open, err := db.Actions(ctx, by, itsm.ActionFilter{})
	if err != nil {
		t.Fatal(err)
	}
	same("open actions", s.Open, open.Total)
	same("overdue actions", s.Overdue, open.Overdue)
	late := 0
	for x, err := range db.ReviewRows(ctx, by, itsm.ReviewFilter{All: true}, day) {
		if err != nil {
			t.Fatal(err)
		}
		if x.Review(day) == itsm.Overdue {
			late++
		}
	}
	same("overdue reviews", s.Late, late)
	var all itsm.Staffed
	for _, p := range s.Practices {
		same("gaps to fix of "+p.Name, p.Red, gaps(t, db, by, itsm.GapFilter{PracticeID: p.ID, Severity: itsm.Red}))
		same("gaps to watch of "+p.Name, p.Amber, gaps(t, db, by, itsm.GapFilter{PracticeID: p.ID, Severity: itsm.Amber}))
		hats := staffed(t, db, by, p.ID, day)
		same("hats filled of "+p.Name, p.Filled, hats.Filled)
		same("hats covered of "+p.Name, p.Covered, hats.Covered)
		same("hats vacant of "+p.Name, p.Vacant, hats.Vacant)
		if p.State == itsm.InUse {
			all.Filled, all.Covered, all.Vacant = all.Filled+hats.Filled, all.Covered+hats.Covered, all.Vacant+hats.Vacant
		}
		if next := nextReview(ctx, t, db, by, p.ID, day); (next == nil) != (p.NextReview == nil) || next != nil && !next.Equal(*p.NextReview) {
			t.Errorf("the next review of %s: the steering page says %v, the list %v", p.Name, p.NextReview, next)
		}
	}
	if s.Hats != all {
		t.Errorf("hats: the steering page says %+v, the lists %+v", s.Hats, all)
	}
}

// gaps counts the lines of the list of gaps.
func gaps(t *testing.T, db *store.Store, by itsm.Actor, f itsm.GapFilter) (n int) {
	t.Helper()
	for _, err := range db.GapRows(t.Context(), by, by.Today, f) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// staffed counts the list of roles of a practice by the list of who wears them.
func staffed(t *testing.T, db *store.Store, by itsm.Actor, practice int64, day time.Time) (out itsm.Staffed) {
	t.Helper()
	worn := map[int64]map[itsm.Capacity]bool{}
	for w, err := range db.WornRows(t.Context(), by, itsm.MapFilter{Practices: []int64{practice}}, day) {
		if err != nil {
			t.Fatal(err)
		}
		if w.State != itsm.Appointed || !(itsm.Period{From: w.Since, To: w.Until}).Holds(day) {
			continue
		}
		if worn[w.Role.ID] == nil {
			worn[w.Role.ID] = map[itsm.Capacity]bool{}
		}
		worn[w.Role.ID][w.Capacity] = true
	}
	for r, err := range db.RoleRows(t.Context(), by, practice, day) {
		switch {
		case err != nil:
			t.Fatal(err)
		case r.Kind == itsm.Whoever:
		case worn[r.ID][itsm.Holder]:
			out.Filled++
		case worn[r.ID][itsm.Acting]:
			out.Covered++
		default:
			out.Vacant++
		}
	}
	return out
}

// nextReview is the first day of the list of reviews of a practice; nil where it is empty.
func nextReview(ctx context.Context, t *testing.T, db *store.Store, by itsm.Actor, practice int64, day time.Time) *time.Time {
	t.Helper()
	list, err := db.Reviews(ctx, by, itsm.ReviewFilter{PracticeID: practice, All: true}, day)
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Lines) == 0 {
		return nil
	}
	return list.Lines[0].ReviewDue
}
