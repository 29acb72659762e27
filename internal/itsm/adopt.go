package itsm

import "slices"

// Adopted is what the organisation has of an entry of the library. Practice.ID is 0 where it has no such practice.
type Adopted struct {
	Practice  Practice
	Roles     []Role
	Processes []AdoptedProcess
	Policies  []string // titles of those that govern the practice
	Known     []Policy // those that the organisation has under a title of the entry's, whatever they govern
}

// AdoptedProcess is a process of the organisation with its activities. One whose version is in force is not edited.
type AdoptedProcess struct {
	ID       int64
	Name     string
	Purpose  string
	Editable bool
	Steps    []Step
}

// Lacking is what an entry has and the organisation has not: what may be ticked. The keys of its parts stand in forms.
type Lacking struct {
	Entry     LibraryPractice
	Practice  Practice // that it goes to; ID 0: a new one
	Purpose   bool     // the practice's is empty
	Roles     []LackingRole
	Processes []LackingProcess
	Policies  []LackingPolicy
}

// LackingPolicy is a policy that does not govern the practice: one that is nowhere (ID 0), or one that the organisation has and
// that governs something else, which is to govern the practice as well.
type LackingPolicy struct {
	LibraryPolicy
	ID     int64
	Number string
}

// LackingRole is a role that is not there (ID 0), or one with empty texts: those that Role fills.
type LackingRole struct {
	Role
	Born bool // a new practice has it anyhow
}

// LackingProcess is a process that is not there (ID 0), or one that lacks something.
type LackingProcess struct {
	LibraryProcess
	ID         int64
	Purpose    bool              // of a process that is there: its purpose is empty
	Activities []LibraryActivity // that are not there
	Texts      []Step            // activities that are there and say nothing, with what they would say
}

// Keys of what may be ticked.
func (l Lacking) PurposeKey() string { return "purpose" }

// Key is the form's value for a role, or for its empty texts.
func (r LackingRole) Key() string {
	if r.ID != 0 {
		return "text." + LibraryKey(r.Name)
	}
	return "role." + LibraryKey(r.Name)
}

// Key is the form's value for a policy.
func (p LibraryPolicy) Key() string { return "policy." + LibraryKey(p.Title) }

// Key is the form's value for a process as a whole.
func (c LackingProcess) Key() string { return "process." + LibraryKey(c.Name) }

// PurposeKey is the form's value for the empty purpose of a process.
func (c LackingProcess) PurposeKey() string { return "purpose." + LibraryKey(c.Name) }

// TextsKey is the form's value for the activities of a process that say nothing.
func (c LackingProcess) TextsKey() string { return "texts." + LibraryKey(c.Name) }

// ActivityKey is the form's value for an activity of a process that is there.
func (c LackingProcess) ActivityKey(a LibraryActivity) string {
	return "activity." + LibraryKey(c.Name) + "." + LibraryKey(a.Name)
}

// Lacks compares the entry with what the organisation has. Roles, processes and activities are the same where their names
// are, whatever their case and punctuation.
func (p LibraryPractice) Lacks(has Adopted) Lacking {
	l := Lacking{Entry: p, Practice: has.Practice, Purpose: has.Practice.Purpose == "" && p.Purpose != ""}
	fresh := has.Practice.ID == 0
	if fresh {
		l.Practice = p.Practice()
	}
	for i, r := range p.Born() {
		there := slices.IndexFunc(has.Roles, func(h Role) bool { return h.means(r) })
		if there < 0 && i == 2 && slices.ContainsFunc(has.Roles, func(h Role) bool { return h.Kind == Practitioner }) {
			continue // it has practitioners of its own names
		}
		if there < 0 {
			l.Roles = append(l.Roles, LackingRole{Role: r, Born: fresh && i < 3})
		} else if filled, empty := has.Roles[there].filledFrom(r); empty {
			l.Roles = append(l.Roles, LackingRole{Role: filled})
		}
	}
	for _, c := range p.Processes {
		there := slices.IndexFunc(has.Processes, func(h AdoptedProcess) bool { return LibraryKey(h.Name) == LibraryKey(c.Name) })
		if there < 0 {
			l.Processes = append(l.Processes, LackingProcess{LibraryProcess: c, Activities: c.Activities})
		} else if found := c.lacks(has.Processes[there]); found.Purpose || len(found.Activities)+len(found.Texts) > 0 {
			l.Processes = append(l.Processes, found)
		}
	}
	for _, y := range p.Policies {
		if !slices.ContainsFunc(has.Policies, func(title string) bool { return LibraryKey(title) == LibraryKey(y.Title) }) {
			l.Policies = append(l.Policies, has.lacks(y))
		}
	}
	return l
}

// lacks is a policy of the entry with the one of its title that is there.
func (has Adopted) lacks(y LibraryPolicy) LackingPolicy {
	l := LackingPolicy{LibraryPolicy: y}
	for _, k := range has.Known {
		if LibraryKey(k.Title) == LibraryKey(y.Title) {
			l.ID, l.Number = k.ID, k.Number
			break
		}
	}
	return l
}

// means says that a role of the organisation is the library's: the Owner and a Manager are by their
// kind, whatever they were named.
func (r Role) means(of Role) bool {
	if of.Kind == Owner || of.Kind == Manager {
		return r.Kind == of.Kind
	}
	return r.Kind == of.Kind && LibraryKey(r.Name) == LibraryKey(of.Name)
}

// filledFrom is the role with its empty texts taken from another one; empty is false where none was.
func (r Role) filledFrom(of Role) (filled Role, empty bool) {
	for _, text := range []struct {
		into *string
		from string
	}{
		{&r.Purpose, of.Purpose}, {&r.Responsibilities, of.Responsibilities}, {&r.Authorities, of.Authorities}, {&r.Competences, of.Competences},
	} {
		if *text.into == "" && text.from != "" {
			*text.into, empty = text.from, true
		}
	}
	return r, empty
}

func (c LibraryProcess) lacks(has AdoptedProcess) LackingProcess {
	l := LackingProcess{LibraryProcess: c, ID: has.ID}
	if !has.Editable {
		return l
	}
	l.LibraryProcess.Name = has.Name
	l.Purpose = has.Purpose == "" && c.Purpose != ""
	for _, a := range c.Activities {
		there := slices.IndexFunc(has.Steps, func(s Step) bool { return LibraryKey(s.Name) == LibraryKey(a.Name) })
		if there < 0 {
			l.Activities = append(l.Activities, a)
		} else if s := has.Steps[there]; s.Text == "" && a.Text != "" {
			s.Text = a.Text
			l.Texts = append(l.Texts, s)
		}
	}
	return l
}

// Nothing says that the organisation has all of it.
func (l Lacking) Nothing() bool {
	return !l.Purpose && len(l.Roles)+len(l.Processes)+len(l.Policies) == 0
}

// Ticked leaves of what is lacking only what a form ticked. A new practice has its purpose and its first roles anyhow.
func (l Lacking) Ticked(keys []string) Lacking {
	on := func(key string) bool { return slices.Contains(keys, key) }
	fresh := l.Practice.ID == 0
	t := Lacking{Entry: l.Entry, Practice: l.Practice, Purpose: l.Purpose && (fresh || on(l.PurposeKey()))}
	for _, r := range l.Roles {
		if r.Born || on(r.Key()) {
			t.Roles = append(t.Roles, r)
		}
	}
	for _, c := range l.Processes {
		if c.ID == 0 {
			if on(c.Key()) {
				t.Processes = append(t.Processes, c)
			}
			continue
		}
		some := c
		some.Purpose, some.Activities, some.Texts = c.Purpose && on(c.PurposeKey()), nil, nil
		for _, a := range c.Activities {
			if on(c.ActivityKey(a)) {
				some.Activities = append(some.Activities, a)
			}
		}
		if on(c.TextsKey()) {
			some.Texts = c.Texts
		}
		if some.Purpose || len(some.Activities)+len(some.Texts) > 0 {
			t.Processes = append(t.Processes, some)
		}
	}
	for _, y := range l.Policies {
		if on(y.Key()) {
			t.Policies = append(t.Policies, y)
		}
	}
	return t
}

// Keys are all that may be ticked.
func (l Lacking) Keys() []string {
	keys := []string{l.PurposeKey()}
	for _, r := range l.Roles {
		keys = append(keys, r.Key())
	}
	for _, c := range l.Processes {
		keys = append(keys, c.Key(), c.PurposeKey(), c.TextsKey())
		for _, a := range c.Activities {
			keys = append(keys, c.ActivityKey(a))
		}
	}
	for _, y := range l.Policies {
		keys = append(keys, y.Key())
	}
	return keys
}

// Added counts what adopting would make: roles, processes and activities.
func (l Lacking) Added() (roles, processes, activities int) {
	for _, r := range l.Roles {
		if r.ID == 0 {
			roles++
		}
	}
	for _, c := range l.Processes {
		if c.ID == 0 {
			processes++
		}
		activities += len(c.Activities)
	}
	return roles, processes, activities
}

// Filled counts the texts that were empty and would be filled.
func (l Lacking) Filled() (n int) {
	if l.Purpose && l.Practice.ID != 0 {
		n++
	}
	for _, r := range l.Roles {
		if r.ID != 0 {
			n++
		}
	}
	for _, c := range l.Processes {
		if c.Purpose {
			n++
		}
		n += len(c.Texts)
	}
	return n
}

// NewPolicies are those that adopting would make; the others are there.
func (l Lacking) NewPolicies() (list []LackingPolicy) {
	for _, y := range l.Policies {
		if y.ID == 0 {
			list = append(list, y)
		}
	}
	return list
}

// KnownPolicies are those that are there and would govern the practice as well.
func (l Lacking) KnownPolicies() (list []LackingPolicy) {
	for _, y := range l.Policies {
		if y.ID != 0 {
			list = append(list, y)
		}
	}
	return list
}

// Before are the keys of the activities that stand before another one in the process, the nearest first.
func (c LibraryProcess) Before(activity string) (keys []string) {
	for _, a := range c.Activities {
		if a.Name == activity {
			break
		}
		keys = append(keys, LibraryKey(a.Name))
	}
	slices.Reverse(keys)
	return keys
}
