package itsm

import (
	"strings"
	"time"
)

// Organisation is the one organisation of a database, with its settings.
type Organisation struct {
	Name          string
	TimeZone      string
	OwnerLabel    string // "practice" or "process": what the screen calls Owners and Managers by
	SupportLetter bool   // S (supports) is used in matrices
	CountAccepted bool   // Owner and Manager hats count only once accepted
	FourEyes      bool
	Demo          bool
	SetUpStep     int    // steps of the first set-up done or skipped, of SetUpSteps
	ExternalSees  string // "own": external accounts see where they or their company hold a hat; "nothing"
	Counter       int64
}

// Change says what is other in settings that come after these: "changed the settings: time zone from UTC to Europe/Paris".
func (o Organisation) Change(to Organisation) string {
	var said []string
	add := func(is bool, text string) {
		if is {
			said = append(said, text)
		}
	}
	labels := map[bool]string{true: "Process Owner and Process Manager", false: "Practice Owner and Practice Manager"}
	sees := map[bool]string{true: "nothing", false: "where they take part"}
	process, nothing := to.OwnerLabel == "process", to.ExternalSees == "nothing"
	add(o.Name != to.Name, "name from “"+o.Name+"” to “"+to.Name+"”")
	add(o.TimeZone != to.TimeZone, "time zone from "+o.TimeZone+" to "+to.TimeZone)
	add(o.OwnerLabel != to.OwnerLabel, "Owners and Managers are called "+labels[process]+", not "+labels[!process])
	add(!o.SupportLetter && to.SupportLetter, "the letter S is used in matrices")
	add(o.SupportLetter && !to.SupportLetter, "the letter S is used in matrices no more")
	add(!o.CountAccepted && to.CountAccepted, "Owner and Manager hats count only once they are accepted, not from their day")
	add(o.CountAccepted && !to.CountAccepted, "Owner and Manager hats count from their day, not only once they are accepted")
	add(o.ExternalSees != to.ExternalSees, "people of other companies see "+sees[nothing]+", not "+sees[!nothing])
	if len(said) == 0 {
		return "saved the settings as they were"
	}
	return "changed the settings: " + strings.Join(said, "; ")
}

// SetUpSteps is how many steps lead through an empty organisation.
const SetUpSteps = 5

// Visit is what one request knows of its reader: who it is, with which hats, on which day, where.
type Visit struct {
	Actor        Actor
	Email        string
	Organisation Organisation
	// Stale says that the session's last sight is old enough to be written again.
	Stale bool
	// LeadVacant says that no SMO lead is in office, so that this account, an administrator's, may appoint one.
	LeadVacant bool
	// Page is the version of the page that the request asks for, where it asks for a matrix or for a person.
	Page PageVersion
}

// PageVersion says how often what the matrix of a process shows has changed; a ProcessID of 0 is that of none. Of a
// person's page it says whether something that it shows was Touched since it was kept, and as of which snapshot of the
// database that is known. Life is another one after the database was exchanged below the server: versions of one life say
// nothing about another.
type PageVersion struct {
	Life                     int64
	ProcessID, PracticeID, V int64
	Snapshot                 string
	Touched                  bool
}

// Session lifetimes: a session ends SessionLife after sign-in, and SessionIdle after it was last seen.
const (
	SessionLife = 14 * 24 * time.Hour
	SessionIdle = 24 * time.Hour
	SessionSeen = 5 * time.Minute // how exactly the last sight is kept
)

// Check reads what was typed into the settings.
func (o *Organisation) Check() error {
	var c Checks
	c.Label(&o.Name, "name", "the organisation a name")
	c.Line(&o.TimeZone, "time_zone", 100)
	_, err := time.LoadLocation(o.TimeZone)
	c.Require(err == nil && o.TimeZone != "" && o.TimeZone != "Local", "time_zone", "Give a time zone by its name, such as Europe/Paris or UTC.")
	c.Require(o.OwnerLabel == "practice" || o.OwnerLabel == "process", "owner_label", "Choose one of the two.")
	c.Require(o.ExternalSees == "own" || o.ExternalSees == "nothing", "external_sees", "Choose one of the two.")
	return c.Err()
}

// SetUp is how far an organisation has come, for the steps of its first set-up.
type SetUp struct {
	Regions, People, Practices, Accounts int
	Vacant                               int    // Owner hats of practices that nobody holds
	Owners                               []Role // the first of them
}
