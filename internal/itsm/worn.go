package itsm

import "time"

// WornHat is one assignment with the role it is of: how a hat is listed beside a person, a team or a company.
type WornHat struct {
	AssignmentID int64
	Role         RoleRef
	// What the role hangs on: one of the ids, or none for the organisation; ScopeName names it. A process names its
	// practice too.
	PracticeID int64
	ProcessID  int64
	ServiceID  int64
	ScopeName  string
	HolderID   int64  // the person, where the assignment is a person's own
	Holder     string // person, team or company
	// TeamID and Team say through which team a person wears the hat; CompanyID is set where a company holds it.
	TeamID     int64
	Team       string
	CompanyID  int64
	RegionID   int64
	Region     string
	Service    string
	Capacity   Capacity
	State      State
	Acceptance Acceptance
	Announced  bool
	Since      time.Time
	End
	RecordedOn time.Time
	RecordedBy string // "": imported, or the operator
	StandsIn   bool   // of a deputy: a holder there is away, or whoever acts
	Letters    []RoleLetters
}

// HatsPage is how many times that a hat is worn a page shows, where a company's people wear hundreds.
const HatsPage = 50

// Hats puts together what is worn of one role: in two regions, or in person and through a team, it is one hat.
func Hats[W interface{ role() int64 }](worn []W) (hats [][]W) {
	at := map[int64]int{}
	for _, w := range worn {
		i, known := at[w.role()]
		if !known {
			i = len(hats)
			at[w.role()], hats = i, append(hats, nil)
		}
		hats[i] = append(hats[i], w)
	}
	return hats
}

func (h WornHat) role() int64      { return h.Role.ID }
func (h DepartureHat) role() int64 { return h.Role.ID }

// On says whether the hat is worn on a day, is over, or begins later.
func (h WornHat) On(day time.Time) (worn, over bool) {
	p := Period{From: h.Since, To: h.Until}
	return p.Holds(day), h.Over(day)
}

// Scope is where the hat hangs, for rights.
func (h WornHat) Scope() Scope {
	return Scope{PracticeID: h.PracticeID, ProcessID: h.ProcessID, ServiceID: h.ServiceID, RegionID: h.RegionID}
}

// MayAppoint says whether the actor may give the hat to somebody else.
func (h WornHat) MayAppoint(by Actor) bool {
	return by.MayAppoint(Chair{Kind: h.Role.Kind, PracticeID: h.PracticeID, ProcessID: h.ProcessID, ServiceID: h.ServiceID}, h.Capacity, h.RegionID)
}

// RoleLetters are a role's letters in one process, activity by activity in the process's order.
type RoleLetters struct {
	RoleID      int64
	ProcessID   int64
	ProcessName string
	Activities  []ActivityLetters
}

// ActivityLetters are a role's letters in one activity. Inherited says that it answers there as Owner, because no A stands
// in the row.
type ActivityLetters struct {
	ActivityID int64
	Name       string
	Letters    string
	Note       string
	Inherited  bool
}
