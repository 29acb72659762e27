package page

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// checkWord is one word of the Check column.
type checkWord struct {
	tone ui.Tone
	word string
}

// checkWords appends all words of a row, worst first: what is wrong, how it stands, and what is asked.
func checkWords(words []checkWord, m *itsm.Matrix, problems []itsm.RowProblem, a *itsm.Accountable) []checkWord {
	stands := !a.Explicit || len(problems) == 0
	for i := range problems {
		if stands && problems[i].Severity == itsm.Grey {
			words, stands = append(words, rowStands(a)), false
		}
		words = append(words, checkWord{matrixTone(m, problems[i].Severity), problems[i].Word})
	}
	if stands {
		words = append(words, rowStands(a))
	}
	return words
}

// What fits into one line of the Check column, in pixels: a letter, and what a word has around it.
const (
	checkRoom   = 208
	checkLetter = 7
	checkAround = 38
)

// oneLine is how many words fit into a line, with the way to the rest where it does not hold all; at least one.
func oneLine(words []checkWord) int {
	used := 0
	for i, w := range words {
		used += checkLetter*utf8.RuneCountInString(w.word) + checkAround
		if rest := min(len(words)-i-1, 1) * checkAround; i > 0 && used+rest > checkRoom {
			return i
		}
	}
	return len(words)
}

// checked is what the Check column says: words of the rules in one line, the rest behind their number, and who answers.
// Paper has all words.
type checked struct {
	words   []checkWord
	shown   int
	answers string
}

// say fills it for a row, in place of what it said of another, with as many words in view as fit into a line.
func (c *checked) say(m *itsm.Matrix, problems []itsm.RowProblem, a *itsm.Accountable) {
	c.words = checkWords(c.words[:0], m, problems, a)
	c.shown, c.answers = oneLine(c.words), Answerer(*a)
}

// allChecked is the same with all words in view, for lists, whose rows are high anyway.
func allChecked(m *itsm.Matrix, problems []itsm.RowProblem, a itsm.Accountable) templ.Component {
	var c checked
	c.say(m, problems, &a)
	c.shown = len(c.words)
	return &c
}

// Render writes the column of one row.
func (c *checked) Render(ctx context.Context, w io.Writer) error {
	return ui.Written(c.write).Render(ctx, w)
}

func (c *checked) write(_ context.Context, b *bytes.Buffer) error {
	for i, w := range c.words {
		if i == c.shown {
			fmt.Fprintf(b, `<details class="rest"><summary class="tag">+%d<span class="vh"> more</span></summary>`, len(c.words)-c.shown)
		}
		ui.WriteTag(b, w.tone, w.word)
	}
	if c.shown < len(c.words) {
		b.WriteString(`</details>`)
	}
	b.WriteString(`<small class="ans">A: <bdi>`)
	b.WriteString(templ.EscapeString(c.answers))
	b.WriteString(`</bdi></small>`)
	return nil
}

// rowStands is the word for a row of which the rules say nothing. A vacant Owner is a gap of the process and none of its
// rows, but no row is well that nobody answers for.
func rowStands(a *itsm.Accountable) checkWord {
	switch {
	case !a.Explicit:
		return checkWord{ui.Inherited, "A from owner"}
	case a.State == itsm.Unheld:
		return checkWord{ui.Ask, "Owner vacant"}
	}
	return checkWord{ui.OK, "OK"}
}

// Answerer says in a few words who answers: a name, or why there is none.
func Answerer(a itsm.Accountable) string {
	_, name := a.Person()
	switch a.State {
	case itsm.Named:
		if a.SignsFor != nil {
			return a.SignsFor.Name + ", signs for " + name + forService(a.Holding)
		}
		switch {
		case a.Holding.Capacity == itsm.Acting:
			name += ", acting"
		case a.Holding.TeamID != 0:
			name += ", leads " + a.Holding.Name
		case a.Holding.CompanyID != 0:
			name += ", for " + a.Holding.Name
		}
		return name + forService(a.Holding) + away(a.Holding)
	case itsm.PerRegion:
		text := "one per region (" + strconv.Itoa(a.Count) + ")"
		for i := range a.Faults {
			f := &a.Faults[i]
			text += "; in " + cmp.Or(f.Holding.Region, "all others") + " " + Answerer(*f)
		}
		return text
	case itsm.PerService:
		return "one per service (" + strconv.Itoa(a.Count) + "): " + itsm.NamesAnd(a.Names)
	case itsm.InCase:
		if a.Role.Kind == itsm.Whoever {
			return strings.ToLower(a.Role.Name) + " of the case"
		}
		return "the one named in the record"
	case itsm.HeldBySome:
		return strconv.Itoa(a.Count) + " at once: " + itsm.NamesAnd(a.Names)
	case itsm.WithoutLead:
		return "nobody for " + a.Holding.Name
	}
	return "nobody"
}
