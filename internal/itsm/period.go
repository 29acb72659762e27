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
			if d.Year() < 1900 || d.Year() > 2200 {
				c.Say(field, "Give a day between 1900 and 2200.")
				return nil
			}
			return &d
		}
	}
	c.Say(field, "This is not a day. Write it as 2026-03-31.")
	return nil
}
