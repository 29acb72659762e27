package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Outcome is what a line of a list does.
type Outcome string

// The outcomes.
const (
	NewLine       Outcome = "new"
	ChangedLine   Outcome = "changed"
	UnchangedLine Outcome = "unchanged"
	RepeatedLine  Outcome = "repeated"  // says again what an earlier line says
	LeftOutLine   Outcome = "left out"  // by somebody's answer
	RefusedLine   Outcome = "refused"   // not taken, with the reason
	OpenLine      Outcome = "needs you" // waits for an answer

	// MissingLine is of somebody whom the list does not name: no line, and nothing comes of it.
	MissingLine Outcome = "not in the list"
)

// Outcomes are all that a line can have, in the order in which pages count them.
var Outcomes = []Outcome{NewLine, ChangedLine, UnchangedLine, RepeatedLine, LeftOutLine, RefusedLine, OpenLine}

// ListLine is what a line of a list does, in words.
type ListLine struct {
	Line    int           `json:"line"`
	At      string        `json:"at,omitempty"` // the document that it is; "" of a line in a list
	Outcome Outcome       `json:"outcome"`
	What    string        `json:"what"` // "Anna Weber as Owner of Incident management"
	Changes []FieldChange `json:"changes,omitempty"`
	Why     string        `json:"why,omitempty"`  // why it is refused, asked about, or remarked
	Over    bool          `json:"over,omitempty"` // gone or over by today
}

// ChangesInWords are the changes of a line in one text, for files.
func (l ListLine) ChangesInWords() string {
	parts := make([]string, len(l.Changes))
	for i, c := range l.Changes {
		parts[i] = c.Field + ": " + c.After
		if c.Before != "" {
			parts[i] = c.Field + ": " + c.Before + " → " + c.After
		}
	}
	return strings.Join(parts, "; ")
}

// ListChoice is one answer that a question takes.
type ListChoice struct{ Value, Text string }

// LeaveOut is the answer to any question that leaves its lines out.
const LeaveOut = "out"

// Nothing is the answer to a question whose lines can do without: they come in, and nothing comes of what it asks.
const Nothing = "nothing"

// ListQuestion is what a list leaves open, once for all lines that ask it.
type ListQuestion struct {
	Key     string // what it is about; the same in each reading of the list
	Text    string
	Hint    string
	Lines   []int
	Choices []ListChoice
	Answer  string // given already; "" is open
}

// Takes says that a question offers an answer.
func (q ListQuestion) Takes(answer string) bool {
	return slices.ContainsFunc(q.Choices, func(c ListChoice) bool { return c.Value == answer })
}

// ListPlan is what a list would do.
type ListPlan struct {
	Lines     []ListLine
	Questions []ListQuestion // open and answered ones
	Remarks   []ListRemark
}

// Count is how many lines have an outcome.
func (p ListPlan) Count(of Outcome) (n int) {
	for _, l := range p.Lines {
		if l.Outcome == of {
			n++
		}
	}
	return n
}

// Over is how many of the new and changed are over by today.
func (p ListPlan) Over() (n int) {
	for _, l := range p.Lines {
		if l.Over && (l.Outcome == NewLine || l.Outcome == ChangedLine) {
			n++
		}
	}
	return n
}

// Writes is how many lines change something.
func (p ListPlan) Writes() int { return p.Count(NewLine) + p.Count(ChangedLine) }

// Open are the questions without an answer.
func (p ListPlan) Open() (open []ListQuestion) {
	for _, q := range p.Questions {
		if q.Answer == "" {
			open = append(open, q)
		}
	}
	return open
}

// Summary counts the lines by outcome in a sentence.
func (p ListPlan) Summary() string {
	parts := []string{fmt.Sprintf("%d new", p.Count(NewLine)), fmt.Sprintf("%d changed", p.Count(ChangedLine)), fmt.Sprintf("%d unchanged", p.Count(UnchangedLine))}
	for _, o := range Outcomes[3:] {
		if n := p.Count(o); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	return strings.Join(parts, ", ")
}

// Written counts the lines that change something, in a sentence.
func (p ListPlan) Written() string {
	var parts []string
	for _, o := range []Outcome{NewLine, ChangedLine} {
		if n := p.Count(o); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	return strings.Join(parts, ", ")
}

// ask adds a line to the question of a key; first says the question.
func (p *ListPlan) ask(key string, line int, answers map[string]string, first func() ListQuestion) {
	at := slices.IndexFunc(p.Questions, func(q ListQuestion) bool { return q.Key == key })
	if at < 0 {
		q := first()
		q.Key = key
		if slices.ContainsFunc(q.Choices, func(c ListChoice) bool { return c.Value == answers[key] }) {
			q.Answer = answers[key]
		}
		p.Questions, at = append(p.Questions, q), len(p.Questions)
	}
	p.Questions[at].Lines = append(p.Questions[at].Lines, line)
}

// refuse adds the lines that gave nothing to plan.
func (p *ListPlan) refuse(remarks []ListRemark) {
	for _, r := range remarks {
		p.Lines = append(p.Lines, ListLine{Line: r.Line, Outcome: RefusedLine, What: r.What, Why: r.Text})
	}
	slices.SortStableFunc(p.Lines, func(a, b ListLine) int { return cmp.Compare(a.Line, b.Line) })
}

// WithRefused is the plan with the lines that a reading refused, in the order of the list.
func (p ListPlan) WithRefused(remarks []ListRemark) ListPlan {
	p.refuse(remarks)
	return p
}
