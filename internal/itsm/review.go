package itsm

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Clock says how often something is looked at anew, and when it is due; zero is no clock. It stands in a role, a process
// and a policy.
type Clock struct {
	ReviewMonths int        // the interval; 0 is none
	ReviewDue    *time.Time // the last day in time
	LastReviewed *time.Time
}

// ReviewState says how a clock stands.
type ReviewState string

// The states of a clock. Due soon is the last tenth of the interval.
const (
	NoReview ReviewState = ""
	InTime   ReviewState = "in time"
	DueSoon  ReviewState = "due soon"
	Overdue  ReviewState = "overdue"
)

// ReviewMonthsMax bounds the interval; the schema holds the same.
const ReviewMonthsMax = 120

// SentenceMax bounds what a review says, in characters.
const SentenceMax = 500

// Review is how the clock stands on a day.
func (c Clock) Review(day time.Time) ReviewState {
	switch {
	case c.ReviewMonths == 0 || c.ReviewDue == nil:
		return NoReview
	case c.ReviewDue.Before(day):
		return Overdue
	case !day.Before(c.dueSoon()):
		return DueSoon
	}
	return InTime
}

// dueSoon is the first day of the last tenth of the interval.
func (c Clock) dueSoon() time.Time {
	length := c.ReviewDue.Sub(AddMonths(*c.ReviewDue, -c.ReviewMonths)).Hours() / 24
	return c.ReviewDue.AddDate(0, 0, -int(math.Ceil(length/10)))
}

// Words says how the clock stands on a day, in a few words; "" without one.
func (c Clock) Words(day time.Time) string {
	switch c.Review(day) {
	case Overdue:
		return "review overdue since " + ShowDay(*c.ReviewDue)
	case DueSoon:
		return "review due by " + ShowDay(*c.ReviewDue)
	case InTime:
		return "next review " + ShowDay(*c.ReviewDue)
	}
	return ""
}

// Interval says in words how often a review is wanted; "" without a clock.
func (c Clock) Interval() string {
	switch months := c.ReviewMonths; {
	case months == 0:
		return ""
	case months == 1:
		return "every month"
	case months == 12:
		return "every year"
	case months%12 == 0:
		return fmt.Sprintf("every %d years", months/12)
	default:
		return fmt.Sprintf("every %d months", months)
	}
}

// AddMonths is the same day so many months later; where that month is shorter, its last day.
func AddMonths(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(day.Day(), last.Day())-1)
}

// NextReview is the day due after a review on a day.
func (c Clock) NextReview(on time.Time) time.Time { return AddMonths(on, c.ReviewMonths) }

// Set is the clock with another interval, on a day: it counts from the last review; where there was none, first days lie
// spread over the interval. An interval that stays leaves the day as it is.
func (c Clock) Set(months int, day time.Time, of Reviewable, id int64) Clock {
	switch {
	case months == c.ReviewMonths:
	case months == 0:
		c.ReviewMonths, c.ReviewDue = 0, nil
	case c.LastReviewed != nil:
		due := AddMonths(*c.LastReviewed, months)
		c.ReviewMonths, c.ReviewDue = months, &due
	default:
		due := FirstReview(of, id, months, day)
		c.ReviewMonths, c.ReviewDue = months, &due
	}
	return c
}

// FirstReview is when something that was never reviewed is due first, its interval being set on a day: spread evenly over
// the interval by its id, so that what is set together does not come due together, and after its first tenth, so that
// nothing is due soon at once.
func FirstReview(of Reviewable, id int64, months int, day time.Time) time.Time {
	length := AddMonths(day, months).Sub(day).Hours() / 24
	begin := math.Ceil(length/10) + 2 // the interval that ends there may be a day or three longer
	// Multiples of the golden ratio, cut to their fraction, lie as far from each other as numbers can.
	const golden = 0.6180339887498949
	_, place := math.Modf(float64(id)*golden + float64(slices.Index(Reviewables, of))/float64(len(Reviewables)))
	return day.AddDate(0, 0, int(begin+place*(length-begin+1)))
}

// Reviewable is a kind of thing that has a clock.
type Reviewable string

// What has a clock.
const (
	RoleReview    Reviewable = "role"
	ProcessReview Reviewable = "process"
	PolicyReview  Reviewable = "policy"
)

// Reviewables are all kinds, in order.
var Reviewables = []Reviewable{RoleReview, ProcessReview, PolicyReview}

// Plural is the kind for more than one.
func (k Reviewable) Plural() string { return strings.ToLower(k.Title()) }

// Title is the kind as a heading.
func (k Reviewable) Title() string {
	switch k {
	case ProcessReview:
		return "Processes"
	case PolicyReview:
		return "Policies"
	}
	return "Roles"
}

// Reviewed is something with a clock, as rights and lists see it.
type Reviewed struct {
	Of        Reviewable
	ID        int64
	Name      string
	RoleKind  RoleKind // of a role; of a policy, that of the role that answers for it
	Driver    Driver   // of a policy
	ScopeName string   // what it hangs on
	Practice  string   // that it lies in; "" for none

	PracticeID, ProcessID, ServiceID int64
	OwnerRoleID                      int64 // of a policy: the role that answers for it
	Clock
}

// Scope is where its rights hang.
func (x Reviewed) Scope() Scope {
	return Scope{PracticeID: x.PracticeID, ProcessID: x.ProcessID, ServiceID: x.ServiceID}
}

// Severity of a clock that is due or overdue on a day: red where it is over and a law or a contract asks for it, amber
// otherwise.
func (x Reviewed) Severity(day time.Time) Severity {
	if x.Of == PolicyReview && x.Driver.Binding() && x.Review(day) == Overdue {
		return Red
	}
	return Amber
}

// Review is one look that found something still right: who said so, when, and in which words.
type Review struct {
	ID         int64
	ReviewedOn time.Time
	ByID       int64 // 0 is the operator
	By         string
	Sentence   string
	DueBefore  time.Time
	DueAfter   time.Time
}

// CheckSentence reads what a reviewer says; it is compulsory.
func CheckSentence(sentence *string) error {
	var c Checks
	c.Line(sentence, "sentence", SentenceMax)
	c.Require(*sentence != "", "sentence", "Say in a sentence what you looked at and why it is still right.")
	return c.Err()
}

// CheckInterval reads an interval in months that was typed; 0 is none.
func (c *Checks) CheckInterval(months int, field string) {
	c.Require(months >= 0 && months <= ReviewMonthsMax, field, fmt.Sprintf("Give a number of months between 1 and %d, or leave it empty.", ReviewMonthsMax))
}

// ReviewFilter narrows the list of what is to be reviewed.
type ReviewFilter struct {
	Of         Reviewable // "" is all kinds
	PracticeID int64
	Mine       bool // what the reader may review
	All        bool // those in time, too
	Page       int
}

// ReviewPage is how many lines a page of the list has.
const ReviewPage = 50

// Narrowed says that the list is not the whole of what is due.
func (f ReviewFilter) Narrowed() bool { return f.Of != "" || f.PracticeID != 0 || f.Mine || f.All }
