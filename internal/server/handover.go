package server

import (
	"net/http"
	"time"

	"hatrack/internal/itsm"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// handOver shows the form that hands hats of a person to others.
func (s *Server) handOver(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	var in page.HandOverInput
	if err := decode(&in, v.r.URL.Query()); err != nil {
		return err
	}
	in.Announced = "on"
	return s.showHandOver(v, http.StatusOK, id, page.HandOver{In: in})
}

func (s *Server) showHandOver(v *visit, status int, id int64, p page.HandOver) error {
	find := ""
	if p.In.Find == "person" {
		find = itsm.Clean(p.In.FindPerson)
	}
	form, err := s.store.HandOverForm(v.ctx, v.by, id, ids(p.In.People), find)
	if err != nil {
		return err
	}
	p.Reader, p.Person, p.To, p.Found = page.ReaderOf(v.Visit), form.Person, form.To, form.Found
	for _, hat := range form.Hats {
		if hat.MayAppoint(v.by) {
			p.Hats = append(p.Hats, hat)
		}
	}
	if v.r.Method == http.MethodGet && p.In.Day == "" {
		p.In.Day = itsm.ISODay(p.FirstDay(v.by.Today))
	}
	return v.showAs(status, page.Screen{Title: "Hand over", Section: "people", Crumbs: page.PersonCrumbs(itsm.Person{ID: p.Person.ID, Name: p.Person.Name}), Body: p.Page(), Scripts: []string{"picker.js"}})
}

// handOverHats takes the form.
func (s *Server) handOverHats(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[page.HandOverInput](v)
	if list, status, ok := problems(err); ok {
		return s.showHandOver(v, status, id, page.HandOver{In: in, Problems: list})
	} else if err != nil {
		return err
	}
	var nobody page.Problems
	if in.Find, nobody = another(in.Find, in.FindPerson, len(ids(in.People))); nobody != nil {
		return s.showHandOver(v, http.StatusUnprocessableEntity, id, page.HandOver{In: in, Problems: nobody})
	}
	if in.Find != "" {
		return s.showHandOver(v, http.StatusOK, id, page.HandOver{In: in})
	}
	if in.People, err = v.takeNamedAmong(in.People, in.FindPerson); err != nil {
		return err
	}
	over, err := handOverOf(id, in)
	if err == nil {
		err = s.store.HandOver(v.ctx, v.by, over)
	}
	if list, status, ok := problems(err); ok {
		if len(ids(in.People)) == 0 && itsm.Clean(in.FindPerson) != "" {
			in.Find = "person" // what was typed is looked for
		}
		return s.showHandOver(v, status, id, page.HandOver{In: in, Problems: list})
	}
	if err != nil {
		return err
	}
	return v.done(page.PersonURL(id, ""), handedOver(over, v.by.Today))
}

// handedOver says how many hats go over, from which day, and whether others know.
func handedOver(over itsm.HandOver, today time.Time) string {
	said := ui.Plural(len(over.Parts), "hat is", "hats are") + " handed over from " + itsm.ShowDay(over.Day) + " on."
	if !over.Announced && over.Day.After(today) {
		said += " Others see it on that day, or once it is announced."
	}
	return said
}

func handOverOf(person int64, in page.HandOverInput) (itsm.HandOver, error) {
	var c itsm.Checks
	over := itsm.HandOver{
		PersonID: person, DecidedBy: in.DecidedBy, Reference: in.Reference, Reason: in.Reason, ToldHow: in.ToldHow, Announced: in.Announced != "",
	}
	to := ids(in.People)
	over.Parts = parts(to, in)
	switch {
	case len(to) == 0 && itsm.Clean(in.FindPerson) != "":
		c.Say("person", whoIsMeant(in.FindPerson))
	case len(to) == 0:
		c.Say("person", "Choose who gets the hats.")
	}
	hats := len(over.Parts)
	if len(to) == 0 {
		hats = len(ids(in.Hats))
	}
	c.Require(hats > 0, "hat", "Choose at least one hat to hand over.")
	if day := c.Day(in.Day, "day"); day != nil {
		over.Day = *day
	} else if in.Day == "" {
		c.Say("day", "Give the first day with the new holder.")
	}
	return over, c.Err()
}

// parts are the hats chosen and who gets each: with one successor all of them, with several as the form says for each.
func parts(to []int64, in page.HandOverInput) []itsm.HandOverPart {
	var list []itsm.HandOverPart
	for i, hat := range in.Hats {
		for _, id := range ids([]string{hat}) {
			switch {
			case len(to) == 1:
				list = append(list, itsm.HandOverPart{AssignmentID: id, ToID: to[0]})
			case i < len(in.To) && number(in.To[i]) > 0:
				list = append(list, itsm.HandOverPart{AssignmentID: id, ToID: number(in.To[i])})
			}
		}
	}
	return list
}
