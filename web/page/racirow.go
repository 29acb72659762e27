package page

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// letterWord says what a letter means.
var letterWord = map[itsm.Letters]string{
	itsm.LetterA: "answers", itsm.LetterR: "does", itsm.LetterC: "gives input", itsm.LetterI: "is told", itsm.LetterS: "supports",
}

// letters are those that a row's form offers beside the A.
func (v RACIRow) letters() []itsm.Letters {
	l := []itsm.Letters{itsm.LetterR, itsm.LetterC, itsm.LetterI}
	if v.RACI.Supports {
		l = append(l, itsm.LetterS)
	}
	return l
}

// cell is what stands in the form: what was typed, or what is kept.
func (v RACIRow) cell(column int) itsm.Cell {
	if v.Typed != nil {
		return v.Typed[v.RACI.Matrix.Columns[column].Role.ID]
	}
	return v.Row.Cells[column]
}

// ownerAnswers says that no role of the form has the A.
func (v RACIRow) ownerAnswers() bool {
	for i := range v.RACI.Matrix.Columns {
		if v.cell(i).Letters.Has(itsm.LetterA) {
			return false
		}
	}
	return true
}

func (v RACIRow) noteName(column int) string {
	return fmt.Sprintf("note[%d]", v.RACI.Matrix.Columns[column].Role.ID)
}

func (v RACIRow) noteError(column int) string {
	return v.Problems.Of(fmt.Sprintf("note_%d", v.RACI.Matrix.Columns[column].Role.ID))
}

// boxID ties a checkbox to its label.
func (v RACIRow) boxID(column int, l itsm.Letters) string {
	return "f-" + l.String() + strconv.FormatInt(v.RACI.Matrix.Columns[column].Role.ID, 10)
}

func (v RACIRow) value(column int) string {
	return strconv.FormatInt(v.RACI.Matrix.Columns[column].Role.ID, 10)
}

// lower is a letter as a form's name.
func lower(l itsm.Letters) string { return string(l.String()[0] + 'a' - 'A') }

// versus shows what was typed beside what stands now, where somebody else was quicker.
func (v RACIRow) versus() ui.Versus {
	out := ui.Versus{Mine: "What you typed", Theirs: "What stands now"}
	for i, c := range v.RACI.Matrix.Columns {
		out.Lines = append(out.Lines, ui.VersusLine{Name: c.Role.Name, Mine: cellText(v.cell(i)), Theirs: cellText(v.Row.Cells[i])})
	}
	for _, text := range v.lost() {
		out.Lines = append(out.Lines, ui.VersusLine{Name: "A role that was taken out of the matrix", Mine: text})
	}
	return out
}

// lost is what was typed for roles that have no column any more.
func (v RACIRow) lost() []string {
	var texts []string
	for _, role := range slices.Sorted(maps.Keys(v.Typed)) {
		if c := v.Typed[role]; v.RACI.Matrix.Column(role) < 0 && c != (itsm.Cell{}) {
			texts = append(texts, cellText(c))
		}
	}
	return texts
}

// outrun says what somebody else did meanwhile; "" where nobody did.
func (v RACIRow) outrun() string {
	if len(v.lost()) > 0 {
		return "A role was taken out of this matrix after you opened the row"
	}
	return v.Changed
}

func cellText(c itsm.Cell) string {
	if c.Note == "" {
		return c.Letters.String()
	}
	return c.Letters.String() + " (" + c.Note + ")"
}

// neighbours are the rows before and after this one; nil at the ends.
func (v RACIRow) neighbours() (before, after *itsm.Row) {
	rows := v.RACI.Matrix.Rows
	for i, r := range rows {
		if r.ActivityID != v.Row.ActivityID {
			continue
		}
		if i > 0 {
			before = &rows[i-1]
		}
		if i+1 < len(rows) {
			after = &rows[i+1]
		}
	}
	return before, after
}

func (v RACIRow) heads() []ui.Head {
	heads := []ui.Head{{Text: "Role"}, {Text: "Answers"}, {Text: "Does"}, {Text: "Input"}, {Text: "Told"}}
	if v.RACI.Supports {
		heads = append(heads, ui.Head{Text: "Supports"})
	}
	return append(heads, ui.Head{Text: "Note"})
}

// answering names who answers and through what.
func (v RACIRow) answering(a itsm.Accountable) string {
	text := a.Role.Name + ": " + Answerer(a) + "."
	on := answered{Days: v.RACI.Days, Region: v.RACI.At.Region}
	owner := ", so the Owner " + strings.TrimSuffix(on.verb(), " for")
	switch {
	case a.Role.ID == 0:
		return "Nobody: there is no Owner role."
	case !a.Explicit:
		return "No role has the A" + owner + ". " + text
	case a.UpToOwner:
		return sentenceCase(on.unworn(a.Role.Name)) + owner + ": " + Answerer(a) + "."
	}
	if who, name := v.RACI.Matrix.OwnerAnswers(0, 0).Person(); who != 0 && a.Role.ID != v.RACI.Matrix.Owner.Role.ID {
		text += " " + name + " " + on.verb() + " the process."
	}
	return text
}

// fixes lead from a problem of staffing to the appointment that mends it; letters are mended in the form beside.
func (v RACIRow) fixes(p itsm.RowProblem) []ui.Link {
	switch p.Code {
	case "accountable-vacant", "accountable-vacant-region":
		if v.RACI.Days.Other() { // nobody is appointed on another day
			return nil
		}
		if at := v.RACI.Matrix.Column(p.RoleID); at >= 0 {
			role := v.RACI.Matrix.Columns[at].Role
			if link := v.Reader.appoint(role, role.Scope(v.RACI.Matrix.PracticeID), p.RegionID); link.Href != "" {
				return []ui.Link{link}
			}
		}
	case "accountable-several", "accountable-no-lead", "role-retired":
		return []ui.Link{{Text: "Open the role", Href: RoleURL(p.RoleID, "")}}
	}
	return nil
}
