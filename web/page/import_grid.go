package page

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func (v BatchGrid) lede() string { return strings.Join(v.Reasons, " ") }

// out says that the grid waits for somebody's word.
func (v BatchGrid) out() bool { return len(v.Parts) == 0 }

func (v BatchGrid) asks() bool {
	return slices.ContainsFunc(v.Parts, func(p GridPart) bool {
		return len(p.asked("several-accountable"))+len(p.asked("no-accountable"))+len(p.asked("no-activity-name"))+len(p.asked("not-storable")) > 0
	})
}

func (v BatchGrid) openWord() string {
	n := 0
	for _, p := range v.Parts {
		for _, q := range p.Plan.Open() {
			if !slices.Contains(sharedCodes, q.Code) {
				n++
			}
		}
	}
	if n == 0 {
		return "all answered"
	}
	return strconv.Itoa(n) + " open"
}

// sharedCodes are of questions that are answered for all grids of a batch.
var sharedCodes = []string{"unknown-letter", "role-elsewhere", "grids-differ"}

// once are the open questions that all grids of the batch share, each once.
func (v BatchGrid) once() (texts []string) {
	for _, p := range v.Parts {
		for _, q := range p.Plan.Open() {
			if slices.Contains(sharedCodes, q.Code) && !slices.Contains(texts, q.Text) {
				texts = append(texts, q.Text)
			}
		}
	}
	return texts
}

func (v BatchGrid) existing() bool {
	return slices.ContainsFunc(v.Parts, func(p GridPart) bool { return p.Matrix != nil })
}

func (v BatchGrid) partTitle(p GridPart) string {
	if p.Section != "" {
		return p.Section
	}
	return v.Line.Name
}

func (v BatchGrid) processOptions(p GridPart) []ui.Option {
	options := []ui.Option{{Value: "new", Text: "A new process", Selected: p.ProcessID == 0 && p.With == ""}}
	for _, o := range p.Others {
		options = append(options, ui.Option{Value: "with:" + o.Key, Text: "Together with " + clip(o.Name) + ", " + clip(o.File), Selected: o.Key == p.With})
	}
	for _, c := range v.Processes {
		options = append(options, ui.Option{Value: number(c.ID), Text: c.Practice + ": " + c.Name, Selected: c.ID == p.ProcessID})
	}
	return options
}

func (v BatchGrid) practiceOptions(p GridPart) []ui.Option {
	options := []ui.Option{{Text: "As for all grids", Selected: p.PracticeID == 0}}
	for _, c := range v.Practices {
		options = append(options, ui.Option{Value: number(c.ID), Text: c.Name, Selected: c.ID == p.PracticeID})
	}
	return options
}

func (p GridPart) asked(code string) []itsm.GridQuestion {
	var out []itsm.GridQuestion
	for _, q := range p.Plan.Questions {
		if q.Code == code {
			out = append(out, q)
		}
	}
	return out
}

// keepOptions are who may keep the A of a row with several.
func (p GridPart) keepOptions(q itsm.GridQuestion) []ui.Option {
	chosen := p.Answers.Several[q.Line]
	options := []ui.Option{{Text: "As for all rows", Selected: chosen == ""}}
	for _, h := range q.Roles {
		options = append(options, ui.Option{Value: FieldKey(h), Text: clip(h), Selected: h == chosen})
	}
	return options
}

// rowOptions are who may answer for a row without an A.
func (p GridPart) rowOptions(line int) []ui.Option {
	chosen := p.Answers.RowNoA[line]
	options := []ui.Option{{Text: "As for all rows", Selected: chosen == ""}, {Value: "owner", Text: "The Owner", Selected: chosen == "owner"}, {Value: "open", Text: "Leave open", Selected: chosen == "open"}}
	for _, r := range p.Plan.Roles {
		options = append(options, ui.Option{Value: FieldKey(r.Heading), Text: clip(r.Name), Selected: r.Heading == chosen})
	}
	return options
}

// origin is what a column was called in the file; where that is the role's own name, what the role hangs on.
func (p GridPart) origin(r itsm.RoleMatch) string {
	at := slices.IndexFunc(p.Candidates, func(c itsm.Candidate) bool { return c.ID == r.RoleID })
	switch {
	case r.Elsewhere != 0:
		return r.How
	case r.New:
		return "new role"
	case at < 0 || r.Heading != r.Name:
		return "“" + r.Heading + "”"
	}
	return p.Candidates[at].Scope
}

// grid is what was understood, drawn as the matrix it becomes.
func (p GridPart) grid(mended map[GridPlace]string) ui.Grid {
	g := ui.Grid{Label: "The grid as understood", Corner: "Activity"}
	for _, r := range p.Plan.Roles {
		g.Columns = append(g.Columns, ui.GridColumn{Name: r.Name, Detail: p.origin(r)})
	}
	open := map[int]bool{}
	for _, q := range p.Plan.Open() {
		open[q.Line] = true
	}
	questions := map[int][]itsm.GridQuestion{}
	for _, q := range p.Plan.Questions {
		questions[q.Line] = append(questions[q.Line], q)
	}
	section := ""
	for _, r := range p.Plan.Rows {
		row := ui.GridRow{No: strconv.Itoa(r.Line), Name: r.Name, Check: p.check(r, questions[r.Line]), Cells: make([]ui.Cell, len(r.Cells)), Notes: map[int]string{}, Was: map[int]string{}}
		for i, c := range r.Cells {
			row.Cells[i].Letters, row.Notes[i] = ui.Letters(c.Letters), c.Note
			if r.Asked[i] {
				row.Cells[i].Look |= ui.Asked
				row.Was[i] = r.Written[i]
			}
			if was := mended[GridPlace{r.Line, p.Plan.Roles[i].Heading}]; c.Letters != 0 && row.Was[i] == "" && was != c.Letters.String() {
				row.Was[i] = was // where the letters are as they were, the note says what came to them
			}
		}
		if open[r.Line] {
			row.Tone = ui.Warn
		}
		if r.Section != section {
			row.Section, section = r.Section, r.Section
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// tinted says that a grid has a repaired cell.
func tinted(g ui.Grid) bool {
	return slices.ContainsFunc(g.Rows, func(r ui.GridRow) bool {
		return slices.ContainsFunc(slices.Collect(maps.Values(r.Was)), func(was string) bool { return was != "" })
	})
}

// questionWords are what the Check column says of a question.
var questionWords = map[string]string{
	"no-accountable": "No A: who answers?", "several-accountable": "Two A: choose one", "no-activity-name": "No name",
}

func (p GridPart) check(r itsm.GridRow, questions []itsm.GridQuestion) templ.Component {
	var tags []templ.Component
	for _, q := range questions {
		word := questionWords[q.Code]
		if word == "" || q.Answered {
			continue
		}
		if n := len(q.Roles); n > 2 {
			word = fmt.Sprintf("%d A: choose one", n)
		}
		tags = append(tags, ui.Tag(ui.Warn, word))
	}
	if r.Whole != "" {
		tags = append(tags, ui.Tag(ui.Ask, "Name shortened"))
	}
	if !slices.ContainsFunc(r.Cells, func(c itsm.Cell) bool { return c.Letters.Has(itsm.LetterR) }) {
		tags = append(tags, ui.Tag(ui.Ask, "No R"))
	}
	if p.Matrix == nil { // all of a new process is new
		if len(tags) == 0 {
			return ui.Tag(ui.OK, "OK")
		}
		return templ.Join(tags...)
	}
	tone := ui.Neutral
	if r.Change == itsm.RowAdded {
		tone = ui.Plan
	}
	return templ.Join(append(tags, ui.CountTag(tone, string(r.Change)))...)
}

func (p GridPart) notes() []ui.GridNote {
	var notes []ui.GridNote
	for _, r := range p.Plan.Rows {
		if r.Whole != "" && r.ActivityID == 0 {
			notes = append(notes, ui.GridNote{Row: fmt.Sprintf("%d %s", r.Line, clip(r.Name)), Column: "name", Text: "It is longer than a name may be. The whole of it becomes what the activity says."})
		}
		if r.Note != "" {
			what := "becomes what the activity says"
			if r.ActivityID != 0 {
				what = "left out, for the activity is there already"
			}
			notes = append(notes, ui.GridNote{Row: fmt.Sprintf("%d %s", r.Line, clip(r.Name)), Column: "remark", Text: "“" + clip(r.Note) + "” (" + what + ")"})
		}
		for i, c := range r.Cells {
			if c.Note != "" {
				notes = append(notes, ui.GridNote{Row: fmt.Sprintf("%d %s", r.Line, r.Name), Column: p.Plan.Roles[i].Name, Text: c.Note})
			}
		}
	}
	return notes
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
