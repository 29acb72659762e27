package demo

import (
	"slices"
	"time"

	"hatrack/internal/itsm"
)

// happening is something that is done on a day of the past.
type happening struct {
	on time.Time
	do func()
}

// happens notes what happened on a day; play does it all, in order.
func (b *builder) happens(on time.Time, do func()) { b.days = append(b.days, happening{on, do}) }

func (b *builder) play() {
	slices.SortStableFunc(b.days, func(x, y happening) int { return x.on.Compare(y.on) })
	for _, h := range b.days {
		if b.err != nil {
			return
		}
		b.on(h.on)
		h.do()
	}
}

// hat is one appointment of the story. It is decided some days before it begins and accepted the day after, by those
// who would; what is still unanswered says so.
type hat struct {
	role, who  string // who is a person, a team or a company
	from       time.Time
	until      *time.Time
	region     string
	service    string
	capacity   itsm.Capacity
	reference  string
	unanswered bool
	proposedBy string // it is only proposed, by them
	reason     string
}

// wears lets a hat be given, and remembers it by role and holder.
func (b *builder) wears(h hat) {
	decided := h.from.AddDate(0, 0, -6)
	if !decided.Before(b.today) {
		decided = b.back(0, 4)
	}
	b.happens(decided, func() {
		in := itsm.NewAssignment{
			RoleIDs: []int64{b.id(b.roles, h.role)}, From: h.from, Until: h.until, Capacity: h.capacity, Reference: h.reference, Reason: h.reason, Announced: true,
		}
		if h.region != "" {
			in.RegionID = b.id(b.regions, h.region)
		}
		if h.service != "" {
			in.ServiceID = b.id(b.services, h.service)
		}
		b.holder(&in, h.who)
		appoint, by := b.db.Appoint, b.lead
		if h.proposedBy != "" {
			appoint, by = b.db.Propose, b.as(h.proposedBy)
		} else if h.who == Cast[0].Name {
			by = operator // nobody appoints themselves
		}
		ids, err := appoint(b.ctx, by, in)
		b.do(err)
		if len(ids) == 1 {
			b.hats[h.role+"/"+h.who] = ids[0]
		}
	})
	if h.unanswered || h.proposedBy != "" {
		return
	}
	b.happens(decided.AddDate(0, 0, 1), func() {
		who := h.who
		if lead, ok := b.leads[h.who]; ok {
			who = lead
		}
		if _, ok := b.companies[who]; ok {
			who = contacts[who]
		}
		b.do(b.db.Accept(b.ctx, b.as(who), b.id(b.hats, h.role+"/"+h.who)))
	})
}

// holder names who gets the hat.
func (b *builder) holder(in *itsm.NewAssignment, who string) {
	switch {
	case b.teams[who] != 0:
		in.TeamIDs = []int64{b.teams[who]}
	case b.companies[who] != 0:
		in.CompanyIDs = []int64{b.companies[who]}
		in.ToldHow = "With the contract"
	default:
		in.PersonIDs = []int64{b.id(b.people, who)}
	}
}

// as is a person who acts themselves, on the day of the clock.
func (b *builder) as(name string) itsm.Actor {
	by, err := b.db.ActorOf(b.ctx, b.mail[name])
	b.do(err)
	return by
}

// contacts are ours at a company: they answer for it.
var contacts = map[string]string{"Corvid Networks": "Lukas Schneider", "Lindqvist Retail": "Joe Okafor"}

// handsOver gives a hat of one person to another, from a day on; what everybody knows is accepted on its first morning.
func (b *builder) handsOver(decided, day time.Time, role, from, to string, announced bool, reason string) {
	b.happens(decided, func() {
		b.do(b.db.HandOver(b.ctx, b.lead, itsm.HandOver{
			PersonID: b.id(b.people, from), Day: day, Parts: []itsm.HandOverPart{{AssignmentID: b.id(b.hats, role+"/"+from), ToID: b.id(b.people, to)}},
			Reason: reason, Announced: announced,
		}))
	})
	if !announced {
		return
	}
	b.happens(day, func() {
		by := b.as(to)
		for _, h := range by.Hats {
			if h.RoleID == b.id(b.roles, role) && h.Capacity == itsm.Holder {
				b.do(b.db.Accept(b.ctx, by, h.AssignmentID))
			}
		}
	})
}

// june is the last day of the next June that is at least two months away.
func (b *builder) june() *time.Time {
	end := itsm.Day(b.today.Year(), time.June, 30)
	if end.Before(b.ahead(2, 0)) {
		end = itsm.Day(b.today.Year()+1, time.June, 30)
	}
	return itsm.Until(end)
}

// ownersAndManagers are the chairs, with three years of changes in them.
func (b *builder) ownersAndManagers() {
	start := b.back(35, 0)
	b.wears(hat{role: "SMS owner", who: "Claire Fontaine", from: start})
	b.wears(hat{role: "SMO member", who: "Rashid Haddad", from: b.back(30, 0)})
	b.wears(hat{role: "SMO member", who: "Emily Carter", from: b.back(18, 0)})
	// One person, two owner hats; the first of them by hand-over.
	b.wears(hat{role: "Incident management/Owner", who: "Grace Wanjiru", from: start, reference: "Steering group, first meeting"})
	b.handsOver(b.back(20, 10), b.back(20, 0), "Incident management/Owner", "Grace Wanjiru", "Joe Okafor", true, "Grace builds the desk in Nairobi.")
	b.wears(hat{role: "Service request management/Owner", who: "Joe Okafor", from: b.back(28, 0)})
	b.wears(hat{role: "Service desk/Owner", who: "Grace Wanjiru", from: start})
	// A manager per region. The one of the Americas left; the one of EMEA acts there until June.
	b.wears(hat{role: "Incident management/Manager", who: "Carlos Mendes", from: b.back(33, 0), region: "Americas"})
	b.wears(hat{role: "Incident management/Manager", who: "Marta Nowak", from: b.back(31, 0), region: "EMEA", reference: "SD-2024-07"})
	b.wears(hat{role: "Incident management/Manager", who: "Hiroshi Sato", from: b.back(26, 0), region: "APAC"})
	b.leaves("Carlos Mendes", b.back(3, 0), b.back(2, 0), true)
	b.happens(b.back(2, 12), func() {
		ids, err := b.db.Appoint(b.ctx, b.lead, itsm.NewAssignment{
			RoleIDs: []int64{b.id(b.roles, "Incident management/Manager")}, PersonIDs: []int64{b.id(b.people, "Marta Nowak")}, RegionID: b.id(b.regions, "Americas"),
			Capacity: itsm.Acting, From: b.back(2, -1), Until: b.june(), Announced: true, Reference: "SD-2026-11",
		})
		b.do(err)
		if len(ids) == 1 {
			b.do(b.db.Accept(b.ctx, b.as("Marta Nowak"), ids[0]))
		}
	})
	// Owner and manager in one.
	b.wears(hat{role: "Problem management/Owner", who: "Henrik Dahl", from: b.back(24, 0)})
	b.wears(hat{role: "Problem management/Manager", who: "Henrik Dahl", from: b.back(24, 0)})
	// A title is not a hat: the Service Transition Manager owns two practices and works in two others.
	b.wears(hat{role: "Release management/Owner", who: "Elena Rossi", from: b.back(29, 0)})
	b.wears(hat{role: "Deployment management/Owner", who: "Elena Rossi", from: b.back(29, 0)})
	b.wears(hat{role: "Change enablement/Change analyst", who: "Elena Rossi", from: b.back(12, 0)})
	b.wears(hat{role: "Service configuration management/Configuration analyst", who: "Elena Rossi", from: b.back(6, 0)})
	b.handsOver(b.back(0, 5), b.ahead(1, 15), "Release management/Owner", "Elena Rossi", "Samuel Brandt", false, "Elena takes on the new depots.")
	b.wears(hat{role: "Change enablement/Owner", who: "Elena Rossi", from: b.back(34, 0)})
	b.handsOver(b.back(14, 20), b.back(14, 0), "Change enablement/Owner", "Elena Rossi", "Samuel Brandt", true, "")
	b.wears(hat{role: "Change enablement/Manager", who: "Erik Johansson", from: b.back(14, 0)})
	b.wears(hat{role: "Release management/Manager", who: "Larissa Moreau", from: b.back(22, 0), region: "EMEA"})
	b.wears(hat{role: "Release management/Manager", who: "Pedro Nogueira", from: b.back(16, 0), region: "Americas"})
	b.wears(hat{role: "Deployment management/Manager", who: "Tobias Keller", from: b.back(19, 0)})
	b.wears(hat{role: "Service desk/Manager", who: "Grace Wanjiru", from: b.back(28, 0), region: "EMEA"})
	b.wears(hat{role: "Service desk/Manager", who: "Hannah Brooks", from: b.back(21, 0), region: "Americas"})
	b.wears(hat{role: "Service desk/Manager", who: "Ravi Menon", from: b.back(15, 0), region: "APAC"})
	b.wears(hat{role: "Service request management/Manager", who: "Zofia Wójcik", from: b.back(11, 0), region: "EMEA"})
	b.wears(hat{role: "Service configuration management/Owner", who: "Mei Lin Chen", from: b.back(6, 0)})
	for _, o := range offered {
		if o.owner != "" {
			b.wears(hat{role: o.name + "/Service Owner", who: o.owner, from: b.back(25, 0)})
		}
	}
}

// practitioners are teams, people, a supplier and a customer; and what is not settled yet.
func (b *builder) practitioners() {
	for _, region := range []string{"EMEA", "Americas", "APAC"} {
		b.wears(hat{role: "Incident management/Service desk analyst", who: "Service desk " + region, from: b.back(32, 0), region: region})
		b.wears(hat{role: "Service desk/Service desk agent", who: "Service desk " + region, from: b.back(32, 0), region: region})
	}
	for _, team := range []string{"Network operations", "Cloud platform", "Application support"} {
		b.wears(hat{role: "Incident management/Technical specialist", who: team, from: b.back(30, 0)})
	}
	b.wears(hat{role: "Change enablement/Change implementer", who: "Cloud platform", from: b.back(27, 0)})
	b.wears(hat{role: "Deployment management/Deployment engineer", who: "Cloud platform", from: b.back(27, 0)})
	b.wears(hat{role: "Service request management/Request fulfiller", who: "Application support", from: b.back(23, 0)})
	// The supplier holds a hat as a company, its engineer one in person; the customer's super-user too.
	b.wears(hat{role: "Incident management/Supplier specialist", who: "Corvid Networks", from: b.back(13, 0), service: "Depot network", reference: "Contract CN-88"})
	b.wears(hat{role: "Incident management/Supplier specialist", who: "Dana Petrov", from: b.back(12, 0), region: "EMEA"})
	b.wears(hat{role: "Service desk/Super-user", who: "Sofie Lindqvist", from: b.back(10, 0)})
	b.wears(hat{role: "Incident management/Major incident manager", who: "Anna Kowalska", from: b.back(17, 0)})
	b.wears(hat{role: "Incident management/Major incident manager", who: "Daniel O'Connor", from: b.back(17, 0)})
	b.wears(hat{role: "Change enablement/Change authority", who: "Samuel Brandt", from: b.back(13, 0)})
	b.wears(hat{role: "Change enablement/Change authority", who: "Monica Alvarez", from: b.back(9, 0)})
	b.wears(hat{role: "Change enablement/Change analyst", who: "Sana Malik", from: b.back(14, 0)})
	b.wears(hat{role: "Release management/Release coordinator", who: "Larissa Moreau", from: b.back(22, 0)})
	b.wears(hat{role: "Release management/Release coordinator", who: "Pedro Nogueira", from: b.back(16, 0)})
	b.wears(hat{role: "Service configuration management/Configuration analyst", who: "Leyla Demir", from: b.back(8, 0)})
	b.wears(hat{role: "Problem management/Problem analyst", who: "William Osei", from: b.back(21, 0)})
	b.wears(hat{role: "Problem management/Problem analyst", who: "Chloé Martin", from: b.back(20, 0), until: itsm.Until(b.back(8, 0))})
	b.wears(hat{role: "Problem management/Problem coordinator", who: "Felix Baumann", from: b.back(9, 0)})
	// Deputies; one stands in just now.
	b.wears(hat{role: "Change enablement/Manager", who: "Sana Malik", from: b.back(13, 0), capacity: itsm.Deputy})
	b.wears(hat{role: "Incident management/Owner", who: "Henrik Dahl", from: b.back(18, 0), capacity: itsm.Deputy})
	b.happens(b.back(0, 9), func() {
		b.do(b.db.AddAbsence(b.ctx, b.lead, b.id(b.people, "Erik Johansson"), itsm.Period{From: b.back(0, 3), To: itsm.Until(b.ahead(0, 11))}))
	})
	b.unsettled()
}

// unsettled is what waits for an answer or a decision.
func (b *builder) unsettled() {
	b.wears(hat{role: "Service request management/Request fulfiller", who: "Jonas Weber", from: b.back(0, 24), region: "Germany", unanswered: true})
	b.wears(hat{role: "Problem management/Problem analyst", who: "Jonas Weber", from: b.back(0, 12), unanswered: true})
	b.happens(b.back(0, 10), func() {
		b.do(b.db.Object(b.ctx, b.as("Jonas Weber"), b.id(b.hats, "Problem management/Problem analyst/Jonas Weber"), "The desk in Hamburg is two people short until spring."))
	})
	b.wears(hat{role: "Service request management/Manager", who: "Hannah Brooks", from: b.ahead(0, 20), region: "Americas", proposedBy: "Rafael Costa", reason: "She has run it in all but name since summer."})
	b.wears(hat{role: "Incident management/Service desk analyst", who: "Naomi Suzuki", from: b.ahead(1, 0), region: "Japan", proposedBy: "Yuki Mori", reason: "Payroll questions from Japan come to her anyway."})
}

// leaves sets somebody's last day: their hats end with it.
func (b *builder) leaves(name string, said, last time.Time, announced bool) {
	b.happens(said, func() {
		p, err := b.db.Person(b.ctx, b.id(b.people, name))
		b.do(err)
		b.do(b.db.Leave(b.ctx, b.lead, p.ID, p.Counter, last, announced))
	})
}
