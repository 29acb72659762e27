package ui

import (
	"fmt"

	"github.com/a-h/templ"

	"hatrack/web"
)

func (s Sort) icon() string {
	switch s {
	case Ascending:
		return "chevron-up"
	case Descending:
		return "chevron-down"
	default:
		return ""
	}
}

func (v Pager) text() string {
	if v.Pages > 1 {
		return fmt.Sprintf("%s to %s of %s %s", Count(v.From), Count(v.To), Count(v.Total), v.Many)
	}
	if v.Total == 1 && v.One != "" {
		return "1 " + v.One
	}
	return Count(v.Total) + " " + v.Many
}

// numbers are the first, the last and the pages around the current one; 0 is a gap.
func (v Pager) numbers() []int {
	var out []int
	for n := 1; n <= v.Pages; n++ {
		near := n >= v.Page-1 && n <= v.Page+1
		switch {
		case n == 1 || n == v.Pages || near:
			out = append(out, n)
		case out[len(out)-1] != 0:
			out = append(out, 0)
		}
	}
	return out
}

// follow makes the list follow the form: with htmx its region is swapped, else the
// page is asked for again when a choice changes.
func (v FilterBar) follow() templ.Attributes {
	if v.Target == "" || !web.Has("htmx.js") {
		return templ.Attributes{"data-auto": true}
	}
	return templ.Attributes{
		"hx-get": v.Action, "hx-trigger": "input delay:250ms, submit", "hx-target": "#" + v.Target, "hx-select": "#" + v.Target,
		"hx-select-oob": "#" + v.resultID(), "hx-swap": "outerHTML", "hx-replace-url": "true",
	}
}

func (v FilterBar) resultID() string { return v.Target + "-result" }
