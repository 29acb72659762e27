package page

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// Pick is the choice of a person in a form: by typing where there is script, else by a button that finds and radio
// buttons. It sends Name (the person's number), Name + "_q" (what was typed) and, of the button, find=Name.
type Pick struct {
	Name, Label, Hint, Err string
	Optional               bool
	Staff                  bool   // externals are not offered
	Query                  string // what was typed
	Options                []ui.Option
}

// Found is what a picker shows beside its own words: what was typed, what was found by it, and why the form is back.
type Found struct {
	Query   string
	Err     string
	Options []ui.Option
}

// FoundAmong is what a form without script says of what was typed.
func FoundAmong(typed string, options []ui.Option, more bool) Found {
	f := Found{Query: typed, Options: options, Err: "Choose one of these."}
	switch {
	case len(options) == 0:
		f.Err = "Nothing found. Check the spelling, or type fewer letters."
	case more:
		f.Err = "Choose one of these; there are more, so type another letter if you miss one."
	}
	return f
}

// View is the control.
func (p Pick) View() templ.Component {
	source := "/people/pick?for=" + p.Name
	if p.Staff {
		source += "&staff=1"
	}
	return ui.Picker{
		Field:  ui.Field{Name: p.Name, Label: p.Label, Hint: p.Hint, Err: p.Err, Optional: p.Optional},
		Source: source, Query: p.Query, Options: p.Options, Find: "Find person",
	}.View()
}

// PersonOption is a person to choose: name, title, department and region tell people of one name apart.
func PersonOption(p itsm.Person) ui.Option {
	var detail []string
	for _, s := range []string{p.Title, p.Department, p.Region, p.Company} {
		if s != "" {
			detail = append(detail, s)
		}
	}
	return ui.Option{Value: strconv.FormatInt(p.ID, 10), Text: p.Name, Detail: strings.Join(detail, ", ")}
}
