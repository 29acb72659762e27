package itsm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Subject is what a gap or an action is about: the ids that name it. Those that follow from another one (the role of an
// assignment, the process of an activity) may stand beside it.
type Subject struct {
	PracticeID, ProcessID, ActivityID, RoleID, RegionID, PersonID, TeamID, CompanyID, ServiceID, PolicyID, AssignmentID int64
}

// About names a subject in the same words on every day, as the database does: "role:7 region:3". It is empty where
// there is no subject.
func (s Subject) About() string {
	for _, one := range []struct {
		kind string
		id   int64
	}{{"assignment", s.AssignmentID}, {"activity", s.ActivityID}} {
		if one.id != 0 {
			return named(one.kind, one.id)
		}
	}
	if s.RoleID != 0 {
		words := []string{named("role", s.RoleID)}
		for _, more := range []struct {
			kind string
			id   int64
		}{{"process", s.ProcessID}, {"region", s.RegionID}, {"person", s.PersonID}, {"team", s.TeamID}, {"company", s.CompanyID}} {
			if more.id != 0 {
				words = append(words, named(more.kind, more.id))
			}
		}
		return strings.Join(words, " ")
	}
	for _, one := range []struct {
		kind string
		id   int64
	}{{"process", s.ProcessID}, {"practice", s.PracticeID}, {"service", s.ServiceID}, {"policy", s.PolicyID}, {"person", s.PersonID}} {
		if one.id != 0 {
			return named(one.kind, one.id)
		}
	}
	return ""
}

func named(kind string, id int64) string { return kind + ":" + strconv.FormatInt(id, 10) }

// Subject is what a gap is about, without what only says where it was seen: the same vacancy is one gap in every
// process that uses the hat, and stays the same while who acts there changes.
func (g Gap) Subject() Subject {
	switch g.Code {
	case "no-responsible":
		return Subject{ActivityID: g.ActivityID, ProcessID: g.ProcessID}
	case "no-activities", "no-columns":
		return Subject{ProcessID: g.ProcessID}
	case "role-retired":
		return Subject{RoleID: g.RoleID, ProcessID: g.ProcessID}
	case "accountable-vacant-region", "accountable-several", "covered":
		return Subject{RoleID: g.RoleID, RegionID: g.RegionID}
	case "accountable-no-lead":
		return Subject{RoleID: g.RoleID, TeamID: g.TeamID, CompanyID: g.CompanyID}
	case "accountable-outside":
		return Subject{RoleID: g.RoleID, PersonID: g.PersonID}
	case "objected", "not-accepted", "ends-soon", "absent-uncovered", "only-holder":
		return Subject{AssignmentID: g.AssignmentID, RoleID: g.RoleID}
	case "service-unsupported":
		return Subject{ServiceID: g.ServiceID}
	}
	switch {
	case g.RoleID != 0:
		return Subject{RoleID: g.RoleID}
	case g.PolicyID != 0:
		return Subject{PolicyID: g.PolicyID}
	case g.ProcessID != 0:
		return Subject{ProcessID: g.ProcessID}
	case g.ServiceID != 0:
		return Subject{ServiceID: g.ServiceID}
	}
	return Subject{PracticeID: g.PracticeID}
}

// GapKey tells a gap from all others, on whatever day it is seen.
type GapKey struct{ Code, About string }

// Key is the gap's identity: its code and what it is about.
func (g Gap) Key() GapKey { return GapKey{g.Code, g.Subject().About()} }

// Scope is where a gap lies, for rights: of a hat, where that hangs.
func (g Gap) Scope() Scope {
	if g.Home != nil {
		return *g.Home
	}
	return Scope{PracticeID: g.PracticeID, ProcessID: g.ProcessID, ServiceID: g.ServiceID}
}

// GapPlan says who closes a gap and by when.
type GapPlan struct {
	Code, About string
	ActionID    int64
	PersonID    int64
	Who         string
	DueOn       time.Time
}

// Overdue says that the day has passed.
func (p GapPlan) Overdue(day time.Time) bool { return day.After(p.DueOn) }

// GapAcceptance says that somebody takes a gap as it is, to a day. The reason is for who reads plans.
type GapAcceptance struct {
	ID           int64
	Code, About  string
	Reason       string
	AcceptedByID int64
	AcceptedBy   string
	LastDay      time.Time
}

// GapAnswers are the plans that are open and the acceptances that hold on a day.
type GapAnswers struct {
	Plans    []GapPlan
	Accepted []GapAcceptance
}

// Answered puts what was decided about them beside gaps.
func Answered(all []Gap, a GapAnswers) []Gap {
	plans, accepted := map[GapKey]*GapPlan{}, map[GapKey]*GapAcceptance{}
	for i, p := range a.Plans {
		plans[GapKey{p.Code, p.About}] = &a.Plans[i]
	}
	for i, p := range a.Accepted {
		accepted[GapKey{p.Code, p.About}] = &a.Accepted[i]
	}
	out := slices.Clone(all)
	for i, g := range out {
		out[i].Plan, out[i].Accepted = plans[g.Key()], accepted[g.Key()]
	}
	return out
}

// OpenGaps are those that nobody accepted.
func OpenGaps(all []Gap) []Gap {
	return slices.DeleteFunc(slices.Clone(all), func(g Gap) bool { return g.Accepted != nil })
}

// AcceptedGaps are the others, those that come back soonest first.
func AcceptedGaps(all []Gap) []Gap {
	list := slices.DeleteFunc(slices.Clone(all), func(g Gap) bool { return g.Accepted == nil })
	slices.SortStableFunc(list, func(a, b Gap) int {
		return cmp.Compare(a.Accepted.LastDay.Unix(), b.Accepted.LastDay.Unix())
	})
	return list
}

// AcceptMax is how far ahead a gap may be accepted: what nobody looks at again is not accepted, it is forgotten.
const AcceptMax = 24 // months

// AcceptGap is a gap that somebody wants to take as it is, with why and how long.
type AcceptGap struct {
	Code    string
	Subject Subject
	Reason  string
	LastDay *time.Time
}

// Check reads what was typed on a day.
func (a *AcceptGap) Check(today time.Time) error {
	var c Checks
	c.Prose(&a.Reason, "reason", ReasonMax)
	c.Require(a.Reason != "", "reason", "Say why it may stay as it is.")
	switch {
	case a.LastDay == nil:
		c.Say("last_day", "Give the last day: after it the gap comes back by itself.")
	case a.LastDay.Before(today):
		c.Say("last_day", "This day has passed. Give today or a later one.")
	case a.LastDay.After(today.AddDate(0, AcceptMax, 0)):
		c.Say("last_day", "At most two years: look again by "+ShowDay(today.AddDate(0, AcceptMax, 0))+" at the latest.")
	}
	c.Require(a.Code != "" && a.Subject.About() != "", "", "Accept a gap from where it stands.")
	return c.Err()
}

// gapNames are gaps in a few words: what it is about, and where a gap has a region, that.
var gapNames = map[string]string{
	"no-owner-role": "%s has no Owner role", "owner-vacant": "%s vacant", "role-vacant": "%s vacant", "no-responsible": "Nobody does “%s”",
	"no-activities": "%s has no activities", "no-columns": "%s has no roles in its matrix", "role-retired": "%s is retired and still used",
	"accountable-vacant-region": "%s vacant", "accountable-several": "A of %s held by several", "accountable-no-lead": "Nobody answers for %s",
	"accountable-outside": "A of %s outside", "covered": "%s covered for a while", "too-few": "%s: too few holders", "too-many": "%s: more holders than wanted",
	"single-holder": "%s has one holder", "only-holder": "Nobody else wears %s", "objected": "An objection to %s", "not-accepted": "%s not accepted yet",
	"ends-soon": "%s ends, and nobody takes it over", "absent-uncovered": "Nobody stands in for %s", "service-unsupported": "No practice supports %s",
	"no-policy": "No policy governs %s", "review-overdue": "%s: review overdue", "policy-overdue": "%s: review overdue",
}

// GapName is a gap in a few words, for where it is planned or accepted.
func GapName(code, about, region string) string {
	format, known := gapNames[code]
	if !known {
		format = "%s"
	}
	name := strings.Replace(format, "%s", about, 1)
	if region != "" {
		name += " in " + region
	}
	return name
}

// KnownGap says whether there are gaps of a code.
func KnownGap(code string) bool { return gapNames[code] != "" }

// SubjectFacts are what a form about a subject shows of it.
type SubjectFacts struct {
	Subject Subject
	At      Scope
	Name    string // "Incident manager"
	Region  string
	Place   string // what it belongs to; "" where that is itself
	Private bool
}
