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
	at, names := map[string]int{}, map[int64]string{}
	for i, list := range v.Matrix.ColumnQuestions() {
		for _, p := range list {
			names[p.RoleID] = v.Matrix.Columns[i].Role.Name
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
			q.Roles = append(q.Roles, ui.Link{Text: names[p.RoleID], Href: RoleURL(p.RoleID, names[p.RoleID])})
		}
		out = append(out, q)
	}
	return out
}
