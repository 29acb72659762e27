package itsm

import (
	"slices"
	"strings"
)

// MyHats is the start page of somebody who wears hats: what each is for, what to do, whom to ask and what is missing.
type MyHats struct {
	Person     PersonRef
	Hats       []MyHat
	Offered    []Assignment    // for the reader to accept, as holder, lead or contact
	Proposals  []Assignment    // for the reader to decide
	Objections []Assignment    // for the reader to answer
	Mistakes   []Mistake       // for the reader to close
	Reviews    []Reviewed      // due or overdue, for the reader to find still right or to change
	Reported   []Mistake       // by the reader: open, or answered lately
	Proposed   []Proposal      // by the reader: not decided, or decided lately
	Actions    []PlannedAction // the reader's own, open
	Gaps       []Gap           // red and amber, where the reader is Owner or Manager
	OfPeople   []Assignment    // offered to those who report to the reader, or begun lately
}

// NewlyBegun is for how many days the line upwards reads of a hat that began and is accepted; OfPeopleMost bounds what it
// reads at once.
const (
	NewlyBegun   = 30
	OfPeopleMost = 20
)

// MyHat is one hat: the holdings it is worn through (in person, through a team, for another region), the first of which
// says where it works, and its work process by process.
type MyHat struct {
	Holdings []Holding
	Role     Role
	Work     []MyWork
	Contacts []Contact
	Vacant   []RoleRef // Owner or Manager hats beside it that nobody wears
}

// MyWork is what a hat has to do in one process.
type MyWork struct {
	PracticeID int64
	ProcessID  int64
	Process    string
	Lines      []MyLine
}

// MyLine is one activity of a hat.
type MyLine struct {
	ActivityID int64
	Position   int
	Name       string
	Procedure  string
	Cell       Cell
	Inherited  bool // it answers as Owner, because no A stands in the row
	Answers    Accountable
	In, Out    []Passing
}

// Passing is what comes in or goes out, and the other side in words: a party, a process, or an activity with those who
// do it.
type Passing struct {
	What  string
	Other string
	Doers []string
	Mine  bool // the other side is a step of the same hat
}

// Contact is somebody to ask.
type Contact struct {
	PersonID int64
	Name     string
	Email    string
	Phone    string
	Kind     RoleKind
	Why      string // "Manager, EMEA"
	Absent   bool
}

// Steps is how many activities the hat has.
func (h MyHat) Steps() (n int) {
	for _, w := range h.Work {
		n += len(w.Lines)
	}
	return n
}

// Processes are how many different processes the hats have work in.
func (m MyHats) Processes() int {
	seen := map[int64]bool{}
	for _, h := range m.Hats {
		for _, w := range h.Work {
			seen[w.ProcessID] = true
		}
	}
	return len(seen)
}

// Waiting is how many things wait for the reader.
func (m MyHats) Waiting() int {
	return len(m.Offered) + len(m.Proposals) + len(m.Objections) + len(m.Mistakes) + len(m.Actions) + len(m.Reviews)
}

// WorkOf is what a role does in the matrix's process, seen from a region; ok is false where it does nothing there.
func (m *Matrix) WorkOf(role, region int64, handOffs []HandOff, procedures map[int64]string) (w MyWork, ok bool) {
	w = MyWork{PracticeID: m.PracticeID, ProcessID: m.ProcessID, Process: m.Process}
	column := m.Column(role)
	for _, row := range m.Rows {
		line := MyLine{ActivityID: row.ActivityID, Position: row.Position, Name: row.Name, Procedure: procedures[row.ActivityID]}
		if column >= 0 {
			line.Cell = row.Cells[column]
		}
		line.Inherited = m.Owner.Role.ID == role && row.Find(LetterA) < 0
		if line.Cell.Letters == 0 && !line.Inherited {
			continue
		}
		line.Answers = m.Answers(row, region, 0)
		line.In, line.Out = m.passing(row.ActivityID, column, handOffs)
		w.Lines = append(w.Lines, line)
	}
	return w, len(w.Lines) > 0
}

// passing is what comes into and goes out of an activity, with those who do the other side where it lies in this matrix.
func (m *Matrix) passing(activity int64, column int, handOffs []HandOff) (in, out []Passing) {
	for _, h := range handOffs {
		if h.ActivityID != activity {
			continue
		}
		p := Passing{What: h.What, Other: h.Other}
		if row, found := m.Row(h.ToActivityID); found {
			p.Mine = column >= 0 && row.Cells[column].Letters.Has(LetterR)
			for i, c := range row.Cells {
				if c.Letters.Has(LetterR) && i != column {
					p.Doers = append(p.Doers, m.Columns[i].Role.Name)
				}
			}
		} else if h.OtherProcess != "" && h.OtherProcess != h.Other {
			p.Doers = []string{h.OtherProcess}
		}
		if h.Direction == In {
			in = append(in, p)
		} else {
			out = append(out, p)
		}
	}
	return in, out
}

// Contacts are whom the wearer of a hat in a region asks: of each of these columns (Managers and Owners) the one for the
// region. Columns that nobody wears come back as vacant.
func Contacts(columns []Column, regions []RegionRef, region, not int64) (list []Contact, vacant []RoleRef) {
	m := &Matrix{Regions: regions}
	for _, c := range columns {
		if !c.Held() {
			vacant = append(vacant, c.Ref())
			continue
		}
		a := m.resolve(&c, region, 0)
		some := []Holding{a.Holding}
		if a.State != Named {
			if some = m.among(c.Holdings, region, 0); len(some) == 0 { // better one of elsewhere than nobody
				some = inOffice(c.Holdings)
			}
		}
		if a.SignsFor != nil {
			some = append(some, *a.SignsFor)
		}
		for _, h := range some[:min(len(some), 3)] {
			if h.AnswersID == 0 || h.AnswersID == not {
				continue
			}
			list = addContact(list, Contact{PersonID: h.AnswersID, Name: h.Answers, Kind: c.Role.Kind, Why: why(c, h), Absent: h.Absent})
		}
	}
	return list, vacant
}

func addContact(list []Contact, c Contact) []Contact {
	at := slices.IndexFunc(list, func(o Contact) bool { return o.PersonID == c.PersonID })
	if at < 0 {
		return append(list, c)
	}
	list[at].Why += "; also " + c.Why
	return list
}

// AddLead puts a team's lead among those to ask.
func (h *MyHat) AddLead(lead Contact) {
	lead.Why = "my team lead"
	h.Contacts = addContact(h.Contacts, lead)
}

func why(c Column, h Holding) string {
	words := []string{c.Role.Name}
	if c.Role.ScopeName != "" {
		words = append(words, c.Role.ScopeName)
	}
	switch h.Capacity {
	case Acting:
		words = append(words, "acting")
	case Deputy:
		words = append(words, "deputy")
	}
	if h.Region != "" {
		words = append(words, h.Region)
	}
	if h.Absent {
		words = append(words, "away today")
	}
	return strings.Join(words, ", ")
}
