package itsm

import (
	"slices"
)

// ListedGrid is a RACI grid as a file holds it: names and letters, matched to nothing yet.
type ListedGrid struct {
	Roles []string // as headed, each once
	Rows  []ListedActivity
	// Means is what the file says that headings stand for: of "DIR" that it is "IT Director". Of most it says nothing.
	Means map[string]string
}

// Numbered is the grid with a line for each row, by which answers tell rows apart. Where several come from one line of the
// file, as in a grid that was turned round, they are counted instead.
func (g ListedGrid) Numbered() ListedGrid {
	have := map[int]bool{}
	for _, row := range g.Rows {
		have[row.Line] = true
	}
	if len(have) == len(g.Rows) {
		return g
	}
	g.Rows = slices.Clone(g.Rows)
	for i := range g.Rows {
		g.Rows[i].Line = i + 1
	}
	return g
}

// ListedActivity is one row of such a grid. Cells are by the role's heading; empty ones are left out.
type ListedActivity struct {
	Grid    int // which of several grids that go into one process
	Line    int
	Name    string
	Section string
	Note    string
	Cells   map[string]ListedCell
	Under   string // the section where it is new and has none
}

// ListedCell is what one role does there. Other are letters that mean nothing yet, as they were written.
type ListedCell struct {
	Letters Letters
	Note    string
	Other   []string
}

// Candidate is a role that a heading may mean. Near says that it is the process's or its practice's.
type Candidate struct {
	RoleRef
	Scope string // what it hangs on
	Near  bool
}

// RoleMatch is what a heading of a grid becomes: a role that exists, a new practitioner role, or nothing.
type RoleMatch struct {
	Heading string
	RoleID  int64 // 0: new, or left out
	Name    string
	New     bool
	LeftOut bool
	How     string // "same name", "abbreviation", "similar", "chosen", "new", "left out", "to be decided"
	// Elsewhere is a role of the same name in another practice, of which nobody said yet whether it is meant; till then
	// the heading stands for a new role.
	Elsewhere int64
}

// GridAnswers are what a person decided about a grid. What is not decided has a default that the preview shows.
type GridAnswers struct {
	Roles   map[string]string // by heading: "role:12", "new", "out"; "owner" and "manager" are the hats of the process or its practice
	Titles  map[string]string // by heading: what a new role is called, where that is not the heading
	Letters map[string]string // by letter as written: a letter of ours, "note", or "out"
	NoA     string            // who answers for rows without an A: "owner", "open" (the Owner, until somebody is named), or a heading; "" is not decided
	RowNoA  map[int]string    // the same for single rows, by line
	Several map[int]string    // by line: the heading that keeps the A
	SomeA   string            // which keeps it in all other rows with several: "first", "last", or "owner" for none of them; "" is not decided
	Names   map[int]string    // by line: the name of an activity that has none
	// Nameless is what becomes of all other rows without a name: "line" calls them by it, "out" leaves them out; "" is not decided.
	Nameless string
	Differ   string // what counts where two grids give a role different letters in one activity: "both", "first", "last"; "" is not decided
	TakeOut  bool   // activities of the process that the grid does not name are taken out
}

// The changes.
const (
	RowAdded   GridChange = "new"
	RowChanged GridChange = "changed"
	RowSame    GridChange = "unchanged"
)

// Strange are the letters that mean nothing yet, as written, each once.
func (g ListedGrid) Strange() []string {
	var order []string
	for _, row := range g.Rows {
		for _, heading := range g.Roles {
			for _, l := range row.Cells[heading].Other {
				if !slices.Contains(order, l) {
					order = append(order, l)
				}
			}
		}
	}
	return order
}

// asks says that a role of the same name is not simply taken: it is another practice's.
func (c Candidate) asks() bool { return !c.Near && c.Kind != Whoever }

// nobodys says that none of the columns keeps the A: the Owner answers.
const nobodys = -2
