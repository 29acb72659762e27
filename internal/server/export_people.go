package server

import (
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/store"
	"hatrack/web/page"
)

// peopleFile is the directory as a file. Who may edit people gets what they could bring back by an import.
func (s *Server) peopleFile(v *visit) error {
	f := v.peopleFilter()
	edits := v.by.Now().Can(itsm.EditPeople, itsm.Scope{})
	head := []string{"Name", "Title", "Department", "Region", "Company", "Teams", "Hats", "Last day"}
	if edits {
		head = append(head, "Number", "E-mail", "Phone", "Location", "Start date")
	}
	return v.file("people", head, lines(s.store.PeopleRows(v.ctx, v.by, f, v.day()), func(p itsm.PersonLine) []string {
		row := []string{p.Name, p.Title, p.Department, p.Region, p.Company, strings.Join(p.TeamNames, ", "), strconv.Itoa(p.Hats), ""}
		if edits || p.Left(v.by.Today) {
			row[7] = untilDay(p.EmployedTo)
		}
		if edits {
			row = append(row, p.ExternalID, p.Email, p.Phone, p.Location, isoDay(p.EmployedFrom))
		}
		return row
	}))
}

// teamsFile is the teams as a file.
func (s *Server) teamsFile(v *visit) error {
	q := v.r.URL.Query()
	teams := s.store.TeamRows(v.ctx, v.by, v.day(), storable(q.Get("q")), q.Get("archived") != "")
	return v.file("teams", []string{"Team", "Lead", "Lead has left", "Region", "Company", "Members", "Hats", "Purpose"}, lines(teams, func(t itsm.Team) []string {
		return []string{t.Name, t.Lead, yes(t.LeadLeft), t.Region, t.Company, strconv.Itoa(t.Members), strconv.Itoa(t.Hats), t.Purpose}
	}))
}

// companiesFile is the companies as a file.
func (s *Server) companiesFile(v *visit) error {
	companies := s.store.CompanyRows(v.ctx, v.by, v.day(), v.r.URL.Query().Get("archived") != "")
	return v.file("companies", []string{"Company", "Is a", "Our contact", "Our contact has left", "Their contact", "People", "Hats"}, lines(companies, func(m itsm.Company) []string {
		return []string{m.Name, m.Kind, m.OurContact, yes(m.OurLeft), m.TheirContact, strconv.Itoa(m.People), strconv.Itoa(m.Hats)}
	}))
}

// regionsFile is the tree of regions as a file.
func (s *Server) regionsFile(v *visit) error {
	regions, err := s.store.Regions(v.ctx, v.by, v.day())
	if err != nil {
		return err
	}
	return v.file("regions", []string{"Region", "Lies within", "Level", "People"}, rows(regions, func(r itsm.Region) []string {
		within := strings.TrimSuffix(strings.TrimSuffix(r.Path, r.Name), " › ")
		return []string{r.Name, within, strconv.Itoa(r.Depth + 1), strconv.Itoa(r.People)}
	}))
}

// accountsFile is the accounts as a file.
func (s *Server) accountsFile(v *visit) error {
	accounts := s.store.AccountRows(v.ctx, v.by, v.accountFilter(), v.by.Today)
	return v.file("accounts", []string{"Name", "E-mail", "Company", "State", "Grants", "Last seen"}, lines(accounts, func(a itsm.Account) []string {
		return []string{a.Name, a.Email, a.Company, a.State(v.by.Today), a.GrantsInWords(), isoDay(a.LastSeenAt)}
	}))
}

var wornHead = []string{"Wears it", "Is a", "Company", "Role", "Kind", "Of", "Practice", "Region", "Service", "From", "Last day", "As", "State"}

// wornLine is an assignment as a line of a file.
func wornLine(h itsm.WornHat, practice, employer string) []string {
	is := "person"
	switch {
	case h.TeamID != 0:
		is = "team"
	case h.CompanyID != 0:
		is = "company"
	}
	name := h.Holder
	if name == "" {
		name = h.Team
	}
	return []string{
		name, is, employer, h.Role.Name, string(h.Role.Kind), h.ScopeName, practice, h.Region, h.Service, itsm.ISODay(h.Since), untilDay(h.Until),
		string(h.Capacity), string(h.State),
	}
}

// wornFile is who wears which hat, an assignment a line. Who may import such lists gets what tells people of one name apart.
func (s *Server) wornFile(v *visit) error {
	imports, head := v.by.Now().Can(itsm.ImportHats, itsm.Scope{}), wornHead
	if imports {
		head = append(slices.Clone(head), "E-mail")
	}
	return v.file("hats", head, lines(s.store.WornRows(v.ctx, v.by, v.mapFilter(), v.day()), func(r store.WornRow) []string {
		line := wornLine(r.WornHat, r.Practice, r.Employer)
		if imports {
			line = append(line, r.Email)
		}
		return line
	}))
}

// hatsHead is what the hats of one person, team or company are taken out as.
var hatsHead = []string{"Role", "Kind", "Of", "Worn by", "Through team", "Region", "Service", "From", "Last day", "As", "State"}

func hatLine(h itsm.WornHat) []string {
	return []string{
		h.Role.Name, string(h.Role.Kind), h.ScopeName, h.Holder, h.Team, h.Region, h.Service, itsm.ISODay(h.Since), untilDay(h.Until), string(h.Capacity), string(h.State),
	}
}

// personHatsFile is somebody's hats: those of their page.
func (s *Server) personHatsFile(v *visit) error {
	body, _, err := v.personPage()
	if err != nil {
		return err
	}
	now, later := body.Worn()
	return v.file("hats-"+page.Slug(body.Person.Name), hatsHead, rows(append(now, later...), hatLine))
}

// heldHead is what who held something when is taken out as, with who decided and on what grounds: what an auditor asks for.
var heldHead = []string{"Role", "Kind", "Of", "Held by", "Company", "Region", "Service", "From", "Last day", "As", "State", "Acceptance", "Decided on", "Decided by", "Recorded on", "Recorded by", "Reference"}

func (v *visit) heldLine(a itsm.Assignment) []string {
	return []string{
		v.reader().RoleName(a.Chair.Kind, a.Chair.Name), string(a.Chair.Kind), a.Chair.ScopeName, a.Name, a.Employer, a.Region, a.Service, itsm.ISODay(a.Since), untilDay(a.Until),
		string(a.Capacity), string(a.State), string(a.Acceptance), itsm.ISODay(a.DecidedOn), a.DecidedBy, itsm.ISODay(a.RecordedOn), a.RecordedBy, a.Reference,
	}
}

// roleHeldFile is who held a role when, all of it.
func (s *Server) roleHeldFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	held, err := s.store.RoleTimeline(v.ctx, v.by, id)
	if err != nil {
		return err
	}
	name := "role"
	if len(held) > 0 {
		name = page.Slug(held[0].Chair.Name)
	}
	return v.file("held-"+name, heldHead, rows(held, v.heldLine))
}

// personHeldFile is which hats somebody wore when: what their page shows of it.
func (s *Server) personHeldFile(v *visit) error {
	body, _, err := v.personPage()
	if err != nil {
		return err
	}
	return v.file("held-"+page.Slug(body.Person.Name), heldHead, rows(body.Timeline, v.heldLine))
}

// teamHatsFile is the hats that a team wears.
func (s *Server) teamHatsFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Team(v.ctx, v.by, id, v.day())
	if err != nil {
		return err
	}
	return v.file("hats-"+page.Slug(p.Team.Name), hatsHead, rows(p.Hats, hatLine))
}

// teamMembersFile is who is or will be in a team.
func (s *Server) teamMembersFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Team(v.ctx, v.by, id, v.day())
	if err != nil {
		return err
	}
	return v.file("members-"+page.Slug(p.Team.Name), []string{"Name", "Title, department", "Leads", "From", "Last day"}, rows(p.Members, func(m itsm.Membership) []string {
		return []string{m.Person.Name, m.Person.Detail, yes(m.Lead), itsm.ISODay(m.From), untilDay(m.To)}
	}))
}

// companyHatsFile is the hats that a company and its people wear.
func (s *Server) companyHatsFile(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	p, err := s.store.Company(v.ctx, v.by, id, v.day(), 0)
	if err != nil {
		return err
	}
	return v.file("hats-"+page.Slug(p.Company.Name), hatsHead, rows(p.Hats, hatLine))
}
