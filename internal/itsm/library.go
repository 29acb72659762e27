package itsm

import (
	"slices"
	"strings"
	"unicode"
)

// Source says whose words an entry of the practice library follows. The number of entries, their frameworks and their
// versions are data: nothing in the product counts on them.
type Source struct{ Framework, Version string }

// Ours marks what follows no framework but common practice.
const Ours = "Hatrack"

// FitSM is the framework whose words are adapted under a licence that asks to be named.
const FitSM = "FitSM"

func (s Source) String() string {
	if s.Version == "" {
		return s.Framework
	}
	return s.Framework + " " + s.Version
}

// LibraryPractice is an entry of the practice library: what a practice of this name usually consists of. An organisation
// adopts as much of it as it wants, and edits that as its own.
type LibraryPractice struct {
	Source
	Key       string // of its address
	Name      string
	Category  Category
	Purpose   string
	Manager   string // what its Manager is usually called
	Profile   string // the Manager's competences by weight, a letter each: see Competences
	Roles     []LibraryRole
	Whoever   []string // columns that stand for whoever it is in the case
	Elsewhere []string // who takes part from other practices
	Processes []LibraryProcess
	Policies  []LibraryPolicy
	Measures  []string
	Aliases   []LibraryName // what it is called elsewhere, or was called before
}

// LibraryName is what a practice is or was called in a framework.
type LibraryName struct{ Framework, Name string }

// LibraryRole is a named role of an entry: a practitioner's, unless it says otherwise.
type LibraryRole struct {
	Source
	Name        string
	Kind        RoleKind // "": practitioner
	Outside     bool     // of the organisation, outside its office
	Min, Max    *int     // wanted holders
	PerCase     bool
	Purpose     string
	Duties      []string
	Authorities []string
}

// LibraryProcess is a process of an entry with its activities in order.
type LibraryProcess struct {
	Source
	Name       string
	Kind       ProcessKind
	Purpose    string
	Activities []LibraryActivity
}

// LibraryActivity is an activity with what is done in it and, where the entry has a matrix, its letters by role.
type LibraryActivity struct {
	Name    string
	Text    string
	Letters []LibraryLetters
}

// LibraryLetters are the letters of one role in an activity; the role is named as the entry names it.
type LibraryLetters struct {
	Role string
	Letters
}

// LibraryPolicy is an example of a policy.
type LibraryPolicy struct{ Title, Statement, Why string }

// LibraryKey makes a name part of an address or of a form's value: "Handle an incident" is handle-an-incident.
func LibraryKey(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
}

// Adapted says whether words of the entry follow FitSM, whose licence asks to be named where they are shown.
func (p LibraryPractice) Adapted() bool {
	for _, c := range p.Processes {
		if c.Framework == FitSM {
			return true
		}
	}
	return p.Framework == FitSM
}

// OursAlone says that the work of the entry follows no framework: its name does, its processes are of common practice.
func (p LibraryPractice) OursAlone() bool {
	for _, c := range p.Processes {
		if c.Framework != Ours {
			return false
		}
	}
	return true
}

// Called says whether a name is the entry's or one that it goes or went by.
func (p LibraryPractice) Called(name string) bool { return slices.Contains(p.Keys(), LibraryKey(name)) }

// Keys are those of the entry's name and of all that it goes or went by, its own first.
func (p LibraryPractice) Keys() []string {
	keys := []string{p.Key}
	for _, a := range p.Aliases {
		keys = append(keys, LibraryKey(a.Name))
	}
	return keys
}

// HasMatrix says whether the activities of a process have letters.
func (c LibraryProcess) HasMatrix() bool {
	for _, a := range c.Activities {
		if len(a.Letters) > 0 {
			return true
		}
	}
	return false
}

// competences are the letters of a profile.
var competences = map[rune]string{
	'L': "Leads: decides, delegates, oversees, motivates, evaluates.",
	'A': "Administers: assigns, sets priorities, keeps records, reports.",
	'C': "Coordinates and communicates: many parties, one picture.",
	'M': "Knows methods: designs ways of working, writes procedures.",
	'T': "Knows the technology.",
}

// Competences are the lines of a profile such as "CMAT", the weightiest first.
func Competences(profile string) string {
	var lines []string
	for _, r := range profile {
		if line, ok := competences[r]; ok {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Born are the roles that adopting the entry gives the organisation: Owner, Manager and Practitioner with their
// responsibilities, then the named ones.
func (p LibraryPractice) Born() []Role {
	var roles []Role
	for _, kind := range []RoleKind{Owner, Manager, Practitioner} {
		r := NewRole(kind)
		if kind == Manager {
			r.Competences = Competences(p.Profile)
			if p.Manager != "" {
				r.Purpose += " Often called the " + p.Manager + "."
			}
		}
		roles = append(roles, r)
	}
	for _, r := range p.Roles {
		roles = append(roles, r.Role())
	}
	return roles
}

// Role is a named role as the organisation gets it.
func (r LibraryRole) Role() Role {
	kind := r.Kind
	if kind == "" {
		kind = Practitioner
	}
	return Role{
		Kind: kind, OutsideOffice: r.Outside, WantedMin: r.Min, WantedMax: r.Max, Name: r.Name, PerCase: r.PerCase, Purpose: r.Purpose,
		Responsibilities: strings.Join(r.Duties, "\n"), Authorities: strings.Join(r.Authorities, "\n"),
	}
}

// Practice is the practice that adopting the entry makes: planned, until somebody says that it is worked by.
func (p LibraryPractice) Practice() Practice {
	return Practice{Name: p.Name, Category: p.Category, Purpose: p.Purpose, State: Planned}
}
