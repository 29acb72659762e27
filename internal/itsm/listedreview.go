package itsm

import (
	"math"
	"time"
)

// clock is a clock with what a line of a list says of it on a day. A review that was done here after the list was written stands.
// Where the list says when a policy is reviewed next and not how often, it is as often as from the last time until then, or yearly.
func (l ListedPolicy) clock(k Clock, today time.Time) Clock {
	last, due := l.LastReviewed, l.ReviewDue
	if last != nil && last.After(today) {
		last = nil
	}
	if due != nil && last != nil && !due.After(*last) {
		due = nil
	}
	if k.LastReviewed != nil {
		older := last != nil && last.Before(*k.LastReviewed) || last == nil && due != nil && k.ReviewDue != nil && due.Before(*k.ReviewDue)
		if older {
			due = nil
		}
		if older || last != nil && last.Equal(*k.LastReviewed) {
			last = nil
		}
	}
	if l.Months != 0 {
		k.ReviewMonths = l.Months
	}
	if last != nil {
		k.LastReviewed = last
	}
	switch {
	case due != nil:
		if k.ReviewMonths == 0 {
			k.ReviewMonths = yearly
			if k.LastReviewed != nil {
				k.ReviewMonths = monthsUntil(*k.LastReviewed, *due)
			}
		}
		k.ReviewDue = due
	case last != nil && k.ReviewMonths != 0:
		next := k.NextReview(*last)
		k.ReviewDue = &next
	}
	return k
}

// yearly is how often a policy is reviewed of which no more is known than when, in months.
const yearly = 12

// monthsUntil is the interval that comes nearest to the time between two days.
func monthsUntil(from, to time.Time) int {
	const month = 365.25 / 12
	return max(1, min(int(math.Round(to.Sub(from).Hours()/24/month)), ReviewMonthsMax))
}

// clockChanges say what is another between two clocks.
func clockChanges(k, after Clock) (changes []FieldChange) {
	for _, c := range []FieldChange{
		{"review", k.Interval(), after.Interval()},
		{"last review", dayOrNone(k.LastReviewed), dayOrNone(after.LastReviewed)},
		{"next review", dayOrNone(k.ReviewDue), dayOrNone(after.ReviewDue)},
	} {
		if c.Before != c.After {
			changes = append(changes, c)
		}
	}
	return changes
}

func dayOrNone(day *time.Time) string {
	if day == nil {
		return ""
	}
	return ShowDay(*day)
}
