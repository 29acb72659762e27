package server

import (
	"context"
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

// showLeaving asks for a last day and shows what it would cut.
func (s *Server) showLeaving(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.leaving(http.StatusOK, id, storable(v.r.URL.Query().Get("last_day")), false, nil)
}

// leaving shows the question, and for a typed day what it does.
func (v *visit) leaving(status int, id int64, typed string, announced bool, list []itsm.Problem) error {
	p, quiet, err := v.s.store.Leaver(v.ctx, id, v.by.Today)
	if err != nil {
		return err
	}
	form := page.Leaving{Person: p, Today: v.by.Today, LastDay: typed, Announced: announced, Quiet: quiet, Problems: list}
	var c itsm.Checks
	day := c.Day(typed, "last_day")
	if invalid := c.Err(); invalid != nil && len(list) == 0 {
		form.Problems, status, _ = problems(invalid)
	}
	if day != nil {
		d, err := v.s.store.Departure(v.ctx, id, *day, v.by.Today)
		if err != nil {
			return err
		}
		form.Preview, form.Person, form.LastDay = &d, d.Person, itsm.ISODay(*day)
	}
	return v.showAs(status, page.Screen{Title: p.Name + " leaves", Section: "people", Crumbs: page.PersonCrumbs(p), Body: form.Page()})
}

func (s *Server) leave(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[struct {
		LastDay   string `form:"last_day"`
		Announced string `form:"announced"`
		Counter   int64  `form:"counter"`
	}](v)
	var c itsm.Checks
	day := c.Day(in.LastDay, "last_day")
	c.Require(day != nil || in.LastDay != "", "last_day", "Give the last day.")
	if err == nil {
		err = c.Err()
	}
	if err == nil {
		err = s.store.Leave(v.ctx, v.by, id, in.Counter, *day, in.Announced != "")
	}
	if list, status, ok := problems(err); ok {
		return v.leaving(status, id, in.LastDay, in.Announced != "", list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), "The last day is "+itsm.ShowDay(*day)+". What would last longer ends on it.")
}

func (s *Server) withdrawLeaving(v *visit) error {
	return v.onLeaving(s.store.WithdrawLeaving, "The last day is taken out.")
}

func (s *Server) announceLeaving(v *visit) error {
	return v.onLeaving(s.store.AnnounceLeaving, "Announced. Everybody sees until when the hats are worn.")
}

// onLeaving does something about a last day that is set, and comes back to the person.
func (v *visit) onLeaving(do func(context.Context, itsm.Actor, int64, int64) error, said string) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[struct {
		Counter int64 `form:"counter"`
	}](v)
	if err == nil {
		err = do(v.ctx, v.by, id, in.Counter)
	}
	if list, status, ok := problems(err); ok {
		return v.leaving(status, id, "", false, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), said)
}
