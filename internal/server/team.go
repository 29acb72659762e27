package server

import (
	"net/http"

	"hatrack/internal/itsm"
	"hatrack/web/page"
)

func (s *Server) showTeams(v *visit) error {
	q := v.r.URL.Query()
	text, archived := storable(q.Get("q")), q.Get("archived") != ""
	at := v.listPage()
	teams, total, err := s.store.Teams(v.ctx, v.by, v.by.Day(), text, archived, at)
	if err != nil {
		return err
	}
	body := page.Teams{Teams: teams, Total: total, At: at, Text: text, Archived: archived, MayEdit: v.by.Can(itsm.EditTeam, itsm.Scope{})}
	return v.show(page.Screen{Title: "Teams", Section: "people", Body: body.Page(), Scripts: page.ListScripts})
}

func (s *Server) showTeam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return v.team(http.StatusOK, id, nil)
}

// team shows a team's page, with what was wrong about an act on it.
func (v *visit) team(status int, id int64, list []itsm.Problem) error {
	p, err := v.s.store.Team(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return err
	}
	body := page.Team{
		Team: p.Team, Members: p.Members, Former: p.Former, Hats: v.reader().Called(p.Hats), By: v.by, Today: v.day(), Around: p.Around,
		MayEdit: v.by.Can(itsm.EditTeam, itsm.Scope{}), Problems: list,
	}
	return v.showAs(status, page.Screen{Title: p.Team.Name, Section: "people", Crumbs: page.TeamCrumbs(), Body: body.Page()})
}

type teamInput struct {
	opened
	Name    string `form:"name"`
	Purpose string `form:"purpose"`
	Lead    int64  `form:"lead"`
	Typed   string `form:"lead_q"`
	Find    string `form:"find"`
	Region  int64  `form:"region"`
	Company int64  `form:"company"`
}

func teamInputOf(t itsm.Team) teamInput {
	return teamInput{opened: opened{Counter: t.Counter}, Name: t.Name, Purpose: t.Purpose, Lead: t.LeadID, Region: t.RegionID, Company: t.CompanyID}
}

func (in teamInput) team(id int64) itsm.Team {
	return itsm.Team{ID: id, Name: in.Name, Purpose: in.Purpose, LeadID: in.Lead, RegionID: in.Region, CompanyID: in.Company, Counter: in.Counter}
}

// finding says that the form only looks for a person, or that a name was typed and nobody chosen.
func (in teamInput) finding() bool {
	return in.Find != "" || in.Lead == 0 && itsm.Clean(in.Typed) != ""
}

func (s *Server) newTeam(v *visit) error {
	return v.teamForm(http.StatusOK, itsm.Team{}, teamInput{}, nil)
}

// teamForm shows the form with its choices.
func (v *visit) teamForm(status int, now itsm.Team, in teamInput, list []itsm.Problem) error {
	choices, err := v.s.store.Choices(v.ctx)
	if err != nil {
		return err
	}
	lead, again, err := v.choose(page.Pick{Name: "lead", Label: "Lead", Optional: true, Hint: "Answers where the team would have to."}, in.Lead, in.Typed, in.Find)
	if err != nil {
		return err
	}
	if text := page.Problems(list).Of("lead"); text != "" && !again {
		lead.Err = text
	}
	list = withPick(list, lead, in.Find)
	form := page.TeamForm{Team: in.team(now.ID), Named: now.Name, Lead: lead, Regions: choices.Regions, Companies: choices.Companies, Problems: list, Seen: in.page()}
	if now.ID != 0 && status == http.StatusConflict {
		form.Stands = &now
	}
	return v.showAs(status, page.Screen{Title: form.Title(), Section: "people", Crumbs: page.TeamCrumbs(), Body: form.Page(), Scripts: []string{"picker.js"}})
}

func (s *Server) addTeam(v *visit) error {
	in, err := read[teamInput](v)
	if err == nil {
		err = v.takeNamed(&in.Lead, in.Typed, in.Find)
	}
	if err == nil && in.finding() {
		return v.teamForm(http.StatusUnprocessableEntity, itsm.Team{}, in, nil)
	}
	var id int64
	if err == nil {
		id, err = s.store.AddTeam(v.ctx, v.by, in.team(0))
	}
	if list, status, ok := problems(err); ok {
		return v.teamForm(status, itsm.Team{}, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.TeamURL(id, in.Name), "The team is added. Now say who is in it.")
}

func (s *Server) editTeam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Team(v.ctx, v.by, id, v.by.Day())
	if err != nil {
		return err
	}
	return v.teamForm(http.StatusOK, p.Team, shown(teamInputOf(p.Team)), nil)
}

func (s *Server) saveTeam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[teamInput](v)
	if err == nil {
		err = v.takeNamed(&in.Lead, in.Typed, in.Find)
	}
	finding := err == nil && in.finding()
	if err == nil && !finding {
		err = s.store.EditTeam(v.ctx, v.by, in.team(id))
	}
	list, status, refused := problems(err)
	if finding {
		status = http.StatusUnprocessableEntity
	}
	if finding || refused {
		now, err := s.store.Team(v.ctx, v.by, id, v.by.Day())
		if err != nil {
			return err
		}
		if status == http.StatusConflict {
			takeOver(&in, teamInputOf(now.Team))
		}
		return v.teamForm(status, now.Team, in, list)
	}
	if err != nil {
		return err
	}
	return v.done(page.TeamURL(id, in.Name), "The team is saved.")
}

func (s *Server) archiveTeam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	in, err := read[struct {
		Back bool `form:"back"`
	}](v)
	if err == nil {
		err = s.store.ArchiveTeam(v.ctx, v.by, id, !in.Back)
	}
	if list, status, ok := problems(err); ok {
		return v.team(status, id, list)
	}
	if err != nil {
		return err
	}
	if in.Back {
		return v.done(page.TeamURL(id, ""), "The team is back.")
	}
	return v.done("/teams", "The team is archived.")
}
