package itsm

// Duties are what a role of a kind is born with: its purpose, responsibilities and authorities, a line each. They are a
// start; every organisation edits its own.
type Duties struct{ Purpose, Responsibilities, Authorities string }

// NewRole is a role of a kind as it is born on a practice or process: named after its kind, with its duties.
func NewRole(kind RoleKind) Role {
	d := duties[kind]
	r := Role{Kind: kind, Purpose: d.Purpose, Responsibilities: d.Responsibilities, Authorities: d.Authorities}
	one := 1
	switch kind {
	case Owner:
		r.Name, r.WantedMin, r.WantedMax = "Owner", &one, &one
	case Manager:
		r.Name, r.WantedMin = "Manager", &one
	case Practitioner:
		r.Name = "Practitioner"
	}
	return r
}

// NewServiceOwner is the Owner role a service is born with.
func NewServiceOwner() Role {
	one := 1
	return Role{
		Kind: Owner, Name: "Service Owner", Purpose: serviceOwner.Purpose, Responsibilities: serviceOwner.Responsibilities,
		Authorities: serviceOwner.Authorities, WantedMin: &one, WantedMax: &one,
	}
}

var duties = map[RoleKind]Duties{
	Owner: {
		"Answers for it being fit for purpose and giving what it is there for.",
		`Answers for it being fit for purpose and giving its intended outcome.
Is the contact for governance questions and represents it in the whole organisation.
Sets goals, strategy, policies and standards, in line with the goals of the organisation.
Sees that it is designed, documented, approved and published; approves significant changes.
Names the managers and makes sure they are competent.
Decides on the people, money and tools for it.
Defines measures and targets, looks at results and decides on action.
Drives improvement and fit with its neighbours; settles conflicts with them.
Makes sure its roles are defined, understood, filled, trained and reviewed.
Orders assessments and audits, and answers their findings.`,
		`Approve its definition and its policies.
Appoint its managers.
Escalate to the service management office or the steering group.
Accept exceptions and gaps.`,
	},
	Manager: {
		"Runs it from day to day, everywhere or in a region.",
		`Plans and coordinates the daily running in the scope; makes sure activities and procedures are followed.
Oversees the practitioners, appoints people to these roles, and plans capacity and cover.
Is the contact for operational questions; receives escalations, and escalates to the owner.
Keeps the definition current and available, and proposes changes to it.
Keeps awareness and competence of everybody involved at the level needed.
Watches how the work is done and what comes of it; reports to the owner.
Manages the operational risks.
Spots and registers improvements, and carries out the approved ones.
Works with service owners and other managers for a smooth service.`,
		`Assign practitioners within the scope.
Prioritise work.
Call reviews.`,
	},
	Practitioner: {
		"Does the work as procedures and policies say.",
		`Carries out the assigned activities as procedures and policies say.
Knows what each activity is for and what it is worth to the customer.
Checks that what comes in, what goes out and what passes between is right; flags faults.
Works with the other roles in the chain.
Creates and updates the records of the work.
Keeps their own skills current for the role, and takes note of new versions.
Reports problems and ideas to the manager, or to whoever owns the case.`,
		"",
	},
}

var serviceOwner = Duties{
	"Answers for one service end to end, whoever delivers it.",
	`Answers for the service end to end, whatever teams, suppliers or technology deliver it: to the service management lead, and to the customer.
Is the contact and the voice of the service in the organisation.
Turns customer needs into targets and design; takes part in agreeing service levels.
Keeps the records of the service right: its catalogue entry, description and documents.
Is told of every event, change and risk that touches the service; is the escalation point in major incidents.
Takes part in decisions about changes to the service.
Holds service reviews, reports, and starts improvements.
Owns the roadmap and the view of cost, risk and suppliers of the service.
Is a main stakeholder of all practices that support the service.`,
	`Agree targets with the customer within the limits set.
Decide on the service's roadmap.
Escalate to the owners of the practices that support it.`,
}
