package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// GridOf is a grid on its way into a process that others may go into too, with what was answered about it.
type GridOf struct {
	Name    string
	Listed  ListedGrid
	Answers GridAnswers
}

// rowKey tells the rows of several grids apart; of a single grid it is the line.
func rowKey(grid, line int) int { return grid<<24 | line }

// UniteGrids makes one grid of several that go into one process: headings that mean one role are one column, and rows say
// which grid they are of, so that those of one name can meet (see [PlanGrid]). New rows of a grid without sections come
// under its name, but for the first one's.
func UniteGrids(grids []GridOf, candidates []Candidate) (ListedGrid, GridAnswers) {
	if len(grids) == 1 {
		return grids[0].Listed, grids[0].Answers
	}
	u := gridUnion{grid: ListedGrid{Means: map[string]string{}}, columns: map[string]string{}, answers: GridAnswers{
		Roles: map[string]string{}, Titles: map[string]string{}, RowNoA: map[int]string{}, Several: map[int]string{}, Names: map[int]string{},
		Letters: grids[0].Answers.Letters, SomeA: grids[0].Answers.SomeA, Differ: grids[0].Answers.Differ, Nameless: grids[0].Answers.Nameless,
	}}
	for n, g := range grids {
		u.add(n, g, candidates)
	}
	return u.grid, u.answers
}

type gridUnion struct {
	grid    ListedGrid
	answers GridAnswers
	columns map[string]string // the heading of what a heading means
}

func (u *gridUnion) add(n int, g GridOf, candidates []Candidate) {
	as := map[string]string{} // headings of this grid as those of all
	for _, r := range GridMatches(g.Listed, candidates, g.Answers) {
		as[r.Heading] = u.column(r, as)
		if as[r.Heading] == r.Heading && !slices.Contains(u.grid.Roles, r.Heading) {
			u.grid.Roles = append(u.grid.Roles, r.Heading)
			u.answers.Roles[r.Heading], u.answers.Titles[r.Heading] = g.Answers.Roles[r.Heading], g.Answers.Titles[r.Heading]
		}
	}
	for _, h := range g.Listed.Roles {
		if means := g.Listed.Means[h]; means != "" && u.grid.Means[h] == "" {
			u.grid.Means[h] = means
		}
	}
	grouped := slices.ContainsFunc(g.Listed.Rows, func(r ListedActivity) bool { return r.Section != "" })
	for _, row := range g.Listed.Rows {
		cells := map[string]ListedCell{}
		for h, c := range row.Cells {
			cells[as[h]] = c.with(cells[as[h]])
		}
		row.Grid, row.Cells = n, cells
		if n > 0 && !grouped {
			row.Under = g.Name
		}
		u.grid.Rows = append(u.grid.Rows, row)
	}
	heading := func(h string) string { return cmp.Or(as[h], h) }
	for line, h := range g.Answers.RowNoA {
		u.answers.RowNoA[rowKey(n, line)] = heading(h)
	}
	for line, h := range g.Answers.Several {
		u.answers.Several[rowKey(n, line)] = heading(h)
	}
	for line, name := range g.Answers.Names {
		u.answers.Names[rowKey(n, line)] = name
	}
	u.answers.NoA = cmp.Or(u.answers.NoA, heading(g.Answers.NoA))
	u.answers.TakeOut = u.answers.TakeOut || g.Answers.TakeOut
}

// column is the heading under which a heading stands. Two of one grid stay two: its own reading puts them together.
func (u *gridUnion) column(r RoleMatch, as map[string]string) string {
	means := "new " + strings.ToLower(r.Name)
	switch {
	case slices.Contains(u.grid.Roles, r.Heading):
		return r.Heading
	case r.LeftOut:
		means = "out " + r.Heading
	case r.Elsewhere != 0:
		means = fmt.Sprint("elsewhere ", r.Elsewhere)
	case r.RoleID != 0:
		means = r.Choice()
	}
	h, there := u.columns[means]
	if !there {
		u.columns[means] = r.Heading
		return r.Heading
	}
	for _, other := range as {
		if other == h {
			return r.Heading
		}
	}
	return h
}

// with is what two headings of one role say together.
func (c ListedCell) with(other ListedCell) ListedCell {
	c.Letters |= other.Letters
	c.Other = slices.Concat(other.Other, c.Other)
	c.Note = joinNotes(other.Note, c.Note)
	return c
}

// joinNotes are two notes as one; where they are the same, or one is empty, it is the other.
func joinNotes(a, b string) string {
	if a == "" || b == "" || a == b {
		return cmp.Or(a, b)
	}
	note := []rune(a + "; " + b)
	return string(note[:min(len(note), NoteMax)])
}

// GridMatches are the roles that the headings of a grid mean, in order, with the names that were given to new ones. A name
// that the process or its practice has already is that role: there cannot be two of it.
func GridMatches(g ListedGrid, candidates []Candidate, a GridAnswers) []RoleMatch {
	matches := MatchRoles(g.Roles, g.Means, candidates, a.Roles)
	for i, r := range matches {
		if title := Clean(a.Titles[r.Heading]); r.New && title != "" {
			matches[i] = titled(r, newRole(title, r.How).Name, candidates, a.Roles[r.Heading] == "")
		}
	}
	return matches
}

// titled is a new role under the name that was given to it, or the near one that is called so; where nobody chose a new one,
// a name such as "Process owner" is the Owner.
func titled(r RoleMatch, name string, candidates []Candidate, open bool) RoleMatch {
	at := slices.IndexFunc(candidates, func(c Candidate) bool {
		return c.Near && (strings.EqualFold(c.Name, name) || open && meansKind(name, c))
	})
	if at < 0 {
		r.Name = name
		return r
	}
	return RoleMatch{Heading: r.Heading, RoleID: candidates[at].ID, Name: candidates[at].Name, How: "same name"}
}

// meet puts a row together with the one of another grid that has its name. Where both give a role letters, and not the
// same, it is asked which of them count.
func (p *gridPlanner) meet(row *GridRow, other GridRow) {
	row.Also = append(row.Also, other.Grid)
	row.Section, row.Note = cmp.Or(row.Section, other.Section), cmp.Or(row.Note, other.Note)
	var differ []int
	for i, c := range other.Cells {
		row.Asked[i] = row.Asked[i] || other.Asked[i]
		if !strings.Contains(row.Written[i], other.Written[i]) {
			row.Written[i] += other.Written[i]
		}
		was := row.Cells[i].Letters
		if was != 0 && c.Letters != 0 && was != c.Letters {
			differ = append(differ, i)
			switch p.answers.Differ {
			case "first":
				continue
			case "last":
				row.Cells[i] = c
				continue
			case "":
				row.Asked[i] = true
			}
		}
		row.Cells[i].Letters |= c.Letters
		row.Cells[i].Note = joinNotes(row.Cells[i].Note, c.Note)
	}
	if len(differ) > 0 {
		p.ask(GridQuestion{Code: "grids-differ", Grid: row.Grid, Line: row.Line, Activity: row.Name, Roles: p.headings(differ), Answered: p.answers.Differ != "",
			Text: fmt.Sprintf("“%s” stands in two grids, with different letters for %s: which count?", row.Name, strings.Join(p.headings(differ), ", "))})
	}
}

// Of is what of a plan is about one of its grids: its rows, what they ask, and what is asked once for all.
func (p GridPlan) Of(grid int) GridPlan {
	part := GridPlan{Roles: p.Roles, LeftOut: p.LeftOut}
	for _, r := range p.Rows {
		if r.Grid == grid || slices.Contains(r.Also, grid) {
			part.Rows = append(part.Rows, r)
		}
	}
	for _, q := range p.Questions {
		if q.Line == 0 || q.Grid == grid {
			part.Questions = append(part.Questions, q)
		}
	}
	return part
}

// Column is the heading of the column that a match of one of the plan's grids stands in; "" where it does not come in.
func (p GridPlan) Column(r RoleMatch) string {
	if r.LeftOut {
		return ""
	}
	at := slices.IndexFunc(p.Roles, func(o RoleMatch) bool { return o.Heading == r.Heading })
	if at < 0 {
		at = slices.IndexFunc(p.Roles, func(o RoleMatch) bool {
			return o.RoleID == r.RoleID && (o.RoleID != 0 || strings.EqualFold(o.Name, r.Name))
		})
	}
	if at < 0 {
		return ""
	}
	return p.Roles[at].Heading
}
