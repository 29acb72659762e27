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
	if v.Steps || v.Pages > 1 {
		beyond := ""
		if v.Beyond {
			beyond = "more than "
		}
		return fmt.Sprintf("%s to %s of %s%s %s", Count(v.From), Count(v.To), beyond, Count(v.Total), v.Many)
	}
	if v.Total == 1 && v.One != "" {
		return "1 " + v.One
	}
	return Count(v.Total) + " " + v.Many
}

func (v Pager) prev() string {
	if !v.Steps && v.Page > 1 {
		return v.Href(v.Page - 1)
	}
	return v.Prev
}

func (v Pager) next() string {
	if !v.Steps && v.Page < v.Pages {
		return v.Href(v.Page + 1)
	}
	return v.Next
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

// follow makes the page follow the form while somebody types: htmx asks for it anew and changes only what differs, so that
// the field keeps the cursor and the links to files and pages lead to what is shown. Its button opens a page of its own.
func (v FilterBar) follow() templ.Attributes {
	if !web.Has("htmx.js") {
		return templ.Attributes{"data-auto": true}
	}
	return templ.Attributes{
		"hx-get": v.Action, "hx-trigger": "input delay:250ms", "hx-sync": "this:replace", "hx-target": "#main", "hx-select": "#main",
		"hx-swap": "outerMorph", "hx-replace-url": "true",
	}
}

// paper says on a sheet how the rest of the list comes on paper.
func (v Pager) paper() string {
	if v.Whole != "" {
		return "The others are on further pages: choose “On one page, to print” first."
	}
	return "The others are on further pages, which print one by one."
}
