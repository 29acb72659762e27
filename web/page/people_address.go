package page

import (
	"net/url"
	"strconv"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// ScopeURL is the page of what a role hangs on; "" for the organisation.
func ScopeURL(practice, process, service int64, name string) string {
	switch {
	case process != 0:
		return ProcessURL(process, name)
	case service != 0:
		return ServiceURL(service, name)
	case practice != 0:
		return PracticeURL(practice, name)
	}
	return ""
}

// PeopleURL is the directory, narrowed and ordered by a filter.
func PeopleURL(f itsm.PeopleFilter) string {
	q := url.Values{}
	text := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	number := func(name string, id int64) {
		if id > 0 {
			q.Set(name, strconv.FormatInt(id, 10))
		}
	}
	text("q", f.Text)
	number("region", f.RegionID)
	number("team", f.TeamID)
	number("company", f.CompanyID)
	text("kind", f.Kind)
	text("department", f.Department)
	text("hats", f.Hats)
	if f.Left {
		q.Set("left", "1")
	}
	text("sort", f.Sort)
	if f.Descending {
		q.Set("order", "down")
	}
	if f.Page > 1 {
		number("page", int64(f.Page))
		number("after", f.After)
		number("before", f.Before)
	}
	return query("/people", q)
}

// PeopleCrumbs lead back to the directory.
func PeopleCrumbs() []ui.Link { return []ui.Link{{Text: "People", Href: "/people"}} }

// PersonCrumbs lead back to a person's page.
func PersonCrumbs(p itsm.Person) []ui.Link {
	return append(PeopleCrumbs(), ui.Link{Text: p.Name, Href: PersonURL(p.ID, p.Name)})
}

// TeamCrumbs lead back to the teams.
func TeamCrumbs() []ui.Link { return append(PeopleCrumbs(), ui.Link{Text: "Teams", Href: "/teams"}) }

// InTeamCrumbs lead back to a team's page.
func InTeamCrumbs(t itsm.Team) []ui.Link {
	return append(TeamCrumbs(), ui.Link{Text: t.Name, Href: TeamURL(t.ID, t.Name)})
}

// CompanyCrumbs lead back to the companies.
func CompanyCrumbs() []ui.Link {
	return append(PeopleCrumbs(), ui.Link{Text: "Companies", Href: "/companies"})
}
