package itsm

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// GrantKind is what an account may be beside what its hats say.
type GrantKind string

// The grants. An auditor's ends on a day; an administrator's need not.
const (
	GrantAdministrator GrantKind = "administrator"
	GrantAuditor       GrantKind = "auditor"
)

// Account is a login for a person.
type Account struct {
	ID          int64
	PersonID    int64
	Name        string // the person's
	Title       string
	Company     string // of an external person
	Email       string
	HasPassword bool // false until the one-time link was used
	Disabled    bool
	EndsOn      *time.Time // the first day without
	LeftOn      *time.Time // the first day without the person
	LastSeenAt  *time.Time
	Counter     int64
	Grants      []Grant // running and coming, none that ended
}

// Grant makes an account administrator or auditor for a while.
type Grant struct {
	ID         int64
	Kind       GrantKind
	PracticeID int64 // an auditor's scope; 0 is the whole organisation
	Practice   string
	Until      *time.Time // the first day without
}

// External says that the account is that of another company's person.
func (a Account) External() bool { return a.Company != "" }

// Over says that the account or the person ended on or before a day.
func (a Account) Over(day time.Time) bool {
	return a.EndsOn != nil && !day.Before(*a.EndsOn) || a.LeftOn != nil && !day.Before(*a.LeftOn)
}

// State is the account in a word or two, as lists show it.
func (a Account) State(day time.Time) string {
	switch {
	case a.Disabled:
		return "disabled"
	case a.Over(day):
		return "ended"
	case !a.HasPassword:
		return "no password yet"
	}
	return "may sign in"
}

// GrantsInWords lists the account's grants for a reader.
func (a Account) GrantsInWords() string {
	var words []string
	for _, g := range a.Grants {
		words = append(words, g.InWords())
	}
	return strings.Join(words, ", ")
}

// InWords is a grant as people say it: auditor of Incident management until 31 Mar 2026.
func (g Grant) InWords() string {
	w := string(g.Kind)
	if g.Practice != "" {
		w += " of " + g.Practice
	} else if g.Kind == GrantAuditor {
		w += " of everything"
	}
	if g.Until != nil {
		w += " until " + ShowDay(g.Until.AddDate(0, 0, -1))
	}
	return w
}

// NewAccount is what is typed to make an account. LastDay may be empty but for an external person.
type NewAccount struct {
	PersonID int64
	Email    string
	LastDay  string

	EndsOn *time.Time // read from LastDay by Check
}

// Check reads what was typed; today is the organisation's.
func (n *NewAccount) Check(today time.Time) error {
	var c Checks
	c.Require(n.PersonID > 0, "person", "Choose the person whose account it is.")
	c.Address(&n.Email, "email")
	n.EndsOn = c.lastDay(n.LastDay, "last_day", today)
	return c.Err()
}

// lastDay reads a last day that is not over yet, as the first day without.
func (c *Checks) lastDay(typed, field string, today time.Time) *time.Time {
	last := c.Day(typed, field)
	if last == nil {
		return nil
	}
	c.Require(!last.Before(today), field, "This day is over. Give today or a later day.")
	return Until(*last)
}

// Address reads a required e-mail address.
func (c *Checks) Address(s *string, field string) {
	c.Line(s, field, 320)
	c.Require(looksLikeEmail(*s), field, "Give an e-mail address, as in ann@example.org.")
}

// NewGrant is what is typed to make an account administrator or auditor.
type NewGrant struct {
	AccountID  int64
	Kind       GrantKind
	PracticeID int64
	LastDay    string

	Until *time.Time // read from LastDay by Check
}

// Check reads what was typed; today is the organisation's.
func (n *NewGrant) Check(today time.Time) error {
	var c Checks
	c.Require(n.Kind == GrantAdministrator || n.Kind == GrantAuditor, "kind", "Choose administrator or auditor.")
	c.Require(n.Kind == GrantAuditor || n.PracticeID == 0, "practice", "An administrator has no practice: leave it empty.")
	n.Until = c.lastDay(n.LastDay, "grant_last_day", today)
	c.Require(n.Kind != GrantAuditor || n.Until != nil || len(c.problems) > 0, "grant_last_day", "An auditor's grant ends: give a last day.")
	return c.Err()
}

// Limits of a password, in characters. A long one costs no more to check than a short one.
const (
	PasswordMin = 12
	PasswordMax = 200
)

// Password reads a new password that was typed. It is kept exactly as typed, spaces included.
func (c *Checks) Password(s, field string, about ...string) {
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s):
		c.Say(field, "This password holds characters that cannot be read. Type another one.")
	case n < PasswordMin:
		c.Say(field, "A password has at least 12 characters. A few words in a row are easy to remember.")
	case n > PasswordMax:
		c.Say(field, "A password has at most 200 characters.")
	case simple(s) || slices.ContainsFunc(about, func(a string) bool { return a != "" && strings.EqualFold(a, s) }):
		c.Say(field, "This password is too easy to guess. Take a few words that do not belong together.")
	}
}

// simple says that a password is a short run again and again, or a row of the keyboard or the alphabet.
func simple(s string) bool {
	for n := 1; n <= 4; n++ {
		if strings.Repeat(s[:n], len(s)/n+1)[:len(s)] == s {
			return true
		}
	}
	s = strings.ToLower(s)
	return slices.ContainsFunc([]string{
		"123456789012345678901234567890", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz", "passwordpassword", "password123456789",
	}, func(row string) bool { return strings.Contains(row, s) })
}

// LinkLife is how long a one-time link works.
const LinkLife = 24 * time.Hour

// Sign-in tries: after TriesMax for one e-mail address within TriesWindow, the place they came from has to wait. Nobody
// can keep another one out: from elsewhere the address still signs in, only slower (TryDelay).
const (
	TriesMax    = 10
	TriesWindow = 15 * time.Minute
	TriesKept   = 40 // more are not counted
)

// TryDelay is how long a try is kept waiting where so many for the same e-mail address failed lately, from anywhere.
func TryDelay(failed int) time.Duration {
	return min(time.Duration(max(failed-TriesMax+1, 0))*500*time.Millisecond, 5*time.Second)
}

// Credentials are what a sign-in is held against. The zero value is an address that nobody signs in with.
type Credentials struct {
	AccountID    int64
	PasswordHash string
}

// Link is a one-time link that still works: whose password it sets, or that it makes the first administrator.
type Link struct {
	AccountID int64 // 0: makes the first administrator
	Name      string
	Email     string
}

// FirstAdministrator is what the first administrator types about themselves and the organisation.
type FirstAdministrator struct {
	Name         string
	Email        string
	Organisation string
	Lead         bool // they lead the service management office too
}

// Check reads what was typed.
func (f *FirstAdministrator) Check() error {
	var c Checks
	c.Label(&f.Name, "name", "your name")
	c.Address(&f.Email, "email")
	c.Label(&f.Organisation, "organisation", "the organisation's name")
	return c.Err()
}

// AccountFilter narrows and orders the list of accounts; the zero value is all of them by name.
type AccountFilter struct {
	Text       string
	State      string // "open", "disabled", "ended", "new" or ""
	Grant      GrantKind
	Sort       string // "name", "email", "seen"
	Descending bool
	Page       int // from 1
}

// AccountsPage is how many accounts a page of the list shows.
const AccountsPage = 50

// AccountList is a page of the accounts.
type AccountList struct {
	Accounts []Account
	Total    int
	Today    time.Time
}

// Pages is how many pages the list has.
func (l AccountList) Pages() int { return (l.Total + AccountsPage - 1) / AccountsPage }

// DemoAccount is somebody one can be in the demo, with one click.
type DemoAccount struct {
	Title string // what they are: "Process owner"
	Name  string
	Email string
	Sees  string // what there is to see as them
}
