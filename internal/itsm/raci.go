package itsm

import (
	"slices"
	"strings"
	"time"
)

// Letters is a set of what one role does in one activity.
type Letters uint8

// The letters, in the order they are written.
const (
	LetterA Letters = 1 << iota // answers
	LetterR                     // does
	LetterC                     // gives input
	LetterI                     // is told
	LetterS                     // supports, where the organisation uses it
)

const letterOrder = "ARCIS"

// ParseLetters reads a set like "AR", "a, r" or "R/A"; ok is false where anything else stands in it.
func ParseLetters(s string) (set Letters, ok bool) {
	for _, r := range strings.ToUpper(s) {
		i := strings.IndexRune(letterOrder, r)
		switch {
		case i >= 0:
			set |= 1 << i
		case !strings.ContainsRune(" ,/", r):
			return 0, false
		}
	}
	return set, true
}

// String writes the set as it is stored: "AR"; "" is the empty cell.
func (l Letters) String() string {
	var b strings.Builder
	for i, r := range letterOrder {
		if l&(1<<i) != 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Has says whether every letter of other is in the set.
func (l Letters) Has(other Letters) bool { return l&other == other && other != 0 }

// Cell is the set of letters of one role in one activity, with the note that says when, how or from which level.
type Cell struct {
	Letters Letters
	Note    string
}

// NoteMax bounds the note of a cell, in characters.
const NoteMax = 500

// ColumnSource says why a role is a column of a matrix.
type ColumnSource string

// The sources of columns.
const (
	OfProcess  ColumnSource = "process"  // the process's own
	OfPractice ColumnSource = "practice" // its practice's, drawn lighter
	Invited    ColumnSource = "invited"  // from elsewhere
	OfCase     ColumnSource = "whoever"  // whoever it is in the case
)

// Column is a role in a matrix with those who wear it on the matrix's day. A deputy is among them, standing in or not.
type Column struct {
	Role     Role
	Source   ColumnSource
	Holdings []Holding
}

// Ref names the column's role.
func (c *Column) Ref() RoleRef { return RoleRef{c.Role.ID, c.Role.Kind, c.Role.Name} }

// Held says whether anybody fills or covers the role, in any region. Whoever it is in the case is never vacant.
func (c *Column) Held() bool {
	return c.Role.Kind == Whoever || anyOf(c.Holdings, (*Holding).Counts)
}

// Row is one activity of a matrix; Cells stand in the order of the columns.
type Row struct {
	ActivityID int64
	Position   int
	Section    string
	Name       string
	Counter    int64 // of the step: its text and its row
	Cells      []Cell
	HandOffs   int
}

// Find is the index of the first cell with all of these letters, or -1.
func (r Row) Find(l Letters) int {
	return slices.IndexFunc(r.Cells, func(c Cell) bool { return c.Letters.Has(l) })
}

// Count is how many cells of the row have all of these letters.
func (r Row) Count(l Letters) (n int) {
	for _, c := range r.Cells {
		if c.Letters.Has(l) {
			n++
		}
	}
	return n
}

// RegionRef is a region in its tree; ParentID 0 is a root.
type RegionRef struct {
	ID, ParentID int64
	Name         string
}

// ServiceRef is a service with who holds its Owner hat.
type ServiceRef struct {
	ID      int64
	Name    string
	OwnerID int64 // the role; 0 where the service has none
	Owners  []Holding
}

// Matrix is who does, answers, gives input and is told in each activity of a process, in the version in force on a day,
// with those who wear the hats that day.
type Matrix struct {
	PracticeID int64
	Practice   string
	State      string // of the practice: planned, in use, retired
	ProcessID  int64
	Process    string
	Archived   bool
	VersionID  int64
	Editable   bool  // the version is a draft
	Counter    int64 // of the version: columns and order
	Approval   Approval
	Day        time.Time
	Columns    []Column
	Rows       []Row
	// Owner answers where no A is set: the process's own Owner role, or its practice's. A role id of 0: there is none.
	Owner    Column
	Regions  []RegionRef
	Services []ServiceRef // between which it makes a difference, by name
	// Lay is where the process lay on Day, in another practice than today, so that it went by other hats; nil also where
	// that was not read.
	Lay *Lay
	// Recorded is the day on which the process was put on record, where that is after Day; nil also where it was not asked for.
	Recorded *time.Time

	answered *answered // nil until Settle
}

// Scope is where the matrix is, for rights.
func (m *Matrix) Scope() Scope { return Scope{PracticeID: m.PracticeID, ProcessID: m.ProcessID} }

// Row finds the row of an activity.
func (m *Matrix) Row(activity int64) (Row, bool) {
	for _, r := range m.Rows {
		if r.ActivityID == activity {
			return r, true
		}
	}
	return Row{}, false
}

// Column is the index of a role's column, or -1.
func (m *Matrix) Column(role int64) int {
	for i := range m.Columns { // by index: columns are large
		if m.Columns[i].Role.ID == role {
			return i
		}
	}
	return -1
}

// Service finds one of the services by id.
func (m *Matrix) Service(id int64) (ServiceRef, bool) {
	for _, s := range m.Services {
		if s.ID == id {
			return s, true
		}
	}
	return ServiceRef{}, false
}

// Region finds one of the regions by id.
func (m *Matrix) Region(id int64) (RegionRef, bool) {
	for _, r := range m.Regions {
		if r.ID == id {
			return r, true
		}
	}
	return RegionRef{}, false
}

// Total is how often a column holds each letter. FromAbove are the activities without an A of their own that the role
// answers for as Owner; they are never mixed with A.
type Total struct {
	A, FromAbove, R, C, I, S int
}

// Totals counts each column. Nobody may change them.
func (m *Matrix) Totals() []Total {
	totals, _ := m.tally()
	return totals
}

// tally counts the letters of each column, and the activities in which it has any; once, where the matrix is complete.
func (m *Matrix) tally() (totals []Total, filled []int) {
	if m.answered == nil {
		return m.count()
	}
	m.answered.tally.Do(func() { m.answered.totals, m.answered.filled = m.count() })
	return m.answered.totals, m.answered.filled
}

func (m *Matrix) count() (totals []Total, filled []int) {
	totals, filled = make([]Total, len(m.Columns)), make([]int, len(m.Columns))
	owner := m.Column(m.Owner.Role.ID)
	for r := range m.Rows {
		all := Letters(0)
		for i := range m.Rows[r].Cells {
			l := m.Rows[r].Cells[i].Letters
			if l == 0 {
				continue
			}
			all |= l
			totals[i].add(l)
			filled[i]++
		}
		if owner >= 0 && !all.Has(LetterA) {
			totals[owner].FromAbove++
		}
	}
	return totals, filled
}

// add counts without a branch for each letter: a page has hundreds of cells.
func (t *Total) add(l Letters) {
	t.A += int(l & LetterA / LetterA)
	t.R += int(l & LetterR / LetterR)
	t.C += int(l & LetterC / LetterC)
	t.I += int(l & LetterI / LetterI)
	t.S += int(l & LetterS / LetterS)
}
