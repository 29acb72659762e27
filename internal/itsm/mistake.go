package itsm

import "time"

// Mistake is a reader's report of what is wrong at a line of a page. Owner, Manager and the office see it until one of
// them closes it with an answer.
type Mistake struct {
	ID           int64
	PracticeID   int64 // of the process or role; 0 where the role hangs elsewhere
	ProcessID    int64
	Process      string
	ActivityID   int64
	RoleID       int64
	Role         string
	About        string // the line it stands at, in words
	Text         string
	ReportedByID int64
	ReportedBy   string
	ReportedOn   time.Time
	ClosedOn     *time.Time
	Answer       string
}

// Check reads what was typed into a report.
func (m *Mistake) Check() error {
	var c Checks
	c.Line(&m.About, "about", LabelMax)
	c.Prose(&m.Text, "text", ReasonMax)
	c.Require(m.Text != "", "text", "Say what is wrong, and how it should read.")
	c.Require(m.ProcessID != 0 || m.RoleID != 0, "", "Report it from the page where you found it, so that it reaches whoever answers for it.")
	return c.Err()
}
