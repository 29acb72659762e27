package itsm

// Service is a service of the organisation: what it is for. Its Owner hat is the Service Owner.
type Service struct {
	ID       int64
	Name     string
	Purpose  string
	Archived bool
	Counter  int64
}

// Scope is where the service's rights hang.
func (s Service) Scope() Scope { return Scope{ServiceID: s.ID} }

// Check reads what was typed into a service.
func (s *Service) Check() error {
	var c Checks
	c.Label(&s.Name, "name", "the service a name")
	c.Prose(&s.Purpose, "purpose", ProseMax)
	return c.Err()
}

// Support is one practice, team or company that supports a service.
type Support struct {
	ID         int64
	PracticeID int64
	TeamID     int64
	CompanyID  int64
	Name       string
}

// Check reads what was chosen as support: exactly one of the three.
func (s Support) Check() error {
	var c Checks
	n := 0
	for _, id := range []int64{s.PracticeID, s.TeamID, s.CompanyID} {
		if id != 0 {
			n++
		}
	}
	c.Require(n == 1, "support", "Choose one practice, team or company.")
	return c.Err()
}

// ServiceLine is a service in the list.
type ServiceLine struct {
	Service
	Staffing
	Support int
}
