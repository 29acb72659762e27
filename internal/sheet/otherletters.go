package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// system is what other tables say with single letters.
type system struct {
	name           string
	letters, marks string // all of them, and those that are not ours
	whole          bool   // one of the marks proves nothing, only all of them do
	stays          bool   // red, amber and green stay that, whatever the text before says of R and A
}

var systems = []system{
	{name: "create, read, update, delete", letters: "CRUDX", marks: "UD"},
	{name: "create, read, update, delete, approve", letters: "CRUDA", marks: "UD", whole: true},
	{name: "a traffic light (red, amber, green)", letters: "RAGBYN", marks: "G", stays: true},
	{name: "RAPID (recommend, agree, perform, input, decide)", letters: "RAPID", marks: "PD", whole: true},
	{name: "marks or grades", letters: "ABCDEF", marks: "B"},
	{name: "must, should, could, won't", letters: "MSCW", marks: "MW"},
	{name: "attendance", letters: "PALEH", marks: "P"},
	{name: "reading and writing", letters: "RWXDAP", marks: "W"},
	{name: "tests passed and failed", letters: "PFS", marks: "PF"},
	{name: "high, medium, low", letters: "HMLC", marks: "HL"},
}

// spells reports that letters are all of the system; marked, how many of its marks are among them.
func (s system) spells(letters string) (marked int, all bool) {
	for _, m := range s.marks {
		if strings.ContainsRune(letters, m) {
			marked++
		}
	}
	return marked, strings.Trim(letters, s.letters) == ""
}

// otherSystem names the system whose letters, and no others, stand in the rows of the grid; "" where there is none, or
// where the legend says that it is RACI.
func (r *gridReader) otherSystem() string {
	letters := strings.Join(r.lettered(), "")
	for _, s := range systems {
		if r.t.Legend.agrees() && (!s.stays || r.t.Legend[s.marks] != "" || !strings.Contains(letters, "A")) {
			continue
		}
		if marked, all := s.spells(letters); all && marked > 0 && (marked == len(s.marks) || !s.whole) {
			return s.name
		}
	}
	if strings.Contains(letters, "U") && r.t.Legend["U"] == "" && strings.Contains(letters, "R") && !r.saysRACI() && !r.somebodyAnswers() {
		return systems[0].name // with letters of their own beside these: approve, override
	}
	return ""
}

// ownSystem names the system whose letters head the columns of a row, all those among them that are not ours; "" where there is
// none.
func (t Table) ownSystem(head int) string {
	var heads strings.Builder
	for _, cell := range t.Rows[head].Cells {
		if s := oneLine(cell); len(s) == 1 && s >= "A" && s <= "Z" {
			heads.WriteString(s)
		}
	}
	if strings.Contains(heads.String(), "CRUD") {
		return systems[0].name
	}
	for _, s := range systems {
		if marked, all := s.spells(heads.String()); all && marked > 1 && marked == len(s.marks) {
			return s.name
		}
	}
	return ""
}

// variants are the letters that forms of RACI add: verifies, witnesses, quality, omitted, drives, performs, leads, supports, signs,
// executes, facilitates, told.
const variants = "VWQODPLSEFT"

// unexplained reports a letter that no form of RACI has, that is no cross and of which nothing is said.
func (r *gridReader) unexplained(letters map[string]bool) bool {
	for l := range letters {
		if isCapital(l) && !isLetter(l) && l != "X" && !strings.Contains(variants, l) && r.t.Legend[l] == "" {
			return true
		}
	}
	return false
}

// questions reports rows that mostly ask something: the letters may be answers.
func (r *gridReader) questions() bool {
	n := 0
	for _, a := range r.grid.Activities {
		if strings.HasSuffix(a.Name, "?") || strings.HasSuffix(a.Name, "？") {
			n++
		}
	}
	return n*2 > len(r.grid.Activities) && !r.saysRACI()
}

// numberedHeads reports that the letters stand under one word with numbers, which is none for people: "Item 1", "Item 2".
func (r *gridReader) numberedHeads() bool {
	word := ""
	for _, role := range r.grid.Roles {
		toks := tokens(role)
		if m := glued.FindStringSubmatch(role); m != nil && !partyWords[compact(m[1])] {
			toks = []string{compact(m[1]), m[2]} // "PLO1"
		}
		if len(toks) != 2 || !isNumber(toks[1]) || roleWords[toks[0]] || word != "" && word != toks[0] {
			return false
		}
		word = toks[0]
	}
	return len(r.grid.Roles) > 1 && !r.saysRACI()
}

// glued is a word with its number: "PLO1".
var glued = regexp.MustCompile(`^(\p{L}{2,})(\d+)$`)

// somebodyAnswers reports that in half of the rows just one has an A and somebody an R.
func (r *gridReader) somebodyAnswers() bool {
	n := 0
	for _, a := range r.grid.Activities {
		if a.answered() {
			n++
		}
	}
	return n*2 >= len(r.grid.Activities)
}

// answered reports that one answers for an activity and somebody does it.
func (a GridActivity) answered() bool {
	answers, does := 0, false
	for _, c := range a.Cells {
		letters := c.RACI()
		if strings.Contains(letters, "A") {
			answers++
		}
		does = does || strings.Contains(letters, "R")
	}
	return answers == 1 && does
}

// alone reports that no row and no column is answered for, that each cell has one letter and that none was written in another way.
func (r *gridReader) alone() bool {
	columns := map[string]GridActivity{}
	for _, role := range r.grid.Roles {
		columns[role] = GridActivity{Cells: map[string]Cell{}}
	}
	for _, a := range r.grid.Activities {
		if a.answered() {
			return false
		}
		for role, c := range a.Cells {
			if len(c.Letters) != 1 || c.Raw != c.Letters[0] {
				return false
			}
			columns[role].Cells[a.Name] = c
		}
	}
	for _, column := range columns {
		if column.answered() {
			return false
		}
	}
	return true
}

// everywhere reports that a lone R or A, and no other letter, stands in every cell, in most rows not just one A: the red and
// the amber of a status.
func (r *gridReader) everywhere() bool {
	if r.saysRACI() || len(r.grid.Activities) < 3 {
		return false
	}
	several := 0
	for _, a := range r.grid.Activities {
		n := 0
		for _, role := range r.grid.Roles {
			switch strings.Join(a.Cells[role].Letters, "") {
			case "A":
				n++
			case "R":
			default:
				return false
			}
		}
		if n != 1 {
			several++
		}
	}
	return several*2 > len(r.grid.Activities)
}

// saysRACI reports that the text around the grid explains the letters as we do, or calls them RACI.
func (r *gridReader) saysRACI() bool {
	said := []string{r.t.Name}
	if r.l.head > 0 {
		said = append(said, r.grid.Name) // its title, and not the name of its file
	}
	for _, n := range r.grid.Notes {
		said = append(said, n.Text)
	}
	return r.t.Legend.agrees() || slices.ContainsFunc(said, raciWord.MatchString)
}

// raciWord is the name of such a grid, in a text of any language: "RACI-Matrix", "RACI矩阵".
var raciWord = regexp.MustCompile(`(?i)(?:^|[^\p{Latin}])(?:rasci|racis?)(?:[^\p{Latin}]|$)`)

// unspoken reports a grid of A, C and R, perhaps with letters that are none of ours, of which nothing says that they are
// RACI: no letter stands beside another, no word was written out, and in most rows, or columns, not just one answers and
// somebody does. They may be absent, complete, reviewed.
func (r *gridReader) unspoken(letters map[string]bool) bool {
	if letters["I"] || letters["S"] || r.saysRACI() {
		return false
	}
	answered := 0
	for _, a := range r.grid.Activities {
		n := map[string]int{}
		for _, c := range a.Cells {
			if len(c.Letters) > 1 || len([]rune(c.Raw)) > 3 {
				return false
			}
			n[c.RACI()]++
		}
		if n["A"] == 1 && n["R"] > 0 {
			answered++
		}
	}
	_, columns := r.oneAnswers()
	return answered*2 < len(r.grid.Activities) && columns < 0.8
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

// attributeWords head columns of codes in lists of things.
var attributeWords = folded("label labels tag tags symbol unit units status state type kind class category cat kat abc rating priority grade level code size unit currency region rev revision version flag colour color group rank result score severity impact likelihood probability risk " +
	"typ art klasse kategorie bewertung stufe einheit estado tipo clase categoría prioridad nivel état catégorie niveau statut stato categoria livello situação")

// attributes reports that most columns of letters are headed by such a word alone.
func (r *gridReader) attributes() bool {
	n := 0
	for _, col := range r.l.roles {
		if heading := r.t.Rows[r.l.head].Cell(col); attributeWords[compact(heading)] || isPeriod(heading) || isNumber(oneLine(heading)) {
			n++
		}
	}
	return n*2 > len(r.l.roles) || n*2 == len(r.l.roles) && len(r.l.roles) == 2
}

// numberedOnly reports that the rows have numbers and no names.
func (r *gridReader) numberedOnly() bool {
	for _, a := range r.grid.Activities {
		if !isNumber(a.Name) && !numbering([]string{a.Name}) {
			return false
		}
	}
	return !r.saysRACI()
}

// fromTo reports a table whose rows are called as its columns are.
func (r *gridReader) fromTo() bool {
	n := r.grid.calledAsRoles()
	return n > 1 && n*2 > len(r.grid.Activities)
}

// calledAsRoles is how many activities have the name of a role.
func (g *Grid) calledAsRoles() (n int) {
	roles := map[string]bool{}
	for _, role := range g.Roles {
		roles[likeRole(role)] = true
	}
	for _, a := range g.Activities {
		if roles[likeRole(a.Name)] {
			n++
		}
	}
	return n
}

// namesAnswered says that none of the names in the cells has more than one A and some row does, as it is where the rows are roles
// and the names what they do. Roles' names are no rarer down the side then.
func (g *Grid) namesAnswered() bool {
	answers, several, rows := map[string]int{}, false, []string(nil)
	for _, a := range g.Activities {
		n := 0
		for role, c := range a.Cells {
			if slices.Contains(c.Letters, "A") {
				n++
				answers[role]++
			}
		}
		rows, several = append(rows, a.Name), several || n > 1
	}
	for _, n := range answers {
		several = several && n < 2
	}
	return several && partyShare(rows) >= partyShare(g.Roles)
}

// eachAnswered says that in every row exactly one name answers and at least one does, as it is with activities; somebody may
// even be both. Of what a role does there is any number.
func (g *Grid) eachAnswered() bool {
	both := false
	for _, a := range g.Activities {
		n := map[string]int{}
		for _, c := range a.Cells {
			for _, l := range c.Letters {
				n[l]++
			}
			both = both || len(c.Letters) > 1
		}
		if n["A"] != 1 || n["R"] == 0 {
			return false
		}
	}
	return both && len(g.Activities) > 1
}
