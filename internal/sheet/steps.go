package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Procedures have a table of their steps with one column for who does each, "Step | Responsible", or for who answers for it,
// "Step | Accountable". It is read as a grid with that letter alone, and whoever brings it says whether it is one.

// ownSteps head a column of steps and of nothing else: not of what is to be done, "Action | Owner".
var ownSteps = folded("step steps processstep processsteps prozessschritt prozessschritte arbeitsschritt arbeitsschritte verfahrensschritt ablaufschritt schritt schritte étape étapes paso pasos passo passos passaggio " +
	"stap stappen processtap krok kroki trinn skridt vaihe шаг шаги adım 手順 ステップ 步骤 단계")

// stageHeads head one of steps where somebody is responsible for each.
var stageHeads = folded("actions acción acciones azione ação ações procedures stage stages phase phases etapa etapas fase fases ablauf vorgang subtask subtasks")

// wordsBeside may stand beside the word for who does something in its heading: "Responsible role".
var wordsBeside = folded("role roles party parties person persons people team teams department departments unit units actor actors group position function by s n r es rolle rollen stelle person personen bereich abteilung " +
	"rôle personne service rol persona área papel pessoa setor ruolo persona rola osoba primary main main_role is der die das für le la the")

// trackWords head columns of how far something is: what has one is a list of what is to be done.
var trackWords = folded("due duedate deadline done completed targetdate target closed fällig fälligkeit erledigt bis termin échéance fecha vencimiento prazo scadenza")

// stepsReader reads such a table; ok is false for every other.
func (t Table) stepsReader(c classes) (r *letterReader, ok bool) {
	for h := range t.choice.headsWithin(len(t.Rows)-1, headerRows) {
		r = &letterReader{t: t, c: c}
		if !t.choice.heads(t.Rows[h]) || !r.stepsHead(t.Rows[h]) {
			continue
		}
		r.l.head, r.l.end, r.l.names = h, len(t.Rows), true
		r.l.end = r.endOfSteps()
		if r.namesDoers() {
			return r, true
		}
	}
	return nil, false
}

// stepsHead finds the one column of who does or answers in a head with a column of steps.
func (r *letterReader) stepsHead(row Row) bool {
	steps, owner, role := -1, -1, -1
	for col, cell := range row.Cells {
		s := oneLine(cell)
		switch letter := doerHeading(s); {
		case (trackWords[compact(s)] || measureWords[compact(s)]) && !r.paced(row, col):
			return false
		case letter != "" && len(r.of) > 0:
			return false // several: that is another layout
		case letter != "":
			r.l.roles, r.of, r.heads = []int{col}, []string{letter}, []string{s}
		case ownerWords[compact(s)] && owner >= 0:
			return false
		case ownerWords[compact(s)]:
			owner = col
		case actorHeads[compact(s)] && steps >= 0 && role < 0:
			role = col
		case roleWords[compact(s)]:
			return false // it is about roles, or about several of each step
		}
		if headsActivity(s) || ownSteps[compact(s)] || stageHeads[compact(s)] || nameWords[compact(s)] && hasWord(r.t.Name, activityWords) {
			steps = col
		}
	}
	if owner < 0 && len(r.of) == 0 {
		owner = role
	} else if role >= 0 {
		return false
	}
	if len(r.of) == 0 && owner >= 0 && (owner == role || slices.ContainsFunc(row.Cells, func(s string) bool { return ownSteps[compact(s)] })) {
		r.owner = oneLine(row.Cell(owner))
		r.l.roles, r.of, r.heads = []int{owner}, []string{"R"}, []string{r.owner}
	}
	if steps < 0 || len(r.of) == 0 {
		return false
	}
	r.unanswered, r.undone = r.of[0] == "R", r.of[0] == "A"
	return true
}

// paced reports a column beside steps that says how soon each is done, or has a box to tick for each: what is to be done once has
// days there, or is done in part.
func (r *letterReader) paced(head Row, col int) bool {
	if !slices.ContainsFunc(head.Cells, func(s string) bool { return ownSteps[compact(s)] }) {
		return false
	}
	n := 0
	for _, row := range r.t.Rows {
		s := oneLine(row.Cell(col))
		if row.Line <= head.Line || s == "" {
			continue
		}
		if n++; !emptyBox.MatchString(s) && !howSoon.MatchString(s) {
			return false
		}
	}
	return n > 0
}

var (
	emptyBox = regexp.MustCompile(`^(?:[☐□◻⬜]|\[ ?\]|_+)$`)
	howSoon  = regexp.MustCompile(`(?i)^(?:within\s.*|immediate(?:ly)?|asap|same day|next (?:business |working )?day|(?:as|per|when|upon|before|after)\s.*|variable|ongoing|continuous|n/?a|(?:day|week|month|[TD])\s?[-+–]?\s?\d+(?:\s?[-–]\s?\d+)?|` +
		`[<>≤≥~≈]?\s*\d+(?:\s*[-–]\s*\d+)?\s*(?:min|mins|minutes?|h|hrs?|hours?|days?|weeks?|months?|(?:business|working|calendar) (?:days?|hours?))\b.{0,60})$`)
)

// actorHeads head a column of who does what stands left of it.
var actorHeads = folded("role rolle rôle rol papel ruolo rola actor akteur acteur ator attore who wer qui quién quem chi wie 役割 角色 역할")

// doerHeading is the letter of a heading that says in RACI's own words, or in those for who does something, who it is.
func doerHeading(s string) string {
	letter, word := headLetter(s)
	if !word || letter != "R" && letter != "A" {
		return ""
	}
	said := false
	for _, tok := range tokens(s) {
		switch {
		case adjectives[tok] || meanings[tok] == letter && len(tok) > 1:
			said = true
		case !wordsBeside[tok]:
			return "" // "Responsible for"
		}
	}
	if !said {
		return ""
	}
	return letter
}

// endOfSteps is the row of the same head further down.
func (r *letterReader) endOfSteps() int {
	for i := r.l.head + 1; i < len(r.t.Rows); i++ {
		if oneLine(r.t.Rows[i].Cell(r.l.roles[0])) == r.heads[0] {
			return i
		}
	}
	return len(r.t.Rows)
}

// namesDoers reports names under the heading, in two rows and in most of them, and no day beside them: what is to be done until
// then is no step.
func (r *letterReader) namesDoers() bool {
	rows, steps := r.t.Rows[r.l.head+1:r.l.end], 0
	for _, row := range rows {
		s := oneLine(row.Cell(r.l.roles[0]))
		if filled(row) > 1 {
			steps++
		}
		switch kind := readCell(s).kind; {
		case kind == blankCell:
		case kind != textCell, utf8.RuneCountInString(s) > 80, isNumber(s), strings.HasSuffix(s, ".") && len(strings.Fields(s)) > 3, strings.ContainsAny(s, "?{"):
			return false
		default:
			r.texts++
		}
	}
	for col := range r.c.width {
		var values []string
		for _, row := range rows {
			if s := oneLine(row.Cell(col)); s != "" {
				values = append(values, s)
			}
		}
		if len(values) > 0 && onlyDates(values) && !allNumbers(values) {
			return false
		}
	}
	return r.texts > 1 && r.texts*3 > steps*2
}

// asSteps reads a table of steps; ok is false for every other.
func (t Table) asSteps(c classes, file string) (g Grid, end int, ok bool) {
	r, ok := t.stepsReader(c)
	if !ok {
		return Grid{}, 0, false
	}
	g = r.read(file)
	g.steps = !t.choice.Sure
	return g, r.l.end, true
}

// chosenSteps reads a table whose layout was chosen to be one of names below letters, and which has no head of these.
func (t Table) chosenSteps(c classes, file string) (Grid, int) {
	if g, end, steps := t.asSteps(c, file); steps {
		return g, end
	}
	return refused(t, file, Doubtful, "", "No row here is headed by the letters R and A, or by their words. Choose another row as the head, or read the grid the other way."), len(t.Rows)
}

// stepsApart takes tables of steps for no grids in a file that has a grid: they say nothing that is not in there.
func stepsApart(grids []Grid) {
	if !slices.ContainsFunc(grids, func(g Grid) bool { return g.Verdict == IsRACI }) {
		return
	}
	for i, g := range grids {
		if g.steps && g.Verdict == Doubtful {
			key, source := g.Key, g.source
			grids[i] = refused(source, g.Name, NotAGrid, "", "This table says of each step who does it; the file has a RACI grid beside it.")
			grids[i].Name, grids[i].Where, grids[i].Key, grids[i].source = g.Name, g.Where, key, source
		}
	}
}
