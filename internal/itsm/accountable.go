package itsm

import (
	"cmp"
	"slices"
	"strings"
)

// AnswerState says how far an A resolves to one living person.
type AnswerState string

// The states. Only Named gives a person for the day, the region and the case asked about.
const (
	Named       AnswerState = "named"
	PerRegion   AnswerState = "per region"  // no region was chosen, and each has its own
	PerService  AnswerState = "per service" // no service was chosen, and each has its own
	InCase      AnswerState = "in case"     // the one named in the record
	Unheld      AnswerState = "unheld"      // nobody wears the hat, nor the Owner's
	HeldBySome  AnswerState = "several"     // more than one, with nothing between them
	WithoutLead AnswerState = "no lead"     // a team or a company holds it, and nobody answers for that
)

// Accountable is who answers for an activity.
type Accountable struct {
	// Role has the A; Explicit says that the row says so, else it comes from the Owner.
	Role     RoleRef
	Explicit bool
	State    AnswerState
	// Holding is through what the person answers: in person, acting, as a team's lead, a company's contact.
	Holding Holding
	// SignsFor is the deputy who signs for Holding's person, absent on the day; nil where nobody needs to.
	SignsFor *Holding
	// UpToOwner says that nobody holds the role of the A there, so that the Owner answers.
	UpToOwner bool
	// Count is how many regions, services or holders there are in PerRegion, PerService and HeldBySome.
	Count int
	// Names are those who hold it in HeldBySome, and with their services in PerService.
	Names []string
	// Faults are the regions in PerRegion where it resolves to nobody: several hold it there, or a team without a lead.
	Faults []Accountable
	// Vacant are the regions where nobody holds the role, so that the Owner answers there; only where no region was asked.
	Vacant []RegionRef
}

// Person is the id and name of the living person who answers; 0 where State is not Named.
func (a Accountable) Person() (int64, string) {
	if a.State != Named {
		return 0, ""
	}
	return a.Holding.AnswersID, a.Holding.Answers
}

// Fault is where it resolves to nobody, because several hold it or nobody answers for a team: itself, or the first of its regions.
func (a *Accountable) Fault() *Accountable {
	if a.State == HeldBySome || a.State == WithoutLead {
		return a
	}
	for i := range a.Faults {
		if a.Faults[i].State == WithoutLead {
			return &a.Faults[i]
		}
	}
	if len(a.Faults) > 0 {
		return &a.Faults[0]
	}
	return nil
}

// Outside says that the one who answers is not of the organisation.
func (a Accountable) Outside() bool { return a.State == Named && a.Holding.Employer != "" }

// Answers resolves who answers for a row in a region (0: none chosen) and for a service (0: none named): the holder of
// the A nearest up the region tree, else the Owner.
func (m *Matrix) Answers(row Row, region, service int64) Accountable {
	q := m.ask(region, service)
	defer q.done()
	return q.answers(row.Find(LetterA))
}

func (q *asking) answers(at int) Accountable {
	a := *q.holds(at)
	if at >= 0 && a.State == Unheld && a.Role.ID != q.m.Owner.Role.ID {
		up := *q.holds(-1)
		up.Role, up.Explicit, up.UpToOwner = a.Role, true, true
		return up
	}
	a.Explicit = at >= 0
	return a
}

// Holds resolves one role as if it had the A: whom to ask about it in a region and for a service.
func (m *Matrix) Holds(role int64, region, service int64) Accountable {
	at := m.Column(role)
	if at < 0 {
		return Accountable{State: Unheld}
	}
	q := m.ask(region, service)
	defer q.done()
	return *q.holds(at)
}

// OwnerAnswers is who answers for the process as a whole, whatever stands in its rows.
func (m *Matrix) OwnerAnswers(region, service int64) Accountable {
	q := m.ask(region, service)
	defer q.done()
	return *q.holds(-1)
}

// HeldIn says whether somebody holds a hat of the process in a region.
func (m *Matrix) HeldIn(region int64) bool {
	for i := range m.Columns {
		if anyOf(m.Columns[i].Holdings, func(h *Holding) bool { return h.RegionID == region }) {
			return true
		}
	}
	return false
}

func (m *Matrix) resolve(c *Column, region, service int64) *Accountable {
	a := &Accountable{Role: c.Ref(), State: Unheld}
	all := c.Holdings
	if c.Role.Kind == Whoever {
		s, named := m.Service(service)
		if !named || c.Role.StandsFor != "service owner" {
			a.State = InCase
			return a
		}
		all = s.Owners
	}
	if c.Role.PerCase {
		if anyOf(all, (*Holding).Counts) {
			a.State = InCase
		}
		return a
	}
	holdings := inCase(all, service)
	region = m.known(region)
	if region == 0 && anyOf(holdings, func(h *Holding) bool { return h.RegionID != 0 }) {
		m.everywhere(a, holdings, service)
	} else {
		a.at(m.nearest(holdings, region), service)
	}
	a.signed(all, service)
	return a
}

// signed finds who signs for the person named.
func (a *Accountable) signed(all []Holding, service int64) {
	if a.State == Named {
		a.SignsFor = deputyOf(&a.Holding, all, service)
	}
}

// everywhere is a role held by region while no region is asked about.
func (m *Matrix) everywhere(a *Accountable, holdings []Holding, service int64) {
	var regions []int64
	for i := range holdings {
		if r := holdings[i].RegionID; !slices.Contains(regions, r) {
			regions = append(regions, r)
		}
	}
	vacant := m.uncovered(regions)
	answer := m.among(holdings, 0, service)
	alone := len(regions) == 1 || !anyOf(answer, func(h *Holding) bool { return h.AnswersID != answer[0].AnswersID })
	var faults []Accountable
	for _, r := range regions {
		one := Accountable{Role: a.Role, State: Unheld, Vacant: vacant}
		one.at(Those(holdings, func(h *Holding) bool { return h.RegionID == r }), service)
		if alone {
			*a = one
			return
		}
		if one.State == HeldBySome || one.State == WithoutLead { // the other regions have their own all the same
			faults = append(faults, one)
		}
	}
	*a = Accountable{Role: a.Role, State: PerRegion, Count: len(regions), Faults: faults, Vacant: vacant}
}

// at resolves the holdings of one place.
func (a *Accountable) at(here []Holding, service int64) {
	kept, services := forService(here, service)
	if services <= 1 {
		a.between(kept)
		return
	}
	var all []Accountable
	for i := range here { // for one of the services nobody may answer, or several; or one person for all of them
		of := here[i].ServiceID
		if anyOf(here[:i], func(h *Holding) bool { return h.ServiceID == of }) {
			continue
		}
		one := Accountable{Role: a.Role, State: Unheld, Vacant: a.Vacant}
		one.between(Those(here, func(h *Holding) bool { return h.ServiceID == of }))
		if one.State == HeldBySome || one.State == WithoutLead {
			*a = one
			return
		}
		all = append(all, one)
	}
	if slices.ContainsFunc(all, func(o Accountable) bool { return o.Holding.AnswersID != all[0].Holding.AnswersID }) {
		a.State, a.Count = PerService, services
		for _, one := range all {
			if one.State == Named {
				a.Names = append(a.Names, one.Holding.Answers+" for "+cmp.Or(one.Holding.Service, "all others")+one.Holding.ifAway())
			}
		}
	} else {
		*a = forAll(all)
	}
}

// ifAway is put behind the name of one of several who is absent.
func (h *Holding) ifAway() string {
	if h.Absent {
		return " (away)"
	}
	return ""
}

// forAll is the one who answers for each of several services: for all of them, or for those named.
func forAll(all []Accountable) Accountable {
	var services []string
	for _, one := range all {
		if one.Holding.ServiceID == 0 {
			return one
		}
		services = append(services, one.Holding.Service)
	}
	all[0].Holding.Service = strings.Join(services, ", ")
	return all[0]
}

// between resolves the holdings of one place and one service.
func (a *Accountable) between(here []Holding) {
	// Who acts fills the chair, empty or not.
	if acting := withCapacity(here, Acting); len(acting) > 0 {
		here = acting
	}
	if len(here) == 0 {
		return
	}
	first := &here[0]
	switch {
	case anyOf(here, func(h *Holding) bool { return h.AnswersID == 0 }):
		a.State = WithoutLead
		a.Holding = here[slices.IndexFunc(here, func(h Holding) bool { return h.AnswersID == 0 })]
	case anyOf(here, func(h *Holding) bool { return h.AnswersID != first.AnswersID }):
		people := map[int64]bool{}
		for i := range here {
			if h := &here[i]; !people[h.AnswersID] {
				people[h.AnswersID] = true
				a.Names = append(a.Names, h.Answers+h.ifAway())
			}
		}
		a.State, a.Count, a.Holding = HeldBySome, len(people), *first
	default:
		a.State, a.Holding = Named, *first
	}
}

// forService keeps the holdings for the service asked about, else those for all services; services says how many
// different ones there are to choose from where none is asked about.
func forService(here []Holding, service int64) (kept []Holding, services int) {
	general := Those(here, func(h *Holding) bool { return h.ServiceID == 0 })
	if len(general) == len(here) {
		return general, 0
	}
	if service != 0 {
		if kept = Those(here, func(h *Holding) bool { return h.ServiceID == service }); len(kept) == 0 {
			kept = general
		}
		return kept, 0
	}
	special := map[int64]bool{}
	for i := range here {
		special[here[i].ServiceID] = true
	}
	delete(special, 0)
	if len(general) == 0 && len(special) == 1 {
		return here, 0
	}
	return general, len(special) + min(len(general), 1)
}
