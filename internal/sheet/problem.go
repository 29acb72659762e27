package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// unreadable says which cells of an activity hold something that is no
// letter of ours, and what the legend says of it.
func (g *Grid) unreadable(a GridActivity) {
	var roles, cells []string
	for _, role := range g.Roles {
		c, given := a.Cells[role]
		if !given || len(c.Letters) > 0 && c.RACI() == strings.Join(c.Letters, "") {
			continue
		}
		roles = append(roles, role)
		if len(roles) <= 5 {
			cells = append(cells, fmt.Sprintf("“%s” under %s", short(cmp.Or(oneLine(c.Raw), strings.Join(c.Letters, ", "))), role))
		}
	}
	if len(roles) == 0 {
		return
	}
	if more := len(roles) - len(cells); more > 0 {
		cells = append(cells, fmt.Sprintf("and %d more", more))
	}
	g.problem("unknown-letter", a.Line, a.Name, roles, "Cannot be read as R, A, C, I or S: "+strings.Join(cells, ", ")+".")
}

// short cuts a text that would make a sentence unreadable.
func short(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// check says of each activity what a person has to decide.
func (g *Grid) check() {
	if g.Verdict == IsTemplate || g.Verdict == NotAGrid {
		return
	}
	seen := map[string]int{}
	for _, a := range g.Activities {
		g.unreadable(a)
		if a.Name == "" {
			g.problem("no-activity-name", a.Line, "", nil, fmt.Sprintf("Line %d has letters and no name.", a.Line))
		} else {
			key := strings.ToLower(a.Section + "\x00" + strings.Join(strings.Fields(a.Name), " "))
			if line, twice := seen[key]; twice {
				g.problem("duplicate-activity", a.Line, a.Name, nil, fmt.Sprintf("“%s” stands on line %d already.", short(a.Name), line))
			} else {
				seen[key] = a.Line
			}
		}
		g.checkRow(a)
	}
	slices.SortStableFunc(g.Problems, func(a, b Problem) int { return a.Line - b.Line })
}

func (g *Grid) checkRow(a GridActivity) {
	holders := map[byte][]string{}
	for _, role := range g.Roles {
		for _, l := range []byte(a.Cells[role].RACI()) {
			holders[l] = append(holders[l], role)
		}
	}
	name := short(a.Name)
	switch n := len(holders['A']); {
	case n == 0:
		g.problem("no-accountable", a.Line, a.Name, nil, fmt.Sprintf("Nobody answers for “%s”: its row has no A.", name))
	case n > 1:
		g.problem("several-accountable", a.Line, a.Name, holders['A'], fmt.Sprintf("%s %s have an A for “%s”; only one can answer for it.", join(holders['A']), map[bool]string{true: "both", false: "all"}[n == 2], name))
	}
	if len(holders['R']) == 0 {
		g.problem("no-responsible", a.Line, a.Name, nil, fmt.Sprintf("Nobody does “%s”: its row has no R.", name))
	}
}

// join lists names: "Ann, Bo and Cy".
func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
