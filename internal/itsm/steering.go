package itsm

import "time"

// Steering is the page for the steering group: how each practice stands, what changed since a day, and what the group is
// asked to decide.
type Steering struct {
	Practices []SteeringPractice
	Changes   []SteeringChanges
	Private   int // changes that are not public, and not among these
	Asks      []SteeringLine
	Hats      Staffed // of everything in use
	Accepted  int     // gaps
	Red       int     // gaps to fix that nobody accepted, those of services and of the organisation among them
	Open      int     // actions
	Overdue   int
	Late      int // reviews overdue, of everything with a clock
}

// Staffed is how many hats are filled, how many only covered by somebody acting, and how many are vacant. Vacant is one that
// nobody wears or covers although somebody should: an Owner's, a Manager's, one with a letter in a matrix, one of which at
// least one holder is wanted. A Manager's worn by region counts in each of them, and is vacant in the topmost regions without
// anybody in them, above them or below them. What nobody wears and nobody has to counts nowhere.
type Staffed struct{ Filled, Covered, Vacant int }

// SteeringPractice is one practice's line.
type SteeringPractice struct {
	ID         int64
	Name       string
	State      PracticeState
	Owner      string
	OwnerID    int64
	Acting     bool
	Red, Amber int
	Staffed
	NextReview *time.Time
}

// SteeringChanges are the events of one kind since the day, latest first; More is how many others there are.
type SteeringChanges struct {
	Title   string
	Kind    string // of the trail
	Moments []Moment
	More    int
	Private int // not public, and not among them
}

// SteeringLine is something that the group is asked to decide.
type SteeringLine struct {
	ID      int64
	Text    string
	AskedOn time.Time
	AskedBy string
	Counter int64
}

// SteeringLineMax bounds a line, in characters.
const SteeringLineMax = 500

// Check reads what was typed.
func (l *SteeringLine) Check() error {
	var c Checks
	c.Line(&l.Text, "text", SteeringLineMax)
	c.Require(l.Text != "", "text", "Say what the group is to decide.")
	return c.Err()
}

// SteeringKinds group what happened by the right that it took. Whose hats an act in Wearing touches only its rows say. Kind is
// what the trail calls such changes; "" where it has no word for them.
var SteeringKinds = []struct {
	Title         string
	Acts, Wearing []Action
	Kind          string
}{
	{"Owners and Managers", []Action{AppointOwner, AppointManager, AppointFirstLead}, []Action{AppointDeputy, Answer, EditPeople, ImportHats, ImportPeople, MergeRoles, MergePractices}, "hats"},
	{"Practices and processes", []Action{AddPractice, ArchivePractice, MergePractices, AddProcess, ArchiveProcess, MoveToPractice, ImportRACI}, nil, ""},
	{"Policies", []Action{AddPolicy, EditPolicy, ReviewPolicy}, nil, "policies"},
	{"Gaps accepted", []Action{AcceptGaps}, nil, "gaps"},
}
