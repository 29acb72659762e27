package demo

import "hatrack/internal/itsm"

// practice is one of the library, with the roles beyond the three it is born with: the Practitioner role takes the first
// name of roles, the others are added.
type practice struct {
	name, purpose string
	category      itsm.Category
	state         itsm.PracticeState
	people        string // organisations and people
	technology    string
	partners      string
	streams       string
	roles         []role
	processes     []process
	related       []string
}

type role struct {
	name, purpose, duties, authorities string
	perCase                            bool
	least                              int
}

// process has its matrix as a table: the first row names roles, the others an activity and its letters. A column is a
// role of the practice, one of another practice (Practice/Role), or one that stands for whoever it is in the case.
type process struct {
	name, purpose, area       string
	kind                      itsm.ProcessKind
	triggers, inputs, outputs []string
	matrix                    string
	procedures                map[string]string
	handOffs                  []handOff
}

// handOff goes from an activity to another of the process, to a process by its name, or to a party.
type handOff struct{ from, what, to string }

var library = []practice{incident, request, desk, problem, change, release, deployment, configuration}

var incident = practice{
	name: "Incident management", category: itsm.ServiceManagement, state: itsm.InUse,
	purpose:    "Get disturbed service back to normal quickly, and limit the harm until then.",
	people:     "Three service desks, a manager per region, specialists on call for each platform.",
	technology: "Ticket system, on-call rota, status page.",
	partners:   "Corvid Networks restores the depots’ lines, round the clock.",
	streams:    "Every stream in which a service is used; most of all loading, routing and payroll.",
	related:    []string{"Problem management", "Service desk", "Change enablement"},
	roles: []role{
		{name: "Service desk analyst", least: 3, purpose: "Takes what users report and sees it through to the end.",
			duties: "Records every report, also the ones solved at once.\nSets category and priority by the agreed scheme.\nKeeps the user told, and closes with their word.", authorities: "Raise the priority of an incident.\nCall a major incident manager."},
		{name: "Technical specialist", least: 3, purpose: "Finds out what is wrong and puts it right.",
			duties: "Diagnoses within the times of the priority.\nRestores, or agrees a workaround.\nWrites down what was done so that the next one is quicker.", authorities: "Restart and fail over in an incident.\nCall the supplier."},
		{name: "Major incident manager", perCase: true, purpose: "Leads one major incident from its declaration to its review.",
			duties: "Brings the right people together at once.\nDecides what is tried next.\nKeeps stakeholders told at fixed times.", authorities: "Take people off other work.\nOrder an emergency change."},
		{name: "Supplier specialist", purpose: "Restores what the supplier runs, and tells us how far it is.",
			duties: "Answers within the times of the contract.\nReports the cause within five days.", authorities: "Reroute a line in an incident.\nSend an engineer to the depot."},
	},
	processes: []process{
		{name: "Handle an incident", kind: itsm.Daily, purpose: "From the first sign of trouble to a user who confirms that it works again.",
			area:     "Every service in the catalogue, every region. Requests and questions belong to service request management.",
			triggers: []string{"A user reports that something does not work", "An alarm of monitoring", "A supplier announces trouble"},
			inputs:   []string{"The report or alarm", "Records of the configuration", "Known errors and workarounds"},
			outputs:  []string{"Restored service", "A complete incident record", "Candidates for a problem"},
			matrix: `
|Owner|Manager|Service desk analyst|Technical specialist|Major incident manager|Supplier specialist|Service owner|User
Detect and report||A|R|R||||R
Log||A|R|C||||C
Categorise and prioritise||A|R|C|||I|
Diagnose and escalate||A|C|R||C|I|
Resolve and restore||A|I|R||R|I|I
Confirm and close||A|R|C||||C
Coordinate a major incident|I|I|C|R|AR|C|C|
Approve definition and policy|A|R|C|C|||C|`,
			procedures: map[string]string{
				"Log":                         "Every report gets a record before anything else is done, also where it is solved on the phone.",
				"Categorise and prioritise":   "Impact times urgency gives the priority. Depots that cannot load are priority 1.\nCheck the list of major incident criteria.",
				"Diagnose and escalate":       "Try the known errors first. After 20 minutes without a finding bring in the platform’s team on call.\nLines of depots: call Corvid Networks and note their number.",
				"Resolve and restore":         "A fix that changes something needs a change; a restart on the list of safe fixes does not.\nTest together with the user.",
				"Confirm and close":           "Ask the user. Without an answer in three working days the record closes by itself.",
				"Coordinate a major incident": "Call within 15 minutes of the declaration. Tell stakeholders every 30 minutes.",
			},
			handOffs: []handOff{
				{"Detect and report", "Report or alarm", "Log"}, {"Log", "Incident record", "Categorise and prioritise"},
				{"Categorise and prioritise", "Record with priority", "Diagnose and escalate"}, {"Diagnose and escalate", "Diagnosis and plan", "Resolve and restore"},
				{"Diagnose and escalate", "Incidents that come back", "Control a problem"}, {"Resolve and restore", "Request for a change", "Run a change"},
				{"Resolve and restore", "Restored service", "Confirm and close"}, {"Confirm and close", "Closing note", "User"},
				{"Categorise and prioritise", "Priority 1", "Handle a major incident"}, {"Coordinate a major incident", "Review with its findings", "Review incidents and models"},
				{"Approve definition and policy", "Definition in force", "Detect and report"},
			}},
		{name: "Handle a major incident", kind: itsm.Daily, purpose: "Top priority and one hand on the wheel where the harm is great.",
			triggers: []string{"The criteria for a major incident are met"}, outputs: []string{"Restored service", "A review within five days"},
			matrix: `
|Owner|Manager|Service desk analyst|Technical specialist|Major incident manager|Supplier specialist|Service owner
Declare against the criteria||A|R||I||C
Name who coordinates||AR|||I||I
Mobilise and work with top priority||I|C|R|A|R|I
Keep stakeholders told|I|I|R|C|AR||I
Resolve|||I|R|A|R|I
Review and close|I|A|C|C|R|C|C`,
			procedures: map[string]string{
				"Declare against the criteria":        "More than one depot cannot load, or payroll is at risk: declare. Nobody is blamed for declaring too early.",
				"Mobilise and work with top priority": "Open the call, page every platform concerned, name one who writes the log.",
				"Keep stakeholders told":              "Status page after 15 minutes, then every 30. The depots’ managers get a text message.",
				"Review and close":                    "Within five working days, with everybody who was in the call.",
			},
			handOffs: []handOff{
				{"Declare against the criteria", "Declaration", "Name who coordinates"}, {"Name who coordinates", "Name of the one in charge", "Mobilise and work with top priority"},
				{"Mobilise and work with top priority", "State of affairs, every 30 minutes", "Keep stakeholders told"}, {"Mobilise and work with top priority", "Plan to restore", "Resolve"},
				{"Keep stakeholders told", "News on the status page", "Everybody concerned"}, {"Resolve", "Restored service and the log", "Review and close"},
				{"Resolve", "Emergency change", "Run a change"}, {"Review and close", "Findings", "Review incidents and models"},
			}},
		{name: "Review incidents and models", kind: itsm.Care, purpose: "Every quarter: what came back, what took long, which model to mend.",
			matrix: `
|Owner|Manager|Service desk analyst|Technical specialist|Problem management/Manager|Service owner
Analyse records and reviews|A|R|C|C|C|C
Start improving models and procedures|A|R|C|C|C|
Tell those affected|I|AR|I|I|I|I`,
			handOffs: []handOff{
				{"Analyse records and reviews", "Findings of the quarter", "Start improving models and procedures"}, {"Analyse records and reviews", "Incidents that come back", "Control a problem"},
				{"Start improving models and procedures", "New or changed model", "Tell those affected"}, {"Tell those affected", "What is different from now on", "Tell users what matters"},
			}},
	},
}

var request = practice{
	name: "Service request management", category: itsm.ServiceManagement, state: itsm.InUse,
	purpose: "Give users what was agreed that they can ask for, smoothly and as promised.",
	people:  "Fulfilled by the desks and the platform teams.", technology: "Catalogue with request models, approval in the portal.",
	related: []string{"Service desk"},
	roles: []role{{name: "Request fulfiller", least: 2, purpose: "Does what a request model says, and tells the one who asked.",
		duties:      "Follows the request model.\nSays when something will take longer than promised.",
		authorities: "Fulfil everything that has a model and needs no approval.\nSend back a request that names no cost centre."}},
	processes: []process{
		{name: "Fulfil a request", kind: itsm.Daily, purpose: "From asking to having.", triggers: []string{"A request from the catalogue"}, outputs: []string{"What was asked for", "Feedback"},
			matrix: `
|Owner|Manager|Request fulfiller|Service desk/Service desk agent|Line manager|Requester
Receive and categorise||A||R||C
Approve where required||I|||AR|I
Start the request model and control it||A|R|||I
Control what no model foresees||A|R|C||C
Review the fulfilment||A|R|||
Close and gather feedback||A|C|R||C`,
			handOffs: []handOff{{"Receive and categorise", "Request with its model", "Approve where required"}, {"Approve where required", "Approval", "Start the request model and control it"}, {"Receive and categorise", "Request without a model", "Control what no model foresees"},
				{"Start the request model and control it", "Standard change", "Run a change"}, {"Start the request model and control it", "Work done by the model", "Review the fulfilment"}, {"Control what no model foresees", "Work done as agreed", "Review the fulfilment"},
				{"Review the fulfilment", "Complete delivery", "Close and gather feedback"}, {"Close and gather feedback", "What was asked for", "Requester"}, {"Close and gather feedback", "Feedback", "Improve request models"}}},
		{name: "Improve request models", kind: itsm.Care, purpose: "Twice a year: which models are slow, which are missing.",
			matrix: `
|Owner|Manager|Request fulfiller
Analyse records||R|C
Start improving a model||R|C
Publish the changes|A|R|I`,
			handOffs: []handOff{{"Analyse records", "Slow and missing models", "Start improving a model"}, {"Start improving a model", "Tried-out model", "Publish the changes"}, {"Publish the changes", "What users can ask for now", "Tell users what matters"}}},
		// Older than the practices: it waits here for the one that it belongs to.
		{name: "Access management", kind: itsm.Daily, purpose: "Who may use what, from the first day to the last.", triggers: []string{"Somebody starts, moves or leaves", "A request for access"}, outputs: []string{"Access that fits the work"},
			matrix: `
|Owner|Manager|Incident management/Technical specialist|Line manager|Requester
Check who asks and what for||A|C|R|C
Give the access||A|R|I|I
Take it away on the last day||A|R|C|
Look through all rights|A|R|C|C|`,
			handOffs: []handOff{{"Check who asks and what for", "Agreed access", "Give the access"}, {"Give the access", "Access that works", "Requester"}, {"Take it away on the last day", "Rights taken away", "Look through all rights"}, {"Look through all rights", "Rights that nobody needs", "Take it away on the last day"}}},
	},
}

var desk = practice{
	name: "Service desk", category: itsm.ServiceManagement, state: itsm.InUse,
	purpose: "One place for users to turn to, and good words for them in return.",
	people:  "Nairobi, Chicago and Pune follow the sun.", technology: "Telephone, chat, portal, ticket system.",
	partners: "Super-users at large customers answer first.",
	roles: []role{
		{name: "Service desk agent", least: 3, purpose: "Answers users, whatever they come with.", duties: "Answers within the agreed times.\nPasses on with everything the next one needs.",
			authorities: "Reset access after checking who asks.\nGive a fix from the list of safe fixes.\nPromise a time within what is agreed."},
		{name: "Super-user", purpose: "Helps colleagues on the spot, and speaks for them.", duties: "Answers first questions on the spot.\nCollects what bothers users.", authorities: "Refuse to guess: call the desk."},
	},
	processes: []process{
		{name: "Handle user contacts", kind: itsm.Daily, purpose: "Nobody is sent round in circles.", triggers: []string{"A user calls, writes or chats"},
			matrix: `
|Owner|Manager|Service desk agent|Super-user|User
Acknowledge and record||A|R|C|C
Check who, what and what is agreed||A|R||C
Sort and pass on||A|R|I|I`,
			procedures: map[string]string{"Check who, what and what is agreed": "Name, depot and call-back number. Never ask for a password."},
			handOffs: []handOff{{"Acknowledge and record", "Contact with the user’s words", "Check who, what and what is agreed"}, {"Check who, what and what is agreed", "Contact with service and promise", "Sort and pass on"},
				{"Sort and pass on", "Incident", "Handle an incident"}, {"Sort and pass on", "Request", "Fulfil a request"}}},
		{name: "Tell users what matters", kind: itsm.Daily, purpose: "The right words to the right people in time.",
			matrix: `
|Owner|Manager|Service desk agent|Super-user|Service owner
Choose audience and channel||A|R|C|C
Write and send||A|R||I
Gather what came of it|I|A|R|R|I`,
			handOffs: []handOff{{"Choose audience and channel", "Who is told, and how", "Write and send"}, {"Write and send", "Announcement", "User"}, {"Write and send", "Replies and questions", "Gather what came of it"}, {"Gather what came of it", "What users did not understand", "Review incidents and models"}}},
	},
}

var problem = practice{
	name: "Problem management", category: itsm.ServiceManagement, state: itsm.InUse,
	purpose: "Find what lies behind incidents, remove it, and live well with what cannot be removed yet.",
	related: []string{"Change enablement"},
	roles: []role{
		{name: "Problem analyst", least: 2, purpose: "Finds causes.", duties: "Works by an agreed method.\nWrites the known error within ten days.",
			authorities: "Ask any platform for logs and an hour of a specialist’s time.\nPublish a workaround."},
		{name: "Problem coordinator", perCase: true, purpose: "Keeps one problem moving until it is closed.",
			duties: "Calls those who are needed together.\nSays every two weeks how far it is.", authorities: "Stop an investigation that costs more than the harm."},
	},
	processes: []process{
		{name: "Control a problem", kind: itsm.Daily, purpose: "From a suspicion to a known error.", triggers: []string{"Incidents that come back", "A trend", "A supplier’s notice"},
			matrix: `
|Owner|Manager|Problem analyst|Problem coordinator|Incident management/Technical specialist|Incident management/Manager
Register||A|R|I||C
Categorise and assign||AR|C|I||C
Investigate||I|R|A|R|
Publish the known error and its workaround||A|R|C|C|I`,
			procedures: map[string]string{"Investigate": "Five whys for small ones, a timeline with everybody at one table for large ones."},
			handOffs: []handOff{{"Register", "Problem record", "Categorise and assign"}, {"Categorise and assign", "Problem with its analyst", "Investigate"}, {"Investigate", "Cause", "Publish the known error and its workaround"},
				{"Publish the known error and its workaround", "Workaround", "Handle an incident"}, {"Publish the known error and its workaround", "Known error", "Keep the known errors"}, {"Investigate", "Request for a change", "Run a change"}}},
		{name: "Keep the known errors", kind: itsm.Care, purpose: "Every entry is true, or gone.",
			matrix: `
|Owner|Manager|Problem analyst
Watch and assess again||A|R
Close what is solved||A|R
Retire what nobody needs||A|R`,
			handOffs: []handOff{{"Watch and assess again", "Solved entries", "Close what is solved"}, {"Watch and assess again", "Entries of services that are gone", "Retire what nobody needs"}}},
	},
}

var change = practice{
	name: "Change enablement", category: itsm.ServiceManagement, state: itsm.InUse,
	purpose: "Many changes, safe and in time: risks weighed, permission given as close to the work as risk allows.",
	people:  "Changes are authorised by the one named for the model; a board meets only for the largest.", technology: "Change calendar, pipelines that know their models.",
	related: []string{"Release management", "Deployment management", "Service configuration management"},
	roles: []role{
		{name: "Change analyst", least: 2, purpose: "Weighs impact, risk, effort and benefit.", duties: "Assesses within two days.\nAsks everybody whose service is touched.", authorities: "Send a request back that says too little.\nCall it a standard change if a model fits."},
		{name: "Change authority", perCase: true, purpose: "Authorises, or does not.", duties: "Answers within a working day.\nSays why, in the record.", authorities: "Authorise changes of the model.\nAsk for more evidence, or refuse."},
		{name: "Change implementer", purpose: "Carries the change out, and back if needed.",
			duties: "Follows the plan.\nRecords what was done and when.", authorities: "Go back without asking when a check fails."},
	},
	processes: []process{
		{name: "Run a change", kind: itsm.Daily, purpose: "From an idea to a working change, or a clean way back.",
			area: "Everything that runs. Standard changes are authorised beforehand.", triggers: []string{"A request for a change"}, inputs: []string{"The request", "Records of the configuration"}, outputs: []string{"A changed service", "A review"},
			matrix: `
|Owner|Manager|Requester|Change analyst|Change authority|Change implementer|Service owner
Register||A|R||||I
Assess||A|C|R|C|C|C
Authorise||C|I|C|AR|I|C
Plan and schedule||AR|I|C|I|C|C
Realise||A|||I|R|I
Review and close||AR|C|C|C|C|C`,
			procedures: map[string]string{"Authorise": "The model names the authority. Nobody authorises their own change.", "Plan and schedule": "Not in the freeze: 15 November to 6 January in all depots."},
			handOffs:   []handOff{{"Register", "Request for a change", "Assess"}, {"Assess", "Assessment", "Authorise"}, {"Authorise", "Permission", "Plan and schedule"}, {"Plan and schedule", "Plan", "Realise"}, {"Realise", "Package", "Deploy"}, {"Review and close", "Changed records", "Keep records true"}}},
		{name: "Keep models and policy", kind: itsm.Care, purpose: "Once a year, and after every emergency.",
			matrix: `
|Owner|Manager|Change analyst|Change authority|Change implementer|Service owner
Review changes together||AR|C|C|C|C
Mend or add models||R|C|C|C|C
Tell those affected|I|AR|I|I|I|I`},
	},
}

var release = practice{
	name: "Release management", category: itsm.ServiceManagement, state: itsm.InUse,
	purpose: "Make new and changed services ready to use, for users and for those who run them.",
	related: []string{"Deployment management"},
	roles: []role{{name: "Release coordinator", least: 2, purpose: "Brings the parts of a release together in time.",
		duties: "Keeps one list of parts, owners and dates.\nCalls everybody before it goes out.", authorities: "Leave a part out that is not ready.\nHold the release until the next morning."}},
	processes: []process{
		{name: "Plan and coordinate a release", kind: itsm.Daily, purpose: "Everything that belongs together goes out together.",
			matrix: `
|Owner|Manager|Release coordinator|Deployment management/Deployment engineer|Service desk/Manager|Service owner
Pick the model||A|R|||C
Plan||A|R|C|C|C
Check parts and procedures||A|R|R||
Carry out||A|R|R|I|I
Check that it holds||A|R|C|C|C
Review|A|R|C|C|C|C`,
			handOffs: []handOff{{"Carry out", "Release package", "Deploy"}, {"Plan", "Announcement", "Tell users what matters"}}},
	},
}

var deployment = practice{
	name: "Deployment management", category: itsm.TechnicalManagement, state: itsm.InUse,
	purpose: "Move parts into an environment, safely and every time in the same way.",
	roles: []role{{name: "Deployment engineer", least: 1, purpose: "Moves parts, checks them, and hands over.",
		duties: "Moves only what was tested.\nWrites down what is where.", authorities: "Stop and go back when a check fails."}},
	processes: []process{
		{name: "Deploy", kind: itsm.Daily, purpose: "From a package to a checked environment.", triggers: []string{"A release package", "A permitted change"},
			matrix: `
|Owner|Manager|Deployment engineer|Change enablement/Change authority
Plan||A|R|C
Check parts and target||A|R|
Carry out||A|R|I
Check and hand over|I|A|R|I`,
			handOffs: []handOff{{"Check and hand over", "Changed records", "Keep records true"}}},
	},
}

var configuration = practice{
	name: "Service configuration management", category: itsm.ServiceManagement, state: itsm.Planned,
	purpose: "Records of what there is and how it hangs together that people trust.",
	roles: []role{{name: "Configuration analyst", least: 1, purpose: "Keeps records true and says where they are not.",
		duties: "Enters changes the same day.\nAsks where records and world differ.", authorities: "Correct a record on evidence.\nRefuse a change record without its items."}},
	processes: []process{
		{name: "Keep records true", kind: itsm.Daily, purpose: "What changes in the world changes in the records.",
			matrix: `
|Owner|Manager|Configuration analyst|Change enablement/Change implementer
Choose the model||A|R|C
Make or change the record||A|R|R
Check||A|R|`},
		{name: "Verify the records", kind: itsm.Care, purpose: "Twice a year against what is really there.",
			matrix: `
|Owner|Manager|Configuration analyst
Plan and collect||A|R
Compare||A|R
Correct and report|I|A|R`},
	},
}

// offered are services: name, purpose, owner, and what supports it.
var offered = []struct {
	name, purpose, owner string
	practices, teams     []string
	company              string
}{
	{"Payroll", "Everybody is paid the right amount on the right day.", "Oliver Grant", []string{"Incident management", "Change enablement"}, []string{"Application support"}, ""},
	{"Warehouse management", "Goods are found, picked and loaded.", "Sunita Desai", []string{"Incident management", "Service request management"}, []string{"Application support", "Cloud platform"}, ""},
	{"Depot network", "Every depot is connected.", "Lukas Schneider", []string{"Incident management"}, []string{"Network operations"}, "Corvid Networks"},
	{"Mail and calendar", "Everybody can be reached.", "", []string{"Service request management"}, []string{"Cloud platform"}, ""},
}
