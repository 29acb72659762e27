package itsm

import "time"

// Around is what lies around the day of a page: the day on which its subject was put on record, and the nearest days
// before and after on which one of its hats changed hands; each nil where none is known. When it was put on record
// is asked for another day than today alone.
type Around struct {
	Recorded, Before, After *time.Time
	Lay                     *Lay // of a process, where it lay in another practice than today
}

// Lay is the practice that a process lay in on a day that has been; the name is "" where the reader may not know it.
type Lay struct {
	ProcessID  int64
	Process    string
	PracticeID int64
	Practice   string
	Until      time.Time // the day on which it went elsewhere
	Along      []int64   // the roles of today's practice that lay there, too
	// Recorded is the day on which the process was put on record there, where that is after the day asked about: of that day
	// nothing is known.
	Recorded *time.Time
}

// Wandered is a process that lay in a practice on a day that has been and lies in another one today, or came to it since. The
// practice is the one that it lies in, or came from; its name is "" where the reader may not know it.
type Wandered struct {
	ProcessID  int64
	Process    string
	Came       bool
	On         time.Time
	PracticeID int64
	Practice   string
}
