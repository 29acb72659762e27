package sheet

import (
	"slices"
	"strings"
)

// besideTables are the listings of a document with that of the lines of its text behind them, where these name others than its
// tables do; the first says so.
func besideTables(found []Listing, name string, data []byte) []Listing {
	text, ok := textHats(name, data)
	if len(found) == 0 {
		return found
	}
	if !ok {
		return oneBeside(found, name, data)
	}
	at, tables := slices.Index(text.Rows[0].Cells, "Holder"), map[string]bool{}
	for _, l := range found {
		for _, row := range l.Rows {
			for _, cell := range row.Cells {
				tables[strings.ToLower(nameValue(cell))] = true
			}
		}
	}
	others := 0
	for _, row := range text.Rows[1:] {
		if !tables[strings.ToLower(nameValue(row.Cell(at)))] {
			others++
		}
	}
	if others*2 < len(text.Rows)-1 || others < 2 {
		return found
	}
	text.Where, text.Score = "the text around the tables", 1
	found[0].Notes = append(slices.Clip(found[0].Notes), Note{Line: found[0].Rows[0].Line, Text: "The text of this file says of " + count(others) + " others which role they have. They are a list of their own, “" + text.Where + "”."})
	return append(found, text)
}

// oneBeside says in the first of some listings whom a line of the text around them names in a role that they say of nobody: there
// is one chair. Who owns or wrote the document wears no hat by that.
func oneBeside(found []Listing, name string, data []byte) []Listing {
	text, _ := hatLines(name, data)
	if len(text.Rows) != 2 {
		return found
	}
	row, known := text.Rows[1], policyLexicon.byHeading()
	role, holder := row.Cell(1), nameValue(row.Cell(2))
	if f := known[compact(role)]; isFact(f) || f == PolicyCategory || controlWords[compact(role)] || !namesOnePerson(holder) {
		return found
	}
	for _, l := range found {
		for _, other := range l.Rows {
			if slices.ContainsFunc(other.Cells, func(cell string) bool { return strings.EqualFold(oneLine(cell), role) }) {
				return found
			}
		}
	}
	found[0].Notes = append(slices.Clip(found[0].Notes), Note{Line: row.Line, Text: "The text of this file names “" + holder + "” as “" + role + "”, which stands in no table and is left out."})
	return found
}
