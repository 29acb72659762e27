package itsm

import "time"

// Driver says what makes a policy necessary.
type Driver string

// The drivers.
const (
	Law        Driver = "law"
	Regulation Driver = "regulation"
	Contract   Driver = "contract"
	Internal   Driver = "internal"
)

// Drivers are all, the weightiest first.
var Drivers = []Driver{Law, Regulation, Contract, Internal}

// Binding says that others ask for the policy: a law, a regulator, a contract.
func (d Driver) Binding() bool { return d == Law || d == Regulation || d == Contract }

// Title is the driver as the screen calls it.
func (d Driver) Title() string {
	switch d {
	case Law:
		return "Law"
	case Regulation:
		return "Regulation"
	case Contract:
		return "Contract"
	}
	return "Internal"
}

// Policy is a rule that governs practices, processes and activities: what it says, why, and how one sees that it is kept.
// Its title and texts are those of the version in force.
type Policy struct {
	ID          int64
	Number      string
	Title       string
	Statement   string
	Why         string
	Measure     string
	Driver      Driver
	IssuingBody string
	// OwnerRoleID is the role that answers for it, 0 for none; with its name, kind and the scope it hangs on.
	OwnerRoleID int64
	OwnerRole   string
	OwnerKind   RoleKind
	OwnerScope  string
	OwnerIdle   bool  // its practice is not in use: nobody is missed in its hats
	OwnerHidden bool  // there is one, of a practice that the reader does not see
	PracticeID  int64 // where its owner role lies: so do the policy's rights
	ProcessID   int64
	ServiceID   int64
	Archived    bool
	ArchivedOn  *time.Time
	Counter     int64
	Clock
}

// NumberMax and IssuingBodyMax bound what a policy is called by and who issued it, in characters.
const (
	NumberMax      = 40
	IssuingBodyMax = 200
)

// Scope is where the policy's rights hang: at its owner role; without one, at the organisation.
func (p Policy) Scope() Scope {
	return Scope{PracticeID: p.PracticeID, ProcessID: p.ProcessID, ServiceID: p.ServiceID}
}

// Reviewed is the policy as something with a clock.
func (p Policy) Reviewed() Reviewed {
	return Reviewed{
		Of: PolicyReview, ID: p.ID, Name: p.Title, Driver: p.Driver, ScopeName: p.OwnerScope, PracticeID: p.PracticeID, ProcessID: p.ProcessID, ServiceID: p.ServiceID,
		RoleKind: p.OwnerKind, OwnerRoleID: p.OwnerRoleID, Clock: p.Clock,
	}
}

// Check reads what was typed into a policy.
func (p *Policy) Check() error {
	var c Checks
	c.Line(&p.Number, "number", NumberMax)
	c.Require(p.Number != "", "number", "Give the policy a number, such as POL-001.")
	c.Label(&p.Title, "title", "the policy a title")
	c.Prose(&p.Statement, "statement", ProseMax)
	c.Require(p.Statement != "", "statement", "Write down what the policy says.")
	c.Prose(&p.Why, "why", ProseMax)
	c.Prose(&p.Measure, "measure", ProseMax)
	c.Line(&p.IssuingBody, "issuing_body", IssuingBodyMax)
	c.Require(p.Driver.Binding() || p.Driver == Internal, "driver", "Choose what drives it.")
	c.CheckInterval(p.ReviewMonths, "review_months")
	return c.Err()
}

// Target is what a policy may govern: exactly one of a practice, a process and an activity.
type Target struct {
	PracticeID int64
	ProcessID  int64
	ActivityID int64
}

// Kind is the word for what the target is; "" where it is not exactly one thing.
func (t Target) Kind() string {
	n, kind := 0, ""
	for _, one := range []struct {
		id   int64
		kind string
	}{{t.PracticeID, "practice"}, {t.ProcessID, "process"}, {t.ActivityID, "activity"}} {
		if one.id != 0 {
			n, kind = n+1, one.kind
		}
	}
	if n != 1 {
		return ""
	}
	return kind
}

// ID is the target's own id.
func (t Target) ID() int64 { return t.PracticeID + t.ProcessID + t.ActivityID }

// Attachment says that a policy governs something from a day, until a day. It is ended, never edited.
type Attachment struct {
	ID       int64
	PolicyID int64
	Target
	Name string // of what it governs
	// InPracticeID and InProcessID are where that lies, with their names; its own ids too.
	InPracticeID int64
	InPractice   string
	InProcessID  int64
	InProcess    string
	Since        time.Time
	Until        *time.Time // the first day without
}

// Scope is where the rights of what it governs hang.
func (a Attachment) Scope() Scope {
	return Scope{PracticeID: a.InPracticeID, ProcessID: a.InProcessID}
}

// Period is when it holds.
func (a Attachment) Period() Period { return Period{From: a.Since, To: a.Until} }

// NewAttachment is what was chosen for a policy to govern, from a day.
type NewAttachment struct {
	PolicyID int64
	Target
	From  time.Time
	Until *time.Time
}

// Check reads it.
func (a NewAttachment) Check() error {
	var c Checks
	c.Require(a.PolicyID != 0, "policy", "Choose a policy.")
	c.Require(a.Kind() != "", "target", "Choose what the policy governs.")
	c.Require(!a.From.IsZero(), "from", "Give the first day on which it governs.")
	c.Require(a.Until == nil || a.Until.After(a.From), "until", "The last day cannot be before the first.")
	return c.Err()
}

// GoverningPolicy is a policy as the page of what it governs lists it. Through is where it is attached, where that is not
// the page's own thing: a practice whose processes it governs, a process whose activities.
type GoverningPolicy struct {
	AttachmentID int64
	PolicyID     int64
	Number       string
	Title        string
	Statement    string
	Driver       Driver
	Through      string // "" is the page's own; else "practice", "process" or "activity"
	ThroughID    int64
	ThroughName  string
	Since        time.Time
	Until        *time.Time
	Clock
}

// Reviewed is the policy as something with a clock.
func (g GoverningPolicy) Reviewed() Reviewed {
	return Reviewed{Of: PolicyReview, ID: g.PolicyID, Name: g.Title, Driver: g.Driver, Clock: g.Clock}
}

// PolicyLine is a policy in the list.
type PolicyLine struct {
	ID          int64
	Number      string
	Title       string
	Statement   string
	Why         string
	Measure     string
	Driver      Driver
	IssuingBody string
	OwnerRoleID int64
	OwnerRole   string
	OwnerKind   RoleKind
	OwnerScope  string
	Owner       string // who wears the owner role that day; "" is vacant
	OwnerID     int64  // 0 where it is not one person
	Owners      int    // how many wear it
	OwnerIdle   bool   // its practice is not in use: nobody is missed in its hats
	OwnerHidden bool   // there is one, of a practice that the reader does not see
	Governs     []string
	Archived    bool
	Clock
}

// Reviewed is the policy as something with a clock.
func (l PolicyLine) Reviewed() Reviewed {
	return Reviewed{Of: PolicyReview, ID: l.ID, Name: l.Title, Driver: l.Driver, Clock: l.Clock}
}

// PolicyFilter narrows and orders the policies.
type PolicyFilter struct {
	Text       string
	Driver     Driver
	PracticeID int64
	Vacant     bool // nobody wears the owner role, though its practice is in use, or there is none
	Overdue    bool // of review
	Archived   bool // the archived ones instead
	Sort       string
	Descending bool
	Page       int
}

// PolicySorts are what the list can be ordered by; "" is the number.
var PolicySorts = []string{"number", "title", "driver", "review"}

// PolicyPage is how many lines a page of the list has.
const PolicyPage = 50

// Narrowed says that the list is not the whole.
func (f PolicyFilter) Narrowed() bool {
	return f.Text != "" || f.Driver != "" || f.PracticeID != 0 || f.Vacant || f.Overdue || f.Archived
}
