package itsm

import "time"

// TeamRef names a team where it is only mentioned.
type TeamRef struct {
	ID   int64
	Name string
}

// Team is a group of people with dated members and a lead, who answers where the team would.
type Team struct {
	ID        int64
	Name      string
	Purpose   string
	RegionID  int64
	Region    string
	CompanyID int64
	Company   string
	LeadID    int64
	Lead      string
	LeadLeft  bool // the lead is gone
	Members   int  // today
	Hats      int  // roles held today
	Archived  bool
	Counter   int64
}

// Check trims what was typed and says what does not fit, by form field.
func (t *Team) Check() error {
	var c Checks
	c.Label(&t.Name, "name", "a name")
	c.Prose(&t.Purpose, "purpose", ProseMax)
	return c.Err()
}

// Membership is a person in a team from a day to a day.
type Membership struct {
	ID     int64
	Team   TeamRef
	Person PersonRef
	Lead   bool
	Period
}

// CheckPeriod reads two typed days, the last of them meant as the last day that counts, into a period. Where from is
// empty it is today.
func CheckPeriod(from, until string, today time.Time) (Period, error) {
	var c Checks
	first, last := c.Day(from, "from"), c.Day(until, "until")
	if err := c.Err(); err != nil {
		return Period{}, err
	}
	p := Period{From: today}
	if first != nil {
		p.From = *first
	}
	if last != nil {
		c.Require(!last.Before(p.From), "until", "The last day lies before the first. Correct one of them.")
		p.To = Until(*last)
	}
	return p, c.Err()
}

// TeamPage is how many teams a page of their list shows.
const TeamPage = 100
