// Package demo builds the demo organisation: invented people in an invented company, with three years of history. It
// writes through the store's own doors, as people would, so that whatever holds for them holds for it; it is a package of
// its own because the program and the browser's tests both serve it.
package demo

import (
	"context"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
)

// Name is the invented organisation.
const Name = "Fjordline Ferries"

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

// Cast are those one can be.
var Cast = []itsm.DemoAccount{
	{Title: "SMO lead", Name: "Ingrid Solberg", Email: "ingrid.solberg@fjordline.example", Sees: "Everything in practices, people and assignments, and may change it."},
}

// operator builds the demo, as somebody at the machine would.
var operator = itsm.Actor{Operator: true}

// Build fills an empty database. The same day gives the same organisation; all dates are relative to today.
func Build(ctx context.Context, db *store.Store) error {
	if err := db.BecomeDemo(ctx, operator, Name); err != nil {
		return err
	}
	token, err := db.FirstLink(ctx)
	if err != nil {
		return err
	}
	lead := Cast[0]
	first := itsm.FirstAdministrator{Name: lead.Name, Email: lead.Email, Organisation: Name, Lead: true}
	if _, err := db.MakeFirstAdministrator(ctx, token, "", first, ""); err != nil {
		return err
	}
	return db.SetUpStep(ctx, operator, itsm.SetUpSteps)
}
