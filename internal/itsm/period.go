package itsm

import (
	"strings"
	"time"
)

// Period is [From, To): To is the first day that no longer counts, nil where no end is set. Days are midnights in UTC.
type Period struct {
	From time.Time
	To   *time.Time
}

// Holds says whether day lies in the period.
func (p Period) Holds(day time.Time) bool {
	return !day.Before(p.From) && (p.To == nil || day.Before(*p.To))
}

// LastDay is the last day that counts, as people say it; nil where no end is set.
func (p Period) LastDay() *time.Time {
	if p.To == nil {
		return nil
	}
	last := p.To.AddDate(0, 0, -1)
	return &last
}

// Until makes the end of a period from its last day.
func Until(last time.Time) *time.Time {
	to := last.AddDate(0, 0, 1)
	return &to
}

// Day is a day of the calendar as a midnight in UTC.
func Day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// MonthBefore is the day a month before, or the last of that month where it is shorter.
func MonthBefore(day time.Time) time.Time {
	before := day.AddDate(0, -1, 0)
	if before.Day() != day.Day() {
		return before.AddDate(0, 0, -before.Day())
	}
	return before
}

// QuarterOf is the first day of the quarter that a day lies in.
func QuarterOf(day time.Time) time.Time {
	return Day(day.Year(), (day.Month()-1)/3*3+1, 1)
}

// MinDay and MaxDay bound the days that the product takes: what lies beyond is a slip of the finger.
var MinDay, MaxDay = Day(1900, time.January, 1), Day(2200, time.December, 31)

// ShowDay writes a day as pages do: 3 Mar 2026.
func ShowDay(day time.Time) string { return day.Format("2 Jan 2006") }

// ISODay writes a day as files, forms and addresses do: 2026-03-03.
func ISODay(day time.Time) string { return day.Format(time.DateOnly) }

// Day reads an optional day typed into a form (2026-03-03, also 3 Mar 2026 or 3.3.2026); nil where it is empty.
func (c *Checks) Day(s, field string) *time.Time {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return nil
	}
	for _, layout := range []string{time.DateOnly, "2 Jan 2006", "2 January 2006", "2.1.2006"} {
		if d, err := time.Parse(layout, s); err == nil {
			if d.Before(MinDay) || d.After(MaxDay) {
				c.Say(field, "Give a day between 1900 and 2200.")
				return nil
			}
			return &d
		}
	}
	c.Say(field, "This is not a day. Write it as 2026-03-31.")
	return nil
}
