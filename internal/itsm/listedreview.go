package itsm

import (
	"cmp"
	"math"
	"time"
)

// clock is a clock with what a line of a list says of it on a day. A review that was done here after the list was written stands.
// Where the list says when a policy is reviewed next and not how often, it is as often as from the last time until then, where that is a number of months, or yearly.
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
			k.ReviewMonths = cmp.Or(l.monthsBefore(*due, k.LastReviewed), yearly)
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

// takenYearly says so.
const takenYearly = "How often it is reviewed is not said: every year is taken. Change that on the policy's page if it is another interval."

// taken reports that a line starts a clock and does not say how often it goes.
func (l ListedPolicy) taken(before Clock, today time.Time) bool {
	after := l.clock(before, today)
	return l.Months == 0 && before.ReviewMonths == 0 && after.ReviewMonths != 0 && l.monthsBefore(*after.ReviewDue, after.LastReviewed) == 0
}

// monthsBefore is how many months lie between the last review, to the nearest, or the day of the last writing, and the next review;
// 0 where it is not known. From the writing on they must be whole ones, but for a day that would be a Sunday and is put off; what
// was written years ago has been reviewed since.
func (l ListedPolicy) monthsBefore(due time.Time, last *time.Time) int {
	most, away := ReviewMonthsMax, 16.0
	if last == nil {
		last, most, away = l.Updated, 3*yearly, 3
	}
	if last == nil {
		return 0
	}
	const month = 365.25 / 12
	months := int(math.Round(due.Sub(*last).Hours() / 24 / month))
	if off := due.Sub(AddMonths(*last, months)).Hours() / 24; months < 1 || months > most || math.Abs(off) > away {
		return 0
	}
	return months
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
