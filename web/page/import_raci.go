package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// ImportRACICrumbs lead to the pages that bring a grid.
func ImportRACICrumbs() []ui.Link {
	return []ui.Link{{Text: "Practices", Href: "/practices"}, {Text: "Import a RACI grid", Href: ImportRACIURL(0)}}
}

// Imported says what bringing a grid did.
func Imported(p itsm.GridPlan) string {
	text := fmt.Sprintf("Imported: %s added, %d changed", ui.Plural(p.Count(itsm.RowAdded), "activity", "activities"), p.Count(itsm.RowChanged))
	if n := len(p.NewRoles()); n > 0 {
		text += ", " + ui.Plural(n, "role", "roles") + " added"
	}
	if n := p.LeftOpen; n > 0 {
		text += "; " + ui.Plural(n, "row is", "rows are") + " left open, where the Owner answers until you name somebody"
	}
	return text + "."
}

func (v ImportRACI) processOptions() []ui.Option {
	options := []ui.Option{{Text: "A new process", Selected: v.Process == 0}}
	for _, p := range v.Processes {
		options = append(options, ui.Option{Value: strconv.FormatInt(p.ID, 10), Text: p.Name, Group: p.Practice, Selected: p.ID == v.Process})
	}
	return options
}

func (v ImportRACI) practiceOptions() []ui.Option {
	var options []ui.Option
	if v.MayPractice {
		options = append(options, ui.Option{Text: "A new practice", Selected: v.Practice == 0})
	}
	for _, p := range v.Practices {
		options = append(options, ui.Option{Value: strconv.FormatInt(p.ID, 10), Text: p.Name, Selected: p.ID == v.Practice})
	}
	return options
}

func (v RACIPreview) action() string { return "/import/raci/" + strconv.FormatInt(v.ID, 10) }

// target names where the grid goes.
func (v RACIPreview) target() string {
	switch {
	case v.Matrix != nil:
		return v.Matrix.Process + " of " + v.Matrix.Practice
	case v.NewPractice != "":
		return "the new process " + v.NewProcess + " of the new practice " + v.NewPractice
	}
	return "the new process " + v.NewProcess
}

func (v RACIPreview) lede() string {
	return fmt.Sprintf("%s and %s, for %s. Nothing is changed yet.", ui.Plural(len(v.Plan.Rows), "activity", "activities"), ui.Plural(len(v.Plan.Roles), "role", "roles"), v.target())
}

// headings are the grid's columns in its order, in or out.
func (v RACIPreview) headings() []itsm.RoleMatch {
	return slices.Concat(v.Plan.Roles, v.Plan.LeftOut)
}

// strange are the letters asked about, in the order that forms number them.
func (v RACIPreview) strange() []itsm.GridQuestion { return v.asked("unknown-letter") }

func (v RACIPreview) asked(code string) []itsm.GridQuestion {
	var out []itsm.GridQuestion
	for _, q := range v.Plan.Questions {
		if q.Code == code {
			out = append(out, q)
		}
	}
	return out
}

func (v RACIPreview) answered() int { return len(v.Plan.Questions) - len(v.Plan.Open()) }

// origin is what a column was called in the file; where that is the role's own name, what the role hangs on.
func (v RACIPreview) origin(r itsm.RoleMatch) string {
	at := slices.IndexFunc(v.Candidates, func(c itsm.Candidate) bool { return c.ID == r.RoleID })
	if at < 0 || r.Heading != r.Name {
		return "“" + r.Heading + "”"
	}
	return v.Candidates[at].Scope
}

// grid is what was understood, drawn as the matrix it becomes.
func (v RACIPreview) grid() ui.Grid {
	g := ui.Grid{Label: "The grid as understood", Corner: "Activity"}
	for _, r := range v.Plan.Roles {
		c := ui.GridColumn{Name: r.Name, Detail: v.origin(r)}
		if r.New {
			c.Detail = "new role"
		}
		if r.Elsewhere != 0 {
			c.Detail = r.How
		}
		g.Columns = append(g.Columns, c)
	}
	was := map[string]string{}
	for _, r := range v.Repairs {
		was[r.Where] = r.Was
	}
	section := ""
	for _, r := range v.Plan.Rows {
		row := ui.GridRow{No: strconv.Itoa(r.Line), Name: r.Name, Check: v.check(r), Cells: make([]ui.Cell, len(r.Cells))}
		for i, c := range r.Cells {
			row.Cells[i] = ui.Cell{Letters: ui.Letters(c.Letters), Note: c.Note}
			if r.Asked[i] {
				row.Cells[i].Look |= ui.Asked
			}
			if c.Letters != 0 { // a repair says where it was as the file does: "line 4, Service desk"
				row.Cells[i].Was = was[fmt.Sprintf("line %d, %s", r.Line, v.Plan.Roles[i].Heading)]
			}
		}
		if slices.ContainsFunc(v.Plan.Open(), func(q itsm.GridQuestion) bool { return q.Line == r.Line }) {
			row.Tone = ui.Warn
		}
		if r.Section != section {
			row.Section, section = r.Section, r.Section
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// questionWords are what the Check column says of a question.
var questionWords = map[string]string{
	"no-accountable": "No A: who answers?", "several-accountable": "Two A: choose one", "no-activity-name": "No name",
}

func (v RACIPreview) check(r itsm.GridRow) templ.Component {
	var tags []templ.Component
	for _, q := range v.Plan.Questions {
		if q.Line != r.Line || questionWords[q.Code] == "" {
			continue
		}
		word := questionWords[q.Code]
		if n := len(q.Roles); n > 2 {
			word = fmt.Sprintf("%d A: choose one", n)
		}
		if !q.Answered {
			tags = append(tags, ui.Tag(ui.Warn, word))
		}
	}
	if !slices.ContainsFunc(r.Cells, func(c itsm.Cell) bool { return c.Letters.Has(itsm.LetterR) }) {
		tags = append(tags, ui.Tag(ui.Ask, "No R"))
	}
	if len(tags) == 0 {
		tags = append(tags, ui.Tag(ui.OK, "OK"))
	}
	tone := ui.Neutral
	if r.Change == itsm.RowAdded {
		tone = ui.Plan
	}
	return templ.Join(append(tags, ui.CountTag(tone, string(r.Change)))...)
}

func (v RACIPreview) notes() []ui.GridNote {
	var notes []ui.GridNote
	for _, r := range v.Plan.Rows {
		for i, c := range r.Cells {
			if c.Note != "" {
				notes = append(notes, ui.GridNote{Row: fmt.Sprintf("%d %s", r.Line, r.Name), Column: v.Plan.Roles[i].Name, Text: c.Note})
			}
		}
	}
	return notes
}

// roleOptions are what a heading may become.
func (v RACIPreview) roleOptions(r itsm.RoleMatch) []ui.Option {
	name := r.Heading
	if rs := []rune(name); len(rs) > 40 {
		name = string(rs[:40]) + "…"
	}
	options := []ui.Option{
		{Value: "new", Text: "A new role: " + name, Selected: r.New && r.Elsewhere == 0},
		{Value: "out", Text: "Leave this column out", Selected: r.LeftOut},
	}
	if r.Elsewhere != 0 {
		options = append([]ui.Option{{Text: "Not decided yet", Selected: true}}, options...)
	}
	for _, c := range v.Candidates {
		text := c.Name
		if c.Scope != "" {
			text += " (" + c.Scope + ")"
		}
		group := "From elsewhere"
		if c.Near {
			group = "Of the process and its practice"
		}
		options = append(options, ui.Option{Value: fmt.Sprintf("role:%d", c.ID), Text: text, Group: group, Selected: c.ID == r.RoleID && r.RoleID != 0})
	}
	return options
}

// match is what a heading becomes.
func (v RACIPreview) match(heading string) itsm.RoleMatch {
	for _, r := range v.headings() {
		if r.Heading == heading {
			return r
		}
	}
	return itsm.RoleMatch{}
}

func (v RACIPreview) elsewhereChoice(heading string) string {
	return fmt.Sprintf("role:%d", v.match(heading).Elsewhere)
}

func (v RACIPreview) decided(heading string) string {
	if v.match(heading).New {
		return "no, a new role"
	}
	return "yes, the same hat"
}

// number is the place of a heading in the file: what forms call it.
func (v RACIPreview) number(heading string) int { return slices.Index(v.Headings, heading) }

func (v RACIPreview) roleName(n int) string { return fmt.Sprintf("role[%d]", n) }

func lineName(what string, line int) string { return fmt.Sprintf("%s[%d]", what, line) }

// answerOptions are who may answer for a row without an A.
func (v RACIPreview) answerOptions(chosen string) []ui.Option {
	var options []ui.Option
	for _, r := range v.Plan.Roles {
		options = append(options, ui.Option{Value: strconv.Itoa(v.number(r.Heading)), Text: r.Name, Selected: r.Heading == chosen})
	}
	return options
}

func (v RACIPreview) rowOptions(line int) []ui.Option {
	chosen := v.Answers.RowNoA[line]
	options := []ui.Option{{Text: "As for all rows", Selected: chosen == ""}, {Value: "owner", Text: "The Owner", Selected: chosen == "owner"}, {Value: "open", Text: "Leave open", Selected: chosen == "open"}}
	return append(options, v.answerOptions(chosen)...)
}

func (v RACIPreview) letterOptions(letter string) []ui.Option {
	chosen := v.Answers.Letters[letter]
	options := []ui.Option{{Text: "Choose", Selected: chosen == ""}}
	for _, l := range []itsm.Letters{itsm.LetterA, itsm.LetterR, itsm.LetterC, itsm.LetterI, itsm.LetterS} {
		if l == itsm.LetterS && !v.Supports {
			continue
		}
		options = append(options, ui.Option{Value: l.String(), Text: l.String() + ", " + letterWord[l], Selected: chosen == l.String()})
	}
	return append(options,
		ui.Option{Value: "note", Text: "Keep it as a note", Selected: chosen == "note"},
		ui.Option{Value: "out", Text: "Nothing, leave it out", Selected: chosen == "out"})
}

// rowPlaces names lines in a sentence: "Rows 11, 15 and 16".
func rowPlaces(questions []itsm.GridQuestion) string {
	if len(questions) == 1 {
		return "Row " + strconv.Itoa(questions[0].Line) + " has"
	}
	var lines []string
	for i, q := range questions {
		if i == 6 {
			lines = append(lines, fmt.Sprintf("%d more", len(questions)-i))
			break
		}
		lines = append(lines, strconv.Itoa(q.Line))
	}
	last := len(lines) - 1
	return "Rows " + strings.Join(lines[:last], ", ") + " and " + lines[last] + " have"
}
