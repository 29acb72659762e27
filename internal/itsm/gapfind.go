package itsm

import (
	"fmt"
	"slices"
	"time"
)

// gaps collects while it looks.
type gaps struct {
	m     *Matrix
	facts GapFacts
	list  []Gap
}

func (g *gaps) add(x Gap) {
	x.PracticeID, x.ProcessID, x.Process = g.m.PracticeID, g.m.ProcessID, g.m.Process
	if at := g.m.Column(x.RoleID); at >= 0 {
		r := g.m.Columns[at].Role
		x.RoleKind = r.Kind
		if g.m.Columns[at].Source == Invited && x.Code != "role-retired" && r.ProcessID == 0 { // a process's hat says no practice here
			x.Home = &Scope{PracticeID: r.PracticeID, ServiceID: r.ServiceID}
		}
	} else if x.RoleID == g.m.Owner.Role.ID {
		x.RoleKind = g.m.Owner.Role.Kind
	}
	g.list = append(g.list, x)
}

// HatGaps are the gaps of hats that hang on a service or on the organisation: a matrix without rows that holds the Owner
// and the others as columns. A service that no practice supports is a question.
func HatGaps(hats *Matrix, f GapFacts) []Gap {
	g := &gaps{m: hats, facts: f}
	g.owner()
	for i, c := range hats.Columns {
		g.column(i, c, 0)
	}
	return WorstGapsFirst(OneEach(g.list))
}

// owner: a vacant Owner is one gap, whatever hangs on it.
func (g *gaps) owner() {
	c := g.m.Owner
	if c.Role.ID == 0 {
		g.add(Gap{Code: "no-owner-role", Severity: Red, Title: "No Owner role", Sentence: "There is no role that answers for “" + g.m.Process + "”.", Who: "the service management office", Fix: FixColumns})
		return
	}
	if !c.Held() {
		g.add(Gap{Code: "owner-vacant", Severity: Red, Title: "Owner vacant", RoleID: c.Role.ID, Fix: FixAppoint, Who: "the service management office",
			Sentence: fmt.Sprintf("Nobody wears the hat %s%s%s.", c.Role.Name, of(c), g.since(c.Role.ID))})
		return
	}
	g.covered(c)
	g.holdings(c)
}

func of(c Column) string {
	if c.Role.ScopeName == "" {
		return ""
	}
	return " of " + c.Role.ScopeName
}

// since says since when a role is vacant, who wore it, and who was asked to, or is proposed.
func (g *gaps) since(role int64) string {
	asked := whoWasAsked(role, g.facts.Asked) + whoIsProposed(role, g.facts.Proposed)
	for _, p := range g.facts.Past {
		if p.RoleID == role {
			return vacantSince(p.Ended, p.Name, p.Left) + asked
		}
	}
	return asked
}

// endsWithoutHolder is what ends soon with nobody appointed to take it over then; somebody may act, and others may wear it too, or
// only later.
func endsWithoutHolder(who string, acts bool) string {
	if acts {
		return who + " wears it till then; from the day after somebody acts, and nobody is appointed to hold it."
	}
	return who + " wears it till then, and nobody is appointed to take it over from the day after."
}

func vacantSince(ended time.Time, last string, left bool) string {
	text := " since " + ShowDay(ended) + "; it was " + last
	if left {
		text += ", who left"
	}
	return text
}

// rows are the structural gaps, and those of staffing that leave an activity to nobody. It returns the roles whose
// vacancy does so, with the number of activities.
func (g *gaps) rows() map[int64]int {
	unheld := map[int64]int{}
	for _, row := range g.m.Rows {
		for _, p := range g.m.Problems(row, 0, 0) {
			switch p.Code {
			case "no-responsible":
				g.add(Gap{Code: p.Code, Severity: Red, Title: "Nobody does “" + row.Name + "”", Sentence: "No role has the R.", ActivityID: row.ActivityID, Fix: FixRow, Who: "the Manager or the Owner"})
			case "responsible-unheld":
				for i, c := range row.Cells {
					if c.Letters.Has(LetterR) {
						unheld[g.m.Columns[i].Role.ID]++
					}
				}
			}
		}
	}
	return unheld
}

// column are the gaps of a role in the matrix. A hat taken from elsewhere is watched where it belongs, unless activities
// here are left to nobody.
func (g *gaps) column(i int, c Column, unheld int) {
	if c.Role.Archived {
		if g.used(i) > 0 {
			g.add(Gap{Code: "role-retired", Severity: Amber, Title: c.Role.Name + " is retired", Sentence: "Its letters still stand in the matrix: give them to another role.", RoleID: c.Role.ID, Fix: FixColumns, Who: "the Manager or the Owner"})
		}
		return
	}
	if c.Role.Kind == Whoever || c.Role.ID == g.m.Owner.Role.ID {
		return
	}
	elsewhere := g.facts.undone(c.Role.ID)
	switch {
	case unheld > 0:
		g.add(Gap{Code: "role-vacant", Severity: Red, Title: c.Role.Name + " vacant", RoleID: c.Role.ID, Fix: FixAppoint, Who: AppointedBy(c.Role.Kind),
			Sentence: "Nobody wears this hat" + g.since(c.Role.ID) + undone(unheld), Undone: unheld})
		return
	case c.Source == Invited, c.Role.Kind == Owner: // an Owner of elsewhere, or of the practice where the process has its own
		return
	case !c.Held():
		x := Gap{Code: "role-vacant", Severity: Amber, Title: c.Role.Name + " vacant", RoleID: c.Role.ID, Fix: FixAppoint, Who: AppointedBy(c.Role.Kind),
			Sentence: fmt.Sprintf("Nobody wears this hat%s.", g.since(c.Role.ID))}
		if elsewhere > 0 { // it is one gap, as bad on every page
			x.Severity, x.Sentence = Red, fmt.Sprintf("Nobody wears this hat%s: nobody does %s of other processes.", g.since(c.Role.ID), activities(elsewhere))
		}
		if c.Role.Kind == Manager || g.used(i) > 0 || wants(c.Role) > 0 || elsewhere > 0 {
			g.add(x)
		}
		return
	}
	g.accountable(i, c)
	g.strength(i, c)
	g.holdings(c)
}

func (g *gaps) used(column int) (n int) {
	for _, row := range g.m.Rows {
		if row.Cells[column].Letters != 0 {
			n++
		}
	}
	return n
}

func wants(r Role) int {
	if r.WantedMin == nil {
		return 0
	}
	return *r.WantedMin
}

func activities(n int) string {
	if n == 1 {
		return "one activity"
	}
	return fmt.Sprintf("%d activities", n)
}

// AppointedBy names who appoints to a kind of role: "the Manager or the Owner".
func AppointedBy(k RoleKind) string {
	switch k {
	case Owner:
		return "the service management office"
	case Manager:
		return "the Owner"
	}
	return "the Manager or the Owner"
}

// accountable: a role with A answers through one person in each place.
func (g *gaps) accountable(i int, c Column) {
	if g.m.Totals()[i].A == 0 {
		return
	}
	if !c.Role.PerCase {
		a := g.m.Holds(c.Role.ID, 0, 0)
		for _, r := range a.Vacant {
			g.add(Gap{Code: "accountable-vacant-region", Severity: Amber, Title: c.Role.Name + " vacant in " + r.Name, RoleID: c.Role.ID, RegionID: r.ID, Fix: FixAppoint,
				Sentence: ownersThere, Who: AppointedBy(c.Role.Kind)})
		}
		by := map[place][]Holding{}
		var places []place
		for _, h := range inOffice(c.Holdings) {
			at := place{h.RegionID, h.ServiceID}
			if by[at] == nil {
				places = append(places, at)
			}
			by[at] = append(by[at], h)
		}
		for _, at := range places {
			g.answering(c, by[at])
		}
	}
	g.covered(c)
}

// ownersThere is true also where the Owner hat is vacant, which is a gap of its own.
const ownersThere = "Meanwhile it is the Owner’s to answer there."

// answering looks at those who wear a hat with A in one region, for one service or for all.
func (g *gaps) answering(c Column, here []Holding) {
	a := Accountable{Role: c.Ref(), State: Unheld}
	a.between(here)
	switch {
	case a.State == HeldBySome:
		g.add(Gap{Code: "accountable-several", Severity: Amber, Title: fmt.Sprintf("%s: A held by %d", c.Role.Name, a.Count) + inRegion(here[0]), RoleID: c.Role.ID, RegionID: here[0].RegionID, Fix: FixRole,
			Sentence: "They wear it in the same place: give each a region or a service, or end all but one.", Who: AppointedBy(c.Role.Kind)})
	case a.State == WithoutLead:
		for _, h := range here {
			if h.AnswersID == 0 {
				g.add(withoutLead(c.Role.Name, h))
			}
		}
	case a.Outside():
		g.add(Gap{Code: "accountable-outside", Severity: Amber, Title: c.Role.Name + ": A outside", RoleID: c.Role.ID, PersonID: a.Holding.PersonID, Fix: FixRole,
			Sentence: fmt.Sprintf("%s of %s answers; the A should stay inside the organisation.", a.Holding.Answers, a.Holding.Employer), Who: AppointedBy(c.Role.Kind)})
	}
}

// withoutLead is a team or company that holds a role with A, and nobody answers for it.
func withoutLead(role string, h Holding) Gap {
	fix, who := FixTeam, "lead"
	if h.CompanyID != 0 {
		fix, who = FixCompany, "contact on our side"
	}
	return Gap{Code: "accountable-no-lead", Severity: Red, Title: h.Name + " has no " + who, RoleID: h.RoleID, TeamID: h.TeamID, CompanyID: h.CompanyID, Fix: fix,
		Sentence: "It has an A as " + role + ", and nobody answers for it.", Who: "the service management office"}
}

// holders are how many wear a role, each once in however many places: people, companies, and teams by their members.
func holders(all []Holding) (n int) {
	type holder struct{ person, team, company int64 }
	seen := map[holder]bool{}
	for i := range all {
		h := &all[i]
		who := holder{h.PersonID, h.TeamID, h.CompanyID}
		switch {
		case h.Capacity == Deputy || seen[who]:
		case h.TeamID != 0:
			n += h.Members
		default:
			n++
		}
		seen[who] = seen[who] || h.Capacity != Deputy
	}
	return n
}

// strength compares how many wear a hat with how many are wanted, and asks about the only one.
func (g *gaps) strength(i int, c Column) {
	people := holders(c.Holdings)
	lo, hi := wants(c.Role), c.Role.WantedMax
	switch {
	case people < lo:
		g.add(Gap{Code: "too-few", Severity: Amber, Title: fmt.Sprintf("%s: %d of %d", c.Role.Name, people, lo), RoleID: c.Role.ID, Fix: FixAppoint,
			Sentence: fmt.Sprintf("At least %d are wanted.", lo), Who: AppointedBy(c.Role.Kind)})
	case hi != nil && people > *hi:
		g.add(Gap{Code: "too-many", Severity: Grey, Title: fmt.Sprintf("%s: %d where %d are wanted", c.Role.Name, people, *hi), RoleID: c.Role.ID, Fix: FixRole,
			Sentence: "At most as many are wanted.", Who: AppointedBy(c.Role.Kind)})
	case people == 1 && c.Role.Kind == Practitioner && g.m.Totals()[i].R > 0 && (hi == nil || *hi > 1):
		g.add(Gap{Code: "single-holder", Severity: Grey, Title: c.Role.Name + " has one holder", RoleID: c.Role.ID, Fix: FixAppoint,
			Sentence: "When that one is away, nobody does it.", Who: AppointedBy(c.Role.Kind)})
	}
}

// covered: somebody acting fills a chair for a while. Who holds it elsewhere, or for another service, does not fill it.
func (g *gaps) covered(c Column) {
	for _, h := range c.Holdings {
		if h.Capacity != Acting || h.Until == nil || anyOf(c.Holdings, func(o *Holding) bool { return o.Capacity == Holder && h.filledFrom(o.RegionID, o.ServiceID) }) {
			continue
		}
		g.add(Gap{Code: "covered", Severity: Amber, Title: c.Role.Name + " covered" + inPlace(h), RoleID: c.Role.ID, RegionID: h.RegionID, AssignmentID: h.AssignmentID, Fix: FixAppoint,
			Sentence: fmt.Sprintf("%s acts until %s; nobody holds it.", h.Name, ShowDay(h.Until.AddDate(0, 0, -1))), Who: AppointedBy(c.Role.Kind)})
	}
}

func inRegion(h Holding) string {
	if h.Region == "" {
		return ""
	}
	return " in " + h.Region
}

// inPlace names the region and the service of a holding, as far as it has them.
func inPlace(h Holding) string {
	if h.Service == "" {
		return inRegion(h)
	}
	return inRegion(h) + " for " + h.Service
}

// holdings are the gaps of each who wears the hat: objections, no answer, an end with nobody after.
func (g *gaps) holdings(c Column) {
	for _, h := range c.Holdings {
		x := Gap{RoleID: c.Role.ID, RegionID: h.RegionID, PersonID: h.PersonID, AssignmentID: h.AssignmentID, Fix: FixHolding, Who: AppointedBy(c.Role.Kind)}
		switch {
		case h.Acceptance == Objected:
			x.Code, x.Severity, x.Title, x.Sentence = "objected", Amber, "Objection: "+h.Name, "To the hat "+c.Role.Name+": talk, then answer or appoint somebody else."
			g.add(x)
		case h.Unanswered(g.m.Day):
			x.Code, x.Severity, x.Title, x.Sentence = "not-accepted", Grey, h.Name+" has not accepted", "The hat "+c.Role.Name+", asked since "+ShowDay(h.AskedOn)+"."
			g.add(x)
		}
		if h.Capacity == Holder && h.Until != nil && h.Until.Sub(g.m.Day) <= endingDays*24*time.Hour && !g.next(h, Holder) {
			x.Code, x.Severity, x.Fix, x.Title = "ends-soon", Amber, FixAppoint, c.Role.Name+inPlace(h)+" ends "+ShowDay(h.Until.AddDate(0, 0, -1))
			x.Sentence, x.PersonID = endsWithoutHolder(h.Name, g.next(h, Acting)), 0
			g.add(x)
		}
		if c.Role.Kind != Practitioner && h.Absent && h.Capacity != Deputy && !anyOf(c.Holdings, func(o *Holding) bool {
			return o.PersonID != h.PersonID && !o.Absent && h.filledFrom(o.RegionID, o.ServiceID)
		}) {
			x.Code, x.Severity, x.Fix, x.Title = "absent-uncovered", Amber, FixDeputy, uncoveredTitle(h.Name)
			x.Sentence, x.PersonID = uncoveredSentence(c.Role.Name+inPlace(h)), h.PersonID
			g.add(x)
		}
	}
}

func uncoveredTitle(who string) string { return "Nobody stands in for " + who }

func uncoveredSentence(hat string) string {
	return "They wear the hat " + hat + " and are away: nobody signs for them, acts or holds it beside them."
}

// next says whether somebody wears the hat in its place, in a capacity, from the day on which a holding ends.
func (g *gaps) next(h Holding, as Capacity) bool {
	return slices.ContainsFunc(g.facts.Next, func(n Successor) bool {
		return n.Capacity == as && n.RoleID == h.RoleID && h.filledFrom(n.RegionID, n.ServiceID) && !n.Since.After(*h.Until)
	})
}
