package server

import (
	"cmp"
	"encoding/json"
	"slices"

	"hatrack/internal/sheet"
	"hatrack/web/page"
)

// readingOf is how a grid was read, for the form that lets read it otherwise.
func readingOf(g *batchGrid) page.GridReading {
	outline := g.Read.Outline()
	r := page.GridReading{Orientation: string(g.Read.Orientation), Chosen: string(g.Choice.Orientation), Head: cmp.Or(outline.Head, g.Choice.Head), ByHand: !g.Choice.IsZero()}
	for _, row := range outline.Rows {
		r.Rows = append(r.Rows, page.GridRowChoice{Line: row.Line, Text: row.Text})
	}
	r.List, r.Ticks = g.Read.Orientation == sheet.List, g.ticked(outline)
	if outline.Head != 0 && !r.Ticks {
		for _, c := range outline.Columns {
			r.Columns = append(r.Columns, page.GridColumnUse{Index: c.Index, Header: c.Header, Use: c.Use})
		}
	}
	if r.List && !g.reads(sheet.GridChoice{Orientation: sheet.ActivityRole}, func(o sheet.Grid) bool { return o.Orientation != sheet.List }) {
		r.Rows = nil // lines of text: no other way round, and no row of names
	}
	signs := g.Read.Signs()
	for sign := range g.Choice.Letters {
		if !slices.Contains(signs, sign) {
			signs = append(signs, sign)
		}
	}
	for _, sign := range signs {
		r.Signs = append(r.Signs, page.GridSign{Key: keyOf(sign), Sign: sign, Means: g.Choice.Letters[sign]})
	}
	return r
}

// ticked says that a grid was read out of marks under the letters of each role: none of its columns is a role's.
func (g *batchGrid) ticked(o sheet.Outline) bool {
	return !g.Choice.Lays() && o.Head != 0 && len(g.Read.Activities) > 0 && !slices.ContainsFunc(o.Columns, func(c sheet.GridColumn) bool { return c.Use != sheet.UseIgnored })
}

// reads says how the grid would be read by a choice, where that is a question: of what was read out of no grid, not every
// choice is of use.
func (g *batchGrid) reads(by sheet.GridChoice, as func(sheet.Grid) bool) bool {
	var tables []sheet.Table
	if json.Unmarshal(g.File.Content, &tables) != nil {
		return false
	}
	read := sheet.GridsOf(g.File.FileName, tables, sheet.GridOptions{Choices: map[string]sheet.GridChoice{g.Read.Key: by}}).Grids
	return slices.ContainsFunc(read, func(o sheet.Grid) bool { return o.Key == g.Read.Key && as(o) })
}
