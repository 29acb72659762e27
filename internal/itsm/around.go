package itsm

import "time"

// Around is what lies around the day of a page: the day on which its subject was put on record, and the nearest days
// before and after on which one of its hats changed hands; each nil where none is known.
type Around struct {
	Recorded, Before, After *time.Time
}
