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
	lists := staffingOf(t, db, by, day)
	for _, p := range s.Practices {
		same("gaps to fix of "+p.Name, p.Red, gaps(t, db, by, itsm.GapFilter{PracticeID: p.ID, Severity: itsm.Red}))
		same("gaps to watch of "+p.Name, p.Amber, gaps(t, db, by, itsm.GapFilter{PracticeID: p.ID, Severity: itsm.Amber}))
		hats := lists.of(t, db, by, p.ID, day)
		same("hats filled of "+p.Name, p.Filled, hats.Filled)
		same("hats covered of "+p.Name, p.Covered, hats.Covered)
		same("hats vacant of "+p.Name, p.Vacant, hats.Vacant)
		same("hats vacant of "+p.Name+" in the list of practices", p.Vacant, lists.listed[p.ID])
		if p.State == itsm.InUse {
			all.Filled, all.Covered, all.Vacant = all.Filled+hats.Filled, all.Covered+hats.Covered, all.Vacant+hats.Vacant
		}
		if next := nextReview(ctx, t, db, by, p.ID, day); (next == nil) != (p.NextReview == nil) || next != nil && !next.Equal(*p.NextReview) {
			t.Errorf("the next review of %s: the steering page says %v, the list %v", p.Name, p.NextReview, next)
		}
	}
	beside := lists.besidePractices(t, db, by, day)
	all.Filled, all.Covered, all.Vacant = all.Filled+beside.Filled, all.Covered+beside.Covered, all.Vacant+beside.Vacant
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

// staffing is what the lists say that hats are counted by: the regions, the roles with a letter in a matrix, and how many
// vacant hats the list of practices gives each.
type staffing struct {
	regions  []itsm.RegionRef
	lettered map[int64]bool
	listed   map[int64]int
}

func staffingOf(t *testing.T, db *store.Store, by itsm.Actor, day time.Time) staffing {
	t.Helper()
	out := staffing{lettered: map[int64]bool{}, listed: map[int64]int{}}
	regions, err := db.Regions(t.Context(), by, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range regions {
		out.regions = append(out.regions, itsm.RegionRef{ID: r.ID, ParentID: r.ParentID, Name: r.Name})
	}
	processes, _, err := db.ToSort(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range processes {
		m, err := db.Matrix(t.Context(), by, p.ID, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range m.Rows {
			for i, c := range row.Cells {
				if c.Letters != 0 {
					out.lettered[m.Columns[i].Role.ID] = true
				}
			}
		}
	}
	practices, err := db.Practices(t.Context(), by, store.PracticeFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range practices {
		out.listed[p.ID] = p.Vacant
	}
	return out
}

// of counts the list of roles of a practice by the list of who wears them, chair by chair as the map does.
func (s staffing) of(t *testing.T, db *store.Store, by itsm.Actor, practice int64, day time.Time) (out itsm.Staffed) {
	t.Helper()
	seats, services := map[int64][]itsm.Seat{}, map[string]int64{}
	for w, err := range db.WornRows(t.Context(), by, itsm.MapFilter{Practices: []int64{practice}}, day) {
		if err != nil {
			t.Fatal(err)
		}
		if w.State != itsm.Appointed || w.Capacity == itsm.Deputy || !(itsm.Period{From: w.Since, To: w.Until}).Holds(day) {
			continue
		}
		seat := itsm.Seat{Acting: w.Capacity == itsm.Acting, Name: w.Holder}
		if w.Service != "" {
			if services[w.Service] == 0 {
				services[w.Service] = int64(len(services) + 1)
			}
			seat.ServiceID = services[w.Service]
		}
		for _, r := range s.regions {
			if r.Name == w.Region {
				seat.RegionID = r.ID
			}
		}
		seats[w.Role.ID] = append(seats[w.Role.ID], seat)
	}
	var roles []itsm.Role
	for r, err := range db.RoleRows(t.Context(), by, practice, day) {
		if err != nil {
			t.Fatal(err)
		}
		roles = append(roles, r.Role)
	}
	return s.count(roles, seats)
}

// besidePractices counts the hats of services and of the organisation by their pages.
func (s staffing) besidePractices(t *testing.T, db *store.Store, by itsm.Actor, day time.Time) itsm.Staffed {
	t.Helper()
	seats := map[int64][]itsm.Seat{}
	sit := func(holdings []itsm.Holding) {
		for _, h := range holdings {
			if h.Capacity != itsm.Deputy {
				seats[h.RoleID] = append(seats[h.RoleID], itsm.Seat{Acting: h.Capacity == itsm.Acting, Name: h.Name, RegionID: h.RegionID, ServiceID: h.ServiceID})
			}
		}
	}
	g, err := db.Governing(t.Context(), by, day)
	if err != nil {
		t.Fatal(err)
	}
	sit(g.Holdings)
	roles := g.Roles
	services, err := db.Services(t.Context(), by, "", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range services {
		v, err := db.Service(t.Context(), by, line.ID, day)
		if err != nil {
			t.Fatal(err)
		}
		sit(v.Holdings)
		roles = append(roles, v.Roles...)
	}
	return s.count(roles, seats)
}

// count is how the places of roles are taken by those who sit on them.
func (s staffing) count(roles []itsm.Role, seats map[int64][]itsm.Seat) (out itsm.Staffed) {
	for _, r := range roles {
		held, sat := map[int64]bool{}, map[int64]bool{}
		for _, seat := range seats[r.ID] {
			if sat[seat.RegionID] = true; !seat.Acting {
				held[seat.RegionID] = true
			}
		}
		switch {
		case r.Kind == itsm.Owner || r.Kind == itsm.Manager && !r.PerCase:
			out.Filled += len(sat) // but for those that are only covered
			for _, p := range (itsm.ChairSeats{Role: itsm.RoleRef{ID: r.ID, Kind: r.Kind}, Seats: seats[r.ID]}).Open(s.regions) {
				if !p.Covered() {
					out.Vacant++
				} else {
					out.Covered++
					out.Filled--
				}
			}
		case r.Kind == itsm.Whoever:
		case len(held) > 0:
			out.Filled++
		case len(seats[r.ID]) > 0:
			out.Covered++
		case s.lettered[r.ID] || r.WantedMin != nil && *r.WantedMin > 0:
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
