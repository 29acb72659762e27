// Package synth makes up organisations of a given size, for measuring: people, hats and matrices in plausible shares, the
// same for the same seed and day. It writes through the store's bulk door, triggers on. What the benchmark looks at, its
// landmarks, is the same in every scale, so that two scales differ in nothing but the amount around it.
package synth

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// Scale is how much there is of everything.
type Scale struct {
	Name        string
	People      int
	Assignments int
	Practices   int
	Processes   int
	Activities  int
	Teams       int
	Companies   int
}

// Scales are the sizes there are, the smallest first. Regions and services are as many in each: they are choices on pages.
var Scales = []Scale{
	{"S", 1_000, 10_000, 5, 15, 300, 40, 10},
	{"M", 20_000, 200_000, 40, 300, 6_000, 800, 50},
	{"L", 200_000, 2_000_000, 200, 3_000, 60_000, 8_000, 200},
}

// ScaleOf finds a scale by name.
func ScaleOf(name string) (Scale, bool) {
	for _, s := range Scales {
		if s.Name == name {
			return s, true
		}
	}
	return Scale{}, false
}

// Organisation is the name of a generated organisation.
func (s Scale) Organisation() string { return "Generated organisation " + s.Name }

// String says what the scale holds.
func (s Scale) String() string {
	return fmt.Sprintf("%d people, %d assignments, %d practices, %d processes, %d activities, %d teams", s.People, s.Assignments, s.Practices, s.Processes, s.Activities, s.Teams)
}

// Landmarks are the things that are the same in every scale.
type Landmarks struct {
	Matrix int64 // a process of 60 activities and 12 roles
	Square int64 // one of 13 and 13
	Person int64 // somebody with 12 hats and two teams
	Lead   int64 // the SMO lead, who has no account yet
}

// The landmarks' people come first in the directory and wear no other hats.
const (
	landmarkPeople = 100
	landmarkTeams  = 4
	landmark       = 5 // the one with a page of their own
)

// Heard is told how far the building is, now and then.
type Heard func(what string, done, of int)

// builder makes one organisation. The first failure ends it with its chapter.
type builder struct {
	ctx   context.Context
	db    *store.Store
	by    itsm.Actor
	scale Scale
	seed  uint64
	today time.Time
	heard Heard
	err   error

	regions, companies, people, teams, services int64 // the first id of each

	joined   []int        // of people, by index: so many days ago
	left     []*time.Time // and the first day without
	wearable []hat        // roles that people are appointed to
	marks    Landmarks
}

// Build fills an empty database. All dates are relative to today.
func Build(ctx context.Context, db *store.Store, by itsm.Actor, s Scale, seed uint64, today time.Time, heard Heard) (Landmarks, error) {
	b := &builder{ctx: ctx, db: db, by: by, scale: s, seed: seed, today: today, heard: heard}
	o, err := db.Organisation(ctx)
	if err != nil {
		return Landmarks{}, err
	}
	o.Name = s.Organisation()
	b.do(db.ChangeSettings(ctx, by, o))
	for _, chapter := range []func(){b.places, b.everybody, b.groups, b.definitions, b.landmarks, b.hats, b.lead} {
		if b.err == nil {
			chapter()
		}
	}
	// The mark that it is whole is the last commit.
	b.do2(func() error { return db.SetUpStep(ctx, by, itsm.SetUpSteps) })
	return b.marks, b.err
}

// do notes the first failure.
func (b *builder) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// do2 does something unless something failed before.
func (b *builder) do2(act func() error) {
	if b.err == nil {
		b.err = act()
	}
}

// reserve sets ids aside.
func (b *builder) reserve(kind string, n int) (first int64) {
	b.do2(func() (err error) {
		first, err = b.db.Reserve(b.ctx, kind, n)
		return err
	})
	return first
}

// fill writes rows.
func (b *builder) fill(what string, rows store.Bulk) {
	b.do2(func() error {
		return b.db.Fill(b.ctx, b.by, what, rows, func(done, of int) { b.heard(what, done, of) })
	})
}

// chance is a source of its own for one thing of one kind, so that the first thousand people are the same in every scale.
func (b *builder) chance(kind uint64, index int) *rand.Rand {
	return rand.New(rand.NewPCG(b.seed, kind<<32|uint64(index)))
}

// The kinds of chance.
const (
	ofPerson = iota + 1
	ofPractice
	ofProcess
	ofRole
	ofTeam
	ofLandmark
)

// ago is the day so many days before today.
func (b *builder) ago(days int) time.Time { return b.today.AddDate(0, 0, -days) }

// day is ago for an end.
func (b *builder) day(ago int) *time.Time {
	d := b.ago(ago)
	return &d
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// in says yes in so many of a hundred cases.
func in(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

// lead makes the SMO lead: the last of the landmarks' people.
func (b *builder) lead() {
	b.marks.Lead = b.people + landmarkPeople - 1
	b.do(b.db.AppointFirstLead(b.ctx, b.by, b.marks.Lead))
}
