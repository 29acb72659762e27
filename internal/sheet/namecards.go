package sheet

import "strings"

// Rosters in text give each person a few lines with labels, in any order, or a heading with the name: "Name: Ann Bo", "Role: Incident
// commander", "E-mail: ann@example.org".

// nameCard is what the lines of one say.
type nameCard struct {
	line                int
	level               int // of the heading that is the name
	name, role, address string
}

// nameCards makes a table of such lines.
func nameCards(name string, data []byte) (Listing, bool) {
	text, ok := textOfDocument(name, data)
	if !ok {
		return Listing{}, false
	}
	l := Listing{File: name, Score: twoFields, Rows: []Row{{Line: 1, Cells: []string{"Role", "Holder", "E-mail"}}}}
	var card nameCard
	end := func() {
		if card.name != "" && card.role != "" {
			l.Rows = append(l.Rows, Row{Line: card.line, Cells: []string{card.role, card.name, card.address}})
		}
		card = nameCard{}
	}
	known := hatLexicon.byHeading()
	lines, at := documentLines(text)
	for i, line := range lines {
		t := lineOf(at[i], line)
		if t.level > 0 && card.name != "" && card.role == "" && t.level > card.level && calledRole(t.text) { // "## Ann Bo" over "### President"
			card.role = t.text
			continue
		}
		if t.level > 0 {
			if end(); namesOnePerson(nameValue(t.text)) {
				card = nameCard{line: at[i], name: nameValue(t.text), level: t.level}
			}
			continue
		}
		m := labelled.FindStringSubmatch(plainText(line))
		if m == nil {
			continue
		}
		label, says := compact(m[1]), strings.TrimSpace(m[2])
		field := known[label]
		switch {
		case (personLabels[label] || nameWords[label]) && namesOnePerson(nameValue(says)):
			if card.name != "" {
				end()
			}
			card.name, card.line = nameValue(says), at[i]
		case field == HatRole && says != "" && len(says) < 80:
			if card.role != "" {
				end()
			}
			card.role = says
		case reachLabel(label):
			if at := mailIn.FindStringSubmatch(says); at != nil {
				card.address = at[1]
			}
		}
	}
	end()
	l.Notes = []Note{{Line: 1, Text: "The lines of this text that say a name and a role, one below the other, are read as who has it."}}
	return l, len(l.Rows) > 2 && len(l.Rows) <= listRows
}
