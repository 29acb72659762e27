package itsm

import (
	"slices"
	"time"
)

// Assignment is one holding with its whole record: how it was decided, told, answered and ended.
type Assignment struct {
	Holding
	Chair       Chair
	RecordedID  int64 // who proposed or appointed; 0: imported, or the operator
	DecidedOn   time.Time
	DecidedBy   string
	AnsweredOn  *time.Time // of what is told alone: when an objection was answered, and the holder asked anew
	ToldHow     string
	Objection   string
	ObjectedID  int64 // who objects: the holder, or somebody they report to
	ObjectedBy  string
	Reference   string
	Reason      string
	EndedReason string
	Share       *int
	Login       bool    // the holder has an account and sees the hat there
	AnswerIDs   []int64 // who may accept or object: the person, a team's lead, a company's contacts
	Managers    []int64 // of a person: those they report to, directly or not
}

// Proposal is what somebody proposed, with what became of it.
type Proposal struct {
	Assignment
	Answered   *time.Time // nil: nobody has decided
	AnsweredBy string     // "": the operator
}

// ProposalsWithin is for how many days what is proposed is told to who did, ProposalsLately for how many what became of it, and
// ProposalsMost bounds how many are.
const (
	ProposalsWithin = 365
	ProposalsLately = 30
	ProposalsMost   = 20
)

// TimelineMost is how many assignments a page shows of a role or a person, the latest first; a role's file has all.
const TimelineMost = 500

// Phase is where an assignment stands against a day.
type Phase string

// The phases.
const (
	Past    Phase = "past"
	Running Phase = "running"
	Later   Phase = "later"
)

// Phase says where the assignment stands on a day.
func (a Assignment) Phase(day time.Time) Phase {
	switch {
	case day.Before(a.Since):
		return Later
	case a.Over(day):
		return Past
	}
	return Running
}

// LastDay is the last day with the hat, as people say it; nil where no end is set.
func (a Assignment) LastDay() *time.Time { return Period{a.Since, a.Until}.LastDay() }

// Scope is where the assignment is, for rights; it names its person and their line managers.
func (a Assignment) Scope() Scope {
	at := a.Chair.Scope(a.RegionID)
	at.PersonID, at.Managers = a.PersonID, a.Managers
	return at
}

// ShownTo says whether a reader may know of the assignment: plain readers know what counts or counted, and what begins
// later once it is announced; proposals and withdrawn ones are for who reads plans, and for the holder and proposer.
func (a Assignment) ShownTo(by Actor, today time.Time) bool {
	if by.Can(ReadPlans, a.Scope()) || by.PersonID != 0 && (slices.Contains(a.AnswerIDs, by.PersonID) || a.RecordedID == by.PersonID) {
		return true
	}
	return by.MaySee(a.Chair.PracticeID) && a.State == Appointed && (a.Announced || a.Phase(today) != Later)
}

// For leaves out what a reader may not know: reasons, objections, remarks, shares and an end that is not announced are for who
// reads plans there; the holder sees the own end, objection with its answer, and share, and their line managers the objection,
// which may be their own.
func (a Assignment) For(by Actor) Assignment {
	if by.Can(ReadPlans, a.Scope()) {
		return a
	}
	a.Reason = ""
	if a.State != Withdrawn || a.RecordedID == 0 || a.RecordedID != by.PersonID {
		a.EndedReason = "" // who proposed it is told why not
	}
	if by.PersonID == 0 || !slices.Contains(a.AnswerIDs, by.PersonID) {
		a.End = a.Known(false, by.Today)
		a.Share, a.ToldHow = nil, ""
		if !by.Can(Object, a.Scope()) {
			a.Objection, a.ObjectedBy, a.ObjectedID = "", "", 0
		}
	}
	return a
}

// MayAppoint says whether the actor may decide about the assignment: appoint a proposal, end, withdraw, hand over.
func (a Assignment) MayAppoint(by Actor) bool { return by.MayAppoint(a.Chair, a.Capacity, a.RegionID) }

// MayAnswer says whether the actor may accept it, or give it up: the holder, a team's lead, a company's contact.
func (a Assignment) MayAnswer(by Actor) bool {
	return by.WritesNothing(Answer, a.Scope()) == "" && by.PersonID != 0 && slices.Contains(a.AnswerIDs, by.PersonID)
}

// MayObject says whether the actor may object: who may answer, and the holder's line managers.
func (a Assignment) MayObject(by Actor) bool {
	return a.MayAnswer(by) || by.Can(Object, a.Scope())
}

// ObjectsHere says that the actor's own objection stands.
func (a Assignment) ObjectsHere(by Actor) bool {
	return a.Acceptance == Objected && by.PersonID != 0 && a.ObjectedID == by.PersonID
}

// Disputed says that somebody else's objection stands: whoever appointed answers it before another answer is given, which would
// hide it.
func (a Assignment) Disputed(by Actor) bool { return a.Acceptance == Objected && !a.ObjectsHere(by) }

// MaySettle says whether the actor may answer the objection: who may appoint there, and neither wears the hat nor objects.
func (a Assignment) MaySettle(by Actor) bool {
	return a.State == Appointed && a.Acceptance == Objected && a.MayAppoint(by) && !a.ObjectsHere(by) && (a.PersonID == 0 || a.PersonID != by.PersonID)
}

// UnansweredAfter is how long a hat offered may wait for its answer before a hint says so.
const UnansweredAfter = 14 * 24 * time.Hour

// Waiting says that the holder has not answered yet, and late that the hint is due: so long after they were asked, anew where
// they objected before.
func (a Assignment) Waiting(today time.Time) (waiting, late bool) {
	waiting = a.State == Appointed && a.Acceptance == Told && a.Phase(today) != Past
	return waiting, waiting && a.Unanswered(today)
}

// Unanswered says that the holder was asked to accept so long ago that a hint says so.
func (h Holding) Unanswered(day time.Time) bool {
	return h.Acceptance == Told && day.Sub(h.AskedOn) > UnansweredAfter
}
