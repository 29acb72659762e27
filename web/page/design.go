package page

import (
	"strconv"

	"github.com/a-h/templ"

	"hatrack/web/ui"
)

// The sample matrix of the design page: invented, with one row of each kind.
var designGroups = []ui.GridGroup{
	{Text: "From the practice", Span: 2}, {Text: "Practitioners", Span: 3}, {Text: "Whoever it is", Span: 1}, {Text: "Invited", Span: 1},
}

func designColumns() []ui.GridColumn {
	return []ui.GridColumn{
		{Key: "1", Name: "Owner", Detail: "from the practice", Mark: ui.Glyph("O", ui.Lighter)},
		{Key: "2", Name: "Manager", Detail: "one per region (3)", Mark: ui.Glyph("M", ui.Solid)},
		{Key: "3", Name: "Service desk analyst", Detail: "2 teams, 12", Mark: ui.Glyph("P", ui.Solid)},
		{Key: "4", Name: "Technical specialist", Detail: "4 people", Mark: ui.Glyph("P", ui.Solid)},
		{Key: "5", Name: "Major incident manager", Detail: "per case", Mark: ui.Glyph("P", ui.Solid)},
		{Key: "6", Name: "User", Detail: "per case", Mark: ui.Avatar{Kind: ui.CaseAvatar}.View(), PerCase: true},
		{Key: "7", Name: "Change manager", Detail: "from Change enablement", Mark: ui.SmallIcon("arrow-up-right")},
	}
}

func designRows() []ui.GridRow {
	ok := ui.Tag(ui.OK, "OK")
	return []ui.GridRow{
		designRow(1, "Detect and report", ui.Neutral, ok, "A I R R - r -"),
		designRow(2, "Log", ui.Neutral, ui.Tag(ui.Inherited, "A from owner"), "a - R I - i -"),
		designRow(3, "Categorise and prioritise", ui.Neutral, templ.Join(ui.Tag(ui.Warn, "A vacant in APAC"), ui.Tag(ui.Ask, "7 × C")), "C A R C C c C"),
		designRow(4, "Diagnose and escalate", ui.Neutral, ui.Tag(ui.Warn, "A vacant in APAC"), "- AR R R C - -"),
		designRow(5, "Resolve and restore", ui.Neutral, ok, "A I - R Rn i C"),
		designRow(6, "Confirm and close", ui.Crit, ui.Tag(ui.Crit, "No R"), "A I C ! ! c -"),
	}
}

// designRow reads one word a cell: letters; "a" an A from above, "!" wanted, "-" empty,
// "n" after the letters a note, small letters in the column of the case.
func designRow(no int, name string, tone ui.Tone, check templ.Component, words string) ui.GridRow {
	row := ui.GridRow{Key: strconv.Itoa(no), Counter: 1, No: strconv.Itoa(no), Name: name, Href: "#main", Tone: tone, Check: check}
	column := 0
	for start, i := 0, 0; i <= len(words); i++ {
		if i < len(words) && words[i] != ' ' {
			continue
		}
		word := words[start:i]
		start = i + 1
		column++
		cell := ui.Cell{Letters: ui.ParseLetters(word)}
		switch {
		case word == "a":
			cell = ui.Cell{Look: ui.FromAbove}
		case word == "!":
			cell.Look = ui.Wanted
		case word == "Rn":
			row.Notes = map[int]string{column - 1: "Only for major incidents: leads the call and decides what is tried next."}
		}
		if column == 6 {
			cell.Look |= ui.PerCase
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

var designFoot = ui.GridFoot{
	Label: "A and R of each role",
	Counts: []ui.GridCount{
		{A: 3, FromAbove: 1}, {A: 2, R: 1}, {R: 4}, {R: 3}, {R: 1}, {R: 1, PerCase: true}, {},
	},
	Note: "+ where no A is set",
}
