package itsm

import (
	"fmt"
	"time"
)

// ProcessKind says whether a process is the work itself or the care of its practice.
type ProcessKind string

// The kinds of process.
const (
	Daily ProcessKind = "daily"
	Care  ProcessKind = "care"
)

// ProcessKinds are both, in order.
var ProcessKinds = []ProcessKind{Daily, Care}

// Title is the kind as a heading.
func (k ProcessKind) Title() string {
	if k == Care {
		return "Care of the practice"
	}
	return "Daily work"
}

// VersionState is how far a version has come.
type VersionState string

// The states of a version. Only a draft is written.
const (
	Draft     VersionState = "draft"
	Submitted VersionState = "submitted"
	Published VersionState = "published"
	NoLonger  VersionState = "withdrawn" // stood in force until the day it was withdrawn
)

// Version is one wording of a process. Its counter goes up with every change of columns, order and definition.
type Version struct {
	ID          int64
	Number      int
	State       VersionState
	InForceFrom *time.Time
	Counter     int64
	Approval    Approval
}

// Approval is an approval from before Hatrack that a first version states: by whom, when, and where it is written.
type Approval struct {
	By        string     `json:"by,omitempty"`
	On        *time.Time `json:"on,omitempty"`
	Reference string     `json:"reference,omitempty"`
}

// Stated says that there is one.
func (a Approval) Stated() bool { return a.By != "" }

// Sentence is an approval in words, without where it is from: "As approved by The board on 5 Jan 2026 (minutes 12)".
func (a Approval) Sentence() string {
	text := "As approved by " + a.By
	if a.On != nil {
		text += " on " + ShowDay(*a.On)
	}
	if a.Reference != "" {
		text += " (" + a.Reference + ")"
	}
	return text
}

// Process is a practice's ordered activities that turn inputs into outputs, as one version words it.
type Process struct {
	ID         int64
	PracticeID int64
	Practice   string
	Name       string
	Kind       ProcessKind
	Position   int
	Archived   bool
	Counter    int64
	Version    Version
	Purpose    string
	Area       string // where it applies and where it ends: what the screen calls its scope
	Triggers   []string
	Inputs     []string
	Outputs    []string
	Clock
}

// Scope is where the process's rights hang.
func (p Process) Scope() Scope { return Scope{PracticeID: p.PracticeID, ProcessID: p.ID} }

// Reviewed is the process as something with a clock.
func (p Process) Reviewed() Reviewed {
	return Reviewed{Of: ProcessReview, ID: p.ID, Name: p.Name, ScopeName: p.Practice, Practice: p.Practice, PracticeID: p.PracticeID, ProcessID: p.ID, Clock: p.Clock}
}

// Limits of the lists of a definition.
const (
	ItemMax  = 500 // characters of one line
	ItemsMax = 100 // lines of one list
)

// Check reads what was typed into a process.
func (p *Process) Check() error {
	var c Checks
	c.Label(&p.Name, "name", "the process a name")
	c.Prose(&p.Purpose, "purpose", ProseMax)
	c.Prose(&p.Area, "scope", ProseMax)
	c.Require(p.Kind == Daily || p.Kind == Care, "kind", "Choose daily work or care of the practice.")
	c.CheckInterval(p.ReviewMonths, "review_months")
	c.items(&p.Triggers, "triggers")
	c.items(&p.Inputs, "inputs")
	c.items(&p.Outputs, "outputs")
	return c.Err()
}

// items reads a list: a line each, those that hold nothing left out.
func (c *Checks) items(list *[]string, field string) {
	kept := []string{}
	for _, text := range *list {
		c.Line(&text, field, ItemMax)
		if text != "" {
			kept = append(kept, text)
		}
	}
	c.Require(len(kept) <= ItemsMax, field, fmt.Sprintf("These are %d lines; at most %d fit.", len(kept), ItemsMax))
	*list = kept
}

// ProcessLine is a process in its practice's list.
type ProcessLine struct {
	ID         int64
	PracticeID int64
	Practice   string
	Name       string
	Kind       ProcessKind
	Position   int
	Archived   bool
	Activities int
	Counter    int64 // what its order compares
}

// RoleUse is a process that uses a role, with how many activities the role has each letter in.
type RoleUse struct {
	ProcessID     int64
	Process       string
	PracticeID    int64
	Practice      string
	A, R, C, I, S int
}
