package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutEntry cuts a line that gives a role its letters, or letters their roles, at the first sign that says so: ":", "=", a dash or
// an arrow. It is no pattern, since every line of every document goes through here.
func cutEntry(s string) (left, right string, ok bool) {
	for i := 0; i < len(s); {
		size := entrySign(s, i)
		if size == 0 {
			i++
			continue
		}
		left, right = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+size:])
		if len(left) > 120 && utf8.RuneCountInString(left) > 120 {
			return "", "", false
		}
		if left != "" && right != "" && (len(right) <= 200 || utf8.RuneCountInString(right) <= 200) {
			return left, right, true
		}
		i += size
	}
	return "", "", false
}

// entrySign is how long the sign is that begins at a place of a line; 0 where none does. A hyphen stands between spaces.
func entrySign(s string, i int) int {
	switch s[i] {
	case ':', '=':
		return 1
	case '-':
		if strings.HasPrefix(s[i:], "->") {
			return 2
		}
		if run := len(s[i:]) - len(strings.TrimLeft(s[i:], "–—-")); i > 0 && s[i-1] == ' ' && strings.HasPrefix(s[i+run:], " ") {
			return run
		}
	case "–"[0]:
		for _, sign := range []string{"–", "—", "→"} {
			if strings.HasPrefix(s[i:], sign) {
				return len(sign)
			}
		}
	}
	return 0
}

// inWords cuts a line that says it in words: "Legal is consulted".
func (t textLine) inWords() (role, letter string, ok bool) {
	rest, word := cutLast(strings.TrimSuffix(t.text, "."))
	if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) || !adjectives[compact(word)] {
		return "", "", false
	}
	role, verb := cutLast(rest)
	letter, ok = wordMeaning(word)
	return role, letter, ok && linking[verb] && role != "" && utf8.RuneCountInString(role) <= 80
}

// linking are the words between somebody and what they are.
var linking = words("is are ist sind est sont es son é è sono są jest")

// cutLast cuts a text before its last word.
func cutLast(s string) (before, word string) {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 {
		return "", s
	}
	return strings.TrimRight(s[:at], " "), s[at+1:]
}

// several are letters with their roles in one line: "R: SRE, A: CTO, I: Support".
var several = regexp.MustCompile(`(?:^|[\s,;|·/(])([RACIS]|Responsible|Accountable|Consulted|Informed|Support)(?:\s*[:=]|\s+[-–—]\s)\s*`)

// dashBetween leaves out the dashes between words.
var dashBetween = strings.NewReplacer(" - ", " ", " – ", " ", " — ", " ")

// spelledOut cuts a line that gives several letters their roles, after the activity that it may begin with.
func (t textLine) spelledOut() (activity string, pairs [][2]string) {
	if strings.Count(t.text, ":")+strings.Count(t.text, "=") < 2 && len(t.text)-len(dashBetween.Replace(t.text)) < 4 {
		return "", nil
	}
	at := several.FindAllStringSubmatchIndex(t.text, -1)
	if len(at) < 2 {
		return "", nil
	}
	for n, m := range at {
		end := len(t.text)
		if n+1 < len(at) {
			end = at[n+1][2]
		}
		roles := strings.Trim(t.text[m[1]:end], " ,;|·/()")
		if list := strings.TrimPrefix(strings.TrimSuffix(roles, "]"), "["); len(list) == len(roles)-2 {
			if roles = list; strings.TrimSpace(list) == "" {
				continue
			}
		}
		letter := readCell(t.text[m[2]:m[3]]).RACI()
		if means, _ := wordMeaning(roles); means == letter || roles == "" || letter == "" || isExplanation(roles) {
			return "", nil // "R: Responsible, A: Accountable" is a legend
		}
		pairs = append(pairs, [2]string{roles, letter})
	}
	return strings.TrimRight(strings.Trim(t.text[:at[0][2]], " *_"), " :–—-("), pairs
}

// bullet is what a line of a list begins with.
var bullet = regexp.MustCompile(`^\s*(?:[-*+•‣◦]|\d{1,3}[.)])\s+`)

// numbered is the number of a heading or of an activity: "2. ", "3.1 ", "7a. ".
var numbered = regexp.MustCompile(`^(\d+(?:\.\d+)*|\d+[a-z]?[.)])[.)]?\s+`)

// textLine is a line of a document outside its tables.
type textLine struct {
	line   int
	level  int // of a heading, 1 to 6; 0: no heading
	indent int
	bullet bool
	text   string
	stars  string // before the text: of a list, or of a footnote
}

var starred = regexp.MustCompile(`^\s*\\?(\*{1,3})\s*\pL`)

// lineOf reads a line of plain or Markdown text.
func lineOf(number int, raw string) textLine {
	t := textLine{line: number, text: raw, indent: len(raw) - len(strings.TrimLeft(raw, " \t"))}
	bare := strings.TrimLeft(raw, " \t") // a heading may stand in an entry of a list
	if trimmed := strings.TrimLeft(bare, "#"); trimmed != bare && strings.HasPrefix(trimmed, " ") && len(bare)-len(trimmed) < 7 {
		t.level = len(bare) - len(trimmed)
		t.text = strings.TrimRight(trimmed, "# ")
	}
	if m := starred.FindStringSubmatch(raw); m != nil {
		t.stars = m[1]
	}
	if mark := bullet.FindString(t.text); mark != "" && t.level == 0 {
		t.bullet, t.text = true, t.text[len(mark):]
	}
	t.text = strings.Trim(oneLine(plainText(t.text)), "*_ ")
	return t
}

// pair is a line of a list as the role and the letters it is about.
func (t textLine) pair() (role, letters string, ok bool) {
	if role, letter, ok := t.inWords(); ok {
		return role, letter, true
	}
	left, right, ok := cutEntry(t.text)
	if !ok {
		return "", "", false
	}
	l, r := readCell(left), readCell(right)
	if t.level > 0 || (r.repair == "footnote" || l.kind == letterCell) && strings.ContainsAny(right, "0123456789") { // "A: A0–A3" are whoever is called so
		r.kind = textCell
	}
	switch {
	case legendWords[compact(left)] || l.kind == letterCell && startsWith(right, l.RACI()): // "R = Responsible to perform"
		return "", "", false
	case l.kind == letterCell && r.kind == letterCell:
		return calledSo(l, r)
	case r.kind == letterCell && len(tokens(left)) > 0:
		return left, right, true
	case l.kind == letterCell && (meanings[compact(left)] != "" || isSet(left)) && len(tokens(right)) > 0 && len(right) <= 120 && !isExplanation(right):
		return right, strings.Join(l.Letters, ""), true
	}
	return "", "", false
}

// calledSo is who is called by a word for another letter, as in "I: Support", "Informed: Support" and "Support: R"; "R –
// Responsible" explains one.
func calledSo(l, r cellReading) (role, letters string, ok bool) {
	switch {
	case l.RACI() == r.RACI():
	case !l.ambiguous && r.ambiguous && r.RACI() == "S":
		return r.Raw, l.RACI(), true
	case !r.ambiguous && l.ambiguous && l.RACI() == "S":
		return l.Raw, r.RACI(), true
	}
	return "", "", false
}

// explaining begin what is said of a letter, and hardly ever a role: "Accountable: answers for the outcome".
var explaining = folded("does do doing works work performs perform executes execute completes carries answers answerable ultimately finally owns own delegates signs approves approve decides decide makes has have " +
	"provides provide gives give offers contributes asked needs must kept keeps keep told receives receive gets notified informed is are be being will who whoever person persons people those individual individuals someone somebody anyone one " +
	"führt macht trägt verantwortet wird werden liefert berät erhält personne personnes celui qui réalise fait rend doit est persona personas quien ejecuta realiza rinde debe responde pessoa quem executa deve assists helps")

// isExplanation reports such a text.
func isExplanation(s string) bool {
	toks := tokens(s)
	for len(toks) > 1 && (toks[0] == "the" || toks[0] == "a" || toks[0] == "to") {
		toks = toks[1:]
	}
	return len(toks) > 1 && explaining[toks[0]] && !isCapitalised(s)
}

// isCapitalised reports a text of which the second word begins with a capital letter too, as names do: "One Team".
func isCapitalised(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && words[1] != strings.ToLower(words[1])
}

// listGrid reads what listsOf found.
func listGrid(t Table, file string) Grid {
	g := refused(t, file, IsRACI, List, "Under each activity stand its roles with their letters.")
	g.Confidence = 0.75
	var a *GridActivity
	known, names := map[string]bool{}, []string(nil)
	for _, row := range t.Rows {
		for _, name := range splitNames(row.Cells[0]) {
			known[likeRole(name.text)] = len(row.Cells) == 2 || known[likeRole(name.text)]
			if len(row.Cells) == 2 {
				names = append(names, name.text)
			}
		}
	}
	learn(known, names)
	for _, row := range t.Rows {
		if len(row.Cells) != 2 || a == nil {
			g.Activities = append(g.Activities, GridActivity{Line: row.Line, Name: oneLine(row.Cells[0]), Section: row.Cell(2), Note: row.Cell(3), Cells: map[string]Cell{}})
			a = &g.Activities[len(g.Activities)-1]
			if m := numbered.FindStringSubmatch(a.Name); m != nil && len(m[0]) < len(a.Name) {
				a.ID, a.Name = strings.TrimRight(m[1], ".)"), a.Name[len(m[0]):]
			}
			a.Name = strings.TrimRight(a.Name, " :")
		}
		if len(row.Cells) != 2 {
			continue
		}
		c := readCell(row.Cells[1])
		t.footnotes.follow(&c)
		for _, name := range t.namesOf(row.Cells[0], known) {
			for _, l := range c.Letters {
				g.give(a, name.text, l, strings.Trim(name.note+"; "+c.Note, "; "))
			}
		}
	}
	if g.turnList(t); !slices.ContainsFunc(g.Activities, func(a GridActivity) bool {
		for _, c := range a.Cells {
			if slices.Contains(c.Letters, "A") {
				return true
			}
		}
		return false
	}) {
		g.Verdict, g.Confidence = Doubtful, 0.5
		g.Reasons = []string{"Who is responsible stands under each activity, and nobody who answers. Say who does where it is read as a RACI grid."}
	}
	return g
}

// turnList turns a list with what they do under the names of roles, unless its columns say what is what.
func (g *Grid) turnList(t Table) {
	var rows []string
	for _, a := range g.Activities {
		rows = append(rows, a.Name)
	}
	if !t.whole && partyShare(rows) > partyShare(g.Roles) && g.namesAnswered() {
		g.turn()
		g.Orientation, g.Reasons = List, []string{"Under each role stand its activities with their letters: it was turned round."}
	}
}

// namesOf are the names of a list's row; "Engineer (FSE)" in a column of names is called so.
func (t Table) namesOf(cell string, known map[string]bool) []named {
	names := splitKnown(cell, known)
	if t.whole && len(names) == 1 && isUpper(names[0].note) {
		return []named{{text: unmarked(cell)}}
	}
	return names
}

// isUpper reports a text that begins with a capital letter, as names and abbreviations do.
func isUpper(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first)
}

// isLower reports a text that begins with a small letter, as names do not.
func isLower(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(first)
}

// isSet reports letters with a sign between: "A/R".
func isSet(s string) bool {
	return len(s) < 8 && len(tokens(s)) > 1 && strings.Trim(s, canon+"/,&+ ") == ""
}

// startsWith reports a text that begins with the word for a letter.
func startsWith(s, letter string) bool {
	toks := tokens(s)
	return len(toks) > 0 && len(toks[0]) > 1 && meanings[toks[0]] == letter
}
