package itsm

import "time"

// Moment is an event as the history of a page shows it: who did what, with today's names.
type Moment struct {
	EventID int64
	At      time.Time
	WhoID   int64  // the person who acted; 0 where it was the operator or the product itself
	Who     string // in words, whoever it was
	Parts   []Part // the sentence after the subject
	Undoes  bool   // it can be undone, if nothing it touched was changed since
	Unkept  bool   // it cannot, by who could otherwise: it changed contact details, of which no history keeps what stood there
}

// Part is a piece of a moment's sentence: text, or the name of something with its kind and id.
type Part struct {
	Text string
	Kind string // "practice", "role", …; "" is plain text
	ID   int64
}
