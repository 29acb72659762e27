package page

import (
	"slices"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// question is what looking down the columns asks, of all the roles it asks it of.
type question struct {
	code        string
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

// questions are what looking down the columns asks, one of each kind; in the grid alone.
func (v RACI) questions() (out []question) {
	if v.At.View != "" {
		return nil
	}
	for i, list := range v.Matrix.ColumnQuestions() {
		for _, p := range list {
			at := slices.IndexFunc(out, func(q question) bool { return q.code == p.Code })
			if at < 0 {
				at, out = len(out), append(out, question{code: p.Code, Title: p.Word, Text: p.Sentence})
			} else if words, ok := several[p.Code]; ok {
				out[at].Title, out[at].Text = words[0], words[1]
			}
			if l := v.columnRole(&v.Matrix.Columns[i]); l.Href != "" {
				out[at].Roles = append(out[at].Roles, l)
			}
		}
	}
	return out
}

// columnRole leads to the role of a column, and says whose it is where it is from elsewhere: two Managers are told apart
// by it. Of another practice a supplier reads the name above its column and nothing more.
func (v RACI) columnRole(c *itsm.Column) ui.Link {
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
