package itsm

import (
	"net/url"
	"strings"
)

// Step is an activity as one version words and orders it. Its counter covers its text and its row of the matrix.
type Step struct {
	ActivityID int64
	Position   int
	Section    string
	Name       string
	Text       string
	Procedure  string // the agreed way to do it, or an address where it is written
	Counter    int64
}

// Check reads what was typed into an activity.
func (s *Step) Check() error {
	var c Checks
	c.Label(&s.Name, "name", "the activity a name")
	c.Line(&s.Section, "section", LabelMax)
	c.Prose(&s.Text, "text", ProseMax)
	c.Prose(&s.Procedure, "procedure", ProseMax)
	return c.Err()
}

// ProcedureLink is the procedure where it is nothing but an http or https address; "" where it is text. Nothing else
// ever becomes a link.
func (s Step) ProcedureLink() string { return WebAddress(s.Procedure) }

// WebAddress is s where it is an http or https address with a host and nothing else; otherwise "".
func WebAddress(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " \t\r\n\\\"<>`") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// Direction says which way a hand-off goes, seen from its activity.
type Direction string

// The directions.
const (
	Out Direction = "out"
	In  Direction = "in"
)

// HandOff is what passes between an activity and the other side: exactly one of an activity, a process or a party.
// Between two activities it is written once, at the giving one.
type HandOff struct {
	ID           int64
	ActivityID   int64
	Direction    Direction
	What         string
	ToActivityID int64
	ToProcessID  int64
	Party        string
	// Other names the other side as a page shows it, and OtherProcess the process it lies in where that is another one.
	Other          string
	OtherProcessID int64
	OtherProcess   string
	OtherPractice  int64
}

// HandOffSide is an activity or a process that a hand-off may name as its other side; Practice is of a process alone.
type HandOffSide struct {
	ActivityID, ProcessID int64
	Name, Practice        string
}

// SeenBy is the hand-off without the name of an activity or a process that the actor has nothing to do with.
func (h HandOff) SeenBy(by Actor) HandOff {
	if h.OtherPractice != 0 && !by.MaySee(h.OtherPractice) {
		h.Other, h.OtherProcess = "another process", ""
	}
	return h
}

// Check reads what was typed into a hand-off of an activity.
func (h *HandOff) Check() error {
	var c Checks
	c.Label(&h.What, "what", "what is handed over")
	c.Line(&h.Party, "party", LabelMax)
	c.Require(h.Direction == Out || h.Direction == In, "direction", "Choose whether it comes in or goes out.")
	sides := 0
	for _, given := range []bool{h.ToActivityID != 0, h.ToProcessID != 0, h.Party != ""} {
		if given {
			sides++
		}
	}
	c.Require(sides > 0, "other", "Say who is on the other side: choose an activity or a process, or name a party.")
	c.Require(sides < 2, "other", "Name one other side: either choose it, or write a party.")
	c.Require(h.ToActivityID == 0 || h.ToActivityID != h.ActivityID, "other", "An activity does not hand over to itself.")
	return c.Err()
}
