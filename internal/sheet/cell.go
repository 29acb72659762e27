package sheet

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Cell is what stands where an activity and a role meet.
type Cell struct {
	Letters []string `json:"letters"` // A R C I S in this order, then others as written
	Note    string   `json:"note"`    // what qualified them: "Chair" of "R (Chair)"
	Raw     string   `json:"-"`       // as it stood in the file
	Mended  bool     `json:"-"`       // it was repaired on the way in

	chosen bool // its letters are what a person said that they mean
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
	kind      cellKind
	repair    string // code, empty where nothing was repaired
	sure      bool   // of the repair
	ambiguous bool   // a word that may as well be what somebody does: "Approve"
}

var blankSigns = words("- -- --- ---- – — ― − ‐ ‑ ‒ ー － ﹣ ―― ー ~ / // 0 n/a n-a na n.a n.a. n.v.t. nvt k.a. k.a none nil null no_part nobody not_involved not_applicable . .. ... … · _ ø " +
	"keine kein entfällt aucun aucune ninguno ninguna n.d. nd nenhum nenhuma nessuno geen brak нет н/п 无 無 なし 없음 해당없음 不适用 لا_يوجد")

// isBlankSign reports what people write where nobody has a part.
func isBlankSign(s string) bool {
	if len(s) > 60 {
		return isRule(s)
	}
	return blankSigns[strings.ToLower(strings.Join(strings.Fields(s), "_"))] || isRule(s)
}

// markup is what documents wrap letters in, and what is drawn wide beside letters of the East.
var markup = strings.NewReplacer("*", "", "`", "", "\u00a0", " ", "（", "(", "）", ")")

// readCell reads a set of letters in any usual spelling. What it cannot read
// keeps its text in Raw and is of kind oddCell or textCell.
func readCell(raw string) cellReading {
	r := cellReading{Cell: Cell{Raw: clean(raw)}, sure: true}
	s := withoutSymbols(markup.Replace(r.Raw))
	if s = strings.Trim(s, "_ \t\r\n\"“”„«»'‘’"); s == "" || s == "NaN" || isBlankSign(s) || isBlankSign(r.Raw) {
		return r
	}
	if s != r.Raw {
		r.fix("formatting")
	}
	if strings.HasPrefix(s, "{{") { // what a form names is no word
		r.kind, r.repair = textCell, ""
		return r
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
	if again, ok := worded(r.Raw, body); ok {
		return again
	}
	if !r.letters(body) {
		return r.withWords(s, body, note)
	}
	if r.lettersIn(body, note) {
		return r
	}
	if said := strings.Join(r.Letters, ""); r.repair == "word" && r.Note == said {
		r.Note = ""
	} else if l, ok := wordMeaning(r.Note); ok && l == said {
		r.Note = "" // "A (Accountable)" says it twice
	}
	return r
}

// lettersIn takes the letters that stand in brackets behind a word for what the word means here: "Verantwortlich (A)" answers
// where another sheet's "Verantwortlich" does the work.
func (r *cellReading) lettersIn(word, brackets string) bool {
	stated := cellReading{}
	if _, ok := wordMeaning(word); !ok || utf8.RuneCountInString(word) <= 2 || utf8.RuneCountInString(brackets) > 5 || strings.ToUpper(brackets) != brackets ||
		!stated.letters(brackets) || stated.kind != letterCell || stated.RACI() == "" || stated.RACI() != strings.Join(stated.Letters, "") {
		return false
	}
	r.sure = r.sure && slices.Equal(r.Letters, stated.Letters)
	r.Letters, r.Note, r.repair, r.ambiguous = stated.Letters, "", "word", false
	return true
}

// withWords reads letters with words that are no note in brackets; else the cell is a text.
func (r cellReading) withWords(s, body, note string) cellReading {
	if head, tail, ok := splitRemark(body); ok && !raciWord.MatchString(head) { // "RACI – Payroll" is a title
		if again := remarked(r.Raw, head, tail); again.kind == letterCell || again.kind == oddCell && len(body) == 3 { // "P-C"
			again.Note = strings.Trim(note+"; "+again.Note, "; ")
			return again
		}
	}
	if again, ok := severally(r.Raw, s); ok {
		return again
	}
	if m := condition.FindStringSubmatch(s); m != nil {
		again := cellReading{Cell: Cell{Raw: r.Raw, Note: strings.TrimSpace(m[2] + m[3] + m[4])}}
		if again.fix("note"); again.letters(m[1]) && again.kind == letterCell {
			return again
		}
	}
	r.kind = textCell
	r.Letters, r.Note, r.repair = nil, "", ""
	return r
}

// withoutSymbols leaves out the pictures before and after what is written; a sign that stands alone stays.
func withoutSymbols(s string) string {
	if strings.IndexFunc(s, isSymbol) < 0 {
		return s
	}
	bare := strings.TrimSpace(strings.Map(func(r rune) rune {
		if isSymbol(r) && (latin(string(r)) == string(r) || r >= 'ⓐ' && r <= 'ⓩ') || r == 'ℹ' && len([]rune(s)) > 2 { // "ⓘ" beside other signs points to a help
			return -1
		}
		return r
	}, s))
	if bare == "" {
		return strings.Trim(s, "\uFE0F\u200D\u200B")
	}
	return bare
}

func isSymbol(r rune) bool {
	return r == '\uFE0F' || r == '\u200D' || r == '\u200B' || unicode.Is(unicode.So, r) || unicode.Is(unicode.Bidi_Control, r)
}

func (r *cellReading) fix(code string) {
	if r.repair == "" {
		r.repair = code
	}
}

func isSeparator(r rune) bool {
	return strings.ContainsRune("/\\,;+&|·•‧∙、，／ \t\r\n\u00a0", r)
}

func isNoSymbol(r rune) bool { return !isSymbol(r) }

// symbolsOf are the pictures that stand beside each other, each alone.
func symbolsOf(s string) (out []string) {
	for _, r := range s {
		if r != '\uFE0F' && r != '\u200D' && r != '\u200B' {
			out = append(out, string(r))
		}
	}
	return out
}

var conjunctions = words("and und et y e en og och ve plus и")

// letters reads the tokens of a cell; false where one of them is no letter
// and no single sign either.
func (r *cellReading) letters(body string) bool {
	set, plain, odd := map[string]bool{}, map[string]bool{}, []string(nil)
	list := strings.FieldsFunc(body, isSeparator)
	if _, ok := wordMeaning(body); ok {
		list = []string{body} // a word of several, "zu informieren"
	}
	for _, token := range list {
		bare := strings.Trim(token, ".:")
		if bare != token {
			r.fix("punctuation")
		}
		if isJoint(bare, len(list)) {
			continue
		}
		if len(set) > 0 && strings.Trim(bare, "?!†‡") == "" { // "C ?"
			r.fix("footnote")
			r.sure, r.Note = false, cmp.Or(r.Note, bare)
			continue
		}
		found, ok := r.token(bare)
		if !ok && len(list) > 1 && raciNames[strings.ToLower(list[0])] != "" { // "Accountable / Resp"
			found = abbreviated(bare)
			ok = found != ""
		}
		switch {
		case ok:
		case utf8.RuneCountInString(bare) == 1 && !isNumber(bare):
			odd = append(odd, bare)
		case strings.IndexFunc(bare, isNoSymbol) < 0: // one picture beside another
			odd = append(odd, symbolsOf(bare)...)
		default:
			return false
		}
		for l := range strings.SplitSeq(found, "") {
			if set[l] {
				r.fix("repeated-letter")
			}
			set[l] = true
			if utf8.RuneCountInString(bare) <= 2 {
				plain[l] = true
			}
		}
	}
	if r.repair == "word" && len(plain) == len(set) { // "A - Approves": the word only says it again
		r.ambiguous = false
	}
	return r.settle(set, odd)
}

// isJoint reports what stands between the letters of a cell: nothing, "and", or a dash.
func isJoint(bare string, of int) bool {
	dash := of > 1 && strings.Trim(bare, "-–—") == ""
	return bare == "" || dash || conjunctions[bare] || of > 2 && len(bare) > 1 && conjunctions[strings.ToLower(bare)]
}

// token reads one word of a cell as the letters it stands for.
func (r *cellReading) token(bare string) (letters string, ok bool) {
	if l, ok := wordMeaning(bare); ok {
		r.fix("word")
		r.ambiguous = r.ambiguous || ambiguous[compact(bare)]
		return l, true
	}
	plain := latin(bare)
	upper := strings.ToUpper(plain)
	if !lettersOnly(upper, plain) {
		return r.marked(bare)
	}
	if plain != bare {
		r.fix("look-alike")
	}
	if upper != plain {
		r.fix("lower-case")
	}
	return upper, true
}

// footnotes are what points from a letter to a remark elsewhere, or doubts it.
const footnotes = "0123456789¹²³⁴⁵⁶⁷⁸⁹⁰†‡§#^?!'’°"

// marked reads "R1", "A²", "C?" as the letter, with the mark as its note, and "R.A" as two.
func (r *cellReading) marked(bare string) (letters string, ok bool) {
	if parts := strings.Split(bare, "."); len(parts) > 1 {
		joined := latin(strings.Join(parts, ""))
		if utf8.RuneCountInString(joined) == len(parts) && lettersOnly(strings.ToUpper(joined), joined) {
			r.fix("punctuation")
			return strings.ToUpper(joined), true
		}
	}
	plain := strings.TrimRight(bare, footnotes)
	mark := bare[len(plain):]
	plain = latin(plain)
	if digits := len(mark) - len(strings.TrimLeft(mark, "0123456789")); mark == "" || len(mark) > 6 || digits > 1 || !lettersOnly(strings.ToUpper(plain), plain) {
		return "", false
	}
	r.fix("footnote")
	r.sure = false
	if r.Note == "" {
		r.Note = strings.TrimLeft(mark, "^")
	}
	return strings.ToUpper(plain), true
}

// lettersOnly accepts R, RA and ra, but of longer words only those in
// capitals: "RACI", not "scar".
func lettersOnly(upper, typed string) bool {
	if upper == "" || len(upper) > len(canon) || strings.Trim(upper, canon) != "" {
		return false
	}
	return len(upper) <= 2 || upper == typed && !again(upper)
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

// latin turns letters of other scripts that look like ours into ours, and those that are drawn in a box or a ring.
func latin(s string) string {
	if s == "ℹ" {
		return "I"
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'А', 'Α', 'а':
			return 'A'
		case 'С', 'Ϲ', 'с':
			return 'C'
		case 'І', 'Ι', 'і', 'Ӏ':
			return 'I'
		case 'Ѕ', 'ѕ':
			return 'S'
		}
		for _, a := range drawn {
			if r >= a && r < a+26 {
				return 'A' + r - a
			}
		}
		return r
	}, s)
}

// drawn are the first letters of alphabets that are drawn in some way, those of our shape first: wide, in a ring, in brackets, in
// a box, black, and those of flags.
var drawn = []rune{'Ａ', 'ａ', 'Ⓐ', 'ⓐ', '⒜', '🄐', '🄰', '🅐', '🅰', '🇦'}
