package page

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// checkTags are shown of a row's problems, worst first; the row's form says all.
const checkTags = 2

// rowCheck is what the Check column says: the words of the rules, and who answers.
func rowCheck(m *itsm.Matrix, problems []itsm.RowProblem, a itsm.Accountable) templ.Component {
	return ui.Written(func(ctx context.Context, b *bytes.Buffer) error {
		draw := func(tag templ.Component) error { return tag.Render(ctx, b) }
		if !a.Explicit || len(problems) == 0 {
			if err := draw(rowStands(a)); err != nil {
				return err
			}
		}
		for _, p := range problems[:min(len(problems), checkTags)] {
			if err := draw(ui.Tag(matrixTone(m, p.Severity), p.Word)); err != nil {
				return err
			}
		}
		if more := len(problems) - checkTags; more > 0 {
			if err := draw(ui.CountTag(ui.Neutral, fmt.Sprintf("+%d", more))); err != nil {
				return err
			}
		}
		b.WriteString(`<small class="ans">A: <bdi>` + templ.EscapeString(Answerer(a)) + `</bdi></small>`)
		return nil
	})
}

// rowStands is the word for a row of which the rules say nothing. A vacant Owner is a gap of the process and none of its
// rows, but no row is well that nobody answers for.
func rowStands(a itsm.Accountable) templ.Component {
	switch {
	case !a.Explicit:
		return ui.Tag(ui.Inherited, "A from owner")
	case a.State == itsm.Unheld:
		return ui.Tag(ui.Ask, "Owner vacant")
	}
	return ui.Tag(ui.OK, "OK")
}

// Answerer says in a few words who answers: a name, or why there is none.
func Answerer(a itsm.Accountable) string {
	_, name := a.Person()
	switch a.State {
	case itsm.Named:
		if a.SignsFor != nil {
			return a.SignsFor.Name + ", signs for " + name
		}
		switch {
		case a.Holding.Capacity == itsm.Acting:
			return name + ", acting"
		case a.Holding.TeamID != 0:
			return name + ", leads " + a.Holding.Name
		case a.Holding.CompanyID != 0:
			return name + ", for " + a.Holding.Name
		}
		return name
	case itsm.PerRegion:
		return fmt.Sprintf("one per region (%d)", a.Count)
	case itsm.PerService:
		return fmt.Sprintf("one per service (%d)", a.Count)
	case itsm.InCase:
		if a.Role.Kind == itsm.Whoever {
			return strings.ToLower(a.Role.Name) + " of the case"
		}
		return "the one named in the record"
	case itsm.HeldBySome:
		return fmt.Sprintf("%d at once", a.Count)
	}
	return "nobody"
}
