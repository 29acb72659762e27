package server

import (
	"cmp"
	"slices"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/internal/sheet"
	"hatrack/internal/store"
	"hatrack/web/page"
	"hatrack/web/ui"
)

// overview shows the whole batch.
func (b *batch) overview(status int, list []itsm.Problem) error {
	return b.overviewTyped(status, list, nil)
}

// overviewTyped is overview with names of holders that were typed and not understood, by heading.
func (b *batch) overviewTyped(status int, list []itsm.Problem, typed map[string]string) error {
	if err := b.think(store.BatchQuestion{}); err != nil {
		return err
	}
	view := page.Batch{
		ID: b.u.ID, Answers: b.state.BatchAnswers, Practices: b.plan.Practices, MayPractice: b.by.Can(itsm.AddPractice, itsm.Scope{}),
		Open: b.open(), Supports: b.Organisation.SupportLetter, Problems: list, Lines: b.lines(), Letters: b.letters(), Roles: b.roles(typed),
	}
	for _, g := range b.grids {
		if g.In {
			view.In++
		}
	}
	for _, p := range b.plan.Whole {
		if p.Target.ProcessID == 0 {
			view.New++
		}
	}
	if p := b.onlyNew(); p != nil {
		view.Process = p.Target.Process
	}
	view.Alike, view.Differ = b.alike(), b.rows("grids-differ")
	view.NoA, view.SomeA, view.Nameless = b.rows("no-accountable"), b.rows("several-accountable"), b.rows("no-activity-name")
	return b.showAs(status, page.Screen{Title: "Is this how you mean them?", Section: "practices", Crumbs: page.ImportRACICrumbs(), Body: view.Page(), Wide: true, Scripts: []string{"drop.js"}})
}

// lines are the grids and the files that could not be read, in the order in which they came.
func (b *batch) lines() (lines []page.BatchLine) {
	for _, f := range b.files {
		if f.Problem != "" {
			lines = append(lines, page.BatchLine{FileID: f.ID, File: f.FileName, State: page.GridBroken, Reason: f.Problem})
			continue
		}
		for _, g := range b.grids {
			if g.File.ID == f.ID {
				lines = append(lines, b.line(g))
			}
		}
	}
	return lines
}

// line is one grid in the list.
func (b *batch) line(g batchGrid) page.BatchLine {
	l := page.BatchLine{
		FileID: g.File.ID, File: g.File.FileName, Key: g.Key, Name: cmp.Or(strings.TrimSpace(g.Read.Name), g.File.FileName), Where: g.Read.Where, Sure: int(g.Read.Confidence*100 + 0.5),
		Activities: len(g.Read.Activities), Roles: len(g.Read.Roles), Repairs: len(g.Read.Repairs), Remembered: g.File.Remembered, RememberedOf: g.File.RememberedOf,
		Doubts: g.Staged.Doubts,
	}
	if len(g.Read.Reasons) > 0 {
		l.Reason = g.Read.Reasons[0]
	}
	for _, a := range g.Read.Activities {
		l.Cells += len(a.Cells)
	}
	parts := b.partsOf(g)
	for _, p := range parts {
		l.Into = append(l.Into, intoWords(p))
		l.Questions += len(p.Plan.Open())
		if p.Problem != store.NoPractice { // which is asked once, for all of them
			l.Problem = cmp.Or(l.Problem, p.Problem)
		}
	}
	switch {
	case g.Decision.In == "out":
		l.State = page.GridOut
	case g.In && l.Questions == 0 && l.Problem == "":
		l.State = page.GridReady
	case g.In:
		l.State = page.GridAsks
	case g.Read.Verdict == sheet.NotAGrid:
		l.State = page.GridNot
	case g.Read.Verdict == sheet.IsRACI:
		l.State, l.Reason = page.GridOut, "The workbook hides this sheet, and has others with grids."
	default:
		l.State = page.GridAsks
		if len(g.Read.Activities) > 0 {
			l.Problem = "It stays out until you say that it is a RACI grid."
		}
	}
	if !g.In {
		l.Questions = 0
	}
	return l
}

// intoWords says where a part goes.
func intoWords(p store.PlannedPart) string {
	switch {
	case p.Matrix != nil:
		return "Into " + p.Matrix.Process + " of " + p.Matrix.Practice + together(p)
	case p.Practice != "" && p.Target.PracticeID == 0:
		return "New process " + p.Target.Process + " of the new practice " + p.Practice + together(p)
	case p.Practice != "":
		return "New process " + p.Target.Process + " of " + p.Practice + together(p)
	}
	return "New process " + p.Target.Process + together(p)
}

// together says that other grids go there too.
func together(p store.PlannedPart) string {
	if p.Grids < 2 {
		return ""
	}
	return ", together with " + ui.Plural(p.Grids-1, "other grid", "other grids")
}

// alike are the headings of new roles that look like names of one, with what was said about that.
func (b *batch) alike() (out []page.BatchAlike) {
	var headings []string
	for _, p := range b.plan.Parts {
		for _, r := range p.Matches {
			answer := b.state.Roles[itsm.HeadingKey(r.Heading)]
			if r.New && r.Elsewhere == 0 && p.Listed.Means[r.Heading] == "" && answer.Choice == "" && answer.Title == "" {
				headings = append(headings, r.Heading)
			}
		}
	}
	for _, a := range itsm.AlikeRoles(headings) {
		one := page.BatchAlike{Key: keyOf(strings.ToLower(a.Heading)), AlikeRole: a}
		if said := b.state.Same[strings.ToLower(a.Heading)]; said == a.Like {
			one.Answer = "same"
		} else if said == itsm.NotSame {
			one.Answer = said
		}
		out = append(out, one)
	}
	return out
}

// letters are those asked about, over everything that comes in.
func (b *batch) letters() (letters []page.BatchLetter) {
	at := map[string]int{}
	for _, p := range b.plan.Whole {
		for _, q := range p.Plan.Questions {
			if q.Code != "unknown-letter" {
				continue
			}
			n, known := at[q.Letter]
			if !known {
				n = len(letters)
				at[q.Letter] = n
				letters = append(letters, page.BatchLetter{Key: keyOf(q.Letter), Letter: q.Letter, Said: b.said(q.Letter), Chosen: b.state.Letters[q.Letter]})
			}
			letters[n].Cells += q.Cells
		}
	}
	return letters
}

// said is what the files say that a letter means; "" where none does.
func (b *batch) said(letter string) string {
	for _, g := range b.grids {
		if means := g.Read.Legend[letter]; g.In && means != "" {
			return means
		}
	}
	return ""
}

// rows are the rows that a code asks about, grid by grid.
func (b *batch) rows(code string) (rows []page.BatchRows) {
	for _, g := range b.grids {
		r := page.BatchRows{Key: g.Key, Grid: g.Read.Name}
		for _, p := range b.partsOf(g) {
			for _, q := range p.Plan.Questions {
				if q.Code == code {
					r.Rows++
					if !q.Answered {
						r.Open++
					}
				}
			}
		}
		if r.Rows > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

// nearMost is how many roles of the target a heading may be given by its select.
const nearMost = 40

// roles are the headings of everything that comes in, those that mean the same as one; what asks something comes first.
func (b *batch) roles(typed map[string]string) (roles []page.BatchRole) {
	at, last := map[string]int{}, map[string]string{} // the grid in which a heading was met last
	for _, p := range b.plan.Parts {
		for _, r := range p.Matches {
			key := itsm.HeadingKey(r.Heading)
			if n, known := at[key]; known {
				if last[key] != p.Grid { // and not in another spelling, or another section of it
					roles[n].Grids++
				}
				last[key] = p.Grid
				continue
			}
			at[key], last[key] = len(roles), p.Grid
			roles = append(roles, b.role(p, r, key, typed[key]))
		}
	}
	for _, f := range b.plan.People {
		if n, known := at[itsm.HeadingKey(f.Heading)]; known && !slices.Contains(roles[n].People, f.Person) && !roles[n].Match.LeftOut {
			roles[n].People = append(roles[n].People, f.Person)
		}
	}
	slices.SortStableFunc(roles, func(x, y page.BatchRole) int { return cmp.Compare(rank(x), rank(y)) })
	return roles
}

func rank(r page.BatchRole) int {
	switch {
	case r.Elsewhere != "" || len(r.People) > 0 || r.Typed != "":
		return 0
	case r.Match.New:
		return 2
	case r.Match.LeftOut:
		return 3
	}
	return 1
}

func (b *batch) role(p store.PlannedPart, r itsm.RoleMatch, key, typed string) page.BatchRole {
	out := page.BatchRole{Key: keyOf(key), Heading: r.Heading, Grids: 1, Match: r, Answer: b.state.Roles[key], Typed: typed}
	for _, c := range p.Candidates {
		if c.Near && len(out.Near) < nearMost || c.ID == r.RoleID || c.ID == r.Elsewhere || itsm.HeadingKey(c.Name) == key {
			if c.ID > 0 {
				out.Near = append(out.Near, c)
			}
		}
		if c.ID == r.Elsewhere && r.Elsewhere != 0 {
			out.Elsewhere, out.Called = cmp.Or(c.Scope, "the organisation"), c.Name
		}
	}
	for _, person := range b.plan.Named {
		if person.ID == out.Answer.PersonID {
			out.Holder = person
		}
	}
	return out
}
