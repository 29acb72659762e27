package server

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// newAssignment shows the form that appoints or proposes, with what the address names filled in.
func (s *Server) newAssignment(v *visit) error {
	var in page.AppointInput
	if err := decode(&in, v.r.URL.Query()); err != nil {
		return err
	}
	if in.From == "" {
		in.From = itsm.ISODay(v.by.Today)
	}
	in.Announced = "on"
	return s.showAppoint(v, http.StatusOK, page.Appoint{In: in})
}

func (s *Server) showAppoint(v *visit, status int, p page.Appoint) error {
	chosen := store.Chosen{RoleIDs: ids(p.In.Roles), PersonIDs: ids(p.In.People)}
	switch p.In.Find {
	case "role":
		chosen.FindRole = itsm.Clean(p.In.RoleQuery)
	case "person":
		chosen.FindPerson = itsm.Clean(p.In.FindPerson)
	}
	choices, err := s.store.Appointing(v.ctx, v.by, chosen)
	if err != nil {
		return err
	}
	p.Reader, p.Choices, p.In.Back = page.ReaderOf(v.Visit), choices, back(p.In.Back)
	if v.r.Method == http.MethodGet {
		p = p.Opened()
	}
	return v.showAs(status, page.Screen{Title: p.Title(), Section: "people", Body: p.Page(), Scripts: []string{"picker.js"}})
}

// back keeps a way back that was asked for; "" where there is none.
func back(address string) string {
	if address == "" {
		return ""
	}
	return inside(address)
}

// ids are the numbers among form values; what is none is nobody's id.
func ids(values []string) []int64 {
	var list []int64
	for _, value := range values {
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n > 0 {
			list = append(list, n)
		}
	}
	return list
}

func number(value string) int64 {
	n, _ := strconv.ParseInt(value, 10, 64) // what is no number names nothing
	return n
}

// another is what a form looks for where one more person is to be added: whoever is typed is the first one, and there is none
// before the first.
func another(find, typed string, chosen int) (string, page.Problems) {
	switch {
	case find != "more" || chosen > 0:
		return find, nil
	case itsm.Clean(typed) != "":
		return "person", nil
	}
	return find, page.Problems{{Field: "person", Text: "Choose the first one here; then add the others."}}
}

// appoint takes the form: a search comes back with what was found, else it is appointed or proposed.
func (s *Server) appoint(v *visit) error {
	in, err := read[page.AppointInput](v)
	if list, status, ok := problems(err); ok {
		return s.showAppoint(v, status, page.Appoint{In: in, Problems: list})
	} else if err != nil {
		return err
	}
	if in.Find == "role" && itsm.Clean(in.RoleQuery) == "" && itsm.Clean(in.FindPerson) != "" {
		in.Find = "person" // Enter presses the first button, in whichever field it is typed
	}
	var nobody page.Problems
	if in.Find, nobody = another(in.Find, in.FindPerson, len(ids(in.People))); nobody != nil {
		return s.showAppoint(v, http.StatusUnprocessableEntity, page.Appoint{In: in, Problems: nobody})
	}
	if in.Find != "" {
		return s.showAppoint(v, http.StatusOK, page.Appoint{In: in})
	}
	if unchosen(in) == "person" {
		if in.People, err = v.takeNamedAmong(in.People, in.FindPerson); err != nil {
			return err
		}
	}
	begin, verb := s.store.Propose, "Proposed. Who may appoint decides."
	if in.Do == "appoint" {
		begin, verb = s.store.Appoint, "Appointed."
	}
	assignment, err := newAssignment(in)
	var made []int64
	if err == nil {
		made, err = begin(v.ctx, v.by, assignment)
	}
	list, status, ok := problems(err)
	var refused itsm.Forbidden
	if errors.As(err, &refused) { // what was typed may be proposed, or given in another region
		list, status, ok = []itsm.Problem{{Text: refused.Why}}, http.StatusForbidden, true
	}
	if ok {
		in.Find = unchosen(in)
		p := page.Appoint{In: in, Problems: list}
		var held itsm.Held
		if errors.As(err, &held) {
			p.Held = &held
		}
		return s.showAppoint(v, status, p)
	}
	if err != nil {
		return err
	}
	return v.done(afterAppoint(in, assignment, made), verb)
}

// afterAppoint is where the reader goes: back to where they came from, else to what was made.
func afterAppoint(in page.AppointInput, a itsm.NewAssignment, made []int64) string {
	switch {
	case in.Back != "":
		return inside(in.Back)
	case len(made) > 1 && len(a.RoleIDs) == 1:
		return page.RoleURL(a.RoleIDs[0], "")
	case len(made) > 1 && len(a.PersonIDs) == 1:
		return page.PersonURL(a.PersonIDs[0], "")
	}
	return page.AssignmentURL(made[0])
}

// newAssignment reads what was typed; the store holds it against the roles and holders.
func newAssignment(in page.AppointInput) (itsm.NewAssignment, error) {
	var c itsm.Checks
	a := itsm.NewAssignment{
		RoleIDs: ids(in.Roles), PersonIDs: ids(in.People), TeamIDs: ids(in.Teams), CompanyIDs: ids(in.Companies),
		RegionID: number(in.Region), ServiceID: number(in.Service), Capacity: itsm.Capacity(in.Capacity), Until: lastDay(&c, in.LastDay, "last_day"),
		DecidedBy: in.DecidedBy, Reference: in.Reference, Reason: in.Reason, ToldHow: in.ToldHow, Announced: in.Announced != "",
	}
	if day := c.Day(in.From, "from"); day != nil {
		a.From = *day
	} else if in.From == "" {
		c.Say("from", "Give the first day with the hat.")
	}
	if day := c.Day(in.DecidedOn, "decided_on"); day != nil {
		a.DecidedOn = *day
	}
	if in.Share != "" {
		share, err := strconv.Atoi(in.Share)
		c.Require(err == nil, "share", "Give the share of time as a number from 1 to 100.")
		a.Share = &share
	}
	role, person := "Choose at least one hat.", "Choose who gets the hat."
	switch unchosen(in) { // what was typed is looked for
	case "role":
		role = "Choose which hat is meant by “" + itsm.Clean(in.RoleQuery) + "”."
	case "person":
		person = whoIsMeant(in.FindPerson)
	}
	c.Require(len(a.RoleIDs) > 0, "role", role)
	c.Require(a.Holders() > 0, "person", person)
	return a, c.Err()
}

func whoIsMeant(typed string) string {
	return "Choose who is meant by “" + itsm.Clean(typed) + "”."
}

// takeNamedAmong is takeNamed for a form with several people: a name that was typed beside those chosen is left.
func (v *visit) takeNamedAmong(people []string, typed string) ([]string, error) {
	if len(ids(people)) > 0 {
		return people, nil
	}
	var id int64
	if err := v.takeNamed(&id, typed, ""); err != nil || id == 0 {
		return people, err
	}
	return []string{strconv.FormatInt(id, 10)}, nil
}

// unchosen is what was typed and not chosen: "role" or "person"; "" for neither.
func unchosen(in page.AppointInput) string {
	switch {
	case len(ids(in.Roles)) == 0 && itsm.Clean(in.RoleQuery) != "":
		return "role"
	case len(ids(in.People))+len(ids(in.Teams))+len(ids(in.Companies)) == 0 && itsm.Clean(in.FindPerson) != "":
		return "person"
	}
	return ""
}

// lastDay reads the last day with something as the first day without it.
func lastDay(c *itsm.Checks, typed, field string) *time.Time {
	if last := c.Day(typed, field); last != nil {
		return itsm.Until(*last)
	}
	return nil
}

// pickRoles answers a picker while somebody types words of a role.
func (s *Server) pickRoles(v *visit) error {
	words := itsm.Clean(v.r.URL.Query().Get("q"))
	if !itsm.Storable(words) {
		words = ""
	}
	found, err := s.store.PickRoles(v.ctx, words)
	if err != nil {
		return err
	}
	return v.fragment(http.StatusOK, ui.PickerOptions("pick-role", page.RoleOptions(found), len(found) == store.PickLimit))
}
