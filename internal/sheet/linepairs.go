package sheet

import (
	"regexp"
	"strings"
)

// Pages copied from the web, and prints of them, have a name on one line and the office on the next, again and again.

// reachAlone is a line of nothing but how somebody is reached.
var reachAlone = regexp.MustCompile(`^(?:\S+@\S+\.\S+|https?://\S+|\+?[\d ()/.-]{6,20})$`)

// pairsLeast is how many names one below the other, each with an office, are no accident: letters end with one or two.
const pairsLeast = 3

// linePair is a name and an office that stand in two lines, and an address below them.
type linePair struct {
	line                  int
	office, name, address string
}

// linePairs makes a table of such lines.
func linePairs(name string, data []byte) (Listing, bool) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return Listing{}, false
	}
	l := Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Role", "Holder", "E-mail"}}}}
	lines, at := documentLines(text)
	var run []textLine
	end := func() {
		for _, p := range pairsOf(run) {
			l.Rows = append(l.Rows, Row{Line: p.line, Cells: []string{p.office, p.name, p.address}})
		}
		run = nil
	}
	for i, line := range lines {
		t := lineOf(at[i], line)
		switch {
		case t.text == "":
		case t.level > 0 || !isPaired(t.text):
			end()
		default:
			run = append(run, t)
		}
	}
	end()
	l.Notes = []Note{{Line: 1, Text: "Names and offices that stand in turn, a line each, are read as who holds which."}}
	return l, len(l.Rows) > pairsLeast && len(l.Rows) <= listRows
}

// isPaired reports a line that may stand among such.
func isPaired(s string) bool {
	return endsWithOffice(s) || namesOnePerson(nameValue(s)) || reachAlone.MatchString(s)
}

// pairsOf are the pairs of lines that stand one below the other, where all of them have their name and their office in the same
// order; nil of others.
func pairsOf(run []textLine) (pairs []linePair) {
	var said []textLine
	address := map[int]string{} // by the line above it
	for _, t := range run {
		if !reachAlone.MatchString(t.text) {
			said = append(said, t)
		} else if len(said) > 0 && strings.Contains(t.text, "@") {
			address[len(said)-1] = t.text
		}
	}
	if len(said) < 2*pairsLeast || len(said)%2 > 0 {
		return nil
	}
	officeFirst := endsWithOffice(said[0].text)
	for i := 0; i < len(said); i += 2 {
		office, who := said[i+1], said[i]
		if officeFirst {
			office, who = who, office
		}
		if !endsWithOffice(office.text) || endsWithOffice(who.text) || !namesOnePerson(nameValue(who.text)) {
			return nil
		}
		pairs = append(pairs, linePair{line: said[i].line, office: office.text, name: nameValue(who.text), address: address[i+1] + address[i]})
	}
	return pairs
}
