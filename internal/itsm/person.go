package itsm

import (
	"strings"
	"time"
)

// Person is somebody of the organisation, or of a company that works with it (external). The title is a plain
// attribute; it says nothing about hats.
type Person struct {
	ID         int64
	ExternalID string // the number in the system that lists of people come from; unique, "" where there is none
	Name       string
	SortName   string // family name first; guessed where it is empty
	Title      string
	Email      string
	Phone      string
	Department string
	Location   string
	RegionID   int64
	Region     string
	CompanyID  int64 // set for externals
	Company    string
	// EmployedFrom is the first day, EmployedTo the first day without; nil where not known or not set.
	EmployedFrom *time.Time
	EmployedTo   *time.Time
	Counter      int64
}

// External says that the person belongs to another company.
func (p Person) External() bool { return p.CompanyID != 0 }

// Left says that the person was gone on a day.
func (p Person) Left(day time.Time) bool { return p.EmployedTo != nil && !day.Before(*p.EmployedTo) }

// LastDay is the last day with the organisation; nil where none is set.
func (p Person) LastDay() *time.Time { return Period{To: p.EmployedTo}.LastDay() }

// SayGone says why nobody picks a person for a day from gone on, their first day away: who is still here has not left yet.
func SayGone(name string, gone, today time.Time) string {
	last := ShowDay(gone.AddDate(0, 0, -1))
	if gone.After(today) {
		return name + " leaves: the last day is " + last + "."
	}
	return name + " left on " + last + "."
}

// Check trims what was typed and says what does not fit, by form field.
func (p *Person) Check() error {
	var c Checks
	p.check(&c)
	return c.Err()
}

func (p *Person) check(c *Checks) {
	c.Label(&p.Name, "name", "a name")
	c.Line(&p.SortName, "sort_name", LabelMax)
	if p.SortName == "" {
		p.SortName = SortName(p.Name)
	}
	c.Line(&p.ExternalID, "external_id", LabelMax)
	c.Line(&p.Title, "title", LabelMax)
	c.Line(&p.Email, "email", 320)
	c.Require(p.Email == "" || looksLikeEmail(p.Email), "email", "This is not an e-mail address. Write it as ann@example.org.")
	c.Line(&p.Phone, "phone", 100)
	c.Line(&p.Department, "department", LabelMax)
	c.Line(&p.Location, "location", LabelMax)
	if p.EmployedFrom != nil && p.EmployedTo != nil {
		c.Require(p.EmployedFrom.Before(*p.EmployedTo), "employed_from", "The first day lies after the last day. Correct one of them.")
	}
}

// looksLikeEmail accepts what has one @ with something on both sides and no spaces; whether it exists, mail tells.
func looksLikeEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(s, " \t,;<>") && !strings.Contains(domain, "@")
}

var particles = map[string]bool{
	"van": true, "von": true, "der": true, "den": true, "de": true, "da": true, "di": true, "del": true, "della": true, "dos": true, "das": true,
	"la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "ter": true, "ten": true, "zu": true, "af": true,
}

// SortName guesses the family name first: the last word with the particles before it.
func SortName(name string) string {
	name = BareName(name)
	words := strings.Fields(name)
	last := len(words) - 1
	if last < 1 || strings.Contains(name, ",") || FamilyFirst(name) {
		return name
	}
	for last > 1 && particles[words[last-1]] {
		last--
	}
	return strings.Join(words[last:], " ") + ", " + strings.Join(words[:last], " ")
}

// PersonRef names a person where it is only mentioned.
type PersonRef struct {
	ID     int64
	Name   string
	Detail string // title and department, for telling people of one name apart
}

// ReportingLine is one person above or below another; the primary one is the line manager of the chart.
type ReportingLine struct {
	Person  PersonRef
	Primary bool
	Left    bool // the person is gone
}

// Absence is a time in which a person is away: their deputies stand in.
type Absence struct {
	ID int64
	Period
}

// PeopleFilter narrows and orders the directory; the zero value is everybody who is here, by family name.
type PeopleFilter struct {
	Text       string // words found in name, e-mail or title
	RegionID   int64  // with everything below it
	TeamID     int64
	CompanyID  int64
	Kind       string // "staff", "external" or ""
	Department string
	Hats       string // "some", "none" or ""
	Left       bool   // those who left, instead of those who are here
	Sort       string // one of PeopleSorts
	Descending bool
	Page       int   // from 1
	After      int64 // the page begins behind this person, whatever its number
	Before     int64 // or ends before this one
}

// PeoplePage is how many people a page of the directory shows; PeopleNumbered, up to how many its pages are offered by
// their numbers; PeopleCounted, up to how many people are counted.
const (
	PeoplePage     = 50
	PeopleNumbered = 1_000
	PeopleCounted  = 20_000
)

// PeopleSorts are the columns that the directory can be sorted by.
var PeopleSorts = []string{"name", "title", "department", "region", "company"}

// Narrowed says that the filter leaves somebody out who is here.
func (f PeopleFilter) Narrowed() bool {
	return f.Whole() != PeopleFilter{}
}

// Whole is the filter without its order and its page.
func (f PeopleFilter) Whole() PeopleFilter {
	f.Sort, f.Descending, f.Page, f.After, f.Before = "", false, 0, 0, 0
	return f
}

// PersonLine is a row of the directory.
type PersonLine struct {
	Person
	Hats      int // roles worn today, own and through teams
	TeamNames []string
}

// Departure is what a leaving day does: what it cuts, what it withdraws, and what stays without somebody.
type Departure struct {
	Person      Person
	LastDay     time.Time
	Cut         []DepartureHat // end on the last day
	Withdrawn   []DepartureHat // begin after it, and then count on no day
	Memberships []TeamRef      // end on the last day
	Leads       []TeamRef      // teams that lose their lead
	Contacts    []CompanyRef   // companies that lose a contact
	Reports     []PersonRef    // who report to the person
	Actions     []ActionRef    // open ones, which they were to do
	Account     string         // the address that it is signed in with; "": none
	// LastAdministrator says that nobody else would manage accounts then.
	LastAdministrator bool
}

// ActionRef is an action with its name and the day it is due.
type ActionRef struct {
	ID    int64
	What  string
	DueOn time.Time
}

// DepartureHat is an assignment that a leaving day touches.
type DepartureHat struct {
	AssignmentID int64
	Role         RoleRef
	ScopeName    string
	Region       string
	Capacity     Capacity
	State        State
	Since        time.Time
	// Vacant says that nobody else holds or covers the role on the day after.
	Vacant bool
	Acts   *StandIn // the agreed deputy, where it would be vacant
	// Next is who wears it from a later day on; "" for nobody.
	Next      string
	NextSince *time.Time
}

// StandInDays are how long an agreed deputy acts for somebody who left.
const StandInDays = 30

// StandIn is a deputy who acts from a day on, until the first day without.
type StandIn struct {
	Person      PersonRef
	From, Until time.Time
}
