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
	if strings.HasSuffix(line.text, ".") || len(strings.Fields(line.text)) > 8 {
		g.sentences++
	}
	return true
}

// saysPart reports such a line. "Support" and "Approval" are also what is done.
func (t textLine) saysPart() bool {
	word, colon := strings.CutSuffix(t.text, ":")
	if isLetter(word) {
		return colon
	}
	letter, whole := wordMeaning(word)
	return whole && letter != "" && adjectives[compact(word)] && (colon || t.level > 0 || t.bullet)
}
