package demo

// texts says in a sentence what is done in an activity of the library, by process and activity.
var texts = map[string]map[string]string{
	"Handle an incident": {
		"Detect and report":             "Somebody or something notices trouble and says so, by any channel.",
		"Log":                           "Write down who, what, where and since when.",
		"Categorise and prioritise":     "Give it a service, a category and a priority; look for an open incident it belongs to.",
		"Diagnose and escalate":         "Find out what is wrong, or bring in who can.",
		"Resolve and restore":           "Put it right or agree a workaround, and test that it works.",
		"Confirm and close":             "Hear from the user that it works, complete the record and close it.",
		"Coordinate a major incident":   "One hand on the wheel for as long as the harm is great.",
		"Approve definition and policy": "Once a year the definition, the priorities and the criteria are approved anew.",
	},
	"Handle a major incident": {
		"Declare against the criteria":        "Compare with the criteria and declare it; in doubt, declare.",
		"Name who coordinates":                "The next name on the rota takes the lead and says so.",
		"Mobilise and work with top priority": "Bring everybody who can help into one call and leave other work.",
		"Keep stakeholders told":              "Fixed times, plain words: what is down, who works on it, when the next word comes.",
		"Resolve":                             "Try what harms least first, and restore service before the cause is known.",
		"Review and close":                    "What went well, what did not, and who does what about it by when.",
	},
	"Review incidents and models": {
		"Analyse records and reviews":           "Read the quarter: what came back, what took long, what was misrouted.",
		"Start improving models and procedures": "Each finding becomes one improvement with a name and a date.",
		"Tell those affected":                   "Everybody who works by a changed model hears of it before it holds.",
	},
	"Fulfil a request": {
		"Receive and categorise":                 "Take the request and find its model in the catalogue.",
		"Approve where required":                 "The line manager approves what costs money or opens access.",
		"Start the request model and control it": "Start the tasks of the model and watch their times.",
		"Control what no model foresees":         "Agree with the requester what is done, by whom and until when.",
		"Review the fulfilment":                  "Check that everything of the model was delivered.",
		"Close and gather feedback":              "Hand over, ask whether it is right, close.",
	},
	"Improve request models": {
		"Analyse records":         "Which models are slow, which requests had none.",
		"Start improving a model": "Draw the better way with those who work by it.",
		"Publish the changes":     "The catalogue, the portal and the desk say the same from one day on.",
	},
	"Access management": {
		"Check who asks and what for":  "The line manager says what the work needs; nobody gets more than that.",
		"Give the access":              "Open what was agreed, and tell the one who asked that it works.",
		"Take it away on the last day": "Whoever leaves or moves keeps nothing that the next work does not need.",
		"Look through all rights":      "Twice a year each line manager says which rights their people still need.",
	},
	"Handle user contacts": {
		"Acknowledge and record":             "Greet, listen, and write down the user’s own words.",
		"Check who, what and what is agreed": "Who asks, from which depot, for which service, with which promise.",
		"Sort and pass on":                   "Solve it, or pass it on with everything the next one needs.",
	},
	"Tell users what matters": {
		"Choose audience and channel": "Only those concerned, by the channel they read.",
		"Write and send":              "What changes, from when, and what to do; in five sentences.",
		"Gather what came of it":      "Collect replies and questions and pass on what they teach.",
	},
	"Control a problem": {
		"Register":              "Write down the suspicion and the incidents behind it.",
		"Categorise and assign": "Weigh likelihood and harm, and give it to an analyst.",
		"Investigate":           "Find the cause by the agreed method, or learn why it cannot be found.",
		"Publish the known error and its workaround": "Put it where the desk looks first, in the desk’s words.",
	},
	"Keep the known errors": {
		"Watch and assess again":   "Look every month whether the workaround still works and what it costs.",
		"Close what is solved":     "Close the entry once the fix has held for a month.",
		"Retire what nobody needs": "Take out what belongs to services that are gone.",
	},
	"Run a change": {
		"Register":          "Write down what shall change, why, and on which service.",
		"Assess":            "Weigh risk, effort and benefit with those whose service is touched.",
		"Authorise":         "Say yes, no, or what is missing.",
		"Plan and schedule": "Find the window, name the people, write the way back.",
		"Realise":           "Carry it out by the plan, and go back by the plan if it fails.",
		"Review and close":  "Compare with what was expected and close the record.",
	},
	"Keep models and policy": {
		"Review changes together": "Read the year’s changes: which failed, which waited, which needed no board.",
		"Mend or add models":      "Turn what went well several times into a standard change.",
		"Tell those affected":     "Say which models changed, and from when.",
	},
	"Plan and coordinate a release": {
		"Pick the model":             "Choose how much ceremony the release needs.",
		"Plan":                       "What goes out together, when, to whom, and who says stop.",
		"Check parts and procedures": "Every part is tested and every procedure was tried once.",
		"Carry out":                  "Give the package to deployment and stay on the line.",
		"Check that it holds":        "Watch figures and calls for a week.",
		"Review":                     "Keep what went well, mend the model where it did not.",
	},
	"Deploy": {
		"Plan":                   "Order of the parts, the window, the way back.",
		"Check parts and target": "The parts are the tested ones and the target is as expected.",
		"Carry out":              "Move the parts by the procedure, step by step.",
		"Check and hand over":    "Test in place and hand over to those who run it.",
	},
	"Keep records true": {
		"Choose the model":          "Decide what is recorded, and how finely.",
		"Make or change the record": "Enter what is new, changed or gone, the same day.",
		"Check":                     "A second pair of eyes on a sample every week.",
	},
	"Verify the records": {
		"Plan and collect":   "Choose the part to verify and collect what tools report.",
		"Compare":            "Hold the records against what is really there.",
		"Correct and report": "Correct the records and report how true they were.",
	},
}
