package page

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func (v RACI) lede() string {
	m := v.Matrix
	return fmt.Sprintf("%s, %s. Each row has at most one A; where none is set, the Owner answers.",
		ui.Plural(len(m.Rows), "activity", "activities"), ui.Plural(len(m.Columns), "role", "roles"))
}

// state says who approved it before; nil where nobody is said to have.
func (v RACI) state() templ.Component {
	if !v.Matrix.Approval.Stated() {
		return nil
	}
	return approvedBefore(v.Matrix.Approval)
}

// editable says that cells can be set here and now: by those who may, on today's draft.
func (v RACI) editable() bool { return v.MayEdit && v.Matrix.Editable }

// lastSection is where the next activity goes, which others move it out of.
func (v RACI) lastSection() string {
	if n := len(v.Matrix.Rows); n > 0 {
		return v.Matrix.Rows[n-1].Section
	}
	return ""
}

// with is the view's address with one thing changed.
func (v RACI) with(change func(*RACIView)) string {
	at := v.At
	change(&at)
	return at.URL(v.Matrix)
}

// asOf chooses the day, and leads to two of them side by side.
func (v RACI) asOf() ui.AsOf {
	as := asOf(v.Days, RACIURL(v.Matrix.ProcessID, v.Matrix.Process), v.Around, v.At.params()...)
	as.Links = append(as.Links, ui.Link{Text: "Compare two days", Href: v.compare()})
	return as
}

// compare is the matrix's day beside today; beside a month ago where its day is today.
func (v RACI) compare() string {
	from := ""
	if v.Days.Other() {
		from = itsm.ISODay(v.Days.At)
	}
	return CompareURL(v.Matrix.ProcessID, v.Matrix.Process, from, "", v.At.Region)
}

func (v RACI) views() []ui.NavItem {
	var items []ui.NavItem
	for _, o := range []struct{ key, text string }{{"", "Roles"}, {"people", "People"}, {"list", "By activity"}, {"column", "One role"}} {
		items = append(items, ui.NavItem{Text: o.text, Current: v.At.View == o.key, Href: v.with(func(at *RACIView) { at.View = o.key })})
	}
	return items
}

// fewRegions stand side by side as a switch; more are a list to choose from.
const fewRegions = 4

func (v RACI) regionSwitch() []ui.NavItem {
	if n := len(v.Matrix.Regions); n == 0 || n > fewRegions {
		return nil
	}
	items := []ui.NavItem{{Text: "All regions", Current: v.At.Region == 0, Href: v.with(func(at *RACIView) { at.Region = 0 })}}
	for _, r := range v.Matrix.Regions {
		items = append(items, ui.NavItem{Text: r.Name, Current: v.At.Region == r.ID, Href: v.with(func(at *RACIView) { at.Region = r.ID })})
	}
	return items
}

// regionOptions are the regions as a tree, in one list.
func (v RACI) regionOptions() []ui.Option {
	options := make([]ui.Option, 0, 1+len(v.Matrix.Regions))
	options = append(options, ui.Option{Text: "All regions", Selected: v.At.Region == 0})
	var below func(parent int64, depth int)
	below = func(parent int64, depth int) {
		for _, r := range v.Matrix.Regions {
			if r.ParentID == parent {
				options = append(options, ui.Option{Value: strconv.FormatInt(r.ID, 10), Text: strings.Repeat("\u2003", depth) + r.Name, Selected: r.ID == v.At.Region})
				below(r.ID, depth+1)
			}
		}
	}
	below(0, 0)
	return options
}

func (v RACI) serviceOptions() []ui.Option {
	options := make([]ui.Option, 0, 1+len(v.Matrix.Services))
	options = append(options, ui.Option{Text: "Any service", Selected: v.At.Service == 0})
	for _, s := range v.Matrix.Services {
		options = append(options, ui.Option{Value: strconv.FormatInt(s.ID, 10), Text: s.Name, Selected: s.ID == v.At.Service})
	}
	return options
}

func (v RACI) roleOptions() []ui.Option {
	var options []ui.Option
	for _, c := range v.Matrix.Columns {
		options = append(options, ui.Option{Value: strconv.FormatInt(c.Role.ID, 10), Text: c.Role.Name, Selected: c.Role.ID == v.At.Role})
	}
	return options
}

func (v RACI) problems(row itsm.Row) []itsm.RowProblem {
	return v.Matrix.Problems(row, v.At.Region, v.At.Service)
}

// rows are those that the reader wants to see, by index: all, or those with something to fix or to watch.
func (v RACI) rows() iter.Seq2[int, *itsm.Row] {
	return func(yield func(int, *itsm.Row) bool) {
		for i := range v.Matrix.Rows {
			row := &v.Matrix.Rows[i]
			if v.At.OnlyGaps {
				if worst := itsm.Worst(v.problems(*row)); worst != itsm.Red && worst != itsm.Amber {
					continue
				}
			}
			if !yield(i, row) {
				return
			}
		}
	}
}

// nothing says that there is no row that the reader wants to see.
func (v RACI) nothing() bool {
	for range v.rows() {
		return false
	}
	return true
}

// Shown are the rows that the reader wants to see.
func (v RACI) Shown() (shown []itsm.Row) {
	for _, row := range v.rows() {
		shown = append(shown, *row)
	}
	return shown
}

// ToFix is how many rows have something red.
func (v RACI) ToFix() (n int) {
	for i := range v.Matrix.Rows {
		if itsm.Worst(v.problems(v.Matrix.Rows[i])) == itsm.Red {
			n++
		}
	}
	return n
}

// matrixTone is how bad something is in a matrix: what a planned practice has not yet is a next step, and no gap.
func matrixTone(m *itsm.Matrix, s itsm.Severity) ui.Tone {
	if m.State == string(itsm.Planned) && (s == itsm.Red || s == itsm.Amber) {
		return ui.Plan
	}
	return tone(s)
}

// matrixTab leads to a process's matrix, and says in how many rows something is to be done.
func matrixTab(m *itsm.Matrix, rows int, current bool) ui.Tab {
	tab := ui.Tab{Text: "RACI matrix", Href: RACIURL(m.ProcessID, m.Process), Current: current, Count: rows, Tone: matrixTone(m, itsm.Red), CountWord: word(rows, "row", "rows") + " to fix"}
	if tab.Tone == ui.Plan {
		tab.CountWord = "next steps"
	}
	return tab
}

// grid is the matrix by role.
func (v RACI) grid() ui.Grid {
	g := ui.Grid{Label: "RACI of " + v.Matrix.Process, Corner: "Activity", Groups: v.groups(), Columns: v.columns(), Each: v.gridRows(nil), Foot: v.foot(), Supports: v.Supports}
	if v.editable() {
		g.Save, g.SaveAll = v.At.saveURL(v.Matrix), v.At.saveAllURL(v.Matrix)
		if v.MayImport {
			g.Bring, g.Process = ImportRACIURL(0), strconv.FormatInt(v.Matrix.ProcessID, 10)
		}
	}
	return g
}

func (v RACI) foot() ui.GridFoot {
	foot := ui.GridFoot{Label: "A and R of each role", Note: "+ where no A is set", Counts: make([]ui.GridCount, 0, len(v.Matrix.Columns))}
	for i, t := range v.Matrix.Totals() {
		foot.Counts = append(foot.Counts, ui.GridCount{A: t.A, FromAbove: t.FromAbove, R: t.R, PerCase: v.Matrix.Columns[i].Role.Kind == itsm.Whoever})
	}
	return foot
}

func (v RACI) notes() []ui.GridNote {
	var notes []ui.GridNote
	for _, row := range v.rows() {
		for i := range row.Cells {
			if note := row.Cells[i].Note; note != "" {
				notes = append(notes, ui.GridNote{Row: strconv.Itoa(row.Position) + " " + row.Name, Column: v.Matrix.Columns[i].Role.Name, Text: note})
			}
		}
	}
	return notes
}

func (v RACI) legend() ui.Legend {
	legend := ui.Legend{
		{Mark: ui.Glyph("A", ui.Solid), Word: "Answers"}, {Mark: ui.Glyph("R", ui.Solid), Word: "Does"},
		{Mark: ui.Glyph("C", ui.Solid), Word: "Gives input"}, {Mark: ui.Glyph("I", ui.Solid), Word: "Is told"},
	}
	if v.Supports {
		legend = append(legend, ui.LegendItem{Mark: ui.Glyph("S", ui.Solid), Word: "Supports"})
	}
	if v.At.View == "people" {
		legend = append(legend, ui.LegendItem{Mark: ui.SmallIcon("users"), Word: "Through a team"})
	}
	return append(legend, ui.LegendItem{Mark: ui.Glyph("A", ui.Lighter), Word: "From the Owner"})
}

// letterMark is a set of letters outside the grid.
func letterMark(l itsm.Letters) templ.Component { return ui.LetterGlyphs(ui.Letters(l), 0) }

func (v RACI) conflictHead(c CellConflict) string {
	if c.Changed != "" {
		return c.Changed
	}
	return c.Text
}

func (v RACI) conflictVersus(c CellConflict) ui.Versus {
	name := "The cell"
	if i := v.Matrix.Column(c.RoleID); i >= 0 {
		name = v.Matrix.Columns[i].Role.Name
	}
	return ui.Versus{Mine: "Yours", Theirs: "What stands now", Lines: []ui.VersusLine{{Name: name, Mine: cellText(c.Mine), Theirs: cellText(c.Theirs)}}}
}
