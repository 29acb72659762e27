package itsm

import (
	"fmt"
	"slices"
	"time"
)

// Fix is the kind of step that mends a gap; the page opens it filled in.
type Fix string

// The fixes.
const (
	FixAppoint  Fix = "appoint"   // somebody to RoleID, in RegionID
	FixRow      Fix = "row"       // the letters of ActivityID
	FixRole     Fix = "role"      // the card of RoleID
	FixTeam     Fix = "team"      // a lead for TeamID
	FixCompany  Fix = "company"   // a contact on our side for CompanyID
	FixHolding  Fix = "holding"   // the assignment AssignmentID
	FixColumns  Fix = "columns"   // the roles of ProcessID
	FixActivity Fix = "activity"  // a first activity of ProcessID
	FixHandOver Fix = "hand over" // the hats of PersonID
	FixDeputy   Fix = "deputy"    // a deputy for RoleID, in RegionID
	FixSupport  Fix = "support"   // what supports ServiceID
	FixReview   Fix = "review"    // the review of PolicyID, RoleID or ProcessID
	FixPolicy   Fix = "policy"    // a policy for PracticeID or ProcessID
)

// Gap is something missing or odd, computed and never typed in: how bad it is, what it is about, and the step that mends
// it. Ids that it does not speak of are 0.
type Gap struct {
	Code         string
	Severity     Severity
	Title        string // "Manager vacant in APAC"
	Sentence     string
	Undone       int    // activities that nobody does, of a vacancy
	Who          string // who should act, in words
	Fix          Fix
	PracticeID   int64
	ProcessID    int64
	Process      string
	ActivityID   int64
	RoleID       int64
	RoleKind     RoleKind
	RegionID     int64
	PersonID     int64
	TeamID       int64
	CompanyID    int64
	AssignmentID int64
	ServiceID    int64
	Service      string
	PolicyID     int64
	Home         *Scope // where the hat hangs that is missing, as far as that may be elsewhere; nil: where the gap is
	// Plan and Accepted are what was decided about it, where anything was.
	Plan     *GapPlan
	Accepted *GapAcceptance
}

// FormerHolder is who wore a role last, of a role that nobody wears now.
type FormerHolder struct {
	RoleID int64
	Name   string
	Ended  time.Time // the first day without
	Left   bool      // the person left the organisation
}

// askedShown is how many of those who were asked a sentence names.
const askedShown = 3

// whoWasAsked is the part of a vacancy's sentence that says who was asked already, the first of them first.
func whoWasAsked(role int64, asked []Holding) (text string) {
	var here []Holding
	for _, h := range asked {
		if h.RoleID == role {
			here = append(here, h)
		}
	}
	slices.SortStableFunc(here, func(a, b Holding) int { return a.AskedOn.Compare(b.AskedOn) })
	for i, h := range here {
		switch {
		case i == askedShown:
			return text + fmt.Sprintf("; so were %d more", len(here)-askedShown)
		case h.Acceptance == Objected:
			text += "; " + h.Name + " was asked and objects"
		default:
			text += "; " + h.Name + " was asked on " + ShowDay(h.AskedOn)
		}
	}
	return text
}

// ProposedHolder is who is proposed for a role, and not decided on; for those who may know of plans there.
type ProposedHolder struct {
	RoleID int64
	Name   string
}

// whoIsProposed is the part of a vacancy's sentence that says whom somebody proposed already.
func whoIsProposed(role int64, candidates []ProposedHolder) string {
	var names []string
	for _, c := range candidates {
		if c.RoleID == role {
			names = append(names, c.Name)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "; " + names[0] + " is proposed"
	}
	return "; " + NamesAnd(names) + " are proposed"
}

// Successor is an appointment to a role from a later day on.
type Successor struct {
	RoleID, RegionID, ServiceID int64
	Since                       time.Time
	Capacity                    Capacity // holder or acting: who acts covers the chair and does not fill it
}

// GapFacts are what gaps look at beside the matrix.
type GapFacts struct {
	Past  []FormerHolder
	Asked []Holding // who was asked to wear a hat, and does not count before they accept
	Next  []Successor
	// Proposed are those proposed for hats, and not decided on.
	Proposed []ProposedHolder
	// Undone are the roles that nobody wears and whose vacancy leaves activities to nobody, in whichever process in use.
	Undone []UndoneRole
	// Ungoverned is what no policy governs: practices, and processes of practices that have some.
	Ungoverned []Ungoverned
}

// UndoneRole is a vacant role with how many activities nobody does for it.
type UndoneRole struct {
	RoleID     int64
	Activities int
}

// undone is how many activities nobody does anywhere for a role.
func (f GapFacts) undone(role int64) int {
	for _, u := range f.Undone {
		if u.RoleID == role {
			return u.Activities
		}
	}
	return 0
}

// Ungoverned is a practice that no policy governs, or one process of it.
type Ungoverned struct {
	PracticeID, ProcessID int64
}

// endingDays is how long before its end a hat with nobody after is worth a word.
const endingDays = 60

// Gaps are what is missing in a process on the matrix's day, worst first.
func (m *Matrix) Gaps(f GapFacts) []Gap {
	g := &gaps{m: m, facts: f}
	g.owner()
	if len(m.Rows) == 0 {
		g.add(Gap{Code: "no-activities", Severity: Grey, Title: "No activities yet", Sentence: "What is done here, step by step?", Who: "the Manager or the Owner", Fix: FixActivity})
	} else if len(m.Columns) == 0 {
		g.add(Gap{Code: "no-columns", Severity: Amber, Title: "No roles in the matrix", Sentence: "Without roles nobody does anything here.", Who: "the Manager or the Owner", Fix: FixColumns})
	}
	unheld := g.rows()
	for i, c := range m.Columns {
		g.column(i, c, unheld[c.Role.ID])
	}
	g.list = append(g.list, m.noPolicy(f)...)
	return WorstGapsFirst(g.list)
}

// noPolicy: nothing governs the process, or its whole practice.
func (m *Matrix) noPolicy(f GapFacts) (out []Gap) {
	for _, u := range f.Ungoverned {
		if u.PracticeID == m.PracticeID && (u.ProcessID == 0 || u.ProcessID == m.ProcessID) {
			g := Gap{Code: "no-policy", Severity: Grey, PracticeID: u.PracticeID, ProcessID: u.ProcessID}
			if u.ProcessID != 0 {
				g.Process = m.Process
			}
			out = append(out, g.ungoverned(m.Practice))
		}
	}
	return out
}

// ungoverned puts the words into a gap of what no policy governs.
func (g Gap) ungoverned(practice string) Gap {
	g.Title, g.Who, g.Fix = "No policy governs "+practice, "the Owner", FixPolicy
	g.Sentence = "Which rule must hold here, whoever does the work?"
	if g.ProcessID != 0 {
		g.Title, g.Sentence = "No policy governs "+g.Process, "Other parts of the practice have one: which rule must hold here?"
	}
	return g
}

// Unsupported is the gap of a service that no practice supports.
func Unsupported(service int64, name string) Gap {
	return Gap{Code: "service-unsupported", Severity: Grey, Title: "No practice supports it", Sentence: "Which practices does " + name + " rest on?", Who: "its Owner", Fix: FixSupport, ServiceID: service, Service: name}
}
