package sheet

import (
	"regexp"
	"strings"
)

// Legend is what a file says that letters and abbreviations mean, by the
// abbreviation as it is written: "W" is "Witness", "DIR" is "IT Director".
type Legend map[string]string

// explains finds "W = Witness", "DIR: IT Director", "R – Responsible" in a
// line of text, several of them where they are separated.
var explains = regexp.MustCompile(`(?:^|[\s,;.、•·(\[|])([\p{L}\p{N}][\p{L}\p{N}/&+-]{0,9})\s*(?:=|:| – | — | - |–|—)\s*([\p{L}][^=,;、。|()\[\]]*)`)

// read adds what lines of text explain. What is explained first stands.
func (l Legend) read(lines []string) {
	for _, line := range lines {
		for _, m := range explains.FindAllStringSubmatch(strings.TrimLeft(markup.Replace(line), "-–—*•> \t"), -1) {
			key, means := m[1], strings.Trim(oneLine(m[2]), " .*_")
			// "A. C: …" would explain whole sentences.
			if before, _, cut := strings.Cut(means, ". "); cut {
				means = before
			}
			if _, known := l[key]; !known && means != "" && len([]rune(means)) <= 80 {
				l[key] = means
			}
		}
	}
}

// legend adds to what the text around a table explains what its own rows do:
// those of one or two texts, and those that put a word beside its letter.
func (t Table) legend() Legend {
	out := Legend{}
	for key, means := range t.Legend {
		out[key] = means
	}
	var lines []string
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
		case len(texts) == 2 && len([]rune(texts[0])) == 1:
			lines = append(lines, strings.Join(texts, " = "))
		case isLegend(row):
			lines = append(lines, strings.Join(texts, ", "))
		}
	}
	out.read(lines)
	return out
}

// meaning is the letter of ours that the legend's word for a strange letter
// stands for, or "".
func (l Legend) meaning(letter string) string {
	if isLetter(letter) {
		return ""
	}
	for _, key := range []string{letter, strings.ToLower(letter), strings.ToUpper(letter)} {
		if toks := tokens(l[key]); len(toks) > 0 && len(toks[0]) > 1 {
			if m := meanings[toks[0]]; m != "" {
				return m
			}
		}
	}
	return ""
}

// contradicts is a letter of ours that the legend gives another meaning than
// ours, with its word; "" where it agrees or says nothing.
func (l Legend) contradicts(used map[string]bool) (letter, word string) {
	explained := 0
	for _, letter := range strings.Split(canon, "") {
		if l[letter] != "" {
			explained++
		}
	}
	if explained < 2 { // "Phase C: customers" is no legend
		return "", ""
	}
	for _, letter := range strings.Split(canon, "") {
		toks := tokens(l[letter])
		if !used[letter] || len(toks) == 0 {
			continue
		}
		agrees := false
		for _, tok := range toks[:min(len(toks), 4)] {
			agrees = agrees || len(tok) > 1 && (meanings[tok] == letter || meanings[tok] != "" && len(toks) > 1)
		}
		// A word of a language that is not known here proves nothing; one that we know to mean something else does.
		if !agrees && (meanings[toks[0]] != "" || otherMeanings[toks[0]]) {
			return letter, l[letter]
		}
	}
	return "", ""
}

// otherMeanings are words that R, A, C, I and S stand for in tables that are
// no RACI grids.
var otherMeanings = words("customer client company cost critical complete completed closed confirmed cancelled current active available absent approved accepted amber " +
	"internal inactive incomplete issue invoice integrity individual infrastructure red rejected required recommended risk read regular release remote " +
	"supplier severity standard system site simple stable create change check")

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
