package itsm

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// HatEnd is a known assignment to which a list gives a last day.
type HatEnd struct {
	AssignmentID int64
	To           time.Time // the first day without
}

// HatImport is what a list of who wears which hat would do.
type HatImport struct {
	ListPlan
	Begin []PlannedHat
	End   []HatEnd
	Roles []int64 // that the list names
}

// HatRoles are the roles that a list names, for reading who wears them before it is planned.
func HatRoles(known KnownHats, list []ListedHat, answers map[string]string) []int64 {
	var plan ListPlan
	m := newHatMatcher(known, answers, &plan)
	var ids []int64
	for _, l := range m.spokenAll(list) {
		var h PlannedHat
		if m.chair(l, &h); h.Chair.ID != 0 {
			ids = append(ids, h.Chair.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// PlanHats compares a list with who wears which hat. A line that says what stands is unchanged; an earlier last day ends
// what stands, a later one goes on from there; another holder is a new one. A second Owner on overlapping days, whoever
// is not there on them, and what the actor may not appoint are refused by name. Nobody is taken a hat that the list does
// not name. by is who imports.
func PlanHats(by Actor, known KnownHats, list []ListedHat, answers map[string]string, today time.Time) HatImport {
	var out HatImport
	m := newHatMatcher(known, answers, &out.ListPlan)
	p := hatPlanner{by: by, out: &out, today: today, people: map[int64]Person{},
		held: map[int64][]Holding{}, worn: map[wearing][]*Holding{}, taken: map[int64][]PlannedHat{}, given: map[wearing][]PlannedHat{}}
	for _, person := range known.People {
		p.people[person.ID] = person
	}
	for _, h := range known.Holdings {
		p.held[h.RoleID] = append(p.held[h.RoleID], h)
	}
	for id := range p.held {
		slices.SortFunc(p.held[id], func(a, b Holding) int {
			return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.AssignmentID, b.AssignmentID))
		})
		for i := range p.held[id] {
			x := &p.held[id][i]
			p.worn[x.wearing()] = append(p.worn[x.wearing()], x)
		}
	}
	var begin []PlannedHat
	var from []bool // the line says the first day
	for _, l := range m.spokenAll(list) {
		h, s := p.read(m, l)
		if s.outcome != "" {
			p.say(h, l, s.outcome, s.why)
			continue
		}
		out.Roles = append(out.Roles, h.Chair.ID)
		if !p.known(h, l) {
			begin, from = append(begin, h), append(from, l.From != nil)
		}
	}
	// What ends has ended before anything begins: the list may name both of a hand-over in any order.
	for i, h := range begin {
		p.begin(h, from[i])
	}
	slices.SortStableFunc(out.Lines, func(a, b ListLine) int { return cmp.Compare(a.Line, b.Line) })
	slices.Sort(out.Roles)
	out.Roles = slices.Compact(out.Roles)
	return out
}

type hatPlanner struct {
	by     Actor
	out    *HatImport
	today  time.Time
	people map[int64]Person
	held   map[int64][]Holding      // by role, as it stands and as the list ends it
	worn   map[wearing][]*Holding   // the same by who wears it: a role may have thousands
	taken  map[int64][]PlannedHat   // by role, what the list begins
	given  map[wearing][]PlannedHat // the same by who gets it
}

// wearing is who wears which role, where and as what.
type wearing struct {
	role, person, team, company, region, service int64
	capacity                                     Capacity
}

func (x Holding) wearing() wearing {
	return wearing{x.RoleID, x.PersonID, x.TeamID, x.CompanyID, x.RegionID, x.ServiceID, x.Capacity}
}

func (h PlannedHat) wearing() wearing {
	w := wearing{role: h.Chair.ID, region: h.Region.ID, service: h.Service.ID, capacity: h.Capacity}
	switch h.Kind {
	case "person":
		w.person = h.HolderID
	case "team":
		w.team = h.HolderID
	default:
		w.company = h.HolderID
	}
	return w
}

// read finds what a line means.
func (p *hatPlanner) read(m *hatMatcher, l ListedHat) (h PlannedHat, s settled) {
	h = PlannedHat{Line: l.Line, Capacity: Holder, DecidedBy: l.DecidedBy, Reference: l.Reference, DecidedOn: p.today, Until: l.Until, From: p.today}
	if l.From != nil {
		h.From = *l.From
	}
	if l.DecidedOn != nil {
		h.DecidedOn = *l.DecidedOn
	}
	var waits settled
	for _, part := range []func(ListedHat, *PlannedHat) settled{m.chair, m.holder, m.region} {
		if s := part(l, &h); s.outcome != "" && (waits.outcome == "" || s.outcome == LeftOutLine) {
			waits = s // all parts are asked at once
		}
	}
	if waits.outcome != "" {
		return h, waits
	}
	if l.As != "" {
		if h.Capacity = CapacityOf(l.As); h.Capacity == "" {
			return h, settled{RefusedLine, "“" + l.As + "” is not holder, acting or deputy."}
		}
	}
	if l.Over && l.Until == nil {
		return h, settled{RefusedLine, "It is over: “" + l.State + "”. Give its last day, so that it can be ended."}
	}
	if wordIn("proposed withdrawn vorgeschlagen propose propuesto proposto", squeezed(l.State)) {
		return h, settled{RefusedLine, "It is not decided: “" + l.State + "”. Only what is appointed is brought."}
	}
	if h.Chair.Kind == Owner {
		h.Region, h.Service = Ref{}, Ref{}
	}
	return h, settled{}
}

func (p *hatPlanner) say(h PlannedHat, l ListedHat, o Outcome, why string) {
	what := h.says()
	if h.Name == "" || h.Chair.ID == 0 {
		what = firstText(l.Holder, l.Email, l.Number) + wornAs(CapacityOf(l.As)) + l.role()
	}
	p.out.Lines = append(p.out.Lines, ListLine{Line: h.Line, Outcome: o, What: what, Why: why})
}

func (p *hatPlanner) line(h PlannedHat, o Outcome, why string, changes ...FieldChange) {
	over := h.Until != nil && !h.Until.After(p.today)
	p.out.Lines = append(p.out.Lines, ListLine{Line: h.Line, Outcome: o, What: h.says(), Why: why, Changes: changes, Over: over})
}

func overlap(from time.Time, until *time.Time, since time.Time, to *time.Time) bool {
	return (to == nil || from.Before(*to)) && (until == nil || since.Before(*until))
}

// known settles a line about an assignment that stands; false where it is a new one.
func (p *hatPlanner) known(h PlannedHat, l ListedHat) bool {
	worn := p.worn[h.wearing()]
	at := slices.IndexFunc(worn, func(x *Holding) bool { return overlap(h.From, h.Until, x.Since, x.Until) })
	if at < 0 {
		return false
	}
	x := worn[at]
	remark := ""
	if l.From != nil && !x.Since.Equal(*l.From) {
		remark = fmt.Sprintf("It stands from %s here, and the list says %s; that is left as it stands.", ShowDay(x.Since), ShowDay(*l.From))
	}
	switch {
	case x.State == Proposed:
		p.line(h, RefusedLine, h.Name+" is proposed for it here. Decide on that proposal.")
	case h.Until == nil && x.Until != nil:
		p.line(h, UnchangedLine, fmt.Sprintf("It ends on %s here, and the list names no last day; that is left as it stands.", ShowDay(x.Until.AddDate(0, 0, -1))))
	case h.Until == nil || x.Until != nil && h.Until.Equal(*x.Until):
		p.line(h, UnchangedLine, remark)
	case x.Until == nil || h.Until.Before(*x.Until):
		p.end(h, x, remark)
	default: // it goes on from where it ends
		was := *x.Until
		h.From = was
		if why := p.refusal(&h); why != "" {
			p.line(h, RefusedLine, why)
			return true
		}
		p.take(h)
		p.line(h, ChangedLine, remark, FieldChange{"last day", ShowDay(was.AddDate(0, 0, -1)), ShowDay(h.Until.AddDate(0, 0, -1))})
	}
	return true
}

// end gives what stands a last day.
func (p *hatPlanner) end(h PlannedHat, x *Holding, remark string) {
	if !p.by.MayAppoint(h.Chair, h.Capacity, h.Region.ID) {
		p.line(h, RefusedLine, "You may not end this one.")
		return
	}
	before := ""
	if x.Until != nil {
		before = ShowDay(x.Until.AddDate(0, 0, -1))
	}
	x.Until = h.Until
	p.out.End = append(p.out.End, HatEnd{x.AssignmentID, *h.Until})
	p.line(h, ChangedLine, remark, FieldChange{"last day", before, ShowDay(h.Until.AddDate(0, 0, -1))})
}

// begin plans a new assignment, or refuses it.
func (p *hatPlanner) begin(h PlannedHat, from bool) {
	for _, t := range p.given[h.wearing()] {
		if overlap(h.From, h.Until, t.From, t.Until) {
			p.line(h, RepeatedLine, fmt.Sprintf("Line %d says that already.", t.Line))
			return
		}
	}
	leaves := h.Until
	if why := p.refusal(&h); why != "" {
		p.line(h, RefusedLine, why)
		return
	}
	changes := []FieldChange{{"from", "", ShowDay(h.From)}}
	why := ""
	if !from {
		why = "The list names no first day: it counts from today."
	}
	if h.Until != nil {
		changes = append(changes, FieldChange{"last day", "", ShowDay(h.Until.AddDate(0, 0, -1))})
		if leaves == nil || !leaves.Equal(*h.Until) {
			why = h.Name + " leaves: the last day with the hat is theirs. " + why
		}
	}
	p.take(h)
	p.line(h, NewLine, why, changes...)
}

func (p *hatPlanner) take(h PlannedHat) {
	p.taken[h.Chair.ID], p.given[h.wearing()] = append(p.taken[h.Chair.ID], h), append(p.given[h.wearing()], h)
	p.out.Begin = append(p.out.Begin, h)
}

// refusal says why an assignment cannot begin; a person who leaves has the hat until then at most.
func (p *hatPlanner) refusal(h *PlannedHat) string {
	n := NewAssignment{RoleIDs: []int64{h.Chair.ID}, RegionID: h.Region.ID, ServiceID: h.Service.ID, Capacity: h.Capacity, From: h.From, Until: h.Until,
		DecidedBy: h.DecidedBy, DecidedOn: h.DecidedOn, Reference: h.Reference, Reason: "as found"}
	switch h.Kind {
	case "person":
		n.PersonIDs = []int64{h.HolderID}
	case "team":
		n.TeamIDs = []int64{h.HolderID}
	default:
		n.CompanyIDs = []int64{h.HolderID}
	}
	person, isPerson := p.people[h.HolderID], h.Kind == "person"
	switch {
	case isPerson && h.HolderID == p.by.PersonID && !p.by.Operator:
		return "Nobody appoints themselves. Let somebody else bring this line."
	case !p.by.MayAppoint(h.Chair, h.Capacity, h.Region.ID):
		return "You may not " + string(Appoints(h.Chair.Kind, h.Capacity)) + " there."
	case isPerson && person.EmployedFrom != nil && h.From.Before(*person.EmployedFrom):
		return h.Name + " starts on " + ShowDay(*person.EmployedFrom) + ": the hat can begin on that day or later."
	case isPerson && person.EmployedTo != nil && !h.From.Before(*person.EmployedTo):
		return SayGone(h.Name, *person.EmployedTo, p.today)
	case isPerson && person.EmployedTo != nil && (h.Until == nil || h.Until.After(*person.EmployedTo)):
		h.Until, n.Until = person.EmployedTo, person.EmployedTo
	}
	if err := n.Check([]Chair{h.Chair}, p.today); err != nil {
		return problemsInWords(err)
	}
	h.DecidedBy, h.Reference = n.DecidedBy, n.Reference
	return p.second(*h)
}

// second refuses a second Owner, or a second who acts for one, on overlapping days: by name.
func (p *hatPlanner) second(h PlannedHat) string {
	if h.Chair.Kind != Owner || h.Capacity == Deputy {
		return ""
	}
	for _, x := range p.held[h.Chair.ID] {
		if x.State == Appointed && x.Capacity == h.Capacity && x.wearing() != h.wearing() && overlap(h.From, h.Until, x.Since, x.Until) {
			return Held{By: x, Role: h.Chair, From: h.From}.Error()
		}
	}
	for _, t := range p.taken[h.Chair.ID] {
		if t.Capacity == h.Capacity && overlap(h.From, h.Until, t.From, t.Until) {
			return fmt.Sprintf("Line %d gives it to %s on some of these days, and there is one Owner at a time.", t.Line, t.Name)
		}
	}
	return ""
}
