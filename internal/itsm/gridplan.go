package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// GridQuestion is something a person has to decide, by code: no-accountable, several-accountable, unknown-letter,
// grids-differ, role-elsewhere, no-activity-name, not-storable. Roles are headings; of role-elsewhere Letter is the heading.
type GridQuestion struct {
	Code     string
	Grid     int // as in [ListedActivity]
	Line     int
	Activity string
	Roles    []string
	Letter   string
	Cells    int // of an unknown letter
	Answered bool
	Text     string
}

// GridChange says what a row of a grid does to the process.
type GridChange string

// GridRow is one activity as it will be written. Cells stand in the order of GridPlan.Roles.
type GridRow struct {
	Grid, Line int
	Also       []int // other grids that name it
	ActivityID int64 // of an activity that exists; 0: new
	Name       string
	Whole      string // the name as the file has it, where it is longer than one may be; "" else
	Note       string // what the file remarks beside it
	Section    string
	Change     GridChange
	Cells      []Cell
	Asked      []bool   // cells that a question is about
	Written    []string // of these, the letters that mean nothing yet
	Diff       []CellChange
	under      string
}

// Text is what a new activity says of itself: its name where that had to be shortened, and what was remarked beside it.
func (r GridRow) Text() string {
	text := []rune(strings.Trim(r.Whole+"\n\n"+r.Note, "\n"))
	return string(text[:min(len(text), ProseMax)])
}

// CellChange is what becomes of a cell of a row that changes; Role is the name of its column.
type CellChange struct {
	Role    string
	Was, Is Cell
}

// TakenOut is an activity that is taken out of its process.
type TakenOut struct {
	ActivityID, Counter int64
	Name                string
}

// GridPlan is what bringing a grid into a process will do.
type GridPlan struct {
	Roles     []RoleMatch // headings that come in, in order
	LeftOut   []RoleMatch
	Rows      []GridRow
	Questions []GridQuestion
	LeftOpen  int        // rows without an A in which somebody is still to be named
	Untouched []string   // activities of the process that the grid does not name: they stay as they are
	TakenOut  []TakenOut // of these, where that was decided
}

// Count is how many rows are of a change.
func (p GridPlan) Count(c GridChange) (n int) {
	for _, r := range p.Rows {
		if r.Change == c {
			n++
		}
	}
	return n
}

// Open are the questions without an answer; with one of them nothing is written.
func (p GridPlan) Open() (open []GridQuestion) {
	for _, q := range p.Questions {
		if !q.Answered {
			open = append(open, q)
		}
	}
	return open
}

// NewRoles are the practitioner roles that will be added.
func (p GridPlan) NewRoles() (names []string) {
	for _, r := range p.Roles {
		if r.New && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, r.Name) }) {
			names = append(names, r.Name)
		}
	}
	return names
}

// PlanGrid says what a grid does to a matrix (nil: of a new process), given what was decided. Activities are found again
// by name; letters of roles that the grid does not name stay.
func PlanGrid(g ListedGrid, m *Matrix, candidates []Candidate, a GridAnswers) GridPlan {
	p := &gridPlanner{grid: g, matrix: m, answers: a, named: map[string]int{}}
	for _, r := range GridMatches(g, candidates, a) {
		if r.LeftOut {
			p.plan.LeftOut = append(p.plan.LeftOut, r)
		} else {
			p.plan.Roles = append(p.plan.Roles, r)
		}
	}
	p.askElsewhere(candidates)
	p.askLetters()
	known := map[string][]Row{} // of one name the first is found again first
	if m != nil {
		for _, row := range m.Rows {
			known[likeName(row.Name)] = append(known[likeName(row.Name)], row)
		}
	}
	for _, row := range g.Rows {
		p.row(row)
	}
	for i := range p.plan.Rows {
		p.settle(&p.plan.Rows[i], known)
	}
	if m != nil {
		for _, row := range m.Rows {
			left := slices.ContainsFunc(known[likeName(row.Name)], func(r Row) bool { return r.ActivityID == row.ActivityID })
			if left && a.TakeOut {
				p.plan.TakenOut = append(p.plan.TakenOut, TakenOut{row.ActivityID, row.Counter, row.Name})
			} else if left {
				p.plan.Untouched = append(p.plan.Untouched, row.Name)
			}
		}
	}
	return p.plan
}

type gridPlanner struct {
	grid    ListedGrid
	matrix  *Matrix
	answers GridAnswers
	plan    GridPlan
	named   map[string]int // places among the plan's rows
}

func (p *gridPlanner) ask(q GridQuestion) { p.plan.Questions = append(p.plan.Questions, q) }

// askElsewhere asks whether roles of the same name in other practices are meant: the same hat has the same holders.
func (p *gridPlanner) askElsewhere(candidates []Candidate) {
	for i := range p.plan.Roles {
		r := p.plan.Roles[i]
		heading, id := r.Heading, cmp.Or(r.Elsewhere, r.RoleID)
		called := func(c Candidate) bool {
			return c.asks() && (likeName(c.Name) == likeName(heading) || likeName(c.Name) == likeName(p.grid.Means[heading]))
		}
		at := slices.IndexFunc(candidates, func(c Candidate) bool { return c.ID == id && called(c) })
		if at < 0 && p.answers.Roles[heading] == "new" { // decided the other way
			at = slices.IndexFunc(candidates, called)
		}
		if at >= 0 {
			where := cmp.Or(candidates[at].Scope, "the organisation")
			p.ask(GridQuestion{Code: "role-elsewhere", Letter: heading, Answered: r.Elsewhere == 0,
				Text: fmt.Sprintf("“%s” is a role of %s. Is that one meant?", candidates[at].Name, where)})
		}
	}
}

// askLetters asks once for each letter that means nothing yet.
func (p *gridPlanner) askLetters() {
	cells := map[string]int{}
	for _, row := range p.grid.Rows {
		for _, c := range row.Cells {
			for _, l := range c.Other {
				cells[l]++
			}
		}
	}
	for _, l := range p.grid.Strange() {
		_, decided := p.answers.Letters[l]
		p.ask(GridQuestion{Code: "unknown-letter", Letter: l, Cells: cells[l], Answered: decided, Text: fmt.Sprintf("What does “%s” mean?", l)})
	}
}

// row reads a row, and puts it together with the one of another grid that has its name.
func (p *gridPlanner) row(in ListedActivity) {
	out := GridRow{Grid: in.Grid, Line: in.Line, Name: in.Name, Section: in.Section, Note: noted(in.Note), Change: RowAdded, under: in.Under}
	if named := Clean(p.answers.Names[rowKey(in.Grid, in.Line)]); named != "" && in.Name == "" {
		out.Name = named
	}
	out.fit()
	var c Checks
	c.Line(&out.Name, "name", LabelMax)
	c.Line(&out.Section, "section", LabelMax)
	switch {
	case c.Err() != nil:
		p.ask(GridQuestion{Code: "not-storable", Grid: in.Grid, Line: in.Line, Text: fmt.Sprintf("The name on line %d holds characters that cannot be stored. Type it again in the file.", in.Line)})
		return
	case out.Name == "":
		p.ask(GridQuestion{Code: "no-activity-name", Grid: in.Grid, Line: in.Line, Answered: p.answers.Nameless != "", Text: fmt.Sprintf("Line %d has letters and no name: what is done there?", in.Line)})
		if p.answers.Nameless == "out" {
			return
		}
		out.Name = fmt.Sprintf("Line %d", in.Line)
	case in.Name == "":
		p.ask(GridQuestion{Code: "no-activity-name", Grid: in.Grid, Line: in.Line, Activity: out.Name, Answered: true, Text: fmt.Sprintf("Line %d has letters and no name.", in.Line)})
	}
	out.Cells, out.Asked, out.Written = make([]Cell, len(p.plan.Roles)), make([]bool, len(p.plan.Roles)), make([]string, len(p.plan.Roles))
	for i, r := range p.plan.Roles {
		out.Cells[i] = p.cell(in.Cells[r.Heading])
		for _, l := range in.Cells[r.Heading].Other {
			if _, decided := p.answers.Letters[l]; !decided {
				out.Asked[i] = true
				out.Written[i] += l
			}
		}
	}
	p.uniteColumns(&out)
	if at, again := p.named[likeName(out.Name)]; !again {
		p.named[likeName(out.Name)] = len(p.plan.Rows)
	} else if p.plan.Rows[at].Grid != in.Grid && in.Name != "" {
		p.meet(&p.plan.Rows[at], out)
		return
	}
	p.plan.Rows = append(p.plan.Rows, out)
}

// noted is a remark as it can be stored; "" where it cannot.
func noted(note string) string {
	if note = Clean(note); !Storable(note) {
		return ""
	}
	return note
}

// fit shortens what is longer than a name may be. What an activity was called in full stays with it.
func (r *GridRow) fit() {
	if short := shortened(r.Name); short != r.Name {
		r.Name, r.Whole = short, r.Name
	}
	r.Section = shortened(r.Section)
}

// shortened is a name that fits, cut after a word where it can be.
func shortened(name string) string {
	r := []rune(Clean(name))
	if len(r) <= LabelMax {
		return name
	}
	cut := string(r[:LabelMax-1])
	if at := strings.LastIndexAny(cut, " \n\t"); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}

// settle says who answers for a row, and what it does to the activity of its name.
func (p *gridPlanner) settle(row *GridRow, known map[string][]Row) {
	name := likeName(row.Name)
	again := known[name]
	if len(again) == 0 || !p.stands(*row, again[0]) {
		p.accountable(row)
	}
	if len(again) == 0 {
		row.Section = cmp.Or(row.Section, row.under)
		return
	}
	row.ActivityID, row.Change = again[0].ActivityID, RowSame
	if p.changes(row, again[0]) {
		row.Change = RowChanged
	}
	known[name] = again[1:]
}

// stands says that a row without an A is in the process as it is: nothing is left to ask about it.
func (p *gridPlanner) stands(row GridRow, now Row) bool {
	answers := func(c Cell) bool { return c.Letters.Has(LetterA) }
	return !slices.ContainsFunc(row.Cells, answers) && !slices.ContainsFunc(now.Cells, answers) && !p.changes(&row, now)
}

// cell reads one cell with what was decided about strange letters.
func (p *gridPlanner) cell(in ListedCell) Cell {
	out := Cell{Letters: in.Letters, Note: Clean(in.Note)}
	for _, l := range in.Other {
		switch answer := p.answers.Letters[l]; answer {
		case "out":
		case "note", "":
			out.Note = strings.TrimPrefix(out.Note+"; "+l, "; ")
		default:
			set, _ := ParseLetters(answer)
			out.Letters |= set
		}
	}
	if r := []rune(out.Note); len(r) > NoteMax {
		out.Note = string(r[:NoteMax])
	}
	if out.Letters == 0 {
		out.Note = "" // a note hangs on a letter
	}
	return out
}

// uniteColumns puts together what two headings of one role say: the first has it all.
func (p *gridPlanner) uniteColumns(row *GridRow) {
	first := map[string]int{}
	for i, r := range p.plan.Roles {
		role := strings.ToLower(r.Name) // of a new one
		if r.RoleID != 0 {
			role = r.Choice()
		}
		at, again := first[role]
		switch {
		case again:
			row.Cells[at].Letters |= row.Cells[i].Letters
			row.Cells[at].Note = cmp.Or(row.Cells[at].Note, row.Cells[i].Note)
			row.Cells[i] = Cell{}
		default:
			first[role] = i
		}
	}
}

// changes says whether writing the row changes what stands, and keeps cell by cell what. An A of a role that the grid does
// not name goes where the grid's stands.
func (p *gridPlanner) changes(in *GridRow, now Row) bool {
	named, answers := map[int]bool{}, false
	for i, r := range p.plan.Roles {
		was := Cell{}
		at := p.matrix.Column(r.RoleID)
		if r.RoleID != 0 && at >= 0 {
			was, named[at] = now.Cells[at], true
		}
		if in.Cells[i] != was && !(r.RoleID != 0 && in.Cells[i] == Cell{} && p.secondHeading(i)) {
			in.Diff = append(in.Diff, CellChange{r.Name, was, in.Cells[i]})
		}
		answers = answers || in.Cells[i].Letters.Has(LetterA)
	}
	changed := len(in.Diff) > 0 || in.Section != "" && in.Section != now.Section
	for at, was := range now.Cells {
		if changed && answers && !named[at] && was.Letters.Has(LetterA) {
			is := was
			if is.Letters &^= LetterA; is.Letters == 0 {
				is = Cell{}
			}
			in.Diff = append(in.Diff, CellChange{p.matrix.Columns[at].Role.Name, was, is})
		}
	}
	return changed
}

// secondHeading says that an earlier heading means the same role and has its letters.
func (p *gridPlanner) secondHeading(i int) bool {
	return slices.IndexFunc(p.plan.Roles, func(r RoleMatch) bool { return r.RoleID == p.plan.Roles[i].RoleID }) < i
}
