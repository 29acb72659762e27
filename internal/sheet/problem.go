package sheet

import (
	"fmt"
	"strings"
)

// unreadable says which cells of an activity hold something that is no
// letter of ours.
func (r *gridReader) unreadable(a GridActivity, roles []string) {
	if len(roles) == 0 {
		return
	}
	var cells []string
	for n, role := range roles {
		if n == 5 {
			cells = append(cells, fmt.Sprintf("and %d more", len(roles)-n))
			break
		}
		cells = append(cells, fmt.Sprintf("“%s” under %s", short(oneLine(a.Cells[role].Raw)), role))
	}
	r.problem("unknown-letter", a.Line, a.Name, roles, "Cannot be read as R, A, C, I or S: "+strings.Join(cells, ", ")+".")
}

// short cuts a text that would make a sentence unreadable.
func short(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// problems says of each activity what a person has to decide.
func (r *gridReader) problems() {
	seen := map[string]int{}
	for _, a := range r.grid.Activities {
		if a.Name == "" {
			r.problem("no-activity-name", a.Line, "", nil, fmt.Sprintf("Line %d has letters and no name.", a.Line))
		} else {
			key := strings.ToLower(a.Section + "\x00" + strings.Join(strings.Fields(a.Name), " "))
			if line, twice := seen[key]; twice {
				r.problem("duplicate-activity", a.Line, a.Name, nil, fmt.Sprintf("“%s” stands on line %d already.", short(a.Name), line))
			} else {
				seen[key] = a.Line
			}
		}
		r.rowProblems(a)
	}
}

func (r *gridReader) rowProblems(a GridActivity) {
	holders := map[byte][]string{}
	for _, role := range r.grid.Roles {
		for _, l := range []byte(a.Cells[role].RACI()) {
			holders[l] = append(holders[l], role)
		}
	}
	name := short(a.Name)
	switch n := len(holders['A']); {
	case n == 0:
		r.problem("no-accountable", a.Line, a.Name, nil, fmt.Sprintf("Nobody answers for “%s”: its row has no A.", name))
	case n > 1:
		r.problem("several-accountable", a.Line, a.Name, holders['A'], fmt.Sprintf("%s all have an A for “%s”; only one can answer for it.", join(holders['A']), name))
	}
	if len(holders['R']) == 0 {
		r.problem("no-responsible", a.Line, a.Name, nil, fmt.Sprintf("Nobody does “%s”: its row has no R.", name))
	}
}

// join lists names: "Ann, Bo and Cy".
func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
