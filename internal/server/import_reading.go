package server

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"

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

type readingInput struct {
	Orientation string            `form:"orientation"`
	Head        int               `form:"head"`
	Col         map[int]string    `form:"col"`
	Means       map[string]string `form:"means"`
	Do          string            `form:"do"`
}

// readRACIGrid reads a grid as somebody says that it is to be read, takes it in, or leaves it out.
func (s *Server) readRACIGrid(v *visit) error {
	b, g, err := v.batchGridOf()
	if err != nil {
		return err
	}
	in, err := read[readingInput](v)
	if list, status, ok := problems(err); ok {
		return b.gridPage(status, g, list)
	} else if err != nil {
		return err
	}
	choice, field := g.Choice, ""
	switch in.Do {
	case "in", "out":
		g.Decision.In = in.Do
		b.state.Grids[g.Key] = g.Decision
		if err := s.store.AnswerStaged(v.ctx, v.by, b.u.ID, b.state); err != nil {
			return err
		}
		if choice.Sure = in.Do == "in" && (choice.Sure || g.Read.Verdict != sheet.IsRACI); choice.Sure == g.Choice.Sure {
			return v.goTo(page.Next(page.BatchGridURL(b.u.ID, g.Key)))
		}
	case "reset":
		choice, field = sheet.GridChoice{}, "reading"
	default:
		choice, field = in.choice(g), in.changed(g)
	}
	return b.readAs(g, choice, field)
}

// readAs keeps how a grid is to be read, beside what was said about the others of its file, and goes to the field that
// said so: who has no pointer goes on from there.
func (b *batch) readAs(g *batchGrid, choice sheet.GridChoice, field string) error {
	choices := map[string]sheet.GridChoice{}
	if err := json.Unmarshal(g.File.Choices, &choices); err != nil {
		return err
	}
	choices[g.Read.Key] = choice
	if choice.IsZero() {
		delete(choices, g.Read.Key)
	}
	if err := b.s.store.ChooseReading(b.ctx, b.by, g.File.ID, choices); err != nil {
		return err
	}
	to := page.BatchGridURL(b.u.ID, g.Key)
	if field != "" {
		to += "#f-" + field
	} else {
		to = page.Next(to)
	}
	return b.goTo(to)
}

// changed is the first field of the form that says something else than the page did; "reading" where none does.
func (in readingInput) changed(g *batchGrid) string {
	shown := readingOf(g)
	switch {
	case in.Orientation != shown.Chosen:
		return "orientation"
	case len(shown.Rows) > 1 && in.Head != shown.Head:
		return "head"
	}
	for _, c := range shown.Columns {
		if use, sent := in.Col[c.Index]; sent && use != c.Use {
			return keyedField("col", strconv.Itoa(c.Index))
		}
	}
	for _, s := range shown.Signs {
		if in.Means[s.Key] != s.Means {
			return keyedField("means", s.Key)
		}
	}
	return "reading"
}

// choice is what the form says that is not guessed anyway. Where another row is the head, or the grid is read the other
// way, the columns are guessed anew.
func (in readingInput) choice(g *batchGrid) sheet.GridChoice {
	outline := g.Read.Outline()
	c := sheet.GridChoice{Orientation: sheet.Orientation(in.Orientation), Head: g.Choice.Head, Sure: g.Choice.Sure, Letters: map[string]string{}, Columns: map[int]string{}}
	if !slices.Contains([]sheet.Orientation{sheet.ActivityRole, sheet.RoleActivity, sheet.ActivityLetter, sheet.PersonLetter}, c.Orientation) {
		c.Orientation = ""
	}
	moved := in.Head != 0 && in.Head != outline.Head
	if moved {
		c.Head = in.Head
	}
	if !moved && c.Orientation == g.Choice.Orientation {
		for _, col := range outline.Columns {
			use, sent := in.Col[col.Index]
			if before, chosen := g.Choice.Columns[col.Index]; sent && slices.Contains(sheet.ColumnUses, use) && (use != col.Use || chosen && before == use) {
				c.Columns[col.Index] = use
			}
		}
	}
	for _, s := range readingOf(g).Signs {
		if means := in.Means[s.Key]; means != "" {
			c.Letters[s.Sign] = means
		}
	}
	return c
}
