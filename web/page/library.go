package page

import (
	"net/url"
	"slices"
	"strings"

	"hatrack/internal/itsm"
	"hatrack/web/ui"
)

// LibraryURL is an entry of the practice library.
func LibraryURL(key string) string { return "/library/" + key }

// FitSMLine is the attribution that FitSM's licence asks for, where its words are adapted.
const FitSMLine = "Partly adapted from FitSM 3.0, ITEMO e.V., CC BY 4.0."

// LibraryFilter narrows the practice library.
type LibraryFilter struct {
	Text     string
	Category itsm.Category
	Open     bool // what is not adopted yet
}

// Keeps says whether a line stands in the narrowed list. Text is looked for in names, older names too, and purposes.
func (f LibraryFilter) Keeps(l LibraryLine) bool {
	if f.Category != "" && l.Entry.Category != f.Category || f.Open && l.Practice.ID != 0 {
		return false
	}
	texts := []string{l.Entry.Name, l.Entry.Purpose, l.Practice.Name}
	for _, a := range l.Entry.Aliases {
		texts = append(texts, a.Name)
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(f.Text))
	})
}

// url is the list, narrowed.
func (f LibraryFilter) url() string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "category": string(f.Category)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Open {
		q.Set("open", "1")
	}
	return query("/library", q)
}

func (f LibraryFilter) narrowed() bool { return f != LibraryFilter{} }

func (f LibraryFilter) reset() string {
	if f.narrowed() {
		return "/library"
	}
	return ""
}

// olderNames are what an entry is or was called elsewhere, by framework.
func olderNames(p itsm.LibraryPractice) []string {
	var names []string
	for _, a := range p.Aliases {
		name := a.Name
		if a.Framework != itsm.Ours {
			name += " (" + a.Framework + ")"
		}
		if itsm.LibraryKey(a.Name) != p.Key {
			names = append(names, name)
		}
	}
	return names
}

// sourceWord says whose words something follows.
func sourceText(s itsm.Source) string {
	if s.Framework == itsm.Ours {
		return "ours, from common practice"
	}
	return s.String()
}

func (v LibraryEntry) fresh() bool { return v.Has.Practice.ID == 0 }

func (v LibraryEntry) may() bool {
	if v.fresh() {
		return v.Reader.By.Can(itsm.AddPractice, itsm.Scope{})
	}
	return v.Reader.By.Can(itsm.EditPractice, v.Has.Practice.Scope())
}

func (v LibraryEntry) ticked(key string) bool { return slices.Contains(v.Ticked, key) }

// process is what the practice lacks of a process of the entry; ok is false where it lacks nothing.
func (v LibraryEntry) process(c itsm.LibraryProcess) (lacks itsm.LackingProcess, ok bool) {
	for _, l := range v.Lacks.Processes {
		if itsm.LibraryKey(l.Name) == itsm.LibraryKey(c.Name) {
			return l, true
		}
	}
	return lacks, false
}

func (v LibraryEntry) role(name string) (lacks itsm.LackingRole, ok bool) {
	for _, l := range v.Lacks.Roles {
		if itsm.LibraryKey(l.Name) == itsm.LibraryKey(name) || l.ID != 0 && l.Kind != itsm.Practitioner && itsm.NewRole(l.Kind).Name == name {
			return l, true
		}
	}
	return lacks, false
}

func lacksActivity(l itsm.LackingProcess, name string) bool {
	return slices.ContainsFunc(l.Activities, func(a itsm.LibraryActivity) bool { return a.Name == name })
}

// makes says what adopting everything ticked would make, a line each.
func (v LibraryEntry) makes() []string {
	l := v.Lacks.Ticked(v.Ticked)
	roles, processes, activities := l.Added()
	var lines []string
	if v.fresh() {
		lines = append(lines, "A practice called “"+v.Entry.Name+"”, planned")
	}
	if roles > 0 {
		lines = append(lines, ui.Plural(roles, "role", "roles")+v.rolesIn(l))
	}
	if processes > 0 {
		lines = append(lines, ui.Plural(processes, "process", "processes")+", each with its matrix")
	}
	if activities > 0 {
		lines = append(lines, ui.Plural(activities, "activity", "activities")+", in order")
	}
	if n := len(l.NewPolicies()); n > 0 {
		lines = append(lines, ui.Plural(n, "policy", "policies")+", governing it from today")
	}
	for _, y := range l.KnownPolicies() {
		lines = append(lines, "No second “"+y.Title+"”: "+y.Number+", which you have, governs it as well from today")
	}
	if n := l.Filled(); n > 0 {
		lines = append(lines, ui.Plural(n, "empty text", "empty texts")+" filled")
	}
	return lines
}

func (v LibraryEntry) rolesIn(l itsm.Lacking) string {
	if !v.fresh() {
		return ""
	}
	if n := len(l.Roles) - 3; n > 0 {
		return ": Owner, Manager, Practitioner and " + ui.Count(n) + " more, with their responsibilities"
	}
	return ": Owner, Manager, Practitioner, with their responsibilities"
}

// matrix is the example matrix of a process.
func (v LibraryEntry) matrix(c itsm.LibraryProcess) ui.Grid {
	g := ui.Grid{Label: "Example matrix of " + c.Name, Corner: "Activity", NoCheck: true}
	var columns []string
	for _, r := range v.Entry.Born() {
		if usedIn(c, r.Name) {
			columns = append(columns, r.Name)
			g.Columns = append(g.Columns, ui.GridColumn{Name: v.Reader.RoleName(r.Kind, r.Name), Mark: ui.Glyph(r.Kind.Letter(), ui.CalmHole)})
		}
	}
	for _, name := range v.Entry.Whoever {
		if usedIn(c, name) {
			columns = append(columns, name)
			g.Columns = append(g.Columns, ui.GridColumn{Name: name, Mark: ui.Avatar{Kind: ui.CaseAvatar}.View(), PerCase: true})
		}
	}
	for i, a := range c.Activities {
		row := ui.GridRow{No: ui.Count(i + 1), Name: a.Name, Cells: make([]ui.Cell, len(columns))}
		for _, l := range a.Letters {
			if at := slices.Index(columns, l.Role); at >= 0 {
				row.Cells[at] = ui.Cell{Letters: ui.Letters(l.Letters)}
				if g.Columns[at].PerCase {
					row.Cells[at].Look = ui.PerCase
				}
			}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

func usedIn(c itsm.LibraryProcess, role string) bool {
	return slices.ContainsFunc(c.Activities, func(a itsm.LibraryActivity) bool {
		return slices.ContainsFunc(a.Letters, func(l itsm.LibraryLetters) bool { return l.Role == role })
	})
}

// policy is a policy of the entry as the practice lacks it; ok is false where it governs the practice.
func (v LibraryEntry) policy(p itsm.LibraryPolicy) (lacks itsm.LackingPolicy, ok bool) {
	for _, l := range v.Lacks.Policies {
		if l.Title == p.Title {
			return l, true
		}
	}
	return lacks, false
}
