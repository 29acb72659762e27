package itsm

import "time"

// Capacity says how somebody wears a hat.
type Capacity string

// The capacities.
const (
	Holder Capacity = "holder"
	Acting Capacity = "acting" // fills an empty or long-absent chair, to an end day; covered, never filled
	Deputy Capacity = "deputy" // stands by; signs "for" while the holder is absent
)

// State says whether an assignment is decided. Only an appointed one counts, from its day.
type State string

// The states.
const (
	Proposed  State = "proposed"
	Appointed State = "appointed"
	Withdrawn State = "withdrawn" // never counted, on no day
)

// Acceptance says whether the holder knows: a fact apart from the decision.
type Acceptance string

// The acceptances.
const (
	Told     Acceptance = "told"
	Accepted Acceptance = "accepted"
	Objected Acceptance = "objected" // a task for the appointer; ends nothing by itself
)

// Holding is one assignment as pages show it: who holds which role, where, how and since when. Exactly one of PersonID,
// TeamID and CompanyID is set, and Name is its name.
type Holding struct {
	AssignmentID int64
	RoleID       int64
	RoleKind     RoleKind
	PersonID     int64
	TeamID       int64
	CompanyID    int64
	Name         string
	// Employer names the company of an external person.
	Employer string
	// AnswersID and Answers are the living person who answers for this holding on the day: the holder, a team's lead, a
	// company's contact on our side; 0 where there is none.
	AnswersID  int64
	Answers    string
	Members    int // of a team, on the day
	RegionID   int64
	Region     string
	ServiceID  int64
	Service    string
	Capacity   Capacity
	State      State
	Acceptance Acceptance
	Announced  bool
	Since      time.Time
	End
	RecordedOn time.Time
	RecordedBy string    // who proposed or appointed; "": imported, or the operator
	AskedOn    time.Time // when the holder was asked to accept it, anew where they objected
	// Absent says that the person is away on the day; StandsIn, of a deputy, that a holder there is, or whoever acts.
	Absent   bool
	StandsIn bool
}

// End is until when a hat is worn. Unannounced says that it is a plan: whoever does not read plans there knows UntilAnnounced.
type End struct {
	Until          *time.Time // the first day without; nil: none is set
	Unannounced    bool
	UntilAnnounced *time.Time
}

// Known is the end as it is known on a day to who reads plans, or to the others.
func (e End) Known(plans bool, today time.Time) End {
	if plans || !e.Quiet(today) {
		return e
	}
	return End{Until: e.UntilAnnounced}
}

// Quiet says that the end lies ahead and is not announced.
func (e End) Quiet(today time.Time) bool { return e.Unannounced && e.Until.After(today) }

// Over says that the hat is no longer worn on a day.
func (e End) Over(day time.Time) bool { return e.Until != nil && !day.Before(*e.Until) }

// Backdated says that it speaks of days before it was recorded.
func (h Holding) Backdated() bool { return h.Since.Before(h.RecordedOn) }

// Later says that on a day nobody could have known of it: it was recorded only afterwards.
func (h Holding) Later(day time.Time) bool { return h.RecordedOn.After(day) && !h.Since.After(day) }

// Counts says whether the holding fills or covers its role on the day: a deputy only while standing in.
func (h *Holding) Counts() bool { return h.Capacity != Deputy || h.StandsIn }
