package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Legend is what a file says that letters and abbreviations mean, by the
// abbreviation as it is written: "W" is "Witness", "DIR" is "IT Director".
type Legend map[string]string

// explains finds "W =", "DIR:", "R –" in a line of text: what follows is said of it, up to the next.
var explains = regexp.MustCompile(`(?:^|[\s\x{3000},;.、。；，：•·(\[|])([\p{L}\p{N}][\p{L}\p{N}/&+-]{0,9}|[◎○●△▲□■◇◆☆★×✓✔]|\p{So}\x{FE0F}?)\s*(?:=|:|：|＝| – | — | - |–|—)\s*`)

// says is a letter with a verb instead of the sign: "R means", "A stands for".
var says = regexp.MustCompile(`(^|[\s,;.(])([A-Z])\s+(?:means|stands for|denotes|bedeutet|steht für|signifie|significa|betekent|oznacza|означает)\s+`)

// meant is what is said of a sign, up to what separates it from the next, and what stands in brackets behind it.
var meant = regexp.MustCompile(`^([\p{L}][^=,;、；，。|()（）\[\]]*)(?:[(（]([^()（）]*)[)）])?`)

// read adds what lines of text explain. What is explained first stands.
func (l Legend) read(lines []string) {
	for _, line := range lines {
		line = says.ReplaceAllString(strings.TrimLeft(markup.Replace(line), "-–—*•> \t"), "$1$2 = ")
		for from := 0; ; {
			at := explains.FindStringSubmatchIndex(line[from:])
			if at == nil {
				break
			}
			key, rest := line[from+at[2]:from+at[3]], line[from+at[1]:]
			from += at[3] // the next key may be the first word of what is said of this one: "Key: R = …"
			if next := explains.FindStringSubmatchIndex(rest); next != nil {
				rest = rest[:next[2]]
			}
			if m := meant.FindStringSubmatch(rest); m != nil {
				l.add(key, m[1], m[2])
			}
		}
	}
}

func (l Legend) add(key, means, brackets string) {
	key, means = strings.TrimSuffix(key, "\uFE0F"), strings.Trim(oneLine(means), " .*_-–—(")
	// "A. C: …" would explain whole sentences.
	if before, _, cut := strings.Cut(means, ". "); cut {
		means = before
	}
	known := l[key]
	if ours := isLetter(key) && explained(known) == "" && explained(means) == key; known != "" && !ours || means == "" || len([]rune(means)) > 80 {
		return // "C = Check" of another legend gives way to "C = Consulted"
	}
	if s := oneLine(brackets); adjectives[compact(s)] && explained(means) != "" && explained(means) != meanings[compact(s)] {
		means = s + " (" + means + ")" // "Verantwortlich (Accountable)": what is in brackets says which of the two
	} else if explained(means) == "" && explained(s) != "" && len([]rune(s)) <= 40 {
		means += " (" + s + ")"
	}
	l[key] = means
}

// explainsSeveral reports a line that says of two letters at least which of ours they mean.
func explainsSeveral(line string) bool {
	l, n := Legend{}, 0
	l.read([]string{line})
	for key, means := range l {
		if utf8.RuneCountInString(key) == 1 && explained(means) != "" {
			n++
		}
	}
	return n > 1
}

// spellsOut reports a name that begins as its abbreviation does and has more words: "DPO" and "Data Protection Officer".
func spellsOut(short, long string) bool {
	first, _ := utf8.DecodeRuneInString(long)
	return !strings.Contains(short, " ") && len(tokens(long)) > 1 && len(short) <= 10 && strings.HasPrefix(strings.ToLower(short), strings.ToLower(string(first)))
}

// legend adds to what the text around a table explains what its own rows do:
// those of one or two texts, and those that put a word beside its letter.
func (t Table) legend() Legend {
	out := Legend{}
	for key, means := range t.Legend {
		out[key] = means
	}
	var lines, headed []string
	for _, row := range t.Rows {
		var texts []string
		for _, cell := range row.Cells {
			if s := oneLine(cell); s != "" {
				texts = append(texts, s)
			}
		}
		switch {
		case len(texts) == 1:
			lines = append(lines, texts[0])
		case len(texts) == 2 && len([]rune(texts[0])) == 1 && texts[0] != texts[1]:
			lines = append(lines, strings.Join(texts, " = "))
		case isLegend(row), eachExplains(texts):
			lines = append(lines, strings.Join(texts, ", "))
		case len(texts) > 2:
			headed = append(headed, texts...)
		case len(texts) == 2 && slices.Contains(headed, texts[0]) && spellsOut(texts[0], texts[1]):
			out.add(texts[0], texts[1], "")
		}
	}
	out.read(lines)
	return out
}

// eachExplains reports texts that each say of a letter what it means: "A = Admin", "R = Read-only".
func eachExplains(texts []string) bool {
	for _, s := range texts {
		l := Legend{}
		if l.read([]string{s}); len(l) != 1 || !strings.Contains(s, "=") {
			return false
		}
		for key := range l {
			if utf8.RuneCountInString(key) > 1 {
				return false
			}
		}
	}
	return len(texts) > 1
}

// meaning is the letter of ours that the legend's word for a strange letter
// stands for, or "".
func (l Legend) meaning(letter string) string {
	if isLetter(letter) {
		return ""
	}
	for _, key := range []string{letter, strings.ToLower(letter), strings.ToUpper(letter)} {
		if m := explained(l[key]); m == "R" && !isDoing(l[key]) && l.doneByAnother() {
			return "A" // "V = Verantwortung" beside "D = Durchführung"
		} else if m != "" {
			return m
		}
	}
	return ""
}

// doneByAnother says that a letter is explained as who does, and none as who answers: who approves or decides may be a third.
func (l Legend) doneByAnother() bool {
	doing := false
	for _, means := range l {
		if explained(means) == "A" && !ambiguous[compact(means)] {
			return false
		}
		doing = doing || explained(means) == "R" && isDoing(means)
	}
	return doing
}

// covers says that all of these letters are ours, by the legend at least.
func (l Legend) covers(letters []string) bool {
	for _, letter := range letters {
		if !isLetter(letter) && l.meaning(letter) == "" {
			return false
		}
	}
	return true
}

// renamed are letters of ours that stand for others of ours in a language of their own: "S = Sorumlu (Responsible)".
// That is believed of a legend that explains somebody who does and another who answers.
func (l Legend) renamed() map[string]string {
	of, taken := map[string]string{}, map[string]int{}
	for key, means := range l {
		key = strings.ToUpper(latin(key))
		if m := explained(means); m != "" && len([]rune(key)) == 1 {
			of[key] = m
			taken[m]++
		}
	}
	if taken["R"] != 1 || taken["A"] != 1 {
		return nil
	}
	for key, m := range of {
		if !isLetter(key) || key == m || taken[m] != 1 {
			delete(of, key)
		}
	}
	return of
}

// agrees says that the legend explains who answers as we do, and who does or two others: DACI has no R.
func (l Legend) agrees() bool {
	return explained(l["A"]) == "A" && (explained(l["R"]) == "R" || explained(l["C"]) == "C" && explained(l["I"]) == "I")
}

// contradicts is a letter of ours that the legend gives another meaning than
// ours, with its word; "" where it agrees or says nothing.
func (l Legend) contradicts(used map[string]bool) (letter, word string) {
	said, agreed := 0, 0
	for _, letter := range strings.Split(canon, "") {
		if l[letter] != "" {
			said++
		}
		if explained(l[letter]) == letter {
			agreed++
		}
	}
	if said < 2 { // "Phase C: customers" is no legend
		return "", ""
	}
	renamed := l.renamed()
	for _, letter := range strings.Split(canon, "") {
		toks := tokens(l[letter])
		if !used[letter] || len(toks) == 0 || renamed[letter] != "" || letter == "A" && l.answersLoosely() {
			continue
		}
		agrees := false
		for _, tok := range toks[:min(len(toks), 4)] {
			m := explained(tok)
			agrees = agrees || m == letter || m != "" && len(toks) > 1
		}
		if agreed == 0 && said > 2 && l.initials() {
			return letter, l[letter]
		}
		if letter == "R" && !agrees && agreed > 0 && l.initials() && l.others(used) {
			return letter, l[letter] // "R = Review, A = Accountable, P = Participant"
		}
		// A word of a language that is not known here proves nothing, unless nobody answers in the whole grid; one that
		// we know to mean something else does.
		if !agrees && (explained(toks[0]) != "" || otherMeanings[toks[0]] || agreed == 0 && !used["A"]) {
			return letter, l[letter]
		}
	}
	return "", ""
}

// answersLoosely says that A is explained with a word for who does, as "Verantwortlich" is in everyday use, where R or
// another letter has one, too, and the rest agrees.
func (l Legend) answersLoosely() bool {
	if explained(l["A"]) != "R" || isDoing(l["A"]) {
		return false
	}
	agrees := explained(l["C"]) == "C" || explained(l["I"]) == "I"
	return l.doneByAnother() || agrees && explained(l["R"]) == "R" && !strings.EqualFold(l["A"], l["R"])
}

// others says that letters in use that are none of ours are explained, too, as none of ours.
func (l Legend) others(used map[string]bool) bool {
	for letter := range used {
		if !isLetter(letter) && l[letter] != "" && explained(l[letter]) == "" {
			return true
		}
	}
	return false
}

// initials says that every letter of ours that is explained begins its word, in which nobody answers: "A = added".
func (l Legend) initials() bool {
	for _, letter := range strings.Split(canon, "") {
		if toks := tokens(l[letter]); len(toks) > 0 && !strings.HasPrefix(toks[0], strings.ToLower(letter)) {
			return false
		}
	}
	return true
}

// otherMeanings are words that R, A, C, I and S stand for in tables that are
// no RACI grids.
var otherMeanings = words("allowed allow denied deny customer client company cost critical avoid reduce retain complete completed closed confirmed cancelled current active available absent approved accepted amber " +
	"internal inactive incomplete issue invoice integrity individual infrastructure red rejected required recommended risk read regular release remote " +
	"supplier severity standard system site simple stable create change check recommend recommends agree agrees admin administrator annex assigned assist " +
	"rot rouge rojo offen erledigt kritisch kunde intern extern reserved rejected room")

// of keeps what explains the letters and headings of a grid.
func (l Legend) of(roles []string, letters map[string]bool) Legend {
	out := Legend{}
	for _, r := range roles {
		if means, ok := l[r]; ok {
			out[r] = means
		}
	}
	for letter := range letters {
		if means, ok := l[letter]; ok && !isLetter(letter) {
			out[letter] = means
		}
	}
	return out
}
