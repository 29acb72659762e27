package sheet

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// cellAt is a cell: its line as the spreadsheet counts, its column from 0.
type cellAt struct{ line, column int }

// ownMark begins the marks that stand for the comments and footnotes of a document, which it has not written itself.
const ownMark = "note:"

// unmarkedByUs is a cell as it was written.
func unmarkedByUs(cell string) string {
	bare, _, _ := strings.Cut(cell, "[^"+ownMark)
	return bare
}

// gridsNoted are the grids of a table, with what comments say of letters and names as their notes. A mark behind a name may
// lead the reading astray: then the letters alone have one, and if that does too, none.
func gridsNoted(t Table, file string, number int, choices map[string]GridChoice) []Grid {
	grids := gridsOf(t, file, number, choices)
	for _, takes := range [][]cellKind{{letterCell, textCell}, {letterCell}} {
		marked, some := t.commented(takes)
		if !some {
			break
		}
		if noted := gridsOf(marked, file, number, choices); slices.EqualFunc(grids, noted, Grid.readsAs) {
			for i := range noted {
				noted[i].source = grids[i].source
			}
			return noted
		}
	}
	return grids
}

// commented is the table with a mark behind the cells of some kinds of which a comment says something, and nothing else does
// yet; its footnotes say what the marks mean.
func (t Table) commented(takes []cellKind) (marked Table, some bool) {
	if len(t.comments) == 0 {
		return t, false
	}
	marked, marked.footnotes = t, footnoteTexts{}
	maps.Copy(marked.footnotes, t.footnotes)
	marked.Rows = make([]Row, len(t.Rows))
	for i, row := range t.Rows {
		marked.Rows[i] = Row{Line: row.Line, Cells: slices.Clone(row.Cells)}
		for col, cell := range row.Cells {
			said := t.comments[cellAt{row.Line, col}]
			if c := readCell(cell); said == "" || c.Note != "" || markBehind(cell) != "" || !slices.Contains(takes, c.kind) {
				continue
			}
			mark := ownMark + columnName(col) + strconv.Itoa(row.Line)
			marked.Rows[i].Cells[col], marked.footnotes["["+mark+"]"] = cell+"[^"+mark+"]", said
			some = true
		}
	}
	return marked, some
}

// readsAs says whether another reading of a grid differs in its notes alone, and shows no mark.
func (g Grid) readsAs(other Grid) bool {
	if g.Verdict != other.Verdict || g.Orientation != other.Orientation || !slices.Equal(g.Roles, other.Roles) || len(g.Problems) != len(other.Problems) {
		return false
	}
	marked := func(s string) bool { return strings.Contains(s, ownMark) }
	return slices.EqualFunc(g.Activities, other.Activities, func(a, b GridActivity) bool {
		return a.Name == b.Name && a.Section == b.Section && !marked(b.Note) && maps.EqualFunc(a.Cells, b.Cells, func(a, b Cell) bool {
			return slices.Equal(a.Letters, b.Letters) && !marked(b.Note)
		})
	}) && !slices.ContainsFunc(other.Problems, func(p Problem) bool { return marked(p.Text) }) &&
		!slices.ContainsFunc(other.Repairs, func(r Repair) bool { return marked(r.Was + r.Became) })
}
