package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// letterReader reads grids that have a column for each letter: the roles of
// an activity stand in its cells, or a person has marks in them.
type letterReader struct {
	t      Table
	c      classes
	l      layout   // roles are the columns of letters
	of     []string // the letter of each of them
	heads  []string // as headed
	texts  int      // cells that hold names
	marks  int      // cells that hold signs
	people bool     // rows are people and the signs marks
	grid   Grid
	file   string // its name, for a grid without one

	unanswered bool   // no column is for who answers
	undone     bool   // none is for who does the work
	owner      string // the heading of the one that was taken for it, where it is headed by who owns what is done
}

// endOf is the row of the next head like this one, after its title.
func (r *letterReader) endOf(head int) int {
	for i := head + 1; i < len(r.t.Rows); i++ {
		again := &letterReader{}
		again.head(r.t.Rows[i])
		if len(again.of) != len(r.of) || len(again.heads) > 0 && again.heads[0] != r.heads[0] {
			continue
		}
		if i-1 > head && filled(r.t.Rows[i-1]) == 1 {
			return i - 1
		}
		return i
	}
	return len(r.t.Rows)
}

// inOrder puts the columns of letters back into the order of the file.
func (r *letterReader) inOrder() {
	for i := 1; i < len(r.l.roles); i++ {
		for at := i; at > 0 && r.l.roles[at] < r.l.roles[at-1]; at-- {
			r.l.roles[at], r.l.roles[at-1] = r.l.roles[at-1], r.l.roles[at]
			r.of[at], r.of[at-1] = r.of[at-1], r.of[at]
			r.heads[at], r.heads[at-1] = r.heads[at-1], r.heads[at]
		}
	}
}

// ownLetters reports columns under which nearly every cell repeats the letter
// of the head: then the letter is a mark.
func (r *letterReader) ownLetters(letters int) bool {
	own := 0
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for n, col := range r.l.roles {
			if l := readCell(row.Cell(col)).Letters; len(l) == 1 && l[0] == r.of[n] {
				own++
			}
		}
	}
	return own*10 >= letters*8
}

// lettersElsewhere reports letters above a row: then it is no head.
func lettersElsewhere(c classes, row int) bool {
	for col := range c.width {
		if c.below[letterCell][0][col] > c.below[letterCell][row][col] {
			return true
		}
	}
	return false
}

// explains reports a head with nothing beside its letters, above one row that says of each in a sentence what it means.
func (r *letterReader) explains() bool {
	if r.t.choice.Orientation != "" || len(r.l.roles) != r.c.width || r.l.end-r.l.head != 2 {
		return false
	}
	for _, col := range r.l.roles {
		if len(strings.Fields(r.t.Rows[r.l.head+1].Cell(col))) < 4 {
			return false
		}
	}
	return true
}

func (r *letterReader) read(file string) Grid {
	if r.file = file; r.explains() {
		return refused(r.t, file, NotAGrid, "", explainsLetters)
	}
	r.people = r.marks > r.texts && r.ticksMostly() || r.crossed(r.l.head)
	if chosen := r.t.choice.Orientation; chosen != "" {
		r.people = chosen == PersonLetter
	}
	r.grid = refused(r.t, file, IsRACI, ActivityLetter, "")
	r.grid.Reasons = nil
	r.grid.Where = whereOf(r.t, r.t.Rows[r.l.head].Line)
	r.grid.Notes = append(r.grid.Notes, r.t.Notes...)
	r.l.id, r.l.activity = -1, -1
	r.l.label(r.t, r.c)
	if r.people {
		r.namesBefore()
	}
	r.t.choice.relabel(&r.l, r.c.width)
	if r.l.activity < 0 {
		r.l.activity = firstOther(r.l.roles, r.c.width)
		r.l.notes = slices.DeleteFunc(r.l.notes, func(col int) bool { return col == r.l.activity })
	}
	if r.owner != "" {
		r.grid.repair("word", r.t.Rows[r.l.head].Line, "", r.owner, r.of[slices.Index(r.heads, r.owner)], false)
	}
	r.grid.laidOut(r.t, r.l)
	above := gridReader{t: r.t, l: r.l, grid: r.grid}
	above.titles()
	r.grid = above.grid
	if list, ok := r.tickedRows(); r.people && ok && !r.t.choice.Lays() {
		return listGrid(list, file)
	}
	if r.people {
		r.persons()
	} else {
		r.grid.Notes = append(r.grid.Notes, r.l.numbersLeft(r.t, r.c)...)
		r.activities()
	}
	r.judge()
	if r.grid.Verdict == IsRACI && !r.people && !r.t.choice.Lays() {
		r.turnRoles()
	}
	return r.grid
}

// turnRoles turns rows of roles with activities in the cells. Where roles stand in the cells as well, nobody knows which is which.
func (r *letterReader) turnRoles() {
	heading := oneLine(r.t.Rows[r.l.head].Cell(r.l.activity))
	switch {
	case r.rolesDown():
		r.grid.turn()
		r.grid.Reasons = []string{fmt.Sprintf("There is a row for each role and a column for each letter (%s), with the activities in its cells.", join(r.heads))}
	case roleWords[compact(heading)] && !titleKeys[strings.ToLower(heading)] && r.grid.calledAsRoles() > 0:
		r.grid.Verdict, r.grid.Confidence = Doubtful, 0.4
		r.grid.Reasons = []string{fmt.Sprintf("The rows are headed “%s”, and some of them stand under %s, too: say which are the activities.", short(heading), join(r.heads))}
	}
}

// rolesDown tells rows of roles with activities in the cells by what heads them, and by no role that stands in a cell.
func (r *letterReader) rolesDown() bool {
	corner := r.t.Rows[r.l.head].Cell(r.l.activity)
	if clean(corner) == "" {
		return r.grid.namesAnswered()
	}
	named := titleKeys[strings.ToLower(corner)] && roleWords[compact(r.t.Name)] // the names of a list of "agents"
	if (!hasWord(corner, roleWords) || titleKeys[strings.ToLower(corner)]) && !named || hasWord(corner, activityWords) {
		return false
	}
	return r.grid.calledAsRoles() == 0 && !r.grid.eachAnswered()
}

// firstOther is the first column that is none of these.
func firstOther(cols []int, width int) int {
	is := map[int]bool{}
	for _, col := range cols {
		is[col] = true
	}
	for col := range width {
		if !is[col] {
			return col
		}
	}
	return 0
}

func (r *letterReader) judge() {
	g, heads := &r.grid, join(r.heads)
	switch {
	case !r.t.choice.Sure && (r.counted() || r.people && r.nameless()):
		*g = refused(r.t, g.Name, NotAGrid, "", fmt.Sprintf("Numbers stand under %s: this counts letters and assigns none.", heads))
	case r.t.choice.Sure:
		g.Confidence, g.Reasons = 1, []string{"You said that this is a RACI grid."}
		if r.people {
			g.Orientation = PersonLetter
		}
	case r.texts+r.marks == 0:
		g.Verdict, g.Confidence = IsTemplate, 0.9
		g.Reasons = []string{fmt.Sprintf("This is the empty form of a RACI grid: nothing stands under %s. Fill it in, then bring it again.", heads)}
	case (&gridReader{grid: *g}).placeholders(!r.people):
		g.Verdict, g.Confidence = IsTemplate, 0.8
		g.Reasons = []string{"This is the form of a RACI grid with placeholders for names. Put in the real names, then bring it again."}
	case !r.people && r.figures() != "":
		g.Verdict, g.Confidence = Doubtful, 0.4
		g.Reasons = []string{fmt.Sprintf("Nothing but figures stands under %s, where names would be.", r.figures())}
	case r.people && (&gridReader{t: r.t, grid: Grid{Activities: rowsAs(g.Roles)}}).questions():
		g.Verdict, g.Confidence = Doubtful, 0.4
		g.Reasons = []string{"The rows of this table are questions, and not people; the letters may be their answers."}
	case r.answersOnly():
		g.Verdict, g.Confidence = Doubtful, 0.4
		g.Reasons = []string{fmt.Sprintf("The cells under %s say yes, no or how many, and the rows are nobody: this may explain the letters.", heads)}
	case r.t.ownSystem(r.l.head) != "":
		g.Verdict, g.Confidence = Doubtful, 0.4
		g.Reasons = []string{fmt.Sprintf("The columns are headed by the letters of %s; they may mean something else than responsible, accountable, consulted and informed.", r.t.ownSystem(r.l.head))}
	case r.unanswered:
		g.Verdict, g.Confidence = Doubtful, 0.5
		g.Reasons = []string{fmt.Sprintf("There is a column for %s, and none for who answers. Say who does where it is read as a RACI grid.", heads)}
	case r.undone:
		g.Verdict, g.Confidence = Doubtful, 0.5
		g.Reasons = []string{fmt.Sprintf("There is a column for %s, and none for who does the work. Say whether it is a RACI grid all the same.", heads)}
	case slices.Contains(r.of, "D"):
		g.Verdict, g.Confidence = Doubtful, 0.5
		g.Reasons = []string{fmt.Sprintf("These are the columns of DACI (%s): somebody drives and nobody is responsible. Say what the D means here.", heads)}
	case !r.people && r.marks > r.texts && hasWord(r.t.Rows[r.l.head].Cell(r.l.activity), roleWords) && r.strays():
		g.Verdict, g.Confidence = Doubtful, 0.4
		g.Reasons = []string{fmt.Sprintf("Letters stand in the columns of other letters (%s), where names would be.", heads)}
	case r.people && r.saysAmong() != "":
		g.Orientation, g.Verdict, g.Confidence = PersonLetter, Doubtful, 0.4
		g.Reasons = []string{fmt.Sprintf("Among the marks under %s stand texts, such as “%s”: they say what is done, and every one was taken for a mark.", heads, short(r.saysAmong()))}
	case r.people && r.strays():
		g.Orientation, g.Verdict, g.Confidence = PersonLetter, Doubtful, 0.4
		g.Reasons = []string{fmt.Sprintf("Letters stand in the columns of other letters (%s); it was read by the columns.", heads)}
	case r.people:
		g.Orientation, g.Confidence = PersonLetter, 0.75
		g.Reasons = []string{fmt.Sprintf("There is a column for each letter (%s) and a mark where it is somebody's: one activity, the grid's name.", heads)}
	default:
		g.Confidence = 0.9
		g.Reasons = []string{fmt.Sprintf("There is a column for each letter (%s), with the names of roles in its cells.", heads)}
	}
}

// rowsAs are activities of these names.
func rowsAs(names []string) (out []GridActivity) {
	for _, name := range names {
		out = append(out, GridActivity{Name: name})
	}
	return out
}

// activities reads rows that are activities and cells that hold names.
func (r *letterReader) activities() {
	rows := gridReader{t: r.t, c: r.c, l: r.l, group: make([]string, len(r.l.groups))}
	rows.grid = r.grid
	known := r.names()
	for i := r.l.head + 1; i < r.l.end; i++ {
		row := r.t.Rows[i]
		switch {
		case rows.legend(row):
			rows.note(row)
		case !r.marked(row) && (rows.hasParts(i) || !rows.standsAlone(row)) && r.texts+r.marks > 0:
			rows.pending = append(rows.pending, row)
		case filled(row) > 0:
			rows.headings(row)
			rows.climb(rows.number(row))
			rows.grid.Activities = append(rows.grid.Activities, r.activity(&rows, row, known))
			if root := rows.rootOf(i); root != "" {
				rows.descend(row, root)
			}
		}
	}
	rows.ending()
	r.grid = rows.grid
}

// nobodyBut is a sign that nobody has a letter, with what is said of it: "— (see the lead)".
var nobodyBut = regexp.MustCompile(`^[-–—]+ ?[(（][^()（）]+[)）]$`)

func (r *letterReader) marked(row Row) bool {
	for _, col := range r.l.roles {
		if readCell(row.Cell(col)).kind != blankCell {
			return true
		}
	}
	return false
}

func (r *letterReader) activity(rows *gridReader, row Row, known map[string]bool) GridActivity {
	a := GridActivity{Line: row.Line, Name: unmarked(row.Cell(r.l.activity)), Cells: map[string]Cell{}, Section: rows.groupOf(row), Note: rows.remarks(row)}
	if r.l.id >= 0 {
		a.ID = idOf(row.Cell(r.l.id))
	}
	for n, col := range r.l.roles {
		if readCell(row.Cell(col)).kind == blankCell {
			continue
		}
		if s := oneLine(row.Cell(col)); nobodyBut.MatchString(s) {
			a.Note = strings.TrimPrefix(a.Note+"\n"+r.heads[n]+": "+s, "\n")
			continue
		}
		for _, name := range splitKnown(row.Cell(col), known) {
			for l := range strings.SplitSeq(r.of[n], "") {
				rows.grid.give(&a, name.text, l, name.note)
			}
			if name.guessed {
				rows.grid.repair("several-names", row.Line, r.heads[n], oneLine(row.Cell(col)), name.text, false)
			}
		}
	}
	return a
}

// names are the whole names of all cells, without what surely separates them.
func (r *letterReader) names() map[string]bool {
	known, names := map[string]bool{}, []string(nil)
	for _, row := range r.t.Rows[r.l.head+1 : r.l.end] {
		for _, col := range r.l.roles {
			for _, name := range splitNames(row.Cell(col)) {
				known[likeRole(name.text)], names = true, append(names, name.text)
			}
		}
	}
	learn(known, names)
	return known
}

// give adds a letter to what a role has in an activity; the role is made
// where it is new, whatever its case.
func (g *Grid) give(a *GridActivity, role, letter, note string) {
	if g.named == nil || len(g.named) != len(g.Roles) {
		g.named = map[string]string{}
		for _, r := range g.Roles {
			g.named[likeRole(r)] = r
		}
	}
	name, known := g.named[likeRole(role)]
	if !known {
		name = role
		g.named[likeRole(role)] = role
		g.Roles = append(g.Roles, role)
	}
	c := a.Cells[name]
	if !slices.Contains(c.Letters, letter) {
		c.Letters = append(c.Letters, letter)
		slices.SortStableFunc(c.Letters, func(a, b string) int { return place(a) - place(b) })
	}
	if note != "" && !strings.Contains(c.Note, note) {
		c.Note = strings.TrimPrefix(c.Note+"; "+note, "; ")
	}
	a.Cells[name] = c
}

// place is where a letter stands among those of a cell: ours first.
func place(letter string) int {
	if at := strings.Index(canon, letter); at >= 0 {
		return at
	}
	return len(canon)
}

func likeRole(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
