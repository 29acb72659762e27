package synth

import (
	"math/rand/v2"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// How often the hats of a scope were given: an Owner follows another, a Manager stands in each of some regions.
const (
	ownersEach   = 2
	managersEach = 4
)

// wearing collects assignments and writes them batch by batch: two million do not fit well into memory.
type wearing struct {
	*builder
	batch []store.BulkAssignment
	done  int
}

const wearingBatch = 10_000

// hats appoints people to every role, so that there are as many assignments as the scale says.
func (b *builder) hats() {
	fixed, practitioners := 0, 0
	for _, h := range b.wearable {
		switch h.kind {
		case itsm.Owner:
			fixed += ownersEach
		case itsm.Manager:
			fixed += managersEach
		default:
			practitioners++
		}
	}
	w := &wearing{builder: b}
	free := b.scale.Assignments - fixed
	for i, h := range b.wearable {
		r := b.chance(ofRole, i)
		switch h.kind {
		case itsm.Owner:
			w.owner(r, h)
		case itsm.Manager:
			w.manager(r, h)
		default:
			n := free / practitioners
			w.practitioner(r, h, n)
			free, practitioners = free-n, practitioners-1
		}
		if b.err != nil {
			return
		}
	}
	w.flush()
}

func (w *wearing) wear(a store.BulkAssignment) {
	if a.Capacity == "" {
		a.Capacity = itsm.Holder
	}
	a.Recorded = a.From
	if a.From.After(w.today) {
		a.Recorded = w.today
	}
	if w.batch = append(w.batch, a); len(w.batch) == wearingBatch {
		w.flush()
	}
}

func (w *wearing) flush() {
	w.do2(func() error {
		return w.db.Fill(w.ctx, w.by, "assignments", store.BulkAssignments(w.batch), func(done, _ int) {
			w.done += done
			w.heard("assignments", w.done, w.scale.Assignments)
		})
	})
	w.batch = w.batch[:0]
}

// somebody is a person who was here since a day and until another; nil is without end.
func (w *wearing) somebody(r *rand.Rand, since int, to *time.Time) int {
	for {
		i := landmarkPeople + r.IntN(w.scale.People-landmarkPeople)
		if w.joined[i] >= since && (w.left[i] == nil || to != nil && !to.After(*w.left[i])) {
			return i
		}
	}
}

// owner is one who ended and one who followed; a few chairs are empty, or somebody acts.
func (w *wearing) owner(r *rand.Rand, h hat) {
	handed := 50 + r.IntN(200)
	before := w.somebody(r, handed, w.day(handed))
	from := min(w.joined[before], handed+30+r.IntN(900))
	if from == handed {
		from = handed + 1
	}
	w.wear(store.BulkAssignment{Role: h.role, Kind: h.kind, Person: w.people + int64(before), Accepted: true, From: w.ago(from), To: w.day(handed)})
	a := store.BulkAssignment{Role: h.role, Kind: h.kind, Accepted: in(r, 80), From: w.ago(handed)}
	switch chair := r.IntN(100); {
	case chair < 4: // vacant since a while
		a.To = w.day(handed / 2)
	case chair < 9:
		a.Capacity, a.To = itsm.Acting, w.day(-60)
	}
	a.Person = w.people + int64(w.somebody(r, handed, a.To))
	w.wear(a)
}

func (w *wearing) manager(r *rand.Rand, h hat) {
	first := r.IntN(len(regions))
	for n := range managersEach {
		since := 10 + r.IntN(190)
		a := store.BulkAssignment{Role: h.role, Kind: h.kind, Region: w.regions + int64((first+n*3)%len(regions)), Accepted: in(r, 85), From: w.ago(since)}
		if in(r, 8) {
			a.To = w.day(since / 2)
		}
		a.Person = w.people + int64(w.somebody(r, since, a.To))
		w.wear(a)
	}
}

// practitioner is most of it: half of the hats are history, some are a team's or a supplier's, a few begin soon. Of a few
// roles every hat ended.
func (w *wearing) practitioner(r *rand.Rand, h hat, n int) {
	vacant := in(r, 4)
	worn := map[int64]bool{} // nobody wears the same hat twice
	for range n {
		since := 2 + r.IntN(190)
		a := store.BulkAssignment{Role: h.role, Kind: h.kind, Accepted: in(r, 85), From: w.ago(since)}
		switch kind := r.IntN(100); {
		case vacant || kind < 55:
			a.To = w.day(r.IntN(since))
		case kind < 57:
			a.To = w.day(-30 - r.IntN(300))
		case kind < 58:
			a.From, since = w.ago(-10-r.IntN(60)), 0
		}
		if in(r, 30) {
			a.Region = w.regions + int64(r.IntN(len(regions)))
		}
		switch holder := r.IntN(100); {
		case holder < 2:
			a.Team = w.teams + landmarkTeams + int64(r.IntN(w.scale.Teams-landmarkTeams))
		case holder < 3:
			a.Company = w.companies + int64(r.IntN(w.scale.Companies))
		default:
			a.Person = w.people + int64(w.somebody(r, since, a.To))
		}
		who := a.Person + a.Team<<40 + a.Company<<50
		for worn[who] && a.Person != 0 {
			a.Person = w.people + int64(w.somebody(r, since, a.To))
			who = a.Person
		}
		worn[who] = true
		w.wear(a)
	}
}
