package sheet

import (
	"fmt"
	"slices"
)

// namedByCorner names one of several grids that has no other name than its file's by what stands above its activities, unless that
// says only what they are.
func (g *Grid) namedByCorner(file string) {
	at := slices.IndexFunc(g.Columns, func(c GridColumn) bool { return c.Use == UseActivity })
	if at < 0 || g.Name != file {
		return
	}
	if corner := unmarked(g.Columns[at].Header); corner != "" && !namesRows(corner) {
		g.Name = corner
	}
}

// turn makes a grid with a row per role into one with a row per activity.
// What stood beside a role becomes a note of the grid.
func (g *Grid) turn() {
	activities := make([]GridActivity, len(g.Roles))
	line := g.head // where their names stand
	for i, name := range g.Roles {
		activities[i] = GridActivity{Line: line, Name: name, Cells: map[string]Cell{}}
		if i < len(g.above) {
			activities[i].Section = g.above[i]
		}
	}
	g.Repairs = slices.DeleteFunc(g.Repairs, func(r Repair) bool { return r.Code == headGroup }) // then they are groups of activities
	var roles []string
	var problems []Problem
	taken := map[string]int{}
	for _, row := range g.Activities {
		name := row.Name
		if name == "" {
			name = fmt.Sprintf("Row %d", row.Line)
			problems = append(problems, Problem{Code: "no-role-name", Line: row.Line, Roles: []string{name}, Text: fmt.Sprintf("Line %d holds letters and names no role.", row.Line)})
		}
		if taken[name]++; taken[name] > 1 {
			unique := fmt.Sprintf("%s (%d)", name, taken[name])
			g.repair("duplicate-role", row.Line, "", name, unique, false)
			problems = append(problems, Problem{Code: "duplicate-role", Line: row.Line, Roles: []string{name, unique},
				Text: fmt.Sprintf("“%s” stands in two rows; the second is called “%s” until you say whether they are one role.", name, unique)})
			name = unique
		}
		roles = append(roles, name)
		if row.Note != "" {
			g.Notes = append(g.Notes, Note{Line: row.Line, Text: name + ": " + oneLine(row.Note)})
		}
		for i, activity := range g.Roles {
			if c, given := row.Cells[activity]; given {
				activities[i].Cells[name] = c
			}
		}
	}
	g.repair("turned", line, "", "a row for each role", "a row for each activity", true)
	g.Orientation, g.Roles, g.Activities, g.Problems = RoleActivity, roles, activities, append([]Problem{}, problems...)
}
