package server

import (
	"net/http"
	"slices"

	"hatrack/internal/itsm"
	"hatrack/web/page"
	"hatrack/web/ui"
)

type memberInput struct {
	Person int64  `form:"person"`
	Typed  string `form:"person_q"`
	Find   string `form:"find"`
	People string `form:"people"`
	From   string `form:"from"`
	Until  string `form:"until"`
}

func (s *Server) newMember(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.memberForm(http.StatusOK, id, memberInput{From: itsm.ISODay(v.by.Today)}, nil)
}

// memberForm shows the form that adds a member.
func (v *visit) memberForm(status int, id int64, in memberInput, list []itsm.Problem) error {
	team, err := v.s.store.Team(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return err
	}
	pick, _, err := v.choose(page.Pick{Name: "person", Label: "Person"}, in.Person, in.Typed, in.Find)
	if err != nil {
		return err
	}
	if text := page.Problems(list).Of("person"); text != "" {
		pick.Err = text
	}
	list = withPick(list, pick, in.Find)
	form := page.MemberForm{Team: team.Team, Person: pick, People: in.People, From: in.From, Until: in.Until, Problems: list}
	return v.showAs(status, page.Screen{
		Title: "Add members", Section: "people", Crumbs: page.InTeamCrumbs(team.Team), Body: form.Page(), Scripts: []string{"picker.js"},
	})
}

func (s *Server) addMember(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[memberInput](v)
	if err == nil {
		err = v.takeNamed(&in.Person, in.Typed, in.Find)
	}
	if err == nil && (in.Find != "" || in.Person == 0 && itsm.Clean(in.Typed) != "") {
		return v.memberForm(http.StatusUnprocessableEntity, id, in, nil)
	}
	var during itsm.Period
	if err == nil {
		during, err = itsm.CheckPeriod(in.From, in.Until, v.by.Today)
	}
	said := "The member is added."
	switch {
	case err != nil:
	case itsm.Clean(in.People) != "":
		said, err = v.addMembers(id, in, during)
	case in.Person == 0:
		err = itsm.Invalid{Problems: []itsm.Problem{{Field: "person", Text: "Choose a person."}}}
	default:
		err = s.store.AddMembership(v.ctx, v.by, id, in.Person, during)
	}
	if list, status, ok := problems(err); ok {
		return v.memberForm(status, id, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.TeamURL(id, ""), said)
}

// addMembers adds all those whom the lines of a form name, and whoever is chosen beside them. It says what it did.
func (v *visit) addMembers(team int64, in memberInput, during itsm.Period) (string, error) {
	people, err := v.peopleIn(itsm.EditTeam, in.People, "people")
	if err != nil {
		return "", err
	}
	if in.Person != 0 && !slices.Contains(people, in.Person) {
		people = append(people, in.Person)
	}
	n, err := v.s.store.AddMembers(v.ctx, v.by, team, people, during)
	said := ui.Plural(n, "member is", "members are") + " added."
	if there := len(people) - n; there > 0 {
		said += " " + ui.Plural(there, "was one already.", "were members already.")
	}
	return said, err
}

func (s *Server) askMemberEnd(v *visit) error {
	return v.memberEnd(http.StatusOK, itsm.ISODay(v.by.Today), nil)
}

// memberEnd asks for the last day of a membership.
func (v *visit) memberEnd(status int, last string, list []itsm.Problem) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	membership, err := v.number("membership")
	if err != nil {
		return err
	}
	team, err := v.s.store.Team(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return err
	}
	for _, m := range append(team.Members, team.Former...) {
		if m.ID == membership {
			form := page.MemberEnd{Membership: m, LastDay: last, Problems: list}
			return v.showAs(status, page.Screen{Title: "End a membership", Section: "people", Crumbs: page.InTeamCrumbs(team.Team), Body: form.Page()})
		}
	}
	return itsm.NotFound{What: "membership"}
}

func (s *Server) endMember(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	membership, err := v.number("membership")
	if err != nil {
		return err
	}
	in, err := read[struct {
		LastDay string `form:"last_day"`
	}](v)
	var c itsm.Checks
	day := c.Day(in.LastDay, "last_day")
	c.Require(itsm.Clean(in.LastDay) != "", "last_day", "Give the last day.")
	if err == nil {
		err = c.Err()
	}
	if err == nil {
		err = s.store.EndMembership(v.ctx, v.by, id, membership, *day)
	}
	if list, status, ok := problems(err); ok {
		return v.memberEnd(status, in.LastDay, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.TeamURL(id, ""), "The membership is ended.")
}
