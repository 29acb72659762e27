package page

import (
	"time"

	"hatrack/internal/itsm"
)

// lateText says of a holding, on a page of another day, when it was put on record, where that was only after the day:
// "from 1 Mar 2026, recorded 10 Apr 2026 by Ingrid Solberg".
func lateText(days Days, h itsm.Holding) string {
	if !days.Other() || !h.Later(days.At) {
		return ""
	}
	return "from " + itsm.ShowDay(h.Since) + recordedText(h.RecordedOn, h.RecordedBy)
}

func recordedText(on time.Time, by string) string {
	text := ", recorded " + itsm.ShowDay(on)
	if by != "" {
		text += " by " + by
	}
	return text
}

// wornLate is lateText of a hat: what follows on the days that it is worn.
func wornLate(h itsm.WornHat, day time.Time) string {
	if !h.RecordedOn.After(day) || h.Since.After(day) {
		return ""
	}
	return recordedText(h.RecordedOn, h.RecordedBy)
}
