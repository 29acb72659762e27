package server

import (
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// comparedDays are the two days that an address asks for, the earlier first: a month ago and today where it names none.
// What is no day is Invalid.
func (v *visit) comparedDays() (from, to time.Time, err error) {
	var c itsm.Checks
	from, to = itsm.MonthBefore(v.by.Today), v.by.Today
	q := v.r.URL.Query()
	first, second := c.Day(q.Get("from"), "from"), c.Day(q.Get("to"), "to")
	if first != nil {
		from = *first
	}
	if second != nil {
		to = *second
	}
	if from.After(to) {
		from, to = to, from
	}
	return from, to, c.Err()
}

// compared reads the two days of the address.
func (v *visit) compared(from, to time.Time) (page.Compare, error) {
	id, err := v.id()
	if err != nil {
		return page.Compare{}, err
	}
	before, after, err := v.s.store.MatrixDays(v.ctx, v.by, id, from, to)
	if err != nil {
		return page.Compare{}, err
	}
	q := v.r.URL.Query()
	region := v.query("region")
	return page.Compare{
		Comparison: itsm.Compare(before, after, region), Today: v.by.Today, Region: region, OnlyChanged: q.Get("changed") != "",
		From: itsm.ISODay(from), To: itsm.ISODay(to),
	}, nil
}

// compareDays is two days of a matrix side by side.
func (s *Server) compareDays(v *visit) error {
	from, to, err := v.comparedDays()
	list, status, wrong := problems(err)
	if err != nil && !wrong {
		return err
	}
	c, err := v.compared(from, to)
	if err != nil {
		return err
	}
	if !wrong {
		return v.show(c.Screen())
	}
	q := v.r.URL.Query()
	c.Wrong, c.From, c.To = list, legible(q.Get("from")), legible(q.Get("to"))
	return v.showAs(status, c.Screen())
}

// comparedFile is the same as a file, a line for each letter of an activity.
func (s *Server) comparedFile(v *visit) error {
	from, to, err := v.comparedDays()
	if err != nil {
		return err
	}
	c, err := v.compared(from, to)
	if err != nil {
		return err
	}
	head := []string{"Step", "Activity", "Letter", page.OnDay(from), page.OnDay(to), "What changed"}
	return v.file("raci-compared", head, rows(c.Lines(), func(l []string) []string { return l }))
}
