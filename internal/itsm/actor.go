package itsm

import (
	"fmt"
	"slices"
	"time"
)

// Actor is who acts or reads: an account with its person, hats and grants on a day, or the operator at the command line.
type Actor struct {
	AccountID int64
	PersonID  int64
	Name      string
	// Operator acts from the command line of the machine and may do everything; the trail says so.
	Operator bool
	// Request ties an event to the server's log.
	Request string
	// Wrote hears of each event that the actor wrote, once it stands; nil where nobody asks.
	Wrote func(event int64)
	Today time.Time
	// Epoch numbers what had been written when the actor came, on the server that they came to; 0 where nobody looked.
	Epoch int64
	// On is another day than today that the actor looks at; nil is today. Rights are always those of today, and what is
	// not reading is refused: nothing is written on another day.
	On *time.Time

	Hats          []Hat
	Administrator bool
	// Auditor reads everything in Audits (practices), or in the whole organisation where AuditsAll, and writes nothing there.
	Audits    []int64
	AuditsAll bool
	// External accounts see the practices in Sees alone: those where they or their company hold a hat.
	External bool
	Sees     []int64
}

// Hat is one role that the actor wears today, with its rights.
type Hat struct {
	AssignmentID int64
	RoleID       int64
	Kind         RoleKind
	PracticeID   int64 // the scope the role hangs on; all zero is the organisation
	ProcessID    int64
	ServiceID    int64
	Regions      []int64 // the region with everything below it; empty is everywhere
	Capacity     Capacity
	Team         bool // through a team: a team's hat carries no right to appoint
	Outside      bool // of the organisation, outside its office: it carries no right at all
}

// Scope is where something happens. A process names its practice too, since rights run down; zero is the organisation.
type Scope struct {
	PracticeID, ProcessID, ServiceID, RegionID int64
	// PersonID is whom it is about, where it is about a person, and Managers are those it reports to, directly or not.
	PersonID int64
	Managers []int64
}

// Day is the day that the actor looks at.
func (a Actor) Day() time.Time {
	if a.On != nil {
		return *a.On
	}
	return a.Today
}

// DayWord is the day that the actor looks at, in a sentence: "today", "on 3 Mar 2026".
func (a Actor) DayWord() string {
	if a.On == nil {
		return "today"
	}
	return "on " + ShowDay(*a.On)
}

// WritingOff says why an actor who looks at another day may write nothing; "" for who looks at today.
func (a Actor) WritingOff() string {
	if a.On == nil {
		return ""
	}
	return "You look at " + ShowDay(*a.On) + ", and writing is off there. Go to today, then do it."
}

// Now is the actor with the rights that they have once they are back at today.
func (a Actor) Now() Actor {
	a.On = nil
	return a
}

// Knows is the last day on which what begins or ends counts for the actor on a day, announced or not: the day itself for who
// reads plans there and for every day up to today; of days ahead others know what was announced.
func (a Actor) Knows(day time.Time, at Scope) time.Time {
	if day.After(a.Today) && !a.Can(ReadPlans, at) {
		return a.Today
	}
	return day
}

// Foresees says whether the actor may know what is missing on a day: ahead, it would tell who leaves and who comes.
func (a Actor) Foresees(day time.Time, at Scope) bool { return a.Knows(day, at).Equal(day) }

// LeadsOffice says whether the actor wears an Owner's or a Manager's hat of the organisation.
func (a Actor) LeadsOffice() bool {
	return slices.ContainsFunc(a.Hats, func(h Hat) bool { return h.gives(SMO, Scope{}) && (h.Kind == Owner || h.Kind == Manager) })
}

// Wears says whether the actor has a right that hangs on no scope: of the service management office, say.
func (a Actor) Wears(r Right) bool { return a.has(r, Scope{}) }

// MaySee says whether the actor may see anything of a practice.
func (a Actor) MaySee(practice int64) bool {
	return !a.External || slices.Contains(a.Sees, practice)
}

// InWords says what an actor may do, a sentence each, for the page of their own account.
func (a Actor) InWords() []string {
	say := []string{"Read what is in force and who holds which hat, report mistakes, and answer for hats offered to you."}
	switch {
	case a.AuditsAll:
		say = []string{"As auditor: read everything, plans, reasons and the audit trail included. Write nothing, whatever hats you wear."}
		if a.Administrator {
			say = append(say, "As administrator: manage accounts and settings.")
		}
		return say
	case a.External:
		say = []string{fmt.Sprintf("Read the practices in which you or your company hold a hat: %d today.", len(a.Sees))}
	}
	owner, manager := 0, 0
	for _, h := range a.Hats {
		switch {
		case h.gives(SMO, Scope{}):
		case h.Kind == Owner && !h.Team:
			owner++
		case h.Kind == Manager && !h.Team:
			manager++
		}
	}
	if a.Wears(SMO) {
		say = append(say, "For the service management office: change practices, roles, people and who wears which hat, anywhere.")
	}
	if owner > 0 {
		say = append(say, fmt.Sprintf("As Owner (%s): edit what you own, appoint managers and practitioners there.", times(owner, "hat")))
	}
	if manager > 0 {
		say = append(say, fmt.Sprintf("As Manager (%s): edit the definition, appoint practitioners there, within your regions.", times(manager, "hat")))
	}
	if len(a.Audits) > 0 {
		say = append(say, fmt.Sprintf("As auditor of %s: read everything there, plans and reasons included, and write nothing there, whatever hats you wear.", times(len(a.Audits), "practice")))
	}
	if a.Administrator {
		say = append(say, "As administrator: manage accounts and settings.")
	}
	return say
}

func times(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Scopes are where the actor is Owner or Manager, in person or standing in: practices, processes and services.
func (a Actor) Scopes() (practices, processes, services []int64) { return a.ScopesAs(Owner, Manager) }

// ScopesAs are where the actor wears a hat of some kinds, in person or standing in.
func (a Actor) ScopesAs(kinds ...RoleKind) (practices, processes, services []int64) {
	practices, processes, services = []int64{}, []int64{}, []int64{}
	for _, h := range a.Hats {
		if h.Team || !slices.Contains(kinds, h.Kind) {
			continue
		}
		switch {
		case h.ProcessID != 0:
			processes = append(processes, h.ProcessID)
		case h.PracticeID != 0:
			practices = append(practices, h.PracticeID)
		case h.ServiceID != 0:
			services = append(services, h.ServiceID)
		}
	}
	return practices, processes, services
}
