package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// SearchURL is what is found by a filter.
func SearchURL(f itsm.SearchFilter) string {
	q := url.Values{"q": {f.Text}}
	if f.Kind != "" {
		q.Set("kind", string(f.Kind))
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return query("/search", q)
}

// foundURL is the page of what was found.
func foundURL(f itsm.Found) string {
	switch f.Kind {
	case itsm.FoundPractice:
		return PracticeURL(f.ID, f.Name)
	case itsm.FoundProcess:
		return ProcessURL(f.ID, f.Name)
	case itsm.FoundActivity:
		return ActivityURL(f.ID, f.Name)
	case itsm.FoundRole:
		return RoleURL(f.ID, f.Name)
	case itsm.FoundTeam:
		return TeamURL(f.ID, f.Name)
	case itsm.FoundCompany:
		return CompanyURL(f.ID, f.Name)
	case itsm.FoundService:
		return ServiceURL(f.ID, f.Name)
	case itsm.FoundPolicy:
		return at("policies", f.ID, f.Name)
	}
	return PersonURL(f.ID, f.Name)
}

// kindWords are the kinds as tags and as tabs.
var kindWords = map[itsm.SearchKind][2]string{
	itsm.FoundPractice: {"Practice", "Practices"}, itsm.FoundProcess: {"Process", "Processes"}, itsm.FoundActivity: {"Activity", "Activities"},
	itsm.FoundRole: {"Role", "Roles"}, itsm.FoundPerson: {"Person", "People"}, itsm.FoundPolicy: {"Policy", "Policies"},
	itsm.FoundService: {"Service", "Services"}, itsm.FoundTeam: {"Team", "Teams"}, itsm.FoundCompany: {"Company", "Companies"},
}

// Search is the page of results.
type Search struct {
	Reader  Reader
	Filter  itsm.SearchFilter
	Results itsm.Results
}

// Screen is the page in its shell.
func (v Search) Screen() Screen {
	title := "Search"
	if v.Filter.Text != "" {
		title = v.Filter.Text + " · Search"
	}
	s := Screen{Title: title, Query: v.Filter.Text, Body: v.Page()}
	if len(v.Results.Replies) > 0 {
		s.Replied = v.Results.Question.On
	}
	return s
}

// words are what was looked for: without what makes a question of it.
func (v Search) words() lookedFor {
	if v.Results.Question.About != "" {
		return lookFor(v.Results.Question.Words)
	}
	return lookFor(itsm.SearchWords(v.Filter.Text))
}

func (v Search) with(change func(*itsm.SearchFilter)) string {
	f := v.Filter
	f.Page = 0
	change(&f)
	return SearchURL(f)
}

// kinds narrow what was found, those alone of which there is any.
func (v Search) kinds() []ui.NavItem {
	items := []ui.NavItem{{Text: "All (" + many(v.Results.Total("")) + ")", Href: v.with(func(f *itsm.SearchFilter) { f.Kind = "" }), Current: v.Filter.Kind == ""}}
	for _, k := range itsm.SearchKinds {
		if n := v.Results.Counts[k]; n > 0 || k == v.Filter.Kind {
			items = append(items, ui.NavItem{
				Text: kindWords[k][1] + " (" + many(n) + ")", Href: v.with(func(f *itsm.SearchFilter) { f.Kind = k }), Current: v.Filter.Kind == k,
			})
		}
	}
	return items
}

// many is a number of things found; from a certain number on nobody counts.
func many(n int) string {
	if n >= itsm.SearchMost {
		return ui.Count(n) + "+"
	}
	return ui.Count(n)
}

func (v Search) pager() ui.Pager {
	page, total := max(v.Filter.Page, 1), v.Results.Total(v.Filter.Kind)
	from := (page - 1) * itsm.SearchPage
	return ui.Pager{
		From: min(from+1, total), To: from + len(v.Results.Found), Total: total, One: "found", Many: "found", Page: page, Pages: (total + itsm.SearchPage - 1) / itsm.SearchPage,
		Href: func(n int) string { return v.with(func(f *itsm.SearchFilter) { f.Page = n }) },
	}
}

// name is what was found as the screen calls it.
func (v Search) name(f itsm.Found) string {
	if f.Kind == itsm.FoundRole {
		return v.Reader.RoleName(f.RoleKind, f.Name)
	}
	return f.Name
}

// beside is what tells it from others of its name.
func (v Search) beside(f itsm.Found) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	switch f.Kind {
	case itsm.FoundPractice:
		add(itsm.Category(f.Detail).Title())
	case itsm.FoundProcess:
		add(f.Parent)
	case itsm.FoundActivity:
		add(f.Parent)
		add(f.Detail)
	case itsm.FoundRole:
		if f.RoleKind == itsm.Whoever {
			add("whoever it is in the case")
			break
		}
		add(f.Parent)
		add(f.Detail)
	default:
		add(f.Detail)
	}
	add(v.gone(f))
	return strings.Join(parts, ", ")
}

// gone says since when somebody is not here any more, or something not in use.
func (v Search) gone(f itsm.Found) string {
	switch {
	case f.Until == nil || v.Reader.By.Today.Before(*f.Until):
		return ""
	case f.Kind == itsm.FoundPerson:
		return "left " + itsm.ShowDay(*itsm.Period{To: f.Until}.LastDay())
	case f.Became != "":
		return "made one with " + f.Became + " on " + itsm.ShowDay(*f.Until)
	}
	return "archived on " + itsm.ShowDay(*f.Until)
}

// quote is a part of what it says of itself, where its name does not show why it was found.
func (v Search) quote(f itsm.Found, words lookedFor) string {
	if slices.ContainsFunc(pieces(f.Name+" "+v.beside(f)), words.has) {
		return ""
	}
	return excerpt(f.Text, words)
}
