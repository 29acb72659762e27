package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Cell is what stands where an activity and a role meet.
type Cell struct {
	Letters []string `json:"letters"` // A R C I S in this order, then others as written
	Note    string   `json:"note"`    // what qualified them: "Chair" of "R (Chair)"
	Raw     string   `json:"-"`       // as it stood in the file
}

// canon is the order in which letters are said: who answers, who does, who
// is asked, who is told, who supports.
const canon = "ARCIS"

// RACI returns the letters that have a meaning, in canonical order: "AR".
func (c Cell) RACI() string {
	var out strings.Builder
	for _, l := range c.Letters {
		if isLetter(l) {
			out.WriteString(l)
		}
	}
	return out.String()
}

func isLetter(s string) bool { return len(s) == 1 && strings.Contains(canon, s) }

// cellKind sorts cells before anything is known about the grid.
type cellKind byte

const (
	blankCell  cellKind = iota // nothing, or a sign that says so
	letterCell                 // letters, all of them understood
	oddCell                    // a single sign that is none of the letters
	textCell                   // anything else
)

// cellReading is a cell with what was done to it.
type cellReading struct {
	Cell
	kind   cellKind
	repair string // code, empty where nothing was repaired
	sure   bool   // of the repair
}

var blankSigns = words("- -- --- – — n/a na n.a. none . .. · _")

// markup is what documents wrap letters in.
var markup = strings.NewReplacer("*", "", "`", "", "\u00a0", " ")

// readCell reads a set of letters in any usual spelling. What it cannot read
// keeps its text in Raw and is of kind oddCell or textCell.
func readCell(raw string) cellReading {
	r := cellReading{Cell: Cell{Raw: clean(raw)}, sure: true}
	s := markup.Replace(r.Raw)
	if s = strings.Trim(s, "_ \t\r\n"); s == "" || blankSigns[strings.ToLower(s)] || blankSigns[r.Raw] {
		return r
	}
	if s != r.Raw {
		r.fix("formatting")
	}
	body, note, ok := splitNote(s)
	if !ok {
		r.kind = textCell
		return r
	}
	if body == "" {
		body, note = note, ""
		r.fix("brackets")
		r.sure = false
	}
	if note != "" {
		r.Note = note
		r.fix("note")
	}
	if !r.letters(body) {
		r.kind = textCell
		if head, tail, ok := splitRemark(body); ok && note == "" {
			again := cellReading{Cell: Cell{Raw: r.Raw, Note: tail}, sure: true}
			if again.fix("note"); again.letters(head) && again.kind == letterCell {
				return again
			}
		}
		r.Letters, r.Note, r.repair = nil, "", ""
	}
	return r
}

func (r *cellReading) fix(code string) {
	if r.repair == "" {
		r.repair = code
	}
}

// splitNote takes the part in brackets out of "R (Chair)". Brackets that do
// not match are no note.
func splitNote(s string) (body, note string, ok bool) {
	open := strings.IndexAny(s, "([")
	if open < 0 {
		return s, "", !strings.ContainsAny(s, ")]")
	}
	end := strings.LastIndexAny(s, ")]")
	if end < open {
		return "", "", false
	}
	body = strings.TrimSpace(s[:open] + " " + s[end+1:])
	return body, strings.TrimSpace(s[open+1 : end]), true
}

// splitRemark cuts "R: signs the form" and "C – if asked".
func splitRemark(s string) (head, tail string, ok bool) {
	at := strings.IndexAny(s, ":–—-")
	if at < 1 || at > 7 {
		return "", "", false
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+size:]), true
}

func isSeparator(r rune) bool {
	return strings.ContainsRune("/\\,;+&|·•‧∙、，／ \t\r\n\u00a0", r)
}

var conjunctions = words("and und et y e")

// letters reads the tokens of a cell; false where one of them is no letter
// and no single sign either.
func (r *cellReading) letters(body string) bool {
	set, odd := map[string]bool{}, []string(nil)
	list := strings.FieldsFunc(body, isSeparator)
	if _, ok := wordMeaning(body); ok {
		list = []string{body} // a word of several, "zu informieren"
	}
	for _, token := range list {
		bare := strings.Trim(token, ".:")
		if bare != token {
			r.fix("punctuation")
		}
		if conjunctions[bare] || bare == "" {
			continue
		}
		found, ok := r.token(bare)
		switch {
		case ok:
		case utf8.RuneCountInString(bare) == 1 && !isNumber(bare):
			odd = append(odd, bare)
		default:
			return false
		}
		for l := range strings.SplitSeq(found, "") {
			if set[l] {
				r.fix("repeated-letter")
			}
			set[l] = true
		}
	}
	return r.settle(set, odd)
}

// token reads one word of a cell as the letters it stands for.
func (r *cellReading) token(bare string) (letters string, ok bool) {
	if l, ok := wordMeaning(bare); ok {
		r.fix("word")
		return l, true
	}
	plain := latin(bare)
	upper := strings.ToUpper(plain)
	if !lettersOnly(upper, plain) {
		return "", false
	}
	if plain != bare {
		r.fix("look-alike")
	}
	if upper != plain {
		r.fix("lower-case")
	}
	return upper, true
}

// lettersOnly accepts R, RA and ra, but of longer words only those in
// capitals: "RACI", not "scar".
func lettersOnly(upper, typed string) bool {
	if upper == "" || len(upper) > len(canon) || strings.Trim(upper, canon) != "" {
		return false
	}
	return len(upper) <= 2 || upper == typed
}

func (r *cellReading) settle(set map[string]bool, odd []string) bool {
	for l := range strings.SplitSeq(canon, "") {
		if set[l] {
			r.Letters = append(r.Letters, l)
		}
	}
	r.kind = letterCell
	if len(odd) > 0 {
		slices.Sort(odd)
		r.Letters = append(r.Letters, slices.Compact(odd)...)
		r.kind = oddCell
	}
	return len(r.Letters) > 0
}

// latin turns letters of other scripts that look like ours into ours.
func latin(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'А', 'Α', 'Ａ', 'а', 'ａ':
			return 'A'
		case 'С', 'Ϲ', 'Ｃ', 'с', 'ｃ':
			return 'C'
		case 'І', 'Ι', 'Ｉ', 'і', 'Ӏ', 'ｉ':
			return 'I'
		case 'Ѕ', 'Ｓ', 'ѕ', 'ｓ':
			return 'S'
		case 'Ｒ', 'ｒ':
			return 'R'
		}
		return r
	}, s)
}

// wordMeaning is the letter that a word stands for.
func wordMeaning(s string) (string, bool) {
	word := compact(s)
	l, ok := meanings[word]
	return l, ok && len(word) > 1
}

// meanings are the letters and the words for them, compacted.
var meanings = func() map[string]string {
	m := map[string]string{}
	for letter, list := range map[string]string{
		"R": "r responsible responsable responsables responsavel verantwoordelijk verantwortlich ansvarig ausfuhrung durchfuhrung zustandig execute executes executor fait realise responsibility responsibles does doer perform performs durchfuhrungsverantwortlich durchfuhrend ausfuhrend realisateur ejecutor executor uitvoerend",
		"A": "a accountable accountability approver approves approve approval answers answerable authority authorises authorizes imputable approuve valide aprueba aprova rechenschaftspflichtig gesamtverantwortlich approbateur autorite aprobador aprovador autoridade eindverantwoordelijk",
		"C": "c consulted consult consults contributes contribute contributor consulte konsultiert befragt beratend consultado consultada geraadpleegd",
		"I": "i informed inform informs notified notify informacion informacao informiert zuinformieren informe informado informada geinformeerd",
		"S": "s support supports supporting supportive supported unterstutzend unterstutzt soutien apoyo apoio",
	} {
		for w := range strings.FieldsSeq(list) {
			m[w] = letter
		}
	}
	return m
}()

// adjectives are the words that nothing but a legend or a head of letters uses:
// "approval" is also what an activity is called.
var adjectives = words("responsible responsable responsables responsavel responsibility verantwoordelijk verantwortlich durchfuhrungsverantwortlich ansvarig " +
	"accountable accountability rechenschaftspflichtig gesamtverantwortlich eindverantwoordelijk imputable aprobador aprovador approbateur " +
	"consulted konsultiert consulte consultado consultada geraadpleegd informed informiert informe informado informada geinformeerd supporting supported unterstutzend support apoyo apoio")
