package server

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// pickPeople answers a picker while somebody types: list items and nothing else.
func (s *Server) pickPeople(v *visit) error {
	q := v.r.URL.Query()
	people, more, err := s.store.PickPeople(v.ctx, v.by, storable(q.Get("q")), q.Get("staff") != "")
	if err != nil {
		return err
	}
	prefix := "pick-" + slugOnly(q.Get("for"))
	return v.fragment(http.StatusOK, ui.PickerOptions(prefix, options(people), more))
}

func options(people []itsm.Person) []ui.Option {
	list := make([]ui.Option, len(people))
	for i, p := range people {
		list[i] = page.PersonOption(p)
	}
	return list
}

// finding says that a form with a picker only looks for what may be chosen: the button that finds was pressed, or something was
// typed and nothing chosen.
func finding(name, find string, chosen bool, typed string) bool {
	return find == name || !chosen && itsm.Clean(typed) != ""
}

// choose completes a form's picker: the person chosen by id, or those who match what was typed. again says that the form
// must come back: the button that finds was pressed, or something was typed and nobody chosen. What was typed wins over
// an earlier choice only where the button was pressed.
func (v *visit) choose(p page.Pick, id int64, typed, find string) (pick page.Pick, again bool, err error) {
	p.Query = typed
	if !finding(p.Name, find, id != 0, typed) {
		if id == 0 {
			return p, false, nil
		}
		person, err := v.s.store.Pickable(v.ctx, v.by, id)
		if errors.As(err, &itsm.NotFound{}) {
			p.Err = "This person is not there. Choose another one."
			return p, true, nil
		}
		if err != nil {
			return p, false, err
		}
		option := page.PersonOption(person)
		option.Selected = true
		p.Options, p.Query = []ui.Option{option}, ""
		return p, false, nil
	}
	people, more, err := v.s.store.PickPeople(v.ctx, v.by, storable(typed), p.Staff)
	if err != nil {
		return p, false, err
	}
	p.Options = options(people)
	switch {
	case len(people) == 0:
		p.Err = "Nobody found. Check the spelling, or type fewer letters."
	case more:
		p.Err = "Choose one of these people; there are more, so type another letter if you miss somebody."
	default:
		p.Err = "Choose one of these people."
	}
	return p, true, nil
}

// takeNamed chooses whom a typed name means and nobody else, where none was chosen from the list: who typed all of it need not point
// at it as well.
func (v *visit) takeNamed(id *int64, typed, find string) error {
	name := itsm.Clean(typed)
	if *id != 0 || find != "" || name == "" {
		return nil
	}
	people, more, err := v.s.store.PickPeople(v.ctx, v.by, storable(name), false)
	if err != nil || more {
		return err
	}
	people = slices.DeleteFunc(people, func(p itsm.Person) bool { return !strings.EqualFold(p.Name, name) })
	if len(people) == 1 {
		*id = people[0].ID
	}
	return nil
}

// withPick says what is wrong with the picker of a form that was sent together with what else is, in its place among it.
func withPick(list []itsm.Problem, p page.Pick, find string) []itsm.Problem {
	if p.Err == "" || find != "" {
		return list
	}
	all, wrong := slices.Clone(list), itsm.Problem{Field: p.Name, Text: p.Err}
	if i := slices.IndexFunc(all, func(o itsm.Problem) bool { return o.Field == p.Name }); i >= 0 {
		all[i] = wrong
		return all
	}
	return append(all, wrong)
}

// storable is a text as a search may send it to the database; what cannot be stored finds nobody.
func storable(s string) string {
	if !itsm.Storable(s) {
		return "\ufffd"
	}
	return strings.ToValidUTF8(s[:min(len(s), 200)], "")
}

// slugOnly keeps a name that stands in an id.
func slugOnly(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && r != '_' {
			return ""
		}
	}
	return s
}

// peopleIn are the people whom the lines of a field name, one at least, for who may do something to them.
func (v *visit) peopleIn(may itsm.Action, text, field string) ([]int64, error) {
	lines := itsm.NamedLines(text)
	found, err := v.s.store.PeopleCalled(v.ctx, v.by, may, lines)
	if err != nil {
		return nil, err
	}
	people, err := itsm.PeopleCalled(lines, found, field)
	if err == nil && len(people) == 0 {
		err = itsm.Invalid{Problems: []itsm.Problem{{Field: field, Text: "No line names anybody."}}}
	}
	return people, err
}
