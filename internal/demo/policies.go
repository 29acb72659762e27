package demo

import (
	"slices"
	"strings"

	"hatrack/internal/itsm"
)

// policy is one of the organisation's rules. It governs what its names say: a practice, a process, or an activity as
// Process/Activity.
type policy struct {
	number, title, statement, why, measure string
	driver                                 itsm.Driver
	body, owner                            string // owner is a role as roles are kept: Practice/Role
	months                                 int
	since                                  int // months ago
	governs                                []string
	left                                   int // months ago it was looked at last; 0 is in every round
}

var policies = []policy{
	{number: "POL-001", title: "All incidents must be logged", statement: "Every incident gets a record before anything else is done, also where it is solved on the phone.",
		why: "What is not recorded is not counted, not learned from, and not there when it comes back.", measure: "Share of calls and alarms with a record on the same day; 99 in 100 is enough.",
		driver: itsm.Internal, owner: "Incident management/Owner", months: 12, since: 34, governs: []string{"Incident management"}},
	{number: "POL-002", title: "Priority follows impact and urgency", statement: "The priority of an incident is read from the table of impact and urgency. Nobody sets it by who calls.",
		why: "So that a depot that cannot load comes before a director who cannot print.", measure: "Sample of 50 records a quarter against the table.",
		driver: itsm.Internal, owner: "Incident management/Owner", months: 12, since: 30, governs: []string{"Handle an incident", "Handle an incident/Categorise and prioritise"}},
	{number: "POL-003", title: "A major incident has one leader at a time", statement: "From its declaration to its review one person leads a major incident, named in the record. Who leads hands over by name.",
		measure: "Every record of a major incident names its leader for every hour.", driver: itsm.Internal, owner: "Incident management/Owner", months: 12, since: 26, left: 14,
		governs: []string{"Handle a major incident/Name who coordinates"}},
	{number: "POL-004", title: "A breach of personal data is reported within 72 hours", statement: "Whoever suspects that personal data was lost or seen tells the data protection officer at once. The authority hears of it within 72 hours of our knowing.",
		why: "The law gives 72 hours from the moment we know, nights and holidays included.", measure: "Hours from the first suspicion to the report, for each breach.",
		driver: itsm.Law, body: "European Union, GDPR article 33", owner: "Incident management/Owner", months: 12, since: 32, left: 15,
		governs: []string{"Handle a major incident", "Service desk"}},
	{number: "POL-005", title: "No change without a yes", statement: "Nothing is changed in a live system before the change authority named in the record has said yes. Standard changes have it once for all.",
		why: "Most of our worst mornings began with a change that nobody had weighed.", measure: "Changes found in the logs without a record.",
		driver: itsm.Internal, owner: "Change enablement/Owner", months: 12, since: 33, governs: []string{"Change enablement", "Deploy"}},
	{number: "POL-006", title: "No change in the peak season", statement: "From 15 November to 6 January nothing is changed in what depots and carriers use, but what restores service.",
		why: "Lindqvist Retail ships a third of its year in these weeks, and the contract says so.", measure: "Changes in these weeks, each with the incident that it ended.",
		driver: itsm.Contract, body: "Lindqvist Retail, contract LR-7", owner: "Change enablement/Owner", months: 12, since: 22, governs: []string{"Run a change", "Run a change/Plan and schedule"}},
	{number: "POL-007", title: "The supplier hears of a dead line within the hour", statement: "A depot’s line that is down is reported to Corvid Networks within the hour, with our number and theirs in the record.",
		why: "The times of the contract run from the report.", measure: "Minutes from the alarm to the supplier’s number.",
		driver: itsm.Contract, body: "Corvid Networks, contract CN-88", owner: "Incident management/Manager", months: 6, since: 13, governs: []string{"Handle an incident/Diagnose and escalate"}},
	{number: "POL-008", title: "Software of weighbridges is sealed before use", statement: "A weighbridge runs only software that the verification authority has sealed. A new version waits for its seal.",
		measure: "Versions in the depots against the list of seals.", driver: itsm.Regulation, body: "Verification authority", months: 24, since: 20, governs: []string{"Deploy"}},
	{number: "POL-009", title: "Whoever asks hears when it is done", statement: "A request is closed with a word to the person who asked, and with a question whether it is right.",
		measure: "Share of closed requests with an answer.", driver: itsm.Internal, owner: "Service request management/Owner", months: 12, since: 18, governs: []string{"Service request management"}},
	{number: "POL-010", title: "Known errors are true or gone", statement: "An entry that nobody has confirmed for six months is confirmed or taken out.",
		driver: itsm.Internal, owner: "Problem management/Owner", months: 6, since: 17, governs: []string{"Keep the known errors"}},
}

// sentences are what reviewers say, in turn.
var sentences = []string{
	"Compared with what the holders do today: nothing is missing and nothing is left over.",
	"Read it with the team; one word was unclear and is explained in the procedure now.",
	"Checked against the last audit and the contracts: still right.",
	"Asked two holders and the desk: they work by it.",
	"Went through the quarter’s records; it fits how the work is done.",
}

// overlooked are roles and a process that were to be looked at every year, and that nobody has got to.
var overlooked = []string{"Incident management/Major incident manager", "Change enablement/Change analyst", "Improve request models"}

// policies writes the rules as they came to be, sets the clocks, and lets the office look at what is due every other month.
func (b *builder) policies() {
	for _, p := range policies {
		b.happens(b.back(p.since, 0), func() { b.policy(p) })
	}
	var old int64 // a rule that was given up since
	b.happens(b.back(34, 0), func() {
		old = b.made(b.db.AddPolicy(b.ctx, b.lead, itsm.Policy{
			Number: "POL-000", Title: "Incidents are reported by telephone", Statement: "Incidents are reported to the desk by telephone, not by mail.", Driver: itsm.Internal,
		}, []itsm.NewAttachment{{Target: itsm.Target{PracticeID: b.id(b.practices, "Service desk")}, From: b.back(34, 0)}}))
	})
	b.happens(b.back(12, 0), func() { b.do(b.db.ArchivePolicy(b.ctx, b.lead, old, 1)) })
	b.happens(b.back(19, 0), b.firstClocks)
	b.happens(b.back(14, 0), func() { b.clocks(itsm.ProcessReview, 12) })
	b.happens(b.back(7, 0), func() { b.clocks(itsm.RoleReview, 24) })
	for ago := 31; ago >= 1; ago -= 2 {
		b.happens(b.back(ago, 3), func() { b.looks(ago) })
	}
}

func (b *builder) clocks(of itsm.Reviewable, months int) {
	_, err := b.db.SetIntervals(b.ctx, b.lead, months, []itsm.Reviewable{of})
	b.do(err)
}

// firstClocks give what is overlooked since its interval.
func (b *builder) firstClocks() {
	for _, name := range overlooked {
		if id := b.processes[name]; id != 0 {
			p, err := b.db.Process(b.ctx, b.lead, id, b.today)
			b.do(err)
			p.ReviewMonths = 12
			b.do(b.db.EditProcess(b.ctx, b.lead, p.Process))
			continue
		}
		r, err := b.db.Role(b.ctx, b.lead, b.id(b.roles, name))
		b.do(err)
		r.ReviewMonths = 12
		b.do(b.db.EditRole(b.ctx, b.lead, r.Role))
	}
}

func (b *builder) policy(p policy) {
	in := itsm.Policy{Number: p.number, Title: p.title, Statement: p.statement, Why: p.why, Measure: p.measure, Driver: p.driver, IssuingBody: p.body, Clock: itsm.Clock{ReviewMonths: p.months}}
	if p.owner != "" {
		in.OwnerRoleID = b.id(b.roles, p.owner)
	}
	var governs []itsm.NewAttachment
	for _, name := range p.governs {
		governs = append(governs, itsm.NewAttachment{Target: b.target(name), From: b.back(p.since, 0)})
	}
	b.made(b.db.AddPolicy(b.ctx, b.lead, in, governs))
}

// target finds what a policy governs by its name.
func (b *builder) target(name string) itsm.Target {
	switch {
	case strings.Contains(name, "/"):
		return itsm.Target{ActivityID: b.id(b.activities, name)}
	case b.processes[name] != 0:
		return itsm.Target{ProcessID: b.processes[name]}
	}
	return itsm.Target{PracticeID: b.id(b.practices, name)}
}

// looks is a morning on which the office goes through what is due, so many months ago.
func (b *builder) looks(ago int) {
	by := b.as(Cast[0].Name)
	due, err := b.db.Reviews(b.ctx, by, itsm.ReviewFilter{Mine: true}, by.Today)
	b.do(err)
	for i, x := range due.Lines {
		if b.err == nil && !passedOver(x, ago) {
			b.do(b.db.Review(b.ctx, by, x.Of, x.ID, sentences[(i+ago)%len(sentences)]))
		}
	}
}

// passedOver says that nobody got to something that morning.
func passedOver(x itsm.Reviewed, ago int) bool {
	if slices.ContainsFunc(overlooked, func(name string) bool { return strings.HasSuffix(name, x.Name) }) {
		return true
	}
	at := slices.IndexFunc(policies, func(p policy) bool { return p.title == x.Name })
	return at >= 0 && ago < policies[at].left
}
