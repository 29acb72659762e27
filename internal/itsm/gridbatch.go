package itsm

import (
	"cmp"
	"slices"
	"strings"
)

// BatchAnswers are what a person decided about several grids at once: a name, a letter, a row without an A is decided once,
// wherever it stands.
type BatchAnswers struct {
	Roles    map[string]RoleAnswer `json:"roles,omitempty"`    // by [HeadingKey]
	Letters  map[string]string     `json:"letters,omitempty"`  // as in [GridAnswers]
	NoA      string                `json:"noA,omitempty"`      // "owner", "open", or the key of a heading
	SomeA    string                `json:"someA,omitempty"`    // as in [GridAnswers]
	Differ   string                `json:"differ,omitempty"`   // as in [GridAnswers]
	Nameless string                `json:"nameless,omitempty"` // as in [GridAnswers]
	// Same says of a heading that looks like another which one it is another name of, or "no". By heading in small letters.
	Same       map[string]string       `json:"same,omitempty"`
	Together   string                  `json:"together,omitempty"` // the one new process of all that goes nowhere else
	PracticeID int64                   `json:"practiceID,omitempty"`
	Practice   string                  `json:"practice,omitempty"` // the name of a new one, for what goes nowhere else
	InUse      bool                    `json:"inUse,omitempty"`    // new practices are in use from the import on; else they are planned
	ApprovedBy string                  `json:"approvedBy,omitempty"`
	ApprovedOn string                  `json:"approvedOn,omitempty"` // an ISO day
	ApprovedIn string                  `json:"approvedIn,omitempty"` // where that is written
	Grids      map[string]GridDecision `json:"grids,omitempty"`
}

// NewPractices is the state in which practices begin that only the grids name.
func (a BatchAnswers) NewPractices() PracticeState {
	if a.InUse {
		return InUse
	}
	return Planned
}

// RoleAnswer is what a heading means in every grid: Choice as in [GridAnswers], the name of a new role, and who wears it as
// found in the file (0: nobody is said to). Nobody says that the heading names no person, although one is called so.
type RoleAnswer struct {
	Choice   string `json:"choice,omitempty"`
	Title    string `json:"title,omitempty"`
	PersonID int64  `json:"personID,omitempty"`
	Nobody   bool   `json:"nobody,omitempty"`
}

// GridDecision is what was decided about one grid alone.
type GridDecision struct {
	In      string              `json:"in,omitempty"` // "in", "out"; "" leaves it to what the grid looks like
	Split   bool                `json:"split,omitempty"`
	Into    map[string]GridInto `json:"into,omitempty"` // by section where it is split, else by ""
	RowNoA  map[int]string      `json:"rowNoA,omitempty"`
	Several map[int]string      `json:"several,omitempty"`
	Names   map[int]string      `json:"names,omitempty"`
	TakeOut bool                `json:"takeOut,omitempty"`
}

// GridInto is where a grid or a part of it goes; what is zero is left to the batch and to the grid's name.
type GridInto struct {
	With       string `json:"with,omitempty"` // where another grid goes
	ProcessID  int64  `json:"processID,omitempty"`
	PracticeID int64  `json:"practiceID,omitempty"`
	Process    string `json:"process,omitempty"`
	Practice   string `json:"practice,omitempty"`
}

// ProcessRef is a process that a grid may go into.
type ProcessRef struct {
	ID         int64
	Name       string
	PracticeID int64
	Practice   string
}

// HeadingKey is what a heading and those that mean the same have in common, over all grids.
func HeadingKey(heading string) string {
	if like := likeName(heading); like != "" {
		return like
	}
	return strings.ToLower(strings.TrimSpace(heading))
}

// For are the answers as far as they are about one grid.
func (b BatchAnswers) For(g ListedGrid, d GridDecision) GridAnswers {
	a := GridAnswers{Roles: map[string]string{}, Titles: map[string]string{}, Letters: b.Letters, SomeA: b.SomeA, Differ: b.Differ, Nameless: b.Nameless,
		RowNoA: d.RowNoA, Several: d.Several, Names: d.Names, TakeOut: d.TakeOut}
	for _, h := range g.Roles {
		key := HeadingKey(h)
		r := b.Roles[key]
		if same := b.Same[strings.ToLower(h)]; same != "" && same != NotSame && r.Choice == "" && r.Title == "" {
			r = b.Roles[HeadingKey(same)]
			r.Title = cmp.Or(r.Title, same)
		}
		if r.Choice != "" || r.Title != "" {
			a.Roles[h], a.Titles[h] = r.Choice, r.Title
		}
		if b.NoA == key {
			a.NoA = h
		}
	}
	if b.NoA == "owner" || b.NoA == "open" {
		a.NoA = b.NoA
	}
	return a
}

// Sections are the headings and groups of a grid, each once, in order; "" is among them where rows stand under none.
func (g ListedGrid) Sections() (sections []string) {
	for _, row := range g.Rows {
		if !slices.Contains(sections, row.Section) {
			sections = append(sections, row.Section)
		}
	}
	return sections
}

// Section is the part of a grid that stands under one heading, with the roles that have something to do there.
func (g ListedGrid) Section(section string) (part ListedGrid) {
	part.Means = g.Means
	used := map[string]bool{}
	for _, row := range g.Rows {
		if row.Section != section {
			continue
		}
		row.Section = ""
		part.Rows = append(part.Rows, row)
		for h := range row.Cells {
			used[h] = true
		}
	}
	for _, h := range g.Roles {
		if used[h] {
			part.Roles = append(part.Roles, h)
		}
	}
	return part
}

// NamesIn are the names of people that a heading may hold: the whole of it, what stands in brackets and before them, and
// what dashes, colons and commas part. In small letters, each once.
func NamesIn(heading string) (names []string) {
	add := func(s string) {
		s = strings.Join(strings.Fields(strings.ToLower(strings.Trim(s, " .–—-:/"))), " ")
		if strings.Contains(s, " ") && len(s) <= LabelMax && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	add(heading)
	if last, first, comma := strings.Cut(heading, ","); comma {
		add(first + " " + last)
	}
	for _, part := range strings.FieldsFunc(heading, func(r rune) bool { return strings.ContainsRune("()[]:;/|\n–—", r) }) {
		add(part)
	}
	for part := range strings.SplitSeq(heading, " - ") {
		add(part)
	}
	return names
}

// WithoutName is a heading without the name of the person in it: "Incident manager (Marta Nowak)" is "Incident manager". A
// heading that is the name alone stays.
func WithoutName(heading, name string) string {
	at := strings.Index(strings.ToLower(heading), strings.ToLower(name))
	if at < 0 || len(strings.ToLower(heading)) != len(heading) || len(strings.ToLower(name)) != len(name) {
		return heading
	}
	const between = " :;,/|–—-\n"
	after := strings.TrimLeft(strings.TrimRight(heading[at+len(name):], between), between+")]")
	if inner, ok := strings.CutPrefix(after, "("); ok && strings.HasSuffix(inner, ")") && !strings.Contains(inner, "(") { // "Marta Nowak (Ops)"
		after = strings.TrimSuffix(inner, ")")
	}
	if strings.Count(after, ")") > strings.Count(after, "(") { // of what stood before the name
		after = strings.TrimRight(after, between+")")
	}
	rest := strings.Trim(heading[:at], between+"([") + " " + after
	if rest = strings.TrimSpace(rest); rest == "" {
		return heading
	}
	if strings.Count(rest, "(") > strings.Count(rest, ")") { // closed by what stood behind the name
		rest += ")"
	}
	return rest
}

// InFile is a person of the directory who is called as a heading, or a part of it, is.
type InFile struct {
	Heading string // as first found
	Person  PersonRef
}

// FindPeople says how a heading holds the names of people.
func FindPeople(headings []string, people []PersonRef) (found []InFile) {
	byName := map[string][]PersonRef{}
	for _, p := range people {
		name := strings.Join(strings.Fields(strings.ToLower(p.Name)), " ")
		byName[name] = append(byName[name], p)
	}
	for _, h := range headings {
		for _, name := range NamesIn(h) {
			for _, p := range byName[name] {
				found = append(found, InFile{h, p})
			}
		}
	}
	return found
}
