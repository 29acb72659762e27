package itsm

// CompanyRef names a company where it is only mentioned.
type CompanyRef struct {
	ID   int64
	Name string
}

// Company is a supplier or a customer. It may hold practitioner hats as a party; our contact answers for it inside.
type Company struct {
	ID             int64
	Name           string
	Kind           string // one of CompanyKinds
	Note           string
	OurContactID   int64
	OurContact     string
	OurLeft        bool // our contact is gone
	TheirContactID int64
	TheirContact   string
	People         int // of the company, here today
	Hats           int // held by it or its people today
	Archived       bool
	Counter        int64
}

// CompanyKinds are what a company can be to the organisation.
var CompanyKinds = []string{"supplier", "customer"}

// Check trims what was typed and says what does not fit, by form field.
func (m *Company) Check() error {
	var c Checks
	c.Label(&m.Name, "name", "a name")
	c.Require(m.Kind == "supplier" || m.Kind == "customer", "kind", "Say whether it is a supplier or a customer.")
	c.Prose(&m.Note, "note", ProseMax)
	return c.Err()
}

// CompanyPage is how many companies a page of their list shows.
const CompanyPage = 50
