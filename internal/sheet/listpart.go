package sheet

import "strings"

// partOf takes a line that says nothing but a letter's word, and those below it for who has that part: "Responsible", and under it a
// list of names.
func (f *listFinder) partOf(line textLine) bool {
	if f.above.text != "" && line.saysPart() {
		f.part = line
		return true
	}
	if f.part.text == "" {
		return false
	}
	below := line.level == 0 && (line.indent > f.part.indent || f.part.level > 0 || line.bullet && !f.part.bullet)
	if _, _, pair := line.pair(); !below || pair || isExplanation(line.text) {
		f.part = textLine{}
		return false
	}
	letter, _ := headLetter(f.part.text)
	g := f.entry(line, line.text, letter)
	g.words++
	if isPhrase(line.text) {
		g.sentences++
	}
	return true
}

// isPhrase reports a text that says something and names nobody: "Check that …", "the budget", "on all purchases".
func isPhrase(s string) bool {
	fields := strings.Fields(s)
	return strings.HasSuffix(s, ".") || len(fields) > 8 || len(fields) > 1 && phraseWords[fields[0]]
}

var phraseWords = words("the of on for in to by with at about from that der die das des für über von bei zu beim zur zum le la les du des de sur pour par el los las del sobre para por o os as do da dos das gli il lo van het voor over met")

// saysPart reports such a line. "Support" and "Approval" are also what is done.
func (t textLine) saysPart() bool {
	word, colon := strings.CutSuffix(t.text, ":")
	if isLetter(word) {
		return colon
	}
	letter, whole := wordMeaning(word)
	return whole && letter != "" && adjectives[compact(word)] && (colon || t.level > 0 || t.bullet)
}
