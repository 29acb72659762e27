package itsm

import "time"

// Category is the group of the practice library that a practice stands in.
type Category string

// The categories, in the order of the library.
const (
	GeneralManagement   Category = "general"
	ServiceManagement   Category = "service"
	TechnicalManagement Category = "technical"
)

// Categories are all of them, in order.
var Categories = []Category{GeneralManagement, ServiceManagement, TechnicalManagement}

// Title is the category as a heading.
func (c Category) Title() string {
	switch c {
	case GeneralManagement:
		return "General management"
	case ServiceManagement:
		return "Service management"
	case TechnicalManagement:
		return "Technical management"
	}
	return string(c)
}

// PracticeState says whether the organisation works by a practice.
type PracticeState string

// The states of a practice. A planned one has next steps, not gaps.
const (
	Planned PracticeState = "planned"
	InUse   PracticeState = "in use"
	Retired PracticeState = "retired"
)

// PracticeStates are all of them, in order.
var PracticeStates = []PracticeState{Planned, InUse, Retired}

// Practice is the organisation's whole capability for one kind of work, with its resources in the four dimensions.
type Practice struct {
	ID                    int64
	Name                  string
	Category              Category
	Purpose               string
	State                 PracticeState
	OrganisationPeople    string
	InformationTechnology string
	PartnersSuppliers     string
	ValueStreams          string
	Archived              bool
	ArchivedOn            *time.Time // the day on which it was
	Counter               int64
}

// Scope is where the practice's rights hang.
func (p Practice) Scope() Scope { return Scope{PracticeID: p.ID} }

// Check reads what was typed into a practice.
func (p *Practice) Check() error {
	var c Checks
	c.Label(&p.Name, "name", "the practice a name")
	c.Prose(&p.Purpose, "purpose", ProseMax)
	c.Prose(&p.OrganisationPeople, "organisation_people", ProseMax)
	c.Prose(&p.InformationTechnology, "information_technology", ProseMax)
	c.Prose(&p.PartnersSuppliers, "partners_suppliers", ProseMax)
	c.Prose(&p.ValueStreams, "value_streams", ProseMax)
	switch p.Category {
	case GeneralManagement, ServiceManagement, TechnicalManagement:
	default:
		c.Say("category", "Choose one of the three categories.")
	}
	switch p.State {
	case Planned, InUse, Retired:
	default:
		c.Say("state", "Choose planned, in use or retired.")
	}
	return c.Err()
}

// Dimension is one of the four that a practice needs resources in.
type Dimension struct{ Field, Title, Hint, Ask, Text string }

// Dimensions are the practice's four, in order.
func (p Practice) Dimensions() []Dimension {
	return []Dimension{
		{"organisation_people", "Organisations and people", "Teams, skills and habits it needs.", "Which teams, skills and habits does it need?", p.OrganisationPeople},
		{"information_technology", "Information and technology", "Tools, data and records it works with.", "Which tools, data and records does it work with?", p.InformationTechnology},
		{"partners_suppliers", "Partners and suppliers", "Who outside takes part, under which contract.", "Who outside takes part, and under which contract?", p.PartnersSuppliers},
		{"value_streams", "Value streams and processes", "Where in the flow of work it is used.", "Where in the flow of work is it used?", p.ValueStreams},
	}
}

// Relation is a practice related to another; one row says it for both.
type Relation struct {
	ID         int64
	PracticeID int64
	Name       string
	Note       string
}

// Staffing says in a list who answers for something.
type Staffing struct {
	Owner   string // who answers today; "" where the hat is vacant
	OwnerID int64
	Acting  bool // the one who answers stands in
}

// PracticeLine is a practice in the library's list.
type PracticeLine struct {
	Practice
	Staffing
	Vacant    int // hats, as Staffed counts them
	Processes int
}
