package itsm

import "time"

// PlannedAction is somebody's promise: what, about what, by when, and once it is done, how. One that answers a gap has
// the gap's code; others stand for themselves.
type PlannedAction struct {
	ID      int64
	What    string
	Code    string
	Subject Subject
	// AboutName is what it is about in words, and Place what that belongs to.
	AboutName, Place string
	// At is where that is, for rights.
	At        Scope
	PersonID  int64
	Person    string
	GoneOn    *time.Time // the first day without who is to do it; nil for who stays
	DueOn     time.Time
	PlannedBy string
	PlannedOn time.Time
	DoneOn    *time.Time
	DoneBy    string
	Outcome   string
	Counter   int64
	// Private ones speak of what is not announced, or of an objection.
	Private bool
}

// Scope is where the action is; it names whoever does it.
func (a PlannedAction) Scope() Scope {
	at := a.At
	at.PersonID = a.PersonID
	return at
}

// Overdue says that it is open after its day.
func (a PlannedAction) Overdue(day time.Time) bool { return a.DoneOn == nil && day.After(a.DueOn) }

// Orphaned says that it is open, and who was to do it has left.
func (a PlannedAction) Orphaned(day time.Time) bool {
	return a.DoneOn == nil && a.GoneOn != nil && !a.GoneOn.After(day)
}

// ActionInput is an action as typed.
type ActionInput struct {
	Code     string
	Subject  Subject
	What     string
	PersonID int64
	DueOn    *time.Time
}

// Check reads what was typed on a day; earliest is the first day it may be due: today, or where it is changed the day
// it was due before.
func (a *ActionInput) Check(earliest time.Time) error {
	var c Checks
	c.Label(&a.What, "what", "what is to be done")
	c.Require(a.PersonID != 0, "person", "Choose who does it.")
	switch {
	case a.DueOn == nil:
		c.Say("due", "Give the day by which it is done.")
	case a.DueOn.Before(earliest):
		c.Say("due", "This day has passed. Give today or a later one.")
	}
	c.Require(a.Subject.About() != "", "about", "Say what it is about.")
	return c.Err()
}

// ActionsPage is how many actions a page of their list holds.
const ActionsPage = 50

// ActionFilter narrows and orders the actions.
type ActionFilter struct {
	Done       bool
	Mine       bool
	PracticeID int64
	Sort       string // one of ActionSorts; "" is due
	Descending bool
	Page       int
}

// Narrowed says whether anything is left out.
func (f ActionFilter) Narrowed() bool { return f.Done || f.Mine || f.PracticeID != 0 }

// ActionSorts are the orders of the list.
var ActionSorts = []string{"due", "what", "person"}
