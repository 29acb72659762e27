package itsm

import (
	"fmt"
	"time"
)

// AppointmentsMax bounds how many assignments one form may begin.
const AppointmentsMax = 200

// NewAssignment is what one form appoints or proposes: every one of these roles to every one of these holders, with the
// same facts. It is one event.
type NewAssignment struct {
	RoleIDs    []int64
	PersonIDs  []int64
	TeamIDs    []int64
	CompanyIDs []int64
	RegionID   int64 // 0: everywhere
	ServiceID  int64 // 0: every service
	Capacity   Capacity
	From       time.Time
	Until      *time.Time // the first day without; nil: no end is set
	DecidedBy  string     // in words, where it is not who records it
	DecidedOn  time.Time  // zero: the day it is recorded
	Reference  string
	Reason     string
	ToldHow    string // of people without a login: how they were told
	Announced  bool
	Share      *int // per cent of time; private
}

// Chair is a role as an appointment needs it: what kind, and where it hangs.
type Chair struct {
	ID         int64
	Kind       RoleKind
	Name       string
	ScopeName  string
	PracticeID int64 // of a process, its practice
	ProcessID  int64
	ServiceID  int64
	Archived   bool
	Closed     bool // what it hangs on is archived
}

// Scope is where a holder of the chair in a region would be appointed.
func (c Chair) Scope(region int64) Scope {
	return Scope{PracticeID: c.PracticeID, ProcessID: c.ProcessID, ServiceID: c.ServiceID, RegionID: region}
}

// Appoints is the action that appoints to a kind of role in a capacity; acting is appointed by who appoints the holder.
func Appoints(kind RoleKind, capacity Capacity) Action {
	switch {
	case capacity == Deputy:
		return AppointDeputy
	case kind == Owner:
		return AppointOwner
	case kind == Manager:
		return AppointManager
	}
	return AppointPractitioner
}

// MayAppoint says whether the actor may appoint to a chair in a region (0: everywhere): a regional Manager does so only
// within their regions.
func (a Actor) MayAppoint(c Chair, capacity Capacity, region int64) bool {
	act := Appoints(c.Kind, capacity)
	if !a.Can(act, c.Scope(region)) {
		return false
	}
	if region != 0 || a.Operator {
		return true
	}
	_, bound := a.Regional(act, c.Scope(0))
	return !bound
}

// MayAppointSomewhere says whether the actor may appoint to a chair at all, be it within their regions only.
func (a Actor) MayAppointSomewhere(c Chair, capacity Capacity) bool {
	return a.Can(Appoints(c.Kind, capacity), c.Scope(0))
}

// Holders is how many holders are named.
func (n NewAssignment) Holders() int { return len(n.PersonIDs) + len(n.TeamIDs) + len(n.CompanyIDs) }

// Check reads what was typed and holds it against the chairs it is about. A day before today needs a reason; chairs are
// those of RoleIDs.
func (n *NewAssignment) Check(chairs []Chair, today time.Time) error {
	var c Checks
	c.Require(len(n.RoleIDs) > 0, "role", "Choose at least one role.")
	c.Require(n.Holders() > 0, "person", "Choose who gets the hat: a person, a team or a company.")
	c.Require(len(n.RoleIDs)*n.Holders() <= AppointmentsMax, "role",
		fmt.Sprintf("At most %d appointments fit in one go. Do it in parts.", AppointmentsMax))
	n.checkFacts(&c, today)
	for _, chair := range chairs {
		n.checkChair(&c, chair)
	}
	return c.Err()
}

func (n *NewAssignment) checkFacts(c *Checks, today time.Time) {
	c.Line(&n.DecidedBy, "decided_by", LabelMax)
	c.Line(&n.Reference, "reference", LabelMax)
	c.Line(&n.ToldHow, "told_how", LabelMax)
	c.Prose(&n.Reason, "reason", ReasonMax)
	if n.Capacity == "" {
		n.Capacity = Holder
	}
	if n.DecidedOn.IsZero() {
		n.DecidedOn = today
	}
	c.Require(!n.DecidedOn.After(today), "decided_on", "It cannot have been decided after today.")
	c.Require(n.Share == nil || *n.Share >= 1 && *n.Share <= 100, "share", "Give the share of time as a number from 1 to 100.")
	switch n.Capacity {
	case Holder, Deputy:
	case Acting:
		c.Require(n.Until != nil, "last_day", "Acting always ends: give a last day.")
	default:
		c.Say("capacity", "Choose how the hat is worn: as holder, acting or as deputy.")
	}
	if n.From.IsZero() {
		c.Say("from", "Give the first day with the hat.")
		return
	}
	c.Require(n.Until == nil || n.Until.After(n.From), "last_day", "The last day lies before the first.")
	c.Require(!n.From.Before(today) || n.Reason != "", "reason", "The first day lies in the past: say why it is recorded only now.")
}

func (n *NewAssignment) checkChair(c *Checks, chair Chair) {
	persons := len(n.TeamIDs) == 0 && len(n.CompanyIDs) == 0
	switch {
	case chair.Archived:
		c.Say("role", chair.Name+" is retired and gets no new holders.")
	case chair.Closed:
		c.Say("role", chair.ScopeName+" is archived: its hats get no new holders.")
	case chair.Kind == Whoever:
		c.Say("role", chair.Name+" is whoever it is in the case, and is never held.")
	case chair.Kind == Owner && !persons:
		c.Say("holder", "An Owner is a person, not a team or a company.")
	case chair.Kind == Manager && !persons:
		c.Say("holder", "A Manager is a person, not a team or a company.")
	case n.Capacity != Holder && !persons:
		c.Say("holder", "Only a person acts or stands by as deputy, not a team or a company.")
	}
	if chair.Kind == Owner {
		c.Require(n.RegionID == 0, "region", "An Owner answers worldwide: leave the region empty.")
		c.Require(n.ServiceID == 0, "service", "An Owner answers for every service: leave the service empty.")
		c.Require(n.Capacity == Deputy || n.Holders() <= 1, "person", "An Owner is one person. Choose one.")
	}
}

// ReasonMax bounds reasons, objections and answers, in characters.
const ReasonMax = 2000

// Held says that a hat with one holder is held by somebody else on some of the days asked for. It is a Conflict.
type Held struct {
	By   Holding
	Role Chair
	From time.Time // of what was refused
}

func (e Held) Error() string {
	verb := "owns"
	if e.By.Capacity == Acting {
		verb = "acts as Owner of"
	}
	scope := e.Role.ScopeName
	if scope == "" {
		scope = "this"
	}
	until := ""
	if e.By.Until != nil {
		until = " until " + ShowDay(e.By.Until.AddDate(0, 0, -1))
	}
	word := "since"
	if e.By.Since.After(e.From) {
		word = "from"
	}
	return fmt.Sprintf("%s %s %s %s %s%s, and there is one at a time. Hand the hat over instead.", e.By.Name, verb, scope, word, ShowDay(e.By.Since), until)
}

// Unwrap makes it a Conflict.
func (e Held) Unwrap() error { return Conflict{Text: e.Error(), Who: e.By.Name} }

// HandOver moves hats of one person to others on a day: what ended and what begins are one fact.
type HandOver struct {
	PersonID  int64 // who gives
	Day       time.Time
	Parts     []HandOverPart
	DecidedBy string
	Reference string
	Reason    string
	ToldHow   string
	Announced bool
}

// HandOverPart is one hat and who gets it.
type HandOverPart struct{ AssignmentID, ToID int64 }

// Check reads what was typed.
func (h *HandOver) Check(today time.Time) error {
	var c Checks
	c.Line(&h.DecidedBy, "decided_by", LabelMax)
	c.Line(&h.Reference, "reference", LabelMax)
	c.Line(&h.ToldHow, "told_how", LabelMax)
	c.Prose(&h.Reason, "reason", ReasonMax)
	c.Require(len(h.Parts) > 0, "hat", "Choose at least one hat to hand over.")
	c.Require(len(h.Parts) <= AppointmentsMax, "hat", fmt.Sprintf("At most %d hats fit in one go. Do it in parts.", AppointmentsMax))
	seen := map[int64]bool{}
	for _, p := range h.Parts {
		c.Require(p.ToID != 0, "person", "Choose who gets the hats.")
		c.Require(p.ToID != h.PersonID, "person", "The hat is theirs already. Choose somebody else.")
		c.Require(!seen[p.AssignmentID], "hat", "A hat goes to one person.")
		seen[p.AssignmentID] = true
	}
	c.Require(!h.Day.IsZero(), "day", "Give the first day with the new holder.")
	c.Require(h.Day.IsZero() || !h.Day.Before(today) || h.Reason != "", "reason", "The day lies in the past: say why it is recorded only now.")
	return c.Err()
}

// HeldChair is a role with those who wear it on a day.
type HeldChair struct {
	Chair    Chair
	Holdings []Holding
}

// Appointing is what the form that appoints or proposes shows: what is chosen so far, and what there is to choose from.
type Appointing struct {
	Roles       []HeldChair
	People      []PersonRef
	Regions     []Region
	Services    []Ref
	Teams       []TeamRef
	Companies   []CompanyRef
	FoundRoles  []Chair     // by the words typed
	FoundPeople []PersonRef // likewise
}

// Ref is anything where only its id and name count.
type Ref struct {
	ID   int64
	Name string
}

// AssignmentPage is an assignment with those who wear the hats of the same scope.
type AssignmentPage struct {
	Assignment
	Beside []Holding // of the role, and of the Owner and Manager roles beside it; not the assignment itself
	Recent []Moment
}

// Combined are the holdings by which the same person wears another hat of the scope: Owner and Manager in one.
func (p AssignmentPage) Combined() []Holding {
	var same []Holding
	for _, h := range p.Beside {
		if p.State != Withdrawn && p.PersonID != 0 && h.PersonID == p.PersonID && h.RoleID != p.RoleID && h.Capacity != Deputy && p.Capacity != Deputy && p.meets(h) {
			same = append(same, h)
		}
	}
	return same
}

// Double are the others who wear the same hat in the same place, with no service between them: of Managers worth a look.
func (p AssignmentPage) Double() []Holding {
	var same []Holding
	for _, h := range p.Beside {
		if p.State != Withdrawn && p.RoleKind == Manager && h.RoleID == p.RoleID && h.RegionID == p.RegionID && h.ServiceID == p.ServiceID && h.Capacity == p.Capacity && p.Capacity != Deputy && p.meets(h) {
			same = append(same, h)
		}
	}
	return same
}

// meets says that there is a day on which both are worn: not of a predecessor or a successor.
func (p AssignmentPage) meets(h Holding) bool { return !p.Over(h.Since) && !h.Over(p.Since) }
