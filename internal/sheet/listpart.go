package sheet

import (
	"regexp"
	"strings"
)

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

var (
	// kindLabel is the word for what is named behind it, with a number or without: "Task: Backups", "Step 2: Backups".
	kindLabel = regexp.MustCompile(`^((?:\d+(?:\.\d+)*[.)]?\s+)?)(\pL[\pL ]*?)(?:\s+#?(\d+(?:\.\d+)*))?\s*(?::|\s[–—-])\s+(\S.*)$`)
	kindWords = folded("task activity step process_step work_step subtask aufgabe aktivität tätigkeit schritt prozessschritt arbeitsschritt tâche activité étape tarea actividad paso tarefa atividade passo compito attività passaggio taak activiteit stap zadanie czynność krok")
)

// withoutKind is what a line above a list names, without such a word; a number behind the word stands before the name.
func withoutKind(s string) string {
	m := kindLabel.FindStringSubmatch(s)
	switch {
	case m == nil || !kindWords[compact(m[2])] || saysOnlyRACI(m[4]):
		return s
	case m[1] == "" && m[3] != "":
		return m[3] + ". " + m[4]
	}
	return m[1] + m[4]
}
