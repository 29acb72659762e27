package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// ManagerReport says how many managers were found in the list, and whom the
// list names without containing them; those may still be known elsewhere.
type ManagerReport struct {
	Named      int                 `json:"named"` // lines that name a manager
	Found      int                 `json:"found"` // of these, lines whose manager is in the list
	Unresolved []UnresolvedManager `json:"unresolved"`
}

// UnresolvedManager is a manager that the list names but does not settle.
type UnresolvedManager struct {
	ID    string `json:"id,omitempty"`
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
	Why   string `json:"why"`   // a sentence
	Lines []int  `json:"lines"` // that name them
}

// ResolveManagers finds each row's manager in the list itself, by e-mail, by
// number, by name, and sets ManagerLine. A number that leads to somebody of
// another name than the line gives is not believed: in many exports managers
// are numbered on their own. Whoever is not found is in the report, and once
// each among the list's problems; nothing about managers is fatal. Cycles are
// left as they are, only nobody becomes their own manager.
func (l *PeopleList) ResolveManagers() ManagerReport {
	index := newManagerIndex(l.People)
	report := ManagerReport{}
	open := map[managerKey]int{} // place in report.Unresolved
	for i := range l.People {
		p := &l.People[i]
		p.ManagerLine = 0
		key := managerKey{p.ManagerID, p.ManagerName, strings.ToLower(p.ManagerEmail)}
		if key == (managerKey{}) {
			continue
		}
		report.Named++
		at, why := index.find(key)
		switch {
		case why == "" && at == i:
			l.problem("own-manager", p.Line, ManagerName, false, "%s is named as their own manager; that is left out.", p.Name)
			p.ManagerID, p.ManagerName, p.ManagerEmail = "", "", ""
			continue
		case why == "":
			report.Found++
			p.ManagerLine = l.People[at].Line
			continue
		}
		if key.Name != "" || key.Email != "" {
			key.ID = "" // the same name under two numbers is one question
		}
		n, known := open[key]
		if !known {
			n = len(report.Unresolved)
			open[key] = n
			report.Unresolved = append(report.Unresolved, UnresolvedManager{ID: p.ManagerID, Name: p.ManagerName, Email: p.ManagerEmail, Why: why})
		}
		report.Unresolved[n].Lines = append(report.Unresolved[n].Lines, p.Line)
	}
	for _, u := range report.Unresolved {
		l.problem("no-manager", u.Lines[0], ManagerName, false, "%s", u.sentence())
	}
	l.sayTwoNumbers()
	return report
}

// sayTwoNumbers remarks on managers whom different lines give different
// numbers: one person numbered twice, or two people of one name.
func (l *PeopleList) sayTwoNumbers() {
	first := map[string]PersonRow{}
	said := map[string]bool{}
	for _, p := range l.People {
		if p.ManagerName == "" || p.ManagerID == "" {
			continue
		}
		name, _ := nameKey(p.ManagerName)
		before, known := first[name]
		switch {
		case !known:
			first[name] = p
		case before.ManagerID != p.ManagerID && !said[name]:
			said[name] = true
			l.problem("manager-numbers", p.Line, ManagerID, false, "The manager %s has number %s here and %s on line %s.",
				p.ManagerName, p.ManagerID, before.ManagerID, count(before.Line))
		}
	}
}

// managerKey is what a line says about a manager.
type managerKey struct{ ID, Name, Email string }

func (u UnresolvedManager) sentence() string {
	who := u.Name
	if who == "" {
		who = u.Email
	}
	if who == "" {
		who = "Number " + u.ID
	}
	where := "this line"
	if n := len(u.Lines); n > 1 {
		where = fmt.Sprintf("%s lines, this one first", count(n))
	}
	return fmt.Sprintf("%s is named as manager on %s. %s", who, where, u.Why)
}

// managerIndex finds rows by what other rows call them. A row of -1 stands
// for several.
type managerIndex struct {
	people                    []PersonRow
	id, email, name, initials map[string]int
	words                     map[string][]int // rows whose names have a word
}

func newManagerIndex(people []PersonRow) managerIndex {
	n := len(people)
	x := managerIndex{people, make(map[string]int, n), make(map[string]int, n), make(map[string]int, n), make(map[string]int, n), make(map[string][]int, n)}
	put := func(m map[string]int, key string, i int) {
		if key == "" {
			return
		}
		if _, twice := m[key]; twice {
			i = -1
		}
		m[key] = i
	}
	for i, p := range people {
		put(x.id, p.ExternalID, i)
		put(x.email, strings.ToLower(p.Email), i)
		full, short := nameKey(p.Name)
		put(x.name, full, i)
		put(x.initials, short, i)
		for w := range strings.FieldsSeq(full) {
			x.words[w] = append(x.words[w], i)
		}
	}
	return x
}

// find returns the row that is meant, or why none is.
func (x managerIndex) find(key managerKey) (row int, why string) {
	if i, ok := x.email[key.Email]; ok && i >= 0 && key.Email != "" {
		return i, ""
	}
	byName, named := x.byName(key.Name)
	byID, numbered := x.id[key.ID]
	numbered = numbered && byID >= 0
	switch {
	case numbered && (key.Name == "" || sameName(key.Name, x.people[byID].Name)):
		return byID, ""
	case named && byName >= 0:
		return byName, ""
	case named:
		return 0, "Several people in the list have this name."
	case numbered && likeName(key.Name, x.people[byID].Name):
		return byID, ""
	case numbered:
		return 0, fmt.Sprintf("Nobody in the list has this name; number %s is %s.", key.ID, x.people[byID].Name)
	}
	return 0, "Nobody in the list is meant."
}

func (x managerIndex) byName(name string) (int, bool) {
	if name == "" {
		return 0, false
	}
	full, short := nameKey(name)
	if i, ok := x.name[full]; ok {
		return i, true
	}
	if i, ok := x.initials[short]; ok {
		return i, ok
	}
	parts := strings.Fields(full) // "RAY Bob" is Bob Ray, if nobody else is
	if len(parts) < 2 {
		return 0, false
	}
	if i, ok := x.name[strings.Join(append(slices.Clone(parts[1:]), parts[0]), " ")]; ok {
		return i, ok
	}
	return x.within(parts)
}

// commonWord is a word of so many names that it tells nobody.
const commonWord = 200

// within finds whose name has all words of a shorter one, such as one family name of two.
func (x managerIndex) within(parts []string) (int, bool) {
	rarest := x.words[parts[0]]
	for _, w := range parts[1:] {
		if rows := x.words[w]; len(rows) < len(rarest) {
			rarest = rows
		}
	}
	if len(rarest) > commonWord {
		return 0, false
	}
	found, ok := -1, false
	for _, i := range rarest {
		has := true
		for _, w := range parts {
			has = has && slices.Contains(x.words[w], i)
		}
		if has && ok && i != found {
			return -1, true
		} else if has {
			found, ok = i, true
		}
	}
	return found, ok
}

// likeName reports names that one person may have in two columns: "Cyril Dee" and "Cy Dee".
func likeName(a, b string) bool {
	_, a = nameKey(a)
	_, b = nameKey(b)
	given, family, ok := strings.Cut(a, " ")
	other, same, _ := strings.Cut(b, " ")
	return ok && family == same && []rune(given)[0] == []rune(other)[0]
}

// sameName compares names without accents, punctuation and middle names.
func sameName(a, b string) bool {
	fullA, shortA := nameKey(a)
	fullB, shortB := nameKey(b)
	return fullA == fullB || shortA == shortB
}
