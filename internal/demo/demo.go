// Package demo builds the demo organisation: invented people in an invented company, with three years of history. It
// writes through the store's own doors, as people would, so that whatever holds for them holds for it; it is a package of
// its own because the program and the browser's tests both serve it.
package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// Name is the invented organisation.
const Name = "Tallgrass Logistics"

// State is what a database holds, seen by somebody who wants the demo in it.
type State int

// The states.
const (
	Empty     State = iota
	Built           // the demo, to its end
	BrokenOff       // a demo whose building was broken off; nobody was ever let in
	Foreign         // other data
)

// Look says what a database holds.
func Look(ctx context.Context, db *store.Store) (State, error) {
	o, err := db.Organisation(ctx)
	if err != nil {
		return Foreign, err
	}
	empty, err := db.Empty(ctx)
	switch {
	case err != nil:
		return Foreign, err
	case o.Demo && o.SetUpStep == itsm.SetUpSteps:
		return Built, nil
	case o.Demo:
		return BrokenOff, nil
	case empty:
		return Empty, nil
	}
	return Foreign, nil
}

// operator builds the demo, as somebody at the machine would.
var operator = itsm.Actor{Operator: true}

// builder writes the organisation as it came to be: its clock walks from three years ago to today, so that every day on
// record is the day the thing happened. The first failure ends it with its chapter.
type builder struct {
	ctx   context.Context
	db    *store.Store
	at    time.Time // the clock
	now   time.Time // the end
	today time.Time // and its day
	err   error

	lead  itsm.Actor        // the SMO lead, who does most of it
	days  []happening       // of the past, to be played in order
	mail  map[string]string // of people, to act as them
	leads map[string]string // of teams

	people, teams, companies, regions, practices, processes, activities, roles, services, hats map[string]int64
}

// Build fills an empty database at url, as its server's role. All dates are relative to now: the same day gives the same
// organisation.
func Build(ctx context.Context, url string, now time.Time) error {
	b := &builder{
		ctx: ctx, now: now, today: itsm.Day(now.Year(), now.Month(), now.Day()), mail: map[string]string{}, leads: map[string]string{},
		people: map[string]int64{}, teams: map[string]int64{}, companies: map[string]int64{}, regions: map[string]int64{},
		practices: map[string]int64{}, processes: map[string]int64{}, activities: map[string]int64{}, roles: map[string]int64{},
		services: map[string]int64{}, hats: map[string]int64{},
	}
	db, err := store.Open(ctx, unhurried(url), store.Options{Now: func() time.Time { return b.at }, MaxConns: 2})
	if err != nil {
		return err
	}
	defer db.Close()
	b.db = db
	b.on(b.back(36, 0))
	if err := db.BecomeDemo(ctx, operator, Name); err != nil {
		return err
	}
	for _, chapter := range []func(){
		b.everybody, b.accounts, b.definitions, b.servicesOffered, b.ownersAndManagers, b.practitioners, b.fromTheLibrary, b.depot, b.edits, b.policies, b.play, b.audit, b.actions,
	} {
		if chapter(); b.err != nil {
			return fmt.Errorf("building the demo organisation: %w", b.err)
		}
	}
	// The mark that it is whole is the last commit.
	return db.SetUpStep(ctx, operator, itsm.SetUpSteps)
}

// unhurried lets commits reach the disk a moment later: a demo that the power took is built anew.
func unhurried(url string) string {
	if strings.Contains(url, "?") {
		return url + "&synchronous_commit=off"
	}
	return url + "?synchronous_commit=off"
}

// do notes the first failure.
func (b *builder) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// made is do for what has an id.
func (b *builder) made(id int64, err error) int64 {
	b.do(err)
	return id
}

// on sets the clock to the morning of a day.
func (b *builder) on(day time.Time) { b.at = day.Add(9 * time.Hour) }

// back is the day so many months and days ago.
func (b *builder) back(months, days int) time.Time { return b.today.AddDate(0, -months, -days) }

// ahead is the day so many months and days from now.
func (b *builder) ahead(months, days int) time.Time { return b.today.AddDate(0, months, days) }

// id is a thing made before; a name that was mistyped here is a failure.
func (b *builder) id(of map[string]int64, name string) int64 {
	n, ok := of[name]
	if !ok {
		b.do(fmt.Errorf("%q was not made", name))
	}
	return n
}
