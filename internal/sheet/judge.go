package sheet

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// noLetters says why a table without letters is no grid.
func noLetters(t Table, c classes) string {
	crossed, signs, letters := 0, map[string]bool{}, true
	for col := range c.width {
		if len(c.kind) < 2 || c.below[oddCell][1][col] == 0 || c.below[textCell][1][col] > 0 {
			continue
		}
		crossed++
		for i, row := range t.Rows[1:] {
			if c.kind[i+1][col] == oddCell {
				s := oneLine(row.Cell(col))
				signs[s], letters = true, letters && !crosses[strings.ToLower(s)] && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
			}
		}
	}
	if crossed > 1 && letters && len(signs) > 1 {
		return fmt.Sprintf("The cells of this table hold the letters %s, and none of R, A, C, I. Say what each of them means, above or below the table, or put letters of ours in their place.", join(slices.Sorted(maps.Keys(signs))))
	}
	if crossed > 1 {
		return "The cells of this table hold crosses or other signs instead of the letters R, A, C, I. Signs say that somebody takes part, not how: say what each of them means, or put letters in their place."
	}
	return "No RACI grid was found here: a grid has activities down the side, roles along the top and the letters R, A, C, I where they meet."
}

// judge decides whether what was read is a plain grid that can be trusted.
func (r *gridReader) judge() {
	g := &r.grid
	rows, columns := r.oneAnswers()
	read := r.marks - r.unread
	chosen := r.t.choice.Orientation
	doubt := r.doubt(g.letters(), read)
	switch {
	case r.t.choice.Sure:
		g.Confidence = 1
		r.because(IsRACI, "You said that this is a RACI grid.")
		if chosen == "" && r.rolesDown(rows, columns) {
			g.turn()
		}
	case len(g.Roles) == 1 && r.marks < 3, r.onlyNamed(), len(g.Activities) == 1 && r.unread > 0 && r.marks < 4:
		g.Verdict, g.Confidence, g.Activities, g.Roles = NotAGrid, 0.2, []GridActivity{}, []string{}
		g.Reasons = []string{"One column or row with a letter or two is no RACI grid."}
	case doubt != "":
		g.Confidence = 0.3
		r.because(Doubtful, doubt)
	case r.placeholders(false):
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

// doubt is a sentence that says why the letters may mean something else; "" where nothing speaks for it.
func (r *gridReader) doubt(letters map[string]bool, read int) string {
	agreed := r.t.Legend.agrees()
	if r.headless() {
		return "The columns of letters have no names above them. Put the names of the roles in a row above the letters, then bring it again."
	}
	if other, word := r.t.Legend.contradicts(letters); other != "" {
		return fmt.Sprintf("The letter %s is explained as “%s” here; the letters may mean something else than responsible, accountable, consulted and informed.", other, short(word))
	}
	switch {
	case r.examplesOnly():
		return "Every activity of this table is marked as an example, such as “" + short(r.grid.Activities[0].Name) + "”. Say whether they are yours."
	case r.amongNumbers():
		return "The row above the letters is numbered like the rows above and below it: this may be an export of something else, such as the shapes of a drawing."
	case len(r.grid.Roles) == 1:
		return "Only one column holds letters; a RACI grid has a column for each of several roles."
	case r.unread*3 > r.marks || r.unread*3 == r.marks && !agreed:
		return fmt.Sprintf("Only %s of the %s signs in this table are R, A, C, I or S; the letters may mean something else here.", count(read), count(r.marks))
	case !letters["R"] && !letters["A"]:
		return "There is neither an R nor an A in this table; the letters may mean something else here."
	case r.fromTo():
		return "The rows of this table have the names of its columns: it says what goes from one to the other."
	case r.headsInitials():
		return "Every letter is the first of what heads its column: it is short for that."
	case r.rowsInitials():
		return "Every letter is the first of what its row is called: it is short for that."
	case r.numberedOnly():
		return "The rows of this table have numbers and no names; the letters may be answers or results."
	case r.attributes():
		return "The columns of letters are headed by what things have, such as “" + short(r.grid.Roles[0]) + "”, and not by who does them."
	}
	if system := r.otherSystem(); system != "" {
		return "The letters of this table are those of " + system + "; they may mean something else than responsible, accountable, consulted and informed."
	}
	reason := r.weakDoubt(letters, agreed)
	r.grid.weak = reason != ""
	return reason
}

// weakDoubt is a doubt that another grid of the file with the same roles takes away.
func (r *gridReader) weakDoubt(letters map[string]bool, agreed bool) string {
	switch {
	case r.everywhere():
		return "Every cell of this table holds an R or an A and nothing else; they may be the red and the amber of a status."
	case !letters["R"] && !agreed:
		return "There is no R in this table; the letters may mean something else than responsible, accountable, consulted and informed."
	case !letters["A"] && r.strange*5 >= r.marks && !agreed:
		return fmt.Sprintf("There is no A in this table, and %s of its %s signs are other letters; they may mean something else here.", count(r.strange), count(r.marks))
	case !letters["C"] && r.unexplained(letters) && !r.saysRACI():
		return "There is no C in this table, some of its letters are none of R, A, C, I and S, and nothing says that they are those of RACI; they may mean something else here."
	case r.numberedHeads() && !r.somebodyAnswers():
		return "The columns of letters are numbered, and in hardly any row one answers and somebody does it; the letters may be answers or results."
	case letters["A"] && letters["R"] && !r.saysRACI() && len(r.grid.Activities) > 2 && r.alone():
		return "In no row and in no column just one has the A beside an R, and nothing says that the letters are those of RACI; they may mean something else here."
	case r.questions():
		return "The rows of this table are questions; the letters may be their answers."
	case r.unspoken(letters):
		return "Nobody is informed in this table, most rows have not just one A with an R, and nothing says that the letters are those of RACI; they may mean something else here."
	case r.aboutThings():
		return "Each “" + short(oneLine(r.t.Rows[r.l.head].Cell(r.l.activity))) + "” has a letter in every column, and no column is headed by who does something; the letters may say what it is like."
	case r.footnoted*3 > r.marks:
		return "Many letters of this table have a sign behind them; they may be codes of something else."
	}
	return ""
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

// explains reports a table that is the legend of another: beside every letter
// stands its word, and no letter twice.
func (r *gridReader) explains() bool {
	seen, known, small := map[string]bool{}, true, true
	for i := r.l.head + 1; i < r.l.end; i++ {
		if !r.c.hasLetter(i) {
			continue
		}
		letter, words := "", 0
		for _, col := range r.l.roles {
			read := r.t.read(r.t.Rows[i].Cell(col))
			said := strings.Join(read.Letters, "") // "R/A" may be explained, too
			if said == "" || letter != "" && said != letter {
				return false
			}
			letter = said
			if read.repair == "word" {
				words++
			}
		}
		if seen[letter] {
			return false
		}
		known = known && (words > 0 || isLegend(r.t.Rows[i]))
		seen[letter], small = true, small && isLower(oneLine(r.t.Rows[i].Cell(r.l.activity)))
	}
	// Words that are not known explain, too, where each stands right of a letter of its own and is no name.
	before := len(r.l.roles) == 1 && r.l.activity > r.l.roles[0] && len(seen) > 2 && seen["R"] && seen["A"] && small
	return len(seen) > 1 && len(r.l.roles) <= 2 && (known || before)
}

func (r *gridReader) because(v Verdict, reason string) {
	r.grid.Verdict = v
	r.grid.Reasons = append(r.grid.Reasons, reason)
}

// onlyNamed reports that the one cell with letters spells what such a grid is called.
func (r *gridReader) onlyNamed() bool {
	if len(r.grid.Activities) != 1 || r.marks != 1 {
		return false
	}
	for _, c := range r.grid.Activities[0].Cells {
		return raciWord.MatchString(c.Raw)
	}
	return false
}

// amongNumbers reports a head that is a row of a list itself: below another head, its number goes on to the next row's.
func (r *gridReader) amongNumbers() bool {
	h := r.l.head
	for col := range r.c.width {
		n, err := strconv.Atoi(oneLine(r.t.Rows[h].Cell(col)))
		if err != nil || n < 1 || slices.Contains(r.l.roles, col) || oneLine(r.t.Rows[h+1].Cell(col)) != strconv.Itoa(n+1) {
			continue
		}
		headed := slices.ContainsFunc(r.t.Rows[:h], func(row Row) bool {
			return filled(row) > 2 && readCell(row.Cell(col)).kind == textCell && !isNumber(row.Cell(col))
		})
		if headed || h == 0 && n > 1 {
			return true
		}
	}
	return false
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

// answers counts the A of each row, and of each role.
func (r *gridReader) answers() (rows []int, roles map[string]int) {
	roles = map[string]int{}
	for _, a := range r.grid.Activities {
		n := 0
		for role, cell := range a.Cells {
			if strings.Contains(cell.RACI(), "A") {
				n++
				roles[role]++
			}
		}
		rows = append(rows, n)
	}
	return rows, roles
}

// oneAnswers is the share of rows, and of columns, with exactly one A: an
// activity has one, a role may have any number.
func (r *gridReader) oneAnswers() (rows, columns float64) {
	perRow, perRole := r.answers()
	for _, n := range perRow {
		if n == 1 {
			rows++
		}
	}
	for _, n := range perRole {
		if n == 1 {
			columns++
		}
	}
	return rows / float64(max(len(r.grid.Activities), 1)), columns / float64(max(len(r.grid.Roles), 1))
}

// rolesDown tells a grid with roles down the side by the heading of that
// column, and by where there is exactly one A.
func (r *gridReader) rolesDown(rows, columns float64) bool {
	corner := r.t.Rows[r.l.head].Cell(r.l.activity)
	role := hasWord(corner, roleWords) || gatheredWords[compact(corner)] && partyShare(r.grid.Roles) == 0
	activity := hasWord(corner, activityWords)
	switch {
	case activity && !role, raciHead(r.t.Rows[r.l.head+1].Cell(r.l.activity)):
		return false
	case role && !activity:
		return columns >= 0.8 || rows < 0.8 && (columns >= rows || !hasWord(corner, functionWords))
	case r.namesDown(rows, columns), r.partiesDown():
		return true
	}
	return len(r.grid.Roles) > 2 && rows <= 0.5 && (columns >= 0.8 || columns >= 0.6 && r.answersAreDown())
}

// answersAreDown reports that no column has several A, and some row has three at least.
func (r *gridReader) answersAreDown() bool {
	perRow, perRole := r.answers()
	for _, n := range perRole {
		if n > 1 {
			return false
		}
	}
	return len(perRow) > 0 && slices.Max(perRow) > 2
}

// placeholders reports forms whose activities or roles are "[Decision 1]". Where names were filled in, "Task_1" is what
// they are for, by the number that it has elsewhere.
func (r *gridReader) placeholders(filledIn bool) bool {
	blanks, numbered := 0, 0
	for _, a := range r.grid.Activities {
		switch {
		case isBlankToFill(a.Name):
			blanks++
		case isNumberedNoun(a.Name):
			numbered++
		}
	}
	form := blanks+numbered == len(r.grid.Activities) && !filledIn
	return form || blanks*2 > len(r.grid.Activities) || r.rolePlaceholders(blanks+numbered > 0)*2 > len(r.grid.Roles)
}

// rolePlaceholders counts them; where no activity is one, "Team 1" is what a team is called.
func (r *gridReader) rolePlaceholders(others bool) int {
	n := 0
	for _, role := range r.grid.Roles {
		if isPlaceholder(role) && (others || isBlankToFill(role) || !bodies[tokens(role)[0]]) {
			n++
		}
	}
	return n
}

// bodies are words for several people together, which are often told apart by a number alone.
var bodies = folded("team teams crew crews party parties agent agents bots agenten agente agentes")

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
