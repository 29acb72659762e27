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

// among are those of a role's holdings who answer in a region (0: any) and for a service (0: any): several where the case
// decides between regions or services, or where they are too many in one place.
func (m *Matrix) among(all []Holding, region, service int64) []Holding {
	here := inCase(all, service)
	if region = m.known(region); region != 0 {
		here = m.nearest(here, region)
	}
	if !anyOf(here, func(h *Holding) bool { return h.Capacity == Acting || service != 0 && h.ServiceID != 0 }) {
		return here // as nearly always; they may be many
	}
	return Those(here, func(h *Holding) bool {
		return !anyOf(here, func(o *Holding) bool {
			switch {
			case o.RegionID != h.RegionID:
				return false
			case o.ServiceID == h.ServiceID:
				return o.Capacity == Acting && h.Capacity != Acting
			}
			return service != 0 && h.ServiceID == 0
		})
	})
}

// filledFrom says that who wears the role in a region and for a service fills the place of a holding there: for the same
// service, or for all of them.
func (h *Holding) filledFrom(region, service int64) bool {
	return region == h.RegionID && (service == 0 || service == h.ServiceID)
}

// inCase are the holdings that can answer for a service (0: any): who wears the role for another one is out of the case,
// wherever they are.
func inCase(all []Holding, service int64) []Holding {
	holdings := inOffice(all)
	if service == 0 {
		return holdings
	}
	return Those(holdings, func(h *Holding) bool { return h.ServiceID == 0 || h.ServiceID == service })
}

// Those are the holdings that something is true of; where they stand side by side they are not copied.
func Those(holdings []Holding, are func(*Holding) bool) []Holding {
	first, last, n := 0, 0, 0
	for i := range holdings {
		if are(&holdings[i]) {
			if n == 0 {
				first = i
			}
			last, n = i+1, n+1
		}
	}
	if last-first == n {
		return holdings[first:last:last]
	}
	out := make([]Holding, 0, n)
	for i := range holdings {
		if are(&holdings[i]) {
			out = append(out, holdings[i])
		}
	}
	return out
}

// anyOf says that something is true of one of the holdings. They are large, so nothing here hands them on by value.
func anyOf(holdings []Holding, is func(*Holding) bool) bool {
	for i := range holdings {
		if is(&holdings[i]) {
			return true
		}
	}
	return false
}

// inOffice leaves out deputies: they sign for a holder and never answer themselves.
func inOffice(holdings []Holding) []Holding {
	return Those(holdings, func(h *Holding) bool { return h.Capacity != Deputy })
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

func withCapacity(holdings []Holding, c Capacity) []Holding {
	return Those(holdings, func(h *Holding) bool { return h.Capacity == c })
}

// SignerFor is who of the holdings of a role signs for one of them who is away; nil where nobody does, or needs to.
func SignerFor(h *Holding, all []Holding) *Holding { return deputyOf(h, all, 0) }

// deputyOf is who signs for one who is away, holding the role or acting: of the deputies of the same place, for all services or for the one it is
// about, the first who is there.
func deputyOf(h *Holding, all []Holding, service int64) *Holding {
	if !h.Absent {
		return nil
	}
	if h.ServiceID != 0 {
		service = h.ServiceID
	}
	for i := range all {
		if d := &all[i]; d.Capacity == Deputy && d.StandsIn && !d.Absent && d.RegionID == h.RegionID && d.PersonID != h.PersonID &&
			(d.ServiceID == 0 || d.ServiceID == service) {
			return d
		}
	}
	return nil
}

// nearest are the holdings of the region, else of the one above it, and so on up to those without a region.
func (m *Matrix) nearest(holdings []Holding, region int64) []Holding {
	for range len(m.Regions) + 1 { // bounded, though the database refuses a cycle
		here := Those(holdings, func(h *Holding) bool { return h.RegionID == region })
		if len(here) > 0 || region == 0 {
			return here
		}
		r, _ := m.Region(region)
		region = r.ParentID
	}
	return nil
}

// known is the region if there is one of this id, else 0.
func (m *Matrix) known(region int64) int64 {
	if region == 0 {
		return 0
	}
	r, _ := m.Region(region)
	return r.ID
}

// uncovered are the topmost regions in which, and above which, nobody is, of a role held in some.
func (m *Matrix) uncovered(held []int64) []RegionRef {
	if slices.Contains(held, 0) {
		return nil
	}
	children := m.below()
	var below func(parent int64) (free []RegionRef, all bool)
	below = func(parent int64) (free []RegionRef, all bool) {
		all = true
		for _, r := range children[parent] {
			if slices.Contains(held, r.ID) {
				all = false
				continue
			}
			if inner, none := below(r.ID); none {
				free = append(free, r)
			} else {
				free, all = append(free, inner...), false
			}
		}
		return free, all
	}
	free, _ := below(0)
	return free
}

// below are the regions right below each; once for all roles, where the matrix is complete.
func (m *Matrix) below() map[int64][]RegionRef {
	if m.answered == nil {
		return childRegions(m.Regions)
	}
	m.answered.tree.Do(func() { m.answered.below = childRegions(m.Regions) })
	return m.answered.below
}

func childRegions(regions []RegionRef) map[int64][]RegionRef {
	children := map[int64][]RegionRef{}
	for _, r := range regions {
		children[r.ParentID] = append(children[r.ParentID], r)
	}
	return children
}
