package page

import (
	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// question is what looking down the columns asks, of all the roles it asks it of.
type question struct {
	Title, Text string
	Roles       []ui.Link
}

// several are the questions in the plural: word and sentence by the problem's code.
var several = map[string][2]string{
	"column-empty":    {"No letter", "These roles have no letter yet: do they belong in this matrix?"},
	"column-told":     {"Only told", "These roles are only ever told: a mailing list would do."},
	"column-audience": {"No A, no R", "These roles neither answer nor do: roles, or an audience?"},
	"column-many-a":   {"Most of the A", "These roles answer for most of the activities: can some move closer to the work?"},
	"column-many-r":   {"Most of the R", "These roles do most of the activities: can other roles take some?"},
	"column-full":     {"In every row", "These roles are in every row: do they need to be in everything?"},
}

// questions are what looking down the columns asks, one of each kind.
func (v RACI) questions() []question {
	var out []question
	var kinds [][]itsm.RowProblem
	at, roles := map[string]int{}, map[int64]ui.Link{}
	for i, list := range v.Matrix.ColumnQuestions() {
		for _, p := range list {
			roles[p.RoleID] = v.columnRole(v.Matrix.Columns[i])
			if _, ok := at[p.Code]; !ok {
				at[p.Code] = len(kinds)
				kinds = append(kinds, nil)
			}
			kinds[at[p.Code]] = append(kinds[at[p.Code]], p)
		}
	}
	for _, of := range kinds {
		q := question{Title: of[0].Word, Text: of[0].Sentence}
		if words, ok := several[of[0].Code]; ok && len(of) > 1 {
			q.Title, q.Text = words[0], words[1]
		}
		for _, p := range of {
			if l := roles[p.RoleID]; l.Href != "" {
				q.Roles = append(q.Roles, l)
			}
		}
		out = append(out, q)
	}
	return out
}

// columnRole leads to the role of a column, and says whose it is where it is from elsewhere: two Managers are told apart
// by it. Of another practice a supplier reads the name above its column and nothing more.
func (v RACI) columnRole(c itsm.Column) ui.Link {
	l := ui.Link{Text: c.Role.Name, Href: RoleURL(c.Role.ID, c.Role.Name)}
	if c.Source == itsm.Invited {
		if !v.Directory {
			return ui.Link{}
		}
		if c.Role.ScopeName != "" {
			l.Text += " of " + c.Role.ScopeName
		}
	}
	return l
}
