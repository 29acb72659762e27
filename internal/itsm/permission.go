package itsm

import (
	"fmt"
	"slices"
	"strings"
)

// Action is one thing that somebody may or may not do.
type Action string

// Every action of the product.
const (
	Read                Action = "read"
	ReadPlans           Action = "read plans"         // appointments not announced, reasons, shares
	ReadTrail           Action = "read the trail"     // rows before and after
	ReadDirectory       Action = "read the directory" // people, teams, companies beyond one's own practices
	AddPractice         Action = "add a practice"
	EditPractice        Action = "edit a practice"
	ArchivePractice     Action = "archive a practice"
	AddProcess          Action = "add a process"
	MoveToPractice      Action = "move a process to another practice"
	MergePractices      Action = "make two practices one"
	EditProcess         Action = "edit a process" // definition, activities, matrix
	ArchiveProcess      Action = "archive a process"
	EditRole            Action = "edit a role" // add, edit, give a process its own, archive
	MergeRoles          Action = "merge two roles"
	EditService         Action = "edit a service"
	AddPolicy           Action = "add a policy"
	EditPolicy          Action = "edit a policy" // and archive it
	AttachPolicy        Action = "say what a policy governs"
	ReviewRole          Action = "review a role"                // an Owner's or a Manager's
	ReviewPractitioner  Action = "review a practitioner's role" // or one for whoever it is in the case
	ReviewProcess       Action = "review a process"
	ReviewPolicy        Action = "review a policy"
	SetIntervals        Action = "set review intervals" // of everything without one, at once
	EditPeople          Action = "edit people"          // and their leaving days
	EditTeam            Action = "edit a team"          // and its members
	EditCompany         Action = "edit a company"
	EditRegion          Action = "edit a region"
	EditAbsence         Action = "enter an absence"
	AppointOwner        Action = "appoint an owner"
	AppointManager      Action = "appoint a manager"
	AppointDeputy       Action = "appoint a deputy"
	AppointPractitioner Action = "appoint a practitioner"
	AppointFirstLead    Action = "become the first SMO lead"
	Propose             Action = "propose a holder"
	Answer              Action = "answer for a hat offered" // accept, give up
	Object              Action = "object to a hat offered"
	ReportMistake       Action = "report a mistake"
	CloseMistake        Action = "close a report"
	PlanAction          Action = "plan an action" // for a gap, or for itself
	CloseAction         Action = "close an action"
	AcceptGaps          Action = "accept a gap"
	ReadSteering        Action = "read the steering page"
	EditSteering        Action = "say what the steering group is asked"
	ImportPeople        Action = "import people"
	ImportRACI          Action = "import a RACI grid"
	ImportHats          Action = "import who wears which hat"
	ImportPolicies      Action = "import policies"
	ChangePassword      Action = "change a password"
	ManageAccounts      Action = "manage accounts"
	EditSettings        Action = "edit settings"
	Generate            Action = "generate an organisation" // at the command line alone
)

// Right is a reason why somebody may do something.
type Right string

// The rights, as section "who may do what" of the Help names them.
const (
	Anybody        Right = "anybody signed in"
	Staff          Right = "anybody signed in who is not external"
	Oneself        Right = "the person concerned"
	LineManager    Right = "their line manager"
	ScopeManager   Right = "a Manager of the scope, within their regions"
	ScopeOwner     Right = "the Owner of the scope, or of its practice"
	FullScopeOwner Right = "the Owner of the scope in person" // whoever acts or stands in appoints no deputies
	SMO            Right = "the service management office"
	FullSMO        Right = "the service management office in person"
	Auditor        Right = "an auditor of the scope"
	Administrator  Right = "an administrator"
)

// rights is the one place that says who may do what. The door enforces it; pages ask it for their buttons.
var rights = map[Action][]Right{
	Read:                {Anybody},
	ReadPlans:           {ScopeManager, ScopeOwner, SMO, Auditor},
	ReadTrail:           {SMO, Auditor},
	ReadDirectory:       {Staff, SMO, Auditor, Administrator},
	AddPractice:         {SMO},
	EditPractice:        {ScopeOwner, SMO},
	ArchivePractice:     {SMO},
	AddProcess:          {ScopeOwner, SMO},
	MoveToPractice:      {ScopeOwner, SMO}, // at the practice it leaves, and at the one it comes to
	MergePractices:      {SMO},
	EditProcess:         {ScopeManager, ScopeOwner, SMO},
	ArchiveProcess:      {ScopeOwner, SMO},
	EditRole:            {ScopeOwner, SMO},
	MergeRoles:          {ScopeOwner, SMO},
	EditService:         {ScopeOwner, SMO},
	AddPolicy:           {ScopeOwner, SMO},
	EditPolicy:          {ScopeOwner, SMO},
	AttachPolicy:        {ScopeOwner, SMO},
	ReviewRole:          {ScopeOwner, SMO},
	ReviewPractitioner:  {ScopeManager, ScopeOwner, SMO},
	ReviewProcess:       {ScopeOwner, SMO},
	ReviewPolicy:        {ScopeOwner, SMO},
	SetIntervals:        {SMO},
	EditPeople:          {SMO},
	EditTeam:            {SMO},
	EditCompany:         {SMO},
	EditRegion:          {SMO},
	EditAbsence:         {Oneself, LineManager, SMO},
	AppointOwner:        {SMO},
	AppointManager:      {ScopeOwner, SMO},
	AppointDeputy:       {FullScopeOwner, FullSMO},
	AppointPractitioner: {ScopeManager, ScopeOwner, SMO},
	AppointFirstLead:    {Administrator},
	Propose:             {Staff},
	Answer:              {Oneself},
	Object:              {Oneself, LineManager},
	ReportMistake:       {Anybody},
	CloseMistake:        {ScopeManager, ScopeOwner, SMO},
	PlanAction:          {ScopeManager, ScopeOwner, SMO},
	CloseAction:         {Oneself, ScopeManager, ScopeOwner, SMO},
	AcceptGaps:          {ScopeOwner, SMO},
	ReadSteering:        {SMO, Auditor},
	EditSteering:        {SMO},
	ImportPeople:        {SMO},
	ImportRACI:          {ScopeManager, ScopeOwner, SMO},
	ImportHats:          {SMO},
	ImportPolicies:      {SMO},
	ChangePassword:      {Oneself},
	ManageAccounts:      {Administrator},
	EditSettings:        {Administrator},
}

// undoing are the actions that take back what another one did, where that is not the action itself.
var undoing = map[Action]Action{AddProcess: ArchiveProcess, AddPolicy: EditPolicy, CloseAction: PlanAction}

// Undoing is the action that takes back what act did: who may do that one may undo this one.
func (act Action) Undoing() Action {
	if back, ok := undoing[act]; ok {
		return back
	}
	return act
}

// Touched is what an event did something to, as who may take it back needs to know it.
type Touched struct {
	Scope
	Hat      bool // an assignment
	RoleKind RoleKind
	Capacity Capacity
	Again    bool // once it is taken back, its person wears the hat again
}

// Undoing is the action that takes back what act did to it: of a hat always that of who appoints.
func (x Touched) Undoing(act Action) Action {
	if x.Hat {
		return Appoints(x.RoleKind, x.Capacity)
	}
	return act.Undoing()
}

// MayUndo says whether the actor may take back what act did to it: whoever may do the opposite there. Nobody appoints
// themselves by it.
func (a Actor) MayUndo(act Action, x Touched) bool {
	if !x.Hat {
		return a.Can(x.Undoing(act), x.Scope)
	}
	chair := Chair{Kind: x.RoleKind, PracticeID: x.PracticeID, ProcessID: x.ProcessID, ServiceID: x.ServiceID}
	return a.MayAppoint(chair, x.Capacity, x.RegionID) && !a.Reappoints(x)
}

// Reappoints says that taking it back would let the actor wear a hat again that was taken from them.
func (a Actor) Reappoints(x Touched) bool {
	return x.Hat && x.Again && !a.Operator && x.PersonID != 0 && x.PersonID == a.PersonID
}

// Actions are all actions that write, by name.
func Actions() (acts []Action) {
	for act := range rights {
		if !strings.HasPrefix(string(act), "read") {
			acts = append(acts, act)
		}
	}
	slices.Sort(acts)
	return acts
}

// Rights are those who may do act, for the page that explains it.
func Rights(act Action) []Right { return rights[act] }

// Can says whether the actor may do act at a scope. An external account may do nothing where it may see nothing.
func (a Actor) Can(act Action, at Scope) bool {
	if a.On != nil && !act.Reads() {
		return false
	}
	if a.Operator {
		return true
	}
	if a.External && at.PracticeID != 0 && !slices.Contains(a.Sees, at.PracticeID) || a.Abstains(act, at) {
		return false
	}
	return slices.ContainsFunc(rights[act], func(r Right) bool { return a.has(r, at) })
}

// Abstains says that the actor leaves act to others because an auditor writes nothing where they audit, whatever hats they
// wear: nobody judges what they had a hand in. Accounts and settings are no content, and a lone administrator who audits
// would lock everybody out; one's own password is nobody else's.
func (a Actor) Abstains(act Action, at Scope) bool {
	return !act.Reads() && act != ManageAccounts && act != EditSettings && act != ChangePassword && a.has(Auditor, at)
}

// WritesNothing says why the actor may do nothing of act's kind at a scope, whatever their rights; "" where nothing speaks
// against it.
func (a Actor) WritesNothing(act Action, at Scope) string {
	switch {
	case a.On != nil && !act.Reads():
		return a.WritingOff()
	case a.Abstains(act, at):
		return "You audit here: an auditor reads everything and writes nothing, whatever hats they wear."
	}
	return ""
}

// Reads says that an action changes nothing: its name begins with the word.
func (act Action) Reads() bool { return strings.HasPrefix(string(act), "read") }

func (a Actor) has(r Right, at Scope) bool {
	switch r {
	case Anybody:
		return a.AccountID != 0
	case Staff:
		return a.AccountID != 0 && !a.External
	case Oneself:
		return at.PersonID != 0 && at.PersonID == a.PersonID
	case LineManager:
		return a.PersonID != 0 && slices.Contains(at.Managers, a.PersonID)
	case Administrator:
		return a.Administrator
	case Auditor:
		return a.AuditsAll || slices.Contains(a.Audits, at.PracticeID) && at.PracticeID != 0
	}
	return slices.ContainsFunc(a.Hats, func(h Hat) bool { return h.gives(r, at) })
}

func (h Hat) gives(r Right, at Scope) bool {
	if h.Team || h.Outside {
		return false
	}
	organisation := h.PracticeID == 0 && h.ProcessID == 0 && h.ServiceID == 0
	switch r {
	case SMO:
		return organisation
	case FullSMO:
		return organisation && h.Capacity == Holder
	case ScopeOwner:
		return h.Kind == Owner && !organisation && h.covers(at)
	case FullScopeOwner:
		return h.Kind == Owner && h.Capacity == Holder && !organisation && h.covers(at)
	case ScopeManager:
		return h.Kind == Manager && !organisation && h.covers(at) && h.reaches(at.RegionID)
	}
	return false
}

func (h Hat) scope() Scope {
	return Scope{PracticeID: h.PracticeID, ProcessID: h.ProcessID, ServiceID: h.ServiceID}
}

// rightful says that a hat gives any right at all, at its own scope: none of a team, of a practitioner, outside the office.
func (h Hat) rightful() bool {
	return slices.ContainsFunc([]Right{SMO, ScopeOwner, ScopeManager}, func(r Right) bool { return h.gives(r, h.scope()) })
}

// Appoints says whether the actor may appoint to any hat at all; others propose.
func (a Actor) Appoints() bool {
	return slices.ContainsFunc(a.Hats, func(h Hat) bool { return h.rightful() && !a.Abstains(Propose, h.scope()) })
}

// Footing names what an actor's rights rest on, whoever it is: two of one footing may read and do the same, but where
// something is their own, or that of those who report to them.
func (a Actor) Footing() string {
	var hats []string
	for _, h := range a.Hats {
		if h.rightful() {
			hats = append(hats, fmt.Sprint(h.Kind, h.PracticeID, h.ProcessID, h.ServiceID, h.Regions, h.Capacity))
		}
	}
	slices.Sort(hats)
	return fmt.Sprint(a.Operator, a.Administrator, a.AuditsAll, a.Audits, a.External, a.Sees, slices.Compact(hats))
}

// covers says that the role's scope is at's, or one above it.
func (h Hat) covers(at Scope) bool {
	return h.PracticeID != 0 && h.PracticeID == at.PracticeID ||
		h.ProcessID != 0 && h.ProcessID == at.ProcessID ||
		h.ServiceID != 0 && h.ServiceID == at.ServiceID
}

// reaches says that a region lies within the hat's. What has no region is everybody's to a manager without one; a
// regional manager reaches it too (the definition is shared), but appoints only within the region.
func (h Hat) reaches(region int64) bool {
	return len(h.Regions) == 0 || region == 0 || slices.Contains(h.Regions, region)
}

// Regional says whether the actor's every right as Manager at a scope is bound to regions, and to which: an appointment
// there must name one of them.
func (a Actor) Regional(act Action, at Scope) (regions []int64, bound bool) {
	at.RegionID = 0
	for _, h := range a.Hats {
		for _, r := range rights[act] {
			if r != ScopeManager && h.gives(r, at) {
				return nil, false
			}
		}
		if h.gives(ScopeManager, at) && slices.Contains(rights[act], ScopeManager) {
			if len(h.Regions) == 0 {
				return nil, false
			}
			regions = append(regions, h.Regions...)
		}
	}
	return regions, len(regions) > 0
}

// Reviews is the action that finds something still right.
func (x Reviewed) Reviews() Action {
	switch {
	case x.Of == ProcessReview:
		return ReviewProcess
	case x.Of == PolicyReview:
		return ReviewPolicy
	case x.RoleKind == Owner || x.RoleKind == Manager:
		return ReviewRole
	}
	return ReviewPractitioner
}

// MayReview says whether the actor may find something still right: whoever has the right at its scope. Nobody reviews
// their own hat, nor a policy that they answer for, so these are for the next hat up: a Manager of the scope for practitioners, its Owner for Managers, the
// Owner of the practice for a process's Owner, the service management office for all, and its lead or the SMS owner for
// the office's own.
func (a Actor) MayReview(x Reviewed) bool {
	own := x.Of != ProcessReview && slices.ContainsFunc(a.Hats, func(h Hat) bool {
		return x.Of == RoleReview && h.RoleID == x.ID || x.OwnerRoleID != 0 && h.RoleID == x.OwnerRoleID
	})
	office := x.Of == RoleReview && x.PracticeID+x.ProcessID+x.ServiceID == 0 && !a.Operator
	return !own && a.Can(x.Reviews(), x.Scope()) && (!office || a.LeadsOffice())
}
