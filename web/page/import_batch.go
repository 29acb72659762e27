package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

func (v Batch) lede() string {
	left := ""
	if n := len(v.Lines) - v.In; n > 0 {
		left = fmt.Sprintf(" %d stay out.", n)
		if n == 1 {
			left = " One stays out."
		}
	}
	if v.In == 0 {
		return "No grid comes in so far. Nothing is changed yet."
	}
	comes := ui.Plural(v.In, "grid comes in.", "grids come in together.")
	return comes + left + " Nothing is changed yet."
}

// openHint says what is decided on the page of a grid.
func (v Batch) openHint() string {
	if v.New == 0 || v.Process != "" {
		return "Open the grid to bring it elsewhere, or to make each group a process of its own."
	}
	return "Open a grid to name its process, to bring it into one that there is, or to make each group a process of its own."
}

// waits says that a grid stays out until somebody says that it is one.
func (l BatchLine) waits() bool {
	return l.State == GridAsks && len(l.Into) == 0 && l.Key != "" || l.State == GridReady && len(l.Doubts) > 0
}

func (v Batch) openWord() string {
	if v.Open == 0 {
		return "all answered"
	}
	return strconv.Itoa(v.Open) + " open"
}

func (v Batch) anyQuestion() bool {
	return len(v.named())+len(v.elsewhere())+len(v.NoA)+len(v.SomeA)+len(v.Nameless)+len(v.Letters)+len(v.Alike)+len(v.Differ) > 0
}

// named are the headings that hold names of people, and elsewhere those that are called as roles of elsewhere.
func (v Batch) named() (asked []BatchRole) {
	for _, r := range v.Roles {
		if len(r.People) > 0 {
			asked = append(asked, r)
		}
	}
	return asked
}

func (v Batch) elsewhere() (asked []BatchRole) {
	for _, r := range v.Roles {
		if r.Elsewhere != "" {
			asked = append(asked, r)
		}
	}
	return asked
}

// WhoChosen is what was said about the people whom a heading names: an id, "nobody", or "".
func WhoChosen(a itsm.RoleAnswer) string {
	switch {
	case a.Nobody:
		return "nobody"
	case a.PersonID != 0:
		return number(a.PersonID)
	}
	return ""
}

// WhoAll is what was said of all headings that hold names of people: "yes", "nobody", or "" where that differs.
func WhoAll(roles []BatchRole) (all string) {
	for _, r := range roles {
		if len(r.People) == 0 {
			continue
		}
		said := WhoChosen(r.Answer)
		if said != "" && said != "nobody" {
			said = "yes"
		}
		if said == "" || all != "" && all != said {
			return ""
		}
		all = said
	}
	return all
}

// mixed says that of several headings some were answered otherwise than all, or cannot be answered with them.
func mixed(roles []BatchRole) bool {
	some := false
	for _, r := range roles {
		some = some || WhoChosen(r.Answer) != "" || len(r.People) > 1
	}
	return some && WhoAll(roles) == ""
}

func (r BatchRole) whoOptions() []ui.Option {
	chosen := WhoChosen(r.Answer)
	options := []ui.Option{{Text: "Choose", Selected: chosen == ""}}
	for _, p := range r.People {
		text := "Yes, " + p.Name
		if p.Detail != "" {
			text += " (" + p.Detail + ")"
		}
		options = append(options, ui.Option{Value: number(p.ID), Text: clip(text), Selected: chosen == number(p.ID)})
	}
	return append(options, ui.Option{Value: "nobody", Text: "No, bring the role alone", Selected: chosen == "nobody"})
}

func (r BatchRole) elsewhereOptions() []ui.Option {
	return []ui.Option{{Text: "Choose"}, {Value: "role:" + number(r.Match.Elsewhere), Text: clip("The one of " + r.Elsewhere)}, {Value: "new", Text: "A new role"}}
}

// unsureAlike is how many likenesses are left to be decided.
func (v Batch) unsureAlike() (n int) {
	for _, a := range v.Alike {
		if a.Answer == "" && !a.Sure {
			n++
		}
	}
	return n
}

// unknown is how many letters mean nothing yet.
func (v Batch) unknown() (n int) {
	for _, l := range v.Letters {
		if l.Chosen == "" {
			n++
		}
	}
	return n
}

func (v Batch) letterCells() (n int) {
	for _, l := range v.Letters {
		n += l.Cells
	}
	return n
}

func (v Batch) newRoles() (n int) {
	for _, r := range v.Roles {
		if r.Match.New {
			n++
		}
	}
	return n
}

func (l BatchLine) sure(word string) string {
	if l.Sure == 0 || l.Sure == 100 {
		return word
	}
	return fmt.Sprintf("%s, %d %% sure", word, l.Sure)
}

// rowsWord counts rows over all grids: "12 rows have".
func rowsWord(rows []BatchRows, one, many string) string {
	n := 0
	for _, r := range rows {
		n += r.Rows
	}
	return ui.Plural(n, one, many)
}

func (v Batch) practiceOptions() []ui.Option {
	options := []ui.Option{{Text: "Choose", Selected: v.Answers.PracticeID == 0}}
	if v.MayPractice {
		options[0].Text = "A new practice, named below"
	}
	for _, p := range v.Practices {
		options = append(options, ui.Option{Value: number(p.ID), Text: p.Name, Selected: p.ID == v.Answers.PracticeID})
	}
	return options
}

func (v Batch) newRolesWord() string {
	if n := v.newRoles(); n > 0 {
		return ui.Plural(n, "is new", "are new")
	}
	return "none is new"
}

// goWord counts the processes that are new and those that are there.
func (v Batch) goWord() string {
	if v.New > 0 || v.In == 0 {
		return ui.Plural(v.New, "new process", "new processes")
	}
	return "no new process"
}

func (v Batch) newWord() string {
	if v.New == 1 {
		return "process"
	}
	return "processes"
}

func (v Batch) byRole() bool {
	return v.Answers.NoA != "" && v.Answers.NoA != "owner" && v.Answers.NoA != "open"
}

// answerOptions are who may answer for rows without an A.
func (v Batch) answerOptions() []ui.Option {
	var options []ui.Option
	for _, r := range v.Roles {
		if !r.Match.LeftOut {
			options = append(options, ui.Option{Value: r.Key, Text: clip(r.Heading), Selected: itsm.HeadingKey(r.Heading) == v.Answers.NoA})
		}
	}
	return options
}

func clip(s string) string {
	if r := []rune(s); len(r) > 48 {
		return string(r[:48]) + "…"
	}
	return s
}

// where says in how many grids a heading stands, and how it was matched.
func (r BatchRole) where() string {
	how := r.Match.How
	if r.Grids > 1 {
		how += ", in " + strconv.Itoa(r.Grids) + " grids"
	}
	return how
}

func (r BatchRole) more() string {
	if r.Holder.ID != 0 {
		return "Worn by " + r.Holder.Name
	}
	return "Name and holder"
}

func (r BatchRole) holder() string {
	if r.Typed != "" {
		return r.Typed
	}
	return r.Holder.Name
}

// options are what a heading may become; the first is what was understood.
func (r BatchRole) options() []ui.Option {
	chosen := r.Answer.Choice
	understood := "A new role: " + clip(r.Match.Name)
	switch {
	case r.Match.Elsewhere != 0:
		understood = "Not decided yet"
	case r.Match.RoleID != 0 && chosen == "":
		understood = clip(r.Match.Name) + " (" + r.Match.How + ")"
	case chosen != "":
		understood = "As understood"
	}
	options := []ui.Option{{Text: understood, Selected: chosen == ""}}
	if chosen != "" || !r.Match.New || r.Match.Elsewhere != 0 {
		options = append(options, ui.Option{Value: "new", Text: "A new role: " + clip(r.Heading), Selected: chosen == "new"})
	}
	options = append(options,
		ui.Option{Value: "owner", Text: "The Owner of the process", Selected: chosen == "owner"},
		ui.Option{Value: "manager", Text: "The Manager of the process", Selected: chosen == "manager"},
		ui.Option{Value: "out", Text: "Leave it out", Selected: chosen == "out"})
	for _, c := range r.Near {
		text := c.Name
		if c.Scope != "" {
			text += " (" + c.Scope + ")"
		}
		value := fmt.Sprintf("role:%d", c.ID)
		options = append(options, ui.Option{Value: value, Text: text, Selected: chosen == value})
	}
	return options
}

// letterOptions are what a strange letter may mean.
func letterOptions(chosen string, supports bool) []ui.Option {
	options := []ui.Option{{Text: "Choose", Selected: chosen == ""}}
	for _, l := range []itsm.Letters{itsm.LetterA, itsm.LetterR, itsm.LetterC, itsm.LetterI, itsm.LetterS} {
		if l == itsm.LetterS && !supports {
			continue
		}
		options = append(options, ui.Option{Value: l.String(), Text: l.String() + ", " + letterWord[l], Selected: chosen == l.String()})
	}
	return append(options,
		ui.Option{Value: "note", Text: "Keep it as a note", Selected: chosen == "note"},
		ui.Option{Value: "out", Text: "Nothing, leave it out", Selected: chosen == "out"})
}

// rolesUpFront is how many roles stand open on the page; beyond that the new ones that ask nothing stand behind their word.
const rolesUpFront = 12

// plainNew says that a heading becomes a new role of its own name, and nothing is asked about it.
func (r BatchRole) plainNew() bool {
	return r.Match.New && r.Elsewhere == "" && len(r.People) == 0 && r.Holder.ID == 0 && r.Typed == "" && r.Answer.Title == ""
}

func (v Batch) upFront() []BatchRole {
	if len(v.Roles) <= rolesUpFront {
		return v.Roles
	}
	return slices.DeleteFunc(slices.Clone(v.Roles), BatchRole.plainNew)
}

func (v Batch) behind() (rest []BatchRole) {
	if len(v.Roles) <= rolesUpFront {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Roles), func(r BatchRole) bool { return !r.plainNew() })
}

// openRest shows the new roles too where a problem is about one of them.
func (v Batch) openRest() bool {
	return slices.ContainsFunc(v.Problems, func(p itsm.Problem) bool { return strings.HasPrefix(p.Field, "title[") })
}

// options are what a heading that looks like another may be.
func (a BatchAlike) options() []ui.Option {
	var options []ui.Option
	if a.Answer == "" && !a.Sure {
		options = append(options, ui.Option{Text: "Choose", Selected: true})
	}
	return append(options,
		ui.Option{Value: "same", Text: "The same as " + clip(a.Like), Selected: a.Answer == "same" || a.Answer == "" && a.Sure},
		ui.Option{Value: itsm.NotSame, Text: "A role of its own", Selected: a.Answer == itsm.NotSame})
}
