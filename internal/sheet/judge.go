package sheet

import (
	"fmt"
	"math"
	"strings"
)

// letterGrid recognises grids that have a column for each letter. They are
// told by their head: at least R and A, as letters or as words.
func letterGrid(t Table, c classes, file string) (Grid, bool) {
	for i := range min(len(t.Rows), 10) {
		cols, names, wordy := lettersOfHead(t.Rows[i])
		if cols == nil {
			continue
		}
		texts, letters, odd := 0, 0, 0
		for _, col := range cols {
			texts += c.below[textCell][i+1][col]
			letters += c.below[letterCell][i+1][col]
			odd += c.below[oddCell][i+1][col]
		}
		ordinary := letters > 0 && letters >= texts && letters > odd && !ownLetters(t, i, cols, letters)
		// Letters alone are also what an ordinary row of a grid looks like.
		if ordinary || lettersElsewhere(c, i) || !wordy && (texts <= letters && texts+letters > 0 || odd > texts) {
			continue
		}
		return judgeLetterGrid(t, file, names, texts, letters+odd), true
	}
	return Grid{}, false
}

// ownLetters reports columns under which nearly every cell repeats the letter
// of the head: then the letter is a mark.
func ownLetters(t Table, head int, cols []int, letters int) bool {
	own := 0
	for _, row := range t.Rows[head+1:] {
		for _, col := range cols {
			if l := readCell(row.Cell(col)).Letters; len(l) == 1 && l[0] == meanings[tokens(t.Rows[head].Cell(col))[0]] {
				own++
			}
		}
	}
	return own*10 >= letters*8
}

func judgeLetterGrid(t Table, file string, names []string, texts, marks int) Grid {
	heads := join(names)
	switch {
	case texts+marks == 0:
		g := refused(t, file, IsTemplate, ActivityLetter, fmt.Sprintf("This is the empty form of a RACI grid: nothing stands under %s. Fill it in, then bring it again.", heads))
		g.Confidence = 0.9
		return g
	case texts > marks:
		g := refused(t, file, IsRACI, ActivityLetter, fmt.Sprintf("This grid has a column for each letter (%s) and names the roles in its cells. "+
			"So far only grids with a column for each role and letters in the cells are read: turn it round that way, then bring it again.", heads))
		g.Confidence = 0.9
		return g
	}
	g := refused(t, file, IsRACI, PersonLetter, fmt.Sprintf("This grid has a column for each letter (%s) and marks in its cells. "+
		"So far only grids with a row for each activity, a column for each role and letters in the cells are read.", heads))
	g.Confidence = 0.7
	return g
}

// lettersOfHead finds the columns of a row that are headed by a letter or its
// word: nil unless both R and A are among them.
func lettersOfHead(r Row) (cols []int, names []string, wordy bool) {
	seen := map[string]bool{}
	for col, cell := range r.Cells {
		s := oneLine(cell)
		toks := tokens(s)
		if len(toks) == 0 || len(toks) > 4 {
			continue
		}
		letter, several, word := meanings[toks[0]], false, false
		for _, tok := range toks {
			several = several || meanings[tok] != "" && meanings[tok] != letter
			word = word || len(tok) > 1 && meanings[tok] == letter
		}
		if letter == "" || several || seen[letter] {
			continue
		}
		wordy = wordy || word
		seen[letter] = true
		cols, names = append(cols, col), append(names, s)
	}
	if !seen["R"] || !seen["A"] {
		return nil, nil, false
	}
	return cols, names, wordy
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

// noLetters says why a table without letters is no grid.
func noLetters(c classes) string {
	crossed := 0
	for col := range c.width {
		if len(c.kind) > 1 && c.below[oddCell][1][col] > 0 && c.below[textCell][1][col] == 0 {
			crossed++
		}
	}
	if crossed > 1 {
		return "The cells of this table hold crosses or other signs instead of the letters R, A, C, I. Signs say that somebody takes part, not how: put letters in their place."
	}
	return "No RACI grid was found here: a grid has activities down the side, roles along the top and the letters R, A, C, I where they meet."
}

// judge decides whether what was read is a plain grid that can be trusted.
func (r *gridReader) judge() {
	g := &r.grid
	rows, columns := r.oneAnswers()
	read := r.marks - r.unread
	letters := map[string]bool{}
	for _, a := range g.Activities {
		for _, cell := range a.Cells {
			for _, l := range cell.Letters {
				letters[l] = true
			}
		}
	}
	switch {
	case r.headless():
		g.Confidence = 0.3
		r.because(Doubtful, "The columns of letters have no names above them. Put the names of the roles in a row above the letters, then bring it again.")
	case r.rolesDown(rows, columns):
		g.Orientation, g.Confidence = RoleActivity, 0.8
		r.because(IsRACI, "In this grid each row is a role and each column an activity. So far only the other way is read, a row for each activity: "+
			"turn it round (in a spreadsheet: copy, then Paste Special, Transpose) and bring it again.")
	case r.unread*3 > r.marks:
		g.Confidence = 0.3
		r.because(Doubtful, fmt.Sprintf("Only %s of the %s signs in this table are R, A, C, I or S; the letters may mean something else here.", count(read), count(r.marks)))
	case !letters["R"] && !letters["A"]:
		g.Confidence = 0.3
		r.because(Doubtful, "There is neither an R nor an A in this table; the letters may mean something else here.")
	case r.placeholders():
		g.Confidence = 0.8
		r.because(IsTemplate, "This is the form of a RACI grid with placeholders for names, such as “"+r.placeholder()+"”. Put in the real names, then bring it again.")
	default:
		g.Confidence = math.Round(100*(0.7+0.2*rows+0.1*float64(read)/float64(max(r.marks, 1)))) / 100
		r.because(IsRACI, fmt.Sprintf("%s under the names of roles hold letters, in %s.", plural(len(g.Roles), "column"), plural(len(g.Activities), "row")))
	}
}

func (r *gridReader) because(v Verdict, reason string) {
	r.grid.Verdict = v
	r.grid.Reasons = append(r.grid.Reasons, reason)
}

// headless reports a grid whose first row holds letters like all others.
func (r *gridReader) headless() bool {
	n := 0
	for _, col := range r.l.roles {
		name := oneLine(r.t.Rows[r.l.head].Cell(col))
		word := len(name) > 1 && strings.IndexFunc(name, isSeparator) < 0 // "CA" may well be a role
		if readCell(name).RACI() != "" && !word {
			n++
		}
	}
	return n*2 > len(r.l.roles)
}

// oneAnswers is the share of rows, and of columns, with exactly one A: an
// activity has one, a role may have any number.
func (r *gridReader) oneAnswers() (rows, columns float64) {
	perRole := map[string]int{}
	one := 0
	for _, a := range r.grid.Activities {
		n := 0
		for role, cell := range a.Cells {
			if strings.Contains(cell.RACI(), "A") {
				n++
				perRole[role]++
			}
		}
		if n == 1 {
			one++
		}
	}
	oneColumn := 0
	for _, n := range perRole {
		if n == 1 {
			oneColumn++
		}
	}
	return float64(one) / float64(max(len(r.grid.Activities), 1)), float64(oneColumn) / float64(max(len(r.grid.Roles), 1))
}

// rolesDown tells a grid with roles down the side by the heading of that
// column, and by where there is exactly one A.
func (r *gridReader) rolesDown(rows, columns float64) bool {
	corner := r.t.Rows[r.l.head].Cell(r.l.activity)
	role, activity := hasWord(corner, roleWords), hasWord(corner, activityWords)
	switch {
	case activity && !role:
		return false
	case role && !activity:
		return columns >= 0.8 || rows < 0.8
	}
	return columns >= 0.8 && rows <= 0.5 && len(r.grid.Roles) > 2
}

// placeholders reports forms whose activities or roles are "[Decision 1]".
func (r *gridReader) placeholders() bool {
	n := 0
	for _, a := range r.grid.Activities {
		if isPlaceholder(a.Name) {
			n++
		}
	}
	return n*2 > len(r.grid.Activities) || r.rolePlaceholders()*2 > len(r.grid.Roles)
}

func (r *gridReader) rolePlaceholders() int {
	n := 0
	for _, role := range r.grid.Roles {
		if isPlaceholder(role) {
			n++
		}
	}
	return n
}

func (r *gridReader) placeholder() string {
	for _, a := range r.grid.Activities {
		if isPlaceholder(a.Name) {
			return a.Name
		}
	}
	for _, role := range r.grid.Roles {
		if isPlaceholder(role) {
			return role
		}
	}
	return ""
}

// isPlaceholder reports "[Name]", "<Role>", "{{task}}", "Activity 1".
func isPlaceholder(s string) bool {
	if len(s) > 2 && strings.Contains("[<{", s[:1]) && strings.Contains("]>}", s[len(s)-1:]) {
		return true
	}
	toks := tokens(s)
	if len(toks) != 2 || strings.Trim(toks[1], "0123456789") != "" {
		return false
	}
	return activityWords[toks[0]] || roleWords[toks[0]] || toks[0] == "step"
}
