package sheet

import (
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// commentMark begins the marks that stand for comments, which no file has written itself.
const commentMark = "comment:"

// uncommented is a cell as it was written, without the mark of a comment.
func uncommented(cell string) string {
	bare, _, _ := strings.Cut(cell, "[^"+commentMark)
	return bare
}

// cellAt is a cell: its line as the spreadsheet counts, its column from 0.
type cellAt struct{ line, column int }

// commentMost bounds what is kept of a comment, in characters, and commentsMost how many of a sheet's are.
const (
	commentMost  = 300
	commentsMost = 10_000
)

// comments reads what the comments of a worksheet say of its cells.
func (b *workbook) comments(worksheet string) (map[cellAt]string, error) {
	_, byType, err := b.relations(worksheet)
	if err != nil || byType["comments"] == "" {
		return nil, err
	}
	said, authors := map[cellAt]string{}, []string(nil)
	err = b.walk(byType["comments"], func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "author":
			author, err := text(d)
			authors = append(authors, author)
			return err
		case "comment":
			row, col, ok := parseRef(attr(e, "ref"))
			s, err := text(d, "t")
			if s = plainComment(s, authors); err == nil && ok && s != "" && len(said) < commentsMost {
				said[cellAt{row + 1, col}] = s
			}
			return err
		}
		return nil
	})
	return said, err
}

// plainComment is a comment without what spreadsheets put around it: the name of its author above it, and the advice to
// get a newer version above one that can be answered.
func plainComment(s string, authors []string) string {
	s = strings.TrimSpace(unescapeExcel(s))
	if _, own, threaded := strings.Cut(s, "Comment:\n"); threaded && strings.HasPrefix(s, "[Threaded comment]") {
		s = own
	}
	if by, rest, ok := strings.Cut(s, ":\n"); ok && slices.Contains(authors, by) {
		s = rest
	}
	s, lost := shortened(oneLine(clean(s)), commentMost)
	if lost > 0 {
		s += "…"
	}
	return s
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
			mark := commentMark + columnName(col) + strconv.Itoa(row.Line)
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
	marked := func(s string) bool { return strings.Contains(s, commentMark) }
	return slices.EqualFunc(g.Activities, other.Activities, func(a, b GridActivity) bool {
		return a.Name == b.Name && a.Section == b.Section && !marked(b.Note) && maps.EqualFunc(a.Cells, b.Cells, func(a, b Cell) bool {
			return slices.Equal(a.Letters, b.Letters) && !marked(b.Note)
		})
	}) && !slices.ContainsFunc(other.Problems, func(p Problem) bool { return marked(p.Text) }) &&
		!slices.ContainsFunc(other.Repairs, func(r Repair) bool { return marked(r.Was + r.Became) })
}
