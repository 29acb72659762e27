package itsm

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ListedPolicy is one line of a list of policies. Empty fields say nothing about the policy.
type ListedPolicy struct {
	Line         int
	Number       string
	Title        string
	Statement    string
	Why          string
	Measure      string
	Driver       string // as written
	IssuingBody  string
	OwnerRole    string // its name
	OwnerScope   string // what that role hangs on; "" where only one is called so
	Governs      string // names of practices, processes and activities, between semicolons
	Months       int
	Interval     string // as written, where no months can be read in it
	LastReviewed *time.Time
	Updated      *time.Time // when it was written last, which tells how often it is reviewed where no review does
	ReviewDue    *time.Time // the last day in time for the next review
	Version      string     // as written; the latest of a number is taken
	State        string     // as written: in force, a draft, retired
	At           string     // the document that is the policy; "" of a line in a list
}

// PlannedPolicy is a policy that an import writes; ID is 0 where it is new.
type PlannedPolicy struct {
	Policy
	Clocked bool     // its interval is set, and no day for the next review
	Governs []Target // what it governs from today on, and did not before
}

// PolicyImport is what a list of policies would do.
type PolicyImport struct {
	ListPlan
	Write []PlannedPolicy
}

// driverWords are the drivers as people write them.
var driverWords = map[Driver]string{
	Law:        "law legal statute statutory legislation act gesetz gesetzlich gesetze recht loi legale legal ley lei wet",
	Regulation: "regulation regulatory regulator regulations supervisory verordnung regulierung regulatorisch aufsicht reglement reglementation reglementaire regulacion regulatorio reglamento regulamento regulacao",
	Contract:   "contract contractual customer vertrag vertraglich contrat contractuel contrato contractual contratual",
	Internal:   "internal own company organisation intern interne interno interna eigen",
}

// DriverOf reads what drives a policy; "" where the words say something else.
func DriverOf(s string) Driver {
	for _, d := range Drivers {
		for word := range strings.FieldsSeq(driverWords[d]) {
			if likeName(s) == word || plainName(s) == word {
				return d
			}
		}
	}
	return ""
}

// PlanPolicies compares a list with the policies in use. A line means the policy of its number, else the one of exactly
// its title. A policy that has only a title says that; one without a number gets the next. Where texts leave the name of
// the organisation to be filled in, it is asked whether it is this one. What a line says that a policy governs is added to
// what it governs; nothing is ended.
func PlanPolicies(known KnownPolicies, list []ListedPolicy, answers map[string]string, today time.Time) PolicyImport {
	p := policyPlanner{KnownPolicies: known, latest: latestVersions(list), number: map[string]int{}, title: map[string]int{}, answers: answers, said: map[int]int{}, numbers: map[string]int{}, today: today}
	for i, k := range known.Policies {
		p.number[folded(k.Number)] = i
		p.title[folded(k.Title)] = i
	}
	for _, l := range list {
		if l.Number != "" {
			p.numbers[folded(l.Number)]++
		}
	}
	for _, l := range list {
		p.line(l)
	}
	return p.out
}

type policyPlanner struct {
	KnownPolicies
	number, title map[string]int
	latest        map[string]ListedPolicy
	numbers       map[string]int // how often the list uses one
	said          map[int]int    // the line that means a known policy
	new           map[string]int // the line that brings a number
	answers       map[string]string
	out           PolicyImport
	today         time.Time
}

func (p *policyPlanner) find(l ListedPolicy) int {
	if at, ok := p.number[folded(l.Number)]; ok && l.Number != "" {
		return at
	}
	if at, ok := p.title[folded(l.Title)]; ok && l.Title != "" && p.numbers[folded(p.Policies[at].Number)] == 0 {
		return at
	}
	return -1
}

// known is the policy at a place; a blank one of none.
func (p *policyPlanner) known(at int) Policy {
	if at < 0 {
		return Policy{}
	}
	return p.Policies[at]
}

func (p *policyPlanner) line(l ListedPolicy) {
	what := strings.TrimSpace(l.Number + " " + l.Title)
	add := func(o Outcome, why string, changes []FieldChange) {
		p.out.Lines = append(p.out.Lines, ListLine{Line: l.Line, At: l.At, Outcome: o, What: what, Why: why, Changes: changes})
	}
	if why := p.outdated(l); why != "" {
		add(RefusedLine, why, nil)
		return
	}
	draft := p.drafted(l)
	if draft == LeftOutLine {
		add(draft, draftAsked, nil)
		return
	}
	l, other := p.sameNumber(l)
	driver, waits := p.driver(l)
	l, blank := p.filled(l)
	at := p.find(l)
	if at >= 0 && p.said[at] != 0 {
		add(RefusedLine, fmt.Sprintf("Line %d means the same policy, %s %s.", p.said[at], p.Policies[at].Number, p.Policies[at].Title), nil)
		return
	}
	if waits == OpenLine || blank == OpenLine || other == OpenLine || draft == OpenLine {
		known := p.known(at)
		_ = p.hung(&known, l) // what else it asks is asked at once
	}
	if draft != "" {
		add(draft, draftAsked, nil)
		return
	}
	if other != "" {
		add(other, "Whether it is the policy of its number is asked.", nil)
		return
	}
	if waits != "" {
		add(waits, "What “"+l.Driver+"” means is asked.", nil)
		return
	}
	if blank != "" {
		add(blank, "What its placeholders stand for is asked.", nil)
		return
	}
	if at < 0 {
		p.add(l, driver, add)
		return
	}
	p.said[at] = l.Line
	before := p.Policies[at]
	after, changes := mergePolicy(before, l, driver, p.today)
	hung := p.hung(&after, l)
	changes = append(changes, hung.changes...)
	if l.taken(before.Clock, p.today) {
		hung.why = strings.TrimSpace(takenYearly + " " + hung.why)
	}
	what = after.Number + " " + after.Title
	if hung.waits != "" {
		add(hung.waits, meantAsked, nil)
		return
	}
	if len(changes) == 0 {
		add(UnchangedLine, hung.why, nil)
		return
	}
	if err := after.Check(); err != nil {
		add(RefusedLine, problemsInWords(err), nil)
		return
	}
	p.out.Write = append(p.out.Write, PlannedPolicy{after, after.ReviewMonths != before.ReviewMonths && dayOrNone(after.ReviewDue) == dayOrNone(before.ReviewDue), hung.governs})
	add(ChangedLine, hung.why, changes)
}

// add plans a policy that is not there yet.
func (p *policyPlanner) add(l ListedPolicy, driver Driver, add func(Outcome, string, []FieldChange)) {
	n := Policy{
		Number: l.Number, Title: l.Title, Statement: l.Statement, Why: l.Why, Measure: l.Measure, Driver: driver, IssuingBody: l.IssuingBody,
		Clock: l.clock(Clock{}, p.today),
	}
	var why []string
	if l.taken(Clock{}, p.today) {
		why = append(why, takenYearly)
	}
	if n.Driver == "" {
		n.Driver = Internal
	}
	if n.Number == "" && n.Title != "" {
		n.Number = p.next()
		why = append(why, "It gets the number "+n.Number+".")
	}
	if n.Statement == "" && n.Title != "" {
		n.Statement = n.Title
		why = append(why, l.titleAlone())
	}
	hung := p.hung(&n, l)
	if hung.waits != "" {
		add(hung.waits, meantAsked, nil)
		return
	}
	if hung.why != "" {
		why = append(why, hung.why)
	}
	if err := n.Check(); err != nil {
		add(RefusedLine, problemsInWords(err), nil)
		return
	}
	if p.new == nil {
		p.new = map[string]int{}
	}
	if line := p.new[folded(n.Number)]; line != 0 {
		add(RefusedLine, fmt.Sprintf("Line %d brings a policy of the number %s already.", line, n.Number), nil)
		return
	}
	p.new[folded(n.Number)] = l.Line
	p.out.Write = append(p.out.Write, PlannedPolicy{n, n.ReviewMonths != 0 && n.ReviewDue == nil, hung.governs})
	add(NewLine, strings.Join(why, " "), append(brings(l, driver, p.today), hung.changes...))
}

// titleAlone says of a line without a statement that its title stands there.
func (l ListedPolicy) titleAlone() string {
	if Clean(l.Why)+Clean(l.Measure) == "" {
		return "It says no more than its title."
	}
	return "It has no statement: its title stands there."
}

// brings is what a line says of a policy that is not there yet, beside what it is called.
func brings(l ListedPolicy, driver Driver, today time.Time) []FieldChange {
	_, changes := mergePolicy(Policy{}, l, driver, today)
	for i := range changes {
		changes[i].Before = ""
	}
	return slices.DeleteFunc(changes, func(c FieldChange) bool { return c.Field == "number" || c.Field == "title" })
}

// draftAsked is why a draft waits, or is left out.
const draftAsked = "Whether it counts although it is a draft is asked."

// meantAsked is why a line waits for what it says that its policy hangs on, or is left out for it.
const meantAsked = "What a name in it means is asked."

// driver reads what drives the policy of a line. Words that say none of the four are asked about, once for the list.
func (p *policyPlanner) driver(l ListedPolicy) (d Driver, waits Outcome) {
	if l.Driver == "" {
		return "", ""
	}
	if d = DriverOf(l.Driver); d != "" {
		return d, ""
	}
	var choices []ListChoice
	for _, d := range Drivers {
		choices = append(choices, ListChoice{string(d), d.Title()})
	}
	chosen, waits := p.choose("driver:"+folded(l.Driver), l.Line, "What kind of driver is “"+l.Driver+"”?", choices, "It says nothing of that: leave what stands")
	return Driver(chosen), waits
}

// choose asks, once for all lines that ask the same, which of several is meant: none is one answer, and to leave the lines
// out another. The line waits where nobody answered yet.
func (p *policyPlanner) choose(key string, line int, text string, among []ListChoice, none string) (chosen string, waits Outcome) {
	p.out.ask(key, line, p.answers, func() ListQuestion {
		return ListQuestion{Text: text, Choices: append(slices.Clip(among), ListChoice{Nothing, none}, ListChoice{LeaveOut, "Leave these lines out"})}
	})
	switch answer := p.answers[key]; {
	case answer == Nothing:
		return "", ""
	case answer == LeaveOut:
		return "", LeftOutLine
	case slices.ContainsFunc(among, func(c ListChoice) bool { return c.Value == answer }):
		return answer, ""
	}
	return "", OpenLine
}

var counted = regexp.MustCompile(`^(.*?)(\d+)$`)

// next is the number after the highest of the kind that most policies have, else POL-001.
func (p *policyPlanner) next() string {
	prefix, most, digits := "POL-", 0, 3
	count := map[string]int{}
	consider := func(number string) {
		if m := counted.FindStringSubmatch(number); m != nil {
			count[m[1]]++
		}
	}
	for _, k := range p.Policies {
		consider(k.Number)
	}
	for k, n := range count {
		if n > count[prefix] || n == count[prefix] && k < prefix && count[prefix] > 0 {
			prefix = k
		}
	}
	highest := func(number string) {
		if m := counted.FindStringSubmatch(number); m != nil && strings.EqualFold(m[1], prefix) {
			if n, err := strconv.Atoi(m[2]); err == nil {
				most, digits = max(most, n), max(digits, len(m[2]))
			}
		}
	}
	for _, k := range p.Policies {
		highest(k.Number)
	}
	for number := range p.new {
		highest(number)
	}
	for number := range p.numbers {
		highest(number)
	}
	return fmt.Sprintf("%s%0*d", prefix, digits, most+1)
}

// mergePolicy writes what a line says over a policy and names what that changes.
func mergePolicy(k Policy, l ListedPolicy, driver Driver, today time.Time) (Policy, []FieldChange) {
	var changes []FieldChange
	text := func(field string, into *string, value string) {
		if value = Clean(value); value != "" && value != Clean(*into) {
			changes = append(changes, FieldChange{field, excerpt(*into), excerpt(value)})
			*into = value
		}
	}
	text("number", &k.Number, l.Number)
	text("title", &k.Title, l.Title)
	text("statement", &k.Statement, l.Statement)
	text("why", &k.Why, l.Why)
	text("measure", &k.Measure, l.Measure)
	text("issuing body", &k.IssuingBody, l.IssuingBody)
	if driver != "" && driver != k.Driver {
		changes = append(changes, FieldChange{"driver", k.Driver.Title(), driver.Title()})
		k.Driver = driver
	}
	clock := l.clock(k.Clock, today)
	changes, k.Clock = append(changes, clockChanges(k.Clock, clock)...), clock
	return k, changes
}

// excerpt is the beginning of a text on one line.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 160 {
		return string(r[:159]) + "…"
	}
	return s
}

func problemsInWords(err error) string {
	var invalid Invalid
	if !errors.As(err, &invalid) {
		return err.Error()
	}
	texts := make([]string, len(invalid.Problems))
	for i, problem := range invalid.Problems {
		texts[i] = problem.Text
		if problem.Field != "" {
			texts[i] = strings.ReplaceAll(problem.Field, "_", " ") + ": " + problem.Text
		}
	}
	return strings.Join(texts, " ")
}
