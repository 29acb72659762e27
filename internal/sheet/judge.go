package sheet

import (
	"fmt"
	"math"
	"strings"
)

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
	letters := g.letters()
	other, word := r.t.Legend.contradicts(letters)
	system := r.otherSystem()
	chosen := r.t.choice.Orientation
	switch {
	case r.t.choice.Sure:
		g.Confidence = 1
		r.because(IsRACI, "You said that this is a RACI grid.")
		if chosen == "" && r.rolesDown(rows, columns) {
			g.turn()
		}
	case len(g.Roles) == 1 && r.marks < 3:
		g.Verdict, g.Confidence, g.Activities, g.Roles = NotAGrid, 0.2, []GridActivity{}, []string{}
		g.Reasons = []string{"One column with a letter or two is no RACI grid."}
	case r.headless():
		g.Confidence = 0.3
		r.because(Doubtful, "The columns of letters have no names above them. Put the names of the roles in a row above the letters, then bring it again.")
	case other != "":
		g.Confidence = 0.3
		r.because(Doubtful, fmt.Sprintf("The letter %s is explained as “%s” here; the letters may mean something else than responsible, accountable, consulted and informed.", other, short(word)))
	case len(g.Roles) == 1:
		g.Confidence = 0.4
		r.because(Doubtful, "Only one column holds letters; a RACI grid has a column for each of several roles.")
	case r.unread*3 > r.marks:
		g.Confidence = 0.3
		r.because(Doubtful, fmt.Sprintf("Only %s of the %s signs in this table are R, A, C, I or S; the letters may mean something else here.", count(read), count(r.marks)))
	case !letters["R"] && !letters["A"]:
		g.Confidence = 0.3
		r.because(Doubtful, "There is neither an R nor an A in this table; the letters may mean something else here.")
	case r.attributes():
		g.Confidence = 0.4
		r.because(Doubtful, "The columns of letters are headed by what things have, such as “"+short(g.Roles[0])+"”, and not by who does them.")
	case system != "":
		g.Confidence = 0.3
		r.because(Doubtful, "The letters of this table are those of "+system+"; they may mean something else than responsible, accountable, consulted and informed.")
	case (!letters["R"] || !letters["A"]) && r.strange*5 >= r.marks && !r.t.Legend.agrees():
		g.Confidence = 0.4
		r.because(Doubtful, fmt.Sprintf("No cell of this table has an %s, and %s of its %s signs are other letters; they may mean something else here.", missing(letters), count(r.strange), count(r.marks)))
	case !letters["R"] && !r.t.Legend.agrees():
		g.Confidence = 0.4
		r.because(Doubtful, "There is no R in this table; the letters may mean something else than responsible, accountable, consulted and informed.")
	case r.footnoted*3 > r.marks:
		g.Confidence = 0.4
		r.because(Doubtful, "Many letters of this table have a digit behind them; they may be codes of something else.")
	case r.placeholders():
		g.Confidence = 0.8
		r.because(IsTemplate, "This is the form of a RACI grid with placeholders for names, such as “"+r.placeholder()+"”. Put in the real names, then bring it again.")
	case chosen == "" && r.rolesDown(rows, columns):
		g.Confidence = 0.8
		r.because(IsRACI, "Each row is a role here and each column an activity: it was turned round.")
		g.turn()
	default:
		g.Confidence = math.Round(100*(0.7+0.2*rows+0.1*float64(read)/float64(max(r.marks, 1)))) / 100
		r.because(IsRACI, fmt.Sprintf("%s under the names of roles hold letters, in %s.", plural(len(g.Roles), "column"), plural(len(g.Activities), "row")))
	}
	if chosen == RoleActivity && g.Verdict != NotAGrid {
		g.turn()
	}
}

// letters are those that stand in the cells.
func (g *Grid) letters() map[string]bool {
	letters := map[string]bool{}
	for _, a := range g.Activities {
		for _, cell := range a.Cells {
			for _, l := range cell.Letters {
				letters[l] = true
			}
		}
	}
	return letters
}

// attributeWords head columns of codes in lists of things.
var attributeWords = folded("status state type kind class category rating priority grade level code size unit currency region rev revision version flag colour color group rank result score severity impact likelihood probability risk " +
	"typ art klasse kategorie bewertung stufe einheit estado tipo clase categoría prioridad nivel état catégorie niveau statut stato categoria livello situação")

// attributes reports that most columns of letters are headed by such a word alone.
func (r *gridReader) attributes() bool {
	n := 0
	for _, col := range r.l.roles {
		if attributeWords[compact(r.t.Rows[r.l.head].Cell(col))] {
			n++
		}
	}
	return n*2 > len(r.l.roles)
}

func missing(letters map[string]bool) string {
	if letters["R"] {
		return "A"
	}
	return "R"
}

// systems are what other tables say with single letters: the letters, and those of them that are not ours.
var systems = []struct{ name, letters, marks string }{
	{"create, read, update, delete", "CRUDX", "UD"},
	{"a traffic light (red, amber, green)", "RAGBYN", "G"},
	{"RAPID (recommend, agree, perform, input, decide)", "RAPID", "PD"},
	{"marks or grades", "ABCDEF", "B"},
	{"must, should, could, won't", "MSCW", "MW"},
	{"attendance", "PALEH", "P"},
	{"reading and writing", "RWXD", "WX"},
	{"tests passed and failed", "PFS", "PF"},
	{"high, medium, low", "HMLC", "HL"},
}

// otherSystem names the system whose letters, and no others, stand in the rows of the grid; "" where there is none, or
// where the legend says that it is RACI.
func (r *gridReader) otherSystem() string {
	if r.t.Legend.agrees() {
		return ""
	}
	cells := r.lettered()
	for _, s := range systems {
		marked, seen := 0, map[rune]bool{}
		for _, cell := range cells {
			if strings.Trim(cell, s.letters) != "" {
				marked = -1
				break
			}
			if strings.ContainsAny(cell, s.marks) {
				marked++
			}
			for _, letter := range cell {
				seen[letter] = true
			}
		}
		all := true // one mark proves less than all of them
		for _, m := range s.marks {
			all = all && seen[m]
		}
		if marked > 0 && (all || !strings.HasPrefix(s.name, "RAPID")) {
			return s.name
		}
	}
	return ""
}

// lettered are the cells beside the activities that hold nothing but a few capital letters, without what separates them.
func (r *gridReader) lettered() (cells []string) {
	for i := r.l.head + 1; i < r.l.end; i++ {
		row := r.t.Rows[i]
		for col := range row.Cells {
			if col == r.l.activity || col == r.l.id {
				continue
			}
			s := strings.Join(strings.FieldsFunc(row.Cell(col), isSeparator), "")
			if s != "" && len(s) <= 5 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
				cells = append(cells, s)
			}
		}
	}
	return cells
}

// explains reports a table that is the legend of another: beside every letter
// stands its word, and no letter twice.
func (r *gridReader) explains() bool {
	seen := map[string]bool{}
	for i := r.l.head + 1; i < r.l.end; i++ {
		if !r.c.hasLetter(i) {
			continue
		}
		letter, words := "", 0
		for _, col := range r.l.roles {
			read := r.t.read(r.t.Rows[i].Cell(col))
			if len(read.Letters) != 1 || letter != "" && read.Letters[0] != letter {
				return false
			}
			letter = read.Letters[0]
			if read.repair == "word" {
				words++
			}
		}
		if words == 0 && !isLegend(r.t.Rows[i]) || seen[letter] {
			return false
		}
		seen[letter] = true
	}
	return len(seen) > 1 && len(r.l.roles) <= 2
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
