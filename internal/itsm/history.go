package itsm

import "time"

// HistoryFilter narrows the history of a subject, or the trail.
type HistoryFilter struct {
	Kind     string     // of HistoryKinds; "" is all
	From, To *time.Time // days, both included
	Before   int64      // only what is older than this event; 0 begins with the latest

	// Of the trail alone.
	Act   Action
	Who   string // words of the name of whoever did it
	About Part   // a subject: kind and id
}

// HistoryKind is a kind of change that a history can be narrowed to.
type HistoryKind struct{ Key, Title string }

// HistoryKinds are the kinds, in the order in which they are offered.
var HistoryKinds = []HistoryKind{
	{"hats", "People and hats"}, {"letters", "Letters"}, {"texts", "Texts"}, {"structure", "Structure"},
	{"policies", "Policies and reviews"}, {"gaps", "Gaps, actions, reports"},
}

// HistoryPage is how many events are read at once.
const HistoryPage = 50

// Record is an event with its rows, for those who may read the trail where it happened; others see its Moment.
type Record struct {
	Moment
	Act     Action
	Actor   string // account, operator, migration, system
	Reason  string
	Request string
	Private bool
	Undid   int64 // the event that it took back
	Rows    []RowChange
	More    bool // it changed more rows than are shown
	Many    bool // it changed so many that taking it back takes a while; of an event that is asked about
	Gave    bool // hats
	Took    bool // hats: withdrew them
	Undoing Undoing
	Outrun  int      // later events that changed what it left: taking it back is refused
	Since   []Moment // the latest of them
}

// Undoing is how far an event that is asked about was taken back.
type Undoing struct {
	Goes bool  // somebody takes it back at this moment
	Done bool  // somebody did
	By   int64 // the account that did; 0 where it was the operator
	Ago  time.Duration
	Hat  int64 // the assignment that now stands for one that was withdrawn
}

// RowChange is a row before and after, in words.
type RowChange struct {
	What   string // "Letters: Manager, Log"
	How    string // added, changed, removed
	Fields []FieldTrace
	Stays  bool // taken back it is withdrawn, not taken out: a hat
}

// FieldTrace is a field before and after. Of contact details and secrets nothing is kept but that they changed.
type FieldTrace struct {
	Name, Before, After string
	Hidden              bool
}

// Trail is a page of the audit trail.
type Trail struct {
	Records []Record
	Older   int64 // where the next page begins; 0 where there is none
}

// History is a page of a subject's history.
type History struct {
	Kind    string // of the subject
	ID      int64
	Name    string
	At      Scope
	Records []Record
	Older   int64 // where the next page begins; 0 where there is none
	// Matrix is that of a process, whose views say in how many rows something is to be done; nil of all else.
	Matrix *Matrix
}

// ReadsTrail says whether the actor may read the trail of what lies in all of these practices; of what lies in none, who may
// read all of it.
func (a Actor) ReadsTrail(practices []int64) bool {
	if a.Can(ReadTrail, Scope{}) {
		return true
	}
	for _, id := range practices {
		if !a.Can(ReadTrail, Scope{PracticeID: id}) {
			return false
		}
	}
	return len(practices) > 0
}

// ReadsSomeTrail says whether there is any part of the trail that the actor may read.
func (a Actor) ReadsSomeTrail() bool { return a.Can(ReadTrail, Scope{}) || len(a.Audits) > 0 }
