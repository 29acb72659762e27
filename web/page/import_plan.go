package page

import (
	"fmt"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func (v BatchPlan) lede() string {
	return "All of it is one change: written whole or not at all, and undone as a whole. Nothing is changed yet."
}

func (v BatchPlan) do() string {
	return "Import " + ui.Plural(v.Grids, "grid", "grids")
}

func (p GridPart) rows(c itsm.GridChange) (rows []itsm.GridRow) {
	for _, r := range p.Plan.Rows {
		if r.Change == c {
			rows = append(rows, r)
		}
	}
	return rows
}

// counts says in figures what becomes of a process.
func (p GridPart) counts() string {
	text := fmt.Sprintf("%d added", p.Plan.Count(itsm.RowAdded))
	if p.Matrix == nil {
		return text
	}
	text += fmt.Sprintf(", %d changed, %d unchanged", p.Plan.Count(itsm.RowChanged), p.Plan.Count(itsm.RowSame))
	if n := len(p.Plan.TakenOut); n > 0 {
		text += fmt.Sprintf(", %d taken out", n)
	}
	return text
}

// lettersOf says who does what in a row, in short.
func (p GridPart) lettersOf(r itsm.GridRow) string {
	var parts []string
	for i, c := range r.Cells {
		if c.Letters != 0 {
			parts = append(parts, p.Plan.Roles[i].Name+" "+c.Letters.String())
		}
	}
	return strings.Join(parts, ", ")
}

func cellWord(c itsm.Cell) string {
	word := c.Letters.String()
	if word == "" {
		return "nothing"
	}
	if c.Note != "" {
		word += " (" + c.Note + ")"
	}
	return word
}
